"""Shows stories to readers' apps on the AT Protocol (https://standard.site/), if ANNOUNCE names the
did of an account there.

Makes .well-known/site.standard.publication, which proves that the account's publication is this
site, and standard-site.json, the records that `./inv announce` keeps in the account. The value
publication_uri and the filter document_uri are for the pages of stories.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from broadside.atproto import DOCUMENT, PUBLICATION, RECORDS, uri
from broadside.plugin import Page, Plugin, Site, give
from broadside.plugins.standard_site.settings import StandardSiteSettings
from broadside.site.story import Story, changed
from broadside.urls import Urls

PROOF = f".well-known/{PUBLICATION}"


def offer_addresses(site: Site) -> None:
    """Give the templates the addresses of the records."""
    if account := _account(site):
        site.values["publication_uri"] = uri(account, PUBLICATION, site.urls.site)
        site.filters["document_uri"] = lambda story: uri(
            account, DOCUMENT, site.urls.absolute(story.first_url)
        )


def pages(site: Site) -> Iterator[Page]:
    """The proof and the list of records."""
    if account := _account(site):
        about = {"name": site.settings.SITENAME, "description": site.settings.SITESUBTITLE}
        stories = [story for story in site.stories if not story.canonical]
        yield Page(PROOF, uri(account, PUBLICATION, site.urls.site).encode())
        yield Page(
            RECORDS,
            records,
            {"account": account, "about": about, "stories": stories, "urls": site.urls},
        )


def _account(site: Site) -> str:
    announce = StandardSiteSettings.of(site.settings).ANNOUNCE
    if announce and announce.bluesky:
        return announce.bluesky.did
    return ""


def records(account: str, about: dict[str, str], stories: Sequence[Story], urls: Urls) -> bytes:
    """The account, and its records by their addresses: the publication, and a document for each
    story.
    """
    publication = uri(account, PUBLICATION, urls.site)
    found: dict[str, dict[str, Any]] = {
        publication: {"$type": PUBLICATION, "url": urls.site, **_given(about)}
    }
    for story in stories:
        updated_at = ""
        if changed(story) != story.date:
            updated_at = changed(story).isoformat()
        optional = {
            "description": story.dek,
            "updatedAt": updated_at,
            "tags": [topic.name for topic in story.topics],
        }
        found[uri(account, DOCUMENT, urls.absolute(story.first_url))] = {
            "$type": DOCUMENT,
            "site": publication,
            "path": f"/{story.url}",
            "title": story.title,
            "publishedAt": story.date.isoformat(),
            **_given(optional),
        }
    return json.dumps({"account": account, "records": found}, ensure_ascii=False, indent=1).encode()


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def register() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(arranged=[offer_addresses], pages=[pages]))
