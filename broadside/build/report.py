"""A build's report, and its faults with paths that the user can open."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from msgspec import Struct, field, to_builtins

from broadside.config.files import shown
from broadside.config.options import Options
from broadside.faults import Fault, count, one_line

SHOWN = 10
"""How many held stories the report names."""


class NotNoted(Exception):
    """The new site is live, but the record of its sources could not be saved, which ./inv publish
    and the next build need.
    """

    def __init__(self, output: Path, problem: OSError) -> None:
        why = f"{problem.strerror or problem}{f' ({problem.filename})' if problem.filename else ''}"
        super().__init__(
            f"The new site is in {output}, but its details could not be saved: {why}; build again"
            f" before you publish"
        )


class BuildFailed(Exception):
    """The build stopped for a reason outside the content; the output is as it was."""


class Report(Struct):
    """What a build did: stories by status, files written (their paths), skipped and removed, and
    its warnings.

    `held` has the hour (ISO 8601, in the site's zone), headline and path of each held story, in
    order of publication. `to_mend` counts the warnings in imported sources, which are not among
    `warnings`.
    """

    stories: Counter[str] = field(default_factory=Counter)
    written: list[str] = field(default_factory=list)
    skipped: int = 0
    removed: int = 0
    warnings: list[Fault] = field(default_factory=list)
    held: list[tuple[str, str, str]] = field(default_factory=list)
    to_mend: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        published, held, drafted = (self.stories[state] for state in ("published", "held", "draft"))
        stories = f"{count(published, 'story')} published, {held:,} held, {drafted:,} drafted"
        for state in ("hidden", "withdrawn"):
            if self.stories[state]:
                stories += f", {self.stories[state]:,} {state}"
        pages = f"{count(len(self.written), 'page')} written, {self.skipped:,} skipped"
        if self.removed:
            pages += f", {self.removed:,} removed"
        return f"{stories}; {pages}; {self.seconds:.2f} s"


def held_back(report: Report, options: Options) -> list[str]:
    """A line for each held story, with a path that the user can open; only the next SHOWN if there
    are many.
    """
    if not report.held:
        return []
    from broadside.words import ENGLISH  # most builds hold nothing back, and need no words

    lines = [
        f"Held until {ENGLISH.to_the_minute(hour)}: {one_line(title)}"
        f" ({options.content_prefix}{path})"
        for hour, title, path in report.held[:SHOWN]
    ]
    rest = len(report.held) - len(lines)
    if rest:
        return [*lines, f"and {rest:,} more; ./inv status and ./inv due say which"]
    return lines


def mending(report: Report) -> list[str]:
    """A line about warnings in imported sources, if there are any."""
    warnings = count(report.to_mend, "warning")
    if report.to_mend:
        return [f"{warnings} in what was imported; ./inv status --to-do lists what to fix"]
    return []


def placed(faults: Iterable[Fault], options: Options) -> list[Fault]:
    """The faults with paths that the user can open from the current folder."""
    return sorted(
        fault.at(
            shown(fault.path) if os.path.isabs(fault.path) else options.content_prefix + fault.path
        )
        for fault in faults
    )


def sources_of(faults: Iterable[Fault], opened: Callable[[str], Path] = Path) -> dict[str, str]:
    """The text of each file that has a fault, so that the line can be shown; `opened` finds the
    file of a path.
    """
    files = {fault.path: opened(fault.path) for fault in faults if fault.line}
    return {
        path: file.read_text("utf-8", "replace") for path, file in files.items() if file.is_file()
    }


def as_json(told: Struct) -> str:
    """A command's report as JSON, with moments in ISO 8601."""
    plain = to_builtins(told, builtin_types=[datetime])
    return json.dumps(plain, default=datetime.isoformat, ensure_ascii=False, indent=1)
