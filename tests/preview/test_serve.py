"""./inv serve as a process: how it starts, what it prints, and how it ends."""

from __future__ import annotations

import re
import shutil
import signal
import urllib.error
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.checkout import checkout
from tests.commands.running import Serving, change, ice_and_wind, until
from tests.sample import Outlet

pytestmark = pytest.mark.slow

QUEUE = Path("/proc/sys/fs/inotify/max_queued_events")
"""How many changes Linux notes before anybody reads of them."""


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    return ice_and_wind(tmp_path_factory.mktemp("serve"))


@pytest.fixture(scope="module")
def serving(outlet: Outlet) -> Iterator[Serving]:
    with Serving(outlet) as running:
        yield running


def test_a_second_preview_on_the_port_is_refused(serving: Serving, outlet: Outlet) -> None:
    assert (
        outlet.run(
            "serve", "--content", str(outlet.content), "--port", str(serving.port)
        ).returncode
        == 1
    )


@pytest.mark.parametrize("flags", [["--content", "/no/such/folder"], ["--port", "99999"]])
def test_what_cannot_start_ends_with_one_line(outlet: Outlet, flags: list[str]) -> None:
    done = outlet.run("serve", *flags)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)


def test_a_first_build_that_fails_is_served_as_such_until_it_is_mended(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    file = outlet.story("wind", section="Eurpoe")
    serving = Serving(outlet)
    try:
        serving.says("unknown-section")
        change(file, "Eurpoe", "Europe")
        serving.built(1)
        assert "Headline of wind" in serving.get("")
    finally:
        serving.__exit__()


def test_a_deleted_site_is_reported_until_a_save_brings_it_back(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    file = outlet.story("wind")
    with Serving(outlet) as serving:
        for folder in ("preview", ".preview.cache"):
            shutil.rmtree(tmp_path / folder)
        until(lambda: _refused(serving), "word of it")
        change(file, "Body.", "Another body.")
        serving.built(2)
        assert "Headline of wind" in serving.get("")


def test_two_previews_at_once_each_show_their_own_outlet(tmp_path: Path) -> None:
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
        until(lambda: '<a href="/soon/ice.html">' in serving.get("desk/"), "the list has it")
        assert "Headline of ice" in serving.get("soon/ice.html")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])  # SIGINT ends all others
def test_however_it_ends_the_port_is_free_again(tmp_path: Path, how: signal.Signals) -> None:
    outlet = Outlet(tmp_path)
    outlet.story()
    serving = Serving(outlet)
    serving.built(1)
    serving.end(how)


@pytest.mark.skipif(
    not QUEUE.is_file(), reason="only Linux says how many changes it notes before it drops some"
)
def test_a_save_that_the_system_drops_is_shown(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    file, others = outlet.story("wind"), [outlet.content / f"{name}.md~" for name in "ab"]
    with Serving(outlet) as serving:
        serving.process.send_signal(signal.SIGSTOP)
        for number in range(2 * int(QUEUE.read_text())):
            others[number % 2].touch()  # not the same twice, which would be noted once
        change(file, "Body.", "Another body.")
        serving.process.send_signal(signal.SIGCONT)
        until(lambda: "Another body." in serving.get("2026/11/wind/"), "the save is shown")


@pytest.mark.skipif(not QUEUE.is_file(), reason="only Linux says what a process watches")
def test_neither_the_site_nor_its_second_tree_is_watched(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path, checkout(tmp_path / "project"))
    outlet.story("wind")
    with Serving(outlet, output="") as serving:
        notes = []
        for note in Path(f"/proc/{serving.process.pid}/fdinfo").iterdir():
            with suppress(FileNotFoundError):  # what was open a moment ago may be closed
                notes.append(note.read_text())
        watched = {
            int(number, 16)
            for note in notes
            for number in re.findall(r"^inotify .*?\bino:([0-9a-f]+)", note, re.M)
        }
        assert (outlet.content / "articles").stat().st_ino in watched
        made = [outlet.project / ".cache", *(outlet.project / ".cache").rglob("*/")]
        assert len(made) > 20
        assert watched.isdisjoint(folder.stat().st_ino for folder in made)


@pytest.mark.strace
def test_where_too_little_can_be_watched_it_says_so_and_looks_by_itself(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    file = outlet.story("wind")
    error = "inject=inotify_add_watch:error=ENOSPC:when=3+"
    inject = (
        f"strace -D -f --seccomp-bpf -o /dev/null -e trace=inotify_add_watch -e {error}".split()
    )
    with Serving(outlet, under=inject) as serving:
        change(file, "Body.", "Another body.")
        until(lambda: "Another body." in serving.get("2026/11/wind/"), "the save is shown")


def _refused(serving: Serving) -> str:
    """The page that is shown where there is none."""
    with pytest.raises(urllib.error.HTTPError) as answer:
        serving.get("")
    return str(answer.value.read().decode())
