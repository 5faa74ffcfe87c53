"""The kinds of policies that an outlet may publish, in schema.org's words."""

from __future__ import annotations

POLICIES = (
    *("publishingPrinciples", "ownershipFundingInfo", "correctionsPolicy", "ethicsPolicy", "masthead"),
    *("actionableFeedbackPolicy", "diversityPolicy", "diversityStaffingReport", "missionCoveragePrioritiesPolicy"),
    *("noBylinesPolicy", "unnamedSourcesPolicy", "verificationFactCheckingPolicy"),
)
"""The properties of a NewsMediaOrganization that are addresses of pages with a policy."""
