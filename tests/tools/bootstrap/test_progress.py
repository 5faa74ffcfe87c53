"""What ./inv says while it sets up."""

import io

from bootstrap.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def heard(out: io.StringIO, total: int, *lines: str) -> str:
    progress = Progress("Setting up", total, out)
    progress.start()
    for line in lines:
        progress.read(line)
    progress.end("Done.")
    return out.getvalue()


def test_a_log_gets_whole_lines_and_few_of_them() -> None:
    told = heard(io.StringIO(), 45, *[f"Collecting package{number}==1" for number in range(45)])
    assert told.splitlines() == [
        "Setting up: making the environment…",
        "Setting up: 20 of 45 packages…",
        "Setting up: 40 of 45 packages…",
        "Setting up: 45 of 45 packages…",
        "Done.",
    ]


def test_a_terminal_gets_one_line_that_moves() -> None:
    told = heard(Terminal(), 3, "Collecting a==1", "Ignoring b: markers", "Processing /wheels/c.whl")
    assert told.count("\n") == 1
    assert [f"{number} of 3" in told for number in (1, 2, 3)] == [True, True, True]
    assert told.endswith("\r\x1b[KDone.\n")


def test_the_slow_steps_are_told_and_pips_other_talk_is_not() -> None:
    told = heard(
        io.StringIO(), 1, "Installing collected packages: a", "WARNING: Retrying (Retry(total=1))", "  Using x"
    )
    assert told.splitlines()[1:-1] == [
        "Setting up: putting them in place…",
        "Setting up: the package index does not answer, trying again…",
    ]
