"""Lists the content folder: its files, their kinds, and those that do not belong there."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, field

from broadside.content.given import FILES as OWN_FILES
from broadside.disk import printable
from broadside.faults import Fault, did_you_mean, quoted
from broadside.front_matter.data import LISTS_OF_DESK
from broadside.media.files import KINDS as FILES
from broadside.slugs import spelled

TOPICS = "topics.yml"
OBLIGATORY = {"sections.yml": "- name: Europe", "story_types.yml": "- name: Analysis"}
"""The lists that every outlet must have, with an example of an entry."""
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".avif")
OTHER_PICTURES = (".heic", ".heif", ".gif", ".tif", ".tiff", ".bmp", ".svg", ".psd")
"""Extensions of pictures that pages do not show, such as the formats of phones."""
LEDGER = "permalinks.txt"
IMPORTED = "imported.jsonl"
DEEPEST = 20
"""How deep folders may be nested; nobody sorts stories so finely, and every level takes room on the
stack.
"""
OF_WORDS = (".doc", ".docx", ".odt", ".pages", ".rtf")
"""Extensions of word processor documents."""
OF_TEXT = (".txt", ".markdown", ".text")
"""Extensions of texts that may be Markdown."""
KINDS = {
    "articles": "story",
    "pages": "page",
    "authors": "author",
    "series": "series",
    "photos": "photo",
    "data": "table",
    "files": "file",
}
"""Folder -> the kind of its files; all but photos, the tables of charts and files are text.

Plugins add theirs.
"""
ENDINGS = {"photos": PICTURES, "data": (".csv",), "files": tuple(FILES)}


class Folder(Struct):
    """The files of a content folder by kind, each a sorted list of relative paths with forward
    slashes.

    `unclaimed` are those that do not belong there.
    """

    root: Path
    files: dict[str, list[str]] = field(
        default_factory=lambda: {
            kind: [] for kind in (*KINDS.values(), "list", "ledger", "imported", "own")
        }
    )
    unclaimed: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def refused(self) -> set[str]:
        """The paths of files with a fault, as texts write them: what names such a file needs no
        fault of its own.
        """
        return {unicodedata.normalize("NFC", fault.path) for fault in self.faults}


def scan(root: Path) -> Folder:
    """List the folder, without following links, so that nothing outside it is opened."""
    folder = Folder(root)
    if fault := _of_all(root):
        folder.faults.append(fault)
        return folder
    same: dict[str, str] = {}
    for path, problem in _walk(root, "", folder.faults):
        if problem:
            folder.faults.append(_fault(path, *problem))
            continue
        unclaimed = _claim(folder, path)
        if unclaimed:
            folder.unclaimed.append(path)
            folder.faults.append(_fault(path, "unclaimed-file", unclaimed, _way_out(path)))
        elif (first := same.setdefault(path.lower(), path)) != path:
            folder.faults.append(_fault(path, *_twin_of(first)))
    for name, entry in OBLIGATORY.items():
        if name not in folder.files["list"]:
            hint = f'it is a list of entries such as "{entry}"'
            folder.faults.append(
                _fault(name, "content-folder", f"the content folder has no {name}", hint)
            )
    for paths in folder.files.values():
        paths.sort()
    return folder


def _of_all(root: Path) -> Fault | None:
    """What is wrong with the folder as a whole, when otherwise every file in it would get a
    fault.
    """
    named, hint = str(root), "name the content folder with --content"
    if not root.is_dir():
        return _fault(named, "content-folder", "there is no such folder", hint)
    if _is_another(root):
        inside = sorted(path.parent.name for path in root.glob("*/sections.yml"))
        if inside:
            hint = f"did you mean {quoted(inside[0])} in it?"
        message = f"this is no content folder: it has none of {', '.join((*OBLIGATORY, *KINDS))}"
        return _fault(named, "content-folder", message, hint)
    return None


def _twin_of(path: str) -> tuple[str, str, str]:
    message = (
        f"its name differs from {quoted(path)} only in capitals: on many computers one replaces the"
        " other"
    )
    return "file-name", message, "rename one of them"


def _is_another(root: Path) -> bool:
    """Whether this is some other folder, where every file would be a fault; an empty one is a new
    outlet's content.
    """
    try:
        names = {name for name in os.listdir(root) if not is_left_over(name)}
    except OSError:  # _walk gives the reason
        return False
    return bool(names) and names.isdisjoint((*LISTS_OF_DESK, *KINDS))


def _fault(path: str, code: str, message: str, hint: str) -> Fault:
    return Fault(path, 0, 0, "error", code, message, hint)


def _walk(
    root: Path, below: str, faults: list[Fault]
) -> Iterator[tuple[str, tuple[str, str, str] | None]]:
    """Each file's path, with a code, message and hint if it cannot be read as a file."""
    try:
        entries = sorted(os.scandir(root / below), key=lambda entry: entry.name)
    except OSError as problem:
        faults.append(
            _fault(
                below,
                "unreadable",
                f"the folder cannot be read ({problem.strerror})",
                "change its permissions",
            )
        )
        return
    for entry in entries:
        path = f"{below}{entry.name}"
        if is_left_over(entry.name):
            continue
        if unnameable := _unnameable(entry.name):
            yield printable(path), unnameable
        elif entry.name.startswith("."):
            yield (
                path,
                (
                    "unclaimed-file",
                    "a file whose name begins with a dot is not read",
                    "rename or delete it",
                ),
            )
        elif entry.is_symlink():
            yield (
                path,
                ("unreadable", "links to other files are not followed", "put the file itself here"),
            )
        elif entry.is_dir() and path.count("/") >= DEEPEST:
            yield (
                path,
                (
                    "unclaimed-file",
                    f"the folder is more than {DEEPEST} folders deep",
                    "move it up, or delete it",
                ),
            )
        elif entry.is_dir():
            yield from _walk(root, path + "/", faults)
        elif not entry.is_file():
            yield path, ("unclaimed-file", "this is a device or a pipe, not a file", "delete it")
        else:
            yield path, None


def is_left_over(name: str) -> bool:
    """Whether editors or systems leave files with this name behind."""
    return (
        name.startswith((".#", "._"))
        or name.endswith(("~", "#"))
        or name in ("Thumbs.db", "desktop.ini")
        or (name.startswith(".") and not name.endswith(".md"))
    )


def _unnameable(name: str) -> tuple[str, str, str] | None:
    """The fault of a name that is not UTF-8, or not composed (NFC), as all texts are once they have
    been read.
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        return "file-name", "the name of the file is not UTF-8", "rename it"
    if unicodedata.is_normalized("NFC", name):
        return None
    stem, ending = os.path.splitext(name)
    message = (
        "the name stores accents separately from their letters, so that no text can name the file"
    )
    # A Mac may decompose accents again, in any name that has some.
    return (
        "file-name",
        message,
        f"rename it to {spelled(stem)}{ending.lower()}, and write that where it is named",
    )


def _way_out(path: str) -> str:
    """A hint for a file that does not belong here."""
    top, ending = path.partition("/")[0], os.path.splitext(path)[1].lower()
    if top == "photos" and ending in OTHER_PICTURES:
        return "export it as JPEG, PNG, WebP or AVIF, or delete it"
    if top not in ENDINGS and ending in OF_WORDS:
        return "paste its text into a file whose name ends in .md, and delete it"
    if top in KINDS and top not in ENDINGS and ending in OF_TEXT:
        return f"rename it to {os.path.splitext(path)[0]}.md"
    return "move or delete it"


def _claim(folder: Folder, path: str) -> str:
    """Put the path in the list of its kind, or return why it has none."""
    top, _, rest = path.partition("/")
    if not rest:
        if path in LISTS_OF_DESK:
            folder.files["list"].append(path)
            return ""
        if path == LEDGER:
            folder.files["ledger"].append(path)
            return ""
        if path == IMPORTED:
            folder.files["imported"].append(path)
            return ""
        if path in [file.name for file in OWN_FILES]:
            folder.files["own"].append(path)
            return ""
        if path.lower() in ("readme.md", "license", "licence", "license.txt"):
            return ""
        if path.endswith((".yml", ".yaml")):
            return (
                f"{quoted(path)} is not a file that belongs here;"
                f" {did_you_mean(path, LISTS_OF_DESK)}"
            )
        return "a file is beside the folders, where nothing reads it"
    if top not in KINDS:
        return f"the folder {quoted(top)} does not belong here; {did_you_mean(top, KINDS)}"
    ending = os.path.splitext(path)[1]
    ending, known = (ending.lower(), ENDINGS[top]) if top in ENDINGS else (ending, (".md",))
    if ending not in known:
        return f"{quoted(os.path.basename(path))} does not end in {', '.join(known)}"
    folder.files[KINDS[top]].append(path)
    return ""
