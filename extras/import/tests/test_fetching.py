"""Pictures are fetched only when that is asked for, each once."""

from __future__ import annotations

import io
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image

from archives import imported, item, story, wordpress
from broadside.media import public_web
from broadside_import import command
from tests.sample import Outlet
from tests.servers import running


class Web(ThreadingHTTPServer):
    asked: list[str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@pytest.fixture
def web() -> Iterator[Web]:
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(picture, "JPEG")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append(self.path)
            self.send_response(200 if self.path in ("/u/a.jpg", "/u/b-300x200.jpg") else 404)
            self.end_headers()
            self.wfile.write(picture.getvalue() if "404" not in self.path else b"")

        def log_message(self, *_: object) -> None:
            pass

    server = Web(("127.0.0.1", 0), Handler)
    server.asked = []
    with running(server):
        yield server


def test_what_is_nowhere_else_is_fetched_once(
    tmp_path: Path, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_web, "is_public", lambda _: True)
    monkeypatch.setattr(command, "FETCHED", tmp_path / "fetched")
    outlet = Outlet(tmp_path)
    source = tmp_path / "export.xml"
    pictures = "".join(
        f'<p><img src="{web.address}/u/{name}" alt="x"></p>'
        for name in ("a-300x200.jpg", "b-300x200.jpg", "gone.jpg")
    )
    source.write_text(wordpress(item(1, pictures)))
    assert imported(outlet, "wordpress", source).photos_missing == 3
    assert web.asked == []
    report = imported(outlet, "wordpress", source, fetch_media=True)
    assert (report.photos, report.photos_missing) == (2, 1)
    assert sorted(web.asked) == ["/u/a.jpg", "/u/b-300x200.jpg", "/u/b.jpg", "/u/gone.jpg"]
    assert len(list((outlet.content / "photos").rglob("*.jpg"))) == 2
    assert "](photos/elsewhere/" in story(outlet, "story-1")
    web.asked.clear()
    assert imported(outlet, "wordpress", source, fetch_media=True).photos == 2
    assert web.asked == ["/u/gone.jpg"]
