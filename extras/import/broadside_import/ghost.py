"""Reads a Ghost export: its JSON, alone or in a zip or folder with content/images."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import yaml
from bs4 import Tag

from broadside_import.cards import card_of
from broadside_import.ghost_html import of_lexical, of_mobiledoc
from broadside_import.headers import named_zone
from broadside_import.model import (
    Archive,
    ArchiveStory,
    ArchiveTerm,
    Hosts,
    Left,
    Person,
    Picture,
    ReaderOptions,
    Skipped,
)
from broadside_import.readable import decoded, element, json_in, path_in, soup_of
from broadside_import.source import NotOpened, Source
from broadside_import.tidy import attribute, words_of

LARGEST = 1_000_000_000
SITE = "__GHOST_URL__"
HIDDEN_TAG = re.compile(r"^#|^hash-")
MEMBERS_ONLY = ("members", "paid", "tiers")
DEKS = ("custom_excerpt", "meta_description")
FIELD = re.compile(r"\{(\w+)\}|:([a-z_]+)")
"""A field in a pattern of addresses: {slug}, or :slug before Ghost 2.0."""
Row = dict[str, Any]


def read(source: Source, options: ReaderOptions) -> Archive:
    """Everything in a Ghost export."""
    archive = Archive(hosts=Hosts(options.hosts), roots=("", "content"))
    names = [
        name
        for name in source.names
        if name.lower().endswith(".json") and "package.json" not in name
    ]
    databases = [
        (name, data)
        for name in names or source.names
        if (data := _database(source, name)) is not None
    ]
    if not databases:
        raise NotOpened(
            f"{source.label} has no JSON file with posts, as Ghost exports"
            f" them{_why_not(source, names)}"
        )
    for name, data in databases:
        _take(name, data, archive)
    _routes(source, archive)
    return archive


def _why_not(source: Source, names: list[str]) -> str:
    """What is wrong with the only JSON file."""
    try:
        json_in(decoded(source.read(names[0], LARGEST))) if len(names) == 1 else None
    except ValueError as problem:
        return f"; {names[0]} is not JSON: {problem}"
    return ""


def _database(source: Source, name: str) -> dict[str, list[Row]] | None:
    """The tables of an export; None if the file is not one."""
    try:
        whole = json_in(decoded(source.read(name, LARGEST)))
    except ValueError:
        return None
    for path in (("db", 0, "data"), ("data",), ()):
        data = whole
        for step in path:
            try:
                data = data[step]
            except (KeyError, IndexError, TypeError):
                data = None
                break
        if isinstance(data, dict) and isinstance(data.get("posts"), list):
            return {
                key: [row for row in rows if isinstance(row, dict)]
                for key, rows in data.items()
                if isinstance(rows, list)
            }
    return None


def _take(name: str, data: dict[str, list[Row]], archive: Archive) -> None:
    _settings(name, data, archive)
    _people(data, archive)
    tags = _tags(data, archive)
    of_post = _related(data.get("posts_tags", []), "post_id", "tag_id")
    authors = _related(data.get("posts_authors", []), "post_id", "author_id")
    metas = {str(row.get("post_id")): row for row in data.get("posts_meta", [])}
    archive.counted["comments"] = archive.counted.get("comments", 0) + len(data.get("comments", []))
    mails = sum(
        bool(row.get("email")) for table in ("users", "members") for row in data.get(table, [])
    )
    archive.counted["e-mail addresses"] = archive.counted.get("e-mail addresses", 0) + mails
    stories = []
    for row in data["posts"]:
        number = str(row.get("id") or row.get("uuid") or row.get("slug"))
        people = (
            authors.get(number, [])
            or [str(row[key]) for key in ("author_id", "created_by") if row.get(key)][:1]
        )
        story = _story(name, number, row, metas.get(number, {}), archive)
        if story is not None:
            story.people = people
            story.terms = [tag for tag in of_post.get(number, []) if tag in tags]
            stories.append(story)
    _permalinks(data, stories, archive)
    archive.stories += stories


def _text(row: Row, key: str) -> str:
    value = row.get(key)
    if isinstance(value, str):
        return value
    return ""


def _settings(name: str, data: dict[str, list[Row]], archive: Archive) -> None:
    said = {str(row.get("key")): row.get("value") for row in data.get("settings", [])}
    named = {
        "title": "SITENAME",
        "description": "SITESUBTITLE",
        "timezone": "TIMEZONE",
        "active_timezone": "TIMEZONE",
        "activeTimezone": "TIMEZONE",
        "url": "SITEURL",
        "locale": "DEFAULT_LANG",
        "default_locale": "DEFAULT_LANG",
        "defaultLang": "DEFAULT_LANG",
        "lang": "DEFAULT_LANG",
    }
    for key, setting in named.items():
        value = said.get(key)
        if isinstance(value, str) and value:
            archive.settings[setting] = value
    if address := str(said.get("url") or ""):
        archive.base = path_in(address).rstrip("/")
        if not archive.hosts.add(address):
            archive.left.append(
                Left(
                    name, 1, f"the site's address {address[:150]}, which cannot be read", "nothing"
                )
            )


def _people(data: dict[str, list[Row]], archive: Archive) -> None:
    for row in data.get("users", []):
        slug, portrait = _text(row, "slug"), _text(row, "profile_image") or _text(row, "image")
        links = [_text(row, "website")]
        if _text(row, "twitter"):
            links.append(f"https://x.com/{_text(row, 'twitter').lstrip('@')}")
        archive.people.append(
            Person(
                str(row.get("id")),
                _text(row, "name") or slug,
                slug,
                _paragraph(_text(row, "bio")),
                Picture(portrait) if portrait else None,
                tuple(link for link in links if link.startswith("http")),
                (f"{archive.base}/author/{slug}/",) if slug else (),
            )
        )


def _paragraph(text: str) -> str:
    if text.strip():
        return f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>"
    return ""


def _tags(data: dict[str, list[Row]], archive: Archive) -> set[str]:
    """The public tags; the first of a post is its primary one, which may become a section."""
    shown = set()
    for row in data.get("tags", []):
        name, slug = _text(row, "name"), _text(row, "slug")
        if not HIDDEN_TAG.match(name or slug) and row.get("visibility") != "internal":
            key = str(row.get("id"))
            shown.add(key)
            archive.terms.append(
                ArchiveTerm(
                    key,
                    name or slug,
                    "either",
                    _text(row, "description"),
                    (f"{archive.base}/tag/{slug}/",),
                )
            )
    return shown


def _related(rows: Iterable[Row], one: str, other: str) -> dict[str, list[str]]:
    """What belongs to each post, in order."""
    related: dict[str, list[str]] = {}
    for row in sorted(
        rows,
        key=lambda row: (
            str(row.get(one)),
            row.get("sort_order") if isinstance(row.get("sort_order"), int) else 0,
        ),
    ):
        related.setdefault(str(row.get(one)), []).append(str(row.get(other)))
    return related


def _story(name: str, number: str, row: Row, meta: Row, archive: Archive) -> ArchiveStory | None:
    title, slug, status = _text(row, "title"), _text(row, "slug"), _text(row, "status") or "draft"
    source = f"{name}: {slug or number}"  # a line would say nothing, because an export is one
    is_page = row.get("type") == "page" or row.get("page") in (1, True, "1")
    body, told = _body(row)
    if not body.strip() and status == "draft" and title in ("", "(Untitled)"):
        archive.skipped.append(Skipped(source, "an empty draft"))
        return None
    why = {"scheduled": "it was to come out later", "sent": "it was sent by mail only"}.get(
        status, ""
    )
    audience = _text(row, "visibility")
    if audience in MEMBERS_ONLY:
        why = why or f"it was for {'members' if audience == 'members' else 'paying members'} only"
    addresses = []
    if slug:
        addresses = [f"{archive.base}/{slug}/"]
    story = ArchiveStory(
        key=number,
        source=source,
        title=title,
        body=body,
        date=_moment(row.get("published_at"))
        or (_moment(row.get("created_at")) if status != "published" else None),
        dek=next(filter(None, (_text(values, key) for key in DEKS for values in (row, meta))), ""),
        status="published" if status == "published" and not why else "draft",
        why_draft=why,
        slug=slug,
        lang=_text(row, "locale"),
        canonical=_text(row, "canonical_url").replace(SITE, ""),
        addresses=addresses,
        is_page=is_page,
    )
    if story.date is None and status == "published":
        story.date = _moment(row.get("created_at"))
    picture = _text(row, "feature_image") or _text(row, "image")
    if picture:
        words = (
            _text(meta, "feature_image_alt") or _text(row, "feature_image_alt"),
            _text(meta, "feature_image_caption") or _text(row, "feature_image_caption"),
        )
        story.photo = Picture(picture, *words)
    archive.left += [Left(source, 1, what, kept_as) for what, kept_as in told]
    return story


def _moment(value: object) -> datetime | None:
    """A moment in Ghost's form: ISO 8601 in UTC, or milliseconds since 1970."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value / 1000, UTC)
        if isinstance(value, str) and value:
            moment = datetime.fromisoformat(value)
            if moment.tzinfo:
                return moment
            return moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        pass
    return None


def _body(row: Row) -> tuple[str, list[tuple[str, str]]]:
    """The body as HTML: rendered by Ghost, or else from its editor's format."""
    told: list[tuple[str, str]] = []
    html = _text(row, "html")
    if not html.strip() and _text(row, "lexical"):
        html = of_lexical(_text(row, "lexical"), told)
    if not html.strip() and _text(row, "mobiledoc"):
        html = of_mobiledoc(_text(row, "mobiledoc"), told)
    return with_cards(html.replace(SITE, "")), told


def _routes(source: Source, archive: Archive) -> None:
    """Read the pattern of addresses from routes.yaml, if there is one: permalinks such as
    /{year}/{month}/{slug}/.
    """
    for name in source.names:
        if name.rpartition("/")[2] != "routes.yaml":
            continue
        try:
            routes = yaml.safe_load(source.read(name, 1_000_000))
            pattern = str(next(iter(routes["collections"].values()))["permalink"])
        except (yaml.YAMLError, KeyError, TypeError, AttributeError, StopIteration, RecursionError):
            continue
        for story, address in _patterned(pattern, archive.stories, archive):
            story.addresses.insert(0, address)


def _permalinks(data: dict[str, list[Row]], stories: list[ArchiveStory], archive: Archive) -> None:
    """Set the addresses of posts by a setting of Ghost before 2.0, such as /:year/:month/:slug/,
    which all posts followed.
    """
    pattern = next(
        (_text(row, "value") for row in data.get("settings", []) if row.get("key") == "permalinks"),
        "",
    )
    for story, address in _patterned(pattern, stories, archive) if pattern.startswith("/") else ():
        story.addresses = [address]


def _patterned(
    pattern: str, stories: list[ArchiveStory], archive: Archive
) -> Iterator[tuple[ArchiveStory, str]]:
    """The address of each post by a pattern, in which days are by the site's clock."""
    zone = named_zone(str(archive.settings.get("TIMEZONE") or "")) or UTC
    tags = {term.key: term.addresses[0].strip("/").rpartition("/")[2] for term in archive.terms}
    people = {person.key: person.slug for person in archive.people}
    for story in stories:
        if story.is_page or story.date is None or not story.slug:
            continue
        try:
            date = story.date.astimezone(zone)
        except OverflowError:  # at an edge of the calendar
            date = story.date
        author = next((people[key] for key in story.people if key in people), "")
        values = {
            "year": f"{date.year:04}",
            "month": f"{date.month:02}",
            "day": f"{date.day:02}",
            "slug": story.slug,
            "id": story.key,
            "author": author,
            "primary_author": author,
            "primary_tag": next((tags[key] for key in story.terms if key in tags), "all"),
        }
        filled = FIELD.sub(
            lambda field, values=values: values.get(  # type: ignore[misc]
                field[1] or field[2], field[0]
            ),
            pattern,
        )
        yield story, archive.base + filled


# Ghost's cards, in the HTML that it renders.


def with_cards(html: str) -> str:
    """The HTML with Ghost's cards in the forms of model.py."""
    if "kg-" not in html:
        return html
    soup = soup_of(html)
    for card in soup.select(".kg-bookmark-card"):
        _bookmark(card)
    for card in soup.select(".kg-callout-card, .kg-callout-card-background"):
        card.name = "aside"
    for card in soup.select(".kg-toggle-card"):
        _toggle(card)
    for card in soup.select(".kg-video-card, .kg-audio-card"):
        _player(card)
    for card in soup.select(".kg-file-card"):
        _file(card)
    for card in soup.select(
        ".kg-product-card-rating, .kg-signup-card form, .kg-video-container, .kg-audio-thumbnail"
    ):
        card.decompose()
    for quote in soup.select("blockquote.kg-blockquote-alt"):
        quote["data-pullquote"] = "1"
    for card in soup.select(".kg-nft-card, .kg-gallery-row"):
        card.unwrap()
    return str(soup)


def _words(found: Tag | None) -> str:
    if found is not None:
        return words_of(found)
    return ""


def _toggle(card: Tag) -> None:
    heading = card.select_one(".kg-toggle-heading-text") or card.select_one(".kg-toggle-heading")
    content = card.select_one(".kg-toggle-content")
    inside = []
    if content is not None:
        inside = list(content.contents)
    card.replace_with(element("details", element("summary", _words(heading)), *inside))


def _bookmark(card: Tag) -> None:
    link = card.select_one("a.kg-bookmark-container") or card.find("a", href=True)
    href = ""
    if link is not None:
        href = attribute(link, "href")
    title, *others = [
        words_of(each) for each in card.select(".kg-bookmark-title, .kg-bookmark-description")
    ] or [href]
    others.append(
        " ".join(
            words_of(each) for each in card.select(".kg-bookmark-author, .kg-bookmark-publisher")
        )
    )
    others.append(_words(card.find("figcaption")))
    found = card_of(href)
    kind = {}
    if found:
        kind = {"data_card": found.kind}
    head = element("a", title or href, href=found.address if found else href, **kind)
    card.replace_with(
        element("div", element("p", head), *(element("p", words) for words in others if words))
    )


def _player(card: Tag) -> None:
    player = card.find(["video", "audio"])
    if player is not None and attribute(player, "src"):
        words = _words(card.select_one(".kg-audio-title") or card.find("figcaption"))
        card.replace_with(element("a", words, href=attribute(player, "src"), data_card=player.name))


def _file(card: Tag) -> None:
    link = card.find("a", href=True)
    if link is not None:
        parts = ("title", "caption", "filename", "filesize")
        words = [
            words_of(each)
            for each in card.select(", ".join(f".kg-file-card-{part}" for part in parts))
        ]
        href = attribute(link, "href")
        named = element("a", next(filter(None, words), href), href=href)
        card.replace_with(element("p", named, " " + " ".join(words[1:])))
