"""Faults: what is wrong with a source file, where, and what to do about it.

All code that reads or checks sources reports faults, so that all messages have the same form,
whatever went wrong, and a writer sees all messages of a run together.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import starmap
from typing import Literal

from msgspec import Struct
from msgspec.structs import asdict, replace

Severity = Literal["error", "warning"]
LIKENESS = 0.6
"""The least similarity, between 0 and 1, of a name that a word may be meant as."""
SLIP = 0.8
"""The least similarity of a name that differs from a word by one letter."""
FEW = 12
"""So many known words a hint lists at most."""
QUOTED = 60
"""How many letters of a value a message shows."""
FORMATS = ("text", "json", "github", "gitlab")
OF_ONE_CAUSE = frozenset(
    "broken-link file-missing photo-missing same-name unknown-key unknown-name unknown-section"
    " unpublished".split()
)
"""Codes of faults whose message names what is wrong: the same message in several files has one
cause.
"""
PLACES = 5
"""How many further places a fault of several files names."""


class Fault(Struct, frozen=True, order=True):
    """Something that is wrong in one place.

    `path` is as the user gave it. `line` and `column` count from 1. Line 0 means the whole file,
    which is shown as its first line, so that programs that parse messages find every one.
    """

    path: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        tail = ""
        if self.hint:
            tail = f"; {self.hint}"
        return one_line(
            f"{self.path}:{self.line or 1}: {self.severity}: {self.code}: {self.message}{tail}"
        )

    def at(self, path: str) -> Fault:
        """The same fault with its path as the user knows it."""
        return replace(self, path=path)


class FaultsFound(Exception):
    """The content has errors, so nothing may be published; the exception carries every fault of the
    run.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = sorted(set(faults))
        errors = count(errors_in(self.faults), "error")
        super().__init__("\n".join([*map(str, self.faults), f"{errors}; nothing was published"]))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.faults,), vars(self)


class SiteFailed(Exception):
    """No site can be made with these settings, this theme or on this machine; the message says why.

    Plugins have subclasses.
    """


class KeyRefused(SiteFailed):
    """A plugin of the outlet tries to add an impossible key to the front matter."""


def grouped(faults: Iterable[Fault]) -> list[Fault]:
    """The faults, those of one cause in several files as one, at the first, which says where the
    others are.
    """
    found: dict[object, list[Fault]] = {}
    for fault in sorted(set(faults)):
        cause: object = fault
        if fault.code in OF_ONE_CAUSE:
            cause = (fault.severity, fault.code, fault.message, fault.hint)
        alike = found.setdefault(cause, [])
        if alike and fault.path == alike[0].path:
            found[fault] = [fault]
        else:
            alike.append(fault)
    return sorted(starmap(_with_more, found.values()))


def _with_more(fault: Fault, *others: Fault) -> Fault:
    if not others:
        return fault
    places = [f"{each.path}:{each.line or 1}" for each in others]
    more = ", ".join(places[:PLACES])
    if len(places) > PLACES:
        more += f" and {count(len(places) - PLACES, 'more place')} (./inv check --all)"
    return replace(fault, message=f"{fault.message}, and so at {more}")


def internal(path: str, problem: Exception) -> Fault:
    """The fault of a file at which our own code failed; the writer can only report it."""
    message = f"Broadside failed while it read this file: {culprit(problem)}"
    hint = "this is a mistake in Broadside, not one of yours; please report it, with the file"
    return Fault(path, 0, 0, "error", "internal", message, hint)


def culprit(problem: BaseException) -> str:
    """An exception and where it was raised, in one line."""
    place = arose(problem)
    return f"{type(problem).__name__}: {str(problem)[-300:]}{f' at {place}' if place else ''}"


def arose(problem: BaseException) -> str:
    """The file and line where an exception was raised, or ""; one from another process carries its
    own.
    """
    trace = problem.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = ""
    if trace:
        place = f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
    return str(vars(problem).get("arose", place))


def errors_in(faults: Iterable[Fault]) -> int:
    """How many of the faults stop a build."""
    return sum(fault.severity == "error" for fault in faults)


def count(number: int, word: str) -> str:
    """A number and its noun: "1 error", "2 errors"; "story" becomes "stories", and "day" "days"."""
    if re.search("[^aeo]y$", word):
        plural = word[:-1] + "ies"
    else:
        plural = word + "s"
    return f"{number:,} {word if number == 1 else plural}"


def one_line(text: str) -> str:
    """The text with control and direction characters made visible, so that a message cannot
    disguise itself.
    """
    return "".join(
        c if unicodedata.category(c) not in ("Cc", "Cf", "Zl", "Zp") else f"\\u{ord(c):04x}"
        for c in text
    )


def quoted(value: object) -> str:
    """The value in double quotes, cut to fit on a line."""
    text = str(value)
    if len(text) > QUOTED:
        return f'"{text[: QUOTED - 1]}…"'
    return f'"{text}"'


def did_you_mean(word: str, known: Iterable[str], likeness: float = LIKENESS) -> str:
    """A hint that names the known word nearest to `word`, or all known words if they are few."""
    names = sorted(set(known))
    if meant := nearest(word, names, likeness):
        return f"did you mean {quoted(meant)}?"
    if 0 < len(names) <= FEW:
        return f"known: {', '.join(names)}"
    return ""


def nearest(word: str, known: Iterable[str], likeness: float = LIKENESS) -> str:
    """The known word that is most like `word`, or "" if none is; of paths and addresses, only the
    last parts are compared.

    Case and accents are ignored, so "analisis" finds "Análisis".
    """
    names = {_bare(name): name for name in known}
    close = difflib.get_close_matches(_bare(word), names, n=1, cutoff=likeness)
    if close:
        return names[close[0]]
    return ""


def _bare(word: str) -> str:
    last = word.rstrip("/").rpartition("/")[2]
    return "".join(
        c for c in unicodedata.normalize("NFKD", last.casefold()) if not unicodedata.combining(c)
    )


def render(faults: Iterable[Fault], form: str, sources: dict[str, str] | None = None) -> str:
    """All faults as lines of text, a JSON list, GitHub workflow annotations, or a GitLab code
    quality report.

    With `sources` (path to the file's text), text output shows the line under each fault.
    """
    ordered = sorted(set(faults))
    if form == "json":
        rows = [asdict(fault) | {"line": fault.line or 1} for fault in ordered]
        return json.dumps(rows, ensure_ascii=False, indent=1)
    if form == "gitlab":
        return json.dumps([_finding(fault) for fault in ordered], ensure_ascii=False, indent=1)
    if form == "github":
        return "\n".join(map(_annotation, ordered))
    return "\n".join(str(fault) + _excerpt(fault, sources or {}) for fault in ordered)


def _excerpt(fault: Fault, sources: dict[str, str]) -> str:
    source = sources.get(fault.path, "")
    # str.splitlines would break at other characters too, and count more lines
    lines = re.split("\r\n?|\n", source)
    if not source or not 0 < fault.line <= len(lines):
        return ""
    start = max(0, fault.column - 80)
    line = lines[fault.line - 1][start : start + 120]
    words = line.lstrip("\t")
    shown = one_line("→" * (len(line) - len(words)) + words.replace("\t", " "))
    gutter = f"{fault.line:>5} | "
    caret = ""
    if fault.column:
        caret = "\n" + " " * 5 + " | " + " " * (fault.column - 1 - start) + "^"
    return f"\n{gutter}{shown}{caret}"


def _annotation(fault: Fault) -> str:
    def escape(text: str, extra: str = "") -> str:
        for char in "%\r\n" + extra:
            text = text.replace(char, f"%{ord(char):02X}")
        return text

    place = f"file={escape(fault.path, ':,')},line={fault.line or 1}" + (
        f",col={fault.column}" if fault.column else ""
    )
    tail = ""
    if fault.hint:
        tail = f"; {fault.hint}"
    return (
        f"::{fault.severity}"
        f" {place},title={escape(fault.code, ':,')}::{escape(fault.message + tail)}"
    )


def _finding(fault: Fault) -> dict[str, object]:
    """A fault in the form of https://docs.gitlab.com/ci/testing/code_quality/."""
    words = one_line(fault.message + (f"; {fault.hint}" if fault.hint else ""))
    return {
        "description": words,
        "check_name": fault.code,
        "fingerprint": hashlib.sha256(repr(fault).encode("utf-8", "surrogateescape")).hexdigest(),
        "severity": "critical" if fault.severity == "error" else "minor",
        "location": {"path": fault.path, "lines": {"begin": fault.line or 1}},
    }
