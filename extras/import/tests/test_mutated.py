"""An export that is damaged is imported, or refused with a plain message."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadside.importer import OutletOptions, read_outlet
from broadside_import.command import NotImported, Wanted, run
from mutated import PARTS, damaged
from tests.sample import Outlet

SHARE = range(0, PARTS, 10)
"""Those that every run of the tests imports."""


def moved_in_or_refused(number: int, path: Path) -> None:
    """Import an export of the corpus; the report must fit into a file, and what was written must
    have no errors.
    """
    kind, source = damaged(number, path)
    said: list[str] = []
    content = str(Outlet(path / "outlet").content)
    wanted = Wanted(kind, str(source), content, report=str(path / "report.json"))
    try:
        run(wanted, said.append)
    except NotImported as refused:
        said.append(str(refused))
        assert 10 < len(said[-1]) < 1_000
    "\n".join(said).encode()
    faults = read_outlet(OutletOptions(content=content))[0].faults
    assert not [fault for fault in faults if fault.severity == "error"]


@pytest.mark.parametrize("number", SHARE)
def test_a_damaged_export_is_imported_or_refused(number: int, tmp_path: Path) -> None:
    moved_in_or_refused(number, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("number", [number for number in range(PARTS) if number not in SHARE])
def test_the_other_damaged_exports_too(number: int, tmp_path: Path) -> None:
    moved_in_or_refused(number, tmp_path)
