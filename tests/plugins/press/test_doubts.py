"""What a proofreader doubts stops a run."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from broadside.plugins.press.run import Run
from broadside.plugins.press.sheets import Doubt, Printed, Proof, Sheet, Unsound

from tests.plugins.press.shop import Shop, to_files

Reader = Callable[[str, bytes], Proof]


def printed(shop: Shop, pages: dict[str, str], reader: Callable[[Run], Reader]) -> Printed:
    """Print pages, path -> text, which a proofreader sees."""
    run = Run(shop.output, shop.manifest)
    run.proof = reader(run)
    for path, text in pages.items():
        run.add(Sheet(path, text, text.encode))
    return run.print()


def test_a_run_with_a_doubt_is_not_noted_and_the_next_one_puts_it_right(shop: Shop) -> None:
    def doubting(path: str, data: bytes) -> Proof:
        return Proof((Doubt("is odd", data, path=path),) * (data == b"A"))

    with pytest.raises(Unsound, match=r"a.html:1: is odd \(1 more like it\)"):
        printed(shop, {"a.html": "A", "b.html": "A", "c.html": "C"}, lambda _: doubting)
    assert shop.run({"a.html": "A", "b.html": "B"}).written == ["a.html", "b.html"]
    assert not (shop.output / "c.html").exists()


@pytest.mark.parametrize("known", [True, False])
def test_a_page_that_stands_may_not_link_to_one_that_goes(shop: Shop, known: bool) -> None:
    """Of the pages that stand, only those that may lead to it are read again, or all where nothing was noted of them."""
    pages = {"a.html": "to b.html", "b.html": "B", **{f"{n}.html": f"to {n + 1}.html" for n in range(9)}, "9.html": ""}
    read: list[str] = []

    def run() -> Printed:
        return printed(shop, pages, lambda run: to_files(run.has, read, known))

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
    read.clear()
    pages["0.html"] = "still to 1.html"
    del pages["1.html"]
    with pytest.raises(Unsound, match=r"leads to 1\.html$"):
        run()
    assert read == (["0.html"] if known else ["0.html", *sorted(pages.keys() - {"0.html"})]), "each is read once"


def test_of_many_faults_the_first_twenty_are_named() -> None:
    first, *named, last = str(Unsound(Doubt(f"fault {n}", path=f"{n:02}.html") for n in range(22))).splitlines()
    assert first == "finished pages have faults:"
    assert [line.strip() for line in named] == [f"{n:02}.html: fault {n}" for n in range(20)]
    assert last.strip() == "and 2 more"


def test_a_doubt_is_settled_by_the_content_of_another_page(shop: Shop) -> None:
    doubts = (Doubt("is odd", file="b.html", unless=b"place"),)

    def run(other: str) -> Printed:
        pages = {"a.html": "A", "b.html": other}
        return printed(shop, pages, lambda _: lambda path, _: Proof(doubts if path == "a.html" else ()))

    with pytest.raises(Unsound, match="is odd"):
        run("nothing")
    assert run("a place").written == ["a.html", "b.html"]
