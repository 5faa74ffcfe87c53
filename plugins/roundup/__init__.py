"""The weekly round-up on the site: a page for each with an editor's note, a list of them all, and a
permanent address of the newest.

The mail is made by a command (command/), not by the build.
Values for templates: roundup_url, if any round-up is published.
"""

from __future__ import annotations

from collections.abc import Iterator

from broadside.plugin import Plugin, give
from broadside.plugins.redirects import Move, page_at
from broadside.site import Page, Site
from broadside.urls import save_as


def collect_roundups(site: Site) -> None:
    """Find the stories of each round-up that this build shows."""
    content = site.content
    records = [record for record in content.roundups if record.path in content.addresses.urls_of]
    if not records:
        return
    # outlets without a round-up need none of it
    from broadside.plugins.roundup.edition import editions

    roundups = editions(
        records, site.stories, list(site.terms.sections.values()), site.options.rules.zone, content
    )
    site.roundups = [roundup for roundup in roundups if roundup.desk_status == "published"]
    site.unpublished_roundups = [
        roundup for roundup in roundups if roundup.desk_status != "published"
    ]
    if site.roundups:
        site.values["roundup_url"] = site.urls.roundup()


def pages(site: Site) -> Iterator[Page]:
    """The page of each round-up (of drafts and held ones below /drafts/), and the list of published
    ones.
    """
    for roundup in (*site.roundups, *site.unpublished_roundups):
        yield Page(save_as(roundup.url), "roundup", {"roundup": roundup})
    if site.roundups:
        yield Page(save_as(site.urls.roundup()), "roundups", {"roundups": site.roundups})
        newest = Move(site.urls.roundup("newest"), site.roundups[0].url, site.urls.root)
        yield Page(
            newest.save_as,
            page_at(newest, site.urls.absolute(newest.now), site.words.of(marks=True)),
        )


def register() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(arranged=[collect_roundups], pages=[pages]))
