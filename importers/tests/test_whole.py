"""An import that is stopped at any moment is finished by the next one, to the byte as if nothing had stopped it."""

from __future__ import annotations

import errno
import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from archives import attachment, bytes_of, imported, item, wordpress
from broadside.commands import program
from broadside_import import whole
from broadside_import.command import NotImported, Wanted, run
from tests.doomed import watch
from tests.forked import load
from tests.media.kinds_of_files import PDF
from tests.repository import PROJECT
from tests.sample import Outlet

FORK = multiprocessing.get_context("fork")
UPLOADS = "https://lantern.example/wp-content/uploads"
BODY = f'<p>See <a href="{UPLOADS}/report.pdf">the report</a> and <a href="/2019/03/story-2/">that</a>.</p>'
ITEMS = (
    item(1, BODY, meta={"_thumbnail_id": "9"}, categories=[("category", "north", "North"), ("post_tag", "sea", "Sea")]),
    item(2, "<p>Two.</p>"),
    item(3, "<p>Same slug.</p>", slug="story-2", link="https://lantern.example/2019/04/story-2/"),
    item(4, "<p>A page.</p>", kind="page", slug="about", link="https://lantern.example/about/"),
    attachment(9, f"{UPLOADS}/lead.jpg", alt="The lead"),
)
STOPPED, NOT_REACHED = 3, 4
"""How a process ended whose import raised an error, or made fewer changes."""


@pytest.fixture
def begun(tmp_path: Path) -> Outlet:
    """An outlet with files of its own, beside which an export lies."""
    (tmp_path / "export.xml").write_text(wordpress(*ITEMS))
    (tmp_path / "uploads").mkdir()
    Image.new("RGB", (60, 40), "teal").save(tmp_path / "uploads" / "lead.jpg")
    (tmp_path / "uploads" / "report.pdf").write_bytes(PDF)
    outlet = Outlet(tmp_path / "first")
    outlet.photo("lead.jpg", "black")
    return outlet


Job = Callable[[Outlet], None]


def wanted(outlet: Outlet) -> Wanted:
    files = outlet.path.parent
    return Wanted("wordpress", str(files / "export.xml"), str(outlet.content), media=str(files / "uploads"))


def again(outlet: Outlet) -> None:
    run(wanted(outlet), lambda _: None)


def at(number: int, stop: Callable[[str], object], outlet: Outlet, job: Job = again) -> int | None:
    """Import, and stop from the change to the disk with this number on; how the process ended."""
    load()

    def work() -> None:
        reached = 0

        def step(count: int, kind: str) -> None:
            nonlocal reached
            reached = count
            if count >= number:
                stop(kind)

        watch(step)
        try:
            job(outlet)
        except OSError:
            os._exit(STOPPED)
        os._exit(0 if reached >= number else NOT_REACHED)

    process = FORK.Process(target=work)
    process.start()
    process.join()
    return process.exitcode


def no_space(kind: str) -> None:
    """Fail as on a full disk, where files can still be removed."""
    if kind not in ("os.remove", "os.rmdir"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def kill(_: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("stop", [kill, no_space])
def test_it_may_be_stopped_at_any_change_to_the_disk(
    begun: Outlet, tmp_path: Path, stop: Callable[[str], object]
) -> None:
    undisturbed = begun.copy_content(tmp_path / "undisturbed")
    again(undisturbed)
    expected, before = bytes_of(undisturbed), bytes_of(begun)
    with_nothing_done, half_way, code, number = 0, 0, None, 0
    while code != NOT_REACHED:
        number += 1
        outlet = begun.copy_content(tmp_path / f"stopped-{number}")
        code = at(number, stop, outlet)
        assert code in (0, STOPPED, NOT_REACHED, -signal.SIGKILL)
        now = {path: data for path, data in bytes_of(outlet).items() if not path.startswith(whole.FOLDER)}
        with_nothing_done += now == before
        half_way += now not in (before, expected)
        again(outlet)
        assert bytes_of(outlet) == expected, f"after change {number}"
        shutil.rmtree(outlet.path)
    assert with_nothing_done > 5
    assert half_way > 5


def test_files_that_are_removed_are_so_with_the_others_or_not_at_all(tmp_path: Path) -> None:
    def job(outlet: Outlet) -> None:
        whole.write(outlet.content, {"pages/new.md": b"new", "pages/other.md": b"other"}, (), ["pages/old.md"])

    half_way, code, number = 0, None, 0
    while code != NOT_REACHED:
        number += 1
        outlet = Outlet(tmp_path / f"{number}")
        outlet.page("old")
        outlet.page("other")
        before = bytes_of(outlet)
        code = at(number, kill, outlet, job)
        half_way += whole.is_unfinished(outlet.content)
        whole.finish(outlet.content)
        after = {path: data for path, data in before.items() if path != "pages/old.md"}
        assert bytes_of(outlet) in (before, after | {"pages/new.md": b"new", "pages/other.md": b"other"})
    assert half_way > 2


def test_where_the_disk_is_full_nothing_stays_of_an_import(begun: Outlet) -> None:
    before = bytes_of(begun)
    assert at(8, no_space, begun) == STOPPED
    assert bytes_of(begun) == before


def test_it_is_finished_around_what_was_edited_since(begun: Outlet) -> None:
    assert at(_half_way(begun), kill, begun) == -signal.SIGKILL
    assert whole.is_unfinished(begun.content)
    sections = begun.write("sections.yml", "- name: Ours\n- name: Europe\n")
    moved = next(begun.content.glob("articles/*/*.md"))
    moved.write_text(edited := moved.read_text("utf-8") + "\nMended.\n", "utf-8")
    again(begun)
    assert moved.read_text("utf-8") == edited
    assert sections.read_text("utf-8").startswith("- name: Ours\n- name: Europe\n- name: ")
    assert begun.run("check", "--content", "content").returncode == 0


def test_what_was_not_written_because_it_was_edited_since_gets_another_name(begun: Outlet) -> None:
    assert at(_half_way(begun), kill, begun) == -signal.SIGKILL
    own = begun.write("pages/about.md", "---\ntitle: Us\nslug: about\n---\nOurs.\n").read_bytes()
    report = run(wanted(begun), lambda _: None)
    assert (begun.content / "pages/about.md").read_bytes() == own
    assert "A page." in (begun.content / "pages/about-2.md").read_text("utf-8")
    assert "pages/about-2.md" in {left.kept_as for left in report.left}
    assert begun.run("check", "--content", "content").returncode == 0


def test_what_was_imported_before_and_edited_since_a_plan_is_told(begun: Outlet) -> None:
    again(begun)
    source = begun.path.parent / "export.xml"
    source.write_text(source.read_text("utf-8").replace("A page.", "A newer page."), "utf-8")
    assert at(_half_way(begun, 2), kill, begun) == -signal.SIGKILL
    about = begun.content / "pages/about.md"
    about.write_text(edited := about.read_text("utf-8").replace("A page.", "Our page."), "utf-8")
    for _ in range(2):
        assert run(wanted(begun), lambda _: None).edited == ["pages/about.md"]
        assert about.read_text("utf-8") == edited
    assert [each.name for each in begun.content.glob("pages/*")] == ["about.md"]


def test_a_half_done_import_is_told_once(begun: Outlet) -> None:
    assert at(_half_way(begun), kill, begun) == -signal.SIGKILL
    checked = begun.run("check", "--content", "content")
    assert checked.returncode == 1
    assert (checked.stdout + checked.stderr).count(" error: ") == 1
    assert "error: import-stopped: " in checked.stdout + checked.stderr
    assert "error: import-stopped: " in begun.rebuild()
    again(begun)
    assert begun.run("check", "--content", "content").returncode == 0


def test_ctrl_c_says_that_it_goes_on(begun: Outlet, capfd: pytest.CaptureFixture[str]) -> None:
    def command(outlet: Outlet) -> None:
        asked = wanted(outlet)
        words = [asked.kind, asked.source, "--content", asked.content, "--media", asked.media]
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            program.run(["./inv", "--search-root", str(PROJECT), "import", *words])
        except SystemExit as end:
            os._exit(int(str(end.code)))

    def press(kind: str) -> None:
        if kind == "os.rename" and whole.is_unfinished(begun.content):
            os.kill(os.getpid(), signal.SIGINT)

    assert at(1, press, begun, command) == 130
    told = capfd.readouterr().err.splitlines()
    assert told[-1].startswith("Stopped")
    assert "Traceback" not in "\n".join(told)
    again(begun)
    assert begun.run("check", "--content", "content").returncode == 0


def test_a_folder_that_was_taken_back_is_begun_anew(begun: Outlet, tmp_path: Path) -> None:
    undisturbed = begun.copy_content(tmp_path / "undisturbed")
    again(undisturbed)
    before = bytes_of(begun)
    assert at(_half_way(begun), kill, begun) == -signal.SIGKILL
    for path in bytes_of(begun):
        if path not in before and not path.startswith(whole.FOLDER):
            (begun.content / path).unlink()
    again(begun)
    assert bytes_of(begun) == bytes_of(undisturbed)


def test_a_dry_run_does_not_go_on_where_an_import_was(begun: Outlet) -> None:
    assert at(_half_way(begun), kill, begun) == -signal.SIGKILL
    before = bytes_of(begun)
    with pytest.raises(NotImported):
        imported(begun, "wordpress", begun.path.parent / "export.xml", dry_run=True)
    assert bytes_of(begun) == before


def test_a_plan_that_leads_out_of_the_folder_is_not_followed(begun: Outlet) -> None:
    (begun.content / whole.FOLDER).mkdir()
    begun.write("out.txt", "x")
    plan = [whole.Change("../out.txt", "", "0")]
    (begun.content / whole.FOLDER / whole.PLAN).write_bytes(msgspec.json.encode(plan))
    again(begun)
    assert not (begun.path / "out.txt").exists()
    assert not (begun.content / whole.FOLDER).exists()


def _half_way(outlet: Outlet, renamed: int = 5) -> int:
    """The number of a change between those that put the files of an import in their places."""
    kinds: list[str] = []
    read, write = os.pipe()
    other = outlet.copy_content(outlet.path.parent / "counted")
    assert at(1, lambda kind: os.write(write, f"{kind}\n".encode()), other) == 0
    os.close(write)
    with os.fdopen(read) as said:
        kinds = said.read().split()
    renames = [number for number, kind in enumerate(kinds, 1) if kind == "os.rename"]
    return renames[renamed]  # of 5: the plan, the list of what is the import's own, and three files
