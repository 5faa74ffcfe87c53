"""Derivatives on disk: their bytes, and what happens when something fails."""

from __future__ import annotations

import multiprocessing
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from broadside.media import pictures as making
from broadside.media.derivatives import RECIPE, crops, plan
from broadside.media.photo_files import inspect
from broadside.media.photos import Derivative, Original, Problem
from broadside.media.picture_store import missing
from broadside.media.pictures import Job, PhotoJob, make, make_all
from tests.media.conftest import Shot, job, made, opened
from tests.repository import PROJECT


def test_bytes_are_the_same_whatever_was_missing(shot: Shot, tmp_path: Path) -> None:
    path = shot(size=(500, 400))
    whole = [(tmp_path / "one" / one.name).read_bytes() for one, _ in made(path, tmp_path / "one")]
    derivatives = job(path).derivatives
    for one in derivatives:
        (tmp_path / "one" / one.name).unlink()
        assert make(PhotoJob(path, derivatives), tmp_path / "one") == []
    assert whole == [(tmp_path / "one" / one.name).read_bytes() for one in derivatives]
    assert make_all([PhotoJob(path, derivatives)], tmp_path / "two") == []
    assert whole == [(tmp_path / "two" / one.name).read_bytes() for one in derivatives]


@pytest.mark.parametrize(
    ("focus", "seen"),
    [
        ((0, 50), {(1, 0, 0), (1, 1, 1)}),
        ((50, 50), {(1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1)}),
        ((100, 50), {(0, 1, 0), (0, 0, 1)}),
    ],
)
def test_a_crop_keeps_the_point_that_is_to_stay(
    shot: Shot, tmp_path: Path, focus: tuple[int, int], seen: set[tuple[int, ...]]
) -> None:
    path = shot(size=(800, 200))  # a colour in each quarter
    original = inspect(path)
    assert isinstance(original, Original)
    planned = (*plan(original), *crops(original, focus))
    assert make(PhotoJob(path, planned), tmp_path) == []
    image = opened(tmp_path / planned[-1].name).convert("RGB")
    assert image.size == (200, 200)
    corners = [image.getpixel(at) for at in ((10, 10), (190, 10), (190, 190), (10, 190))]
    assert {tuple(round(part / 255) for part in corner) for corner in corners} == seen  # type: ignore[union-attr]


def test_nothing_is_made_twice(shot: Shot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = shot()
    made(path, tmp_path / "store")
    monkeypatch.setattr(making, "decode_file", None)
    assert make_all([job(path)], tmp_path / "store") == []
    assert missing(job(path).derivatives, tmp_path / "store") == []


def test_a_picture_that_changed_meanwhile_is_not_stored_under_the_old_name(
    shot: Shot, tmp_path: Path
) -> None:
    old = job(shot())
    shot(size=(90, 80))
    assert [problem.code for problem in make(old, tmp_path / "store")] == ["photo-unwritten"]
    assert not (tmp_path / "store").exists()


def test_damage_that_only_decoding_shows_is_a_value(shot: Shot, tmp_path: Path) -> None:
    path = shot("a.png", (200, 200))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    good = shot("b.png")
    assert [(at, one.code) for at, one in make_all([job(path), job(good)], tmp_path / "s")] == [
        (path, "photo-damaged")
    ]
    assert missing(job(good).derivatives, tmp_path / "s") == []


def test_a_picture_that_was_taken_away_meanwhile_is_not_called_damaged(
    shot: Shot, tmp_path: Path
) -> None:
    wanted = job(shot())
    wanted.path.unlink()
    assert [problem.code for problem in make(wanted, tmp_path / "store")] == ["photo-missing"]


def test_a_full_disk_is_told_apart_and_leaves_no_half_file(
    shot: Shot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    wanted = job(shot())
    problems = make(wanted, tmp_path / "store")
    assert [problem.code for problem in problems] == ["photo-unwritten"]
    assert list((tmp_path / "store" / "photos").iterdir()) == []


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_many_in_processes(
    shot: Shot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    monkeypatch.setattr(making, "can_fork", lambda: method == "fork")
    jobs = [job(shot(f"{n}.jpg", (100 + n, 80))) for n in range(3)]
    assert make_all(jobs, tmp_path / "store") == []
    assert make_all(jobs, tmp_path / "alone", processes=1) == []
    for name in (one.name for each in jobs for one in each.derivatives):
        assert (tmp_path / "store" / name).read_bytes() == (tmp_path / "alone" / name).read_bytes()


def _crash_on_a_red_flag(job: Job, store: Path) -> list[Problem]:
    if job.path.name == "crash.jpg":
        os._exit(11)
    return make(job, store)


def test_a_crashing_decoder_is_named_and_its_neighbours_are_made(
    shot: Shot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "make", _crash_on_a_red_flag)
    jobs = [
        job(shot(name, (100 + n, 80)))
        for n, name in enumerate(("a.jpg", "crash.jpg", "c.jpg", "d.jpg"))
    ]
    failed = make_all(jobs, tmp_path / "store")
    assert [(path.name, problem.code) for path, problem in failed] == [
        ("crash.jpg", "photo-damaged")
    ]
    assert [len(missing(one.derivatives, tmp_path / "store")) for one in jobs] == [0, 6, 0, 0]


@dataclass(frozen=True)
class Slow:
    """A picture that takes a while; the third one is stopped by Ctrl-C."""

    path: Path
    derivatives: tuple[Derivative, ...]

    def make(self, wanted: Sequence[Derivative]) -> Iterable[tuple[Derivative, bytes]]:
        time.sleep(0.05)
        if self.path.name == "2":
            os.kill(os.getppid(), signal.SIGINT)
        return [(one, b"picture") for one in wanted]

    def failed(self, fault: Exception) -> Problem:
        return Problem("failed", str(fault))


def test_ctrl_c_does_not_wait_for_what_was_not_begun(tmp_path: Path) -> None:
    jobs = [
        Slow(tmp_path / str(n), (Derivative(f"{n}.jpg", 1, 1, "jpeg", 1, str(n)),))
        for n in range(40)
    ]
    with pytest.raises(KeyboardInterrupt):
        make_all(jobs, tmp_path / "store")
    assert multiprocessing.active_children() == [], "nobody is left who could make more"
    assert len(list((tmp_path / "store").iterdir())) < 20


def test_a_detailed_lead_photo_at_800_pixels_is_well_under_60_kb(tmp_path: Path) -> None:
    # Noise at several scales is harder to compress than nearly every photo.
    layers = [
        Image.effect_noise((1600 // n, 1066 // n), 60).resize((1600, 1066)) for n in (8, 32, 128)
    ]
    Image.merge("RGB", layers).save(tmp_path / "a.jpg", quality=92)
    wanted = [
        one
        for one in job(tmp_path / "a.jpg", RECIPE).derivatives
        if (one.kind, one.width) == ("avif", 800)
    ]
    assert make(PhotoJob(tmp_path / "a.jpg", tuple(wanted)), tmp_path / "store") == []
    assert (tmp_path / "store" / wanted[0].name).stat().st_size < 50_000


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_the_workers_of_a_killed_build_end_with_it(method: str) -> None:
    program = (
        "import os, time\n"
        "from broadside.media import pictures as making\n"
        f"making.can_fork = lambda: {method == 'fork'}\n"
        "if __name__ == '__main__':\n"
        "    pool = making._pool(2)\n"
        "    pool.submit(os.getpid).result()\n"  # the workers are there
        "    print('ready', flush=True)\n"
        "    time.sleep(60)\n"
    )
    build = subprocess.Popen([sys.executable, "-c", program], cwd=PROJECT, stdout=subprocess.PIPE)
    assert build.stdout is not None
    with build.stdout as pipe:
        assert pipe.readline() == b"ready\n"
        build.kill()
        build.wait()
        ended, _, _ = select.select([pipe], [], [], 30)
        assert ended, "the pipe ends when the last worker has ended"
        assert pipe.read() == b""
