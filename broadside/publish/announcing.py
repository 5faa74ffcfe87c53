"""./inv announce, and ./inv publish --announce: posts each new story once, when readers can open it."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup

from broadside.build.release import Head
from broadside.faults import count, quoted
from broadside.publish.accounts import HOME, BlueskyAccount, MastodonAccount, NewStory
from broadside.publish.api import TIMEOUT, ServiceRefused
from broadside.urls import save_as

SECRETS = {"mastodon": "MASTODON_TOKEN", "bluesky": "BLUESKY_PASSWORD"}
"""The variables of the environment that hold what a service lets us in by, for no secret belongs in a file."""
NEW = timedelta(hours=48)
"""How long a story is new: what an archive brings in, or a site's first release, is not announced."""
NAMES = {"mastodon": "Mastodon", "bluesky": "Bluesky"}


class NotAnnounced(Exception):
    """A story was not announced everywhere; says where and why. Another run announces what is left."""


class Account(Protocol):
    """An account on which stories are announced. Both methods may raise ServiceRefused."""

    def announced(self, stories: list[NewStory]) -> set[str]:
        """The ids of those stories of which the account has a post already."""

    def announce(self, story: NewStory) -> None:
        """Post a story."""


def accounts(where: Mapping[str, Any]) -> dict[str, Account]:
    """The accounts of the setting ANNOUNCE. Raises NotAnnounced if there is none, or its secret is missing."""
    if not where:
        raise NotAnnounced("publishconf.py names no account in ANNOUNCE; ./inv docs publishing says how")
    secrets = {kind: os.environ.get(SECRETS[kind], "").strip() for kind in where}  # a file's often ends with a line
    missing = [SECRETS[kind] for kind, secret in secrets.items() if not secret]
    if missing:
        raise NotAnnounced(f"{' and '.join(missing)} must be in the environment")
    found: dict[str, Account] = {}
    if "mastodon" in where:
        found["mastodon"] = MastodonAccount(where["mastodon"]["server"], secrets["mastodon"])
    if "bluesky" in where:
        account = where["bluesky"]
        found["bluesky"] = BlueskyAccount(account.get("server", HOME), account["handle"], secrets["bluesky"])
    return found


def announce(output: Path, built: Head, where: Mapping[str, Any], *, dry: bool = False) -> str:
    """Announce the stories that were new when the site in the output folder was built, and return lines on what was done.

    Raises NotAnnounced.

    Which stories were announced before is asked of the accounts themselves, so that any machine can announce.
    """
    found = accounts(where)
    stories = new_stories(output, built.siteurl, datetime.fromisoformat(built.built))
    if not stories:
        return "No story came out in the last 48 hours: there is nothing to announce."
    lines, wrong = [], []
    for kind, account in found.items():
        try:
            known = account.announced(stories)
        except ServiceRefused as problem:
            wrong.append(f"{NAMES[kind]}: {problem}")
            continue
        left = [story for story in stories if story.id not in known]
        lines.append(f"{NAMES[kind]}: {count(len(left), 'story')} to announce, {len(known)} announced before")
        for story in left:
            try:
                _see_that_it_is_live(story)
                if not dry:
                    account.announce(story)
            except ServiceRefused as problem:
                wrong.append(f"{NAMES[kind]}: {quoted(story.headline)}: {problem}")
            else:
                lines.append(f"  {'would announce' if dry else 'announced'} {quoted(story.headline)}")
    if wrong:
        raise NotAnnounced("\n  ".join([*lines, *wrong]))
    return "\n".join(lines)


def new_stories(output: Path, siteurl: str, now: datetime) -> list[NewStory]:
    """The stories that came out in the last 48 hours, the oldest first, as the output's feed has them."""
    items: list[dict[str, Any]] = json.loads((output / "feed.json").read_bytes())["items"]
    fresh = [item for item in items if now - NEW < datetime.fromisoformat(item["date_published"]) <= now]
    return [_new_story(item, output, siteurl) for item in reversed(fresh)]


def _new_story(item: Mapping[str, Any], output: Path, siteurl: str) -> NewStory:
    page = output / save_as(_path(item["url"], siteurl))
    head = BeautifulSoup(page.read_bytes(), "html.parser").head
    said = {tag.get("property"): str(tag.get("content", "")) for tag in head.find_all("meta")} if head else {}
    card = output / _path(said.get("og:image", ""), siteurl)
    return NewStory(
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


def _see_that_it_is_live(story: NewStory) -> None:
    request = urllib.request.Request(story.url, method="HEAD")  # noqa: S310 -- SITEURL is http or https
    try:
        urllib.request.urlopen(request, timeout=TIMEOUT).close()  # noqa: S310
    except urllib.error.HTTPError as problem:
        problem.close()
        raise ServiceRefused(
            f"{story.url} answers {problem.code}; it is announced once it is live", problem.code
        ) from None
    except (OSError, ValueError, HTTPException) as problem:
        raise ServiceRefused(f"{story.url} cannot be opened: {getattr(problem, 'reason', problem)}") from None
