"""Writes the style guide, ./inv styleguide: every component of the theme with its examples, each in its own window.

It is below .cache and never part of a site. The component tests (tests/theme) use the same examples.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from broadside.config.options import Options, settings_of
from broadside.editing.styleguide.examples import THEME, Example, about, examples, names
from broadside.editing.styleguide.stage import SHAPES, Stage, drawing
from broadside.folders import OUTLET
from broadside.look import Whole, of_base, whole
from broadside.look.data import BASES
from broadside.plugins.assets import ShownLook, look_for_templates, named_faces, named_logos, worn_of
from broadside.plugins.assets.bundle import Asset, stylesheet

GUIDE = OUTLET / ".cache" / "styleguide"
STYLE = "site.css"
UNSEEN = ("article_meta", "feed_links", "head_meta", "structured_data")
"""Components of a page's head, of which a reader sees nothing; the guide shows their HTML."""
BESIDE_MAIN = ("colophon", "masthead", "skip_link")
"""Components that stand outside the main part of a page, edge to edge."""


def write(folder: Path = GUIDE) -> Path:
    """Write the guide with the outlet's own settings and look, and return the page to open."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = settings_of(Options(), folder)
    own = whole(settings)
    for name, look in {"site": own, **{base: of_base(base) for base in BASES}}.items():
        _write_look(folder, name, look)
    for shape in SHAPES:
        (folder / f"{shape}.svg").write_text(drawing(shape), "utf-8")
    page = folder / "index.html"
    page.write_text(guide(settings, look_for_templates(own, named_faces(own), _write_logos(folder, own))), "utf-8")
    return page


def _write_look(folder: Path, name: str, look: Whole) -> None:
    """Write the style sheet of a look under this name, and its faces."""
    css, faces = THEME / "static" / "css", named_faces(look)
    (folder / f"{name}.css").write_bytes(stylesheet(css, worn=worn_of(look, faces, css)).data)
    (folder / "fonts").mkdir(exist_ok=True)
    for face in chain(*faces.values()):
        (folder / face.url.removeprefix("theme/")).write_bytes(face.data)


def _write_logos(folder: Path, look: Whole) -> dict[str, Asset]:
    logos = named_logos(look)
    for logo in logos.values():
        (folder / "theme").mkdir(exist_ok=True)
        (folder / logo.url).write_bytes(logo.data)
    return logos


def guide(settings: dict[str, Any], look: ShownLook) -> str:
    """The guide as one page."""
    site = {key: value for key, value in settings.items() if key.isupper()} | {"root": ".", "look": look}
    shown = examples(site, Stage())
    order = sorted(names(), key=lambda name: name in UNSEEN)  # what can be seen comes first
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True)
    return environment.get_template("guide.html").render(
        site=site["SITENAME"],
        bases=BASES,
        components=[(name, [each for each in shown if each.component == name]) for name in order],
        unseen=UNSEEN,
        about=about,
        document=document,
    )


def document(example: Example) -> str:
    """A page that holds an example and nothing else, as the guide shows it in a window of its own."""
    if example.component in UNSEEN:
        head, body = example.html, ""
    else:
        head = ""
        body = example.html if example.component in BESIDE_MAIN else _main(example)
    return (
        '<!doctype html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{example.component}</title>\n<link rel="stylesheet" href="{STYLE}">\n{head}</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _main(example: Example) -> str:
    html = example.html
    for element in reversed(example.within.split(" > ")):
        tag, _, name = element.partition(".")
        html = f'<{tag} class="{name}">\n{html}\n</{tag}>' if name else f"<{tag}>\n{html}\n</{tag}>"
    return html
