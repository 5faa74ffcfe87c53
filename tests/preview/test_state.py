"""The news that open pages are told: faults, pages, and where a page has moved to."""

from __future__ import annotations

import functools

from hypothesis import given
from hypothesis import strategies as st

from broadside.preview.server import Moved, Outcome, PreviewNews, Rerendered

MOVED = st.builds(Moved, st.sampled_from("abc"), st.sampled_from("abc"))
GALLEY = st.builds(
    Rerendered,
    st.sampled_from(["a", "b", "index.html"]),
    st.sampled_from([b"A page.", b"Another."]),
)
CAME = st.lists(
    st.builds(
        Outcome,
        st.sampled_from(["", "a fault"]),
        since=st.lists(GALLEY | MOVED, max_size=3).map(tuple),
    )
    | GALLEY
    | MOVED
)


@given(CAME)
def test_a_page_reloads_if_it_has_changed_unless_there_are_faults(
    came: list[Outcome | Rerendered | Moved],
) -> None:
    news = PreviewNews()
    for each in came:
        before, news = news, news.after(each)
        assert news.number > before.number
        stands = each.faults if isinstance(each, Outcome) else before.faults
        assert [news.event_for(same) for same in (True, False)] == (
            ["faults"] * 2 if stands else ["fine", "built"]
        )
        if isinstance(each, Rerendered):
            assert news.pages == before.pages | {each.path: each.html}
        elif isinstance(each, Moved):
            moved = {each.old, before.moved.get(each.old)} - {each.new}
            assert news.pages == {
                path: html for path, html in before.pages.items() if path not in moved
            }
        else:  # of what was shown before, nothing stands
            assert (
                news.pages
                == functools.reduce(
                    PreviewNews.after, each.since, PreviewNews(moved=before.moved)
                ).pages
            )


@given(st.lists(GALLEY | MOVED.filter(lambda moved: moved.old != moved.new)))
def test_no_address_leads_back_to_itself(came: list[Rerendered | Moved]) -> None:
    news = PreviewNews()
    for each in came:
        news = news.after(each)
        assert (
            each.path not in news.moved
            if isinstance(each, Rerendered)
            else news.moved[each.old] == each.new
        )
        for start in news.moved:
            seen, at = {start}, start
            while at in news.moved:
                at = news.moved[at]
                assert at not in seen
                seen.add(at)


def test_a_page_that_moved_twice_during_a_build_is_found_from_the_address_in_between() -> None:
    news = PreviewNews(moved={"drafts/snow/": "drafts/sleet/"}).after(
        Moved("drafts/snow/", "2026/11/sleet/")
    )
    assert news.moved == dict.fromkeys(["drafts/snow/", "drafts/sleet/"], "2026/11/sleet/")


def test_a_story_that_moved_back_is_found_from_the_address_in_between() -> None:
    news = PreviewNews(moved={"2026/11/a/": "2026/11/b/"}).after(
        Rerendered("2026/11/a/index.html", b"A page.")
    )
    assert news.moved == {"2026/11/b/": "2026/11/a/"}
