"""What is held comes out on a server by itself, when its hour has come and not before."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from broadside.config.encodings import ENDINGS, plain
from tests.deploy.own_server import OwnServer, commit

SECRET = "xylograph"
"""A word that only the held story has."""
SECOND = timedelta(seconds=1)


@pytest.fixture
def server(tmp_path: Path) -> OwnServer:
    server = OwnServer(tmp_path)
    server.outlet.story("out")
    return server


@pytest.fixture
def hour() -> datetime:
    """A full minute some days from now."""
    return datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(days=3, hours=2)


def at(server: OwnServer, moment: datetime) -> str:
    """What the timer says when it runs at a moment."""
    clock = ("env", "TZ=UTC", "faketime", f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}")
    done = server.publish("--due", before=clock)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tells(server: OwnServer) -> list[str]:
    """The files of what is live that hold the secret, in their name, in their text or
    compressed.
    """
    found = []
    for path, data in server.outlet.files(server.place.current.resolve()).items():
        encoding = next((name for name, ending in ENDINGS.items() if path.endswith(ending)), "")
        if SECRET in path or SECRET.encode() in plain(data, encoding):
            found.append(path)
    return found


@pytest.mark.faketime
def test_a_held_story_comes_out_at_its_hour_and_not_a_byte_before(
    server: OwnServer, hour: datetime
) -> None:
    server.outlet.story(SECRET, date=hour.isoformat(), body=f"The {SECRET} speaks.")
    assert "1 held" in server.push()
    old, commit = server.outlet.files(server.place.current.resolve()), server.live()
    assert tells(server) == []
    assert int(server.place.due.read_text("utf-8")) == hour.timestamp()
    for moment in (datetime.now(UTC), hour - timedelta(minutes=1), hour - SECOND):
        assert at(server, moment) == ""
        assert server.outlet.files(server.place.current.resolve()) == old
    assert "2 stories published, 0 held" in at(server, hour)
    assert {f"{hour:%Y/%m}/{SECRET}/index.html", "index.html", "feed.xml", "feed.xml.br"} <= set(
        tells(server)
    )
    assert server.live() == commit
    assert int(server.place.due.read_text("utf-8")) > hour.timestamp()
    assert at(server, hour + timedelta(minutes=1)) == ""


@pytest.mark.faketime
def test_a_faulty_push_does_not_keep_it_from_coming_out(server: OwnServer, hour: datetime) -> None:
    server.outlet.story(SECRET, date=hour.isoformat(), body=f"The {SECRET} speaks.")
    server.push()
    commit = server.live()
    server.outlet.story("faulty", section="Eurpoe")
    assert "Nothing was published" in server.push()
    assert "2 stories published" in at(server, hour + SECOND)
    assert tells(server)
    assert server.live() == commit


@pytest.mark.faketime
def test_after_a_rollback_nothing_comes_out_until_the_next_push(
    server: OwnServer, hour: datetime
) -> None:
    server.outlet.story(SECRET, date=hour.isoformat(), body=f"The {SECRET} speaks.")
    server.push()
    server.push("Nothing but a commit")
    server.publish("--rollback")
    assert at(server, hour + SECOND) == ""
    assert tells(server) == []


@pytest.mark.faketime
def test_the_news_sitemap_and_the_front_page_follow_the_clock_too(server: OwnServer) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    server.outlet.story("fresh", date=(now - timedelta(hours=1)).isoformat())
    server.outlet.story("pinned", date="2026-01-02T09:00")
    until = now + timedelta(hours=5)
    server.outlet.write(
        "front_page.yml", f"- slot: lead\n  story: pinned\n  until: {until.isoformat()}\n"
    )
    server.push()
    front, news = (server.served()[path] for path in ("index.html", "news-sitemap.xml"))
    assert b"/fresh/" in news
    at(server, until + SECOND)
    assert server.served()["index.html"] != front
    assert server.served()["news-sitemap.xml"] == news
    at(server, now + timedelta(hours=48))
    assert b"/fresh/" not in server.served()["news-sitemap.xml"]


def test_the_list_of_the_most_read_is_written_and_then_built_with(
    server: OwnServer, tmp_path: Path
) -> None:
    server.push()
    log, due = tmp_path / "log", server.place.due.read_text("utf-8")
    assert server.publish("--readers").returncode == 1
    assert server.place.due.read_text("utf-8") == due, "without a log, nothing happens"
    moment = datetime.now(UTC).isoformat()
    line = {
        "time": moment,
        "path": "/2026/11/out/index.html",
        "status": 200,
        "by": "reader",
        "from": "",
    }
    log.write_text(json.dumps(line) + "\n", "utf-8")
    script = server.place.script.read_text("utf-8")
    server.place.script.write_text(
        script.replace("./inv readers ", f"./inv readers --log {log} "), "utf-8"
    )
    done = server.publish("--readers")
    assert done.returncode == 0, done.stdout + done.stderr
    (read,) = json.loads((server.place.root / "most_read.json").read_bytes())["stories"]
    assert (read["url"], read["reads"]) == ("/2026/11/out/", 1)
    assert int(server.place.due.read_text("utf-8")) == 0
    assert "1 story published" in server.publish("--due").stdout


def test_the_timer_does_not_wait_for_a_push_that_is_being_built(server: OwnServer) -> None:
    server.push()
    server.place.due.write_text("0\n", "utf-8")
    server.outlet.story("second")
    with server.held_up():
        commit(server.writer)
        push = server.pushing(server.writer)
        server.waits()
        assert server.publish("--due").stdout == ""
    assert "Live: " in push.communicate(timeout=120)[0]


def test_systemd_understands_the_units(server: OwnServer) -> None:
    units = sorted(
        path for path in server.place.generated.iterdir() if path.name.startswith("broadside-")
    )
    assert [path.name.removeprefix("broadside-halyard.example") for path in units] == [
        "-moved.path",
        "-moved.service",
        "-readers.service",
        "-readers.timer",
        ".service",
        ".timer",
    ]
    command = ["systemd-analyze", "verify", "--man=no", *map(str, units)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    about = [line for line in done.stderr.splitlines() if "broadside" in line]
    assert (done.returncode, about) == (0, [])
    service = (server.place.generated / "broadside-halyard.example.service").read_text("utf-8")
    assert f'ExecStart="{server.place.script}" --due\n' in service


def test_cron_is_given_a_line_that_runs_the_same(server: OwnServer) -> None:
    lines = [
        line
        for line in (server.place.generated / "cron").read_text("utf-8").splitlines()
        if line[0] != "#"
    ]
    (line,) = lines
    assert re.fullmatch(rf"\* \* \* \* \* \w+ {re.escape(str(server.place.script))} --due", line)
