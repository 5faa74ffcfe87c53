"""Publishes the signed list of releases, what checks it, and a page about both, if SIGNED_BY names
keys.

The list is in the file that the setting SIGNED_RELEASES names; ./inv sign writes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from broadside.plugin import Page, Plugin, Site, give
from broadside.plugins.manifest.settings import ManifestSettings
from broadside.urls import save_as


class Signed(Struct, frozen=True):
    """What ./inv sign hands to a build: the address that it is for, the list of releases with the
    signature, and the digests of the files of the last one.
    """

    site: str
    releases: str
    files: str


def signed(path: str) -> Signed | None:
    """What is in the file; None if there is none, or it cannot be read."""
    try:
        return msgspec.json.decode(Path(path).read_bytes(), type=Signed)
    except (OSError, ValueError):
        return None


def pages(site: Site) -> Iterator[Page]:
    """The page, the program, the keys, and the list of releases if it is this site's."""
    keys = ManifestSettings.of(site.settings).SIGNED_BY
    if not keys:
        return
    from broadside.plugins.manifest import verify  # what it needs of the web takes long to load

    url = site.urls.own["signed_by"]
    values = {
        "page": site.text_at(url),
        "fingerprints": [verify.fingerprint(key) for key in keys],
        "program": verify.PROGRAM,
    }
    yield Page(save_as(url), "signed_by", values)
    yield Page(verify.PROGRAM, Path(verify.__file__).read_bytes())
    yield Page(verify.KEYS, "".join(f"{key}\n" for key in keys).encode())
    found = signed(ManifestSettings.of(site.settings).SIGNED_RELEASES)
    if found and found.site == site.urls.site:
        yield Page(verify.RELEASES, found.releases.encode())
        yield Page(verify.FILES, found.files.encode())


def register() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(pages=[pages]))
