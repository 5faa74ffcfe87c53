"""Begins or completes an outlet's own catalog of words, ./inv words: every message, with what CLDR knows filled in."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import CalledProcessError

import polib
from jinja2 import Environment, FileSystemLoader, meta

from broadside.fetching import fetched
from broadside.folders import DOCS_AND_LOCKS, ENGINE, OUTLET
from broadside.words import FOLDER, PLURALS, SOURCE, Catalogs

CATALOGS = ENGINE / "theme" / FOLDER
BABEL = OUTLET / ".cache" / "words"
HEAD = {"MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit"}
EVERY_LANGUAGES = ("month", "date", "clock", "number", "list", "end of a list", "list of two", "month of a year")
"""Contexts that come first in a catalog, because dates and numbers are everywhere."""
OF_OWNERS = ("editor", "address", "section", "story type", "author", "role", "page", "first story")
"""Contexts of messages that readers never see as such: the editor in the browser, and what ./inv init writes."""
OF_A_STORY = 100
"""A story's page counts as so many kinds of page, because most pages are stories."""


class NotTranslated(Exception):
    """No catalog was written; says why."""


def begin(lang: str, folder: Path) -> tuple[Path, int, int]:
    """Write a catalog with every message, what is translated there included; its path, its messages, and how many are empty."""
    if Catalogs().spoken(lang) == lang:
        hint = "its catalog in theme/words has what you want otherwise; ./inv docs languages says how"
        raise NotTranslated(f"Broadside has the words of {lang}: {hint}")
    path = folder / f"{lang}.po"
    before = polib.pofile(str(path)) if path.is_file() else polib.POFile()
    old = {(entry.msgctxt or "", entry.msgid): entry for entry in before if not entry.obsolete}
    rule, given = _of_cldr(lang)
    rule = before.metadata.get("Plural-Forms", rule)
    forms = PLURALS.fullmatch(rule)
    after = polib.POFile(wrapwidth=120)
    after.metadata = {**HEAD, "Language": lang, "Plural-Forms": rule}
    for entry in most_seen_first(polib.pofile(str(CATALOGS / f"{SOURCE}.po"))):
        key = entry.msgctxt or "", entry.msgid
        if was := old.get(key):
            entry.msgstr, entry.msgstr_plural, entry.tcomment = was.msgstr, was.msgstr_plural, was.tcomment
            entry.flags = was.flags
        elif entry.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(range(int(forms[1]) if forms else 2), "")
        else:
            entry.msgstr = given.get(key, "")
        after.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{after}\n", "utf-8")
    return path, len(after), sum(not entry.translated() for entry in after)


def _of_cldr(lang: str) -> tuple[str, dict[tuple[str, str], str]]:
    if not importlib.util.find_spec("babel"):
        try:
            if fetched(BABEL, DOCS_AND_LOCKS / "requirements-words.lock"):
                print("Fetched Babel, which has the data of the Unicode CLDR.", file=sys.stderr)
        except CalledProcessError:
            raise NotTranslated("Babel, which has the data of the Unicode CLDR, could not be fetched") from None
        sys.path.append(str(BABEL))  # last: the packages of the environment's lock take precedence
    from babel import UnknownLocaleError

    from broadside.outlet.cldr import of_cldr, plurals_of

    try:
        given = of_cldr(lang)
        return plurals_of(lang), given | {("first day of a month", "1"): given["number", "1.5"][0]}
    except (UnknownLocaleError, ValueError):
        raise NotTranslated(f"CLDR, from which dates and numbers are filled in, does not know {lang}") from None


def most_seen_first(catalog: polib.POFile) -> list[polib.POEntry]:
    """The messages of the engine's catalog, those on the most pages first."""
    pages = _pages_with(ENGINE / "theme" / "templates")

    def place(entry: polib.POEntry) -> tuple[int, int]:
        kind = 0 if entry.msgctxt in EVERY_LANGUAGES else 2 if entry.msgctxt in OF_OWNERS else 1
        return kind, -max(pages.get(name, 1) for name, _ in entry.occurrences)

    return sorted((entry for entry in catalog if not entry.obsolete), key=place)


def _pages_with(templates: Path) -> dict[str, int]:
    """On how many kinds of page each template is, by the name of its file as catalogs have it."""
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
