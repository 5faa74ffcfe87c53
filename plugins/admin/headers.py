"""The security headers of the editor's page. Readers' pages have a stricter policy of their own."""

from __future__ import annotations

from broadside.plugin import FolderHeaders

ANY_FORGE = "https:"


def policy(forge: str) -> str:
    """The content security policy, with the origin of the forge's API.

    The page contains it too, because buckets and forges' pages send no such header. Servers send it
    with ANY_FORGE, which stays right when the setting changes; a browser obeys both.
    """
    return (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self';"
        " img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self' blob: data:"
        f" {forge}; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script';"
        " trusted-types default svelte-trusted-html dompurify"
    )


SENT = FolderHeaders(
    "admin/",
    f"{policy(ANY_FORGE)}; frame-ancestors 'none'",
    # Signing in at a forge opens a window that must send this page a message.
    opener="unsafe-none",
)
"""What servers send; only a header can forbid frames."""
