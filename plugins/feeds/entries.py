"""The entry of a story or a correction, which is the same in Atom, RSS and JSON Feed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from html import escape

from msgspec import Struct, field

from broadside.content.terms import Author
from broadside.front_matter.data import Correction
from broadside.media.photos import credit_line
from broadside.plugins.how_made.words import how_made
from broadside.site.indexes import filed_under
from broadside.site.story import Story, changed
from broadside.site.syndication import absolute, correction, figure
from broadside.site.texts import Texts
from broadside.urls import KINDS, Urls
from broadside.words import ENGLISH, Catalogs, Language


class Channel(Struct, frozen=True):
    """The description of a feed; all addresses except that of its style sheet are absolute.

    `hub` is the WebSub hub that announces its changes, or ""; `outlet` is the outlet's name and
    front page, and `icon` its mark. `begun` is the last change of a feed without entries. `whole`
    says whether its entries have whole texts.
    """

    title: str
    subtitle: str
    page_url: str
    feed_url: str
    lang: str
    outlet: tuple[str, str]
    begun: datetime
    hub: str = ""
    stylesheet: str = ""
    icon: str = ""
    words: Language = ENGLISH
    whole: bool = True


class Enclosed(Struct, frozen=True):
    """A file that belongs to an entry: its absolute address, its content type, its size in bytes,
    and its duration in seconds, if any.
    """

    url: str
    type: str
    size: int
    seconds: float = 0.0


class FeedEntry(Struct, frozen=True):
    """One story, correction or round-up in a feed; every address in it is absolute.

    `id` is made from the address at which the story was first published, and does not change with
    date, slug or headline. `text` makes the HTML, which only a format that is being written needs;
    None if the entry has only its dek. An author without an address is a reader who wrote a letter.
    `in_reply_to` is the id of the story that this one answers, or "".
    """

    id: str
    url: str
    title: str
    dek: str
    text: Callable[[], str] | None
    published: datetime
    updated: datetime
    authors: list[tuple[str, str]]
    categories: list[str]
    lang: str
    dir: str
    words: Language
    image: str = ""
    files: tuple[Enclosed, ...] = ()
    in_reply_to: str = ""

    @property
    def html(self) -> str | None:
        """The text with everything that belongs to it; its direction is in the HTML, because feeds
        have no place for one.
        """
        return self.text and f'<div dir="{self.dir}" lang="{self.lang}">\n{self.text()}\n</div>'


class Entries(Struct, frozen=True):
    """Makes the entries of stories, corrections and round-ups; `outlet` is the author of
    corrections and round-ups.
    """

    urls: Urls
    texts: Texts
    outlet: str
    catalogs: Catalogs = field(default_factory=Catalogs)

    def of_story(self, story: Story, whole: bool = True) -> FeedEntry:
        """The entry of a story, with its whole text, the lead photo, the credit and the
        corrections, or only with its dek.
        """
        urls, words = self.urls, self.catalogs.of(story.lang)

        def html() -> str:
            parts = [
                (
                    figure(story.photo, str(credit_line(story.photo, True, words)), urls)
                    if story.photo
                    else ""
                ),
                absolute(self.texts.body_elsewhere(story), urls, urls.absolute(story.url)),
                *(correction(each, words) for each in story.corrections),
                how_made(story, words),
            ]
            return "\n".join(part for part in parts if part)

        in_reply_to = ""
        if story.in_reply_to:
            in_reply_to = urls.absolute(story.in_reply_to)
        image = ""
        if story.photo:
            image = urls.absolute(story.photo.src)
        text = None
        if whole:
            text = cache(html)
        return FeedEntry(
            id=urls.absolute(story.first_url),
            url=urls.absolute(story.url),
            title=story.title,
            dek=story.dek,
            text=text,
            published=story.date,
            updated=changed(story),
            authors=[(each.author.name, _page_of(each.author, urls)) for each in story.byline],
            categories=_categories(story),
            lang=story.lang,
            dir=story.dir,
            words=words,
            image=image,
            files=tuple(enclosed(story, urls)),
            in_reply_to=in_reply_to,
        )

    def of_correction(self, corrected: tuple[Story, Correction]) -> FeedEntry:
        """The entry of a correction to a story.

        Its id is made from the story's id and the day; from the second of a day on, it has a
        number, in order of appearance.
        """
        story, note = corrected
        urls, words = self.urls, self.catalogs.of(story.lang)
        place = next(i for i, other in enumerate(story.corrections) if other is note)
        number = sum(other.date[:10] == note.date[:10] for other in story.corrections[place:])
        moment = datetime.fromisoformat(note.date)
        again = ""
        if number > 1:
            again = f"-{number}"
        return FeedEntry(
            id=f"{urls.absolute(story.first_url)}?correction={note.date[:10]}{again}",
            url=f"{urls.absolute(story.url)}#corrections",
            title=words.label(words.note(note.type), story.title),
            dek=note.text,
            text=lambda: f"<p>{escape(note.text)}</p>\n<p>{link_to(story, urls)}</p>",
            published=moment,
            updated=moment,
            authors=[(self.outlet, urls.absolute(""))],
            categories=_categories(story),
            lang=story.lang,
            dir=story.dir,
            words=words,
        )


def enclosed(story: Story, urls: Urls) -> Iterator[Enclosed]:
    """The files of a story: its recording, and the file that its page presents."""
    if audio := story.audio:
        yield Enclosed(
            urls.absolute(audio.file.url), audio.file.type, audio.file.size, audio.duration
        )
    if file := story.file:
        yield Enclosed(urls.absolute(file.url), file.type, file.size)


def _page_of(author: Author, urls: Urls) -> str:
    if author.url:
        return urls.absolute(author.url)
    return ""


def _categories(story: Story) -> list[str]:
    """The terms of a story but authors and series."""
    return [
        term.name
        for term in filed_under(
            story, [kind for kind in KINDS.values() if not kind.names.endswith("/")]
        )
    ]


def link_to(story: Story, urls: Urls) -> str:
    """A link to a story, as HTML."""
    return f'<a href="{escape(urls.absolute(story.url))}">{escape(story.title)}</a>'
