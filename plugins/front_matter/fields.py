"""The kinds of value in front matter: each turns what was written into one clean form, or says what is wrong."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Any, NoReturn
from urllib.parse import quote, unquote

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from broadside.plugins.faults import near, quoted
from broadside.plugins.letters import UNPRINTABLE, direction_problem, named
from broadside.plugins.markup.guard import link_problem
from broadside.plugins.slugs import DEVICE_NAMES, LONGEST, slug_problem, slugify
from broadside.plugins.urls import last_part

LANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")
LONGEST_TEXT = 5_000
LONGEST_LIST = 200
HIDDEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
    "|(?<=[!-~])[\u200c\u200d](?=[!-~])"
)
"""Invisible characters; joiners only between the letters a-z, because other scripts and emoji need them."""
WITH_ROLE = re.compile(r"(?P<name>[^()]+?)\s*\((?P<role>[^()]+)\)")
ADDRESS = re.compile(r"(?:/[A-Za-z0-9._~%-]+)+/?")
FILE_NAME = re.compile(r"[^./\\\x00-\x1f:*?\"<>|][^/\\\x00-\x1f:*?\"<>|]*(?<!\.)")
"""A name that every system accepts, and that is not hidden."""
PHOTO_PATH = re.compile(r"[^/\\\x00-\x1f:?*\"<>|]+(?:/[^/\\\x00-\x1f:?*\"<>|]+)*")

STATUSES = ("draft", "published", "hidden", "withdrawn")


def refuse(code: str, message: str, hint: str = "", **more: Any) -> NoReturn:
    """Stop a validator with a fault's code, message and hint, and with anything else that is needed."""
    raise PydanticCustomError(code, "{message}", {"message": message, "hint": hint, **more})


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
    """The text in composed letters; refused if YAML's escapes bring in characters that a file may not have."""
    bad = UNPRINTABLE.search(value)
    if bad:
        refuse("control-character", f"holds U+{ord(bad[0]):04X}, which cannot be printed", "delete it")
    turn = direction_problem(value)
    if turn:
        refuse("direction", f"is hard to read: {turn[1]}", turn[2])
    return unicodedata.normalize("NFC", value)


def printed_name(value: Any) -> str:
    """Text that identifies a story or a person; it may not have hidden characters or any that change direction."""
    line = text(value)
    hidden = None if line.isprintable() else HIDDEN.search(line)
    if hidden:
        refuse("hidden-character", f"holds {named(hidden[0])}", "delete it; direction is set with lang:")
    return line


def topic(value: Any) -> str:
    """A free keyword, which also makes an address."""
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
        refuse("lang", f"{quoted(written)} is not a language tag", 'for example "en", "fr" or "pt-BR"')
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


def page_address(value: Any) -> str:
    """An http or https address."""
    written = web_address(value)
    if not written.startswith("http"):
        refuse("address", f"{quoted(written)} is not the address of a page", "start it with https://")
    return written


def site_address(value: Any) -> str:
    """An address below the site's top, such as /2019/03/old-slug/."""
    written = text(value)
    if not is_site_address(written):
        # As people copy it from elsewhere: with the host, a query, or letters as browsers show them.
        path = re.sub(r"https?://[^/]+|[?#].*", "", written)
        meant = quote(unquote(path))
        hint = f"write it as {meant}" if is_site_address(meant) else 'for example "/2019/03/old-slug/"'
        refuse("address", f"{quoted(written)} is not an address of this site", hint)
    return written


def is_site_address(written: str) -> bool:
    """Whether this is an address below the site's top for which any system can have a file."""
    parts = unquote(written).strip("/").split("/")
    good = (FILE_NAME.fullmatch(part) and part.split(".")[0].lower() not in DEVICE_NAMES for part in parts)
    return bool(ADDRESS.fullmatch(written)) and all(good) and all(len(part.encode()) <= 2 * LONGEST for part in parts)


def photo_path(value: Any) -> str:
    """A path below the content folder, with forward slashes."""
    written = text(value)
    if not _is_photo_path(written):
        # As a file manager or another program gives it: the whole path, or one with Windows backslashes.
        meant = re.sub(r"^.*(?=(?<![^/])photos/)", "", written.replace("\\", "/"))
        hint = f"write it as {meant}" if _is_photo_path(meant) else 'for example "photos/harbour.jpg"'
        refuse("photo-path", f"{quoted(written)} is not a path inside the content folder", hint)
    return written


def _is_photo_path(written: str) -> bool:
    is_path = bool(PHOTO_PATH.fullmatch(written)) and not written.startswith("~")
    return is_path and not {"..", "."} & set(written.split("/"))


def several(value: Any) -> list[Any]:
    """A list; one value counts as a list of one, and "a, b" or "a; b" as two values. A semicolon outranks commas."""
    if isinstance(value, list):
        return value
    if isinstance(value, str):
        return [part.strip() for part in value.split(";" if ";" in value else ",") if part.strip()]
    return [value]


def one_of(*words: str) -> BeforeValidator:
    """One of a few words, in any case."""
    known = {word.lower(): word for word in words}

    def check(value: Any) -> str:
        written = text(value)
        word = written.lower().replace("’", "'")
        if word not in known:
            message = (
                f"{quoted(written)} is none of {', '.join(words)}"
                if words[1:]
                else f"{quoted(written)} cannot be used here"
            )
            otherwise = "write one of these" if words[1:] else f"write {words[0]}, or delete the line"
            refuse("unknown-word", message, near(written, words) or otherwise)
        return known[word]

    return BeforeValidator(check)


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


def not_endless(values: list[Any]) -> list[Any]:
    """A list no longer than anybody would read."""
    if len(values) > LONGEST_LIST:
        refuse("too-long", f"has {len(values):,} entries; {LONGEST_LIST} at most", "keep those that matter most")
    return values


def no_twins(values: list[Any]) -> list[Any]:
    """A list without duplicates."""
    names = [str(value[0] if isinstance(value, tuple) else value) for value in not_endless(values)]
    first: dict[str, int] = {}
    twins = [number for number, name in enumerate(names) if first.setdefault(name.casefold(), number) != number]
    if twins:
        refuse("twice", f"names {quoted(names[twins[0]])} twice", "keep one", twins=twins)
    return values


def not_empty(values: list[Any]) -> list[Any]:
    """A list that is not empty."""
    if not values:
        refuse("empty", "is empty", "write something there, or delete it")
    return values


Text = Annotated[str, BeforeValidator(text)]
Name = Annotated[str, BeforeValidator(printed_name)]
Slug = Annotated[str, BeforeValidator(slug)]
Language = Annotated[str, BeforeValidator(language)]
WebAddress = Annotated[str, BeforeValidator(web_address)]
PageAddress = Annotated[str, BeforeValidator(page_address)]
SiteAddress = Annotated[str, BeforeValidator(site_address)]
PhotoPath = Annotated[str, BeforeValidator(photo_path)]
Status = Annotated[str, one_of(*STATUSES)]
PageStatus = Annotated[str, one_of(*STATUSES[:3])]
CorrectionType = Annotated[str, one_of("correction", "clarification", "update", "editor's note")]
Credited = Annotated[tuple[str, str], BeforeValidator(credited)]
Authors = Annotated[list[Credited], BeforeValidator(several), AfterValidator(no_twins), AfterValidator(not_empty)]
Topics = Annotated[list[Annotated[str, BeforeValidator(topic)]], BeforeValidator(several), AfterValidator(no_twins)]
SomeNames = Annotated[list[Name], BeforeValidator(several), AfterValidator(no_twins), AfterValidator(not_empty)]
Slugs = Annotated[list[Slug], BeforeValidator(several), AfterValidator(no_twins)]
Addresses = Annotated[list[SiteAddress], BeforeValidator(several), AfterValidator(no_twins)]
