"""Reads a component's examples: theme/examples/NAME.html calls the component of that name once for each case it must handle."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import Struct

from broadside.dates import DATES
from broadside.editing.styleguide.stage import Stage, text_filters
from broadside.folders import ENGINE
from broadside.look.data import Scheme
from broadside.markdown.typography import is_rtl
from broadside.media import chart_drawing
from broadside.media.photos import credit_line
from broadside.plugins.assets import ShownLook
from broadside.plugins.structured_data import json_ld
from broadside.site.menus import MenuGroup, MenuLink
from broadside.site.story import changed
from broadside.urls import LISTS, OWN
from broadside.words import Catalogs, equip

THEME = ENGINE / "theme"
SETTING_TEXTS = ("SITENAME", "SITESUBTITLE", "LICENSE_TEXT", "ADDRESS")
ABOUT = re.compile(r"\{#\s*(.*?)\s*#\}", re.DOTALL)


class Example(Struct, frozen=True):
    """One use of a component: what it shows, the elements around it as a selector (main.listing > div), and its HTML."""

    component: str
    caption: str
    within: str
    html: str


def names() -> list[str]:
    """The components of the theme, from A to Z."""
    return sorted(path.stem for path in (THEME / "templates" / "components").glob("*.html"))


def about(name: str) -> str:
    """The description of a component, from its template."""
    found = ABOUT.match((THEME / "templates" / "components" / f"{name}.html").read_text("utf-8"))
    return found[1] if found else ""


def environment(site: Mapping[str, Any], stage: Stage, theme: Path = THEME) -> Environment:
    """A Jinja environment with the theme's templates and examples; an unknown name is an error.

    `site` has settings in capitals, and root if that is not "".
    """
    made = Environment(
        loader=FileSystemLoader([theme / "templates", theme]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        {key: stage.words(text) if key in SETTING_TEXTS and text else text for key, text in site.items()}
    )
    sections = [stage.section(name) for name in ("Europe", "Asia-Pacific", "Economy", "Briefs")]
    made.globals.update(
        a=stage,
        root=site.get("root", ""),
        lists=LISTS,
        addresses=OWN,
        year=2026,
        roundup_url="roundup/",
        look=site.get("look") or ShownLook(Scheme(), Scheme()),
        sections=sections,
        menu=[MenuLink(section.name, f"/{section.url}") for section in sections],
        utility_links=[stage.menu_link("Letters", "/letters/"), stage.menu_link("Shop", "https://shop.example/")],
        footer=[MenuGroup("", [stage.menu_link("About", "/about/"), stage.menu_link("Shop", "https://shop.example/")])],
        spelling_js_url="spelling.js",
        css_url="site.css",
        story_css_url="site.css",
        charts_css_url="site.css",
        icon_url="mark.svg",
        mark_url="mark.png",
        once=lambda component, *value, **words: component(*value, **words),  # nothing here is on two pages
    )
    equip(made, words := Catalogs())
    made.filters.update(
        DATES
        | {"credit_line": lambda photo, lead=False, lang="": credit_line(photo, lead, words.of(lang))}
        | text_filters(_drawing_with(made))
        | chart_drawing.filters(words)
    )
    made.filters.update(json_ld=json_ld, is_rtl=is_rtl, changed=changed)
    return made


def _drawing_with(made: Environment) -> Callable[[Any], str]:
    return lambda photo: str(made.get_template("components/photo.html").module.photo(photo))  # type: ignore[attr-defined]


def examples(site: Mapping[str, Any], stage: Stage, theme: Path = THEME) -> list[Example]:
    """Every example of every component, in order."""
    made = environment(site, stage, theme)
    found: list[Example] = []
    for path in sorted((theme / "examples").glob("*.html")):

        def example(caption: str, caller: Callable[[], str], within: str = "main", name: str = path.stem) -> str:
            found.append(Example(name, caption, within, str(caller()).strip()))
            return ""

        made.get_template(f"examples/{path.name}").render(example=example)
    return found
