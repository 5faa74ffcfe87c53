"""What tests of reading share: an outlet's content read as `./inv check` reads it."""

from __future__ import annotations

from broadside.desk.options import Options, settings_of
from broadside.plugins.faults import Fault
from broadside.plugins.front_matter.data import Data
from broadside.plugins.newsroom.read import desk_of, read_newsroom
from broadside.plugins.newsroom.records import Record
from broadside.plugins.newsroom.room import Desk, Newsroom
from tests.outlet import NOW, Outlet


def read(outlet: Outlet, *, drafts: bool = False, now: str = NOW) -> Newsroom:
    """The content of an outlet."""
    return read_newsroom(outlet.content, desk_for(outlet, drafts=drafts, now=now))


def desk_for(outlet: Outlet, *, drafts: bool = False, now: str = NOW) -> Desk:
    """Who reads it, by the project's own settings."""
    return desk_of(settings_of(Options(content=str(outlet.content), now=now, drafts=drafts), outlet.output))


def record(newsroom: Newsroom, path: str) -> Record[Data]:
    """The record of a source."""
    return next(each for each in newsroom.records if each.path == path)


def told(faults: list[Fault]) -> list[tuple[str, int, str]]:
    """Where each fault is and its code."""
    return sorted((fault.path, fault.line, fault.code) for fault in faults)
