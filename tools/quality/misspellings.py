"""How well a search forgives typing errors, in words that few stories have: .venv/bin/python -m
tools.quality.misspellings OUTPUT...

Each OUTPUT is a site that was built, in any language whose letters are Latin. Needs Chromium and
the packages that the tests need.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from broadside.plugins.search.indexing import SIGNATURE
from broadside.plugins.search.vocabulary import WORDS, fold, words_in
from tools.screenshots import Quiet

FEW, SHORTEST = 3, 4
"""In how many stories a word may be, and how many letters it must have, to be misspelled."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
KINDS = ("dropped", "doubled", "swapped", "replaced")
ASK = """async ([spelling, base, words]) => {
  const { speller } = await import(spelling);
  const { words: count } = await (await fetch(base + "blocks.json")).json();
  const meant = speller(base + "words/", count);
  return Promise.all(words.map(meant));
}"""
SPELLING = re.compile(r'data-spelling="([^"]*)"')


class Case(NamedTuple):
    """A word with a typing error."""

    kind: str
    word: str
    typed: str


class Table(NamedTuple):
    """The stories and words of a site, the share of each kind of error that leads to the word, and
    what was corrected wrongly.

    `bytes` are those of the parts that an error leads to: on average, and at most.
    """

    stories: int
    words: int
    shares: dict[str, float]
    share: float
    corrected: list[tuple[str, str]]
    bytes: tuple[int, int]


def words_of(site: Path) -> tuple[int, Counter[str]]:
    """How many stories a site's search index has, and in how many of them each word is."""
    counts: Counter[str] = Counter()
    number = 0
    for number, file in enumerate(sorted(site.glob("pagefind/*/fragment/*")), 1):  # noqa: B007 -- counted
        story = json.loads(gzip.decompress(file.read_bytes())[len(SIGNATURE) :])
        counts.update(words_in([story["content"]]))
    return number, counts


def cases(counts: Counter[str], number: int, seed: int = 1) -> Iterator[Case]:
    """Misspelled words, of all kinds in turn; none is a word of the archive."""
    chance = random.Random(seed)  # noqa: S311 -- the same words each time
    known = {fold(word) for word in counts}
    rare = sorted(word for word, count in counts.items() if count <= FEW and len(word) >= SHORTEST)
    for at, word in enumerate(chance.sample(rare, min(number, len(rare)))):
        kind = KINDS[at % len(KINDS)]
        typed = misspelled(fold(word), kind, chance)
        if typed not in known:
            yield Case(kind, word, typed)


def misspelled(word: str, kind: str, chance: random.Random) -> str:
    """A word with an error of a kind."""
    at = chance.randrange(len(word) - (kind == "swapped"))
    before, letter, after = word[:at], word[at], word[at + 1 :]
    return {
        "dropped": before + after,
        "doubled": before + letter + letter + after,
        "swapped": before + after[:1] + letter + after[1:],
        "replaced": before + chance.choice(LETTERS) + after,
    }[kind]


def measure(site: Path, base: str, page: Any, number: int = 1000) -> Table:
    """Type words into the search of a site at a base address, in a page of a browser."""
    stories, counts = words_of(site)
    tried = list(cases(counts, number))
    parts: list[int] = []
    page.goto(f"{base}/search/")
    spelling = SPELLING.findall(page.content())[0]
    answers = page.evaluate(ASK, [spelling, "/pagefind/", [case.typed for case in tried]])
    led = [
        (case.kind, meant in (case.word, case.typed if case.word.startswith(case.typed) else None))
        for case, meant in zip(tried, answers, strict=True)
    ]
    own = sorted(counts)
    corrected = [
        (word, meant)
        for word, meant in zip(own, page.evaluate(ASK, [spelling, "/pagefind/", own]), strict=True)
        if word != meant
    ]
    sizes = {file.name: file.stat().st_size for file in (site / WORDS).iterdir()}
    asked: list[str] = []
    page.on("requestfinished", lambda request: asked.append(request.url))
    for case in tried[:: max(1, len(tried) // 100)]:
        asked.clear()
        page.evaluate(ASK, [spelling, "/pagefind/", [case.typed]])
        parts.append(sum(sizes[url.rpartition("/")[2]] for url in asked if "/words/" in url))
    shares = {kind: _share([is_led for each, is_led in led if each == kind]) for kind in KINDS}
    share = _share([is_led for _, is_led in led])
    return Table(
        stories, len(counts), shares, share, corrected, (sum(parts) // len(parts), max(parts))
    )


def _share(found: list[bool]) -> float:
    return sum(found) / max(1, len(found))


def main() -> None:
    """Print a row for each site."""
    from playwright.sync_api import sync_playwright

    from tools.suites import chromium

    print(
        "| stories | words |",
        " | ".join(KINDS),
        "| all | corrected wrongly | bytes, on average and at most |",
    )
    print("|---:" * (len(KINDS) + 5) + "|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for site in map(Path, sys.argv[1:]):
            server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            table = measure(
                site, f"http://127.0.0.1:{server.server_address[1]}", browser.new_page()
            )
            shares = " | ".join(f"{share:.0%}" for share in (*table.shares.values(), table.share))
            sizes = " and ".join(f"{size:,}" for size in table.bytes)
            print(
                f"| {table.stories:,} | {table.words:,} | {shares} | {len(table.corrected)} |"
                f" {sizes} |"
            )
            print(*table.corrected[:5], file=sys.stderr)
            server.shutdown()


if __name__ == "__main__":
    main()
