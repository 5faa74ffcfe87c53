"""From a record to the attributes of an article: everything that templates and other plugins see of a story."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from plugins.newsroom.addresses import status
from plugins.newsroom.read import Desk, Newsroom
from plugins.newsroom.records import Record
from plugins.newsroom.terms import Correction
from plugins.newsroom.terms_of import Terms, link_of
from plugins.photos.album import Album
from plugins.photos.values import Photo
from plugins.press.fingerprint import digest, of_value
from plugins.urls import save_as

WORDS_PER_MINUTE = 230
SHOWN_AS = {"published": "published", "hidden": "hidden", "draft": "draft", "held": "draft"}


def attributes(record: Record, newsroom: Newsroom, desk: Desk, terms: Terms, album: Album) -> dict[str, Any] | None:
    """The attributes of a story, or None when it is a draft or held and this build shows neither."""
    data = record.data or {}
    state = status(data, desk.now)
    if state in ("draft", "held") and not desk.drafts:
        return None
    url = newsroom.urls_of[record.path]
    byline = terms.byline(record)
    sections = [terms.sections[name] for name in data["sections"] or []]
    topics = list({topic.slug: topic for topic in map(terms.topic, data["topics"])}.values())
    updated = datetime.fromisoformat(data["updated"]) if data["updated"] else None
    out = {
        "title": data["title"],
        "dek": data["dek"] or "",
        "date": record.date or desk.now,
        "updated": updated,
        "byline": byline,
        "authors": [each.author for each in byline],
        "sections": sections,
        "story_type": terms.story_types.get(data["type"] or ""),
        "topics": topics,
        "tags": topics,
        "photo": lead_photo(data, album),
        "inline_photos": inline_photos(record, album),
        "corrections": [Correction(each["date"], each["type"], each["text"]) for each in data["corrections"]],
        "words": record.body.words,
        "reading_time": max(1, round(record.body.words / WORDS_PER_MINUTE)),
        "dir": data["dir"],
        "lang": data["lang"],
        "slug": record.slug,
        "status": SHOWN_AS[state],
        "desk_status": state,
        "canonical": data["canonical"] or "",
        "record": record,
        "stream": [],
        "rails": [],
        "url": url,
        "save_as": save_as(url),
        "summary": data["dek"] or "",
        "template": "article",
    }
    if updated:
        out["modified"] = updated
    if sections:
        out["category"] = sections[0]
    return out | {"teaser": teaser_digest(out), "whole": whole_digest(out, newsroom, desk)}


def lead_photo(data: dict[str, Any], album: Album) -> Photo | None:
    """The story's lead photo with its words."""
    if not data["photo"]:
        return None
    return album.photo(data["photo"], data["alt"], data["caption"] or "", data["credit"], data["credit_label"])


def inline_photos(record: Record, album: Album) -> list[Photo]:
    """The photos in a text, in its order."""
    return [
        album.photo(each.photo, each.alt, each.caption, each.credit, each.credit_label) for each in record.body.photos
    ]


def teaser_digest(story: dict[str, Any]) -> str:
    """The digest of all that a story shows where its text is not: front matter, address, photo, and its terms' names."""
    names = [
        (term.name, term.url)
        for term in (*story["authors"], *story["sections"], story["story_type"], *story["topics"])
        if term
    ]
    head = json.dumps(story["record"].data, sort_keys=True, ensure_ascii=False)
    return digest(head, story["url"], story["desk_status"], repr(names), repr(story["photo"]), str(story["words"]))


def whole_digest(story: dict[str, Any], newsroom: Newsroom, desk: Desk) -> str:
    """The digest of all that a story's own page shows of it: the above, its text, its terms whole, where its links lead."""
    record = story["record"]
    links = [link_of(record, i, newsroom, desk.urls) for i in range(len(record.body.links))]
    terms = of_value([*story["byline"], *story["sections"], story["story_type"], *story["topics"]])
    return digest(teaser_digest(story), record.digest, terms, repr(links), repr(story["inline_photos"]))


def page_attributes(record: Record, newsroom: Newsroom, desk: Desk, album: Album) -> dict[str, Any] | None:
    """The attributes of a plain page, or None as for stories."""
    data = record.data or {}
    state = status(data, desk.now)
    if state in ("draft", "held") and not desk.drafts:
        return None
    url = newsroom.urls_of[record.path]
    out = {
        "title": data["title"],
        "dek": data["dek"] or "",
        "slug": record.slug,
        "lang": data["lang"],
        "dir": data["dir"],
        "status": SHOWN_AS[state],
        "desk_status": state,
        "record": record,
        "inline_photos": inline_photos(record, album),
        "url": url,
        "save_as": save_as(url),
        "summary": data["dek"] or "",
        "template": "page",
    }
    links = [link_of(record, i, newsroom, desk.urls) for i in range(len(record.body.links))]
    mark = digest(record.digest, url, state, repr(links), repr(out["inline_photos"]))
    return out | {"teaser": mark, "whole": mark}
