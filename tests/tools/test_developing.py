"""The verbs that measure: what they take for an order, and what they refuse before a minute is lost."""

from __future__ import annotations

import pytest
from invoke.context import Context
from invoke.exceptions import Exit

from tools import bench as measuring
from tools.developing import bench


@pytest.mark.parametrize(
    ("words", "orders"),
    [
        ({}, ([1000], [3], 0)),
        ({"articles": "100, 1000", "rounds": "2", "photos": -1}, ([100, 1000], [2, 2], 0)),
        ({"articles": "100,1000", "rounds": "5,3", "photos": 40}, ([100, 1000], [5, 3], 40)),
    ],
)
def test_each_number_of_stories_has_its_rounds(
    monkeypatch: pytest.MonkeyPatch, words: dict[str, str], orders: tuple[list[int], list[int], int]
) -> None:
    given: list[object] = []
    monkeypatch.setattr(measuring, "bench", lambda *those: given.append(those))
    bench(Context(), **words)
    assert given == [orders]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"articles": "many"}, '--articles "many" is not a number of stories'),
        ({"articles": "100,"}, '--articles "100," is not a number of stories'),
        ({"rounds": "0"}, '--rounds "0" is neither a number of rounds'),
        ({"articles": "100", "rounds": "5,3"}, '--rounds "5,3" is neither a number of rounds'),
    ],
)
def test_anything_but_numbers_is_refused(monkeypatch: pytest.MonkeyPatch, words: dict[str, str], said: str) -> None:
    monkeypatch.setattr(measuring, "bench", lambda *_: pytest.fail("it was measured"))
    with pytest.raises(Exit) as refused:
        bench(Context(), **words)
    assert refused.value.code == 2
    assert str(refused.value.message).startswith(said)
