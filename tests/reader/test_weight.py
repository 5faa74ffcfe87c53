"""What a page weighs, and what it asks a phone to load."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import brotli
import pytest

from tests.reader.conftest import BUDGETS, TEMPLATES

WEIGHT, PHONE = BUDGETS["weight"], BUDGETS["phone"]
LINKED = re.compile(r'<link rel="stylesheet" href="/([^"]+)"|<script[^>]* src="/([^"]+)"')
FACE = re.compile(rb"@font-face\{[^}]*\}")
Tell = Any


@cache
def packed(path: Path) -> int:
    """The bytes of a file after brotli at its best, without the rules of typefaces, which belong to
    these and not to the page.
    """
    return len(brotli.compress(FACE.sub(b"", path.read_bytes()), quality=11))


def linked(output: Path, page: Path) -> list[Path]:
    """The style sheets and scripts of a page."""
    return [output / (style or script) for style, script in LINKED.findall(page.read_text("utf-8"))]


def frame(page: Path) -> int:
    """The bytes of a page beyond its words."""
    return packed(page) - packed_text(words_of(page))


def parts_of(output: Path, page: Path) -> dict[str, int]:
    """The bytes of a story page's parts, with as many of its words as the budget is for."""
    words = packed_text(words_of(page)[: WEIGHT["words"]])
    return files_of(output, page) | {"frame": frame(page), "words": words}


def files_of(output: Path, page: Path) -> dict[str, int]:
    """The bytes of a page's style sheets, and of its scripts."""
    bytes_of: Counter[str] = Counter()
    for file in linked(output, page):
        bytes_of[file.suffix] += packed(file)
    return dict(bytes_of)


def words_of(page: Path) -> list[str]:
    """All words on a page, those of its stream among them."""
    return re.sub(r"<script.*?</script>|<[^>]+>", " ", page.read_text("utf-8"), flags=re.S).split()


def packed_text(words: list[str]) -> int:
    """The bytes of words after brotli at its best."""
    return len(brotli.compress(" ".join(words).encode(), quality=11))


def test_a_story_page_of_so_many_words_keeps_to_its_weight(
    output: Path, record_property: Tell
) -> None:
    """A page of the demo has up to 8,000 words with its stream; its frame is weighed with as many
    as the budget is for.
    """
    parts = {page: parts_of(output, page) for page in output.glob("2*/*/*/index.html")}
    heaviest = max(parts, key=lambda page: sum(parts[page].values()))
    record_property(f"bytes of {heaviest.parent.name}", parts[heaviest])
    record_property(
        "bytes of the same with all its words",
        packed(heaviest) + sum(map(packed, linked(output, heaviest))),
    )
    assert sum(parts[heaviest].values()) <= WEIGHT["story"]


@pytest.mark.parametrize("kind", TEMPLATES)
def test_other_pages_keep_to_the_same_weight(
    output: Path, kind: str, record_property: Tell
) -> None:
    path = output / TEMPLATES[kind]
    page = path if path.is_file() else path / "index.html"
    parts = files_of(output, page) | {".html": packed(page)}
    record_property("bytes", parts)
    assert kind == "search" or parts.get(".js", 0) <= WEIGHT["script"]
    assert (
        kind in ("story", "heard")
        or sum(parts.values()) <= WEIGHT["search" if kind == "search" else "story"]
    )


@pytest.mark.parametrize("kind", ["front", "story", "section"])
def test_a_phone_loads_little_before_the_reader_scrolls(
    visit: Any, site: str, kind: str, record_property: Tell
) -> None:
    trip = visit(
        site,
        viewport={"width": 375, "height": 667},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
    )
    sizes: dict[str, int] = {}
    trip.page.on(
        "requestfinished",
        lambda request: sizes.update(
            {
                request.url: sum(
                    request.sizes()[part] for part in ("responseBodySize", "responseHeadersSize")
                )
            }
        ),
    )
    page = trip.to(TEMPLATES[kind])
    page.wait_for_load_state("networkidle")
    shown = page.evaluate("""() => [...document.images].filter(image => {
        const box = image.getBoundingClientRect(); return box.top < innerHeight && box.width;
    }).map(image => image.currentSrc)""")
    faces = [url for url in sizes if "/fonts/" in url]
    assert len(faces) <= BUDGETS["faces"]["requests"]
    assert sum(sizes[url] for url in faces) <= BUDGETS["faces"]["bytes"]
    needed = [url for url in sizes if url not in faces and ("/photos/" not in url or url in shown)]
    record_property("requests and bytes", (len(needed), sum(sizes[url] for url in needed)))
    assert (trip.outside, trip.errors) == ([], [])
    assert len(needed) <= PHONE["requests"]
    assert sum(sizes[url] for url in needed) <= PHONE["bytes"]
    assert (
        max((sizes[url] for url in needed if "/photos/" in url), default=0) <= PHONE["lead_photo"]
    )


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_page_asks_nobody_else_and_leaves_nothing_with_the_reader(
    visit: Any, site: str, kind: str
) -> None:
    trip = visit(site)
    page = trip.to(TEMPLATES[kind] + ("?q=cable" if kind == "search" else ""))
    if kind == "search":
        page.locator(".search-results li").first.wait_for()
    # what breaks the content security policy is an error too
    assert (trip.outside, trip.errors) == ([], [])
    assert trip.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    assert (
        page.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0
    )
