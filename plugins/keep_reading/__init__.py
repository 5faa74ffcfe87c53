"""Cuts each story of a stream where a reader may want to stop, between whole blocks, so that no
quotation loses its source.

In a Broadside site openings.py adds the filter `cut`, which takes a story and its number in the
stream, and returns its opening and the rest; in a plain Pelican site plain.py gives articles both,
as `teaser_html` and `rest_html`. Templates show the rest in a <details> element, so that nothing
needs JavaScript.
"""

from __future__ import annotations

from broadside.site.plain import is_plain


def register() -> None:
    """Connect to the build, or to that of a plain Pelican site."""
    if is_plain():
        from broadside.plugins.keep_reading.plain import connect
    else:
        from broadside.plugins.keep_reading.openings import connect
    connect()
