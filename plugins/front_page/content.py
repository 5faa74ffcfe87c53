"""When the front page changes by itself, and what is wrong with its blocks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from broadside.content import names, series
from broadside.content.content import Content
from broadside.dates import Due
from broadside.faults import Fault, did_you_mean, quoted
from broadside.slugs import slugify
from broadside.urls import LISTED


def moments(content: Content, after: datetime) -> Iterator[Due]:
    """The moments at which slots expire, whether or not the page then changes."""
    for entry in content.lists.slots:
        if entry.data.until and (end := datetime.fromisoformat(entry.data.until)) > after:
            what = (
                f"{quoted(entry.data.story)} leaves the front page's slot {quoted(entry.data.slot)}"
            )
            yield Due(end, "slot", "front_page.yml", what)


def check(content: Content) -> Iterator[Fault]:
    """The faults of the sections, types, topics and series that blocks of the front page name."""
    lists = content.lists
    topics = {
        slugify(topic): topic
        for record in content.stories
        for topic in record.data.topics
        if lists.blocks
    }
    for entry in lists.blocks:
        data = entry.data
        for kind in LISTED:
            name, known = getattr(data, kind.name, ""), [each.data.name for each in lists.of(kind)]
            if name and name not in known and kind.names not in lists.not_read_in_full:
                message = f"{quoted(name)} is not in {kind.names}"
                yield entry.fault(
                    kind.name, names.unknown(kind), message, did_you_mean(name, known)
                )
        if data.series and data.series not in series.by_name(content):
            message = f"{quoted(data.series)} is not in series/"
            known = [each.data.name for each in content.series]
            yield entry.fault("series", "unknown-name", message, did_you_mean(data.series, known))
        if data.topic and slugify(data.topic) not in topics:
            message = f"no story has the topic {quoted(data.topic)}"
            yield entry.fault(
                "topic", "unknown-name", message, did_you_mean(data.topic, list(topics.values()))
            )
