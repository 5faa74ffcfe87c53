"""The locks: everything that is asked for, with hashes, and no host."""

from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent.parent
FETCHED = [
    Path("requirements-publish.lock"),
    Path("tests/deploy/requirements.lock"),
    Path("tests/reader/requirements.lock"),
]
"""Locks of what is fetched only when it is asked for."""


@pytest.mark.parametrize("path", [Path("requirements.lock"), *FETCHED], ids=str)
def test_the_lock_names_no_host_and_a_hash_for_every_package(path: Path) -> None:
    lock = (HERE / path).read_text(encoding="utf-8")
    assert "://" not in lock
    blocks = [block for block in lock.replace("\\\n", " ").splitlines() if block[:1].isalnum()]
    assert len(blocks) > (40 if path == Path("requirements.lock") else 1)
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_the_lock_holds_every_package_that_is_asked_for(name: str) -> None:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    asked = {line.split("==")[0].split("[")[0] for line in lines if line[:1].isalpha()}
    locked = {line.split("==")[0] for line in (HERE / "requirements.lock").read_text(encoding="utf-8").splitlines()}
    assert asked
    assert asked - locked == set()


@pytest.mark.parametrize("path", FETCHED, ids=str)
def test_a_lock_of_what_is_fetched_holds_what_is_asked_for(path: Path) -> None:
    lines = (HERE / path.with_suffix(".in")).read_text(encoding="utf-8").splitlines()
    asked = {line.split("==")[0].split("[")[0] for line in lines if line[:1].isalpha()}
    locked = {line.split("==")[0] for line in (HERE / path).read_text(encoding="utf-8").splitlines()}
    assert asked
    assert asked - locked == set()


def test_tests_publish_with_the_packages_that_users_publish_with() -> None:
    def named(path: Path) -> set[str]:
        lines = (HERE / path).read_text(encoding="utf-8").splitlines()
        return {line.split()[0] for line in lines if "==" in line and line[:1].isalnum()}

    assert named(FETCHED[0]) <= named(FETCHED[1])
