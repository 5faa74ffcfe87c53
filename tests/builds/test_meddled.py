"""Whatever somebody puts in the place of what a build made, the next build is right, and what is
theirs stays theirs.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from broadside.store import FILE
from tests.builds.test_edits import front
from tests.sample import Outlet, differing

SLOW = pytest.mark.slow
BIO = front("Ben translates.", "Ben reads.", "authors/ben-okafor.md")


SITES: dict[tuple[tuple[str, bytes], ...], dict[str, bytes]] = {}
"""Content -> its site; these tests meddle with few."""


def as_clean(outlet: Outlet) -> bool:
    """Whether the site is what a clean build of the same content makes."""
    content = tuple(outlet.files(outlet.content).items())
    if content not in SITES:
        outlet.rebuild(output=outlet.path / "clean")
        SITES[content] = outlet.files(outlet.path / "clean")
    return differing(outlet.files(), SITES[content]) == []


def elsewhere(outlet: Outlet, folder: str) -> dict[str, bytes]:
    """Put a folder of the output somewhere else, and a link in its place; what is in it."""
    (outlet.output / folder).rename(outlet.path / "elsewhere")
    (outlet.output / folder).symlink_to(outlet.path / "elsewhere")
    return outlet.files(outlet.path / "elsewhere")


@pytest.mark.parametrize(
    "folder",
    ["authors", *(pytest.param(each, marks=SLOW) for each in ("authors/ben-okafor", "2026"))],
)
def test_nothing_is_written_through_a_link_in_the_output(
    built: Outlet, tmp_path: Path, folder: str
) -> None:
    outlet = built.copy(tmp_path)
    theirs = elsewhere(outlet, folder)
    BIO(outlet)
    assert "published," in outlet.rebuild()
    assert not (outlet.output / folder).is_symlink()
    assert outlet.files(outlet.path / "elsewhere") == theirs
    assert as_clean(outlet)
    front("costs €5", "costs €6")(outlet)
    assert "published," in outlet.rebuild()
    assert as_clean(outlet)


def test_what_was_put_into_the_output_goes_though_a_build_stopped_at_a_fault(
    built: Outlet, tmp_path: Path
) -> None:
    outlet = built.copy(tmp_path)
    (outlet.output / "theirs.html").write_text("theirs")
    story = outlet.content / "articles" / "cables.md"
    sound = story.read_bytes()
    story.write_bytes(sound.replace(b"type: ", b"typo: "))
    assert outlet.build().returncode == 1
    story.write_bytes(sound)
    BIO(outlet)
    assert "1 removed" in outlet.rebuild()
    assert as_clean(outlet)


def test_a_file_that_comes_with_an_older_time_of_its_folder_is_seen(
    built: Outlet, tmp_path: Path
) -> None:
    outlet = built.copy(tmp_path)
    outlet.rebuild()
    (outlet.output / "theirs.html").write_text("theirs")
    os.utime(outlet.output, (1, 1))
    assert "1 removed" in outlet.rebuild()


def test_nothing_is_deleted_through_a_link_in_the_output(built: Outlet, tmp_path: Path) -> None:
    outlet = built.copy(tmp_path)
    theirs = elsewhere(outlet, "topics/nato")
    front('"NATO", ', "", "articles/cables.md")(outlet)
    assert "published," in outlet.rebuild()
    assert not (outlet.output / "topics" / "nato").is_symlink()
    assert outlet.files(outlet.path / "elsewhere") == theirs
    assert as_clean(outlet)


def a_folder(path: Path, _: Outlet) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()
    (path / "file").touch()


def a_file(path: Path, _: Outlet) -> None:
    shutil.rmtree(path, ignore_errors=True)
    path.touch()


def a_link(path: Path, outlet: Outlet) -> None:
    """A link to a folder with something in it, which must stay."""
    shutil.rmtree(path, ignore_errors=True)
    (outlet.path / "elsewhere").mkdir()
    (outlet.path / "elsewhere" / "theirs").write_text("theirs", "utf-8")
    path.symlink_to(outlet.path / "elsewhere")


@pytest.mark.parametrize(
    ("name", "put"),
    [
        (FILE, a_folder),
        ("next", a_link),
        ("photos", a_file),
        pytest.param("release.json", a_folder, marks=SLOW),
        pytest.param("lock", a_folder, marks=SLOW),
        pytest.param("next", a_file, marks=SLOW),
        pytest.param("search", a_file, marks=SLOW),
        pytest.param("search", a_link, marks=SLOW),
    ],
)
def test_what_has_no_place_in_the_cache_is_made_anew(
    built: Outlet, tmp_path: Path, name: str, put: Callable[[Path, Outlet], None]
) -> None:
    outlet = built.copy(tmp_path)
    put(outlet.cache / name, outlet)
    BIO(outlet)
    assert "published," in outlet.rebuild()
    assert as_clean(outlet)
    front("costs €5", "costs €6")(outlet)
    assert "published," in outlet.rebuild()
    assert as_clean(outlet)
    assert (
        put is not a_link or (outlet.path / "elsewhere" / "theirs").read_text("utf-8") == "theirs"
    )


def test_a_site_that_is_out_is_never_said_to_be_as_it_was(
    built: Outlet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "store.db")

    outlet = built.copy(tmp_path)
    BIO(outlet)
    with monkeypatch.context() as patch:
        patch.setattr("broadside.build.run.note_inputs", full)
        said = outlet.rebuild()
    assert said.startswith("NotNoted: ")
    assert as_clean(outlet)
    assert "published," in outlet.rebuild()


def test_a_story_that_goes_does_not_stay_where_only_the_store_is_an_older_one(
    tmp_path: Path,
) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("one")
    outlet.rebuild()
    older = (outlet.cache / FILE).read_bytes()
    story = outlet.story("two")
    outlet.rebuild()
    (outlet.cache / FILE).write_bytes(older)
    story.unlink()
    assert "published," in outlet.rebuild()
    assert not (outlet.output / "2026/11/two").exists()
    assert as_clean(outlet)
