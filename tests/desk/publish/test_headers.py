"""What hosts say with each file, and which files travel compressed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.desk.publish.encodings import ENCODINGS, LEAST, Encoding, compressed, is_worth, plain
from broadside.desk.publish.headers import ASK_AGAIN, NEVER_CHANGES, cache_control, content_type


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
    ],
)
def test_headers(path: str, kind: str, kept: str) -> None:
    assert (content_type(path), cache_control(path)) == (kind, kept)


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
def test_what_is_compressed_can_be_had_back_and_is_the_same_each_time(encoding: Encoding, data: bytes) -> None:
    assert plain(compressed(data, encoding), encoding) == data
    assert compressed(data, encoding) == compressed(bytes(bytearray(data)), encoding)


@pytest.mark.parametrize("encoding", ["gzip", "br", "zip"])
def test_what_is_damaged_is_said(encoding: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- whoever asked says what it was
        plain(b"no such thing", encoding)


def test_nothing_of_the_clock_is_in_gzip() -> None:
    assert compressed(b"x", "gzip")[4:8] == bytes(4)
