"""What a new story may name: the sections, types and authors that exist, and the slugs that are taken."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from msgspec import Struct

from broadside.desk.new.photo import Photo
from broadside.desk.options import Options
from broadside.plugins.faults import did_you_mean, quoted
from broadside.plugins.front_matter.data import AuthorData
from broadside.plugins.front_matter.fields import several
from broadside.plugins.newsroom.folder import Folder, scan
from broadside.plugins.newsroom.lists import read as read_lists
from broadside.plugins.newsroom.names import BETWEEN_NAMES, or_new
from broadside.plugins.newsroom.reader import Reader
from broadside.plugins.newsroom.room import Desk
from broadside.plugins.slugs import slug_problem, slugify


class NotStarted(ValueError):
    """The story could not be started; says why."""


class Idea(Struct, frozen=True):
    """What is known of a story before it is written; what is not known yet is empty."""

    headline: str = ""
    sections: Sequence[str] = ()
    authors: Sequence[str] = ()
    story_type: str = ""
    photo: Photo | None = None


class Known(Struct, frozen=True):
    """What a story may name: sections, types, and authors, each with the stem of its file."""

    sections: list[str]
    authors: dict[str, str]
    types: list[str]
    folder: Folder
    options: Options

    @classmethod
    def of(cls, options: Options, desk: Desk) -> Known:
        """What the content folder offers a story."""
        folder = scan(options.content_path)
        lists = read_lists(options.content_path, folder.files["list"], desk.rules)
        if lists.faults:
            raise NotStarted(f"{lists.faults[0]}\nMend that first; ./inv check shows all that is wrong.")
        return cls(
            sections=[each.data.name for each in lists.sections],
            authors=_authors(folder, desk),
            types=[each.data.name for each in lists.story_types],
            folder=folder,
            options=options,
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

    def free_slug(self, headline: str) -> str:
        """The slug of the headline; no other story may have it, because `related` and the front page name stories by slug."""
        slug = slugify(headline)
        if not slug:
            raise NotStarted("The headline needs at least one letter or digit that can be spelled with a-z and 0-9.")
        problem = slug_problem(slug)
        if problem:
            raise NotStarted(f"{quoted(slug)} {problem}; choose a longer headline.")
        other = next((path for path in self.folder.files["story"] if Path(path).stem == slug), "")
        if other:
            path = f"{self.options.content_prefix}{other}"
            raise NotStarted(f"{path} is called {quoted(slug)} already; open it, or choose another headline.")
        return slug


def _authors(folder: Folder, desk: Desk) -> dict[str, str]:
    """The name of each author, and the stem of the author's file."""
    reader = Reader(folder.root, desk.rules, desk.lang)
    records = [reader.read(path, "author") for path in folder.files["author"]]
    return {
        record.data.name: record.slug
        for record in records
        if isinstance(record.data, AuthorData) and record.is_readable
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
