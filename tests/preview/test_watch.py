"""Which files of the preview are watched, and which changes call for a build, noted by the system
or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from broadside.preview.watch import Saves, WantedFiles

PATIENCE = 200
"""How many looks something may take to be seen."""


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/project/content/articles/2026/a.md", True), ("/project/content/photos/a.jpg", True),
        ("/project/pelicanconf.py", True), ("/elsewhere/output/content/articles/a.md", True),
        ("/project/content/articles/.#a.md", False), ("/project/content/articles/.a.md.swp", False),
        ("/project/content/.trash/a.md", False), ("/project/content/articles/a.md~", False),
        ("/project/content/articles/a.md.tmp", True), ("/project/theme/templates/base.html.tmp", False),
        ("/project/theme/templates/#base.html#", False), ("/project/.git/index", False),
        ("/project/.venv/lib/python3.11/x.py", False), ("/project/tests/test_x.py", False),
        ("/project/plugins/__pycache__/x.cpython-311.pyc", False), ("/project/output/index.html", False),
        ("/project/mine/index.html", False), ("/project/nohup.out", False), ("/project/theme", True),
        ("/project/requirements.lock", True), ("/somewhere/else.md", False),
    ],
)  # fmt: skip
def test_which_changes_call_for_a_build(path: str, wanted: bool) -> None:
    content = (
        Path("/elsewhere/output/content")
        if path.startswith("/elsewhere")
        else Path("/project/content")
    )
    assert WantedFiles(content, Path("/project"), (Path("/project/mine"),))(None, path) is wanted


@pytest.fixture
def wanted(tmp_path: Path) -> WantedFiles:
    """A project with its content, its theme, and much that no build reads."""
    for name in (
        "content/articles",
        "theme",
        "ours",
        "output",
        ".cache/preview-8000",
        "docs",
        "site",
        ".site.cache",
        "mine",
    ):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "pelicanconf.py").touch()
    return WantedFiles(tmp_path / "content", tmp_path, (tmp_path / "mine",))


def test_only_folders_of_inputs_are_watched(wanted: WantedFiles, tmp_path: Path) -> None:
    assert sorted(wanted.folders()) == [
        str(tmp_path / name) for name in ("content", "ours", "theme")
    ]
    (tmp_path / "docs" / "content").mkdir()
    elsewhere = WantedFiles(tmp_path / "docs" / "content", tmp_path)
    assert str(tmp_path / "docs" / "content") in elsewhere.folders()


@pytest.fixture
def told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system has room to note nothing."""

    def noted(_: Saves) -> Iterator[set[tuple[object, str]]]:
        while True:
            yield set()

    monkeypatch.setattr(Saves, "_noted", noted)


@pytest.mark.usefixtures("told_nothing")
@pytest.mark.parametrize(
    "path",
    ["content/articles/a.md", "theme/base.html", "ours/robot.py"],
)
def test_a_save_that_the_system_did_not_note_is_found_once_by_comparing(
    wanted: WantedFiles, tmp_path: Path, path: str
) -> None:
    saves, file = Saves(wanted), tmp_path / path

    def found() -> set[str]:
        assert saves.next() == set()
        saves.compare()
        return saves.next()

    for change in (lambda: file.write_text("One."), lambda: file.write_text("Other."), file.unlink):
        change()
        assert found() == {str(file)}
        assert found() == set()
    (file.parent / "a.md~").touch()
    assert found() == set()


@pytest.mark.usefixtures("told_nothing")
def test_settings_are_looked_at_every_time(wanted: WantedFiles, tmp_path: Path) -> None:
    saves, settings = Saves(wanted), tmp_path / "pelicanconf.py"
    settings.write_text("SITENAME = 'Halyard'")
    assert [saves.next(), saves.next()] == [{str(settings)}, set()]


def test_what_the_system_notes_is_not_found_again_by_comparing(
    wanted: WantedFiles, tmp_path: Path
) -> None:
    saves, file = Saves(wanted), tmp_path / "content" / "articles" / "a.md"
    file.touch()
    assert next(saved for _ in range(PATIENCE) if (saved := saves.next())) >= {str(file)}
    saves.compare()
    assert [saves.next() for _ in range(3)] == [set()] * 3


def test_a_folder_that_is_new_or_takes_the_place_of_another_is_watched(
    wanted: WantedFiles, tmp_path: Path
) -> None:
    saves = Saves(wanted)
    (tmp_path / "theme").rmdir()
    for name in ("theme", "new"):
        (tmp_path / name).mkdir()
        for _ in range(5):
            saves.next()
        file = tmp_path / name / "base.html"
        file.touch()
        assert next(saved for _ in range(PATIENCE) if (saved := saves.next())) >= {str(file)}
