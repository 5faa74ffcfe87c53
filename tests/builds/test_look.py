"""An outlet's own look, from its folder to the site: one file of colours, a logo, a typeface, slots
and static files.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.checkout import checkout
from tests.sample import HARBOUR, Outlet

LOOK = """\
[brand]
logo = "logo.svg"
logo_dark = "logo-dark.svg"
alt = "The Riverbank"
tagline = false

[light]
paper = "#fffaf0"
accent = "#0b4f6c"

[faces]
serif = "letter.woff2"

[style]
corners = "round"
"""
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 60"><path d="M0 0h240v60H0z"/></svg>'
)


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    path = tmp_path_factory.mktemp("look")
    project = checkout(path / "project")
    theme = project / "halyard" / "theme"
    for folder in ("fonts", "static", "css", "templates/slots"):
        (theme / folder).mkdir(parents=True)
    shutil.copy(project / "broadside/theme/faces/serif.woff2", theme / "fonts/letter.woff2")
    for name, text in {
        "look.toml": LOOK,
        "logo.svg": LOGO,
        "logo-dark.svg": LOGO.replace("M0", "M1"),
        "static/wave.svg": LOGO,
        "css/ours.css": ".support { background: url(wave.svg) }",
        "templates/slots/head.html": '<meta name="verification" content="{{ SITENAME }}-1">',
        "templates/slots/after-story.html": (
            '<aside class="support" id="support-{{ article.slug }}">Support us</aside>'
        ),
        "templates/slots/above-footer.html": (
            '<img src="{{ root }}/{{ static_urls["wave.svg"] }}" alt="" width="9" height="9">'
        ),
    }.items():
        (theme / name).write_text(text, "utf-8")
    made = Outlet(path, project)
    made.photo()
    made.story("a", **HARBOUR)
    done = made.build("--siteurl", "https://example.org/river")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("letter.woff2") + done.stderr.count("letter.woff2") == 1  # it was cut
    return made


def test_one_file_colours_the_style_sheet_the_bar_and_the_page_of_a_feed(outlet: Outlet) -> None:
    for page in ("", "2026/11/a/"):
        bars = [each["content"] for each in outlet.html(page).select("meta[name=theme-color]")]
        assert bars == ["#fffaf0", "#11161a"]
    for name in ("site", "feed"):
        (sheet,) = (outlet.output / "theme").glob(f"{name}-*.css")
        text = sheet.read_text("utf-8")
        assert "--paper:#fffaf0" in text
        assert "--accent:#0b4f6c" in text
        assert "#9e1512" not in text
        assert "#ff9c8f" not in text  # in the dark, too, the accent is the outlet's


def test_the_logo_stands_for_the_name_and_its_place_is_known_before_it_comes(
    outlet: Outlet,
) -> None:
    for page in ("", "2026/11/a/"):
        (name,) = outlet.html(page).select(".masthead-name")
        (image,) = name.select("img")
        assert (image["alt"], image["width"], image["height"]) == ("The Riverbank", "240", "60")
        (dark,) = name.select("source")
        for address in (image["src"], dark["srcset"]):
            assert re.fullmatch(r"/river/theme/logo(-dark)?-[0-9a-f]{10}\.svg", str(address))
            assert (outlet.output / str(address).removeprefix("/river/")).is_file()
    assert outlet.html("").select(".masthead-subtitle") == []


def test_the_face_is_on_the_site_with_a_digest_and_asked_for_at_once(outlet: Outlet) -> None:
    (link,) = outlet.html("").select("link[rel=preload]")
    address = str(link["href"]).removeprefix("/river/")
    assert re.fullmatch(r"theme/fonts/serif-[0-9a-f]{10}\.woff2", address)
    assert (outlet.output / address).read_bytes().startswith(b"wOF2")
    assert link.has_attr("crossorigin")
    (sheet,) = (outlet.output / "theme").glob("site-*.css")
    assert f"url({address.removeprefix('theme/')})" in sheet.read_text("utf-8")


def test_slots_are_where_they_belong_and_know_the_story(outlet: Outlet) -> None:
    story, front = outlet.html("2026/11/a/"), outlet.html("")
    assert [each["content"] for each in story.select("head > meta[name=verification]")] == [
        "Halyard-1"
    ]
    assert [each["id"] for each in story.select(".story-body ~ .support")] == ["support-a"]
    assert front.select(".support") == []
    for page in (story, front):
        (picture,) = page.select("main ~ img")
        assert (outlet.output / str(picture["src"]).removeprefix("/river/")).read_text(
            "utf-8"
        ) == LOGO


def test_a_build_after_a_change_does_not_cut_the_face_again(outlet: Outlet, tmp_path: Path) -> None:
    copy = outlet.copy(tmp_path, outlet.project)
    copy.story("b")
    done = copy.build("--siteurl", "https://example.org/river")
    assert done.returncode == 0, done.stderr
    assert "letter.woff2" not in done.stdout + done.stderr


def test_mistakes_stop_a_build_and_a_check_which_name_all_with_file_and_line(
    outlet: Outlet,
) -> None:
    theme = outlet.project / "halyard" / "theme"
    look = (
        LOOK.replace("#0b4f6c", "#e5483a")
        .replace("letter", "lettre")
        .replace("logo-dark.svg", "dark.svg")
    )
    wrong = {
        "look.toml": look,
        "logo.svg": LOGO.replace("viewBox", "box"),
    }
    before = {name: (theme / name).read_text("utf-8") for name in wrong}
    said = [
        "look.toml:9: error: contrast: ",
        "look.toml:12: error: look: ",
        'look.toml:2: error: look: brand.logo names "logo.svg", which does not give its size',
        'look.toml:3: error: look: brand.logo_dark names "dark.svg"',
    ]
    try:
        for name, text in wrong.items():
            (theme / name).write_text(text, "utf-8")
        for done in (outlet.build(), outlet.run("check", "--content", str(outlet.content))):
            assert done.returncode == 1
            assert [
                each for each in said if f"halyard/theme/{each}" not in done.stdout + done.stderr
            ] == []
            assert "Traceback" not in done.stderr
    finally:
        for name, text in before.items():
            (theme / name).write_text(text, "utf-8")
