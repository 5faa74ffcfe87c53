"""The fixed words of Broadside: the values allowed in lists.

The keys of front matter are declared in front_matter/data.py, the attributes of stories in
site/story.py.
"""

from __future__ import annotations

FRONT_SLOTS = ("lead", "second", "third")
"""Slots of the front page that get the newest stories if the editor names none."""

BLOCKS: dict[str, tuple[str, ...]] = {
    "lead": (),
    "latest": ("stories",),
    "feature": ("section", "type", "topic", "title", "stories"),
    "trio": ("section", "type", "topic", "title", "stories"),
    "wide": ("section", "type", "topic", "title", "stories"),
    "sections": ("stories",),
    "opinion": ("type", "title", "stories"),
    "series": ("series", "title", "stories"),
    "briefs": (),
    "newsletter": (),
}
"""The blocks that an editor can put on the front page, each with its options; plugins add some."""

SCHEMA_TYPES = (
    *(
        "NewsArticle",
        "AnalysisNewsArticle",
        "BackgroundNewsArticle",
        "OpinionNewsArticle",
        "ReportageNewsArticle",
    ),
    "AdvertiserContentArticle",
)
"""The allowed values of a story type's `schema_type`: schema.org's kinds of article that require no
more than an Article.
"""

AUTHOR_GROUPS = ("staff", "contributor", "columnist", "emeritus")
"""The groups of authors, in the order of the page that lists them all."""
