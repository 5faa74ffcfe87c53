"""A ranking kept between builds."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadside.plugins.related.corpus import Doc
from broadside.plugins.related.kept import NOTE, KeptRanking
from broadside.plugins.related.packing import Packed
from broadside.plugins.related.ranking import Ranking, rank
from broadside.plugins.related.score import Scored
from broadside.plugins.store import FILE, Store
from tests.plugins.related.conftest import ERAS, archives, doc, limits


def _ranked(docs: list[Doc], want: int, folder: Path, mark: str = "m") -> Ranking:
    return KeptRanking(Store(folder), mark).ranked(iter(docs), want, map)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(archives(), min_size=2, max_size=4), st.booleans(), ERAS)
def test_a_kept_ranking_is_equal_to_a_new_one(
    tmp_path: Path, versions: list[list[Doc]], is_lost: bool, era: int
) -> None:
    folder = tmp_path / uuid4().hex
    for docs in versions:
        with limits(era):
            assert _ranked(docs, 3, folder) == rank(docs, 3)
        if is_lost:
            (folder / FILE).unlink()


def test_a_story_that_did_not_change_is_not_asked_for_its_terms_again(tmp_path: Path) -> None:
    docs = [doc("a", "gas dam"), doc("b", "gas dam"), doc("c", "vote")]
    _ranked(docs, 3, tmp_path)

    def never() -> str:
        raise AssertionError("its terms are known")

    same = [doc._replace(signature=type(doc.signature)(doc.signature.mark, never)) for doc in docs]
    before = (tmp_path / FILE).stat().st_mtime_ns
    assert _ranked(same, 3, tmp_path) == rank(docs, 3)
    assert (tmp_path / FILE).stat().st_mtime_ns == before


def test_values_of_another_form_or_mark_are_ignored(tmp_path: Path) -> None:
    docs = [doc("a", "gas"), doc("b", "gas")]
    _ranked(docs, 3, tmp_path)
    mark, kept = Store(tmp_path).note(NOTE, tuple[str, Packed]) or ("", None)
    assert kept is not None
    strange = [story._replace(row=story.row._replace(best=(Scored("gone.md", 1),))) for story in kept.stories]
    spoilt: Any
    for spoilt in ([mark, {}], [mark, [3, {}, []]], ["other", kept], [mark, kept._replace(stories=strange)]):
        Store(tmp_path).keep_notes({NOTE: spoilt})
        assert _ranked(docs, 3, tmp_path) == rank(docs, 3)
