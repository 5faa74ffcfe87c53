"""What stories are found under."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest
from hypothesis import given

from broadside.plugins.related import corpus
from broadside.plugins.related.corpus import Corpus, Doc, eras_of
from broadside.plugins.related.terms import parse
from broadside.plugins.related.weights import KEYS, rarity, reach
from tests.plugins.related.conftest import ERAS, archives, doc, limits


@given(archives(), ERAS)
def test_spreads_count_stories_not_mentions_era_after_era(docs: list[Doc], era: int) -> None:
    with limits(era):
        spreads = Corpus(docs).spreads
    oldest_first = [set(terms_of(one)) for one in sorted(docs, key=lambda one: one.order)[::-1]]
    dealt = [oldest_first[start : start + era] for start in range(0, len(docs), era)]
    assert spreads == [Counter(chain.from_iterable(each)) for each in dealt]


@given(archives(), ERAS)
def test_a_story_is_weighed_by_the_eras_before_its_own_and_in_the_first_by_that(docs: list[Doc], era: int) -> None:
    with limits(era):
        weighed = Corpus(docs)
        oldest_first = sorted(docs, key=lambda one: one.order)[::-1]
        for older, one in enumerate(oldest_first):
            others = oldest_first[: max(era, older - older % era)]
            for term, weight in terms_of(one).items():
                stories = sum(term in terms_of(other) for other in others)
                assert weighed.heft(one.key)[term] == weight * rarity(stories)


def test_stories_of_one_moment_are_divided_into_eras_by_slug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "ERA", 2)
    docs = [doc("b", "", 5), doc("a", "", 5), doc("new", "", 6), doc("old", "", 4)]
    assert eras_of(docs) == {"old.md": 0, "b.md": 0, "a.md": 1, "new.md": 1}


def test_keys_are_the_heaviest_terms() -> None:
    docs = [doc("one", "dam dam dam canal tax")]
    assert Corpus(docs).keys("one.md") == "dam canal tax"


def test_keys_are_limited_in_number() -> None:
    docs = [doc("one", " ".join(f"word{number}" for number in range(3 * KEYS)))]
    assert len(Corpus(docs).keys("one.md").split()) == KEYS


@pytest.mark.parametrize(("limit", "keys"), [(63, "canal tax"), (67, "dam"), (68, "dam tax"), (100, "dam canal tax")])
def test_keys_are_limited_in_reach_and_the_next_take_their_place(
    monkeypatch: pytest.MonkeyPatch, limit: int, keys: str
) -> None:
    monkeypatch.setattr(corpus, "REACH", limit)
    counts = Counter({"dam": 64, "canal": 32, "tax": 4})
    assert Corpus([doc("one", "dam dam dam canal canal tax")], [counts]).keys("one.md") == keys


def test_a_term_of_very_many_stories_is_no_key() -> None:
    counts = Counter({"dam": 1024, "tax": 1023})
    assert Corpus([doc("one", "dam dam tax")], [counts]).keys("one.md") == "tax"


def test_rarity_moves_only_at_powers_of_two() -> None:
    moves = [count for count in range(2, 10_000) if rarity(count) != rarity(count - 1)]
    assert moves == [2**power for power in range(3, 11)]
    assert all(reach(rarity(count)) > count / 2 for count in range(1, 1024))
    assert reach(rarity(1024)) == 0


@given(archives())
def test_stories_are_found_under_their_keys(docs: list[Doc]) -> None:
    known = Corpus(docs)
    keys = {one.key: known.keys(one.key) for one in docs}
    known.index(keys)
    for key, terms in keys.items():
        assert all(key in found for found in known.postings(terms))


def terms_of(one: Doc) -> dict[str, int]:
    return dict(parse(one.signature.text))
