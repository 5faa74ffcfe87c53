"""No two words of a page touch, in any language that the theme speaks, and in one that it does
not.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from broadside.words import Catalogs
from tests.browser.awkward import awkward_outlet
from tests.browser.conftest import built, served

pytestmark = pytest.mark.browser

TERMS = ("sections/*/", "authors/*/", "authors/", "topics/*/", "types/*/", "series/*/")
KINDS = ("", "2026/**/", *TERMS, "archive/", "corrections/", "latest/", "search/")
TOUCHING = """
() => {
  const isWord = (sign) => /[\\p{L}\\p{N}]/u.test(sign ?? "");
  const place = (node, at) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect();
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  let before = null;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const text = node.data.trimEnd();
    const parent = node.parentElement;
    if (!text.trim() || parent.closest("script, style, .story-body, .visually-hidden, svg") || !parent.checkVisibility()) continue;
    const first = node.data.length - node.data.trimStart().length;
    if (before && isWord(before.text.at(-1)) && isWord(text[first])) {
      const one = place(before.node, before.text.length - 1), two = place(node, first);
      const sameLine = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top) > one.height / 2;
      const gap = Math.max(two.left - one.right, one.left - two.right);
      if (sameLine && one.width && two.width && gap < 1 && gap > -2) found.push(`${before.text}|${text.trim()}`);
    }
    before = { node, text };
  }
  return found;
}
"""
"""Pairs of texts that end and begin with a letter or a digit, on one line, without a gap that a
reader sees.
"""


def addresses(output: Path) -> list[str]:
    """A page or a few of each kind."""
    pages = []
    for kind in KINDS:
        found = sorted(
            path.relative_to(output).as_posix() for path in output.glob(f"{kind}index.html")
        )
        pages += [path.removesuffix("index.html") for path in found[:4]]
    return pages


@pytest.mark.parametrize("lang", [*Catalogs().languages, "pl"])
def test_no_two_words_touch(visit: Any, tmp_path: Path, lang: str) -> None:
    outlet = awkward_outlet(tmp_path)
    output = built(outlet.content, outlet.output, DEFAULT_LANG=lang)
    pages = addresses(output)
    assert len(pages) > len(KINDS)
    with served(output) as base:
        trip = visit(base)
        found = {page: touching for page in pages if (touching := trip.to(page).evaluate(TOUCHING))}
    assert found == {}
