"""Films on other sites: the card of one may have a still, and play in place if the setting EMBEDS
allows its provider.

Writers name the still after the card's link: `[!video] [Title](https://…){still="photos/x.jpg"
credit="…"}`. YouTube and Vimeo are known by name; any other provider is a host that runs PeerTube.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from msgspec import Struct

from broadside.media.photos import Photo

HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
ADDRESSES = (
    (
        "youtube",
        re.compile(
            r"https://(?:(?:(?:www|m)\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#\s]*&)?v=|(?:shorts|live|embed)/)|youtu\.be/)"
            r"(?P<id>[\w-]{11})(?![\w-])",
            re.A,
        ),
    ),
    (
        "vimeo",
        re.compile(
            r"https://(?:(?:www\.)?vimeo\.com/(?:channels/[\w-]+/)?|player\.vimeo\.com/video/)(?P<id>[0-9]{4,12})"
            r"(?:(?:/|\?(?:[^#\s]*&)?h=)(?P<hash>[0-9a-f]{6,20}))?(?![\w-])",
            re.A,
        ),
    ),
    (
        "",
        re.compile(
            rf"https://(?P<host>{HOST.pattern})/(?:w|videos/(?:watch|embed))/(?P<id>[\w-]{{10,40}})(?![\w-])",
            re.A,
        ),
    ),
)
"""The addresses of films by provider; "" means any host, with an address of PeerTube's form."""


class InlineFilm(Struct, frozen=True, kw_only=True):
    """A film as a text names it: its title in plain words, and the address where a reader finds
    it.
    """

    title: str = ""
    address: str


class Player(Struct, frozen=True):
    """What plays a film within a page: the address of its frame, and the host that serves it, as a
    reader knows it.
    """

    address: str
    host: str


class Film(InlineFilm, frozen=True, kw_only=True):
    """A film with its still, and with its player if the outlet allows its provider."""

    still: Photo
    player: Player | None = None


class Provider(Struct, frozen=True):
    """A provider: the host of its players, the addresses of a player and of a film's own page, and
    that of its oEmbed answers.

    {id} in both is the film's; `hashed` is added to them for a film that only people who know its
    hash may see. `oembed` is followed by the address of the film's page.
    """

    host: str
    player: str
    page: str
    oembed: str
    hashed: tuple[str, str] = ("", "")

    @property
    def known_as(self) -> str:
        """The host as readers and writers know it."""
        return self.host.removeprefix("www.")


NAMED = {
    "youtube": Provider(
        "www.youtube-nocookie.com",
        "https://www.youtube-nocookie.com/embed/{id}?rel=0",
        "https://www.youtube.com/watch?v={id}",
        "https://www.youtube.com/oembed?format=json&url=",
    ),
    "vimeo": Provider(
        "player.vimeo.com",
        "https://player.vimeo.com/video/{id}?dnt=1",
        "https://vimeo.com/{id}",
        "https://vimeo.com/api/oembed.json?width=1280&url=",
        ("&h={hash}", "/{hash}"),
    ),
}
"""The providers that the setting EMBEDS knows by name."""


class KnownFilm(Struct, frozen=True):
    """A film that an address names: the name of its provider, or the host, and its id from the
    address.
    """

    name: str
    provider: Provider
    id: str
    hash: str = ""

    @property
    def player(self) -> str:
        """The address of its player."""
        return self._filled(self.provider.player, self.provider.hashed[0])

    @property
    def page(self) -> str:
        """The address of its own page, without any other parameters."""
        return self._filled(self.provider.page, self.provider.hashed[1])

    @property
    def question(self) -> str:
        """The address that answers with the film's title and its still."""
        return self.provider.oembed + quote(self.page, safe="")

    def _filled(self, address: str, more: str) -> str:
        return (address + more if self.hash else address).format(id=self.id, hash=self.hash)


def film_at(address: str) -> KnownFilm | None:
    """The film at an address; None if we do not know how to play it."""
    for name, pattern in ADDRESSES:
        if match := pattern.match(address):
            said = match.groupdict()
            if name:
                provider = NAMED[name]
            else:
                provider = _peertube(said["host"])
            return KnownFilm(name or said["host"], provider, said["id"], said.get("hash") or "")
    return None


def _peertube(host: str) -> Provider:
    # Without p2p=0, a player may also ask other viewers for parts of the film, which shows them the
    # reader's address.
    site = f"https://{host}"
    return Provider(
        host,
        f"{site}/videos/embed/{{id}}?p2p=0",
        f"{site}/w/{{id}}",
        f"{site}/services/oembed?format=json&url=",
    )


def player_of(address: str, allowed: Iterable[str]) -> Player | None:
    """The player of a film, if its provider is allowed by name or by host."""
    film = film_at(address)
    if film is None or film.name not in allowed:
        return None
    return Player(film.player, film.provider.known_as)


def frame_hosts(allowed: Iterable[str]) -> list[str]:
    """The hosts whose players pages may show, for the security headers."""
    return [NAMED[name].host if name in NAMED else name for name in allowed]
