"""Why a story is in a stream."""

from __future__ import annotations

import pytest
from hypothesis import given

from broadside.plugins.related.docs import Doc
from broadside.plugins.related.explain import explain, sentence
from broadside.plugins.related.ranking import rank
from tests.plugins.related.conftest import ERAS, archives, doc, limits

DOCS = [doc("own", "gas gas canal", 100, "asia"), doc("b", "gas canal", 88, "asia"), doc("c", "tax", 99, "europe")]


@pytest.mark.parametrize("era", [1, 1024])
def test_the_sentence_says_what_is_shared(era: int) -> None:
    with limits(era, narrow=False):
        why = explain(DOCS, "own.md", ["b.md"])[0]
    line = sentence(why)
    assert line.startswith(f"b: {why.score:.3f}; shares gas (")
    assert line.endswith("in 2 stories); same section +20 %; 12 days apart +28 %")


def test_a_pick_with_nothing_in_common_says_so() -> None:
    why = explain(DOCS, "own.md", ["c.md"], picked=["c.md"])[0]
    assert sentence(why) == "c: picked by hand, 0.000; shares no words; another section; 1 day apart +30 %"


def test_many_shared_terms_are_named_and_counted() -> None:
    text = " ".join(f"word{number}" for number in range(12))
    why = explain([doc("own", text), doc("b", text)], "own.md", ["b.md"])[0]
    assert "and 4 more; another section; the same day +30 %" in sentence(why)


@given(archives(), ERAS)
def test_lists_are_in_the_order_of_the_explained_scores(docs: list[Doc], era: int) -> None:
    with limits(era, narrow=False):  # so that all terms are keys
        explained = [explain(docs, key, keys) for key, keys in rank(docs, 3).items()]
    for whys in explained:
        scores = [why.score for why in whys]
        assert scores == sorted(scores, reverse=True)
        for why in whys:
            assert sum(shared.part for shared in why.terms) == pytest.approx(1 if why.terms else 0)
            assert why.terms == tuple(sorted(why.terms, key=lambda shared: (-shared.part, shared.term)))
