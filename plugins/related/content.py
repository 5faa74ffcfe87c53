"""Checks the stories that a story names as related, and the one that it answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from broadside.content import addresses, names
from broadside.content.content import Content
from broadside.content.names import PAID, Hints, keys_of, no_story, several, states_by_slug, waits
from broadside.content.records import Record
from broadside.faults import Fault, quoted
from broadside.front_matter.data import StoryData


def check(content: Content) -> Iterator[Fault]:
    """The faults of slugs that stories name as related, or as what they answer."""
    hints = Hints()
    published = Counter(record.slug for record in addresses.editorial(content))
    every: dict[str, set[str]] = {}
    for record in content.stories:
        related, answers = record.data.related, record.data.answers
        for i, slug in enumerate([*related, answers] if answers else related):
            if (published[slug] == 1 and slug != record.slug) or slug in content.addresses.unplaced:
                continue
            # computed only for a build with such faults
            every = every or states_by_slug(content, PAID)
            key = "answers"
            if i < len(related):
                key = names.place(record, "related", i)
            what = "is related to"
            if key == "answers":
                what = "answers"
            if slug == record.slug and _means_itself(record, content):
                yield record.fault(key, "itself", f"the story {what} itself", "delete it")
            elif published[slug] > 1:
                yield several(record, key, slug, published[slug])
            elif slug not in every:
                yield record.fault(key, *no_story(slug, every, hints))
            elif slug not in published:
                said, hint = waits(every[slug], "it is left out")
                message = f"the story {quoted(slug)} {said}"
                yield record.fault(key, "unpublished", message, hint, "warning")


def _means_itself(record: Record[StoryData], content: Content) -> bool:
    """Whether a story's slug means the story itself, rather than a newer one with the same slug."""
    out = [each for each in addresses.published(content) if each.slug == record.slug]
    meant = keys_of((each.date, each.slug, each.path) for each in out if each.date)
    return meant.get(record.slug, record.path) == record.path
