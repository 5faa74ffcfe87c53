"""Notices what plugins that were made for Pelican do in vain: files that they write by themselves, and values in Pelican's context."""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from blinker import Signal
from pelican.plugins import signals

from broadside.disk import printable

log = logging.getLogger("broadside")

NAMED = 5
"""How many files or values a warning names."""
PELICANS = frozenset(
    "articles authors categories dates draft_pages drafts filenames generated_content hidden_articles hidden_pages localsiteurl "
    "pages period_archives related_posts static_content static_files static_links staticfiles tags translations".split()
)
"""What Pelican's generators themselves put into the context."""
State = Mapping[str, tuple[int, int, int]]


class Watch:
    """What the output has before plugins made for Pelican run; it looks at nothing where there are none."""

    def __init__(self, output: Path) -> None:
        self.output, self.others = output, modules()
        self.before = _files(output) if self.others else {}
        self.context: dict[str, Any] = {}
        self.known: Collection[str] = ()

    def meets(self, context: dict[str, Any]) -> None:
        """Note what is in Pelican's context at first."""
        if not self.known:
            self.context, self.known = context, {*context, *PELICANS}

    def tell(self) -> None:
        """Warn of what they did in vain, by the names of their modules."""
        if not self.others:
            return
        who = " or ".join(self.others)
        written = sorted(path for path, state in _files(self.output).items() if self.before.get(path) != state)
        if written:
            named = ", ".join(map(printable, written[:NAMED])) + (" and others" if len(written) > NAMED else "")
            cure = "it may use writer.write_file, or hand over a Page: ./inv docs plugins"
            log.warning("%s wrote %s into the output by itself, which no reader gets; %s", who, named, cure)
        values = sorted(name for name in self.context.keys() - set(self.known) if not name.isupper())
        if values:
            named, cure = ", ".join(values[:NAMED]), "no template sees that; site.values is for it: ./inv docs plugins"
            log.warning("%s put %s into Pelican's context; %s", who, named, cure)


def modules() -> list[str]:
    """The modules of others that are connected to Pelican's signals."""
    connected = (
        receiver
        for signal in vars(signals).values()
        if isinstance(signal, Signal)
        for receiver in signal.receivers_for(None)
    )
    found = {str(getattr(receiver, "__module__", "")) for receiver in connected}
    return sorted(name for name in found if name and not name.startswith("broadside."))


def _files(folder: Path) -> State:
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            status = os.lstat(path)
            found[os.path.relpath(path, folder)] = status.st_mtime_ns, status.st_size, status.st_ino
    return found
