"""The importer's wheel: what it holds, how an outlet comes to it, and that the outlet is rid of it
afterwards.
"""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from email import message_from_string
from pathlib import Path

import pytest

from broadside import __version__
from broadside.outlet.wheels import ADD_ONS, built
from tests.outlets.conftest import Owned
from tests.repository import PROJECT

NAME = f"broadside_import-{__version__}-py3-none-any.whl"
ARCHIVE = {
    "hugo.toml": 'title = "The Lantern"\n',
    "content/posts/ferry.md": (
        "---\ntitle: The last ferry\ndate: 2015-03-17\n---\nIt left *early*, with [a"
        " cat](/posts/cat/).\n"
    ),
    "content/posts/cat.md": (
        "---\ntitle: A cat\ndate: 2016-04-18\n---\n{{< highlight python >}}\nmeow()\n{{< /highlight"
        " >}}\n"
    ),
}


@pytest.fixture(scope="session")
def importer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The importer's wheel, made of this checkout."""
    return built(tmp_path_factory.mktemp("importer"), PROJECT / "extras/import")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    for path, text in ARCHIVE.items():
        (tmp_path / "old" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "old" / path).write_text(text, "utf-8")
    return tmp_path / "old"


def test_it_holds_the_importer_and_its_lock_and_asks_for_the_engine_of_its_version(
    importer: Path,
) -> None:
    assert importer.name == NAME
    wheel = zipfile.ZipFile(importer)
    info = f"broadside_import-{__version__}.dist-info"
    assert {name.split("/")[0] for name in wheel.namelist()} == {"broadside_import", info}
    folder = PROJECT / "extras/import"
    modules = {
        path.relative_to(folder).as_posix() for path in (folder / "broadside_import").rglob("*.py")
    }
    assert {name for name in wheel.namelist() if not name.startswith(info)} == {
        *modules,
        "broadside_import/requirements.lock",
    }
    assert (
        wheel.read("broadside_import/requirements.lock")
        == (folder / "requirements.lock").read_bytes()
    )
    asked = message_from_string(wheel.read(f"{info}/METADATA").decode()).get_all("Requires-Dist")
    assert f"pelican-broadside=={__version__}" in (asked or [])


def test_the_same_checkout_makes_the_same_wheel(importer: Path, tmp_path: Path) -> None:
    assert built(tmp_path, PROJECT / "extras/import").read_bytes() == importer.read_bytes()


def test_a_release_has_the_same_wheels(wheel: Path, importer: Path, tmp_path: Path) -> None:
    subprocess.run([PROJECT / ".ci" / "wheels", tmp_path], check=True, capture_output=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert {path.name: path.read_bytes() for path in (wheel, importer)}.items() <= made.items()
    assert len(made) == 1 + len(ADD_ONS)


def test_an_outlet_begun_from_both_wheels_moves_in_and_is_rid_of_the_importer(
    start: Callable[..., Owned], wheel: Path, importer: Path, archive: Path, tmp_path: Path
) -> None:
    release = tmp_path / "release"
    release.mkdir()
    for each in (wheel, importer):
        shutil.copy(each, release)
    outlet = start("--wheel", str(release / wheel.name))
    assert {path.name for path in (outlet.path / "vendor").iterdir()} == {wheel.name, NAME}
    assert "import" not in (outlet.path / "requirements.lock").read_text("utf-8")
    said = outlet.run("import", "hugo", str(archive))
    assert "2 published" in said
    assert "It left *early*" in next(outlet.path.glob("content/articles/2015/*.md")).read_text(
        "utf-8"
    )
    assert all(
        path.startswith(("content/", '"content/'))
        for path in outlet.git("status", "--short").split()[1::2]
    )
    outlet.git("add", "-A")
    outlet.git("commit", "-qm", "Move in")
    assert "Fetched" not in outlet.run("import", "hugo", str(archive))
    (outlet.path / "vendor" / NAME).unlink()
    shutil.rmtree(outlet.path / ".cache")
    assert outlet.run("check").strip() == "No faults."
    assert "2 stories published" in outlet.run("build")


def test_an_outlet_without_it_is_told_what_to_do(
    owned: Owned, importer: Path, archive: Path
) -> None:
    said = owned.run("import", "hugo", str(archive), code=1)
    assert f"{NAME} is not in vendor/" in said
    assert said.count("\n") == 1
    assert owned.git("status", "--short") == ""
