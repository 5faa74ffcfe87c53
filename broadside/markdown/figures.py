"""Photos, charts and embeds: each is a paragraph of its own, written as a picture with alt text and
credit.

A chart is written like a photo whose file is a table in data/. A video, a recording or a post on
another site is shown as a card with a link: it is made from the story's own words, and its still is
a photo of the outlet's. Nothing is loaded until the reader follows the link or plays the film in
place, and the other site does not learn which page that was. The outlet's own recordings, in
files/, are played by the browser.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from html import unescape
from typing import cast
from urllib.parse import unquote

from markdown.blockprocessors import BlockProcessor
from markdown.core import Markdown
from markdown.util import AtomicString

from broadside.faults import did_you_mean, quoted
from broadside.markdown.blocks import BOXES
from broadside.markdown.body import CLOSE, OPEN, InlinePhoto
from broadside.markdown.guard import Slip, character_problem, host_of, written_address
from broadside.markdown.places import Refuse, Words
from broadside.media.charts import KINDS, InlineChart
from broadside.media.files import AUDIO, OWN_FILE, ending_of
from broadside.media.films import InlineFilm
from broadside.media.photos import BREADTHS, CreditLabel
from broadside.words import SOURCE, Language, marked

PICTURE = re.compile(
    r"!\[(?P<alt>(?:(?!\]\().)*?)\]\(\s*+(?:<(?P<angled>[^<>\n]*)>|(?P<src>[^()\s<>]*+))"
    r"(?:\s++[\"“](?P<title>.*?)[\"”])?\s*+\)[ \t]*+(?:\{(?P<braces>.*)\})?\s*+",
    re.S,
)
BRACED = re.compile(r"""(?<![A-Za-z_])([A-Za-z_]++)\s*+=\s*+(?:"([^"]*)"|“([^“”]*)”|'([^']*)')""")
BREADTH = re.compile(r"(?:\}\s*\{\s*)?([a-z]+)(?:\s*\}\s*\{)?", re.I)
"""A word alone, in the same braces or in its own."""
BRACE_WORDS = {"credit_label": ("photo", "image"), "redistribute": ("no", "yes")}
"""Keys in braces that take one of two words; the first is the default."""
BRACE_KEYS = ("caption", "credit", *BRACE_WORDS)
STILL_KEYS = ("still", "credit", *BRACE_WORDS)
"""Keys of a film.

Its still has no alt text, which would only repeat the film's title right above it.
"""
NEXT = re.compile(r"\}\s*!\[")
"""Where one photo with its braces ends and another begins."""
CHART_KEYS = ("chart", "title", "source", "note", "unit")
TABLE = re.compile(r"/?data/.+\.csv", re.I)
EMBEDS = {
    "video": marked("", "Video on %(site)s"),
    "audio": marked("", "Audio on %(site)s"),
    "post": marked("", "Post on %(site)s"),
}
MARK = re.compile(r" {0,3}\[!(?:(video|audio|post)\]|([a-z][\w-]{0,20})\](?![(\[]))", re.A | re.I)
"""The beginning of a card, or of something that may be meant as one; [!x](…) and [!x][…] are
links.
"""
CARD = re.compile(
    r" {0,3}\[!(?P<kind>\w+)\]\s+\[(?P<title>.+)\]"
    r"\((?:<(?P<angled>[^<>\n]*)>|(?P<href>[^()\s<>]*))\)"
    r"[ \t]*(?:\{(?P<braces>.*)\})?\s*",
    re.S,
)
NO_WORDS = re.compile(r"<[^>]*>|&#?\w+;|[\s\u00a0]+")
IN_QUOTATIONS = ("pullquote", "pull-quote", *BOXES)
"""Marks that begin part of a quotation."""
FORM = (
    "write [!{kind}] [what it shows](https://…) in a paragraph of its own, and nothing else there"
)


class PhotoBlock(BlockProcessor):
    """`![alt](photos/x.jpg){wide caption="…" credit="…"}`, alone in a paragraph, becomes a
    placeholder; so does a chart.
    """

    def __init__(  # noqa: PLR0913, PLR0917 -- two lists to fill, and what every block processor of ours is given
        self,
        md: Markdown,
        photos: list[InlinePhoto],
        charts: list[InlineChart],
        refuse: Refuse,
        line_of: Callable[[Words], int],
        spend: Callable[[int], None],
    ) -> None:
        super().__init__(md.parser)
        self.photos, self.charts = photos, charts
        self.refuse, self.line_of, self.spend = refuse, line_of, spend

    def test(self, parent: etree.Element, block: str) -> bool:
        """Whether the block is one picture and nothing else."""
        if not block.startswith("!["):
            return False
        # for each, the rest is searched for its end
        self.spend(block.count("{") * len(block) // 10)
        return PICTURE.fullmatch(block) is not None

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        """Add the photo to the list, and leave a placeholder in its place."""
        block = blocks.pop(0)
        match = cast("re.Match[str]", PICTURE.fullmatch(block))
        source = unquote(match["angled"] or match["src"] or "").strip()
        if is_table(source):
            chart = self._chart(match, source, block)
            etree.SubElement(parent, "figure").text = f"{OPEN}C{len(self.charts)}{CLOSE}"
            self.charts.append(chart)
            return
        photo = self._described(match, source, block)
        etree.SubElement(parent, "figure").text = f"{OPEN}P{len(self.photos)}{CLOSE}"
        self.photos.append(photo)

    def _chart(self, match: re.Match[str], source: str, block: str) -> InlineChart:
        if problem := character_problem(block):
            self.refuse(*problem)
        words, slips = _braced(match["braces"] or "", CHART_KEYS, "chart")
        for slip in slips:
            self.refuse(block, *slip)
        return described_chart(
            _line(match["alt"]), source, words, self.line_of(block), partial(self.refuse, block)
        )

    def _described(self, match: re.Match[str], source: str, block: str) -> InlinePhoto:
        def refuse(code: str, message: str, hint: str) -> None:
            self.refuse(block, code, message, hint)

        problem = character_problem(block)
        if problem:
            self.refuse(*problem)
        words, slips = _braced(match["braces"] or "")
        for slip in (*slips, *_other_words(words)):
            refuse(*slip)
        alt = _line(match["alt"])
        if not alt:
            refuse(
                "photo-alt",
                "the photo has no alt text",
                "say between [ and ] what can be seen in it",
            )
        # the part that was not understood may be the credit
        if not words.get("credit") and not slips:
            hint = 'add {credit="Photo by A. Person/Agency"} right after it'
            if match["braces"] is not None:
                hint = 'write credit="Photo by A. Person/Agency" between { and }'
            refuse("photo-credit", "the photo has no credit", hint)
        if not source:
            refuse(
                "photo-missing",
                "the photo's file is not named",
                "write ![what can be seen](photos/x.jpg)",
            )
        source = _within(source, refuse)
        caption = words.get("caption", _line(match["title"] or ""))
        return InlinePhoto(
            alt,
            caption,
            *_rights(words),
            photo=source,
            line=self.line_of(block),
            breadth=words.get("breadth", ""),
        )


def is_table(source: str) -> bool:
    """Whether the source of a "photo" is a table."""
    return TABLE.fullmatch(source) is not None


def described_chart(
    alt: str,
    source: str,
    words: Mapping[str, str],
    line: int,
    refuse: Callable[[str, str, str], None],
) -> InlineChart:
    """The chart that a writer described; missing and unknown words are refused with a code, a
    message and a hint.
    """
    kind = words.get("chart", "line").lower()
    if kind not in KINDS:
        refuse("value", f"{quoted(kind)} is not a kind of chart", did_you_mean(kind, KINDS))
        kind = KINDS[0]
    if not alt:
        refuse("chart", "the chart has no alt text", "say between [ and ] what can be seen in it")
    if not words.get("title"):
        refuse(
            "chart", "the chart has no title", 'add title="Exports have doubled" between { and }'
        )
    if not words.get("source"):
        refuse(
            "chart",
            "the chart does not say where its numbers come from",
            'add source="…" between { and }',
        )
    return InlineChart(
        data=source.removeprefix("/"),
        kind=kind,
        alt=alt,
        title=words.get("title", ""),
        source=words.get("source", ""),
        note=words.get("note", ""),
        unit=words.get("unit", ""),
        line=line,
    )


def still(
    braces: str, line: int, film: InlineFilm, refuse: Callable[[str, str, str], None]
) -> InlinePhoto:
    """The still named in braces after a film; missing and unknown words are refused with a code, a
    message and a hint.
    """
    words, slips = _braced(braces, STILL_KEYS, "film")
    for slip in (*slips, *_other_words(words)):
        refuse(*slip)
    if not words.get("still") and not slips:
        refuse(
            "photo-missing",
            "the film's still is not named",
            'write {still="photos/x.jpg" credit="…"}',
        )
    if not words.get("credit") and not slips:
        refuse(
            "photo-credit",
            "the film's still has no credit",
            'write credit="A. Person/Agency" between { and }',
        )
    source = _within(unquote(words.get("still", "")), refuse)
    return InlinePhoto("", "", *_rights(words), photo=source, line=line, film=film)


def _rights(words: Mapping[str, str]) -> tuple[str, CreditLabel, bool]:
    """What braces say of a picture's credit: the words, the label, and whether others may print
    it.
    """
    label: CreditLabel = "image" if words.get("credit_label", "").lower() == "image" else "photo"
    return words.get("credit", ""), label, words.get("redistribute", "").lower() == "yes"


def _within(source: str, refuse: Callable[[str, str, str], None]) -> str:
    """The path of a picture's file; "" if it is on another site."""
    if re.match(r"[A-Za-z][\w+.-]*:|//", source):
        refuse(
            "photo-outside",
            "a photo is loaded from another site",
            "copy it into photos/ and name it there",
        )
        return ""
    return re.sub(r"^([{|](static|attach|filename)[}|])?/?", "", source)


def _braced(
    braces: str, known: Sequence[str] = BRACE_KEYS, what: str = "photo"
) -> tuple[dict[str, str], list[Slip]]:
    """The values in braces after a photo, a chart or a film, and the slips in them."""
    if NEXT.search(braces):
        return {}, [
            (
                "photo-words",
                "two photos are in one paragraph",
                "leave an empty line between two photos",
            )
        ]
    pairs = [(key, _line(a or b or c)) for key, a, b, c in BRACED.findall(braces)]
    words = dict(pairs)
    slips = [
        ("unknown-key", f'"{key}" is not a key of a {what}', did_you_mean(key, known))
        for key in words
        if key not in known
    ]
    for key, times in Counter(key for key, _ in pairs).items():
        if times > 1:
            slips.append(("twice", f'the {what} has "{key}" twice', "keep one"))
    rest = BRACED.sub("", braces).strip()
    breadth = None
    if what == "photo":
        breadth = BREADTH.fullmatch(rest)
    if breadth and breadth[1] in BREADTHS:
        words["breadth"] = breadth[1]
    elif breadth:
        message = f'"{breadth[1]}" does not say how wide a photo is'
        slips.append(("value", message, did_you_mean(breadth[1], BREADTHS)))
    elif rest:
        within = ""
        if '"' in rest or "'" in rest:
            within = ", and quotation marks within the words as “ and ”"
        hint = f'write key="words" between {{ and }}{within}'
        slips.append(("photo-words", f'"{rest[:40]}" after the {what} cannot be read', hint))
    return words, slips


def _other_words(words: dict[str, str]) -> Iterator[Slip]:
    """A slip for each value that its key does not allow."""
    for key, (one, other) in BRACE_WORDS.items():
        if words.get(key, one).lower() not in (one, other):
            yield (
                "value",
                f'{key} "{words[key]}" is neither {one} nor {other}',
                "write one of the two",
            )


def _line(text: str) -> str:
    return " ".join(unescape(text).split())


class EmbedBlock(BlockProcessor):
    """`[!video] [Title](https://…)`, alone in a paragraph, becomes a card; with `{still="…"
    credit="…"}`, its still is a photo.
    """

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
        """Whether the block begins with a mark of a card; unknown marks in quotations are left to
        others.
        """
        mark = MARK.match(block)
        return mark is not None and bool(
            mark[1] or (parent.tag == "div" and mark[2].lower() not in IN_QUOTATIONS)
        )

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        """Make the card, or say why there is none."""
        block = blocks.pop(0)
        mark = cast("re.Match[str]", MARK.match(block))
        kind = (mark[1] or mark[2]).lower()
        # for each, the rest is searched for its end
        self.spend(block.count("{") * len(block) // 10)
        card = CARD.fullmatch(block)
        if kind not in EMBEDS:
            message = f'"[!{kind}]" is not a kind of embed'
            self.refuse(block, "embed", message, did_you_mean(kind, (*EMBEDS, *IN_QUOTATIONS)))
        elif card is None or not NO_WORDS.sub("", card["title"]):
            self.refuse(block, "embed", f"the {kind} cannot be read", FORM.format(kind=kind))
        elif parent.tag != "div":
            self.refuse(
                block,
                "embed",
                f"the {kind} is not in a paragraph of its own",
                FORM.format(kind=kind),
            )
        elif kind == "audio" and OWN_FILE.match(card["angled"] or card["href"] or ""):
            self._player(parent, card, block)
        else:
            self._card(parent, kind, card, block)

    def _player(self, parent: etree.Element, card: re.Match[str], block: str) -> None:
        """A figure with a link to the recording; walk.py adds the placeholder of the player."""
        href = written_address(card["angled"] or card["href"])
        if ending_of(re.split("[?#]", href)[0]) not in AUDIO:
            message, hint = (
                f"{quoted(href)} is not a recording",
                f"such a file ends in {', '.join(AUDIO)}",
            )
            self.refuse(block, "file-path", message, hint)
            return
        caption = etree.SubElement(
            etree.SubElement(parent, "figure", {"class": "audio"}), "figcaption"
        )
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
            message = (
                f'"{href[:60]}" is not where a {"recording" if kind == "audio" else kind} can be'
                " found"
            )
            hint = "start its address with https://"
            if kind == "audio" and ending_of(href) in AUDIO and ":" not in href:
                hint = f'put it into files/, and write "files/{href.rpartition("/")[2]}"'
            self.refuse(block, "embed", message, hint)
            return
        figure = etree.SubElement(parent, "figure", {"class": f"embed embed--{kind}"})
        link = etree.SubElement(figure, "a", {"href": href, "rel": "noreferrer"})
        label = etree.SubElement(link, "span", {"class": "embed-kind"})
        label.text = AtomicString(self.words().pgettext(*EMBEDS[kind], site=host))
        # Without a translation the label is in English, and says so to screen readers.
        if self.words().lacks([EMBEDS[kind]]):
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
        # Stills have numbers of their own, apart from the photos: V0, V1 …
        link.tail = f"{OPEN}V{sum(photo.film is not None for photo in self.photos)}{CLOSE}"
        film = InlineFilm(address=href)
        self.photos.append(
            still(card["braces"], self.line_of(block), film, partial(self.refuse, block))
        )
