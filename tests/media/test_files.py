"""Which files are published, and which are refused, whatever their names say."""

from __future__ import annotations

import hashlib
import mimetypes
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.media.files import KINDS, InspectedFile, Sample, inspect, problem_of
from broadside.plugins.recordings import webvtt
from tests.media.kinds_of_files import HOSTILE, PDF, SOUND

ACTIVE = tuple(
    ".html .htm .xhtml .shtml .mhtml .svg .svgz .xml .xsl .js .mjs .css .php .swf .exe .bat .cmd"
    " .com .msi .sh .ps1 .jar .apk .dmg .app .vbs .docm .xlsm .pptm".split()
)
"""Extensions of files that run, in a browser or elsewhere."""
MOST = 50_000_000


@pytest.mark.parametrize("name", SOUND)
def test_a_file_that_is_what_its_name_says_has_its_size_and_its_digest(
    tmp_path: Path, name: str
) -> None:
    data = SOUND[name]
    (tmp_path / name).write_bytes(data)
    found = inspect(tmp_path / name, MOST)
    assert isinstance(found, InspectedFile)
    assert (found.size, found.digest) == (len(data), hashlib.sha256(data).hexdigest())
    assert found.mistakes == ()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_not_is_refused(tmp_path: Path, name: str) -> None:
    data, code = HOSTILE[name]
    (tmp_path / name).write_bytes(data)
    assert getattr(inspect(tmp_path / name, MOST), "code", "") == code


@pytest.mark.parametrize("name", SOUND)
def test_no_kind_passes_for_another(tmp_path: Path, name: str) -> None:
    own = Path(name).suffix.lower()
    archives = {".zip"} if own in (".docx", ".epub", ".ods", ".xlsx") else set()
    alike = {".json": {".geojson"}, ".geojson": {".json"}}.get(own, archives)
    for other in {Path(name).suffix.lower() for name in SOUND} - {
        ".txt",
        ".csv",
        ".tsv",
        ".mp4",
        ".m4a",
    }:
        file = tmp_path / f"x{other}"
        file.write_bytes(SOUND[name])
        assert isinstance(inspect(file, MOST), InspectedFile) is (other == own or other in alike), (
            other
        )


RUNS = re.compile(r"html|xml|svg|script|css|wasm|pdf\\+|multipart|x-shockwave")
"""What is in the name of every content type in which a browser runs or applies what it is given."""
PAYLOADS = {
    "page": b"<!doctype html><script>alert(1)</script>",
    "drawing": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "xml": (
        b'<?xml version="1.0"?><a><script'
        b' xmlns="http://www.w3.org/1999/xhtml">alert(1)</script></a>'
    ),
    "bare": b"<script>alert(1)</script>",
    "after spaces": b"\xef\xbb\xbf\r\n \t<ScRiPt>alert(1)</script>",
}


@pytest.mark.parametrize("ending", KINDS)
def test_no_kind_is_one_in_which_a_browser_runs_anything(ending: str) -> None:
    """Neither by the type that we name nor by the one that a host guesses from the file's name."""
    guessed, _ = mimetypes.guess_type(f"a{ending}", strict=False)
    for type_ in (KINDS[ending].type, guessed or ""):
        assert not RUNS.search(type_.replace("openxmlformats", ""))


@pytest.mark.parametrize("ending", KINDS)
def test_what_would_run_is_refused_under_every_name(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"x{ending}"
    for name, payload in PAYLOADS.items():
        file.write_bytes(payload + b"\n")
        assert not isinstance(inspect(file, MOST), InspectedFile), name


def test_a_text_of_several_pieces_may_be_cut_within_a_letter(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"x" * ((1 << 20) - 1) + "é".encode() + b"\n")
    assert isinstance(inspect(file, MOST), InspectedFile)


def test_ten_gigabytes_are_not_read(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(PDF)
    os.truncate(file, 10_000_000_000)
    before = os.times()
    assert getattr(inspect(file, MOST), "code", "") == "file-too-large"
    after = os.times()
    assert after.user + after.system - before.user - before.system < 1, (
        "processor time: nothing was digested"
    )


@pytest.mark.parametrize(
    "make",
    [lambda at, _: os.mkfifo(at), lambda at, to: at.symlink_to(to), lambda at, _: at.mkdir()],
)
def test_only_a_plain_file_is_opened(tmp_path: Path, make: object) -> None:
    (tmp_path / "real.pdf").write_bytes(PDF)
    make(tmp_path / "a.pdf", tmp_path / "real.pdf")  # type: ignore[operator]
    assert getattr(inspect(tmp_path / "a.pdf", MOST), "code", "") == "unreadable"


@given(
    head=st.binary(max_size=200),
    tail=st.binary(max_size=200),
    ending=st.sampled_from(sorted(KINDS)),
)
def test_any_bytes_are_judged(head: bytes, tail: bytes, ending: str) -> None:
    for sample in (
        Sample(head, tail),
        Sample(b"PK\x03\x04" + head, tail + b"PK\x05\x06" + tail, head),
    ):
        found = problem_of(ending, sample)
        assert found is None or all(found)


def test_nothing_that_runs_is_of_a_kind_that_is_published() -> None:
    assert not KINDS.keys() & set(ACTIVE)
    types = {kind.type.partition(";")[0] for kind in KINDS.values()}
    assert not {kind for kind in types if kind.endswith(("html", "xml", "script", "wasm", "svg"))}


def test_a_transcript_is_read_to_its_end_or_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.vtt"
    head, words = "WEBVTT\n\n00:01.000 --> 00:02.000\n", "да " * 40 + "\n"
    lines = (webvtt.LARGEST - len(head)) // len(words.encode()) - 20
    file.write_text(f"{head}{words * lines}\nLost.\n", encoding="utf-8")
    found = inspect(file, MOST)
    assert isinstance(found, InspectedFile)
    assert [each.line for each in found.mistakes] == [lines + 5]
    assert found.size <= webvtt.LARGEST
    file.write_text(f"{head}{words * (lines + 30)}", encoding="utf-8")
    found = inspect(file, MOST)
    assert isinstance(found, InspectedFile)
    assert [each.code for each in found.mistakes] == ["transcript"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xef\xbb\xbf1\r\n00:00:01,000 --> 00:00:02,000\r\nWords.\r\n", "it is SubRip"),
        (
            "\ufeffWEBVTT\n\n00:01.000 --> 00:02.000\nWords.\n".encode("utf-16-le"),
            "a.vtt is UTF-16",
        ),
        (b"Words.\n", "does not begin with WEBVTT"),
        (PDF, "PDF"),
    ],
)
def test_what_a_transcript_is_instead_is_told(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "a.vtt").write_bytes(data)
    assert said in getattr(inspect(tmp_path / "a.vtt", MOST), "message", "")
