"""A ranking as plain JSON values, to be kept from one build to the next."""

from __future__ import annotations

from collections import Counter
from typing import Any

from plugins.related.corpus import Doc
from plugins.related.ranking import Ranking
from plugins.related.score import Bar, Row, Scored

FORMAT = 1
"""Raise it whenever a number in weights or a rule of comparison changes: an old ranking is then made anew."""


def pack(ranking: Ranking) -> dict[str, Any]:
    """Return a ranking as values that JSON can hold."""
    spreads = {lang: dict(spread) for lang, spread in ranking.spreads.items()}
    stories = [[*doc, *ranking.rows[key]] for key, doc in ranking.docs.items()]
    return {"format": FORMAT, "want": ranking.want, "spreads": spreads, "stories": stories}


def unpack(packed: Any) -> Ranking | None:
    """Return the ranking that was packed, or None where these values are none, or were made by other rules."""
    try:
        if packed["format"] != FORMAT:
            return None
        docs: dict[str, Doc] = {}
        rows: dict[str, Row] = {}
        for key, slug, date, section, lang, signature, keys, bar, best in packed["stories"]:
            docs[key] = Doc(key, slug, date, section, lang, signature)
            rows[key] = Row(keys, Bar(*bar), tuple([Scored(*scored) for scored in best]))
        spreads = {lang: Counter(spread) for lang, spread in packed["spreads"].items()}
        return Ranking(packed["want"], docs, rows, spreads)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
