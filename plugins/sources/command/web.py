"""Asks for a page elsewhere, which a stranger may have named: only where it is public, as
media/public_web.py decides.
"""

from __future__ import annotations

import urllib.request
from http.client import HTTPException, HTTPResponse
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import quote, urldefrag, urlsplit

from broadside.deadline import within
from broadside.media import public_web

SECONDS, SILENT = 60.0, 20.0
"""How long everything may take, and how long a server may be silent."""
MOST = 10_000_000
"""How many bytes of a page are read."""
PERMANENT = (301, 308)


class Page(NamedTuple):
    """An answer: the status, 0 if there was none; the address where it is, whether every redirect
    there was for good, the media type and the bytes.
    """

    status: int
    url: str = ""
    for_good: bool = True
    type: str = ""
    data: bytes = b""

    @property
    def is_there(self) -> bool:
        """Whether it is the page."""
        return 200 <= self.status < 300


class _Redirects(urllib.request.HTTPRedirectHandler):
    for_good = True

    def redirect_request(self, req: Any, fp: Any, code: int, *rest: Any) -> Any:
        """Note whether it is for good."""
        self.for_good = self.for_good and code in PERMANENT
        return super().redirect_request(req, fp, code, *rest)


class _Public(urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
    """Connects to the addresses that public_web has checked, and to no proxy."""

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(public_web._Http, req)

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(public_web._Https, req)


def visited(address: str, agent: str) -> Page:
    """What is at an address; `agent` says who asks."""
    try:
        return within(SECONDS, lambda: _visited(address, agent))
    except HTTPError as problem:
        with problem:
            return Page(problem.code)
    except (OSError, HTTPException, ValueError, public_web.NotFetched):
        return Page(0)


def _visited(address: str, agent: str) -> Page:
    redirects = _Redirects()
    opener = urllib.request.OpenerDirector()
    for handler in (
        _Public(),
        redirects,
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    request = urllib.request.Request(sendable(address), headers={"User-Agent": agent})  # noqa: S310 -- no handler opens a file
    with opener.open(request, timeout=SILENT) as answer:
        data = answer.read(MOST)
        kind = answer.headers.get("Content-Type", "")
        return Page(answer.status, urldefrag(answer.url).url, redirects.for_good, kind, data)


def sendable(address: str) -> str:
    """An address in ASCII, as browsers send it."""
    parts = urlsplit(address)
    host = parts.netloc
    if not host.isascii():
        host = host.encode("idna").decode()
    path = quote(parts.path, safe="%/:@!$&'()*+,;=~")
    query = quote(parts.query, safe="%/:?@!$&'()*+,;=~[]")
    return parts._replace(netloc=host, path=path, query=query, fragment="").geturl()
