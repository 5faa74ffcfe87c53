"""Every fault of the content, with nothing written: ./inv check."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from desk.build import placed
from desk.options import Options, settings_of
from plugins.faults import Fault


def check(options: Options) -> list[Fault]:
    """All faults of the content folder, errors and warnings, with paths that the user can open."""
    from plugins.newsroom import desk_of, read_in_processes
    from plugins.newsroom.read import read_newsroom

    settings = settings_of(options, options.output_path)
    desk = desk_of(settings)
    root = options.content_path
    newsroom = read_newsroom(root, desk, read_in_processes(root, desk, settings.get("JOBS", 1)))
    return placed(newsroom.faults, options)


def sources_of(faults: Iterable[Fault]) -> dict[str, str]:
    """The text of each file that a fault names, for the line that is shown under it."""
    return {
        path: Path(path).read_text("utf-8", "replace")
        for path in {fault.path for fault in faults if fault.line}
        if Path(path).is_file()
    }
