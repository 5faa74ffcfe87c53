"""Which stories are new in a built site, and what an announcement says of each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup
from msgspec import Struct

from broadside.urls import save_as

NEW = timedelta(hours=48)
"""How long a story is new: what an archive brings in, or a site's first release, is not announced."""


class News(Struct, frozen=True):
    """A story to announce. `id` stays when its address changes; `card` is the picture of its link, with what one sees in it.

    All addresses are absolute.
    """

    id: str
    url: str
    headline: str
    dek: str
    lang: str
    published: datetime
    card: Path | None = None
    alt: str = ""


def new_stories(output: Path, siteurl: str, now: datetime) -> list[News]:
    """The stories that came out in the last 48 hours, the oldest first, as the output's feed has them."""
    items: list[dict[str, Any]] = json.loads((output / "feed.json").read_bytes())["items"]
    fresh = [item for item in items if now - NEW < datetime.fromisoformat(item["date_published"]) <= now]
    return [_news(item, output, siteurl) for item in reversed(fresh)]


def _news(item: Mapping[str, Any], output: Path, siteurl: str) -> News:
    page = output / save_as(_path(item["url"], siteurl))
    head = BeautifulSoup(page.read_bytes(), "html.parser").head
    said = {tag.get("property"): str(tag.get("content", "")) for tag in head.find_all("meta")} if head else {}
    card = output / _path(said.get("og:image", ""), siteurl)
    return News(
        item["id"],
        item["url"],
        item["title"],
        item.get("summary", ""),
        item["language"],
        datetime.fromisoformat(item["date_published"]),
        card if card.is_file() else None,
        said.get("og:image:alt", ""),
    )


def _path(url: str, siteurl: str) -> str:
    """The path of an absolute address of the site, below its top."""
    return unquote(urlsplit(url).path.removeprefix(urlsplit(siteurl).path)).lstrip("/")


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters, cut between words."""
    if len(text) <= most:
        return text
    return text[: most - 1].rpartition(" ")[0].rstrip(" ,;:–—-") + "…"
