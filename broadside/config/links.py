"""Checks that the pages that settings link to exist, such as "/feed.xml", and places on them, such as "ethics/#sources".

A menu link to a page that the outlet does not have is an error. If the content is not the outlet's own, for which the settings were
written, it is left out of the site, as those in POLICIES always are; if a page has nearly that address, it was probably meant, and
./inv check warns. A link to a place that does not exist is a slip: the page was meant, and a production build would stop at the
link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from broadside.config.files import place_of
from broadside.content.addresses import is_foreseen
from broadside.content.content import Content
from broadside.content.lost_links import Fragments
from broadside.faults import SLIP, Fault, nearest, quoted
from broadside.site import menus
from broadside.site.statistics import PRIVACY
from broadside.urls import elsewhere


def astray(content: Content, settings: Mapping[str, Any], project: Path, file: str) -> Iterator[Fault]:
    """The faults of such links in a file's settings, each with the full path of the file that it is in."""
    fragments = Fragments(content)
    is_own = content.root.resolve() == (project / "content").resolve()
    for name, written in _links(settings):
        found, problem = content.target(written, "")
        if problem and (name == "POLICIES" or (name in menus.MENUS and not is_own)):
            pages = [content.addresses.urls_of.get(record.path, "") for record in content.pages]
            meant = nearest(re.split("[?#]", written)[0], pages, SLIP)
            hint = f"did you mean {quoted(meant)}?"
            faults = [Fault("", 0, 0, "warning", "broken-link", f"{problem}, and is left out", hint)] if meant else []
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
    """The setting and the address of each link to something that is known before the site is built."""
    yield from (("POLICIES", written) for written in settings["POLICIES"].values())
    yield from menus.own_links(settings)
    if settings["STATISTICS"]:
        yield "STATISTICS", settings["STATISTICS"].get("privacy", PRIVACY)
    others = elsewhere(settings)
    for _, written in settings["SOCIAL"]:
        if written.startswith("/") and is_foreseen(re.split("[?#]", written)[0].strip("/"), others):
            yield "SOCIAL", written
