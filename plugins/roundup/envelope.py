"""The mail of a round-up as a file that every provider and mail program accepts: headers, plain text and HTML."""

from __future__ import annotations

import re
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from msgspec import Struct

from broadside.digests import digest
from broadside.plugins.roundup.letter import SUBJECT, Letter, line, shortened

ADDRESS = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
MAILBOX = re.compile(rf'(?:"([^"\\<>]*)"|([^"\\<>,;@]*))\s*<({ADDRESS})>|({ADDRESS})')
"""A name, with or without quotation marks, and an address in angle brackets; or the address alone."""
LONGEST = 254
AS_IT_IS = SMTP.clone(refold_source="none")


class NoAddress(ValueError):
    """A text is not the address of a mailbox; the message says so."""


class Mailbox(Struct, frozen=True):
    """A mailbox, with its owner's name, which may be ""."""

    address: str
    name: str = ""

    @classmethod
    def of(cls, written: str) -> Mailbox:
        """The mailbox from the form that people write: "Halyard <weekly@halyard.example>", or the address alone."""
        # Not with email.utils: until Python 3.13 that takes the first of several addresses, and ignores the rest.
        match = MAILBOX.fullmatch(written.strip(" ")) if written.isprintable() else None
        quoted, name, bracketed, alone = match.groups("") if match else ("", "", "", "")
        address = bracketed or alone
        if not address or len(address) > LONGEST:
            raise NoAddress(f"{written!r} is not the address of a mailbox")
        return cls(address, (quoted or name).strip())

    @property
    def domain(self) -> str:
        """The part after the @."""
        return self.address.rpartition("@")[2]

    @property
    def header(self) -> Address:
        """The mailbox in the form of a header."""
        return Address(self.name, addr_spec=self.address)


def _encoded(subject: str) -> str:
    """The subject encoded for a header.

    The email package would take "=?…?=" in a headline for text that is already encoded, and decode it.
    """
    plain = subject.isascii() and "=?" not in subject
    return Header(subject, "us-ascii" if plain else "utf-8", header_name="Subject").encode(linesep="\r\n")


def message_of(letter: Letter, html: str, text: str, sender: Mailbox, date: datetime) -> EmailMessage:
    """The message of a letter, without a recipient; the same values give the same bytes."""
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
    message["Content-Language"] = letter.lang  # last, because earlier headers become those of the first part
    message.set_boundary(f"=_{mark}")
    return message
