"""The kinds of policies that an outlet may publish, in schema.org's words, and what it lets programs use it for."""

from __future__ import annotations

from collections.abc import Mapping

POLICIES = (
    *("publishingPrinciples", "ownershipFundingInfo", "correctionsPolicy", "ethicsPolicy", "masthead"),
    *("actionableFeedbackPolicy", "diversityPolicy", "diversityStaffingReport", "missionCoveragePrioritiesPolicy"),
    *("noBylinesPolicy", "unnamedSourcesPolicy", "verificationFactCheckingPolicy"),
)
"""The properties of a NewsMediaOrganization that are addresses of pages with a policy."""


def content_usage(allowed: Mapping[str, bool]) -> str:
    """What robots.txt and the header Content-Usage say; "" if nothing (https://datatracker.ietf.org/doc/draft-ietf-aipref-attach/)."""
    return f"train-ai={'y' if allowed['train'] else 'n'}" if "train" in allowed else ""
