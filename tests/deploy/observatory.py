"""A site's grade by the scoring that Mozilla's HTTP Observatory publishes: 100, what each fault takes off, what is a bonus.

The table: https://github.com/mdn/mdn-http-observatory (src/grader/charts.js, version 1.4.8). What cannot befall an answer
of ours (cookies, scripts of others, CORS) is asserted not to be there, and then counts 0, as it does there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.deploy.real_nginx import Answer

EXTRA_FROM = 90
"""Bonuses count only where the score without them is at least this."""
GRADES = ((100, "A+"), (90, "A"), (85, "A-"), (80, "B+"), (70, "B"), (65, "B-"), (60, "C+"), (50, "C"), (0, "worse"))
HALF_A_YEAR = 15_552_000
BROAD = {"ftp:", "http:", "https:", "*", "http://*", "https://*"}
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


def grade(plain: Answer, secure: Answer, host: str) -> tuple[str, Mapping[str, int]]:
    """The grade, and what each test gives or takes, of the answers for "/" by HTTP and HTTPS."""
    assert not secure["set-cookie"]
    assert not secure["access-control-allow-origin"]
    assert not re.search(rb"<script[^>]+src=[\"']?(https?:)?//", secure.body)
    modifiers = {
        "content-security-policy": _policy(secure["content-security-policy"]),
        "redirection": 0 if plain.status in (301, 308) and plain["location"] == f"https://{host}/" else -20,
        "referrer-policy": 5 if secure["referrer-policy"] in PRIVATE else -5 if secure["referrer-policy"] else 0,
        "strict-transport-security": _transport(secure["strict-transport-security"]),
        "x-content-type-options": 0 if secure["x-content-type-options"].lower() == "nosniff" else -5,
        "x-frame-options": _frames(secure),
        "cross-origin-resource-policy": 10
        if secure["cross-origin-resource-policy"] in ("same-origin", "same-site")
        else 0,
    }
    score = 100 + sum(value for value in modifiers.values() if value < 0)
    if score >= EXTRA_FROM:
        score += sum(value for value in modifiers.values() if value > 0)
    return next(name for least, name in GRADES if score >= least), modifiers | {"score": score}


def _directives(policy: str) -> dict[str, set[str]]:
    parts = [part.split() for part in policy.lower().split(";") if part.strip()]
    names = [part[0] for part in parts]
    assert len(names) == len(set(names)), "a directive that is given twice makes a policy invalid"
    return {name: set(sources) for name, *sources in parts}


def _policy(written: str) -> int:
    if not written:
        return -25
    policy = _directives(written)
    default = policy.get("default-src", {"*"})
    script, style = policy.get("script-src", default), policy.get("style-src", default)
    if script & (BROAD | {"'unsafe-inline'", "data:"}) or policy.get("object-src", default) & BROAD:
        return -20
    everything = set().union(*policy.values())
    if any(source.startswith(("http:", "ftp:")) for source in everything):
        return -20
    if "'unsafe-eval'" in script | style:
        return -10
    if style & (BROAD | {"'unsafe-inline'", "data:"}):
        return 0
    return 10 if default == {"'none'"} else 5


def _transport(written: str) -> int:
    found = re.search(r"(?:^|;)\s*max-age=(\d+)", written.lower())
    if not found or "," in written:
        return -20
    return 0 if int(found[1]) >= HALF_A_YEAR else -10


def _frames(answer: Answer) -> int:
    ancestors = _directives(answer["content-security-policy"]).get("frame-ancestors", {"*"})
    if not ancestors & BROAD:
        return 5
    return 0 if answer["x-frame-options"].upper() in ("DENY", "SAMEORIGIN") else -20
