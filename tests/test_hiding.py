"""What a service answered is shown without the secrets that it was sent, in whatever form it wrote
them.
"""

from __future__ import annotations

import html
import json
import socket
import threading
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from broadside.build.release import KeptReleases
from broadside.config.destinations import Branch
from broadside.hiding import without_secrets
from broadside.plugins.roundup.command.making import MailServer, NotSent, send
from broadside.plugins.roundup.mail import Mailbox
from broadside.publish.pages import TOKEN, Pages
from broadside.publish.target import Unreachable
from tests.servers import running

SECRET = 'qu1x/o+t&ic é"zan'
FORMS = {
    "plain": SECRET,
    "capitals": SECRET.upper(),
    "address": quote(SECRET),
    "part of an address": quote(SECRET, safe=""),
    "small digits": quote(SECRET, safe="").lower(),
    "form": quote_plus(SECRET),
    "json": json.dumps(SECRET),
    "json of php": json.dumps(SECRET, ensure_ascii=False).replace("/", "\\/"),
    "html": html.escape(SECRET),
    "python": repr(SECRET.encode()),
    **{
        f"base64 {name}": b64encode(f"{name}{SECRET}".encode()).decode()
        for name in ("", "a", "ab", "abc:", "\0ana\0")
    },
    "base64 of addresses": urlsafe_b64encode(f"a:{SECRET}?".encode()).decode().rstrip("="),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_secret_is_cut_out_in_any_form(form: str) -> None:
    cut = without_secrets(f"Not allowed: {form} is wrong (Basic {form})", "", SECRET)
    assert cut.startswith("Not allowed: ")
    assert " is wrong (Basic " in cut
    assert form not in cut
    assert len(cut) < len("Not allowed:  is wrong (Basic )") + 12


def test_what_holds_no_secret_stays() -> None:
    text = (
        "https://example.org/path/to/something-longer: 403 VGhlIHF1aWNrIGJyb3duIGZveA=="
        " Ünïcödé_lettèrs"
    )
    assert without_secrets(text, "quixotic", "", "\n") == text
    assert without_secrets(text) == text


@pytest.fixture
def forge() -> Iterator[str]:
    """A server for Git that answers with what it was asked with, once it was told who asks."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            who = self.headers.get("Authorization")
            self.send_response(404 if who else 401)
            self.send_header("WWW-Authenticate", 'Basic realm="forge"')
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            self.wfile.write(f"{who} is not found\n".encode())

        def log_message(self, *_: object) -> None:
            pass

    with running(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as url:
        yield f"{url}/site.git"


@pytest.mark.git
def test_a_forge_that_answers_with_the_token(
    forge: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TOKEN, "quixotic-zanzibar")
    place = Branch(kind="pages", remote=forge)
    with pytest.raises(Unreachable, match="is not found") as refused:
        Pages(place, tmp_path / "output", tmp_path / "kept.git", KeptReleases(tmp_path)).live()
    assert "Basic" in str(refused.value)
    assert b64encode(b"x-access-token:quixotic-zanzibar").decode()[:12] not in str(refused.value)


def test_a_mail_server_that_answers_with_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL", "quixotic")

    def serve() -> None:
        line, _ = listening.accept()
        with line, line.makefile("rwb") as file:
            for answer in (b"220 hello", b"250-here\r\n250 AUTH PLAIN"):
                file.write(answer + b"\r\n")
                file.flush()
                asked = file.readline()
            said = file.readline().strip() if b"AUTH" not in asked else asked.strip()
            file.write(b"535 quixotic is wrong: " + said + b"\r\n")
            file.flush()
            file.readline()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, daemon=True).start()
        server = MailServer(
            "127.0.0.1", listening.getsockname()[1], starttls=False, user="ana", password_env="MAIL"
        )
        message = EmailMessage()
        message["Message-ID"] = "<1@halyard.test>"
        who = Mailbox.of("ana@halyard.test")
        with pytest.raises(NotSent, match="535") as refused:
            send(message, who, who, server)
    assert "quixotic" not in str(refused.value)
    assert b64encode(b"\0ana\0quixotic").decode() not in str(refused.value)
