"""The headers of each file, in one place: nginx's configuration and the metadata in a bucket are made from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from broadside.media.files import KINDS
from broadside.plugins.admin import headers as admin
from broadside.publish.policy import FILES, FONTS, FOR_ALL, FOR_ALL_ORIGINS, SEARCH, headers_with, page_with
from broadside.urls import OWN

FOR_EVER = ("photos/", "theme/", "files/-/")
"""Folders whose files have digests in their addresses, so that the bytes behind a name never change."""
NEVER_CHANGES = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
"""For pages, feeds and lists: a browser keeps the file, but asks each time whether it has changed."""

TYPES: Mapping[str, str] = {
    **{ending[1:]: kind.type for ending, kind in KINDS.items()},
    "avif": "image/avif",
    "css": "text/css; charset=utf-8",
    "gif": "image/gif",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "map": "text/plain; charset=utf-8",
    "pagefind": "application/wasm",
    "pf_filter": "application/octet-stream",
    "pf_fragment": "application/octet-stream",
    "pf_index": "application/octet-stream",
    "pf_meta": "application/octet-stream",
    "png": "image/png",
    "svg": "image/svg+xml",
    "wasm": "application/wasm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml",
}
"""Content type by the ending of a file's name."""
NAMED: Mapping[str, str] = {
    "_redirects": "text/plain; charset=utf-8",
    "chapters.json": "application/json+chapters",
    "feed.json": "application/feed+json",
}
"""Content type by a file's whole name, which takes precedence over its ending."""
FEEDS: Mapping[str, str] = {
    "feed.xml": "application/atom+xml; charset=utf-8",
    "rss.xml": "application/rss+xml; charset=utf-8",
    "podcast.xml": "application/rss+xml; charset=utf-8",
}
"""The content types of feeds for apps, on hosts that can tell apps from browsers. A browser shows the source of a file of
these types; it shows the page that we make of a feed only if the feed is sent as XML.
"""
UNKNOWN = "application/octet-stream"


def content_type(path: str) -> str:
    """The content type of a file of the site, by its path below the output folder."""
    name = path.rpartition("/")[2]
    return NAMED.get(name) or TYPES.get(name.rpartition(".")[2].lower(), UNKNOWN)


def cache_control(path: str) -> str:
    """How long a browser may keep a file without asking again."""
    return NEVER_CHANGES if path.startswith(FOR_EVER) else ASK_AGAIN


SAVED = tuple(sorted(ending[1:] for ending, kind in KINDS.items() if not kind.shown))
"""Endings of files below files/ that a browser saves, and never shows."""


def disposition(path: str) -> str:
    """What a browser is to do with a file: "attachment" for one that it is to save."""
    return "attachment" if path.startswith("files/") and path.rpartition(".")[2].lower() in SAVED else ""


def headers_of(
    path: str, has_fonts: bool, search_folder: str = OWN["search"], players: Sequence[str] = ()
) -> dict[str, str]:
    """All headers of a file but its type, as nginx sends them over plain HTTP; `players` are the hosts of films' players."""
    page = page_with(players)
    policy = FILES if path.startswith("files/") else SEARCH if path.startswith(search_folder) else page
    saved = {"Content-Disposition": disposition(path)} if disposition(path) else {}
    headers = {
        "Cache-Control": cache_control(path),
        "Content-Security-Policy": policy + (FONTS if has_fonts else ""),
        "Cross-Origin-Resource-Policy": FOR_ALL_ORIGINS if path.startswith(FOR_ALL) else "same-origin",
        **saved,
        **headers_with(players),
    }
    if path.startswith(admin.FOLDER):
        headers |= {"Content-Security-Policy": admin.SENT, "Cross-Origin-Opener-Policy": admin.OPENER}
    return headers
