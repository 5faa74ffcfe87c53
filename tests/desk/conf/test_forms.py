"""Which values settings may have, and what is said of a slip, before anything is built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pelican.settings import DEFAULT_CONFIG

from broadside.desk.conf import Slips, judge, settings_in
from broadside.desk.conf.forms import Settings
from broadside.plugins.structured_data.outlet import POLICIES
from tests.repository import PROJECT
from tests.test_docs import real_settings

OURS = settings_in("publishconf.py", PROJECT)
NO_ADDRESS = "is not a web address; start it with https://"
IN_GROUP = "FOOTER_LINKS, entry 1, part 2, part 1, part 2"
NO_QUERY = 'holds a "?" or "#", and every page\'s address begins with it; leave out what follows'
NOT_ASCII = 'has characters that addresses cannot have; write a host as "xn--mnchen-3ya.example", and a path in a-z'
PREVIEW = "is a preview, which readers cannot see; write the live site's address"
NOT_BELOW = 'should lead to a place below the site\'s top, such as "stories/{slug}/"'
MAILBOX = "write it as corrections@outlet.example"
UNKNOWN = 'POLICIES names "{}", which is not a kind of policy;'
MEANT = 'did you mean "{}"?'


def test_our_own_settings_are_sound_and_all_have_a_form() -> None:
    judge(OURS, PROJECT)
    assert real_settings() - DEFAULT_CONFIG.keys() <= Settings.__annotations__.keys()


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        *(
            ({"TIMEZONE": zone}, f'TIMEZONE "{zone}" is not a time zone; write it as Europe/Paris')
            for zone in ("CET/Paris", "Europe", "../Paris")
        ),
        ({"FOOTER_LINKS": ["About"]}, 'FOOTER_LINKS, entry 1 should be a pair, such as ("About", "about/")'),
        (
            {"FOOTER_LINKS": [("a", "ftp://x.example/")]},
            f'FOOTER_LINKS, entry 1, part 2 "ftp://x.example/" {NO_ADDRESS}',
        ),
        (
            {"FOOTER_LINKS": [("a", [("b", "ftp://x.example/")])]},
            f'{IN_GROUP} "ftp://x.example/" {NO_ADDRESS}',
        ),
        ({"FOOTER_LINKS": [("a", [("b", [("c", "d/")])])]}, f"{IN_GROUP} should be text in quotes"),
        ({"MENUITEMS": ["section"]}, "MENUITEMS, entry 1 should be 'sections'"),
        ({"MENUITEMS": ["sections", ("a", "b/", "bold")]}, "MENUITEMS, entry 2, part 3 should be 'highlight'"),
        (
            {"MENUITEMS": [("a", "ftp://x.example/", "highlight")]},
            f'MENUITEMS, entry 1, part 2 "ftp://x.example/" {NO_ADDRESS}',
        ),
        ({"LINKS": "about/"}, "LINKS should be a list in brackets"),
        ({"SOCIAL": {"RSS": "/feed.xml"}}, "SOCIAL should be a list in brackets"),
        ({"NEWSLETTER": OURS["NEWSLETTER"] | {"field": None}}, "NEWSLETTER, field should be text in quotes"),
        (
            {"NEWSLETTER": OURS["NEWSLETTER"] | {"hidden": {"list": 7}}},
            "NEWSLETTER, hidden, list should be text in quotes",
        ),
        ({"NEWSLETTER": OURS["NEWSLETTER"] | {"pixel": ""}}, "NEWSLETTER, pixel is not a known key"),
        ({"REPUBLISH": {"license": "CC0", "rules": []}}, "REPUBLISH, license_url is missing"),
        ({"REPUBLISH": OURS["REPUBLISH"] | {"pixle": ""}}, "REPUBLISH, pixle is not a known key"),
        ({"ROUNDUP": {"prot": 587}}, "ROUNDUP, prot is not a known key"),
        ({"ROUNDUP": {"port": "587"}}, "ROUNDUP, port should be a whole number, without quotes"),
        ({"ROUNDUP": {"port": 99999}}, "ROUNDUP, port should be less than or equal to 65535"),
        ({"TARGETS": {"live": {"kind": "ssh2"}}}, "TARGETS, live needs a kind: rsync, s3, pages"),
        ({"TARGETS": {"live": {"kind": "s3"}}}, "TARGETS, live cannot be used: bucket is missing"),
        ({"INDEX_SIZE": "20"}, "INDEX_SIZE should be a whole number, without quotes"),
        ({"INDEX_SIZE": 0}, "INDEX_SIZE should be greater than or equal to 1"),
        ({"RAIL_LENGTH": -1}, "RAIL_LENGTH should be greater than or equal to 0"),
        ({"RAIL_LENGTH": "2"}, "RAIL_LENGTH should be a whole number, without quotes"),
        ({"SHOW_DRAFTS": "no"}, "SHOW_DRAFTS should be True or False, without quotes"),
        ({"CARDS": "soon"}, 'CARDS should be True, False or a day, such as "2025-01-01"'),
        ({"ARTICLE_URL": "stories/"}, "ARTICLE_URL should hold {slug}, or all would be at one address"),
        (
            {"ARTICLE_URL": "{section}/{slug}/"},
            "ARTICLE_URL should hold {slug}, and no other word in braces but {date}",
        ),
        *(
            ({"PAGE_URL": written}, "PAGE_URL should hold {slug}, and no other words in braces")
            for written in ("{}/{slug}/", "{slug/", "{slug.name}/")
        ),
        ({"TAG_URL": "{category}/{slug}/"}, "TAG_URL should hold {slug}, and no other words in braces"),
        ({"DRAFT_URL": "{date:%Y}/{slug}/"}, "DRAFT_URL should hold {slug}, and no other words in braces"),
        ({"ARTICLE_URL": "../{slug}/"}, f"ARTICLE_URL {NOT_BELOW}"),
        ({"PAGE_URL": "/{slug}/"}, f"PAGE_URL {NOT_BELOW}"),
        ({"TAG_URL": "topics//{slug}/"}, f"TAG_URL {NOT_BELOW}"),
        ({"SITENAME": " "}, "SITENAME should be the outlet's name"),
        ({"SITEURL": "halyard.example"}, f'SITEURL "halyard.example" {NO_ADDRESS}'),
        ({"SITEURL": "https:/halyard.example"}, f'SITEURL "https:/halyard.example" {NO_ADDRESS}'),
        ({"SITEURL": "https://x.example "}, 'SITEURL "https://x.example " begins or ends with a space; take it out'),
        ({"DEFAULT_LANG": " en"}, 'DEFAULT_LANG " en" begins or ends with a space; take it out'),
        ({"SITEURL": "https://x.example/?a=b"}, f'SITEURL "https://x.example/?a=b" {NO_QUERY}'),
        ({"SITEURL": "https://x.example#a"}, f'SITEURL "https://x.example#a" {NO_QUERY}'),
        ({"SITEURL": "https://münchen.example"}, f'SITEURL "https://münchen.example" {NOT_ASCII}'),
        ({"SITEURL": "https://x.example/é"}, f'SITEURL "https://x.example/é" {NOT_ASCII}'),
        ({"SITEURL": "https://x.example/%C3%A9"}, f'SITEURL "https://x.example/%C3%A9" {NOT_ASCII}'),
        ({"SITEURL": "http://127.0.0.1:8000"}, f'SITEURL "http://127.0.0.1:8000" {PREVIEW}'),
        ({"SITEURL": "http://localhost/mag/"}, f'SITEURL "http://localhost/mag/" {PREVIEW}'),
        ({"DEFAULT_LANG": "german"}, 'DEFAULT_LANG "german" is not a language tag; for example "en", "fr" or "pt-BR"'),
        ({"SOCIAL": [("a", "/feed.xml"), ("b", "x.example")]}, f'SOCIAL, entry 2, part 2 "x.example" {NO_ADDRESS}'),
        ({"SOCIAL": [("a", "javascript:alert(1)")]}, f'SOCIAL, entry 1, part 2 "javascript:alert(1)" {NO_ADDRESS}'),
        ({"SOCIAL": [("a", "//x.example")]}, f'SOCIAL, entry 1, part 2 "//x.example" {NO_ADDRESS}'),
        ({"SHARE": [("a", "javascript:{url}")]}, f'SHARE, entry 1, part 2 "javascript:x" {NO_ADDRESS}'),
        (
            {"NEWSLETTER": OURS["NEWSLETTER"] | {"action": "x.example/a"}},
            f'NEWSLETTER, action "x.example/a" {NO_ADDRESS}',
        ),
        (
            {"NEWSLETTER": OURS["NEWSLETTER"] | {"action": "http://x.example/"}},
            'NEWSLETTER, action "http://x.example/" would send what readers type without encryption; start it with https://',
        ),
        *(
            ({"FEEDBACK_MAIL": written}, f'FEEDBACK_MAIL "{written}" is not the address of a mailbox; {MAILBOX}')
            for written in (
                "mailto:a@x.example",
                "a@x",
                "corrections/",
                "a@x.example?bcc=b@x.example",
                "A <a@x.example>",
            )
        ),
        ({"WEBSUB_HUB": "hub"}, f'WEBSUB_HUB "hub" {NO_ADDRESS}'),
        ({"SEARCH_FALLBACK_URL": "duck"}, f'SEARCH_FALLBACK_URL "duck" {NO_ADDRESS}'),
        ({"POLICIES": {"ethicPolicy": "about/"}}, f"{UNKNOWN.format('ethicPolicy')} {MEANT.format('ethicsPolicy')}"),
        ({"POLICIES": {"Masthaed": "about/"}}, f"{UNKNOWN.format('Masthaed')} {MEANT.format('masthead')}"),
        ({"POLICIES": {"privacy": "privacy/"}}, f"{UNKNOWN.format('privacy')} known: {', '.join(POLICIES)}"),
        ({"POLICIES": {"ethicsPolicy": None}}, "POLICIES, ethicsPolicy should be text in quotes"),
        ({"THEME": "them"}, 'THEME "them" is not a folder'),
        (
            {"PLUGINS": ["broadside.plugins.feeds", "broadside.plugins.card"]},
            f'PLUGINS, entry 2 "broadside.plugins.card" is not there; {MEANT.format("broadside.plugins.cards")}',
        ),
        ({"PLUGINS": ["plugins.xyzzy"]}, 'PLUGINS, entry 1 "plugins.xyzzy" is not there'),
        ({"PLUGINS": ["relate_posts"]}, 'PLUGINS, entry 1 "relate_posts" is not there'),
        (
            {"PLUGINS": ["broadside.plugin.cards"]},
            f'PLUGINS, entry 1 "broadside.plugin.cards" is not there; {MEANT.format("broadside.plugins.cards")}',
        ),
        ({"PLUGINS": ["markdown.footnotes"]}, 'PLUGINS, entry 1 "markdown.footnotes" is not there'),
        ({"PLUGINS": [""]}, 'PLUGINS, entry 1 "" is not there'),
        ({"FEED_ALL_ATOM": 1}, "FEED_ALL_ATOM should be None, or a file's name in quotes"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_slip_is_told_with_its_line(slip: dict[str, Any], said: str, tmp_path: Path) -> None:
    (name,) = slip
    (tmp_path / "pelicanconf.py").write_text(f"\n{name} = ...\n", "utf-8")
    (tmp_path / "publishconf.py").touch()
    with pytest.raises(Slips) as found:
        judge(OURS | slip, tmp_path)
    (line,) = str(found.value).splitlines()
    place, words = line.split(": ", 1)
    assert words.startswith(f"{said}; ")
    assert words.endswith("docs/settings.md says how it is written")
    assert place.endswith("pelicanconf.py:2")


@pytest.mark.parametrize(
    "sound",
    [
        {"SITEURL": "https://example.org/magazine/"},
        {"DEFAULT_LANG": "pt-BR", "FRONT_EACH": 0, "AUDIT_WORDS": 0},
        {"SOCIAL": [("RSS", "/feed.xml"), ("Post", "mailto:post@x.example"), ("X", "http://x.example/@y")]},
        {
            "FOOTER_LINKS": [
                ("About", "about/"),
                ("Jobs", "https://x.example/jobs/"),
                ("Write", "mailto:post@x.example"),
            ]
        },
        {"NEWSLETTER": OURS["NEWSLETTER"] | {"hidden": {"list": "7"}}},
        {"SHARE": [("Letter", "mailto:?subject={title}&body={url}")]},
        {"ARTICLE_URL": "{date:%Y}/{slug}.html", "PAGE_URL": "{slug}", "TAG_URL": ".t/{slug}/index.html"},
        {"NOW": "2026-11-25T09:00", "CARD_FONTS": ""},
        {"THEME": str(PROJECT / "theme"), "PLUGINS": ["broadside.plugins.cards", "broadside.plugins.parallel"]},
        {"PLUGINS": ["markdown.extensions.toc", "signals", "pelican.plugins.signals", "tasks", "json"]},
        {"NOW": "1764000000"},
        {"NEWSLETTER": None, "REPUBLISH": None, "ROUNDUP": None, "STATIC_EXCLUDES": None},
        {"LOCALE": "C", "STATIC_PATHS": (), "PLUGIN_PATHS": None, "JINJA_FILTERS": {}},
        {"YEAR_ARCHIVE_SAVE_AS": False, "READERS": None, "NEWEST_FIRST_ARCHIVES": 0, "STATIC_PATHS": {Path("files")}},
        {"PAGINATION_PATTERNS": ([1, "{url}", "{save_as}"],)},
        {"READERS": {"md": None, "txt": dict}, "DATE_FORMATS": {"en": "%d", "de": ("C", "%d")}},
        {"READERS": [], "TEMPLATE_PAGES": False, "ARTICLE_PERMALINK_STRUCTURE": ""},
        {"DIRECT_TEMPLATES": None, "DEFAULT_METADATA": (("status", "draft"),), "PAGINATED_TEMPLATES": False},
        {"FEEDBACK_MAIL": "desk+errors@x.example"},
        {"FEEDBACK_MAIL": ""},
        {"WEBSUB_HUB": "", "SEARCH_FALLBACK_URL": "", "FEED_ATOM": None, "FEED_RSS": False},
    ],
    ids=lambda value: str(value)[:30],
)
def test_sound_values_are_accepted(sound: dict[str, Any]) -> None:
    judge(OURS | sound, PROJECT)


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ({"NOW": "yesterday"}, 'NOW "yesterday" is not a moment; write it as 2026-11-25T09:00'),
        ({"NOW": 20261125}, "NOW should be text in quotes"),
        ({"FEED_ATOM": 1}, "FEED_ATOM should be None, or a file's name in quotes"),
        ({"CARD_FONTS": "nowhere"}, 'CARD_FONTS "nowhere" is not a folder'),
        ({"TEMPLATE_PAGES": {"a.html": "b.html"}}, "TEMPLATE_PAGES should be left empty; docs/settings.md says"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_setting_that_our_files_do_not_set_is_judged_too(slip: dict[str, Any], said: str) -> None:
    with pytest.raises(Slips, match=said):
        judge(OURS | slip, PROJECT)


@pytest.mark.parametrize("name", ["SITENAME", "SITEURL"])
def test_obligatory_settings_are_asked_for(name: str) -> None:
    with pytest.raises(Slips, match=f"{name} is missing"):
        judge({other: value for other, value in OURS.items() if other != name}, PROJECT)


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "http://[::1]:8000"])
def test_pelicanconf_may_have_a_previews_address(address: str) -> None:
    judge(OURS | {"SITEURL": address}, PROJECT, "pelicanconf.py")


def test_the_words_of_a_setting_cannot_disguise_a_message() -> None:
    with pytest.raises(Slips) as found:
        judge(OURS | {"TIMEZONE": "\u202eCET\n\x1b[2J"}, PROJECT)
    assert str(found.value).isprintable()
