"""Decides where everything goes: a free file and address for each story and page, the targets of
old addresses, sections and topics.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from msgspec import Struct, field

from broadside.importer import (
    LONGEST,
    MACHINES,
    RESERVED,
    Entry,
    Refused,
    Urls,
    checked_topic,
    clean_line,
    file_of,
    is_site_address,
    slug_problem,
    slugify,
)
from broadside_import.model import Archive, ArchiveStory, ArchiveTerm, Hosts
from broadside_import.readable import split_address

MOST_SECTIONS = 8
"""How many sections are made from categories that could be either, unless the user says which."""
LEAST_SHARE = 20
"""A tag may be a section if at least one story of so many has it."""
LONGEST_NAME = 200
"""In letters."""
MOST_TOPICS = 200
"""For one story, as in front matter."""
NONE = frozenset(
    "uncategorized uncategorised non-classe sin-categoria sem-categoria senza-categoria allgemein"
    " nicht-kategorisiert ukategorisert okategoriserade geen-categorie bez-kategorii unsorted"
    " none".split()
)
"""The categories that systems give to stories without one."""
REST = "Archive"
"""The section of stories without one."""


class Place(Struct, frozen=True):
    """The file of a story below the content folder, its slug, and its address if it is
    published.
    """

    path: str
    slug: str
    url: str
    is_known: bool = False
    """Whether an earlier import wrote it."""


class Taken(Struct):
    """The files of taken addresses, and the paths of existing files, both in lower case."""

    files: set[str] = field(default_factory=set)
    folders: tuple[str, ...] = ()
    paths: set[str] = field(default_factory=set)

    def free(self, url: str) -> bool:
        """Whether an address is free."""
        file = file_of(url).lower()
        return (
            file not in self.files and not file.startswith(self.folders) and not MACHINES.match(url)
        )

    def take(self, url: str) -> None:
        """Mark an address as taken."""
        self.files.add(file_of(url).lower())

    def free_of_files(self, old: str) -> bool:
        """Whether a page can be made at a former address: no file is where it would need a
        folder.
        """
        file = file_of(old).lower()
        above = (file[:end] for end, sign in enumerate(file) if sign == "/")
        return self.free(old) and not any(part in self.files for part in above)


def placed(
    archive: Archive, kind: str, urls: Urls, taken: Taken, known: Mapping[tuple[str, str], Entry]
) -> list[Place]:
    """The place of each story and page, in order; an earlier import's place is kept."""
    places: list[Place | None] = []
    for story in archive.stories:
        entry = known.get((kind, story.key))
        places.append(_known_place(story, entry, urls, taken) if entry else None)
        if entry:
            taken.paths.add(entry.path.lower())
            taken.take(places[-1].url)  # type: ignore[union-attr]
    return [
        place or _new_place(story, urls, taken)
        for story, place in zip(archive.stories, places, strict=True)
    ]


def _known_place(story: ArchiveStory, entry: Entry, urls: Urls, taken: Taken) -> Place:
    """The place that a story already has, with another slug if a new ARTICLE_URL would give it a
    taken address.
    """
    stem = slug = PurePosixPath(entry.path).stem
    number = 1
    while not taken.free(address_of(story, slug, urls)) and address_of(
        story, slug, urls
    ) != urls.draft(slug):
        number += 1
        slug = f"{stem[: LONGEST - 8].rstrip('-_')}-{number}"
    return Place(entry.path, slug, address_of(story, slug, urls), is_known=True)


def _new_place(story: ArchiveStory, urls: Urls, taken: Taken) -> Place:
    base = slug_of(story)
    if story.is_page:
        folder = "pages"
    elif story.date:
        folder = f"articles/{story.date.year:04}"
    else:
        folder = "articles/undated"
    number = 1
    while True:
        if number == 1:
            slug = base
        else:
            slug = f"{base[: LONGEST - 8].rstrip('-_')}-{number}"
        path, url = f"{folder}/{slug}.md", address_of(story, slug, urls)
        waits = url == urls.draft(slug)
        if waits:
            is_free = file_of(url).lower() not in taken.files
        else:
            is_free = taken.free_of_files(url)
        if path.lower() not in taken.paths and is_free:
            taken.paths.add(path.lower())
            taken.take(url)
            return Place(path, slug, url)
        number += 1


def slug_of(story: ArchiveStory) -> str:
    """The slug of a story: its old one, transliterated, or its headline's."""
    for words in (unquote(story.slug), story.title, story.key):
        slug = slugify(words.replace("/", "-"))
        if slug and not slug_problem(slug):
            return slug
        if slug and not slug_problem(f"{slug}-page"):
            return f"{slug}-page"
    if story.is_page:
        return "page"
    return "story"


def address_of(story: ArchiveStory, slug: str, urls: Urls) -> str:
    """The address of a story here; for a draft its future one, if known."""
    if story.is_page:
        return urls.page(slug)
    if story.status == "draft" or story.date is None:
        return urls.draft(slug)
    return urls.story(story.date, slug)


def path_of(old: str, hosts: Hosts) -> str | None:
    """The path of an old address from the root of its host, decoded, with its query; None if it is
    on another host.
    """
    parts = split_address(old)
    if parts is None:
        return None
    if parts.scheme not in ("", "http", "https") or (parts.netloc and parts.netloc not in hosts):
        return None
    path = re.sub(r"/{2,}", "/", unquote(parts.path) or "/")
    if parts.query:
        return f"{path}?{parts.query}"
    return path


BY_NUMBER = re.compile(r"(?:p|page_id|cat|author|attachment_id|tag|m)=")
"""The beginning of a query that identifies the page."""


def core_of(path: str) -> str:
    """What different spellings of a page's old address have in common."""
    path, _, query = path.partition("?")
    path = re.sub(r"/(?:index\.(?:html?|php)|amp|feed|print)/?$", "/", path)
    named = "&".join(part for part in query.split("&") if BY_NUMBER.match(part))
    if named and path.endswith(("/", "/index.php")):
        return f"?{named}"
    return path.lower().removesuffix(".html").removesuffix("/") or "/"


def former(old: Iterable[str], hosts: Hosts) -> Iterator[tuple[str, bool]]:
    """Old addresses in the form of `redirect_from`, and whether each is possible: one with only a
    query is not.
    """
    for each in dict.fromkeys(old):
        path = path_of(each, hosts)
        if path is None or path == "/":
            continue
        if core_of(path).startswith("?") or path.startswith("/?"):
            yield path, False
            continue
        written = quote(path.partition("?")[0], safe="/~")
        yield written, is_site_address(written)


FIELDS = ("{date:%Y}", "{date:%m}", "{date:%d}", "{slug}")


def pattern_of(archive: Archive, slugs: Mapping[str, str]) -> tuple[str, float]:
    """The pattern of most stories' old addresses in the form of ARTICLE_URL, and its share of
    correct addresses; "" if there is none.

    `slugs` has each story's slug here by its key.
    """
    patterns: Counter[str] = Counter()
    number = 0
    for story in archive.stories:
        path = next(
            (
                found
                for old in story.addresses
                if (found := path_of(old, archive.hosts)) and "?" not in found
            ),
            "",
        )
        if story.is_page or story.status != "published" or story.date is None or not path:
            continue
        number += 1
        patterns[_pattern(path, story.date, slugs[story.key])] += 1
    if patterns:
        pattern, times = patterns.most_common(1)[0]
    else:
        pattern, times = ("", 0)
    if pattern and "{slug}" in pattern and times > number * 0.6:
        return (pattern, times / number)
    return ("", 0.0)


def _pattern(path: str, date: datetime, slug: str) -> str:
    parts = path.strip("/").split("/")
    if not parts or "{" in path:
        return ""
    name, dot, ending = parts[-1].partition(".")
    if slug in (name.lower(), slugify(name)) or slug.rpartition("-")[0] == slugify(name):
        last = "{slug}" + dot + ending
    elif name.lower() == f"{date:%Y-%m-%d}-{slug}":
        last = "{date:%Y}-{date:%m}-{date:%d}-{slug}" + dot + ending
    else:
        return ""
    left = [(f"{date:%Y}", FIELDS[0]), (f"{date:%m}", FIELDS[1]), (f"{date:%d}", FIELDS[2])]
    made = []
    for part in parts[:-1]:
        found = next((each for each in left if each[0] == part), None)
        made.append(found[1] if found else part)
        left = [each for each in left if each is not found]
    # A page without an extension is in a folder, which hosts redirect to.
    end = "/"
    if dot:
        end = ""
    return "/".join([*made, last]) + end


class FiledTerms(Struct):
    """The sections and topics of an archive: names by the keys of terms, and the terms of each
    name.
    """

    sections: dict[str, str] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)
    of_section: dict[str, list[ArchiveTerm]] = field(default_factory=dict)
    of_topic: dict[str, list[ArchiveTerm]] = field(default_factory=dict)
    default: str = REST

    def of_story(self, story: ArchiveStory) -> tuple[list[str], list[str]]:
        """The sections and topics of a story; one without a section gets the default one."""
        sections = list(
            dict.fromkeys(self.sections[key] for key in story.terms if key in self.sections)
        )
        topics = dict.fromkeys(self.topics[key] for key in story.terms if key in self.topics)
        slugs = {slugify(name) for name in sections}
        return (
            sections or [self.default],
            [name for name in topics if slugify(name) not in slugs][:MOST_TOPICS],
        )


def filed(archive: Archive, known: Iterable[str], wanted: Sequence[str]) -> FiledTerms:
    """The sections and topics of an archive, for an outlet that has some sections already."""
    found = FiledTerms()
    used = Counter(
        key for story in archive.stories if not story.is_page for key in dict.fromkeys(story.terms)
    )
    merged: dict[str, list[ArchiveTerm]] = {}
    for term in archive.terms:
        slug = slugify(clean_line(term.name))
        if used[term.key] and slug and slug not in NONE:
            merged.setdefault(slug, []).append(term)
    uses = {slug: sum(used[term.key] for term in terms) for slug, terms in merged.items()}
    names = {slug: _name(terms, used) for slug, terms in merged.items()}
    slug_of = {term.key: slug for slug, terms in merged.items() for term in terms}
    filed_under = [
        {slug_of[key] for key in story.terms if key in slug_of}
        for story in archive.stories
        if not story.is_page
    ]
    own = {slugify(name): name for name in known}
    chosen = _sections(merged, uses, names, filed_under, own, wanted)
    for slug, terms in merged.items():
        if slug in chosen:
            found.of_section[chosen[slug]] = terms
            found.sections |= dict.fromkeys((term.key for term in terms), chosen[slug])
        elif _is_topic(names[slug]):
            found.of_topic[names[slug]] = terms
            found.topics |= dict.fromkeys((term.key for term in terms), names[slug])
    if len(wanted) == 1:
        found.default = next(iter(wanted), "")
    else:
        found.default = next((name for name in known if slugify(name) == slugify(REST)), REST)
    filed_there = sum(bool(set(found.sections) & set(story.terms)) for story in archive.stories)
    if len(found.of_section) == 1 and len(wanted) <= 1 and 2 * filed_there > len(archive.stories):
        found.default = next(iter(found.of_section))
    for term in archive.terms:
        if slugify(clean_line(term.name)) in NONE:
            found.of_section.setdefault(found.default, []).append(term)
    return found


def _sections(  # noqa: PLR0913, PLR0917 -- what there is, and what is wanted
    merged: dict[str, list[ArchiveTerm]],
    uses: dict[str, int],
    names: dict[str, str],
    filed_under: list[set[str]],
    known: dict[str, str],
    wanted: Sequence[str],
) -> dict[str, str]:
    """The slugs that become sections, and their names: existing ones, requested ones, and the most
    used.

    Tags may be sections only if most stories had none otherwise. `filed_under` has the slugs of
    each story's terms.
    """

    def hold_most(slugs: set[str]) -> bool:
        return 2 * sum(bool(slugs & each) for each in filed_under) >= len(filed_under)

    kinds = {slug: {term.kind for term in terms} for slug, terms in merged.items()}
    must_be = {slug for slug in merged if "section" in kinds[slug]}
    may_be = {slug for slug in merged if kinds[slug] != {"topic"}}
    if not hold_most(may_be):
        may_be |= {slug for slug in merged if LEAST_SHARE * uses[slug] >= len(filed_under)}
    if len(must_be) > 2 * MOST_SECTIONS:
        must_be = set()
    if wanted:
        asked = {slugify(name): name for name in wanted}
        chosen = {slug: asked[slug] for slug in merged if slug in asked}
    else:
        chosen = {slug: names[slug] for slug in merged if slug in must_be}
    if not wanted and not (must_be and hold_most(must_be)):
        others = sorted(
            (slug for slug in merged if slug in may_be - must_be), key=lambda slug: -uses[slug]
        )
        chosen |= {slug: names[slug] for slug in others[:MOST_SECTIONS]}
    chosen |= {slug: known[slug] for slug in merged if slug in may_be and slug in known}
    return {
        slug: name
        for slug, name in chosen.items()
        if not slug_problem(slug, RESERVED) or slug in known
    }


def _name(terms: list[ArchiveTerm], used: Counter[str]) -> str:
    """The most frequent spelling in stories."""
    return clean_line(max(terms, key=lambda term: used[term.key]).name)[:LONGEST_NAME].strip()


def _is_topic(name: str) -> bool:
    try:
        return bool(checked_topic(name))
    except Refused:
        return False
