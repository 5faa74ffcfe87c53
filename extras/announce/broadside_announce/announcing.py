"""./inv announce, and ./inv publish --announce: posts each new story once, as soon as readers can
open it.

The accounts are on Mastodon (https://docs.joinmastodon.org/methods/statuses/) and on Bluesky
(https://docs.bsky.app/docs/advanced-guides/posts).
"""

from __future__ import annotations

import io
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from typing import Annotated, Any, Protocol
from urllib.parse import quote, unquote, urlencode, urlsplit

from bs4 import BeautifulSoup
from msgspec import Meta, Struct
from PIL import Image

from broadside.announcer import (
    DEADLINE,
    TIMEOUT,
    Head,
    Kind,
    Payload,
    ServiceRefused,
    as_form,
    as_form_with_file,
    as_json,
    ask,
    count,
    quoted,
    record_key,
    save_as,
    within,
)

NAMES = {"mastodon": "Mastodon", "bluesky": "Bluesky"}
SECRETS = {"mastodon": "MASTODON_TOKEN", "bluesky": "BLUESKY_PASSWORD"}
"""The environment variables with the services' secrets, which never belong in a file."""
NEW = timedelta(hours=48)
"""How long a story counts as new: an imported archive, or a site's first release, is not
announced.
"""
MASTODON_MOST, BLUESKY_MOST = 500, 300
"""The maximum length of a post in characters; Mastodon counts an address as 23."""
ADDRESS = 23
PAGE, PAGES = 40, 100
"""How many posts a Mastodon server lists at once, and how many such lists to ask for at most."""
TRIES, PAUSE = 30, 1.0
"""How often to ask whether a picture has been processed, and the seconds between."""
HOME = "https://bsky.social"
LARGEST_CARD = 950_000
"""The maximum size of a picture in bytes, a little below Bluesky's limit."""
POSTS = "app.bsky.feed.post"
NO_RECORD = "RecordNotFound"


class NotAnnounced(Exception):
    """A story was not announced everywhere; the message says where and why.

    Another run announces the rest.
    """


class NewStory(Struct, frozen=True):
    """A story to announce. `id` stays the same if its address changes; `card` is the picture of its
    link, with its alt text.

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


class Account(Protocol):
    """An account on which stories are announced. Both methods may raise ServiceRefused."""

    def announced(self, stories: list[NewStory]) -> set[str]:
        """The ids of those stories that the account has already posted."""

    def announce(self, story: NewStory) -> None:
        """Post a story."""


def accounts(where: Mapping[str, Any]) -> dict[str, Account]:
    """The accounts in the setting ANNOUNCE.

    Raises NotAnnounced if there is none, or its secret is missing.
    """
    if not where:
        raise NotAnnounced(
            "publishconf.py names no account in ANNOUNCE; ./inv docs publishing says how"
        )
    # a file ends with a newline
    secrets = {kind: os.environ.get(SECRETS[kind], "").strip() for kind in where}
    missing = [SECRETS[kind] for kind, secret in secrets.items() if not secret]
    if missing:
        raise NotAnnounced(f"{' and '.join(missing)} must be in the environment")
    found: dict[str, Account] = {}
    if "mastodon" in where:
        found["mastodon"] = Mastodon(where["mastodon"]["server"], secrets["mastodon"])
    if "bluesky" in where:
        account = where["bluesky"]
        found["bluesky"] = Bluesky(
            account.get("server", HOME), account["handle"], secrets["bluesky"]
        )
    return found


def announce(output: Path, built: Head, on: Mapping[str, Account], *, dry: bool = False) -> str:
    """Announce the stories that were new when the site in the output folder was built; returns
    lines on what was done.

    Raises NotAnnounced. The accounts themselves are asked which stories were announced before, so
    that any machine can announce.
    """
    stories = new_stories(output, built.siteurl, datetime.fromisoformat(built.built))
    if not stories:
        return "No story came out in the last 48 hours: there is nothing to announce."
    lines, wrong = [], []
    for kind, account in on.items():
        try:
            known = account.announced(stories)
        except ServiceRefused as problem:
            wrong.append(f"{NAMES[kind]}: {problem}")
            continue
        left = [story for story in stories if story.id not in known]
        lines.append(
            f"{NAMES[kind]}: {count(len(left), 'story')} to announce, {len(known)} announced before"
        )
        for story in left:
            try:
                _see_that_it_is_live(story)
                if not dry:
                    account.announce(story)
            except ServiceRefused as problem:
                wrong.append(f"{NAMES[kind]}: {quoted(story.headline)}: {problem}")
            else:
                lines.append(
                    f"  {'would announce' if dry else 'announced'} {quoted(story.headline)}"
                )
    if wrong:
        raise NotAnnounced("\n  ".join([*lines, *wrong]))
    return "\n".join(lines)


def new_stories(output: Path, siteurl: str, now: datetime) -> list[NewStory]:
    """The stories published in the last 48 hours, oldest first, read from the output's feed."""
    items: list[dict[str, Any]] = json.loads((output / "feed.json").read_bytes())["items"]
    fresh = [
        item for item in items if now - NEW < datetime.fromisoformat(item["date_published"]) <= now
    ]
    return [_new_story(item, output, siteurl) for item in reversed(fresh)]


def _new_story(item: Mapping[str, Any], output: Path, siteurl: str) -> NewStory:
    page = output / save_as(_path(item["url"], siteurl))
    head = BeautifulSoup(page.read_bytes(), "html.parser").head
    said = {}
    if head:
        said = {tag.get("property"): str(tag.get("content", "")) for tag in head.find_all("meta")}
    card = output / _path(said.get("og:image", ""), siteurl)
    return NewStory(
        item["id"],
        item["url"],
        said.get("og:title") or item["title"],
        item.get("summary", ""),
        item["language"],
        datetime.fromisoformat(item["date_published"]),
        card if card.is_file() else None,
        said.get("og:image:alt", ""),
    )


def _path(url: str, siteurl: str) -> str:
    """The path of an absolute address of the site, below the site's root."""
    return unquote(urlsplit(url).path.removeprefix(urlsplit(siteurl).path)).lstrip("/")


def _see_that_it_is_live(story: NewStory) -> None:
    request = urllib.request.Request(story.url, method="HEAD")  # noqa: S310 -- SITEURL is http or https
    try:
        within(DEADLINE, lambda: urllib.request.urlopen(request, timeout=TIMEOUT).close())  # noqa: S310
    except urllib.error.HTTPError as problem:
        problem.close()
        raise ServiceRefused(
            f"{story.url} answers {problem.code}; it is announced once it is live", problem.code
        ) from None
    except (OSError, ValueError, HTTPException) as problem:
        raise ServiceRefused(
            f"{story.url} cannot be opened: {getattr(problem, 'reason', problem)}"
        ) from None


class WithId(Struct):
    """An account or a new post, of which only the id matters."""

    id: str


class Upload(Struct):
    """A picture on Mastodon, which gets an address once it has been processed."""

    id: str
    url: str | None = None


class LinkPreview(Struct):
    """The preview of a link in a post."""

    url: str = ""


class Post(Struct):
    """A post of an account on Mastodon: its HTML, and the card of its link."""

    id: str
    created_at: Annotated[datetime, Meta(tz=True)]
    content: str
    card: LinkPreview | None = None


class Mastodon(Struct, frozen=True):
    """An account on Mastodon: its server and its access token, with the scopes read:accounts,
    read:statuses, write:media and write:statuses.
    """

    server: str
    token: str

    def announced(self, stories: list[NewStory]) -> set[str]:
        """The ids of those stories that the account has already posted. Raises ServiceRefused."""
        said = "\n".join(self._posts(since=min(story.published for story in stories)))
        return {
            story.id
            for story in stories
            if _has_address(said, story.url) or _has_address(said, story.id)
        }

    def announce(self, story: NewStory) -> None:
        """Post a story. Raises ServiceRefused."""
        fields = [("status", words_of(story)), ("language", story.lang.split("-")[0].lower())]
        if story.card:
            fields.append(("media_ids[]", self._upload(story.card, story.alt)))
        # So that the server accepts only one post if two machines announce at once.
        key = sha256(story.id.encode()).hexdigest()
        headers = {"Idempotency-Key": key, **self._auth}
        ask(f"{self.server}/api/v1/statuses", WithId, as_form(fields), headers)

    @property
    def _auth(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def _posts(self, since: datetime) -> Iterator[str]:
        """The account's posts since a moment, as HTML, with the addresses of link previews."""
        account = ask(
            f"{self.server}/api/v1/accounts/verify_credentials", WithId, headers=self._auth
        ).id
        before: dict[str, str] = {}
        last: list[Post] = []
        for _ in range(PAGES):
            asked = {
                "limit": str(PAGE),
                "exclude_replies": "true",
                "exclude_reblogs": "true",
                **before,
            }
            posts = ask(
                f"{self.server}/api/v1/accounts/{quote(account)}/statuses?{urlencode(asked)}",
                list[Post],
                headers=self._auth,
            )
            for post in posts:
                yield f"{post.content} {post.card.url if post.card else ''} "
            # A pinned post comes first, however old it is.
            if all(post.created_at < since for post in posts):
                return
            if posts == last:
                break
            before, last = {"max_id": posts[-1].id}, posts
        raise ServiceRefused(
            f"{self.server} does not list older posts, so that what was announced before is not"
            " known"
        )

    def _upload(self, picture: Path, alt: str) -> str:
        url = f"{self.server}/api/v2/media"
        form = as_form_with_file(picture.name, picture.read_bytes(), {"description": alt[:1500]})
        media = ask(url, Upload, form, self._auth)
        for _ in range(TRIES):
            if media.url:
                return media.id
            time.sleep(PAUSE)
            media = ask(f"{self.server}/api/v1/media/{quote(media.id)}", Upload, headers=self._auth)
        raise ServiceRefused(f"{self.server} takes too long to take in the picture {picture.name}")


def words_of(story: NewStory) -> str:
    """The text of a post on Mastodon: headline, dek and address."""
    room = MASTODON_MOST - ADDRESS - 4
    words = shortened(story.headline, room)
    if story.dek and len(words) + len(story.dek) + 2 <= room:
        words += f"\n\n{story.dek}"
    return f"{words}\n\n{story.url}"


def _has_address(html: str, url: str) -> bool:
    """Whether HTML contains an address, not just one that begins with it."""
    at = html.find(url)
    while at != -1:
        if html[at + len(url) : at + len(url) + 1] in ("", '"', "<", " ", "\n", "?", "#"):
            return True
        at = html.find(url, at + 1)
    return False


class Session(Struct):
    """The result of signing in to Bluesky: who the account is, and a token."""

    did: str
    accessJwt: str  # noqa: N815 -- the service's name


class Blob(Struct):
    """A picture uploaded to Bluesky, in the form in which posts refer to it."""

    blob: dict[str, Any]


class Posted(Struct):
    """An existing post on Bluesky."""

    uri: str


class Bluesky(Struct):
    """An account on Bluesky: its server, its handle and an app password."""

    server: str
    handle: str
    password: str
    _session: Session | None = None

    def announced(self, stories: list[NewStory]) -> set[str]:
        """The ids of those stories that the account has already posted. Raises ServiceRefused."""
        return {story.id for story in stories if self._has(story)}

    def announce(self, story: NewStory) -> None:
        """Post a story with its card; the service refuses a second post with the same key.

        Raises ServiceRefused.
        """
        card: dict[str, Any] = {"uri": story.url, "title": story.headline, "description": story.dek}
        if story.card:
            card["thumb"] = self.ask(
                "com.atproto.repo.uploadBlob", Blob, _small_enough(story.card)
            ).blob
        post = {
            "$type": POSTS,
            "text": shortened(story.dek or story.headline, BLUESKY_MOST),
            "langs": [story.lang],
            "createdAt": datetime.now(story.published.tzinfo).isoformat(),
            "embed": {"$type": "app.bsky.embed.external", "external": card},
        }
        record = {
            "repo": self.did,
            "collection": POSTS,
            "rkey": record_key(story.id),
            "record": post,
        }
        self.ask("com.atproto.repo.createRecord", Posted, as_json(record))

    def _has(self, story: NewStory) -> bool:
        asked = {"repo": self.did, "collection": POSTS, "rkey": record_key(story.id)}
        try:
            self.ask(f"com.atproto.repo.getRecord?{urlencode(asked)}", Posted)
        except ServiceRefused as problem:
            if problem.code in (400, 404) and NO_RECORD in str(problem):
                return False
            raise
        return True

    @property
    def did(self) -> str:
        """The account's identifier, which stays when its handle changes. Raises ServiceRefused."""
        return self._signed_in().did

    def ask(self, method: str, kind: type[Kind], body: Payload | None = None) -> Kind:
        """The answer to a request of the account. Raises ServiceRefused."""
        headers = {"Authorization": f"Bearer {self._signed_in().accessJwt}"}
        return ask(f"{self.server}/xrpc/{method}", kind, body, headers, [self.password])

    def _signed_in(self) -> Session:
        if self._session is None:
            who = as_json({"identifier": self.handle, "password": self.password})
            url = f"{self.server}/xrpc/com.atproto.server.createSession"
            self._session = ask(url, Session, who, hidden=[self.password])
        return self._session


def _small_enough(card: Path) -> Payload:
    """The card's picture, scaled down if it is too large."""
    data = card.read_bytes()
    with Image.open(io.BytesIO(data)) as picture:
        if len(data) <= LARGEST_CARD:
            return Payload(Image.MIME[str(picture.format)], data)
        small = picture.convert("RGB")
        small.thumbnail((1200, 1200))
        made = io.BytesIO()
        small.save(made, "JPEG", quality=80)
    return Payload("image/jpeg", made.getvalue())


def shortened(text: str, most: int) -> str:
    """A text cut between words to the maximum length."""
    if len(text) <= most:
        return text
    return text[: most - 1].rpartition(" ")[0].rstrip(" ,;:–—-") + "…"
