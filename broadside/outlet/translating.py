"""Begins or completes an outlet's own catalog of words, ./inv words: every message, with CLDR's
data filled in.

The Unicode CLDR knows how languages write dates, numbers and lists; Babel, which contains it, is
fetched when it is first needed.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from subprocess import CalledProcessError
from typing import TYPE_CHECKING, Any

import polib
from jinja2 import Environment, FileSystemLoader, meta

from broadside.disk import write_whole
from broadside.fetching import fetched, search_in
from broadside.folders import DOCS_AND_LOCKS, ENGINE, OUTLET
from broadside.parts import folders
from broadside.words import FOLDER, MONTHS, PLURALS, SOURCE, TRIED, Catalogs

if TYPE_CHECKING:
    from babel import Locale

CATALOGS = ENGINE / "theme" / FOLDER
BABEL = OUTLET / ".cache" / "words"
HEAD = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
EVERY_LANGUAGES = (
    "month",
    "date",
    "clock",
    "number",
    "list",
    "end of a list",
    "list of two",
    "month of a year",
)
"""Contexts that come first in a catalog, because dates and numbers are everywhere."""
OF_OWNERS = ("editor", "address", "section", "story type", "author", "role", "page", "first story")
"""Contexts of messages that readers never see as such: the editor in the browser, and what ./inv
init writes.
"""
OF_A_STORY = 100
"""A story's page counts as this many kinds of page, because most pages are stories."""
CLDR_NAMES = {"pt-BR": "pt_BR", "en": "en_GB"}
FOUR_TOGETHER = ("es",)
"""Languages without a separator in four-digit numbers: CLDR's minimumGroupingDigits, which Babel
lacks.
"""
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
SMALL_TO_LARGE = ("zero", "one", "two", "few", "many")
"""CLDR's names of plural forms."""
Key = tuple[str, str]


class NotTranslated(Exception):
    """No catalog was written; the message says why."""


def begin(lang: str, folder: Path) -> tuple[Path, int, int]:
    """Write a catalog with every message, keeping translations; returns its path, its number of
    messages, and how many are empty.
    """
    if Catalogs().spoken(lang) == lang:
        hint = (
            "its catalog in theme/words has what you want otherwise; ./inv docs languages says how"
        )
        raise NotTranslated(f"Broadside has the words of {lang}: {hint}")
    path = folder / f"{lang}.po"
    if path.is_file():
        before = polib.pofile(str(path))
    else:
        before = polib.POFile()
    old = _once_each(before)
    rule, given = _rule_and_words(lang)
    rule = before.metadata.get("Plural-Forms", rule)
    forms = PLURALS.fullmatch(rule)
    after = polib.POFile(wrapwidth=120)
    after.metadata = {**HEAD, "Language": lang, "Plural-Forms": rule}
    engines = most_seen_first(polib.pofile(str(CATALOGS / f"{SOURCE}.po")))
    for key, entry in _once_each([*engines, *_of_plugins(lang)]).items():
        if was := old.get(key):
            entry.msgstr, entry.msgstr_plural, entry.tcomment = (
                was.msgstr,
                was.msgstr_plural,
                was.tcomment,
            )
            entry.flags = was.flags
        elif entry.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(range(int(forms[1]) if forms else 2), "")
        else:
            entry.msgstr = given.get(key, "")
        after.append(entry)
    write_whole(path, f"{after}\n".encode())
    return path, len(after), sum(not entry.translated() for entry in after)


def _once_each(entries: Iterable[polib.POEntry]) -> dict[Key, polib.POEntry]:
    return {(each.msgctxt or "", each.msgid): each for each in entries if not each.obsolete}


def _of_plugins(lang: str) -> Iterator[polib.POEntry]:
    """The messages of plugins that do not have them in this language."""
    for folder in folders(FOLDER):
        if not (folder / f"{lang}.po").is_file():
            for path in sorted(folder.glob("*.po")):
                yield from polib.pofile(str(path))


def _rule_and_words(lang: str) -> tuple[str, dict[Key, str]]:
    """The language's plural rule, and the messages that CLDR can fill in."""
    if not importlib.util.find_spec("babel"):
        try:
            if fetched(BABEL, DOCS_AND_LOCKS / "requirements-words.lock"):
                print("Fetched Babel, which has the data of the Unicode CLDR.", file=sys.stderr)
        except CalledProcessError:
            raise NotTranslated(
                "Babel, which has the data of the Unicode CLDR, could not be fetched"
            ) from None
        search_in(BABEL)
    from babel import UnknownLocaleError

    try:
        given = of_cldr(lang)
        return plurals_of(lang), given | {("first day of a month", "1"): given["number", "1.5"][0]}
    except (UnknownLocaleError, ValueError):
        raise NotTranslated(
            f"CLDR, from which dates and numbers are filled in, does not know {lang}"
        ) from None


def most_seen_first(catalog: polib.POFile) -> list[polib.POEntry]:
    """The messages of the engine's catalog, those on the most pages first."""
    pages = _pages_with(ENGINE / "theme" / "templates")

    def place(entry: polib.POEntry) -> tuple[int, int]:
        if entry.msgctxt in EVERY_LANGUAGES:
            kind = 0
        elif entry.msgctxt in OF_OWNERS:
            kind = 2
        else:
            kind = 1
        return kind, -max(pages.get(name, 1) for name, _ in entry.occurrences)

    return sorted((entry for entry in catalog if not entry.obsolete), key=place)


def _pages_with(templates: Path) -> dict[str, int]:
    """On how many kinds of page each template is, by the name of its file as in catalogs."""
    environment = Environment(loader=FileSystemLoader(templates), extensions=["jinja2.ext.i18n"])  # noqa: S701 -- nothing is rendered

    def within(name: str, met: set[str]) -> set[str]:
        if name not in met and (templates / name).is_file():
            met.add(name)
            for other in _named_in(environment, (templates / name).read_text("utf-8")):
                within(other, met)
        return met

    found: dict[str, int] = {}
    for page in sorted(templates.glob("*.html")):
        for name in within(page.name, set()):
            place = f"theme/templates/{name}"
            found[place] = found.get(place, 0) + (OF_A_STORY if page.name == "article.html" else 1)
    return found


def _named_in(environment: Environment, text: str) -> Iterator[str]:
    return (name for name in meta.find_referenced_templates(environment.parse(text)) if name)


def locale_of(lang: str) -> Locale:
    """CLDR's data for a language; raises babel.UnknownLocaleError or ValueError if there is
    none.
    """
    from babel import Locale

    return Locale.parse(CLDR_NAMES.get(lang, lang.replace("-", "_")))


def plurals_of(lang: str) -> str:
    """The plural rule of a language for whole numbers, in the form of catalogs."""
    from babel.plural import PluralRule, to_gettext

    rule = locale_of(lang).plural_form
    used = {rule(number) for number in range(TRIED)}
    kept = {tag: words for tag, words in rule.rules.items() if tag in used}
    # which is for fractions alone, as in Polish: the largest numbers take its place
    if "other" not in used:
        del kept[max(kept, key=SMALL_TO_LARGE.index)]
    return to_gettext(PluralRule(kept))


def of_cldr(lang: str) -> dict[Key, str]:
    """How a language writes dates, numbers and lists."""
    locale = locale_of(lang)
    long, month = locale.date_formats["long"].pattern, locale.datetime_skeletons["yMMMM"].pattern
    names = locale.months["format"]["wide"]
    # in digits, with a word after them, as in Chinese and Japanese
    if re.search(r"(?<!M)M(?!M)", long):
        after = locale.months["format"]["abbreviated"][1].removeprefix("1")
        names = {number: f"{number}{after}" for number in range(1, 13)}
        long, month = (
            re.sub(rf"(?<!M)M{re.escape(after)}", "MMMM", each) for each in (long, month)
        )
    given = {key: names[number] for number, key in enumerate(MONTHS, 1)}
    era = locale.eras["abbreviated"][1]
    given["date", "%(day)s %(month)s %(year)s"] = _pattern(long.replace("G", f"'{era}'"))
    given["month of a year", "%(month)s %(year)s"] = _pattern(month.replace("G", f"'{era}'"))
    given["clock", "%(hour)s:%(minute)s"] = _pattern(locale.time_formats["short"].pattern)
    for period in ("am", "pm"):
        given["clock", period] = locale.day_periods["format"]["abbreviated"][period]
    glue = locale.datetime_formats["medium"]
    given["date", "%(date)s, %(clock)s"] = glue.replace("{1}", "%(date)s").replace(
        "{0}", "%(clock)s"
    )
    lists = locale.list_patterns["standard"]
    for context, name, message in (
        ("list of two", "2", "%(first)s and %(second)s"),
        ("list", "middle", "%(first)s, %(second)s"),
        ("end of a list", "end", "%(first)s and %(second)s"),
    ):
        given[context, message] = (
            lists[name].replace("{0}", "%(first)s").replace("{1}", "%(second)s")
        )
    return given | _numbers(lang, locale)


def _numbers(lang: str, locale: Locale) -> dict[Key, str]:
    signs: Any = locale.number_symbols[locale.default_numbering_system]
    between = signs["group"]
    zero = ord("0" if lang in AS_WRITTEN else ZEROS.get(locale.default_numbering_system, "0"))
    digits = {ord(str(digit)): chr(zero + digit) for digit in range(10)}
    return {
        ("number", "1.5"): f"1{signs['decimal']}5".translate(digits),
        ("number", "12,345"): f"12{between}345".translate(digits),
        ("number", "1,234"): (
            ("1234" if lang in FOUR_TOGETHER else f"1{between}234").translate(digits)
        ),
    }


def _pattern(pattern: str) -> str:
    """A pattern of CLDR's with our placeholders; quoted parts of it are text."""
    out = []
    for number, piece in enumerate(pattern.split("'")):
        if number % 2:
            out.append(piece)
            continue
        rest = piece
        made = ""
        while rest:
            sign, name = next(
                ((sign, name) for sign, name in PARTS if rest.startswith(sign)), (rest[0], rest[0])
            )
            made, rest = made + name, rest[len(sign) :]
        out.append(made)
    return "".join(out)
