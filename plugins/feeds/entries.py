"""The entry of a story, a correction or a round-up, which is the same in Atom, RSS and JSON Feed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from msgspec import Struct

from broadside.plugins.fingerprint import digest
from broadside.plugins.front_matter.data import Correction
from broadside.plugins.newsroom.story import Story, changed
from broadside.plugins.newsroom.syndication import absolute, correction, figure
from broadside.plugins.newsroom.texts import Texts
from broadside.plugins.photos.credit import credit_line
from broadside.plugins.urls import Urls

if TYPE_CHECKING:  # an outlet may have none
    from broadside.plugins.roundup.edition import Roundup

REMEMBERED, NEAR = 5000, 64
"""How many finished entries a process keeps for other feeds that have them; and how many texts for a feed's other formats."""
EMPTY = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
"""When a feed without an entry was last changed."""


class Channel(Struct, frozen=True):
    """The description of a feed; all addresses except that of its style sheet are absolute.

    `hub` is the WebSub hub that announces its changes, "" for none; `outlet` is the outlet's name and front page, and
    `icon` its mark.
    """

    title: str
    subtitle: str
    page_url: str
    feed_url: str
    lang: str
    outlet: tuple[str, str]
    hub: str = ""
    stylesheet: str = ""
    icon: str = ""


class Entry(Struct, frozen=True, eq=False):
    """One story, correction or round-up in a feed; every address in it is absolute.

    `id` is made from the address at which the story was first published, and stays when date, slug or headline changes.
    `text` makes the HTML, so that thousands of entries need not keep it.
    """

    id: str
    url: str
    title: str
    dek: str
    text: Callable[[], str]
    published: datetime
    updated: datetime
    authors: list[tuple[str, str]]
    categories: list[str]
    lang: str
    dir: str
    image: str = ""

    @property
    def html(self) -> str:
        """The text with everything that belongs to it; its direction is in the HTML, because feeds cannot give one."""
        return f'<div dir="{self.dir}" lang="{self.lang}">\n{self.text()}\n</div>'


class Entries:
    """Makes the entries of stories, corrections and round-ups; that of a story only once, however many feeds have it.

    Its digests, `teaser` and `whole`, are those of the addresses, the outlet's name and the templates that texts use.
    """

    def __init__(self, urls: Urls, texts: Texts, outlet: str) -> None:
        self._urls, self._texts, self._outlet = urls, texts, (outlet, urls.absolute(""))
        self._body = lru_cache(NEAR)(texts.body)
        self.of_story = lru_cache(REMEMBERED)(self._of_story)

    @property
    def whole(self) -> str:
        """The digest of all that entries depend on besides what they are of."""
        return digest(self._texts.whole, repr(self._urls), *self._outlet)

    teaser = whole

    def _of_story(self, story: Story) -> Entry:
        """The entry of a story: its whole text with the lead photo, the credit and the corrections."""
        urls = self._urls

        def html() -> str:
            parts = [
                figure(story.photo, str(credit_line(story.photo, lead=True)), urls) if story.photo else "",
                absolute(self._body(story), urls, urls.absolute(story.url)),
                *map(correction, story.corrections),
            ]
            return "\n".join(part for part in parts if part)

        return Entry(
            id=urls.absolute(story.first_url),
            url=urls.absolute(story.url),
            title=story.title,
            dek=story.dek,
            text=html,
            published=story.date,
            updated=changed(story),
            authors=[(each.author.name, urls.absolute(each.author.url)) for each in story.byline],
            categories=_categories(story),
            lang=story.lang,
            dir=story.dir,
            image=urls.absolute(story.photo.src) if story.photo else "",
        )

    def of_correction(self, corrected: tuple[Story, Correction]) -> Entry:
        """The entry of a correction on a story.

        Its id is made from the story's id and the day; from the second of a day on, it has a number, in order of appearance.
        """
        story, noted = corrected
        urls = self._urls
        place = next(i for i, each in enumerate(story.corrections) if each is noted)
        number = sum(each.date[:10] == noted.date[:10] for each in story.corrections[place:])
        moment = datetime.fromisoformat(noted.date)
        return Entry(
            id=f"{urls.absolute(story.first_url)}?correction={noted.date[:10]}{f'-{number}' if number > 1 else ''}",
            url=f"{urls.absolute(story.url)}#corrections",
            title=f"{noted.label}: {story.title}",
            dek=noted.text,
            text=lambda: f"<p>{escape(noted.text)}</p>\n<p>{_link(story, urls)}</p>",
            published=moment,
            updated=moment,
            authors=[self._outlet],
            categories=_categories(story),
            lang=story.lang,
            dir=story.dir,
        )

    def of_roundup(self, roundup: Roundup) -> Entry:
        """The entry of a round-up: its note, then its headlines by section, each linked to its story."""
        urls = self._urls
        chosen, url = roundup.chosen, urls.absolute(roundup.url)

        def html() -> str:
            by_section = ((section.name, row) for section, row in chosen.by_section)
            rows = [("", [chosen.lead] if chosen.lead else []), *by_section, ("In brief", chosen.briefs)]
            note = absolute(self._texts.body(roundup), urls, url)
            return "\n".join([note, *(_headlines(*row, urls) for row in rows if row[1])])

        return Entry(
            id=url,
            url=url,
            title=roundup.title,
            dek=roundup.dek,
            text=html,
            published=roundup.date,
            updated=roundup.date,
            authors=[self._outlet],
            categories=[],
            lang=roundup.lang,
            dir=roundup.dir,
        )


def _categories(story: Story) -> list[str]:
    return [term.name for term in (*story.sections, story.story_type, *story.topics) if term]


def _headlines(name: str, stories: Iterable[Story], urls: Urls) -> str:
    items = [f"{_link(each, urls)}: {escape(each.dek)}" if each.dek else _link(each, urls) for each in stories]
    return f"{f'<h2>{escape(name)}</h2>' if name else ''}<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _link(story: Story, urls: Urls) -> str:
    return f'<a href="{escape(urls.absolute(story.url))}">{escape(story.title)}</a>'
