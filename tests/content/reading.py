"""What tests of reading share: an outlet's content read as `./inv check` reads it."""

from __future__ import annotations

from broadside.config.options import Options, settings_of
from broadside.content.content import Content, ReadOptions
from broadside.content.read import read_content, read_options
from broadside.content.records import Record
from broadside.faults import Fault
from broadside.front_matter.data import Data
from tests.sample import NOW, Outlet


def read(outlet: Outlet, *, drafts: bool = False, now: str = NOW) -> Content:
    """The content of an outlet."""
    return read_content(outlet.content, options_for(outlet, drafts=drafts, now=now))


def options_for(outlet: Outlet, *, drafts: bool = False, now: str = NOW) -> ReadOptions:
    """Who reads it, by the project's own settings."""
    return read_options(
        settings_of(Options(content=str(outlet.content), now=now, drafts=drafts), outlet.output)
    )


def record(content: Content, path: str) -> Record[Data]:
    """The record of a source."""
    return next(each for each in content.records if each.path == path)


def told(faults: list[Fault]) -> list[tuple[str, int, str]]:
    """Where each fault is and its code."""
    return sorted((fault.path, fault.line, fault.code) for fault in faults)
