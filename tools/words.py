"""Keeps the catalogs of words, theme/words/LANG.po: ./inv words. Babel finds the messages in templates and code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from babel import Locale
from babel.messages.extract import extract_from_dir

from broadside.folders import ENGINE
from broadside.plugins.words import FOLDER, MONTHS, SOURCE

CATALOGS = ENGINE / "theme" / FOLDER
OPTIONS = {"**": {"trimmed": "true", "extensions": "jinja2.ext.i18n"}}
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "marked": ((1, "c"), 2),
    "by_itself": None,
    "by_number": (1, 2),
}
CLDR = {"month", "date", "clock", "month of a year", "list", "list of two", "end of a list", "number"}
"""Contexts of messages whose translation CLDR gives."""
CLDR_NAMES = {"pt-BR": "pt_BR", "en": "en_GB"}
HEAD = {"MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit"}
PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "de": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=3; plural=(n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2);",
    "it": "nplurals=3; plural=(n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2);",
    "fr": "nplurals=3; plural=(n < 2 ? 0 : n % 1000000 == 0 ? 1 : 2);",
    "pt-BR": "nplurals=3; plural=(n < 2 ? 0 : n % 1000000 == 0 ? 1 : 2);",
    "ar": (
        "nplurals=6; plural=(n == 0 ? 0 : n == 1 ? 1 : n == 2 ? 2 : n % 100 >= 3 && n % 100 <= 10 ? 3 : "
        "n % 100 >= 11 ? 4 : 5);"
    ),
}
"""The rules for plurals that CLDR has, in gettext's form; a test compares them with Babel's."""
Key = tuple[str, str]


def found() -> dict[Key, tuple[str, list[str]]]:
    """Every message in templates and code by its context and itself: its plural, and the files that have it."""
    messages: dict[Key, tuple[str, list[str]]] = {}
    root = ENGINE.parent
    for folder in ("theme/templates", "plugins", "broadside/desk"):
        for name, _, said, *_, context in sorted(_extracted(root / folder), key=lambda each: each[:2]):
            one, many = said if isinstance(said, tuple) else (said, "")
            files = messages.setdefault((context or "", one), (many, []))[1]
            place = f"{folder}/{name}"
            if place not in files:
                files.append(place)
    return messages


def _extracted(folder: Path) -> Iterator[tuple[Any, ...]]:
    return extract_from_dir(
        str(folder),
        [("**.html", "jinja2.ext:babel_extract"), ("**.mjml", "jinja2.ext:babel_extract"), ("**.py", "python")],
        OPTIONS,
        KEYWORDS,
    )


def of_cldr(lang: str) -> dict[Key, str]:
    """How a language writes dates, numbers and lists, from CLDR."""
    locale = Locale.parse(CLDR_NAMES.get(lang, lang))
    names = locale.months["format"]["wide"]
    given = {key: names[number] for number, key in enumerate(MONTHS, 1)}
    given["date", "%(day)s %(month)s %(year)s"] = _pattern(locale.date_formats["long"].pattern)
    given["month of a year", "%(month)s %(year)s"] = _pattern(locale.datetime_skeletons["yMMMM"].pattern)
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
    signs = locale.number_symbols[locale.default_numbering_system]
    between = signs["group"]
    given["number", "1.5"] = f"1{signs['decimal']}5"
    given["number", "12,345"] = f"12{between}345"
    given["number", "1,234"] = "1234" if lang in FOUR_TOGETHER else f"1{between}234"
    return given


FOUR_TOGETHER = ("es",)
"""Languages that put nothing between four digits: CLDR's minimumGroupingDigits, which Babel lacks."""
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
)


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


def update() -> list[str]:
    """Bring every catalog up to date: new messages without a translation, no old ones, CLDR's filled in; say what is lacking."""
    messages = found()
    words = []
    for lang in sorted({SOURCE, *PLURALS, *(path.stem for path in CATALOGS.glob("*.po"))}):
        path = CATALOGS / f"{lang}.po"
        before = polib.pofile(str(path)) if path.is_file() else polib.POFile()
        old = {(entry.msgctxt or "", entry.msgid): entry for entry in before}
        given = {} if lang == SOURCE else of_cldr(lang)
        after = polib.POFile(wrapwidth=120)
        after.metadata = {**HEAD, "Language": lang, "Plural-Forms": PLURALS.get(lang, "")}
        for (context, one), (many, files) in sorted(messages.items(), key=lambda each: (each[1][1][0], each[0])):
            entry = polib.POEntry(msgctxt=context or None, msgid=one, msgid_plural=many)
            entry.occurrences = [(file, "") for file in files[:3]]
            entry.flags = ["python-format"] if "%(" in one + many else []
            was = old.get((context, one))
            if many:
                number = int(PLURALS[lang].partition("=")[2].partition(";")[0])
                forms = was.msgstr_plural if was else {}
                entry.msgstr_plural = {form: forms.get(form, "") for form in range(number)}
            else:
                entry.msgstr = (was.msgstr if was else "") or given.get((context, one), "")
            if was:
                entry.tcomment = was.tcomment
            after.append(entry)
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{after}\n".replace("\n\n\n", "\n\n"), "utf-8")
        lacking = [entry for entry in after if not entry.translated()]
        words.append(f"{lang}: {len(after)} messages" + (f", {len(lacking)} not translated" if lang != SOURCE else ""))
    return words


def every_string(lang: str) -> Iterator[str]:
    """Each message with its translation."""
    catalog = polib.pofile(str(CATALOGS / f"{lang}.po"))
    for entry in catalog:
        context = f"[{entry.msgctxt}] " if entry.msgctxt else ""
        forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        yield f"{context}{entry.msgid}"
        yield from (f"    {form or '(not translated)'}" for form in forms)
