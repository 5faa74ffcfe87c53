"""Sites that are built once and served to a browser, which may load nothing from anywhere else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from broadside.config.options import Options
from broadside.publish.headers import Allowed, headers_of
from tests.browser.awkward import STORY, awkward_outlet
from tests.forked import in_fork
from tests.repository import PROJECT
from tests.sample import HARBOUR, NOW, Outlet
from tests.servers import running

LONG = "\n\n".join(
    f"Paragraph {number} of a text that goes on, so that there is something to cut."
    for number in range(1, 9)
)
ARTWORK = "half-a-coffee"
"""The demo's artwork of a podcast, which directories want to be large."""
FOOTNOTED = f"{LONG}\n\nA claim.[^1]\n\n[^1]: Its source.\n"


class Quiet(SimpleHTTPRequestHandler):
    """Plain files, and not a word about them."""

    def log_message(self, *_: Any) -> None:
        pass


def guarded(allowed: Allowed) -> type[Quiet]:
    """Serves files with the headers of a live site whose settings allow this."""

    class Guarded(Quiet):
        def end_headers(self) -> None:
            for name, value in headers_of(
                self.path.lstrip("/"), has_fonts=True, allowed=allowed
            ).items():
                self.send_header(name, value)
            super().end_headers()

    return Guarded


class Visit:
    """A page in the browser that notes what went wrong and what it tried to load from elsewhere.

    Pages do without faces that are late, so that what is seen depends on the machine; with `faces`
    they wait for them, or have none.
    """

    def __init__(self, browser: Any, base: str, faces: bool | None = None, **options: Any) -> None:
        self.base = base
        self.faces = faces
        self.errors: list[str] = []
        self.outside: list[str] = []
        self.context = browser.new_context(
            **({"viewport": {"width": 1280, "height": 900}} | options)
        )
        self.context.set_default_timeout(10_000)
        self.context.route("**/*", self._route)
        self.page = self.context.new_page()
        self.page.on(
            "console",
            lambda said: (
                self.errors.append(said.text) if said.type in ("error", "warning") else None
            ),
        )
        self.page.on("pageerror", lambda problem: self.errors.append(str(problem)))

    def _route(self, route: Any) -> None:
        if not route.request.url.startswith((self.base, "data:")):
            self.outside.append(route.request.url)
            route.abort()
        elif self.faces is False and route.request.resource_type == "font":
            route.abort()
        elif self.faces and route.request.resource_type == "stylesheet":
            response = route.fetch()
            route.fulfill(
                response=response,
                body=response.text().replace("font-display:optional", "font-display:block"),
            )
        else:
            route.continue_()

    def to(self, path: str) -> Any:
        """Open a page of the site and return it."""
        self.page.goto(f"{self.base}/{path}", wait_until="load")
        if self.faces:
            self.page.evaluate("document.fonts.ready")
        return self.page


@pytest.fixture
def visit(browser: Any) -> Iterator[Any]:
    """Makes a Visit of the site at a base address; its context is closed when the test ends."""
    made: list[Visit] = []

    def start(base: str, **options: Any) -> Visit:
        made.append(Visit(browser, base, **options))
        return made[-1]

    yield start
    for each in made:
        each.context.close()


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small outlet whose four oldest stories carry no rails."""
    outlet = Outlet(tmp_path_factory.mktemp("small"))
    outlet.photo()
    for day in range(1, 7):
        outlet.story(
            f"story-{day}",
            body=FOOTNOTED,
            date=f"2026-11-{day:02}T09:00",
            related=["story-1"] if day > 1 else ["story-2", "tern"],
            **HARBOUR,
        )
    outlet.story(
        "tern",
        body="The tern is a bird that nests on shingle.",
        date="2026-10-01T09:00",
        title="A bird of the coast",
    )
    outlet.story("in-short", body="Short.", date="2026-11-07T09:00", section="Briefs")
    with served(built(outlet.content, outlet.output, RAIL_PAGES=4)) as base:
        yield base


@pytest.fixture(scope="session")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the outlet with awkward stories."""
    outlet = awkward_outlet(tmp_path_factory.mktemp("awkward"))
    with served(built(outlet.content, outlet.output)) as base:
        yield base


@pytest.fixture
def story(visit: Any, awkward: str) -> Any:
    """The page of a story whose stream is cut, without JavaScript on a reader's side."""
    return visit(awkward).to(STORY)


@pytest.fixture(scope="session")
def demo_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo outlet with every word of it; its pictures are tiny, so that it is built in
    seconds.
    """
    from PIL import Image

    path = tmp_path_factory.mktemp("demo")
    shutil.copytree(PROJECT / "content", path / "content", ignore=shutil.ignore_patterns("photos"))
    for original in (PROJECT / "content" / "photos").rglob("*.*"):
        small = path / "content" / original.relative_to(PROJECT / "content")
        small.parent.mkdir(parents=True, exist_ok=True)
        with Image.open(original) as image:
            width, height = image.size
        wide = width if original.stem == ARTWORK else 60
        Image.new("RGB", (wide, round(wide * height / width)), "teal").save(small)
    return built(path / "content", path / "output")


@pytest.fixture(scope="session")
def demo(demo_output: Path) -> Iterator[str]:
    """The address of the demo outlet."""
    with served(demo_output) as base:
        yield base


@contextmanager
def served(folder: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """Serve a folder on a free port of this machine, while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    server.daemon_threads = True
    with running(server) as url:
        yield url


def built(content: Path, output: Path, **settings: Any) -> Path:
    """Build in a forked process, with settings that no flag can give; the output."""
    said = in_fork(Options(content=str(content), output=str(output), now=NOW), settings=settings)
    assert "published," in said, said
    return output
