"""Fetches the pictures that an archive names and that are nowhere else; only with --fetch-media."""

from __future__ import annotations

import ipaddress
import socket
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from broadside.plugins.faults import count
from broadside.plugins.photos.inspect import MAX_BYTES
from broadside.plugins.progress import counted, is_shown

SECONDS = 20
MOST_FAILURES = 30
"""In a row, of one host; then it is not asked again."""
EVERY = 50


class NotFetched(Exception):
    """A picture was not fetched, and why."""


def place_of(address: str) -> str:
    """The file below the folder in which what was fetched from an address is kept."""
    parts = urlsplit(address)
    names = [part for part in unquote(parts.path).split("/") if part not in ("", ".", "..")]
    return "/".join([parts.netloc.lower(), *names])


def fetch(pictures: Iterable[tuple[str, ...]], folder: Path, say: Callable[[str], None]) -> int:
    """Fetch what is not there yet, each picture from the first of its addresses that has it; returns how many are new."""
    wanted = [each for each in dict.fromkeys(pictures) if not any((folder / place_of(one)).is_file() for one in each)]
    new, failed = 0, 0
    in_a_row: dict[str, int] = {}
    for number, addresses in enumerate(counted("Fetching pictures", wanted, len(wanted)), 1):
        host = urlsplit(addresses[0]).netloc
        problem = f"{host} does not answer" if in_a_row.get(host, 0) >= MOST_FAILURES else _kept(addresses, folder)
        if problem:
            failed += 1
            say(f"  not fetched: {addresses[0][:150]} ({problem})")
        new += not problem
        in_a_row[host] = in_a_row.get(host, 0) + 1 if problem else 0
        if number % EVERY == 0 and not is_shown():
            say(f"  {number:,} of {len(wanted):,} pictures asked for, {new:,} fetched")
    say(f"{count(new, 'picture')} fetched, {failed:,} not.")
    return new


def _kept(addresses: tuple[str, ...], folder: Path) -> str:
    """Keep a picture in the folder; why that was not possible, or ""."""
    problem = ""
    for address in addresses:
        try:
            data = fetched(address)
            file = folder / place_of(address)
            file.parent.mkdir(parents=True, exist_ok=True)
            part = file.with_name(f"{file.name[:150]}.part")
            part.write_bytes(data)
            part.replace(file)
        except (NotFetched, OSError) as why:
            problem = problem or str(why)
        else:
            return ""
    return problem


class _Public(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
        refuse_private(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetched(address: str) -> bytes:
    """The bytes at a web address; NotFetched if there are none, or too many."""
    address = quote(address, safe="%/:?#@!$&'()*+,;=~[]")
    refuse_private(address)
    request = urllib.request.Request(address, headers={"User-Agent": "Broadside import"})  # noqa: S310 -- refuse_private sees to it
    try:
        with urllib.request.build_opener(_Public).open(request, timeout=SECONDS) as answer:
            data: bytes = answer.read(MAX_BYTES + 1)
    except (urllib.error.URLError, HTTPException, TimeoutError, ValueError) as problem:
        raise NotFetched(str(problem)[:100]) from None
    if len(data) > MAX_BYTES:
        raise NotFetched(f"it has more than {MAX_BYTES // 10**6} MB")
    return data


def refuse_private(address: str) -> None:
    """Refuse an address that is not a public web address: an archive may name what only this machine can see."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotFetched("it is not a web address")
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, proto=socket.IPPROTO_TCP)
    except (OSError, ValueError) as problem:
        raise NotFetched(f"there is no such host ({problem})") from None
    if not all(ipaddress.ip_address(each[4][0]).is_global for each in found):
        raise NotFetched("its host is not public")
