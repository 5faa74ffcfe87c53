"""Starts a story or an author's file, ./inv new: writes it ready to fill in, from the writer's
words and the content folder's lists.

In a terminal a writer is asked for what is missing, one line at a time, until each answer is valid.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from broadside.config.options import Options, settings_of
from broadside.content.content import ReadOptions
from broadside.content.folder import Folder, scan
from broadside.content.lists import read as read_lists
from broadside.content.read import read_options
from broadside.content.reader import Reader
from broadside.faults import did_you_mean, quoted
from broadside.front_matter.data import SINGLE, AuthorData, SeriesData
from broadside.front_matter.fields import printed_name, several
from broadside.git import GitFailed, git
from broadside.media.photo_files import inspect, shape_problems, wording
from broadside.slugs import is_guessed, slug_problem, slugify
from broadside.validation import Refused

T = TypeVar("T")
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
AUTHOR = """---
name: {name}
# Take the hash sign away from what you fill in; ./inv docs for-editors says what else there is.
# role: Europe editor
# portrait: photos/authors/name.jpg
# alt: What one sees in the portrait.
---
"""
REMARK = """# For a photo, fill these in and take the hash signs away: alt says what one sees in it, caption what it shows,
# and credit who made it, as in Photo by A. Person/Agency.
"""
"""The remark above a photo's lines that are to be filled in.

Placeholders might be printed as a photographer's name.
"""
ADVICE = (
    " # the last part of its address, which never changes again: better a few words in the"
    " letters a-z"
)
SHOWN = 20
"""How many suggestions are listed; more would push the question off the screen, and part of a name
finds any of them.
"""


class NotStarted(ValueError):
    """The story could not be started; the message says why."""


class NoAnswer(Exception):
    """The writer gave up."""


class PictureFile(Struct, frozen=True):
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
    """What is known of a story before it is written; anything unknown is empty."""

    headline: str = ""
    sections: Sequence[str] = ()
    authors: Sequence[str] = ()
    story_type: str = ""
    photo: PictureFile | None = None
    series: str = ""
    dek: str = ""
    slug: str = ""


class Known(Struct, frozen=True):
    """The names that a story may use: sections, types, and authors and series, each with the stem
    of its file.
    """

    sections: list[str]
    authors: dict[str, str]
    types: list[str]
    series: dict[str, str]
    folder: Folder
    options: Options
    now: datetime

    @classmethod
    def of(cls, options: Options) -> Known:
        """The names in the content folder."""
        reading = read_options(settings_of(options))
        folder = scan(options.content_path)
        lists = read_lists(options.content_path, folder.files["list"], reading.rules)
        if lists.faults:
            raise NotStarted(
                f"{lists.faults[0]}\nFix that first; ./inv check lists everything that is wrong."
            )
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
        """The sections' names as spelled in the list, each once; a word may hold several names,
        separated as in front matter.
        """
        return list(
            dict.fromkeys(
                _as_listed("section", each, self.sections)
                for each in _names_in(words, self.sections)
            )
        )

    def story_type(self, word: str) -> str:
        """The story type's name as spelled in the list; "" for ""."""
        if word:
            return _as_listed("type", word, self.types)
        return ""

    def authors_of(self, words: Sequence[str]) -> list[str]:
        """The names of the authors with these names or file names, each once; a word may hold
        several.
        """
        names = {stem: name for name, stem in self.authors.items()}
        known = list(self.authors)
        found = (
            _as_listed("author", names.get(slugify(each), each), known)
            for each in _names_in(words, known)
        )
        return list(dict.fromkeys(found))

    def series_called(self, word: str) -> str:
        """The name of the series with this name or file name."""
        names = {stem: name for name, stem in self.series.items()}
        return _as_listed("series", names.get(slugify(word), word), list(self.series))

    def free_slug(self, headline: str, given: str = "") -> str:
        """A slug that no other story has, because `related` and the front page name stories by
        slug.

        It is the given one, or the headline's, or the day and a number if the headline's would be a
        guess.
        """
        slug = given or (self._numbered() if is_guessed(headline) else slugify(headline))
        if not slug:
            raise NotStarted(
                "The headline needs at least one letter or digit that can be spelled with a-z and"
                " 0-9, or --slug some-words."
            )
        problem = slug_problem(slug)
        otherwise = "a longer headline"
        if given:
            otherwise = "another slug"
        if problem:
            raise NotStarted(f"{quoted(slug)} {problem}; choose {otherwise}.")
        other = self._stems.get(slug, "")
        if other:
            path, otherwise = (
                f"{self.options.content_prefix}{other}",
                otherwise.replace("a longer", "another"),
            )
            raise NotStarted(
                f"{path} is called {quoted(slug)} already; open it, or choose {otherwise}."
            )
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


def _names_in(words: Sequence[str], known: Collection[str]) -> list[str]:
    """The names in some words; a known name may contain a comma."""
    whole = {name.casefold() for name in known}
    return [
        part for word in words for part in ([word] if word.casefold() in whole else several(word))
    ]


def _as_listed(what: str, word: str, known: list[str]) -> str:
    for name in known:
        if name.casefold() == word.casefold():
            return name
    hint = did_you_mean(word, known) or f"there is no {what} yet"
    raise NotStarted(f"{quoted(word)} is not a known {what}; {hint}")


def new_story(known: Known, idea: Idea) -> Path:
    """Write a story file with its front matter ready to fill in, and return its path as the user
    can open it.
    """
    slug = known.free_slug(idea.headline, idea.slug)
    lines = {
        "title": scalar(idea.headline),
        "slug": (
            "" if slug == slugify(idea.headline) else f"slug: {slug}{'' if idea.slug else ADVICE}\n"
        ),
        "dek": f"dek: {scalar(idea.dek)}".rstrip(),
        "section": line_of("section", known.sections_of(idea.sections)),
        "author": line_of("author", known.authors_of(idea.authors)),
        "type": scalar(known.story_type(idea.story_type) or next(iter(known.types), "")),
    }
    path = Path(known.options.content_prefix) / "articles" / f"{known.now:%Y}" / f"{slug}.md"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lines["series"] = (
            f"series: {scalar(known.series_called(idea.series))}\n" if idea.series else ""
        )
        photo = _photo_lines(idea.photo, known.options.content_path, slug)
        with path.open("x", encoding="utf-8") as file:
            file.write(TEMPLATE.format(date=f"{known.now:%Y-%m-%dT%H:%M}", photo=photo, **lines))
    except FileExistsError:
        raise NotStarted(f"{path} is there already.") from None
    except OSError as problem:
        raise NotStarted(
            f"{problem.filename or path} cannot be written ({problem.strerror})."
        ) from None
    return path


def new_author(options: Options, name: str) -> Path:
    """Write the file of an author, ready to fill in, and return its path as the user can open
    it.
    """
    stem = slugify(name)
    if not stem or is_guessed(name):
        raise NotStarted(
            f"{quoted(name)} has no spelling in a-z: make authors/some-name.md yourself, with name:"
            f" {name}"
        )
    path = Path(options.content_prefix) / "authors" / f"{stem}.md"
    try:
        text = AUTHOR.format(name=scalar(printed_name(name)))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except Refused as problem:
        raise NotStarted(f"{quoted(name)} {problem.message}") from None
    except FileExistsError:
        raise NotStarted(f"{path} is there already.") from None
    except OSError as problem:
        raise NotStarted(
            f"{problem.filename or path} cannot be written ({problem.strerror})."
        ) from None
    return path


def _photo_lines(photo: PictureFile | None, content: Path, slug: str) -> str:
    """The four lines of a photo, commented out if it lacks words that it needs."""
    words = {"photo": copied(photo, content, slug) if photo else "photos/name.jpg"}
    words |= {key: getattr(photo, key, "") for key in ("alt", "caption", "credit")}
    lines = [f"{key}: {scalar(text)}".rstrip() for key, text in words.items()]
    if photo and photo.complete:
        return "\n".join(lines)
    return REMARK + "\n".join(f"# {line}" for line in lines)


def line_of(key: str, names: list[str]) -> str:
    """The line of front matter with these names: the singular key for at most one name, or the
    plural key with a list.
    """
    if len(names) < 2:
        return f"{key}: {scalar(''.join(names))}"
    parts = (
        json.dumps(name, ensure_ascii=False) if set(name) & set(",[]{}") else scalar(name)
        for name in names
    )
    return (
        f"{next(several for several, single in SINGLE.items() if single == key)}:"
        f" [{', '.join(parts)}]"
    )


def scalar(text: str) -> str:
    """The text as a YAML value, in quotes if it would otherwise be read as something else."""
    line = " ".join(text.split())
    plain = line[:1].isalnum() and ": " not in line and " #" not in line and not line.endswith(":")
    if plain or not line:
        return line
    return json.dumps(line, ensure_ascii=False)


def handed_in(written: str) -> PictureFile:
    """The photo at a path, as people type it or drag it into a terminal, with the caption and
    credit found in its file.
    """
    path = _path_as_typed(written)
    if not path.is_file():
        raise NotStarted(f'There is no file "{written.strip()}".')
    found = inspect(path)
    if isinstance(found, list):
        problems = found
    else:
        problems = shape_problems(found, path.name)
    if problems:
        first = problems[0]
        raise NotStarted(f"{first.message}; {first.hint}." if first.hint else f"{first.message}.")
    words = wording(path)
    return PictureFile(path, "", words.caption, words.credit)


def _path_as_typed(written: str) -> Path:
    """The path that is meant: a terminal adds quotes, backslashes or file:// to the path of a file
    that is dragged into it.
    """
    word = written.strip()
    if not Path(word).expanduser().is_file():
        try:
            words = shlex.split(word)
        except ValueError:
            words = []
        if len(words) == 1:
            word = words[0]
        if word.startswith("file://"):
            word = unquote(urlsplit(word).path)
    return Path(word).expanduser()


def copied(photo: PictureFile, content: Path, otherwise: str) -> str:
    """Copy the photo into the content folder, unless it is there already, and return its path below
    that folder.

    It is copied with all its metadata, which a site never shows. The name is made safe; if nothing
    of it can be kept, it is `otherwise`. An existing file is never replaced.
    """
    source, folder = photo.source.resolve(), (content / "photos").resolve()
    if source.is_relative_to(folder):
        return f"photos/{source.relative_to(folder).as_posix()}"
    stem = slugify(source.stem)
    if not stem or slug_problem(stem):
        stem = otherwise
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


def at_a_terminal() -> bool:
    """Whether there is a terminal with someone to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def asked(idea: Idea, known: Known) -> Idea:
    """The idea, completed by the writer's answers."""

    def headline(answer: str) -> str:
        known.free_slug(answer, idea.slug)
        return answer

    def free(answer: str) -> str:
        return known.free_slug(name, answer)

    def needed(find: Callable[[list[str]], list[str]]) -> Callable[[str], list[str]]:
        def check(answer: str) -> list[str]:
            found = find([answer])
            if not found:
                raise NotStarted("One of these is needed.")
            return found

        return check

    name = idea.headline or _answered("Headline", headline)
    slug = idea.slug
    if not slug and is_guessed(name):
        slug = _answered(
            "Slug, the last part of its address, in the letters a-z", free, known.free_slug(name)
        )
    dek = idea.dek or _answer("Dek, the sentence below it (Enter for later)")
    sections = known.sections_of(idea.sections) or _chosen(
        "Section", known.sections, needed(known.sections_of)
    )
    authors = known.authors_of(idea.authors)
    if not authors and known.authors:
        authors = _chosen(
            "Author", list(known.authors), needed(known.authors_of), _author_who_types(known)
        )
    story_type = known.story_type(idea.story_type)
    if not story_type and known.types:
        (story_type,) = _chosen(
            "Type", known.types, lambda answer: [known.story_type(answer)], known.types[0]
        )
    return Idea(name, sections, authors, story_type, _photo(idea.photo), idea.series, dek, slug)


def opened_in_editor(path: Path) -> bool:
    """Ask whether to open the file in the writer's editor, if one is set; returns whether it was
    opened, and is closed again.
    """
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(editor)
    except ValueError:
        command = []
    try:
        if not command or _answer(
            f"Open it in {Path(command[0]).name}? (y or n)", "y"
        ).casefold() not in ("y", "yes"):
            return False
        return subprocess.run([*command, str(path)], check=False).returncode == 0
    except OSError as problem:
        print(f"  {editor}: {problem.strerror}")
    except NoAnswer:
        pass
    return False


def _author_who_types(known: Known) -> str:
    """The author who is typing: the one with Git's user name, or the only author there is."""
    try:
        name = (
            git(known.options.content_path, "config", "user.name")
            .decode("utf-8", "replace")
            .strip()
        )
    except GitFailed:
        name = ""
    mine = [author for author in known.authors if author.casefold() == name.casefold()]
    return (mine or (list(known.authors) if len(known.authors) == 1 else [""]))[0]


def _photo(photo: PictureFile | None) -> PictureFile | None:
    """The photo with the words that it needs; None if there is to be no photo."""
    photo = photo or _answered(
        "Photo (its file; Enter for none)", lambda answer: handed_in(answer) if answer else None
    )
    if photo is None:
        return None
    return replace(
        photo,
        alt=photo.alt
        or _answer("What does one see in it? (for readers who cannot; Enter for later)"),
        caption=_answer("Caption", photo.caption),
        credit=_answer("Credit", photo.credit),
    )


def _answer(question: str, otherwise: str = "") -> str:
    """The writer's answer; `otherwise` if the writer only presses Enter."""
    try:
        return (
            input(f"{question} [{otherwise}]: " if otherwise else f"{question}: ").strip()
            or otherwise
        )
    except (EOFError, KeyboardInterrupt):
        print()
        raise NoAnswer("Nothing was started.") from None


def _answered(question: str, check: Callable[[str], T], otherwise: str = "") -> T:
    """The result of `check` for the first answer it accepts; its ValueError says what is wrong with
    the others.
    """
    while True:
        try:
            return check(_answer(question, otherwise))
        except ValueError as problem:
            print(f"  {problem}")


def _chosen(
    question: str, names: Sequence[str], find: Callable[[str], list[str]], otherwise: str = ""
) -> list[str]:
    """One of the names, by its number or a part that no other has, or the result of `find`; what
    was chosen is printed.
    """
    for number, name in enumerate(names[:SHOWN], 1):
        print(f"  {number:>2}  {name}")
    if len(names) > SHOWN:
        print(f"      and {len(names) - SHOWN} more")

    def check(answer: str) -> list[str]:
        if answer.isdecimal() and 0 < int(answer) <= len(names[:SHOWN]):
            return [names[int(answer) - 1]]
        parts = [name for name in names if answer and answer.casefold() in name.casefold()]
        return find(parts[0] if len(parts) == 1 else answer)

    found = _answered(question, check, otherwise)
    print(f"  {', '.join(found)}")  # because "ana" is in Hana too
    return found
