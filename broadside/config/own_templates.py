"""An outlet's own templates: copied from the engine's with a stamp, and compared with the engine's
present ones.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from broadside import __version__
from broadside.disk import write_whole
from broadside.faults import Fault, did_you_mean
from broadside.folders import ENGINE

TEMPLATES = ENGINE / "theme" / "templates"
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


def names(templates: Path = TEMPLATES) -> list[str]:
    """The engine's templates."""
    return sorted(
        path.relative_to(templates).as_posix() for path in templates.rglob("*") if path.is_file()
    )


def named(written: str) -> str:
    """The engine's template meant by a name or a part of it, such as colophon."""
    known = names()
    for name in (written, f"{written}.html", f"components/{written}.html"):
        if name in known:
            return name
    raise NotCopied(
        f'The engine has no template "{written}";'
        f" {did_you_mean(written, known) or './inv template lists them'}"
    )


def copy(name: str, own: Path) -> Path:
    """Copy one of the engine's templates into an outlet's own folder, stamped, and return its path
    there.
    """
    wanted = named(name)
    path = own / wanted
    if path.exists():
        raise NotCopied(f"{path} is there already; delete it first if you want the engine's")
    text = (TEMPLATES / wanted).read_text("utf-8")
    stamp = f"{{# From Broadside {__version__}, {wanted}, {digest(text)} #}}"
    write_whole(path, f"{stamp}\n{text}".encode())
    return path


def owned(own: Path, known: list[str]) -> Iterator[Own]:
    """The outlet's templates that replace the engine's."""
    for name in known:
        path = own / name
        if path.is_file():
            stamp = STAMP.match(path.read_text("utf-8", errors="replace"))
            yield Own(
                path, name, stamp["version"] if stamp else "", stamp["digest"] if stamp else ""
            )


def stale(own: Path) -> Iterator[Fault]:
    """A warning for each copy of a template that has changed in this engine."""
    for template in owned(own, names()):
        now = digest((TEMPLATES / template.name).read_text("utf-8"))
        if template.origin and template.origin != now:
            yield Fault(
                str(template.path),
                1,
                1,
                "warning",
                "stale-template",
                f"this copy is of Broadside {template.version}, and {template.name} of"
                f" {__version__} is another",
                f"see what changed with ./inv template {template.name} --diff, and then write"
                f" {__version__} and {now} in this line",
            )


def difference(before: str, after: str, names: tuple[str, str]) -> str:
    """What differs between two templates, in the form of diff -u."""
    lines = difflib.unified_diff(before.splitlines(True), after.splitlines(True), *names)
    return "".join(lines)
