"""The corrections ledger: every correction of every story on one page, newest first.

No settings. Signals used: article_writer_finalized. Needs newsroom and indexes. Writes the template corrections.
"""

from __future__ import annotations

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from broadside.plugins.corrections.ledger import ledger
from broadside.plugins.press import Press
from broadside.plugins.urls import CORRECTIONS, save_as


def write_ledger(generator: ArticlesGenerator, writer: Press) -> None:
    """Write /corrections/."""
    entries = ledger(generator.context["stories"])
    writer.write_file(save_as(CORRECTIONS), generator.get_template("corrections"), generator.context, entries=entries)


def register() -> None:
    """Connect to Pelican."""
    signals.article_writer_finalized.connect(write_ledger)
