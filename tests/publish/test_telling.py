"""Hubs and search engines are told what a publish changed."""

from __future__ import annotations

from collections.abc import Mapping

from broadside.publish.command import tell_others
from broadside.publish.plan import plan
from broadside.settings import Settings
from tests.publish.services import services

OLD = {
    "index.html": "1",
    "feed.xml": "1",
    "a/index.html": "1",
    "gone/index.html": "1",
    "404.html": "1",
}
NEW = {
    "index.html": "2",
    "feed.xml": "2",
    "a/index.html": "2",
    "b/index.html": "1",
    "b/feed.json": "1",
    "404.html": "2",
}
SITE = "https://halyard.test"


def told(
    old: Mapping[str, str], new: Mapping[str, str], *, up: bool = True
) -> tuple[list[object], list[str]]:
    with services() as state:
        state.instead = {} if up else {"/": (503, None)}
        settings = {
            "WEBSUB_HUB": f"{state.url}/hub",
            "INDEXNOW_KEY": "abcdef0123",
            "INDEXNOW_URL": f"{state.url}/indexnow",
        }
        return state.told, list(tell_others(plan(old, new), SITE, Settings(settings)))


def test_feeds_that_changed_and_pages_that_are_new_or_gone() -> None:
    (hub, engines), lines = told(OLD, NEW)
    assert hub == {"hub.mode": ["publish"], "hub.url": [f"{SITE}/b/feed.json", f"{SITE}/feed.xml"]}
    assert engines == {
        "host": "halyard.test",
        "key": "abcdef0123",
        "keyLocation": f"{SITE}/abcdef0123.txt",
        "urlList": [f"{SITE}/b/", f"{SITE}/gone/"],
    }
    assert len(lines) == 2


def test_nobody_is_told_of_nothing() -> None:
    assert told(NEW, NEW) == ([], [])
    assert list(tell_others(plan(OLD, NEW), SITE, Settings({}))) == []


def test_a_service_that_is_down_is_a_line() -> None:
    asked, lines = told(OLD, NEW, up=False)
    assert not asked
    assert ["503" in line for line in lines] == [True, True]
