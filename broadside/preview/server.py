"""Serves a built site on this machine, receives the results of builds, and tells open pages when to
reload.
"""

from __future__ import annotations

import json
import os
import re
import threading
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from broadside.config.options import Options
from broadside.preview.pages import NotSaved, PreviewPage, own_pages
from broadside.publish.headers import (
    ASK_AGAIN,
    FONTS_IN,
    NOTHING,
    Allowed,
    content_type,
    headers_of,
)
from broadside.site.policies import FEEDS
from broadside.urls import save_as

OWN_FILES = tuple(Path(__file__).with_name(name) for name in ("live.js", "preview.css"))
OWN_FOLDER = "/_broadside/"
"""The folder of the preview's own files; no page of a site can be there, because an address never
starts with _.
"""
NO_FRAMES, OWN_FRAMES = "frame-ancestors 'none'", "frame-ancestors 'self'"
RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})", re.A)
HERE = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?", re.I)
"""The Host header of a request to this machine."""
MOST_SENT = 1_000_000
"""Bytes that one of the preview's own pages may send."""
HEARTBEAT = 15.0
"""Seconds after which a quiet connection is tested, to notice a closed page."""


class Rerendered(Struct, frozen=True):
    """A page as it will be after a save, ahead of the build: its path below the output folder, and
    its HTML.
    """

    path: str
    html: bytes


class Moved(Struct, frozen=True):
    """A save gives a story another address, for example with a new headline or when it is no longer
    a draft.
    """

    old: str
    new: str


class OwnPages(Struct, frozen=True):
    """Sent by a build's process once it can render single pages: the HTML of the preview's own
    pages, by their addresses, and the address that edits a file.

    In that address, {file} and {line}, or {story}, are to be filled in; it is "" if there is none.
    """

    pages: dict[str, bytes] = {}
    edit: str = ""


class Outcome(Struct, frozen=True):
    """How a build ended: its faults as text, or "", and what its pages may load from elsewhere.

    `since` has the pages and moves of saves during the build, which it may have missed.
    """

    faults: str = ""
    allowed: Allowed = NOTHING
    since: tuple[Rerendered | Moved, ...] = ()


class PreviewNews(Struct, frozen=True):
    """The state of the preview: the number of changes so far, the faults, and the pages shown until
    a build ends.

    `pages` has their HTML by path; `moved` has a page's new address by its former one.
    """

    number: int = 0
    faults: str = ""
    pages: dict[str, bytes] = {}
    own: OwnPages = OwnPages()
    moved: dict[str, str] = {}
    allowed: Allowed = NOTHING

    def after(self, came: Outcome | Rerendered | Moved | OwnPages) -> PreviewNews:
        """The news after one more message: a build's outcome, its own pages or, ahead of a
        build, a page or a story's new address.

        Until a build has ended, the faults of the last one remain: they may be another file's.
        """
        number = self.number + 1
        if isinstance(came, OwnPages):
            return replace(self, number=number, own=came)
        if isinstance(came, Rerendered):
            # A story may be back at its old address, while a page is open at the address that it
            # had in between.
            back = {new: old for old, new in self.moved.items() if save_as(old) == came.path}
            moved = {
                old: new for old, new in self.moved.items() if save_as(old) != came.path
            } | back
            return replace(
                self, number=number, pages=self.pages | {came.path: came.html}, moved=moved
            )
        if isinstance(came, Moved):
            # or two could lead to each other
            stays = {old: new for old, new in self.moved.items() if old != came.new}
            # It may already have moved during a build, and a page may be open at the address in
            # between.
            left = {came.old, self.moved.get(came.old, came.old)} - {came.new}
            pages = {
                path: html for path, html in self.pages.items() if path not in map(save_as, left)
            }
            return replace(
                self, number=number, pages=pages, moved=stays | dict.fromkeys(left, came.new)
            )
        news = replace(self, number=number, faults=came.faults, pages={})
        if not came.faults:
            news = replace(news, allowed=came.allowed)
        for each in came.since:
            news = news.after(each)
        return news

    def event_for(self, is_same: bool) -> str:
        """The event for an open page, given whether it `is_same` as before: show the faults,
        reload, or do nothing.
        """
        if self.faults:
            return "faults"
        if is_same:
            return "fine"
        return "built"


class NewsHolder:
    """Holds the news, and lets threads wait for more."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.news = PreviewNews()

    def take(self, came: Outcome | Rerendered | Moved | OwnPages) -> None:
        """Update the news with what came."""
        with self.changed:
            self.news = self.news.after(came)
            self.changed.notify_all()

    def follow(self, builds: Connection) -> None:
        """Receive what the builder sends until it goes away."""
        while True:
            try:
                self.take(builds.recv())
            except (EOFError, OSError):
                return

    def wait(self, number: int) -> PreviewNews | None:
        """Wait for news with a number other than this; None if there was none for a while."""
        with self.changed:
            came = self.changed.wait_for(lambda: self.news.number != number, HEARTBEAT)
            if came:
                return self.news
            return None


class Handler(SimpleHTTPRequestHandler):
    """Answers with files of the output folder, pages with the live script in them, and events."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, state: NewsHolder, options: Options, directory: str) -> None:
        self.state, self.options = state, options
        super().__init__(*args, directory=directory)

    def handle(self) -> None:
        """Answer the requests of one connection, which the browser may close at any time."""
        with suppress(ConnectionError):
            super().handle()

    def parse_request(self) -> bool:
        """Refuse a request for another host: another site may point its own name at this
        machine.
        """
        if not super().parse_request():
            return False
        if HERE.fullmatch(self.headers.get("Host", "")):
            return True
        self.send_error(
            HTTPStatus.MISDIRECTED_REQUEST,
            explain="This preview is for this computer only: call it localhost or 127.0.0.1",
        )
        return False

    def translate_path(self, path: str) -> str:
        """The file of an address; an impossible name becomes one that does not exist."""
        return super().translate_path(path).replace("\0", "?").encode(errors="replace").decode()

    def do_GET(self) -> None:
        """Answer with a file, the live script, or the events."""
        path = urlsplit(self.path).path
        if path == f"{OWN_FOLDER}events":
            self._events()
        elif own := own_files().get(path):
            self._send(HTTPStatus.OK, content_type(own.name), own.read_bytes())
        else:
            self._page(path)

    def do_POST(self) -> None:
        """Let one of the preview's own pages save what it sends to its own address."""
        page = own_page_at(urlsplit(self.path).path)
        length = self.headers.get("Content-Length", "")
        if not (page and page.save and self._is_from_own_page()):
            self.send_error(HTTPStatus.FORBIDDEN)
            return
        if not length.isdecimal() or int(length) > MOST_SENT:
            self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        status = HTTPStatus.OK
        try:
            words = page.save(self.options, json.loads(self.rfile.read(int(length))))
        except NotSaved as problem:
            status, words = HTTPStatus.CONFLICT, str(problem)
        except (ValueError, RecursionError):
            status, words = HTTPStatus.BAD_REQUEST, "The page sent something that is no JSON."
        self._send(status, "text/plain; charset=utf-8", words.encode())

    def _is_from_own_page(self) -> bool:
        """Whether a script of this very server sent a request: a page of another site cannot send
        this type without asking first.
        """
        origin = f"http://{self.headers.get('Host', '')}"
        kind = self.headers.get("Content-Type", "")
        return self.headers.get("Origin") == origin and kind == "application/json"

    def _page(self, path: str) -> None:
        """Send a page with the live script in it, or any other file as it is."""
        file = Path(self.translate_path(path))
        if os.path.isdir(file) and not path.endswith("/"):
            self._send(HTTPStatus.MOVED_PERMANENTLY, "text/plain", b"", Location=f"{path}/")
            return
        if os.path.isfile(file) and file.suffix != ".html":
            if not self._part(file):
                super().do_GET()
            return
        news = self.state.news
        status, html = self._page_at(path, news)
        if status == HTTPStatus.NOT_FOUND and (moved := news.moved.get(path.lstrip("/"))):
            self._send(HTTPStatus.FOUND, "text/plain", b"", Location=f"/{moved}")
            return
        if own_page_at(path) and not path.endswith("/"):
            self._send(status, content_type(path), html)
            return
        # reloading an editor would lose what is being written
        if not news.allowed.of_folder(path.lstrip("/")):
            html = html.replace(b"</body>", _script(html))
        self._send(status, "text/html; charset=utf-8", html)

    def _part(self, file: Path) -> bool:
        """Send the requested part of a file, as players need to jump within a recording; returns
        whether a part was requested.
        """
        asked, size = RANGE.fullmatch(self.headers.get("Range", "")), file.stat().st_size
        if not asked or int(asked[1]) >= size:
            return False
        first, last = int(asked[1]), min(int(asked[2] or size), size - 1)
        if last < first:
            refused = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
            self._send(refused, "text/plain", b"", Content_Range=f"bytes */{size}")
            return True
        with file.open("rb") as opened:
            opened.seek(first)
            data = opened.read(last + 1 - first)
        said = {"Accept_Ranges": "bytes", "Content_Range": f"bytes {first}-{last}/{size}"}
        self._send(HTTPStatus.PARTIAL_CONTENT, content_type(file.name), data, **said)
        return True

    def _page_at(self, path: str, news: PreviewNews) -> tuple[HTTPStatus, bytes]:
        """The status and the page of an address, as of this news."""
        root, file = Path(self.directory), Path(self.translate_path(path))
        if path.endswith("/"):
            file /= "index.html"
        if own := own_page_at(path):
            return HTTPStatus.OK, news.own.pages.get(own.address) or _message(
                "Not yet", "<p>This page opens when the site has been built.</p>"
            )
        for page, html in news.pages.items():
            if file == root / page:
                return HTTPStatus.OK, html
        try:
            return HTTPStatus.OK, file.read_bytes()
        except OSError:
            pass  # it does not exist, or the site was just exchanged
        missing = root / "404.html"
        return HTTPStatus.NOT_FOUND, missing.read_bytes() if missing.is_file() else _not_built(news)

    def _send(self, status: HTTPStatus, kind: str, data: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(data)),
            **headers,
        }.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def send_response(self, code: int, message: str | None = None) -> None:
        """Begin an answer, and note whether it has the file."""
        self._is_found = code in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT)
        super().send_response(code, message)

    def end_headers(self) -> None:
        """Add the live site's headers, but let the browser cache nothing that another build may
        change.
        """
        # There is no path if no request could be read.
        path = unquote(urlsplit(getattr(self, "path", "")).path).lstrip("/")
        news = self.state.news
        headers = headers_of(path, (Path(self.directory) / FONTS_IN).is_dir(), news.allowed)
        # Pages of the preview's own may show the site's.
        policy = headers["Content-Security-Policy"].replace(NO_FRAMES, OWN_FRAMES)
        if own_page_at(f"/{path}"):
            others, _, players = policy.partition("; frame-src ")
            policy = f"{others}; frame-src 'self' {players}"
        headers["Content-Security-Policy"] = policy
        if headers["Cache-Control"] == ASK_AGAIN or not self._is_found:
            headers["Cache-Control"] = "no-store"
        for name, value in headers.items():
            self.send_header(name, value)
        super().end_headers()

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """The type of a file on the live site; a browser gets a feed as a page, an app as a
        feed.
        """
        name = os.path.basename(path)
        if name in FEEDS and "text/html" not in self.headers.get("Accept", ""):
            return FEEDS[name]
        return content_type(name)

    def _events(self) -> None:
        """Keep the connection open, and tell the page what to do whenever there is news."""
        asked = parse_qs(urlsplit(self.path).query)
        path, mark = (asked.get(name, [""])[0] for name in ("path", "mark"))
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        number = -1
        try:
            while True:
                news = self.state.wait(number)
                if news is None:
                    self._tell(": still here\n\n")
                    continue
                number = news.number
                is_same = _mark(self._page_at(path, news)[1]) == mark
                event = news.event_for(is_same)
                if own_page_at(path):  # what is wrong does not keep it from being made
                    event = "built"
                    if is_same:
                        event = "fine"
                data = {"faults": news.faults, "edit": news.own.edit, "folder": os.getcwd()}
                self._tell(f"event: {event}\ndata: {json.dumps(data)}\n\n")
        except OSError:
            return  # the page was closed

    def _tell(self, words: str) -> None:
        self.wfile.write(words.encode())
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name is http.server's
        """Log no requests, because the terminal is for builds and faults."""


def own_page_at(path: str) -> PreviewPage | None:
    """The preview's own page at an address, if there is one."""
    return next((page for page in own_pages() if path == f"/{page.address}"), None)


def own_files() -> dict[str, Path]:
    """The files that the preview adds to pages, and those of its own pages, by their addresses."""
    given = (file for page in own_pages() for file in page.files)
    return {f"{OWN_FOLDER}{file.name}": file for file in (*OWN_FILES, *given)}


def _script(html: bytes) -> bytes:
    return f'<script src="{OWN_FOLDER}live.js" data-mark="{_mark(html)}"></script></body>'.encode()


def _mark(html: bytes) -> str:
    """A digest of a page as it is served."""
    return blake2b(html, digest_size=8).hexdigest()


def _not_built(news: PreviewNews) -> bytes:
    words = "It is being built, and will show here by itself."
    if news.faults:
        words = "A fault keeps it from being built."
    elif news.number:
        words = (
            "It was deleted, as ./inv clean does. Save a story, and it is built and will show here"
            " by itself."
        )
    return _message("The site is not here yet", f"<p>{words}</p>")


def _message(title: str, html: str) -> bytes:
    head = (
        '<meta charset="utf-8"><meta name="viewport"'
        f' content="width=device-width"><title>{title}</title>'
    )
    head += f'<link rel="stylesheet" href="{OWN_FOLDER}preview.css">'
    page = (
        f'<!doctype html><html lang="en"><head>{head}</head><body'
        f' class="broadside-page"><h1>{title}</h1>{html}</body></html>'
    )
    return page.encode()


class PreviewServer(ThreadingHTTPServer):
    """Answers each connection in a thread of its own."""

    daemon_threads = True
    request_queue_size = 1024
    """How many connections wait to be accepted; a browser, or a link checker, opens many at
    once.
    """


def listen(options: Options, port: int) -> tuple[ThreadingHTTPServer, NewsHolder]:
    """A server that only this machine can reach; raises OSError if the port cannot be used."""
    state = NewsHolder()
    handler = partial(Handler, state=state, options=options, directory=str(options.output_path))
    return PreviewServer(("127.0.0.1", port), handler), state
