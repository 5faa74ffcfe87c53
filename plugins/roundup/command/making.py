"""Makes the weekly round-up as a mail: ./inv roundup.

It writes files for any provider, and can send the mail to one address.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from email.message import EmailMessage
from email.utils import make_msgid
from functools import partial
from pathlib import Path

from jinja2 import Environment
from msgspec import Struct, convert

from broadside.build.reading import sound
from broadside.config.options import OptionRefused, Options, since_of
from broadside.content.addresses import editorial
from broadside.content.content import Content, ReadOptions
from broadside.content.records import Record
from broadside.deadline import within
from broadside.disk import write_whole
from broadside.faults import count, one_line
from broadside.folders import OUTLET
from broadside.front_matter.data import Written
from broadside.hiding import without_secrets
from broadside.look import colours
from broadside.media.derivatives import Photos
from broadside.plugins.roundup.content import ROUNDUPS
from broadside.plugins.roundup.edition import (
    DAYS,
    Chosen,
    Roundup,
    chosen,
    edition,
    week_begins,
)
from broadside.plugins.roundup.letter import Letter, Sender, letter_of
from broadside.plugins.roundup.mail import (
    Mailbox,
    NoAddress,
    environment,
    mail_of,
    message_of,
    text_of,
)
from broadside.plugins.roundup.settings import Letters, RoundupSettings
from broadside.settings import Settings
from broadside.site.all_terms import terms_of
from broadside.site.story import Maker
from broadside.site.texts import Texts
from broadside.words import ENGLISH

FOLDER = OUTLET / ".cache" / "roundup"
NAME = "roundup"
PATIENCE, DEADLINE = 30.0, 120.0
"""Seconds after which a silent mail server counts as unreachable."""
EXPLAINED = "./inv docs settings explains it"
HERE = ("localhost", "127.0.0.1", "::1")


class NotMade(Exception):
    """No mail can be made; the message says why."""


class Request(Struct, frozen=True):
    """The user's request: `since` and `to` as written, and the address to `send` to; "" if left
    out.
    """

    since: str = ""
    to: str = ""
    send: str = ""


class RoundupMade(Struct, frozen=True):
    """What was made, in words; `post` sends the mail and says so, and is None unless that was
    requested.
    """

    words: list[str]
    post: Callable[[], str] | None = None


def make(options: Options, request: Request) -> RoundupMade:
    """Make the mail of the newest published round-up, or of the week until now if there is no note.

    Raises FaultsFound if the content has errors, and NotMade.
    """
    recipient = None
    if request.send:
        recipient = _mailbox(request.send, "--send")
    content, reading, settings = sound(options)
    weeks = Weeks(content, reading, settings)
    roundup = weeks.newest(_since(request.since, reading))
    own = RoundupSettings.of(settings)
    least = own.ROUNDUP_LEAST
    if roundup.count < least:
        raise NotMade(_thin(roundup, least, options))
    folder = _folder(request.to, options, roundup)
    setting = own.ROUNDUP or Letters()
    outlet = Sender(
        settings.SITENAME,
        settings.SITESUBTITLE,
        reading.lang,
        reading.urls,
        colours(settings),
        setting.address,
        setting.unsubscribe,
        reading.words,
    )
    sender = None
    if setting.sender:
        sender = _mailbox(setting.sender, "the sender in the setting ROUNDUP")
    if recipient and sender is None:
        raise NotMade(f"--send needs the sender in the setting ROUNDUP; {EXPLAINED}")
    templates = environment(
        *map(Path, settings.THEME_TEMPLATES_OVERRIDES), Path(settings.THEME) / "templates"
    )
    mjml, html, letter = mail_of(letter_of(roundup, outlet), templates)
    text = text_of(letter)
    data = {"html": html.encode(), "txt": text.encode(), "mjml": mjml.encode()}
    post, without = None, []
    if sender is None:
        without = [f"No {NAME}.eml, because the setting ROUNDUP names no sender; {EXPLAINED}"]
    else:
        message = message_of(letter, html, text, sender, roundup.date)
        data["eml"] = bytes(message)
        post = None
        if recipient:
            post = partial(_posted, message, sender, recipient, setting)
    files = [f"  {os.path.relpath(path)}" for path in _written(folder, data)]
    return RoundupMade([*_lines(roundup, letter, weeks.waiting(), options), *files, *without], post)


class Weeks(Struct, frozen=True):
    """What round-ups are made from: the published notes and stories, and how a story is shown."""

    content: Content
    reading: ReadOptions
    settings: Settings

    def newest(self, begin: datetime | None) -> Roundup:
        """The newest round-up with a note if its week is not over, or one of the days until now."""
        now, zone = self.reading.now, self.reading.rules.zone
        notes = {
            date: note
            for note in ROUNDUPS.among(self.content)
            if self._is_out(note) and (date := note.date)
        }
        last = max(notes, default=None)
        if last is None or (now - last).days >= DAYS:
            since = begin or week_begins(now, "", (), zone)
            picked, words = self._chosen(since, now, ""), self.reading.words.of()
            dated = words.comma().join((self.settings.SITENAME, words.long_date(now)))
            return Roundup(
                title=picked.lead.title if picked.lead else dated,  # nobody opens a date
                dek="",
                slug=f"{now:%Y-%m-%d}",
                url="",
                date=now,
                since=since,
                chosen=picked,
                lang=self.reading.lang,
            )
        data = notes[last].data
        since = begin or week_begins(last, data.since, notes, zone)
        return edition(notes[last], self.content, since, self._chosen(since, last, data.lead))

    def waiting(self) -> str:
        """The path of an unpublished note for today, which does not count yet; "" if there is
        none.
        """
        day = f"{self.reading.now:%Y-%m-%d}"
        notes = (note for note in ROUNDUPS.among(self.content) if note.slug == day)
        return next((note.path for note in notes if not self._is_out(note)), "")

    def _is_out(self, record: Record[Written]) -> bool:
        return self.content.states[record.path] == "published"

    def _chosen(self, since: datetime, date: datetime, lead: str) -> Chosen:
        """The stories of a round-up; only those that may belong to it, by date or slug, are
        prepared.
        """
        photos = Photos(self.content.originals)
        terms = terms_of(self.content, photos)
        out = editorial(self.content)
        wanted = (
            story
            for story in out
            if story.slug == lead or (story.date and since <= story.date < date)
        )
        maker = Maker(
            self.content,
            self.reading,
            terms,
            photos,
            self.settings,
            Texts(Environment(autoescape=True)),
        )
        return chosen(map(maker.story, wanted), list(terms.sections.values()), since, date, lead)


def _since(written: str, reading: ReadOptions) -> datetime | None:
    moment = since_of(written, reading.rules.zone, "a day; write it as 2026-11-20")
    if moment and moment >= reading.now:
        raise OptionRefused(f'--since "{written}" is in the future', 2)
    return moment


def _mailbox(written: str, what: str) -> Mailbox:
    try:
        return Mailbox.of(written)
    except NoAddress as problem:
        raise NotMade(f"{what}: {problem}") from None


def _thin(roundup: Roundup, least: int, options: Options) -> str:
    number = count(roundup.count, "story")
    words = (
        f"{number} since {ENGLISH.long_date(roundup.since)}; a round-up needs {least}"
        " (ROUNDUP_LEAST)."
    )
    if roundup.record is None:
        return f"{words} Wait for more, or name an earlier day with --since."
    path = options.content_prefix + roundup.record.path
    return f"{words} Delete {path}, or make it a draft, and the next one will have its stories."


def _folder(to: str, options: Options, roundup: Roundup) -> Path:
    """The folder for the files; it is never in the site or among the stories."""
    folder = Path(to or FOLDER / roundup.slug)
    for taken in (options.output_path, options.content_path):
        if folder.resolve().is_relative_to(taken.resolve()):
            raise NotMade(
                f"--to {to} is in {taken}, where a mail does not belong; name another folder."
            )
    return folder


def _written(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for ending, data in files.items():
            write_whole(folder / f"{NAME}.{ending}", data)
    except OSError as problem:
        raise NotMade(
            f"{problem.filename or folder} cannot be written ({problem.strerror})."
        ) from None
    return [folder / f"{NAME}.{ending}" for ending in files]


def _posted(message: EmailMessage, sender: Mailbox, recipient: Mailbox, setting: Letters) -> str:
    """Send the mail, and say so; raises NotSent."""
    send(message, sender, recipient, MailServer.of(setting))
    return f"Sent to {recipient.address}, as a test."


def _lines(roundup: Roundup, letter: Letter, waiting: str, options: Options) -> Iterator[str]:
    """Lines about a mail, which the command prints before the paths of its files."""
    yield f"Subject: {one_line(letter.title)}"
    parts = []
    if roundup.chosen.lead:
        parts = ["one that leads"]
    parts += [
        f"{len(row)} in {one_line(section.name)}" for section, row in roundup.chosen.by_section
    ]
    if number := len(roundup.chosen.briefs):
        parts += [count(number, "brief")]
    yield (
        f"{count(roundup.count, 'story')} since {ENGLISH.long_date(roundup.since)}:"
        f" {', '.join(parts)}"
    )
    if letter.more:
        yield (
            f"{count(letter.more, 'story')} did not fit, because mail programs cut off longer"
            f" mails; the mail links to {letter.page}"
        )
    if roundup.record is None:
        path = f"{options.content_prefix}{waiting or f'roundups/{roundup.slug}.md'}"
        if waiting:
            yield f"Without a note: {path} is a draft, or its hour has not come."
        else:
            yield (
                f'Without a note: write one in {path}, with "title:" in its header, and it also'
                " gets a page."
            )


class NotSent(Exception):
    """The mail was not sent; the message says why, and what to do."""


class MailServer(Struct, frozen=True):
    """A mail server. With a `user`, the password is in the environment variable `password_env`."""

    host: str = ""
    port: int = 587
    starttls: bool = True
    user: str = ""
    password_env: str = ""

    @classmethod
    def of(cls, setting: Letters) -> MailServer:
        """The server in the setting ROUNDUP, which has already been checked."""
        server = convert(setting, cls, from_attributes=True)
        if not server.host:
            raise NotSent("the setting ROUNDUP names no host to send through")
        return server

    @property
    def password(self) -> str:
        """The password, which is in no file."""
        password = ""
        if self.password_env:
            password = os.environ.get(self.password_env, "")
        if not password:
            where = "nothing says where"
            if self.password_env:
                where = f"the environment variable {self.password_env} is not set"
            raise NotSent(f"the server wants a password for {self.user}, and {where}")
        return password


def send(message: EmailMessage, sender: Mailbox, to: Mailbox, server: MailServer) -> None:
    """Send the message to one address, with a new id: otherwise a second test would be taken for
    the first.
    """
    if server.user and not server.starttls and server.host not in HERE:
        raise NotSent(
            "the password would be sent without encryption; set starttls to True in the setting"
            " ROUNDUP"
        )
    password = ""
    if server.user:
        password = server.password
    message["To"] = to.header
    message.replace_header("Message-ID", make_msgid("roundup-test", sender.domain))
    where = f"{server.host}:{server.port}"

    def hand_over() -> None:
        with smtplib.SMTP(server.host, server.port, timeout=PATIENCE) as line:
            if server.starttls:
                line.starttls(context=ssl.create_default_context())
            if server.user:
                line.login(server.user, password)
            line.send_message(message, sender.address, [to.address])

    try:
        within(DEADLINE, hand_over)
    except TimeoutError:
        raise NotSent(f"{where} takes too long to answer") from None
    except (smtplib.SMTPException, OSError) as problem:  # an untrusted certificate is an OSError
        raise NotSent(one_line(without_secrets(f"{where}: {problem}", password))) from None
