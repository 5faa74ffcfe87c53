"""Packages that few need, fetched by a lock of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadside.fetching import fetched


def test_nothing_of_the_callers_folder_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pip.py").write_text(
        "raise SystemExit('the module of the caller was run')", "utf-8"
    )
    lock, folder = tmp_path / "nothing.lock", tmp_path / "fetched"
    lock.write_text("# no package\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert fetched(folder, lock)
    assert not fetched(folder, lock), "it is there"
    lock.write_text("# another lock\n", "utf-8")
    assert fetched(folder, lock)
