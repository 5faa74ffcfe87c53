"""./inv words in an outlet: a catalog to begin with, which has every message and all that CLDR
knows.
"""

from __future__ import annotations

from gettext import c2py
from pathlib import Path

import polib
import pytest

from broadside.outlet import translating
from broadside.outlet.translating import CATALOGS, NotTranslated, begin, plurals_of
from broadside.words import PLURALS, Catalogs
from tests.checkout import checkout
from tests.sample import Outlet


@pytest.mark.parametrize(
    ("lang", "date", "month", "listed", "number"),
    [
        ("fa", "۲۵ نوامبر ۲۰۲۶،\u200f ۱۵:۰۵", "نوامبر ۲۰۲۶", "A،\u200f B، و C", "۱۲٬۳۴۵"),
        *(
            pytest.param(*each, marks=pytest.mark.slow)
            for each in (
                ("ja", "2026年11月25日 15:05", "2026年11月", "A、B、C", "12,345"),
                ("zh-Hant", "2026年11月25日 下午3:05", "2026年11月", "A、B和C", "12,345"),
                ("ko", "2026년 11월 25일 오후 3:05", "2026년 11월", "A, B 및 C", "12,345"),
                ("pl", "25 listopada 2026, 15:05", "listopada 2026", "A, B i C", "12\u00a0345"),
                ("th", "25 พฤศจิกายน ค.ศ. 2026 15:05 น.", "พฤศจิกายน 2026", "A B และC", "12,345"),
            )
        ),
    ],
)
def test_dates_numbers_and_lists_are_filled_in(
    tmp_path: Path, lang: str, date: str, month: str, listed: str, number: str
) -> None:
    begin(lang, tmp_path)
    catalogs = Catalogs(lang, tmp_path)
    assert {fault.code for fault in catalogs.faults} == {"words-lacking"}
    words = catalogs.of()
    assert words.date_and_hour("2026-11-25T15:05") == date
    assert words.month(2026, 11) == month
    assert words.listed(["A", "B", "C"]) == listed
    assert words.number(12345) == number


@pytest.mark.parametrize(
    ("lang", "count", "forms"),
    [
        ("pl", 3, "2011122222222"),
        ("ru", 3, "2011122222222"),
        ("ja", 1, "0000000000000"),
        ("fr", 2, "0011111111111"),
        ("ar", 6, "0123333333344"),
    ],
)
def test_there_are_as_many_plural_forms_as_whole_numbers_use(
    lang: str, count: int, forms: str
) -> None:
    rule = PLURALS.fullmatch(plurals_of(lang))
    assert rule
    form = c2py(rule[2])
    assert (int(rule[1]), "".join(str(form(number)) for number in range(13))) == (count, forms)


def test_every_message_is_there_with_its_context_and_the_most_seen_first(tmp_path: Path) -> None:
    path, number, empty = begin("ru", tmp_path)
    engines = polib.pofile(str(CATALOGS / "en.po"))
    catalog = polib.pofile(str(path))
    assert {(each.msgctxt, each.msgid) for each in catalog} == {
        (each.msgctxt, each.msgid) for each in engines
    }
    assert (number, empty) == (len(engines), len(catalog.untranslated_entries()))
    assert {len(entry.msgstr_plural) for entry in catalog if entry.msgid_plural} == {3}
    place: dict[tuple[str | None, str], int] = {
        (each.msgctxt, each.msgid): i for i, each in enumerate(catalog)
    }
    in_order = [
        (None, "Search"),
        (None, "Keep reading"),
        (None, "Page not found"),
        ("editor", "Topics"),
    ]
    found = [place[each] for each in in_order]
    assert found == sorted(found)
    assert place["month", "May"] < found[0]


def test_what_is_translated_is_kept(tmp_path: Path) -> None:
    path, _, empty = begin("ja", tmp_path)
    catalog = polib.pofile(str(path))
    entries = {entry.msgid: entry for entry in catalog}
    entries["Latest"].msgstr = "最新"
    entries["January"].msgstr = "睦月"
    entries["%(num)s min read"].msgstr_plural = {0: "%(num)s分"}
    catalog.remove(entries["Keep reading"])
    catalog.save(str(path))
    assert begin("ja", tmp_path)[2] == empty - 2
    words = Catalogs("ja", tmp_path).of()
    assert [words.gettext("Latest"), words.month(2026, 1), words.gettext("Keep reading")] == [
        "最新",
        "2026年睦月",
        "Keep reading",
    ]
    assert words.ngettext("%(num)s min read", "%(num)s min read", 1) == "1分"


def test_messages_of_plugins_are_there_unless_they_have_the_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, lang in (("court", "es"), ("port", "es"), ("port", "ja")):
        (tmp_path / name).mkdir(exist_ok=True)
        text = f'msgid "Of the {name}"\nmsgstr "{lang}"\n'
        (tmp_path / name / f"{lang}.po").write_text(text, "utf-8")
    monkeypatch.setattr(translating, "folders", lambda _: [tmp_path / "court", tmp_path / "port"])
    path, _, _ = begin("ja", tmp_path)
    found = {each.msgid: each.msgstr for each in polib.pofile(str(path))}
    assert found["Of the court"] == ""
    assert "Of the port" not in found


@pytest.mark.parametrize("lang", ["en", "es", "es-MX", "tlh"])
def test_a_language_that_is_whole_or_unknown_gets_no_file(tmp_path: Path, lang: str) -> None:
    with pytest.raises(NotTranslated, match=lang):
        begin(lang, tmp_path)
    assert not any(tmp_path.iterdir())


def test_the_command_writes_into_the_outlets_theme(tmp_path: Path) -> None:
    outlet = Outlet(
        tmp_path / "project",
        checkout(tmp_path / "project", 'DEFAULT_LANG = "ja"\nOUTLET_THEME = "theme"'),
    )
    tasks = outlet.project / "tasks.py"
    tasks.write_text("from broadside.tasks import *\n", "utf-8")
    done = outlet.run("words", cwd=outlet.project)
    assert done.returncode == 0, done.stderr
    assert "ja.po" in done.stdout
    assert (outlet.project / "theme" / "words" / "ja.po").is_file()
