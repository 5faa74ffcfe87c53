"""What a command was asked, and the settings that follow."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from broadside.config import options
from broadside.config.files import settings_in
from broadside.config.options import Options, asked, newest_port


def test_settings_are_those_that_a_project_wrote_and_its_folder_is_not_left_in_the_module_search(
    tmp_path: Path,
) -> None:
    before = list(sys.path)
    (tmp_path / "publishconf.py").write_text(
        'import sys\nsys.path.append("/x")\nTARGETS = {"a": {"kind": "s3"}}\nx = 1\n'
    )
    assert settings_in("publishconf.py", tmp_path) == {"TARGETS": {"a": {"kind": "s3"}}}
    assert sys.path == before


def test_one_job_is_asked_for_as_any_other_number_and_a_slash_at_the_end_makes_no_difference() -> (
    None
):
    assert asked(Options(siteurl="https://example.org/", jobs=1)) == {
        "SITEURL": "https://example.org",
        "JOBS": 1,
    }
    assert [Options(content=name).content_prefix for name in ("articles", "articles/", ".")] == [
        "articles/"
    ] * 2 + [""]


def test_a_new_story_is_seen_in_the_preview_that_was_built_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(options, "PREVIEW", tmp_path / "preview")
    assert newest_port() == "8000"
    for port, moment in (("8000", 1), ("8002", 3), ("8001", 2)):
        folder = tmp_path / f"preview-{port}"
        folder.mkdir()
        os.utime(folder, (moment, moment))
    assert newest_port() == "8002"
