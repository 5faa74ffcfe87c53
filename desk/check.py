"""Every fault of the content, with nothing written: ./inv check."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from desk.build import placed
from desk.options import Options, settings_of
from plugins.faults import Fault


def check(options: Options) -> list[Fault]:
    """All faults of the content folder, errors and warnings, with paths that the user can open."""
    from plugins.newsroom import newsroom_of

    newsroom, _ = newsroom_of(settings_of(options, options.output_path))
    return placed(newsroom.faults, options)


def sources_of(faults: Iterable[Fault]) -> dict[str, str]:
    """The text of each file that a fault names, for the line that is shown under it."""
    return {
        path: Path(path).read_text("utf-8", "replace")
        for path in {fault.path for fault in faults if fault.line}
        if Path(path).is_file()
    }
