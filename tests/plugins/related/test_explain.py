"""Why a story is in a stream."""

from __future__ import annotations

import pytest
from hypothesis import given

from broadside.plugins.related import corpus
from broadside.plugins.related.corpus import Doc
from broadside.plugins.related.explain import explain, sentence
from broadside.plugins.related.ranking import rank
from tests.plugins.related.conftest import ERAS, archives, doc, limits

DOCS = [doc("own", "gas gas canal", 100, "asia"), doc("b", "gas canal", 88, "asia"), doc("c", "tax", 99, "europe")]


@pytest.mark.parametrize("era", [1, 1024])
def test_the_sentence_says_what_is_shared(monkeypatch: pytest.MonkeyPatch, era: int) -> None:
    monkeypatch.setattr(corpus, "ERA", era)
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


@given(archives(), ERAS)
def test_the_explained_scores_are_those_of_the_list(docs: list[Doc], era: int) -> None:
    with limits(era):
        ranking = rank(docs)
        explained = {key: explain(ranking, key, row.keys_of_best) for key, row in ranking.rows.items()}
    for key, whys in explained.items():
        row = ranking.rows[key]
        ratios = [why.score / scored.score for why, scored in zip(whys, row.best, strict=True)]
        assert ratios == pytest.approx([ratios[0]] * len(ratios)) if ratios else not whys
        for why in whys:
            assert sum(shared.part for shared in why.terms) == pytest.approx(1)
            assert why.terms == tuple(sorted(why.terms, key=lambda shared: (-shared.part, shared.term)))
