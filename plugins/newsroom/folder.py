"""The content folder: which files it has, what each is for, and which have no place there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from plugins.faults import Fault, did_you_mean, quoted

LISTS = ("sections.yml", "story_types.yml", "front_page.yml")
OBLIGATORY = ("sections.yml", "story_types.yml")
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".avif")
FOLDERS = {"articles": (".md",), "pages": (".md",), "authors": (".md",), "photos": PICTURES}
KINDS = {"articles": "story", "pages": "page", "authors": "author", "photos": "photo"}


@dataclass(slots=True)
class Folder:
    """The files of a content folder by kind, each as a sorted list of paths relative to it, with forward slashes."""

    root: Path
    files: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in (*KINDS.values(), "list")})
    faults: list[Fault] = field(default_factory=list)


def scan(root: Path) -> Folder:
    """List the folder; links are never followed, so that nothing outside it is ever opened."""
    folder = Folder(root)
    if not root.is_dir():
        folder.faults.append(Fault(str(root), 0, 0, "error", "content-folder", "there is no such folder", "name the content folder with --content"))
        return folder
    for path, is_link in _walk(root, ""):
        problem = "link" if is_link else _claim(folder, path)
        if problem == "link":
            folder.faults.append(Fault(path, 0, 0, "error", "symlink", "links to other files are not followed", "put the file itself here"))
        elif problem:
            folder.faults.append(Fault(path, 0, 0, "error", "unclaimed-file", problem, "move or delete it"))
    for name in OBLIGATORY:
        if name not in folder.files["list"]:
            folder.faults.append(Fault(name, 0, 0, "error", "missing-file", f"the content folder has no {name}", 'it is a list of entries such as "- name: Europe"'))
    for paths in folder.files.values():
        paths.sort()
    return folder


def _walk(root: Path, below: str) -> Iterator[tuple[str, bool]]:
    with os.scandir(root / below) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            path = f"{below}{entry.name}"
            if entry.name.startswith(".") or entry.name.endswith(("~", "#")) or entry.name == "Thumbs.db":
                continue
            if entry.is_symlink():
                yield path, True
            elif entry.is_dir():
                yield from _walk(root, path + "/")
            else:
                yield path, False


def _claim(folder: Folder, path: str) -> str:
    """File the path under its kind, or say why it has none."""
    top, _, rest = path.partition("/")
    if not rest:
        if path in LISTS:
            folder.files["list"].append(path)
            return ""
        if path.lower() in ("readme.md", "license", "licence", "license.txt"):
            return ""
        if path.endswith((".yml", ".yaml")):
            return f"{quoted(path)} is not a file that is known here; {did_you_mean(path, LISTS)}"
        return "a file stands beside the folders, where nothing reads it"
    if top not in FOLDERS:
        return f"the folder {quoted(top)} is not one that is known here; {did_you_mean(top, FOLDERS)}"
    ending = os.path.splitext(path)[1]
    if top == "photos":
        ending = ending.lower()
    if ending not in FOLDERS[top]:
        return f"{quoted(os.path.basename(path))} does not end in {', '.join(FOLDERS[top])}"
    folder.files[KINDS[top]].append(path)
    return ""
