"""Which values settings may have, and what is said of a slip, before anything is built."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from broadside.config.checks import CHECKS
from broadside.config.files import Slips, settings_in
from broadside.config.judge import judge
from tests.repository import PROJECT

OURS = settings_in("publishconf.py", PROJECT)
CALL = {"title": "Support us", "text": "Please.", "button": "Give"}


def test_our_own_settings_are_sound() -> None:
    judge(OURS, PROJECT)


@pytest.mark.parametrize(
    "slip",
    [
        {"TIMEZONE": "CET/Paris"}, {"TIMEZONE": "../Paris"}, {"FOOTER_LINKS": ["About"]}, {"FOOTER_LINKS": [("a", [("b", "ftp://x.example/")])]},
        {"FOOTER_LINKS": [("a", [("b", [("c", "d/")])])]}, {"MENUITEMS": ["section"]}, {"LINKS": "about/"},
        {"MENUITEMS": ["sections", ("a", "b/", "bold")]}, {"MENUITEMS": [("a", "ftp://x.example/", "highlight")]},
        {"FOOTER_LINKS": [("a", "ftp://x.example/")]}, {"SOCIAL": {"RSS": "/feed.xml"}},
        {"NEWSLETTER": OURS["NEWSLETTER"] | {"field": None}}, {"NEWSLETTER": OURS["NEWSLETTER"] | {"hidden": {"list": 7}}},
        {"NEWSLETTER": OURS["NEWSLETTER"] | {"pixel": ""}}, {"REPUBLISH": {"license": "CC0", "rules": []}},
        {"REPUBLISH": OURS["REPUBLISH"] | {"pixle": ""}}, {"ROUNDUP": {"prot": 587}}, {"ROUNDUP": {"port": 99999}},
        {"TARGETS": {"live": {"kind": "ssh2"}}}, {"TARGETS": {"live": {"kind": "s3"}}}, {"INDEX_SIZE": "20"},
        {"INDEX_SIZE": 0}, {"SHOW_DRAFTS": "no"}, {"CARDS": "soon"}, {"ARTICLE_URL": "stories/"},
        {"ARTICLE_URL": "{section}/{slug}/"}, {"PAGE_URL": "{}/{slug}/"}, {"PAGE_URL": "{slug/"},
        {"PAGE_URL": "{slug.name}/"}, {"DRAFT_URL": "{date:%Y}/{slug}/"}, {"ARTICLE_URL": "../{slug}/"},
        {"PAGE_URL": "/{slug}/"}, {"TAG_URL": "topics//{slug}/"}, {"SITENAME": " "}, {"SITEURL": "halyard.example"},
        {"SITEURL": "https://x.example "}, {"SITEURL": "https://x.example/?a=b"}, {"SITEURL": "https://münchen.example"},
        {"SITEURL": "https://x.example/%C3%A9"}, {"SITEURL": "http://127.0.0.1:8000"}, {"SITEURL": "http://localhost/mag/"},
        {"DEFAULT_LANG": "german"}, {"SOCIAL": [("a", "/feed.xml"), ("b", "x.example")]},
        {"SOCIAL": [("a", "javascript:alert(1)")]}, {"SOCIAL": [("a", "//x.example")]}, {"SHARE": [("a", "javascript:{url}")]},
        {"NEWSLETTER": OURS["NEWSLETTER"] | {"action": "http://x.example/"}}, {"FEEDBACK_MAIL": "mailto:a@x.example"},
        {"FEEDBACK_MAIL": "a@x.example?bcc=b@x.example"}, {"FEEDBACK_MAIL": "A <a@x.example>"}, {"WEBSUB_HUB": "hub"},
        {"POLICIES": {"ethicPolicy": "about/"}}, {"POLICIES": {"ethicsPolicy": None}}, {"THEME": "them"},
        {"THEME": "simple"}, {"THEME": str(PROJECT / "docs")},
        {"PLUGINS": ["broadside.plugins.feeds", "broadside.plugins.card"]}, {"PLUGINS": ["relate_posts"]}, {"PLUGINS": [""]},
        {"FEED_ALL_ATOM": 1}, {"NOW": "yesterday"}, {"NOW": 20261125}, {"CARD_FONTS": "nowhere"},
        {"TEMPLATE_PAGES": {"a.html": "b.html"}}, {"SUPPORT": CALL}, {"SUPPORT": CALL | {"url": "http://x.example/"}},
        {"SUPPORT": CALL | {"action": "http://x.example/"}}, {"SUPPORT": CALL | {"url": "https://x.example/", "action": "https://x.example/"}},
        {"SUPPORT": CALL | {"url": "https://x.example/", "hidden": {"a": "b"}}},
        {"SUPPORT": CALL | {"action": "https://x.example/", "field": "a"}},
        {"STATISTICS": {"service": "google", "url": "https://x.example"}}, {"STATISTICS": {"service": "goatcounter"}},
        {"STATISTICS": {"service": "plausible", "url": "https://x.example"}},
        {"STATISTICS": {"service": "umami", "url": "http://x.example", "site": "a"}},
        {"STATISTICS": {"service": "goatcounter", "url": "https://x.example", "site": "a"}},
        {"STATISTICS": {"service": "plausible", "url": "https://x.example", "site": "a", "picture": True}},
        {"STATISTICS": {"service": "matomo", "url": "https://x.example/?a", "site": "1"}},
        {"EMBEDS": ["youtub"]}, {"EMBEDS": ["www.youtube.com"]}, {"EMBEDS": ["https://tube.example"]}, {"EMBEDS": "vimeo"},
        {"COUNT_REPLIES": ["https://social.example"]}, {"COUNT_REPLIES": ["www.bsky.app"]}, {"COUNT_REPLIES": "bsky.app"},
        {"ANNOUNCE": {"bluesky": {"handle": "a", "did": "a"}}}, {"ANNOUNCE": {"bluesky": {"handle": "a", "did": "did:plc:short"}}},
    ],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
def test_a_slip_is_told_with_its_line(slip: dict[str, Any], tmp_path: Path) -> None:
    (name,) = slip
    (tmp_path / "pelicanconf.py").write_text(f"\n{name} = ...\n", "utf-8")
    (tmp_path / "publishconf.py").touch()
    with pytest.raises(Slips) as found:
        judge(OURS | slip, tmp_path)
    (line,) = str(found.value).splitlines()
    place, words = line.split(": ", 1)
    assert place.endswith("pelicanconf.py:2")
    assert words.startswith(name)


@pytest.mark.parametrize(
    "sound",
    [
        {"SITEURL": "https://example.org/magazine/"},
        {"DEFAULT_LANG": "pt-BR", "FRONT_EACH": 0, "AUDIT_WORDS": 0},
        {"SOCIAL": [("RSS", "/feed.xml"), ("Post", "mailto:post@x.example"), ("X", "http://x.example/@y")]},
        {"NEWSLETTER": OURS["NEWSLETTER"] | {"hidden": {"list": "7"}}},
        {"SHARE": [("Letter", "mailto:?subject={title}&body={url}")]},
        {"ARTICLE_URL": "{date:%Y}/{slug}.html", "PAGE_URL": "{slug}", "TAG_URL": ".t/{slug}/index.html"},
        {"THEME": str(PROJECT / "theme"), "PLUGINS": ["broadside.plugins.cards", "broadside.parallel"]},
        {"PLUGINS": ["markdown.extensions.toc", "signals", "pelican.plugins.signals", "tasks", "json"]},
        {"SUPPORT": CALL | {"url": "https://x.example/"}},
        {
            "SUPPORT": CALL
            | {"action": "https://x.example/", "field": "a", "amounts": [("€5", "5")], "hidden": {"a": "b"}}
        },
        {"SUPPORT": None, "NEWSLETTER": None, "REPUBLISH": None, "ROUNDUP": None, "STATIC_EXCLUDES": None},
        {"FEEDBACK_MAIL": "desk+errors@x.example"},
        {"EMBEDS": ["youtube", "vimeo", "tube.example.org", "xn--mnchen-3ya.example"]},
        {"WEBSUB_HUB": "", "SEARCH_FALLBACK_URL": "", "FEED_ATOM": None, "FEED_RSS": False},
    ],
    ids=lambda value: str(value)[:30],
)
def test_sound_values_are_accepted(sound: dict[str, Any]) -> None:
    judge(OURS | sound, PROJECT)


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "http://[::1]:8000"])
def test_pelicanconf_may_have_a_previews_address(address: str) -> None:
    judge(OURS | {"SITEURL": address}, PROJECT, "pelicanconf.py")


def test_the_words_of_a_setting_cannot_disguise_a_message() -> None:
    with pytest.raises(Slips) as found:
        judge(OURS | {"TIMEZONE": "\u202eCET\n\x1b[2J"}, PROJECT)
    assert str(found.value).isprintable()


def test_each_type_of_a_setting_names_a_check_that_is_there_and_each_check_is_named() -> None:
    files = (PROJECT / "broadside" / "shapes.py", PROJECT / "broadside" / "settings.py")
    named = {name for file in files for name in re.findall(r'checked\("(\w+)"\)', file.read_text("utf-8"))}
    assert named == CHECKS.keys()
