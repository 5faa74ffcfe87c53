"""The demo outlet, served as a good host serves it, and what its pages are judged by."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import brotli
import pytest

from tests.browser.conftest import Quiet, built, served, visit
from tests.repository import PROJECT
from tools.suites import READER

__all__ = ["visit"]

BUDGETS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("budgets.toml").read_text("utf-8"))
TEMPLATES = {
    "front": "",
    "story": "2026/11/the-sea-floor-has-no-police/",
    "heard": "2026/02/one-name-for-two-seas/",
    "republish": "2026/11/what-a-closed-embassy-still-does/republish/",
    "section": "sections/europe/",
    "author": "authors/ilse-vandermeer/",
    "series": "series/rivers-on-paper/",
    "all series": "series/",
    "topic": "topics/water/",
    "archive": "archive/",
    "month": "archive/2026/11/",
    "search": "search/",
    "page": "about/",
    "types": "types/",
    "corrections": "corrections/",
    "roundup": "roundup/2026-11-20/",
    "roundups": "roundup/",
    "thanks": "newsletter/thanks/",
    "sorry": "newsletter/sorry/",
    "404": "404.html",
}
"""A page of each kind."""
TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt")


class GoodHost(Quiet):
    """Sends text compressed, what never changes for ever, and every page under the content security
    policy.
    """

    protocol_version = "HTTP/1.1"
    packed: ClassVar[dict[str, bytes]] = {}

    def do_GET(self) -> None:  # noqa: N802 -- the name that http.server looks for
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        if path.suffix in TEXT and "br" in self.headers.get("Accept-Encoding", ""):
            data = self.packed.get(str(path)) or self.packed.setdefault(
                str(path), brotli.compress(data)
            )
            self.send_header("Content-Encoding", "br")
        for_ever = "theme" in path.parts or "photos" in path.parts
        self.send_header("Cache-Control", "max-age=31536000, immutable" if for_ever else "no-cache")
        if path.suffix == ".html":
            policy = BUDGETS["policy"]["search" if path.parent.name == "search" else "page"]
            self.send_header("Content-Security-Policy", policy)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo outlet, built with its pictures."""
    return built(
        PROJECT / "content",
        tmp_path_factory.mktemp("reader") / "output",
        PHOTO_STORE=str(READER / "photos"),
    )


@pytest.fixture(scope="session")
def site(output: Path) -> Iterator[str]:
    """The address of the demo outlet."""
    with served(output, GoodHost) as base:
        yield base
