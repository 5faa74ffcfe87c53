"""Every fault of the corpus is told with its line, its code and what to do, and nothing else is
told.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from broadside.content.content import ReadOptions
from broadside.content.read import read_content
from tests.content.reading import options_for
from tests.faults.corpus import cases, difference, outlet
from tests.sample import Outlet

ALL = cases()
TOGETHER = [case for case in ALL if not case.alone]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    return outlet(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def reading(base: Outlet) -> ReadOptions:
    return options_for(base)


def test_each_case_is_told_as_expected(base: Outlet, reading: ReadOptions, tmp_path: Path) -> None:
    """All in one folder, except for those that spoil it for the others."""
    for number, cases_of_folder in enumerate([TOGETHER, *([case] for case in ALL if case.alone)]):
        made = Path(shutil.copytree(base.content, tmp_path / str(number)))
        for case in cases_of_folder:
            for source in case.sources:
                source.write(made)
        content = read_content(made, reading)
        faults = [*content.faults, *content.to_mend]
        assert difference([each for case in cases_of_folder for each in case.expected], faults) == (
            [],
            [],
        )
        assert [
            str(fault)
            for fault in faults
            if not fault.code or not fault.message or "\n" in str(fault)
        ] == []


def test_the_base_of_the_corpus_has_no_fault(base: Outlet, reading: ReadOptions) -> None:
    assert read_content(base.content, reading).faults == []
