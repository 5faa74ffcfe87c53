"""The HTTP headers of each file, in one place, for nginx's configuration and the metadata in a
bucket.

The policy allows a page no more than it needs. Tests compare docs and budgets with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from broadside.doors import load
from broadside.media.files import KINDS
from broadside.media.films import frame_hosts
from broadside.settings import Settings
from broadside.site.doors import HEADERS, ORIGINS
from broadside.site.policies import NAMED, FolderHeaders
from broadside.urls import OWN

FOR_EVER = ("photos/", "theme/", "files/-/")
"""Folders whose files have digests in their addresses, so that the bytes behind a name never
change.
"""
NEVER_CHANGES = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
"""For pages, feeds and lists: a browser caches the file, but asks every time whether it has
changed.
"""
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
    "md": "text/markdown; charset=utf-8",
    "opml": "text/x-opml; charset=utf-8",
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
UNKNOWN = "application/octet-stream"
SAVED = tuple(sorted(ending[1:] for ending, kind in KINDS.items() if not kind.shown))
"""Extensions of files below files/ that a browser saves, and never shows."""
SCRIPTS = "script-src 'self'"
PAGE = (
    f"default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; {SCRIPTS};"
    " connect-src 'self'; form-action 'self' https:; base-uri 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types 'none'"
)
"""The content security policy of every page; forms go to the providers of the newsletter and of
support, and to the outside search engine.
"""
SEARCH = PAGE.replace(SCRIPTS, f"{SCRIPTS} 'wasm-unsafe-eval'")
"""The policy of the search page, whose engine is WebAssembly."""
FILES = (
    "default-src 'none'; media-src 'self'; object-src 'self'; img-src 'self'; style-src"
    " 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The policy of files that stories link to: a browser can show a PDF or play a recording, but run
nothing.
"""
FONTS = "; font-src 'self'"
"""What is added to both policies if the site has typefaces of its own."""
FONTS_IN = "theme/fonts"
"""The folder that a site with typefaces of its own has."""
FEATURES = (
    "accelerometer autoplay camera display-capture encrypted-media fullscreen geolocation gyroscope"
    " hid identity-credentials-get idle-detection magnetometer microphone midi payment"
    " picture-in-picture publickey-credentials-get screen-wake-lock serial usb xr-spatial-tracking"
).split()
PLAYING = ("autoplay", "fullscreen")
"""What the player of a film may do."""
FOR_ALL = ("photos/", "files/")
FOR_ALL_ORIGINS = "cross-origin"
"""The folders from which other sites may show files on their pages, as feed readers do.

All else is for the site's own pages.
"""
HSTS = "max-age=31536000"
"""Only over TLS, and without includeSubDomains: we cannot promise anything for other hosts of the
domain.
"""


class Allowed(Struct, frozen=True):
    """What a site's settings let its pages load from elsewhere: the players of films, by their
    hosts, and what is at other origins.

    `origins` pairs each with a directive of the policy; `search` is the folder of the search page,
    which runs WebAssembly besides; `folders` are those with headers of their own.
    """

    search: str = OWN["search"]
    players: tuple[str, ...] = ()
    origins: tuple[tuple[str, str], ...] = ()
    folders: tuple[FolderHeaders, ...] = ()

    def of_folder(self, path: str) -> FolderHeaders | None:
        """The folder with headers of its own in which a file is, if any."""
        return next((each for each in self.folders if path.startswith(each.folder)), None)


NOTHING = Allowed()


def allowed_by(settings: Settings) -> Allowed:
    """What these settings allow."""
    load(settings.PLUGINS)
    origins = tuple(origin for given in ORIGINS for origin in given(settings))
    return Allowed(
        settings.SEARCH_URL, tuple(frame_hosts(settings.EMBEDS)), origins, tuple(HEADERS)
    )


def content_type(path: str) -> str:
    """The content type of a file of the site, by its path below the output folder."""
    name = path.rpartition("/")[2]
    return NAMED.get(name) or TYPES.get(name.rpartition(".")[2].lower(), UNKNOWN)


def cache_control(path: str) -> str:
    """How long a browser may keep a file without asking again."""
    if path.startswith(FOR_EVER):
        return NEVER_CHANGES
    return ASK_AGAIN


def disposition(path: str) -> str:
    """The Content-Disposition of a file: "attachment" if a browser is to save it."""
    if path.startswith("files/") and path.rpartition(".")[2].lower() in SAVED:
        return "attachment"
    return ""


def page_with(allowed: Allowed) -> str:
    """PAGE for a site whose settings allow this."""
    policy, hosts = (
        _extended(PAGE, allowed.origins),
        " ".join(f"https://{host}" for host in allowed.players),
    )
    if hosts:
        return f"{policy}; frame-src {hosts}"
    return policy


def search_with(allowed: Allowed) -> str:
    """SEARCH for such a site; films are on no page of results."""
    return _extended(SEARCH, allowed.origins)


def _extended(policy: str, origins: Iterable[tuple[str, str]]) -> str:
    """A policy with origins added to directives that name the site itself."""
    for directive, origin in origins:
        policy = policy.replace(f"{directive} 'self'", f"{directive} 'self' {origin}")
    return policy


def permissions_with(players: Sequence[str]) -> str:
    """The value of Permissions-Policy: none of FEATURES, except what the players of these hosts
    need.

    A page can grant only what it is itself allowed.
    """
    allowed = ""
    if players:
        allowed = " ".join(["self", *(f'"https://{host}"' for host in players)])
    return ", ".join(f"{feature}=({allowed if feature in PLAYING else ''})" for feature in FEATURES)


def headers_with(players: Sequence[str]) -> dict[str, str]:
    """The other headers, the same for every file of a site whose pages may show the players of
    these hosts.
    """
    return {
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": permissions_with(players),
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }


def headers_of(path: str, has_fonts: bool, allowed: Allowed = NOTHING) -> dict[str, str]:
    """All headers of a file but its type, as nginx sends them over plain HTTP."""
    with_search = path.startswith(allowed.search)
    if path.startswith("files/"):
        policy = FILES
    elif with_search:
        policy = search_with(allowed)
    else:
        policy = page_with(allowed)
    saved = {}
    if disposition(path):
        saved = {"Content-Disposition": disposition(path)}
    headers = {
        "Cache-Control": cache_control(path),
        "Content-Security-Policy": policy + (FONTS if has_fonts else ""),
        "Cross-Origin-Resource-Policy": (
            FOR_ALL_ORIGINS if path.startswith(FOR_ALL) else "same-origin"
        ),
        **saved,
        **headers_with(allowed.players),
    }
    if own := allowed.of_folder(path):
        headers |= {"Content-Security-Policy": own.policy, "Cross-Origin-Opener-Policy": own.opener}
    return headers
