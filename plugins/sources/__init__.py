"""Leads readers on to copies of pages that are gone, and lists what a story rests on, as the ledger
says that the setting SOURCES names.

./inv sources writes the ledger; a build asks nobody.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from msgspec.structs import replace

from broadside.digests import digest
from broadside.folders import OUTLET
from broadside.plugin import ON_PAGE, Attribute, Plugin, Site, give
from broadside.plugins.sources.settings import SourcesSettings

if TYPE_CHECKING:
    from broadside.plugins.sources.ledger import Ledger, Shown
    from broadside.site.story import Story


def none_yet(*_: Any) -> tuple[Shown, ...]:
    """What stories have until the site is arranged."""
    return ()


def add(site: Site) -> None:
    """Change the links of stories to what is gone, and give them their sources."""
    settings = SourcesSettings.of(site.settings)
    if not settings.SOURCES:
        return
    from broadside.plugins.sources.ledger import read

    known = read(OUTLET / settings.SOURCES)
    of_stories: defaultdict[str, Ledger] = defaultdict(dict)
    for address, source in known.items():
        for path in source.stories:
            of_stories[path][address] = source
    for story in site.published:
        sources = of_stories.get(story.record.path)
        if not sources:
            continue
        if settings.SOURCES_BELOW:
            story.rests_on = shown(story, sources)
        lead_on(story, sources, site.words.of(story.lang).gettext("archived copy"))


def shown(story: Story, sources: Ledger) -> tuple[Shown, ...]:
    """What a story links to, in the order of its text, so far as it was ever there."""
    from broadside.plugins.sources.ledger import Shown
    from broadside.plugins.sources.texts import links_in

    found = []
    for address in links_in(story.record.body.html):
        source = sources.get(address)
        if source and source.seen:
            site = urlsplit(address).netloc.removeprefix("www.")
            found.append(Shown(source.way or address, source.title or site, site, source.seen))
    return tuple(found)


def lead_on(story: Story, sources: Ledger, words: str) -> None:
    """Have the links to what is dead lead to the copies, with words that say so."""
    copies = {address: source.way for address, source in sources.items() if source.way}
    if not copies:
        return
    from broadside.markdown.body import Body, FileNote
    from broadside.plugins.sources.texts import led_on

    record = story.record
    rest, note = record.rest, len(record.links)  # the number after those of the inner links
    blocks = [led_on(block, copies, note) for block in rest.body.blocks]
    body = Body(blocks, rest.body.more)
    mark = digest(record.digest, *copies, *copies.values())
    story.record = replace(record, source=replace(rest, body=body), digest=mark)
    story.file_notes = {**story.file_notes, note: FileNote(words, "", words)}


def register() -> None:
    """Give what it adds to a build."""
    attribute = Attribute("rests_on", ON_PAGE, "the pages that it links to", none_yet)
    give(__name__, Plugin(attributes=[attribute], arranged=[add]))
