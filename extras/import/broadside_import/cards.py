"""Recognizes players and posts of other sites by the addresses with which pages embed them."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import parse_qs, unquote

from msgspec import Struct

from broadside_import.readable import split_address

CardKind = Literal["video", "audio", "post"]


class EmbedCard(Struct, frozen=True):
    """What a page embeds: its kind, and the address where a reader finds it."""

    kind: CardKind
    address: str


_ID = r"([\w-]{3,40})"
_PLAYERS: tuple[tuple[str, CardKind, str], ...] = (
    (
        rf"(?:youtube(?:-nocookie)?\.com/(?:embed|v|e|shorts|live)/|youtu\.be/){_ID}",
        "video",
        "https://www.youtube.com/watch?v={}",
    ),
    (
        rf"youtube(?:-nocookie)?\.com/watch\?(?:.*&)?v={_ID}",
        "video",
        "https://www.youtube.com/watch?v={}",
    ),
    (r"player\.vimeo\.com/video/(\d+)", "video", "https://vimeo.com/{}"),
    (r"vimeo\.com/(?:moogaloop\.swf\?(?:.*&)?clip_id=)?(\d+)", "video", "https://vimeo.com/{}"),
    (
        rf"dailymotion\.com/(?:embed/|swf/)?video/{_ID}",
        "video",
        "https://www.dailymotion.com/video/{}",
    ),
    (
        r"(?:open|embed)\.spotify\.com/(?:embed/|embed-podcast/)?(\w+/\w{10,40})",
        "audio",
        "https://open.spotify.com/{}",
    ),
    (r"embed\.podcasts\.apple\.com/([^\s?#]+)", "audio", "https://podcasts.apple.com/{}"),
    (rf"ted\.com/talks/{_ID}", "video", "https://www.ted.com/talks/{}"),
    (rf"instagram\.com/(p|reel|tv)/{_ID}", "post", "https://www.instagram.com/{}/{}/"),
    (r"(?:twitter|x)\.com/(\w{1,20})/status(?:es)?/(\d+)", "post", "https://x.com/{}/status/{}"),
    (r"bsky\.app/profile/([\w.:-]+)/post/(\w+)", "post", "https://bsky.app/profile/{}/post/{}"),
    (r"tiktok\.com/(@[\w.-]+/video/\d+)", "video", "https://www.tiktok.com/{}"),
)
PLAYERS = [(re.compile(pattern), kind, address) for pattern, kind, address in _PLAYERS]
POSTS = re.compile(
    r"https?://(?:www\.)?(?:facebook\.com/\S+/(?:posts|videos)/|fb\.watch/|mastodon\.\S+/@)|\S+/@\w+/\d{10,}$"
)
SOUNDS = re.compile(
    r"https?://(?:www\.)?(?:soundcloud\.com|mixcloud\.com|anchor\.fm|podcasts\.apple\.com|[\w-]+\.bandcamp\.com)/\S+"
)
FILES: dict[str, CardKind] = {
    **dict.fromkeys((".mp4", ".m4v", ".webm", ".mov", ".ogv", ".avi", ".flv", ".wmv"), "video"),
    **dict.fromkeys((".mp3", ".m4a", ".ogg", ".oga", ".wav", ".flac", ".aac", ".opus"), "audio"),
}
WITHIN = ("url", "href", "file", "src")
"""Query parameters of a player that contain the address of what it plays."""


def card_of(address: str) -> EmbedCard | None:
    """The card for an address that a page embeds, or that is alone in a paragraph; None if it is
    unknown.
    """
    address = whole(address)
    parts = split_address(address)
    if parts is None or not parts.hostname:
        return None
    bare = re.sub(r"^https?://(?:www\.|m\.|mobile\.)?", "", address)
    for pattern, kind, public in PLAYERS:
        if match := pattern.match(bare):
            return EmbedCard(kind, public.format(*match.groups()))
    inner = next(
        (unquote(values[0]) for word, values in parse_qs(parts.query).items() if word in WITHIN), ""
    )
    if inner.startswith("http") and (card := _by_site(inner)):
        return card
    return _by_site(address)


def _by_site(address: str) -> EmbedCard | None:
    kind = FILES.get(address.lower()[address.rfind(".") :].partition("?")[0])
    if kind is None and re.match(r"https?://(?:api|w)\.soundcloud\.com/", address):
        kind = "audio"
    if kind is None:
        if SOUNDS.match(address):
            kind = "audio"
        elif POSTS.match(address):
            kind = "post"
    if kind:
        return EmbedCard(kind, re.sub(r"^http://", "https://", address))
    return None


def whole(address: str) -> str:
    """An address with its protocol."""
    address = address.strip()
    if address.startswith("//"):
        return f"https:{address}"
    return address
