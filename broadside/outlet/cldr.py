"""How languages write dates, numbers and lists, from the Unicode CLDR, in the form of our messages."""

from __future__ import annotations

import re
from typing import Any

from babel import Locale
from babel.plural import to_gettext

from broadside.words import MONTHS

CLDR_NAMES = {"pt-BR": "pt_BR", "en": "en_GB"}
FOUR_TOGETHER = ("es",)
"""Languages that put nothing between four digits: CLDR's minimumGroupingDigits, which Babel lacks."""
ZEROS = {"arab": "٠", "arabext": "۰", "beng": "০", "deva": "०", "mymr": "၀"}
"""The digit zero of numbering systems other than ours."""
AS_WRITTEN = ("ar",)
"""Languages whose press mostly writes our digits, although CLDR has others."""
PARTS = (
    ("MMMM", "%(month)s"),
    ("LLLL", "%(month)s"),
    ("HH", "%(hour)s"),
    ("mm", "%(minute)s"),
    ("H", "%(hour)s"),
    ("h", "%(hour12)s"),
    ("d", "%(day)s"),
    ("y", "%(year)s"),
    ("a", "%(period)s"),
    ("B", "%(period)s"),
)
Key = tuple[str, str]


def locale_of(lang: str) -> Locale:
    """What CLDR knows of a language; raises babel.UnknownLocaleError or ValueError if that is nothing."""
    return Locale.parse(CLDR_NAMES.get(lang, lang.replace("-", "_")))


def plurals_of(lang: str) -> str:
    """The rule by which a language counts, as catalogs have it."""
    return to_gettext(locale_of(lang).plural_form)


def of_cldr(lang: str) -> dict[Key, str]:
    """How a language writes dates, numbers and lists."""
    locale = locale_of(lang)
    long, month = locale.date_formats["long"].pattern, locale.datetime_skeletons["yMMMM"].pattern
    names = locale.months["format"]["wide"]
    if re.search(r"(?<!M)M(?!M)", long):  # in digits, with a word after them, as in Chinese and Japanese
        after = locale.months["format"]["abbreviated"][1].removeprefix("1")
        names = {number: f"{number}{after}" for number in range(1, 13)}
        long, month = (re.sub(rf"(?<!M)M{re.escape(after)}", "MMMM", each) for each in (long, month))
    given = {key: names[number] for number, key in enumerate(MONTHS, 1)}
    era = locale.eras["abbreviated"][1]
    given["date", "%(day)s %(month)s %(year)s"] = _pattern(long.replace("G", f"'{era}'"))
    given["month of a year", "%(month)s %(year)s"] = _pattern(month.replace("G", f"'{era}'"))
    given["clock", "%(hour)s:%(minute)s"] = _pattern(locale.time_formats["short"].pattern)
    for period in ("am", "pm"):
        given["clock", period] = locale.day_periods["format"]["abbreviated"][period]
    glue = locale.datetime_formats["medium"]
    given["date", "%(date)s, %(clock)s"] = glue.replace("{1}", "%(date)s").replace("{0}", "%(clock)s")
    lists = locale.list_patterns["standard"]
    for context, name, message in (
        ("list of two", "2", "%(first)s and %(second)s"),
        ("list", "middle", "%(first)s, %(second)s"),
        ("end of a list", "end", "%(first)s and %(second)s"),
    ):
        given[context, message] = lists[name].replace("{0}", "%(first)s").replace("{1}", "%(second)s")
    return given | _numbers(lang, locale)


def _numbers(lang: str, locale: Locale) -> dict[Key, str]:
    signs: Any = locale.number_symbols[locale.default_numbering_system]
    between = signs["group"]
    zero = ord("0" if lang in AS_WRITTEN else ZEROS.get(locale.default_numbering_system, "0"))
    digits = {ord(str(digit)): chr(zero + digit) for digit in range(10)}
    return {
        ("number", "1.5"): f"1{signs['decimal']}5".translate(digits),
        ("number", "12,345"): f"12{between}345".translate(digits),
        ("number", "1,234"): ("1234" if lang in FOUR_TOGETHER else f"1{between}234").translate(digits),
    }


def _pattern(pattern: str) -> str:
    """A pattern of CLDR's with our placeholders; what it quotes is text."""
    out = []
    for number, piece in enumerate(pattern.split("'")):
        if number % 2:
            out.append(piece)
            continue
        rest = piece
        made = ""
        while rest:
            sign, name = next(((sign, name) for sign, name in PARTS if rest.startswith(sign)), (rest[0], rest[0]))
            made, rest = made + name, rest[len(sign) :]
        out.append(made)
    return "".join(out)
