"""Fetches what is at a public address of the web, which may be one that a stranger wrote."""

from __future__ import annotations

import ipaddress
import socket
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any
from urllib.parse import quote, urlsplit

from broadside.plugins.photos.inspect import MAX_BYTES

SECONDS = 20


class NotFetched(Exception):
    """Nothing was fetched; says why. `code` is that of HTTP, 0 if there was no answer or it cannot be used."""

    def __init__(self, words: str, code: int = 0) -> None:
        super().__init__(words)
        self.code = code


class _Public(urllib.request.HTTPRedirectHandler):
    """Follows a redirect to a public address only; if it `stays`, to one of the same host."""

    def __init__(self, stays: bool) -> None:
        self.stays = stays

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:  # noqa: PLR0913, PLR0917
        """The request that takes the place of one that was made."""
        refuse_private(newurl)
        if self.stays and urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            raise NotFetched(f"it leads elsewhere, to {urlsplit(newurl).netloc[:100]}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetched(address: str, most: int = MAX_BYTES, *, stays: bool = False) -> bytes:
    """The bytes at a web address; NotFetched if there are none, or more than `most`, or if it leads elsewhere and has to stay."""
    try:
        address = quote(address, safe="%/:?#@!$&'()*+,;=~[]")
        refuse_private(address)
        request = urllib.request.Request(address, headers={"User-Agent": "Broadside"})  # noqa: S310 -- refuse_private sees to it
        with urllib.request.build_opener(_Public(stays)).open(request, timeout=SECONDS) as answer:
            data: bytes = answer.read(most + 1)
    except urllib.error.HTTPError as problem:
        problem.close()
        raise NotFetched(str(problem)[:100], problem.code) from None
    except (OSError, HTTPException, ValueError) as problem:
        raise NotFetched(str(problem)[:100]) from None
    if len(data) > most:
        raise NotFetched(f"it has more than {most // 10**6} MB")
    return data


def refuse_private(address: str) -> None:
    """Refuse an address that is not a public web address: a stranger may name what only this machine can see."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotFetched("it is not a web address")
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, proto=socket.IPPROTO_TCP)
    except (OSError, ValueError) as problem:
        raise NotFetched(f"there is no such host ({problem})") from None
    if not all(ipaddress.ip_address(each[4][0]).is_global for each in found):
        raise NotFetched("its host is not public")
