"""Checks of single values in front matter: each normalizes what was written, or says what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, time, timedelta, timezone, tzinfo
from typing import Any
from urllib.parse import quote, unquote

from msgspec import Struct

from broadside.dates import moment_of
from broadside.faults import culprit, did_you_mean, quoted
from broadside.front_matter.vocabulary import PODCAST_CATEGORIES
from broadside.letters import HIDDEN, UNPRINTABLE, direction_problem, named
from broadside.markdown.guard import link_problem
from broadside.media.files import AUDIO, TRANSCRIPT, ending_of
from broadside.slugs import DEVICE_NAMES, LONGEST, slug_problem, slugify
from broadside.urls import last_part
from broadside.validation import InContext, Refused, refuse

LANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")
LONGEST_TEXT = 5_000
WITH_ROLE = re.compile(r"(?P<name>[^()]+?)\s*\((?P<role>[^()]+)\)")
ACCOUNT = re.compile(r"@[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]+")
ADDRESS = re.compile(r"(?:/[A-Za-z0-9._~%-]+)+/?")
FILE_NAME = re.compile(r"[^./\\\x00-\x1f:*?\"<>|][^/\\\x00-\x1f:*?\"<>|]*(?<!\.)")
"""A file name that every system accepts, and that is not hidden."""
PHOTO_PATH = re.compile(r"[^/\\\x00-\x1f:?*\"<>|]+(?:/[^/\\\x00-\x1f:?*\"<>|]+)*")

SIGNAL = re.compile(r"@?([A-Za-z_][A-Za-z0-9_]{2,31}\.[0-9]{2,9})")
FINGERPRINT = re.compile(r"(?:[0-9a-fA-F] *){40}(?:(?:[0-9a-fA-F] *){24})?")
"""Of a key of OpenPGP, in version 4 or 6."""
GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
CATEGORIES = tuple(
    name for top, inner in PODCAST_CATEGORIES.items() for name in (top, *(f"{top} > {each}" for each in inner))
)
CHAPTER = re.compile(r"(?:(\d{1,2}):(?=\d\d:))?(\d{1,3}):([0-5]\d)(?:[.,]\d{3}(?!\d))?[ .:–-]*(?<=\W)(\S.*)", re.A)
SEVERAL_CHAPTERS = re.compile(r"(?:\n|\s-)\s*\d{1,3}:[0-5]\d")
"""Where a second chapter begins, if YAML took several for one text."""
FOCUS = re.compile(r"(\d{1,3}) ?%[ ,]+(\d{1,3}) ?%", re.A)

ISBN = re.compile(r"\d{9}[\dX]|97[89]\d{10}", re.A)
RATING = re.compile(r"(\d{1,3})([.,]5|½)? ?(?:of|/) ?([2-9]|[1-9]\d|100)", re.A)
ISO_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.0+)?[ ]?(Z|[+-]\d\d:?\d\d)?)?", re.A)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.A)


def text(value: Any) -> str:
    """One line of plain text."""
    if not isinstance(value, str):
        what = "list" if isinstance(value, list) else "set of keys"
        refuse("not-text", f"must be a line of text, not a {what}", "write it in one line, in quotes")
    if len(value) > LONGEST_TEXT:
        refuse("too-long", f"has {len(value):,} characters; {LONGEST_TEXT:,} at most", "shorten it")
    if not value.isascii() or not value.isprintable():
        value = _readable(value)
    line = " ".join(value.split())
    if not line:
        refuse("empty", "is empty", "write something there, or delete it")
    return line


def _readable(value: str) -> str:
    """The text with composed letters (NFC); refuses characters that may not be in a file, which YAML's escapes can bring in."""
    bad = UNPRINTABLE.search(value)
    if bad:
        refuse("character", f"holds U+{ord(bad[0]):04X}, which cannot be printed", "delete it")
    turn = direction_problem(value)
    if turn:
        refuse("character", f"is hard to read: {turn[1]}", turn[2])
    return unicodedata.normalize("NFC", value)


def printed_name(value: Any) -> str:
    """Text that identifies a story or a person; must not contain invisible characters, or any that change direction."""
    line = text(value)
    hidden = None if line.isprintable() else HIDDEN.search(line)
    if hidden:
        refuse("character", f"holds {named(hidden[0])}", "delete it; direction is set with lang:")
    return line


def topic(value: Any) -> str:
    """A free keyword; an address is made from it."""
    line = printed_name(value)
    slug = slugify(line)
    problem = slug_problem(slug, DEVICE_NAMES) if slug else "cannot be spelled with the letters a-z"
    if problem:
        message = f"{quoted(line)} gives no address: {quoted(slug) + ' ' if slug else 'it '}{problem}"
        refuse("topic", message, "use other words")
    return line


def slug(value: Any) -> str:
    """The last part of an address."""
    written = text(value)
    if problem := slug_problem(written):
        meant = slugify(last_part(unquote(written)).removesuffix(".md"))
        is_one = meant and not slug_problem(meant)
        hint = f'write "{meant}"' if is_one else 'for example "cables-under-the-baltic"'
        refuse("slug", f"{quoted(written)} {problem}", hint)
    return written


def language(value: Any) -> str:
    """A BCP 47 language tag."""
    written = text(value)
    if not LANG.fullmatch(written):
        refuse("lang", f"{quoted(written)} is not a language", 'for example "en", "fr" or "pt-BR"')
    return written


def web_address(value: Any) -> str:
    """An http or https address, or mailto."""
    written = text(value)
    problem = link_problem(written)
    if problem and problem[0] == "preview-link":
        refuse(*problem[:2], "write the live site's address, which starts with https://")
    whole = written.startswith(("http://", "https://")) or (written.startswith("mailto:") and "@" in written)
    if problem or not whole or re.search(r'[<>"\\]', written):
        refuse("address", f"{quoted(written)} is not a web address", "start it with https://")
    return written


def account(value: Any) -> str:
    """An account of the fediverse, as @name@server."""
    written = text(value)
    if not ACCOUNT.fullmatch(written):
        refuse("address", f"{quoted(written)} is not an account", "write it as @name@server.example")
    return written


def signal_name(value: Any) -> str:
    """A user name on Signal."""
    written = text(value)
    match = SIGNAL.fullmatch(written)
    if not match:
        refuse(
            "address", f"{quoted(written)} is not a user name of Signal", "it ends in a dot and digits, such as ana.42"
        )
    return match[1]


def fingerprint(value: Any) -> str:
    """The fingerprint of a PGP key, in groups of four."""
    written = text(value)
    if not FINGERPRINT.fullmatch(written):
        hint = "copy it from the program that made the key: 40 digits and letters from A to F"
        refuse("fingerprint", f"{quoted(written)} is not the fingerprint of a PGP key", hint)
    digits = written.replace(" ", "").upper()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def page_address(value: Any) -> str:
    """An http or https address."""
    written = web_address(value)
    if not written.startswith("http"):
        refuse("address", f"{quoted(written)} is not the address of a page", "start it with https://")
    return written


def thread(value: Any) -> str:
    """The https address of a page on which readers discuss something."""
    written = page_address(value)
    if not written.startswith("https://"):
        refuse("address", f"{quoted(written)} is not the address of a thread", "start it with https://")
    return written


def link(value: Any) -> str:
    """An address below the site's top, or an http or https address."""
    written = text(value)
    return site_address(written) if written.startswith("/") else page_address(written)


def site_address(value: Any) -> str:
    """An address below the site's top, such as /2019/03/old-slug/."""
    written = text(value)
    if not is_site_address(written):
        # People copy it from elsewhere: with the host, a query, or letters as browsers show them.
        path = re.sub(r"https?://[^/]+|[?#].*", "", written)
        meant = quote(unquote(path))
        hint = f"write it as {meant}" if is_site_address(meant) else 'for example "/2019/03/old-slug/"'
        refuse("address", f"{quoted(written)} is not an address of this site", hint)
    return written


def is_site_address(written: str) -> bool:
    """Whether this is an address below the site's top, and its file could exist on any system."""
    parts = unquote(written).strip("/").split("/")
    good = (FILE_NAME.fullmatch(part) and part.split(".")[0].lower() not in DEVICE_NAMES for part in parts)
    return bool(ADDRESS.fullmatch(written)) and all(good) and all(len(part.encode()) <= 2 * LONGEST for part in parts)


def photo_path(value: Any) -> str:
    """A path below the content folder, with forward slashes; a / before photos/ is allowed, as editors in a browser write it."""
    written = re.sub(r"^/(?=photos/)", "", text(value))
    if not _is_photo_path(written):
        # As a file manager or another program gives it: the full path, or one with backslashes.
        meant = re.sub(r"^.*(?=(?<![^/])photos/)", "", written.replace("\\", "/"))
        hint = f"write it as {meant}" if _is_photo_path(meant) else 'for example "photos/harbour.jpg"'
        refuse("photo-path", f"{quoted(written)} is not a path inside the content folder", hint)
    return written


def file_path(value: Any) -> str:
    """The path of a file in files/, below the content folder."""
    written = text(value).removeprefix("/")
    if not written.startswith("files/") or not _is_photo_path(written):
        meant = "files/" + re.sub(r"^.*/", "", written.replace("\\", "/"))
        hint = f"put it into files/, and write {meant}" if _is_photo_path(meant) else 'for example "files/report.pdf"'
        refuse("file-path", f"{quoted(written)} is not the path of a file in files/", hint)
    return written


def audio_path(value: Any) -> str:
    """The path of a recording in files/."""
    return _of_kind(file_path(value), AUDIO, "recording")


def transcript_path(value: Any) -> str:
    """The path of a transcript in files/."""
    return _of_kind(file_path(value), (TRANSCRIPT,), "transcript in WebVTT")


def _of_kind(path: str, endings: tuple[str, ...], what: str) -> str:
    if ending_of(path) not in endings:
        refuse("audio-kind", f"{quoted(path)} is not a {what}", f"such a file ends in {', '.join(endings)}")
    return path


def chapter(value: Any) -> tuple[int, str]:
    """A chapter of a recording: its start in seconds, and its title."""
    if SEVERAL_CHAPTERS.search(str(value)):
        refuse("chapter", "several chapters are in one line", 'write each on a line of its own, as "- 4:05 The weir"')
    written = printed_name(value)
    match = CHAPTER.fullmatch(written)
    if not match:
        hint = 'write when it begins and what it is called, such as "4:05 The weir"'
        refuse("chapter", f"{quoted(written)} is not a chapter", hint)
    hours, minutes, seconds, title = match.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds), title


def podcast_category(value: Any) -> str:
    """A category of Apple's, as "News > Politics" or "History"; the subcategory alone will do if it is unique."""
    written = text(value)
    parts = [_plain_category(part) for part in re.split(r"\s*[>›:/]\s*", written)]
    matches = [
        name for name in CATEGORIES if [_plain_category(part) for part in name.split(" > ")][-len(parts) :] == parts
    ]
    exact = [name for name in matches if name.count(">") == len(parts) - 1] or matches
    if len(exact) != 1:
        refuse("category", f"{quoted(written)} is not a category of Apple's", did_you_mean(written, CATEGORIES))
    return exact[0]


def _plain_category(name: str) -> str:
    return " ".join(name.lower().replace("&", " and ").split())


def email(value: Any) -> str:
    """An email address."""
    written = text(value).removeprefix("mailto:")
    if not re.fullmatch(r"[^@\s<>\"]+@(?:[^@\s<>\".]+\.)+[^@\s<>\".]{2,}", written):
        refuse("address", f"{quoted(written)} is not a mail address", "such as audio@outlet.example")
    return written


def podcast_guid(value: Any) -> str:
    """The identifier that a podcast brings along from its former host."""
    written = text(value)
    if not GUID.fullmatch(written):
        hint = "copy it from <podcast:guid> in its former feed, such as 917393e3-1b1e-5cef-ace4-edaa54e1f810"
        refuse("guid", f"{quoted(written)} is not the identifier of a podcast", hint)
    return written.lower()


def _is_photo_path(written: str) -> bool:
    is_path = bool(PHOTO_PATH.fullmatch(written)) and not written.startswith("~")
    return is_path and not {"..", "."} & set(written.split("/"))


def focus(value: Any) -> tuple[int, int]:
    """A point in a picture: its distance from the left and from the top, in whole percent."""
    written = text(value)
    match = FOCUS.fullmatch(written)
    point = (int(match[1]), int(match[2])) if match else (101, 101)
    if max(point) > 100:
        hint = "write how far the subject is from the left and from the top, such as 30% 60%"
        refuse("focus", f"{quoted(written)} is not a point of the picture", hint)
    return point


def several(value: Any) -> list[Any]:
    """A list; a single value is a list of one. "a, b" or "a; b" is two values, and if there is a semicolon, commas do not divide."""
    if isinstance(value, list):
        return value
    if isinstance(value, str):
        return [part.strip() for part in value.split(";" if ";" in value else ",") if part.strip()]
    return [value]


class OneOf(Struct, frozen=True):
    """One of a few words, in upper or lower case."""

    words: tuple[str, ...]

    def __call__(self, value: Any) -> str:
        """The word as declared."""
        written = text(value)
        word = written.lower().replace("’", "'")
        known = {word.lower().replace("’", "'"): word for word in self.words}
        if word in known:
            return known[word]
        raise Refused("unknown-word", f"{quoted(written)} cannot be used here", did_you_mean(written, self.words))


def one_of(*words: str) -> OneOf:
    """A check for one of a few words, in upper or lower case."""
    return OneOf(words)


def credited(value: Any) -> tuple[str, str]:
    """A person and their role in the story: "Jane Doe (translated by)", or the keys name and role."""
    if isinstance(value, dict):
        extra = value.keys() - {"name", "role"}
        if extra:
            refuse("unknown-key", f"{quoted(min(extra))} is not a key of an author", "known: name, role")
        return printed_name(value.get("name", "")), text(value["role"]) if value.get("role") else ""
    line = printed_name(value)
    match = WITH_ROLE.fullmatch(line)
    return (match["name"], match["role"].strip()) if match else (line, "")


@InContext
def iso_date(value: Any, zone: tzinfo) -> str:
    """An ISO 8601 date, or date and time, as "2026-11-20T09:00:00+01:00" in the site's zone, whatever zone was written."""
    written = text(value)
    match = ISO_DATE.fullmatch(written)
    if match is None:
        refuse("date", f"{quoted(written)} is not a date", "write it as 2026-11-20 or 2026-11-20T09:00")
    day, clock, offset = match.groups()
    try:
        there = moment_of(f"{day}T{clock or '00:00'}{offset or ''}", zone)
        if there.time() != time():  # a date alone stays on that day, even if the clock skips its first hour
            # A time within the hour that is skipped in spring becomes one in the next hour.
            there = there.astimezone(UTC).astimezone(there.tzinfo)
        sayable = _whole_minutes(there.utcoffset() or timedelta())
        return (there.astimezone(sayable) if offset else there.replace(tzinfo=sayable)).isoformat()
    except (ValueError, OverflowError):
        refuse(
            "date",
            f"{quoted(written)} is not a day of the calendar or a time of the day",
            "check year, month, day, hour and minute; midnight at the end of a day is the next day, without an hour",
        )


def _whole_minutes(offset: timedelta) -> tzinfo:
    """A time zone with an offset in whole minutes, because HTML and feeds cannot write seconds.

    Before there were time zones, towns kept solar time, and zone data still has it: Brussels was ahead by 17:30 minutes.
    """
    return timezone(offset - offset % timedelta(minutes=1))


@InContext
def true_or_day(value: Any, zone: tzinfo) -> str:
    """The mark of an edit that changed nothing of substance: true, or a day if an earlier edit was marked true."""
    written = text(value)
    if written.lower() == "true":
        return "true"
    if not ISO_DATE.fullmatch(written):
        refuse("unknown-word", f"{quoted(written)} is neither true nor a day", "write true, or delete the line")
    return str(iso_date(written, zone))


def year(value: Any) -> str:
    """A year."""
    written = text(value)
    if not re.fullmatch(r"\d{4}", written, re.A):
        refuse("date", f"{quoted(written)} is not a year", "write it with four digits, such as 2026")
    return written


def isbn(value: Any) -> str:
    """An ISBN of 10 or 13 digits, whose last digit follows from the others; spaces become hyphens."""
    written = text(value).removeprefix("ISBN").strip(" :").replace(" ", "-")
    digits = written.replace("-", "").upper()
    if not ISBN.fullmatch(digits):
        refuse("isbn", f"{quoted(written)} is not an ISBN", "copy it from the back of the book; it has 10 or 13 digits")
    numbers = [10 if digit == "X" else int(digit) for digit in digits]
    if len(digits) == 13:
        wrong = sum(numbers[::2] + [3 * number for number in numbers[1::2]]) % 10
    else:
        wrong = sum(number * weight for number, weight in zip(numbers, range(10, 0, -1), strict=True)) % 11
    if wrong:
        message = f"{quoted(written)} is not an ISBN: its last digit does not fit the others"
        refuse("isbn", message, "one of its digits is wrong; copy it again from the back of the book")
    return written


def rating(value: Any) -> tuple[float, int]:
    """Whole or half points, and how many there can be."""
    written = text(value)
    match = RATING.fullmatch(written)
    if not match:
        refuse("rating", f"{quoted(written)} is not a rating", 'write it as "4 of 5" or "3.5 of 5"')
    points, best = float(match[1]) + (0.5 if match[2] else 0), int(match[3])
    if points > best:
        refuse("rating", f"{quoted(written)} is out of range", f"write a number from 0 to {best} before it")
    return points, best


def small_number(value: Any) -> int:
    """A number from 1 to 12."""
    written = text(value)
    if not re.fullmatch("[1-9]|1[0-2]", written):
        refuse("number", f"{quoted(written)} is not a number from 1 to 12", "write a number, or delete the line")
    return int(written)


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
            hint = "this is a mistake in a plugin of the outlet; please report it to the person who runs the site"
            raise Refused("own-check", f"cannot be checked: {culprit(problem)}", hint) from None
        if not isinstance(result, (str, int, float)):
            hint = "a check returns text or a number; please tell the person who runs the site"
            refuse("own-check", f"cannot be kept: its check returned {type(result).__name__}", hint)
        return result


WORDS = {text, printed_name, topic, credited, chapter, podcast_category}
"""The checks of words, in which a # may be meant literally."""
