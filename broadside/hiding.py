"""Removes secrets from a service's answer before anyone reads it: some services echo what they were
sent.
"""

from __future__ import annotations

import html
import json
import re
from base64 import b64decode
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

CUT = "…"
BASE64 = re.compile(r"[\w+/-]{8,}")
STANDARD = str.maketrans("-_", "+/")


def without_secrets(text: str, *secrets: str) -> str:
    """The text without these secrets, whether they appear plainly or as in addresses, JSON, HTML
    and base64.
    """
    known = {secret.strip() for secret in secrets} - {""}
    forms = {form for secret in known for form in _forms(secret)}
    for form in sorted(forms, key=len, reverse=True):
        text = re.sub(re.escape(form), CUT, text, flags=re.IGNORECASE)
    return BASE64.sub(lambda found: CUT if _holds(found[0], known) else found[0], text)


def _forms(secret: str) -> Iterator[str]:
    yield from (
        secret,
        quote(secret),
        quote(secret, safe=""),
        quote_plus(secret),
        html.escape(secret),
    )
    yield from (repr(secret)[1:-1], repr(secret.encode())[2:-1])
    for ascii_only in (True, False):
        written = json.dumps(secret, ensure_ascii=ascii_only)[1:-1]
        yield from (written, written.replace("/", "\\/"))


def _holds(written: str, secrets: set[str]) -> bool:
    """Whether one of the secrets is in a run of letters and digits, decoded as base64 from any of
    its first few letters on.
    """
    if not written.isascii():
        return False
    decoded = [_decoded(written[start:]) for start in range(4)]
    return any(secret.encode() in each for secret in secrets for each in decoded)


def _decoded(written: str) -> bytes:
    """The bytes of a base64 text in either alphabet; a superfluous letter is left out."""
    whole = written[: len(written) - (len(written) % 4 == 1)]
    return b64decode(whole.translate(STANDARD) + "=" * (-len(whole) % 4))
