"""A round-up in a feed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from plugins.feeds.entries import Entry
from plugins.newsroom.elsewhere import absolute
from plugins.newsroom.story import Story
from plugins.roundup.edition import Roundup
from plugins.urls import Urls


def entry_of_roundup(roundup: Roundup, urls: Urls, outlet: tuple[str, str], text: Callable[[Roundup], str]) -> Entry:
    """The entry of a round-up: its note, then its headlines by section, each a link to its story."""
    chosen, url = roundup.chosen, urls.absolute(roundup.url)
    rows = [("", [chosen.lead] if chosen.lead else []), *((section.name, row) for section, row in chosen.by_section)]
    parts = [absolute(text(roundup), urls, url), *(_list(name, row, urls) for name, row in rows if row)]
    if chosen.briefs:
        parts.append(_list("In brief", chosen.briefs, urls))
    return Entry(
        id=url,
        url=url,
        title=roundup.title,
        dek=roundup.dek,
        text=lambda: "\n".join(parts),
        published=roundup.date,
        updated=roundup.date,
        authors=[outlet],
        categories=[],
        lang=roundup.lang,
        dir=roundup.dir,
    )


def _list(name: str, stories: Iterable[Story], urls: Urls) -> str:
    items = "".join(f"<li>{_item(story, urls)}</li>" for story in stories)
    return f"{f'<h2>{escape(name)}</h2>' if name else ''}<ul>{items}</ul>"


def _item(story: Story, urls: Urls) -> str:
    link = f'<a href="{escape(urls.absolute(story.url))}">{escape(story.title)}</a>'
    return f"{link}: {escape(story.dek)}" if story.dek else link
