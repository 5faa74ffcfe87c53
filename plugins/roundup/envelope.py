"""The mail of a round-up as a file that every provider and mail program takes: headers, plain text and HTML."""

from __future__ import annotations

import re
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from msgspec import Struct

from plugins.fingerprint import digest
from plugins.roundup.letter import SUBJECT, Letter, line, shortened

ADDRESS = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
MAILBOX = re.compile(rf'(?:"([^"\\<>]*)"|([^"\\<>,;@]*))\s*<({ADDRESS})>|({ADDRESS})')
"""A name in quotation marks or without, and an address in angle brackets; or the address alone."""
LONGEST = 254
AS_IT_IS = SMTP.clone(refold_source="none")


class NoAddress(ValueError):
    """What was given is not the address of a mailbox; says so."""


class Mailbox(Struct, frozen=True):
    """A mailbox, with the name of whom it belongs to, which may be ""."""

    address: str
    name: str = ""

    @classmethod
    def of(cls, written: str) -> Mailbox:
        """The mailbox as people write it: "Halyard <weekly@halyard.example>", or the address alone."""
        # Not by email.utils: until Python 3.13 that takes the first of several addresses, and anything behind it.
        found = MAILBOX.fullmatch(written.strip(" ")) if written.isprintable() else None
        quoted, name, bracketed, alone = found.groups("") if found else ("", "", "", "")
        address = bracketed or alone
        if not address or len(address) > LONGEST:
            raise NoAddress(f"{written!r} is not the address of a mailbox")
        return cls(address, (quoted or name).strip())

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.address.rpartition("@")[2]

    @property
    def header(self) -> Address:
        """The mailbox as a header says it."""
        return Address(self.name, addr_spec=self.address)


def _encoded(subject: str) -> str:
    """The subject in a header's letters.

    The email package would take "=?…?=" in a headline for letters that are encoded already, and decode whatever is there.
    """
    plain = subject.isascii() and "=?" not in subject
    return Header(subject, "us-ascii" if plain else "utf-8", header_name="Subject").encode(linesep="\r\n")


def message_of(letter: Letter, html: str, text: str, sender: Mailbox, date: datetime) -> EmailMessage:
    """The message of a letter, without a recipient: the same values give the same bytes."""
    mark = digest(letter.title, text, html, sender.address, date.isoformat())
    message = EmailMessage(policy=AS_IT_IS)
    message["From"] = sender.header
    message.set_raw("Subject", _encoded(shortened(line(letter.title), SUBJECT)))
    message["Date"] = format_datetime(date)
    message["Message-ID"] = f"<roundup-{date:%Y-%m-%d}.{mark[:16]}@{sender.domain}>"
    if letter.outlet.unsubscribe:
        message["List-Unsubscribe"] = f"<{line(letter.outlet.unsubscribe)}>"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = letter.lang  # last: what comes before belongs to the first part
    message.set_boundary(f"=_{mark}")
    return message
