"""The output folder, its second tree, and what is refused."""

from __future__ import annotations

import errno
import multiprocessing
import os
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

import broadside.build.staging
from broadside.build.files import delete, let_in, mounts_in
from broadside.build.staging import OutputRefused, Staging, exchange_trees
from broadside.build.tree import Tree
from broadside.build.write import WrittenFiles, write
from broadside.site import Page
from broadside.store import FILE, Store

NOWHERE = Path("/nowhere")


@pytest.fixture
def staging(tmp_path: Path) -> Staging:
    return at(tmp_path / "site", tmp_path / ".site.cache")


def at(
    output: Path, cache: Path = NOWHERE, content: Path = NOWHERE, project: Path = NOWHERE
) -> Staging:
    """An output and its cache; what is read is somewhere else where that does not matter."""
    return Staging(output, cache, content, project)


def never() -> None:
    raise AssertionError("nobody else builds")


def publish(staging: Staging, text: str) -> None:
    with staging.locked(never):
        staging.prepare()
        exchange_trees(*written(staging, text))


def written(staging: Staging, text: str) -> tuple[Tree, WrittenFiles]:
    """Write one page as a build does."""
    tree = Tree(staging.output, staging.tree, Store(staging.cache))
    page = Page("index.html", text.encode())
    return tree, write(
        [page], [], tree, digest_of=lambda _: text, render=lambda _: (text.encode(), "")
    )


def shown(staging: Staging) -> dict[str, str]:
    return {file.name: file.read_text() for file in staging.output.iterdir()}


def test_what_a_build_writes_is_seen_only_when_it_is_done(staging: Staging) -> None:
    publish(staging, "old")
    with staging.locked(never):
        staging.prepare()
        done = written(staging, "new")
        assert shown(staging) == {"index.html": "old"}
        exchange_trees(*done)
    assert shown(staging) == {"index.html": "new"}


def test_a_fresh_tree_is_empty_and_only_pictures_and_the_lock_are_kept(
    staging: Staging, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(staging, "old")
    (staging.cache / "photos").mkdir()
    (staging.cache / "a.json").touch()
    gone: list[str] = []

    def noted(path: Path) -> None:
        gone.append(path.name)
        delete(path)

    monkeypatch.setattr(broadside.build.staging, "delete", noted)
    with staging.locked(never):
        assert staging.prepare(fresh=True), "the site is still live"
    assert gone[0] == FILE, "or what is left would be believed after a kill"
    assert {path.name for path in staging.cache.iterdir()} == {"lock", "photos"}
    assert shown(staging) == {"index.html": "old"}


def test_folders_that_cannot_be_exchanged_are_renamed(staging: Staging, monkeypatch: Any) -> None:
    publish(staging, "old")
    monkeypatch.setattr(broadside.build.staging, "exchange", lambda one, other: False)
    publish(staging, "new")
    assert shown(staging) == {"index.html": "new"}
    assert (staging.tree / "index.html").read_text() == "old"


def test_folders_that_cannot_even_be_renamed_are_refused_with_what_to_do(
    staging: Staging, monkeypatch: Any
) -> None:
    """As those that came with a container's image."""
    publish(staging, "old")

    def refuse(_: Path, to: Path) -> bool:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(to))

    monkeypatch.setattr(broadside.build.staging, "exchange", refuse)
    with pytest.raises(OutputRefused):
        publish(staging, "new")
    assert shown(staging) == {"index.html": "old"}


@pytest.mark.parametrize("done", [False, True])
def test_a_build_killed_between_the_renames_is_put_right(staging: Staging, done: bool) -> None:
    publish(staging, "old")
    staging.output.rename(staging.last)
    if done:
        staging.output.mkdir()
        (staging.output / "index.html").write_text("new")
    with staging.locked(never):
        staging.prepare()
    assert shown(staging) == {"index.html": "new" if done else "old"}
    assert not staging.last.exists()


def test_a_second_build_waits_for_the_first(staging: Staging) -> None:
    steps: Any = multiprocessing.get_context("fork").Queue()

    def second() -> None:
        with staging.locked(lambda: steps.put("waits")):
            steps.put("builds")

    with staging.locked(never):
        process = multiprocessing.get_context("fork").Process(target=second)
        process.start()
        assert steps.get(timeout=30) == "waits"
        assert steps.empty()
    assert steps.get(timeout=30) == "builds"
    process.join()


@pytest.mark.parametrize("kind", ["file", "link", "broken link"])
def test_an_output_that_is_no_folder_is_refused(
    staging: Staging, tmp_path: Path, kind: str
) -> None:
    if kind == "file":
        staging.output.write_text("a file")
    else:
        (tmp_path / "elsewhere").mkdir()
        staging.output.symlink_to(tmp_path / ("elsewhere" if kind == "link" else "nowhere"))
    with pytest.raises(OutputRefused), staging.locked(never):
        pass


def test_a_mount_point_is_refused() -> None:
    with pytest.raises(OutputRefused), at(Path("/proc")).locked(never):
        pass


def test_mount_points_inside_a_folder_are_found() -> None:
    text = Path("/proc/self/mountinfo").read_text()
    places = [Path(line.split(" ")[4]) for line in text.splitlines()]
    below = next(place for place in places if len(place.parts) > 2)
    assert str(below) in mounts_in(below.parent)
    assert str(below) not in mounts_in(below)


def test_an_output_with_a_mount_point_in_it_is_refused(
    staging: Staging, monkeypatch: pytest.MonkeyPatch
) -> None:
    staging.output.mkdir()
    monkeypatch.setattr(
        "broadside.build.staging.mounts_in", lambda *folders: [f"{folders[0]}/media"]
    )
    with pytest.raises(OutputRefused), staging.locked(never):
        pass


def test_a_place_where_no_folder_can_be_made_is_refused() -> None:
    place = Path("/proc/broadside")
    with pytest.raises(OutputRefused), at(place, place.with_name("c")).locked(never):
        pass


def test_a_folder_with_other_things_is_refused_and_untouched(staging: Staging) -> None:
    staging.output.mkdir()
    (staging.output / "thesis.doc").write_text("three years of work")
    (staging.output / "index.html").touch()
    with pytest.raises(OutputRefused), staging.locked(never):
        pass
    assert shown(staging) == {"index.html": "", "thesis.doc": "three years of work"}


def test_a_new_folder_in_place_of_the_site_is_refused_and_untouched(staging: Staging) -> None:
    """The cache beside it is still that of the site."""
    publish(staging, "1")
    shutil.rmtree(staging.output)
    staging.output.mkdir()
    (staging.output / "essay.md").write_text("three weeks of work")
    with pytest.raises(OutputRefused), staging.locked(never):
        pass
    assert shown(staging) == {"essay.md": "three weeks of work"}
    left = staging.output / ".DS_Store"  # which a system leaves in a folder that seems empty
    (staging.output / "essay.md").rename(left)
    publish(staging, "2")
    assert shown(staging)["index.html"] == "2"


def test_a_git_repository_is_refused_and_untouched(staging: Staging) -> None:
    (staging.output / ".git").mkdir(parents=True)
    (staging.output / ".git" / "HEAD").write_text("ref: refs/heads/main")
    with pytest.raises(OutputRefused), staging.locked(never):
        pass
    assert (staging.output / ".git" / "HEAD").read_text() == "ref: refs/heads/main"


def test_a_folder_that_holds_what_is_built_from_is_refused(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "index.html").write_text("")
    (tmp_path / "alias").symlink_to(tmp_path)
    source = tmp_path / "alias" / "content"
    (tmp_path / "other").symlink_to(tmp_path)
    for output in (tmp_path, tmp_path / "content", tmp_path / "other" / "content"):
        for read in ({"content": source}, {"project": source}):
            with pytest.raises(OutputRefused), at(output, tmp_path / "c", **read).locked(never):
                pass


def test_an_output_in_the_content_folder_is_refused(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (tmp_path / "alias").symlink_to(tmp_path)
    for read in (content, tmp_path / "alias" / "content"):
        with (
            pytest.raises(OutputRefused),
            at(content / "site", content / ".site.cache", content=read).locked(never),
        ):
            pass
    assert not content.exists()


def test_a_cache_that_may_not_be_written_to_is_opened_up(staging: Staging) -> None:
    inner = staging.cache / "photos" / "inner"
    inner.mkdir(parents=True)
    (staging.cache / "lock").touch(0o400)
    (inner / "a.jpg").touch(0o400)
    for folder in (inner, inner.parent, staging.cache):
        folder.chmod(0o500)
    if os.getuid() == 0:  # whom no mode keeps out
        let_in(staging.cache)
    else:
        with staging.locked(never):
            pass
    assert [stat.S_IMODE(each.stat().st_mode) for each in (staging.cache, inner.parent, inner)] == [
        0o700
    ] * 3
    assert stat.S_IMODE((inner / "a.jpg").stat().st_mode) == 0o400, (
        "it may be a page that readers see"
    )


def test_a_link_in_place_of_the_lock_goes_and_what_it_leads_to_stays(
    staging: Staging, tmp_path: Path
) -> None:
    """A build by root would otherwise empty whatever file somebody else's link names."""
    (tmp_path / "precious").write_text("kept")
    staging.cache.mkdir()
    (staging.cache / "lock").symlink_to(tmp_path / "precious")
    with staging.locked(never):
        assert not (staging.cache / "lock").is_symlink()
    assert (tmp_path / "precious").read_text() == "kept"


def test_a_link_in_place_of_the_cache_is_refused_and_what_it_leads_to_stays(
    staging: Staging, tmp_path: Path
) -> None:
    """A build would otherwise delete what looks like its own in somebody else's folder."""
    (tmp_path / "precious" / "next").mkdir(parents=True)
    (tmp_path / "precious" / "letter.part").write_text("kept")
    staging.cache.symlink_to(tmp_path / "precious")
    with pytest.raises(OutputRefused, match="link"), staging.locked(never):
        pass
    assert (tmp_path / "precious" / "letter.part").read_text() == "kept"


def test_a_lock_is_not_emptied_before_it_is_held(staging: Staging) -> None:
    staging.cache.mkdir()
    (staging.cache / "lock").write_text("kept")
    with staging.locked(never):
        pass
    assert (staging.cache / "lock").read_text() == "kept"


def test_where_no_lock_can_be_made_a_reader_does_without(staging: Staging) -> None:
    """As where what was built elsewhere is mounted to be read only: nobody builds there."""
    with staging.read(never):
        assert not staging.cache.exists()
    (staging.cache / "lock").mkdir(parents=True)
    with staging.read(never):
        assert (staging.cache / "lock").is_dir()


def test_an_empty_folder_and_a_site_without_its_cache_are_accepted(staging: Staging) -> None:
    staging.output.mkdir()
    publish(staging, "1")
    for name in ("404.html", "feed.xml"):
        (staging.output / name).touch()
    (staging.cache / FILE).unlink()
    publish(staging, "2")
    assert shown(staging)["index.html"] == "2"
