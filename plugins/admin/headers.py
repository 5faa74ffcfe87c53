"""What a browser is told that the editor's page may do. Readers' pages have a stricter policy of their own."""

from __future__ import annotations

FOLDER = "admin/"
ANY_FORGE = "https:"


def policy(forge: str) -> str:
    """The content security policy, with the origin of the forge's API.

    The page says it itself, since a bucket or a forge's pages send no such header. Servers send it with ANY_FORGE: then it stays
    right when the setting changes, and a browser keeps to both.
    """
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' blob: data:; "
        f"media-src 'self' blob:; connect-src 'self' blob: data: {forge}; form-action 'none'; base-uri 'none'; "
        "require-trusted-types-for 'script'; trusted-types default svelte-trusted-html dompurify"
    )


SENT = f"{policy(ANY_FORGE)}; frame-ancestors 'none'"
"""What servers send; only a header can forbid frames."""
OPENER = "unsafe-none"
"""The value of Cross-Origin-Opener-Policy: signing in at a forge happens in a window that tells this page of it."""
