"""A slip in the settings is told with the file and the line where it was written."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from broadside.desk.conf import Slips, judge, settings_in
from tests.checkout import checkout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('SITENAME = "Halyard\n', "pelicanconf.py:1: unterminated string literal (detected at line 1)"),
        (
            "A = = 1\n",
            "pelicanconf.py:1: invalid syntax; look for a comma, a quote or a bracket that is missing there or above",
        ),
        ("A = 1\nB = C\n", "pelicanconf.py:2: NameError: name 'C' is not defined"),
        (
            'import json\nA = json.loads("-")\n',
            "pelicanconf.py:2: JSONDecodeError: Expecting value: line 1 column 1 (char 0)",
        ),
        ('A = 1\nB = "\0"\n', "pelicanconf.py:2: holds U+0000, which cannot be printed; delete it"),
        ("import sys\nsys.exit(0)\n", "pelicanconf.py:2: this ends every command before it begins; take it out"),
        (
            'raise ValueError("boom\\n\\u202e\\x1b[2J")\n',
            "pelicanconf.py:1: ValueError: boom\\u000a\\u202e\\u001b[2J",
        ),
    ],
)
def test_a_file_that_cannot_be_run_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "pelicanconf.py").write_text(text)
    with pytest.raises(Slips) as found:
        settings_in("pelicanconf.py", tmp_path)
    assert str(found.value) == f"{tmp_path}/{said}"


def test_a_slip_in_a_file_that_the_settings_import_is_told_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "beside.py").write_text("A = 1\nB = )\n")
    (tmp_path / "pelicanconf.py").write_text(f"import sys\nsys.path.append({str(tmp_path)!r})\nimport beside\n")
    before = list(sys.path)
    with pytest.raises(Slips) as found:
        settings_in("pelicanconf.py", tmp_path)
    assert str(found.value) == f"{tmp_path}/beside.py:2: unmatched ')'"
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
        judge({"SITENAME": "Halyard", "SITEURL": "https://x.example", "TIMEZONE": "CET/Paris"}, tmp_path)
    assert str(found.value).removeprefix(str(tmp_path)).startswith(f'{place}TIMEZONE "CET/Paris"')


def test_a_value_that_publishconf_overrides_is_told_where_it_is_written(tmp_path: Path) -> None:
    project = checkout(tmp_path / "project")
    conf = project / "pelicanconf.py"
    conf.write_text(conf.read_text("utf-8") + '\nCARDS = "soon"\n', "utf-8")
    with pytest.raises(Slips) as found:
        judge(settings_in("pelicanconf.py", project), project, "pelicanconf.py")
    assert "/pelicanconf.py:" in str(found.value)
