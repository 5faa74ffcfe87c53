"""The policies that an outlet may publish, what it lets programs use it for, and what browsers
allow pages of their own kind.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from broadside.shapes import AiUse

POLICIES = (
    *(
        "publishingPrinciples",
        "ownershipFundingInfo",
        "correctionsPolicy",
        "ethicsPolicy",
        "masthead",
    ),
    *(
        "actionableFeedbackPolicy",
        "diversityPolicy",
        "diversityStaffingReport",
        "missionCoveragePrioritiesPolicy",
    ),
    *("noBylinesPolicy", "unnamedSourcesPolicy", "verificationFactCheckingPolicy"),
)
"""The properties of a NewsMediaOrganization that are addresses of pages with a policy."""


NAMED = {
    "_redirects": "text/plain; charset=utf-8",
    "feed.json": "application/feed+json",
    "site.standard.publication": "text/plain; charset=utf-8",
}
"""Content type by a file's whole name, which takes precedence over its extension."""
FEEDS = {
    "feed.xml": "application/atom+xml; charset=utf-8",
    "rss.xml": "application/rss+xml; charset=utf-8",
}
"""The content types of feeds for apps, on hosts that can tell apps from browsers. A browser shows
the source of a file with one of these types; it shows our page for a feed only if the feed is sent
as XML.
"""


class ServedAs(Struct, frozen=True):
    """The content type of all files of a name; a feed is sent with it to apps alone, and as XML to
    browsers.
    """

    name: str
    type: str
    is_feed: bool = False


def serve(files: Iterable[ServedAs]) -> None:
    """Have files of these names sent with their types."""
    for each in files:
        (FEEDS if each.is_feed else NAMED)[each.name] = each.type


class FolderHeaders(Struct, frozen=True):
    """The headers of all files in a folder of the site, which ends in "/", where those of readers'
    pages will not do.

    `opener` is the value of Cross-Origin-Opener-Policy.
    """

    folder: str
    policy: str
    opener: str = "same-origin"


def content_usage(allowed: AiUse) -> str:
    """What robots.txt and the header Content-Usage say; "" if nothing
    (https://datatracker.ietf.org/doc/draft-ietf-aipref-attach/).
    """
    if "train" in allowed:
        return f"train-ai={'y' if allowed['train'] else 'n'}"
    return ""
