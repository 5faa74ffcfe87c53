"""Shows a video, a recording or a post on another site as a card with a link, and loads nothing from there.

The card is made from the story's own words, and its still is a photo of the outlet. Nothing is loaded until the reader follows
the link or plays the film in place, and the other site does not learn which page it was on. A recording of the outlet's own, in
files/, is played by the browser.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from functools import partial
from typing import cast

from markdown.blockprocessors import BlockProcessor
from markdown.core import Markdown
from markdown.util import AtomicString

from broadside.faults import near, quoted
from broadside.markdown.blocks import BOXES
from broadside.markdown.body import CLOSE, OPEN, InlinePhoto
from broadside.markdown.guard import host_of, written_address
from broadside.markdown.photos import still
from broadside.markdown.places import Refuse, Words
from broadside.media.files import AUDIO, OWN_FILE, ending_of
from broadside.media.films import InlineFilm
from broadside.words import SOURCE, Language, marked

KINDS = {
    "video": marked("", "Video on %(site)s"),
    "audio": marked("", "Audio on %(site)s"),
    "post": marked("", "Post on %(site)s"),
}
MARK = re.compile(r" {0,3}\[!(?:(video|audio|post)\]|([a-z][\w-]{0,20})\](?![(\[]))", re.A | re.I)
"""The beginning of a card, or of something that may be meant as one; [!x](…) and [!x][…] are links."""
CARD = re.compile(
    r" {0,3}\[!(?P<kind>\w+)\]\s+\[(?P<title>.+)\]\((?:<(?P<angled>[^<>\n]*)>|(?P<href>[^()\s<>]*))\)"
    r"[ \t]*(?:\{(?P<braces>.*)\})?\s*",
    re.S,
)
NO_WORDS = re.compile(r"<[^>]*>|&#?\w+;|[\s\u00a0]+")
IN_QUOTATIONS = ("pullquote", "pull-quote", *BOXES)
"""Marks that begin part of a quotation."""
FORM = "write [!{kind}] [what it shows](https://…) in a paragraph of its own, and nothing else there"


class EmbedBlock(BlockProcessor):
    """`[!video] [Title](https://…)`, alone in a paragraph, becomes a card; with `{still="…" credit="…"}`, its still is a photo."""

    def __init__(  # noqa: PLR0913, PLR0917 -- a list to fill, and what every block processor of ours is given
        self,
        md: Markdown,
        photos: list[InlinePhoto],
        refuse: Refuse,
        line_of: Callable[[Words], int],
        spend: Callable[[int], None],
        words: Callable[[], Language],
    ) -> None:
        super().__init__(md.parser)
        self.photos = photos
        self.refuse, self.line_of, self.spend = refuse, line_of, spend
        self.words = words

    def test(self, parent: etree.Element, block: str) -> bool:
        """Whether the block begins with a mark that this processor handles; unknown marks in quotations are left to others."""
        mark = MARK.match(block)
        return mark is not None and bool(mark[1] or (parent.tag == "div" and mark[2].lower() not in IN_QUOTATIONS))

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        """Make the card, or say why there is none."""
        block = blocks.pop(0)
        mark = cast("re.Match[str]", MARK.match(block))
        kind = (mark[1] or mark[2]).lower()
        self.spend(block.count("{") * len(block) // 10)  # for each, the rest is searched for its end
        card = CARD.fullmatch(block)
        if kind not in KINDS:
            message = f'"[!{kind}]" is not a kind of embed'
            self.refuse(block, "embed", message, near(kind, (*KINDS, *IN_QUOTATIONS)) or f"known: {', '.join(KINDS)}")
        elif card is None or not NO_WORDS.sub("", card["title"]):
            self.refuse(block, "embed", f"the {kind} cannot be read", FORM.format(kind=kind))
        elif parent.tag != "div":
            self.refuse(block, "embed", f"the {kind} does not stand by itself", FORM.format(kind=kind))
        elif kind == "audio" and OWN_FILE.match(card["angled"] or card["href"] or ""):
            self._player(parent, card, block)
        else:
            self._card(parent, kind, card, block)

    def _player(self, parent: etree.Element, card: re.Match[str], block: str) -> None:
        """A figure with a link to the recording; broadside/markdown/walk.py leaves room in it for the player."""
        href = written_address(card["angled"] or card["href"])
        if ending_of(re.split("[?#]", href)[0]) not in AUDIO:
            message, hint = f"{quoted(href)} is not a recording", f"such a file ends in {', '.join(AUDIO)}"
            self.refuse(block, "audio-kind", message, hint)
            return
        caption = etree.SubElement(etree.SubElement(parent, "figure", {"class": "audio"}), "figcaption")
        etree.SubElement(caption, "a", {"href": href}).text = " ".join(card["title"].split())
        if card["braces"] is not None:
            self._no_still(block, "audio")

    def _no_still(self, block: str, kind: str) -> None:
        message = f"the {kind} has a still, which only a video has"
        self.refuse(block, "unknown-key", message, "delete what is in braces")

    def _card(self, parent: etree.Element, kind: str, card: re.Match[str], block: str) -> None:
        href = written_address(card["angled"] or card["href"] or "").strip()
        host = host_of(href)
        if not href.startswith("https://") or not host:
            message = f'"{href[:60]}" is not where a {"recording" if kind == "audio" else kind} can be found'
            hint = "start its address with https://"
            if kind == "audio" and ending_of(href) in AUDIO and ":" not in href:
                hint = f'put it into files/, and write "files/{href.rpartition("/")[2]}"'
            self.refuse(block, "embed-address", message, hint)
            return
        figure = etree.SubElement(parent, "figure", {"class": f"embed embed--{kind}"})
        link = etree.SubElement(figure, "a", {"href": href, "rel": "noreferrer"})
        label = etree.SubElement(link, "span", {"class": "embed-kind"})
        label.text = AtomicString(self.words().pgettext(*KINDS[kind], site=host))
        if self.words().lacks([KINDS[kind]]):
            label.set("lang", SOURCE)
        colon = etree.SubElement(label, "span", {"class": "visually-hidden"})
        colon.text = AtomicString(": ")
        title = etree.SubElement(link, "span", {"class": "embed-title", "dir": "auto"})
        title.text = " ".join(card["title"].split())
        if card["braces"] is None:
            return
        if kind != "video":
            self._no_still(block, kind)
            return
        link.tail = f"{OPEN}V{sum(photo.film is not None for photo in self.photos)}{CLOSE}"
        film = InlineFilm(address=href)
        self.photos.append(still(card["braces"], self.line_of(block), film, partial(self.refuse, block)))
