"""Every feed of a thousand generated stories, by the rules of the specifications and as feedparser
reads it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import feedparser

from tests.feed_rules import faults
from tests.sample import Outlet
from tools.bench.corpus import write_ours

FORMS = ("feed.xml", "rss.xml", "feed.json")


def test_feeds_of_a_thousand_stories(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    outlet = Outlet(tmp_path)
    write_ours(outlet.content, 1_000)
    (outlet.content / "authors" / "ana-pereira.md").unlink()
    assert "1,000 stories published" in outlet.rebuild(jobs=2)
    feeds = {path: path.read_bytes() for path in outlet.output.rglob("*.*") if path.name in FORMS}
    entries = sum(
        len(feedparser.parse(data).entries)
        for path, data in feeds.items()
        if path.name == "feed.xml"
    )
    record_property("feeds", Counter(path.name for path in feeds).most_common())
    record_property("entries of Atom", entries)
    assert [said for path, data in feeds.items() for said in faults(str(path), data)] == []
    assert len(feeds) > 150
    assert entries > 2_000
