"""A service is asked without giving its token to anybody else: neither to another host nor to who reads the messages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from broadside.desk.announcing.announce import accounts
from broadside.desk.announcing.api import Refused, ask
from broadside.desk.announcing.mastodon import Mastodon

Seen = list[tuple[str, str]]


@pytest.fixture
def moved() -> Iterator[tuple[str, Seen]]:
    """The address of a server that sends everybody on to /elsewhere, and the paths and tokens that it was asked with."""
    seen: Seen = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:  # the name that the class calls
            seen.append((self.path, self.headers.get("Authorization", "")))
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", seen
    server.shutdown()
    server.server_close()


def test_a_token_does_not_follow_a_redirect(moved: tuple[str, Seen]) -> None:
    url, seen = moved
    with pytest.raises(Refused, match="302"):
        ask(f"{url}/api", {"Authorization": "Bearer quixotic"})
    assert seen == [("/api", "Bearer quixotic")]


@pytest.mark.parametrize("token", ["quixotic\nzanzibar", "quixotic\r", "quixotic…"])
def test_no_message_has_a_token_that_cannot_be_sent(token: str) -> None:
    with pytest.raises(Refused) as refused:
        ask("http://127.0.0.1:9/", {"Authorization": f"Bearer {token}"})
    assert "quixotic" not in str(refused.value)


def test_a_secret_may_end_with_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASTODON_TOKEN", "quixotic\n")
    found = accounts({"mastodon": {"server": "https://m.test"}})["mastodon"]
    assert isinstance(found, Mastodon)
    assert found.token == "quixotic"
