"""Finds front matter that is allowed but probably a mistake."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from html.entities import html5

from msgspec.structs import asdict

from broadside.faults import quoted
from broadside.front_matter.data import (
    NO_HEADLINES,
    OWN_OF,
    Correction,
    Data,
    StoryData,
    Written,
)
from broadside.markdown.guard import INLINE

FAR = timedelta(days=366)
"""How far in the future a story may be dated without a warning."""
AHEAD = timedelta(days=1)
"""How far in the future a date shown to readers may be, because it may have been written in another
time zone.
"""
MARKUP = re.compile(
    r"(?<![\w*])(\*{1,3})(?![\s*])[^*]{1,200}(?<!\s)\1(?![\w*])"
    r"|(?<!\w)(_{1,3})(?![\s_])[^_]{1,200}(?<!\s)\2(?!\w)"
    r"|\[[^\[\]]{1,200}\]\([^\s()]{1,500}\)"
    rf"|</?(?:{'|'.join(sorted(INLINE))})\b[^<>]{{0,200}}>"
    r"|</[a-z][a-z0-9]{0,20}\s?>|<[a-z][^<>]{0,200}=[^<>]{0,200}>"
    r"|&#x?[0-9a-f]{1,6};|&[a-z][a-z0-9]{1,30};",
    re.I,
)
"""Emphasis, a link, a tag, or a named character; a tag that is never allowed is not matched by its
bare name, which may be a word.
"""
SIGN = re.compile(r"[*_\[<&]")
"""The first character of markup; most texts have none, and searching for it takes a tenth of the
time.
"""
ROOM = {"front": 80, "section": 90, "search": 65, "social": 90}
"""How many characters each place has room for; search engines and previews cut the rest off."""
SCRIPT = re.compile("(LATIN|CYRILLIC|GREEK) ")
"""The script of a letter, in its name in Unicode."""
PLAIN = ("title", "name", "dek", "role", "alt", "caption", "credit")
"""Keys that hold plain text."""


def suspect(source: Data) -> Iterator[tuple[str, str, str, str]]:
    """Key, code, message and hint for everything in a source's front matter that its writer should
    look at again.
    """
    alt, title = getattr(source, "alt", ""), getattr(source, "title", "")
    if alt and _bare(alt) == _bare(title):
        yield (
            "alt",
            "photo-alt",
            "the alt text repeats the headline",
            "say what can be seen in the picture",
        )
    notes = {
        f"corrections.{number}.text": note.text for number, note in enumerate(_corrections(source))
    }
    headlines = _headlines(source)
    notes |= headlines
    for key, text in (plain_texts(source) | notes).items():
        if text and SIGN.search(text) and (markup := _markup(text)):
            hint = "take it out: this is plain text, and readers would see it as it is typed"
            yield key, "plain-text", f"{quoted(markup)} looks like markup", hint
    yield from _too_long(headlines)
    yield from _two_scripts(source)


def plain_texts(source: Data) -> dict[str, str]:
    """What a source says in keys that hold plain text."""
    given = getattr(source, "own", {}).items()
    own = {name: text for name, text in given if is_plain(name, type(source))}
    return {key: getattr(source, key, "") for key in PLAIN} | own


def is_plain(name: str, kind: type[Data]) -> bool:
    """Whether a key of a plugin holds plain text in a kind of source."""
    declared = OWN_OF[kind][name]
    return bool(
        declared.type and declared.key.in_type and not declared.entry and not declared.several
    )


def _two_scripts(source: Data) -> Iterator[tuple[str, str, str, str]]:
    """Each word of a byline that mixes letters of two scripts, as the name of somebody else would
    who poses as an author.
    """
    names = {
        "name": [getattr(source, "name", "")],
        "authors": [name for name, _ in getattr(source, "authors", ())],
    }
    words = [
        (key, word)
        for key in names
        for name in names[key]
        if not name.isascii()
        for word in name.split()
    ]
    for key, word in words:
        letters = [SCRIPT.match(unicodedata.name(char, "")) for char in word]
        scripts = sorted({letter[1].lower() for letter in letters if letter})
        if len(scripts) > 1:
            message = f"the word {quoted(word)} mixes {' and '.join(scripts)} letters"
            yield key, "character", message, "type it again on one keyboard"


def _headlines(source: Data) -> dict[str, str]:
    """The headlines of a story for certain places, by their keys."""
    if not isinstance(source, StoryData) or source.headlines == NO_HEADLINES:
        return {}
    return {f"headlines.{place}": text for place, text in asdict(source.headlines).items()}


def _too_long(headlines: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """The same as suspect() for each headline for which its place has no room."""
    for key, text in headlines.items():
        most = ROOM[key.partition(".")[2]]
        if len(text) > most:
            message = f"the headline has {len(text)} characters; there is room for some {most}"
            yield key, "headline-long", message, "shorten it"


def _markup(text: str) -> str:
    """The first markup in a text; a word between an ampersand and a semicolon counts only if it
    names a character.
    """
    found = (match[0] for match in MARKUP.finditer(text))
    return next(
        (each for each in found if each[0] != "&" or each[1] == "#" or each[1:] in html5), ""
    )


def _bare(line: str) -> str:
    """A line in lower case, without punctuation at its end."""
    return line.casefold().rstrip(" .!?…。！？")


def _corrections(source: Data) -> list[Correction]:
    if isinstance(source, StoryData):
        return source.corrections
    return []


def ahead(source: Written, now: datetime) -> Iterator[tuple[str, str, str, str]]:
    """The same as suspect() for each future day that a story or page shows its readers."""
    days = {f"corrections.{i}.date": each.date for i, each in enumerate(_corrections(source))}
    for key, day in ({"updated": source.updated} | days).items():
        if day and datetime.fromisoformat(day) > now + AHEAD:
            message = f"{quoted(day[:10])} has not come yet, and readers see it already"
            yield key, "date-ahead", message, "check the year, the month and the day"


def far(story: Written, now: datetime) -> Iterator[tuple[str, str, str, str]]:
    """The same as suspect() for a story held for so long that the year may be a typing error."""
    if datetime.fromisoformat(story.date) > now + FAR:
        message = f"it is held until {story.date[:10]}, more than a year from now"
        yield "date", "date-ahead", message, "check the year, the month and the day"
