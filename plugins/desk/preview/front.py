"""The front page by eye: the real front page, with what an editor needs to arrange it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from broadside.config.options import Options
from broadside.content.content import Content
from broadside.content.lists import ListEntry, is_over
from broadside.content.records import Record, record_names
from broadside.disk import write_whole
from broadside.front_matter.data import SlotData, StoryData
from broadside.front_matter.vocabulary import BLOCKS, FRONT_SLOTS
from broadside.plugins.desk.preview.rearrange import Item, NotPlain, rearranged, values_in
from broadside.preview.pages import NotSaved, PreviewState

FILE = "front_page.yml"
USUAL = ("lead", "latest", "opinion", "sections")
"""The blocks of a front page that no editor has arranged."""
ABOUT = ("section", "type", "topic", "series")
"""The options that say what the stories of a block are about."""
LISTED = ("published", "held", "draft")
"""The states of stories that an editor may choose."""
HEAD = '<link rel="stylesheet" href="/_broadside/desk.css">'
BODY = (
    '<script type="application/json" id="broadside-front">{}</script>'
    '<script src="/_broadside/front.js"></script>'
)


class Slot(Struct):
    """An entry of a slot: its place in the file, and when its time is over, by the outlet's
    clock.
    """

    at: int
    slot: str
    story: str
    until: str
    is_over: bool


class Block(Struct):
    """A block: its place in the file, or None if no file names it, and what it is about."""

    at: int | None
    block: str
    about: str = ""


class Choice(Struct):
    """A story that may be put into a slot; `hour` is the publication date of one that is not a
    draft.
    """

    slug: str
    title: str
    state: str
    hour: str
    authors: str


class Turn(Struct):
    """From when a slot shows which story; "" is now, and the newest story."""

    moment: str
    slot: str
    story: str


class Arranging(Struct):
    """All that the page's script needs; `version` is that of the file."""

    version: str
    slots: list[Slot]
    blocks: list[Block]
    names: list[str]
    kinds: dict[str, list[str]]
    terms: dict[str, list[str]]
    stories: list[Choice]
    turns: list[Turn]


class Sent(Struct, forbid_unknown_fields=True):
    """What the script sends: the entries of a list as they now are, or the whole text that an
    earlier change replaced.
    """

    version: str
    slots: list[Item] | None = None
    blocks: list[Item] | None = None
    text: str | None = None


def page(preview: PreviewState) -> bytes:
    """The front page as it was last built, with the script that arranges it; b"" before that."""
    front = preview.options.output_path / "index.html"
    if not front.is_file():
        return b""
    data = msgspec.json.encode(arranging(preview)).replace(b"<", b"\\u003c").decode()
    html = front.read_text("utf-8")
    html = html.replace("</head>", f"{HEAD}</head>", 1)
    before, end, after = html.rpartition("</body>")
    return f"{before}{BODY.format(data)}{end}{after}".encode()


def arranging(preview: PreviewState) -> Arranging:
    """What the front page has and may have."""
    content, now = preview.content, preview.reading.now
    lists = content.lists
    slots = [
        Slot(at, entry.data.slot, entry.data.story, entry.data.until[:16], is_over(entry, now))
        for at, entry in enumerate(lists.slots)
    ]
    blocks = [
        Block(at, entry.data.block, _about(entry.data)) for at, entry in enumerate(lists.blocks)
    ]
    return Arranging(
        _version_of(content, _text(preview.options.content_path / FILE)),
        slots,
        blocks or [Block(None, name) for name in USUAL],
        [*dict.fromkeys((*FRONT_SLOTS, *(slot.slot for slot in slots)))],
        {name: _abouts(options) for name, options in BLOCKS.items()},
        _terms(content),
        [*_choices(content)],
        [*_turns(content, now)],
    )


def save(options: Options, sent: Any) -> str:
    """Rearrange the file as the script says, and return its text from before, and its version."""
    try:
        wanted = msgspec.convert(sent, Sent)
    except msgspec.ValidationError as problem:
        raise NotSaved(f"The page sent something that is no arrangement: {problem}") from None
    file = options.content_path / FILE
    before = _text(file)
    if _version(before) != wanted.version:
        raise NotSaved(
            f"{FILE} has changed, or has a fault. Do it again when the page shows what is in it."
        )
    after = _after(before, wanted)
    write_whole(file, after.encode())
    return json.dumps({"before": before, "version": _version(after)})


def _after(before: str, wanted: Sent) -> str:
    if wanted.text is not None:
        return wanted.text
    text = before.replace("\r\n", "\n")
    try:
        for key, items in (("slots", wanted.slots), ("blocks", wanted.blocks)):
            if items is not None:
                text = rearranged(text, key, items)
    except NotPlain:
        raise NotSaved(f"{FILE} is written in a way that only a person can rearrange.") from None
    return text.replace("\n", "\r\n") if "\r\n" in before else text


def _text(file: Path) -> str:
    """A file's text; "" if there is none."""
    try:
        return file.read_bytes().decode()
    except FileNotFoundError:
        return ""


def _version(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


def _version_of(content: Content, text: str) -> str:
    """The version of the text, or "" if it has a fault or was saved since the content was read."""
    lists = content.lists
    slots = [(entry.data.slot, entry.data.story) for entry in lists.slots]
    blocks = [entry.data.block for entry in lists.blocks]
    with suppress(NotPlain):
        written = values_in(text, "slots")
        if slots != [(each.get("slot"), each.get("story")) for each in written]:
            return ""
        if blocks == [each.get("block") for each in values_in(text, "blocks")]:
            return _version(text)
    return ""


def _about(block: Any) -> str:
    """What a block says beside its kind."""
    return ", ".join(f"{name}: {getattr(block, name)}" for name in block.options)


def _abouts(options: Iterable[str]) -> list[str]:
    return [option for option in options if option in ABOUT]


def _terms(content: Content) -> dict[str, list[str]]:
    """The names that a block may be about, by option; topics are free words."""
    lists = content.lists
    return {
        "section": [entry.data.name for entry in lists.sections],
        "type": [entry.data.name for entry in lists.story_types],
        "series": [record.data.name for record in content.series],
    }


def _choices(content: Content) -> Iterator[Choice]:
    """The stories that may be chosen, the newest first, each in one language."""
    seen: set[str] = set()
    for story in sorted(content.stories, key=lambda each: each.moment, reverse=True):
        state = content.states[story.path]
        if state not in LISTED or story.slug in seen or story.data.translation_of:
            continue
        seen.add(story.slug)
        hour = ""
        if story.date and state != "draft":
            hour = story.date.isoformat()[:16]
        authors = ", ".join(record_names(story, "authors"))
        yield Choice(story.slug, story.data.title, state, hour, authors)


def _turns(content: Content, now: datetime) -> Iterator[Turn]:
    """What each slot shows now, and from then on, whenever that changes by itself."""
    stories: dict[str, list[Record[StoryData]]] = {}
    for story in content.stories:
        stories.setdefault(story.slug, []).append(story)
    entries: dict[str, list[ListEntry[SlotData]]] = {}
    for entry in content.lists.slots:
        entries.setdefault(entry.data.slot, []).append(entry)
    for slot, written in entries.items():
        shown = None
        for moment in sorted({now, *_moments(written, stories, now)}):
            then = _at(moment, written, stories, content)
            if then != shown:
                yield Turn("" if moment == now else moment.isoformat()[:16], slot, then)
            shown = then


def _moments(
    entries: list[ListEntry[SlotData]], stories: dict[str, list[Record[StoryData]]], now: datetime
) -> Iterator[datetime]:
    """The moments after now at which entries end, and at which their stories come out."""
    for entry in entries:
        dates = [story.date for story in stories.get(entry.data.story, ())]
        if entry.data.until:
            dates.append(datetime.fromisoformat(entry.data.until))
        yield from (date for date in dates if date and date > now)


def _at(
    moment: datetime,
    entries: list[ListEntry[SlotData]],
    stories: dict[str, list[Record[StoryData]]],
    content: Content,
) -> str:
    """The story of the first entry that counts at a moment, or ""."""
    for entry in entries:
        if is_over(entry, moment):
            continue
        for story in stories.get(entry.data.story, ()):
            is_out = content.states[story.path] in ("published", "held")
            if is_out and story.date and story.date <= moment:
                return entry.data.story
    return ""
