"""The threads in which a story is discussed: what the place is called, and where it tells how many
replies there are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

from msgspec import Struct

BLUESKY = "bsky.app"
ANSWERS_FOR = {BLUESKY: "public.api.bsky.app"}
"""The hosts that answer for others; each Mastodon server answers for itself."""
ON_MASTODON, ON_BLUESKY = (
    re.compile(r"/@[^/]+/(\d+)/?"),
    re.compile(r"/profile/([^/]+)/post/([^/]+)/?"),
)
OF_MASTODON = "/api/v1/statuses/{}"
"""https://docs.joinmastodon.org/methods/statuses/#get"""
OF_BLUESKY = (
    "/xrpc/app.bsky.feed.getPostThread?depth=0&parentHeight=0&uri=at://{}/app.bsky.feed.post/{}"
)
"""https://docs.bsky.app/docs/api/app-bsky-feed-get-post-thread"""


class Thread(Struct, frozen=True):
    """A thread for templates: its address, its place as a reader knows it, and the address that has
    the number of replies, or "".
    """

    address: str
    place: str
    count: str = ""


def thread(address: str, asked: Collection[str] = ()) -> Thread:
    """The thread at an address; readers may ask the hosts in `asked` how many replies there are."""
    parts = urlsplit(address)
    host = parts.netloc.lower().removeprefix("www.")
    post, answer = ON_MASTODON.fullmatch(parts.path), OF_MASTODON
    place = host
    if post:
        place = "Mastodon"
    if host == BLUESKY:
        place, post, answer = "Bluesky", ON_BLUESKY.fullmatch(parts.path), OF_BLUESKY
    count = ""
    if post and host in asked:
        count = f"https://{_answering(host)}{answer.format(*post.groups())}"
    return Thread(address, place, count)


def allowed(hosts: Collection[str]) -> Iterator[tuple[str, str]]:
    """The directive of the policy with the origins that pages may ask."""
    return (("connect-src", f"https://{_answering(host)}") for host in hosts)


def _answering(host: str) -> str:
    return ANSWERS_FOR.get(host, host)
