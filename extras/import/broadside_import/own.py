"""The outlet's own files: no imported file takes their names; only unedited files of `init` give
way.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath

from msgspec import Struct, field

from broadside.importer import COMMIT, Content, Entry, GitFailed, git, record_names

LONGEST = 500
"""The maximum length of an address that is put into the list as it is, in bytes; some contain a
whole picture.
"""


def digest_of(file: Path) -> str:
    """The SHA-256 of a file's bytes; "" if there is no such file."""
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return ""


def key_of(what: str, address: str) -> str:
    """The key of a picture or file at an old address in the list of what was imported."""
    readable = address.encode("utf-8", "replace")
    if len(readable) > LONGEST:
        return f"{what} {hashlib.sha256(readable).hexdigest()}"
    return f"{what} {readable.decode()}"


class Names:
    """Gives each picture and file a path: its path in an earlier import, or the first free one.

    `taken` has the paths of everything in the content folder, in lower case.
    """

    def __init__(
        self, root: Path, kind: str, entries: Mapping[str, Entry], taken: Iterable[str]
    ) -> None:
        self.root, self.entries = root, entries
        self.taken = {*taken, *(path.lower() for path in entries)}
        self.own = self.taken - {path.lower() for path in entries}
        """The paths of the outlet's own files."""
        self.known = {
            (entry.id, PurePosixPath(path).suffix): path
            for path, entry in entries.items()
            if entry.kind == kind
        }

    def path(self, key: str, numbered: Callable[[int], str], digest: str) -> str:
        """The path for this key and digest ("" if it was not found); `numbered` returns its first
        choice for 1.
        """
        first = numbered(1)
        if known := self.known.get((key, PurePosixPath(first).suffix)):
            return known
        number, path = 1, first
        while not self._is_free(path) and not self._is_the_same(path, digest):
            number += 1
            path = numbered(number)
        self.taken.add(path.lower())
        return path

    def knows(self, key: str, first: str) -> bool:
        """Whether an earlier import gave this key a path."""
        return (key, PurePosixPath(first).suffix) in self.known

    def gave_way(self, path: str, first: str) -> bool:
        """Whether something got another path than its first choice because the outlet itself has a
        file there.
        """
        return path != first and (first.lower() in self.own or os.path.lexists(self.root / first))

    def _is_free(self, path: str) -> bool:
        return path.lower() not in self.taken and not os.path.lexists(self.root / path)

    def _is_the_same(self, path: str, digest: str) -> bool:
        """Whether exactly these bytes are there, and belong to nobody."""
        return bool(digest) and path not in self.entries and digest_of(self.root / path) == digest


class Starter(Struct):
    """The paths of unedited files of `broadside init`, and which of them may go when an archive
    moves in.
    """

    paths: frozenset[str] = frozenset()
    pages: dict[str, str] = field(default_factory=dict)
    """The address of each page, by its path: a page goes if something of the archive takes its
    address.
    """
    gone: list[str] = field(default_factory=list)
    """Stories, and authors of nothing else."""
    sections: frozenset[str] = frozenset()
    """The names of sections that contain nothing else."""


def starter_of(content: Content) -> Starter:
    """The unedited files of init in this content folder that nothing else needs."""
    paths = _untouched(content.root)
    urls = content.addresses.urls_of
    pages = {
        path: urls[path] for path in content.folder.files["page"] if path in paths and path in urls
    }
    if content.folder.files["ledger"]:  # readers know the rest
        return Starter(paths, pages)
    others = [story for story in content.stories if story.path not in paths]
    authors = {name for story in others for name in record_names(story, "authors")}
    gone = [path for path in content.folder.files["story"] if path in paths]
    gone += [
        each.path
        for each in content.authors
        if each.path in paths and each.data.name not in authors
    ]
    sections = frozenset[str]()
    if "sections.yml" in paths and "front_page.yml" not in content.folder.files["list"]:
        named = {name for story in others for name in record_names(story, "sections")}
        sections = frozenset(content.lists.slugs_of_sections.keys() - named)
    return Starter(paths, pages, gone, sections)


def _untouched(root: Path) -> frozenset[str]:
    """The paths of files in a folder that are the same as in the outlet's first commit, which init
    made.
    """
    try:
        first = git(root, "rev-list", "--max-parents=0", "HEAD").decode().split()
        if len(first) != 1 or not git(
            root, "log", "-1", "--format=%s", first[0]
        ).decode().rstrip().endswith(COMMIT):
            return frozenset()
        written = git(root, "ls-tree", "-r", "-z", "--name-only", first[0], "--", ".")
        changed = git(
            root, "diff", "-z", "--name-only", "--no-renames", "--relative", first[0], "--", "."
        )
    except GitFailed:
        return frozenset()
    return frozenset(written.decode("utf-8", "replace").split("\0")[:-1]) - {
        *changed.decode("utf-8", "replace").split("\0")
    }
