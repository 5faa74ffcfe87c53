"""Reads only some sources, and as little of the others as their faults depend on, for ./inv check --files.

Of other sources only headers are read, and only those are parsed that may matter: of a story that a link names, of an
author, or of a story that may have the same address. Which these are is guessed from the bytes, always erring on the side
of more; they are then parsed just as in a whole check. Faults that take the whole folder to find are left to that: an
address that would be lost, topics that share one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct, field

from broadside.plugins.faults import Fault
from broadside.plugins.front_matter.data import Data
from broadside.plugins.newsroom import lists
from broadside.plugins.newsroom.addresses import status
from broadside.plugins.newsroom.folder import LEDGER, OBLIGATORY, TOPICS
from broadside.plugins.newsroom.links import TERMS, path_of, term
from broadside.plugins.newsroom.links import parts as parts_of_link
from broadside.plugins.newsroom.read import check, opened, seen
from broadside.plugins.newsroom.reader import Reader
from broadside.plugins.newsroom.records import Record, is_story, record_names
from broadside.plugins.newsroom.room import Desk, Newsroom
from broadside.plugins.slugs import slugify, spelled
from broadside.plugins.urls import ARCHIVE, Urls

FIRST = 4096
"""Bytes that are read of a source, unless its header does not end within them."""
MOST = 200_000
"""Bytes that are then read of the header."""
END = re.compile(rb"\A\s*---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*\r?$\n?|\A(?!\s*---)\s*\S.*?\n[ \t]*\r?\n", re.S | re.M)
NAMES = re.compile(r"^ {0,3}[\"']?(?:slug|title|name|translation_of)[\"']?[ \t]*:(.*)", re.M | re.I)
"""Keys whose values others may call a source by, or from which its address is made."""
ODD = re.compile(r"[ \t]*(?:[>|&!*]|$)|.*[ \t]#")
"""What follows a key if its value is more than plain text on the same line."""
FORMER = re.compile("redirect_from", re.I)
DATE = re.compile(r"^ {0,3}[\"']?date[\"']?[ \t]*:[ \t]*[\"']?(\d+)-(\d\d)", re.M | re.I)


def read_some(
    root: Path, desk: Desk, paths: Collection[str], named: Callable[[Record[Data]], Iterable[str]] = lambda _: ()
) -> Newsroom:
    """The sources at these paths below the content folder, with their faults and those of the lists and the folder, but no others.

    `named` gives the links of a source besides those in its text, such as those that begin with the site's address.
    """
    newsroom = opened(root, desk)
    newsroom.folder.files["ledger"] = []
    kinds = dict(newsroom.sources)
    reader = Reader(root, desk.rules, desk.lang)
    asked = {path: reader.read(path, kind) for path, kind in kinds.items() if path in paths}
    question = Question.of(
        ((record, named(record)) for record in asked.values()), _of_lists(newsroom.lists, paths), desk.urls
    )
    for entry in newsroom.lists.topics:  # a former address may lead to one
        if any(unquote(each).strip("/").lower() in question.ways for each in entry.data.redirect_from):
            question.topics.add(entry.data.slug)
    heads = Heads(reader, {path: kind for path, kind in kinds.items() if path not in asked})
    others = {record.path: record for record in heads.that_bear_on(question, desk)}
    newsroom.records = [{**others, **asked}[path] for path in kinds if path in asked or path in others]
    check(newsroom, asked.values(), desk)
    newsroom.faults += _of_pictures(newsroom, [path for path in newsroom.folder.files["photo"] if path in paths])
    newsroom.faults = [fault for fault in newsroom.faults if is_asked(fault, paths)]
    return newsroom


def _of_lists(read: lists.Lists, paths: Collection[str]) -> Iterator[str]:
    """The slugs and former addresses that the lists among these paths name."""
    for slot in read.front_page:
        if slot.path in paths:
            yield slot.data.story
    for entry in (*read.sections, *read.story_types):
        if entry.path in paths:
            yield from entry.data.redirect_from


def needs_all(paths: Iterable[str]) -> bool:
    """Whether one of the paths is of a file that takes the whole folder to check."""
    return not {LEDGER, TOPICS}.isdisjoint(paths)


def is_asked(fault: Fault, paths: Collection[str]) -> bool:
    """Whether a fault is in one of the sources, names one because two clash, or is in what all need: a list or the folder."""
    is_of_all = fault.path in OBLIGATORY or fault.code == "content-folder"
    return is_of_all or fault.path in paths or any(path in fault.message for path in paths)


def _of_pictures(newsroom: Newsroom, paths: Iterable[str]) -> Iterator[Fault]:
    for path in paths:
        found = seen(newsroom.root / path)
        if isinstance(found, list):
            yield from (problem.at(path) for problem in found)
        else:
            newsroom.originals[path] = found


class Question(Struct):
    """What the sources that are checked say of others, by which one knows which others matter.

    `addresses` are addresses and slugs in lower case, one a line, and `ways` the same without query, slashes and
    index.html. `names` are the slugs of credited authors; `topics` and `authors` are the slugs in links to their pages.
    If `places` is set, some links lead to a place in another text, and that text is read too.
    """

    addresses: str = ""
    ways: set[str] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)
    authors: set[str] = field(default_factory=set)
    places: bool = False

    @classmethod
    def of(cls, records: Iterable[tuple[Record[Data], Iterable[str]]], listed: Iterable[str], urls: Urls) -> Question:
        """The question that these sources, given with their further links, and these entries of lists raise."""
        addresses, paths, names, places = list(listed), set(), set(), False
        for record, further in records:
            addresses += [record.slug, *record_names(record, "related"), *record_names(record, "redirect_from")]
            addresses += [slug for key in ("translation_of", "lead") if (slug := getattr(record.data, key, ""))]
            links = [*(written for written, _ in record.links), *further]
            plain = [written.partition("#")[0] for written in links]
            named = [parts_of_link(each.partition("?")[0]) for each in plain]
            addresses += [*plain, *(term(kind, name, urls) for kind, name in named if kind in TERMS)]
            paths |= {path_of(name, record.path) for kind, name in named if kind == "filename"}
            places |= any("#" in written for written in links)
            names |= {slugify(name) for name in record_names(record, "authors")}
            names |= {record.slug} if record.kind == "author" else set()
        # Files in place of a folder that one of them would need.
        addresses += [part for each in addresses for part in each.split("/")[:-1] if "." in part]
        text = "\n".join(unquote(each) for each in addresses).lower()
        ways = {each.partition("?")[0].removesuffix("index.html").strip("/") for each in text.splitlines()} - {""}
        return cls(text, ways, paths, names, _linked("topic", text, urls), _linked("author", text, urls), places)


def _linked(kind: str, text: str, urls: Urls) -> set[str]:
    """The slugs of the terms of a kind whose pages are among these addresses."""
    pattern = re.escape(urls.term(kind, "\n").lower()).replace("\\\n", "([^/\n?]+)").removesuffix("/")
    return set(re.findall(pattern, text)) - {""}


class Heads(Struct):
    """The headers of sources, given by path and kind, and the records of those that matter."""

    reader: Reader
    kinds: dict[str, str]

    def that_bear_on(self, question: Question, desk: Desk) -> Iterator[Record[Data]]:
        """The records that the question may depend on, without their texts unless these are needed."""
        authors = {path: self._head(path) for path, kind in self.kinds.items() if kind == "author"}
        meant = [path for path, head in authors.items() if _may_bear_on(question, path, head)]
        known = {name for path in meant for name in _names(path, NAMES.findall(authors[path]))}
        for path in meant if question.names <= known else authors:  # an unknown name is compared with all
            yield self._record(path, authors[path])
        if not question.addresses.strip() and not question.paths:
            return
        heads = {path: self._head(path) for path, kind in self.kinds.items() if kind != "author"}
        taken = {path for path, head in heads.items() if path in question.paths or _may_bear_on(question, path, head)}
        taken |= {path for path in heads if self.kinds[path] == "roundup" and "roundup" in question.addresses}
        for path in taken:
            yield self.reader.read(path, self.kinds[path]) if question.places else self._record(path, heads[path])
        yield from self._for_indexes(heads, taken, question, desk)

    def _for_indexes(
        self, heads: dict[str, str], taken: Collection[str], question: Question, desk: Desk
    ) -> Iterator[Record[Data]]:
        """For each topic, month and author linked to, stories up to the first that gives it an index today.

        Those before it are not out yet: they may give it an index later, and an author of nothing else has none until then.
        """
        open_topics = set(question.topics)
        open_periods = set(re.findall(rf"{ARCHIVE}\d+(?:/\d+)?", question.addresses))
        open_authors = [
            {slug, *map(slugify, NAMES.findall(self._head(f"authors/{slug}.md")))} for slug in question.authors
        ]
        for path in reversed(heads) if open_topics or open_periods or open_authors else ():
            head = heads[path]
            sought = open_topics.union(*open_authors)
            words = spelled(head) if sought else ""
            if path in taken or not (_periods(head) & open_periods or any(each in words for each in sought)):
                continue
            record = self._record(path, head)
            if not is_story(record):
                continue
            yield record
            if record.date and status(record, desk.now) == "published":
                open_topics -= {slugify(topic) for topic in record_names(record, "topics")}
                open_periods -= {f"{ARCHIVE}{record.date:%Y}", f"{ARCHIVE}{record.date:%Y/%m}"}
                out = {slugify(name) for name in record_names(record, "authors")}
                open_authors = [names for names in open_authors if names.isdisjoint(out)]

    def _record(self, path: str, head: str) -> Record[Data]:
        return self.reader.parse(head.encode("utf-8", "surrogateescape"), path, self.kinds[path])

    def _head(self, path: str) -> str:
        """The header of a source; if it does not end, all that was read."""
        try:
            file = os.open(f"{self.reader.root}/{path}", os.O_RDONLY)
            try:
                data = os.read(file, FIRST)
                match = END.match(data)
                if match is None and len(data) == FIRST:
                    data += os.read(file, MOST)
                    match = END.match(data)
            finally:
                os.close(file)
        except OSError:
            return ""
        return (match[0] if match else data).decode("utf-8", "surrogateescape").replace("\r\n", "\n")


def _may_bear_on(question: Question, path: str, head: str) -> bool:
    """Whether the question may name a source, or an address that it has or had."""
    written = NAMES.findall(head)
    is_odd = "\\" in head or head.lstrip("- \n").startswith("{") or any(map(ODD.match, written))
    if is_odd:  # what it is called is not just the text after a key
        return True
    if any(name in question.names or name in question.addresses for name in _names(path, written)):
        return True
    former = FORMER.search(head)
    after = unquote(head[former.end() :]).lower() if former else ""
    return bool(after) and any(way in after for way in question.ways)


def _names(path: str, written: Collection[str]) -> Iterator[str]:
    """What a source may be called: the slugs of its file name and of what is `written` in its header, and the latter itself.

    It is needed too, because slugify() would change a slug such as north--south.
    """
    stem = path.rpartition("/")[2].removesuffix(".md")
    return filter(None, (*map(slugify, (stem, *written)), *(each.strip("\"' \t").lower() for each in written)))


def _periods(head: str) -> set[str]:
    """The addresses of the year and the month that a source may belong to."""
    date = DATE.search(head)
    return {f"{ARCHIVE}{date[1]}", f"{ARCHIVE}{date[1]}/{date[2]}"} if date else set()
