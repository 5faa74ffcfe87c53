"""Checks of single values in front matter: each normalizes what was written, or says what is wrong
with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, time, timedelta, timezone, tzinfo
from operator import itemgetter
from typing import Any
from urllib.parse import unquote

from msgspec import Struct

from broadside.dates import moment_of
from broadside.faults import culprit, did_you_mean, quoted
from broadside.letters import HIDDEN, UNPRINTABLE, named
from broadside.markdown.guard import link_problem
from broadside.slugs import DEVICE_NAMES, LONGEST, slug_problem, slugify
from broadside.urls import last_part
from broadside.validation import InContext, Refused, refuse

LANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")
LONGEST_TEXT = 5_000
WITH_ROLE = re.compile(r"(?P<name>[^()]+?)\s*\((?P<role>[^()]+)\)")
ADDRESS = re.compile(r"(?:/[A-Za-z0-9._~%-]+)+/?")
FILE_NAME = re.compile(r"[^./\\\x00-\x1f:*?\"<>|][^/\\\x00-\x1f:*?\"<>|]*(?<!\.)")
"""A file name that every system accepts, and that is not hidden."""

ISO_DATE = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.0+)?[ ]?(Z|[+-]\d\d:?\d\d)?)?", re.A
)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.A)


def text(value: Any) -> str:
    """One line of plain text."""
    if not isinstance(value, str):
        what = "set of keys"
        if isinstance(value, list):
            what = "list"
        refuse("value", f"must be a line of text, not a {what}", "write it in one line, in quotes")
    if len(value) > LONGEST_TEXT:
        refuse("too-long", f"has {len(value):,} characters; {LONGEST_TEXT:,} at most", "shorten it")
    if not value.isascii() or not value.isprintable():
        value = _readable(value)
    line = " ".join(value.split())
    if not line:
        refuse("empty", "is empty", "write something there, or delete it")
    return line


def _readable(value: str) -> str:
    """The text with composed letters (NFC); refuses characters that may not be in a file, which
    YAML's escapes can bring in.
    """
    bad = UNPRINTABLE.search(value)
    if bad:
        refuse("character", f"holds U+{ord(bad[0]):04X}, which cannot be printed", "delete it")
    return unicodedata.normalize("NFC", value)


def printed_name(value: Any) -> str:
    """Text that identifies a story or a person; must not contain invisible characters, or any that
    change direction.
    """
    line = text(value)
    if line.isprintable():
        hidden = None
    else:
        hidden = HIDDEN.search(line)
    if hidden:
        refuse("character", f"holds {named(hidden[0])}", "delete it; direction is set with lang:")
    return line


def topic(value: Any) -> str:
    """A free keyword; an address is made from it."""
    line = printed_name(value)
    slug = slugify(line)
    problem = "cannot be spelled with the letters a-z"
    if slug:
        problem = slug_problem(slug, DEVICE_NAMES)
    if problem:
        message = (
            f"{quoted(line)} gives no address: {quoted(slug) + ' ' if slug else 'it '}{problem}"
        )
        refuse("slug", message, "use other words")
    return line


def slug(value: Any) -> str:
    """The last part of an address."""
    written = text(value)
    if problem := slug_problem(written):
        meant = slugify(last_part(unquote(written)).removesuffix(".md"))
        is_one = meant and not slug_problem(meant)
        hint = 'for example "cables-under-the-baltic"'
        if is_one:
            hint = f'write "{meant}"'
        refuse("slug", f"{quoted(written)} {problem}", hint)
    return written


def web_address(value: Any) -> str:
    """An http or https address, or mailto."""
    written = text(value)
    problem = link_problem(written)
    if problem and problem[0] == "preview-link":
        refuse(*problem[:2], "write the live site's address, which starts with https://")
    whole = written.startswith(("http://", "https://")) or (
        written.startswith("mailto:") and "@" in written
    )
    if problem or not whole or re.search(r'[<>"\\]', written):
        refuse("address", f"{quoted(written)} is not a web address", "start it with https://")
    return written


def page_address(value: Any) -> str:
    """An http or https address."""
    written = web_address(value)
    if not written.startswith("http"):
        refuse(
            "address", f"{quoted(written)} is not the address of a page", "start it with https://"
        )
    return written


def link(value: Any) -> str:
    """An address below the site's top, or an http or https address."""
    written = text(value)
    return site_address(written) if written.startswith("/") else page_address(written)


def is_site_address(written: str) -> bool:
    """Whether this is an address below the site's top, and its file could exist on any system."""
    parts = unquote(written).strip("/").split("/")
    good = (
        FILE_NAME.fullmatch(part) and part.split(".")[0].lower() not in DEVICE_NAMES
        for part in parts
    )
    return (
        bool(ADDRESS.fullmatch(written))
        and all(good)
        and all(len(part.encode()) <= 2 * LONGEST for part in parts)
    )


def several(value: Any) -> list[Any]:
    """A list; a single value is a list of one. "a, b" or "a; b" is two values, and if there is a
    semicolon, commas do not divide.
    """
    if isinstance(value, list):
        return value
    if isinstance(value, str):
        return [part.strip() for part in value.split(";" if ";" in value else ",") if part.strip()]
    return [value]


class OneOf(Struct, frozen=True):
    """One of a few words, in upper or lower case; if it `is_open`, its class also takes these
    written otherwise.
    """

    words: tuple[str, ...]
    is_open: bool = False

    def __call__(self, value: Any) -> str:
        """The word as declared."""
        written = text(value)
        word = written.lower().replace("’", "'")
        known = {word.lower().replace("’", "'"): word for word in self.words}
        if word in known:
            return known[word]
        raise Refused(
            "value", f"{quoted(written)} cannot be used here", did_you_mean(written, self.words)
        )


class Pattern(Struct, frozen=True):
    """A value that has a pattern: what it is, how to write it, and what is made of a match.

    The schema and the form of the browser have the pattern too; `is_number` says that YAML may take
    such a value for a number, and `is_words` that a # in it may be meant literally.
    """

    pattern: re.Pattern[str]
    what: str
    hint: str
    made: Callable[[re.Match[str]], Any] = itemgetter(0)
    code: str = "value"
    is_number: bool = False
    is_words: bool = False

    def __call__(self, value: Any) -> Any:
        """The clean form of what was written."""
        written = text(value)
        match = self.pattern.fullmatch(written)
        if not match:
            refuse(self.code, f"{quoted(written)} is not {self.what}", self.hint)
        return self.made(match)


def one_of(*words: str) -> OneOf:
    """A check for one of a few words, in upper or lower case."""
    return OneOf(words)


def credited(value: Any) -> tuple[str, str]:
    """A person and their role in the story: "Jane Doe (translated by)", or the keys name and
    role.
    """
    if isinstance(value, dict):
        extra = value.keys() - {"name", "role"}
        if extra:
            refuse(
                "unknown-key",
                f"{quoted(min(extra))} is not a key of an author",
                "known: name, role",
            )
        return printed_name(value.get("name", "")), text(value["role"]) if value.get("role") else ""
    line = printed_name(value)
    match = WITH_ROLE.fullmatch(line)
    if match:
        return (match["name"], match["role"].strip())
    return (line, "")


@InContext
def iso_date(value: Any, zone: tzinfo) -> str:
    """An ISO 8601 date, or date and time, as "2026-11-20T09:00:00+01:00" in the site's zone,
    whatever zone was written.
    """
    written = text(value)
    match = ISO_DATE.fullmatch(written)
    if match is None:
        refuse(
            "date", f"{quoted(written)} is not a date", "write it as 2026-11-20 or 2026-11-20T09:00"
        )
    day, clock, offset = match.groups()
    try:
        there = moment_of(f"{day}T{clock or '00:00'}{offset or ''}", zone)
        # a date alone stays on that day, even if the clock skips its first hour
        if there.time() != time():
            # A time within the hour that is skipped in spring becomes one in the next hour.
            there = there.astimezone(UTC).astimezone(there.tzinfo)
        sayable = _whole_minutes(there.utcoffset() or timedelta())
        return (there.astimezone(sayable) if offset else there.replace(tzinfo=sayable)).isoformat()
    except (ValueError, OverflowError):
        refuse(
            "date",
            f"{quoted(written)} is not a day of the calendar or a time of the day",
            "check year, month, day, hour and minute; midnight at the end of a day is the next day,"
            " without an hour",
        )


def _whole_minutes(offset: timedelta) -> tzinfo:
    """A time zone with an offset in whole minutes, because HTML and feeds cannot write seconds.

    Before there were time zones, towns kept solar time, and zone data still has it: Brussels was
    ahead by 17:30 minutes.
    """
    return timezone(offset - offset % timedelta(minutes=1))


@InContext
def true_or_day(value: Any, zone: tzinfo) -> str:
    """The mark of an edit that changed nothing of substance: true, or a day if an earlier edit was
    marked true.
    """
    written = text(value)
    if written.lower() == "true":
        return "true"
    if not ISO_DATE.fullmatch(written):
        refuse(
            "value",
            f"{quoted(written)} is neither true nor a day",
            "write true, or delete the line",
        )
    return str(iso_date(written, zone))


def _in_fours(match: re.Match[str]) -> str:
    digits = match[0].replace(" ", "").upper()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def _site_address(match: re.Match[str]) -> str:
    if not is_site_address(match[0]):
        refuse("address", f"{quoted(match[0])} is not {site_address.what}", site_address.hint)
    return match[0]


def any_case(word: str) -> str:
    """The pattern of a word in upper or lower case, for programs that know no flags."""
    return "".join(
        f"[{each.lower()}{each.upper()}]" if each.isalpha() else re.escape(each) for each in word
    )


PATH = r"(?!~)(?!(?:.*/)?[.]{1,2}(?:/|$))[^/\\\x00-\x1f:?*\"<>|]+(?:/[^/\\\x00-\x1f:?*\"<>|]+)*"
"""With forward slashes, and without a way up."""

language = Pattern(LANG, "a language", 'for example "en", "fr" or "pt-BR"', code="lang")
account = Pattern(
    re.compile(r"@[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]+"),
    "an account",
    "write it as @name@server.example",
    code="address",
)
signal_name = Pattern(
    re.compile(r"@?([A-Za-z_][A-Za-z0-9_]{2,31}\.[0-9]{2,9})"),
    "a user name of Signal",
    "it ends in a dot and digits, such as ana.42",
    code="address",
    made=itemgetter(1),
)
fingerprint = Pattern(
    re.compile(r"(?:[0-9a-fA-F] *){40}(?:(?:[0-9a-fA-F] *){24})?"),
    "the fingerprint of a PGP key",
    "copy it from the program that made the key: 40 digits and letters from A to F",
    _in_fours,
)
"""Of a key of OpenPGP, in version 4 or 6, in groups of four."""
site_address = Pattern(
    ADDRESS,
    "an address of this site",
    'for example "/2019/03/old-slug/"',
    code="address",
    made=_site_address,
)
"""An address below the site's top."""
photo_path = Pattern(
    re.compile(f"(?:/(?=photos/))?({PATH})"),
    "a path inside the content folder",
    'for example "photos/harbour.jpg"',
    code="photo-path",
    made=itemgetter(1),
)
"""With forward slashes; a / before photos/ is allowed, as editors in a browser write it."""


class InFiles(Pattern, frozen=True, kw_only=True):
    """The path of a file in files/; without `endings`, of any kind."""

    endings: tuple[str, ...] = ()


def in_files(what: str, hint: str, *endings: str) -> InFiles:
    """The check of a key that names such a file."""
    ends = "|".join(map(any_case, endings or [""]))
    pattern = re.compile(f"/?((?=files/){PATH}(?:{ends}))")
    return InFiles(pattern, what, hint, itemgetter(1), "file-path", endings=endings)


file_path = in_files("the path of a file in files/", 'for example "files/report.pdf"')
focus = Pattern(
    re.compile(r"(100|\d{1,2}) ?%[ ,]+(100|\d{1,2}) ?%", re.A),
    "a point of the picture",
    "write how far the subject is from the left and from the top, such as 30% 60%",
    lambda match: (int(match[1]), int(match[2])),
)
"""In whole percent, from the left and from the top."""
small_number = Pattern(
    re.compile("[1-9]|1[0-2]"),
    "a number from 1 to 12",
    "write a number, or delete the line",
    lambda match: int(match[0]),
    is_number=True,
)


class OfOutlet(Struct, frozen=True):
    """The check of a key that an outlet's own plugin added; it may fail in any way."""

    check: Callable[[str], str | int | float]

    def __call__(self, value: Any) -> str | int | float:
        """The result of that check for a line of text."""
        line = text(value)
        try:
            result = self.check(line)
        except ValueError:
            raise
        except Exception as problem:
            hint = (
                "this is a mistake in a plugin of the outlet; please report it to the person who"
                " runs the site"
            )
            raise Refused("own-check", f"cannot be checked: {culprit(problem)}", hint) from None
        if not isinstance(result, (str, int, float)):
            hint = "a check returns text or a number; please tell the person who runs the site"
            refuse("own-check", f"cannot be kept: its check returned {type(result).__name__}", hint)
        return result


WORDS = {text, printed_name, topic, credited}
"""The checks of words, in which a # may be meant literally."""
