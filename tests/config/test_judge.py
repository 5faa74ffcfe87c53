"""Which values settings may have, and what is said of a slip, before anything is built."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from broadside.config.files import Slips, settings_in
from broadside.config.judge import judge
from broadside.settings import declared
from tests.repository import PROJECT

OURS = settings_in("publishconf.py", PROJECT)
CALL = {"title": "Support us", "text": "Please.", "button": "Give"}


def test_our_own_settings_are_sound() -> None:
    judge(OURS, PROJECT)


@pytest.mark.parametrize(
    "slip",
    [
        {"TIMEZONE": "CET/Paris"}, {"TIMEZONE": "../Paris"}, {"FOOTER_LINKS": ["About"]}, {"MENUITEMS": ["section"]},
        {"LINKS": "about/"}, {"SOCIAL": {"RSS": "/feed.xml"}},
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
        {"DEFAULT_LANG": "german"}, {"SEARCH_URL": "../search/"},
        {"NEWSLETTER": OURS["NEWSLETTER"] | {"action": "http://x.example/"}}, {"FEEDBACK_MAIL": "mailto:a@x.example"},
        {"FEEDBACK_MAIL": "a@x.example?bcc=b@x.example"}, {"POLICIES": {"ethicsPolicy": None}}, {"NOW": 20261125}, {"NOW": "yesterday"},
        {"SUPPORT": CALL}, {"SUPPORT": CALL | {"url": "http://x.example/"}}, {"SUPPORT": CALL | {"action": "http://x.example/"}},
        {"STATISTICS": {"service": "google", "url": "https://x.example"}}, {"STATISTICS": {"service": "goatcounter"}},
        {"STATISTICS": {"service": "umami", "url": "http://x.example", "site": "a"}}, {"INDEXNOW_KEY": "../../x"},
        {"EMBEDS": ["youtub"]}, {"EMBEDS": ["https://tube.example"]}, {"EMBEDS": "vimeo"},
        {"COUNT_REPLIES": ["https://social.example"]}, {"COUNT_REPLIES": "bsky.app"},
        {"ANNOUNCE": {"bluesky": {"handle": "a", "server": "http://x.example"}}},
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
        {
            "SOCIAL": [
                ("RSS", "/feed.xml"),
                ("Post", "mailto:post@x.example"),
                ("X", "http://x.example/@y"),
            ]
        },
        {"NEWSLETTER": OURS["NEWSLETTER"] | {"hidden": {"list": "7"}}},
        {"SHARE": [("Letter", "mailto:?subject={title}&body={url}")]},
        {
            "ARTICLE_URL": "{date:%Y}/{slug}.html",
            "PAGE_URL": "{slug}",
            "TAG_URL": ".t/{slug}/index.html",
        },
        {"SUPPORT": CALL | {"url": "https://x.example/"}},
        {
            "SUPPORT": (
                CALL
                | {
                    "action": "https://x.example/",
                    "field": "a",
                    "amounts": [("€5", "5")],
                    "hidden": {"a": "b"},
                }
            )
        },
        {"SUPPORT": None, "NEWSLETTER": None, "REPUBLISH": None, "ROUNDUP": None},
        {"FEEDBACK_MAIL": "desk+errors@x.example"},
        {"EMBEDS": ["youtube", "vimeo", "tube.example.org", "xn--mnchen-3ya.example"]},
        {"WEBSUB_HUB": "", "SEARCH_FALLBACK_URL": "", "FEED_ATOM": 7},
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


def test_every_setting_has_a_type() -> None:
    assert [name for name, kind in declared().items() if re.search(r"\bAny\b", kind)] == []
