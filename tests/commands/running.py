"""./inv serve as a process, for tests that save files beside it."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.sample import Outlet

PATIENCE = 60.0
"""Seconds after which something that should have come counts as missing; on a busy machine a build
takes some.
"""


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ice_and_wind(folder: Path) -> Outlet:
    """An outlet with a draft and a published story."""
    made = Outlet(folder)
    made.story("ice", status="draft", title="Ice & snow")
    made.story("wind")
    return made


def until(holds: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Wait until something holds; fail after so many seconds."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, f"in vain: {what}"
        time.sleep(0.05)


class Serving:
    """The command at work on an outlet, `under` another one if given; `said` is what it has
    printed.
    """

    def __init__(
        self, outlet: Outlet, *flags: str, output: str = "preview", under: Sequence[str] = ()
    ) -> None:
        self.outlet, self.port, self.said = outlet, free_port(), ""
        where = ["--output", str(outlet.path / output)] if output else []
        command = outlet.command(
            "serve", "--content", str(outlet.content), *where, "--port", str(self.port)
        )
        self.process = subprocess.Popen(
            [*under, *command, *flags],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.base = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout
        with self.process.stdout as lines:
            for line in lines:
                self.said += line

    def __enter__(self) -> Serving:
        try:
            self.built(1)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.end(signal.SIGINT)

    def end(self, how: signal.Signals) -> None:
        """End it, after which its port must be free again."""
        self.process.send_signal(how)
        self.process.wait(PATIENCE)

        def is_free() -> bool:
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", self.port)) != 0

        until(is_free, "the port is free")

    def built(self, times: int) -> None:
        """Wait until so many builds have been reported as good."""
        self.until(
            lambda: len(re.findall(r"stor(?:y|ies) published", self.said)) >= times,
            f"build {times}",
        )

    def says(self, words: str) -> None:
        """Wait until these words have been printed."""
        self.until(lambda: words in self.said, repr(words))

    def until(self, holds: Callable[[], object], what: str) -> None:
        """Wait until something holds; if it never does, what was printed meanwhile is told too."""
        try:
            until(holds, what)
        except AssertionError as problem:
            raise AssertionError(f"{problem}\n{self.said}") from None

    def get(self, path: str) -> str:
        """A page's HTML."""
        with urllib.request.urlopen(f"{self.base}/{path}", timeout=PATIENCE) as answer:
            return str(answer.read().decode())


def change(file: Path, old: str, new: str) -> None:
    """Save a file with something replaced, as an editor does: a new file in the old one's place."""
    text = file.read_text("utf-8")
    assert old in text
    part = file.with_name(f".{file.name}.part")
    part.write_text(text.replace(old, new), "utf-8")
    part.replace(file)
