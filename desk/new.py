"""Starts a story: ./inv new."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from desk import asking
from desk.git import GitFailed, git
from desk.options import Options, settings_of
from desk.photo import NotAPhoto, Photo, copied, handed_in
from plugins.faults import did_you_mean, quoted
from plugins.front_matter.data import AuthorData, SectionData, StoryTypeData
from plugins.newsroom import desk_of
from plugins.newsroom.folder import Folder, scan
from plugins.newsroom.lists import Entry, Lists
from plugins.newsroom.lists import read as read_lists
from plugins.newsroom.names import or_new
from plugins.newsroom.reader import Reader
from plugins.newsroom.room import Desk
from plugins.slugs import slug_problem, slugify

TEMPLATE = """---
title: {title}
# One sentence: the line under the headline, also in lists and feeds.
dek:
date: {date}
author: {author}
section: {section}
type: {type}
topics: []
{photo}
status: draft # delete this line when the story is ready
---

"""
PHOTO = {
    "photo": "photos/name.jpg",
    "alt": "What one sees in it.",
    "caption": "What it shows.",
    "credit": "Photo by A. Person/Agency",
}
"""What stands behind a hash sign where a story has no photo yet."""


class NotStarted(ValueError):
    """The story could not be started; says why."""


class Idea(Struct, frozen=True):
    """What is known of a story before it is written; "" where it is not known yet."""

    headline: str = ""
    section: str = ""
    author: str = ""
    story_type: str = ""
    photo: Photo | None = None


def new_story(options: Options, idea: Idea, ask: bool = False) -> Path:
    """Write a story file with its front matter ready to fill in, and return its path as the user can open it.

    With `ask` the writer is asked for what the idea lacks, in the terminal.
    """
    desk = desk_of(settings_of(options))
    folder = scan(options.content_path)
    lists = read_lists(options.content_path, folder.files["list"], desk.rules)
    known = Known(
        _names(lists, lists.sections), _authors(folder, desk), _names(lists, lists.story_types), folder, options
    )
    if ask:
        idea = known.asked(idea)
    slug = known.free_slug(idea.headline)
    values = {
        "title": idea.headline,
        "section": known.section(idea.section),
        "author": known.author(idea.author),
        "type": known.story_type(idea.story_type) or next(iter(known.types), ""),
    }
    lines = {key: scalar(value) for key, value in values.items()}
    path = Path(options.content_prefix) / "articles" / f"{desk.now:%Y}" / f"{slug}.md"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        photo = _photo_lines(idea.photo, options.content_path, slug)
        with path.open("x", encoding="utf-8") as file:
            file.write(TEMPLATE.format(date=f"{desk.now:%Y-%m-%dT%H:%M}", photo=photo, **lines))
    except FileExistsError:
        raise NotStarted(f"{path} is there already.") from None
    except OSError as problem:
        raise NotStarted(f"{problem.filename or path} cannot be written ({problem.strerror}).") from None
    return path


def _photo_lines(photo: Photo | None, content: Path, slug: str) -> str:
    """The four lines of a photo, behind hash signs as long as it lacks words without which it would be a fault."""
    if photo is None:
        return "\n".join(f"# {key}: {hint}" for key, hint in PHOTO.items())
    words = {
        "photo": copied(photo, content, slug)[0],
        "alt": photo.alt,
        "caption": photo.caption,
        "credit": photo.credit,
    }
    lines = [f"{key}: {scalar(text)}" if text else f"# {key}: {PHOTO[key]}" for key, text in words.items()]
    if photo.complete:
        return "\n".join(lines)
    return "\n".join(
        ["# Fill these in, and take the hash signs away:", *(f"# {each.removeprefix('# ')}" for each in lines)]
    )


class Known(Struct, frozen=True):
    """What a story may say: the names of sections and types, authors by their names with their files' stems."""

    sections: list[str]
    authors: dict[str, str]
    types: list[str]
    folder: Folder
    options: Options

    def section(self, word: str) -> str:
        """The section's name as the list spells it; "" for ""."""
        return _one("section", word, self.sections)

    def story_type(self, word: str) -> str:
        """The story type's name likewise."""
        return _one("type", word, self.types)

    def author(self, word: str) -> str:
        """The name of the author who is called so, or whose file is."""
        by_stem = next((name for name, stem in self.authors.items() if stem == slugify(word)), word) if word else ""
        return _one("author", by_stem, list(self.authors))

    def free_slug(self, headline: str) -> str:
        """The slug of the headline, which no other story may have."""
        return _free_slug(headline, self.folder, self.options)

    def asked(self, idea: Idea) -> Idea:
        """The idea with what the writer says when asked for what it lacks."""

        def headline(answer: str) -> str:
            self.free_slug(answer)
            return answer

        def needed(find: Callable[[str], str]) -> Callable[[str], str]:
            def check(answer: str) -> str:
                if not answer:
                    raise NotStarted("One of these is needed.")
                return find(answer)

            return check

        name = idea.headline or asking.until("Headline", headline)
        section = self.section(idea.section) or asking.one_of("Section", self.sections, needed(self.section))
        author = self.author(idea.author)
        if not author and self.authors:
            author = asking.one_of("Author", list(self.authors), needed(self.author), self._me())
        story_type = self.story_type(idea.story_type)
        if not story_type and self.types:
            story_type = asking.one_of("Type", self.types, self.story_type, self.types[0])
        return Idea(name, section, author, story_type, _asked_for_photo(idea.photo))

    def _me(self) -> str:
        """The author who sits at the desk, if Git's name for them is one; or the only one there is."""
        try:
            name = git(self.options.content_path, "config", "user.name").decode("utf-8", "replace").strip()
        except GitFailed:
            name = ""
        mine = [author for author in self.authors if author.casefold() == name.casefold()]
        return (mine or (list(self.authors) if len(self.authors) == 1 else [""]))[0]


def _asked_for_photo(photo: Photo | None) -> Photo | None:
    """The photo with the words that it needs, if there is to be one."""

    def file(answer: str) -> Photo | None:
        try:
            return handed_in(answer) if answer else None
        except NotAPhoto as problem:
            raise NotStarted(str(problem)) from None

    photo = photo or asking.until("Photo (its file; Enter for none)", file)
    if photo is None:
        return None
    return replace(
        photo,
        alt=photo.alt or asking.line("What does one see in it? (for readers who cannot; Enter for later)"),
        caption=asking.line("Caption", photo.caption),
        credit=asking.line("Credit", photo.credit),
    )


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
        path = f"{options.content_prefix}{other}"
        raise NotStarted(f"{path} is called {quoted(slug)} already; open it, or choose another headline.")
    return slug


def _names(lists: Lists, entries: Iterable[Entry[SectionData] | Entry[StoryTypeData]]) -> list[str]:
    if lists.faults:
        raise NotStarted(f"{lists.faults[0]}\nMend that first; ./inv check shows all that is wrong.")
    return [entry.data.name for entry in entries]


def _authors(folder: Folder, desk: Desk) -> dict[str, str]:
    """The name of each author, and the stem of the file."""
    reader = Reader(folder.root, desk.rules, desk.lang)
    records = [reader.read(path, "author") for path in folder.files["author"]]
    return {
        record.data.name: record.slug
        for record in records
        if isinstance(record.data, AuthorData) and record.is_readable
    }


def _one(what: str, word: str, known: list[str]) -> str:
    """The word as the list spells it; "" where none was given."""
    if not word:
        return ""
    for name in known:
        if name.casefold() == word.casefold():
            return name
    hint = did_you_mean(word, known)
    hint = or_new(word, hint) if what == "author" else hint or f"there is no {what} yet"
    raise NotStarted(f"{quoted(word)} is not a known {what}; {hint}")


def scalar(text: str) -> str:
    """The text as a YAML value, in quotes where it would be read as something else."""
    line = " ".join(text.split())
    plain = line[:1].isalnum() and ": " not in line and " #" not in line and not line.endswith(":")
    return line if plain or not line else json.dumps(line, ensure_ascii=False)
