"""Whatever happens to a build, the output is wholly the old site or wholly the new one."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builds.magazine import LONG, magazine
from tests.checkout import checkout, pausing
from tests.doomed import started
from tests.sample import NOW, Outlet

pytestmark = pytest.mark.slow


@pytest.fixture
def outlet(built: Outlet, tmp_path: Path) -> Outlet:
    return built.copy(tmp_path)


def text(number: int) -> str:
    return LONG.replace("last paragraph", f"last paragraph, number {number},")


def edition(outlet: Outlet, number: int) -> None:
    """Content of an even or an odd edition, which differ in all kinds of pages."""
    for name in range(12):
        outlet.story(
            f"story-{name}",
            body=text(number),
            date=f"2026-09-{name + 1:02}",
            topics=[f"Topic {number}"],
        )
    if number % 2:
        outlet.story("extra", body=text(number))
    else:
        (outlet.content / "articles" / "extra.md").unlink(missing_ok=True)


def test_two_builds_at_once_both_end_with_the_site(tmp_path: Path) -> None:
    outlet = magazine(tmp_path)
    edition(outlet, 1)
    processes = [started(outlet) for _ in range(3)]
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    before = outlet.files()
    assert " 0 pages written" in outlet.rebuild()
    outlet.rebuild(clean=True)
    assert outlet.files() == before


def half_way(outlet: Outlet) -> subprocess.Popen[str]:
    """A build that stands still, with everything ready to be printed; from now on the outlet has a
    project of its own.
    """
    marker = outlet.path / "half-way"
    outlet.project = checkout(outlet.path / "project")
    pausing(outlet.project, marker)
    process = begun(outlet)
    while not marker.exists():
        assert process.poll() is None
        time.sleep(0.01)
    return process


def begun(outlet: Outlet) -> subprocess.Popen[str]:
    command = outlet.command(
        "build", "--content", str(outlet.content), "--output", str(outlet.output)
    )
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)]
)
def test_a_build_that_is_stopped_half_way_leaves_the_old_site(
    outlet: Outlet, sent: int, code: int
) -> None:
    outlet.rebuild()
    before = outlet.files()
    outlet.story("cables", body="Changed.")
    process = half_way(outlet)
    process.send_signal(sent)
    _, said = process.communicate(timeout=30)
    assert process.returncode == code
    assert "Traceback" not in said
    lines = [line for line in said.splitlines() if "was made by other code" not in line]
    assert lines == (["Stopped; the output is as it was."] if sent == signal.SIGINT else [])
    assert outlet.files() == before


def test_ctrl_c_while_waiting_for_another_build_ends_at_once(outlet: Outlet) -> None:
    first, second = half_way(outlet), begun(outlet)
    assert second.stderr is not None
    assert "waiting for it" in second.stderr.readline()
    second.send_signal(signal.SIGINT)
    second.communicate(timeout=30)
    first.kill()
    first.communicate()
    assert second.returncode == 130
    assert "published," in outlet.rebuild(), "the killed build holds nothing up"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path | None]:
    """A file system of 4 MB; None where this machine may not mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "disk", place], check=False, capture_output=True
    )
    if mounted.returncode:
        yield None
        return
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def test_a_full_disk_leaves_the_old_site(outlet: Outlet, small_disk: Path | None) -> None:
    edition(outlet, 0)
    outlet.output = (small_disk or outlet.path) / "site"
    assert "published," in outlet.rebuild()
    before = outlet.files()
    edition(outlet, 1)
    if small_disk:
        free = shutil.disk_usage(small_disk).free
        (small_disk / "filler").write_bytes(b"x" * (free - 100_000))
        failed = outlet.build()
    else:
        failed = limited(outlet)
    assert failed.returncode == 1
    assert failed.stderr.splitlines()[-1].startswith("Nothing was published: ")
    assert "Traceback" not in failed.stderr
    assert outlet.files() == before
    if small_disk:
        (small_disk / "filler").unlink()
    assert outlet.build().returncode == 0
    assert "2026/11/extra/index.html" in outlet.files()


def limited(outlet: Outlet) -> subprocess.CompletedProcess[str]:
    """A build that can write no file of more than 3 KB, as the next best thing to a full disk."""
    command = outlet.command(
        "build", "--content", str(outlet.content), "--output", str(outlet.output), "--now", NOW
    )
    limit = (3000, resource.getrlimit(resource.RLIMIT_FSIZE)[1])
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
    )


def test_the_next_best_thing_to_a_full_disk_leaves_the_old_site_too(outlet: Outlet) -> None:
    test_a_full_disk_leaves_the_old_site(outlet, None)


def test_a_read_only_disk_leaves_the_old_site(outlet: Outlet, small_disk: Path | None) -> None:
    outlet.output = (small_disk or outlet.path) / "site"
    if not small_disk and os.getuid() == 0:
        pytest.skip("root may write everywhere, and nothing can be mounted here")
    assert "published," in outlet.rebuild()
    before = outlet.files()
    if small_disk:
        subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    else:
        outlet.path.chmod(0o555)
        (outlet.path / ".site.cache").chmod(0o555)
    outlet.story("cables", body="Changed.")
    failed = outlet.build()
    outlet.path.chmod(0o755)
    if not small_disk:
        (outlet.path / ".site.cache").chmod(0o755)
    assert failed.returncode == 1
    assert failed.stderr.splitlines()[-1].startswith("Nothing was published: ")
    assert "Traceback" not in failed.stderr
    assert outlet.files() == before


@pytest.mark.parametrize("harm", [b"", b"poison"])
def test_a_picture_that_was_damaged_in_the_store_never_reaches_readers(
    outlet: Outlet, harm: bytes
) -> None:
    outlet.rebuild()
    wanted = outlet.files()
    pictures = [file for file in (outlet.cache / "photos").rglob("*.*") if file.is_file()]
    assert len(pictures) == 12
    for file in pictures:
        file.write_bytes(file.read_bytes()[:99] + harm)
    assert "published," in outlet.rebuild(clean=True)
    assert outlet.files() == wanted
