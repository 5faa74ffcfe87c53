"""Index pages of terms, years and months; the archive; the lists of all terms of a kind.

An outlet's own plugin adds an index to site.indexes.

In a Broadside site pages.py makes them, in a plain Pelican site plain.py.
"""

from __future__ import annotations

from broadside.site.plain import is_plain


def register() -> None:
    """Connect to the build, or to that of a plain Pelican site."""
    if is_plain():
        from broadside.plugins.indexes.plain import connect
    else:
        from broadside.plugins.indexes.pages import connect
    connect()
