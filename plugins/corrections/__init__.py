"""The corrections ledger: every correction of every story on one page, newest first. No settings."""

from __future__ import annotations

from collections.abc import Iterator

from broadside.plugins import signals
from broadside.plugins.corrections.ledger import ledger
from broadside.plugins.site import Site
from broadside.plugins.site.page import Page
from broadside.plugins.urls import CORRECTIONS, save_as


def pages(site: Site) -> Iterator[Page]:
    """/corrections/."""
    yield Page(save_as(CORRECTIONS), "corrections", {"entries": ledger(site.stories)})


def register() -> None:
    """Connect to the build."""
    signals.pages.connect(pages)
