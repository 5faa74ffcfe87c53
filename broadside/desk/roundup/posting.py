"""Sends one mail to one address, through the SMTP server that the setting ROUNDUP names; for tests, and nothing else."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Any

from msgspec import Struct, convert

from broadside.plugins.roundup.envelope import Mailbox

PATIENCE = 30.0
"""Seconds after which a server that says nothing counts as unreachable."""
HERE = ("localhost", "127.0.0.1", "::1")


class NotSent(Exception):
    """The mail was not sent; says why, and what to do."""


class Server(Struct, frozen=True):
    """A mail server. With a `user`, the password is in the environment variable `password_env`."""

    host: str = ""
    port: int = 587
    starttls: bool = True
    user: str = ""
    password_env: str = ""

    @classmethod
    def of(cls, setting: Mapping[str, Any]) -> Server:
        """The server that the setting ROUNDUP names, beside what it says of the mail; the setting has been judged already."""
        server = convert(setting, cls)
        if not server.host:
            raise NotSent("the setting ROUNDUP names no host to send through")
        return server

    @property
    def password(self) -> str:
        """The password, which is in no file."""
        password = os.environ.get(self.password_env, "") if self.password_env else ""
        if not password:
            where = (
                f"the environment variable {self.password_env} is not set"
                if self.password_env
                else "nothing says where"
            )
            raise NotSent(f"the server wants a password for {self.user}, and {where}")
        return password


def send(message: EmailMessage, sender: Mailbox, to: Mailbox, server: Server) -> None:
    """Send the message to one address, with a new id: otherwise a second test would be taken for the first."""
    if server.user and not server.starttls and server.host not in HERE:
        raise NotSent("the password would be sent without encryption; set starttls to True in the setting ROUNDUP")
    password = server.password if server.user else ""
    message["To"] = to.header
    message.replace_header("Message-ID", make_msgid("roundup-test", sender.domain))
    where = f"{server.host}:{server.port}"
    try:
        with smtplib.SMTP(server.host, server.port, timeout=PATIENCE) as line:
            if server.starttls:
                line.starttls(context=ssl.create_default_context())
            if server.user:
                line.login(server.user, password)
            line.send_message(message, sender.address, [to.address])
    except smtplib.SMTPAuthenticationError:
        raise NotSent(f"{where} refused the login of {server.user}; check user and password") from None
    except smtplib.SMTPRecipientsRefused as problem:
        code, said = next(iter(problem.recipients.values()))
        raise NotSent(f"{where} refused {to.address}: {code} {_words(said)}") from None
    except smtplib.SMTPResponseException as problem:
        raise NotSent(f"{where} refused the mail: {problem.smtp_code} {_words(problem.smtp_error)}") from None
    except smtplib.SMTPException as problem:
        raise NotSent(f"{where}: {_words(str(problem))}") from None
    except ssl.SSLError as problem:
        raise NotSent(f"{where} has no certificate that can be trusted ({problem.reason or problem})") from None
    except OSError as problem:
        raise NotSent(f"{where} cannot be reached ({problem.strerror or problem})") from None


def _words(said: str | bytes) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(text.split())[:200]
