"""The record of a source file: its validated front matter, its text as HTML, and its faults."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Generic, TypeGuard, TypeVar

from msgspec import Struct, field

from broadside.faults import Fault, Severity
from broadside.front_matter.data import Data, StoryData
from broadside.markdown.body import Body, InlinePhoto
from broadside.media.charts import InlineChart

Said_co = TypeVar("Said_co", bound=Data, covariant=True)


class Rest(Struct, array_like=True):
    """The larger part of a record, needed only for its own pages and its faults.

    `lines` has the line of each front matter key, and `written` the text as it was written, if the
    rules keep it.
    """

    body: Body = field(default_factory=Body)
    lines: dict[str, int] = field(default_factory=dict)
    written: str = ""


class Record(Struct, Generic[Said_co], eq=False):
    """A source file as read.

    `path` is relative to the content folder. `data` is the front matter, without whatever has
    errors. `digest` covers every byte of the source, and `head` all of `data`; `head` is "" if the
    front matter cannot be used. `links`, `photos` and `charts` are those of the text. `source` is
    the rest, or a function that loads it. `notes` is what plugins note of a story
    (given.StoryNote).
    """

    path: str
    digest: str
    data: Said_co
    links: list[tuple[str, int]] = field(default_factory=list)
    photos: list[InlinePhoto] = field(default_factory=list)
    charts: list[InlineChart] = field(default_factory=list)
    words: int = 0
    head: str = ""
    faults: list[Fault] = field(default_factory=list)
    source: Rest | Callable[[], Rest] = field(default_factory=Rest)
    notes: dict[str, str] = field(default_factory=dict)
    _date: datetime | None = None
    _moment: float | None = None

    @property
    def called(self) -> str:
        """What messages call it: its path."""
        return self.path

    @property
    def kind(self) -> str:
        """A key of front_matter.data.KINDS."""
        return self.data.kind

    @property
    def is_readable(self) -> bool:
        """Whether its front matter can be used."""
        return bool(self.head)

    @property
    def rest(self) -> Rest:
        """The rest of the record; if it can be loaded again, it is not kept in memory."""
        if isinstance(self.source, Rest):
            return self.source
        return self.source()

    @property
    def body(self) -> Body:
        """The text."""
        return self.rest.body

    @property
    def lines(self) -> dict[str, int]:
        """The line of each front matter key."""
        return self.rest.lines

    @property
    def slug(self) -> str:
        """The slug."""
        return self.data.slug

    @property
    def date(self) -> datetime | None:
        """The publication date."""
        if self._date is None and (date := getattr(self.data, "date", "")):
            self._date = datetime.fromisoformat(date)
        return self._date

    @property
    def moment(self) -> float:
        """The date in seconds since 1970, or 0 if there is none; comparing datetimes in several
        zones is slow.
        """
        if self._moment is None:
            date = self.date
            if date:
                self._moment = date.timestamp()
            else:
                self._moment = 0.0
        return self._moment

    def is_faulty(self, key: str) -> bool:
        """Whether what was written for a key could not be used."""
        line = self.lines.get(key)
        return any(line and fault.line == line for fault in self.faults)

    def fault(
        self, key: str, code: str, message: str, hint: str = "", severity: Severity = "error"
    ) -> Fault:
        """A fault at a front matter key of this source."""
        return Fault(self.path, self.lines.get(key, 1), 0, severity, code, message, hint)


def is_story(record: Record[Data]) -> TypeGuard[Record[StoryData]]:
    """Whether this is a story with usable front matter."""
    return isinstance(record.data, StoryData) and record.is_readable


def record_names(record: Record[Data], key: str) -> list[str]:
    """The values of a key with a name, or a list of names, such as sections, also of a plugin's
    own; for authors, without their roles.
    """
    value = getattr(record.data, key, None) or getattr(record.data, "own", {}).get(key)
    if not value:  # the usual case
        return []
    if isinstance(value, list):
        values = value
    else:
        values = [value]
    return [each if isinstance(each, str) else each[0] for each in values]


ReadMany = Callable[[Sequence[tuple[str, str]]], list[Record[Data]]]
"""Reads (path, kind) pairs, in order; may use a cache or several processes."""
