"""What the preview's server answers, to whom, and what it tells an open page."""

from __future__ import annotations

import json
import re
import socket
import struct
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from broadside.config.options import Options
from broadside.plugins.admin import headers as admin
from broadside.preview.server import listen
from broadside.publish.headers import (
    FILES,
    FONTS,
    FONTS_IN,
    NEVER_CHANGES,
    Allowed,
    headers_with,
    page_with,
    search_with,
)
from tests.commands.running import PATIENCE, Serving, change, ice_and_wind, until
from tests.sample import Outlet
from tests.servers import running

ALLOWED = Allowed(
    players=("tube.halyard.example",), origins=(("connect-src", "https://example.social"),)
)
"""What the demo's EMBEDS and COUNT_REPLIES name."""
PAGE, SEARCH = page_with(ALLOWED), search_with(ALLOWED)
SENT = headers_with(ALLOWED.players)
MARK = re.compile(r'data-mark="([0-9a-f]+)"')


def here(policy: str) -> str:
    """A policy of the live site as the preview sends it: its own pages may show the site's."""
    return policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    return ice_and_wind(tmp_path_factory.mktemp("serve"))


@pytest.fixture(scope="module")
def serving(outlet: Outlet) -> Iterator[Serving]:
    with Serving(outlet) as started:
        yield started


def _headers(serving: Serving, request: str) -> Message:
    """The headers of the answer to a request; each may be there once."""
    headers = message_from_bytes(
        _answer(serving, request).partition(b"\r\n\r\n")[0].partition(b"\r\n")[2]
    )
    assert len({name.lower() for name in headers}) == len(headers)
    return headers


def _answer(serving: Serving, request: str) -> bytes:
    with socket.create_connection(("127.0.0.1", serving.port)) as line:
        line.sendall(f"{request}\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while part := line.recv(65536):
            answer += part
    return answer


@pytest.mark.skipif(
    not Path("/proc/net/tcp").exists(), reason="this system does not list who listens where"
)
def test_only_this_computer_is_served(serving: Serving) -> None:
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    listening = [
        row[1] for row in rows if row[3] == "0A" and row[1].endswith(f":{serving.port:04X}")
    ]
    assert listening == [f"0100007F:{serving.port:04X}"]
    assert not any(
        f":{serving.port:04X} " in line
        for line in Path("/proc/net/tcp6").read_text().splitlines()
        if " 0A " in line
    )


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8000", "[", ""]
)
@pytest.mark.parametrize("asked", ["GET /desk/", "GET /_broadside/events", "HEAD /feed.xml"])
def test_no_other_site_can_read_the_preview_by_pointing_its_own_name_here(
    serving: Serving, asked: str, host: str
) -> None:
    answer = _answer(serving, f"{asked} HTTP/1.1\r\nHost: {host}")
    assert answer.startswith(b"HTTP/1.1 421 ")
    assert b"Ice" not in answer


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:9000", "[::1]:8000", "127.0.0.1:8000"])
def test_this_computer_may_be_called_by_any_of_its_names(serving: Serving, host: str) -> None:
    assert _answer(serving, f"GET /desk/ HTTP/1.1\r\nHost: {host}").startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "path", ["%00", "%ed%a0%80", "%ff", "a" * 5_000], ids=lambda path: path[:9]
)
def test_an_address_that_no_file_can_have_is_not_found_and_says_nothing_in_the_terminal(
    serving: Serving, method: str, path: str
) -> None:
    assert _answer(serving, f"{method} /{path} HTTP/1.1\r\nHost: 127.0.0.1").startswith(
        b"HTTP/1.1 404 "
    )
    assert "Traceback" not in serving.said


def test_a_browser_that_hangs_up_is_no_fault(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "large.jpg").write_bytes(b"\0" * 50_000_000)
    server, _ = listen(Options(output=str(tmp_path)), 0)
    server.daemon_threads = False  # closing it waits for every answer
    with running(server), socket.create_connection(("127.0.0.1", server.server_port)) as line:
        # closing it resets the line
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.sendall(b"GET /large.jpg HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert line.recv(15) == b"HTTP/1.1 200 OK"
    assert capfd.readouterr() == ("", "")


def test_many_clients_at_once_are_kept_waiting_and_not_turned_away(tmp_path: Path) -> None:
    server, _ = listen(Options(output=str(tmp_path)), 0)  # which accepts none of them yet
    with ExitStack() as lines:
        lines.callback(server.server_close)
        for _ in range(100):
            lines.enter_context(
                socket.create_connection(("127.0.0.1", server.server_port), timeout=PATIENCE / 10)
            )


def test_pages_carry_the_live_script_and_files_do_not(serving: Serving, outlet: Outlet) -> None:
    page = serving.get("2026/11/wind/")
    assert page.count("/_broadside/live.js") == 1
    stylesheet = next((outlet.path / "preview" / "theme").glob("*.css")).name
    assert "_broadside" not in serving.get(f"theme/{stylesheet}")
    assert "_broadside" not in serving.get("feed.xml")
    assert "EventSource" in serving.get("_broadside/live.js")


@pytest.mark.parametrize(
    ("path", "policy"),
    [("", PAGE), ("2026/11/wind/", PAGE), ("search/", SEARCH), ("feed.xml", PAGE), ("none/", PAGE)],
)
def test_every_answer_has_the_headers_of_the_live_site(
    serving: Serving, path: str, policy: str
) -> None:
    headers = _headers(serving, f"GET /{path} HTTP/1.1\r\nHost: 127.0.0.1")
    assert headers["Content-Security-Policy"] == here(policy) + FONTS  # the demo has some
    assert {name: headers[name] for name in SENT} == SENT
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_the_editor_is_served_under_its_own_policy_and_is_never_loaded_anew(
    serving: Serving,
) -> None:
    headers = _headers(serving, "GET /admin/ HTTP/1.1\r\nHost: localhost")
    assert headers["Content-Security-Policy"] == here(admin.SENT.policy)
    assert headers["Cross-Origin-Opener-Policy"] == admin.SENT.opener
    assert "/_broadside/live.js" not in serving.get("admin/")


def test_files_have_the_types_and_lives_of_the_live_site(serving: Serving, outlet: Outlet) -> None:
    stylesheet = next((outlet.path / "preview" / "theme").glob("*.css")).name
    headers = _headers(serving, f"GET /theme/{stylesheet} HTTP/1.1\r\nHost: 127.0.0.1")
    assert (headers["Content-Type"], headers["Cache-Control"]) == (
        "text/css; charset=utf-8",
        NEVER_CHANGES,
    )
    assert (
        _headers(serving, "GET /theme/none.css HTTP/1.1\r\nHost: 127.0.0.1")["Cache-Control"]
        == "no-store"
    )
    app, browser = ("application/atom+xml", "text/html")
    types = [
        _headers(serving, f"GET /feed.xml HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}")[
            "Content-Type"
        ]
        for accept in (app, browser)
    ]
    assert types == ["application/atom+xml; charset=utf-8", "application/xml"]


def test_the_policy_allows_fonts_only_where_the_site_has_some(tmp_path: Path) -> None:
    server, _ = listen(Options(output=str(tmp_path)), 0)
    with running(server) as url:
        for has_fonts in (False, True):
            if has_fonts:
                (tmp_path / FONTS_IN).mkdir(parents=True)
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(url, timeout=PATIENCE)
            assert ("font-src" in refused.value.headers["Content-Security-Policy"]) == has_fonts


def test_a_file_to_which_stories_link_is_shown_or_saved_as_on_the_live_site(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    for name in ("a.pdf", "a.csv"):
        (tmp_path / "files" / name).write_bytes(b"a,b")
    server, _ = listen(Options(output=str(tmp_path)), 0)
    with running(server) as url:
        pdf, csv = (
            urllib.request.urlopen(f"{url}/files/{name}", timeout=PATIENCE).headers
            for name in ("a.pdf", "a.csv")
        )
        assert (pdf["Content-Type"], pdf["Content-Disposition"]) == ("application/pdf", None)
        assert (csv["Content-Type"], csv["Content-Disposition"]) == (
            "text/csv; charset=utf-8",
            "attachment",
        )
        assert pdf["Content-Security-Policy"] == csv["Content-Security-Policy"] == here(FILES)


def test_drafts_are_listed_though_nothing_links_to_them(serving: Serving) -> None:
    until(lambda: '<a href="/drafts/ice/">Ice &amp; snow</a>' in serving.get("desk/"), "the desk")
    assert "/drafts/ice/" not in serving.get("")


def test_the_desk_says_what_a_story_lacks_and_what_is_wrong_elsewhere(
    serving: Serving, outlet: Outlet
) -> None:
    def rows() -> dict[str, list[str]]:
        html = BeautifulSoup(serving.get("desk/"), "html.parser")
        found = {}
        for row in html.select("tbody tr:not(.faults)"):
            title = next(row.select("th")[0].stripped_strings)
            found[title] = [cell.get_text().strip() for cell in row.select("td")]
        return found

    file = outlet.story(
        "floe",
        status="draft",
        title="A floe",
        section="Eurpoe",
        date=None,
        body="Four words in all.",
    )
    until(lambda: "A floe" in rows(), "a story with a fault is on the desk")
    state, _, author, _, words, faults, photo = rows()["A floe"]
    assert (state, words, faults, photo) == ("Draft", "4", "1", "missing")
    assert author == "Ana Pereira"
    file.unlink()
    lists = outlet.content / "sections.yml"
    before = lists.read_text("utf-8")
    lists.write_text(before + "- nmae: Sport\n", "utf-8")
    until(lambda: "sections.yml:" in serving.get("desk/"), "a fault elsewhere")
    lists.write_text(before, "utf-8")
    until(lambda: "sections.yml:" not in serving.get("desk/"), "it is mended")


@pytest.mark.parametrize(
    "path",
    [
        "no/such/page/",
        "../pelicanconf.py",
        "%2e%2e/pelicanconf.py",
        "..%2f..%2fetc/passwd",
        "_broadside/../../tasks.py",
    ],
)
def test_what_is_not_part_of_the_site_is_not_found(serving: Serving, path: str) -> None:
    answer = _answer(serving, f"GET /{path} HTTP/1.1\r\nHost: 127.0.0.1")
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert b"SITENAME" not in answer


def test_a_folder_without_its_slash_leads_to_the_page(serving: Serving) -> None:
    with urllib.request.urlopen(f"{serving.base}/2026/11/wind", timeout=PATIENCE) as answer:
        assert answer.url == f"{serving.base}/2026/11/wind/"


def test_an_open_page_follows_its_story_to_another_address(
    serving: Serving, outlet: Outlet
) -> None:
    file = outlet.story("snow", status="draft")
    serving.says("/drafts/snow/")
    change(file, 'slug: "snow"', 'slug: "sleet"')
    serving.says("/drafts/sleet/")
    change(file, '"draft"', '"published"')
    until(lambda: "/2026/11/sleet/" in serving.get(""), "the story is out")
    for path in ("drafts/snow/", "drafts/sleet/"):
        with urllib.request.urlopen(f"{serving.base}/{path}", timeout=PATIENCE) as answer:
            assert answer.url == f"{serving.base}/2026/11/sleet/"
    file.unlink()
    until(lambda: "/2026/11/sleet/" not in serving.get(""), "the story is gone")


@pytest.mark.slow
def test_a_saved_fault_is_shown_and_so_is_its_mending(serving: Serving, outlet: Outlet) -> None:
    file = outlet.content / "articles" / "wind.md"
    mark = MARK.findall(serving.get("2026/11/wind/"))[0]
    address = f"{serving.base}/_broadside/events?path=/2026/11/wind/&mark={mark}"
    with urllib.request.urlopen(address, timeout=PATIENCE) as events:
        assert _event(events) == ("fine", "")
        change(file, "Europe", "Eurpoe")
        while (event := _event(events)) == ("fine", ""):
            pass  # the build before, or its desk, may have come only now
        name, faults = event
        assert name == "faults"
        assert (
            'articles/wind.md:6: error: unknown-section: "Eurpoe" is not in sections.yml; did you'
            in faults
        )
        assert "Headline of wind" in serving.get("2026/11/wind/")
        change(file, "Eurpoe", "Europe")
        while (event := _event(events))[0] == "faults":
            pass
        assert event == ("fine", "")  # the page is what it was
        change(file, "Body.", "Another body.")
        while (event := _event(events)) == ("fine", ""):
            pass
        assert event == ("built", "")
    assert "Another body." in serving.get("2026/11/wind/")
    assert "6 | section" in serving.said


def _event(stream: Iterator[bytes]) -> tuple[str, str]:
    """The next event of a stream: its name and the faults that it tells of."""
    name = (
        next(line for line in stream if line.startswith(b"event: "))
        .decode()
        .removeprefix("event: ")
        .strip()
    )
    return name, json.loads(next(stream).decode().removeprefix("data: "))["faults"]


def test_a_player_may_jump_within_a_recording(serving: Serving) -> None:
    files = serving.outlet.files(serving.outlet.path / "preview")
    path = next(each for each in files if each.endswith(".css"))
    whole = files[path]
    for asked, first, last in (
        ("0-", 0, len(whole) - 1),
        ("10-19", 10, 19),
        ("5-999999999", 5, len(whole) - 1),
    ):
        head, _, body = _answer(
            serving, f"GET /{path} HTTP/1.1\r\nHost: localhost\r\nRange: bytes={asked}"
        ).partition(b"\r\n\r\n")
        assert head.split(b" ")[1] == b"206"
        assert f"Content-Range: bytes {first}-{last}/{len(whole)}".encode() in head
        assert body == whole[first : last + 1]
    answer = _answer(serving, f"GET /{path} HTTP/1.1\r\nHost: localhost\r\nRange: bytes=5-2")
    assert answer.split(b" ")[1] == b"416"
    assert f"Content-Range: bytes */{len(whole)}".encode() in answer
    answer = _answer(serving, f"GET /{path} HTTP/1.1\r\nHost: localhost\r\nRange: bytes=999999999-")
    assert answer.split(b" ")[1] == b"200"
