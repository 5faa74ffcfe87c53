"""A film on another site, from what a writer wrote to what a template prints."""

from __future__ import annotations

from msgspec import Struct

from broadside.media.photos.values import Photo


class InlineFilm(Struct, frozen=True, kw_only=True):
    """A film as a text names it: its title in plain words, and the address at which a reader finds it."""

    title: str = ""
    address: str


class Player(Struct, frozen=True):
    """What plays a film within a page: the address of its frame, and the host that is asked for it, as a reader knows it."""

    address: str
    host: str


class Film(InlineFilm, frozen=True, kw_only=True):
    """A film with its still, and with its player if the outlet allows its provider."""

    still: Photo
    player: Player | None = None
