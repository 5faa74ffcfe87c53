"""What stories say of how they were made: their keys, who must be named, and when there is a page
of what AI had a part in.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from broadside.content.addresses import editorial
from broadside.content.content import Content
from broadside.digests import IN_LISTS, ON_PAGE
from broadside.faults import Fault
from broadside.front_matter import fields as check
from broadside.front_matter.data import Keys, key
from broadside.validation import Keyed

AI = ("none", "assisted", "generated")
"""What part artificial intelligence may have had in a story."""
AI_USED = AI[1:]


class Cited(Struct, metaclass=Keyed, frozen=True):
    """Something that a story rests on."""

    label: str = key(
        "what it is",
        required=True,
        example="The port's register of 2025",
        label="Words",
        in_type=True,
    )
    url: str = key("where it can be looked up", check.web_address, label="Address")


class Making(Struct, metaclass=Keyed):
    """The keys of stories."""

    ai: str = key(
        "Whether artificial intelligence had a part in the story: `none`, `assisted` or"
        " `generated`. Readers see it at the end; a generated story must say who checked it. [The"
        " editors' reference](editors-reference.md#how-a-story-was-made) explains it.",
        check.one_of(*AI),
        shown=IN_LISTS,
        label="Artificial intelligence",
        hint="If it wrote the story, say below who has checked it.",
        after="headlines",
    )
    ai_for: str = key(
        "What it was used for, in a sentence: `It transcribed the interviews.`",
        shown=IN_LISTS,
        label="What it was used for",
        in_type=True,
        needs=("ai",),
        after="ai",
    )
    checked_by: str = key(
        "Who has checked what it made, and answers for it.",
        check.printed_name,
        shown=IN_LISTS,
        label="Checked by",
        hint="Who has checked what it made, and answers for it.",
        needs=("ai",),
        after="ai_for",
    )
    method: str = key(
        "How the story was reported: where, when, with whom.",
        shown=ON_PAGE,
        label="Method",
        hint="How the story was reported: where, when, with whom.",
        in_type=True,
        after="checked_by",
    )
    sources: list[Cited] = key(
        "What the story rests on: a list of `label` and, if readers can look it up, `url`.",
        default=[],
        shown=ON_PAGE,
        label="Sources",
        hint="What the story rests on.",
        after="method",
    )
    conflicts: str = key(
        "What the writer has to do with the matter, such as a former employer or a journey that"
        " somebody else paid for.",
        shown=ON_PAGE,
        label="Conflicts of interest",
        hint="What the writer has to do with the matter.",
        in_type=True,
        after="sources",
    )


MAKING = Keys(Making)


def own_pages(content: Content) -> Iterator[str]:
    """The page, once there is such a story."""
    if any(MAKING.of(story.data).ai in AI_USED for story in editorial(content)):
        yield "ai"


def unchecked(content: Content) -> Iterator[Fault]:
    """The fault of each story that was generated, and that nobody has checked."""
    for record in content.stories:
        said = MAKING.of(record.data)
        if said.ai == "generated" and not said.checked_by and not record.is_faulty("checked_by"):
            message = "nobody is named who has checked this story, and answers for it"
            yield record.fault("ai", "missing-key", message, 'add "checked_by:" with a name')
