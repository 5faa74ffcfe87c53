"""The bits that say where a page leads."""

from __future__ import annotations

from functools import reduce
from operator import or_

from broadside.plugins.press.links import EACH, MANY, bits_of, noted, that_may_lead_to
from hypothesis import given
from hypothesis import strategies as st

NAMES = st.text(min_size=1, max_size=20)


def page_to(files: list[str]) -> str:
    return noted(reduce(or_, map(bits_of, files), 0))


@given(st.lists(NAMES, max_size=80), st.lists(NAMES, max_size=60), NAMES)
def test_a_page_that_links_to_what_is_gone_is_always_named(links: list[str], gone: list[str], shared: str) -> None:
    page = ("page", page_to([*links, shared]))
    assert list(that_may_lead_to([*gone, shared], iter([page]))) == ["page"]


def test_a_page_with_many_links_is_seldom_named_for_a_file_it_does_not_link_to() -> None:
    pages = [(f"{n}", page_to([f"{n}/{link}/index.html" for link in range(60)])) for n in range(2000)]
    named = sum(len(list(that_may_lead_to([f"gone/{n}/index.html"], iter(pages)))) for n in range(10))
    assert 0 < named / 20_000 < 0.05


def test_all_pages_are_named_if_their_links_are_unknown_or_much_is_gone() -> None:
    pages = [("a", noted(None)), ("b", noted(0)), ("c", noted(bits_of("x")))]
    assert list(that_may_lead_to(["gone"], iter(pages))) == ["a"]
    assert list(that_may_lead_to([f"{n}" for n in range(MANY + 1)], iter(pages))) == ["a", "b", "c"]


def test_a_file_sets_a_few_bits() -> None:
    assert {bits_of(f"{n}").bit_count() for n in range(200)} <= set(range(1, EACH + 1))
