"""Style sheets, scripts and icons as files whose names change with their contents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from msgspec import Struct

from broadside.site.assets import Asset, AssetFailed, bundled, checked, named

URL = re.compile(r"""url\(\s*(["']?)(?:\.\./static/)?([^"')]+?)\1\s*\)""")

ELSEWHERE = re.compile(r"[a-z]+:|[/#]")
MARK = re.compile(r"/\* sheets: ([a-z ]+) \*/")


class Worn(Struct, frozen=True):
    """What a look adds to the style sheets: its colours and typefaces as CSS, and the files of its
    choices.
    """

    tokens: str = ""
    choices: tuple[Path, ...] = ()


class Sheet(Struct, frozen=True):
    """A style sheet of the theme: its name, and the marks of the files that it has besides those
    without a mark.

    A file's first line may say in which it is: `/* sheets: stories */`. With a mark that no sheet
    has, such as `alone`, it is sent only with the pages that name it.
    """

    name: str = "site"
    marks: frozenset[str] = frozenset()

    def has(self, css: str) -> bool:
        """Whether it has the styles of a file with this text."""
        mark = MARK.match(css)
        return mark is None or not self.marks.isdisjoint(mark[1].split())


WHOLE = Sheet("site", frozenset(("pages", "stories", "charts", "alone")))
OF_SITE = Sheet("site", frozenset(("pages",)))
"""For every page except stories."""
OF_STORIES = Sheet("story", frozenset(("stories",)))
OF_CHARTS = Sheet("story-charts", frozenset(("stories", "charts")))
"""For the pages of stories with a chart, in the story or below it."""


def stylesheet(
    css: Path,
    own: Path | None = None,
    files: Mapping[str, Asset] | None = None,
    worn: Worn | None = None,
    sheet: Sheet = WHOLE,
) -> Asset:
    """The theme's CSS as one small file: look, sizes, base, components, pages, the look's choices,
    and print.

    The style sheets in an outlet's `own` folder come last; url(NAME) in them means one of its
    static `files`.
    """
    worn = worn or Worn()
    found = [
        part for folder in ("components", "pages") for part in sorted((css / folder).glob("*.css"))
    ]
    parts = [css / "tokens.css", css / "base.css", *found, *worn.choices, css / "print.css"]
    texts = [worn.tokens, *_minified_files(parts, sheet)]
    if own:
        texts += [
            _with_addresses(text, files or {})
            for text in _minified_files(sorted(own.glob("*.css")))
        ]
    return bundled(f"theme/{sheet.name}.css", texts)


def feed_stylesheet(css: Path, tokens: str = "") -> Asset:
    """The style sheet for feeds in a browser; a separate file, so that no page of the site loads
    it.
    """
    return bundled(
        "theme/feed.css", [tokens, *_minified_files([css / "tokens.css", css / "feed.css"])]
    )


def static_files(folder: Path) -> dict[str, Asset]:
    """The files in an outlet's folder of static files, by their paths there."""
    paths = sorted(
        path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")
    )
    names = (path.relative_to(folder).as_posix() for path in paths)
    return {
        name: named(f"theme/{_folder_of(path)}/{name}", path.read_bytes())
        for name, path in zip(names, paths, strict=True)
    }


def _folder_of(path: Path) -> str:
    """A static file's folder on the site: the content security policy allows fonts only from the
    folder of fonts.
    """
    if path.suffix.lower() == ".woff2":
        return "fonts"
    return "static"


def icon(name: str, theme: Path, own: Path) -> Path:
    """An outlet's own icon of this name, or the theme's."""
    replacement = own / "icons" / name
    if replacement.is_file():
        return replacement
    return theme / "icons" / name


def _minified_files(parts: Iterable[Path], sheet: Sheet = WHOLE) -> Iterable[str]:
    """The CSS files that a sheet has."""
    return (checked(path, sheet.has) for path in parts if path.is_file())


def _with_addresses(css: str, files: Mapping[str, Asset]) -> str:
    """CSS in which url(NAME) is the address of a static file, relative to the style sheet; raises
    AssetFailed if there is none.
    """

    def address(match: re.Match[str]) -> str:
        name = match[2]
        if ELSEWHERE.match(name):
            return match[0]
        if name not in files:
            raise AssetFailed(f"url({name}) in the outlet's css/ leads to no file in its static/")
        return f'url("{PurePosixPath(files[name].url).relative_to("theme")}")'

    return URL.sub(address, css)


def as_it_is(path: Path) -> Asset:
    """A script or picture, unchanged: our scripts are short enough."""
    return named(f"theme/{path.name}", path.read_bytes())
