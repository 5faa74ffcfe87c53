"""What a proofreader doubts stops a build."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from broadside.build.proof import Doubt, Unsound
from tests.build.site import Site


def test_a_build_with_a_doubt_changes_nothing(site: Site) -> None:
    site.build({"a.html": "old"})
    with pytest.raises(Unsound, match=r"a.html:1: leads to gone.html \(1 more like it\)"):
        site.build({"a.html": "to gone.html", "b.html": "to gone.html", "c.html": "C"})
    assert site.files() == {"a.html": "old"}
    assert site.build({"a.html": "A", "b.html": "B"}).written == ["a.html", "b.html"]


def test_a_page_that_stands_may_not_link_to_one_that_goes(site: Site) -> None:
    pages = {"a.html": "to b.html", "b.html": "B", "c.html": "to a.html", "d.txt": ""}
    site.build(pages)
    site.read.clear()
    del pages["d.txt"]
    site.build(pages)
    assert site.read == [], "pages alone are linked to by what was not handed them"
    del pages["b.html"]
    with pytest.raises(Unsound, match=r"a\.html:1: leads to b\.html"):
        site.build(pages)
    assert site.read == ["a.html", "c.html"]
    pages["a.html"] = "A"
    assert site.build(pages).removed == ["b.html"]


def test_a_doubt_is_settled_by_the_content_of_another_page(site: Site) -> None:
    def proof(path: str, _data: bytes, _has: Callable[[str], bool]) -> Iterator[Doubt]:
        if path == "a.html":
            yield Doubt("is odd", file="b.html", unless=b"place")

    with pytest.raises(Unsound, match="is odd"):
        site.build({"a.html": "A", "b.html": "nothing"}, proof=proof)
    assert site.build({"a.html": "A", "b.html": "a place"}, proof=proof).written == [
        "a.html",
        "b.html",
    ]
