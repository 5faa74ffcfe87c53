"""A printing shop: what the tests of print runs share."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, reduce
from operator import or_
from pathlib import Path

from broadside.plugins.manifest import STRAYS, Files, Manifest, Strays
from broadside.plugins.press.exchange import exchange
from broadside.plugins.press.links import bits_of
from broadside.plugins.press.look import look
from broadside.plugins.press.pair import Pair
from broadside.plugins.press.run import Run
from broadside.plugins.press.sheets import Bundle, Doubt, Printed, Proof, Sheet


class Shop:
    """An output folder, printed again and again."""

    def __init__(self, path: Path) -> None:
        self.output, self.manifest = path / "output", path / "cache" / "manifest.json"
        self.made: list[str] = []
        self.looked: Callable[[], object] = bool
        """Done when a run has looked at what readers see, long before it prints."""
        self.making: Callable[[], object] = bool
        """Done when a page is made."""

    def run(self, pages: dict[str, str], bundle: dict[str, str] | None = None, staged: bool = False) -> Printed:
        """Print pages, path -> text; a bundle's files lie below search/."""
        pair = self.pair()
        run = Run(pair.next, self.manifest, pair=pair) if staged else Run(self.output, self.manifest)
        seen = Manifest.load(self.manifest), look(self.output, self.noted, pair if staged else None)
        run.look = lambda: seen
        self.looked()
        for path, text in pages.items():
            run.add(Sheet(path, text, partial(self.make, path, text)))
        if bundle is not None:
            data = {name: text.encode() for name, text in bundle.items()}
            run.bundles.append(Bundle("search", repr(sorted(bundle.items())), lambda: data))
        done = run.print()
        if staged and (done.written or done.removed):
            noted = pair.of_exchange(done.difference, [*done.written, *done.removed]) if done.difference else None
            exchange(pair.next, pair.live)
            Strays(self.manifest.with_name(STRAYS)).save([])
            if noted:
                pair.note(noted)
        return done

    @property
    def noted(self) -> Files:
        """The files of the last run."""
        return Manifest.load(self.manifest).files

    def pair(self) -> Pair:
        """The output and the tree in which the next one grows."""
        return Pair(self.output, self.manifest.with_name("next"), self.manifest.with_name("exchanged.json"))

    def make(self, path: str, text: str) -> bytes:
        self.making()
        self.made.append(path)
        return text.encode()

    def files(self) -> dict[str, str]:
        files = (file for file in self.output.rglob("*") if file.is_file())
        return {file.relative_to(self.output).as_posix(): file.read_text() for file in files}


def to_files(has: Callable[[str], bool], read: list[str], known: bool) -> Callable[[str, bytes], Proof]:
    """A proofreader for which every word that ends in .html is a link."""

    def proof(path: str, data: bytes) -> Proof:
        read.append(path)
        links = [word for word in data.decode().split() if word.endswith(".html")]
        bits = reduce(or_, map(bits_of, links), 0)
        return Proof(tuple(Doubt(f"leads to {link}") for link in links if not has(link)), bits if known else None)

    return proof
