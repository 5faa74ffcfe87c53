"""Publishes the files that stories link to: each is copied, unchanged, to its address below files/.

A file is not published unless something that readers can see links to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from broadside.site import Copied, Page, Site, signals


def pages(site: Site) -> Iterator[Page]:
    """The published files."""
    content = site.content
    for path in sorted(content.addresses.files_out):
        yield Page(content.addresses.files[path], Copied(f"{content.root}/{path}", content.files[path].digest))


def register() -> None:
    """Connect to the build."""
    signals.pages.connect(pages)
