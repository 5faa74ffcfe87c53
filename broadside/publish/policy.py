"""What a browser is told that a page may do, which is no more than it needs. Tests compare docs and budgets with this."""

from __future__ import annotations

from collections.abc import Sequence

SCRIPTS = "script-src 'self'"
PAGE = (
    f"default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; {SCRIPTS}; connect-src 'self'; form-action 'self' https:; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
"""The content security policy of every page; forms go to the providers of the newsletter and of support, and to the
outside search engine."""
SEARCH = PAGE.replace(SCRIPTS, f"{SCRIPTS} 'wasm-unsafe-eval'")
"""That of the search page, whose engine is WebAssembly."""
FILES = (
    "default-src 'none'; media-src 'self'; object-src 'self'; img-src 'self'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""That of the files that stories link to, so that a browser can show a PDF or play a recording, and run nothing."""
FONTS = "; font-src 'self'"
"""The end of both, where the site has typefaces of its own."""
FONTS_IN = "theme/fonts"
"""The folder that a site with typefaces of its own has."""

FEATURES = (
    "accelerometer autoplay camera display-capture encrypted-media fullscreen geolocation gyroscope hid identity-credentials-get "
    "idle-detection magnetometer microphone midi payment picture-in-picture publickey-credentials-get screen-wake-lock "
    "serial usb xr-spatial-tracking"
).split()
PLAYING = ("autoplay", "fullscreen")
"""What the player of a film may do."""


def page_with(players: Sequence[str]) -> str:
    """PAGE for a site whose pages may show the players of these hosts."""
    return f"{PAGE}; frame-src {' '.join(f'https://{host}' for host in players)}" if players else PAGE


def permissions_with(players: Sequence[str]) -> str:
    """The value of Permissions-Policy: none of FEATURES, but for what the players of these hosts need.

    A page can grant only what it is itself allowed.
    """
    allowed = " ".join(["self", *(f'"https://{host}"' for host in players)]) if players else ""
    return ", ".join(f"{feature}=({allowed if feature in PLAYING else ''})" for feature in FEATURES)


def headers_with(players: Sequence[str]) -> dict[str, str]:
    """The headers that every file has besides, on a site whose pages may show the players of these hosts."""
    return {
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": permissions_with(players),
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }


FOR_ALL = ("photos/", "files/")
FOR_ALL_ORIGINS = "cross-origin"
"""Which folders others may show things from on a page of theirs: feed readers do. All else is for the site's own pages."""
HSTS = "max-age=31536000"
"""Only over TLS, and without includeSubDomains: other hosts of the domain are not ours to promise for."""
