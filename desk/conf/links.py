"""Whether the pages are there to which settings link, such as "/feed.xml", and places on them, such as "ethics/#sources".

Of POLICIES and FOOTER_LINKS, a page that is not there is left out of the site, since they are the demo's until an outlet writes
its own; one that is nearly there was meant, and ./inv check warns of it. A place that is not there is a slip: the page was
meant, and the build for readers would stop at the link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from desk.conf import place_of
from plugins.faults import SLIP, Fault, near
from plugins.newsroom.addresses import is_foreseen
from plugins.newsroom.lost_links import Fragments
from plugins.newsroom.room import Newsroom
from plugins.urls import elsewhere

LEFT_OUT = ("POLICIES", "FOOTER_LINKS")
"""Settings of which only what the site has is shown."""


def astray(newsroom: Newsroom, settings: Mapping[str, Any], project: Path, file: str) -> Iterator[Fault]:
    """The faults of such links in the settings of a file, each with the whole path of where it is written."""
    fragments = Fragments(newsroom)
    for name, written in _links(settings):
        found, problem = newsroom.target(written, "")
        if problem and name in LEFT_OUT:
            pages = [newsroom.addresses.urls_of.get(record.path, "") for record in newsroom.pages]
            hint = near(re.split("[?#]", written)[0], pages, SLIP)
            faults = [Fault("", 0, 0, "warning", "broken-link", f"{problem}, and is left out", hint)] if hint else []
        elif problem:
            hint = "correct it, or name it in ELSEWHERE_PATHS where something else answers there"
            faults = [Fault("", 0, 0, "error", "broken-link", problem, hint)]
        else:
            faults = [*fragments.check("", 0, written, found)]
        for fault in faults:
            path, line = place_of(name, written, project, file)
            message = f"of the setting {name}, {fault.message}"
            yield replace(fault, path=str(path), line=line, message=message)


def _links(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The setting and the address of each link to what is known of the site before it is made."""
    yield from (("POLICIES", written) for written in (settings.get("POLICIES") or {}).values())
    yield from (("FOOTER_LINKS", written) for _, written in settings.get("FOOTER_LINKS") or ())
    others = elsewhere(settings)
    for _, written in settings.get("SOCIAL") or ():
        if written.startswith("/") and is_foreseen(re.split("[?#]", written)[0].strip("/"), others):
            yield "SOCIAL", written
