"""Links to files: which file is meant, what is said of one that is not there, and which files
readers can see.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from broadside.content.content import Content, FileRules
from broadside.content.files import address, in_settings, unused
from broadside.content.read import read_content
from broadside.markdown.body import FileNote
from broadside.media.files import InspectedFile
from broadside.settings import Settings
from broadside.site.linked_files import file_notes
from tests.content.reading import options_for, read, record, told
from tests.media.kinds_of_files import PDF
from tests.sample import Outlet

FOUND = InspectedFile(1, "0123456789abcdef0123456789abcdef")


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    return Outlet(tmp_path)


def put(outlet: Outlet, name: str, data: bytes = PDF) -> None:
    outlet.file(name, data)


def out(content: Content) -> set[str]:
    """The addresses of the files that readers can see."""
    return {content.addresses.files[path] for path in content.addresses.files_out}


@pytest.mark.parametrize(
    "written",
    [
        "files/report.pdf",
        "/files/report.pdf",
        "files/report.pdf#page=2",
        "{static}/files/report.pdf",
        "{attach}../files/report.pdf",
        "|static|/files/report.pdf",
    ],
)
def test_every_way_of_naming_a_file_leads_to_it(outlet: Outlet, written: str) -> None:
    put(outlet, "report.pdf")
    outlet.story("a", body=f"See [the report]({written}).")
    content = read(outlet)
    assert content.faults == []
    tail = "#page=2" if "#" in written else ""
    assert content.links_of(record(content, "articles/a.md")) == [f"/files/report.pdf{tail}"]
    assert out(content) == {"files/report.pdf"}


def test_a_bad_file_is_told_where_it_is_linked_to_and_otherwise_not_opened(outlet: Outlet) -> None:
    put(outlet, "page.pdf", b"<html>")
    outlet.story("a")
    assert read(outlet).faults == []
    outlet.story("a", body="Body.\n\n[It](files/page.pdf).")
    assert told(read(outlet).faults) == [("articles/a.md", 12, "file-kind")]


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("files/2026/Annual_Report-v1.2.pdf", "files/2026/Annual_Report-v1.2.pdf"),
        ("files/Annual report (final).PDF", "files/annual-report-final.PDF"),
        ("files/100% true.pdf", "files/100-true.pdf"),
        ("files/%2e%2e%2fx.pdf", "files/2e2e2fx.pdf"),
        ("files/..a..b.pdf", "files/ab.pdf"),
        ("files/-/x.pdf", "files/files/x.pdf"),
        ("files/تقرير.pdf", "files/tqryr.pdf"),
        ("files/Отчёт за год/данные.csv", "files/otchiot-za-god/dannye.csv"),
    ],
)
def test_an_address_has_the_letters_that_addresses_have(path: str, where: str) -> None:
    assert address(path, FOUND, by_digest=False) == where
    assert address(path, FOUND, by_digest=True) == where.replace(
        "files/", "files/-/0123456789abcdef/", 1
    )


def test_a_name_that_cannot_be_shown_or_gives_no_address_is_a_fault(outlet: Outlet) -> None:
    put(outlet, "gnp.\u202efdp.pdf")
    put(outlet, "!!!.pdf")
    put(outlet, "con.pdf")
    outlet.story("a", body="[A](files/!!!.pdf) [B](files/con.pdf) [C](files/gnp.%E2%80%AEfdp.pdf)")
    assert told(read(outlet).faults) == [("articles/a.md", 10, "file-name")] * 3


def test_two_files_with_one_address_are_a_fault(outlet: Outlet) -> None:
    put(outlet, "a b.pdf")
    put(outlet, "A-B.pdf")
    outlet.story("a", body="[A](<files/a b.pdf>) [B](files/A-B.pdf)")
    assert [fault.code for fault in read(outlet).faults] == ["same-address"]


def test_a_file_is_out_when_something_is_that_links_to_it(outlet: Outlet) -> None:
    for name in ("draft", "held", "withdrawn", "hidden", "bio", "page", "unused"):
        put(outlet, f"{name}.pdf")
    outlet.story("a", status="draft", body="[It](files/draft.pdf)")
    outlet.story("b", date="2026-11-26T09:00", file="files/held.pdf")
    outlet.story("c", status="withdrawn", body="[It](files/withdrawn.pdf)")
    outlet.story("d", status="hidden", body="[It](files/hidden.pdf)")
    outlet.page("e", file="files/page.pdf")
    outlet.author("Ana Pereira", bio="[Her paper](files/bio.pdf).")
    content = read(outlet)
    assert content.faults == []
    assert out(content) == {"files/hidden.pdf", "files/bio.pdf", "files/page.pdf"}
    assert not {"files/draft.pdf", "files/held.pdf"} & content.addresses.known.keys()
    assert unused(content) == ["files/unused.pdf"]
    assert out(read(outlet, drafts=True)) >= {"files/draft.pdf", "files/held.pdf"}
    assert "files/held.pdf" in out(read(outlet, now="2026-11-26T09:00"))


def test_what_lies_in_files_and_is_of_no_known_kind_is_unclaimed(outlet: Outlet) -> None:
    for name in ("page.html", "drawing.svg", "photo.jpg", "notes.md", "tool.exe"):
        put(outlet, name, b"x")
    (outlet.content / "files" / "out.pdf").symlink_to("/etc/passwd")
    outlet.story("a")
    codes = {fault.path: fault.code for fault in read(outlet).faults}
    assert codes.pop("files/out.pdf") == "unreadable"
    assert set(codes.values()) == {"unclaimed-file"}
    assert len(codes) == 5


def test_the_ledger_misses_a_file_unless_its_story_was_withdrawn(outlet: Outlet) -> None:
    put(outlet, "report.pdf")
    outlet.write("permalinks.txt", "/files/report.pdf\n")
    outlet.story("a", body="[It](files/report.pdf)")
    assert read(outlet).faults == []
    outlet.story("a", body="[It](files/report.pdf)", status="withdrawn")
    assert read(outlet).faults == []
    outlet.story("a")
    assert told(read(outlet).faults) == [("permalinks.txt", 1, "lost-address")]
    outlet.story("a", redirect_from=["/files/report.pdf"])
    assert read(outlet).faults == []


def test_the_notes_of_a_text_are_in_its_language(outlet: Outlet) -> None:
    put(outlet, "report.pdf", PDF.replace(b"endobj", b" " * 1_234_567 + b"endobj"))
    outlet.story("a", body="[Der Bericht](files/report.pdf)", lang="de")
    content = read(outlet)
    notes = file_notes(record(content, "articles/a.md"), content, "de")
    assert notes == {0: FileNote("PDF", "1,2\u00a0MB", "PDF, 1,2\u00a0MB")}


def test_a_menu_may_lead_to_a_file_which_is_then_out(outlet: Outlet) -> None:
    put(outlet, "media kit.pdf")
    put(outlet, "page.pdf", b"<html>")
    outlet.story("a")
    written = {
        "FOOTER_LINKS": [("Us", [("Media kit", "/files/media%20kit.pdf")])],
        "LINKS": [("Bad", "files/page.pdf")],
    }
    reading = options_for(outlet)
    paths = in_settings(Settings(written))
    assert paths == ("files/page.pdf", "files/media kit.pdf")
    content = read_content(outlet.content, replace(reading, files=FileRules(in_settings=paths)))
    assert told(content.faults) == [("files/page.pdf", 0, "file-kind")]
    assert out(content) == {"files/media-kit.pdf"}
    assert content.target("/files/media%20kit.pdf", "") == ("files/media-kit.pdf", "")


def test_what_something_else_answers_below_files_is_taken_on_trust(outlet: Outlet) -> None:
    put(outlet, "own.pdf")
    outlet.story("a", body="[Theirs](/files/theirs.pdf), [ours](/files/own.pdf).")
    reading = options_for(outlet)
    content = read_content(
        outlet.content, replace(reading, urls=replace(reading.urls, elsewhere=("files",)))
    )
    assert content.faults == []
    assert out(content) == {"files/own.pdf"}


def test_the_file_of_a_series_is_out_with_its_first_part(outlet: Outlet) -> None:
    put(outlet, "plan.pdf")
    outlet.write("series/the-water.md", "---\nname: The water\n---\n[The plan](files/plan.pdf).\n")
    outlet.story("a", series="The water", status="draft")
    assert out(read(outlet)) == set()
    outlet.story("b", series="The water")
    assert out(read(outlet)) == {"files/plan.pdf"}
