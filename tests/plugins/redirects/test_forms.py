"""The forms of a move, whatever characters a former address has."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from broadside.plugins.redirects import (
    Move,
    netlify_rules,
    nginx_map,
    one_for_each_file,
    page_at,
    webfinger,
)
from broadside.urls import Urls
from tests.sample import Outlet

FORMER = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=20)
NOW = "2026/11/a/"


@given(FORMER, st.sampled_from(["", "/magazine"]))
def test_every_form_says_the_same(former: str, root: str) -> None:
    move = Move(former, NOW, root)
    source, target, code = netlify_rules([move]).decode().split()
    assert (unquote(source), target, code) == (f"{root}/{former}", f"{root}/{NOW}", "301")
    (written,) = re.findall(
        r'^"((?:[^"\\]|\\.)*)" "/[\w/]+";$', nginx_map([move]).decode().rstrip("\n")
    )
    assert re.sub(r"\\(.)", r"\1", written) == f"{root}/{former}"


def test_a_page_leads_on_and_names_the_address_that_counts() -> None:
    soup = BeautifulSoup(
        page_at(Move("old.html", 'x"&<y/', "/m"), "https://x.org/m/y/"), "html.parser"
    )
    assert soup.select_one("a")["href"] == '/m/x"&<y/'  # type: ignore[index]
    refresh = soup.select_one("meta[http-equiv=refresh]")
    assert refresh
    assert refresh["content"] == '0; url=/m/x"&<y/'
    canonical = soup.select_one("link[rel=canonical]")
    assert canonical
    assert canonical["href"] == "https://x.org/m/y/"
    assert soup.select_one("meta[name=robots][content=noindex]")


def test_where_the_page_of_a_former_address_is() -> None:
    assert [Move(former, NOW).save_as for former in ("old/", "old", "a/b.html")] == [
        "old/index.html",
        "old/index.html",
        "a/b.html",
    ]


def test_only_where_browsers_expect_a_page_there_is_one() -> None:
    formers = (
        "old/",
        "old",
        "v1.2/",
        "a/b.html",
        "a.HTM",
        "feed.xml",
        "old.php",
        "v1.2",
        "index.json",
    )
    assert [former for former in formers if Move(former, NOW).has_page] == [
        "old/",
        "old",
        "v1.2/",
        "a/b.html",
        "a.HTM",
    ]


def test_where_only_capitals_differ_there_is_no_page_and_no_loop() -> None:
    moves = [Move("2026/11/A/", NOW, "/m"), Move("2026/11/A.x/", NOW, "/m")]
    assert [move.has_page for move in moves] == [False, True]
    assert nginx_map(moves).decode().splitlines() == [
        '"~^/m/2026/11/A/$" "/m/2026/11/a/";',
        '"/m/2026/11/A.x/" "/m/2026/11/a/";',
    ]
    assert netlify_rules(moves[:1]) == b"/m/2026/11/A/ /m/2026/11/a/ 301\n"


def test_one_page_is_written_where_several_former_addresses_are_one_file() -> None:
    moves = [Move(former, NOW) for former in ("old", "old/", "old/index.html", "other/", "OTHER")]
    assert [move.save_as.lower() for move in one_for_each_file(moves)] == [
        "old/index.html",
        "other/index.html",
    ]


def test_who_looks_for_the_account_at_this_host_is_led_to_its_server() -> None:
    urls = Urls("https://outlet.example", "", "", "", {})
    led = "https://social.example/.well-known/webfinger?resource=acct:halyard@social.example"
    assert webfinger("@halyard@social.example", urls) == led
    assert webfinger("", urls) == ""
    assert webfinger("@halyard@outlet.example", urls) == "", "it would lead to itself"
    below = Urls("https://outlet.example/magazine", "", "", "", {})
    assert webfinger("@halyard@social.example", below) == "", "the address is the top of the host's"


def test_the_lists_of_moves_lead_to_the_account(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story()
    outlet.rebuild(
        settings={"FEDIVERSE": "@halyard@social.example"}, siteurl="https://outlet.example"
    )
    files = outlet.files()
    led = "https://social.example/.well-known/webfinger?resource=acct:halyard@social.example"
    assert files["_redirects"].decode() == f"/.well-known/webfinger {led} 302\n"
    assert files["redirects.map"].decode() == f'"/.well-known/webfinger" "{led}";\n'
    feeds = [
        outline.get("xmlUrl") for outline in ET.fromstring(files["feeds.opml"]).iter("outline")
    ]
    assert {
        "https://outlet.example/feed.xml",
        "https://outlet.example/sections/europe/feed.xml",
    } <= {*feeds}
    assert [
        url for url in feeds if url and url.removeprefix("https://outlet.example/") not in files
    ] == []
