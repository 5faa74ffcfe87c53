"""The catalogs that the engine ships: complete, with the placeholders, plural forms and typography
of their languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from gettext import c2py

import polib
import pytest
from babel import Locale

from broadside.outlet.translating import CATALOGS, of_cldr
from broadside.words import PLURALS, placeholders, problem_of
from tools.words import CLDR, found

SHIPPED = {"en", "es", "fr", "de", "pt-BR", "it", "ar"}
TRANSLATED = sorted(SHIPPED - {"en"})
MAY_LACK = {"date", "clock", "month of a year"}
"""Contexts in which a language may leave a part out."""
NNBSP, NBSP = "\u202f", "\u00a0"


@cache
def catalog(lang: str) -> polib.POFile:
    return polib.pofile(str(CATALOGS / f"{lang}.po"))


def texts(lang: str) -> Iterator[str]:
    for entry in catalog(lang):
        if entry.msgctxt not in CLDR:
            yield from entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]


def test_these_languages_are_shipped() -> None:
    assert {path.stem for path in CATALOGS.glob("*.po")} == SHIPPED


def test_every_message_of_templates_and_code_is_there_and_no_other() -> None:
    messages = found().keys()
    for lang in SHIPPED:
        assert {(entry.msgctxt or "", entry.msgid) for entry in catalog(lang)} == messages, (
            f"{lang}: ./inv words"
        )


@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_message_is_translated_with_its_placeholders(lang: str) -> None:
    number = PLURALS.fullmatch(catalog(lang).metadata["Plural-Forms"])
    source = {(entry.msgctxt, entry.msgid): entry for entry in catalog("en")}
    assert number
    for entry in catalog(lang):
        assert entry.translated(), entry.msgid
        assert not entry.fuzzy
        message = source[entry.msgctxt, entry.msgid]
        assert problem_of(entry, message, int(number[1])) == ""
        if entry.msgctxt not in MAY_LACK:
            said = [placeholders(text) for text in entry.msgstr_plural.values()] or [
                placeholders(entry.msgstr)
            ]
            assert {*placeholders(message.msgid)} - {"num"} <= set.intersection(*said), entry.msgid


@pytest.mark.parametrize("lang", sorted(SHIPPED))
def test_plurals_are_those_of_cldr(lang: str) -> None:
    rule = PLURALS.fullmatch(catalog(lang).metadata["Plural-Forms"])
    assert rule
    cldr = Locale.parse(lang.replace("-", "_")).plural_form
    order = [
        tag
        for tag in ("zero", "one", "two", "few", "many", "other")
        if tag in {*cldr.rules, "other"}
    ]
    assert int(rule[1]) == len(order)
    ours = c2py(rule[2])
    for number in (*range(1200), 10_000, 1_000_000, 2_000_000, 1_000_001):
        assert order[ours(number)] == cldr(number), number


@pytest.mark.parametrize("lang", TRANSLATED)
def test_dates_numbers_and_lists_are_those_of_cldr(lang: str) -> None:
    written = {
        (entry.msgctxt or "", entry.msgid): entry.msgstr
        for entry in catalog(lang)
        if entry.msgctxt in CLDR
    }
    assert written == of_cldr(lang)


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_form_without_its_number_is_for_one_number_only(lang: str) -> None:
    rule = PLURALS.fullmatch(catalog(lang).metadata["Plural-Forms"])
    assert rule
    form_of = c2py(rule[2])
    for entry in catalog(lang):
        for form, text in entry.msgstr_plural.items():
            numbers = [number for number in range(1, 200) if form_of(number) == form]
            if "%(num)s" in entry.msgid_plural and "%(num)s" not in text:
                assert len(numbers) <= 1, (entry.msgid, text)


@pytest.mark.parametrize("lang", TRANSLATED)
def test_marks_are_a_typesetters(lang: str) -> None:
    for text in texts(lang):
        assert not re.search(r"[\"']|\.\.\.|--|  |^ | $", text), text


def test_french_has_narrow_spaces_that_do_not_break() -> None:
    for text in texts("fr"):
        assert not re.search(rf"[^{NNBSP}][;:!?»]|«[^{NNBSP}]", text), text


def test_german_quotes_are_low_and_high() -> None:
    for text in texts("de"):
        assert text.count("„") == text.count("“")
        assert not re.search("[”«»]| …", text), text


@pytest.mark.parametrize("lang", ["es", "it", "ar"])
def test_quotes_are_angles(lang: str) -> None:
    for text in texts(lang):
        assert text.count("«") == text.count("»")
        assert not re.search("[“”„]", text), text


def test_spanish_questions_open() -> None:
    for text in texts("es"):
        assert text.count("?") == text.count("¿")
        assert text.count("!") == text.count("¡")


def test_arabic_has_its_own_marks() -> None:
    for text in texts("ar"):
        assert not re.search("[,;?]", text), text
