"""The mail of a round-up as MJML, as the HTML that mail programs show, as plain text, and as a
message that every provider accepts.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

import mrml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import Struct
from msgspec.structs import replace

from broadside.digests import digest
from broadside.plugins.roundup.letter import SUBJECT, Item, Letter, in_one_line, shortened, shorter

ADDRESS = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
MAILBOX = re.compile(rf'(?:"([^"\\<>]*)"|([^"\\<>,;@]*))\s*<({ADDRESS})>|({ADDRESS})')
"""A name, with or without quotation marks, and an address in angle brackets; or the address
alone.
"""
LONGEST = 254
AS_IT_IS = SMTP.clone(refold_source="none")
TEMPLATE = "roundup.mjml"
MOST = 100_000
"""The maximum size of a mail's HTML, in bytes: Gmail cuts a mail off at 102 KB, and with it the
link to unsubscribe.
"""
WIDTH = 72


class NoAddress(ValueError):
    """A text is not the address of a mailbox; the message says so."""


class Mailbox(Struct, frozen=True):
    """A mailbox, with its owner's name, which may be ""."""

    address: str
    name: str = ""

    @classmethod
    def of(cls, written: str) -> Mailbox:
        """A mailbox in the form that people write: "Halyard <weekly@halyard.example>", or the
        address alone.
        """
        # Not with email.utils: until Python 3.13 that takes the first of several addresses, and
        # ignores the rest.
        match = None
        if written.isprintable():
            match = MAILBOX.fullmatch(written.strip(" "))
        if match:
            quoted, name, bracketed, alone = match.groups("")
        else:
            quoted, name, bracketed, alone = ("", "", "", "")
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


class MailFailed(Exception):
    """The theme's template makes no valid mail; the message says why."""


def environment(*folders: Path) -> Environment:
    """The environment for templates from these folders, the first taking precedence; all text is
    escaped, because MJML is XML.
    """
    return Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def mail_of(letter: Letter, templates: Environment, most: int = MOST) -> tuple[str, str, Letter]:
    """The MJML and the HTML of a letter, and the letter itself, shortened if it was too long."""
    template = templates.get_template(TEMPLATE)
    words = letter.language
    for shown in shorter(letter):
        mjml = template.render(letter=shown, _=words.gettext, ngettext=words.ngettext)
        html = _html_of(mjml)
        if len(html.encode()) <= most:
            return mjml, html, shown
    raise MailFailed(
        f"the mail has more than {most:,} bytes without a single story; shorten its title or the"
        " template"
    )


def _html_of(mjml: str) -> str:
    try:
        # No includes, which would read files, and no fonts, which would be loaded from other sites.
        options = mrml.ParserOptions(include_loader=mrml.noop_loader())
        return (
            str(
                mrml.to_html(
                    mjml, parser_options=options, render_options=mrml.RenderOptions(fonts={})
                ).content
            )
            + "\n"
        )
    except OSError as problem:
        raise MailFailed(f"{TEMPLATE} is not valid MJML: {problem}") from None


def text_of(letter: Letter) -> str:
    """The letter as plain text in lines of 72 letters; an address is never broken."""
    return "\n\n".join(filter(None, _text_blocks(letter))) + "\n"


def _text_blocks(letter: Letter) -> Iterator[str]:
    outlet, words = letter.outlet, letter.language
    yield "\n".join(filter(None, (outlet.name.upper(), outlet.subtitle, letter.date)))
    yield _underlined(letter.title, "=")
    yield _wrapped(letter.dek)
    yield "\n\n".join(_paragraph(words) for words in letter.words.split("\n\n"))
    if not letter.entire:
        yield words.label(words.gettext("The note goes on here")) + f"\n{letter.page}"
    if letter.lead:
        yield "" if letter.is_of_lead else _underlined(words.gettext("First"), "-")
        yield _story_lines(replace(letter.lead, title="") if letter.is_of_lead else letter.lead)
    for name, _, items in letter.by_section:
        yield _underlined(name, "-")
        yield from map(_story_lines, items)
    if letter.briefs:
        yield _underlined(words.gettext("In brief"), "-")
        yield from (f"{_wrapped(item.title)}\n{item.url}" for item in letter.briefs)
    if letter.more:
        yield (
            words.label(words.ngettext("%(num)s more story", "%(num)s more stories", letter.more))
            + f"\n{letter.page}"
        )
    yield "-" * WIDTH
    yield words.label(words.gettext("On the web"), letter.page)
    yield words.label(words.gettext("Past round-ups"), letter.past) if letter.past else ""
    yield (
        words.label(words.gettext("Unsubscribe"), outlet.unsubscribe) if outlet.unsubscribe else ""
    )
    yield _wrapped(outlet.address)


def _story_lines(item: Item) -> str:
    return "\n".join(
        filter(None, (_wrapped(item.title), _wrapped(item.dek), _wrapped(item.byline), item.url))
    )


def _underlined(text: str, sign: str) -> str:
    lines = _wrapped(text)
    return f"{lines}\n{sign * max(map(len, lines.splitlines() or ['']))}"


def _paragraph(text: str) -> str:
    lines = text.splitlines()
    return "\n".join(_wrapped(line, "  " if line.startswith(("- ", "[")) else "") for line in lines)


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(
        text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _encoded_subject(subject: str) -> str:
    """The subject encoded for a header.

    The email package would take "=?…?=" in a headline for text that is already encoded, and decode
    it.
    """
    plain = subject.isascii() and "=?" not in subject
    return Header(subject, "us-ascii" if plain else "utf-8", header_name="Subject").encode(
        linesep="\r\n"
    )


def message_of(
    letter: Letter, html: str, text: str, sender: Mailbox, date: datetime
) -> EmailMessage:
    """The message of a letter, without a recipient; the same values give the same bytes."""
    mark = digest(letter.title, text, html, sender.address, date.isoformat())
    message = EmailMessage(policy=AS_IT_IS)
    message["From"] = sender.header
    message.set_raw("Subject", _encoded_subject(shortened(in_one_line(letter.title), SUBJECT)))
    message["Date"] = format_datetime(date)
    message["Message-ID"] = f"<roundup-{date:%Y-%m-%d}.{mark[:16]}@{sender.domain}>"
    if letter.outlet.unsubscribe:
        message["List-Unsubscribe"] = f"<{in_one_line(letter.outlet.unsubscribe)}>"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    # last, because earlier headers become those of the first part
    message["Content-Language"] = letter.lang
    message.set_boundary(f"=_{mark}")
    return message
