"""./inv serve without a browser: what it prints, what it serves, what it tells an open page, how it ends."""

from __future__ import annotations

import functools
import re
import shutil
import signal
import socket
import struct
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.preview.builder import SHOWN, addresses
from desk.preview.server import listen
from desk.preview.state import Galley, Moved, News, Outcome
from desk.preview.watch import Wanted
from tests.checkout import checkout
from tests.desk.running import PATIENCE, Serving, change, until
from tests.outlet import Outlet

MOVED = st.builds(Moved, st.sampled_from("abc"), st.sampled_from("abc"))
GALLEY = st.builds(Galley, st.sampled_from(["a", "b", "index.html"]), st.sampled_from([b"A page.", b"Another."]))
CAME = st.lists(
    st.builds(Outcome, st.sampled_from(["", "a fault"]), since=st.lists(GALLEY | MOVED, max_size=3).map(tuple))
    | GALLEY
    | MOVED
)
MARK = re.compile(r'data-mark="([0-9a-f]+)"')


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    made = Outlet(tmp_path_factory.mktemp("serve"))
    made.story("ice", status="draft", title="Ice & snow")
    made.story("wind")
    return made


@pytest.fixture(scope="module")
def serving(outlet: Outlet) -> Iterator[Serving]:
    with Serving(outlet) as running:
        yield running


def _answer(serving: Serving, request: str) -> bytes:
    with socket.create_connection(("127.0.0.1", serving.port)) as line:
        line.sendall(f"{request}\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while part := line.recv(65536):
            answer += part
    return answer


def test_it_says_where_to_look(serving: Serving) -> None:
    assert serving.said.startswith(f"Serving {serving.base}/ - save a file, and the page follows; Ctrl-C ends it.\n")
    serving.says(f"  {serving.base}/drafts/ice/\n")


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="this system does not list who listens where")
def test_only_this_computer_is_served(serving: Serving) -> None:
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    listening = [row[1] for row in rows if row[3] == "0A" and row[1].endswith(f":{serving.port:04X}")]
    assert listening == [f"0100007F:{serving.port:04X}"]
    assert not any(
        f":{serving.port:04X} " in line for line in Path("/proc/net/tcp6").read_text().splitlines() if " 0A " in line
    )


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8000", "[", ""])
@pytest.mark.parametrize("asked", ["GET /drafts/", "GET /_broadside/events", "HEAD /feed.xml"])
def test_no_other_site_can_read_it_by_having_its_own_name_lead_here(serving: Serving, asked: str, host: str) -> None:
    answer = _answer(serving, f"{asked} HTTP/1.1\r\nHost: {host}")
    assert answer.startswith(b"HTTP/1.1 421 ")
    assert b"Ice" not in answer


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:9000", "[::1]:8000", "127.0.0.1:8000"])
def test_this_computer_may_be_called_by_any_of_its_names(serving: Serving, host: str) -> None:
    assert _answer(serving, f"GET /drafts/ HTTP/1.1\r\nHost: {host}").startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["%00", "%ed%a0%80", "%ff", "a" * 5_000], ids=lambda path: path[:9])
def test_an_address_that_no_file_can_have_is_not_found_and_says_nothing_in_the_terminal(
    serving: Serving, method: str, path: str
) -> None:
    assert _answer(serving, f"{method} /{path} HTTP/1.1\r\nHost: 127.0.0.1").startswith(b"HTTP/1.1 404 ")
    assert "Traceback" not in serving.said


def test_a_browser_that_hangs_up_is_no_fault(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "large.jpg").write_bytes(b"\0" * 50_000_000)
    server, _ = listen(tmp_path, 0)
    server.daemon_threads = False  # closing it waits for every answer
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with socket.create_connection(("127.0.0.1", server.server_port)) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # closing it resets the line
        line.sendall(b"GET /large.jpg HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert line.recv(15) == b"HTTP/1.1 200 OK"
    server.shutdown()
    server.server_close()
    assert capfd.readouterr() == ("", "")


def test_pages_carry_the_live_script_and_files_do_not(serving: Serving, outlet: Outlet) -> None:
    page = serving.get("2026/11/wind/")
    assert page.count("/_broadside/live.js") == 1
    stylesheet = next((outlet.path / "preview" / "theme").glob("*.css")).name
    assert "_broadside" not in serving.get(f"theme/{stylesheet}")
    assert "_broadside" not in serving.get("feed.xml")
    assert "EventSource" in serving.get("_broadside/live.js")


def test_drafts_are_listed_though_nothing_links_to_them(serving: Serving) -> None:
    assert '<a href="/drafts/ice/">Ice &amp; snow</a> <small>Draft</small>' in serving.get("drafts/")
    assert "/drafts/ice/" not in serving.get("")


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
def test_what_is_not_of_the_site_is_not_found(serving: Serving, path: str) -> None:
    answer = _answer(serving, f"GET /{path} HTTP/1.1\r\nHost: 127.0.0.1")
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert b"SITENAME" not in answer


def test_a_folder_without_its_slash_leads_to_the_page(serving: Serving) -> None:
    with urllib.request.urlopen(f"{serving.base}/2026/11/wind", timeout=PATIENCE) as answer:
        assert answer.url == f"{serving.base}/2026/11/wind/"


def test_a_page_whose_story_gets_another_address_follows_it(serving: Serving, outlet: Outlet) -> None:
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


def test_a_saved_fault_is_told_and_so_is_its_mending(serving: Serving, outlet: Outlet) -> None:
    file = outlet.content / "articles" / "wind.md"
    mark = MARK.findall(serving.get("2026/11/wind/"))[0]
    address = f"{serving.base}/_broadside/events?path=/2026/11/wind/&mark={mark}"
    with urllib.request.urlopen(address, timeout=PATIENCE) as events:
        assert _event(events) == ("fine", '""')
        change(file, "Europe", "Eurpoe")
        while (event := _event(events)) == ("fine", '""'):
            pass  # the build before may have ended only now
        name, faults = event
        assert name == "faults"
        assert 'articles/wind.md:6: error: unknown-section: \\"Eurpoe\\" is not in sections.yml; did you' in faults
        assert "Headline of wind" in serving.get("2026/11/wind/")
        change(file, "Eurpoe", "Europe")
        assert _event(events) == ("fine", '""')  # the page is what it was
        change(file, "Body.", "Another body.")
        assert _event(events) == ("built", '""')
    assert "Another body." in serving.get("2026/11/wind/")
    assert "6 | section" in serving.said


def test_a_second_one_on_the_port_says_what_to_do(serving: Serving, outlet: Outlet) -> None:
    done = outlet.run("serve", "--content", str(outlet.content), "--port", str(serving.port))
    assert done.returncode == 1
    assert (
        done.stderr.strip()
        == f"Port {serving.port} is taken, perhaps by another ./inv serve; try ./inv serve --port {serving.port + 1}"
    )


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--content", "/no/such/folder"], "There is no folder /no/such/folder."),
        (["--port", "99999"], "99999 is not a port; choose one between 1024 and 65535."),
    ],
)
def test_what_cannot_start_says_why(outlet: Outlet, flags: list[str], words: str) -> None:
    done = outlet.run("serve", *flags)
    assert (done.returncode, done.stderr.strip()) == (1, words)


def test_a_first_build_that_fails_is_served_as_such_until_it_is_mended(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    file = outlet.story("wind", section="Eurpoe")
    serving = Serving(outlet)
    try:
        serving.says("unknown-section")
        until(lambda: "A fault keeps it from being built." in _refused(serving), "the page says that there is a fault")
        change(file, "Eurpoe", "Europe")
        serving.built(1)
        assert "Headline of wind" in serving.get("")
    finally:
        serving.__exit__()


def test_a_site_that_was_deleted_is_said_to_be_until_a_save_brings_it_back(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    file = outlet.story("wind")
    with Serving(outlet) as serving:
        for folder in ("preview", ".preview.cache"):
            shutil.rmtree(tmp_path / folder)
        until(lambda: "It was deleted, as ./inv clean does." in _refused(serving), "word of it")
        change(file, "Body.", "Another body.")
        serving.built(2)
        assert "Headline of wind" in serving.get("")


def test_two_at_once_show_each_its_own_outlet(tmp_path: Path) -> None:
    project = checkout(tmp_path / "project")
    outlets = [Outlet(tmp_path / name, project) for name in ("one", "two")]
    for outlet in outlets:
        outlet.story(outlet.path.name)
    with Serving(outlets[0], output="") as one, Serving(outlets[1], output="") as two:
        assert "Headline of one" in one.get("")
        assert "Headline of two" in two.get("")


def test_drafts_are_found_where_the_settings_put_them(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path, checkout(tmp_path / "project", 'DRAFT_URL = "soon/{slug}.html"'))
    outlet.story("wind")
    outlet.story("ice", status="draft")
    with Serving(outlet) as serving:
        serving.says(f"  {serving.base}/soon/ice.html\n")
        until(lambda: '<a href="/soon/ice.html">' in serving.get("drafts/"), "the list has it")
        assert "Headline of ice" in serving.get("soon/ice.html")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])  # SIGINT ends all others
def test_however_it_ends_the_port_is_free_again(tmp_path: Path, how: signal.Signals) -> None:
    outlet = Outlet(tmp_path)
    outlet.story()
    serving = Serving(outlet)
    serving.built(1)
    serving.end(how)


@given(CAME)
def test_a_page_loads_anew_where_it_is_not_as_it_was_unless_a_fault_stands(
    came: list[Outcome | Galley | Moved],
) -> None:
    news = News()
    for each in came:
        before, news = news, news.after(each)
        assert news.number > before.number
        stands = each.faults if isinstance(each, Outcome) else before.faults
        assert [news.event_for(same) for same in (True, False)] == (["faults"] * 2 if stands else ["fine", "built"])
        if isinstance(each, Galley):
            assert news.galleys == before.galleys | {each.path: each.html}
        elif isinstance(each, Moved):
            moved = {each.old, before.moved.get(each.old)} - {each.new}
            assert news.galleys == {path: html for path, html in before.galleys.items() if path not in moved}
        else:  # of what was shown before, nothing stands
            assert news.galleys == functools.reduce(News.after, each.since, News(moved=before.moved)).galleys


@given(st.lists(GALLEY | MOVED.filter(lambda moved: moved.old != moved.new)))
def test_no_address_leads_back_to_itself(came: list[Galley | Moved]) -> None:
    news = News()
    for each in came:
        news = news.after(each)
        assert each.path not in news.moved if isinstance(each, Galley) else news.moved[each.old] == each.new
        for start in news.moved:
            seen, at = {start}, start
            while at in news.moved:
                at = news.moved[at]
                assert at not in seen
                seen.add(at)


def test_a_page_that_moved_twice_while_a_build_ran_is_found_from_the_address_between() -> None:
    news = News(moved={"drafts/snow/": "drafts/sleet/"}).after(Moved("drafts/snow/", "2026/11/sleet/"))
    assert news.moved == dict.fromkeys(["drafts/snow/", "drafts/sleet/"], "2026/11/sleet/")


def test_a_story_that_is_back_is_found_from_where_it_was_meanwhile() -> None:
    news = News(moved={"2026/11/a/": "2026/11/b/"}).after(Galley("2026/11/a/index.html", b"A page."))
    assert news.moved == {"2026/11/b/": "2026/11/a/"}


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/project/content/articles/2026/a.md", True),
        ("/project/content/photos/a.jpg", True),
        ("/project/theme/static/css/base.css", True),
        ("/project/pelicanconf.py", True),
        ("/elsewhere/output/content/articles/a.md", True),
        ("/project/content/articles/.later.md", True),
        ("/project/content/articles/.#a.md", False),
        ("/project/content/articles/.a.md.swp", False),
        ("/project/content/.trash/a.md", False),
        ("/project/content/articles/a.md~", False),
        ("/project/content/articles/2026~/a.md", False),
        ("/project/content/articles/a.md.tmp", True),
        ("/project/content/articles/a.md.swp", True),
        ("/project/theme/templates/base.html.tmp", False),
        ("/project/theme/templates/#base.html#", False),
        ("/project/content/articles/#a.md#", False),
        ("/project/.git/index", False),
        ("/project/.venv/lib/python3.11/x.py", False),
        ("/project/tests/test_x.py", False),
        ("/project/plugins/__pycache__/x.cpython-311.pyc", False),
        ("/project/output/index.html", False),
        ("/project/mine/index.html", False),
        ("/project/nohup.out", False),
        ("/project/theme", True),
        ("/project/requirements.lock", True),
        ("/project/ours/robot.py", True),
        ("/somewhere/else.md", False),
    ],
)
def test_which_changes_call_for_a_build(path: str, wanted: bool) -> None:
    content = Path("/elsewhere/output/content") if path.startswith("/elsewhere") else Path("/project/content")
    assert Wanted(content, Path("/project"), (Path("/project/mine"),))(None, path) is wanted


@given(st.integers(0, 30))
def test_no_more_drafts_are_named_than_fit_the_screen(number: int) -> None:
    written = [f"drafts/d{i}/index.html" for i in range(number)]
    lines = addresses("http://127.0.0.1:8000", written)
    assert len(lines) == min(number, SHOWN) + (number > SHOWN)
    assert all(line.endswith("/\n") for line in lines)


def _refused(serving: Serving) -> str:
    """The page that is shown where there is none."""
    with pytest.raises(urllib.error.HTTPError) as answer:
        serving.get("")
    return str(answer.value.read().decode())


def _event(stream: Iterator[bytes]) -> tuple[str, str]:
    """The next event of a stream: its name and data."""
    name = next(line for line in stream if line.startswith(b"event: ")).decode().removeprefix("event: ").strip()
    return name, next(stream).decode().removeprefix("data: ").strip()
