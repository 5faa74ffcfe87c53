"""What a newcomer is told when setting up goes wrong."""

import errno

import pytest

from bootstrap import trouble

UNREACHABLE = """\
WARNING: Retrying (Retry(total=0, connect=None)) after connection broken by 'NewConnectionError(refused)'
ERROR: Could not find a version that satisfies the requirement invoke==3.0.3 (from versions: none)
ERROR: No matching distribution found for invoke==3.0.3
"""


@pytest.mark.parametrize(
    ("output", "part"),
    [
        (UNREACHABLE, "cannot be reached"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the one that"),
        ("ERROR: No matching distribution found for pillow==13.0.0", "no ready-made file"),
        ("/usr/bin/python3: No module named ensurepip", "apt install python3-venv"),
        ("OSError: [Errno 13] Permission denied: '/x/.venv'", "cannot be written to"),
    ],
)
def test_known_output_becomes_advice(output: str, part: str) -> None:
    assert part in trouble.from_output(output)


def test_unknown_output_is_shown_from_its_end() -> None:
    output = "\n".join(f"line {number}" for number in range(100))
    told = trouble.from_output(output)
    assert "line 99" in told
    assert "line 12" not in told


def test_what_pip_calls_an_error_is_quoted_where_it_helps() -> None:
    told = trouble.from_output("Collecting pillow\nERROR: No matching distribution found for pillow==13.0.0\n")
    assert told.endswith("\n  ERROR: No matching distribution found for pillow==13.0.0")
    assert "ERROR" not in trouble.from_output(UNREACHABLE)


@pytest.mark.parametrize(
    ("number", "part"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "cannot be written to"),
        (errno.EACCES, "/x"),
        (errno.EIO, "broken"),
    ],
)
def test_errors_of_the_file_system_become_advice(number: int, part: str) -> None:
    assert part in trouble.from_error(OSError(number, "broken", "/x"))
