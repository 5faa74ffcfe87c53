"""Keeps the releases that this machine published or fetched beside the output, so that their digests need not be fetched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from broadside.desk.publish.release import Head, NotARelease, Release, digest_of, read
from broadside.plugins.whole import write_whole

MOST = 10
"""How many releases are kept."""


class KeptReleases(Struct, frozen=True):
    """A folder of releases by their ids. One is believed if its files have the digest with which its id ends."""

    folder: Path

    def keep(self, release: Release) -> Path:
        """Keep a release, and return its file."""
        path = self._path(release.head)
        write_whole(path, release.text())
        for old in sorted(self.folder.glob("*.json"))[:-MOST]:
            if old != path:
                old.unlink()
        return path

    def files(self, head: Head, fetch: Callable[[Path], object]) -> Mapping[str, str]:
        """The digests of a release's files; if the release is not kept here, `fetch` writes it to a path."""
        found = self.of(head)
        if found is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._path(head).unlink(missing_ok=True)
            fetch(self._path(head))
            found = self.of(head)
        return {} if found is None else found

    def of(self, head: Head) -> Mapping[str, str] | None:
        """The digests of a release's files; None if they are not here, or cannot be believed."""
        try:
            files = read(self._path(head).read_bytes()).files
        except (OSError, NotARelease):
            return None
        return files if digest_of(files) == head.site else None

    def _path(self, head: Head) -> Path:
        return self.folder / f"{head.id}.json"
