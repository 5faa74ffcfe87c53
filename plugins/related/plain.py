"""Related stories in a plain Pelican site: gives each article `related_stories`, a list of
articles.

With Pelican's cache on (CACHE_CONTENT and LOAD_CONTENT_CACHE), only what has changed is read and
compared again.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from pelican.cache import FileDataCacher
from pelican.plugins import signals

from broadside import __version__
from broadside.digests import digest
from broadside.markdown.tags import pieces
from broadside.plugins.related.docs import SECONDS_A_DAY, Doc, Ranked
from broadside.plugins.related.key_terms import lexicon_of, signature
from broadside.plugins.related.picking import picked_of, ranked_for, stream
from broadside.plugins.related.ranking import rank_anew
from broadside.settings import Settings
from broadside.site.plain import every_article, listed

log = logging.getLogger(__name__)


def add_related(generator: Any) -> None:
    """Give every article its related stories.

    Drafts and hidden articles have some, but are among no other article's.
    """
    want = generator.settings.get("STREAM_LENGTH", Settings.STREAM_LENGTH)
    published = {
        article.save_as: article for article in (*generator.articles, *generator.translations)
    }
    ranked = ranked_in(generator.settings, published, want)
    slugs = slugs_of(published)
    for article in every_article(generator):
        picks, keys, own = (
            listed(article, "related"),
            slugs[""] | slugs[article.lang],
            article.save_as,
        )
        for slug in picks:
            if slug not in keys:
                log.warning(
                    '%s: related: no published article has the slug "%s"',
                    article.relative_source_path,
                    slug,
                )
        found = stream(own, picked_of(picks, keys), ranked.get(own, ()), want, {})
        article.related_stories = [published[key] for key in found]


def slugs_of(published: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The keys of articles by slug, for each language, and of all at ""; the newest wins if several
    share a slug.
    """
    slugs: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for key, article in sorted(published.items(), key=lambda item: item[1].date):
        for lang in ("", article.lang):
            slugs[lang][article.slug] = key
    return slugs


def ranked_in(options: Any, published: dict[str, Any], want: int) -> dict[str, Sequence[str]]:
    """The keys of the articles most related to each, best first."""
    cache = FileDataCacher(
        options, "broadside-related", options["CACHE_CONTENT"], options["LOAD_CONTENT_CACHE"]
    )
    mark = digest(__version__, str(want))
    # Plain values: Pelican's cache is pickled, and a class that a newer version lacks could not be
    # read.
    kept = cache.get_cached_data("kept", {})
    if kept.get("mark") == mark:
        terms, lists = (kept["terms"], kept["lists"])
    else:
        terms, lists = ({}, {})
    terms = terms_of(published, terms)
    docs = [doc_of(key, article, terms[key][1]) for key, article in published.items()]
    ranked = rank_anew(
        docs, ranked_for(want), {key: Ranked(*each) for key, each in lists.items()}, jobs=1
    )
    cache.cache_data(
        "kept",
        {"mark": mark, "terms": terms, "lists": {key: tuple(each) for key, each in ranked.items()}},
    )
    cache.save_cache()
    return {key: each.keys for key, each in ranked.items()}


def terms_of(
    published: dict[str, Any], kept: dict[str, tuple[str, str]]
) -> dict[str, tuple[str, str]]:
    """What each article is about, as a signature, and before that a digest of the words that it was
    made from.
    """
    found = {}
    for key, article in published.items():
        html = article.title, str(article.metadata.get("summary", "")), article._content or ""
        made_of = digest(article.lang, *html)
        if key in kept and kept[key][0] == made_of:
            found[key] = kept[key]
        else:
            headline, dek, body = map(words_of, html)
            terms = signature(headline, dek, body, lexicon_of(article.lang))
            found[key] = made_of, terms
    return found


def words_of(html: str) -> str:
    """The words of an HTML text."""
    return " ".join(pieces(html)[::2])


def doc_of(key: str, article: Any, terms: str) -> Doc:
    """What ranking needs to know of an article: its section is the first of its `sections`, or else
    its category.
    """
    section, *_ = listed(article, "sections", "section") or [str(getattr(article, "category", ""))]
    return Doc(
        key, article.slug, article.date.timestamp() / SECONDS_A_DAY, section, article.lang, terms
    )


def connect() -> None:
    """Connect to Pelican."""
    signals.article_generator_finalized.connect(add_related)
