"""What only shows when all sources are read: names that no list has, addresses that meet, links that lead nowhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from plugins.faults import Fault, did_you_mean, quoted
from plugins.newsroom import links
from plugins.newsroom.records import Record
from plugins.slugs import slugify

if TYPE_CHECKING:
    from plugins.newsroom.read import Desk, Newsroom

SCRIPT = re.compile(r"(LATIN|CYRILLIC|GREEK) ")


def check(newsroom: Newsroom, desk: Desk) -> None:
    """Find the addresses of all sources and add the faults of their relations."""
    faults = newsroom.faults
    authors = newsroom.of_kind("author")
    faults += _same_slugs(authors, "two author files have the same slug")
    names = {str(author.data["name"]): author.slug for author in authors if author.data}
    stems = {author.slug: author.slug for author in authors}
    sections = [entry.data["name"] for entry in newsroom.lists.sections]
    types = [entry.data["name"] for entry in newsroom.lists.story_types]
    for record in newsroom.of_kind("story"):
        faults += _unknown(record, "sections", record_names(record, "sections"), sections, "sections.yml")
        faults += _unknown(record, "type", [record.data["type"]] if record.data and record.data["type"] else [], types, "story_types.yml")
        faults += [fault for name in record_names(record, "authors") if name not in names and slugify(name) not in stems
                   for fault in _unknown(record, "authors", [name], list(names), "authors/")]
        faults += _warnings(record)
    faults += _addresses(newsroom, desk)
    faults += _links(newsroom)
    faults += _related(newsroom, desk.now)
    faults += _front_page(newsroom)


def status(data: dict[str, Any], now: datetime) -> str:
    """published, hidden, draft, or held: a story whose hour has not come."""
    if data["status"] != "draft" and data.get("date") and datetime.fromisoformat(data["date"]) > now:
        return "held"
    return str(data["status"])


def record_names(record: Record, key: str) -> list[str]:
    """The names of a record's sections, topics or authors."""
    values = (record.data or {}).get(key) or []
    return [value[0] if isinstance(value, (list, tuple)) else value for value in values]


def pictures(record: Record) -> Iterator[tuple[str, int]]:
    """The path and line of each picture that a source uses."""
    for key in ("photo", "portrait"):
        path = (record.data or {}).get(key)
        if path:
            yield path, record.lines.get(key, 1)
    for photo in record.body.photos:
        if photo.photo and ":" not in photo.photo:
            yield photo.photo, photo.line


def _unknown(record: Record, key: str, names: Iterable[str], known: list[str], where: str) -> Iterator[Fault]:
    word = {"sections": "section", "authors": "author"}.get(key, key)
    for i, name in enumerate(names):
        if name not in known:
            line_key = f"{key}.{i}" if f"{key}.{i}" in record.lines else key if key in record.lines else word
            yield record.fault(line_key, f"unknown-{word}", f"{quoted(name)} is not in {where}", did_you_mean(name, known))


def _warnings(record: Record) -> Iterator[Fault]:
    data = record.data or {}
    if data["alt"] and data["alt"].casefold() == data["title"].casefold():
        yield record.fault("alt", "alt-is-headline", "the alt text repeats the headline", "say what one sees in the picture", "warning")
    for key in ("title", "authors"):
        for text in [data["title"]] if key == "title" else record_names(record, "authors"):
            for word in text.split() if not text.isascii() else ():
                scripts = {match[1] for char in word if char.isalpha() and (match := SCRIPT.match(unicodedata.name(char, "")))}
                if len(scripts) > 1:
                    yield record.fault(key, "mixed-scripts", f"the word {quoted(word)} mixes {' and '.join(sorted(scripts)).lower()} letters", "type it again on one keyboard", "warning")


def _same_slugs(records: Iterable[Record], what: str) -> Iterator[Fault]:
    seen: dict[str, Record] = {}
    for record in records:
        first = seen.setdefault(record.slug, record)
        if first is not record:
            yield record.fault("name", "same-slug", f'{what}, "{record.slug}": {first.path} and {record.path}', "rename one of the files")


def _addresses(newsroom: Newsroom, desk: Desk) -> Iterator[Fault]:
    """Give each published source its address; no two may have the same, whatever the case of its letters."""
    owner: dict[str, str] = {path.lower(): "the site itself" for path in desk.site_paths}
    for record in [*newsroom.of_kind("page"), *newsroom.of_kind("story")]:
        state = status(record.data or {}, desk.now)
        if not record.slug or (state in ("draft", "held") and not desk.drafts):
            continue
        if record.kind == "page":
            url = desk.urls.page(record.slug)
        elif state in ("draft", "held") or record.date is None:
            url = desk.urls.draft(record.slug)
        else:
            url = desk.urls.story(record.date, record.slug)
        first = owner.setdefault(url.lower(), record.path)
        if first is not record.path:
            yield record.fault("slug" if "slug" in record.lines else "title", "same-address", f"{first} and {record.path} would both be at /{url}", "give one of them another slug")
        newsroom.urls_of[record.path] = newsroom.known[url] = url
    newsroom.known.update({path: path for path in desk.site_paths} | {"": ""} | _term_addresses(newsroom, desk))
    yield from _former(newsroom, owner)


def _former(newsroom: Newsroom, owner: dict[str, str]) -> Iterator[Fault]:
    for record in [*newsroom.of_kind("page"), *newsroom.of_kind("story")]:
        url = newsroom.urls_of.get(record.path)
        for i, former in enumerate((record.data or {}).get("redirect_from", []) if url is not None else []):
            old = former.lstrip("/")
            first = owner.setdefault(old.lower(), record.path)
            if first is not record.path or old == url:
                yield record.fault(f"redirect_from.{i}", "redirect-taken", f"the former address {quoted(former)} is that of {first}", "delete it, or correct it")
            else:
                newsroom.known[old] = url


def _term_addresses(newsroom: Newsroom, desk: Desk) -> dict[str, str]:
    urls = [desk.urls.term("section", entry.data["slug"]) for entry in newsroom.lists.sections]
    urls += [desk.urls.term("type", entry.data["slug"]) for entry in newsroom.lists.story_types]
    urls += [desk.urls.term("author", record.slug) for record in newsroom.of_kind("author")]
    for record in newsroom.of_kind("story"):
        if record.path in newsroom.urls_of and record.date:
            urls += [desk.urls.term("topic", slugify(topic)) for topic in record_names(record, "topics")]
            urls += [desk.urls.period(record.date.year), desk.urls.period(record.date.year, record.date.month)]
    return dict.fromkeys(urls, "") | {url: url for url in urls}


def _links(newsroom: Newsroom) -> Iterator[Fault]:
    for record in newsroom.records:
        for written, line in record.body.links:
            _, problem = links.target(written, record.path, newsroom.urls_of, newsroom.known)
            if problem:
                yield Fault(record.path, line, 0, "error", "broken-link", problem, _near(written, newsroom))


def _near(written: str, newsroom: Newsroom) -> str:
    if written.startswith("{filename}"):
        return did_you_mean(written.removeprefix("{filename}").lstrip("/"), newsroom.urls_of)
    return did_you_mean(written.partition("#")[0], (f"/{url}" for url in newsroom.known)) if len(newsroom.known) < 5000 else ""


def _related(newsroom: Newsroom, now: datetime) -> Iterator[Fault]:
    published = {record.slug for record in newsroom.of_kind("story") if status(record.data or {}, now) == "published"}
    every = {record.slug for record in newsroom.of_kind("story")}
    for record in newsroom.of_kind("story"):
        for i, slug in enumerate((record.data or {})["related"]):
            key = f"related.{i}" if f"related.{i}" in record.lines else "related"
            if slug == record.slug:
                yield record.fault(key, "related-self", "the story is related to itself", "delete it")
            elif slug not in every:
                yield record.fault(key, "unknown-story", f"there is no story with the slug {quoted(slug)}", did_you_mean(slug, every))
            elif slug not in published:
                yield record.fault(key, "related-unpublished", f"the related story {quoted(slug)} is not published; it is left out until then", "", "warning")


def _front_page(newsroom: Newsroom) -> Iterator[Fault]:
    every = {record.slug for record in newsroom.of_kind("story")}
    for entry in newsroom.lists.front_page:
        if entry.data["story"] not in every:
            slug = entry.data["story"]
            yield Fault("front_page.yml", entry.line, 0, "error", "unknown-story", f"there is no story with the slug {quoted(slug)}", did_you_mean(slug, every))
