"""Checks that the pages to which settings link exist, such as "/feed.xml", and places on them, such as "ethics/#sources".

Links of POLICIES and FOOTER_LINKS to pages that do not exist are left out of the site, since these settings are the demo's until
an outlet writes its own. If a page has nearly that address, it was probably meant, and ./inv check warns of it. A link to a
place that does not exist is a slip: the page was meant, and the build for readers would stop at the link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from broadside.desk.conf import place_of
from broadside.plugins.content.addresses import is_foreseen
from broadside.plugins.content.content import Content
from broadside.plugins.content.lost_links import Fragments
from broadside.plugins.faults import SLIP, Fault, near
from broadside.plugins.urls import elsewhere

LEFT_OUT = ("POLICIES", "FOOTER_LINKS")
"""Settings whose links are shown only if the site has their pages."""


def astray(content: Content, settings: Mapping[str, Any], project: Path, file: str) -> Iterator[Fault]:
    """The faults of such links in a file's settings, each with the full path of the file in which it is written."""
    fragments = Fragments(content)
    for name, written in _links(settings):
        found, problem = content.target(written, "")
        if problem and name in LEFT_OUT:
            pages = [content.addresses.urls_of.get(record.path, "") for record in content.pages]
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
    """The setting and the address of each link to something that is known before the site is made."""
    yield from (("POLICIES", written) for written in (settings.get("POLICIES") or {}).values())
    yield from (("FOOTER_LINKS", written) for _, written in settings.get("FOOTER_LINKS") or ())
    others = elsewhere(settings)
    for _, written in settings.get("SOCIAL") or ():
        if written.startswith("/") and is_foreseen(re.split("[?#]", written)[0].strip("/"), others):
            yield "SOCIAL", written
