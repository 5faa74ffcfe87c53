"""Made-up stories for the benchmarks: a number always gives the same story, in our form, in stock
Pelican's or in Hugo's.
"""

from __future__ import annotations

import itertools
import json
import random
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from msgspec import Struct

SECTIONS = (
    "Politics",
    "Economy",
    "World",
    "Law",
    "Technology",
    "Culture",
    "Education",
    "Environment",
)
TYPES = ("Analysis", "Opinion", "Reporting", "Interview", "Brief")
AUTHORS = tuple(
    f"{first} {last}"
    for last in ("Abe", "Okoye", "Lind", "Moreau", "Silva")
    for first in (
        "Ada",
        "Bruno",
        "Clara",
        "Daniel",
        "Edith",
        "Farid",
        "Grace",
        "Hugo",
        "Ines",
        "Jonas",
    )
)
SYLLABLES = tuple(
    c + v
    for c in "b d f g k l m n p r s t v br st".split()
    for v in ("a", "e", "i", "o", "u", "ai")
)
LINK = re.compile(r"\]\((\d+)\)")
TOPICS, WORDS_A_TOPIC, COMMON = 80, 60, 1500
BEGIN, DAYS = datetime(2016, 1, 1), 3600  # noqa: DTZ001 -- the outlet's own zone


class Story(Struct, frozen=True):
    """One made-up story; `blocks` are its Markdown, in which links name other stories by number."""

    number: int
    title: str
    dek: str
    date: datetime
    authors: list[str]
    section: str
    type: str
    topics: list[str]
    blocks: list[str]
    headline: str = ""
    """Shown instead of the title; the names of the file and the address still come from the
    title.
    """

    @property
    def slug(self) -> str:
        """The story's slug, which its number makes unique."""
        return f"{self.title.lower().replace(' ', '-')}-{self.number}"


@cache
def word(number: int) -> str:
    """The word for a number: two to four syllables."""
    out, rest = SYLLABLES[number % len(SYLLABLES)], number // len(SYLLABLES) + 7
    while rest:
        rest, at = divmod(rest, len(SYLLABLES))
        out += SYLLABLES[at]
    return out


@cache
def story(number: int) -> Story:
    """The story for a number: 600 to 1,400 words, half of them common ones, with links to earlier
    stories.
    """
    chance = random.Random(number)  # noqa: S311 -- it must come out the same every time
    topics = chance.sample(range(TOPICS), chance.randint(2, 5))
    text = _words(chance, topics)
    blocks = []
    for at in range(chance.randint(8, 18)):
        paragraph = " ".join(_sentence(chance, text) for _ in range(chance.randint(3, 6)))
        if number and chance.random() < 0.2:
            paragraph += (
                f" See [{next(text)} {next(text)}]({chance.randrange(number)}) on *{next(text)}*."
            )
        before = {4: f"## {next(text).capitalize()} {next(text)}\n\n", 6: "> ", 9: "- "}
        blocks.append((before.get(at, "") if chance.random() < 0.6 else "") + paragraph)
    title = f"{next(text).capitalize()} {next(text)} {next(text)}"
    date = BEGIN + timedelta(minutes=chance.randrange(DAYS * 24 * 60))
    authors = chance.sample(AUTHORS, 1 if chance.random() < 0.9 else 2)
    names = [f"Topic {word(topic)}" for topic in topics]
    section = SECTIONS[topics[0] % len(SECTIONS)]
    return Story(
        number,
        title,
        _sentence(chance, text),
        date,
        authors,
        section,
        chance.choice(TYPES),
        names,
        blocks,
    )


def write_ours(content: Path, count: int) -> None:
    """Write stories as Broadside reads them, with the lists and people they need."""
    for name, names in (("sections", SECTIONS), ("story_types", TYPES)):
        _write(content / f"{name}.yml", "".join(f"- name: {each}\n" for each in names))
    for author in AUTHORS:
        _write(
            content / "authors" / f"{author.lower().replace(' ', '-')}.md",
            f"---\nname: {author}\n---\nWrites.\n",
        )
    for number in range(count):
        write_one_of_ours(content, story(number))


def write_one_of_ours(content: Path, one: Story) -> Path:
    """Write one story as Broadside reads it."""
    keys = {
        "title": one.headline or one.title,
        "dek": one.dek,
        "date": f"{one.date:%Y-%m-%dT%H:%M}",
        "authors": one.authors,
    }
    keys |= {"section": one.section, "type": one.type, "topics": one.topics, "slug": one.slug}
    head = "".join(f"{key}: {json.dumps(value)}\n" for key, value in keys.items())
    body = _linked(one, _address)
    return _write(
        content / "articles" / f"{one.date:%Y}" / f"{one.slug}.md", f"---\n{head}---\n{body}\n"
    )


def write_pelicans(content: Path, count: int) -> None:
    """Write the same stories as stock Pelican reads them."""
    for number in range(count):
        write_one_of_pelicans(content, story(number))


def write_one_of_pelicans(content: Path, one: Story) -> Path:
    """Write one story as stock Pelican reads it."""
    head = (
        f"Title: {one.headline or one.title}\nSummary: {one.dek}\nDate:"
        f" {one.date:%Y-%m-%d %H:%M}\nSlug: {one.slug}\n"
    )
    head += (
        f"Authors: {', '.join(one.authors)}\nCategory: {one.section}\nTags:"
        f" {', '.join(one.topics)}\n"
    )
    body = _linked(one, lambda to: f"{{filename}}/{to.date:%Y}/{to.slug}.md")
    return _write(content / f"{one.date:%Y}" / f"{one.slug}.md", f"{head}\n{body}\n")


def write_hugos(content: Path, count: int) -> None:
    """Write the same stories as Hugo reads them."""
    for section in SECTIONS:
        _write(content / section.lower() / "_index.md", f"---\ntitle: {section}\n---\n")
    for number in range(count):
        write_one_of_hugos(content, story(number))


def write_one_of_hugos(content: Path, one: Story) -> Path:
    """Write one story as Hugo reads it."""
    keys = {
        "title": one.headline or one.title,
        "description": one.dek,
        "date": f"{one.date:%Y-%m-%dT%H:%M}:00Z",
    }
    more = {"authors": one.authors, "topics": one.topics, "url": _address(one), "label": one.type}
    head = "".join(f"{key}: {json.dumps(value)}\n" for key, value in (keys | more).items())
    body = _linked(one, _address)
    return _write(content / one.section.lower() / f"{one.slug}.md", f"---\n{head}---\n{body}\n")


def _words(chance: random.Random, topics: list[int]) -> Iterator[str]:
    common = list(itertools.accumulate(1 / (rank + 2) for rank in range(COMMON)))
    while True:
        if chance.random() < 0.6:
            yield word(chance.choices(range(COMMON), cum_weights=common)[0])
        else:
            yield word(
                COMMON
                + chance.choice(topics) * WORDS_A_TOPIC
                + int(chance.random() ** 2 * WORDS_A_TOPIC)
            )


def _sentence(chance: random.Random, text: Iterator[str]) -> str:
    words = list(itertools.islice(text, chance.randint(7, 26)))
    return f"{words[0].capitalize()} {' '.join(words[1:])}."


def _address(one: Story) -> str:
    return f"/{one.date:%Y/%m}/{one.slug}/"


def _linked(one: Story, address: Callable[[Story], str]) -> str:
    """The story's Markdown with the addresses of the stories it links to."""
    return LINK.sub(lambda found: f"]({address(story(int(found[1])))})", "\n\n".join(one.blocks))


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
