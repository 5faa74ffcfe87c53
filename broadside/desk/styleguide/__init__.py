"""Writes the style guide, ./inv styleguide: every component of the theme with its examples, each in its own window.

It is below .cache and never part of a site. The component tests (tests/theme) use the same examples.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from broadside.desk.options import Options, settings_of
from broadside.desk.styleguide.examples import THEME, Example, about, examples, names
from broadside.desk.styleguide.stage import SHAPES, Stage, drawing
from broadside.folders import OUTLET
from broadside.plugins.assets.bundle import stylesheet

GUIDE = OUTLET / ".cache" / "styleguide"
STYLE = "site.css"
UNSEEN = ("article_meta", "feed_links", "head_meta", "structured_data")
"""Components of a page's head, of which a reader sees nothing; the guide shows their HTML."""
BESIDE_MAIN = ("colophon", "masthead", "skip_link")
"""Components that stand outside the main part of a page, edge to edge."""


def write(folder: Path = GUIDE) -> Path:
    """Write the guide with the outlet's own settings, and return the page to open."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / STYLE).write_bytes(stylesheet(THEME / "static" / "css").data)
    for shape in SHAPES:
        (folder / f"{shape}.svg").write_text(drawing(shape), "utf-8")
    page = folder / "index.html"
    page.write_text(guide(settings_of(Options(), folder)), "utf-8")
    return page


def guide(settings: dict[str, Any]) -> str:
    """The guide as one page."""
    site = {key: value for key, value in settings.items() if key.isupper()} | {"root": "."}
    shown = examples(site, Stage())
    order = sorted(names(), key=lambda name: name in UNSEEN)  # what can be seen comes first
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True)
    return environment.get_template("guide.html").render(
        site=site["SITENAME"],
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
