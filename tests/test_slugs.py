"""Slugs: what a headline becomes in an address, and which slugs no site may have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.slugs import LONGEST, RESERVED, is_guessed, slug_problem, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Where’s Évian?", "wheres-evian"), ("Where's Evian?", "wheres-evian"), ("  A -- B  ", "a-b"),
        ("snake_case", "snake_case"), ("_private_", "private"), ("日本の選択", "ri-ben-noxuan-ze"),
        ("Это заголовок", "eto-zagolovok"), ("ﬁne ½", "fine-12"), ("../../x", "x"), ("!!!", ""), ("🎉", ""),
    ],
)  # fmt: skip
def test_a_headline_becomes_a_slug(text: str, slug: str) -> None:
    assert slugify(text) == slug


@pytest.mark.parametrize(
    "text", ["政治", "ダム", "さくら", "NATOと日本", "々", "ليلى حسن", "שלום", "Über 台灣"]
)
def test_a_slug_is_a_guess_where_letters_have_no_vowels_or_many_readings(text: str) -> None:
    assert is_guessed(text)


@pytest.mark.parametrize("text", ["", "Évian", "Киев", "Αθήνα", "서울", "١٢٣", "2026、「」", "🎉"])
def test_any_other_slug_is_no_guess(text: str) -> None:
    assert not is_guessed(text)


@given(st.text())
def test_a_slug_is_good_but_for_reserved_words(text: str) -> None:
    slug = slugify(text)
    assert slug == "" or slug in RESERVED or slug_problem(slug) == ""


@given(st.text(alphabet="ab -_é’", max_size=300))
def test_a_slug_of_a_slug_is_the_slug(text: str) -> None:
    assert slugify(slugify(text)) == slugify(text)


@given(st.lists(st.sampled_from(["word", "a", "longer-word", "x" * 40]), max_size=30))
def test_a_long_slug_is_cut_between_words(words: list[str]) -> None:
    whole = "-".join(words)
    slug = slugify(" ".join(words))
    assert len(slug) <= LONGEST
    assert f"{whole}-".startswith(f"{slug}-") or not words


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("y" * 150, "y" * LONGEST),
        ("y" * 90 + "_" * 60 + "z", "y" * 90),
        ("y" * 90 + "_ " + "z" * 60, "y" * 90),
    ],
)
def test_a_word_longer_than_a_slug_is_cut_within(text: str, slug: str) -> None:
    assert slugify(text) == slug


@pytest.mark.parametrize(
    "slug",
    [
        "",
        "A",
        "a b",
        "a/b",
        "..",
        "a.",
        ".htaccess",
        "-a",
        "a-",
        "_a",
        "é",
        "a\x00",
        "a\u202eb",
        "feed.xml",
        "x" * 101,
    ],
)
def test_bad_slugs(slug: str) -> None:
    assert slug_problem(slug)


def test_names_that_the_site_or_a_computer_keeps() -> None:
    assert [slug for slug in RESERVED if not slug_problem(slug)] == []


@pytest.mark.parametrize("slug", ["a", "a-b", "a_b", "a--b", "2026", "404", "x" * 100])
def test_good_slugs(slug: str) -> None:
    assert slug_problem(slug) == ""
