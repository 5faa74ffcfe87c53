"""The stories of one language, ready to be compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from plugins.related.terms import parse
from plugins.related.weights import ERA, KEYS, REACH, known, rarity, reach

if TYPE_CHECKING:  # the newsroom itself asks related.terms what a story is about
    from plugins.front_matter.data import StoryData
    from plugins.newsroom.records import Record

SECONDS_A_DAY = 86_400


class Signature(Struct, frozen=True, eq=False):
    """A story's terms as related.terms writes them; `mark` tells two apart without either being fetched."""

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
    """One published story, as far as related stories need it.

    `key` names it for good, `slug` breaks ties, `date` is in days since 1970, `section` is the primary one's slug.
    """

    key: str
    slug: str
    date: float
    section: str
    lang: str
    signature: Signature

    @property
    def order(self) -> tuple[float, str, str]:
        """How ties are broken: the newer story first, then by slug."""
        return -self.date, self.slug, self.key


class Rarities(dict[str, int]):
    """What each term weighs for those who know these eras; summed up when it is first asked for, as few terms are."""

    def __init__(self, spreads: Sequence[Counter[str]]) -> None:
        super().__init__()
        self._spreads = spreads

    def __missing__(self, term: str) -> int:
        self[term] = rare = rarity(stories_with(term, self._spreads))
        return rare


def docs_of(records: Iterable[Record[StoryData]], sections: Mapping[str, str]) -> Iterator[Doc]:
    """What ranking needs of stories, from what was read of them and the slugs of sections by their names."""
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
    """What is known of the stories of one language; signatures are parsed when they are first asked for.

    `spreads` are, for each era, in how many of its stories each term is, and `eras` the stories' eras by their keys;
    where they are not given, they are found out.
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
        """A story's terms with weight times rarity, as its era knows it."""
        rarities = self._rarities[self.eras[key]]
        return {term: weight * rarities[term] for term, weight in self.terms(key).items()}

    def keys(self, key: str) -> str:
        """The terms of a story that look for candidates: those of most heft."""
        heft, rarities = self.heft(key), self._rarities[self.eras[key]]
        ordered = sorted(heft, key=heft.__getitem__, reverse=True)
        return choose((term, reach(rarities[term])) for term in ordered)

    def index(self, keys: Mapping[str, str]) -> None:
        """Let stories be found under their keys."""
        postings = self._postings
        for key, terms in keys.items():
            for term in terms.split():
                postings[term].append(key)

    def postings(self, keys: str) -> Iterator[list[str]]:
        """Yield, for each of the keys, the stories found under it."""
        return (self._postings.get(term, []) for term in keys.split())

    def _counted(self) -> list[Counter[str]]:
        spreads = [Counter[str]() for _ in range(max(self.eras.values(), default=-1) + 1)]
        for key in self.docs:
            spreads[self.eras[key]].update(self.terms(key).keys())
        return spreads


def choose(terms: Iterable[tuple[str, int]]) -> str:
    """The keys among terms that come by heft, each with its reach.

    Terms that would, together, find more stories than REACH are passed over for the next.
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
    """The era of each of a language's stories, by their keys; they are dealt into eras from the oldest on."""
    oldest_first = sorted(docs, key=lambda doc: doc.order, reverse=True)
    return {doc.key: older // ERA for older, doc in enumerate(oldest_first)}


def stories_with(term: str, spreads: Iterable[Counter[str]]) -> int:
    """How many stories of some eras have a term."""
    return sum([spread.get(term, 0) for spread in spreads])
