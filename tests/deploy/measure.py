"""Measures what publishing one story costs: python -m tests.deploy.measure 10000. Prints a table;
no test.

Builds an archive of made-up stories in /dev/shm where there is one, publishes it to each kind of
target, adds a story, builds and publishes again, and rolls back; bytes are counted at the door of
each server, with all that ssh and HTTP add.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from broadside.fetching import fetched
from broadside.publish.s3 import BOTO, LOCK
from tests.commands.running import free_port
from tests.deploy.conftest import Bucket, Sshd, moto, running
from tests.deploy.gate import Gate
from tests.deploy.sites import Site, targeted
from tests.sample import inv
from tools.bench import corpus

SITEURL = "https://halyard.test"


def main(articles: int) -> None:
    """Measure, and print a table."""
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    fetched(BOTO, LOCK)
    with (
        tempfile.TemporaryDirectory(dir=memory, prefix="broadside-") as folder,
        ExitStack() as servers,
    ):
        place = Path(folder)
        site = Site(place / "site", targeted(place / "project"))
        corpus.write_ours(site.content, articles)
        targets, gates = _targets(place, site, servers)
        seconds = _build(site)
        files = sum(1 for file in site.output.rglob("*") if file.is_file())
        print(f"{articles:,} stories, {files:,} files, built in {seconds:.0f} s", flush=True)
        before = Site(place / "before", site.project, site.env)
        shutil.copytree(site.path, before.path, copy_function=os.link, dirs_exist_ok=True)
        shared = site.options.cache_path / "published"  # both are one machine
        shared.mkdir()
        (before.options.cache_path / "published").symlink_to(shared)
        for name in ("rsync", "pages"):
            _step(before, targets, name, gates[name], "first")
        newest = corpus.BEGIN + timedelta(days=corpus.DAYS + 1)
        corpus.write_one_of_ours(
            site.content, replace(corpus.story(articles), number=articles, date=newest)
        )
        print(f"one story more, built in {_build(site):.1f} s", flush=True)
        for name in ("rsync", "pages", "s3"):
            if name == "s3":  # last, because the store of the tests takes its time
                _step(before, targets, name, gates[name], "first")
            _step(site, targets, name, gates[name], "one story")
            _step(site, targets, name, gates[name], "the same again")
            if name != "s3":
                _step(site, targets, name, gates[name], "rollback", "--rollback")


def _targets(place: Path, site: Site, servers: ExitStack) -> tuple[dict[str, Any], dict[str, Gate]]:
    """The targets, and the doors to their servers."""
    (place / "sshd").mkdir()
    sshd, store = Sshd(place / "sshd"), free_port()
    servers.enter_context(running(sshd.command, sshd.port, sshd.place / "log"))
    servers.enter_context(moto(place, store))
    Bucket("halyard", store)
    subprocess.run(["git", "init", "-q", "--bare", str(place / "remote.git")], check=True)
    gates = {"rsync": Gate(sshd.port), "s3": Gate(store), "pages": Gate(sshd.port)}
    site.env |= {
        "PATH": sshd.knowing,
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
    }
    remote = f"ssh://127.0.0.1:{gates['pages'].port}{place / 'remote.git'}"
    every = {"check": 0}
    return {
        "rsync": (
            every
            | {
                "kind": "rsync",
                "host": "127.0.0.1",
                "port": gates["rsync"].port,
                "path": str(place / "srv"),
            }
        ),
        "s3": (
            every
            | {
                "kind": "s3",
                "bucket": "halyard",
                "endpoint": f"http://127.0.0.1:{gates['s3'].port}",
            }
        ),
        "pages": every | {"kind": "pages", "remote": remote},
    }, gates


def _build(site: Site) -> float:
    began = time.monotonic()
    words = [
        "--production",
        "--siteurl",
        SITEURL,
        "--now",
        datetime.now(UTC).isoformat(timespec="seconds"),
    ]
    command = inv(
        site.project, "build", *words, "--content", str(site.content), "--output", str(site.output)
    )
    subprocess.run(
        command, check=True, env={**os.environ, "TARGETS": "{}"}, stdout=subprocess.DEVNULL
    )
    return time.monotonic() - began


def _step(
    site: Site, targets: dict[str, Any], name: str, gate: Gate, what: str, *flags: str
) -> None:
    """Run the command once, and print what went through the door."""
    up, down, connections, requests = gate.up, gate.down, gate.connections, gate.requests
    began = time.monotonic()
    done = site.publish(targets, "--to", name, *flags, seconds=7200)
    taken = time.monotonic() - began
    asked = f", {gate.requests - requests:,} requests" if name == "s3" else ""
    print(
        f"{name}, {what}: {(gate.up - up) / 1e6:.2f} MB up, {(gate.down - down) / 1e6:.2f} MB down,"
        f" {gate.connections - connections} connections{asked}, {taken:.1f} s;"
        f" {done.said.strip().splitlines()[-1]}",
        flush=True,
    )
    print("   ", done.err.strip().replace("\n", "\n    "), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
