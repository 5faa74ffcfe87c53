"""Runs invoke with an audit hook, which notes each file that Python opens, and all that it changes or starts.

python -P hook.py LOG invoke's own arguments. Forked children have the hook too, and note into the same file. A path is
noted as it leads at that moment, links and descriptors of folders resolved.
"""

import json
import os
import runpy
import sys
from typing import Any

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# Event -> where its paths stand among its arguments, and where the descriptors of the folders that they are below.
CHANGES: dict[str, list[tuple[int, int | None]]] = {
    "os.chmod": [(0, 2)],
    "os.chown": [(0, 3)],
    "os.chflags": [(0, None)],
    "os.link": [(0, 2), (1, 3)],
    "os.lockf": [],
    "os.mkdir": [(0, 2)],
    "os.mkfifo": [(0, None)],
    "os.mknod": [(0, None)],
    "os.remove": [(0, 1)],
    "os.rename": [(0, 2), (1, 3)],
    "os.rmdir": [(0, 1)],
    "os.setxattr": [(0, None)],
    "os.symlink": [(1, 2)],
    "os.truncate": [(0, None)],
    "os.utime": [(0, 3)],
}
LISTS = ("os.listdir", "os.scandir")
STARTS = ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "pty.spawn", "os.startfile")


def place(path: Any, folder: Any = None, follow: bool = False) -> str:
    """Where a path leads; of a path that is to be changed only its folder is followed."""
    if isinstance(path, int):
        return os.readlink(f"/proc/self/fd/{path}")
    name: str = os.fsdecode(path if path is not None else ".")
    if isinstance(folder, int) and folder >= 0:
        name = os.path.join(os.readlink(f"/proc/self/fd/{folder}"), name)
    if follow:
        return os.path.realpath(name)
    head, tail = os.path.split(os.path.abspath(name))
    return os.path.join(os.path.realpath(head), tail)


def noted(event: str, args: tuple[Any, ...]) -> list[tuple[str, str]]:
    """What an event does ("read", "write", "start", "net", "load"), and to what."""
    if event == "open":
        path, _, flags = args
        if isinstance(path, int):
            return []
        if not flags & WRITING and not os.path.isabs(os.fsdecode(path)) and not os.path.lexists(path):
            return []  # shutil walks down by descriptors, which the event does not name; strace sees these too
        return [("write" if flags & WRITING else "read", place(path, follow=True))]
    if event in LISTS:
        return [("read", place(args[0], follow=True))]
    if event in CHANGES:
        return [("write", place(args[at], args[below] if below is not None else None)) for at, below in CHANGES[event]]
    if event in STARTS:
        return [("start", str(args[0]))]
    if event.startswith("socket."):
        return [("net", event)]
    if event == "ctypes.dlopen":
        return [("load", str(args[0]))]
    return []


def main(log: str, *arguments: str) -> None:
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    busy = False

    def hook(event: str, args: tuple[Any, ...]) -> None:
        nonlocal busy
        if busy or event in ("import", "compile", "exec"):
            return
        busy = True
        try:
            for what, where in noted(event, args):
                os.write(file, json.dumps([what, where, event]).encode() + b"\n")
        finally:
            busy = False

    sys.addaudithook(hook)
    sys.argv = ["invoke", *arguments]
    runpy.run_module("invoke", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
