"""Bytes become the text that their writer meant, or faults with line and column."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.front_matter.source import LARGEST, clean
from broadside.letters import HIDDEN, UNPRINTABLE

TEXT = "Título\n\nCafé “naïve” 日本 🎉\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        b"\xef\xbb\xbf\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        unicodedata.normalize("NFD", TEXT).encode(),
        b"\xef\xbb\xbf" + unicodedata.normalize("NFD", TEXT).replace("\n", "\r\n").encode(),
    ],
    ids=["as it is", "mark", "two marks", "windows", "old mac", "apart", "all"],
)
def test_ways_of_saving_make_no_difference(data: bytes) -> None:
    assert clean(data, "a.md") == (TEXT, [])


@given(st.binary(max_size=200) | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_bytes_are_read_as_the_text_that_they_are_or_refused(data: bytes) -> None:
    read, faults = clean(data, "a.md")
    if not faults:
        meant = data.decode().lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        assert read == unicodedata.normalize("NFC", meant)
    last = data.count(b"\n") + data.count(b"\r") + 1
    assert all(fault.severity == "error" and 0 <= fault.line <= last for fault in faults)


@pytest.mark.parametrize(
    ("data", "place", "code"),
    [
        (b"abc\nd\xe9f\n", (2, 2), "encoding"),
        ("é\nab\x00".encode(), (2, 3), "character"),
        ("a\uffff".encode(), (1, 2), "character"),
        (b"a\x0c", (1, 2), "character"),
        (b"\x0e", (1, 1), "character"),
        ("ab".encode("utf-16"), (1, 1), "encoding"),
        ("é\u202eb".encode(), (1, 2), "character"),
        (b"\xed\xa0\x80", (1, 1), "encoding"),
        (b"\xc0\xbc", (1, 1), "encoding"),
    ],
)
def test_faults_have_line_and_column(data: bytes, place: tuple[int, int], code: str) -> None:
    _, (fault, *_) = clean(data, "a.md")
    assert ((fault.line, fault.column), fault.code) == (place, code)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00" + bytes(2 * LARGEST),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00",
        rb"{\rtf1\ansi Words.}",
        b"%PDF-1.7\n%\xe2\xe3",
    ],
)
def test_a_file_of_another_kind_is_one_fault(data: bytes) -> None:
    assert [(fault.line, fault.code) for fault in clean(data, "a.md")[1]] == [(1, "encoding")]


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "||||||| 1a2b3c", ">>>>>>> other"])
def test_a_mark_of_a_merge_is_the_only_fault_of_its_file(mark: str) -> None:
    _, faults = clean(f"a\r\n{mark}\r\nb\x00\r\n{mark}".encode(), "a.md")
    assert [(fault.line, fault.column, fault.code) for fault in faults] == [
        (2, 1, "merge-conflict")
    ]
    assert clean(f"a {mark}\n=======\n".encode(), "a.md")[1] == []


@pytest.mark.parametrize(
    ("text", "read", "places"),
    [
        ("a\x00b\nc\x1b\u202e\x00d", "ab\ncd", [(1, 2), (2, 2), (2, 3), (2, 4)]),
        ("\u2067a\n\nb\u2069c\u202d", "a\n\nbc", [(1, 1), (3, 2), (3, 4)]),
        ("e\x00\u0301", "é", [(1, 2)]),
        ("\x00" * 21, "", [(1, number) for number in range(1, 21)]),
    ],
)
def test_text_goes_on_without_the_characters_that_may_not_stand_there(
    text: str, read: str, places: list[tuple[int, int]]
) -> None:
    found, faults = clean(text.encode(), "a.md")
    assert found == read
    assert sorted((fault.line, fault.column) for fault in faults) == places


@pytest.mark.parametrize("char", ["\x01", "\u202e", "\u2066"])
def test_of_a_file_full_of_them_the_first_twenty_are_told(char: str) -> None:
    assert len(clean(char.encode() * 300_000, "a.md")[1]) == 20


def test_a_large_file_is_not_read() -> None:
    text, (fault,) = clean(b"x" * (LARGEST + 1), "a.md")
    assert (text, fault.code) == ("", "too-long")
    assert clean(b"x" * LARGEST, "a.md")[1] == []


def test_no_character_that_is_looked_for_is_printable_which_spares_most_texts_the_search() -> None:
    sought = [
        char for char in map(chr, range(0x110000)) if UNPRINTABLE.match(char) or HIDDEN.match(char)
    ]
    assert len(sought) > 200
    assert not [char for char in sought if char.isprintable()]
    assert not any(joiner.isprintable() for joiner in "\u200c\u200d"), (
        "which are sought between letters only"
    )
