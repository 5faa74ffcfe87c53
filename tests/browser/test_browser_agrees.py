"""A browser builds from what is let through the very page that was meant: no foreign tag, no open
tag, no clash of ids.
"""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from broadside.faults import errors_in
from broadside.markdown.body import fill
from broadside.markdown.guard import ALLOWED, ATTRIBUTES
from tests.markdown.setting import ANYTHING, SETTER

LOOK = """([items, tags, attributes]) => items.flatMap(([html, blocks], number) => {
  const build = inner => new DOMParser().parseFromString(`<!doctype html><body><div id=box>${inner}</div><p id=end>`, "text/html");
  const page = build(html), box = page.getElementById("box"), wrong = [], ids = new Set();
  if (!box || page.body.children.length !== 2 || page.body.children[1].id !== "end" || page.head.children.length) wrong.push("structure");
  for (const each of page.querySelectorAll("#box *")) {
    if (!tags.includes(each.localName) || each.namespaceURI !== "http://www.w3.org/1999/xhtml") wrong.push(each.localName);
    for (const {name} of each.attributes) if (!attributes.includes(name)) wrong.push(`${each.localName} ${name}`);
    if (each.id && ids.has(each.id)) wrong.push(`twice ${each.id}`);
    ids.add(each.id);
  }
  for (const link of page.querySelectorAll("#box a[href]")) {
    const href = link.getAttribute("href");
    if (href.startsWith("#") ? !page.getElementById(href.slice(1)) : !href.startsWith("/") && !/^(https?|mailto|tel):$/.test(link.protocol))
      wrong.push(href);
  }
  if (box && box.children.length !== blocks.length) wrong.push(`${box.children.length} blocks for ${blocks.length}`);
  for (const block of blocks) {
    const alone = build(block), one = alone.getElementById("box");
    if (!one || one.children.length !== 1 || one.innerText.trim() !== one.children[0].innerText.trim() || alone.body.children.length !== 2)
      wrong.push(block);
  }
  return wrong.length ? [[number, wrong]] : [];
})"""
OURS = ["class", "id", "role", "aria-label", "tabindex"]


def set_in_blocks(markdown: str) -> tuple[str, list[str]] | None:
    """The HTML of a text and that of each of its blocks; None of a text that is refused."""
    body, faults = SETTER.set(markdown, "a.md")
    if errors_in(faults):
        return None
    parts = body.html, *(block.html for block in body.blocks)
    html, *blocks = (
        fill(part, "", lambda _: "/x/", lambda _: "<figure></figure>") for part in parts
    )
    return html, blocks


@pytest.mark.browser
def test_a_browser_agrees(browser: Any) -> None:
    random = Random(11)
    texts = [
        "".join(random.choices(ANYTHING, k=random.choice((2, 3, 4, 6, 9)))) for _ in range(12_000)
    ]
    pairs = [(text, made) for text in texts if (made := set_in_blocks(text)) is not None]
    assert len(pairs) > 1_500
    allowed = sorted({name for names in ATTRIBUTES.values() for name in names} | set(OURS))
    page = browser.new_page()
    wrong = page.evaluate(
        LOOK,
        [
            [made for _, made in pairs],
            sorted({*ALLOWED, "figure", "figcaption", "aside", "details", "summary"}),
            allowed,
        ],
    )
    page.close()
    assert [(pairs[number][0], what) for number, what in wrong] == []
