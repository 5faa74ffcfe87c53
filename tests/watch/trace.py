"""What a command does as the kernel sees it: strace's lines of a command and of all that it
starts.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

TRACED = (
    *(
        "open",
        "openat",
        "openat2",
        "creat",
        "mkdir",
        "mkdirat",
        "rename",
        "renameat",
        "renameat2",
        "link",
        "linkat",
    ),
    *(
        "symlink",
        "symlinkat",
        "unlink",
        "unlinkat",
        "rmdir",
        "truncate",
        "ftruncate",
        "chmod",
        "fchmod",
        "fchmodat",
    ),
    *(
        "chown",
        "lchown",
        "fchown",
        "fchownat",
        "utime",
        "utimes",
        "futimesat",
        "utimensat",
        "mknod",
        "mknodat",
    ),
    *(
        "setxattr",
        "lsetxattr",
        "fsetxattr",
        "mount",
        "umount2",
        "chroot",
        "execve",
        "execveat",
        "socket",
        "socketpair",
    ),
    *(
        "connect",
        "bind",
        "listen",
        "accept",
        "accept4",
        "ptrace",
        "process_vm_readv",
        "memfd_create",
        "io_uring_setup",
    ),
)
"""The system calls that open, change, start, or talk to somebody."""
LINE = re.compile(
    r"(?:\[pid +)?(?P<pid>\d+)\]? +(?P<call>\w+)\((?P<args>.*)\) +="
    r" (?P<result>-?\d+|\?)(?:<(?P<real>.*)>)?.*"
)
PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)<(?P<folder>[^>]*)>, )?"(?P<path>(?:[^"\\]|\\.)*)"')
OPENS = ("open", "openat", "openat2", "creat")
TALKS = (
    "socket",
    "socketpair",
    "connect",
    "bind",
    "listen",
    "accept",
    "accept4",
    "ptrace",
    "process_vm_readv",
)


def command(log: Path, words: list[str]) -> list[str]:
    """The command under strace, which writes into the log."""
    calls = f"trace=?{',?'.join(TRACED)}"
    return [
        *"strace -f --seccomp-bpf -y -qq -s 8192 -e".split(),
        calls,
        "-e",
        "signal=none",
        "-o",
        str(log),
        *words,
    ]


def events(log: Path) -> Iterator[tuple[str, str, str]]:
    """What each call that succeeded did ("read", "write", "start", "net"), to what, and the
    call.
    """
    for line in whole_lines(log.read_text("utf-8", "replace")):
        match = LINE.fullmatch(line)
        if match is None or match["result"].startswith("-"):
            continue
        call, args = match["call"], match["args"]
        if call in OPENS:
            writes = call == "creat" or re.search(r"\bO_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND)\b", args)
            # Of a process that was killed in the call, as we kill Pagefind, nobody knows what it
            # was given.
            yield (
                "write" if writes else "read",
                plain(match["real"] or next(paths(args), args)),
                call,
            )
        elif call in ("execve", "execveat"):
            yield "start", next(paths(args)), call
        elif call in TALKS:
            yield "net", args, call
        else:
            for path in (
                [*paths(args)][-1:] if call.startswith("symlink") else paths(args)
            ):  # a link's target stays as it is
                yield "write", path, call


def whole_lines(text: str) -> Iterator[str]:
    """The lines, with those put together that strace broke off because another process was heard in
    between.
    """
    begun: dict[str, str] = {}
    for line in text.splitlines():
        pid = line.split(" ", 1)[0]
        if line.endswith(" <unfinished ...>"):
            begun[pid] = line.removesuffix(" <unfinished ...>")
        elif " resumed>" in line:
            yield begun.pop(pid, "") + line.partition(" resumed>")[2]
        else:
            yield line


def paths(args: str) -> Iterator[str]:
    """The paths of a call's arguments, each with the folder that it is below; one that says no
    folder stays as it is.
    """
    found = False
    for match in PATH.finditer(args):
        found = True
        whole = os.path.join(match["folder"] or "", plain(match["path"]))
        head, tail = os.path.split(os.path.abspath(whole))
        yield os.path.join(os.path.realpath(head), tail) if os.path.isabs(whole) else whole
    if not found:  # a call on a descriptor, such as ftruncate(3</a/b>, 0)
        yield from (plain(each) for each in re.findall(r"\d+<(/[^>]*)>", args)[:1])


def plain(text: str) -> str:
    """The text without strace's escapes."""
    return re.sub(r"\\([0-7]{1,3}|.)", lambda match: _char(match[1]), text)


def _char(code: str) -> str:
    return (
        chr(int(code, 8)) if code.isdigit() else {"n": "\n", "t": "\t", "r": "\r"}.get(code, code)
    )
