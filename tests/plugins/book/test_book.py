"""A series as a book, on real builds: the file, its documents, and the catalog."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import etree

from tests.sample import HARBOUR, Outlet, front

ON = {"BOOKS": ["issue"]}
BOOK, CATALOG = "series/spring/book.epub", "series/books.xml"
OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"
BODY = """\
It said so.[^1] See [the other](/2026/11/two/#a-part), [itself](#a-part), [the site](/2026/11/far/) and
[them](https://example.org/?a=b&c=d).

![A quay.](photos/harbour.jpg){caption="The quay & more" credit="A. P."}

> [!pullquote] It said so.

## A part

| Day | Ferries |
| --- | --- |
| Monday | 2 <br> or 3 |

![Ships.](data/x.csv){title="Ships" source="Port"}

[^1]: A note.
"""


class Press(Outlet):
    """An outlet with an issue of two stories."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.photo()
        self.write("data/x.csv", "Year,Ships\n2015,1\n2025,2\n")
        told = {"name": "Spring & ice", "form": "issue", "number": "3", "stories": ["one", "two"]}
        self.write("series/spring.md", front(told | HARBOUR) + "Of [ice](/2026/11/one/).\n")
        self.story("two", body=BODY.replace("/two/", "/one/"), lang="ar", title="العبّارة <b>")
        note = {"date": "2026-11-22", "type": "correction", "text": "It sails at <six>."}
        self.story("one", body=BODY, corrections=[note], method="By asking.", **HARBOUR)
        self.story("far", body="Far.")

    def built(self, **settings: Any) -> zipfile.ZipFile:
        """Build with books; the book."""
        said = self.rebuild(settings=ON | settings)
        assert "published," in said, said
        return zipfile.ZipFile(io.BytesIO((self.output / BOOK).read_bytes()))


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    made = Press(tmp_path_factory.mktemp("press"))
    made.built()
    return made


@pytest.fixture(scope="module")
def book(press: Press) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO((press.output / BOOK).read_bytes()))


def documents(book: zipfile.ZipFile) -> dict[str, etree._Element]:
    """Every document of XML, which must be well-formed."""
    names = [name for name in book.namelist() if name.endswith((".xhtml", ".opf", ".xml"))]
    return {name: etree.fromstring(book.read(name)) for name in names}


def text(element: etree._Element) -> str:
    """The words of an element."""
    return " ".join("".join(map(str, element.itertext())).split())


def test_the_file_is_as_reading_programs_want_it(book: zipfile.ZipFile) -> None:
    first = book.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert (first.extra, book.read(first)) == (b"", b"application/epub+zip")
    container = documents(book)["META-INF/container.xml"]
    (root,) = container.iter("{*}rootfile")
    assert root.get("full-path") in book.namelist()


def test_the_package_lists_each_file_once_and_puts_them_in_order(book: zipfile.ZipFile) -> None:
    package = documents(book)["book/package.opf"]
    items = {item.get("id"): item for item in package.iter(f"{OPF}item")}
    listed = [f"book/{item.get('href')}" for item in items.values()]
    own = {"mimetype", "META-INF/container.xml", "book/package.opf"}
    assert sorted(listed) == sorted({*book.namelist()} - own)
    order = [items[ref.get("idref")].get("href") for ref in package.iter(f"{OPF}itemref")]
    assert order == [
        *("cover.xhtml", "contents.xhtml", "introduction.xhtml"),
        *("1.xhtml", "2.xhtml", "credits.xhtml"),
    ]
    properties = [item.get("properties", "") for item in items.values()]
    assert sorted(filter(None, properties)) == ["cover-image", "nav"]
    said = {meta.get("property"): meta.text for meta in package.iter(f"{OPF}meta")}
    assert said["dcterms:modified"] == "2026-11-21T23:00:00Z"
    wanted = {"schema:accessMode", "schema:accessibilityFeature", "schema:accessibilityHazard"}
    assert wanted <= said.keys()


def test_the_contents_lead_to_every_chapter(book: zipfile.ZipFile) -> None:
    contents = documents(book)["book/contents.xhtml"]
    toc = next(nav for nav in contents.iter(f"{XHTML}nav") if nav.get("role") == "doc-toc")
    links = [(link.get("href"), text(link)) for link in toc.iter(f"{XHTML}a")]
    assert links[1:3] == [("1.xhtml", "Headline of one"), ("2.xhtml", "العبّارة <b>")]


def test_the_introduction_is_that_of_the_series(book: zipfile.ZipFile) -> None:
    introduction = documents(book)["book/introduction.xhtml"]
    (link,) = introduction.iter(f"{XHTML}a")
    assert "Of ice." in text(introduction)
    assert link.get("href") == "1.xhtml"


def test_every_address_in_a_book_leads_somewhere(book: zipfile.ZipFile) -> None:
    found = documents(book)
    ids = {name: {each.get("id") for each in page.iter()} for name, page in found.items()}
    seen = 0
    for name, page in found.items():
        for element in page.iter(f"{XHTML}a", f"{XHTML}img"):
            address = urlsplit(element.get("href") or element.get("src", ""))
            if address.scheme:
                continue
            path = normpath(join(dirname(name), str(address.path))) if address.path else name
            assert path in book.namelist(), (name, address)
            assert not address.fragment or address.fragment in ids[path], (name, address)
            seen += 1
    assert seen > 10


def test_a_chapter_has_all_that_belongs_to_its_story(book: zipfile.ZipFile) -> None:
    chapter = documents(book)["book/1.xhtml"]
    said = text(chapter)
    for words in ("Dek of one.", "Ana Pereira", "A note.", "It sails at <six>.", "By asking."):
        assert words in said
    assert said.count("The quay & more") == 1
    links = [each.get("href", "") for each in chapter.iter(f"{XHTML}a")]
    assert "2.xhtml" in links
    assert any(link.endswith("//127.0.0.1:8000/2026/11/far/") for link in links)
    assert "https://example.org/?a=b&c=d" in links
    assert len(list(chapter.iter(f"{XHTML}img"))) == 2
    arabic = documents(book)["book/2.xhtml"]
    assert (arabic.get("lang"), arabic.get("dir")) == ("ar", "rtl")
    assert "1.xhtml" in [each.get("href") for each in arabic.iter(f"{XHTML}a")]


def test_readers_find_the_book(press: Press) -> None:
    (link,) = press.html("series/spring/").select('a[href$=".epub"]')
    assert link["href"] == f"/{BOOK}"
    feed = etree.fromstring((press.output / CATALOG).read_bytes())
    (entry,) = feed.iter("{*}entry")
    led = {each.get("rel"): each.get("href", "") for each in entry.iter("{*}link")}
    assert led["http://opds-spec.org/acquisition/open-access"].endswith(f"/{BOOK}")
    assert press.html("series/").select(f'link[href="/{CATALOG}"]')


def test_a_book_changes_with_its_stories_alone_and_is_always_the_same(
    press: Press, tmp_path: Path
) -> None:
    outlet = press.copy(tmp_path)
    before = (outlet.output / BOOK).read_bytes()
    outlet.story("far", body="Further.")
    assert "published," in outlet.rebuild(settings=ON)
    assert (outlet.output / BOOK).read_bytes() == before
    outlet.story("one", body="## A part\n\nLess.")
    assert "published," in outlet.rebuild(settings=ON)
    after = (outlet.output / BOOK).read_bytes()
    assert after != before
    assert "published," in outlet.rebuild(settings=ON, clean=True)
    assert (outlet.output / BOOK).read_bytes() == after


def test_drafts_and_paid_stories_are_in_no_book(press: Press, tmp_path: Path) -> None:
    outlet = Press(tmp_path)
    outlet.story("one", body="Zugzwang.", status="draft")
    outlet.story("two", body="Zugzwang.", sponsor="Somebody")
    outlet.story("three", body="Body.", series="Spring & ice")
    outlet.write(
        "series/spring.md", "---\nname: Spring & ice\nform: issue\nstories: [one, two]\n---\n"
    )
    names = outlet.built(SHOW_DRAFTS=True).namelist()
    assert [name for name in names if name[5:6].isdigit()] == ["book/1.xhtml"]
    assert b"Zugzwang" not in (outlet.output / BOOK).read_bytes()


def test_a_site_without_the_setting_has_no_trace_of_books(press: Press, tmp_path: Path) -> None:
    outlet = press.copy_content(tmp_path)
    outlet.rebuild()
    before = outlet.files()
    assert not any(b"book.epub" in data or b"opds" in data for data in before.values())
    assert BOOK not in before
    outlet.rebuild(settings={"BOOKS": ["dossier"]})
    assert BOOK not in outlet.files()
