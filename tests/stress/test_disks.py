"""A disk that is full, read-only, or without power: what is served is always one whole site."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.changing import EDITS, Changing
from tests.doomed import started, untidy

FAILURES = ("OSError: [Errno 28]", "BuildFailed: ", "FaultsFound: ")
"""How a build ends for want of room; ./inv build makes one line of each."""


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Mounts what the words say; a test is left out where that is not allowed."""
    mounted: list[Path] = []

    def mount(name: str, *words: str | Path) -> Path:
        place = tmp_path / name
        place.mkdir()
        done = subprocess.run(["mount", *words, place], capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
        mounted.append(place)
        return place

    yield mount
    for place in reversed(mounted):
        subprocess.run(["umount", "-l", place], check=True)


def fill(disk: Path, free: int) -> Path:
    """Leave so many bytes free."""
    filler = disk / "filler"
    filler.write_bytes(b"x" * max(0, shutil.disk_usage(disk).free - free))
    return filler


def crowd(disk: Path, free: int) -> Path:
    """Leave room for so many files."""
    filler = disk / "filler"
    filler.mkdir()
    try:
        for number in range(10_000):
            (filler / str(number)).touch()
    except OSError:
        for file in sorted(filler.iterdir())[:free]:
            file.unlink()
    return filler


@pytest.mark.parametrize(
    ("size", "leave", "rooms"),
    [
        ("size=8m", fill, range(0, 400_000, 25_000)),
        ("size=8m,nr_inodes=800", crowd, range(0, 30, 2)),
    ],
    ids=["bytes", "files"],
)
def test_a_disk_with_ever_more_room(
    mount: Callable[..., Path],
    tmp_path: Path,
    size: str,
    leave: Callable[[Path, int], Path],
    rooms: range,
) -> None:
    changing = Changing(tmp_path)
    outlet, disk = changing.outlet, mount("disk", "-t", "tmpfs", "-o", size, "disk")
    clean = mount("other", "-t", "tmpfs", "other") / "clean"
    outlet.output, outlet.cache, changing.clean = disk / "site", disk / ".site.cache", clean
    changing.whole()
    assert "published," in outlet.rebuild()
    failed = 0
    for number, room in enumerate(rooms):
        old = outlet.files()
        changing.edit(*EDITS)
        filler = leave(disk, room)
        # which has more room, as the second tree goes first
        said = outlet.rebuild(clean=number % 2 == 0)
        done = " skipped" in said
        assert done or said.startswith(FAILURES), said
        failed += not done
        assert outlet.files() == (changing.whole() if done else old), f"{room}: {said}"
        shutil.rmtree(filler) if filler.is_dir() else filler.unlink()
        assert "published," in outlet.rebuild(), room
        assert outlet.files() == changing.whole(), room
        assert untidy(outlet) == [], room
    assert 2 < failed < len(rooms), f"{failed}: some had no room, and some enough"


def ext4(image: Path, *flags: str) -> Path:
    """An empty ext4 file system in a file."""
    if not shutil.which("mkfs.ext4"):
        pytest.skip("mkfs.ext4 is not on this machine (Debian: apt install e2fsprogs)")
    with image.open("wb") as file:
        file.truncate(48_000_000)
    subprocess.run(["mkfs.ext4", "-q", *flags, image], check=True)
    return image


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """A disk: what is in the file is what is on the disk when the power goes."""
    return ext4(tmp_path / "disk.img")


def test_what_is_added_in_the_second_of_a_build_is_seen(
    mount: Callable[..., Path], tmp_path: Path
) -> None:
    """Where inodes are of 128 bytes, times are whole seconds."""
    image = ext4(tmp_path / "disk.img", "-I", "128")
    changing, disk = Changing(tmp_path), mount("disk", "-o", "loop", image)
    outlet = changing.outlet
    outlet.output, outlet.cache = disk / "site", disk / ".site.cache"
    for number in range(4):
        changing.edit("body")
        assert "published," in outlet.rebuild(clean=number % 2 == 0)
        (outlet.output / "CNAME").write_text("x")
        assert "1 removed" in outlet.rebuild()
        assert outlet.files() == changing.whole()


def test_without_power_at_any_step(mount: Callable[..., Path], image: Path, tmp_path: Path) -> None:
    """The system itself writes to the disk only when told to: commit=300 has it wait for five
    minutes.
    """
    changing = Changing(tmp_path)
    outlet, disk = changing.outlet, mount("disk", "-o", "loop,commit=300", image)
    clean = disk / "clean"
    outlet.output, outlet.cache, changing.clean = disk / "site", disk / ".site.cache", clean
    assert "published," in outlet.rebuild()
    os.sync()  # for which builds of tests do not wait, except those that are started below
    seen = []
    for cut in range(1, 8):
        old = outlet.files()
        changing.edit(*EDITS)
        exchanged, count = False, 0

        def step(_: int, kind: str) -> None:
            nonlocal exchanged, count
            exchanged |= kind == "syncfs"
            count += exchanged
            if count == cut:  # noqa: B023 -- it is called before the next round
                shutil.copy(image, tmp_path / "cut.img")
                count = 100

        process = started(outlet, step, jobs=1)
        process.join()
        assert process.exitcode == 0
        if not (tmp_path / "cut.img").exists():
            break
        after = mount(f"after-{cut}", "-o", "loop", tmp_path / "cut.img")
        served = outlet.files(after / "site")
        assert served in (old, changing.whole()), f"step {cut}"
        seen.append(served == old)
        subprocess.run(["umount", after], check=True)
        # for the fixture to take away
        subprocess.run(["mount", "-t", "tmpfs", "none", after], check=True)
        (tmp_path / "cut.img").unlink()
    assert seen[:2] == [True, True], "before the exchange"
    assert len(seen) > 3
    assert not any(seen[3:]), "when the last notes are made, the new site is on the disk"


def test_stopped_at_any_step_by_ctrl_c(tmp_path: Path) -> None:
    """As a terminal sends it: to all processes at work, of which only the build itself may say
    something.
    """
    changing = Changing(tmp_path)
    outlet = changing.outlet
    assert "published," in outlet.rebuild()
    stopped = 0
    for at in range(1, 400, 9):
        old = outlet.files()
        changing.edit(*EDITS)

        def step(number: int, _: str) -> None:
            if number == at:  # noqa: B023 -- it is called before the next round
                os.killpg(os.getpid(), signal.SIGINT)

        process = started(outlet, step)
        process.join()
        assert process.exitcode in (0, 130), at
        assert outlet.files() == (old if process.exitcode else changing.whole()), at
        stopped += process.exitcode == 130
        assert "published," in outlet.rebuild(), at
        assert outlet.files() == changing.whole(), at
        assert untidy(outlet) == [], at
    assert stopped > 10
