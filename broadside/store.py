"""What is kept between builds: one SQLite file in the cache folder. Deleting it costs time and
nothing else.

A value is kept with its mark, a digest of everything it was made from, and its seal, a digest of
itself. A value with another mark than requested, or one that was cut short or changed, is ignored.
A file of another version, or a damaged one, is deleted with a line that says so. Nothing in it can
be run.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, NamedTuple, TypeVar

import msgspec

from broadside.digests import digest
from broadside.disk import is_inside

T = TypeVar("T")

FILE, VERSION = "store.db", 2
"""The version changes with the tables and their contents."""
TABLES = """
CREATE TABLE kept (
  kind TEXT, name TEXT, mark TEXT, state TEXT, value BLOB, seal TEXT, PRIMARY KEY (kind, name)
);
CREATE TABLE pages (
  path TEXT PRIMARY KEY, digest TEXT, size INTEGER, mtime_ns INTEGER, bundle TEXT
) WITHOUT ROWID;
"""
READING, WRITING = 2.0, 60.0
"""Seconds to wait while another process has the file locked."""
OF_THE_SYSTEM = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_BUSY: errno.EBUSY,
    sqlite3.SQLITE_LOCKED: errno.EBUSY,
}
"""Errors that do not mean that the file is damaged."""
DAMAGED = (ValueError, TypeError, RecursionError)
"""What decoding may raise if a value is not what was kept."""

SETTLED, COARSE = 200_000_000, 2_000_000_000
"""Nanoseconds after a change until the next is sure to alter a file's times; the second for file
systems without fractions.
"""

log = logging.getLogger("broadside")


class File(NamedTuple):
    """A file of the site as written: the digest of everything it was made from, its size and time,
    and its bundle, if any.
    """

    digest: str
    size: int
    mtime_ns: int
    bundle: str = ""


class Kept(NamedTuple):
    """A value in bytes, its mark, and, if it was made from one file, that file's state when it was
    read.
    """

    value: bytes
    mark: str = ""
    state: str = ""


class Change(NamedTuple):
    """Values of one kind to keep by their names, and the names of those to delete."""

    kind: str
    kept: Mapping[str, Kept]
    gone: Iterable[str] = ()


def only(kind: str, value: Any, mark: str = "") -> Change:
    """Keep the only value of a kind; None deletes it."""
    if value is None:
        return Change(kind, {}, [""])
    return Change(kind, {"": Kept(encoded(value), mark)})


def is_settled(moment: int, now: int) -> bool:
    """Whether a file's time, in nanoseconds, is so long ago that the next change is sure to alter
    it.
    """
    return moment < now - (SETTLED if moment % 1_000_000_000 else COARSE)


def encoded(value: Any) -> bytes:
    """A value as JSON: plain values, structs and named tuples; raises UnicodeEncodeError for a file
    name that is not text.
    """
    return msgspec.json.encode(value)


class Store:
    """The file in a cache folder; each process opens it for itself on first use.

    A command that `only_asks`, or a process forked from the one that made this, writes nothing and
    deletes nothing; a file that it cannot read counts as empty.
    """

    def __init__(self, folder: Path, only_asks: bool = False) -> None:
        self.path = folder / FILE
        self._only_asks, self._owner = only_asks, os.getpid()
        # A forked process has its parent's connection too, which it must neither use nor close.
        self._connections: dict[int, sqlite3.Connection | None] = {}

    def only(self, kind: str, of: type[T], mark: str = "") -> T | None:
        """The only value of a kind; None if there is none of this type and mark."""
        if (value := self.value(kind, "", mark)) is None:
            return None
        try:
            return msgspec.json.decode(value, type=of)
        except DAMAGED:
            log.info("The cache of %s is damaged; it is made anew.", kind)
            return None

    def value(self, kind: str, name: str, mark: str) -> bytes | None:
        """The bytes that were kept under a name with this mark."""
        kept = self._kept(
            "SELECT name, value, mark, state, seal FROM kept WHERE kind = ? AND name = ?",
            kind,
            name,
        )
        return next((each.value for each in kept.values() if each.mark == mark), None)

    def all(self, kind: str) -> dict[str, Kept]:
        """All values of a kind by their names, whatever their marks."""
        return self._kept("SELECT name, value, mark, state, seal FROM kept WHERE kind = ?", kind)

    def keep(self, *changes: Change) -> None:
        """Make some changes in one transaction."""
        self._write(*_statements(changes))

    def pages(self) -> dict[str, File]:
        """The files of the site by path; none at all if a path leads out of the output folder."""
        rows = self._rows("SELECT path, digest, size, mtime_ns, bundle FROM pages")
        paths = [row[0] for row in rows]
        if not (all(isinstance(path, str) for path in paths) and is_inside(*paths)):
            self._discard("is damaged")
            return {}
        return {row[0]: File._make(row[1:]) for row in rows}

    def keep_pages(
        self, files: Mapping[str, File], gone: Iterable[str] | None, *changes: Change
    ) -> None:
        """Replace or add the rows of files, delete those of `gone` files (None: all earlier ones),
        and make changes, in one transaction.
        """
        delete = "DELETE FROM pages"
        self._write(
            (
                (delete, [()])
                if gone is None
                else (f"{delete} WHERE path = ?", [(path,) for path in gone])
            ),
            (
                "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?)",
                [(path, *file) for path, file in files.items()],
            ),
            *_statements(changes),
        )

    def close(self) -> None:
        """Close the file in this process; the next use opens it again."""
        if connection := self._connections.pop(os.getpid(), None):
            connection.close()

    @property
    def _files(self) -> list[Path]:
        """The store, and what SQLite keeps, or looks for, beside it."""
        return [self.path.with_name(name) for name in (FILE, f"{FILE}-journal", f"{FILE}-wal")]

    @property
    def _may_write(self) -> bool:
        return not self._only_asks and os.getpid() == self._owner

    def _connection(self) -> sqlite3.Connection | None:
        here = os.getpid()
        if here not in self._connections:
            self._connections[here] = (
                self._for_writing() if self._may_write else self._for_reading()
            )
        return self._connections[here]

    def _for_reading(self) -> sqlite3.Connection | None:
        try:
            found = _opened(f"{self.path.absolute().as_uri()}?mode=ro", READING)
            if _version(found) == VERSION:
                return found
            found.close()
        except sqlite3.Error:
            pass
        return None

    def _for_writing(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            for path in self._files:
                if path.is_symlink():  # SQLite would write to what it leads to
                    path.unlink()
                if path.is_dir():
                    self._ignored(f"has a folder in place of {path.name}")
                    shutil.rmtree(path)
            found = _opened(self.path.absolute().as_uri(), WRITING)
            version = _version(found)
            if version == 0:  # a new file
                found.executescript(
                    f"BEGIN IMMEDIATE; {TABLES} PRAGMA user_version = {VERSION}; COMMIT"
                )
            if version in (0, VERSION):
                return found
            found.close()
            self._ignored("was left by another version")
        except sqlite3.Error as problem:
            self._raise_if_of_the_system(problem)
            self._ignored("is damaged")
        self._delete()
        return self._for_writing()

    def _kept(self, query: str, *values: str) -> dict[str, Kept]:
        rows = self._rows(query, *values)
        return {name: Kept(*kept) for name, *kept, seal in rows if _is_whole(kept[0], seal)}

    def _rows(self, query: str, *values: str) -> list[Any]:
        """The rows that a query finds; none if the file cannot be read."""
        try:
            connection = self._connection()
            # All at once: a process that is forked while a query runs would inherit its lock.
            if connection:
                return connection.execute(query, values).fetchall()
            return []
        except (sqlite3.Error, UnicodeDecodeError) as problem:
            if self._may_write:
                self._raise_if_of_the_system(problem)
            self._discard("is damaged")
            return []

    def _write(self, *statements: Statement) -> None:
        """Run statements in one transaction; if the file turns out to be damaged, nothing is
        kept.
        """
        try:
            connection = self._connection()
            if connection is None or not self._may_write:
                raise ValueError(f"{self.path} is only asked")
            with _transaction(connection):
                for statement, values in statements:
                    connection.executemany(statement, values)
        except sqlite3.Error as problem:
            self._raise_if_of_the_system(problem)
            self._discard("is damaged")

    def _raise_if_of_the_system(self, problem: Exception) -> None:
        """Raise OSError if the file is not to blame, such as when the disk is full."""
        code = OF_THE_SYSTEM.get(getattr(problem, "sqlite_errorcode", 0) & 0xFF)
        if code == errno.EROFS and os.access(self.path, os.W_OK):
            return  # a flipped bit in its header makes the file say so itself
        # SQLite could not open the file, or its journal beside it; the system says why
        if code == errno.EACCES:
            with self.path.open("ab"), TemporaryFile(dir=self.path.parent):
                pass
        if code is not None:
            raise OSError(code, os.strerror(code), str(self.path)) from None

    def _discard(self, why: str) -> None:
        """Stop using the file, whose contents cannot be trusted."""
        self.close()
        if self._may_write:
            self._ignored(why)
            self._delete()
        else:
            self._connections[os.getpid()] = None

    def _ignored(self, why: str) -> None:
        log.info("What the last build kept in %s %s; it is made anew.", self.path, why)

    def _delete(self) -> None:
        for path in self._files:
            path.unlink(missing_ok=True)


Statement = tuple[str, list[tuple[Any, ...]]]
"""An SQL statement, and the values of each of its runs."""


def _statements(changes: Iterable[Change]) -> Iterator[Statement]:
    for kind, kept, gone in changes:
        yield "DELETE FROM kept WHERE kind = ? AND name = ?", [(kind, name) for name in gone]
        rows = [
            (kind, name, mark, state, value, digest(value))
            for name, (value, mark, state) in kept.items()
        ]
        yield "INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?, ?)", rows


def _opened(place: str, patience: float) -> sqlite3.Connection:
    # isolation_level=None: only _transaction() begins and ends transactions, never sqlite3 itself.
    return sqlite3.connect(place, patience, uri=True, isolation_level=None)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchall()[0][0])


def _is_whole(value: Any, seal: Any) -> bool:
    return isinstance(value, bytes) and digest(value) == seal


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    # Waits for the write lock now: a transaction that began by reading would fail at once if it had
    # to wait later.
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
