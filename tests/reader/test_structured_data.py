"""What readers other than ours find in the pages: extruct, over the demo."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.plugins.structured_data.validators import ARTICLES, judged
from tools.suites import READER

Tell = Any
Extract = Callable[[str], dict[str, list[dict[str, Any]]]]


@pytest.fixture(scope="module")
def extract() -> Iterator[Extract]:
    """Extruct's own reading of a page: its JSON-LD and Open Graph; strict, so that it fails at what
    it cannot read.
    """
    sys.path.append(str(READER / "python"))
    import extruct

    syntaxes = ["json-ld", "opengraph"]
    yield lambda html: extruct.extract(html, syntaxes=syntaxes, errors="strict", uniform=False)
    sys.path.remove(str(READER / "python"))


def counted(output: Path, extract: Extract, tell: Tell) -> Counter[str]:
    """The kinds of things on all pages of a site, each accepted by its schema as another reader
    found it.
    """
    kinds: Counter[str] = Counter()
    graphs: Counter[str] = Counter()
    for page in sorted(output.rglob("*.html")):
        html = page.read_text("utf-8")
        found = extract(html)
        kinds.update(map(judged, found["json-ld"]))
        assert len(found["json-ld"]) == html.count('type="application/ld+json"'), page
        graphs.update(
            graph.get("@type") or dict(graph["properties"])["og:type"]
            for graph in found["opengraph"]
        )
    tell("things that extruct found and the schemas accept", dict(kinds))
    tell("Open Graph", dict(graphs))
    return kinds


def test_the_demo(output: Path, extract: Extract, record_property: Tell) -> None:
    kinds = counted(output, extract, record_property)
    stories = sum(
        'class="story-page"' in page.read_text("utf-8") for page in output.glob("2*/*/*/index.html")
    )
    paid = kinds["AdvertiserContentArticle"]  # which is that alone
    assert sum(kinds[kind] for kind in ARTICLES) == kinds["BreadcrumbList"] + paid == stories
    assert {"ProfilePage", "CollectionPage", "WebSite", "NewsMediaOrganization"} <= kinds.keys()
