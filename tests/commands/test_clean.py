"""./inv clean takes what builds made, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from broadside.commands import building
from broadside.commands.building import delete_built
from broadside.config.options import Options
from tests.sample import Outlet


@pytest.fixture(autouse=True)
def preview(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A preview of its own, because the project's may be open in somebody's browser."""
    path = tmp_path / "project" / ".preview"
    monkeypatch.setattr(building, "PREVIEW", path)
    monkeypatch.setattr(building, "PHOTOS", path.with_name("photos"))
    return path


def test_what_was_built_goes_and_the_stories_stay(tmp_path: Path, preview: Path) -> None:
    outlet = Outlet(tmp_path / "outlet")
    story = outlet.story()
    assert outlet.build().returncode == 0
    assert outlet.build("--output", str(preview)).returncode == 0
    second = f"{preview}-8001"
    assert outlet.build("--output", second).returncode == 0
    made = [outlet.output, outlet.cache]
    for path in (second, str(preview)):
        made += [Path(path), Options(output=path).cache_path]
    assert all(path.is_dir() for path in made)
    assert delete_built(Options(output=str(outlet.output))) == made
    assert not any(path.exists() for path in made)
    assert story.is_file()


def test_a_folder_that_no_build_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "1.txt").write_text("Dear", "utf-8")
    assert delete_built(Options(output=str(tmp_path / "letters"))) == []
    assert (tmp_path / "letters" / "1.txt").is_file()


@pytest.mark.parametrize("theirs", ["essay.md", ".git"])
def test_what_somebody_made_in_the_place_of_a_site_is_left_alone(
    tmp_path: Path, theirs: str
) -> None:
    outlet = Outlet(tmp_path)
    outlet.story()
    outlet.rebuild()
    if theirs != ".git":  # who keeps commits in an output has the site there too
        shutil.rmtree(outlet.output)
        outlet.output.mkdir()
    (outlet.output / theirs).write_text("Three weeks of work", "utf-8")
    assert delete_built(Options(output=str(outlet.output))) == [outlet.cache]
    assert (outlet.output / theirs).is_file()


def test_a_linked_output_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "output").symlink_to(tmp_path / "letters")
    (tmp_path / ".output.cache").mkdir()
    assert delete_built(Options(output=str(tmp_path / "output"))) == [tmp_path / ".output.cache"]
    assert (tmp_path / "letters").is_dir()


def test_a_linked_store_of_pictures_is_not_followed(tmp_path: Path, preview: Path) -> None:
    (tmp_path / "shared").mkdir()
    preview.parent.mkdir()
    preview.with_name("photos").symlink_to(tmp_path / "shared")
    assert delete_built(Options(output=str(tmp_path / "output"))) == []
    assert (tmp_path / "shared").is_dir()
