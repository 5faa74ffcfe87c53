"""Posts stories to an account on Bluesky (https://docs.bsky.app/docs/advanced-guides/posts)."""

from __future__ import annotations

import io
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from msgspec import Struct
from PIL import Image

from broadside.publish.api import Body, Kind, Refused, as_json, ask
from broadside.publish.news import News, shortened

HOME = "https://bsky.social"
MOST = 300
"""Characters that a post may have."""
PICTURE = 950_000
"""Bytes that a picture may have, a little below what the service takes."""
POSTS = "app.bsky.feed.post"
DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
NO_RECORD = "RecordNotFound"


class Session(Struct):
    """What signing in gives: who the account is, and a token."""

    did: str
    accessJwt: str  # noqa: N815 -- the service's name


class Blob(Struct):
    """A picture that was taken in, as a post names it."""

    blob: dict[str, Any]


class Written(Struct):
    """A post that is there."""

    uri: str


class Bluesky(Struct):
    """An account, given by its server, its handle and an app password."""

    server: str
    handle: str
    password: str
    _session: Session | None = None

    def announced(self, stories: list[News]) -> set[str]:
        """The ids of those stories of which the account has a post already. Raises Refused."""
        return {story.id for story in stories if self._has(story)}

    def announce(self, story: News) -> None:
        """Post a story with its card. The service refuses a second post with the key of the first. Raises Refused."""
        card: dict[str, Any] = {"uri": story.url, "title": story.headline, "description": story.dek}
        if story.card:
            card["thumb"] = self._ask("com.atproto.repo.uploadBlob", Blob, _picture(story.card)).blob
        post = {
            "$type": POSTS,
            "text": shortened(story.dek or story.headline, MOST),
            "langs": [story.lang],
            "createdAt": datetime.now(story.published.tzinfo).isoformat(),
            "embed": {"$type": "app.bsky.embed.external", "external": card},
        }
        record = {"repo": self._did(), "collection": POSTS, "rkey": key_of(story), "record": post}
        self._ask("com.atproto.repo.createRecord", Written, as_json(record))

    def _has(self, story: News) -> bool:
        asked = {"repo": self._did(), "collection": POSTS, "rkey": key_of(story)}
        try:
            self._ask(f"com.atproto.repo.getRecord?{urlencode(asked)}", Written)
        except Refused as problem:
            if problem.code in (400, 404) and NO_RECORD in str(problem):
                return False
            raise
        return True

    def _did(self) -> str:
        return self._signed_in().did

    def _ask(self, method: str, kind: type[Kind], body: Body | None = None) -> Kind:
        headers = {"Authorization": f"Bearer {self._signed_in().accessJwt}"}
        return ask(f"{self.server}/xrpc/{method}", kind, body, headers, [self.password])

    def _signed_in(self) -> Session:
        if self._session is None:
            who = as_json({"identifier": self.handle, "password": self.password})
            url = f"{self.server}/xrpc/com.atproto.server.createSession"
            self._session = ask(url, Session, who, hidden=[self.password])
        return self._session


def key_of(story: News) -> str:
    """The key of a story's post, the same whenever it is made, in the form that keys of posts have: a moment and a number.

    The moment is one of seven months of 2023 (https://atproto.com/specs/tid).
    """
    number = int.from_bytes(sha256(story.id.encode()).digest()[:8], "big")
    moment = 1_672_531_200_000_000 + (number >> 20)
    value = moment << 10 | number & 0x3FF
    return "".join(DIGITS[value >> 5 * place & 31] for place in reversed(range(13)))


def _picture(card: Path) -> Body:
    """A card; a picture that is too large is made smaller."""
    data = card.read_bytes()
    with Image.open(io.BytesIO(data)) as picture:
        if len(data) <= PICTURE:
            return Body(Image.MIME[str(picture.format)], data)
        small = picture.convert("RGB")
        small.thumbnail((1200, 1200))
        made = io.BytesIO()
        small.save(made, "JPEG", quality=80)
    return Body("image/jpeg", made.getvalue())
