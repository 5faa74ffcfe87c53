"""./inv roundup: the files it makes, what it says, and a real mail server that takes the test."""

from __future__ import annotations

import os
import ssl
import subprocess
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from msgspec import convert

from broadside.plugins.roundup.command.making import MailServer, NotSent, send
from broadside.plugins.roundup.mail import Mailbox
from broadside.plugins.roundup.settings import Letters
from tests.checkout import checkout
from tests.commands.running import free_port
from tests.sample import HARBOUR, NOW, Outlet

PASSWORD = "correct horse"
FILES = ["roundup.eml", "roundup.html", "roundup.mjml", "roundup.txt"]


class Inbox:
    """Keeps what the server is given."""

    def __init__(self) -> None:
        self.taken: list[Any] = []

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        """Take the address, but for one that nobody has."""
        if address.startswith("nobody@"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take the mail."""
        self.taken.append((envelope, session.ssl is not None, session.authenticated))
        return "250 OK"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine, with its key in the same file."""
    folder = tmp_path_factory.mktemp("certificate")
    key, file = folder / "key.pem", folder / "both.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext"
        " subjectAltName=IP:127.0.0.1"
    )
    subprocess.run(
        [*command.split(), "-keyout", str(key), "-out", str(file)], check=True, capture_output=True
    )
    file.write_text(file.read_text("ascii") + key.read_text("ascii"), "ascii")
    return file


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def plain(inbox: Inbox) -> Iterator[int]:
    """The port of a mail server that takes everything in the open."""
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller.port
    controller.stop()


@pytest.fixture
def strict(inbox: Inbox, certificate: Path) -> Iterator[int]:
    """The port of a mail server that wants encryption and a login."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def knows(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
        right = (
            isinstance(given, LoginPassword)
            and given.login == b"ana"
            and given.password == PASSWORD.encode()
        )
        return AuthResult(success=right, handled=False)

    controller = Controller(
        inbox,
        hostname="127.0.0.1",
        port=free_port(),
        tls_context=context,
        require_starttls=True,
        authenticator=knows,
        auth_required=True,
    )
    controller.start()
    yield controller.port
    controller.stop()


def filled(path: Path, project: Path | None = None) -> Outlet:
    outlet = Outlet(path, project) if project else Outlet(path)
    outlet.photo()
    for day in range(14, 25):
        outlet.story(
            f"s{day}",
            date=f"2026-11-{day}T09:00",
            section="Asia" if day % 2 else "Europe",
            **HARBOUR,
        )
    outlet.story("held", date="2026-12-01")
    outlet.story("in-draft", status="draft", date="2026-11-23")
    return outlet


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    return filled(tmp_path)


def roundup(outlet: Outlet, *flags: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the command for NOW, with the mail in `mail` beside the outlet; flags may say
    otherwise.
    """
    usual = {"--content": "content", "--now": NOW, "--to": "mail"}
    rest = [word for name, value in usual.items() if name not in flags for word in (name, value)]
    return outlet.run("roundup", *rest, *flags, env=os.environ | env)


def made(outlet: Outlet) -> list[str]:
    return sorted(path.name for path in (outlet.path / "mail").glob("*"))


def message(outlet: Outlet) -> EmailMessage:
    return message_from_bytes((outlet.path / "mail/roundup.eml").read_bytes(), policy=default)


def test_the_newest_round_up_becomes_four_files(outlet: Outlet) -> None:
    outlet.roundup("2026-11-17", "Older.", since="2026-11-14")
    outlet.roundup(
        "2026-11-21",
        "A note with [a story]({filename}/articles/s18.md).",
        date="2026-11-21T08:00",
        title="It’s",
    )
    outlet.roundup("2026-11-28", "Zanzibar.")
    done = roundup(outlet)
    assert (done.returncode, done.stderr) == (0, "")
    assert made(outlet) == FILES
    html, text = (
        (outlet.path / "mail" / f"roundup.{end}").read_text("utf-8") for end in ("html", "txt")
    )
    assert 'href="https://halyard.example/2026/11/s18/"' in html
    assert "https://halyard.example/roundup/2026-11-21/" in text
    assert "127.0.0.1" not in html + text
    sent = message(outlet)
    assert sent["Subject"] == "It’s"
    assert sent["To"] is None
    assert [part.get_content().replace("\r\n", "\n") for part in sent.iter_parts()] == [text, html]


def test_an_outlets_own_template_takes_the_place_of_the_themes(tmp_path: Path) -> None:
    project = checkout(tmp_path / "project", 'THEME_TEMPLATES_OVERRIDES = ["theme/ours"]')
    ours = project / "theme" / "ours" / "roundup.mjml"
    ours.parent.mkdir(parents=True)
    text = "<mj-text>Unser Brief: {{ letter.title }}</mj-text>"
    ours.write_text(
        f"<mjml><mj-body><mj-section><mj-column>{text}</mj-column></mj-section></mj-body></mjml>"
    )
    outlet = filled(tmp_path, project)
    assert roundup(outlet).returncode == 0
    assert "Unser Brief: Headline of s24" in (outlet.path / "mail/roundup.html").read_text("utf-8")


def test_without_a_note_it_has_seven_days(outlet: Outlet) -> None:
    assert "7 stories since 18 November 2026: " in roundup(outlet).stdout
    assert "/latest/" in (outlet.path / "mail/roundup.html").read_text("utf-8")
    for name in FILES:
        data = (outlet.path / "mail" / name).read_text("utf-8")
        assert "held" not in data
        assert "in-draft" not in data


def test_a_note_that_waits_is_named_and_made_for_its_hour(outlet: Outlet) -> None:
    outlet.roundup("2026-11-25", date="2026-11-25T18:00", title="Tonight")
    assert "Subject: Tonight" in roundup(outlet, "--now", "2026-11-25T18:00").stdout


def test_a_note_whose_week_is_over_is_not_made_again(outlet: Outlet) -> None:
    outlet.roundup("2026-11-18", title="Last week")
    assert "Subject: Last week" in roundup(outlet, "--now", "2026-11-24T23:00").stdout
    assert "Subject: Headline of s24" in roundup(outlet).stdout


def test_since_is_another_beginning_with_and_without_a_note(outlet: Outlet) -> None:
    assert "2 stories since 23 November 2026" in roundup(outlet, "--since", "2026-11-23").stderr
    assert "4 stories since 21 November 2026" in roundup(outlet, "--since", "2026-11-21").stdout
    outlet.roundup("2026-11-21", lead="s14")
    assert (
        "4 stories since 18 November 2026: one that leads, "
        in roundup(outlet, "--since", "2026-11-18").stdout
    )


def test_a_thin_week_makes_nothing_and_fails_with_one_line(outlet: Outlet) -> None:
    outlet.roundup("2026-11-24", since="2026-11-23")
    for flags in ((), ("--since", "2026-11-23")):
        done = roundup(outlet, *flags)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
        assert made(outlet) == []


@pytest.mark.parametrize(
    "flags",
    [
        ("--since", "soon"),
        ("--since", "2027-01-01"),
        ("--now", "soon"),
        ("--to", "content/mail"),
        ("--content", "nowhere"),
        ("--send", "ana"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(outlet: Outlet, flags: tuple[str, str]) -> None:
    done = roundup(outlet, *flags)
    assert done.returncode in (1, 2)
    assert len(done.stderr.strip().splitlines()) == 1
    assert made(outlet) == []


def test_faults_stop_it(outlet: Outlet) -> None:
    outlet.roundup("2026-11-24", lead="nobody-wrote-this")
    done = roundup(outlet)
    assert done.returncode == 1
    assert "content/roundups/2026-11-24.md:3: error: unknown-name: " in done.stderr


def setting(port: int, **more: Any) -> str:
    usual = {
        "sender": "Halyard <weekly@halyard.example>",
        "host": "127.0.0.1",
        "port": port,
        "starttls": False,
    }
    return f"ROUNDUP = {usual | more!r}"


def test_it_is_sent_to_the_one_address(tmp_path: Path, inbox: Inbox, plain: int) -> None:
    outlet = filled(tmp_path, checkout(tmp_path / "project", setting(plain)))
    for _ in range(2):
        done = roundup(outlet, "--send", "ana@outlet.example")
        assert (done.returncode, done.stderr) == (0, "")
    (envelope, _, _), (again, _, _) = inbox.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == (
        "weekly@halyard.example",
        ["ana@outlet.example"],
    )
    arrived, second = (
        message_from_bytes(each.content, policy=default) for each in (envelope, again)
    )
    assert arrived["To"] == "ana@outlet.example"
    assert arrived["Subject"] == "Headline of s24"
    assert arrived["Message-ID"] != second["Message-ID"], (
        "or the second test would be taken for the first"
    )
    body = arrived.get_body(("html",))
    assert body is not None
    html = body.get_content().replace("\r\n", "\n")
    assert html == (outlet.path / "mail/roundup.html").read_text("utf-8")
    assert "ana@outlet.example" not in (outlet.path / "mail/roundup.eml").read_text("utf-8")


def test_it_is_sent_encrypted_and_logged_in(
    tmp_path: Path, inbox: Inbox, strict: int, certificate: Path
) -> None:
    line = setting(strict, starttls=True, user="ana", password_env="THE_PASSWORD")
    outlet = filled(tmp_path, checkout(tmp_path / "project", line))
    to = ("--send", "ana@outlet.example")
    trusted = {"SSL_CERT_FILE": str(certificate)}
    for env in (trusted, trusted | {"THE_PASSWORD": "wrong"}, {"THE_PASSWORD": PASSWORD}):
        done = roundup(outlet, *to, **env)
        assert done.returncode == 1
        assert len(done.stderr.strip().splitlines()) == 1
    assert made(outlet) == FILES
    assert inbox.taken == []
    done = roundup(outlet, *to, **trusted, THE_PASSWORD=PASSWORD)
    assert (done.returncode, done.stderr) == (0, "")
    assert [(encrypted, known) for _, encrypted, known in inbox.taken] == [(True, True)]
    assert PASSWORD not in done.stdout


@pytest.mark.parametrize(
    ("more", "to"),
    [
        ({"host": ""}, "ana"),
        ({"port": 0}, "ana"),
        ({"starttls": True}, "ana"),
        # the password would be sent without encryption
        ({"host": "mail.example", "user": "ana"}, "ana"),
        ({}, "nobody"),
    ],
)
def test_what_was_not_sent_is_told_in_one_line(
    inbox: Inbox, plain: int, more: dict[str, Any], to: str
) -> None:
    if more.get("port") == 0:
        more = {"port": free_port()}
    mail = EmailMessage()
    mail["Message-ID"] = "<a-mail@halyard.example>"
    sender, recipient = Mailbox("weekly@halyard.example"), Mailbox(f"{to}@outlet.example")
    with pytest.raises(NotSent) as told:
        send(
            mail,
            sender,
            recipient,
            MailServer.of(
                convert({"host": "127.0.0.1", "port": plain, "starttls": False} | more, Letters)
            ),
        )
    assert "\n" not in str(told.value)
    assert inbox.taken == []


def test_without_a_sender_there_is_the_html_and_the_text_but_nothing_to_send(
    tmp_path: Path,
) -> None:
    outlet = filled(tmp_path, checkout(tmp_path / "project", "ROUNDUP = None"))
    done = roundup(outlet)
    assert (done.returncode, done.stderr) == (0, "")
    assert made(outlet) == [name for name in FILES if not name.endswith(".eml")]
    refused = roundup(outlet, "--send", "ana@outlet.example")
    assert (refused.returncode, "ROUNDUP" in refused.stderr) == (1, True)
