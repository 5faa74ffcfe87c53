"""What tests of reading share: an outlet's content read as `./inv check` reads it."""

from __future__ import annotations

from desk.options import Options, settings_of
from plugins.faults import Fault
from plugins.newsroom import desk_of
from plugins.newsroom.read import read_newsroom
from plugins.newsroom.records import Record
from plugins.newsroom.room import Newsroom
from tests.outlet import NOW, Outlet


def read(outlet: Outlet, *, drafts: bool = False, now: str = NOW) -> Newsroom:
    """The content of an outlet."""
    settings = settings_of(Options(content=str(outlet.content), now=now, drafts=drafts), outlet.output)
    return read_newsroom(outlet.content, desk_of(settings))


def record(newsroom: Newsroom, path: str) -> Record:
    """The record of a source."""
    return next(each for each in newsroom.records if each.path == path)


def told(faults: list[Fault]) -> list[tuple[str, int, str]]:
    """Where each fault is and its code."""
    return sorted((fault.path, fault.line, fault.code) for fault in faults)
