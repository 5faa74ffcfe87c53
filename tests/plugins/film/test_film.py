"""The line of a film, made of what its provider says, against a small provider on this machine."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from broadside.config.options import Options
from broadside.markdown.writer import clean_line
from broadside.media import films, public_web
from broadside.media.films import Provider
from broadside.plugins.film.command import fetching as film
from broadside.plugins.film.command.fetching import NoFilm, ready
from broadside.settings import Settings
from tests.markdown.setting import SETTER
from tests.sample import Outlet
from tests.servers import running

# EMBEDS of this repository names the host
ADDRESS = "https://tube.halyard.example/w/8vKqYb3nDw5RzT2mXcJ7Ls"
IS_PUBLIC = public_web.is_public
PICTURE = io.BytesIO()
Image.new("RGB", (640, 360), "teal").save(PICTURE, "JPEG")
TITLE = 'How a [buoy] is "laid", *twice* & more'


class Tube(ThreadingHTTPServer):
    """Answers with a status and bytes, or leads to another address, by path."""

    asked: list[str]
    answers: dict[str, tuple[int, bytes | str]]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def tells(self, **given: Any) -> None:
        """Have it tell of a film."""
        usual = {
            "version": "1.0",
            "type": "video",
            "title": TITLE,
            "author_name": "Ida Holm",
            "provider_name": "The Tube",
        }
        usual |= {"thumbnail_url": f"{self.address}/still.jpg"}
        told = {name: value for name, value in (usual | given).items() if value is not None}
        self.answers["/services/oembed"] = (200, json.dumps(told).encode())


@pytest.fixture
def tube(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tube]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append(self.path)
            status, what = server.answers.get(urlsplit(self.path).path, (404, b""))
            self.send_response(status)
            if isinstance(what, str):
                self.send_header("Location", what)
            self.end_headers()
            self.wfile.write(what if isinstance(what, bytes) else b"")

        def log_message(self, *_: object) -> None:
            pass

    server = Tube(("127.0.0.1", 0), Handler)
    server.asked, server.answers = [], {"/still.jpg": (200, PICTURE.getvalue())}
    server.tells()

    def here(host: str) -> Provider:
        oembed = f"{server.address}/services/oembed?format=json&url="
        return Provider(host, f"https://{host}/e/{{id}}?", f"https://{host}/w/{{id}}", oembed)

    monkeypatch.setattr(films, "_peertube", here)
    monkeypatch.setattr(public_web, "is_public", lambda address: address == "127.0.0.1")
    with running(server):
        yield server


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    return Outlet(tmp_path)


def options(outlet: Outlet) -> Options:
    return Options(content=str(outlet.content))


def photos(outlet: Outlet) -> list[str]:
    return (
        sorted(file.name for file in (outlet.content / "photos").glob("*"))
        if (outlet.content / "photos").exists()
        else []
    )


def test_the_line_shows_the_film_in_a_story(outlet: Outlet, tube: Tube) -> None:
    made = ready(options(outlet), f" {ADDRESS}?start=3\n")
    assert photos(outlet) == ["how-a-buoy-is-laid-twice-more.jpg"]
    assert "Readers can play it" in made.told
    question, still = tube.asked
    assert parse_qs(urlsplit(question).query) == {"format": ["json"], "url": [ADDRESS]}
    assert still == "/still.jpg"
    outlet.story(body=f"Words.\n\n{made.line}\n")
    assert "error" not in outlet.rebuild()
    card = outlet.html("2026/11/a-story/").select_one(".story-body figure.embed")
    assert card
    assert (link := card.select_one("a"))
    assert link["href"] == ADDRESS
    assert (title := card.select_one(".embed-title"))
    assert title.get_text() == "How a [buoy] is “laid”, *twice* & more"
    assert (credit := card.select_one(".credit"))
    assert credit.get_text() == "Ida Holm/The Tube"


def test_no_picture_is_replaced_and_the_same_one_is_not_saved_twice(
    outlet: Outlet, tube: Tube
) -> None:
    one, again = ready(options(outlet), ADDRESS), ready(options(outlet), ADDRESS)
    assert one == again
    other = io.BytesIO()
    Image.new("RGB", (640, 360), "red").save(other, "PNG")
    (outlet.content / "photos" / photos(outlet)[0]).write_bytes(b"another")
    assert ready(options(outlet), ADDRESS).still.endswith("-2.jpg")
    tube.answers["/still.jpg"] = (200, other.getvalue())
    assert ready(options(outlet), ADDRESS).still.endswith("more.png")
    assert len(photos(outlet)) == 3


@pytest.mark.parametrize(
    ("path", "answer", "said"),
    [
        ("/services/oembed", (404, b""), "has no film"),
        ("/services/oembed", (401, b""), "private"),
        ("/services/oembed", (500, b""), "could not be asked"),
        ("/services/oembed", (200, b"<!doctype html>"), "PeerTube"),
        ("/services/oembed", (200, b"[" * 100_000), "PeerTube"),
        ("/services/oembed", (200, b"x" * (film.MOST + 1)), "more than 1 MB"),
        (
            "/services/oembed",
            (302, "https://elsewhere.example/oembed"),
            "leads elsewhere, to elsewhere.example",
        ),
        ("/still.jpg", (404, b""), "could not be fetched"),
        ("/still.jpg", (200, b"<!doctype html>"), "a web page"),
        ("/still.jpg", (200, PICTURE.getvalue()[:200]), "ends before the picture does"),
        ("/still.jpg", (302, "file:///etc/passwd"), "could not be fetched"),
    ],
)
def test_whatever_goes_wrong_is_said_and_nothing_is_saved(
    outlet: Outlet, tube: Tube, path: str, answer: tuple[int, bytes | str], said: str
) -> None:
    tube.answers[path] = answer
    with pytest.raises(NoFilm, match=said):
        ready(options(outlet), ADDRESS)
    assert photos(outlet) == []


@pytest.mark.parametrize(
    "lacks",
    [
        {"title": None},
        {"title": "\ud800"},
        {"title": 7},
        {"thumbnail_url": None},
        {"thumbnail_url": "http://[bad"},
        {"thumbnail_url": "http://127.0.0.1/\x1b[31m"},
    ],
)
def test_a_film_without_title_or_still_has_no_line(
    outlet: Outlet, tube: Tube, lacks: dict[str, Any]
) -> None:
    tube.tells(**lacks)
    with pytest.raises(NoFilm):
        ready(options(outlet), ADDRESS)
    assert photos(outlet) == []


def test_a_still_that_is_too_large_is_refused(
    outlet: Outlet, tube: Tube, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        film,
        "fetched",
        lambda address, *most, **how: public_web.fetched(address, *(most or (999,)), **how),
    )
    with pytest.raises(NoFilm, match="more than"):
        ready(options(outlet), ADDRESS)
    assert photos(outlet) == []


def test_a_still_on_this_machine_is_refused(outlet: Outlet, tube: Tube) -> None:
    tube.tells(thumbnail_url=tube.address.replace("127.0.0.1", "127.0.0.2") + "/still.jpg")
    with pytest.raises(NoFilm, match="its host is not public"):
        ready(options(outlet), ADDRESS)
    assert (len(tube.asked), photos(outlet)) == (1, [])


def test_a_provider_on_this_machine_is_not_asked(
    outlet: Outlet, tube: Tube, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_web, "is_public", IS_PUBLIC)
    with pytest.raises(NoFilm, match="its host is not public"):
        ready(options(outlet), ADDRESS)
    assert tube.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://example.org/",
        "tube.example.org/w/8vKqYb3nDw5RzT2mXcJ7Ls",
        "http://youtu.be/abcDEF12-_5",
    ],
)
def test_what_is_no_films_address_asks_nobody(outlet: Outlet, tube: Tube, address: str) -> None:
    with pytest.raises(NoFilm, match="not the address of a film"):
        ready(options(outlet), address)
    assert tube.asked == []


def test_a_provider_that_is_not_allowed_is_named(outlet: Outlet, tube: Tube) -> None:
    made = ready(options(outlet), ADDRESS.replace("tube.", "video."))
    assert '"video.halyard.example"' in made.told


def test_the_command_prints_the_line_alone(outlet: Outlet) -> None:
    done = outlet.run(
        "film", "https://tube.invalid/w/8vKqYb3nDw5RzT2mXcJ7Ls", "--content", str(outlet.content)
    )
    assert done.returncode == 1
    assert "Nothing was saved: tube.invalid could not be asked" in done.stderr
    assert done.stdout == ""


@given(st.text(max_size=60), st.text(max_size=30))
@example("](https://evil.example/){still=", "\"} ![a](b) '")
@example("<script>alert(1)</script> &lt; _a_ `b` \\", '{credit="x"}')
def test_any_title_and_any_author_make_a_line_that_is_read_as_they_are(
    title: str, author: str
) -> None:
    answer = {"title": title, "author_name": author, "provider_name": "T", "thumbnail_url": "x"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(film, "fetched", lambda *_, **__: json.dumps(answer).encode())
        patch.setattr(film, "settings_of", lambda _: Settings({"EMBEDS": []}))
        patch.setattr(film, "_saved", lambda *_: "photos/x.jpg")
        try:
            made = ready(Options(content="."), ADDRESS)
        except NoFilm:
            return
    body, faults = SETTER.set(f"Words.\n\n{made.line}\n\nMore.", "a.md")
    assert [fault for fault in faults if fault.severity == "error"] == []
    (photo,) = body.photos
    assert photo.photo == "photos/x.jpg"
    assert photo.film
    assert photo.film.address == ADDRESS
    assert letters(photo.film.title) == letters(clean_line(title)[: film.LONGEST])
    assert photo.credit.endswith("T")


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
