"""What a proofreader doubts stops a run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.press.run import Run
from plugins.press.sheets import Doubt, Printed, Proof, Sheet, Unsound
from tests.plugins.press.shop import to_files


def test_a_run_with_a_doubt_is_not_noted_and_the_next_one_makes_it_good(tmp_path: Path) -> None:
    def run(pages: dict[str, str], proof: Callable[[str, bytes], Proof]) -> Printed:
        made = Run(tmp_path / "output", tmp_path / "cache" / "manifest.json", proof=proof)
        for path, text in pages.items():
            made.add(Sheet(path, text, text.encode))
        return made.print()

    with pytest.raises(Unsound, match=r"a.html:1: is odd \(1 more like it\)"):
        run(
            {"a.html": "A", "b.html": "A", "c.html": "C"},
            lambda path, data: Proof((Doubt("is odd", data).of(path, data),) * (data == b"A")),
        )
    assert run({"a.html": "A", "b.html": "B"}, lambda _path, _data: Proof()).written == ["a.html", "b.html"]
    assert not (tmp_path / "output" / "c.html").exists()


@pytest.mark.parametrize("known", [True, False])
def test_a_page_that_stands_may_not_lead_to_one_that_goes(tmp_path: Path, known: bool) -> None:
    """Of the pages that stand, only those that may lead to it are read again, or all where nothing was noted of them."""
    pages = {"a.html": "to b.html", "b.html": "B", **{f"{n}.html": f"to {n + 1}.html" for n in range(9)}, "9.html": ""}
    read: list[str] = []

    def run() -> Printed:
        made = Run(tmp_path / "output", tmp_path / "cache" / "manifest.json")
        made.proof = to_files(made.has, read, known)
        for path, text in pages.items():
            made.add(Sheet(path, text, text.encode))
        return made.print()

    run()
    read.clear()
    del pages["b.html"]
    with pytest.raises(Unsound, match=r"leads to b\.html"):
        run()
    assert read == (["a.html"] if known else sorted(pages))
    pages["b.html"] = "B"
    assert "b.html" in run().written
    read.clear()
    pages["a.html"] = "to nowhere"
    run()
    del pages["b.html"]
    run()
    assert read == (["a.html"] if known else ["a.html", *sorted(pages)])


def test_a_doubt_is_settled_by_what_another_page_holds(tmp_path: Path) -> None:
    def run(other: str) -> Printed:
        made = Run(tmp_path / "output", tmp_path / "cache" / "manifest.json")
        doubts = (Doubt("is odd", file="b.html", unless=b"place"),)
        made.proof = lambda path, _: Proof(doubts if path == "a.html" else ())
        for path, text in {"a.html": "A", "b.html": other}.items():
            made.add(Sheet(path, text, text.encode))
        return made.print()

    with pytest.raises(Unsound, match="is odd"):
        run("nothing")
    assert run("a place").written == ["a.html", "b.html"]
