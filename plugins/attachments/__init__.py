"""Publishes the files that stories link to: each is copied, unchanged, to its address below files/.

A file is not published unless something that readers can see links to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from broadside.plugin import Page, Plugin, Site, give
from broadside.site import Copied


def pages(site: Site) -> Iterator[Page]:
    """The published files."""
    content = site.content
    for path in sorted(content.addresses.files_out):
        yield Page(
            content.addresses.files[path],
            Copied(f"{content.root}/{path}", content.files[path].digest),
        )


def register() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(pages=[pages]))
