"""Links of the settings to places on pages, such as "ethics/#sources": whether those places are there.

A page that is not there is left out of the site, since the settings are the demo's until an outlet writes its own. A place
that is not there is a slip: the page was meant, and the build for readers would stop at the link.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from desk import conf
from plugins.faults import Fault
from plugins.newsroom.lost_links import Places
from plugins.newsroom.room import Newsroom


def astray(newsroom: Newsroom, settings: Mapping[str, Any], project: Path, file: str) -> Iterator[Fault]:
    """The faults of such links in the settings that a file makes, with the whole path of where they are written."""
    places = Places(newsroom)
    for name, written in _links(settings):
        found, problem = newsroom.target(written, "")
        if not problem and "#" in found:
            for fault in places.check("", 0, written, found):
                path, line = conf.place_of(name, written, project, file)
                message = f"of the setting {name}, {fault.message}"
                yield replace(fault, path=str(path), line=line, message=message)


def _links(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from (("POLICIES", written) for written in (settings.get("POLICIES") or {}).values())
    yield from (("FOOTER_LINKS", written) for _, written in settings.get("FOOTER_LINKS") or ())
