"""A ranking kept between builds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from plugins.related.corpus import Doc
from plugins.related.packing import pack, unpack
from plugins.related.ranking import rank, update
from tests.plugins.related.conftest import archives, doc


@given(archives(), archives())
def test_a_kept_ranking_is_as_good_as_new(docs: list[Doc], later: list[Doc]) -> None:
    kept = unpack(json.loads(json.dumps(pack(rank(docs)))))
    assert kept == rank(docs)
    assert update(kept, later) == rank(later)


@pytest.mark.parametrize(
    "spoilt",
    [None, [], "x", {}, {"format": 0}, {"format": 1}, {"format": 1, "want": 3, "spreads": [], "stories": []}],
)
def test_anything_else_is_no_ranking(spoilt: Any) -> None:
    assert unpack(spoilt) is None


@pytest.mark.parametrize("loss", ["want", "spreads", "stories"])
def test_a_part_that_is_missing_is_noticed(loss: str) -> None:
    packed = pack(rank([doc("a", "gas"), doc("b", "gas")]))
    del packed[loss]
    assert unpack(packed) is None


def test_a_story_that_is_cut_short_is_noticed() -> None:
    packed = pack(rank([doc("a", "gas"), doc("b", "gas")]))
    packed["stories"][0].pop()
    assert unpack(packed) is None
