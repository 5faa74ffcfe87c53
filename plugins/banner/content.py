"""What banner.yml may say: notices, each for a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from broadside.content.content import Content
from broadside.content.lists import ContentList, turns
from broadside.dates import Due
from broadside.faults import Fault
from broadside.front_matter import fields as check
from broadside.front_matter.data import SINCE, UNTIL, key
from broadside.validation import Keyed


class BannerData(Struct, metaclass=Keyed):
    """An entry of banner.yml: a notice above the head of every page during a certain time."""

    text: str = key(
        "what it says, in a sentence or two",
        required=True,
        example="We are back on 4 January.",
        elsewhere=("title", "notice", "message"),
        label="Text",
    )
    url: str = key(
        "where it leads, such as /about/, or a page elsewhere",
        check.link,
        elsewhere=("link", "href"),
        label="Address",
    )
    since: str = SINCE
    until: str = UNTIL


class Banners(Struct, metaclass=Keyed):
    """banner.yml."""

    items: list[BannerData] = key(
        "the notices; of several at one time, the first is shown",
        default=[],
        label="Banners",
        single_label="Banner",
    )


BANNER = ContentList[BannerData]("banner.yml", Banners)


def faults(content: Content) -> Iterator[Fault]:
    """The faults of addresses that lead nowhere, and of notices without an end."""
    for entry in BANNER.among(content.lists):
        if not entry.data.until:
            message = "the notice has no end, so it stays on every page until somebody deletes it"
            hint = "add until: with the hour at which it goes"
            yield entry.fault("text", "banner-endless", message, hint, "warning")
        problem = ""
        if entry.data.url.startswith("/"):
            problem = content.target(entry.data.url, "")[1]
        if problem:
            yield entry.fault(
                "url", "broken-link", problem, "name a page that readers can see today"
            )


def moments(content: Content, after: datetime) -> Iterator[Due]:
    """The moments at which notices begin and end."""
    return turns(BANNER.among(content.lists), after, "banner", "text")
