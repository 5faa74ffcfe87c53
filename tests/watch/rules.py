"""What a command may open, change and start, and what of all that it did it may not."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from broadside.config.options import PHOTOS
from tests.repository import PROJECT

PYTHON = (sys.prefix, sys.base_prefix)
SYSTEM = (
    "/usr/lib",
    "/usr/lib64",
    "/lib",
    "/lib64",
    "/usr/local/lib",
    "/usr/share/zoneinfo",
    "/usr/share/locale",
)
"""Libraries, time zones and locales."""
FILES = {
    *(
        "/etc/ld.so.cache",
        "/etc/ld.so.preload",
        "/etc/localtime",
        "/etc/locale.alias",
        "/etc/ssl/openssl.cnf",
    ),
    *("/dev/null", "/dev/urandom", "/dev/tty", "/usr/bin/env"),
    *(
        "/proc/stat",
        "/proc/cpuinfo",
        "/proc/meminfo",
        "/proc/filesystems",
        "/proc/version",
        "/sys/devices/system/cpu/online",
    ),
    *(
        "/sys/devices/system/cpu/possible",
        "/sys/kernel/mm/transparent_hugepage/enabled",
        "/proc/mounts",
    ),
    *("/sys/kernel/mm/transparent_hugepage/hpage_pmd_size", "/proc/sys/vm/overcommit_memory"),
}
"""What the C library, Python, numpy and Pagefind look at as they start."""
FILES |= {
    f"{place}invoke.{kind}"
    for place in ("/etc/", f"{Path.home()}/.")
    for kind in ("yaml", "yml", "json", "py")
}
"""Where invoke looks for the settings that whoever runs it may have; it does so before it knows of
any content.
"""
ABOUT_ITSELF = (
    "maps",
    "cgroup",
    "mountinfo",
    "status",
    "stat",
    "fd",
    "exe",
    "auxv",
    "limits",
    "task",
)
"""What a process may read of itself below /proc, which its environment is not."""


@dataclass(slots=True)
class Rules:
    """The rules for a build of `content` into `output`; `more` are folders that it may read
    besides.
    """

    content: Path
    output: Path
    more: tuple[Path, ...] = ()
    started: set[str] = field(default_factory=set)

    def broken(self, events: Iterable[tuple[str, str, str]]) -> list[str]:
        """Each thing that was done and may not be, once."""
        return sorted(
            {f"{what} {where} ({how})" for what, where, how in events if not self._may(what, where)}
        )

    def _may(self, what: str, where: str) -> bool:
        if what == "read":
            return self._may_read(where)
        if what == "write":
            return self._may_write(where)
        if what == "start":
            self.started.add(Path(where).name)
            return Path(where).name == "pagefind" and is_below(where, sys.prefix)
        if what == "load":
            return where == "None"  # the C library that is loaded already, for renameat2 and prctl
        return (
            what == "net"
            and where.startswith("AF_UNIX, SOCK_")
            and "socketpair" not in where
            and "[" in where
        )

    def _may_read(self, where: str) -> bool:
        folders: list[Path | str] = [
            self.content,
            *self._own(),
            PROJECT,
            *self.more,
            *PYTHON,
            *SYSTEM,
        ]
        if any(is_below(where, folder) for folder in folders) or where in FILES:
            return not is_below(where, PROJECT / ".git")
        parts = where.split("/")
        if parts[1:2] == ["proc"] and len(parts) > 3:
            return (parts[2] == "self" or parts[2].isdigit()) and parts[3] in ABOUT_ITSELF
        return where.startswith(("pipe:", "/sys/fs/cgroup/", "/dev/shm/sem.")) or where in (
            "/",
            "/usr/bin/python3",
        )

    def _may_write(self, where: str) -> bool:
        # the last is made where it is not there yet
        places = ("/dev/null", "/dev/tty", str(PHOTOS.parent))
        if any(is_below(where, folder) for folder in (*self._own(), PHOTOS)) or where in places:
            return True
        # Python keeps what it compiled of our modules and of libraries, each in a folder of that
        # name and nowhere else.
        compiled = "__pycache__" in Path(where).parts and any(
            is_below(where, each) for each in (PROJECT, *PYTHON)
        )
        # The locks of our own workers' queues, which the C library keeps in memory under a name for
        # a blink.
        lock = where.startswith("/dev/shm/") and Path(where).name.startswith(
            ("sem.", "sem_", "mp-")
        )
        return compiled or lock

    def _own(self) -> tuple[Path, Path]:
        return self.output, self.output.with_name(f".{self.output.name}.cache")


def is_below(where: str, folder: Path | str) -> bool:
    """Whether a path is a folder or below it."""
    return where == str(folder) or where.startswith(f"{folder}/")
