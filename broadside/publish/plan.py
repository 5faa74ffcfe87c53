"""What to upload, in which order, and what to delete: the same for every target, from two lists of
digests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from broadside.disk import folders_of
from broadside.faults import count
from broadside.publish.headers import FOR_EVER

STAGES = ("assets", "new pages", "changed pages", "lists")
"""Each stage ends before the next begins, so that no page links to a file that is not there yet."""
NEW_PAGES = STAGES.index("new pages")
LISTS = (".xml", ".json", ".txt", ".map", "_redirects")
"""Extensions of files that lead readers or programs to pages: feeds, sitemaps, redirects, entries
of the search index.
"""


class Plan(Struct, frozen=True):
    """`put`: the paths to upload for each of STAGES; `delete`: the paths to delete at the very end,
    pages first.

    `same` counts the files that stay.
    """

    put: tuple[tuple[str, ...], ...]
    delete: tuple[str, ...]
    same: int

    @property
    def all_put(self) -> list[str]:
        """Every path to upload, in order."""
        return [path for stage in self.put for path in stage]

    def __bool__(self) -> bool:
        return bool(self.delete or any(self.put))

    def __str__(self) -> str:
        return (
            f"{count(len(self.all_put), 'file')} to upload, {len(self.delete):,} to delete,"
            f" {self.same:,} unchanged"
        )


def plan(old: Mapping[str, str], new: Mapping[str, str]) -> Plan:
    """The way from a site with the old files to one with the new files; both are path -> digest."""
    stages: list[list[str]] = [[] for _ in STAGES]
    for path in sorted(new):
        if old.get(path) != new[path]:
            stages[_stage(path, path in old)].append(path)
    put = tuple(tuple(sorted(stage, key=_depth)) for stage in stages)
    gone = sorted(old.keys() - new.keys(), key=lambda path: (not path.endswith(".html"), path))
    return Plan(put, tuple(gone), len(new) - sum(map(len, put)))


def _stage(path: str, is_known: bool) -> int:
    if path.startswith((*FOR_EVER, "files/")) or not path.endswith((".html", *LISTS)):
        return 0
    if path.endswith(".html"):
        if is_known:
            return 2
        return 1
    return 3


def _depth(path: str) -> tuple[int, str]:
    """A sort key that puts deeper paths first: stories, then indexes, then the front page."""
    return -path.count("/"), path


def emptied(delete: Iterable[str], new: Mapping[str, str]) -> list[str]:
    """Folders that are empty once the paths are deleted, inner ones first."""
    gone = folders_of(delete) - folders_of(new) - {""}
    return sorted(gone, key=lambda each: -each.count("/"))
