"""requirements.lock: everything that is asked for, with hashes, and no host."""

from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent.parent


def test_the_lock_names_no_host_and_a_hash_for_every_package() -> None:
    lock = (HERE / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    blocks = [block for block in lock.replace("\\\n", " ").splitlines() if block[:1].isalnum()]
    assert len(blocks) > 40
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_the_lock_holds_every_package_that_is_asked_for(name: str) -> None:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    asked = {line.split("==")[0].split("[")[0] for line in lines if line[:1].isalpha()}
    locked = {line.split("==")[0] for line in (HERE / "requirements.lock").read_text(encoding="utf-8").splitlines()}
    assert asked
    assert asked - locked == set()
