"""Checks that what settings name exists: pages, such as "/feed.xml", places on them, such as
"ethics/#sources", and kinds of terms.

A link to a page or a place that the outlet does not have is an error. If the content is not the
outlet's own, for which the settings were written, those of menus and policies are left out of the
site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from broadside.config.files import place_of
from broadside.content.addresses import is_foreseen
from broadside.content.content import Content
from broadside.content.lost_links import Fragments
from broadside.faults import Fault, did_you_mean, quoted
from broadside.settings import Settings
from broadside.site import menus
from broadside.site.doors import LINKS
from broadside.urls import KINDS, elsewhere

LEFT_OUT = (*menus.MENUS, "POLICIES")
"""Settings whose links are left out where other content than the outlet's own lacks the page."""


def astray(content: Content, settings: Settings, project: Path, file: str) -> Iterator[Fault]:
    """The faults of such names in a file's settings, each with the full path of the file that it is
    in.
    """
    yield from _unknown_kinds(settings, project, file)
    fragments = Fragments(content)
    is_own = content.root.resolve() == (project / "content").resolve()
    for name, written in _links(settings):
        found, problem = content.target(written, "")
        if problem and not is_own and name in LEFT_OUT:
            continue
        broken = Fault("", 0, 0, "error", "broken-link", problem)
        if problem:
            faults = [broken]
        else:
            faults = [*fragments.check("", 0, written, found)]
        for fault in faults:
            path, line = place_of(name, written, project, file)
            message = f"of the setting {name}, {fault.message}"
            yield replace(fault, path=str(path), line=line, message=message)


def _unknown_kinds(settings: Settings, project: Path, file: str) -> Iterator[Fault]:
    """The fault of each kind of term that the settings name and that neither we nor a plugin
    have.
    """
    for kind in settings.FULL_TEXT_FEEDS:
        if kind not in KINDS:
            path, line = place_of("FULL_TEXT_FEEDS", kind, project, file)
            message = f"the setting FULL_TEXT_FEEDS names {quoted(kind)}, which is no kind of term"
            hint = did_you_mean(kind, KINDS) or f"write {', '.join(KINDS)}"
            yield Fault(str(path), line, 0, "error", "unknown-name", message, hint)


def _links(settings: Settings) -> Iterator[tuple[str, str]]:
    """The setting and the address of each link to something that is known before the site is
    built.
    """
    yield from (("POLICIES", written) for written in settings.POLICIES.values())
    yield from menus.own_links(settings)
    for given in LINKS:
        yield from given(settings)
    others = elsewhere(settings)
    for _, written in settings.SOCIAL:
        if written.startswith("/") and is_foreseen(re.split("[?#]", written)[0].strip("/"), others):
            yield "SOCIAL", written
