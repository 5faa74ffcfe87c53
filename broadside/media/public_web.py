"""Fetches a public web address, which a stranger may have written."""

from __future__ import annotations

import functools
import socket
import ssl
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import quote, urljoin, urlsplit

from broadside.deadline import within
from broadside.media.photo_files import MAX_BYTES

SECONDS = 60.0
"""How long everything may take, redirects included."""
SILENT = 20.0
"""How long a server may be silent."""
HOPS, PLACES = 10, 3
"""How many redirects are followed, and how many addresses of one host are tried."""
REDIRECTS = frozenset((301, 302, 303, 307, 308))
IPV6 = ip_network("2000::/3")
"""All addresses for public use.

Outside it are the ways to name IPv4 (::127.0.0.1, NAT64 at 64:ff9b::) and local sites.
"""
NOT_PUBLIC = (
    # for protocols, such as Teredo; newer Pythons count some of them as global
    ip_network("2001::/23"),
    ip_network("2002::/16"),  # 6to4
    ip_network("3fff::/20"),  # for documents
    ip_network("2620:4f:8000::/48"),  # AS112, whose servers may be anybody's
    ip_network("192.175.48.0/24"),  # the same
    ip_network("192.31.196.0/24"),  # the same
    ip_network("192.52.193.0/24"),  # relays for multicast
    ip_network("192.88.99.0/24"),  # relays of 6to4
    ip_network("192.0.0.0/24"),  # for protocols; two of its addresses count as global
    ip_network("168.63.129.16/32"),  # what a machine at Azure asks about itself
)


class NotFetched(Exception):
    """Nothing was fetched; the message says why.

    `code` is the HTTP status, 0 if there was no answer or it cannot be used.
    """

    def __init__(self, words: str, code: int = 0) -> None:
        super().__init__("".join(filter(str.isprintable, words))[:150])
        self.code = code


def fetched(address: str, most: int = MAX_BYTES, *, stays: bool = False) -> bytes:
    """The bytes at a web address; raises NotFetched if there are none, or more than `most`, or for
    a redirect if it `stays`.

    No proxy is used: it would look up names by itself, and could be led to what is not public.
    """
    visit = _Visit(address, most, stays)
    try:
        return within(SECONDS, visit.run)
    except TimeoutError:
        visit.end()
        raise NotFetched(f"it takes longer than {SECONDS:g} seconds") from None


def is_public(address: str) -> bool:
    """Whether an IP address is on the public internet: a stranger may name what only this machine
    can see.
    """
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        ip = ip.ipv4_mapped or ip
    public = ip.is_global and not ip.is_multicast and (ip.version == 4 or ip in IPV6)
    return public and not any(ip in network for network in NOT_PUBLIC)


class _Http(HTTPConnection):
    """Connects to an address that was checked: its host's name is looked up only once."""

    opened: socket.socket | None = None
    """The socket, even after the connection has passed it to a response."""

    def connect(self) -> None:
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except (OSError, ValueError) as problem:
            raise NotFetched(f"there is no such host ({problem})") from None
        public = [each for each in found if is_public(str(each[4][0]))]
        if not public:
            raise NotFetched("its host is not public")
        failed = OSError()
        for family, kind, protocol, _, place in public[:PLACES]:
            self.sock = self.opened = socket.socket(family, kind, protocol)
            self.sock.settimeout(SILENT)
            try:
                self.sock.connect(place)
            except OSError as problem:
                self.sock.close()
                failed = problem
            else:
                return
        raise failed


class _Https(_Http):
    """The same with encryption; the server's certificate must be for the host's name."""

    default_port = 443

    def connect(self) -> None:
        super().connect()
        sock = _context().wrap_socket(
            self.sock, server_hostname=self.host, do_handshake_on_connect=False
        )
        self.sock = self.opened = sock
        sock.do_handshake()


@functools.cache
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


class _Visit:
    """Fetches an address; another thread may end it."""

    def __init__(self, address: str, most: int, stays: bool) -> None:
        self.address, self.most, self.stays = address, most, stays
        self.data = b""
        self._connection: _Http | None = None
        self._is_over = False

    def run(self) -> bytes:
        """The data; raises NotFetched."""
        try:
            self._follow(_quoted(self.address, "utf-8"))
        except (OSError, HTTPException, ValueError) as problem:
            raise NotFetched(str(problem)) from None
        return self.data

    def end(self) -> None:
        """Cut the connection, so that run() ends too."""
        self._is_over = True
        if self._connection and self._connection.opened:
            with suppress(OSError):
                socket.socket.shutdown(self._connection.opened, socket.SHUT_RDWR)

    def _follow(self, address: str) -> None:
        for _ in range(HOPS):
            leads = self._asked(address)
            if leads is None or self._is_over:
                return
            if self.stays and urlsplit(leads)[:2] != urlsplit(address)[:2]:
                raise NotFetched(f"it leads elsewhere, to {urlsplit(leads).netloc[:100]}")
            address = leads
        raise NotFetched(f"it leads on more than {HOPS} times")

    def _asked(self, address: str) -> str | None:
        """Request an address, and keep the data; returns the target of a redirect, if it is one."""
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise NotFetched("it is not a web address")
        kind = _Http
        if parts.scheme == "https":
            kind = _Https
        self._connection = kind(parts.hostname, parts.port or kind.default_port)
        with closing(self._connection) as connection:
            path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
            connection.request("GET", path, headers={"User-Agent": "Broadside"})
            with connection.getresponse() as answer:
                if answer.status in REDIRECTS and (leads := answer.headers.get("Location")):
                    return urljoin(address, _quoted(leads, "latin-1"))
                if not 200 <= answer.status < 300:
                    raise NotFetched(f"HTTP Error {answer.status}: {answer.reason}", answer.status)
                self.data = answer.read(self.most + 1)
                if len(self.data) > self.most:
                    raise NotFetched(f"it has more than {self.most // 10**6} MB")
                # read() with a limit does not complain about a body that ends early.
                if answer.length:
                    raise NotFetched("it ended before everything had arrived")
        return None


def _quoted(address: str, encoding: str) -> str:
    return quote(address, safe="%/:?#@!$&'()*+,;=~[]", encoding=encoding)
