"""Starts a story: ./inv new."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from desk.options import Options, settings_of
from plugins.faults import did_you_mean, quoted
from plugins.newsroom.folder import Folder, scan
from plugins.newsroom.lists import Entry, Lists
from plugins.newsroom.lists import read as read_lists
from plugins.newsroom.records import Reader
from plugins.newsroom.room import Desk
from plugins.slugs import slug_problem, slugify

TEMPLATE = """---
title: {title}
dek: # one sentence: the line under the headline, also in lists and feeds
date: {date}
author: {author}
section: {section}
type: {type}
topics: []
# photo: photos/name.jpg
# alt: What one sees in it.
# caption: What it shows.
# credit: Photo by A. Person/Agency
status: draft # delete this line when the story is ready
---

"""


class NotStarted(Exception):
    """The story could not be started; says why."""


def new_story(options: Options, headline: str, section: str = "", author: str = "", story_type: str = "") -> Path:
    """Write a story file with its front matter ready to fill in, and return its path as the user can open it."""
    from plugins.newsroom import desk_of

    if not options.content_path.is_dir():
        raise NotStarted(f"There is no folder {options.content or options.content_path}.")
    desk = desk_of(settings_of(options, options.output_path))
    folder = scan(options.content_path)
    lists = read_lists(options.content_path, folder.files["list"], desk.rules)
    slug = _free_slug(headline, folder, options)
    types = _names(lists, lists.story_types)
    values = {
        "title": headline,
        "section": _one("section", section, _names(lists, lists.sections)),
        "author": _author(author, folder, desk),
        "type": _one("type", story_type, types) or next(iter(types), ""),
    }
    path = Path(options.content_prefix) / "articles" / f"{desk.now:%Y}" / f"{slug}.md"
    lines = {key: scalar(value) for key, value in values.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(TEMPLATE.format(date=f"{desk.now:%Y-%m-%dT%H:%M}", **lines))
    except FileExistsError:
        raise NotStarted(f"{path} is there already.") from None
    return path


def _free_slug(headline: str, folder: Folder, options: Options) -> str:
    """The slug of the headline, which no other story may have: related stories and the front page are named by it."""
    slug = slugify(headline)
    if not slug:
        raise NotStarted("The headline needs at least one letter or digit that can be spelled with a-z and 0-9.")
    problem = slug_problem(slug)
    if problem:
        raise NotStarted(f"{quoted(slug)} {problem}; choose a longer headline.")
    other = next((path for path in folder.files["story"] if Path(path).stem == slug), "")
    if other:
        raise NotStarted(f"{options.content_prefix}{other} has that headline already; open it, or choose another one.")
    return slug


def _names(lists: Lists, entries: Iterable[Entry]) -> list[str]:
    if lists.faults:
        raise NotStarted(f"{lists.faults[0]}\nMend that first; ./inv check shows all that is wrong.")
    return [entry.data["name"] for entry in entries]


def _author(word: str, folder: Folder, desk: Desk) -> str:
    """The name of the author who is called so, or whose file is."""
    if not word:
        return ""
    reader = Reader(folder.root, desk.rules, desk.lang)
    records = [reader.read(path, "author") for path in folder.files["author"]]
    names = {str(record.data["name"]): record.slug for record in records if record.data}
    by_stem = next((name for name, stem in names.items() if stem == slugify(word)), word)
    return _one("author", by_stem, list(names))


def _one(what: str, word: str, known: list[str]) -> str:
    """The word as the list spells it; "" where none was given."""
    if not word:
        return ""
    for name in known:
        if name.casefold() == word.casefold():
            return name
    parts = [name for name in known if word.casefold() in name.casefold()]
    hint = did_you_mean(parts[0] if len(parts) == 1 else word, known) or f"there is no {what} yet"
    raise NotStarted(f"{quoted(word)} is not a known {what}; {hint}")


def scalar(text: str) -> str:
    """The text as a YAML value, in quotes where it would be read as something else."""
    line = " ".join(text.split())
    plain = line[:1].isalnum() and ": " not in line and " #" not in line and not line.endswith(":")
    return line if plain or not line else json.dumps(line, ensure_ascii=False)
