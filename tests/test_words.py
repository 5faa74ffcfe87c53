"""The words of readers: looked up, counted, and written as their language does; and an outlet's own
catalogs.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from babel.numbers import format_decimal
from markupsafe import Markup

from broadside.words import ENGLISH, Catalogs, in_english

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n{}\n'
EMPTY = HEAD.format("")
POLISH = HEAD.format(
    '"Plural-Forms: nplurals=3; plural=(n == 1 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 10 ||'
    ' n % 100 >= 20) ? 1 : 2);\\n"'
)


def outlets(folder: Path, lang: str = "en", **catalogs: str) -> Catalogs:
    for tag, text in catalogs.items():
        (folder / f"{tag}.po").write_text(text, "utf-8")
    return Catalogs(lang, folder)


@pytest.mark.parametrize(
    ("lang", "date", "month", "hour", "listed", "number"),
    [
        ("en", "1 March 2026", "March 2026", "1 March 2026, 09:05", "A, B and C", "1,234"),
        (
            "es",
            "1 de marzo de 2026",
            "marzo de 2026",
            "1 de marzo de 2026, 09:05",
            "A, B y C",
            "1234",
        ),
        ("fr", "1er mars 2026", "mars 2026", "1er mars 2026, 09:05", "A, B et C", "1\u202f234"),
        ("de", "1. März 2026", "März 2026", "1. März 2026, 09:05", "A, B und C", "1.234"),
        (
            "pt-BR",
            "1º de março de 2026",
            "março de 2026",
            "1º de março de 2026 09:05",
            "A, B e C",
            "1.234",
        ),
        ("it", "1° marzo 2026", "marzo 2026", "1° marzo 2026, 09:05", "A, B e C", "1.234"),
        ("ar", "1 مارس 2026", "مارس 2026", "1 مارس 2026، 9:05 ص", "A وB وC", "1,234"),
    ],
)
def test_dates_numbers_and_lists(
    lang: str, date: str, month: str, hour: str, listed: str, number: str
) -> None:
    words = Catalogs().of(lang)
    assert words.long_date("2026-03-01T09:05") == date
    assert words.month(2026, 3) == month
    assert words.date_and_hour("2026-03-01T09:05") == hour
    assert words.listed(["A", "B", "C"]) == listed
    assert words.number(1234) == number


@pytest.mark.parametrize("lang", Catalogs().languages)
def test_numbers_are_grouped_as_cldr_says(lang: str) -> None:
    for number in (7, 12_345, 1_234_567):
        assert Catalogs().of(lang).number(number) == format_decimal(
            number, locale=lang.replace("-", "_")
        )


def test_a_language_counts_in_its_own_way() -> None:
    said = [
        Catalogs().of("ar").ngettext("%(num)s story", "%(num)s stories", number)
        for number in (0, 1, 2, 3, 11, 100)
    ]
    assert said == ["لا مقالات", "مقال واحد", "مقالان", "3 مقالات", "11 مقالًا", "100 مقال"]
    scripts = Catalogs().of("ar").by_number("%(num)s story", "%(num)s stories")
    forms = [scripts["forms"][int(form)] for form in scripts["of"]]
    assert forms[100:103] == ["%(num)s مقال"] * 3
    assert forms[103] == "%(num)s مقالات"


def test_html_among_the_values_makes_html_in_which_all_else_is_escaped() -> None:
    said = ENGLISH.gettext("By %(names)s", names=ENGLISH.listed([Markup("<a>A</a>"), "B & C"]))
    assert said == Markup("By <a>A</a> and B &amp; C")


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("es", "es"), ("es-MX", "es-MX"), ("pt", "pt"), ("de-AT", "de-AT"), ("uk", "it"), ("", "it")],
)
def test_a_language_without_words_has_those_of_the_outlet(asked: str, spoken: str) -> None:
    assert Catalogs("it").of(asked).lang == spoken
    assert asked == "" or Catalogs("it").spoken(asked) == spoken


def test_an_outlet_changes_a_word_and_adds_a_language(tmp_path: Path) -> None:
    own = outlets(
        tmp_path,
        en=f'{EMPTY}\nmsgid "Keep reading"\nmsgstr "Read on"\n',
        es=f'{EMPTY}\nmsgid "Keep reading"\nmsgstr "Continúe"\n',
        pl=(
            f'{POLISH}\nmsgid "Latest"\nmsgstr "Najnowsze"\n\nmsgid "%(num)s story"\nmsgid_plural'
            ' "%(num)s stories"\nmsgstr[0] "%(num)s tekst"\nmsgstr[1] "%(num)s teksty"\nmsgstr[2]'
            ' "%(num)s tekstów"\n'
        ),
    )
    assert own.faults == []
    assert own.of("en").gettext("Keep reading") == "Read on"
    assert own.of("es").gettext("Keep reading") == "Continúe"
    assert own.of("es").gettext("Show less") == "Mostrar menos"
    polish = own.of("pl")
    assert polish.gettext("Latest") == "Najnowsze"
    assert [polish.ngettext("%(num)s story", "%(num)s stories", n) for n in (1, 2, 5)] == [
        "1 tekst",
        "2 teksty",
        "5 tekstów",
    ]
    assert polish.gettext("Show less") == "Show less", "what is not translated is English"
    assert own.digest != Catalogs().digest


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f'{EMPTY}\nmsg "Latest"\nmsgstr "Nuevo"\n', 6),
        (f'{EMPTY}\nmsgid "By %(names)s"\nmsgstr "Por %(name)s"\n', 6),
        (f'{EMPTY}\nmsgid "By %(names)s"\nmsgstr "100 % %(names)s"\n', 6),
        (
            (
                f'{EMPTY}\nmsgid "%(num)s story"\nmsgid_plural "%(num)s stories"\nmsgstr[0]'
                ' "%(num)s"\nmsgstr[1] "%(num)s"\n'
            ),
            6,
        ),
    ],
)
def test_a_mistake_in_an_outlets_catalog_has_its_place(
    tmp_path: Path, text: str, line: int
) -> None:
    own = outlets(tmp_path, es=text)
    (fault,) = own.faults
    assert (fault.path, fault.line, fault.severity, fault.code) == (
        str(tmp_path / "es.po"),
        line,
        "error",
        "words",
    )
    assert own.of("es").gettext("Keep reading") == "Seguir leyendo"
    assert own.of("es").gettext("By %(names)s", names="Ana") == "Por Ana"


def test_a_catalog_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "es.po").write_bytes(b"\xff\xfe")
    assert [fault.code for fault in Catalogs("es", tmp_path).faults] == ["words"]


def test_a_language_without_months_writes_dates_in_digits() -> None:
    words = Catalogs("ja").of()
    assert words.long_date("2026-03-01T09:05") == "2026-03-01"
    assert words.month(2026, 3) == "2026-03"
    assert words.date_and_hour("2026-03-01T09:05") == "2026-03-01, 09:05"


def test_english_words_are_said_to_be_that_where_an_element_can_stand(tmp_path: Path) -> None:
    japanese = (
        HEAD.format('"Plural-Forms: nplurals=1; plural=0;\\n"')
        + '\nmsgid "Latest"\nmsgstr "最新"\n'
    )
    words = outlets(tmp_path, "ja", ja=japanese).of(marks=True)
    said = words.gettext("By %(names)s", names=Markup("<b>田中</b>"))
    assert in_english(f"<p>{said}</p>") == '<p><span lang="en">By</span> <b>田中</b></p>'
    assert in_english(words.gettext("Latest")) == "最新"
    more = words.gettext("Keep reading")
    assert (
        in_english(f'<a title="{more}">{more}</a>')
        == '<a title="Keep reading"><span lang="en">Keep reading</span></a>'
    )
    assert (
        in_english(f"<title>{more}</title><!-- {more} -->")
        == "<title>Keep reading</title><!-- Keep reading -->"
    )
    script = f"<script>{json.dumps([more])}</script>"
    assert in_english(script) == '<script>["Keep reading"]</script>'
    assert (
        words.listed(["A", "B"])
        != in_english(words.listed(["A", "B"]))
        == 'A <span lang="en">and</span> B'
    )
    assert (
        in_english(words.ngettext("%(num)s story", "%(num)s stories", 2))
        == '2 <span lang="en">stories</span>'
    )


@pytest.mark.parametrize("lang", [*Catalogs().languages, "en-GB", "es-MX"])
def test_nothing_is_marked_in_a_language_that_is_whole(lang: str) -> None:
    words = Catalogs(lang)
    assert words.of(marks=True).gettext("Keep reading") == words.of().gettext("Keep reading")


def test_a_language_that_is_not_whole_is_one_warning(tmp_path: Path) -> None:
    for lang in (*Catalogs().languages, "en-GB", "es-MX"):
        assert outlets(tmp_path, lang).faults == []
    (none,) = outlets(tmp_path, "ja").faults
    assert (Path(none.path).name, none.severity, none.code) == (
        "pelicanconf.py",
        "warning",
        "words-lacking",
    )
    (one,) = outlets(tmp_path, "ja", ja=f'{EMPTY}\nmsgid "Latest"\nmsgstr "最新"\n').faults
    assert (one.path, one.code) == (str(tmp_path / "ja.po"), "words-lacking")
    assert one.hint != none.hint, "which is followed"
    numbers = [
        [int(word) for word in fault.message.split() if word.isdigit()] for fault in (none, one)
    ]
    assert numbers[0][0] == numbers[0][1] == numbers[1][0] + 1
