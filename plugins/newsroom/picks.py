"""Stories that an editor picks by their slugs, for a stream or for the front page, and that are not there or not out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from plugins.faults import Fault, near, quoted
from plugins.front_matter.data import StoryData
from plugins.newsroom import addresses, names
from plugins.newsroom.lists import is_over
from plugins.newsroom.names import Suggest, no_story, several, states_by_slug, waits
from plugins.newsroom.records import Record
from plugins.newsroom.room import Desk, Newsroom
from plugins.related.pick import keys_of
from plugins.vocabulary import FRONT_SLOTS

NEAR_SLOT = 0.8
"""How like one of the front page's slots another name is that must be a slip."""


def related(newsroom: Newsroom, suggest: Suggest) -> Iterator[Fault]:
    """The faults of stories that a story names as related."""
    published = Counter(record.slug for record in addresses.published(newsroom))
    every: dict[str, set[str]] = {}
    for record in newsroom.stories:
        for i, slug in enumerate(record.data.related):
            if (published[slug] == 1 and slug != record.slug) or slug in newsroom.addresses.unplaced:
                continue
            every = every or states_by_slug(newsroom)  # a build without such faults need not ask
            key = names.place(record, "related", i)
            if slug == record.slug and _means_itself(record, newsroom):
                yield record.fault(key, "related-self", "the story is related to itself", "delete it")
            elif published[slug] > 1:
                yield several(record, key, slug, published[slug])
            elif slug not in every:
                yield record.fault(key, *no_story(slug, every, suggest))
            elif slug not in published:
                said, hint = waits(every[slug], "it is left out")
                message = f"the related story {quoted(slug)} {said}"
                yield record.fault(key, "related-unpublished", message, hint, "warning")


def _means_itself(record: Record[StoryData], newsroom: Newsroom) -> bool:
    """Whether a story's own slug means the story, and not the newest of several that have it."""
    out = [each for each in addresses.published(newsroom) if each.slug == record.slug]
    meant = keys_of((each.date, each.slug, each.path) for each in out if each.date)
    return meant.get(record.slug, record.path) == record.path


def front_page(newsroom: Newsroom, desk: Desk, suggest: Suggest) -> Iterator[Fault]:
    """The faults of stories that front_page.yml names, and of the slots that it names them for."""
    entries = newsroom.lists.front_page
    if not entries:
        return
    every = states_by_slug(newsroom)
    for entry in entries:
        slug, slot = entry.data.story, entry.data.slot
        if slot not in FRONT_SLOTS and (hint := near(slot, FRONT_SLOTS, NEAR_SLOT)):
            message = f"{quoted(slot)} would be a place of its own, below {', '.join(FRONT_SLOTS)}"
            yield entry.fault("", "unknown-slot", message, hint)
        if slug in newsroom.addresses.unplaced:
            continue
        if slug not in every:
            yield entry.fault("story", *no_story(slug, every, suggest))
        elif "published" not in every[slug] and not is_over(entry, desk.now):
            said, hint = waits(every[slug], "the slot goes to another")
            message = f"the story {quoted(slug)} {said}"
            yield entry.fault("story", "slot-unpublished", message, hint, "warning")
