"""What readers other than ours find in the pages: extruct, over the demo and over a thousand made-up stories."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.outlet import Outlet
from tests.plugins.sitemaps.validator import addresses_in, faults_of
from tests.plugins.structured_data.validators import ARTICLES, judged
from tools.bench.corpus import story, write_ours
from tools.suites import READER

Tell = Any
Extract = Callable[[str], dict[str, list[dict[str, Any]]]]
HOSTILE = 'The </script><script>alert("1")</script> <!-- & ‘quotes’ of'


@pytest.fixture(scope="module")
def extract() -> Iterator[Extract]:
    """Extruct's own reading of a page: its JSON-LD and Open Graph; strict, so that it fails at what it cannot read."""
    sys.path.append(str(READER / "python"))
    import extruct

    syntaxes = ["json-ld", "opengraph"]
    yield lambda html: extruct.extract(html, syntaxes=syntaxes, errors="strict", uniform=False)
    sys.path.remove(str(READER / "python"))


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a thousand stories: one in ten with a photo, one in twenty corrected, one in fifty with a hostile headline."""
    outlet = Outlet(tmp_path_factory.mktemp("thousand"))
    write_ours(outlet.content, 1000)
    outlet.photo(size=(240, 160))
    for number in range(0, 1000, 10):
        one = story(number)
        lines = ['photo: "photos/harbour.jpg"', 'alt: "Cranes & <gulls>."', 'credit: "A"']
        if number % 20 == 0:
            lines.append(f"corrections: [{{date: {one.date:%Y-%m-%d}, type: correction, text: Not <b>five</b>.}}]")
        path = outlet.content / "articles" / f"{one.date:%Y}" / f"{one.slug}.md"
        text = path.read_text("utf-8").replace("---\n", "---\n" + "\n".join(lines) + "\n", 1)
        if number % 50 == 0:
            text = text.replace(json.dumps(one.title), json.dumps(f"{HOSTILE} {number}"), 1)
        path.write_text(text, "utf-8")
    done = outlet.build(
        "--jobs", "2", "--now", "2027-01-01T00:00", "--siteurl", "https://thousand.example", "--production"
    )
    assert done.returncode == 0, done.stderr
    return outlet.output


def counted(output: Path, extract: Extract, tell: Tell) -> Counter[str]:
    """The kinds of things on all pages of a site, each accepted by its schema as another reader found it."""
    kinds: Counter[str] = Counter()
    graphs: Counter[str] = Counter()
    for page in sorted(output.rglob("*.html")):
        html = page.read_text("utf-8")
        found = extract(html)
        kinds.update(map(judged, found["json-ld"]))
        assert len(found["json-ld"]) == html.count('type="application/ld+json"'), page
        graphs.update(graph.get("@type") or dict(graph["properties"])["og:type"] for graph in found["opengraph"])
    tell("things that extruct found and the schemas accept", dict(kinds))
    tell("Open Graph", dict(graphs))
    return kinds


def test_the_demo(output: Path, extract: Extract, record_property: Tell) -> None:
    kinds = counted(output, extract, record_property)
    stories = sum('class="story-page"' in page.read_text("utf-8") for page in output.glob("2*/*/*/index.html"))
    assert sum(kinds[kind] for kind in ARTICLES) == kinds["BreadcrumbList"] == stories
    assert {"ProfilePage", "CollectionPage", "WebSite", "NewsMediaOrganization"} <= kinds.keys()


def test_a_thousand_stories(thousand: Path, extract: Extract, record_property: Tell) -> None:
    kinds = counted(thousand, extract, record_property)
    assert sum(kinds[kind] for kind in ARTICLES) == kinds["BreadcrumbList"] == 1000
    assert kinds["OpinionNewsArticle"]
    assert kinds["ReportageNewsArticle"]


def test_a_hostile_headline_is_text_for_others_too(thousand: Path, extract: Extract) -> None:
    hostile = [
        page for page in thousand.glob("2*/*/*/index.html") if int(page.parent.name.rpartition("-")[2]) % 50 == 0
    ]
    assert len(hostile) == 20
    for page in hostile:
        html = page.read_text("utf-8")
        article = extract(html)["json-ld"][0]
        assert article["headline"].startswith("The </script><script>alert(")
        assert "<script>alert" not in html


def test_the_sitemaps_of_a_thousand_stories(thousand: Path, record_property: Tell) -> None:
    maps = {path: path.read_bytes() for path in [thousand / "sitemap.xml", *sorted(thousand.glob("sitemaps/*.xml"))]}
    assert {path.name: faults for path, data in maps.items() if (faults := faults_of(data))} == {}
    named = [address for path, data in maps.items() if path.stem[:2] == "20" for address in addresses_in(data)]
    record_property("sitemaps and stories in them", (len(maps), len(named)))
    assert len(named) == len(set(named)) == 1000
