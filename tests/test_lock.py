"""The locks: everything that is asked for, with hashes, and no host."""

import re
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent.parent
LOCK = Path("requirements.lock")
FETCHED = [
    Path("requirements-publish.lock"),
    Path("tests/deploy/requirements.lock"),
    Path("tests/reader/requirements.lock"),
]
"""Locks of what is fetched only when it is asked for."""
ASKED = [
    ("requirements.in", LOCK),
    ("requirements-dev.in", LOCK),
    *((lock.with_suffix(".in"), lock) for lock in FETCHED),
]


def packages(path: str | Path) -> set[str]:
    """The packages that a list or a lock names, each with its version where that is said."""
    lines = (HERE / path).read_text(encoding="utf-8").splitlines()
    return {line.split()[0] for line in lines if line[:1].isalnum()}


@pytest.mark.parametrize("path", [LOCK, *FETCHED], ids=str)
def test_the_lock_names_no_host_and_a_hash_for_every_package(path: Path) -> None:
    lock = (HERE / path).read_text(encoding="utf-8")
    assert "://" not in lock
    blocks = [block for block in lock.replace("\\\n", " ").splitlines() if block[:1].isalnum()]
    assert len(blocks) > (40 if path == LOCK else 1)
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize(("names", "lock"), ASKED, ids=str)
def test_a_lock_holds_every_package_that_is_asked_for(names: str | Path, lock: Path) -> None:
    asked, locked = ({re.split(r"\[|==", each)[0] for each in packages(path)} for path in (names, lock))
    assert asked
    assert asked - locked == set()


def test_tests_publish_with_the_packages_that_users_publish_with() -> None:
    assert packages(FETCHED[0]) <= packages(FETCHED[1])
