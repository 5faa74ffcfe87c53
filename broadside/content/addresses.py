"""Gives each source its address, and reports sources that would share one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from pathlib import PurePosixPath
from typing import Any
from unicodedata import normalize
from urllib.parse import quote, unquote

from broadside.content import files, series
from broadside.content.content import NOT_OUT, UNLISTED, Addresses, Content, ReadOptions
from broadside.content.lists import ListEntry
from broadside.content.names import place
from broadside.content.records import Record, record_names
from broadside.faults import Fault, quoted
from broadside.front_matter.data import PageData, RoundupData, StoryData, Written
from broadside.front_matter.vocabulary import AI_USED
from broadside.slugs import slug_of, slugify
from broadside.urls import KINDS, PODCAST, PODCAST_FRONT, Urls, below, file_of, is_below

MACHINES = re.compile(
    r"(admin|cards|pagefind|photos|sitemaps|theme)/|index\.html$"
    r"|(?i:(.*/)?page/\d+(/|/index\.html)?$|(_redirects|redirects\.map|([^/]+/)*(rails\.html|index\.md|llms\.txt))(/|$))"
)
"""Addresses at or below which the site writes files that nobody links to, or whose names are not known in advance."""
Owner = tuple[str, int]
"""The owner of an address: a source's path, and 0 if the source is there today, or else the number of the entry in redirect_from."""
Moved = tuple[Record[Any] | ListEntry[Any], str]
"""Something that may have former addresses: the source or list entry with its redirect_from, and its address today."""
OTHER_PLACE = "give one of them another name, or another place in the settings, such as TAG_URL"
THE_SITE: Owner = ("the site itself", 0)


def is_foreseen(path: str, elsewhere: Iterable[str]) -> bool:
    """Whether an address, without query and outer slashes, would be known before the site is built, if it existed."""
    return not (is_below(path, elsewhere) or MACHINES.match(path))


def status(record: Record[Written], now: datetime) -> str:
    """published, hidden, withdrawn, draft, or held (its date has not come)."""
    said = record.data.status
    return "held" if said != "draft" and record.date and record.date > now else said


def states(content: Content, now: datetime) -> dict[str, str]:
    """The status of each source that has one, by path."""
    return {record.path: status(record, now) for record in content.written}


def published(content: Content) -> list[Record[StoryData]]:
    """The stories that readers see."""
    states = content.states
    return [record for record in content.stories if states[record.path] == "published"]


def editorial(content: Content) -> list[Record[StoryData]]:
    """Those that nobody paid for: only these stand among others, in feeds, round-ups and below stories."""
    return [record for record in published(content) if not record.data.is_paid]


def assigned(content: Content, reading: ReadOptions) -> tuple[Addresses, list[Fault]]:
    """The address of each source, and a fault for each that would share one; upper and lower case count as the same."""
    found, faults = Addresses(unplaced=_unplaced(content)), list[Fault]()
    waiting = found.waiting
    found.unseen = {"author": _unseen_authors(content, reading), "series": series.unseen(content, reading.drafts)}
    found.own = _own_there(content)
    lists = [*_of_roundups(content, reading), *found.own.values(), *_optional_lists(content, found)]
    urls = reading.urls
    unlisted = (urls.own["thanks"], urls.own["sorry"], urls.roundup("newest"))
    owner = {_file(path): THE_SITE for path in (*reading.site_paths, *reading.site_folders, *lists, *unlisted, "")}
    sources = [*content.pages, *content.stories, *content.roundups]
    by_path = {record.path: record for record in sources}
    texts = urls.with_text
    for record in sources:
        state = content.states[record.path]
        if not record.slug or record.path in found.unplaced:
            continue
        if not reading.shows(state):
            waiting.urls_of[record.path] = url = address(record, "published", reading)
            waiting.state_of[url] = "a draft" if state == "draft" else f"held until {record.date:%Y-%m-%d %H:%M}"
            continue
        url = address(record, state, reading)
        own = record.path, 0
        if isinstance(record.data, PageData) and url in texts and owner.get(_file(url)) == THE_SITE:
            del owner[_file(url)]
        first = owner.setdefault(_file(url), own)
        if first != own:
            faults.append(_at_newer(record, by_path.get(first[0]), first[0], url))
        found.urls_of[record.path] = found.known[url] = url
        # A draft shown in a preview is at its draft address, but links may use the one it will have.
        if state in NOT_OUT:
            found.ahead[address(record, "published", reading)] = url
    for kind, slugs in found.unseen.items():
        page = f"the page of {'an' if kind == 'author' else 'a'} {kind} without a published story"
        waiting.state_of |= {reading.urls.term(kind, slug): page for slug in slugs}
    waiting.withdrawn = set(chain(*_filed(content, reading, "withdrawn")))
    terms = _terms(content, reading, found)
    faults += _of_files(content, reading, found, owner)
    found.known.update({path: path for path in (*reading.site_paths, *lists, "", *terms)})
    faults += _indexes_at_taken_addresses(content, reading, found, owner)
    # Only after the check above, so that an index does not clash with itself.
    for term in terms:
        owner.setdefault(_file(term), THE_SITE)
    moved = chain(
        ((record, found.urls_of.get(record.path, "")) for record in sources),
        ((term, url) for _, term, url in of_terms(content, found)),
        _of_topics(content, found.known),
    )
    faults += _former(moved, found, owner, reading.urls)
    _lead_on(reading.former_urls, found, owner)
    return found, faults


def _at_newer(record: Record[Written], other: Record[Written] | None, owner: str, url: str) -> Fault:
    """The fault of two sources at one address, at the newer one; `owner` is what has it, which may be no source."""
    newer, older = record, owner
    if other and (other.moment, other.path) > (record.moment, record.path):
        newer, older = other, record.path
    key = "slug" if "slug" in newer.lines else "title"
    message = f"{older} and {newer.path} would both be at /{url}"
    return newer.fault(key, "same-address", message, "give this one another slug")


def _of_files(content: Content, reading: ReadOptions, found: Addresses, owner: dict[str, Owner]) -> Iterator[Fault]:
    """Give the files their addresses, and report those that would share one."""
    if not content.files:
        return
    found.files, found.files_out = files.assigned(content, reading, found.unseen)
    # Published files first: of two at one address, the file that readers do not see is at fault.
    for path, url in sorted(found.files.items(), key=lambda file: (file[0] not in found.files_out, file)):
        first = owner.setdefault(_file(url), (path, 0))
        if first[0] != path:
            message = f"{first[0]} and {path} would both be at /{url}"
            yield Fault(path, 0, 0, "error", "same-address", message, "give one of them another name")
        if path in found.files_out:
            found.known[url] = url
    withdrawn = [record for record in content.stories if content.states[record.path] == "withdrawn"]
    gone = {path for record in withdrawn for path, _ in files.used(record)} - found.files_out
    found.waiting.withdrawn |= {found.files[path] for path in gone & found.files.keys()}


def _lead_on(folders: Mapping[str, str], found: Addresses, owner: Mapping[str, Owner]) -> None:
    """Redirect everything below a former folder, as the setting FORMER_URLS says, unless something else is there now."""
    for old, new in folders.items():
        for url in [url for url in found.known if url.startswith(new) and url not in found.former]:
            former = old + url.removeprefix(new)
            if _file(former) not in owner:
                found.known[former] = found.former[former] = url


def _unplaced(content: Content) -> set[str]:
    """The paths, slugs and file names of sources whose address is unknown because they have errors.

    File names are included because they may be what the slug would be, even names that are not valid text.
    """
    undated = (each for each in content.stories if not each.date and content.states[each.path] != "draft")
    records = [*(each for each in content.records if not each.is_readable), *undated]
    paths = [each.path for each in records]
    paths += [fault.path for fault in content.folder.faults if fault.code == "file-name"]
    stems = {slugify(PurePosixPath(path).stem) for path in paths}
    return ({normalize("NFC", path) for path in paths} | stems | {each.slug for each in records}) - {""}


def _unseen_authors(content: Content, reading: ReadOptions) -> set[str]:
    """The slugs of authors whose stories are all unpublished: a page for them would give away that a story is coming."""
    if reading.drafts or UNLISTED.isdisjoint(content.states.values()):
        return set()
    seen: set[str] = set()
    waiting: set[str] = set()
    for record in content.stories:
        waits = content.states[record.path] in UNLISTED
        (waiting if waits else seen).update(record_names(record, "authors"))
    authors = content.authors
    names = {author.data.name: author.slug for author in authors}
    slugs = {author.slug for author in authors}
    found = [{names.get(name) or slugify(name) for name in group} for group in (waiting, seen)]
    return (found[0] - found[1]) & slugs


def address(record: Record[Written], state: str, reading: ReadOptions) -> str:
    """The address of a source in this state."""
    urls, slug, waits = reading.urls, record.slug, state in NOT_OUT
    match record.data:
        case PageData():
            return urls.page(slug)
        case RoundupData():
            return urls.draft(f"roundup-{slug}") if waits else urls.roundup(slug)
    return urls.draft(slug) if waits or record.date is None else urls.story(record.date, slug)


def _file(url: str) -> str:
    """The output file of an address, in lower case: two addresses with the same file would clash."""
    return file_of(url).lower()


def first_url(record: Record[Written], url: str) -> str:
    """The address at which a source was first published: the first in its redirect_from, or today's."""
    former = record.data.redirect_from[:1]
    return quote(file_of(unquote(former[0]).lstrip("/")).removesuffix("index.html")) if former else url


def of_terms(content: Content, found: Addresses) -> Iterator[tuple[str, Record[Any] | ListEntry[Any], str]]:
    """The terms of lists and files that the site shows, each with its kind and its address."""
    for kind, terms in content.listed.items():
        for each in terms:
            if each.data.slug not in found.unseen.get(kind, ()):
                yield kind, each, content.urls.term(kind, each.data.slug)


def _of_topics(content: Content, known: Collection[str]) -> Iterator[Moved]:
    """The topics in topics.yml that the site shows, with their addresses."""
    for entry in content.lists.topics:
        url = content.urls.term("topic", entry.data.slug)
        if url in known:
            yield entry, url


def _indexes_at_taken_addresses(
    content: Content, reading: ReadOptions, found: Addresses, owner: Mapping[str, Owner]
) -> Iterator[Fault]:
    """The faults of indexes that would share an address with something else; only unusual URL settings cause them."""
    first: dict[str, tuple[str, str]] = {}
    for kind, source, url in of_terms(content, found):
        there, its_kind = first.setdefault(_file(url), (owner.get(_file(url), ("", 0))[0] or source.called, kind))
        # Two of one kind have a fault already.
        if there != source.called and (its_kind != kind or _file(url) in owner):
            message = f"{there} and {source.called} would both be at /{url}"
            yield source.fault("name", "same-address", message, OTHER_PLACE)
    for url in _filed(content, reading)[0]:
        there = owner.get(_file(url), ("", 0))[0] or first.get(_file(url), ("", ""))[0]
        if there:
            story, i = next(
                (each, i)
                for each in published(content)
                for i, topic in enumerate(each.data.topics)
                if reading.urls.term("topic", slug_of(topic, content.lists.slugs_of_topics)) == url
            )
            message = f"{there} and the topic {quoted(story.data.topics[i])} would both be at /{url}"
            yield story.fault(place(story, "topics", i), "same-address", message, OTHER_PLACE)


def _former(moved: Iterable[Moved], found: Addresses, owner: dict[str, Owner], urls: Urls) -> Iterator[Fault]:
    """Make former addresses redirect to today's, and report those that are taken."""
    moves = [
        (source, i, old, url)
        for source, url in moved
        if url
        for i, former in enumerate(source.data.redirect_from)
        # A source may list today's address too, to show its place in the order.
        if file_of(old := unquote(former).lstrip("/")) != file_of(url)
    ]
    for source, i, old, _ in moves:
        owner.setdefault(_file(old), (source.called, i + 1))
    for source, i, old, url in moves:
        # A former address that differs from today's only in case has the same file, and that is the source's own.
        taken = "" if _file(old) == _file(url) else _taken(old, (source.called, i + 1), owner, urls)
        if taken:
            message = f"the former address {quoted(source.data.redirect_from[i])} {taken}"
            key = place(source, "redirect_from", i)
            yield source.fault(key, "redirect-taken", message, "delete it, or correct it")
        else:
            found.known[old] = found.former[old] = url


def _taken(old: str, own: Owner, owner: Mapping[str, Owner], urls: Urls) -> str:
    """Who owns a former address, or a file where it would need a folder, as the end of a message; "" if it is free."""
    file = _file(old)
    if MACHINES.match(old) or old.startswith(_drafts(urls)) or _is_to_copy(file, owner, urls):
        return f"is that of {THE_SITE[0]}"
    for part in (file, *(file[:end] for end, sign in enumerate(file) if sign == "/")):
        first = owner.get(part, own)
        if first != own and (part, first[0]) != (file, own[0]):  # a source may list an address twice
            return f"is that of {first[0]}" if part == file else f"lies below the file /{part} of {first[0]}"
    return ""


def _drafts(urls: Urls) -> tuple[str, ...]:
    return tuple(folder for folder in urls.folders if urls.draft_pattern.startswith(folder))


def _is_to_copy(file: str, owner: Mapping[str, Owner], urls: Urls) -> bool:
    """Whether this is the output file of a republishing page, for something that has an address today."""
    page = file.removesuffix(f"/{urls.own['republish']}index.html")
    return page != file and any(owner.get(each, ("", 1))[1] == 0 for each in (f"{page}/index.html", f"{page}.html"))


def indexes(content: Content, reading: ReadOptions) -> list[str]:
    """The addresses of all indexes: of terms, years, months and past round-ups, of what else lists something, and of optional lists."""
    return [
        *(url for _, _, url in of_terms(content, content.addresses)),
        *chain(*_filed(content, reading)),
        *_of_roundups(content, reading)[:1],
        *content.addresses.own.values(),
        *_optional_lists(content, content.addresses),
    ]


def _optional_lists(content: Content, found: Addresses) -> list[str]:
    """The addresses of the lists of those optional kinds of which the site shows a term."""
    there = {kind for kind, _, _ in of_terms(content, found)}
    return [url for kind, url in content.urls.lists.items() if kind in there and KINDS[kind].is_optional]


def _own_there(content: Content) -> dict[str, str]:
    stories = editorial(content)
    there = {
        "ai": any(each.data.ai in AI_USED for each in stories),
        "blogroll": bool(content.blogroll.groups),
        "reviews": any(each.data.reviews for each in stories),
    }
    return {name: content.urls.own[name] for name, is_there in there.items() if is_there}


def _of_roundups(content: Content, reading: ReadOptions) -> list[str]:
    """The addresses of the index of round-ups and its feeds, if a round-up is published."""
    out = any(content.states[each.path] == "published" for each in content.roundups)
    return [reading.urls.roundup(name) for name in ("", "feed.xml", "rss.xml")] if out else []


def _terms(content: Content, reading: ReadOptions, found: Addresses) -> list[str]:
    """The addresses of all indexes and their feeds."""
    terms = list(of_terms(content, found))
    topics, periods = _filed(content, reading)
    with_feed = [*((kind, url) for kind, _, url in terms), *(("topic", url) for url in topics)]
    feeds = [below(url, name) for kind, url in with_feed for name in KINDS[kind].feeds]
    podcasts = [url for _, source, url in terms if getattr(source.data, "podcast", None)]
    feeds += [below(url, name) for url in podcasts for name in (PODCAST, PODCAST_FRONT)]
    return list(dict.fromkeys([*(url for _, url in with_feed), *periods, *feeds]))


def _filed(content: Content, reading: ReadOptions, state: str = "published") -> tuple[list[str], list[str]]:
    """The addresses of topics, and of years and months, that have stories in the given state."""
    topics: dict[str, None] = {}
    months: dict[tuple[int, int], None] = {}
    for record in content.stories:
        if content.states[record.path] == state and (date := record.date):
            for topic in record.data.topics:
                topics[topic] = None
            months[date.year, date.month] = None
    urls = reading.urls
    periods = [url for year, month in months for url in (urls.period(year), urls.period(year, month))]
    given = content.lists.slugs_of_topics
    return [urls.term("topic", slug_of(topic, given)) for topic in topics], periods
