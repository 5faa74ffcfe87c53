"""Asks the programming interface of a service over HTTP."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode

NONE: Mapping[str, str] = {}
UNKNOWN = "application/octet-stream"
TIMEOUT = 30
"""Seconds that a service may take to answer."""


class _Stays(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the token of a request would go along to another host, and what is posted would be lost."""

    def redirect_request(self, *_: Any) -> None:
        """No request takes the place of the one that was made."""


_stays = urllib.request.build_opener(_Stays)


class Refused(Exception):
    """A service did not do what it was asked; says which, and what it answered. `code` is that of HTTP, 0 for no answer."""

    def __init__(self, words: str, code: int = 0) -> None:
        super().__init__(words)
        self.code = code


def ask(url: str, headers: Mapping[str, str] = NONE, data: bytes | None = None) -> Any:
    """The JSON that a service answers, None if it answers nothing; with data, they are posted. Raises Refused."""
    request = urllib.request.Request(url, data, dict(headers))  # noqa: S310 -- settings hold https, or an address of this machine
    try:
        with _stays.open(request, timeout=TIMEOUT) as answer:
            body = answer.read()
    except urllib.error.HTTPError as problem:
        with problem:
            said = problem.read(300).decode(errors="replace").strip()
        raise Refused(f"{url} answers {problem.code}" + (f": {said}" if said else ""), problem.code) from None
    except ValueError:  # which quotes the header, and so the token
        raise Refused(f"{url} was not asked: a sign in its address, or in the token for it, cannot be sent") from None
    except (OSError, HTTPException) as problem:
        raise Refused(f"{url} cannot be reached: {getattr(problem, 'reason', problem)}") from None
    try:
        return json.loads(body) if body.strip() else None
    except ValueError:
        return None


def post_json(url: str, value: object, headers: Mapping[str, str] = NONE) -> Any:
    """The answer to a value that is posted as JSON. Raises Refused."""
    return ask(url, {"Content-Type": "application/json", **headers}, json.dumps(value).encode())


def post_form(url: str, fields: list[tuple[str, str]], headers: Mapping[str, str] = NONE) -> Any:
    """The answer to a form. Raises Refused."""
    return ask(url, {"Content-Type": "application/x-www-form-urlencoded", **headers}, urlencode(fields).encode())


def post_file(url: str, name: str, content: bytes, fields: Mapping[str, str], headers: Mapping[str, str]) -> Any:
    """The answer to a form with one file in it. Raises Refused."""
    edge = "broadside-7MA4YWxkTrZu0gW"
    while edge.encode() in content:
        edge += "0"
    parts = [
        *(
            f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()
        ),
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: {UNKNOWN}\r\n\r\n',
    ]
    data = "".join(parts).encode() + content + f"\r\n--{edge}--\r\n".encode()
    return ask(url, {"Content-Type": f"multipart/form-data; boundary={edge}", **headers}, data)
