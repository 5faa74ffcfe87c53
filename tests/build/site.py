"""A site of a few words, written again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from broadside.build.files import exchange
from broadside.build.proof import Doubt
from broadside.build.tree import Tree
from broadside.build.write import Proof, WrittenFiles, write
from broadside.site import Bundle, Page
from broadside.store import File, Store

NONE: Mapping[str, Mapping[str, str]] = {}


class Site:
    """An output folder, and a cache folder beside it."""

    def __init__(self, path: Path) -> None:
        self.output, self.cache = path / "output", path / "cache"
        self.made: list[str] = []
        self.making: Callable[[str], object] = bool
        """Done when a page or bundle is made, with its path."""
        self.exchange: Callable[[Path, Path], object] = exchange
        self.read: list[str] = []

    @property
    def tree(self) -> Tree:
        """The output and the second tree."""
        return Tree(self.output, self.cache / "next", Store(self.cache))

    def build(
        self,
        pages: Mapping[str, str],
        bundles: Mapping[str, Mapping[str, str]] = NONE,
        in_place: bool = False,
        proof: Proof | None = None,
    ) -> WrittenFiles:
        """Write pages and bundles of texts, and exchange the trees, as a build does."""
        tree = Tree(self.output, self.output, Store(self.cache)) if in_place else self.tree
        done = write(
            [Page(path, self._page, {"path": path, "text": text}) for path, text in pages.items()],
            [
                Bundle(folder, self._bundle, {"folder": folder, "files": files})
                for folder, files in bundles.items()
            ],
            tree,
            digest_of=lambda page: repr(page.values),
            render=lambda page: (page.content(**page.values), ""),  # type: ignore[operator]
            proof=proof or to_pages(self.read),
        )
        if in_place:
            tree.store.keep_pages(done.files, done.dropped)
        elif done.written or done.removed:
            note = tree.after_exchange([*done.written, *done.removed])
            if self.output.exists():
                self.exchange(tree.next, self.output)
            else:
                tree.next.rename(self.output)
            tree.store.keep_pages(done.files, done.dropped, note)
        elif done.has_begun:
            tree.store.keep_pages(done.files, done.dropped, tree.after_exchange([], is_made=False))
        return done

    def _page(self, path: str, text: str) -> bytes:
        self.making(path)
        self.made.append(path)
        return text.encode()

    def _bundle(self, folder: str, files: Mapping[str, str]) -> Mapping[str, bytes]:
        self.making(folder)
        self.made.append(folder)
        return {name: text.encode() for name, text in files.items()}

    def kept(self) -> dict[str, File]:
        return self.tree.kept()

    def files(self) -> dict[str, str]:
        files = (file for file in self.output.rglob("*") if file.is_file())
        return {file.relative_to(self.output).as_posix(): file.read_text() for file in files}


def to_pages(read: list[str]) -> Proof:
    """A proofreader for which every word that ends in .html is a link; it notes what it has
    read.
    """

    def proof(path: str, data: bytes, has: Callable[[str], bool]) -> Iterator[Doubt]:
        read.append(path)
        for word in data.decode().split():
            if word.endswith(".html") and not has(word):
                yield Doubt(f"leads to {word}", word.encode(), path=path)

    return proof
