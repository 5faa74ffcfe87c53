"""Every verb explains itself where --help stands for the word that it needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from desk.options import PROJECT
from tests.outlet import inv


@pytest.mark.parametrize(
    "name",
    ["publish", "guest", "turn", "verify", "new", "related", "server-init"],
)
def test_a_verb_that_needs_a_word_explains_itself(name: str) -> None:
    done = subprocess.run(inv(PROJECT, name, "--help"), capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert f" {name} [--options]" in done.stdout.splitlines()[0]


def test_one_that_needs_two_words_does_so_too() -> None:
    command = [sys.executable, str(PROJECT / "inv"), "server-publish", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert " server-publish [--options]" in done.stdout.splitlines()[0]
