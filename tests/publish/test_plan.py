"""What is uploaded, in which order, and what goes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from broadside.publish.plan import emptied, plan

NAMES = st.sampled_from(
    [
        "index.html",
        "feed.xml",
        "photos/a/b.jpg",
        "theme/s.css",
        "2026/a/index.html",
        "2026/b/index.html",
    ]
)
SITES = st.dictionaries(NAMES, st.sampled_from("xyz"))


@given(old=SITES, new=SITES)
def test_done_in_its_order_it_makes_the_one_site_of_the_other(
    old: dict[str, str], new: dict[str, str]
) -> None:
    todo, there = plan(old, new), dict(old)
    for path in todo.all_put:
        assert there.get(path) != new[path], "nothing is uploaded that is there"
        there[path] = new[path]
    assert new.items() <= there.items(), "all is there before anything goes"
    for path in todo.delete:
        del there[path]
    assert there == new
    assert todo.same == len(new) - len(todo.all_put)
    assert bool(todo) is (old != new)


def test_assets_come_first_then_new_pages_then_changed_ones_then_lists_and_the_front_page_after_what_it_shows() -> (
    None
):
    old = {
        "index.html": "1",
        "sections/europe/index.html": "1",
        "feed.xml": "1",
        "old/index.html": "1",
        "theme/a.css": "1",
    }
    new = {
        "index.html": "2",
        "sections/europe/index.html": "2",
        "feed.xml": "2",
        "2026/11/new/index.html": "1",
        "photos/new.jpg": "1",
        "theme/b.css": "1",
        "pagefind/1/fragment/en_1.pf_fragment": "1",
        "pagefind/1/pagefind-entry.json": "1",
        "_redirects": "1",
    }
    todo = plan(old, new)
    assert todo.put == (
        ("pagefind/1/fragment/en_1.pf_fragment", "photos/new.jpg", "theme/b.css"),
        ("2026/11/new/index.html",),
        ("sections/europe/index.html", "index.html"),
        ("pagefind/1/pagefind-entry.json", "_redirects", "feed.xml"),
    )
    assert todo.delete == ("old/index.html", "theme/a.css"), "pages go before what they show"


def test_folders_that_are_left_empty_the_inner_ones_first() -> None:
    files = {"2026/11/here/index.html": "", "index.html": ""}
    assert emptied(("2025/10/a/index.html", "2026/11/here/old.jpg", "b.txt"), files) == [
        "2025/10/a",
        "2025/10",
        "2025",
    ]
