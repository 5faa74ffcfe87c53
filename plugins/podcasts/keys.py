"""The key podcast of sections and series."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from broadside.front_matter import fields as check
from broadside.front_matter.data import PICTURE, YES_OR_NO, Keys, Link, key
from broadside.front_matter.fields import Pattern
from broadside.plugins.podcasts.categories import category
from broadside.validation import Keyed

email = Pattern(
    re.compile(r"(?:mailto:)?([^@\s<>\"]+@(?:[^@\s<>\".]+[.])+[^@\s<>\".]{2,})"),
    "a mail address",
    "such as audio@outlet.example",
    code="address",
    made=itemgetter(1),
)
guid = Pattern(
    re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
    "the identifier of a podcast",
    "copy it from <podcast:guid> in its former feed, such as 917393e3-1b1e-5cef-ace4-edaa54e1f810",
    lambda match: match[0].lower(),
)


class PodcastData(Struct, metaclass=Keyed):
    """What the key says, which makes a podcast of the stories that have a recording."""

    category: str = key(
        "Apple's category, which other directories use too: `History`, or with a narrower one `News"
        " > Politics`. Required.",
        category,
        required=True,
        example="News > Politics",
        label="Apple’s category",
    )
    picture: str = key(
        "The artwork: a picture in `content/photos/`, square, of at least 1400 pixels. What is not"
        " quite square is cut to a square. Required.",
        check.photo_path,
        required=True,
        example="photos/our-podcast.png",
        elsewhere=("artwork", "photo", *PICTURE),
        label="Artwork",
        hint="A square of at least 1400 pixels.",
    )
    title: str = key(
        "Its title, if it is not the name of the section or series.",
        check.printed_name,
        label="Title, if another",
        in_type=True,
    )
    description: str = key(
        "What it is about, up to 4000 bytes; without it, the description of the section or series.",
        label="Description, if another",
        in_type=True,
    )
    author: str = key(
        "Who makes it, if not the outlet.",
        check.printed_name,
        label="Who makes it, if not the outlet",
    )
    email: str = key(
        "Where directories write to, for example to prove that it is yours. Everybody can read it"
        " in the feed.",
        email,
        label="Mail address",
        hint="Directories write to it; everybody can read it in the feed.",
    )
    explicit: str = key(
        "`yes`: with language that is not for children.",
        YES_OR_NO,
        default="no",
        label="Not for children",
    )
    type: str = key(
        "`serial`: to be heard from the first part on, with numbers. Without it, the podcast is"
        " `episodic`: the newest first.",
        check.one_of("episodic", "serial"),
        default="episodic",
        label="Order",
        hint="Serial: to be heard from the first part on.",
    )
    links: list[Link] = key(
        "Where else it can be followed, such as Apple Podcasts: a list of label and url.",
        default=[],
        label="Links",
    )
    guid: str = key(
        "Only for a podcast that moves here: what `<podcast:guid>` said in its former feed, so that"
        " apps recognise it.",
        guid,
        label="Its identifier",
        hint="Only if the podcast comes from elsewhere.",
    )


PODCAST: Any = key(
    "makes a podcast of its stories that have a recording; it has keys of its own",
    default=None,
    label="Podcast",
    hint="The stories in it that have a recording become a podcast.",
    keeps_address=True,
)


class OfSection(Struct, metaclass=Keyed):
    """The key of sections."""

    podcast: PodcastData | None = replace(PODCAST, after="rail")


class OfSeries(Struct, metaclass=Keyed):
    """The key of series."""

    podcast: PodcastData | None = replace(PODCAST, after="stories")


OF_SECTIONS, OF_SERIES = Keys(OfSection, "section"), Keys(OfSeries, "series")
