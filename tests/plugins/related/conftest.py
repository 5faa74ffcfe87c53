"""Small archives of made-up stories, for the tests of related stories."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import strategies as st

from broadside.plugins.related import explain, ranking, weights
from broadside.plugins.related.docs import Doc
from broadside.plugins.related.key_terms import Lexicon, signature

ERAS = st.sampled_from([1, 3, 1024])
"""Lengths of an era: short ones, so that small archives have many, and the real one."""

WORDS = "nato gas vote dam rice court tax sea grain border strike canal".split()


def doc(
    slug: str, text: str, date: float = 0, section: str = "", lang: str = "en", key: str = ""
) -> Doc:
    """A story with this headline and no body."""
    return Doc(
        key or f"{slug}.md", slug, date, section, lang, signature(text, "", "", Lexicon(lang))
    )


def texts() -> st.SearchStrategy[str]:
    """Headlines out of few words, so that stories have something in common."""
    return st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


@st.composite
def archives(draw: st.DrawFn, keys: int = 14) -> list[Doc]:
    """Archives of at most so many stories."""
    chosen = draw(st.lists(st.integers(0, keys - 1), unique=True, max_size=keys))
    return [
        doc(
            draw(st.sampled_from([f"story-{number}", "twin"])),
            draw(texts()),
            draw(st.integers(0, 400)),
            draw(st.sampled_from(["", "europe", "asia"])),
            draw(st.sampled_from(["en", "en", "en", "fr", "en-GB"])),
            f"{number}.md",
        )
        for number in chosen
    ]


@contextmanager
def limits(era: int, narrow: bool = True) -> Iterator[pytest.MonkeyPatch]:
    """Eras of so many stories and, if narrow, all other limits so low that small archives meet
    them.
    """
    with pytest.MonkeyPatch.context() as patch:
        for module in (ranking, explain, weights):
            patch.setattr(module, "ERA", era)
        if narrow:
            for name, limit in (("SHORTLIST", 3), ("KEYS", 3), ("REACH", 12)):
                patch.setattr(ranking, name, limit)
                patch.setattr(weights, name, limit)
            patch.setattr(weights, "RAREST", 0)
            patch.setattr(weights, "COMMONEST", 3)
            patch.setattr(weights, "HEAVIEST", 4)
        yield patch
