"""What the real nginx answers with the configuration that ./inv server-init writes, before a site
that was pushed.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import brotli
import pytest

from broadside.plugins.admin import headers as admin
from broadside.publish.headers import (
    ASK_AGAIN,
    FILES,
    FONTS,
    FONTS_IN,
    HSTS,
    NEVER_CHANGES,
    Allowed,
    cache_control,
    content_type,
    headers_with,
    page_with,
    search_with,
)
from broadside.site.policies import FEEDS
from broadside_server.nginx import Host, configuration
from tests.browser.conftest import visit
from tests.commands.running import until
from tests.deploy.own_server import OwnServer
from tests.deploy.real_nginx import RealNginx, certificate
from tests.media.kinds_of_files import PDF, XLSX
from tests.sample import HARBOUR

__all__ = ["visit"]

ALLOWED = Allowed(
    players=("tube.halyard.example",), origins=(("connect-src", "https://example.social"),)
)
"""What the demo's EMBEDS and COUNT_REPLIES name."""
PAGE, SEARCH = page_with(ALLOWED), search_with(ALLOWED)
SENT = headers_with(ALLOWED.players)
HOST = "halyard.example"
LONG = "what-the-ministry-never-found-again-" * 4
FORMER = (
    "/there/",
    "/a%20b/caf%C3%A9.html",
    f"/2019/03/{LONG}/",
    "/2026/11/Here/",
    "/Blog/Old-Post/",
    "/2010/Post.php",
)
NOW = "/2026/11/here/"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> OwnServer:
    server = OwnServer(tmp_path_factory.mktemp("nginx"))
    server.outlet.photo()
    server.outlet.story("here", redirect_from=list(FORMER), body="A story. " * 60, **HARBOUR)
    (server.outlet.content / "files").mkdir()
    (server.outlet.content / "files/Report.pdf").write_bytes(PDF)
    (server.outlet.content / "files/table.xlsx").write_bytes(XLSX)
    server.outlet.story(
        "more-0", body="[The report](files/Report.pdf) and [the table](files/table.xlsx)."
    )
    for number in range(1, 5):
        server.outlet.story(f"more-{number}", date=f"2026-11-0{number}T09:00")
    assert "Live: " in server.push()
    return server


@pytest.fixture(scope="module")
def site(server: OwnServer) -> Iterator[RealNginx]:
    """By plain HTTP, as before there is a certificate."""
    with RealNginx(server.place.generated / f"{HOST}.conf", server.path / "nginx", HOST) as site:
        yield site


@pytest.fixture(scope="module")
def secure(server: OwnServer, site: RealNginx) -> Iterator[RealNginx]:
    """By HTTPS, with a certificate that nobody else believes."""
    server.init("--certificate", str(certificate(server.path / "certificate", HOST)))
    with RealNginx(server.place.generated / f"{HOST}.conf", server.path / "secure", HOST) as secure:
        yield secure


def test_every_file_is_there_with_its_type_and_its_time_to_live(
    server: OwnServer, site: RealNginx
) -> None:
    seen = set()
    for path, data in server.served().items():
        if path == "404.html" or f"/{path.removesuffix('index.html')}" in map(unquote, FORMER):
            continue  # these have a test of their own
        answer = site.ask(quote(f"/{path.removesuffix('index.html')}"))
        assert (answer.status, answer.body) == (200, data), path
        assert answer["content-type"] == FEEDS.get(path.rpartition("/")[2], content_type(path)), (
            path
        )
        assert answer["cache-control"] == cache_control(path), path
        seen.add((answer["content-type"], answer["cache-control"]))
    assert {kind for kind, _ in seen} >= {
        "text/html; charset=utf-8",
        *FEEDS.values(),
        "application/feed+json",
        "text/css; charset=utf-8",
        "application/xml",
        "text/plain; charset=utf-8",
        "image/avif",
    }
    assert {life for _, life in seen} == {ASK_AGAIN, NEVER_CHANGES}


@pytest.mark.parametrize(
    "path", ["/", NOW, "/feed.xml", "/robots.txt", "/nowhere/", "/there/", "/photos/none.jpg"]
)
def test_every_answer_carries_the_headers_whatever_it_is(
    site: RealNginx, secure: RealNginx, path: str
) -> None:
    for answer in (site.ask(path), secure.ask(path, secure=True)):
        for name, value in SENT.items():
            assert answer[name] == value, name
        assert answer["content-security-policy"] == PAGE + FONTS  # the demo has some
        assert "nginx/" not in answer["server"]
    assert site.ask(path)["strict-transport-security"] == ""
    assert secure.ask(path, secure=True)["strict-transport-security"] == HSTS


def test_the_search_page_alone_may_run_its_engine(site: RealNginx) -> None:
    assert site.ask("/search/")["content-security-policy"] == SEARCH + FONTS
    assert site.ask("/search/index.html")["content-security-policy"] == SEARCH + FONTS
    assert site.ask("/sections/europe/")["content-security-policy"] == PAGE + FONTS
    editor = site.ask("/admin/")
    assert editor["content-security-policy"] == admin.SENT.policy
    assert editor["cross-origin-opener-policy"] == admin.SENT.opener


def test_the_policy_allows_fonts_only_where_the_site_has_some(
    server: OwnServer, site: RealNginx
) -> None:
    folder = server.place.current.resolve() / FONTS_IN
    away = folder.with_name("away")
    for path, policy in (("/", PAGE), ("/search/", SEARCH), ("/nowhere/", PAGE)):
        assert site.ask(path)["content-security-policy"] == policy + FONTS
    folder.rename(away)
    try:
        for path, policy in (("/", PAGE), ("/search/", SEARCH), ("/nowhere/", PAGE)):
            assert site.ask(path)["content-security-policy"] == policy
    finally:
        away.rename(folder)


def test_photos_are_for_feed_readers_too_and_all_else_for_our_own_pages(
    server: OwnServer, site: RealNginx
) -> None:
    photo = next(path for path in server.served() if path.startswith("photos/"))
    assert site.ask(f"/{photo}")["cross-origin-resource-policy"] == "cross-origin"
    assert site.ask("/")["cross-origin-resource-policy"] == "same-origin"


def test_a_file_is_shown_or_saved_and_runs_nothing(site: RealNginx, secure: RealNginx) -> None:
    for answers in (site.ask, lambda path: secure.ask(path, secure=True)):
        report, table = answers("/files/Report.pdf"), answers("/files/table.xlsx")
        assert (report["content-type"], report["content-disposition"]) == ("application/pdf", "")
        assert table["content-type"].startswith("application/vnd.openxmlformats")
        assert table["content-disposition"] == "attachment"
        for answer in (report, table):
            assert answer["content-security-policy"] == FILES + FONTS
            assert answer["x-content-type-options"] == "nosniff"
            assert answer["cross-origin-resource-policy"] == "cross-origin"
            assert answer["cache-control"] == ASK_AGAIN


@pytest.mark.parametrize(
    ("accepts", "encoding", "open_"),
    [("gzip, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress), ("", "", bytes)],
)
def test_text_travels_compressed_as_it_lies_there(
    server: OwnServer, site: RealNginx, accepts: str, encoding: str, open_: Any
) -> None:
    for path in (NOW, "/feed.xml", "/sitemap.xml"):
        file = f"{path.lstrip('/')}{'index.html' if path.endswith('/') else ''}"
        answer = site.ask(path, Accept_Encoding=accepts, Via="1.1 a proxy")
        assert answer["content-encoding"] == encoding
        assert answer["vary"] == "Accept-Encoding" + (", Accept" if file in FEEDS else "")
        assert open_(answer.body) == server.served()[file]
        assert answer["content-type"] == FEEDS.get(file, content_type(file))
        if encoding:
            ending = {"br": ".br", "gzip": ".gz"}[encoding]
            assert answer.body == (server.place.current / f"{file}{ending}").read_bytes()


@pytest.mark.browser
@pytest.mark.parametrize("path", ["feed.xml", "rss.xml"])
def test_a_feed_is_a_page_for_browsers_and_a_feed_for_apps(
    site: RealNginx, visit: Any, path: str
) -> None:
    trip = visit(site.base)
    page = trip.to(path)
    assert page.locator("h1").inner_text() == "Every story"
    assert page.locator("article h2 a").first.is_visible()
    for accepts, kind in (("text/html,*/*", "application/xml"), ("*/*", FEEDS[path])):
        answer = site.ask(f"/{path}", Accept=accepts, Accept_Encoding="br")
        assert (answer.status, answer["content-type"], answer["content-encoding"]) == (
            200,
            kind,
            "br",
        )
        assert (answer["cache-control"], answer["x-content-type-options"]) == (ASK_AGAIN, "nosniff")
        assert (
            site.ask(
                f"/{path}", Accept=accepts, Accept_Encoding="br", If_None_Match=answer["etag"]
            ).status
            == 304
        )
        assert (
            site.ask(f"/sections/none/{path}", Accept=accepts)["content-type"]
            == "text/html; charset=utf-8"
        )
        assert site.ask(f"/sections/none/{path}", Accept=accepts).status == 404


def test_a_page_that_did_not_change_is_not_sent_again(server: OwnServer, site: RealNginx) -> None:
    for accepts in ("br", "gzip", ""):
        answer = site.ask(NOW, Accept_Encoding=accepts)
        again = site.ask(NOW, Accept_Encoding=accepts, If_None_Match=answer["etag"])
        assert (again.status, again.body, again["cache-control"]) == (304, b"", ASK_AGAIN)
        assert site.ask(NOW, Accept_Encoding=accepts, If_None_Match='"other"').status == 200


def test_former_addresses_lead_on_and_a_new_one_after_nginx_read_the_list_again(
    server: OwnServer, site: RealNginx
) -> None:
    for former in FORMER:
        answer = site.ask(former)
        assert (answer.status, answer["location"]) == (
            301,
            f"http://{HOST}:{site.port}{NOW}",
        ), former
    assert site.ask(NOW).status == 200, "although nginx's map takes a text in any case"
    server.outlet.story("here", redirect_from=[*FORMER, "/newly/"], body="A story. " * 60)
    before = server.place.redirects.stat().st_mtime_ns
    server.push()
    assert server.place.redirects.stat().st_mtime_ns > before
    assert b'url=/2026/11/here/"' in site.ask("/newly/").body  # until then the page leads on
    subprocess.run([*site.command, "-s", "reload"], check=True, capture_output=True)
    # Asked until it does, never once more: a worker that has not ended yet may answer by the list
    # it was begun with.
    until(lambda: site.ask("/newly/")["location"].endswith(NOW), "a list that is read again")
    stands = server.place.redirects.stat().st_mtime_ns
    server.push("Nothing moved")
    assert server.place.redirects.stat().st_mtime_ns == stands


def test_what_is_not_there_gets_the_page_that_says_so(server: OwnServer, site: RealNginx) -> None:
    page = server.served()["404.html"]
    for path in (
        "/nowhere/",
        "/nowhere.html",
        "/404.html",
        "/photos/none.jpg",
        "/2026/",
        "/theme/",
        "/feed.xml/",
    ):
        answer = site.ask(path)
        assert (answer.status, answer.body) == (404, page), path
        assert answer["cache-control"] == ASK_AGAIN, path


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/index.html", "/"),
        ("/index.html?q=1", "/?q=1"),
        ("/2026/11/here/index.html", NOW),
        ("/2026/11/here", NOW),
        ("/sections/europe?from=mail", "/sections/europe/?from=mail"),
        ("//evil.example/index.html", "/evil.example/"),
        ("///evil.example/x/index.html", "/evil.example/x/"),
    ],
)
def test_a_page_has_one_address(site: RealNginx, path: str, to: str) -> None:
    answer = site.ask(path)
    assert (answer.status, answer["location"]) == (301, f"http://{HOST}:{site.port}{to}")


@pytest.mark.parametrize(
    "path", ["//evil.example/%2e%2e", "//evil.example", "/\\evil.example", "/%0d%0aX:1/index.html"]
)
def test_no_address_leads_to_another_host(site: RealNginx, path: str) -> None:
    answer = site.ask(path)
    assert answer["location"] in ("", *[f"http://{HOST}:{site.port}/%0d%0aX:1/"])
    assert answer["x"] == ""


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND"])
def test_nothing_but_reading_is_allowed(site: RealNginx, method: str) -> None:
    answer = site.ask("/", method=method)
    assert (answer.status, answer["allow"]) == (405, "GET, HEAD")
    assert answer["x-content-type-options"] == "nosniff"


def test_head_says_the_same_without_the_page(site: RealNginx) -> None:
    answer, whole = site.ask(NOW, method="HEAD"), site.ask(NOW)
    assert (answer.status, answer.body, answer["content-length"]) == (
        200,
        b"",
        str(len(whole.body)),
    )
    assert answer["allow"] == ""


def test_hidden_files_and_twins_are_not_for_readers(server: OwnServer, site: RealNginx) -> None:
    (server.place.current / ".git").mkdir()
    (server.place.current / ".git" / "config").write_text("secret", "utf-8")
    try:
        for path in (
            "/.git/config",
            "/index.html.br",
            "/feed.xml.gz",
            "/../publish",
            "/%2e%2e/publish",
            "/.%2fetc",
        ):
            answer = site.ask(path)
            assert answer.status in (400, 404), path
            assert b"secret" not in answer.body
    finally:
        shutil.rmtree(server.place.current / ".git")


def test_an_open_page_still_finds_what_the_release_before_had(
    server: OwnServer, site: RealNginx
) -> None:
    sheet = next(path for path in server.served() if re.fullmatch(r"theme/site-\S+\.css", path))
    old = site.ask(f"/{sheet}")
    css = server.writer / "broadside" / "theme" / "static" / "css" / "base.css"
    css.write_text(css.read_text("utf-8") + "\n:root { --of-the-test: 1 }\n", "utf-8")
    server.push()
    assert sheet not in server.served()
    for accepts in ("br", ""):
        answer = site.ask(f"/{sheet}", Accept_Encoding=accepts)
        assert (answer.status, answer["cache-control"]) == (200, NEVER_CHANGES)
    assert answer.body == old.body


def test_plain_http_leads_to_https_but_for_who_gives_out_certificates(
    server: OwnServer, secure: RealNginx
) -> None:
    answer = secure.ask("/2026/11/here/?a=b")
    assert (answer.status, answer["location"]) == (301, f"https://{HOST}/2026/11/here/?a=b")
    challenge = server.place.acme / ".well-known" / "acme-challenge" / "token"
    challenge.parent.mkdir(parents=True, exist_ok=True)
    challenge.write_text("answer", "utf-8")
    assert secure.ask("/.well-known/acme-challenge/token").body == b"answer"
    assert secure.ask("/.well-known/acme-challenge/token", secure=True).body == b"answer"


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_what_is_read_is_counted_and_nothing_about_who_reads_is_written(
    server: OwnServer, tmp_path: Path
) -> None:
    (tmp_path / "plain.conf").write_text(configuration(server.place, Host(HOST)), "utf-8")
    with RealNginx(tmp_path / "plain.conf", tmp_path / "nginx", HOST) as site:
        reader: dict[str, Any] = {
            "User_Agent": FIREFOX,
            "X_Forwarded_For": "203.0.113.7",
            "Cookie": "name=secret",
        }
        site.ask(
            "/2026/11/here/?mail=ana@secret.example",
            Referer="https://ana:pw@News.example/secret?q=1",
            **reader,
        )
        site.ask("/2026/11/here/", Referer=f"https://{HOST}/", **reader)
        site.ask("/2026/11/more-1/", User_Agent=f"{FIREFOX} CUBOT X19")
        for agent in (
            "curl/8.14",
            f"{FIREFOX} (compatible; GPTBot/1.3; +https://openai.com/gptbot)",
            "",
        ):
            site.ask("/2026/11/more-2/", User_Agent=agent)
        site.ask("/2026/11/more-2/", Sec_Purpose="prefetch;prerender", **reader)
        site.ask("/nowhere/", **reader)
        site.ask(quote(FORMER[0]), **reader)
        for path in ("/_preview/5e0c1d9a7b3f/2026/11/here/", "/feed.xml", "/photos/none.jpg"):
            site.ask(path, **reader)
        site.ask("/2026/11/more-2/", method="HEAD", **reader)
        log = site.folder / f"{HOST}.readers"
        until(lambda: log.read_bytes().count(b"\n") >= 11, "a log that is written")
    text = log.read_text("utf-8")
    assert text.count("\n") == 11
    assert not re.search(r"127\.0|203\.0|secret|Mozilla|Firefox|curl|ana|_preview", text)
    made = server.outlet.run(
        "readers", "--content", str(server.outlet.content), "--log", str(log), "--json", "read.json"
    )
    assert made.returncode == 0, made.stderr
    read = json.loads((server.outlet.path / "read.json").read_bytes())
    assert {each["url"]: each["reads"] for each in read["stories"]} == {
        NOW: 2,
        "/2026/11/more-1/": 1,
    }
    assert {each["name"] for each in read["from"]} >= {"news.example", "pages of our own"}
    assert (read["unread"], sum(read["left_out"].values()), read["left_out"]["by programs"]) == (
        0,
        8,
        3,
    )


def test_without_brotli_the_rest_is_the_same(server: OwnServer, tmp_path: Path) -> None:
    text = configuration(server.place, Host(HOST))
    (tmp_path / "plain.conf").write_text(text, "utf-8")
    assert "brotli" not in text
    with RealNginx(tmp_path / "plain.conf", tmp_path / "nginx", HOST) as site:
        assert site.ask("/", Accept_Encoding="br, gzip")["content-encoding"] == "gzip"


@pytest.mark.browser
@pytest.mark.parametrize(
    "path", ["", "2026/11/here/", "search/?q=story", "sections/europe/", "nowhere/"]
)
def test_a_browser_has_nothing_to_complain_of(site: RealNginx, visit: Any, path: str) -> None:
    trip = visit(site.base)
    page = trip.to(path)
    page.wait_for_load_state("networkidle")
    if path.startswith("search"):
        page.locator(".search-results li").first.wait_for()
    elif path != "nowhere/":
        assert page.evaluate(
            "[...document.images].every(image => image.complete && image.naturalWidth)"
        )
    missing = [error for error in trip.errors if "404" not in error or path != "nowhere/"]
    assert (missing, trip.outside) == ([], [])
    assert page.evaluate("getComputedStyle(document.body).margin") != ""
