"""The kinds of policies that an outlet may publish, in schema.org's words."""

from __future__ import annotations

from broadside.faults import near, quoted

POLICIES = (
    *("publishingPrinciples", "ownershipFundingInfo", "correctionsPolicy", "ethicsPolicy", "masthead"),
    *("actionableFeedbackPolicy", "diversityPolicy", "diversityStaffingReport", "missionCoveragePrioritiesPolicy"),
    *("noBylinesPolicy", "unnamedSourcesPolicy", "verificationFactCheckingPolicy"),
)
"""The properties of a NewsMediaOrganization that are addresses of pages with a policy."""
NEAR = 0.8
"""How similar a word must be to a kind of policy to count as a misspelling; all kinds end alike."""


def policy_problem(name: str) -> str:
    """What is wrong with a word that names no kind of policy, and which may be meant; "" if it names one."""
    if name in POLICIES:
        return ""
    hint = near(name, POLICIES, NEAR) or f"known: {', '.join(POLICIES)}"
    return f"names {quoted(name)}, which is not a kind of policy; {hint}"
