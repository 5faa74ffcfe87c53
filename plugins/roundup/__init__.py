"""The weekly round-up on the site: a page for each with an editor's note, a list of them all, and a
permanent address of the newest.

The mail is made by a command (command/), not by the build.
Values for templates: roundup_url, if any round-up is published.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from broadside.plugin import Page, Plugin, Site, give
from broadside.plugins.roundup.content import ROUNDUPS, address, addresses, leads, own_pages
from broadside.urls import save_as

if TYPE_CHECKING:  # it loads Pelican
    from broadside.plugins.roundup.edition import Roundup


def collect_roundups(site: Site) -> None:
    """Find the stories of each round-up that this build shows."""
    content = site.content
    records = [
        record for record in ROUNDUPS.among(content) if record.path in content.addresses.urls_of
    ]
    if not records:
        return
    # outlets without a round-up need none of it
    from broadside.plugins.roundup.edition import editions

    site.own["roundup"] = editions(
        records, site.stories, list(site.terms.sections.values()), site.options.rules.zone, content
    )
    if published(site):
        url = address(site.urls)
        site.values["roundup_url"] = url
        site.with_feeds[url] = site.words.of().gettext("Round-ups")


def published(site: Site) -> list[Roundup]:
    """The published round-ups, newest first."""
    roundups: list[Roundup] = site.own.get("roundup", [])
    return [roundup for roundup in roundups if roundup.desk_status == "published"]


def pages(site: Site) -> Iterator[Page]:
    """The page of each round-up (of drafts and held ones below /drafts/), and the list of published
    ones with its feeds.
    """
    for roundup in site.own.get("roundup", []):
        yield Page(save_as(roundup.url), "roundup", {"roundup": roundup})
    if roundups := published(site):
        from broadside.plugins.redirects import Move, page_at
        from broadside.plugins.roundup.feed import feeds

        url = address(site.urls)
        yield Page(save_as(url), "roundups", {"roundups": roundups})
        yield from feeds(site, roundups)
        newest = Move(address(site.urls, "newest"), roundups[0].url, site.urls.root)
        yield Page(
            newest.save_as,
            page_at(newest, site.urls.absolute(newest.now), site.words.of(marks=True)),
        )


def register() -> None:
    """Give the notes with their addresses and checks, and the pages."""
    give(
        __name__,
        Plugin(
            folders=[ROUNDUPS],
            checks=[leads],
            own_pages=[own_pages],
            addresses=[addresses],
            arranged=[collect_roundups],
            pages=[pages],
        ),
    )
