"""A slip in the settings is told with the file and the line where it was written."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from broadside.config.files import Slips, settings_in
from broadside.config.judge import judge


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('SITENAME = "Halyard\n', 1),
        ("A = = 1\n", 1),
        ("A = 1\nB = C\n", 2),
        ('import json\nA = json.loads("-")\n', 2),
        ('A = 1\nB = "\0"\n', 2),
        ("import sys\nsys.exit(0)\n", 2),
        ('raise ValueError("boom\\n\\u202e\\x1b[2J")\n', 1),
    ],
)
def test_a_file_that_cannot_be_run_is_told_with_its_line(
    tmp_path: Path, text: str, line: int
) -> None:
    (tmp_path / "pelicanconf.py").write_text(text)
    with pytest.raises(Slips) as found:
        settings_in("pelicanconf.py", tmp_path)
    assert str(found.value).startswith(f"{tmp_path}/pelicanconf.py:{line}: ")
    assert str(found.value).isprintable()


def test_a_slip_in_a_file_that_the_settings_import_is_told_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "beside.py").write_text("A = 1\nB = )\n")
    (tmp_path / "pelicanconf.py").write_text(
        f"import sys\nsys.path.append({str(tmp_path)!r})\nimport beside\n"
    )
    before = list(sys.path)
    with pytest.raises(Slips) as found:
        settings_in("pelicanconf.py", tmp_path)
    assert str(found.value).startswith(f"{tmp_path}/beside.py:2: ")
    assert sys.path == before, "the next project's settings import from their own folder"


@pytest.mark.parametrize(
    ("ours", "live", "place"),
    [
        ("if True:\n    TIMEZONE = 1\nTIMEZONE = 2\n", "", "/pelicanconf.py:3: "),
        ("TIMEZONE = 1\nZONES = [TIMEZONE]\n", "", "/pelicanconf.py:1: "),
        ("TIMEZONE = 1\n", "A = 1\nTIMEZONE = 2\n", "/publishconf.py:2: "),
        ("globals()['TIMEZONE'] = 1\n", "", "pelicanconf.py: "),
    ],
)
def test_a_setting_that_is_set_more_than_once_is_told_where_it_got_its_value(
    tmp_path: Path, ours: str, live: str, place: str
) -> None:
    (tmp_path / "pelicanconf.py").write_text(ours)
    (tmp_path / "publishconf.py").write_text(live)
    with pytest.raises(Slips) as found:
        judge(
            {"SITENAME": "Halyard", "SITEURL": "https://x.example", "TIMEZONE": "CET/Paris"},
            tmp_path,
        )
    assert str(found.value).removeprefix(str(tmp_path)).startswith(f"{place}TIMEZONE: ")
