"""Checks the stories that editors pick by slug, for a stream or the front page: that they exist and are published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from broadside.content import addresses, names, series
from broadside.content.content import Content, ReadOptions
from broadside.content.lists import is_over
from broadside.content.names import Suggest, no_story, several, states_by_slug, waits
from broadside.content.records import Record
from broadside.faults import Fault, did_you_mean, near, quoted
from broadside.front_matter.data import StoryData
from broadside.front_matter.vocabulary import FRONT_SLOTS
from broadside.slugs import slugify

NEAR_SLOT = 0.8
"""How similar to one of the front page's slots a name must be to count as a slip."""


def keys_of(stories: Iterable[tuple[datetime, str, str]]) -> dict[str, str]:
    """Slug -> key of published stories, each given with its date, slug and key; of several with one slug, the newest."""
    return {slug: key for _, slug, key in sorted(stories)}


def related(content: Content, suggest: Suggest) -> Iterator[Fault]:
    """The faults of the slugs that stories name as related."""
    published = Counter(record.slug for record in addresses.published(content))
    every: dict[str, set[str]] = {}
    for record in content.stories:
        for i, slug in enumerate(record.data.related):
            if (published[slug] == 1 and slug != record.slug) or slug in content.addresses.unplaced:
                continue
            every = every or states_by_slug(content)  # not needed by a build without such faults
            key = names.place(record, "related", i)
            if slug == record.slug and _means_itself(record, content):
                yield record.fault(key, "related-self", "the story is related to itself", "delete it")
            elif published[slug] > 1:
                yield several(record, key, slug, published[slug])
            elif slug not in every:
                yield record.fault(key, *no_story(slug, every, suggest))
            elif slug not in published:
                said, hint = waits(every[slug], "it is left out")
                message = f"the related story {quoted(slug)} {said}"
                yield record.fault(key, "related-unpublished", message, hint, "warning")


def _means_itself(record: Record[StoryData], content: Content) -> bool:
    """Whether a story's own slug means the story itself, rather than a newer one with the same slug."""
    out = [each for each in addresses.published(content) if each.slug == record.slug]
    meant = keys_of((each.date, each.slug, each.path) for each in out if each.date)
    return meant.get(record.slug, record.path) == record.path


def front_page(content: Content, reading: ReadOptions, suggest: Suggest) -> Iterator[Fault]:
    """The faults of the stories and the slots that front_page.yml names."""
    yield from _blocks(content)
    entries = content.lists.front_page
    if not entries:
        return
    every = states_by_slug(content)
    filled: dict[tuple[str, str], str] = {}
    for entry in entries:
        slug, slot = entry.data.story, entry.data.slot
        place = slot, entry.data.until
        if (
            filled.get(place, slug) != slug
        ):  # no error: it would stop the site at the hour at which the first story comes out
            message = (
                f"the slot {quoted(slot)} has the story {quoted(filled[place])}, which is out; this entry is not used"
            )
            yield entry.fault("slot", "slot-unused", message, "delete the one that is over", "warning")
        elif "published" in every.get(slug, ()):
            filled[place] = slug
        if slot not in FRONT_SLOTS and (hint := near(slot, FRONT_SLOTS, NEAR_SLOT)):
            message = f"{quoted(slot)} would be a place of its own, below {', '.join(FRONT_SLOTS)}"
            yield entry.fault("", "unknown-slot", message, hint)
        if slug in content.addresses.unplaced:
            continue
        if slug not in every:
            yield entry.fault("story", *no_story(slug, every, suggest))
        elif "published" not in every[slug] and not is_over(entry, reading.now):
            said, hint = waits(every[slug], "the slot goes to its next entry, or to the newest story,")
            message = f"the story {quoted(slug)} {said}"
            yield entry.fault("story", "slot-unpublished", message, hint, "warning")


def _blocks(content: Content) -> Iterator[Fault]:
    """The faults of the sections, types, topics and series that the blocks of the front page name."""
    lists = content.lists
    topics = {slugify(topic): topic for record in content.stories for topic in record.data.topics if lists.blocks}
    sections, types = ([entry.data.name for entry in entries] for entries in (lists.sections, lists.story_types))
    for entry in lists.blocks:
        data = entry.data
        for option, name, known, file in (
            ("section", data.section, sections, "sections.yml"),
            ("type", data.type, types, "story_types.yml"),
        ):
            if name and name not in known and file not in lists.broken:
                message = f"{quoted(name)} is not in {file}"
                yield entry.fault(option, f"unknown-{option}", message, did_you_mean(name, known))
        if data.series and data.series not in series.by_name(content):
            message = f"{quoted(data.series)} is not in series/"
            names = [each.data.name for each in content.series]
            yield entry.fault("series", "unknown-series", message, did_you_mean(data.series, names))
        if data.topic and slugify(data.topic) not in topics:
            message = f"no story has the topic {quoted(data.topic)}"
            yield entry.fault("topic", "unknown-topic", message, did_you_mean(data.topic, list(topics.values())))
