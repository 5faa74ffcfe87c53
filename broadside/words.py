"""The words around stories, in the language of their readers: gettext catalogs,
theme/words/LANG.po.

The engine has one for each language that it ships; an outlet's own change words there or add a
language, and a plugin has its own messages in its folder words/. The messages themselves are in
English. A catalog also says how its language writes dates,
numbers and lists: these are messages too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from gettext import c2py
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from broadside.dates import as_moment
from broadside.digests import digest
from broadside.faults import Fault, quoted
from broadside.folders import CONF, ENGINE, OUTLET
from broadside.parts import folders
from broadside.settings import Settings

if TYPE_CHECKING:  # polib is loaded only for languages other than English
    import polib

SOURCE = "en"
FOLDER = "words"
PLURALS = re.compile(r"\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+);?\s*")
PLACEHOLDER = re.compile(r"%(?:\((\w+)\)s|(%)|(.?))", re.S)
ENGLISH_OPENS, ENGLISH_CLOSES = "\ue000", "\ue001"
"""Marks around English words in a page whose language lacks a translation; `in_english` makes HTML
of them.
"""
AROUND_VALUES = re.compile(r"(%\(\w+\)s)")
OF_HTML = re.compile(
    r"(<(?P<plain>script|style|title|textarea|option)\b.*?</(?P=plain)>|<!--.*?-->|<[^>]*>)",
    re.S | re.I,
)
"""Where no element is allowed: inside a tag, and in elements with plain text only."""
SYNTAX = re.compile(r"line (\d+)\)?(?:: (.*))?")
TRIED = 200
"""Numbers whose plural form scripts get; from there on, forms repeat with every hundred."""
Texts = dict[tuple[str, str], tuple[str, ...]]
"""Context and message -> its translation, or all its plural forms."""


def marked(context: str, message: str) -> tuple[str, str]:
    """A message that is translated elsewhere; ./inv words finds it by this."""
    return context, message


MONTHS = (
    *(marked("month", "January"), marked("month", "February"), marked("month", "March")),
    *(marked("month", "April"), marked("month", "May"), marked("month", "June")),
    *(marked("month", "July"), marked("month", "August"), marked("month", "September")),
    *(marked("month", "October"), marked("month", "November"), marked("month", "December")),
)
LABELS = {
    "correction": marked("type of note", "Correction"),
    "clarification": marked("type of note", "Clarification"),
    "update": marked("type of note", "Update"),
    "editor's note": marked("type of note", "Editor’s note"),
}
CREDITS = {
    ("photo", True): marked("credit", "Top photo credit:"),
    ("image", True): marked("credit", "Top image credit:"),
    ("photo", False): marked("credit", "Photo credit:"),
    ("image", False): marked("credit", "Image credit:"),
}
MAY_ALSO = {("clock", "%(hour)s:%(minute)s"): {"hour12", "period"}}
"""Placeholders that a translation may have besides those of the message: a clock of twelve
hours.
"""


def filled(text: str, values: Mapping[str, Any]) -> str:
    """The text with the values in place of its %(placeholders)s; HTML if one of the values is."""
    if not values and "%" not in text:
        return text
    return (
        escape(text) if any(isinstance(value, Markup) for value in values.values()) else text
    ) % values


def unmarked(text: str) -> str:
    """The text without marks around English words."""
    return text.replace(ENGLISH_OPENS, "").replace(ENGLISH_CLOSES, "")


def marked_as_english(message: str) -> str:
    """The message with marks around its words, but not around its placeholders, nor around the
    spaces beside them.

    A style sheet may make each element a box, at whose ends spaces are lost.
    """
    texts = AROUND_VALUES.split(message)
    for number, text in enumerate(texts):
        words = text.strip()
        if number % 2 == 0 and any(map(str.isalpha, words)):
            texts[number] = text.replace(words, f"{ENGLISH_OPENS}{words}{ENGLISH_CLOSES}")
    return "".join(texts)


def in_english(html: str) -> str:
    """The HTML with an element around marked words where one is allowed; in an attribute only the
    marks are removed.
    """
    if ENGLISH_OPENS not in html and "\\ue000" not in html:  # the usual case
        return html
    words = re.compile(f"{ENGLISH_OPENS}([^{ENGLISH_OPENS}{ENGLISH_CLOSES}]*){ENGLISH_CLOSES}")
    # a text, a tag, the name of its element if that holds plain text alone, a text …
    pieces = OF_HTML.split(html)
    pieces[::3] = [words.sub(r'<span lang="en">\1</span>', text) for text in pieces[::3]]
    del pieces[2::3]
    return re.sub(f"[{ENGLISH_OPENS}{ENGLISH_CLOSES}]|\\\\ue00[01]", "", "".join(pieces))


class Language:
    """The words of one language. Templates and plugins give messages in English, and values for the
    %(placeholders)s in them.

    Untranslated messages stay in English; if it `marks`, with marks around them.
    """

    def __init__(
        self,
        lang: str,
        texts: Texts | None = None,
        plural: Callable[[int], int] | None = None,
        *,
        marks: bool = False,
    ) -> None:
        self.lang = lang
        self._marks = marks and not self.is_english
        self._texts = texts or {}
        self._plural = plural or (lambda number: int(number != 1))
        self._dates: dict[tuple[int, int, int], str] = {}

    def __repr__(self) -> str:
        return f"<words of {self.lang}>"  # a page's digest includes all words anyway

    @property
    def is_english(self) -> bool:
        """Whether it is the language of the messages."""
        return self.lang.partition("-")[0].lower() == SOURCE

    def lacks(self, messages: Iterable[tuple[str, str]]) -> int:
        """How many of these messages, each after its context, have no translation."""
        if self.is_english:
            return 0
        return sum(message not in self._texts for message in messages)

    def _english(self, message: str) -> str:
        if self._marks:
            return marked_as_english(message)
        return message

    def gettext(self, message: str, **values: Any) -> str:
        """A message in this language."""
        return self.pgettext("", message, **values)

    def pgettext(self, context: str, message: str, /, **values: Any) -> str:
        """A message that may mean something else in another context."""
        found = self._texts.get((context, message))
        return filled(found[0] if found else self._english(message), values)

    def ngettext(self, one: str, many: str, num: int, **values: Any) -> str:
        """A message with a number in it, %(num)s, which decides between plural forms."""
        return self.npgettext("", one, many, num, **values)

    def npgettext(self, context: str, one: str, many: str, num: int, **values: Any) -> str:
        """A message with a number in it that may mean something else in another context."""
        return filled(self.form(one, many, num, context), {"num": self.number(num), **values})

    def form(self, one: str, many: str, num: int, context: str = "") -> str:
        """The plural form for a number, with its placeholders."""
        forms = self._texts.get((context, one))
        if forms is None:
            return self._english((one, many)[num != 1])
        return forms[min(self._plural(num), len(forms) - 1)]

    def by_itself(self, message: str) -> str:
        """A message whose placeholders a script fills in."""
        return self._texts.get(("", message), (message,))[0]

    def by_number(self, one: str, many: str) -> dict[str, Any]:
        """All plural forms, and the form for each number up to 199, for scripts to count by in any
        language.
        """
        of_numbers = [unmarked(self.form(one, many, number)) for number in range(TRIED)]
        forms = list(dict.fromkeys(of_numbers))
        return {"forms": forms, "of": "".join(str(forms.index(form)) for form in of_numbers)}

    @cached_property
    def _sample(self) -> str:
        return self.pgettext("number", "12,345")

    @cached_property
    def _digits(self) -> dict[int, str]:
        zero = ord(self._sample[0]) - 1
        if zero == ord("0"):
            return {}
        return {ord(str(digit)): chr(zero + digit) for digit in range(10)}

    def digits(self, number: int | str) -> str:
        """A number that is not a quantity, such as a year."""
        return str(number).translate(self._digits)

    def number(self, number: int) -> str:
        """A quantity, with the language's thousands separator; some languages use it only from
        10,000 on.
        """
        if number > 9999:
            sample = self._sample
        else:
            sample = self.pgettext("number", "1,234")
        between = next((sign for sign in sample if not sign.isdigit()), "")
        return f"{number:,}".translate(self._digits).replace(",", between)

    def file_size(self, size: int) -> str:
        """The size of a file in words: "240 KB", "1.2 MB"; a number below ten has one decimal,
        unless that is zero.
        """
        kilo = max(1, round(size / 1000))
        tenths = round(size / (100_000 if kilo < 1_000_000 else 100_000_000))
        whole, rest = divmod(tenths, 10)
        mark = self.pgettext("number", "1.5")[1:-1] or "."
        if rest and whole < 10:
            said = f"{self.digits(whole)}{mark}{self.digits(rest)}"
        else:
            said = self.number(round(tenths / 10))
        if kilo < 1000:
            made = self.pgettext("size of a file", "%(size)s KB", size=self.number(kilo))
        elif kilo < 1_000_000:
            made = self.pgettext("size of a file", "%(size)s MB", size=said)
        else:
            made = self.pgettext("size of a file", "%(size)s GB", size=said)
        return made.replace(" ", "\u00a0")

    def _month(self, number: int) -> str:
        return self.pgettext(*MONTHS[number - 1])

    @cached_property
    def _has_months(self) -> bool:
        """Whether dates can be written in words; if not, they are written in digits, as in ISO
        8601.
        """
        return self.is_english or any(month in self._texts for month in MONTHS)

    def long_date(self, when: datetime | str) -> str:
        """ "24 November 2026"."""
        date = as_moment(when)
        if not self._has_months:
            return self.digits(f"{date:%Y-%m-%d}")
        day = date.year, date.month, date.day
        if day not in self._dates:
            if date.day == 1:
                first = self.pgettext("first day of a month", "1")
            else:
                first = self.digits(date.day)
            parts = {"day": first, "month": self._month(date.month), "year": self.digits(date.year)}
            self._dates[day] = self.pgettext("date", "%(day)s %(month)s %(year)s", **parts)
        return self._dates[day]

    def month(self, year: int, month: int) -> str:
        """ "November 2026"."""
        if not self._has_months:
            return self.digits(f"{year}-{month:02}")
        return self.pgettext(
            "month of a year",
            "%(month)s %(year)s",
            month=self._month(month),
            year=self.digits(year),
        )

    def clock(self, when: datetime | str) -> str:
        """ "09:00"."""
        time = as_moment(when)
        return self.pgettext(
            "clock",
            "%(hour)s:%(minute)s",
            hour=self.digits(f"{time.hour:02}"),
            minute=self.digits(f"{time.minute:02}"),
            hour12=self.digits(time.hour % 12 or 12),
            period=self.pgettext("clock", "am") if time.hour < 12 else self.pgettext("clock", "pm"),
        )

    def playing_time(self, seconds: float) -> str:
        """A duration, or a moment in a recording: "4:05", "1:02:03"."""
        minutes, rest = divmod(round(seconds), 60)
        hours, minutes = divmod(minutes, 60)
        if hours:
            parts = [f"{hours}", f"{minutes:02}"]
        else:
            parts = [f"{minutes}"]
        return ":".join(map(self.digits, [*parts, f"{rest:02}"]))

    def to_the_minute(self, when: datetime | str) -> str:
        """ "24 November 2026, 09:00"."""
        return self.pgettext(
            "date", "%(date)s, %(clock)s", date=self.long_date(when), clock=self.clock(when)
        )

    def date_and_hour(self, when: datetime | str) -> str:
        """ "24 November 2026, 09:00"; at midnight the day alone, because then nobody wrote an
        hour.
        """
        date = as_moment(when)
        if date.hour or date.minute:
            return self.to_the_minute(date)
        return self.long_date(date)

    def separators(self, number: int) -> list[str]:
        """What follows each item of a list of this length, including the last: "A, B and C"."""
        if number < 2:
            return [""] * number
        last = self.pgettext("list of two", "%(first)s and %(second)s", first="\0", second="\0")
        if number > 2:
            last = self.pgettext(
                "end of a list", "%(first)s and %(second)s", first="\0", second="\0"
            )
        return [self.comma()] * (number - 2) + [last.split("\0")[1], ""]

    def comma(self) -> str:
        """The separator between the items of a list, with its space."""
        return self.pgettext("list", "%(first)s, %(second)s", first="\0", second="\0").split("\0")[
            1
        ]

    def listed(self, items: Sequence[str]) -> str:
        """The items as a list: "A, B and C"; as HTML if one of them is."""
        parts = [
            each for pair in zip(items, self.separators(len(items)), strict=True) for each in pair
        ]
        if any(isinstance(item, Markup) for item in items):
            return Markup("").join(parts)
        return "".join(parts)

    def label(self, label: str, text: str = "") -> str:
        """A label before what it is about: "Correction: The dam"."""
        before = self.pgettext("label", "%(label)s:", label=label)
        if text:
            return f"{before} {text}"
        return before

    def title(self, outlet: str, title: str) -> str:
        """The title of something of an outlet's: "Halyard: Corrections"."""
        if title:
            return self.label(outlet, title)
        return outlet

    def note(self, kind: str) -> str:
        """The name of a type of correction: "Editor’s note"."""
        return self.pgettext(*LABELS[kind])

    def credit(self, label: str, lead: bool) -> str:
        """What precedes a credit: "Top photo credit:"."""
        return self.pgettext(*CREDITS[label, lead])


ENGLISH = Language(SOURCE)


class Catalogs:
    """All languages of an outlet, each loaded when first needed; `lang` is the outlet's own.

    `folder` has the outlet's own catalogs, if any; `plugins` have those of the messages of plugins.
    """

    def __init__(
        self,
        lang: str = SOURCE,
        folder: Path | None = None,
        engine: Path = ENGINE / "theme" / FOLDER,
        plugins: Iterable[Path] = (),
    ) -> None:
        self.lang = lang
        self.folder = folder
        self._engines = _files(engine)
        if folder:
            self._own = _files(folder)
        else:
            self._own = {}
        self._words: dict[tuple[str, bool], Language] = {}
        self.faults: list[Fault] = []
        """What is wrong with the catalogs of the outlet and of plugins."""
        self._checked: dict[Path, tuple[Texts, str]] = {}
        self._of_plugins = [_files(each) for each in plugins]
        for files in self._of_plugins:
            for path in files.values():
                self._checked[path] = self._check(path)
        is_shipped = any(tag in self._engines for tag in self._tags(lang))
        if self._own or not is_shipped:
            known = _catalog(engine / f"{SOURCE}.po")
            for path in self._own.values():
                self._checked[path] = self._check(path, known)
            if folder and not is_shipped:
                self.faults += self._lacking(known, folder / f"{lang}.po")

    def __repr__(self) -> str:
        return f"<words {self.digest}>"

    @cached_property
    def digest(self) -> str:
        """The digest of all catalogs, and of which is the outlet's language."""
        catalogs = (self._engines, *self._of_plugins, self._own)
        files = [each for files in catalogs for each in files.items()]
        return digest(
            self.lang, *(part for tag, path in files for part in (tag, path.read_bytes()))
        )

    def of(self, lang: str = "", *, marks: bool = False) -> Language:
        """The words of a language, or those of the outlet's if there is no catalog for it.

        If it `marks`, there are marks around untranslated English, for templates.
        """
        lang = lang or self.lang
        if (lang, marks) not in self._words:
            other = lang != self.lang and not self._tags(lang)
            self._words[lang, marks] = (
                self.of(self.lang, marks=marks) if other else self._read(lang, marks)
            )
        return self._words[lang, marks]

    def spoken(self, lang: str) -> str:
        """The language of the words beside a text in this language: the same, or the outlet's."""
        if self._tags(lang):
            return lang
        return self.lang

    @property
    def languages(self) -> list[str]:
        """The tags of all languages that have words."""
        return sorted({SOURCE, *self._engines, *self._own}, key=str.lower)

    def _tags(self, lang: str) -> list[str]:
        """The catalogs for a language, the closest last: for es-MX those of es, then of es-MX; for
        pt that of pt-BR.
        """
        first, there = lang.partition("-")[0].lower(), self.languages
        close = [tag for tag in there if tag.lower() in (first, lang.lower())]
        close.sort(key=len)
        return close or [tag for tag in there if tag.partition("-")[0].lower() == first][:1]

    def _read(self, lang: str, marks: bool) -> Language:
        texts: Texts = {}
        rule = ""
        for tag in self._tags(lang) or [lang]:
            # The messages are in English, so the engine's English catalog is empty.
            if tag in self._engines and tag != SOURCE:
                catalog = _catalog(self._engines[tag])
                rule = catalog.metadata.get("Plural-Forms", "")
                texts |= _texts(catalog)
            for files in (*self._of_plugins, self._own):
                if tag in files:
                    own, own_rule = self._checked[files[tag]]
                    texts |= own
                    rule = rule or own_rule
        plural = PLURALS.fullmatch(rule)
        return Language(lang, texts, c2py(plural[2]) if plural else None, marks=marks)

    def _lacking(self, known: polib.POFile, path: Path) -> Iterator[Fault]:
        """A warning if the outlet's language, which the engine does not have, is incomplete."""
        number = self.of().lacks((entry.msgctxt or "", entry.msgid) for entry in known)
        if number:
            message = (
                f"{number} of {len(known)} messages are in English, because they are not translated"
                f" into {self.lang}"
            )
            command = f"./inv words --lang {self.lang}"
            if path.stem in self._own:
                where, hint = (
                    path,
                    (
                        f"translate those that are empty here; {command} adds any that are not"
                        " here yet"
                    ),
                )
            else:
                where = OUTLET / CONF
                hint = (
                    f"{command} writes them all into theme/{FOLDER}/{path.name}; then translate"
                    " those that are empty there"
                )
            yield Fault(str(where), 0, 0, "warning", "words-lacking", message, hint)

    def _check(self, path: Path, known: polib.POFile | None = None) -> tuple[Texts, str]:
        """The texts of a catalog of an outlet or a plugin, and its plural rule; none if it has a
        fault, which is kept.

        `known` are the messages that it may translate; those of a plugin are its own.
        """
        try:
            catalog = _catalog(path)
        except (OSError, ValueError) as problem:
            place = SYNTAX.search(str(problem))
            self._refuse(
                path, int(place[1]) if place else 1, f"the catalog cannot be read: {problem}"
            )
            return {}, ""
        engines = self._engines.get(path.stem)
        rule = (_catalog(engines) if engines else catalog).metadata.get("Plural-Forms", "")
        number = PLURALS.fullmatch(rule)
        messages = {(entry.msgctxt, entry.msgid): entry for entry in known or catalog}
        for entry in catalog:
            source = messages.get((entry.msgctxt, entry.msgid))
            misfit = source and problem_of(entry, source, int(number[1]) if number else 2)
            if misfit:
                self._refuse(path, entry.linenum or 1, f"{quoted(entry.msgid)}: {misfit}")
                return {}, ""
        return _texts(catalog), rule

    def _refuse(self, path: Path, line: int, message: str) -> None:
        hint = "./inv docs languages says how a message is written"
        self.faults.append(Fault(str(path), line, 0, "error", "words", message, hint))


def _files(folder: Path) -> dict[str, Path]:
    """The catalogs of a folder by their language tags."""
    return {path.stem: path for path in sorted(folder.glob("*.po"))}


def _catalog(path: Path) -> polib.POFile:
    import polib

    return polib.pofile(path.read_text("utf-8"))


def _texts(entries: Iterable[polib.POEntry]) -> Texts:
    texts: Texts = {}
    for entry in entries:
        if entry.msgid_plural:
            forms = tuple(entry.msgstr_plural.values())
        else:
            forms = (entry.msgstr,)
        if all(forms) and not entry.obsolete and not entry.fuzzy:
            texts[entry.msgctxt or "", entry.msgid] = forms
    return texts


def placeholders(text: str) -> set[str]:
    """The names of the %(placeholders)s in a text; an unreadable one has the name ""."""
    return {found[1] or "" for found in PLACEHOLDER.finditer(text) if not found[2]}


def problem_of(entry: polib.POEntry, source: polib.POEntry, count: int) -> str:
    """What is wrong with a translation; "" if nothing is.

    `count` is the number of plural forms in its language.
    """
    if entry.msgid_plural:
        forms = list(entry.msgstr_plural.values())
    else:
        forms = [entry.msgstr]
    wanted = 1
    if source.msgid_plural:
        wanted = count
    if len(forms) != wanted:
        return f"should have {wanted} forms, and not {len(forms)}"
    names = placeholders(source.msgid) | placeholders(source.msgid_plural or "")
    may = names | MAY_ALSO.get((source.msgctxt or "", source.msgid), set())
    for text in forms:
        if placeholders(text) - may:
            known = ", ".join(f"%({name})s" for name in sorted(may))
            return (
                f"{quoted(text)} may have no other placeholder than {known or 'none'}; a percent"
                " sign is written %%"
            )
    return ""


def functions(catalogs: Catalogs) -> dict[str, Callable[..., Any]]:
    """The functions for templates: each takes `lang` too, the language of a story, and by default
    uses the outlet's.
    """

    def says(name: str) -> Callable[..., Any]:
        def say(*said: Any, lang: str = "", **values: Any) -> Any:
            return getattr(catalogs.of(lang, marks=True), name)(*said, **values)

        return say

    names = (
        "gettext",
        "ngettext",
        "pgettext",
        "npgettext",
        "separators",
        "comma",
        "label",
        "note",
        "by_itself",
        "by_number",
    )
    return {name: says(name) for name in names} | {"_": says("gettext")}


def filters(catalogs: Catalogs) -> dict[str, Callable[..., Any]]:
    """The filters for dates and numbers, which accept a story's language, and the one for the
    language of the words beside it.
    """

    def of(name: str) -> Callable[..., Any]:
        return lambda value, lang="": getattr(catalogs.of(lang, marks=True), name)(value)

    names = (
        "long_date",
        "clock",
        "date_and_hour",
        "to_the_minute",
        "number",
        "digits",
        "listed",
        "playing_time",
    )
    return {name: of(name) for name in names} | {"spoken": catalogs.spoken}


def equip(environment: Any, catalogs: Catalogs) -> None:
    """Make an environment's templates speak the outlet's language."""
    environment.add_extension("jinja2.ext.i18n")
    environment.newstyle_gettext = True  # used by {% trans %} for its variables
    environment.globals.update(functions(catalogs))
    environment.filters.update(filters(catalogs))


def catalogs_of(settings: Settings) -> Catalogs:
    """The catalogs of an outlet, which has its own in its theme, and of plugins."""
    own = Path(settings.OUTLET_THEME, FOLDER)
    return Catalogs(settings.DEFAULT_LANG, own, plugins=folders(FOLDER))
