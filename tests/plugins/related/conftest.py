"""Small archives of made-up stories, for the tests of related stories."""

from __future__ import annotations

from hypothesis import strategies as st

from plugins.related.corpus import Doc, Signature
from plugins.related.terms import Lexicon, signature

WORDS = "nato gas vote dam rice court tax sea grain border strike canal".split()


def doc(slug: str, text: str, date: float = 0, section: str = "", lang: str = "en", key: str = "") -> Doc:
    """A story with this headline and no body."""
    return Doc(key or f"{slug}.md", slug, date, section, lang, Signature(text, signature(text, "", "", Lexicon(lang))))


def texts() -> st.SearchStrategy[str]:
    """Headlines out of few words, so that stories have something in common."""
    return st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


@st.composite
def archives(draw: st.DrawFn, keys: int = 14) -> list[Doc]:
    """Archives of at most so many stories; the same key means the same story, perhaps changed."""
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
