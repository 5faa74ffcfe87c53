"""An import writes only what is its own: what the outlet has stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from archives import attachment, bytes_of, imported, item, story, text_of, wordpress
from broadside.content.folder import IMPORTED
from tests.media.kinds_of_files import PDF
from tests.sample import Outlet

UPLOADS = "https://lantern.example/wp-content/uploads"
BODY = (
    f'<p><img src="{UPLOADS}/2020/05/inner.png" alt="In"></p><p>See <a'
    f' href="{UPLOADS}/report.pdf">the report</a>.</p>'
)
ITEMS = (
    item(1, BODY, meta={"_thumbnail_id": "9"}, slug="first"),
    item(
        2,
        f'<p>See <a href="/2019/03/first/">that</a>, <a href="{UPLOADS}/report.pdf#page=2">and'
        " this</a>.</p>",
    ),
    attachment(9, f"{UPLOADS}/2020/05/lead.jpg", alt="The lead"),
)
PHOTO, FILE, STORY = "photos/2020/05/lead.jpg", "files/report.pdf", "articles/2019/first.md"


def media(path: Path, colour: str = "teal", pdf: bytes = PDF) -> str:
    folder = path / "uploads" / "2020" / "05"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("lead.jpg", "inner.png"):
        Image.new("RGB", (60, 40), colour).save(folder / name)
    (path / "uploads" / "report.pdf").write_bytes(pdf)
    return str(path / "uploads")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "export.xml"
    file.write_text(wordpress(*ITEMS))
    return file


def test_what_the_outlet_has_itself_stays_and_references_follow(
    tmp_path: Path, source: Path
) -> None:
    outlet = Outlet(tmp_path)
    outlet.photo("2020/05/lead.jpg", "black")
    outlet.file("Report.pdf", PDF + b"% ours\n")
    outlet.story("first", where="articles/2019", date="2019-03-02T09:00")
    own = bytes_of(outlet)
    for _ in range(2):
        report = imported(outlet, "wordpress", source, media=media(tmp_path))
        now = bytes_of(outlet)
        assert {path: now[path] for path in own if path != "sections.yml"} == {
            path: data for path, data in own.items() if path != "sections.yml"
        }
        assert (
            now["photos/2020/05/lead-2.jpg"] == (tmp_path / "uploads/2020/05/lead.jpg").read_bytes()
        )
        assert now["files/report-2.pdf"] == PDF
        first, second = story(outlet, "first-2"), story(outlet, "story-2")
        assert "photo: photos/2020/05/lead-2.jpg\n" in first
        assert "](/files/report-2.pdf)" in first
        assert "{filename}/articles/2019/first-2.md" in text_of(second)
        assert "](/files/report-2.pdf#page=2)" in second
        told = {each.kept_as for each in report.left if "the outlet's own" in each.what}
        assert told == {
            "photos/2020/05/lead-2.jpg",
            "files/report-2.pdf",
            "articles/2019/first-2.md",
        }
    assert outlet.run("check", "--content", "content").returncode == 0


def test_a_picture_and_a_file_follow_their_source(tmp_path: Path, source: Path) -> None:
    outlet = Outlet(tmp_path)
    imported(outlet, "wordpress", source, media=media(tmp_path))
    folder = Path(media(tmp_path, "red", PDF + b"% newer\n"))
    imported(outlet, "wordpress", source, media=str(folder))
    assert (outlet.content / PHOTO).read_bytes() == (folder / "2020/05/lead.jpg").read_bytes()
    assert (outlet.content / FILE).read_bytes() == PDF + b"% newer\n"


def test_a_picture_that_comes_later_has_the_path_that_stories_name(
    tmp_path: Path, source: Path
) -> None:
    outlet = Outlet(tmp_path)
    outlet.photo("2020/05/lead.jpg", "black")
    imported(outlet, "wordpress", source)
    assert "photo: photos/2020/05/lead-2.jpg\n" in story(outlet, "first")
    put = outlet.photo("2020/05/inner.png", "yellow").read_bytes()
    imported(outlet, "wordpress", source, media=media(tmp_path))
    assert (outlet.content / "photos/2020/05/lead-2.jpg").read_bytes() == (
        tmp_path / "uploads/2020/05/lead.jpg"
    ).read_bytes()
    assert (outlet.content / "photos/2020/05/inner.png").read_bytes() == put, (
        "an editor put it where it was missing"
    )
    assert "(photos/2020/05/inner.png)" in story(outlet, "first")


def test_an_author_of_the_outlets_own_stays(tmp_path: Path, source: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.write("authors/mara.md", "---\nnot: closed\n")
    outlet.write("authors/ml.md", '---\nname: "Mara Lindqvist (Oslo)"\n---\nOurs.\n')
    before = bytes_of(outlet)
    imported(outlet, "wordpress", source)
    now = bytes_of(outlet)
    assert {path: now[path] for path in before if path.startswith("authors/")} == {
        path: data for path, data in before.items() if path.startswith("authors/")
    }
    assert b"authors/" not in (outlet.content / IMPORTED).read_bytes()


def test_former_addresses_that_the_outlet_gave_stay(tmp_path: Path, source: Path) -> None:
    outlet = Outlet(tmp_path)
    lists = "- name: Europe\n  redirect_from:\n    - /taken/\n- name: Asia\n"
    outlet.write("sections.yml", lists)
    source.write_text(
        wordpress(item(1, "One.", link="https://lantern.example/taken/"), item(2, "Two."))
    )
    imported(outlet, "wordpress", source)
    assert (outlet.content / "sections.yml").read_text("utf-8").startswith(lists)
    assert "/taken/" not in story(outlet, "story-1")
