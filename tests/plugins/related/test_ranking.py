"""The ranking: equal to what the plainest code makes of the same formulae."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadside.plugins.related import ranking, weights
from broadside.plugins.related.docs import Doc, KeptTerms
from broadside.plugins.related.key_terms import parse
from broadside.plugins.related.ranking import rank, rank_anew
from broadside.plugins.related.weights import closeness, kinship, rarity, reach
from tests.examples import times
from tests.plugins.related.conftest import ERAS, archives, doc, limits


def ranked_plainly(docs: Sequence[Doc], want: int) -> dict[str, list[str]]:
    """The ranking, computed story by story and pair by pair."""
    ranked = {}
    for own in docs:
        lang = own.lang.lower().split("-")[0]
        group = [one for one in docs if one.lang.lower().split("-")[0] == lang]
        newest_first = sorted(group, key=lambda one: (-one.date, one.slug, one.key))
        place = {one.key: at for at, one in enumerate(newest_first)}
        keys = {one.key: keys_of(one, newest_first[::-1]) for one in group}
        hefts = {term: heft for term, heft, _ in weighed(own, newest_first[::-1])}
        others = [one for one in newest_first if one != own and keys[one.key] & keys[own.key]]
        days = {one.key: int(abs(one.date - own.date)) for one in group}
        others.sort(
            key=lambda one: (-len(keys[one.key] & keys[own.key]), days[one.key], place[one.key])
        )
        scores = {
            one.key: (
                sum(hefts.get(term, 0) * weight for term, weight in parse(one.terms).items())
                * closeness(days[one.key])
                * kinship(own.section, one.section)
            )
            for one in others[: weights.SHORTLIST]
        }
        at = place[own.key]
        nearby = newest_first[at + 1 :] + newest_first[:at][::-1]
        nearby.sort(key=lambda one: one.section != own.section)  # stable
        best = sorted(scores, key=lambda key: (-scores[key], place[key]))
        ranked[own.key] = list(dict.fromkeys([*best, *(one.key for one in nearby)]))[:want]
    return ranked


def weighed(own: Doc, oldest_first: Sequence[Doc]) -> list[tuple[str, int, int]]:
    """A story's terms with their heft and reach, heaviest first."""
    older = oldest_first.index(own)
    known = oldest_first[: max(weights.ERA, older - older % weights.ERA)]
    terms = []
    for term, weight in parse(own.terms).items():
        rare = rarity(sum(term in parse(one.terms) for one in known))
        terms.append((term, weight * rare, reach(rare)))
    return sorted(terms, key=lambda one: -one[1])


def keys_of(own: Doc, oldest_first: Sequence[Doc]) -> set[str]:
    keys, total = set[str](), 0
    for term, _, reached in weighed(own, oldest_first):
        if reached and total + reached <= weights.REACH and len(keys) < weights.KEYS:
            keys.add(term)
            total += reached
    return keys


@given(archives(), ERAS, st.booleans(), st.integers(0, 8))
@settings(max_examples=times(2), deadline=None)
def test_the_ranking_is_what_the_formulae_say(
    docs: list[Doc], era: int, narrow: bool, want: int
) -> None:
    with limits(era, narrow):
        assert rank(docs, want) == ranked_plainly(docs, want)


@given(archives(), archives(), ERAS, st.booleans(), st.integers(0, 8), st.data())
@settings(max_examples=times(3), deadline=None)
def test_what_is_kept_of_a_ranking_holds_whatever_has_changed(
    docs: list[Doc], others: list[Doc], era: int, narrow: bool, want: int, data: st.DataObject
) -> None:
    with limits(era, narrow) as patch:
        patch.setattr(ranking, "TOGETHER", 2)
        patch.setattr(ranking, "FEW", data.draw(st.sampled_from([0, 3])))
        terms: dict[str, KeptTerms] = {}
        kept = rank_anew(docs, want, {}, 1, terms)
        stay = data.draw(st.lists(st.sampled_from(docs), unique=True)) if docs else []
        now = [*{doc.key: doc for doc in (*others[:2], *stay)}.values()]
        ranked = rank_anew(now, want, {}, 1)
        assert rank_anew(now, want, kept, 1, terms) == ranked
        assert rank_anew(now, want, {}, 1, terms) == ranked


def test_a_changed_story_leaves_lists_of_stories_without_its_keys_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    docs = [doc(f"s{number}", f"word{number % 4}", number) for number in range(40)]
    kept = rank_anew(docs, 3, {}, 1)
    ranked: list[int] = []
    related = ranking.StoryArrays.related

    def noted(archive: ranking.StoryArrays, row: int, want: int) -> list[int]:
        ranked.append(row)
        return related(archive, row, want)

    monkeypatch.setattr(ranking.StoryArrays, "related", noted)
    docs[5] = doc("s5", "word1 word1 other", 5)
    rank_anew(docs, 3, kept, 1)
    assert ranked == [*range(1, 40, 4)]


def test_a_large_archive_is_shared_among_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    docs = [doc(f"s{number}", f"gas word{number % 5}", number) for number in range(30)]
    alone = rank(docs, 3)
    monkeypatch.setattr(ranking, "MANY", 10)
    assert rank(docs, 3, jobs=2) == alone


def test_rarity_moves_only_at_powers_of_two() -> None:
    moves = [count for count in range(2, 10_000) if rarity(count) != rarity(count - 1)]
    assert moves == [2**power for power in range(3, 11)]
    assert all(reach(rarity(count)) > count / 2 for count in range(1, 1024))
    assert reach(rarity(1024)) == 0


@pytest.mark.parametrize("size", [100, 400])
def test_a_new_story_moves_few_lists_in_an_archive_of_any_size(size: int) -> None:
    dice = random.Random(1)
    subjects = [f"subject{number}" for number in range(60)]
    docs = [doc(f"s{n}", " ".join(dice.choices(subjects, k=6)), n) for n in range(size + 10)]
    moved = 0
    with limits(50, narrow=False):
        now = rank(docs[:size], 3)
        for count in range(size + 1, size + 11):
            now, before = rank(docs[:count], 3), now
            anew = {key for key, keys in before.items() if keys != now[key]}
            assert anew == {key for key in before if docs[count - 1].key in now[key]}
            moved += len(anew)
    assert moved < 10 * 12
