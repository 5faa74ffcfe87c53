"""Gives each source its address, and reports sources that would share one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from pathlib import PurePosixPath
from typing import Any
from unicodedata import normalize
from urllib.parse import quote, unquote

from msgspec import Struct, field

from broadside.content import files, series
from broadside.content.content import NOT_OUT, UNLISTED, Addresses, Content, ReadOptions
from broadside.content.doors import ADDRESSES, FOLDERS, OWN_PAGES
from broadside.content.lists import ListEntry
from broadside.content.names import place
from broadside.content.records import Record, record_names
from broadside.faults import Fault, quoted
from broadside.front_matter.data import PageData, StoryData, Written
from broadside.slugs import slug_of, slugify
from broadside.urls import (
    KINDS,
    Kind,
    Urls,
    below,
    file_of,
    free_kinds,
    is_below,
)

MACHINES = re.compile(
    r"(admin|cards|pagefind|photos|sitemaps|theme)/|index\.html$"
    r"|(?i:(.*/)?page/\d+(/|/index\.html)?$|(_redirects|redirects\.map|([^/]+/)*(rails\.html|index\.md|llms\.txt))(/|$))"
)
"""Addresses at or below which the site writes files that nobody links to, or whose names are not
known in advance.
"""
Moved = tuple[Record[Any] | ListEntry[Any], str]
"""Something that may have former addresses: the source or list entry with its redirect_from, and
its address today.
"""
THE_SITE = "the site itself"


class Owners(Struct):
    """What has each address, by output file in lower case, so that upper and lower case count as
    the same.
    """

    called: dict[str, str] = field(default_factory=dict)

    def claim(self, url: str, called: str) -> str:
        """What else has an address already; "" if nothing has, and so `called` has it from now
        on.
        """
        first = self.called.setdefault(_file(url), called)
        if first == called:
            return ""
        return first


def shared(url: str, first: str) -> tuple[str, str]:
    """The code and message for the second of two at one address; `first` is what the first one is
    called.
    """
    return "same-address", f"the address {quoted(f'/{url}')} is that of {first} too"


def is_foreseen(path: str, elsewhere: Iterable[str]) -> bool:
    """Whether an address, without query and outer slashes, would be known before the site is built,
    if it existed.
    """
    return not (is_below(path, elsewhere) or MACHINES.match(path))


def status(record: Record[Written], now: datetime) -> str:
    """published, hidden, withdrawn, draft, or held (its date has not come)."""
    said = record.data.status
    if said != "draft" and record.date and record.date > now:
        return "held"
    return said


def states(content: Content, now: datetime) -> dict[str, str]:
    """The status of each source that has one, by path."""
    return {record.path: status(record, now) for record in content.written}


def published(content: Content) -> list[Record[StoryData]]:
    """The stories that readers see."""
    states = content.states
    return [record for record in content.stories if states[record.path] == "published"]


def editorial(content: Content) -> list[Record[StoryData]]:
    """Those that nobody paid for: only these stand among others, in feeds, letters and below
    stories.
    """
    return [record for record in published(content) if not record.data.paid_by]


def assigned(content: Content, reading: ReadOptions) -> tuple[Addresses, list[Fault]]:
    """The address of each source, and a fault for each that would share one: of two stories, for
    the newer one.
    """
    found = content.addresses = Addresses(unplaced=_unplaced(content))
    found.unseen = {
        "author": _unseen_authors(content, reading),
        "series": series.unseen(content, reading.drafts),
    }
    found.own = _own_there(content)
    lists = [*found.own.values(), *_optional_lists(content, found)]
    urls = reading.urls
    unlisted = (urls.own["thanks"], urls.own["sorry"])
    owners = Owners()
    for path in (*reading.site_paths, *reading.site_folders, *lists, *unlisted, ""):
        owners.claim(path, THE_SITE)
    sources = [*content.pages, *content.stories, *content.in_folders]
    faults = [*_of_sources(sources, content, reading, found, owners)]
    waiting = found.waiting
    for kind, slugs in found.unseen.items():
        page = f"the page of {'an' if kind == 'author' else 'a'} {kind} without a published story"
        waiting.state_of |= {reading.urls.term(kind, slug): page for slug in slugs}
    waiting.withdrawn = {url for _, url in _of_free_terms(content, "withdrawn")} | {
        *_periods(content, "withdrawn")
    }
    terms = _terms(content, found)
    faults += _of_files(content, reading, found, owners)
    found.known.update({path: path for path in (*reading.site_paths, *lists, "", *terms)})
    faults += _of_indexes(content, found, owners)
    for term in terms:
        owners.claim(term, THE_SITE)
    moved = chain(
        ((record, found.urls_of.get(record.path, "")) for record in sources),
        ((term, url) for _, term, url in of_terms(content, found)),
        _with_entries(content, found.known),
    )
    faults += _former(moved, found, owners, reading.urls)
    _lead_on(reading.former_urls, found, owners)
    return found, faults


def _of_sources(
    sources: Sequence[Record[Any]],
    content: Content,
    reading: ReadOptions,
    found: Addresses,
    owners: Owners,
) -> Iterator[Fault]:
    """Give each source its address; of two at one moment, the one with the longer name is more
    likely the copy.
    """
    for record in sorted(
        sources, key=lambda record: (record.moment, len(record.path), record.path)
    ):
        state = content.states[record.path]
        if not record.slug or record.path in found.unplaced:
            continue
        if not reading.shows(state):
            _keep_waiting(record, state, reading, found)
            continue
        url = address(record, state, reading)
        is_text = isinstance(record.data, PageData) and url in reading.urls.with_text
        if is_text and owners.called.get(_file(url)) == THE_SITE:
            del owners.called[_file(url)]
        if first := owners.claim(url, record.path):
            key = "title"
            if "slug" in record.lines:
                key = "slug"
            yield record.fault(key, *shared(url, first))
        found.urls_of[record.path] = found.known[url] = url
        # A draft shown in a preview is at its draft address, but links may use the one it will
        # have.
        if state in NOT_OUT:
            found.ahead[address(record, "published", reading)] = url


def _keep_waiting(record: Record[Any], state: str, reading: ReadOptions, found: Addresses) -> None:
    url = address(record, "published", reading)
    found.waiting.urls_of[record.path] = url
    if state == "draft":
        found.waiting.state_of[url] = "a draft"
    else:
        found.waiting.state_of[url] = f"held until {record.date:%Y-%m-%d %H:%M}"


def _of_files(
    content: Content, reading: ReadOptions, found: Addresses, owners: Owners
) -> Iterator[Fault]:
    """Give the files their addresses, and report those that would share one."""
    if not content.files:
        return
    found.files, found.files_out = files.assigned(content, reading, found.unseen)
    # Published files first: of two at one address, the file that readers do not see is at fault.
    for path, url in sorted(
        found.files.items(), key=lambda file: (file[0] not in found.files_out, file)
    ):
        if first := owners.claim(url, path):
            yield Fault(path, 0, 0, "error", *shared(url, first))
        if path in found.files_out:
            found.known[url] = url
    withdrawn = [record for record in content.stories if content.states[record.path] == "withdrawn"]
    gone = {path for record in withdrawn for path, _ in files.used(record)} - found.files_out
    found.waiting.withdrawn |= {found.files[path] for path in gone & found.files.keys()}


def _lead_on(folders: Mapping[str, str], found: Addresses, owners: Owners) -> None:
    """Redirect everything below a former folder, as the setting FORMER_URLS says, unless something
    else is there now.
    """
    for old, new in folders.items():
        for url in [url for url in found.known if url.startswith(new) and url not in found.former]:
            former = old + url.removeprefix(new)
            if _file(former) not in owners.called:
                found.known[former] = found.former[former] = url


def _unplaced(content: Content) -> set[str]:
    """The paths, slugs and file names of sources whose address is unknown because they have errors.

    File names are included because they may be what the slug would be, even names that are not
    valid text.
    """
    undated = (
        each for each in content.stories if not each.date and content.states[each.path] != "draft"
    )
    records = [*(each for each in content.records if not each.is_readable), *undated]
    paths = [each.path for each in records]
    paths += [fault.path for fault in content.folder.faults if fault.code == "file-name"]
    stems = {slugify(PurePosixPath(path).stem) for path in paths}
    return (
        {normalize("NFC", path) for path in paths} | stems | {each.slug for each in records}
    ) - {""}


def _unseen_authors(content: Content, reading: ReadOptions) -> set[str]:
    """The slugs of authors whose stories are all unpublished: a page for them would give away that
    a story is coming.
    """
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
    if isinstance(record.data, StoryData):
        if waits or record.date is None:
            return urls.draft(slug)
        return urls.story(record.date, slug)
    if isinstance(record.data, PageData):
        return urls.page(slug)
    if waits:
        return urls.draft(f"{record.kind}-{slug}")
    (folder,) = (each for each in FOLDERS if each.kind is type(record.data))
    return folder.address(urls, slug)


def _file(url: str) -> str:
    """The output file of an address, in lower case: two addresses with the same file would
    clash.
    """
    return file_of(url).lower()


def first_url(record: Record[Written], url: str) -> str:
    """The address at which a source was first published: the first in its redirect_from, or
    today's.
    """
    former = record.data.redirect_from[:1]
    if former:
        return quote(file_of(unquote(former[0]).lstrip("/")).removesuffix("index.html"))
    return url


def of_terms(
    content: Content, found: Addresses
) -> Iterator[tuple[str, Record[Any] | ListEntry[Any], str]]:
    """The terms of lists and files that the site shows, each with its kind and its address."""
    for kind, terms in content.listed.items():
        for each in terms:
            if each.data.slug not in found.unseen.get(kind, ()):
                yield kind, each, content.urls.term(kind, each.data.slug)


def _with_entries(content: Content, known: Collection[str]) -> Iterator[Moved]:
    """The free terms with an entry in a list, such as topics.yml, that the site shows, with their
    addresses.
    """
    for kind in free_kinds():
        for entry in content.lists.entries_of(kind):
            url = content.urls.term(kind.name, entry.data.slug)
            if url in known:
                yield entry, url


def _of_indexes(content: Content, found: Addresses, owners: Owners) -> Iterator[Fault]:
    """The faults of indexes that would share an address with something else."""
    for _, source, url in of_terms(content, found):
        if first := owners.claim(url, source.called):
            yield source.fault("name", *shared(url, first))
    for kind, url in _of_free_terms(content):
        if first := owners.claim(url, f"the {kind} at /{url}"):
            story, key = next(_with_term(content, KINDS[kind], url))
            yield story.fault(key, *shared(url, first))


def _with_term(content: Content, kind: Kind, url: str) -> Iterator[tuple[Record[StoryData], str]]:
    """The published stories that have the free term of this address, each with the key where it is
    named.
    """
    given = content.lists.slugs_of[kind.name]
    for story in published(content):
        for i, name in enumerate(record_names(story, kind.key)):
            if content.urls.term(kind.name, slug_of(name, given)) == url:
                yield story, place(story, kind.key, i)


def _former(
    moved: Iterable[Moved], found: Addresses, owners: Owners, urls: Urls
) -> Iterator[Fault]:
    """Make former addresses redirect to today's, and report those that are taken."""
    moves = [
        (source, i, old, url)
        for source, url in moved
        if url
        for i, former in enumerate(source.data.redirect_from)
        # A source may list today's address too, to show its place in the order.
        if file_of(old := unquote(former).lstrip("/")) != file_of(url)
    ]
    for source, _, old, _ in moves:
        owners.claim(old, source.called)
    for source, i, old, url in moves:
        # A former address that differs from today's only in case has the same file, and that is the
        # source's own.
        if _file(old) == _file(url):
            first = ""
        else:
            first = _taken(old, source.called, owners, urls)
        if first:
            yield source.fault(place(source, "redirect_from", i), *shared(old, first))
        else:
            found.known[old] = found.former[old] = url


def _taken(old: str, called: str, owners: Owners, urls: Urls) -> str:
    """What else has a former address, or the file that stands where it needs a folder; "" if it is
    free.
    """
    file, copies = _file(old), f"/{urls.own['republish']}index.html"
    if MACHINES.match(old) or old.startswith(_drafts(urls)) or file.endswith(copies):
        return THE_SITE
    for end, sign in enumerate(file):
        if sign == "/" and (first := owners.called.get(file[:end])):
            return f"{first}, whose file is /{file[:end]},"
    return owners.claim(old, called)


def _drafts(urls: Urls) -> tuple[str, ...]:
    return tuple(folder for folder in urls.folders if urls.draft_pattern.startswith(folder))


def indexes(content: Content) -> list[str]:
    """The addresses of all indexes: of terms, years and months, of what else lists something, and
    of optional lists.
    """
    return [
        *(url for _, _, url in of_terms(content, content.addresses)),
        *(url for _, url in _of_free_terms(content)),
        *_periods(content),
        *content.addresses.own.values(),
        *_optional_lists(content, content.addresses),
    ]


def _optional_lists(content: Content, found: Addresses) -> list[str]:
    """The addresses of the lists of those optional kinds of which the site shows a term."""
    there = {kind for kind, _, _ in of_terms(content, found)}
    return [
        url for kind, url in content.urls.lists.items() if kind in there and KINDS[kind].is_optional
    ]


def _own_there(content: Content) -> dict[str, str]:
    names = chain.from_iterable(given(content) for given in OWN_PAGES)
    return {name: content.urls.own[name] for name in names}


def _terms(content: Content, found: Addresses) -> list[str]:
    """The addresses of all indexes and their feeds."""
    terms = list(of_terms(content, found))
    with_feed = [*((kind, url) for kind, _, url in terms), *_of_free_terms(content)]
    feeds = [below(url, name) for kind, url in with_feed for name in KINDS[kind].feeds]
    feeds += chain.from_iterable(given(content) for given in ADDRESSES)
    return list(dict.fromkeys([*(url for _, url in with_feed), *_periods(content), *feeds]))


def _of_free_terms(content: Content, state: str = "published") -> list[tuple[str, str]]:
    """The kind and the address of each free term, such as a topic, that has stories in the given
    state.
    """
    found: dict[tuple[str, str], None] = {}
    stories = [
        record for record in content.stories if content.states[record.path] == state and record.date
    ]
    for kind in free_kinds():
        given = content.lists.slugs_of[kind.name]
        names = dict.fromkeys(name for record in stories for name in record_names(record, kind.key))
        found |= dict.fromkeys(
            (kind.name, content.urls.term(kind.name, slug_of(name, given))) for name in names
        )
    return list(found)


def _periods(content: Content, state: str = "published") -> list[str]:
    """The addresses of years and months that have stories in the given state."""
    stories = (record for record in content.stories if content.states[record.path] == state)
    months = dict.fromkeys((date.year, date.month) for record in stories if (date := record.date))
    urls = content.urls
    return [url for year, month in months for url in (urls.period(year), urls.period(year, month))]
