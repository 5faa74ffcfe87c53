"""The types of settings. broadside/config/checks.py has the checks that need more than a type."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from broadside.typed import like

Count = Annotated[int, Meta(ge=1)]
Some = Annotated[int, Meta(ge=0)]
Port = Annotated[int, Meta(ge=1, le=65535)]

Name = Annotated[str, like(r"\S", "the outlet's name")]
Language = Annotated[
    str, like(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$", 'a language, such as "en" or "pt-BR"')
]
BELOW = r"^(?!/)(?!.*//)(?!(.*/)?\.\.?(/|$))"
"""A place below the site's top."""
Pattern = Annotated[
    str,
    like(
        BELOW + r"[^{}]*(\{slug\}[^{}]*)+$",
        'a place below the site\'s top with {slug} and no other braces, such as "stories/{slug}/"',
    ),
]
Dated = Annotated[
    str,
    like(
        BELOW + r"(?=.*\{slug\})([^{}]|\{slug\}|\{date:[^{}]+\})+$",
        'a place below the site\'s top with {slug} and perhaps a date, such as "{date:%Y}/{slug}/"',
    ),
]
Outside = str
"""A file outside the content on which pages depend; "" for none."""
Place = Annotated[
    str,
    like(
        r"^([a-z0-9][a-z0-9-]*/)+$",
        'a folder below the site\'s top in small letters, such as "archivo/"',
    ),
]
"""The folder of a page of the site's own, which every site has."""
ApartPlace = Place
"""One that comes with the first thing that belongs there, or that no list shows."""
TextPlace = Place
"""One whose text is that of a plain page at this address.

X_URL is there if the setting X is, or comes with the first thing.
"""
Secure = Annotated[str, like(r"^https://\S+$", "an address that begins with https://")]
"""An address to which readers send what they type."""
Service = Annotated[
    str,
    like(
        r"^(https://\S+|http://(127\.0\.0\.1|localhost)(:\d+)?(/\S*)?)$",
        "an address that begins with https://",
    ),
]
"""The address of a server that is sent a password or a key, or told what is read."""
IndexNowKey = Annotated[
    str, like("^([A-Za-z0-9-]{8,128})?$", "8 to 128 letters and digits of a-z, 0-9 and -")
]
Mail = Annotated[
    str,
    like(
        r"^([A-Za-z0-9_.+-]+@[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+)?$",
        "a mailbox, such as corrections@outlet.example",
    ),
]
"""The address of a mailbox, or "" for none."""
Host = Annotated[
    str,
    like(
        r"^([a-z0-9-]+\.)+[a-z0-9-]+$", 'a host alone in small letters, such as "mastodon.social"'
    ),
]
Embed = Annotated[
    str,
    like(
        r"^(youtube|vimeo|([a-z0-9-]+\.)+[a-z0-9-]+)$",
        '"youtube", "vimeo" or the host of a PeerTube, such as "tube.example.org"',
    ),
]
Moment = Annotated[
    str, like(r"^(\d{4}-\d\d-\d\d(T\d\d:\d\d.*)?|\d*)$", "a moment, such as 2026-11-25T09:00")
]
Day = Annotated[str, like(r"^\d{4}-\d\d-\d\d$", 'True, False or a day, such as "2025-01-01"')]
AiUse = dict[Literal["train", "answers"], bool]

Link = tuple[str, str]
Menu = list[Annotated[tuple[str, ...], Meta(min_length=2, max_length=3)] | Literal["sections"]]
Foot = list[tuple[str, str | list[Link]]]
"""Links at the foot, alone or in groups."""


class Keys(Struct, forbid_unknown_fields=True, kw_only=True):
    """A setting with keys; those with a default may be left out."""
