"""An outlet's own templates: copied from the engine's with a stamp, and compared with the engine's
present ones.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from broadside import __version__
from broadside.disk import write_whole
from broadside.faults import Fault, did_you_mean
from broadside.folders import ENGINE
from broadside.parts import folders

STAMP = re.compile(
    r"\{# From Broadside (?P<version>\S+), (?P<name>\S+), (?P<digest>[0-9a-f]{12}) #\}"
)


class NotCopied(Exception):
    """A template was not copied; the message says why."""


class Own(Struct, frozen=True):
    """An outlet's own template: its file, its name, and the version and digest of the engine's
    template that it copies, or "".
    """

    path: Path
    name: str
    version: str
    origin: str


def digest(text: str) -> str:
    """The digest of an engine's template, as used in stamps."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def known() -> dict[str, Path]:
    """The templates of the engine and of plugins by their names; those of a plugin begin with
    its own.
    """
    found = _below(ENGINE / "theme" / "templates")
    for folder in folders("templates"):
        found |= _below(folder, f"{folder.parent.name}/")
    return dict(sorted(found.items()))


def _below(folder: Path, prefix: str = "") -> dict[str, Path]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {f"{prefix}{path.relative_to(folder).as_posix()}": path for path in files}


def named(written: str, known: Iterable[str]) -> str:
    """The template meant by a name or a part of it, such as colophon."""
    for name in (written, f"{written}.html", f"components/{written}.html"):
        if name in known:
            return name
    raise NotCopied(
        f'The engine has no template "{written}";'
        f" {did_you_mean(written, known) or './inv template lists them'}"
    )


def copy(name: str, own: Path) -> Path:
    """Copy a template into an outlet's own folder, stamped, and return its path there."""
    templates = known()
    wanted = named(name, templates)
    path = own / wanted
    if path.exists():
        raise NotCopied(f"{path} is there already; delete it first if you want the engine's")
    text = templates[wanted].read_text("utf-8")
    stamp = f"{{# From Broadside {__version__}, {wanted}, {digest(text)} #}}"
    write_whole(path, f"{stamp}\n{text}".encode())
    return path


def owned(own: Path) -> Iterator[Own]:
    """The outlet's templates."""
    for path in sorted(path for path in own.rglob("*") if path.is_file()):
        stamp = STAMP.match(path.read_text("utf-8", errors="replace"))
        version, origin = (stamp["version"], stamp["digest"]) if stamp else ("", "")
        yield Own(path, path.relative_to(own).as_posix(), version, origin)


def stale(own: Path) -> Iterator[Fault]:
    """A warning for each copy of a template that this engine has changed, or no longer has."""
    templates = known()
    for template in owned(own):
        if not template.origin:
            continue
        if template.name not in templates:
            yield _stale(
                template, f"{__version__} has no {template.name}", "./inv template lists all names"
            )
            continue
        now = digest(templates[template.name].read_text("utf-8"))
        if template.origin != now:
            yield _stale(
                template,
                f"{template.name} of {__version__} is another",
                f"see what changed with ./inv template {template.name} --diff, and then write"
                f" {__version__} and {now} in this line",
            )


def _stale(template: Own, now: str, hint: str) -> Fault:
    message = f"this copy is of Broadside {template.version}, and {now}"
    return Fault(str(template.path), 1, 1, "warning", "stale-template", message, hint)


def difference(before: str, after: str, names: tuple[str, str]) -> str:
    """What differs between two templates, in the form of diff -u."""
    lines = difflib.unified_diff(before.splitlines(True), after.splitlines(True), *names)
    return "".join(lines)
