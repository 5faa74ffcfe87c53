"""What ./inv readers makes of the log: what counts as read, and that no line of it is lost without
a word.
"""

from __future__ import annotations

import gzip
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.json import decode

from broadside.build.reading import read
from broadside.config.options import Options
from broadside.content.content import Content
from broadside.plugins.rails.most_read import most_read
from broadside_server import readers as module
from broadside_server.readers import UNKNOWN, Readers, Request, Tally
from tests.sample import NOW, Outlet

HERE, ASIA, LONG_AGO = "/2026/11/here/", "/2026/11/there/", "/2026/11/old/"
SITEURL = "https://halyard.example"


def line(path: str = HERE, **given: Any) -> bytes:
    """A line as nginx writes it: by a reader, two hours ago."""
    usual = {
        "time": "2026-11-25T07:00:00+01:00",
        "path": f"{path}index.html" if path.endswith("/") else path,
        "status": 200,
        "by": "reader",
        "from": "",
    }
    return json.dumps(usual | given).encode() + b"\n"


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    made = Outlet(tmp_path_factory.mktemp("readers"))
    made.story("here", redirect_from=["/2019/once.html", "/once/"])
    made.story("there", section="Asia")
    made.story("old")
    made.story("held", date="2026-11-28")
    made.story("unlisted", status="hidden")
    return made


@pytest.fixture(scope="module")
def content(outlet: Outlet) -> Content:
    return read(Options(content=str(outlet.content), now=NOW))[0]


def counted(outlet: Outlet, *logs: Path, flags: tuple[str, ...] = ()) -> tuple[Readers, str]:
    """What the command writes as JSON, and what it says."""
    named = [word for log in logs for word in ("--log", str(log))]
    given = [
        "--content",
        str(outlet.content),
        "--now",
        NOW,
        "--siteurl",
        SITEURL,
        "--json",
        "most_read.json",
    ]
    done = outlet.run("readers", *given, *named, *flags)
    assert done.returncode == 0, done.stdout + done.stderr
    return decode((outlet.path / "most_read.json").read_bytes(), type=Readers), done.stdout


def reads(stories: list[Any]) -> dict[str, int]:
    return {each.url: each.reads for each in stories}


def test_reads_are_counted_by_story_section_and_site(outlet: Outlet, tmp_path: Path) -> None:
    log, older = tmp_path / "halyard.example.readers", tmp_path / "halyard.example.readers.2.gz"
    log.write_bytes(
        line()
        + line(status=304, **{"from": "www.Halyard.example"})
        + line("/once/", **{"from": "News.example"})
        + line(path="/2019/once.html", time="2026-11-25T00:30:00+01:00")
        + line(ASIA, time="2026-11-24T22:59:59Z")  # yesterday in the site's zone
    )
    with gzip.open(older, "wb") as file:
        file.write(
            line(ASIA, time="2026-11-19T10:00:00+01:00")
            + line(LONG_AGO, time="2026-11-18T08:59:00+01:00")
        )
    made, said = counted(outlet, log, older)
    assert reads(made.today) == {HERE: 4}
    assert reads(made.stories) == {HERE: 4, ASIA: 2}
    assert [(each.name, each.reads) for each in made.sections] == [("Europe", 4), ("Asia", 2)]
    assert {each.name: each.reads for each in made.sites} == {
        UNKNOWN: 4,
        module.OUR_OWN: 1,
        "news.example": 1,
    }
    assert (made.left_out, made.unread) == ({}, 0)
    assert f"4  Headline of here ({HERE})" in said
    longer, _ = counted(outlet, log, older, flags=("--days", "8"))
    assert reads(longer.stories) == {HERE: 4, ASIA: 2, LONG_AGO: 1}


def test_what_no_reader_read_is_left_out_and_told(outlet: Outlet, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(
        line(by="program")
        + line(by="ahead")
        + line(status=404, path="/404.html")
        + line(status=301, path="/once/")
        + line("/")
        + line("/sections/europe/")
        + line("/2026/11/held/")
        + line("/2026/11/unlisted/")
        + line("/_preview/5e0c/2026/11/here/")
        + line(time="2026-11-25T09:00:01+01:00")  # after the moment that is counted for
    )
    made, said = counted(outlet, log)
    assert (made.stories, made.today, made.sections, made.sites) == ([], [], [], [])
    assert made.left_out == {
        "for other pages": 5,
        "that led on or failed": 2,
        "by programs": 1,
        "ahead of a click": 1,
    }
    assert "Most read today, until 25 November 2026, 09:00: nothing" in said
    assert "by programs (1)" in said


def test_what_cannot_be_read_is_counted_with_its_place(outlet: Outlet, tmp_path: Path) -> None:
    log, cut = tmp_path / "log", tmp_path / "cut.gz"
    combined = b'192.0.2.1 - - [25/Nov/2026:07:00:00 +0100] "GET / HTTP/1.1" 200 5 "-" "curl"\n'
    log.write_bytes(
        line() + combined + b'{"time": 5}\n' + line(path="/\xff") + b"x" * 200_000 + b"\n" + line()
    )
    cut.write_bytes(gzip.compress(line())[:-4])
    made, said = counted(outlet, log, cut)
    assert reads(made.stories) == {HERE: 3}
    assert made.first_unread == f"{log}:2"
    assert f"{made.unread} lines could not be read, the first at {log}:2." in said


def test_without_a_log_the_command_says_where_it_should_be(outlet: Outlet, tmp_path: Path) -> None:
    done = outlet.run("readers", "--content", "content", "--siteurl", "https://nobody.example")
    assert done.returncode == 1
    assert "/var/log/nginx/nobody.example.readers" in done.stderr
    missing = outlet.run("readers", "--content", "content", "--log", str(tmp_path / "none"))
    assert (missing.returncode, "none" in missing.stderr) == (1, True)


def test_invented_sites_do_not_fill_the_memory(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_SITES", 10)
    tally = Tally(content, "halyard.example", datetime.fromisoformat(f"{NOW}+01:00"), 7)
    for number in range(100):
        tally.add("log:1", line(**{"from": "news.example"}))
        tally.add("log:1", line(**{"from": f"{number}.example"}))
    assert tally.sites["news.example"] == 100
    assert len(tally.sites) <= 10


@given(st.binary())
@example(b"null")
# of no zone
@example(b'{"time":"2026-11-25T07:00:00","path":"/","status":200,"by":"reader","from":""}')
def test_whatever_a_line_holds_it_is_counted_or_told(content: Content, data: bytes) -> None:
    tally = Tally(content, "halyard.example", datetime.fromisoformat(f"{NOW}+01:00"), 7)
    tally.add("log:7", data)
    assert (tally.unread, tally.first_unread) == (1, "log:7")


def test_the_rail_reads_what_the_command_writes(outlet: Outlet, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(line(ASIA) * 2 + line())
    counted(outlet, log)
    listed = most_read(outlet.path / "most_read.json")
    assert listed
    assert listed.urls == [ASIA[1:], HERE[1:]]
    assert decode(line(), type=Request).by == "reader"
