"""The corpus of faults: one file for each, with the sources that have it and the messages that a
writer must get.

A file's first line says what is wrong. "expect PATH:LINE SEVERITY CODE PART" gives a fault that
must be reported, with a part of its message or hint, and no other may be (LINE may be *: any).
"==== PATH" starts a source below the content folder; CASE stands for the file's own name. After the
path, "-> TARGET" makes a link of it, "(escaped)" has the escapes of Python, for bytes that an
editor would not keep, and "(times N)" repeats what stands between two @@, with NUMBER counting. A
case with the line "alone" spoils the folder for the others and is read by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from broadside.faults import Fault
from tests.sample import Outlet

FOLDER = Path(__file__).parent
EXPECT = re.compile(
    r"expect (?P<path>\S+):(?P<line>\d+|\*) (?P<severity>error|warning) (?P<code>\S+?)(?:"
    r" (?P<part>.*))?"
)
SOURCE = re.compile(
    r"==== (?P<path>\S+)(?: -> (?P<link>\S+))?(?: \((?P<how>escaped|times (?P<times>\d+))\))?"
)


@dataclass(frozen=True, slots=True)
class Expected:
    """A fault that must be reported."""

    path: str
    line: str
    severity: str
    code: str
    part: str

    def is_it(self, fault: Fault) -> bool:
        """Whether the fault is the one."""
        same = (fault.path, fault.severity) == (self.path, self.severity) and fault.code.startswith(
            self.code
        )
        return (
            same
            and self.line in ("*", str(fault.line or 1))
            and self.part in f"{fault.message}; {fault.hint}"
        )


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the content folder, or a link there."""

    path: str
    data: bytes
    link: str = ""

    def write(self, content: Path) -> None:
        """Put it into a content folder."""
        file = content / self.path
        file.parent.mkdir(parents=True, exist_ok=True)
        if self.link:
            file.symlink_to(self.link)
        else:
            file.write_bytes(self.data)


@dataclass(frozen=True, slots=True)
class Case:
    """One file of the corpus."""

    name: str
    what: str
    alone: bool
    expected: Sequence[Expected]
    sources: Sequence[Source]


def read(file: Path) -> Case:
    """A case from its file."""
    head, *sources = re.split(r"(?m)^(?===== )", file.read_text("utf-8").replace("CASE", file.stem))
    what, *lines = head.splitlines()
    wanted = [line for line in lines if line != "alone"]
    matches = [EXPECT.fullmatch(line) for line in wanted]
    assert all(matches), f"{file.name}: a line cannot be read"
    expected = [
        Expected(m["path"], m["line"], m["severity"], m["code"], m["part"] or "")
        for m in matches
        if m
    ]
    return Case(file.stem, what, "alone" in lines, expected, [_source(text) for text in sources])


def _source(text: str) -> Source:
    head, _, body = text.partition("\n")
    match = SOURCE.fullmatch(head)
    assert match is not None, head
    if match["how"] == "escaped":
        data = body.removesuffix("\n").encode("ascii").decode("unicode_escape").encode("latin-1")
    elif match["times"]:
        before, part, after = body.split("@@")
        data = (
            before
            + "".join(part.replace("NUMBER", str(n)) for n in range(int(match["times"])))
            + after
        ).encode()
    else:
        data = body.encode()
    return Source(match["path"], data, match["link"] or "")


def cases() -> list[Case]:
    """All of the corpus."""
    return [read(file) for file in sorted(FOLDER.glob("*.txt"))]


def outlet(path: Path) -> Outlet:
    """An outlet without faults, into which cases are put."""
    made = Outlet(path)
    made.story("base", date="2026-11-01T09:00")
    made.page("about")
    made.photo()
    return made


def difference(
    expected: Iterable[Expected], faults: Iterable[Fault]
) -> tuple[list[str], list[str]]:
    """Faults that were expected and are not reported, and those that are reported and were not
    expected.
    """
    left = list(faults)
    missing = []
    for wanted in expected:
        found = next((fault for fault in left if wanted.is_it(fault)), None)
        if found is None:
            missing.append(str(wanted))
        else:
            left.remove(found)
    return missing, [str(fault) for fault in left]
