"""Git takes an import back, and merges a second one; outside Git, a stopped import is run again."""

from __future__ import annotations

import errno
import multiprocessing
import os
import re
import subprocess
from pathlib import Path

import pytest

from archives import bytes_of, imported, item, wordpress
from broadside_import.command import NotImported, Wanted, run
from tests.doomed import watch
from tests.forges import commit, git
from tests.forked import load
from tests.sample import Outlet

FORK = multiprocessing.get_context("fork")
STOPPED = 3
"""How a process ends whose import raised an error."""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "export.xml"
    file.write_text(
        wordpress(item(1, "One."), item(2, "Two."), item(3, "Three.", kind="page", slug="about"))
    )
    return file


def begun(path: Path) -> Outlet:
    """An outlet in a repository, with a clean work tree."""
    outlet = Outlet(path / "outlet")
    git(outlet.path, "init", "-q", "-b", "main")
    commit(outlet.path, "Begin")
    return outlet


def stopped_at(number: int, outlet: Outlet, source: Path) -> None:
    """Import in a process of its own, with a disk that is full from this change on."""
    load()

    def step(count: int, _: str) -> None:
        if count >= number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def work() -> None:
        watch(step)
        try:
            run(
                Wanted("wordpress", str(source), str(outlet.content)),
                lambda line: print(line, flush=True),
            )
        except OSError:
            os._exit(STOPPED)
        os._exit(0)

    process = FORK.Process(target=work)
    process.start()
    process.join()
    assert process.exitcode == STOPPED


@pytest.mark.git
def test_git_takes_an_import_back_so_nothing_may_be_uncommitted(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlet = begun(tmp_path)
    before = bytes_of(outlet)
    outlet.story("ours")
    with pytest.raises(NotImported, match="content/articles/ has changes that are not committed"):
        imported(outlet, "wordpress", source)
    (outlet.content / "articles/ours.md").unlink()
    said: list[str] = []
    monkeypatch.chdir(outlet.path)
    run(Wanted("wordpress", str(source), str(outlet.content)), said.append)
    after = bytes_of(outlet)
    with pytest.raises(NotImported, match="not committed"):
        imported(outlet, "wordpress", source)
    (command,) = re.findall("git stash -u -- content", "\n".join(said))
    subprocess.run(command.split(), check=True, capture_output=True)
    assert bytes_of(outlet) == before != after
    imported(outlet, "wordpress", source)
    assert bytes_of(outlet) == after


@pytest.mark.git
def test_a_stopped_import_says_how_to_go_back(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    outlet = begun(tmp_path)
    before = bytes_of(outlet)
    monkeypatch.chdir(outlet.path)
    stopped_at(8, outlet, source)
    assert capfd.readouterr().out.endswith(
        "Not everything was imported: git stash -u -- content takes it back.\n"
    )
    assert bytes_of(outlet) != before
    git(outlet.path, "stash", "-u", "--", "content")
    assert bytes_of(outlet) == before


def test_outside_git_nothing_can_be_undone_and_a_stopped_import_is_run_again(
    tmp_path: Path, source: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    undisturbed, outlet = Outlet(tmp_path / "undisturbed"), Outlet(tmp_path / "stopped")
    imported(undisturbed, "wordpress", source)
    stopped_at(8, outlet, source)
    told = capfd.readouterr().out
    assert told.startswith(
        "The content is in no Git repository: what is changed cannot be undone.\n"
    )
    assert told.endswith("Not everything was imported.\n")
    assert bytes_of(outlet) != bytes_of(undisturbed)
    imported(outlet, "wordpress", source)
    assert bytes_of(outlet) == bytes_of(undisturbed)


@pytest.mark.git
def test_a_second_import_is_a_branch_that_git_merges(tmp_path: Path, source: Path) -> None:
    outlet = begun(tmp_path)
    imported(outlet, "wordpress", source)
    commit(outlet.path, "Import")
    git(outlet.path, "branch", "imports")
    two, about = outlet.content / "articles/2019/story-2.md", outlet.content / "pages/about.md"
    two.write_text(two.read_text("utf-8").replace("Two.", "Two, mended."), "utf-8")
    about.unlink()
    commit(outlet.path, "Edit")
    source.write_text(source.read_text("utf-8").replace("One.", "One, changed."), "utf-8")
    report = imported(outlet, "wordpress", source, dry_run=True)
    assert report.edited == ["articles/2019/story-2.md", "pages/about.md"]
    git(outlet.path, "switch", "-q", "imports")
    assert imported(outlet, "wordpress", source).edited == []
    commit(outlet.path, "Import again")
    git(outlet.path, "switch", "-q", "main")
    git(outlet.path, "merge", "-q", "imports", "-m", "Merge")
    assert "One, changed." in (outlet.content / "articles/2019/story-1.md").read_text("utf-8")
    assert "Two, mended." in two.read_text("utf-8")
    assert not about.exists()
