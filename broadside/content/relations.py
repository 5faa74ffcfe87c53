"""Checks that need all sources: relations between them, such as links and picked stories, and dates that have not come."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import chain

from msgspec.structs import replace

from broadside.content import (
    addresses,
    files,
    imported,
    lost_links,
    names,
    permalinks,
    picks,
    podcasts,
    roundups,
    series,
    translations,
)
from broadside.content.content import Content, ReadOptions
from broadside.content.names import Hints
from broadside.content.records import Record
from broadside.faults import Fault, errors_in, near, quoted
from broadside.front_matter.data import Data, SeriesData, StoryData
from broadside.front_matter.suspect import ahead, far
from broadside.slugs import slug_of
from broadside.urls import last_part


def check(content: Content, reading: ReadOptions) -> None:
    """Give all sources their addresses, and add the faults of their relations."""
    hints = Hints()
    content.states = addresses.states(content, reading.now)
    content.faults += names.check(content, hints)
    content.faults += series.join(content, hints)
    content.faults += _topics(content)
    content.faults += _ahead(content, reading.now)
    content.addresses, faults = addresses.assigned(content, reading)
    content.faults += faults
    content.faults += lost_links.check(content, hints)
    content.faults += permalinks.check(content)

    def near_story(slug: str, slugs: Collection[str]) -> str:
        return _renamed(slug, content) or hints.get(slug, "stories", slugs)

    content.faults += picks.related(content, near_story)
    content.faults += translations.join(content, near_story)
    content.faults += series.check_lists(content, near_story)
    content.faults += roundups.check(content, near_story)
    content.faults += podcasts.check(content)
    content.faults += picks.front_page(content, reading, near_story)
    content.faults, content.to_mend = imported.sifted(eased(content.faults, content, reading), content.lenient)


def eased(faults: list[Fault], content: Content, reading: ReadOptions) -> list[Fault]:
    """The faults; those of drafts, and of what drafts alone name, are warnings if no draft is shown."""
    if reading.drafts or reading.drafts_count or not errors_in(faults):
        return faults
    drafts = of_drafts(content, reading)
    return [replace(fault, severity="warning") if fault.path in drafts else fault for fault in faults]


def of_drafts(content: Content, reading: ReadOptions) -> set[str]:
    """The paths of all drafts, and of the pictures, tables and files that they alone name."""
    drafts = {record.path for record in content.written if record.data.status == "draft"}
    alone: set[str] = set()
    elsewhere = set(reading.files.in_settings)
    elsewhere.update(entry.data.podcast.picture for entry in content.lists.sections if entry.data.podcast)
    for record in content.records if drafts else ():
        named = alone if record.path in drafts else elsewhere
        named.update(path for path, _ in chain(pictures(record), files.used(record)))
        named.update(chart.data for chart in record.charts)
    return drafts | (alone - elsewhere)


def pictures(record: Record[Data]) -> Iterator[tuple[str, int | str]]:
    """The path of each picture that a source uses, with its line or the key that names it."""
    for key in ("photo", "portrait"):
        path = getattr(record.data, key, "")
        if path:
            yield path, key
    if isinstance(record.data, SeriesData) and record.data.podcast:
        yield record.data.podcast.picture, "podcast.picture"
    for photo in record.photos:
        if photo.photo:
            yield photo.photo, photo.line


def _renamed(slug: str, content: Content) -> str:
    """A hint with the present slug of the story that had this one; "" if no `redirect_from` says so."""
    addresses = content.addresses
    moved = {url for old, url in addresses.former.items() if last_part(old) == slug}
    stories = content.stories if moved else []
    now = next((story.slug for story in stories if addresses.urls_of.get(story.path) in moved), "")
    return f"it is called {quoted(now)} now" if now else ""


def _topics(content: Content) -> Iterator[Fault]:
    """The faults of topics that differ in more than capitals and still share an address, such as C and C++.

    Also those of entries in topics.yml that no story names.
    """
    first: dict[str, str] = {}
    met: set[str] = set()
    given = content.lists.slugs_of_topics
    for record in content.stories:
        topics = record.data.topics
        if met.issuperset(topics):  # as for most
            continue
        for i, topic in enumerate(topics):
            if topic in met:
                continue
            met.add(topic)
            other = first.setdefault(slug_of(topic, given), topic)
            if other.casefold() != topic.casefold():
                url = content.urls.term("topic", slug_of(topic, given))
                message = f"the topics {quoted(other)} and {quoted(topic)} share the address {url}"
                hint = "write them alike, or so that their letters differ"
                yield record.fault(names.place(record, "topics", i), "same-topic", message, hint, "warning")
    for entry in content.lists.topics:
        if entry.data.slug not in first:
            message = f"no story has the topic {quoted(entry.data.name)}, so nothing leads to it"
            hint = near(entry.data.name, met) or "delete the entry"
            yield entry.fault("name", "unknown-topic", message, hint, "warning")


def _ahead(content: Content, now: datetime) -> Iterator[Fault]:
    """The doubts about dates that have not come, or are far off."""
    for record in (*content.stories, *content.pages):
        data, state = record.data, content.states[record.path]
        if state == "held":
            doubts = far(data, now)
        elif state != "draft" and (data.updated or (isinstance(data, StoryData) and data.corrections)):
            doubts = ahead(data, now)
        else:  # most
            continue
        yield from (record.fault(*doubt, severity="warning") for doubt in doubts)
