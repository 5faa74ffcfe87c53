"""Writes the style guide, ./inv styleguide: every component of the theme with its examples, each in
its own window.

It is below .cache and never part of a site. theme/examples/NAME.html calls the component of that
name once for each case that it must handle; the component tests (tests/theme) use the same
examples.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import Struct

from broadside.config.options import Options, settings_of
from broadside.dates import DATES
from broadside.disk import write_whole
from broadside.doors import load
from broadside.folders import ENGINE, OUTLET
from broadside.look import Whole, of_base, whole
from broadside.look.data import BASES, Scheme
from broadside.markdown.typography import is_rtl
from broadside.media import chart_drawing
from broadside.media.photos import credit_line
from broadside.plugins.assets import (
    ShownLook,
    look_for_templates,
    named_faces,
    named_logos,
    worn_of,
)
from broadside.plugins.assets.bundle import stylesheet
from broadside.plugins.how_made.words import how_made
from broadside.plugins.structured_data import json_ld
from broadside.plugins.styleguide.command.stage import SHAPES, Stage, drawing, text_filters
from broadside.settings import Settings
from broadside.site.assets import Asset
from broadside.site.menus import MenuGroup, MenuLink
from broadside.site.story import changed
from broadside.urls import LISTS, OWN
from broadside.words import Catalogs, equip

GUIDE = OUTLET / ".cache" / "styleguide"
STYLE = "site.css"
UNSEEN = ("article_meta", "feed_links", "head_meta", "structured_data")
"""Invisible components of a page's head; the guide shows their HTML."""
BESIDE_MAIN = ("banner", "colophon", "masthead", "skip_link")
"""Components outside the main part of a page, edge to edge."""
THEME = ENGINE / "theme"
SETTING_TEXTS = ("SITENAME", "SITESUBTITLE", "LICENSE_TEXT", "ADDRESS")
ABOUT = re.compile(r"\{#\s*(.*?)\s*#\}", re.DOTALL)


class Example(Struct, frozen=True):
    """One use of a component: what it shows, the elements around it as a selector (main.listing >
    div), and its HTML.
    """

    component: str
    caption: str
    within: str
    html: str


def write(folder: Path = GUIDE) -> Path:
    """Write the guide with the outlet's own settings and look, and return the page to open."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = settings_of(Options(), folder)
    load(settings.PLUGINS)  # which say what stories have
    own = whole(settings)
    for name, look in {"site": own, **{base: of_base(base) for base in BASES}}.items():
        _write_look(folder, name, look)
    for shape in SHAPES:
        write_whole(folder / f"{shape}.svg", drawing(shape).encode())
    page = folder / "index.html"
    shown = look_for_templates(own, named_faces(own), _write_logos(folder, own))
    write_whole(page, guide(settings, shown).encode())
    return page


def _write_look(folder: Path, name: str, look: Whole) -> None:
    """Write the style sheet of a look under this name, and its typefaces."""
    css, faces = THEME / "static" / "css", named_faces(look)
    write_whole(folder / f"{name}.css", stylesheet(css, worn=worn_of(look, faces, css)).data)
    for face in chain(*faces.values()):
        write_whole(folder / face.url.removeprefix("theme/"), face.data)


def _write_logos(folder: Path, look: Whole) -> dict[str, Asset]:
    logos = named_logos(look)
    for logo in logos.values():
        write_whole(folder / logo.url, logo.data)
    return logos


def guide(settings: Settings, look: ShownLook) -> str:
    """The guide as one page."""
    site = {key: value for key, value in vars(settings).items() if key.isupper()} | {
        "root": ".",
        "look": look,
    }
    shown = examples(site, Stage())
    order = sorted(component_names(), key=lambda name: name in UNSEEN)  # visible ones first
    pages = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True
    )
    return pages.get_template("guide.html").render(
        site=site["SITENAME"],
        bases=BASES,
        components=[(name, [each for each in shown if each.component == name]) for name in order],
        unseen=UNSEEN,
        about=about,
        document=document,
    )


def document(example: Example) -> str:
    """A page with nothing but an example, which the guide shows in a window of its own."""
    if example.component in UNSEEN:
        head, body = example.html, ""
    else:
        head = ""
        if example.component in BESIDE_MAIN:
            body = example.html
        else:
            body = _main(example)
    return (
        '<!doctype html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n<meta'
        ' name="viewport" content="width=device-width,'
        f' initial-scale=1">\n<title>{example.component}</title>\n<link rel="stylesheet"'
        f' href="{STYLE}">\n{head}</head>\n<body>\n{body}\n</body>\n</html>\n'
    )


def _main(example: Example) -> str:
    html = example.html
    for element in reversed(example.within.split(" > ")):
        tag, _, name = element.partition(".")
        if name:
            html = f'<{tag} class="{name}">\n{html}\n</{tag}>'
        else:
            html = f"<{tag}>\n{html}\n</{tag}>"
    return html


def component_names() -> list[str]:
    """The components of the theme, from A to Z."""
    return sorted(path.stem for path in (THEME / "templates" / "components").glob("*.html"))


def about(name: str) -> str:
    """The description of a component, from its template."""
    found = ABOUT.match((THEME / "templates" / "components" / f"{name}.html").read_text("utf-8"))
    if found:
        return found[1]
    return ""


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
    for key, text in site.items():
        made.globals[key] = text
        if key in SETTING_TEXTS and text:
            made.globals[key] = stage.words(text)
    made.globals.update(_globals(site, stage))
    equip(made, words := Catalogs())
    made.filters.update(
        DATES
        | {
            "credit_line": lambda photo, lead=False, lang="": credit_line(
                photo, lead, words.of(lang)
            )
        }
        | text_filters(_drawing_with(made))
        | chart_drawing.filters(words)
    )
    made.filters.update(json_ld=json_ld, is_rtl=is_rtl, changed=changed)
    made.filters["how_made"] = lambda story: how_made(story, words.of(story.lang))
    return made


def _globals(site: Mapping[str, Any], stage: Stage) -> dict[str, Any]:
    sections = [stage.section(name) for name in ("Europe", "Asia-Pacific", "Economy", "Briefs")]
    letters = stage.menu_link("Letters", "/letters/")
    shop = stage.menu_link("Shop", "https://shop.example/")
    about = stage.menu_link("About", "/about/")
    return {
        "a": stage,
        "root": site.get("root", ""),
        "lists": LISTS,
        "addresses": OWN,
        "year": 2026,
        "roundup_url": "roundup/",
        "look": site.get("look") or ShownLook(Scheme(), Scheme()),
        "sections": sections,
        "menu": [MenuLink(section.name, f"/{section.url}") for section in sections],
        "utility_links": [letters, shop],
        "footer": [MenuGroup("", [about, shop])],
        "spelling_js_url": "spelling.js",
        "css_url": "site.css",
        "story_css_url": "site.css",
        "charts_css_url": "site.css",
        "icon_url": "mark.svg",
        "mark_url": "mark.png",
        # nothing here is on two pages
        "once": lambda component, *value, **words: component(*value, **words),
    }


def _drawing_with(made: Environment) -> Callable[[Any], str]:
    return lambda photo: str(made.get_template("components/photo.html").module.photo(photo))  # type: ignore[attr-defined]


def examples(site: Mapping[str, Any], stage: Stage, theme: Path = THEME) -> list[Example]:
    """Every example of every component, in order."""
    made = environment(site, stage, theme)
    found: list[Example] = []
    for path in sorted((theme / "examples").glob("*.html")):

        def example(
            caption: str, caller: Callable[[], str], within: str = "main", name: str = path.stem
        ) -> str:
            found.append(Example(name, caption, within, str(caller()).strip()))
            return ""

        made.get_template(f"examples/{path.name}").render(example=example)
    return found
