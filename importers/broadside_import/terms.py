"""Which of an archive's categories become sections, and which topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct, field

from broadside.importer import RESERVED, Refused, checked_topic, clean_line, slug_problem, slugify
from broadside_import.model import Archive, Story, Term

MOST = 8
"""Sections that are taken of categories that might be either, if nobody says which."""
LONGEST_NAME = 200
"""Letters of a section's name."""
MOST_TOPICS = 200
"""Of one story, as front matter has it."""
NONE = frozenset(
    "uncategorized uncategorised non-classe sin-categoria sem-categoria senza-categoria allgemein nicht-kategorisiert ukategorisert "
    "okategoriserade geen-categorie bez-kategorii unsorted none".split()
)
"""What systems file a story under that has no category."""
REST = "Archive"
"""The section of stories that have none."""


class Filed(Struct):
    """The sections and topics of an archive: names by the keys of terms, and the terms of each name."""

    sections: dict[str, str] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)
    of_section: dict[str, list[Term]] = field(default_factory=dict)
    of_topic: dict[str, list[Term]] = field(default_factory=dict)
    default: str = REST

    def of_story(self, story: Story) -> tuple[list[str], list[str]]:
        """The sections and topics of a story; one without a section is in the default one."""
        sections = list(dict.fromkeys(self.sections[key] for key in story.terms if key in self.sections))
        topics = dict.fromkeys(self.topics[key] for key in story.terms if key in self.topics)
        slugs = {slugify(name) for name in sections}
        return sections or [self.default], [name for name in topics if slugify(name) not in slugs][:MOST_TOPICS]


Choose = Callable[[list[tuple[str, int]]], Sequence[str]]
"""Asks which of these names, each with the number of its stories, become sections."""


def filed(archive: Archive, known: Iterable[str], wanted: Sequence[str], choose: Choose) -> Filed:
    """The sections and topics of an archive in an outlet that knows some sections already."""
    found = Filed()
    used = Counter(key for story in archive.stories if not story.is_page for key in dict.fromkeys(story.terms))
    merged: dict[str, list[Term]] = {}
    for term in archive.terms:
        slug = slugify(clean_line(term.name))
        if used[term.key] and slug and slug not in NONE:
            merged.setdefault(slug, []).append(term)
    uses = {slug: sum(used[term.key] for term in terms) for slug, terms in merged.items()}
    names = {slug: _name(terms, used) for slug, terms in merged.items()}
    chosen = _sections(merged, uses, names, {slugify(name): name for name in known}, wanted, choose)
    for slug, terms in merged.items():
        if slug in chosen and any(term.kind != "topic" for term in terms):
            found.of_section[chosen[slug]] = terms
            found.sections |= dict.fromkeys((term.key for term in terms), chosen[slug])
        elif _is_topic(names[slug]):
            found.of_topic[names[slug]] = terms
            found.topics |= dict.fromkeys((term.key for term in terms), names[slug])
    found.default = (
        next(iter(wanted), "")
        if len(wanted) == 1
        else next((name for name in known if slugify(name) == slugify(REST)), REST)
    )
    filed_there = sum(bool(set(found.sections) & set(story.terms)) for story in archive.stories)
    if len(found.of_section) == 1 and len(wanted) <= 1 and 2 * filed_there > len(archive.stories):
        found.default = next(iter(found.of_section))
    for term in archive.terms:
        if slugify(clean_line(term.name)) in NONE:
            found.of_section.setdefault(found.default, []).append(term)
    return found


def _sections(  # noqa: PLR0913, PLR0917 -- what there is, and what is wanted
    merged: dict[str, list[Term]],
    uses: dict[str, int],
    names: dict[str, str],
    known: dict[str, str],
    wanted: Sequence[str],
    choose: Choose,
) -> dict[str, str]:
    """The slugs that are sections, and their names: those that the outlet has, those that must be, and the most used."""
    may_be = sorted(
        (slug for slug in merged if any(term.kind != "topic" for term in merged[slug])),
        key=lambda slug: -uses[slug],
    )
    must_be = {slug for slug in may_be if any(term.kind == "section" for term in merged[slug])}
    asked = {slugify(name): name for name in wanted}
    if wanted:
        chosen = {slug: asked[slug] for slug in may_be if slug in asked}
    elif must_be and len(must_be) <= 2 * MOST:
        chosen = {slug: names[slug] for slug in may_be if slug in must_be}
    else:
        of_names = {name: slug for slug, name in names.items()}
        answer = choose([(names[slug], uses[slug]) for slug in may_be])
        chosen = {of_names[name]: name for name in answer if name in of_names}
    chosen |= {slug: known[slug] for slug in may_be if slug in known}
    return {slug: name for slug, name in chosen.items() if not slug_problem(slug, RESERVED) or slug in known}


def most_used(names: list[tuple[str, int]]) -> list[str]:
    """The sections if nobody says which."""
    return [name for name, _ in names[:MOST]]


def _name(terms: list[Term], used: Counter[str]) -> str:
    """The spelling that most stories have."""
    return clean_line(max(terms, key=lambda term: used[term.key]).name)[:LONGEST_NAME].strip()


def _is_topic(name: str) -> bool:
    try:
        return bool(checked_topic(name))
    except Refused:
        return False
