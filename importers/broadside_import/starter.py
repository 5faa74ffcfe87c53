"""What `broadside init` wrote into an outlet and nobody has edited: an archive that moves in takes its place."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct, field

from broadside.importer import COMMIT, Content, GitFailed, git, record_names


class Starter(Struct):
    """The paths of such files, and which of them may go when an archive moves in."""

    paths: frozenset[str] = frozenset()
    pages: dict[str, str] = field(default_factory=dict)
    """The address of each page, by its path: a page goes if something of the archive takes its address."""
    gone: list[str] = field(default_factory=list)
    """Stories, and authors of nothing else."""
    sections: frozenset[str] = frozenset()
    """The names of sections in which nothing else is."""


def found(content: Content) -> Starter:
    """What init wrote into this content folder and nobody has edited, as far as nothing else needs it."""
    paths = _untouched(content.root)
    urls = content.addresses.urls_of
    pages = {path: urls[path] for path in content.folder.files["page"] if path in paths and path in urls}
    if content.folder.files["ledger"]:  # readers know the rest
        return Starter(paths, pages)
    others = [story for story in content.stories if story.path not in paths]
    authors = {name for story in others for name in record_names(story, "authors")}
    gone = [path for path in content.folder.files["story"] if path in paths]
    gone += [each.path for each in content.authors if each.path in paths and each.data.name not in authors]
    sections = frozenset[str]()
    if "sections.yml" in paths and "front_page.yml" not in content.folder.files["list"]:
        named = {name for story in others for name in record_names(story, "sections")}
        sections = frozenset(content.lists.slugs_of_sections.keys() - named)
    return Starter(paths, pages, gone, sections)


def _untouched(root: Path) -> frozenset[str]:
    """The paths of files below a folder that are as they were in the outlet's first commit, which init made."""
    try:
        first = git(root, "rev-list", "--max-parents=0", "HEAD").decode().split()
        if len(first) != 1 or not git(root, "log", "-1", "--format=%s", first[0]).decode().rstrip().endswith(COMMIT):
            return frozenset()
        written = git(root, "ls-tree", "-r", "-z", "--name-only", first[0], "--", ".")
        changed = git(root, "diff", "-z", "--name-only", "--no-renames", "--relative", first[0], "--", ".")
    except GitFailed:
        return frozenset()
    return frozenset(written.decode("utf-8", "replace").split("\0")[:-1]) - {
        *changed.decode("utf-8", "replace").split("\0")
    }
