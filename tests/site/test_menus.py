"""The menus that settings describe: what an outlet wrote, without what this site does not have."""

from __future__ import annotations

from typing import Any

import pytest

from broadside.content.links import target
from broadside.settings import Settings
from broadside.site.menus import MenuGroup, MenuLink, footer, main_menu, own_links, utility_menu
from tests.stories import ASIA, EUROPE, URLS

KNOWN = {
    url: url for url in ("about/", "latest/", "topics/nato/", "support/", EUROPE.url, ASIA.url)
}
SOURCES = {"pages/about.md": "about/"}
SECTIONS = [MenuLink("Europe", "/sections/europe/"), MenuLink("Asia", "/sections/asia/")]


def led(address: str, source: str) -> tuple[str, str]:
    return target(address, source, URLS, SOURCES, KNOWN)


def main_of(*entries: Any) -> list[MenuLink]:
    return main_menu(Settings({"MENUITEMS": entries}), [EUROPE, ASIA], led)


@pytest.mark.parametrize("settings", [{}, {"MENUITEMS": []}, {"MENUITEMS": ["sections"]}])
def test_the_main_menu_is_the_sections_unless_the_outlet_wrote_another(
    settings: dict[str, Any],
) -> None:
    assert main_menu(Settings(settings), [EUROPE, ASIA], led) == SECTIONS


def test_the_main_menu_has_the_entries_in_their_order_and_leaves_out_what_is_not_there() -> None:
    found = main_of(
        ("NATO", "/topics/nato"),
        "sections",
        ("Gone", "gone/"),
        ("Support us", "support/", "highlight"),
    )
    assert found == [
        MenuLink("NATO", "/topics/nato/"),
        *SECTIONS,
        MenuLink("Support us", "/support/", True),
    ]
    assert main_of(("Asia first", "sections/asia/"), ("Shop", "https://shop.example/")) == [
        MenuLink("Asia first", "/sections/asia/"),
        MenuLink("Shop", "https://shop.example/"),
    ]


def test_links_of_the_foot_stand_alone_or_in_groups() -> None:
    about, shop = ("About", "{filename}/pages/about.md"), ("Shop", "https://shop.example/")
    foot = [
        ("Read", [("Latest", "/latest/"), ("Ethics", "ethics/")]),
        about,
        ("Empty", [("Gone", "gone/")]),
        shop,
    ]
    alone = MenuGroup("", [MenuLink("About", "/about/"), MenuLink("Shop", "https://shop.example/")])
    assert footer(Settings({"FOOTER_LINKS": foot}), led) == [
        alone,
        MenuGroup("Read", [MenuLink("Latest", "/latest/")]),
    ]
    assert footer(Settings({}), led) == []
    assert utility_menu(Settings({"LINKS": (about,)}), led) == [MenuLink("About", "/about/")]


def test_every_link_to_the_site_itself_is_told_with_its_setting() -> None:
    settings = {
        "MENUITEMS": ["sections", ("Us", "about/", "highlight"), ("Shop", "https://shop.example/")],
        "LINKS": [("Post", "mailto:a@b.example"), ("Letters", "/letters/")],
        "FOOTER_LINKS": [("A", "a/"), ("B", [("C", "c/"), ("D", "//d.example/")])],
    }
    assert list(own_links(Settings(settings))) == [
        ("MENUITEMS", "about/"),
        ("LINKS", "/letters/"),
        ("FOOTER_LINKS", "a/"),
        ("FOOTER_LINKS", "c/"),
    ]
