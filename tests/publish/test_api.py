"""A service is asked without giving its token to anybody else: neither to another host nor to who
reads the messages.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event
from urllib.parse import quote

import pytest

from broadside.publish import api
from broadside.publish.api import LONGEST, ServiceRefused, as_json, ask, sent
from broadside_announce.announcing import Mastodon, Upload, accounts
from tests.servers import running

Seen = list[tuple[str, str]]


@contextmanager
def server(answer: Callable[[BaseHTTPRequestHandler, bytes], object]) -> Iterator[str]:
    """The address of a server that answers every request in this way."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:  # the name that the class calls
            answer(self, self.rfile.read(int(self.headers.get("Content-Length", 0))))

        do_POST = do_GET  # noqa: N815

    with running(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as url:
        yield url


def says(asked: BaseHTTPRequestHandler, body: bytes, code: int = 200, location: str = "") -> None:
    asked.send_response(code)
    if location:
        asked.send_header("Location", location)
    asked.send_header("Content-Length", str(len(body)))
    asked.end_headers()
    asked.wfile.write(body)


@pytest.fixture
def moved() -> Iterator[tuple[str, Seen]]:
    """The address of a server that sends everybody on to /elsewhere, and the paths and tokens that
    it was asked with.
    """
    seen: Seen = []

    def leads(asked: BaseHTTPRequestHandler, _: bytes) -> None:
        seen.append((asked.path, asked.headers.get("Authorization", "")))
        says(asked, b"", 302, "/elsewhere")

    with server(leads) as url:
        yield url, seen


def test_a_token_does_not_follow_a_redirect(moved: tuple[str, Seen]) -> None:
    url, seen = moved
    with pytest.raises(ServiceRefused, match="302"):
        sent(f"{url}/api", headers={"Authorization": "Bearer quixotic"})
    assert seen == [("/api", "Bearer quixotic")]


@pytest.mark.parametrize("token", ["quixotic\nzanzibar", "quixotic\r", "quixotic…"])
def test_no_message_has_a_token_that_cannot_be_sent(token: str) -> None:
    with pytest.raises(ServiceRefused) as refused:
        sent("http://127.0.0.1:9/", headers={"Authorization": f"Bearer {token}"})
    assert "quixotic" not in str(refused.value)


@pytest.mark.parametrize(
    "error",
    [
        b"Not allowed: %s",
        b'{"error": "%s"}',
        b"x" * 290 + b"%s",  # where the message is cut
        b"%s" * 400,
        b"x" * (LONGEST - 4) + b"%s",
        b"\x1b[31m%s\xff",
    ],
)
def test_no_message_has_a_token_that_the_service_answers_with(error: bytes) -> None:
    token = "quixotic/zanzibar+1"
    for said in (
        token,
        quote(token),
        quote(token, safe=""),
        token.replace("/", "\\/"),
        b64encode(f"me:{token}".encode()).decode(),
    ):
        with server(
            lambda asked, _, said=said: says(asked, error.replace(b"%s", said.encode()), 403)  # type: ignore[misc]
        ) as url:
            with pytest.raises(ServiceRefused, match="403") as refused:
                sent(url, headers={"Authorization": f"Bearer {token}"})
            shown = str(refused.value)
            assert shown.isprintable()
            assert not any(part in shown for part in ("quixotic", "zanzibar", said[:8])), shown


def test_no_message_has_a_secret_that_was_posted_or_a_status_line() -> None:
    def echoes(asked: BaseHTTPRequestHandler, body: bytes) -> None:
        if asked.path == "/line":
            asked.wfile.write(b"quixotic is no status line\r\n\r\n")
        else:
            says(asked, body, 400)

    with server(echoes) as url:
        for path in ("line", "body"):
            with pytest.raises(ServiceRefused) as refused:
                sent(f"{url}/{path}", as_json({"password": "quixotic"}), hidden=["quixotic"])
            assert "quixotic" not in str(refused.value)


@pytest.mark.parametrize(
    "answer", [b"null", b"[]", b"{}", b"7", b"", b"<!doctype html>", b"\xff", b"[" * 100_000]
)
def test_an_answer_of_another_kind_is_an_error_that_names_the_service(answer: bytes) -> None:
    with server(lambda asked, _: says(asked, answer)) as url:
        with pytest.raises(ServiceRefused, match=url):
            ask(url, Upload)
        assert sent(url) == answer


def test_what_has_no_end_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "MOST", 1000)
    with (
        server(lambda asked, _: says(asked, b"x" * 1001)) as url,
        pytest.raises(ServiceRefused, match="more than"),
    ):
        sent(url)


def test_what_comes_slowly_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte after the other: each is soon enough, all of them are not."""
    monkeypatch.setattr(api, "DEADLINE", 0.3)
    end = Event()

    def trickles(asked: BaseHTTPRequestHandler, _: bytes) -> None:
        asked.send_response(200)
        asked.end_headers()
        while not end.wait(0.02):
            asked.wfile.write(b" ")

    with server(trickles) as url, pytest.raises(ServiceRefused, match=url):
        sent(url)
    end.set()


def test_a_secret_may_end_with_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASTODON_TOKEN", "quixotic\n")
    found = accounts({"mastodon": {"server": "https://m.test"}})["mastodon"]
    assert isinstance(found, Mastodon)
    assert found.token == "quixotic"
