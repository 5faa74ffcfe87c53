"""Straight marks become those that a typesetter would take, and nothing else changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.markdown.typography import curl, quotes_of
from tests.markdown.setting import SETTER, html_of, text_of

STRAIGHT = str.maketrans(dict.fromkeys('“”„«»‘’"', "'") | dict.fromkeys("-–—", "") | {"…": "..."})
"""All quotation marks as one: which is which depends on the language."""
PROSE = st.text(alphabet=" ab'\"-.,!?()[]/é\u00a0\n", max_size=40)


@pytest.mark.parametrize(
    ("written", "set_in_type"),
    [
        ("Don't, can't, O'Brien's", "Don’t, can’t, O’Brien’s"), ('"Yes," she said.', "“Yes,” she said."),
        ("\"'Hello,' she said.\"", "“‘Hello,’ she said.”"), ("\"'Tis true,' he said.\"", "“’Tis true,’ he said.”"),
        ("'He said \"no\" twice.'", "‘He said “no” twice.’"),
        ("\"She said 'yes.'\"--and left", "“She said ‘yes.’”–and left"), ('word--"quote"--word', "word–“quote”–word"),
        ('"I was---" he said', "“I was—” he said"), ('a/"b" and x="y" and ex-"z"', "a/“b” and x=“y” and ex-“z”"),
        ("the '90s, '24, '80s music", "the ’90s, ’24, ’80s music"),
        ("'2020 was' and '10,000 men'", "‘2020 was’ and ‘10,000 men’"),
        ("rock 'n' roll, 'til, 'em, 'cause", "rock ’n’ roll, ’til, ’em, ’cause"),
        ("wait... what....", "wait… what…."),
        ("1939-1945, a - b, ----, --> and <--", "1939-1945, a – b, ----, --> and <--"),
        ("¿\"Qué\"? «'a'»", "¿“Qué”? «‘a’»"),
        ('see https://x.org/a--b\'c and "https://x.org/d...e"', "see https://x.org/a--b’c and “https://x.org/d...e”"),
        ('"\n"a"', "”\n“a”"), ("“already ‘set’”—as it’s", "“already ‘set’”—as it’s"),
    ],
)  # fmt: skip
def test_english(written: str, set_in_type: str) -> None:
    assert curl(written) == set_in_type


@pytest.mark.parametrize(
    ("written", "set_in_type"),
    [
        ("l'été, d'accord -- oui...", "l’été, d’accord – oui…"),
        ("Er sagte \"nein\" und 'ja'.", "Er sagte \"nein\" und 'ja'."),
        ("м'ята, ם'א", "м’ята, ם’א"),
        ("Hans' Haus", "Hans' Haus"),
    ],
)
def test_a_text_of_no_language_keeps_its_quotation_marks(written: str, set_in_type: str) -> None:
    assert curl(written, quotes=None) == set_in_type


@pytest.mark.parametrize(
    ("lang", "written", "set_in_type"),
    [
        ("es", "Dijo: \"no 'todavía' no\".", "Dijo: «no “todavía” no»."),
        ("es-MX", "Dijo: \"no 'todavía' no\".", "Dijo: “no ‘todavía’ no”."),
        (
            "fr",
            "L'accord : \"oui\" ; d'accord ?",
            "L’accord\u202f: «\u202foui\u202f»\u202f; d’accord\u202f?",
        ),
        ("fr", 'l\'"exception" française', "l’«\u202fexception\u202f» française"),
        ("fr", "« déjà »", "«\u202fdéjà\u202f»"),
        ("fr-CH", '"oui" ; non', "«oui» ; non"),
        ("de", "Er sagte \"nein, 'nie'\", und ging.", "Er sagte „nein, ‚nie‘“, und ging."),
        ("de", "Hans' Haus", "Hans’ Haus"),
        ("pt-BR", 'Disse "não"', "Disse “não”"),
        ("it", "Un po' dell'\"altro\" e 'quello'", "Un po’ dell’«altro» e “quello”"),
        ("ar", 'قال "لا".', "قال «لا»."),
        ("uk", 'м\'ята "так"', "м’ята «так»"),
        ("pl", "\"Tak - powiedział - 'nie'\"", "„Tak – powiedział – «nie»”"),
        ("fi", "\"Ei 'koskaan'\"", "”Ei ’koskaan’”"),
        ("he", 'צה"ל "כן"', 'צה"ל ”כן”'),
        ("ja", '"はい"', "「はい」"),
        ("zh-TW", '"是"', "「是」"),
        ("pt-PT", '"sim"', "«sim»"),
        ("tlh", '"HISlaH"', "“HISlaH”"),
        ("en", "Kyiv - Lviv, 5 - 3, well-known, a -b", "Kyiv – Lviv, 5 – 3, well-known, a -b"),
    ],
)
def test_each_language_has_its_own_quotes(lang: str, written: str, set_in_type: str) -> None:
    assert curl(written, quotes=quotes_of(lang)) == set_in_type
    assert curl(set_in_type, quotes=quotes_of(lang)) == set_in_type


@given(PROSE, st.booleans())
def test_setting_changes_marks_only_and_once(text: str, english: bool) -> None:
    made = curl(text, quotes=quotes_of("en" if english else "uk"))
    assert made.translate(STRAIGHT) == text.translate(STRAIGHT)
    assert not english or not re.search(r"[\"']", made)
    if english:
        assert curl(made) == made


@given(
    st.lists(st.sampled_from(["one", "two", "don't", "(three)", "--", "x"]), min_size=1, max_size=6)
)
def test_quotations_around_words_open_and_close(words: list[str]) -> None:
    made = curl(f'He said "{" ".join(words)}" and left.')
    assert made.count("“") == made.count("”") == 1
    assert made.startswith("He said “")
    assert made.endswith("” and left.")


@given(st.text(alphabet=" a'\"-.", max_size=20), st.integers(0, 20))
def test_a_line_in_two_pieces_is_set_like_the_whole(text: str, at: int) -> None:
    first, second = text[:at], text[at:]
    if re.search(r"[-.]$", first) and re.search(r"^[-.]", second):
        return  # a dash or an ellipsis is torn
    whole = curl(text)
    left = curl(first, after=second[:1])
    assert (left + curl(second, before=left[-1:])).count("“") == whole.count("“")


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("*Economist*'s", "<em>Economist</em>’s"),
        ('"<em>Hi</em>"-like', "“<em>Hi</em>”-like"),
        ("caf&eacute;'s", "caf&eacute;’s"),
        ('"*a*" **"b"** "[c](https://x.org)"', '“<em>a</em>” <strong>“b”</strong> “<a href="https://x.org">c</a>”'),
        ('"`a`" `"b"`\'s', '“<code>a</code>” <code>"b"</code>’s'),
        ('a  \n"b"', "a<br>“b”"),
        ("<kbd>'</kbd> <code>\"a\" -- b</code> 'c'", "<kbd>'</kbd> <code>\"a\" -- b</code> ‘c’"),
        ('[a](https://x.org "It\'s")', '<a href="https://x.org" title="It’s">a</a>'),
        ("<https://x.org/a--b>", '<a href="https://x.org/a--b">https://x.org/a--b</a>'),
    ],
)  # fmt: skip
def test_marks_beside_tags(markdown: str, html: str) -> None:
    assert text_of(markdown) == f"<p>{html}</p>"


def test_code_is_left_alone() -> None:
    code = "a = \"b\" -- 'c' ... d"
    for markdown in (f"`{code}`", f"    {code}", f"```\n{code}\n```", f"<pre>{code}</pre>"):
        assert code.replace('"', "&quot;") in html_of(markdown)[0].replace('"', "&quot;"), markdown


def test_marks_are_set_wherever_there_is_text() -> None:
    html = text_of(
        '# "a"\n\n> "b"\n\n- "c"\n\n| "d" |\n|---|\n| "e" |\n\nf "g"\n: "h"\n\nx[^1]\n\n[^1]: "i"'
    )
    for letter in "abcdeghi":
        assert f"“{letter}”" in html, letter
    assert 'aria-label="“d”"' in html


def test_a_photos_words_are_set_too() -> None:
    body, _ = SETTER.set('![It\'s](photos/x.jpg){caption="Don\'t" credit="A -- B &amp; C"}', "a.md")
    photo = body.photos[0]
    assert (photo.alt, photo.caption, photo.credit) == ("It’s", "Don’t", "A – B & C")
