"""What only shows when all sources are read: stories that are not there, links that lead nowhere, days that have not come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from functools import cache, partial
from urllib.parse import unquote

from plugins.faults import Fault, Severity, did_you_mean, near, quoted
from plugins.front_matter.suspect import ahead, far
from plugins.markup.body import ids
from plugins.markup.walk import PAGE_IDS
from plugins.newsroom import addresses, links, names, permalinks, roundups, translations
from plugins.newsroom.addresses import Waiting
from plugins.newsroom.lists import is_over
from plugins.newsroom.names import Hints
from plugins.newsroom.records import Record
from plugins.newsroom.room import Desk, Newsroom
from plugins.newsroom.translations import Suggest
from plugins.slugs import slugify
from plugins.urls import last_part
from plugins.vocabulary import FRONT_SLOTS

NEAR_SLOT = 0.8
"""How like one of the front page's slots another name is that must be a slip."""


def check(newsroom: Newsroom, desk: Desk) -> None:
    """Find the addresses of all sources and add the faults of their relations."""
    waiting, hints = Waiting(), Hints()
    newsroom.states = addresses.states(newsroom, desk.now)
    newsroom.faults += names.check(newsroom, hints)
    newsroom.faults += _topics(newsroom)
    newsroom.faults += _ahead(newsroom, desk.now)
    newsroom.faults += addresses.assign(newsroom, desk, waiting)
    newsroom.faults += _links(newsroom, waiting, hints)
    newsroom.faults += permalinks.check(newsroom, waiting)

    def near_story(slug: str, slugs: Collection[str]) -> str:
        return _renamed(slug, newsroom) or hints.get(slug, "stories", slugs)

    newsroom.faults += _related(newsroom, near_story)
    newsroom.faults += translations.join(newsroom, near_story)
    newsroom.faults += roundups.check(newsroom, near_story)
    newsroom.faults += _front_page(newsroom, desk, near_story)


def pictures(record: Record) -> Iterator[tuple[str, int | str]]:
    """The path of each picture that a source uses, with its line, or the key that names it."""
    for key in ("photo", "portrait"):
        path = record.data.get(key)
        if path:
            yield path, key
    for photo in record.photos:
        if photo.photo:
            yield photo.photo, photo.line


def _topics(newsroom: Newsroom) -> Iterator[Fault]:
    """Topics that differ in more than their capitals and still share an address, such as C and C++."""
    first: dict[str, str] = {}
    met: set[str] = set()
    for record in newsroom.of_kind("story"):
        topics = record.data["topics"]
        if met.issuperset(topics):  # most, of which nothing new can be said
            continue
        for i, topic in enumerate(topics):
            if topic in met:
                continue
            met.add(topic)
            other = first.setdefault(slugify(topic), topic)
            if other.casefold() != topic.casefold():
                message = f"the topics {quoted(other)} and {quoted(topic)} share the address topics/{slugify(topic)}/"
                hint = "write them alike, or so that their letters differ"
                yield record.fault(names.place(record, "topics", i), "same-topic", message, hint, "warning")


def _ahead(newsroom: Newsroom, now: datetime) -> Iterator[Fault]:
    for record in newsroom.of_kind("story") + newsroom.of_kind("page"):
        data, state = record.data, newsroom.states[record.path]
        if state == "held":
            doubts = far(data, now)
        elif state != "draft" and (data["updated"] or data.get("corrections")):
            doubts = ahead(data, now)
        else:  # most
            continue
        yield from (record.fault(*doubt, severity="warning") for doubt in doubts)


def _links(newsroom: Newsroom, waiting: Waiting, hints: Hints) -> Iterator[Fault]:
    places, by_slug = Places(newsroom), cache(partial(_by_slug, newsroom))
    for record in newsroom.records:
        for written, line in record.links:
            found, problem = newsroom.target(written, record.path)
            if not problem:
                if "#" in found:
                    yield from places.check(record.path, line, written, found)
                continue
            unseen = {url: url for url in waiting.state_of}
            url, missing = links.target(written, record.path, newsroom.urls, waiting.urls_of, unseen)
            if missing:
                hint = _near(written, record.path, newsroom, hints, by_slug) or "correct it, or take the link out"
                yield Fault(record.path, line, 0, "error", "broken-link", problem, hint)
            else:
                # A story that is not published itself may wait for the one that it links to.
                severity: Severity = (
                    "error" if record.path in newsroom.urls_of or record.kind == "author" else "warning"
                )
                state = waiting.state_of[url.partition("#")[0].partition("?")[0]]
                message = f'the link "{written}" leads to what readers cannot see: it is {state}'
                yield Fault(record.path, line, 0, severity, "unpublished-link", message, "take the link out until then")


def _by_slug(newsroom: Newsroom) -> dict[str, str]:
    """The address of each word that is the last part of no other: a link that ends in a slug means the story of that slug."""
    urls = set(newsroom.known.values())
    number = Counter(map(last_part, urls))
    return {slug: f"/{url}" for url in urls if (slug := last_part(url)) and number[slug] == 1}


class Places:
    """The places in texts that links from other texts may lead to."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.sources: dict[str, Record] = {}
        self.ids_at: dict[str, set[str]] = {}

    def check(self, path: str, line: int, written: str, found: str) -> Iterator[Fault]:
        """The fault of a link that leads to a page, but to no place on it."""
        address, _, fragment = found.partition("#")
        url = address.partition("?")[0]
        if url not in self.ids_at:
            self.ids_at[url] = self._ids(url)
        place = unquote(fragment)
        if place and place not in self.ids_at[url]:
            hint = did_you_mean(place, sorted(self.ids_at[url] - PAGE_IDS)) or "leave out what follows the #"
            message = f"the link {quoted(written)} leads to a page that has no such place"
            yield Fault(path, line, 0, "error", "link-fragment", message, hint)

    def _ids(self, url: str) -> set[str]:
        if not self.sources:
            records = self.newsroom.of_kind("story") + self.newsroom.of_kind("page")
            self.sources = {
                self.newsroom.urls_of[each.path]: each for each in records if each.path in self.newsroom.urls_of
            }
        source = self.sources.get(url)
        if source is None or source.data.get("status") == "withdrawn":
            return {"top", "main"}
        return {"top", *PAGE_IDS, *ids(source.body.html)}


def _near(written: str, source: str, newsroom: Newsroom, hints: Hints, by_slug: Callable[[], Mapping[str, str]]) -> str:
    kind, name = links.parts(written)
    address = written.partition("#")[0].partition("?")[0]
    if not kind and (meant := by_slug().get(last_part(address).removesuffix(".md"))):
        return f"did you mean {quoted(meant)}?"
    if hints.left <= 0:
        return ""
    if kind == "filename":
        sources = [path for group in ("story", "page") for path in newsroom.folder.files[group] if path != source]
        return hints.get(links.path_of(name, source), "sources", sources)
    if kind:
        return hints.get(kind, "kinds", links.KINDS) if kind not in links.KINDS else ""
    return hints.get(written.partition("#")[0], "addresses", [f"/{url}" for url in newsroom.known])


def _renamed(slug: str, newsroom: Newsroom) -> str:
    """A hint that names the slug which a story has now that had this one; "" where no `redirect_from` says so."""
    now = next((url for old, url in newsroom.former.items() if last_part(old) == slug), "")
    return f"it is called {quoted(last_part(now))} now" if now else ""


def _states_by_slug(newsroom: Newsroom) -> dict[str, set[str]]:
    """In which states the stories of each slug are; those of one slug may stand at several addresses."""
    found: dict[str, set[str]] = {}
    for record in newsroom.of_kind("story"):
        found.setdefault(record.slug, set()).add(newsroom.states[record.path])
    return found


def _waits(states: set[str], left_out: str) -> tuple[str, str]:
    """What to say of a story in such states in a list, where it is `left_out`, and what to do."""
    if states <= {"draft", "held"}:
        return f"is not published; {left_out} until then", "nothing need be done"
    state = "withdrawn" if "withdrawn" in states else "hidden"
    return f"is {state}; {left_out}", "name another story, or take it out"


def _related(newsroom: Newsroom, near_story: Suggest) -> Iterator[Fault]:
    published = Counter(record.slug for record in addresses.published(newsroom))
    every: dict[str, set[str]] = {}
    for record in newsroom.of_kind("story"):
        for i, slug in enumerate(record.data["related"]):
            if published[slug] == 1 and slug != record.slug:
                continue
            every = every or _states_by_slug(newsroom)  # a build without such faults need not ask
            key = names.place(record, "related", i)
            if slug == record.slug:
                yield record.fault(key, "related-self", "the story is related to itself", "delete it")
            elif slug in published:
                yield translations.several(record, key, slug, published[slug])
            elif slug not in every:
                message = f"there is no story with the slug {quoted(slug)}"
                yield record.fault(key, "unknown-story", message, near_story(slug, every) or "take it out")
            else:
                said, hint = _waits(every[slug], "it is left out")
                message = f"the related story {quoted(slug)} {said}"
                yield record.fault(key, "related-unpublished", message, hint, "warning")


def _front_page(newsroom: Newsroom, desk: Desk, near_story: Suggest) -> Iterator[Fault]:
    entries = newsroom.lists.front_page
    if not entries:
        return
    every = _states_by_slug(newsroom)
    for entry in entries:
        slug, slot = entry.data["story"], entry.data["slot"]
        line = entry.lines.get("story", entry.line)
        if slot not in FRONT_SLOTS and (hint := near(slot, FRONT_SLOTS, NEAR_SLOT)):
            message = f"{quoted(slot)} would be a place of its own, below {', '.join(FRONT_SLOTS)}"
            yield Fault("front_page.yml", entry.line, 0, "error", "unknown-slot", message, hint)
        if slug not in every:
            message = f"there is no story with the slug {quoted(slug)}"
            hint = near_story(slug, every) or "take it out"
            yield Fault("front_page.yml", line, 0, "error", "unknown-story", message, hint)
        elif "published" not in every[slug] and not is_over(entry, desk.now):
            said, hint = _waits(every[slug], "the slot goes to another")
            message = f"the story {quoted(slug)} {said}"
            yield Fault("front_page.yml", line, 0, "warning", "slot-unpublished", message, hint)
