"""The ledger: what became of each page that published stories link to, in a file of the repository
that ./inv sources writes and a build reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct, json

from broadside.disk import write_whole
from broadside.faults import SiteFailed, one_line

GONE = (404, 410)
"""What a server answers about a page that it no longer has."""
DEAD_AFTER, SILENT_AFTER = 7, 30
"""Days after which a page counts as dead for good: if its server says that it is gone, and if
nobody answers.
"""


class LedgerRefused(SiteFailed):
    """The file is no ledger; the message says why."""


class Source(Struct, omit_defaults=True):
    """A page: the stories that link to it, the title and a digest of its words, the address of a
    copy, and days: when it was asked for, when it was last there, and since when it is not.

    `status` is the last answer, 0 if there was none; `moved` is the address that takes its place.
    `quotes` are the quotations that it has, and `lost` those that it had.
    """

    stories: list[str] = []
    title: str = ""
    status: int = 0
    asked: str = ""
    seen: str = ""
    failing: str = ""
    moved: str = ""
    digest: str = ""
    copy: str = ""
    quotes: list[str] = []
    lost: list[str] = []

    @property
    def is_dead(self) -> bool:
        """Whether it is dead for good: errors of a server are not, however long they last."""
        if not self.failing:
            return False
        days = (date.fromisoformat(self.asked) - date.fromisoformat(self.failing)).days
        if self.status in GONE:
            return days >= DEAD_AFTER
        return self.status == 0 and days >= SILENT_AFTER

    @property
    def way(self) -> str:
        """The address of the copy to which readers are led on; "" if the page is there, or if they
        cannot see its copy.
        """
        if self.is_dead and self.copy.startswith(("https://", "http://")):
            return self.copy
        return ""


class Shown(Struct, frozen=True):
    """A page as the list below a story shows it; `url` leads to the copy if the page is dead."""

    url: str
    title: str
    site: str
    seen: str


Ledger = dict[str, Source]
"""Every page by its address, without a fragment."""


def read(path: Path) -> Ledger:
    """What a file says; nothing if there is none."""
    try:
        return json.decode(path.read_bytes(), type=Ledger)
    except FileNotFoundError:
        return {}
    except ValueError as problem:
        raise LedgerRefused(one_line(f"{path}:1: error: sources: {problem}")) from None


def write(path: Path, ledger: Mapping[str, Source]) -> None:
    """Write it, sorted and a line for each value, so that Git shows what changed."""
    write_whole(path, json.format(json.encode(ledger, order="sorted"), indent=1), b"\n")
