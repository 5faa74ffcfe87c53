"""Starts a story: ./inv new."""

from __future__ import annotations

import json
from pathlib import Path

from desk.options import Options, settings_of
from plugins.faults import did_you_mean, quoted
from plugins.slugs import slugify

TEMPLATE = """---
title: {title}
dek:
date: {date}
author: {author}
section: {section}
type: {type}
topics: []
status: draft
---

"""


class NotStarted(Exception):
    """The story could not be started; says why."""


def new_story(options: Options, headline: str, section: str = "", author: str = "", story_type: str = "") -> Path:
    """Write a story file with its front matter ready to fill in, and return its path as the user can open it."""
    from plugins.newsroom import desk_of
    from plugins.newsroom.read import read_newsroom

    slug = slugify(headline)
    if not slug:
        raise NotStarted("The headline needs at least one letter that can be spelled with a-z.")
    desk = desk_of(settings_of(options, options.output_path))
    newsroom = read_newsroom(options.content_path, desk, lambda wanted: _only_authors(options.content_path, desk, wanted))
    sections = [entry.data["name"] for entry in newsroom.lists.sections]
    types = [entry.data["name"] for entry in newsroom.lists.story_types]
    authors = {str(record.data["name"]): record.slug for record in newsroom.of_kind("author") if record.data}
    author = next((name for name, stem in authors.items() if author in (name, stem)), author)
    values = {
        "section": _one("section", section, sections),
        "author": _one("author", author, list(authors)),
        "type": _one("type", story_type or types[0] if types else story_type, types),
    }
    path = Path(options.content_prefix) / "articles" / f"{desk.now:%Y}" / f"{slug}.md"
    if path.exists():
        raise NotStarted(f"{path} is there already; choose another headline, or open it.")
    path.parent.mkdir(parents=True, exist_ok=True)
    text = TEMPLATE.format(title=_scalar(headline), date=f"{desk.now:%Y-%m-%dT%H:%M}", **{key: _scalar(value) for key, value in values.items()})
    path.write_text(text, "utf-8")
    return path


def _only_authors(root: Path, desk: object, wanted: list[tuple[str, str]]) -> list[object]:
    from plugins.newsroom.records import Reader

    reader = Reader(root, desk.rules, desk.lang)  # type: ignore[attr-defined]
    return [reader.read(path, kind) for path, kind in wanted if kind == "author"]


def _one(what: str, word: str, known: list[str]) -> str:
    """The word as the list spells it; "" where none was given."""
    if not word:
        return ""
    for name in known:
        if name.casefold() == word.casefold():
            return name
    raise NotStarted(f"{quoted(word)} is not a known {what}; {did_you_mean(word, known)}")


def _scalar(text: str) -> str:
    """The text as a YAML value, in quotes where it would be read as something else."""
    line = " ".join(text.split())
    plain = line and line[0].isalnum() and ": " not in line and " #" not in line and not line.endswith(":")
    return line if plain or not line else json.dumps(line, ensure_ascii=False)


