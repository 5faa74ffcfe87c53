"""Starts a story, ./inv new: from what the writer says of it and what the content folder has, a file ready to fill in."""

from __future__ import annotations

import json
import shlex
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import count
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from broadside.build.reading import with_own_keys
from broadside.config.options import Options, settings_of
from broadside.content.content import ReadOptions
from broadside.content.folder import Folder, scan
from broadside.content.lists import read as read_lists
from broadside.content.names import BETWEEN_NAMES, or_new
from broadside.content.read import read_options
from broadside.content.reader import Reader
from broadside.faults import did_you_mean, quoted
from broadside.front_matter.data import SINGLE, AuthorData, SeriesData
from broadside.front_matter.fields import several
from broadside.media.photo_files import inspect, shape_problems, wording
from broadside.slugs import is_guessed, slug_problem, slugify

TEMPLATE = """---
title: {title}
{slug}# One sentence: the line under the headline, also in lists and feeds.
{dek}
date: {date}
{author}
{section}
type: {type}
{series}topics: []
{photo}
status: draft # when the story is ready, set date to the hour at which it comes out, and delete this line
---

"""
REMARK = """# For a photo, fill these in and take the hash signs away: alt says what one sees in it, caption what it shows,
# and credit who made it, as in Photo by A. Person/Agency.
"""
"""The remark above a photo's lines that are to be filled in. Placeholders might be printed as a photographer's name."""

ADVICE = " # the last part of its address, which never changes again: better a few words in the letters a-z"


class NotStarted(ValueError):
    """The story could not be started; says why."""


class Photo(Struct, frozen=True):
    """A picture file and its words; a story needs `alt` and `credit` to show it."""

    source: Path
    alt: str = ""
    caption: str = ""
    credit: str = ""

    @property
    def complete(self) -> bool:
        """Whether a story can show it."""
        return bool(self.alt and self.credit)


class Idea(Struct, frozen=True):
    """What is known of a story before it is written; what is not known yet is empty."""

    headline: str = ""
    sections: Sequence[str] = ()
    authors: Sequence[str] = ()
    story_type: str = ""
    photo: Photo | None = None
    series: str = ""
    dek: str = ""
    slug: str = ""


class Known(Struct, frozen=True):
    """What a story may name: sections, types, and authors and series, each with the stem of its file."""

    sections: list[str]
    authors: dict[str, str]
    types: list[str]
    series: dict[str, str]
    folder: Folder
    options: Options
    now: datetime

    @classmethod
    def of(cls, options: Options) -> Known:
        """What the content folder offers a story."""
        reading = read_options(with_own_keys(settings_of(options)))
        folder = scan(options.content_path)
        lists = read_lists(options.content_path, folder.files["list"], reading.rules)
        if lists.faults:
            raise NotStarted(f"{lists.faults[0]}\nMend that first; ./inv check shows all that is wrong.")
        return cls(
            sections=[each.data.name for each in lists.sections],
            authors=_named(folder, reading, "author"),
            series=_named(folder, reading, "series"),
            types=[each.data.name for each in lists.story_types],
            folder=folder,
            options=options,
            now=reading.now,
        )

    def sections_of(self, words: Sequence[str]) -> list[str]:
        """The sections' names as the list spells them, each once; a word may hold several names, separated as in front matter."""
        return list(dict.fromkeys(_one("section", each, self.sections) for each in _each(words, self.sections)))

    def story_type(self, word: str) -> str:
        """The story type's name as the list spells it; "" for ""."""
        return _one("type", word, self.types) if word else ""

    def authors_of(self, words: Sequence[str]) -> list[str]:
        """The names of the authors with these names or file names, each once; a word may hold several."""
        names = {stem: name for name, stem in self.authors.items()}
        known = list(self.authors)
        found = (_one("author", names.get(slugify(each), each), known) for each in _each(words, known))
        return list(dict.fromkeys(found))

    def series_called(self, word: str) -> str:
        """The name of the series with this name or file name."""
        names = {stem: name for name, stem in self.series.items()}
        return _one("series", names.get(slugify(word), word), list(self.series))

    def free_slug(self, headline: str, given: str = "") -> str:
        """The slug of a story; no other may have it, because `related` and the front page name stories by slug.

        It is the given one, or the headline's, or the day and a number where the headline's would be a guess.
        """
        slug = given or (self._numbered() if is_guessed(headline) else slugify(headline))
        if not slug:
            raise NotStarted(
                "The headline needs at least one letter or digit that can be spelled with a-z and 0-9, or --slug some-words."
            )
        problem = slug_problem(slug)
        otherwise = "another slug" if given else "a longer headline"
        if problem:
            raise NotStarted(f"{quoted(slug)} {problem}; choose {otherwise}.")
        other = self._stems.get(slug, "")
        if other:
            path, otherwise = f"{self.options.content_prefix}{other}", otherwise.replace("a longer", "another")
            raise NotStarted(f"{path} is called {quoted(slug)} already; open it, or choose {otherwise}.")
        return slug

    @property
    def _stems(self) -> dict[str, str]:
        """The paths of stories by the names of their files."""
        return {Path(path).stem: path for path in self.folder.files["story"]}

    def _numbered(self) -> str:
        """The day and the first number that no story has yet, such as 2026-11-30-1."""
        stems = self._stems
        return next(slug for n in count(1) if (slug := f"{self.now:%Y-%m-%d}-{n}") not in stems)


def _named(folder: Folder, reading: ReadOptions, kind: str) -> dict[str, str]:
    """The name of each author or series, and the stem of its file."""
    reader = Reader(folder.root, reading.rules, reading.lang, reading.words)
    records = [reader.read(path, kind) for path in folder.files[kind]]
    return {
        record.data.name: record.slug
        for record in records
        if isinstance(record.data, (AuthorData, SeriesData)) and record.is_readable
    }


def _each(words: Sequence[str], known: Collection[str]) -> list[str]:
    """The names in some words; a known name may contain a comma."""
    whole = {name.casefold() for name in known}
    return [part for word in words for part in ([word] if word.casefold() in whole else several(word))]


def _one(what: str, word: str, known: list[str]) -> str:
    """The word as the list spells it."""
    for name in known:
        if name.casefold() == word.casefold():
            return name
    parts = [part.strip() for part in BETWEEN_NAMES.split(word)]
    if len(parts) > 1 and {part.casefold() for part in parts} <= {name.casefold() for name in known}:
        raise NotStarted(f"{quoted(word)} is not a known {what}; write {', '.join(parts)}")
    hint = did_you_mean(word, known)
    hint = or_new(word, hint) if what == "author" else hint or f"there is no {what} yet"
    raise NotStarted(f"{quoted(word)} is not a known {what}; {hint}")


def new_story(known: Known, idea: Idea) -> Path:
    """Write a story file with its front matter ready to fill in, and return its path as the user can open it."""
    slug = known.free_slug(idea.headline, idea.slug)
    lines = {
        "title": scalar(idea.headline),
        "slug": "" if slug == slugify(idea.headline) else f"slug: {slug}{'' if idea.slug else ADVICE}\n",
        "dek": f"dek: {scalar(idea.dek)}".rstrip(),
        "section": line_of("section", known.sections_of(idea.sections)),
        "author": line_of("author", known.authors_of(idea.authors)),
        "type": scalar(known.story_type(idea.story_type) or next(iter(known.types), "")),
    }
    path = Path(known.options.content_prefix) / "articles" / f"{known.now:%Y}" / f"{slug}.md"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lines["series"] = f"series: {scalar(known.series_called(idea.series))}\n" if idea.series else ""
        photo = _photo_lines(idea.photo, known.options.content_path, slug)
        with path.open("x", encoding="utf-8") as file:
            file.write(TEMPLATE.format(date=f"{known.now:%Y-%m-%dT%H:%M}", photo=photo, **lines))
    except FileExistsError:
        raise NotStarted(f"{path} is there already.") from None
    except OSError as problem:
        raise NotStarted(f"{problem.filename or path} cannot be written ({problem.strerror}).") from None
    return path


def _photo_lines(photo: Photo | None, content: Path, slug: str) -> str:
    """The four lines of a photo, behind hash signs if it lacks words without which it would be a fault."""
    words = {"photo": copied(photo, content, slug) if photo else "photos/name.jpg"}
    words |= {key: getattr(photo, key, "") for key in ("alt", "caption", "credit")}
    lines = [f"{key}: {scalar(text)}".rstrip() for key, text in words.items()]
    if photo and photo.complete:
        return "\n".join(lines)
    return REMARK + "\n".join(f"# {line}" for line in lines)


def line_of(key: str, names: list[str]) -> str:
    """The line of front matter with these names: the singular key with at most one name, or the plural key with a list."""
    if len(names) < 2:
        return f"{key}: {scalar(''.join(names))}"
    parts = (json.dumps(name, ensure_ascii=False) if set(name) & set(",[]{}") else scalar(name) for name in names)
    return f"{next(several for several, single in SINGLE.items() if single == key)}: [{', '.join(parts)}]"


def scalar(text: str) -> str:
    """The text as a YAML value, in quotes if it would be read as something else without them."""
    line = " ".join(text.split())
    plain = line[:1].isalnum() and ": " not in line and " #" not in line and not line.endswith(":")
    return line if plain or not line else json.dumps(line, ensure_ascii=False)


def handed_in(written: str) -> Photo:
    """The photo at a path, as people type it or drag it into a terminal, with the caption and credit that its file has."""
    path = _meant(written)
    if not path.is_file():
        raise NotStarted(f'There is no file "{written.strip()}".')
    found = inspect(path)
    problems = found if isinstance(found, list) else shape_problems(found, path.name)
    if problems:
        first = problems[0]
        raise NotStarted(f"{first.message}; {first.hint}." if first.hint else f"{first.message}.")
    words = wording(path)
    return Photo(path, "", words.caption, words.credit)


def _meant(written: str) -> Path:
    """The path that is meant: a terminal adds quotes, backslashes or file:// to the path of a file that is dragged into it."""
    word = written.strip()
    if not Path(word).expanduser().is_file():
        try:
            words = shlex.split(word)
        except ValueError:
            words = []
        word = words[0] if len(words) == 1 else word
        if word.startswith("file://"):
            word = unquote(urlsplit(word).path)
    return Path(word).expanduser()


def copied(photo: Photo, content: Path, otherwise: str) -> str:
    """Copy the photo into the content folder, unless it is there already, and return its path below that folder.

    It is copied with all its metadata, which a site never shows. The name is made safe; if nothing of it can be
    kept, it is `otherwise`. An existing file is never replaced.
    """
    source, folder = photo.source.resolve(), (content / "photos").resolve()
    if source.is_relative_to(folder):
        return f"photos/{source.relative_to(folder).as_posix()}"
    stem = slugify(source.stem)
    stem = otherwise if not stem or slug_problem(stem) else stem
    data = source.read_bytes()
    folder.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        file = folder / f"{stem if number == 1 else f'{stem}-{number}'}{source.suffix.lower()}"
        try:
            with file.open("xb") as new:
                new.write(data)
        except FileExistsError:
            if not file.is_file() or file.read_bytes() != data:
                number += 1
                continue
        return f"photos/{file.name}"
