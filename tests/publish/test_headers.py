"""What hosts say with each file, and which files travel compressed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.config.encodings import ENCODINGS, LEAST, Encoding, compressed, is_worth, plain
from broadside.publish import s3
from broadside.publish.headers import (
    ASK_AGAIN,
    NEVER_CHANGES,
    Allowed,
    cache_control,
    content_type,
    headers_of,
)
from broadside.site.doors import HEADERS


@pytest.mark.parametrize(
    ("path", "kind", "kept"),
    [
        ("index.html", "text/html; charset=utf-8", ASK_AGAIN),
        ("feed.xml", "application/xml", ASK_AGAIN),
        ("sections/europe/feed.json", "application/feed+json", ASK_AGAIN),
        ("robots.txt", "text/plain; charset=utf-8", ASK_AGAIN),
        ("theme/site-d855619073.css", "text/css; charset=utf-8", NEVER_CHANGES),
        ("photos/ab/cdef-640.AVIF", "image/avif", NEVER_CHANGES),
        ("pagefind/wasm.en.pagefind", "application/wasm", ASK_AGAIN),
        ("_redirects", "text/plain; charset=utf-8", ASK_AGAIN),
        ("files/Report.PDF", "application/pdf", ASK_AGAIN),
        ("files/-/0123456789abcdef/report.pdf", "application/pdf", NEVER_CHANGES),
        ("files/a.csv", "text/csv; charset=utf-8", ASK_AGAIN),
        ("files/a.epub", "application/epub+zip", ASK_AGAIN),
        ("files/a.unknown", "application/octet-stream", ASK_AGAIN),
    ],
)
def test_headers(path: str, kind: str, kept: str) -> None:
    assert (content_type(path), cache_control(path)) == (kind, kept)


@pytest.mark.parametrize(
    ("path", "how"),
    [
        ("files/a.pdf", ""),
        ("files/a.mp3", ""),
        ("files/a.ZIP", "attachment"),
        ("files/a.csv", "attachment"),
        ("feed.json", ""),
    ],
)
def test_a_browser_shows_what_is_meant_to_be_read_and_saves_the_rest(path: str, how: str) -> None:
    headers = headers_of(path, has_fonts=False)
    assert headers.get("Content-Disposition", "") == how
    assert s3.headers_of(path, "").get("ContentDisposition", "") == how
    assert headers["X-Content-Type-Options"] == "nosniff"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert path.startswith("files/") is ("script-src" not in policy), (
        "a file runs nothing, a page only the site's own scripts"
    )


@pytest.mark.parametrize(
    ("path", "size", "worth"),
    [
        ("index.html", 40_000, True),
        ("feed.XML", LEAST, True),
        ("robots.txt", LEAST - 1, False),
        ("photos/a.jpg", 40_000, False),
        ("pagefind/1/fragment/en_1.pf_fragment", 40_000, False),
        ("_redirects", 40_000, False),
    ],
)
def test_what_is_worth_compressing(path: str, size: int, worth: bool) -> None:
    assert is_worth(path, size) is worth


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(data=st.binary(max_size=2000))
def test_what_is_compressed_can_be_had_back_and_is_the_same_each_time(
    encoding: Encoding, data: bytes
) -> None:
    assert plain(compressed(data, encoding), encoding) == data
    assert compressed(data, encoding) == compressed(bytes(bytearray(data)), encoding)


@pytest.mark.parametrize("encoding", ["gzip", "br", "zip"])
def test_what_is_damaged_is_said(encoding: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- whoever asked says what it was
        plain(b"no such thing", encoding)


def test_nothing_of_the_clock_is_in_gzip() -> None:
    assert compressed(b"x", "gzip")[4:8] == bytes(4)


def test_pages_may_show_the_players_that_the_outlet_allows_and_files_and_the_search_page_none() -> (
    None
):
    sent = headers_of(
        "2026/11/a/index.html",
        has_fonts=False,
        allowed=Allowed(players=("tube.example.org", "player.vimeo.com")),
    )
    policy = sent["Content-Security-Policy"].split("; ")
    assert "frame-src https://tube.example.org https://player.vimeo.com" in policy
    granted = 'fullscreen=(self "https://tube.example.org" "https://player.vimeo.com")'
    assert granted in sent["Permissions-Policy"]
    assert "camera=()" in sent["Permissions-Policy"]
    for path in ("files/a.pdf", "search/index.html", "admin/index.html"):
        assert (
            "frame-src"
            not in headers_of(
                path,
                has_fonts=False,
                allowed=Allowed(players=("tube.example.org",), folders=tuple(HEADERS)),
            )["Content-Security-Policy"]
        )
    assert "frame-src" not in headers_of("index.html", has_fonts=False)["Content-Security-Policy"]
