"""What goes live is in the ledger of addresses, and the ledger keeps nothing from being published."""

from __future__ import annotations

from pathlib import Path

from tests.checkout import checkout
from tests.forges import commit, git
from tests.sample import Outlet


def test_what_went_live_is_in_the_ledger_and_what_waits_is_not(tmp_path: Path) -> None:
    targets = {"www": {"kind": "folder", "path": str(tmp_path / "www")}}
    outlet = Outlet(tmp_path / "outlet", checkout(tmp_path / "project", f"TARGETS = {targets!r}"))
    outlet.story("out")
    outlet.story("held", date="2026-11-25T10:00")
    git(outlet.path, "init", "-q")
    commit(outlet.path, "Begin")
    for _ in range(2):  # the second time with a ledger that nobody has committed
        assert outlet.build("--production", "--siteurl", "https://halyard.test").returncode == 0
        done = outlet.run("publish", "--to", "www", "--content", str(outlet.content), "--output", str(outlet.output))
        assert done.returncode == 0, done.stderr
        ledger = (outlet.content / "permalinks.txt").read_text("utf-8").splitlines()
        assert "/2026/11/out/" in ledger
        assert not [line for line in ledger if "held" in line]
    outlet.story("out", body="Another body.")
    assert outlet.build("--production", "--siteurl", "https://halyard.test").returncode == 0
    refused = outlet.run("publish", "--to", "www", "--content", str(outlet.content), "--output", str(outlet.output))
    assert refused.returncode == 1, "this change is not committed"
