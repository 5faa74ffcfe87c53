"""Files to which stories link, in real builds: copied, replaced, told to feeds and search engines,
and never too early.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from broadside.config.options import Options
from broadside.editing.check import check
from tests.media.kinds_of_files import PDF, XLSX
from tests.sample import HARBOUR, NOW, Outlet, differing

SITE = "https://outlet.example/mag"
REPORT = f"{SITE}/files/report.pdf"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """An outlet with a report and a table; look, but change nothing."""
    outlet = Outlet(tmp_path_factory.mktemp("files"))
    outlet.photo()
    outlet.file("report.pdf", PDF)
    outlet.file("table.xlsx", XLSX)
    outlet.file("draft-quixotic.pdf", PDF + b"%quixotic\n%%EOF")
    outlet.file("held-quixotic.pdf", PDF + b"%quixotic\n%%EOF")
    outlet.file("unused-quixotic.pdf", PDF + b"%quixotic\n%%EOF")
    outlet.story(
        "report", body="Read [it](files/report.pdf#page=2).", file="files/report.pdf", **HARBOUR
    )
    outlet.story("table", body="See [the table](/files/table.xlsx).")
    outlet.story("hidden", body="See [it](files/report.pdf).", status="hidden")
    outlet.story("draft", body="See [it](files/draft-quixotic.pdf).", status="draft")
    outlet.story("held", date="2026-11-25T09:01", file="files/held-quixotic.pdf")
    outlet.page("paper", file="files/report.pdf")
    assert "published" in outlet.rebuild(production=True, siteurl=SITE)
    return outlet


def test_a_file_is_copied_as_it_is_and_shares_nothing_with_the_writers_own(made: Outlet) -> None:
    files = made.files()
    assert files["files/report.pdf"] == PDF
    assert files["files/table.xlsx"] == XLSX
    assert not (made.output / "files/report.pdf").samefile(made.content / "files/report.pdf")


def test_no_byte_of_the_site_tells_of_a_file_that_is_not_out(made: Outlet) -> None:
    files = made.files()
    assert {name for name in files if name.startswith("files/")} == {
        "files/report.pdf",
        "files/table.xlsx",
    }
    assert [name for name, data in files.items() if b"quixotic" in data] == []


def test_the_page_of_a_file_has_a_button_and_its_type_and_size(made: Outlet) -> None:
    for page in ("2026/11/report/", "paper/"):
        button = made.html(page).select_one(".download a")
        assert button
        assert (button["href"], button["type"]) == ("/mag/files/report.pdf", "application/pdf")
        assert button.get_text().split() == ["Download", "PDF,", "1", "KB"]
    link = made.html("2026/11/report/").select_one(".story-body a")
    assert link
    assert link["href"] == "/mag/files/report.pdf#page=2"
    assert made.html("2026/11/table/").select_one(".download") is None


def test_machines_learn_of_the_file(made: Outlet) -> None:
    data = [
        json.loads(script.get_text())
        for script in made.html("2026/11/report/").select('script[type*="json"]')
    ]
    media = {
        "@type": "MediaObject",
        "contentUrl": REPORT,
        "encodingFormat": "application/pdf",
        "contentSize": "1 kB",
    }
    assert media in [
        part.get("encoding") for part in (data[0] if isinstance(data[0], list) else data)
    ]
    assert REPORT in made.files()["sitemaps/pages.xml"].decode()
    assert "xlsx" not in made.files()["sitemaps/pages.xml"].decode()


def test_feeds_enclose_it_and_lead_to_it_from_elsewhere(made: Outlet) -> None:
    files = made.files()
    enclosed = f'length="{len(PDF)}"'
    atom, rss, entries = (
        files["feed.xml"].decode(),
        files["rss.xml"].decode(),
        json.loads(files["feed.json"])["items"],
    )
    assert f'href="{REPORT}"' in atom
    assert enclosed in atom
    assert f'url="{REPORT}"' in rss
    assert [item["attachments"] for item in entries if "attachments" in item] == [
        [{"url": REPORT, "mime_type": "application/pdf", "size_in_bytes": len(PDF)}]
    ]
    assert f'href="{SITE}/files/table.xlsx"' in "".join(item["content_html"] for item in entries)


def test_a_new_version_takes_the_place_of_the_old_and_changes_no_page(
    made: Outlet, tmp_path: Path
) -> None:
    outlet = made.copy(tmp_path)
    before = outlet.files()
    newer = PDF.replace(b"<< >>", b"<<>> ")
    outlet.file("report.pdf", newer)
    assert (outlet.output / "files/report.pdf").read_bytes() == PDF, (
        "readers have the old one until a build is done"
    )
    assert "published" in outlet.rebuild(production=True, siteurl=SITE)
    assert differing(before, outlet.files()) == ["files/report.pdf"]
    os.utime(outlet.content / "files/report.pdf")
    outlet.rebuild(production=True, siteurl=SITE)
    outlet.story("table", body="No more.")
    assert "published" in outlet.rebuild(production=True, siteurl=SITE)
    assert not (outlet.output / "files/table.xlsx").exists()
    elsewhere = tmp_path / "anew"
    assert "published" in outlet.rebuild(output=elsewhere, production=True, siteurl=SITE)
    assert differing(outlet.files(), outlet.files(elsewhere)) == []


def test_a_check_of_what_is_to_come_knows_the_files(made: Outlet, tmp_path: Path) -> None:
    outlet = made.copy(tmp_path)
    outlet.write("permalinks.txt", "/files/report.pdf\n")
    assert check(Options(content=str(outlet.content), now=NOW)) == []
