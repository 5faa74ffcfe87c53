"""How a command ends that Ctrl-C stops, before and while invoke is at work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from broadside.desk.options import PROJECT

START = PROJECT / "tools" / "bootstrap" / "start.py"
STOPPED = "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(9)\n"


def indented(program: str) -> str:
    return "".join(f"    {line}\n" for line in program.splitlines())


def run(tmp_path: Path, program: str, begin: Callable[[], object] | None = None) -> tuple[int, str, str]:
    """Start a program in the place of invoke, in a process that begins with something."""
    (tmp_path / "invoke").mkdir(exist_ok=True)
    (tmp_path / "invoke" / "__init__.py").touch()
    (tmp_path / "invoke" / "__main__.py").write_text(program)
    done = subprocess.run(
        [sys.executable, "-P", START, "build"],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        preexec_fn=begin,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("import sys\nprint(sys.argv[1:])", 0),
        ("raise SystemExit(1)", 1),
        ("raise SystemExit(2)", 2),
        (STOPPED, 130),
        (f"try:\n{indented(STOPPED)}except KeyboardInterrupt:\n    raise SystemExit(1)", 130),  # as invoke does
        (f"try:\n{indented(STOPPED)}except KeyboardInterrupt:\n    raise SystemExit(0)", 0),  # as ./inv serve does
    ],
)
def test_a_command_ends_as_it_says_and_with_130_where_it_was_stopped(tmp_path: Path, program: str, code: int) -> None:
    ended, said, problems = run(tmp_path, program)
    assert (ended, problems) == (code, "")
    assert said == ("['build']\n" if "argv" in program else "")


def test_who_reads_only_the_first_lines_is_told_nothing_and_the_tasks_may_have_their_own_way(tmp_path: Path) -> None:
    unread = "import os\nfar, near = os.pipe()\nos.close(far)\nos.dup2(near, 1)\nprint('help', flush=True)"
    assert run(tmp_path, unread) == (1, "", "")
    theirs = "import sys\nsys.excepthook = lambda *_: print('theirs', file=sys.stderr)\nraise BrokenPipeError"
    assert run(tmp_path, theirs) == (1, "", "theirs\n")


def test_what_came_while_inv_handed_over_counts(tmp_path: Path) -> None:
    def stop() -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        os.kill(os.getpid(), signal.SIGINT)

    assert run(tmp_path, "print('began')", stop) == (130, "", "")


def test_who_is_started_to_hear_nothing_hears_nothing(tmp_path: Path) -> None:
    """As by a shell's & in a script."""
    program = STOPPED.replace("9", "0.1") + "print('went on')"
    assert run(tmp_path, program, lambda: signal.signal(signal.SIGINT, signal.SIG_IGN)) == (0, "went on\n", "")
