"""What becomes of pages that stories link to: the ledger against a small server, and real builds
from it.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from broadside.build import reading
from broadside.config.options import Options
from broadside.media import public_web
from broadside.plugins.sources import command
from broadside.plugins.sources.command import asking
from broadside.plugins.sources.command import web as web_module
from broadside.plugins.sources.command.asking import asked
from broadside.plugins.sources.ledger import LedgerRefused, read
from broadside.plugins.sources.settings import CHECKS
from broadside.plugins.sources.texts import has, quotations
from tests.markdown.setting import SETTER
from tests.sample import Outlet
from tests.servers import running

HERE, ELSEWHERE = "127.0.0.1", "127.0.0.2"
HOST, PRIVATE = "ferry.example", "secret.example"
LOOK_UP = socket.getaddrinfo
FIRST = "2026-11-25"
SAID = "The ferry will sail every day until the spring."
COPY = "https://archive.example/web/20261125000000/page"


class Web(ThreadingHTTPServer):
    """Answers each path with a status and a page, or the address to which it leads."""

    daemon_threads = True
    answers: dict[str, tuple[int, str]]
    asked: list[str]
    agents: set[str]

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{HOST}:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Web

    def do_GET(self) -> None:
        """Answer."""
        path = urlsplit(self.path).path
        if path != "/robots.txt":
            self.server.asked.append(self.path)
        self.server.agents.add(self.headers["User-Agent"])
        status, said = self.server.answers.get(path, (404, ""))
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", said)
        self.send_header("Content-Type", "application/json" if said[:1] == "{" else "text/html")
        self.end_headers()
        self.wfile.write(said.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """A server on all addresses of this machine, of which one counts as public; two names lead to
    it.
    """

    def look_up(host: str, *rest: Any, **named: Any) -> Any:
        return LOOK_UP({HOST: HERE, PRIVATE: ELSEWHERE}.get(host, host), *rest, **named)

    server = Web(("0.0.0.0", 0), Handler)
    server.answers, server.asked, server.agents = {}, [], set()
    monkeypatch.setattr(public_web, "is_public", lambda address: address == HERE)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(asking, "PAUSE", 0.0)
    with running(server):
        yield server


class Desk(Outlet):
    """An outlet with a ledger."""

    def __init__(self, path: Path, patch: pytest.MonkeyPatch) -> None:
        super().__init__(path)
        self.ledger = path / "sources.json"
        self.settings: dict[str, Any] = {"SOURCES": str(self.ledger), "SOURCES_ARCHIVE": None}
        of_project = reading.sound

        def sound(options: Options) -> Any:
            content, how, settings = of_project(options)
            return content, how, settings.but(**self.settings)

        patch.setattr(asking, "sound", sound)

    def ask(self, after: int = 0, *, days: int = 6, most: int = 99) -> str:
        """Ask so many days after the first day."""
        day = (date.fromisoformat(FIRST) + timedelta(after)).isoformat()
        options = Options(str(self.content), now=f"{day}T09:00", production=True)
        return "\n".join(asked(options, days, most))

    def source(self, address: str) -> Any:
        """What the ledger says of a page."""
        return read(self.ledger)[address]

    def links(self, *addresses: str) -> None:
        """Write a story with these links."""
        self.story(body="\n\n".join(f"It [says so]({address})." for address in addresses))

    def built(self, **settings: Any) -> Any:
        """The text of the story, built with the ledger."""
        said = self.rebuild(settings=self.settings | settings)
        assert "published," in said, said
        return self.html("2026/11/a-story/").select_one(".story-body")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch)


def archived(web: Web, copy: str = COPY) -> dict[str, str]:
    """A public archive that has a copy."""
    said = {"archived_snapshots": {"closest": {"available": True, "url": copy}}}
    web.answers["/available"] = (200, json.dumps(said if copy else {"archived_snapshots": {}}))
    here = f"http://{HERE}:{web.server_port}"
    return {"available": f"{here}/available?url={{url}}", "save": f"{here}/save/{{url}}"}


def test_the_ledger_says_what_is_there_and_who_asked(desk: Desk, web: Web) -> None:
    page = f"{web.url}/page"
    web.answers["/page"] = (200, "<title>The  timetable</title><script>x</script><p>Daily.")
    desk.links(f"{page}#times", page)
    desk.story("a-draft", status="draft", body=f"[So]({web.url}/draft).")
    desk.ask()
    found = desk.source(page)
    assert list(read(desk.ledger)) == [page]
    assert (found.status, found.seen, found.title) == (200, FIRST, "The timetable")
    assert found.stories == ["articles/a-story.md"]
    assert web.asked == ["/page"]
    (agent,) = web.agents
    assert "Halyard" in agent
    assert "https://" in agent
    before = desk.ledger.read_bytes()
    assert json.loads(before)
    desk.ask(5)
    assert desk.ledger.read_bytes() == before
    assert len(web.asked) == 1
    web.answers["/page"] = (200, "<title>The timetable</title><p>Weekly.")
    desk.ask(6)
    assert desk.source(page).digest != found.digest


def test_a_page_that_is_gone_for_a_week_is_dead_and_one_that_comes_back_lives(
    desk: Desk, web: Web
) -> None:
    page = f"{web.url}/page"
    desk.links(page)
    for day, is_dead in ((0, False), (6, False), (12, True)):
        said = desk.ask(day)
        assert desk.source(page).is_dead == is_dead
        assert "articles/a-story.md" in said
        assert desk.source(page).failing in said
    web.answers["/page"] = (200, "Again.")
    said = desk.ask(18)
    assert not desk.source(page).is_dead
    assert page not in said


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_a_server_in_trouble_makes_no_page_dead(desk: Desk, web: Web, status: int) -> None:
    page = f"{web.url}/page"
    web.answers["/page"] = (status, "")
    desk.links(page)
    for day in (0, 100, 200):
        assert page in desk.ask(day)
    assert not desk.source(page).is_dead


def test_an_error_before_counts_for_nothing(desk: Desk, web: Web) -> None:
    page = f"{web.url}/page"
    web.answers["/page"] = (500, "")
    desk.links(page)
    desk.ask()
    del web.answers["/page"]
    desk.ask(20)
    assert not desk.source(page).is_dead


def test_a_host_that_wants_to_be_left_alone_is(desk: Desk, web: Web) -> None:
    for name in "abc":
        web.answers[f"/{name}"] = (429, "")
    desk.links(*(f"{web.url}/{name}" for name in "abc"))
    desk.ask()
    assert len(web.asked) == 1


def test_who_never_answers_is_dead_after_a_month(desk: Desk, web: Web) -> None:
    page = f"http://{HOST}:1/"
    desk.links(page)
    desk.ask()
    desk.ask(29)
    assert not desk.source(page).is_dead
    desk.ask(35)
    assert desk.source(page).is_dead


def test_where_a_page_moved_for_good_is_told(desk: Desk, web: Web) -> None:
    web.answers |= {"/old": (301, "/new"), "/now": (302, "/new"), "/new": (200, "Words.")}
    desk.links(f"{web.url}/old", f"{web.url}/now")
    assert f"{web.url}/old has moved to {web.url}/new" in desk.ask()
    assert desk.source(f"{web.url}/now").moved == ""


def test_what_only_this_machine_can_see_is_not_asked_for(desk: Desk, web: Web) -> None:
    there = f"{web.url.replace(HOST, PRIVATE)}/secret"
    web.answers |= {"/secret": (200, "Secret."), "/way": (302, there)}
    desk.links(there, f"{web.url}/way", "http://169.254.169.254/latest/")
    desk.ask()
    assert web.asked == ["/way"]
    assert all(not each.seen for each in read(desk.ledger).values())


def test_a_quotation_that_its_page_lost_is_told_and_one_that_it_never_had_is_not(
    desk: Desk, web: Web
) -> None:
    page = f"{web.url}/page"
    web.answers["/page"] = (200, f"<p>He said: <b>{SAID}</b></p>")
    never = "Nobody has ever said this of anything."
    desk.story(body=f'It [says]({page}): "{SAID[:-1].upper()} [...]" and "{never}"')
    assert "sail" not in desk.ask()
    web.answers["/page"] = (200, "<p>He said nothing.</p>")
    for day in (6, 12):
        said = desk.ask(day)
        assert SAID[:-1].upper() in said
        assert never not in said


@pytest.mark.parametrize(
    "rule",
    [
        "# Nothing.",
        "Disallow: http://[bad",
        "Disallow: //[bad",
        "Disallow: //a℀b/",
        "Crawl-delay: ²",
        "Request-rate: ²/³",
    ],
)
def test_what_a_host_keeps_programs_from_is_not_asked_for(desk: Desk, web: Web, rule: str) -> None:
    """Even if another of its rules cannot be read."""
    web.answers["/robots.txt"] = (200, f"User-agent: *\n{rule}\nDisallow: /b")
    web.answers["/a"] = (200, "Words.")
    desk.links(*(f"{web.url}/{name}" for name in "ab"))
    desk.ask()
    desk.ask(1)
    assert web.asked == ["/a"]
    assert (desk.source(f"{web.url}/b").status, desk.source(f"{web.url}/b").failing) == (0, "")


def test_whatever_a_page_holds_the_run_goes_on_and_tells_of_it(desk: Desk, web: Web) -> None:
    pages = {
        "/a": "<![foo[ x",
        "/b": f"&#{'9' * 5000};",
        "/c": '<meta charset="utf-7"><title>+2AA-',
        "/d": '<meta charset="unknown"><title>\x1b[2J',
        "/e": "<b>" * 5000,
    }
    web.answers |= {path: (200, said) for path, said in pages.items()}
    web.answers["/f"] = (301, "http://[bad/")
    desk.settings["SOURCES_ARCHIVE"] = archived(web)
    web.answers["/available"] = (200, "[" * 100_000)
    links = ["http://a%5Bb.example/p", "http://a:b/"]
    links += [f"{web.url}{path}" for path in (*pages, "/f")]
    desk.links(*links)
    for day in (0, 40):
        said = desk.ask(day)
        known = read(desk.ledger)
        assert len({each.asked for each in known.values()}) == 1
        unread = [*links[:4], f"{web.url}/f"]
        assert [link for link in links if link in said] == unread
    assert not desk.source(f"{web.url}/a").is_dead, "its server answers"
    assert "published," in desk.rebuild(settings=desk.settings)


def test_a_page_that_we_may_no_longer_ask_for_does_not_die_of_that(desk: Desk, web: Web) -> None:
    page = f"{web.url}/page"
    desk.links(page)
    desk.ask()
    assert desk.source(page).failing == FIRST
    web.answers["/robots.txt"] = (200, "User-agent: *\nDisallow: /")
    desk.ask(20)
    assert not desk.source(page).is_dead
    assert web.asked == ["/page"]


def test_a_run_that_was_stopped_goes_on_where_it_was(
    desk: Desk, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.links(*(f"{web.url}/{name}" for name in "abcd"))
    visited, left = web_module.visited, [True] * 3  # robots.txt and two pages

    def stopping(*words: str) -> Any:
        if not left:
            raise KeyboardInterrupt
        left.pop()
        return visited(*words)

    with monkeypatch.context() as patch:
        patch.setattr(asking, "visited", stopping)
        with pytest.raises(KeyboardInterrupt):
            desk.ask()
    assert len(web.asked) == 2
    desk.ask()
    assert sorted(web.asked) == ["/a", "/b", "/c", "/d"]


def test_those_come_first_that_were_not_asked_for_the_longest(desk: Desk, web: Web) -> None:
    desk.links(*(f"{web.url}/{name}" for name in "abcd"))
    for _ in range(2):
        desk.ask(most=2)
    assert sorted(web.asked) == ["/a", "/b", "/c", "/d"]


def test_an_archive_is_asked_first_and_then_saves(desk: Desk, web: Web) -> None:
    desk.settings["SOURCES_ARCHIVE"] = archived(web, "")
    page = f"{web.url}/page?a=b&c=d"
    web.answers |= {"/page": (200, "Words."), "/copies/1": (200, "Words.")}
    web.answers[f"/save/{page.partition('?')[0]}"] = (302, "/copies/1")
    desk.links(page)
    desk.ask()
    assert parse_qs(urlsplit(web.asked[1]).query) == {"url": [page]}
    assert web.asked[2] == f"/save/{page}"
    assert desk.source(page).copy == f"http://{HERE}:{web.server_port}/copies/1"
    del web.asked[:]
    desk.ask(6)
    assert len(web.asked) == 1


def test_a_folder_keeps_copies(desk: Desk, web: Web) -> None:
    desk.settings["SOURCES_ARCHIVE"] = {"folder": str(desk.path / "copies")}
    web.answers["/page"] = (200, "Words.")
    desk.links(f"{web.url}/page")
    desk.ask()
    (copy,) = (desk.path / "copies").iterdir()
    assert copy.read_bytes() == b"Words."
    assert desk.source(f"{web.url}/page").copy == str(copy)


def dead(desk: Desk, web: Web) -> str:
    """A page that is dead for good, with a copy."""
    page = f"{web.url}/page?a=b&c=d"
    desk.settings["SOURCES_ARCHIVE"] = archived(web)
    web.answers |= {
        "/page": (200, "<title>The &lt;b&gt;timetable</title>"),
        "/lives": (200, "Yes."),
    }
    desk.links(page, f"{web.url}/lives")
    desk.ask()
    del web.answers["/page"]
    for day in (6, 13):
        desk.ask(day)
    return page


def test_a_build_leads_readers_on_to_the_copy_and_says_so(desk: Desk, web: Web) -> None:
    page = dead(desk, web)
    text = desk.built()
    links = [each["href"] for each in text.select("a")]
    assert links == [COPY, f"{web.url}/lives"]
    (note,) = text.select("a + .file-note")
    assert note.get_text()
    assert COPY in (desk.output / "feed.xml").read_text("utf-8")
    before = desk.files()
    desk.rebuild(settings=desk.settings, clean=True)
    assert desk.files() == before
    web.answers["/page"] = (200, "Back.")
    desk.ask(20)
    assert [each["href"] for each in desk.built().select("a")] == [page, f"{web.url}/lives"]


def test_a_copy_that_readers_cannot_see_changes_nothing(desk: Desk, web: Web) -> None:
    page = dead(desk, web)
    for copy in ("copies/1.html", "javascript:alert(1)"):
        desk.ledger.write_text(desk.ledger.read_text("utf-8").replace(COPY, copy), "utf-8")
        assert page in [each["href"] for each in desk.built().select("a")]


def test_what_a_story_rests_on_is_listed_below_it_if_a_setting_says_so(
    desk: Desk, web: Web
) -> None:
    dead(desk, web)
    desk.built()
    assert not desk.html("2026/11/a-story/").select(".rests-on")
    desk.built(SOURCES_BELOW=True)
    items = desk.html("2026/11/a-story/").select(".rests-on li")
    assert [str(each.select("a")[0]["href"]) for each in items] == [COPY, f"{web.url}/lives"]
    assert "The <b>timetable" in items[0].get_text()
    assert f"{HOST}:" in items[0].get_text()
    desk.story()
    desk.built(SOURCES_BELOW=True)
    assert not desk.html("2026/11/a-story/").select(".rests-on")


def test_a_site_without_the_setting_is_the_same_with_a_ledger(desk: Desk, web: Web) -> None:
    dead(desk, web)
    desk.rebuild()
    before = desk.files()
    assert not any(b"archive.example" in data or b"rests-on" in data for data in before.values())
    del web.asked[:]
    desk.ledger.write_text("{}")
    desk.built()
    assert desk.files() == before
    assert web.asked == []


def test_a_ledger_that_cannot_be_read_is_told(desk: Desk) -> None:
    desk.links("https://example.org/")
    desk.ledger.write_text("[]")
    assert "sources.json" in desk.rebuild(settings=desk.settings)
    with pytest.raises(LedgerRefused):
        desk.ask()


def test_the_command_wants_a_ledger(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story()
    done = outlet.run("sources", "--content", str(outlet.content))
    assert done.returncode == 1
    assert "SOURCES" in done.stderr
    assert command.MENU


@pytest.mark.parametrize(
    "archive",
    [
        {},
        {"available": "https://a.example/?{url}"},
        {"available": "https://a.example/", "save": "https://a.example/{url}"},
        {"available": "https://a.example/{url}", "save": "https://a.example/{url}", "folder": "a"},
    ],
)
def test_an_archive_is_of_one_kind(archive: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="should have"):
        CHECKS["SOURCES_ARCHIVE"](archive)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f'It [said](https://a.example/): "{SAID}"', {"https://a.example/": [SAID]}),
        (f'[It](https://a.example/) and [it](https://b.example/): "{SAID}"', {}),
        ('It [said](https://a.example/) "yes".', {"https://a.example/": []}),
        (f"It [said](https://a.example/):\n\n> {SAID}", {"https://a.example/": [SAID]}),
        (
            f"It said:\n\n> {SAID}\n>\n> [Them](https://a.example/)",
            {"https://a.example/": [SAID]},
        ),
        (f"It said:\n\n> {SAID}", {}),
    ],
)
def test_what_a_text_quotes_of_a_page(text: str, found: dict[str, list[str]]) -> None:
    body, _ = SETTER.set(text, "a.md")
    assert quotations(body.blocks) == found


@pytest.mark.parametrize(
    ("quotation", "is_there"),
    [
        ("“The ferry… until the spring”", True),
        ("The [big] ferry will sail", True),
        ("The ferry sails", False),
    ],
)
def test_a_quotation_is_there_if_its_letters_are(quotation: str, is_there: bool) -> None:
    assert has("theferrywillsaileverydayuntilthespring", quotation) == is_there
