"""Keeps the catalogs of words, theme/words/LANG.po: ./inv words.

Babel finds the messages in templates and code.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from babel.messages.extract import extract_from_dir

from broadside.doors import load
from broadside.folders import ENGINE
from broadside.front_matter.data import FORM
from broadside.outlet.starting import ADDRESSES
from broadside.outlet.translating import CATALOGS, HEAD, Key, of_cldr
from broadside.settings import pipeline
from broadside.words import SOURCE

DECLARED = "broadside/front_matter/data.py"
"""The file that declares keys, with what the editor in the browser says of them."""
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
CLDR = {
    "month",
    "date",
    "clock",
    "month of a year",
    "list",
    "list of two",
    "end of a list",
    "number",
}
"""Contexts of messages whose translation CLDR gives."""
PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "de": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=3; plural=(n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2);",
    "it": "nplurals=3; plural=(n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2);",
    "fr": "nplurals=3; plural=(n < 2 ? 0 : n % 1000000 == 0 ? 1 : 2);",
    "pt-BR": "nplurals=3; plural=(n < 2 ? 0 : n % 1000000 == 0 ? 1 : 2);",
    "ar": (
        "nplurals=6; plural=(n == 0 ? 0 : n == 1 ? 1 : n == 2 ? 2 : n % 100 >= 3 && n % 100 <= 10 ?"
        " 3 : n % 100 >= 11 ? 4 : 5);"
    ),
}
"""The rules for plurals that CLDR has, in gettext's form; a test compares them with Babel's."""


def found() -> dict[Key, tuple[str, list[str]]]:
    """Every message in templates and code by its context and itself: its plural, and the files that
    have it.
    """
    messages: dict[Key, tuple[str, list[str]]] = {}
    root = ENGINE.parent
    for folder in ("theme/templates", "plugins", "broadside"):
        for name, _, said, *_, context in sorted(
            _extracted(root / folder), key=lambda each: each[:2]
        ):
            one, many = said if isinstance(said, tuple) else (said, "")
            files = messages.setdefault((context or "", one), (many, []))[1]
            place = f"{folder}/{name}"
            if place not in files:
                files.append(place)
    load(pipeline())  # plugins declare keys too
    for said in FORM:
        files = messages.setdefault(("editor", said), ("", []))[1]
        if DECLARED not in files:
            files.append(DECLARED)
    messages |= {
        ("address", word): ("", ["broadside/outlet/starting.py"]) for word, _ in ADDRESSES.values()
    }
    return messages


def _extracted(folder: Path) -> Iterator[tuple[Any, ...]]:
    return extract_from_dir(
        str(folder),
        [
            ("**.html", "jinja2.ext:babel_extract"),
            ("**.mjml", "jinja2.ext:babel_extract"),
            ("**.py", "python"),
        ],
        OPTIONS,
        KEYWORDS,
    )


def update() -> list[str]:
    """Bring every catalog up to date: new messages without a translation, no old ones, CLDR's
    filled in; say what is lacking.
    """
    messages = found()
    words = []
    for lang in sorted({SOURCE, *PLURALS, *(path.stem for path in CATALOGS.glob("*.po"))}):
        path = CATALOGS / f"{lang}.po"
        before = polib.pofile(str(path)) if path.is_file() else polib.POFile()
        old = {(entry.msgctxt or "", entry.msgid): entry for entry in before}
        given = {} if lang == SOURCE else of_cldr(lang)
        after = polib.POFile(wrapwidth=120)
        after.metadata = {**HEAD, "Language": lang, "Plural-Forms": PLURALS.get(lang, "")}
        for (context, one), (many, files) in sorted(
            messages.items(), key=lambda each: (each[1][1][0], each[0])
        ):
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
        words.append(
            f"{lang}: {len(after)} messages"
            + (f", {len(lacking)} not translated" if lang != SOURCE else "")
        )
    return words


def every_string(lang: str) -> Iterator[str]:
    """Each message with its translation."""
    catalog = polib.pofile(str(CATALOGS / f"{lang}.po"))
    for entry in catalog:
        context = f"[{entry.msgctxt}] " if entry.msgctxt else ""
        forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        yield f"{context}{entry.msgid}"
        yield from (f"    {form or '(not translated)'}" for form in forms)
