"""Checks every key of a story's front matter, in YAML or in Pelican's plain form, and reports all faults at once.

In Broadside's own pipeline, newsroom reads the sources and uses this plugin's modules. On its own it is a reader for any
Pelican site: PLUGINS = ["broadside.plugins.front_matter"]. With add_key(), an outlet's own plugin adds a key.
Settings: DEFAULT_STORY_TYPE, DEK_FROM_TEXT, and Pelican's TIMEZONE, DEFAULT_LANG, JINJA_ENVIRONMENT.
Signals used: readers_init, article_generator_pretaxonomy, page_generator_finalized.
Adds to articles: the keys of front_matter/data.py, under those names and under Pelican's (category, tags, summary, modified).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from inspect import get_annotations
from pathlib import Path
from typing import Any

from msgspec import to_builtins
from msgspec.structs import asdict
from pelican.contents import Article
from pelican.generators import Generator
from pelican.plugins import signals
from pelican.readers import BaseReader, Readers

from broadside.plugins.faults import Fault, FaultsFound, KeyRefused, errors_in, quoted
from broadside.plugins.front_matter.data import Data, StoryData
from broadside.plugins.front_matter.fields import text
from broadside.plugins.front_matter.keys import OWN, Declared, Key, keys_of
from broadside.plugins.front_matter.suspect import PLAIN
from broadside.plugins.front_matter.validate import Rules
from broadside.plugins.markup.body import InlinePhoto, fill
from broadside.plugins.newsroom import links
from broadside.plugins.newsroom.reader import Reader
from broadside.plugins.newsroom.records import Record
from broadside.plugins.newsroom.story import Story
from broadside.plugins.vocabulary import ARTICLE_ATTRIBUTES

PELICAN = {name: declared.key.pelican for name, declared in keys_of(StoryData).items() if declared.key.pelican}
"""Our key -> Pelican's name for the same thing."""


def add_key(
    name: str,
    means: str,
    check: Callable[[str], str | int | float] = text,
    *,
    several: bool = False,
    required: bool = False,
) -> None:
    """Add a key to the front matter of stories; an outlet's own plugin calls this in its register().

    `means` says what the key is for, in a few words that messages can show. `check` is given what was written, and returns
    the value in its clean form; if it cannot be used, it raises ValueError, with the rest of a sentence that begins with
    the key. The checks of front_matter.fields may be used too. With `several` the key has a list, and `check` is given each
    entry. A `required` key is one that a published story must have.

    The value is in `story.data.own` of a record, and an attribute of an article; a story without it has "" or an empty list.
    """
    if not re.fullmatch("[a-z][a-z0-9_]*", name):
        raise KeyRefused(f"{quoted(name)} cannot be a key: write it in small letters, digits and underscores")
    taken = {other for ours, declared in keys_of(StoryData).items() for other in (ours, *declared.names)}
    taken |= {*StoryData.__struct_fields__, *ARTICLE_ATTRIBUTES, *get_annotations(Story), *dir(Article)}
    key = Declared(Key(means, check, when_published=required, words=True), several)
    if name in taken or OWN.get(name, key) != key:
        raise KeyRefused(f"{quoted(name)} is the name of another key, or of something else that a story has")
    OWN[name] = key


class StoryReader(BaseReader):
    """Pelican's reader for Markdown, with our header, our rules and our dialect."""

    enabled = True
    file_extensions = ("md",)

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__(settings)
        self.reader = Reader(Path(settings["PATH"]), Rules.from_settings(settings), settings["DEFAULT_LANG"])
        self.faults: list[Any] = []

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """The HTML and the metadata of a file; its faults are kept until every file has been read."""
        root = Path(self.settings["PATH"])
        path = Path(source_path).relative_to(root).as_posix() if Path(source_path).is_relative_to(root) else source_path
        kind = "page" if path.split("/")[0] in self.settings["PAGE_PATHS"] else "story"
        record = self.reader.parse(Path(source_path).read_bytes(), path, kind)
        self.faults += [*record.faults, *_outside(record)]
        html = fill(record.body.html, "", lambda i: record.links[i][0], lambda i: _figure(record.photos[i]))
        return html, self._metadata(record)

    def _metadata(self, record: Record[Data]) -> dict[str, Any]:
        """The front matter as Pelican expects it; a file with faults is skipped here, and stops the build later."""
        if not record.is_readable or errors_in(record.faults):
            return {"title": record.path, "status": "skip"}
        # Themes made for Pelican print these unescaped, unless the site turns Jinja's escaping on.
        plain = self.settings["JINJA_ENVIRONMENT"].get("autoescape")
        written = to_builtins(asdict(record.data))
        written |= written.pop("own", {})
        data: dict[str, Any] = {
            key: value if plain or key not in PLAIN else escape(value)
            for key, value in written.items()
            if value not in ("", [])
        }
        out: dict[str, Any] = dict(data)
        for ours, theirs in PELICAN.items():
            if ours in data:
                value = (
                    data[ours][0] if theirs == "category" else ", ".join(data[ours]) if theirs == "tags" else data[ours]
                )
                out[theirs] = self.process_metadata(theirs, value)
        if "authors" in data:
            out["authors"] = self.process_metadata("authors", "; ".join(name for name, _ in data["authors"]))
        if "date" in data:
            out["date"] = self.process_metadata("date", data["date"])
        return out


def _outside(record: Record[Data]) -> Iterator[Fault]:
    """The faults of links through which Pelican would publish a hidden file or one outside the content folder."""
    for written, line in record.links:
        kind, name = links.parts(written)
        if kind in ("static", "attach") and re.search(r"(^|/)\.", links.path_of(name, record.path)):
            yield Fault(record.path, line, 0, "error", "broken-link", f'the link "{written}" leads out', "delete it")


def _figure(photo: InlinePhoto) -> str:
    caption = " ".join(escape(part) for part in (photo.caption, f"({photo.credit})" if photo.credit else "") if part)
    picture = f'<img src="{{static}}/{escape(photo.photo)}" alt="{escape(photo.alt)}">'
    return f'<figure class="photo">{picture}<figcaption>{caption}</figcaption></figure>'


def take_markdown(readers: Readers) -> None:
    """Read Markdown with our reader, and nothing else: the HTML and reStructuredText readers include files raw."""
    readers.reader_classes.clear()
    readers.reader_classes["md"] = StoryReader


def stop_at_faults(generator: Generator) -> None:
    """Stop the build with every fault that the readers found."""
    faults = generator.readers.readers["md"].faults
    if errors_in(faults):
        raise FaultsFound(faults)


def register() -> None:
    """Connect to Pelican."""
    signals.readers_init.connect(take_markdown)
    signals.article_generator_pretaxonomy.connect(stop_at_faults)
    signals.page_generator_finalized.connect(stop_at_faults)
