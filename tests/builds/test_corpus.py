"""A build and a check of a folder with every fault of the corpus."""

from __future__ import annotations

import json
import subprocess

import pytest

from broadside.faults import OF_ONE_CAUSE, Fault
from tests.faults.corpus import cases, difference, outlet
from tests.repository import PROJECT
from tests.sample import NOW, Outlet

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


def test_check_tells_all_faults_of_a_folder_in_one_run(crowd: Outlet) -> None:
    command = [
        str(PROJECT / "inv"),
        "check",
        "--content",
        str(crowd.content),
        "--now",
        NOW,
        "--format",
        "json",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    told = [Fault(**fault) for fault in json.loads(done.stdout)]
    prefix = f"{crowd.content}/"
    assert all(fault.path.startswith(prefix) for fault in told)
    bare = [fault.at(fault.path.removeprefix(prefix)) for fault in told]
    assert difference([each for case in TOGETHER for each in case.expected], bare) == ([], [])


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
