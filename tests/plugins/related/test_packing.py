"""A ranking kept between builds."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

from broadside.plugins.shelf import Shelf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadside.plugins.related.corpus import Doc
from broadside.plugins.related.kept import KeptRanking
from broadside.plugins.related.packing import Packed
from broadside.plugins.related.ranking import Ranking, rank
from broadside.plugins.related.score import Scored
from tests.plugins.related.conftest import ERAS, archives, doc, limits


def _ranked(docs: list[Doc], want: int, shelf: Shelf) -> Ranking:
    kept = KeptRanking(shelf)
    ranking = kept.ranked(iter(docs), want, map)
    kept.save()
    return ranking


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(archives(), min_size=2, max_size=4), st.sampled_from(["", "pack", "index"]), ERAS)
def test_a_kept_ranking_is_equal_to_a_new_one(tmp_path: Path, versions: list[list[Doc]], damage: str, era: int) -> None:
    folder = tmp_path / uuid4().hex
    for docs in versions:
        with limits(era):
            assert _ranked(docs, 3, Shelf(folder, "ranking", "m")) == rank(docs, 3)
        for file in folder.glob("*.pack" if damage == "pack" else "*.json"):
            if damage:
                file.write_bytes(b"x" * file.stat().st_size)


def test_a_story_that_did_not_change_is_not_asked_for_its_terms_again(tmp_path: Path) -> None:
    docs = [doc("a", "gas dam"), doc("b", "gas dam"), doc("c", "vote")]
    _ranked(docs, 3, Shelf(tmp_path, "ranking", "m"))

    def never() -> str:
        raise AssertionError("its terms are known")

    same = [each._replace(signature=type(each.signature)(each.signature.mark, never)) for each in docs]
    shelf = Shelf(tmp_path, "ranking", "m")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert _ranked(same, 3, shelf) == rank(docs, 3)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before
    new = doc("new", "gas")
    with limits(1024, narrow=False):
        assert _ranked([*same, new], 3, Shelf(tmp_path, "ranking", "m")) == rank([*docs, new], 3)


def test_values_of_another_form_are_ignored(tmp_path: Path) -> None:
    docs = [doc("a", "gas"), doc("b", "gas")]
    _ranked(docs, 3, Shelf(tmp_path, "ranking", "m"))
    kept = Shelf(tmp_path, "ranking", "m").load(lambda packed: packed, Packed)
    assert kept is not None
    strange = [told._replace(row=told.row._replace(best=(Scored("gone.md", 1),))) for told in kept.stories]
    spoilt: Any
    for spoilt in (None, [], {}, [3, {}, [["a.md"]]], [3, {}, []], kept._replace(stories=strange)):
        shelf = Shelf(tmp_path, "ranking", "m")
        shelf.put([], lambda _: b"")
        shelf.save(spoilt)
        assert _ranked(docs, 3, Shelf(tmp_path, "ranking", "m")) == rank(docs, 3)


def test_what_a_stopped_build_left_goes_although_nothing_is_new(tmp_path: Path) -> None:
    docs = [doc("a", "gas"), doc("b", "gas")]
    _ranked(docs, 3, Shelf(tmp_path, "ranking", "m"))
    before = set(tmp_path.iterdir())
    (tmp_path / "ranking-0badf00d.pack").touch()
    _ranked(docs, 3, Shelf(tmp_path, "ranking", "m"))
    assert set(tmp_path.iterdir()) == before
