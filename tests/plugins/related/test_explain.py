"""Why a story is in a stream."""

from __future__ import annotations

import pytest
from hypothesis import given

from plugins.related.corpus import Doc
from plugins.related.explain import explain, sentence
from plugins.related.ranking import rank
from tests.plugins.related.conftest import archives, doc

DOCS = [doc("own", "gas gas canal", 100, "asia"), doc("b", "gas canal", 88, "asia"), doc("c", "tax", 99, "europe")]


def test_the_sentence_says_what_is_shared() -> None:
    why = explain(rank(DOCS), "own.md", ["b.md"])[0]
    said = sentence(why)
    assert said.startswith(f"b: {why.score:.3f}; shares gas (")
    assert said.endswith("in 2 stories); same section +20 %; 12 days apart +28 %")


def test_a_pick_with_nothing_in_common_says_so() -> None:
    why = explain(rank(DOCS), "own.md", ["c.md"], picked=["c.md"])[0]
    assert sentence(why) == "c: picked by hand, 0.000; shares no words; another section; 1 day apart +30 %"


def test_many_shared_terms_are_named_and_counted() -> None:
    text = " ".join(f"word{number}" for number in range(12))
    why = explain(rank([doc("own", text), doc("b", text)]), "own.md", ["b.md"])[0]
    assert "and 4 more; another section; the same day +30 %" in sentence(why)


@given(archives())
def test_the_explained_scores_put_the_list_in_its_order(docs: list[Doc]) -> None:
    ranking = rank(docs)
    for key, row in ranking.rows.items():
        whys = explain(ranking, key, [scored.key for scored in row.best])
        ratios = [why.score / scored.score for why, scored in zip(whys, row.best, strict=True)]
        assert ratios == pytest.approx([ratios[0]] * len(ratios)) if ratios else not whys
        for why in whys:
            assert sum(shared.part for shared in why.terms) == pytest.approx(1)
            assert why.terms == tuple(sorted(why.terms, key=lambda shared: (-shared.part, shared.term)))
