"""After publishing, what readers get is fetched through a real nginx and compared."""

from __future__ import annotations

import hashlib
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from broadside.publish.plan import plan
from broadside.publish.readers import address, chosen, differences
from tests.deploy.conftest import Bucket, Sshd
from tests.deploy.hosts import FOLDER, STORE, nginx
from tests.deploy.places import KEYS
from tests.deploy.sites import Site, pages


def test_a_server_shows_what_was_published_and_what_came_back(
    site: Site, sshd: Sshd, tmp_path: Path
) -> None:
    site.env["PATH"] = sshd.knowing
    folder = tmp_path / "srv"
    place = {
        "kind": "rsync",
        "host": "127.0.0.1",
        "port": sshd.port,
        "path": str(folder),
        "wait": 0,
    }
    with nginx(tmp_path / "nginx", FOLDER, root=folder / "current") as url:
        targets = {"server": place | {"url": url}}
        site.build(pages(80))
        done = site.published(targets)
        assert f"50 files fetched from {url} and compared" in done.out, (
            "also the first time, when nothing stays"
        )
        site.build(pages(80, 1))
        site.published(targets)
        done = site.published(targets, "--rollback")
        assert f"files fetched from {url} and compared" in done.out


def test_a_host_that_shows_something_else_is_found_out(
    site: Site, sshd: Sshd, tmp_path: Path
) -> None:
    site.env["PATH"] = sshd.knowing
    folder = tmp_path / "srv"
    place = {
        "kind": "rsync",
        "host": "127.0.0.1",
        "port": sshd.port,
        "path": str(folder),
        "wait": 3,
    }
    first = site.build(pages(30))
    stale = tmp_path / "stale"
    for path, data in first.items():
        (stale / path).parent.mkdir(parents=True, exist_ok=True)
        (stale / path).write_bytes(data)
    with nginx(tmp_path / "nginx", FOLDER, root=stale) as url:
        targets = {"server": place | {"url": url}}
        assert site.publish(targets).code == 0, "it shows the same"
        site.build(pages(30, 1))
        done = site.publish(targets)
        assert done.code == 1
        assert re.search(
            rf"Published .* to server, but {url} does not show what was published", done.err
        )
        assert "Nothing was published" not in done.err
    done = site.publish(targets, "--rollback")
    assert done.code == 1


def test_what_should_be_gone_is_looked_for(tmp_path: Path) -> None:
    for name in ("index.html", "there/index.html"):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text("words")
    with nginx(tmp_path / "nginx", FOLDER, root=tmp_path / "site") as url:
        mark = hashlib.sha256(b"words").hexdigest()
        assert differences(url, {"index.html": mark, "gone/index.html": ""}, 0) == []
        assert differences(url, {"there/index.html": "", "none.css": mark}, 0) == [
            f"{url}/there/ is still there",
            f"{url}/none.css answers 404",
        ]


def test_what_stays_wrong_is_printed_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("broadside.publish.readers.PAUSE", 0.01)
    url = "http://127.0.0.1:9"  # where nobody listens
    wrong = differences(
        url, dict.fromkeys([f"{number}/index.html" for number in range(8)], "mark"), 0.5
    )
    assert wrong[0].startswith(f"{url}/0/ cannot be fetched: ")
    assert [len(wrong), wrong[-1]] == [6, "and 3 more"]
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_bucket_shows_what_was_published(
    site: Site, bucket: Bucket, store: int, tmp_path: Path
) -> None:
    site.env |= KEYS
    place = {
        "kind": "s3",
        "bucket": bucket.name,
        "endpoint": f"http://127.0.0.1:{store}",
        "wait": 0,
    }
    with nginx(tmp_path / "nginx", STORE, bucket=bucket.name, store=store) as url:
        targets = {"bucket": place | {"url": url}}
        site.build(pages(30))
        done = site.published(targets)
        assert f"files fetched from {url} and compared" in done.out
        targets["bucket"]["encoding"] = ""
        site.build(pages(30, 1))
        site.published(targets)
        bucket.client.put_object(Bucket=bucket.name, Key="index.html", Body=b"somebody else's")
        site.build(pages(30, 2))
        site.published(targets)


def test_a_branch_is_shown_by_a_machine_that_checks_it_out(site: Site, tmp_path: Path) -> None:
    remote, folder = tmp_path / "remote.git", tmp_path / "srv"
    folder.mkdir()
    subprocess.run(["git", "init", "-q", "--bare", str(remote)], check=True)
    hook = remote / "hooks" / "post-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        f"#!/bin/sh\n(sleep 3; git --work-tree={folder} checkout -q -f gh-pages) >/dev/null"
        " 2>&1 &\n"
    )
    hook.chmod(0o755)
    with nginx(tmp_path / "nginx", FOLDER, root=folder) as url:
        targets = {"pages": {"kind": "pages", "remote": str(remote), "url": url}}
        site.build(pages(30))
        done = site.published(targets)
        assert f"files fetched from {url} and compared" in done.out


@pytest.mark.parametrize("most", [0, 1, 4, 10, 50, 1000])
def test_what_is_fetched_is_the_front_page_and_some_of_all_kinds(most: int) -> None:
    def marks(files: dict[str, bytes]) -> dict[str, str]:
        return {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}

    old, new = marks(pages(100, 1)), marks(pages(100, 2))
    todo = plan(old, new)
    wanted: dict[str, Any] = chosen(todo, new, most)
    assert len(wanted) <= most
    assert all(new.get(path, "") == mark for path, mark in wanted.items())
    assert "_redirects" not in wanted
    if most >= 10:
        assert "index.html" in wanted
        assert set(wanted) & set(todo.delete)
        assert len(set(wanted) & set(todo.all_put)) >= most // 3 or most > 50
        assert any(old.get(path) == mark for path, mark in wanted.items())


def test_addresses_are_those_that_readers_use() -> None:
    url = "https://halyard.test/magazine"
    assert address(url, "index.html") == f"{url}/"
    assert address(url, "2026/11/é/index.html") == f"{url}/2026/11/%C3%A9/"
    assert address(url, "feed.xml") == f"{url}/feed.xml"
    assert address(url, "an-index.html") == f"{url}/an-index.html"
