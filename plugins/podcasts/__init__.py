"""Makes podcasts: a feed of the stories of a section or a series that can be heard, and a file of the chapters of each.

No settings. A section in sections.yml or the file of a series has the key `podcast`. Makes …/podcast.xml beside the other feeds of
these indexes, and …/chapters.json below each story whose recording has chapters.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from uuid import UUID, uuid5

from broadside.content.podcasts import Podcast, is_played, podcasts
from broadside.content.terms import Section, Series
from broadside.plugins.feeds.entries import Entries
from broadside.plugins.podcasts.feed import Episode, Show, written
from broadside.site import Site, signals
from broadside.site.page import Page
from broadside.site.story import Story
from broadside.urls import CHAPTERS, below

OF_PODCASTS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of the identifiers of podcasts (https://podcasting2.org/docs/podcast-namespace/tags/guid)."""


def out(site: Site) -> Iterator[tuple[Podcast, Section | Series]]:
    """Each podcast whose index is out, with its term."""
    for each in podcasts(site.content):
        term = site.terms.sections[each.name] if each.kind == "section" else site.terms.series.get(each.slug)
        if term:
            yield each, term


def shows(site: Site) -> list[tuple[Show, str, list[Story]]]:
    """Each podcast whose index is out, with the path of its feed and its episodes, newest first."""
    settings, urls = site.settings, site.urls
    css, name = site.values.get("feed_css_url"), settings["SITENAME"]
    found = []
    for each, term in out(site):
        data, path = each.data, term.podcast_url
        show = Show(
            each.title,
            each.description,
            urls.absolute(term.url),
            urls.absolute(path),
            lang=settings["DEFAULT_LANG"],
            outlet=(name, urls.absolute("")),
            hub=settings.get("WEBSUB_HUB") or "",
            stylesheet=f"{urls.root}/{css}" if css else "",
            words=site.words.of(),
            picture=urls.absolute(site.photos.artwork(data.picture).name),
            category=tuple(data.category.split(" > ")),
            author=data.author or name,
            email=data.email,
            explicit=data.explicit == "yes",
            form=data.type,
            guid=data.guid or guid_of(urls.absolute(path)),
        )
        stories = [story for story in site.indexes[term.url].stories if story.audio and is_played(story.record.data)]
        found.append((show, path, stories[::-1]))
    return found


def guid_of(address: str) -> str:
    """The identifier of the podcast whose feed has been at this address from the beginning."""
    return str(uuid5(OF_PODCASTS, address.partition("://")[2].rstrip("/")))


def ask_for_artwork(site: Site) -> None:
    """Have the artwork made with the other pictures."""
    for each, _ in out(site):
        site.photos.artwork(each.data.picture)


def pages(site: Site) -> Iterator[Page]:
    """The feed of each podcast, and the chapters of the stories that have some."""
    entries = Entries(site.urls, site.texts, site.settings["SITENAME"], site.words)
    for show, path, stories in shows(site):
        yield Page(path, feed, {"show": show, "episodes": stories, "entries": entries})
    for story in site.stories:
        if story.audio and story.audio.chapters:
            yield Page(below(story.url, CHAPTERS), chapters, {"episode": story})


def feed(show: Show, episodes: Sequence[Story], entries: Entries) -> bytes:
    """The feed of a podcast with these stories, newest first."""
    numbers = range(len(episodes), 0, -1)
    return written(show, [_episode(*each, entries) for each in zip(episodes, numbers, strict=True)])


def _episode(story: Story, number: int, entries: Entries) -> Episode:
    absolute, audio = entries.urls.absolute, story.audio
    return Episode(
        entries.of_story(story),
        number,
        audio.credit if audio else "",
        absolute(audio.transcript.url) if audio and audio.transcript else "",
        absolute(below(story.url, CHAPTERS)) if audio and audio.chapters else "",
    )


def chapters(episode: Story) -> bytes:
    """The chapters of a story's recording, for podcast apps."""
    starts = episode.audio.chapters if episode.audio else ()
    listed = [{"startTime": start, "title": title} for start, title in starts]
    return json.dumps({"version": "1.2.0", "chapters": listed}, ensure_ascii=False).encode()


def register() -> None:
    """Connect to the build."""
    signals.arranged.connect(ask_for_artwork)
    signals.pages.connect(pages)
