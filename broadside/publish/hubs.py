"""Tells machines what a publish changed: the hub of the feeds (https://www.w3.org/TR/websub/), and search engines
(https://www.indexnow.org/documentation).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from broadside.faults import count
from broadside.publish.api import Refused, as_form, as_json, sent
from broadside.publish.plan import NEW_PAGES, Plan
from broadside.publish.readers import NOT_FOR_READERS, address
from broadside.urls import FEEDS, PODCAST

AT_ONCE = 10_000
"""Addresses that IndexNow takes at once."""


def tell(todo: Plan, siteurl: str, settings: Mapping[str, Any]) -> Iterator[str]:
    """Tell whom the settings name, and yield a line on each; one that cannot be told is a line too: the site is live without it."""
    hub, key = settings.get("WEBSUB_HUB"), settings.get("INDEXNOW_KEY")
    feeds = [address(siteurl, path) for path in todo.all_put if path.rpartition("/")[2] in (*FEEDS, PODCAST)]
    if hub and feeds:
        fields = [("hub.mode", "publish"), *(("hub.url", url) for url in feeds)]
        yield _told(f"{hub} was told of {count(len(feeds), 'feed')}", partial(sent, hub, as_form(fields)))
    pages = [address(siteurl, path) for path in _found_or_gone(todo)][:AT_ONCE]
    if key and pages:
        said = {
            "host": urlsplit(siteurl).hostname,
            "key": key,
            "keyLocation": f"{siteurl}/{key}.txt",
            "urlList": pages,
        }
        where = str(settings["INDEXNOW_URL"])
        yield _told(f"{where} was told of {count(len(pages), 'page')}", partial(sent, where, as_json(said)))


def _found_or_gone(todo: Plan) -> Iterable[str]:
    """Pages that are new or gone. Pages that changed are left out: a new story changes the rails of hundreds."""
    new = [path for path in todo.put[NEW_PAGES] if path not in NOT_FOR_READERS]
    return [*new, *(path for path in todo.delete if path.endswith(".html"))]


def _told(done: str, tell: Callable[[], object]) -> str:
    try:
        tell()
    except Refused as problem:
        return f"The site is live, but others were not told: {problem}"
    return done
