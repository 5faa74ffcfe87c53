"""Takes the pictures in docs/pictures from a fresh build of the demo outlet: .venv/bin/python
tools/screenshots.py

Needs Chromium and the packages that the tests need. `--output DIR` puts the pictures elsewhere.
"""

from __future__ import annotations

import argparse
import io
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
NOW = "2026-11-25T09:00"
PAGES = {
    "front": "",
    "story": "2026/11/the-sea-floor-has-no-police/",
    "section": "sections/europe/",
    "author": "authors/ilse-vandermeer/",
    "search": "search/?q=water",
}
OTHERS = {
    "feed": "feed.xml",
    "republish": "2026/11/the-sea-floor-has-no-police/republish/",
}
"""Pages for which a picture in one size and scheme is enough."""
CARD = re.compile(r'<meta property="og:image" content="https?://[^/"]*/([^"]*)"')
MAIL = {320: (900, 1), 600: (1000, 1)}
"""The sizes for the round-up's mail, as for SIZES: the widths of mail programs."""
SIZES = {375: (1000, 2), 1280: (1440, 1)}
"""Width of the window -> its height, and the pixels of the picture for each of the window's."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
QUALITY = 80
MOST = 4_500_000
"""The most bytes that all pictures together may have: they stay in the repository's history for
good.
"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves plain files and logs nothing."""

    def log_message(self, *_: Any) -> None:
        """Log nothing."""


def main() -> int:
    """Build the site, serve it and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "pictures")
    folder: Path = parser.parse_args().output
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as built:
        site, modern = Path(built) / "site", Path(built) / "modern"
        mail = Path(built) / "mail"
        make(ROOT, "build", "--production", "--now", NOW, "--output", str(site))
        make(ROOT, "roundup", "--now", NOW, "--to", str(mail))
        other = Path(
            shutil.copytree(
                ROOT,
                Path(built) / "other",
                ignore=shutil.ignore_patterns(".git", ".venv", ".cache"),
            )
        )
        (other / "halyard" / "theme" / "look.toml").write_text('base = "modern"\n', "utf-8")
        make(other, "build", "--production", "--now", NOW, "--output", str(modern))
        total = 0
        html = (mail / "roundup.html").read_text("utf-8")
        for name, picture in chain(
            pictures(served(site), html, site), of_look(served(modern), "modern")
        ):
            data = compressed(picture)
            (folder / f"{name}.jpg").write_bytes(data)
            total += len(data)
            print(f"{name}.jpg {len(data):,}")
    print(f"{total:,} bytes in all, {MOST:,} at most")
    return int(total > MOST)


def make(root: Path, *words: str) -> None:
    """Run one of the commands of a checkout."""
    subprocess.run([sys.executable, "-m", "invoke", "--search-root", str(root), *words], check=True)


def served(site: Path) -> str:
    """The address at which a site is served until this program ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"


@contextmanager
def opened() -> Iterator[Browser]:
    """Chromium, until it has taken its pictures."""
    from tools.suites import chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


def of_look(base: str, look: str) -> Iterator[tuple[str, bytes]]:
    """Names and pictures of the first screens of the front page and a story."""
    with opened() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        for name in ("front", "story"):
            page.goto(f"{base}/{PAGES[name]}", wait_until="networkidle")
            yield f"{look}-{name}", page.screenshot()


def pictures(base: str, mail: str, site: Path) -> Iterator[tuple[str, bytes]]:
    """Names and pictures of each page in each size and scheme, of a card, and of the mail, whose
    photo is taken from the site.
    """
    with opened() as browser:
        for window, page in windows(browser, SIZES):
            for name, path in PAGES.items():
                page.goto(f"{base}/{path}", wait_until="networkidle")
                if "?q=" in path:
                    page.locator(".search-results li").first.wait_for()
                yield f"{name}-{window}", page.screenshot()
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        for name, path in OTHERS.items():
            page.goto(f"{base}/{path}", wait_until="networkidle")
            yield f"{name}-1280-light", page.screenshot()
        yield (
            "card",
            (
                site / card_of((site / PAGES["story"] / "index.html").read_text("utf-8"))
            ).read_bytes(),
        )
        for window, page in windows(browser, MAIL):
            page.route(
                "https://**/photos/*",
                lambda route: route.fulfill(path=site / _path_of(route.request.url)),
            )
            page.set_content(mail, wait_until="networkidle")
            yield f"roundup-{window}", page.screenshot()


def windows(browser: Browser, sizes: Mapping[int, tuple[int, int]]) -> Iterator[tuple[str, Page]]:
    """A page in a window of each size and scheme, with the words for these in a picture's name."""
    for width, (height, scale) in sizes.items():
        for scheme in SCHEMES:
            window: ViewportSize = {"width": width, "height": height}
            context = browser.new_context(
                viewport=window, device_scale_factor=scale, color_scheme=scheme
            )
            yield f"{width}-{scheme}", context.new_page()
            context.close()


def card_of(html: str) -> str:
    """The path of a story's card in the site."""
    found = CARD.search(html)
    if not found:
        raise LookupError("the story has no card")
    return found[1]


def _path_of(url: str) -> str:
    """The path of an address, relative to the site's top."""
    return url.split("/", 3)[3]


def compressed(png: bytes) -> bytes:
    """The picture as a JPEG."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        image.convert("RGB").save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
