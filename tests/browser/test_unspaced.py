"""Search in languages that put no spaces between words: what is typed is found wherever it
stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import built, served
from tests.browser.waiting import wait_until
from tests.sample import Outlet

pytestmark = pytest.mark.browser

STORIES = [
    line.split("|")
    for line in Path(__file__).with_name("unspaced.txt").read_text("utf-8").splitlines()
]
"""Headline and text of thirty stories in Japanese and thirty in Chinese."""
OTHERS = {
    "th": (
        "ห้องสมุดของเมือง",
        "ห้องสมุดแห่งสุดท้ายของเมืองจะปิดในเดือนเมษายน ชาวบ้านลงชื่อคัดค้าน",
        "สุดท้าย",
    ),
    "km": ("បណ្ណាល័យ", "បណ្ណាល័យចុងក្រោយនៃទីក្រុងនឹងត្រូវបិទ។", "ទីក្រុង"),
    "lo": ("ຫໍສະໝຸດ", "ຫໍສະໝຸດແຫ່ງສຸດທ້າຍຂອງເມືອງຈະປິດ", "ສຸດທ້າຍ"),
    "my": ("စာကြည့်တိုက်", "မြို့၏နောက်ဆုံးစာကြည့်တိုက်ကိုပိတ်မည်။", "နောက်ဆုံး"),
}
WORDS = """texts => [...new Set(texts.flatMap(([lang, text]) =>
    [...new Intl.Segmenter(lang, {granularity: "word"}).segment(text)]
        .filter(({segment, isWordLike}) => isWordLike && segment.length > 1).map(({segment}) => segment)))]"""
"""The words of two characters or more."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an outlet in Japanese, in several blocks."""
    outlet = Outlet(tmp_path_factory.mktemp("unspaced"))
    for number, (title, body) in enumerate(STORIES):
        lang = {} if number < 30 else {"lang": "zh"}
        outlet.story(
            f"s{number}",
            title=title,
            body=body,
            date=f"2026-10-{1 + number % 28:02}",
            dek="。",
            **lang,
        )
    for code, (title, body, _) in OTHERS.items():
        outlet.story(code, title=title, body=body, dek="។", lang=code)
    outlet.story(
        "ai", title="AI企業と報道", body="生成AI企業が記事を使う。 契約は二社だけだ。", dek="。"
    )
    settings = {"DEFAULT_LANG": "ja", "SEARCH_BLOCK": 25}
    with served(built(outlet.content, outlet.output, **settings)) as base:
        yield base


def searched(page: Any, base: str, words: str) -> list[str]:
    """The headlines that a search finds, of which there may be no more than a page."""
    page.goto(f"{base}/search/?q={words}", wait_until="load")
    wait_until(
        page, "/[^…]$/.test(document.querySelector('.search-count').textContent)", seconds=60
    )
    more = page.locator(".search-more")
    while more.is_visible():
        shown = page.locator(".search-results li").count()
        more.click()
        wait_until(
            page,
            "shown => document.querySelector('.search-more').hidden ||"
            " document.querySelectorAll('.search-results li').length > shown",
            arg=shown,
            seconds=60,
        )
    return [link.inner_text() for link in page.locator(".search-results li a").all()]


def test_a_word_finds_every_story_that_has_it_and_is_marked_in_its_sentence(
    visit: Any, library: str
) -> None:
    page = visit(library).to("search/")
    assert sorted(searched(page, library, "図書館")) == sorted(
        title for title, body in STORIES if "図書館" in title + body
    )
    marks = page.locator(".search-results mark").all_inner_texts()
    assert set(marks) == {"図書館"}
    excerpts = page.locator(".search-results li p:not(.dateline)").all_inner_texts()
    texts = [title + body for title, body in STORIES]
    assert len(excerpts) == 3
    for excerpt in excerpts:
        plain = excerpt.replace("…", "").replace(" ", "")
        assert "図書館" in plain
        assert any(
            plain in text.replace(" ", "") or plain.split("。")[-2] in text for text in texts
        ), excerpt


@pytest.mark.parametrize("lang", OTHERS)
def test_so_does_one_in_another_such_script(visit: Any, library: str, lang: str) -> None:
    title, _, word = OTHERS[lang]
    page = visit(library).to("search/")
    assert searched(page, library, word) == [title]
    assert page.locator(".search-results mark").all_inner_texts() == [word]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("予算 図書館", ["図書館が閉まる町"]),
        ("AI企業", ["AI企業と報道"]),
        ("ai", ["AI企業と報道"]),
        ("ジャン・モネ", ["ジャン・モネと東アジア"]),
        ("空飛ぶ鯨", []),
    ],
)
def test_several_words_letters_of_two_scripts_and_what_no_story_has(
    visit: Any, library: str, asked: str, found: list[str]
) -> None:
    assert searched(visit(library).to("search/"), library, asked) == found


def test_words_that_stand_apart_are_found_if_no_story_has_them_together(
    visit: Any, library: str
) -> None:
    page = visit(library).to("search/")
    assert searched(page, library, "住民の予算") == ["図書館が閉まる町"]
    assert {"住民", "予算"} >= set(page.locator(".search-results mark").all_inner_texts())


def test_words_of_two_characters_or_more_find_every_story_that_has_them(
    visit: Any, library: str, record_property: Any
) -> None:
    page = visit(library).to("search/")
    texts = [title + "。" + body for title, body in STORIES]
    words = page.evaluate(
        WORDS, [["ja" if at < 30 else "zh", text] for at, text in enumerate(texts)]
    )
    assert len(words) > 700
    found = {}
    for word in words[:: len(words) // 40]:
        expected = {title for title, body in STORIES if word in title or word in body}
        found[word] = expected <= set(searched(page, library, word))
    share = sum(found.values()) / len(found)
    record_property(
        "words of Japanese and Chinese that find every story", f"{share:.1%} of {len(found)}"
    )
    assert share >= 0.99, [word for word, all_found in found.items() if not all_found]
