"""Why a story is in a stream."""

from __future__ import annotations

import pytest
from hypothesis import given

from broadside.plugins.related.docs import Doc
from broadside.plugins.related.explain import explain
from broadside.plugins.related.ranking import rank
from tests.plugins.related.conftest import ERAS, archives, limits


@given(archives(), ERAS)
def test_lists_are_in_the_order_of_the_explained_scores(docs: list[Doc], era: int) -> None:
    with limits(era, narrow=False):  # so that all terms are keys
        explained = [explain(docs, key, keys) for key, keys in rank(docs, 3).items()]
    for whys in explained:
        scores = [why.score for why in whys]
        assert scores == sorted(scores, reverse=True)
        for why in whys:
            assert sum(shared.part for shared in why.terms) == pytest.approx(1 if why.terms else 0)
            assert why.terms == tuple(
                sorted(why.terms, key=lambda shared: (-shared.part, shared.term))
            )
