"""What ./inv check accepts stops no build, whatever the content says: each case is checked, and
then really built.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from broadside.config.options import Options
from broadside.editing.check import check
from tests.checkout import checkout
from tests.sample import NOW, Outlet

PICTURE = {"photo": "photos/harbour.jpg", "alt": "Ships", "credit": "C"}
MARKUP = "{{ x }} and {% y"
LIMIT: dict[str, Any] = {"date": "2020-01-05T09:00", "redirect_from": ["/2020/01/Limit-none/"]}
PLACES = (
    "stream-title",
    "newsletter-title",
    "rail-latest",
    "corrections",
    "photo-credit",
    "browse-title",
)
BANNER = [{"text": MARKUP, "since": "2026-11-20", "until": "2026-12-01"}]
OUTLINE = f'<outline type="rss" text="{MARKUP}" xmlUrl="https://else.example/feed.xml"/>'


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    made = Outlet(tmp_path)
    made.story("out")
    return made


def codes(outlet: Outlet) -> set[str]:
    found = check(Options(content=str(outlet.content), now=NOW))
    return {fault.code for fault in found if fault.severity == "error"}


def listed(description: str) -> str:
    return (
        f"- name: Europe\n  description: {json.dumps(description)}\n- name: {json.dumps(MARKUP)}\n "
        " slug: z\n"
    )


def test_what_is_accepted_is_built(outlet: Outlet) -> None:
    outlet.story("limit-none", **LIMIT)
    outlet.story("moved", redirect_from=["/2010/05/Post.php", "/Blog/Old-Post/", "/OLD.HTML"])
    outlet.author("Ana Pereira", redirect_from=["/Authors/Ana-Pereira/"], bio="Writes {{ **x** }}.")
    former = "- name: Europe\n  redirect_from: [/sections/EUROPE/]"
    outlet.write("sections.yml", listed(MARKUP).replace("- name: Europe", former))
    outlet.story("braces", title=MARKUP, dek=MARKUP, topics=[MARKUP], body=MARKUP)
    outlet.story("marked", body="Write {{ *x* }}, or {%`x`%}.")
    outlet.page("braces", title=MARKUP, body=MARKUP)
    outlet.write("banner.yml", json.dumps(BANNER))
    outlet.write("blogroll.opml", f'<opml version="2.0"><head/><body>{OUTLINE}</body></opml>')
    outlet.roundup("2026-11-24", title=MARKUP, note=MARKUP)
    assert codes(outlet) == set()
    assert "published," in outlet.rebuild(production=True)


def test_a_place_that_only_some_pages_have_is_known(outlet: Outlet) -> None:
    outlet.photo()
    outlet.story("plain", title="Nothing here")
    outlet.story(
        "noted",
        corrections=[{"date": "2026-11-21", "type": "correction", "text": "It was ice."}],
        **PICTURE,
    )
    there = [f"noted/#{place}" for place in ("corrections", "photo-credit")]
    for place in PLACES:
        for slug in ("plain", "noted"):
            outlet.story("out", body=f"[x](/2026/11/{slug}/#{place})")
            assert codes(outlet) == (set() if f"{slug}/#{place}" in there else {"broken-link"}), (
                slug,
                place,
            )
    assert "published," not in outlet.rebuild()
    outlet.story("out", body=" ".join(f"[x](/2026/11/{place})" for place in there))
    assert "published," in outlet.rebuild()


def test_no_file_of_the_site_can_be_a_former_address_or_a_folder_of_one(outlet: Outlet) -> None:
    outlet.photo()
    for number in range(24):
        outlet.story(
            f"s{number}",
            topics=["Ice"],
            date=f"2026-11-{number % 20 + 1:02}T09:00",
            **PICTURE if number < 2 else {},
        )
    outlet.page("about")
    outlet.roundup("2026-11-20")
    outlet.story("moved", redirect_from=["/old/"])
    assert "published," in outlet.rebuild()
    files = [path for path in outlet.files() if path != "old/index.html"]
    former = [f"/{path}" for path in files] + [f"/{path}/x/" for path in files]
    pages = {
        outlet.page(f"p{at}", redirect_from=[each]).name: each for at, each in enumerate(former)
    }
    found = check(Options(content=str(outlet.content), now=NOW))
    refused = {Path(fault.path).name for fault in found if fault.code == "same-address"}
    assert [each for name, each in pages.items() if name not in refused] == []


def test_a_held_story_that_links_to_a_later_one_is_an_error_before_its_hour(outlet: Outlet) -> None:
    outlet.story("first", date="2026-11-27", body="[x](/2026/11/second/)")
    outlet.story("second", date="2026-11-29")
    assert codes(outlet) == {"unpublished"}
    assert "published," in outlet.rebuild(), "today's site is sound"
    assert "published," not in outlet.rebuild(now="2026-11-28T00:00")
    outlet.story("first", date="2026-11-29T09:00", body="[x](/2026/11/second/)")
    assert codes(outlet) == set()


@pytest.mark.parametrize("taken", ["page", "section", "author", "site"])
@pytest.mark.slow
def test_a_topic_or_an_author_at_the_address_of_something_else_is_an_error(
    tmp_path: Path, taken: str
) -> None:
    patterns = "TAG_URL = AUTHOR_URL = CATEGORY_URL = '{slug}/'"
    outlet = Outlet(tmp_path, checkout(tmp_path / "project", patterns))
    outlet.story("out", topics=["Ice"])
    sound = outlet.run("check", "--content", "content", "--now", NOW)
    assert sound.returncode == 0, sound.stdout
    assert outlet.build().returncode == 0
    if taken == "page":
        outlet.page("ice")
    elif taken == "section":
        outlet.story("out", topics=["Asia"])
    elif taken == "author":
        outlet.author("Asia")
    else:
        outlet.story("out", topics=["Latest"])
    done = outlet.run("check", "--content", "content", "--now", NOW, "--format", "json")
    assert {fault["code"] for fault in json.loads(done.stdout)} == {"same-address"}
    assert outlet.build().returncode == 1
