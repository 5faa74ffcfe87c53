"""Calls the APIs of services over HTTP.

What a message shows of an answer went through hiding.py, which cuts secrets out.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from http.client import HTTPException
from typing import Any, TypeVar
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from broadside.deadline import within
from broadside.faults import one_line
from broadside.hiding import without_secrets

Kind = TypeVar("Kind")

NONE: Mapping[str, str] = {}
UNKNOWN = "application/octet-stream"
TIMEOUT, DEADLINE = 30, 90
"""Seconds that a service may be silent, and that it may take for all of its answer."""
MOST = 10**7
"""The maximum size of an answer, in bytes."""
LONGEST = 10_000
"""The maximum size of an error to show, in bytes; a longer one is a page for browsers."""
SHOWN = 300


class _Stays(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the token would be sent to another host, and the posted data lost."""

    def redirect_request(self, *_: Any) -> None:
        """Make no other request instead."""


_stays = urllib.request.build_opener(_Stays)


class ServiceRefused(Exception):
    """A service refused a request; says which service, and its answer.

    `code` is the HTTP status, 0 if there was no answer.
    """

    def __init__(self, words: str, code: int = 0) -> None:
        super().__init__(words)
        self.code = code


class Payload(Struct, frozen=True):
    """What is posted, and its media type."""

    type: str
    data: bytes


def ask(
    url: str,
    kind: type[Kind],
    body: Payload | None = None,
    headers: Mapping[str, str] = NONE,
    hidden: Sequence[str] = (),
) -> Kind:
    """A service's JSON answer, decoded as `kind`; otherwise like `sent`."""
    answer = sent(url, body, headers, hidden)
    try:
        return msgspec.json.decode(answer, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise ServiceRefused(f"{url} does not answer as it should: {problem}") from None


def sent(
    url: str,
    body: Payload | None = None,
    headers: Mapping[str, str] = NONE,
    hidden: Sequence[str] = (),
) -> bytes:
    """A service's answer; a body is posted.

    Raises ServiceRefused, with the token and anything `hidden` removed from the message.
    """
    try:
        return within(DEADLINE, lambda: _sent(url, body, headers))
    except TimeoutError:
        raise ServiceRefused(f"{url} takes longer than {DEADLINE:g} seconds to answer") from None
    except ServiceRefused as problem:
        token = headers.get("Authorization", "").rpartition(" ")[2]
        said = one_line(without_secrets(str(problem), token, *hidden))
        raise ServiceRefused(
            said if len(said) < len(url) + SHOWN else f"{said[: len(url) + SHOWN]}…", problem.code
        ) from None


def _sent(url: str, body: Payload | None, headers: Mapping[str, str]) -> bytes:
    """The same, but the message may contain anything that the service answered."""
    every = dict(headers) | ({"Content-Type": body.type} if body else {})
    request = urllib.request.Request(url, body.data if body else None, every)  # noqa: S310 -- settings hold https, or an address of this machine
    try:
        with _stays.open(request, timeout=TIMEOUT) as answer:
            data: bytes = answer.read(MOST + 1)
    except urllib.error.HTTPError as problem:
        with problem:
            error = problem.read(LONGEST + 1)
        said = ""
        if len(error) <= LONGEST:
            said = error.decode(errors="replace").strip()
        raise ServiceRefused(
            f"{url} answers {problem.code}" + (f": {said}" if said else ""), problem.code
        ) from None
    except ValueError:  # its message quotes the header, and so the token
        raise ServiceRefused(
            f"{url} was not asked: a sign in its address, or in the token for it, cannot be sent"
        ) from None
    except (OSError, HTTPException) as problem:
        raise ServiceRefused(
            f"{url} cannot be reached: {getattr(problem, 'reason', problem)}"
        ) from None
    if len(data) > MOST:
        raise ServiceRefused(f"{url} answers more than {MOST // 10**6} MB")
    return data


def as_json(value: object) -> Payload:
    """A value as JSON."""
    return Payload("application/json", json.dumps(value).encode())


def as_form(fields: list[tuple[str, str]]) -> Payload:
    """The fields of a form."""
    return Payload("application/x-www-form-urlencoded", urlencode(fields).encode())


def as_form_with_file(name: str, content: bytes, fields: Mapping[str, str]) -> Payload:
    """A form with one file in it."""
    edge = "broadside-7MA4YWxkTrZu0gW"
    while edge.encode() in content:
        edge += "0"
    parts = [
        *(
            f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()
        ),
        (
            f'--{edge}\r\nContent-Disposition: form-data; name="file";'
            f' filename="{name}"\r\nContent-Type: {UNKNOWN}\r\n\r\n'
        ),
    ]
    data = "".join(parts).encode() + content + f"\r\n--{edge}--\r\n".encode()
    return Payload(f"multipart/form-data; boundary={edge}", data)
