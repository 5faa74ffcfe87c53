"""Lays out a story's text for its own page: links on headings, contents of a long story, notes
beside the text.

No settings. Adds the filter laid_out, which takes a story. Streams, feeds, republish pages and the
search index show the plain text. Only stories of more than LONG words get contents and the
newsletter box within the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import accumulate

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from broadside.markdown.body import BOLD, PREFIX, Block, Body
from broadside.markdown.tags import attribute, name_of, pieces
from broadside.plugin import Plugin, Site, give
from broadside.site.story import Story
from broadside.site.texts import Texts
from broadside.words import ENGLISH, Catalogs, Language

LONG = 1500
"""A story with more words than this has contents and a box."""
FEWEST = 3
"""With fewer headings there are no contents."""
CALL = f'<sup id="{PREFIX}fnref'
"""The beginning of a reference to a note."""
NOTES = '<div class="footnotes"'
AROUND = frozenset({"paragraph", "question", "list", "quotation"})
"""Blocks that have room for notes beside them."""


class ContentsEntry(Struct, frozen=True):
    """A heading in the contents: its id and its words."""

    id: str
    words: Markup


class Layout(Struct, frozen=True):
    """A text before and after the place of a box; without such a place, all of it is before."""

    opening: str
    rest: str
    contents: list[ContentsEntry]
    is_long: bool


def add_filter(site: Site) -> None:
    """Give the templates `laid_out`."""
    site.filters["laid_out"] = partial(laid_out_story, texts=site.texts, words=site.words)


def laid_out_story(story: Story, texts: Texts, words: Catalogs) -> Layout:
    """A story's text laid out for its own page, with its links, photos and charts in place."""
    text = laid_out(story.record.body, story.words, words.of(story.lang))
    return replace(
        text, opening=texts.filled(story, text.opening), rest=texts.filled(story, text.rest)
    )


def laid_out(body: Body, words: int, language: Language = ENGLISH) -> Layout:
    """The layout of a text with this number of words."""
    is_long = words > LONG
    blocks = body.blocks
    place = 0
    if is_long:
        place = place_of_box(blocks)
    contents = []
    if is_long:
        contents = contents_of(blocks)
    has_notes = bool(blocks) and blocks[-1].kind == "notes"
    if has_notes:
        laid = with_notes(blocks, language)
    else:
        laid = [each.html for each in blocks]
    laid = [
        _linked(html) if each.kind == "heading" else html
        for html, each in zip(laid, blocks, strict=True)
    ]
    at = place or len(laid)
    return Layout("".join(laid[:at]), "".join(laid[at:]), contents, is_long)


def contents_of(blocks: Sequence[Block]) -> list[ContentsEntry]:
    """The headings of the first level, and of further levels until there are enough; none if there
    are too few.
    """
    tags = ((pieces(block.html)[1], block) for block in blocks if block.kind == "heading")
    headings = [
        (name_of(tag), name, block) for tag, block in tags if (name := attribute(tag, "id"))
    ]
    for deepest in sorted({level for level, *_ in headings}):
        chosen = [(name, block) for level, name, block in headings if level <= deepest]
        if len(chosen) >= FEWEST:
            return [
                ContentsEntry(name.removeprefix(PREFIX), _words(block.html))
                for name, block in chosen
            ]
    return []


def _words(heading: str) -> Markup:
    """The words of a heading, without the numbers of its notes."""
    first, *others = heading.split(CALL)
    return Markup(
        "".join(
            pieces(first + "".join(other.partition("</sup>")[2] for other in others))[::2]
        ).strip()
    )


def place_of_box(blocks: Sequence[Block]) -> int:
    """The number of blocks before a box: between two plain paragraphs, nearest to the middle; 0 if
    there is no such place.

    A plain paragraph is neither a question in bold nor a lead-in to what follows.
    """
    plain = [
        each.kind == "paragraph" and not each.html.startswith(BOLD) and not each.leads_in
        for each in blocks
    ]
    places = [number for number in range(1, len(blocks)) if plain[number - 1] and plain[number]]
    before = [0, *accumulate(len(block.html) for block in blocks)]
    return min(places, key=lambda number: abs(before[number] - before[-1] / 2), default=0)


def with_notes(blocks: Sequence[Block], language: Language) -> list[str]:
    """The HTML of blocks, with a copy of each note after the first reference to it, and a button
    there that shows it.

    The copies are hidden unless a style says otherwise, so that readers' own tools see each note
    only once.
    """
    notes = blocks[-1].html
    texts = _short_notes(notes)
    placed: set[str] = set()

    def with_copies(html: str) -> str:
        first, *others = html.split(CALL)
        out = [first]
        for other in others:
            call, end, after = other.partition("</sup>")
            number = call.partition('"')[0].rpartition("-")[2]
            button = copy = ""
            if number in texts:
                name = language.gettext("Note %(num)s", num=language.digits(number))
                shows = f'popovertarget="note.{number}" aria-label="{name}"'
                button = f'<button class="note-call" type="button" {shows} hidden>{number}</button>'
                if number in placed:
                    copy = ""
                else:
                    copy = _note_beside(number, texts[number])
                placed.add(number)
            out.append(f"{CALL}{call}{button}{end}{copy}{after}")
        return "".join(out)

    laid = [
        with_copies(block.html) if block.kind in AROUND else block.html for block in blocks[:-1]
    ]
    # If every note is beside the text, the style sheet may hide the list at the end.
    if len(placed) == notes.count("<li id="):
        notes = notes.replace(NOTES, f'{NOTES[:-1]} footnotes--beside"', 1)
    return [*laid, notes]


def _short_notes(html: str) -> dict[str, str]:
    """The notes of one paragraph that refer to no other, by number, without their links back;
    longer ones have no room beside a text.
    """
    texts = {}
    for note in html.split(f'<li id="{PREFIX}fn-')[1:]:
        number, _, written = note.partition('"><p>')
        text, way_back, _ = written.partition(f'<a href="#{PREFIX}fnref')
        if way_back and "</p" not in text and " id=" not in text:
            texts[number] = text.removesuffix("&#160;").rstrip()
    return texts


def _note_beside(number: str, text: str) -> str:
    return f'<span class="note" id="note.{number}" popover hidden><b>{number}</b> {text}</span>'


def _linked(heading: str) -> str:
    """A heading that is a link to itself, unless it contains a link or a note."""
    first, tag, *inner, end, last = pieces(heading)
    words, name = "".join(inner), attribute(tag, "id")
    if not name or "<a " in words:
        return heading
    return f'{first}{tag}<a class="heading-link" href="#{name}">{words}</a>{end}{last}'


def register() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(arranged=[add_filter]))
