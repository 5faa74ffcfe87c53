"""Leads readers to the threads in which a story is discussed, and lets them ask how many replies
there are.

They may ask the places that the setting COUNT_REPLIES names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from broadside.front_matter import fields as check
from broadside.plugin import (
    ON_PAGE,
    Attribute,
    Keyed,
    Keys,
    Plugin,
    Site,
    add_script,
    add_stylesheet,
    give,
    key,
)
from broadside.plugins.discussion.settings import DiscussionSettings
from broadside.plugins.discussion.threads import Thread, allowed, thread
from broadside.settings import Settings

if TYPE_CHECKING:
    from broadside.content.records import Record
    from broadside.front_matter.data import StoryData
    from broadside.site.attributes import Around

SCRIPT = Path(__file__).parent / "static" / "discussion.js"
ADDRESS = check.Pattern(
    re.compile(r"https://[^<>\"\\\s]+"),
    "the address of a thread",
    "start it with https://",
    code="address",
)


class Discussed(Struct, metaclass=Keyed):
    """The key of stories."""

    discussion: list[str] = key(
        "The address of the thread in which the story was announced, on Mastodon, Bluesky or"
        " elsewhere, or a list of several. Below the story, a link leads to it.",
        ADDRESS,
        default=[],
        label="Discussion",
        after="answers",
        hint="The address of the thread in which the story was announced, one to a line.",
    )


DISCUSSED = Keys(Discussed)


def threads_of(record: Record[StoryData], around: Around) -> list[Thread]:
    """The threads of a story."""
    return [
        thread(address, DiscussionSettings.of(around.settings).COUNT_REPLIES)
        for address in DISCUSSED.of(record.data).discussion
    ]


def extras(story: Any) -> list[str]:
    """What the page of a story needs whose replies can be counted."""
    if any(each.count for each in getattr(story, "discussion", ())):
        return ["discussion"]
    return []


def add_counter(site: Site) -> None:
    """Publish the script that asks, and the style of its button."""
    if DiscussionSettings.of(site.settings).COUNT_REPLIES:
        add_stylesheet(site, "css/components/discussion.css")
        add_script(site, SCRIPT)


def origins(settings: Settings) -> Iterable[tuple[str, str]]:
    """The places that are asked."""
    return allowed(DiscussionSettings.of(settings).COUNT_REPLIES)


def register() -> None:
    """Give the key, what stories show of it, the counter, and what the policy must allow for it."""
    threads = Attribute("discussion", ON_PAGE, "threads in which readers discuss it", threads_of)
    give(
        __name__,
        Plugin(
            keys=[DISCUSSED],
            attributes=[threads],
            extras=[extras],
            arranged=[add_counter],
            origins=[origins],
        ),
    )
