"""Lays out a story's text for its own page: links on headings, contents of a long story, notes beside the text.

No settings. Adds the filter laid_out, which takes a story. Streams, feeds, republish pages and the search index show the text
as it was read. The contents, and the place of the newsletter box, are those of stories of more than LONG words.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import pairwise

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from broadside.markdown.body import PREFIX, TAG, Body
from broadside.site import Site, signals
from broadside.site.story import Story
from broadside.site.texts import Texts
from broadside.words import ENGLISH, Catalogs, Language

LONG = 1500
"""Words that a story must have more than to have contents and a box."""
FEWEST = 3
"""Headings without which there are no contents."""
HEADING = re.compile(f'(\\s*<h([2-6]) id="{PREFIX}([^"]*)"[^>]*>)(.*)(</h[2-6]>\\s*)', re.S)
CALL = re.compile(f'<sup id="{PREFIX}fnref[0-9]*-([0-9]+)"><a href="[^"]*" class="footnote-ref">[0-9]+</a>(</sup>)')
NOTE = re.compile(
    f'<li id="{PREFIX}fn-([0-9]+)"><p>((?:(?!</?p|<li).)*?)(?:&#160;| )<a href="#{PREFIX}fnref[^>]*>.*?</p></li>', re.S
)
"""A note of one paragraph, without its ways back. Lists and code have no room beside a text, and stay at its end."""
NOTES = '<div class="footnotes"'
AROUND = ("<p", "<ul", "<ol", "<blockquote>")
"""The beginnings of blocks beside which there is room for notes."""
PLAIN = re.compile(r"\s*<p>(?!<(?:strong|b)>)(?s:.*)(?<![:：])</p>\s*")
"""A paragraph that neither asks, in bold, nor leads in to what follows."""


class ContentsEntry(Struct, frozen=True):
    """A heading in the contents: its id and its words."""

    id: str
    words: Markup


class Layout(Struct, frozen=True):
    """A text laid out, before and after the place of a box; without such a place, all of it comes before."""

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
    return replace(text, opening=texts.filled(story, text.opening), rest=texts.filled(story, text.rest))


def laid_out(body: Body, words: int, language: Language = ENGLISH) -> Layout:
    """The layout of a text of so many words."""
    is_long = words > LONG
    if not is_long and "<h" not in body.html and NOTES not in body.html:  # most stories
        return Layout(body.html, "", [], is_long=False)
    blocks = [body.html[start:end] for start, end in pairwise([0, *body.ends])]
    place = place_of_box(blocks) if is_long else 0
    contents = contents_of(blocks) if is_long else []
    if NOTES in body.html:
        blocks = with_notes(blocks, language)
    blocks = [_linked(block) if block.lstrip().startswith("<h") else block for block in blocks]
    at = place or len(blocks)
    return Layout("".join(blocks[:at]), "".join(blocks[at:]), contents, is_long)


def contents_of(blocks: list[str]) -> list[ContentsEntry]:
    """The headings of the first level, of as many levels as it takes to be enough of them; none if there are too few."""
    headings = [(int(match[2]), match) for match in map(HEADING.fullmatch, blocks) if match]
    for deepest in sorted({level for level, _ in headings}):
        chosen = [match for level, match in headings if level <= deepest]
        if len(chosen) >= FEWEST:
            return [ContentsEntry(match[3], Markup(TAG.sub("", CALL.sub("", match[4])))) for match in chosen]
    return []


def place_of_box(blocks: list[str]) -> int:
    """The number of blocks before the place where a box stands: between two plain paragraphs, nearest to the middle; 0 if none."""
    plain = [PLAIN.fullmatch(block) is not None for block in blocks]
    places = [number for number in range(1, len(blocks)) if plain[number - 1] and plain[number]]
    text = sum(map(len, blocks)) / 2
    before = [0]
    for block in blocks:
        before.append(before[-1] + len(block))
    return min(places, key=lambda number: abs(before[number] - text), default=0)


def with_notes(blocks: list[str], language: Language) -> list[str]:
    """The blocks with a copy of each note where it is first called, and a button there that shows it.

    A copy is not shown as long as no style says so, so that readers' own tools see each note once.
    """
    texts = {
        number: text for number, text in NOTE.findall(blocks[-1]) if " id=" not in text and "footnote-ref" not in text
    }
    placed: set[str] = set()

    def called(call: re.Match[str]) -> str:
        number = call[1]
        if number not in texts:
            return call[0]
        name = language.gettext("Note %(num)s", num=language.digits(number))
        button = f'<button class="note-call" type="button" popovertarget="note.{number}" aria-label="{name}" hidden>{number}</button>'
        copy = "" if number in placed else _note_beside(number, texts[number])
        placed.add(number)
        return f"{call[0][: -len(call[2])]}{button}{call[2]}{copy}"

    laid = [CALL.sub(called, block) if block.lstrip().startswith(AROUND) else block for block in blocks[:-1]]
    notes = blocks[-1]
    if len(placed) == notes.count("<li id="):
        notes = notes.replace(NOTES, f'{NOTES[:-1]} footnotes--beside"', 1)
    return [*laid, notes]


def _note_beside(number: str, text: str) -> str:
    return f'<span class="note" id="note.{number}" popover hidden><b>{number}</b> {text}</span>'


def _linked(heading: str) -> str:
    """A heading that is a link to itself, unless a link or a note is in it."""
    match = HEADING.fullmatch(heading)
    if not match or "<a " in match[4]:
        return heading
    return f'{match[1]}<a class="heading-link" href="#{PREFIX}{match[3]}">{match[4]}</a>{match[5]}'


def register() -> None:
    """Connect to the build."""
    signals.arranged.connect(add_filter)
