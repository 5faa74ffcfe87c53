"""What a command loads of invoke, and that what was not loaded still works."""

from __future__ import annotations

from pathlib import Path

from tests.commands.test_program import asked

OWN = """
import sys
from invoke import MockContext, Result, __version__, task

@task
def loaded(c):
    print(sorted({"asyncio", "email", "importlib.metadata", "invoke.vendor.yaml", "unittest.mock", "yaml"} & {*sys.modules}))

@task
def used(c):
    from importlib import metadata
    from unittest import mock
    pretended = MockContext(run=Result("printed"))
    print(c.printer, pretended.run("lp").stdout, isinstance(pretended.run, mock.Mock), __version__ == metadata.version("invoke"))
"""


def test_what_no_command_uses_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "tasks.py").write_text(OWN, "utf-8")
    assert asked("loaded", folder=tmp_path).stdout == "[]\n"


def test_what_an_outlets_own_command_uses_is_loaded_then(tmp_path: Path) -> None:
    (tmp_path / "tasks.py").write_text(OWN, "utf-8")
    (tmp_path / "invoke.yaml").write_text("printer: upstairs\n", "utf-8")
    assert asked("used", folder=tmp_path).stdout == "upstairs printed True True\n"
