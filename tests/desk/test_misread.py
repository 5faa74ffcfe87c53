"""What is said below invoke's words to whoever wrote what is no command."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.repository import PROJECT


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (["stauts"], 'did you mean "status"?'),
        (["--help", "server_init"], 'did you mean "server-init"?'),
        (["zzz"], "./inv lists all commands"),
        (["build", "--produciton"], 'did you mean "--production"?'),
        (["build", "-x"], "./inv build --help lists its options"),
        (["build", "extra"], "./inv build --help says what it takes"),
        (["new", "The", "ice", "road"], "write words that belong together in quotes"),
        (["check", "--files", "a.md", "b.md"], "write --files before each"),
        (["related"], "write ./inv related SLUG"),
        (["check", "--format"], "./inv check --help says what it takes"),
        (["new", "--photo"], "./inv new --help says what it takes"),
        (["new", "A headline", "--content", "nowhere", "--section"], "./inv new --help says what it takes"),
        (["new", "A headline", "--section", "--content", "nowhere"], "./inv new --help says what it takes"),
        (["check", "--files"], "./inv check --help says what it takes"),
        (["-f"], ""),
    ],
)
def test_who_wrote_no_command_is_told_what_was_meant(words: list[str], advice: str) -> None:
    command = [sys.executable, str(PROJECT / "inv"), *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.partition("\n")[2].strip() == advice
