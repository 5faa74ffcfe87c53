"""The list of what was imported: what it is in the folder, and what is believed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from broadside.content.folder import IMPORTED
from broadside.content.imported import LENIENT, Entry, read, written
from tests.content.reading import read as read_all
from tests.media.test_photo_files import png_header
from tests.sample import Outlet

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ENTRIES = st.lists(
    st.builds(Entry, WORDS, WORDS, WORDS, WORDS), unique_by=lambda entry: entry.path, max_size=6
)


@given(entries=ENTRIES)
def test_what_was_written_is_read_in_whichever_order_it_was_given(
    tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]
) -> None:
    data = written(entries)
    assert data == written(reversed(entries))
    assert data.count(b"\n") == len(entries)
    folder = tmp_path_factory.mktemp("content")
    (folder / IMPORTED).write_bytes(data)
    assert read(folder) == ({entry.path: entry for entry in entries}, [])


@given(data=st.binary(max_size=80))
def test_whatever_the_list_holds_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("content")
    (folder / IMPORTED).write_bytes(data)
    entries, faults = read(folder)
    assert len(entries) + len(faults) == len(data.splitlines())


PHOTO = {"photo": "photos/harbour.jpg", "alt": "Cranes.", "credit": "Photo by A. Person"}
TABLE: list[tuple[str, dict[str, Any], str]] = [
    ("missing-key", {"dek": None}, "Body."),
    ("missing-key", {"type": None}, "Body."),
    ("photo-credit", PHOTO | {"credit": None}, "Body."),
    ("photo-credit", {}, "![Cranes.](photos/harbour.jpg)"),
    ("photo-alt", PHOTO | {"alt": None}, "Body."),
    ("photo-alt", {}, '![](photos/harbour.jpg){credit="C"}'),
    ("photo-missing", PHOTO | {"photo": "photos/gone.jpg"}, "Body."),
    ("photo-missing", {}, '![Cranes.](photos/gone.jpg){credit="C"}'),
    ("needs-key", {"credit": "Photo by A. Person"}, "Body."),
    ("photo-outside", {}, '![Cranes.](https://other.example/x.jpg){credit="C"}'),
    ("photo-kind", PHOTO | {"photo": "photos/strip.jpg"}, "Body."),
    ("photo-kind", PHOTO | {"photo": "photos/a-gif.jpg"}, "Body."),
    ("photo-kind", PHOTO | {"photo": "photos/an-svg.jpg"}, "Body."),
    ("photo-damaged", PHOTO | {"photo": "photos/empty.jpg"}, "Body."),
    ("photo-kind", PHOTO | {"photo": "photos/a-jpeg.png"}, "Body."),
    ("photo-kind", PHOTO | {"photo": "photos/script.jpg"}, "Body."),
    ("photo-damaged", PHOTO | {"photo": "photos/damaged.png"}, "Body."),
    ("photo-too-large", PHOTO | {"photo": "photos/huge.png"}, "Body."),
    ("photo-kind", PHOTO | {"photo": "photos/moving.webp"}, "Body."),
    ("file-missing", {}, "See [the report](files/gone.pdf)."),
    ("broken-link", {}, "See [it](/2001/gone/)."),
    ("unpublished", {}, "See [it]({filename}draft.md)."),
    ("broken-link", {}, "See [below](#gone)."),
    ("broken-link", {}, "See [the other](/2026/11/other/#gone)."),
    ("empty-story", {}, ""),
    ("date-order", {"updated": "2026-11-19"}, "Body."),
]
"""A code, and the front matter and the text of a story that has it."""


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    made = Outlet(tmp_path_factory.mktemp("imported"))
    photos = made.photo().parent
    made.photo("strip.jpg", size=(20, 210))
    (photos / "a-jpeg.png").write_bytes((photos / "harbour.jpg").read_bytes())
    (photos / "script.jpg").write_bytes((photos / "harbour.jpg").read_bytes() + b"<script>")
    (photos / "a-gif.jpg").write_bytes(b"GIF89a")
    (photos / "an-svg.jpg").write_bytes(b"<svg></svg>")
    (photos / "empty.jpg").write_bytes(b"")
    head = (made.photo("damaged.png").read_bytes())[:8]
    (photos / "damaged.png").write_bytes(head + b"\0\0\0\0IEND\xae\x42\x60\x82")
    (photos / "huge.png").write_bytes(png_header(8_000, 8_000))
    frames = [Image.new("RGB", (48, 32), colour) for colour in ("teal", "black")]
    frames[0].save(photos / "moving.webp", save_all=True, append_images=frames[1:])
    made.story("draft", status="draft")
    made.story("other")
    return made


@pytest.mark.parametrize(("code", "front", "body"), TABLE)
def test_what_is_looser_for_what_was_imported_is_an_error_in_every_other_story(
    outlet: Outlet, code: str, front: dict[str, Any], body: str
) -> None:
    path = outlet.story("case", body=body, **front)
    list_ = outlet.content / IMPORTED
    list_.unlink(missing_ok=True)
    assert [(fault.code, fault.severity) for fault in read_all(outlet).faults] == [(code, "error")]
    list_.write_bytes(written([Entry("articles/case.md", "hugo", "1", "")]))
    assert (code, "error") in {(fault.code, fault.severity) for fault in read_all(outlet).faults}, (
        "no mark, only a line"
    )
    path.write_text(path.read_text("utf-8").replace("\n", "\nimported: hugo\n", 1), "utf-8")
    softened = [] if code == "missing-key" else [(code, "warning")]
    content = read_all(outlet)
    assert [(fault.code, fault.severity) for fault in content.to_mend] == softened
    assert content.faults == []
    list_.unlink()
    strict = {(fault.code, fault.severity) for fault in read_all(outlet).faults}
    assert strict == {("imported", "error"), *([] if code == "missing-key" else [(code, "error")])}


def test_the_table_has_every_code_that_is_looser() -> None:
    assert {code for code, _, _ in TABLE} - {"missing-key"} == LENIENT
