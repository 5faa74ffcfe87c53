"""What a command was asked, and the settings that follow."""

from __future__ import annotations

import sys
from pathlib import Path

from broadside.desk.conf import settings_in
from broadside.desk.options import Options, asked


def test_settings_are_those_that_a_project_wrote_and_its_folder_is_not_left_in_the_module_search(
    tmp_path: Path,
) -> None:
    before = list(sys.path)
    (tmp_path / "publishconf.py").write_text(
        'import sys\nsys.path.append("/x")\nTARGETS = {"a": {"kind": "s3"}}\nx = 1\n'
    )
    assert settings_in("publishconf.py", tmp_path) == {"TARGETS": {"a": {"kind": "s3"}}}
    assert sys.path == before


def test_one_job_is_asked_for_as_any_other_number_and_a_slash_at_the_end_makes_no_difference() -> None:
    assert asked(Options(siteurl="https://example.org/", jobs=1)) == {"SITEURL": "https://example.org", "JOBS": 1}
    assert [Options(content=name).content_prefix for name in ("articles", "articles/", ".")] == ["articles/"] * 2 + [""]
