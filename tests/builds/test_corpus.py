"""A build and a check of a folder with every fault of the corpus."""

from __future__ import annotations

import pytest

from broadside.faults import OF_ONE_CAUSE
from tests.faults.corpus import cases, outlet
from tests.sample import Outlet

TOGETHER = [case for case in cases() if not case.alone]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """An outlet that was built, and then got every case that does not spoil the folder."""
    made = outlet(tmp_path_factory.mktemp("crowd"))
    done = made.build()
    assert done.returncode == 0, done.stderr
    for case in TOGETHER:
        for source in case.sources:
            source.write(made.content)
    return made


def test_a_build_of_the_folder_fails_and_leaves_the_old_site(crowd: Outlet) -> None:
    before = crowd.files()
    done = crowd.build()
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    errors = [each for case in TOGETHER for each in case.expected if each.severity == "error"]
    for each in errors:
        if each.code in OF_ONE_CAUSE:  # another case may have the same, and be the one that is told
            continue
        assert f"{crowd.content}/{each.path}:{each.line}: error: {each.code}: " in done.stderr
    told = [line for line in done.stderr.splitlines() if ": error: " in line]
    assert f"Nothing was published: {len(told)} errors." in done.stderr
    assert len(told) < len(errors), "those of one cause are told once"
    assert crowd.files() == before
