"""What is kept between builds: one SQLite file in the cache folder. Deleting it costs time and nothing else.

Nothing in it can be run, and nothing is believed that was cut short or changed: a note, a record or a text has a digest of
itself. A file of another version, or one that is damaged, is deleted with a line that says so, and all is made anew.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from broadside.digests import digest
from broadside.disk import is_inside

T = TypeVar("T")

FILE, VERSION = "store.db", 1
TABLES = """
CREATE TABLE notes (name TEXT PRIMARY KEY, value BLOB, seal TEXT);
CREATE TABLE pages (path TEXT PRIMARY KEY, digest TEXT, size INTEGER, mtime_ns INTEGER, bundle TEXT) WITHOUT ROWID;
CREATE TABLE records (path TEXT PRIMARY KEY, kind TEXT, state TEXT, digest TEXT, value BLOB, seal TEXT);
CREATE TABLE texts (path TEXT PRIMARY KEY, value BLOB, seal TEXT);
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
"""Nanoseconds after a change from which the next is sure to alter a file's times; the second for file systems without fractions."""

log = logging.getLogger("broadside")


class File(NamedTuple):
    """A file of the site as it was written: the digest of all that it was made from, its size and time, and its bundle, if any."""

    digest: str
    size: int
    mtime_ns: int
    bundle: str = ""


class KeptRecord(NamedTuple):
    """A record as it is kept, without its text: the state and digest of its source, and its value as JSON."""

    path: str
    kind: str
    state: str
    digest: str
    value: bytes


def is_settled(moment: int, now: int) -> bool:
    """Whether a file's time, in nanoseconds, is so long ago that the next change is sure to alter it."""
    return moment < now - (SETTLED if moment % 1_000_000_000 else COARSE)


def encoded(value: Any) -> bytes:
    """A value as JSON: plain values, structs and named tuples; raises UnicodeEncodeError for a file name that is not text."""
    return msgspec.json.encode(value)


class Store:
    """The file in a cache folder, which each process opens for itself when it first asks for something.

    A command that `only_asks`, or a process forked from the one that made this, writes nothing and deletes nothing: if it
    cannot read the file, nothing was kept.
    """

    def __init__(self, folder: Path, only_asks: bool = False) -> None:
        self.path = folder / FILE
        self._only_asks, self._owner = only_asks, os.getpid()
        # A forked process has its parent's connection too, which it must neither use nor close.
        self._connections: dict[int, sqlite3.Connection | None] = {}

    def note(self, name: str, kind: type[T]) -> T | None:
        """The value that was kept under a name; None if there is none of this type."""
        for value, seal in self._rows("SELECT value, seal FROM notes WHERE name = ?", name):
            if _is_whole(value, seal):
                with suppress(*DAMAGED):
                    return msgspec.json.decode(value, type=kind)
            log.info("What the last build kept of %s is damaged; it is made anew.", name)
        return None

    def keep_notes(self, notes: Mapping[str, Any]) -> None:
        """Keep values under their names; None deletes a note."""
        self._write(*_of_notes(notes))

    def pages(self) -> dict[str, File]:
        """The files of the site by path; none if a path leads out of the output folder."""
        rows = self._rows("SELECT path, digest, size, mtime_ns, bundle FROM pages")
        if not all(isinstance(row[0], str) and is_inside(row[0]) for row in rows):
            self._discard("is damaged")
            return {}
        return {path: File(*rest) for path, *rest in rows}

    def keep_pages(self, files: Mapping[str, File], gone: Iterable[str] | None, notes: Mapping[str, Any]) -> None:
        """Replace or add the rows of files, delete those that are gone (None: all of before), and keep notes, all in one step."""
        self._write(
            _deleted("pages", "path", gone),
            ("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?)", [(path, *file) for path, file in files.items()]),
            *_of_notes(notes),
        )

    def records(self) -> list[KeptRecord]:
        """All records, without their texts."""
        rows = self._rows("SELECT path, kind, state, digest, value, seal FROM records")
        return [KeptRecord(*kept) for *kept, seal in rows if _is_whole(kept[-1], seal)]

    def text(self, path: str) -> bytes | None:
        """The text of a record; None if it is missing or damaged."""
        rows = self._rows("SELECT value, seal FROM texts WHERE path = ?", path)
        return next((value for value, seal in rows if _is_whole(value, seal)), None)

    def keep_records(
        self,
        records: Iterable[tuple[KeptRecord, bytes]],
        states: Mapping[str, str],
        gone: Iterable[str] | None,
        notes: Mapping[str, Any],
    ) -> None:
        """Replace or add records with their texts, note new states of others, and delete those that are gone; None: all of before."""
        rows = [(*kept, digest(kept.value), text) for kept, text in records]
        self._write(
            *(_deleted(table, "path", gone) for table in ("records", "texts")),
            ("INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?)", [row[:-1] for row in rows]),
            ("INSERT OR REPLACE INTO texts VALUES (?, ?, ?)", [(row[0], row[-1], digest(row[-1])) for row in rows]),
            ("UPDATE records SET state = ? WHERE path = ?", [(state, path) for path, state in states.items()]),
            *_of_notes(notes),
        )

    def close(self) -> None:
        """Close the file in this process; it is opened again when something is asked for."""
        if connection := self._connections.pop(os.getpid(), None):
            connection.close()

    @property
    def _may_write(self) -> bool:
        return not self._only_asks and os.getpid() == self._owner

    def _connection(self) -> sqlite3.Connection | None:
        here = os.getpid()
        if here not in self._connections:
            self._connections[here] = self._for_writing() if self._may_write else self._for_reading()
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
            if self.path.is_dir():
                self._ignored("is a folder")
                shutil.rmtree(self.path)
            found = _opened(self.path.absolute().as_uri(), WRITING)
            version = _version(found)
            if version == 0:  # it is new
                found.executescript(f"BEGIN IMMEDIATE; {TABLES} PRAGMA user_version = {VERSION}; COMMIT")
            if version in (0, VERSION):
                return found
            found.close()
            self._ignored("was left by another version")
        except sqlite3.Error as problem:
            self._raise_if_of_the_system(problem)
            self._ignored("is damaged")
        self._delete()
        return self._for_writing()

    def _rows(self, query: str, *values: str) -> list[Any]:
        """The rows that a query finds; none if the file cannot be read."""
        try:
            connection = self._connection()
            # All at once: a process that is forked while a query runs would inherit its lock.
            return connection.execute(query, values).fetchall() if connection else []
        except (sqlite3.Error, UnicodeDecodeError) as problem:
            if self._may_write:
                self._raise_if_of_the_system(problem)
            self._discard("is damaged")
            return []

    def _write(self, *statements: Statement) -> None:
        """Run statements in one transaction; if the file turns out to be damaged, nothing is kept."""
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
        """Raise OSError if the file is not to blame, as where the disk is full."""
        code = OF_THE_SYSTEM.get(getattr(problem, "sqlite_errorcode", 0) & 0xFF)
        if code == errno.EROFS and os.access(self.path, os.W_OK):
            return  # the file says so itself, by a flipped bit in its header
        if code is not None:
            raise OSError(code, os.strerror(code), str(self.path)) from None

    def _discard(self, why: str) -> None:
        """Believe nothing of the file any more."""
        self.close()
        if self._may_write:
            self._ignored(why)
            self._delete()
        else:
            self._connections[os.getpid()] = None

    def _ignored(self, why: str) -> None:
        log.info("What the last build kept in %s %s; it is made anew.", self.path, why)

    def _delete(self) -> None:
        for path in (self.path, self.path.with_name(f"{FILE}-journal")):
            path.unlink(missing_ok=True)


Statement = tuple[str, list[tuple[Any, ...]]]
"""An SQL statement, and the values of each time that it is to be run."""


def _of_notes(notes: Mapping[str, Any]) -> Iterator[Statement]:
    values = {name: encoded(value) for name, value in notes.items() if value is not None}
    yield _deleted("notes", "name", notes.keys() - values.keys())
    yield "INSERT OR REPLACE INTO notes VALUES (?, ?, ?)", [(n, value, digest(value)) for n, value in values.items()]


def _deleted(table: str, column: str, gone: Iterable[str] | None) -> Statement:
    whole = f"DELETE FROM {table}"  # noqa: S608 -- a name of ours
    return (whole, [()]) if gone is None else (f"{whole} WHERE {column} = ?", [(name,) for name in gone])


def _opened(place: str, patience: float) -> sqlite3.Connection:
    return sqlite3.connect(place, patience, uri=True, isolation_level=None)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchall()[0][0])


def _is_whole(value: Any, seal: Any) -> bool:
    return isinstance(value, bytes) and digest(value) == seal


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
