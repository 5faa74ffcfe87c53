"""Decides which of schema.org's kinds of article a story is.

An editor may choose one in story_types.yml (`schema_type`). Otherwise the story type's name decides, if the trade uses it
for one thing only; anything else is a NewsArticle, which is never wrong. A review counts as opinion: schema.org's
ReviewNewsArticle is also a Review, for which search engines want to know what is reviewed and with how many stars.
"""

from __future__ import annotations

from functools import cache

from broadside.plugins.slugs import slugify
from broadside.plugins.vocabulary import SCHEMA_TYPES

NEWS, ANALYSIS, BACKGROUND, OPINION, REPORTAGE, ADVERTISING = SCHEMA_TYPES
BY_NAME = {
    **dict.fromkeys(("analysis", "news-analysis"), ANALYSIS),
    **dict.fromkeys(("background", "backgrounder", "explainer", "primer"), BACKGROUND),
    **dict.fromkeys(("argument", "column", "comment", "commentary", "editorial", "letter", "letters"), OPINION),
    **dict.fromkeys(("op-ed", "opinion", "perspective", "review", "viewpoint"), OPINION),
    **dict.fromkeys(("dispatch", "feature", "investigation", "report", "reportage", "reporting"), REPORTAGE),
    **dict.fromkeys(("advertorial", "partner-content", "sponsored", "sponsored-content"), ADVERTISING),
}
"""Slug of a story type's name -> kind of article. Briefs, interviews and Q&As are not here: they are NewsArticles."""


@cache
def schema_type(name: str, chosen: str = "") -> str:
    """The kind of article for stories of the type with this name, unless an editor has chosen one."""
    return chosen or BY_NAME.get(slugify(name), NEWS)
