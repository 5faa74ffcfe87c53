"""Takes in a photo with a new story: copies it unchanged into the content folder, and reads the caption and credit in it."""

from __future__ import annotations

import shlex
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from broadside.plugins.photos.inspect import inspect
from broadside.plugins.photos.iptc import wording
from broadside.plugins.slugs import slug_problem, slugify


class NotAPhoto(ValueError):
    """The file cannot be a story's photo; says why."""


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


def handed_in(written: str) -> Photo:
    """The photo at a path, as people type it or drag it into a terminal, with the caption and credit that its file has."""
    path = _meant(written)
    if not path.is_file():
        raise NotAPhoto(f'There is no file "{written.strip()}".')
    found = inspect(path)
    if isinstance(found, list):
        first = found[0]
        raise NotAPhoto(f"{first.message}; {first.hint}." if first.hint else f"{first.message}.")
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
