"""The policies that an outlet may publish, what it lets programs use it for, and what browsers
allow pages of their own kind.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

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


class FolderHeaders(Struct, frozen=True):
    """The headers of all files in a folder of the site, which ends in "/", where those of readers'
    pages will not do.

    `opener` is the value of Cross-Origin-Opener-Policy.
    """

    folder: str
    policy: str
    opener: str = "same-origin"


def content_usage(allowed: Mapping[str, bool]) -> str:
    """What robots.txt and the header Content-Usage say; "" if nothing
    (https://datatracker.ietf.org/doc/draft-ietf-aipref-attach/).
    """
    if "train" in allowed:
        return f"train-ai={'y' if allowed['train'] else 'n'}"
    return ""
