"""Files to which an archive's stories link move in with it; what is no such file stays where it
was, and is told.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from archives import ghost, imported, item, moved_in, story, text_of, wordpress
from broadside_import.report import ImportReport
from tests.media.kinds_of_files import PDF, XLSX
from tests.sample import Outlet

UPLOADS = "https://lantern.example/wp-content/uploads"
BODY = f"""<p>See <a href="{UPLOADS}/2019/03/Annual_Report.pdf#page=3">the report</a>, <a
href="/wp-content/uploads/2019/03/figures.xlsx">the figures</a>, <a href="{UPLOADS}/2019/03/Annual_Report.pdf">it again</a>, <a
href="{UPLOADS}/2019/04/two%20words.pdf">two words</a>, <a href="{UPLOADS}/2019/04/page.pdf">a page</a>, <a
href="{UPLOADS}/2019/04/gone.pdf">gone</a> and <a href="{UPLOADS}/tool.exe">a program</a>.</p>"""


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Outlet, ImportReport]:
    path = tmp_path_factory.mktemp("files")
    for name, data in {
        "2019/03/Annual_Report.pdf": PDF,
        "2019/03/figures.xlsx": XLSX,
        "2019/04/two words.pdf": PDF,
        "2019/04/page.pdf": b"<html><script>alert(1)</script>",
        "2019/04/unlinked.pdf": PDF,
        "tool.exe": b"MZ",
    }.items():
        file = path / "uploads" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return moved_in(path, "wordpress", wordpress(item(1, BODY)), media=str(path / "uploads"))


def test_links_lead_to_the_files_that_moved_in(moved: tuple[Outlet, ImportReport]) -> None:
    outlet, _ = moved
    text = text_of(story(outlet, "story-1"))
    for address in (
        "files/2019/03/Annual_Report.pdf#page=3",
        "files/2019/03/figures.xlsx",
        "files/2019/04/two-words.pdf",
    ):
        assert f"](/{address})" in text
    there = {
        each.relative_to(outlet.content).as_posix()
        for each in outlet.content.glob("files/**/*")
        if each.is_file()
    }
    assert there == {
        "files/2019/03/Annual_Report.pdf",
        "files/2019/03/figures.xlsx",
        "files/2019/04/two-words.pdf",
    }
    assert (outlet.content / "files/2019/03/figures.xlsx").read_bytes() == XLSX


def test_the_others_keep_their_old_addresses_and_are_told(
    moved: tuple[Outlet, ImportReport],
) -> None:
    outlet, report = moved
    text = text_of(story(outlet, "story-1"))
    for name in ("2019/04/page.pdf", "2019/04/gone.pdf", "tool.exe"):
        assert f"({UPLOADS}/{name})" in text
        assert [each.file for each in report.left if f"/{name}: " in each.what]
    assert (report.files, report.files_missing) == (6, 3)


def test_old_addresses_lead_on_by_a_setting_and_what_it_cannot_say_is_told(
    moved: tuple[Outlet, ImportReport],
) -> None:
    outlet, report = moved
    assert report.settings["FORMER_URLS"] == {"wp-content/uploads/": "files/"}
    told = [each for each in report.left if each.what.startswith("the address ")]
    assert [each.kept_as.partition(";")[0] for each in told] == ["files/2019/04/two-words.pdf"]
    done = outlet.build()
    assert done.returncode == 0, done.stderr
    assert (outlet.output / "files/2019/03/Annual_Report.pdf").read_bytes() == PDF


def test_a_second_import_copies_nothing_again(moved: tuple[Outlet, ImportReport]) -> None:
    outlet, _ = moved
    file = outlet.content / "files/2019/03/Annual_Report.pdf"
    before = file.stat()
    again = imported(
        outlet, "wordpress", outlet.path / "export.xml", media=str(outlet.path / "uploads")
    )
    assert again.edited == []
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_zip_has_its_files_too_and_none_is_unpacked_from_outside(tmp_path: Path) -> None:
    source = tmp_path / "site.zip"
    with zipfile.ZipFile(source, "w") as made:
        made.writestr("hugo.toml", 'baseURL = "https://lantern.example/"\ntitle = "The Lantern"\n')
        body = (
            "See [the report](/papers/report.pdf), [the figures](/papers/figures.xlsx) and"
            " [more](/../../etc/more.pdf)."
        )
        made.writestr("content/posts/one.md", f"---\ntitle: One\ndate: 2020-01-02\n---\n{body}\n")
        made.writestr("static/papers/report.pdf", PDF)
        made.writestr("static/papers/figures.xlsx", XLSX)
        made.writestr("../etc/more.pdf", PDF)
    outlet = Outlet(tmp_path)
    report = imported(outlet, "hugo", source)
    there = {
        each.relative_to(outlet.content).as_posix()
        for each in outlet.content.glob("files/**/*")
        if each.is_file()
    }
    assert there == {"files/papers/report.pdf", "files/papers/figures.xlsx"}
    assert report.settings["FORMER_URLS"] == {"papers/": "files/papers/"}
    assert "](/files/papers/report.pdf)" in text_of(story(outlet, "one"))


def test_a_file_of_ghost_is_found_and_one_that_is_too_large_is_not_taken(tmp_path: Path) -> None:
    for name, size in (("small.pdf", 0), ("large.pdf", 60_000_000)):
        file = tmp_path / "media/content/files/2021/05" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(PDF[:-6] + b"\0" * size + PDF[-6:])
    links = " ".join(
        f'<a href="__GHOST_URL__/content/files/2021/05/{name}">{name}</a>'
        for name in ("small.pdf", "large.pdf")
    )
    post = {"id": "p1", "title": "Post", "slug": "post", "html": f"<p>{links}</p>"}
    outlet, report = moved_in(tmp_path, "ghost", ghost([post]), media=str(tmp_path / "media"))
    there = [each.name for each in outlet.content.glob("files/**/*") if each.is_file()]
    assert there == ["small.pdf"]
    assert report.files_missing == 1
