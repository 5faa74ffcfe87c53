"""Posts stories to an account on a Mastodon server (https://docs.joinmastodon.org/methods/statuses/)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated
from urllib.parse import quote, urlencode

from msgspec import Meta, Struct

from broadside.publish.api import Refused, as_form, as_form_with_file, ask
from broadside.publish.news import News, shortened

MOST = 500
"""Characters that a post may have on any server; an address counts as 23."""
ADDRESS = 23
PAGE = 40
"""Posts that the server lists at once."""
PAGES = 100
"""Lists of posts that are asked for at most."""
TRIES, PAUSE = 30, 1.0
"""How often, and after how many seconds each, to ask whether a picture has been taken in."""


class Named(Struct):
    """An account or a new post, of which only the id matters."""

    id: str


class Media(Struct):
    """A picture, which has an address once it has been taken in."""

    id: str
    url: str | None = None


class Card(Struct):
    """The preview of a link in a post."""

    url: str = ""


class Post(Struct):
    """A post of the account: its HTML, and the card of its link."""

    id: str
    created_at: Annotated[datetime, Meta(tz=True)]
    content: str
    card: Card | None = None


class Mastodon(Struct, frozen=True):
    """An account, given by its server and its access token, which needs the scopes read:accounts, read:statuses, write:media and
    write:statuses.
    """

    server: str
    token: str

    def announced(self, stories: list[News]) -> set[str]:
        """The ids of those stories of which the account has a post already. Raises Refused."""
        said = "\n".join(self._posts(since=min(story.published for story in stories)))
        return {story.id for story in stories if _names(said, story.url) or _names(said, story.id)}

    def announce(self, story: News) -> None:
        """Post a story. Raises Refused."""
        fields = [("status", words_of(story)), ("language", story.lang.split("-")[0].lower())]
        if story.card:
            fields.append(("media_ids[]", self._upload(story.card, story.alt)))
        # So that the server takes one post, should two machines announce at once.
        key = sha256(story.id.encode()).hexdigest()
        headers = {"Idempotency-Key": key, **self._auth}
        ask(f"{self.server}/api/v1/statuses", Named, as_form(fields), headers)

    @property
    def _auth(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def _posts(self, since: datetime) -> Iterator[str]:
        """What the account posted since a moment, as HTML, with the addresses of link previews."""
        account = ask(f"{self.server}/api/v1/accounts/verify_credentials", Named, headers=self._auth).id
        before: dict[str, str] = {}
        last: list[Post] = []
        for _ in range(PAGES):
            asked = {"limit": str(PAGE), "exclude_replies": "true", "exclude_reblogs": "true", **before}
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
        raise Refused(f"{self.server} does not list older posts, so that what was announced before is not known")

    def _upload(self, picture: Path, alt: str) -> str:
        url = f"{self.server}/api/v2/media"
        form = as_form_with_file(picture.name, picture.read_bytes(), {"description": alt[:1500]})
        media = ask(url, Media, form, self._auth)
        for _ in range(TRIES):
            if media.url:
                return media.id
            time.sleep(PAUSE)
            media = ask(f"{self.server}/api/v1/media/{quote(media.id)}", Media, headers=self._auth)
        raise Refused(f"{self.server} takes too long to take in the picture {picture.name}")


def words_of(story: News) -> str:
    """The text of a post: headline, dek and address."""
    room = MOST - ADDRESS - 4
    words = shortened(story.headline, room)
    if story.dek and len(words) + len(story.dek) + 2 <= room:
        words += f"\n\n{story.dek}"
    return f"{words}\n\n{story.url}"


def _names(html: str, url: str) -> bool:
    """Whether HTML has an address, and not just one that begins with it."""
    at = html.find(url)
    while at != -1:
        if html[at + len(url) : at + len(url) + 1] in ("", '"', "<", " ", "\n", "?", "#"):
            return True
        at = html.find(url, at + 1)
    return False
