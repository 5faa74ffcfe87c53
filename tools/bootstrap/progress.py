"""Shows how far the making of the environment is: one moving line on a terminal, a few lines in a log."""

import sys
from typing import TextIO

# In a log every line stays, so only some steps are shown there.
STEPS_IN_LOG = 20


class Progress:
    """Counts packages and says so on standard error."""

    def __init__(self, title: str, total: int, out: TextIO | None = None) -> None:
        """Note the title, which is what is going on, and the total, which is the number of packages."""
        self._title = title
        self._total = total
        self._done = 0
        self._out = out or sys.stderr
        self._moving = self._out.isatty()

    def start(self) -> None:
        """Say what is going on."""
        self._tell("making the environment…")

    def read(self, line: str) -> None:
        """Take a line of pip's output, and say what it means for the newcomer."""
        if line.startswith(("Collecting ", "Processing ", "Ignoring ")):
            self._done += 1
            if self._moving or self._done % STEPS_IN_LOG == 0 or self._done == self._total:
                self._tell(f"{self._done} of {self._total} packages…")
        elif line.startswith("Installing collected packages"):
            self._tell("putting them in place…")
        elif "Retrying (" in line:
            self._tell("the package index does not answer, trying again…")

    def end(self, text: str = "") -> None:
        """End the moving line, with a last word if there is one."""
        if self._moving:
            self._out.write("\r\x1b[K")
        if text:
            self._out.write(f"{text}\n")
        self._out.flush()

    def _tell(self, text: str) -> None:
        line = f"{self._title}: {text}"
        self._out.write(f"\r\x1b[K{line}" if self._moving else f"{line}\n")
        self._out.flush()
