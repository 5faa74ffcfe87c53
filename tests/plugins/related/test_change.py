"""What stories that come, go or are edited can touch: that is compared again, and nothing else."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadside.plugins.related import change, corpus, ranking, score
from broadside.plugins.related.corpus import Corpus, Doc, Signature
from broadside.plugins.related.ranking import rank, update
from broadside.plugins.related.score import Row, compare
from tests.plugins.related.conftest import ERAS, WORDS, doc, limits


def weighed(number: int, weights: list[int], date: float, section: str = "", lang: str = "en") -> Doc:
    """A story of which the terms are few, and the same whatever they weigh."""
    about = [WORDS[number % 3], WORDS[3 + number % 4], WORDS[7 + number % 5], "year"]
    terms = " ".join(f"{term}:{weight}" for weight, term in sorted(zip(weights, about, strict=True), reverse=True))
    return Doc(f"s-{number}.md", f"s-{number}", date, section, lang, Signature(terms, terms))


def versions(number: int) -> st.SearchStrategy[Doc | None]:
    """Versions of a story, most of them in the same place; None where it is not there."""
    weights = st.lists(st.integers(1, 99), min_size=4, max_size=4)
    usual = [number % 4] * 5
    there = st.builds(
        weighed,
        st.just(number),
        weights,
        st.sampled_from([*usual, 9.5, 300]),
        st.sampled_from(["", "europe"]),
        st.sampled_from(["en"] * 6 + ["en-GB", "fr"]),
    )
    return st.one_of(*[there] * 6, st.none())


def archives_of_versions() -> st.SearchStrategy[tuple[Doc | None, ...]]:
    return st.integers(4, 24).flatmap(lambda size: st.tuples(*map(versions, range(size))))


def check(chosen: tuple[Doc | None, ...], data: st.DataObject, era: int, want: int) -> None:
    """Bring a ranking up to date twice, after some stories have changed, and hold it against one of all stories."""
    with limits(era) as patch:
        if data.draw(st.booleans(), "as many keys as terms"):
            patch.setattr(corpus, "KEYS", 4)
        if data.draw(st.booleans(), "all on the shortlist"):
            patch.setattr(score, "SHORTLIST", 30)
        now = rank([one for one in chosen if one], want)
        for _ in range(2):
            at = data.draw(st.lists(st.integers(0, len(chosen) - 1), min_size=1, max_size=3))
            chosen = tuple(data.draw(versions(number)) if number in at else one for number, one in enumerate(chosen))
            docs = [one for one in chosen if one]
            now = update(now, docs, want)
            assert now == rank(docs, want)


@given(archives_of_versions(), st.data(), ERAS, st.integers(0, 4))
@settings(max_examples=50, deadline=None)  # tests/stress has thousands
def test_an_updated_ranking_equals_one_computed_at_once(
    chosen: tuple[Doc | None, ...], data: st.DataObject, era: int, want: int
) -> None:
    check(chosen, data, era, want)


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The slugs of stories that were compared with all others."""
    slugs: list[str] = []

    def noted(known: Corpus, keys: dict[str, str], want: int, one: Doc) -> Row:
        slugs.append(one.slug)
        return compare(known, keys, want, one)

    monkeypatch.setattr(change, "compare", noted)
    monkeypatch.setattr(ranking, "compare", noted)
    return slugs


def test_after_one_edit_one_story_is_compared_with_all(compared: list[str]) -> None:
    docs = [weighed(number, [10 + number, 20, 30, 40], number) for number in range(40)]
    before = rank(docs)
    compared.clear()
    docs[7] = weighed(7, [50, 20, 30, 40], 7)
    after = update(before, docs)
    assert compared == ["s-7"]
    assert after.rows != before.rows
    assert after == rank(docs)


def test_what_is_unchanged_is_not_compared_again(compared: list[str]) -> None:
    docs = [doc("a", "gas"), doc("b", "gas"), doc("c", "rice"), doc("d", "rice")]
    before = rank(docs)
    compared.clear()
    assert update(before, docs) == before
    assert compared == []
    update(before, [*docs, doc("e", "gas canal")])
    assert len(compared) == 3


@pytest.mark.parametrize("size", [100, 400])
def test_a_new_story_moves_few_lists_in_an_archive_of_any_size(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(corpus, "ERA", 50)
    dice = random.Random(1)
    subjects = [f"subject{number}" for number in range(60)]
    docs = [doc(f"s{n}", " ".join(dice.choices(subjects, k=6)), n) for n in range(size + 10)]
    moved = 0
    now = rank(docs[:size])
    for count in range(size + 1, size + 11):
        now, old = update(now, docs[:count]), now
        anew = {key for key, row in old.rows.items() if row.keys_of_best != now.rows[key].keys_of_best}
        assert anew == {key for key in old.rows if docs[count - 1].key in now.rows[key].keys_of_best}
        moved += len(anew)
    assert moved < 10 * 12


def test_a_term_that_becomes_rarer_may_bring_another_story_to_the_top() -> None:
    signatures = {"own": "x:100 y:100 z:100 t:40", "b": "x:100", "c": "x:80 t:60", "d": "t:100", "e": "t:100"}
    docs = [Doc(slug, slug, 0, "", "en", Signature(terms, terms)) for slug, terms in signatures.items()]
    with limits(1024):  # t is none of the keys of its own story, so that nothing else tells of the story that goes
        before = rank(docs, 1)
        after = update(before, docs[:-1], 1)
        assert [ranking.rows["own"].keys_of_best for ranking in (before, after)] == [["b"], ["c"]]
        assert after == rank(docs[:-1], 1)


def test_a_new_story_has_only_the_terms_of_its_candidates_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never() -> str:
        raise AssertionError("it has nothing to do with the new story")

    monkeypatch.setattr(corpus, "ERA", 3)
    monkeypatch.setattr(corpus, "KEYS", 1)
    docs = [doc(f"s{number}", f"word{number // 2} word{number // 2} gas", number) for number in range(7)]
    now = rank(docs)
    shut = [one._replace(signature=Signature(one.signature.mark, never)) for one in docs[:6]]
    kept = now._replace(docs={one.key: one for one in (*shut, docs[6])})
    newest = doc("newest", "word3 word3 gas", 7)  # the eighth that has gas, at which its rarity would fall
    after = update(kept, [*docs, newest])
    assert after.rows["newest.md"].keys_of_best == ["s6.md"]
    assert after.rows == rank([*docs, newest]).rows
