"""Which stories are in a stream."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadside.content.records import Record
    from broadside.content.terms import Translation
    from broadside.front_matter.data import StoryData


def ranked_for(want: int) -> int:
    """How many related stories to rank for a stream of `want`: some of the best may already be
    picked by hand.
    """
    return want * 2


def picked_of(related: Iterable[str], keys: Mapping[str, str]) -> list[str]:
    """The keys of the published stories among a story's `related` slugs."""
    return [keys[slug] for slug in related if slug in keys]


def replies_in(
    oldest_first: Iterable[Record[StoryData]], letters: Collection[str], keys: Mapping[str, str]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The keys of the published stories that answer each story, and those of the letters to it,
    oldest first; `letters` are types.
    """
    answering: dict[str, list[str]] = {}
    written: dict[str, list[str]] = {}
    for record in oldest_first:
        if record.data.answers in keys:
            found = answering
            if record.data.type in letters:
                found = written
            found.setdefault(keys[record.data.answers], []).append(record.path)
    return answering, written


def firsts(
    answered: str, replies: Iterable[str], related: Iterable[str], keys: Mapping[str, str]
) -> list[str]:
    """The keys of what comes before all that is found: the story that this one answers, those that
    answer it, and an editor's picks.
    """
    return [*picked_of([answered], keys), *replies, *picked_of(related, keys)]


def stream(
    own: str,
    picked: Iterable[str],
    ranked: Iterable[str],
    want: int,
    languages: Mapping[str, Sequence[Translation]],
) -> list[str]:
    """The keys of a story's stream: all that were picked, filled up to `want`; never its own, and
    none twice.

    `languages` has the translations of each story by its key; only the first of them is in the
    stream.
    """
    chosen: dict[str, str] = {}

    def choose(key: str) -> None:
        if key != own:
            chosen.setdefault(languages[key][0].url if key in languages else key, key)

    for key in picked:
        choose(key)
    for key in ranked:
        if len(chosen) >= want:
            break
        choose(key)
    return list(chosen.values())
