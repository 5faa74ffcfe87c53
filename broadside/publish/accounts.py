"""Posts stories to accounts on Mastodon (https://docs.joinmastodon.org/methods/statuses/) and on Bluesky
(https://docs.bsky.app/docs/advanced-guides/posts).
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from msgspec import Meta, Struct
from PIL import Image

from broadside.publish.api import Kind, Payload, ServiceRefused, as_form, as_form_with_file, as_json, ask

MASTODON_MOST, BLUESKY_MOST = 500, 300
"""Characters that a post may have; on Mastodon's servers an address counts as 23."""
ADDRESS = 23
PAGE, PAGES = 40, 100
"""Posts that a Mastodon server lists at once, and lists of posts that are asked for at most."""
TRIES, PAUSE = 30, 1.0
"""How often, and after how many seconds each, to ask whether a picture has been taken in."""
HOME = "https://bsky.social"
LARGEST_CARD = 950_000
"""Bytes that a picture may have, a little below what Bluesky takes."""
POSTS = "app.bsky.feed.post"
DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
NO_RECORD = "RecordNotFound"


class NewStory(Struct, frozen=True):
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


class WithId(Struct):
    """An account or a new post, of which only the id matters."""

    id: str


class Upload(Struct):
    """A picture on Mastodon, which has an address once it has been taken in."""

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


class MastodonAccount(Struct, frozen=True):
    """An account on Mastodon, given by its server and its access token, which needs the scopes read:accounts, read:statuses,
    write:media and write:statuses.
    """

    server: str
    token: str

    def announced(self, stories: list[NewStory]) -> set[str]:
        """The ids of those stories of which the account has a post already. Raises ServiceRefused."""
        said = "\n".join(self._posts(since=min(story.published for story in stories)))
        return {story.id for story in stories if _has_address(said, story.url) or _has_address(said, story.id)}

    def announce(self, story: NewStory) -> None:
        """Post a story. Raises ServiceRefused."""
        fields = [("status", words_of(story)), ("language", story.lang.split("-")[0].lower())]
        if story.card:
            fields.append(("media_ids[]", self._upload(story.card, story.alt)))
        # So that the server takes one post, should two machines announce at once.
        key = sha256(story.id.encode()).hexdigest()
        headers = {"Idempotency-Key": key, **self._auth}
        ask(f"{self.server}/api/v1/statuses", WithId, as_form(fields), headers)

    @property
    def _auth(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def _posts(self, since: datetime) -> Iterator[str]:
        """What the account posted since a moment, as HTML, with the addresses of link previews."""
        account = ask(f"{self.server}/api/v1/accounts/verify_credentials", WithId, headers=self._auth).id
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
        raise ServiceRefused(f"{self.server} does not list older posts, so that what was announced before is not known")

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
    """Whether HTML has an address, and not just one that begins with it."""
    at = html.find(url)
    while at != -1:
        if html[at + len(url) : at + len(url) + 1] in ("", '"', "<", " ", "\n", "?", "#"):
            return True
        at = html.find(url, at + 1)
    return False


class Session(Struct):
    """What signing in to Bluesky gives: who the account is, and a token."""

    did: str
    accessJwt: str  # noqa: N815 -- the service's name


class Blob(Struct):
    """A picture that Bluesky took in, as a post names it."""

    blob: dict[str, Any]


class Posted(Struct):
    """A post that is there on Bluesky."""

    uri: str


class BlueskyAccount(Struct):
    """An account on Bluesky, given by its server, its handle and an app password."""

    server: str
    handle: str
    password: str
    _session: Session | None = None

    def announced(self, stories: list[NewStory]) -> set[str]:
        """The ids of those stories of which the account has a post already. Raises ServiceRefused."""
        return {story.id for story in stories if self._has(story)}

    def announce(self, story: NewStory) -> None:
        """Post a story with its card. The service refuses a second post with the key of the first. Raises ServiceRefused."""
        card: dict[str, Any] = {"uri": story.url, "title": story.headline, "description": story.dek}
        if story.card:
            card["thumb"] = self._ask("com.atproto.repo.uploadBlob", Blob, _small_enough(story.card)).blob
        post = {
            "$type": POSTS,
            "text": shortened(story.dek or story.headline, BLUESKY_MOST),
            "langs": [story.lang],
            "createdAt": datetime.now(story.published.tzinfo).isoformat(),
            "embed": {"$type": "app.bsky.embed.external", "external": card},
        }
        record = {"repo": self._did(), "collection": POSTS, "rkey": key_of(story), "record": post}
        self._ask("com.atproto.repo.createRecord", Posted, as_json(record))

    def _has(self, story: NewStory) -> bool:
        asked = {"repo": self._did(), "collection": POSTS, "rkey": key_of(story)}
        try:
            self._ask(f"com.atproto.repo.getRecord?{urlencode(asked)}", Posted)
        except ServiceRefused as problem:
            if problem.code in (400, 404) and NO_RECORD in str(problem):
                return False
            raise
        return True

    def _did(self) -> str:
        return self._signed_in().did

    def _ask(self, method: str, kind: type[Kind], body: Payload | None = None) -> Kind:
        headers = {"Authorization": f"Bearer {self._signed_in().accessJwt}"}
        return ask(f"{self.server}/xrpc/{method}", kind, body, headers, [self.password])

    def _signed_in(self) -> Session:
        if self._session is None:
            who = as_json({"identifier": self.handle, "password": self.password})
            url = f"{self.server}/xrpc/com.atproto.server.createSession"
            self._session = ask(url, Session, who, hidden=[self.password])
        return self._session


def key_of(story: NewStory) -> str:
    """The key of a story's post on Bluesky, the same whenever it is made, in the form that keys of posts have: a moment and a number.

    The moment is one of seven months of 2023 (https://atproto.com/specs/tid).
    """
    number = int.from_bytes(sha256(story.id.encode()).digest()[:8], "big")
    moment = 1_672_531_200_000_000 + (number >> 20)
    value = moment << 10 | number & 0x3FF
    return "".join(DIGITS[value >> 5 * place & 31] for place in reversed(range(13)))


def _small_enough(card: Path) -> Payload:
    """A card; a picture that is too large is made smaller."""
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
    """A text of at most so many characters, cut between words."""
    if len(text) <= most:
        return text
    return text[: most - 1].rpartition(" ")[0].rstrip(" ,;:–—-") + "…"
