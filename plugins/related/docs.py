"""The input and the output of ranking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from broadside.content.records import Record
    from broadside.front_matter.data import StoryData

SECONDS_A_DAY = 86_400
NOTED = "terms"
"""The note of what a story is about."""


class Doc(NamedTuple):
    """What ranking needs to know of a story.

    `key` is its path, `slug` breaks ties, `date` is in days since 1970, `section` is the primary
    one's slug, and `terms` is a signature of key_terms.
    """

    key: str
    slug: str
    date: float
    section: str
    lang: str
    terms: str


class Ranked(NamedTuple):
    """The keys of the stories most related to one, best first, and a digest of everything this was
    computed from.

    `made_of` is "" if any other story may change the result.
    """

    made_of: str
    keys: list[str]


class KeptRanking(NamedTuple):
    """All stories ranked, as kept from one build to the next; `docs` is a digest of the docs."""

    docs: str
    ranked: dict[str, Ranked]


class KeptTerms(NamedTuple):
    """The terms of stories as numbers, as kept from one build to the next: reading them is most of
    the work of an edit.

    `signatures` has the digest of each story's signature. `words` are the terms, with spaces
    between them, in the order of their numbers from 1 on. `numbers` and `weights` are arrays of
    int32 and uint16 with a row for each story.
    """

    signatures: list[str]
    words: str
    numbers: bytes
    weights: bytes


def docs_of(records: Iterable[Record[StoryData]], sections: Mapping[str, str]) -> list[Doc]:
    """The docs of stories, from their records and the slugs of sections by name."""
    return [
        Doc(
            record.path,
            record.slug,
            record.moment / SECONDS_A_DAY,
            sections.get((record.data.sections or [""])[0], ""),
            record.data.lang,
            record.notes.get(NOTED, ""),
        )
        for record in records
    ]


def by_language(docs: Iterable[Doc]) -> dict[str, list[Doc]]:
    """The stories of each language without its region, oldest first: people who read one variety
    can read the others.
    """
    groups: defaultdict[str, list[Doc]] = defaultdict(list)
    for doc in sorted(docs, key=lambda doc: (-doc.date, doc.slug, doc.key), reverse=True):
        groups[doc.lang.lower().partition("-")[0]].append(doc)
    return groups


def next_to(docs: Sequence[Doc], row: int) -> list[int]:
    """The rows of all other stories: first older, then newer ones of its section, then all the same
    way; each time nearest first.

    Older ones come first, so that a list stays as it is when something new is published.
    """
    around = [*range(row - 1, -1, -1), *range(row + 1, len(docs))]
    return [*(other for other in around if docs[other].section == docs[row].section), *around]
