"""The stories of one language, ready to be compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from broadside.plugins.related.terms import parse
from broadside.plugins.related.weights import ERA, KEYS, REACH, known, rarity, reach

if TYPE_CHECKING:  # the newsroom itself asks related.terms what a story is about
    from broadside.plugins.front_matter.data import StoryData
    from broadside.plugins.newsroom.records import Record

SECONDS_A_DAY = 86_400


class Signature(Struct, frozen=True, eq=False):
    """A story's terms as related.terms writes them; `mark` identifies them without their being fetched."""

    mark: str
    source: str | Callable[[], str]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Signature) and self.mark == other.mark

    def __hash__(self) -> int:
        return hash(self.mark)

    @property
    def text(self) -> str:
        """The terms with their weights, strongest first: "nato:812 ukraine:640"."""
        return self.source if isinstance(self.source, str) else self.source()


class Doc(NamedTuple):
    """What ranking needs of a published story.

    `key` is its path, `slug` breaks ties, `date` is in days since 1970, and `section` is the primary one's slug.
    """

    key: str
    slug: str
    date: float
    section: str
    lang: str
    signature: Signature

    @property
    def order(self) -> tuple[float, str, str]:
        """The sort key of stories: the newest first, then by slug."""
        return -self.date, self.slug, self.key


class Rarities(dict[str, int]):
    """The rarity of each term by its spread over these eras; worked out when it is asked for, because few are."""

    def __init__(self, spreads: Sequence[Counter[str]]) -> None:
        super().__init__()
        self._spreads = spreads

    def __missing__(self, term: str) -> int:
        self[term] = rare = rarity(stories_with(term, self._spreads))
        return rare


def docs_of(records: Iterable[Record[StoryData]], sections: Mapping[str, str]) -> Iterator[Doc]:
    """The docs of stories, from their records and the slugs of sections by name."""
    for record in records:
        days = record.moment / SECONDS_A_DAY
        section = sections.get((record.data.sections or [""])[0], "")
        yield Doc(
            record.path,
            record.slug,
            days,
            section,
            record.data.lang,
            Signature(record.digest, partial(getattr, record, "terms")),
        )


class Corpus:
    """The stories of one language, with an inverted index of their keys; signatures are parsed when first asked for.

    `spreads` says for each era how many of its stories have each term, and `eras` gives the stories' eras by key; they are
    worked out if they are not given.
    """

    def __init__(
        self,
        docs: Iterable[Doc],
        spreads: Sequence[Counter[str]] | None = None,
        eras: Mapping[str, int] | None = None,
    ) -> None:
        self.docs = {doc.key: doc for doc in docs}
        self.eras = eras_of(self.docs.values()) if eras is None else eras
        self._terms: dict[str, dict[str, int]] = {}
        self._postings: defaultdict[str, list[str]] = defaultdict(list)
        self.spreads = self._counted() if spreads is None else spreads
        self._rarities = [Rarities(self.spreads[: known(era)]) for era in range(len(self.spreads))]

    def terms(self, key: str) -> dict[str, int]:
        """A story's terms with their weights, strongest first."""
        terms = self._terms.get(key)
        if terms is None:
            terms = self._terms[key] = dict(parse(self.docs[key].signature.text))
        return terms

    def heft(self, key: str) -> dict[str, int]:
        """A story's terms with weight times rarity, as known to its era (in other words, tf-idf)."""
        rarities = self._rarities[self.eras[key]]
        return {term: weight * rarities[term] for term, weight in self.terms(key).items()}

    def keys(self, key: str) -> str:
        """The terms of a story by which candidates are found: those with the greatest heft."""
        heft, rarities = self.heft(key), self._rarities[self.eras[key]]
        ordered = sorted(heft, key=heft.__getitem__, reverse=True)
        return choose((term, reach(rarities[term])) for term in ordered)

    def index(self, keys: Mapping[str, str]) -> None:
        """Index stories by their keys."""
        postings = self._postings
        for key, terms in keys.items():
            for term in terms.split():
                postings[term].append(key)

    def postings(self, keys: str) -> Iterator[list[str]]:
        """Yield the stories with each of the keys."""
        return (self._postings.get(term, []) for term in keys.split())

    def _counted(self) -> list[Counter[str]]:
        spreads = [Counter[str]() for _ in range(max(self.eras.values(), default=-1) + 1)]
        for key in self.docs:
            spreads[self.eras[key]].update(self.terms(key).keys())
        return spreads


def choose(terms: Iterable[tuple[str, int]]) -> str:
    """Choose the keys among terms, given by falling heft, each with its reach.

    A term with which the keys would find more than REACH stories in all is passed over for the next.
    """
    keys: list[str] = []
    total = 0
    for term, found in terms:
        if found and total + found <= REACH:
            keys.append(term)
            total += found
            if len(keys) == KEYS:
                break
    return " ".join(keys)


def eras_of(docs: Iterable[Doc]) -> dict[str, int]:
    """The era of each of a language's stories, by key; stories are divided into eras from the oldest on."""
    oldest_first = sorted(docs, key=lambda doc: doc.order, reverse=True)
    return {doc.key: older // ERA for older, doc in enumerate(oldest_first)}


def stories_with(term: str, spreads: Iterable[Counter[str]]) -> int:
    """How many stories of some eras have a term, by the spreads of these."""
    return sum([spread.get(term, 0) for spread in spreads])
