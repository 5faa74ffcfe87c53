"""What a build for readers leaves beside the output, and what may be published of it."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from broadside.build import release as module
from broadside.build.release import DIGESTS, RELEASE, SOURCES, NotReady, read, ready, release
from broadside.config.options import Options
from broadside.git import checked_out, is_ancestor, uncommitted
from broadside.store import Store, only
from tests.forges import git
from tests.repository import PROJECT
from tests.sample import Outlet

ADDRESS = "https://halyard.test"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """An outlet that was built for readers."""
    outlet = Outlet(tmp_path_factory.mktemp("built"))
    outlet.story("the-ice-road")
    outlet.story("not-yet", status="draft")
    assert "1 story published" in outlet.rebuild(production=True, siteurl=ADDRESS)
    return outlet


@pytest.fixture
def outlet(built: Outlet, tmp_path: Path) -> Outlet:
    return built.copy(tmp_path)


def options(outlet: Outlet) -> Options:
    return Options(str(outlet.content), str(outlet.output))


def said(outlet: Outlet) -> str:
    with pytest.raises(NotReady) as problem:
        ready(options(outlet))
    return str(problem.value)


def test_the_release_has_the_digest_of_every_file_and_says_where_it_came_from(
    built: Outlet,
) -> None:
    made = ready(options(built))
    assert made.files == {
        path: hashlib.sha256(data).hexdigest() for path, data in built.files().items()
    }
    assert made.head.siteurl == ADDRESS
    assert made.head.built == "2026-11-25T08:00:00+00:00", "the build's clock, 9:00 in Brussels"
    assert made.head.commit == ""
    assert RELEASE not in {path.name for path in built.output.iterdir()}


def test_a_copy_with_other_times_is_as_good(outlet: Outlet) -> None:
    for path in outlet.files():
        (outlet.output / path).touch()
    assert ready(options(outlet)).files
    Store(outlet.cache).keep(only(DIGESTS, None))
    assert ready(options(outlet)).files


def test_a_build_that_changes_nothing_notes_the_later_clock_and_reads_no_file_again(
    outlet: Outlet,
) -> None:
    before = ready(options(outlet)).head
    assert "0 pages written" in outlet.rebuild(
        production=True, siteurl=f"{ADDRESS}/", now="2026-11-25T10:00"
    )
    after = ready(options(outlet)).head
    assert (after.site, after.siteurl) == (before.site, ADDRESS)
    assert after.built > before.built


def test_a_clock_that_was_set_back_stops_a_build_unless_it_was_stated(outlet: Outlet) -> None:
    later = release({}, datetime.now(UTC) + timedelta(hours=2), "", ADDRESS)
    (outlet.cache / RELEASE).write_bytes(later.text())
    before = outlet.files()
    said = outlet.rebuild(production=True, siteurl=ADDRESS, now="")
    assert later.head.built in said
    assert outlet.files() == before
    assert "published" in outlet.rebuild(siteurl=ADDRESS, now=""), (
        "a preview takes nothing from readers"
    )
    (outlet.cache / RELEASE).write_bytes(later.text())
    assert "published" in outlet.rebuild(production=True, siteurl=ADDRESS, now="2026-11-25T10:00")


def test_a_page_of_the_size_and_time_of_the_one_before_has_its_own_digest(
    outlet: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a file system counts in seconds, and two builds fall into one."""
    page = outlet.output / "2026" / "11" / "the-ice-road" / "index.html"
    before = page.stat()
    note = module.note_production

    def within_a_second(asked: Options, *said: Any) -> None:
        store = Store(asked.cache_path)
        files = store.pages()
        for path in files:
            os.utime(outlet.output / path, ns=(before.st_mtime_ns,) * 2)
        same = {path: file._replace(mtime_ns=before.st_mtime_ns) for path, file in files.items()}
        store.keep_pages(same, ())
        note(asked, *said)

    monkeypatch.setattr(module, "note_production", within_a_second)
    for text in ("One body.", "Two body."):
        outlet.story("the-ice-road", body=text)
        assert "1 story published" in outlet.rebuild(production=True, siteurl=ADDRESS)
        assert page.stat().st_mtime_ns == before.st_mtime_ns
        made = ready(options(outlet))
        assert made.files == {
            path: hashlib.sha256(data).hexdigest() for path, data in outlet.files().items()
        }


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"production": True, "drafts": True},
        {"production": True, "siteurl": "http://127.0.0.1:8000"},
    ],
)
def test_what_was_built_to_be_looked_at_is_refused(outlet: Outlet, asked: dict[str, Any]) -> None:
    assert "published," in outlet.rebuild(**asked)
    assert said(outlet)


def test_an_output_that_somebody_changed_is_refused(outlet: Outlet) -> None:
    (outlet.output / "index.html").write_text("changed")
    (outlet.output / "404.html").unlink()
    (outlet.output / "notes.txt").write_text("by the way")
    assert all(name in said(outlet) for name in ("404.html", "notes.txt", "index.html"))
    (outlet.output / "notes.txt").unlink()
    (outlet.output / "404.html").symlink_to("/etc/hostname")
    assert "404.html" in said(outlet)


def test_without_a_release_or_with_a_damaged_one_nothing_is_published(outlet: Outlet) -> None:
    (outlet.cache / RELEASE).write_text("{")
    assert said(outlet)
    (outlet.cache / RELEASE).unlink()
    assert said(outlet)


@pytest.mark.git
def test_changes_that_no_commit_holds_are_refused_unless_asked_for(outlet: Outlet) -> None:
    git(outlet.content, "init", "-q")
    git(outlet.content, "add", "-A")
    git(outlet.content, "commit", "-q", "-m", "All")
    commit = git(outlet.content, "rev-parse", "HEAD")
    assert checked_out(outlet.content) == commit
    assert not uncommitted(outlet.content, [outlet.content])
    index = (outlet.content / ".git" / "index").stat().st_mtime_ns
    outlet.story("one-more").rename(outlet.content / "articles" / "one more é.md")
    assert "2 stories published" in outlet.rebuild(production=True, siteurl=ADDRESS)
    assert "articles/one more é.md" in said(outlet)
    made = ready(options(outlet), even_dirty=True)
    assert made.head.commit == commit
    assert (outlet.content / ".git" / "index").stat().st_mtime_ns == index, "Git was only asked"
    assert read((outlet.cache / RELEASE).read_bytes()) == made
    git(outlet.content, "add", "-A")
    git(outlet.content, "commit", "-q", "-m", "One more")
    assert "articles/one more" not in said(outlet), "they are in one now"
    assert "0 pages written" in outlet.rebuild(production=True, siteurl=ADDRESS)
    made = ready(options(outlet), even_dirty=True)
    assert made.head.commit == git(outlet.content, "rev-parse", "HEAD")
    assert made.dirty is bool(
        uncommitted(PROJECT, [PROJECT / name for name in (*SOURCES, "halyard/theme")])
    ), "only the project's own changes are left"


@pytest.mark.git
def test_a_repository_of_which_git_tells_no_commit_is_refused_unless_asked_for(
    outlet: Outlet, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """As in a container whose user is not the one who checked the stories out: which build is
    newer, only Git knows.
    """
    git(outlet.content, "init", "-q")
    outlet.rebuild(production=True, siteurl=ADDRESS)
    assert said(outlet)
    git(outlet.content, "add", "-A")
    git(outlet.content, "commit", "-q", "-m", "All")
    assert said(outlet)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    theirs = outlet.copy(tmp_path_factory.mktemp("theirs"))
    theirs.rebuild(production=True, siteurl=ADDRESS)
    assert said(theirs)
    assert ready(options(theirs), even_dirty=True).head.commit == ""


@pytest.mark.git
def test_git_is_asked_of_the_stories_own_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        git(tmp_path / name, "init", "-q")
        git(tmp_path / name, "commit", "-q", "--allow-empty", "-m", name)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    found = checked_out(tmp_path / "one")
    monkeypatch.delenv("GIT_DIR")
    assert found == git(tmp_path / "one", "rev-parse", "HEAD")
    assert found != git(tmp_path / "other", "rev-parse", "HEAD")


@pytest.mark.git
def test_ancestors_as_git_knows_them(tmp_path: Path) -> None:
    assert checked_out(tmp_path) == ""
    assert is_ancestor(tmp_path, "a", "b") is False
    git(tmp_path, "init", "-q")
    assert checked_out(tmp_path) is None
    for text in ("one", "two"):
        (tmp_path / "story.md").write_text(text)
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-q", "-m", text)
    first, second = git(tmp_path, "rev-list", "--reverse", "HEAD").split()
    assert is_ancestor(tmp_path, first, second) is True
    assert is_ancestor(tmp_path, second, first) is False
    assert is_ancestor(tmp_path, "0" * 40, first) is False
