"""What a browser is told that a page may do, which is no more than it needs. Tests compare docs and budgets with this."""

from __future__ import annotations

from collections.abc import Mapping

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
HEADERS: Mapping[str, str] = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES),
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
"""The headers that every file has besides."""
FOR_ALL = ("photos/", "files/")
FOR_ALL_ORIGINS = "cross-origin"
"""Which folders others may show things from on a page of theirs: feed readers do. All else is for the site's own pages."""
HSTS = "max-age=31536000"
"""Only over TLS, and without includeSubDomains: other hosts of the domain are not ours to promise for."""
