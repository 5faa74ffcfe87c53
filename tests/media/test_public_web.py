"""What strangers name is fetched from public addresses only, from the very one that was checked,
and within limits.
"""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from broadside.deadline import NAME
from broadside.media import public_web
from broadside.media.public_web import NotFetched, fetched, is_public
from tests.servers import running

HERE, OTHER = "127.0.0.1", "127.0.0.2"
LOOK_UP = socket.getaddrinfo


class Web(ThreadingHTTPServer):
    """Answers each path as a test says, and notes the host and path that it was asked for."""

    daemon_threads = True
    asked: list[tuple[str, str]]
    answers: dict[str, Callable[[BaseHTTPRequestHandler], object]]

    def handle_error(self, *_: object) -> None:
        """Be silent about who hangs up."""


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """A server on all addresses of this machine, of which one counts as public."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append((self.headers["Host"], self.path))
            server.answers.get(self.path, partial(says, status=404))(self)

        def log_message(self, *_: object) -> None:
            pass

    server = Web(("0.0.0.0", 0), Handler)
    server.asked, server.answers = [], {"/a": says}
    monkeypatch.setattr(public_web, "is_public", lambda address: address == HERE)
    with running(server):
        yield server


def says(
    asked: BaseHTTPRequestHandler, status: int = 200, location: str = "", length: int = 5
) -> None:
    asked.send_response(status)
    if location:
        asked.send_header("Location", location)
    asked.send_header("Content-Length", str(length))
    asked.end_headers()
    asked.wfile.write(b"bytes")


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
        ),
        *("192.0.0.9", "192.0.0.192", "224.0.0.1", "239.1.1.1", "255.255.255.255", "198.18.0.1"),
        *(
            "::1",
            "::",
            "::127.0.0.1",
            "::8.8.8.8",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:0:127.0.0.1",
        ),
        *(
            "64:ff9b::7f00:1",
            "64:ff9b::808:808",
            "64:ff9b:1::a00:1",
            "2002:7f00:1::",
            "2002:808:808::1",
        ),
        *(
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "fec0::1",
            "feff::1",
            "fe80::1",
            "fe80::1%eth0",
            "fd00::1",
        ),
        *(
            "ff02::1",
            "ff0e::1",
            "2001:db8::1",
            "::ffff:192.0.0.9",
            "5f00::1",
            "3fff::1",
            "2620:4f:8000::1",
        ),
        *("192.175.48.1", "192.31.196.1", "192.52.193.1", "192.88.99.1", "168.63.129.16"),
        *(
            "2001:1::1",
            "2001:2::1",
            "2001:3::1",
            "2001:4:112::1",
            "2001:20::1",
            "2001:30::1",
            "2001:1ff::1",
        ),
    ],
)
def test_what_is_not_of_the_public_internet_is_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "193.0.6.139", "2001:200::1", "2001:4860:4860::8888", "2a00::1", "::ffff:8.8.8.8"],
)
def test_what_is_of_the_public_internet_is_not(address: str) -> None:
    assert is_public(address)


def named(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Have names lead to these addresses, one list for each time that one is looked up; the names
    that were.
    """
    asked: list[str] = []

    def look_up(host: str, port: int, **how: Any) -> list[Any]:
        asked.append(host)
        found = answers[min(len(asked), len(answers)) - 1]
        return [each for address in found for each in LOOK_UP(address, port, **how)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def test_a_name_is_looked_up_once_and_the_address_that_was_checked_is_asked(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = named(monkeypatch, [HERE], [OTHER])
    assert fetched(f"http://rebound.example:{web.server_port}/a") == b"bytes"
    assert asked == ["rebound.example"]
    assert web.asked == [(f"rebound.example:{web.server_port}", "/a")]


def test_of_several_addresses_only_public_ones_are_asked(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    named(monkeypatch, [OTHER, HERE], [OTHER])
    assert fetched(f"http://both.example:{web.server_port}/a") == b"bytes"
    with pytest.raises(NotFetched, match="not public"):
        fetched(f"http://both.example:{web.server_port}/a")
    assert len(web.asked) == 1


@pytest.mark.parametrize("host", ["127.0.0.2", "0x7f.2", "2130706434", "[::ffff:127.0.0.2]"])
def test_an_address_in_any_form_is_checked(web: Web, host: str) -> None:
    with pytest.raises(NotFetched):
        fetched(f"http://{host}:{web.server_port}/a")
    assert web.asked == []


@pytest.mark.parametrize(
    "leads",
    [
        "http://127.0.0.2:{port}/a",
        "//127.0.0.2:{port}/a",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "http://[x",
    ],
)
def test_a_redirect_is_checked_too(web: Web, leads: str) -> None:
    web.answers["/leads"] = partial(says, status=302, location=leads.format(port=web.server_port))
    with pytest.raises(NotFetched):
        fetched(f"http://{HERE}:{web.server_port}/leads")
    assert [path for _, path in web.asked] == ["/leads"]


def test_a_redirect_is_followed_for_ten_steps(web: Web) -> None:
    web.answers["/leads"] = partial(says, status=301, location="a")
    web.answers["/round"] = partial(says, status=307, location="/round")
    assert fetched(f"http://{HERE}:{web.server_port}/leads") == b"bytes"
    web.asked.clear()
    with pytest.raises(NotFetched):
        fetched(f"http://{HERE}:{web.server_port}/round")
    assert len(web.asked) == public_web.HOPS


def test_no_proxy_is_asked(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://{HERE}:{web.server_port}")
    with pytest.raises(NotFetched):
        fetched(f"http://{OTHER}:{web.server_port}/a")
    assert web.asked == []


def trickle(asked: BaseHTTPRequestHandler, pause: threading.Event) -> None:
    while not pause.wait(0.02):
        asked.wfile.write(b"x")


def test_what_comes_slowly_ends(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte after the other: each is soon enough, all of them are not."""
    monkeypatch.setattr(public_web, "SECONDS", 0.3)
    end = threading.Event()

    def body(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        asked.end_headers()
        trickle(asked, end)

    web.answers |= {
        "/head": partial(trickle, pause=end),
        "/body": body,
        "/never": lambda _: end.wait(30),
    }
    for path in ("/head", "/body", "/never"):
        before = {*threading.enumerate()}
        with pytest.raises(NotFetched, match=r"longer than 0\.3 seconds"):
            fetched(f"http://{HERE}:{web.server_port}{path}")
        left = [thread for thread in {*threading.enumerate()} - before if thread.name == NAME]
        for thread in left:
            thread.join(10)
            assert not thread.is_alive()
    with (
        socket.create_server((HERE, 0)) as silent,
        pytest.raises(NotFetched, match=r"longer than 0\.3 seconds"),
    ):
        fetched(f"https://{HERE}:{silent.getsockname()[1]}/")
    end.set()


def test_what_has_no_end_is_read_to_the_limit(web: Web) -> None:
    sent = []

    def flood(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        asked.end_headers()
        while True:
            asked.wfile.write(b"x" * 10_000)
            sent.append(1)

    web.answers["/flood"] = flood
    with pytest.raises(NotFetched, match="more than 1 MB"):
        fetched(f"http://{HERE}:{web.server_port}/flood", 10**6)


def test_what_ends_too_soon_is_not_taken_for_whole(web: Web) -> None:
    def breaks(asked: BaseHTTPRequestHandler) -> None:
        says(asked, length=500)
        asked.close_connection = True

    web.answers["/breaks"] = breaks
    with pytest.raises(NotFetched, match="everything"):
        fetched(f"http://{HERE}:{web.server_port}/breaks")


def test_a_message_cannot_steer_a_terminal(web: Web) -> None:
    def odd(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(500, "\x1b[2Jgone\x07")
        asked.end_headers()

    web.answers["/odd"] = odd
    with pytest.raises(NotFetched) as refused:
        fetched(f"http://{HERE}:{web.server_port}/odd")
    assert str(refused.value).isprintable()
    assert refused.value.code == 500


def test_encryption_is_for_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server is told the name, and its certificate has to be that of the name."""
    key, file = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=x -addext"
        " subjectAltName=DNS:pictures.example"
    )
    subprocess.run(
        [*command.split(), "-keyout", str(key), "-out", str(file)], check=True, capture_output=True
    )
    told: list[str | None] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.append(self.headers["Host"])
            says(self)

        def log_message(self, *_: object) -> None:
            pass

    server = Web((HERE, 0), Handler)
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(file, key)
    ours.sni_callback = lambda _, name, __: told.append(name)
    server.socket = ours.wrap_socket(server.socket, server_side=True)
    monkeypatch.setattr(public_web, "is_public", lambda address: address == HERE)
    named(monkeypatch, [HERE])
    with running(server):
        with pytest.raises(NotFetched, match="certificate"):
            fetched(f"https://pictures.example:{server.server_port}/")
        trusting = ssl.create_default_context(cafile=str(file))
        monkeypatch.setattr(public_web, "_context", lambda: trusting)
        told.clear()
        assert fetched(f"https://pictures.example:{server.server_port}/") == b"bytes"
        assert told == ["pictures.example", f"pictures.example:{server.server_port}"]
        with pytest.raises(NotFetched, match="certificate"):
            fetched(f"https://others.example:{server.server_port}/")
