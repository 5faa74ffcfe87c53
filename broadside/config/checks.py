"""The checks of settings that need more than a type: each accepts what an outlet wrote, or says in
plain words what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from broadside.config.destinations import described

SITE = re.compile(
    r"https?://(?:[A-Za-z0-9.-]+\.[A-Za-z0-9-]+|localhost|\[::1\])(?::\d+)?(?:/[A-Za-z0-9._~-]+)*/?"
)
PREVIEW = re.compile(r"http://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?:/|$)")


def zone(name: str) -> str:
    """The name of a time zone; raises ValueError if it is unknown."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f'"{name}" is not a time zone; write it as Europe/Paris') from None
    return name


def site_url(written: str) -> str:
    """The address of a whole site, to which the paths of pages are added; raises ValueError if it
    cannot be one.
    """
    if not SITE.fullmatch(written):
        hint = (
            "write it as https://example.org, and letters outside a-z as in"
            ' "xn--mnchen-3ya.example"'
        )
        raise ValueError(f'"{written}" is not the address of a site; {hint}')
    return written


def live_url(written: str) -> str:
    """The address of a site for readers; raises ValueError if it cannot be one."""
    address = site_url(written)
    if PREVIEW.match(address):
        hint = (
            "write the live site's address; for a rehearsal, build with --production --siteurl"
            f" {address}"
        )
        raise ValueError(f'"{address}" is a preview, which readers cannot see; {hint}')
    return address


def _targets(written: Mapping[str, object]) -> None:
    for name, target in written.items():
        try:
            described(target)
        except ValueError as problem:
            raise ValueError(f"{name} {problem}") from None


CHECKS: Mapping[str, Callable[[Any], object]] = {
    "TIMEZONE": zone,
    "SITEURL": site_url,
    "TARGETS": _targets,
}
"""The check of each setting that has one, after that of its type."""
