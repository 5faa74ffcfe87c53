"""Small files of many kinds, as tests write them: each is what its name says, and no more."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\nstartxref\n9\n%%EOF\n"


def archive(files: Mapping[str, str], stored: bool = False) -> bytes:
    """A zip archive of files, as most programs write it."""
    made = io.BytesIO()
    with zipfile.ZipFile(
        made, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    ) as whole:
        for name, text in files.items():
            whole.writestr(name, text)
    return made.getvalue()


EPUB = archive({"mimetype": "application/epub+zip", "content.opf": "<package/>"}, stored=True)
XLSX = archive({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})
SOUND = {
    "a.csv": "a,b\n1,é\n".encode(),
    "a.docx": archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"}),
    "a.epub": EPUB,
    "a.flac": b"fLaC\0\0\0\x22",
    "a.geojson": b'{"type": "Point"}',
    "a.json": b'\n[{"a": "<script>"}]\n',
    "a.m4a": b"\0\0\0\x18ftypM4A \0\0\0\0",
    "a.mp3": b"ID3\x04\0\0\0\0\0\0",
    "b.mp3": b"\xff\xfb\x90\x64\0\0",
    "a.mp4": b"\0\0\0\x18ftypisom\0\0\0\0",
    "a.ods": archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, stored=True),
    "a.ogg": b"OggS\0\x02",
    "a.PDF": PDF,
    "a.tsv": b"a\tb\n",
    "a.txt": b"Words.\n",
    "a.vtt": b"\xef\xbb\xbfWEBVTT\n\n00:01.000 --> 00:02.000\nWords.\n",
    "a.wav": b"RIFF\x24\0\0\0WAVEfmt ",
    "a.webm": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm",
    "a.xlsx": XLSX,
    "a.zip": archive({"a.txt": "Words."}),
}
"""A sound file of each kind by a name that it may have."""
HOSTILE = {
    "page.pdf": (b"<!doctype html><script>alert(1)</script>", "file-kind"),
    "late-page.pdf": (b"\n\n <HTML><body>%PDF-1.7 %%EOF", "file-kind"),
    "script-in-head.pdf": (b"%PDF-1.7\n<script>alert(1)</script>\n%%EOF", "file-kind"),
    "drawing.pdf": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "file-kind"),
    "page.csv": (b"\xef\xbb\xbf <html><script>alert(1)</script>", "file-kind"),
    "page.txt": (b"<?xml version='1.0'?><html/>", "file-kind"),
    "page.json": (b"<script>alert(1)</script>", "file-kind"),
    "page.mp3": (b"ID3\x04\0\0\0\0\0\0<script>alert(1)</script>", "file-kind"),
    "page.zip": (b"<html>" + archive({"a.txt": "a"}), "file-kind"),
    "archive-behind.pdf": (PDF + archive({"a.txt": "a"}), "file-kind"),
    "archive-behind.mp4": (b"\0\0\0\x18ftypisom\0\0\0\0" + archive({"a.txt": "a"}), "file-kind"),
    "macros.xlsx": (archive({"xl/workbook.xml": "", "xl/vbaProject.bin": ""}), "file-kind"),
    "program.pdf": (b"MZ\x90\0", "file-kind"),
    "picture.pdf": (b"\xff\xd8\xff\xe0", "file-kind"),
    "archive.epub": (archive({"a.txt": "a"}), "file-kind"),
    "archive.xlsx": (archive({"a.txt": "a"}), "file-kind"),
    "epub.zip.pdf": (EPUB, "file-kind"),
    "utf-16.mp3": ("<html>".encode("utf-16"), "file-kind"),
    "avif.mp4": (b"\0\0\0\x18ftypavif\0\0\0\0", "file-kind"),
    "zeros.csv": (bytes(100), "file-kind"),
    "empty.pdf": (b"", "file-kind"),
    "lfs.pdf": (b"version https://git-lfs.github.com/spec/v1\n", "file-kind"),
    "text.json": (b"Words.", "file-kind"),
    "latin-1.csv": ("Orléans,1\n".encode("latin-1"), "file-kind"),
    "cut.csv": ("Orlé".encode()[:-1], "file-kind"),
    "cut.pdf": (PDF[:-6], "file-kind"),
    "cut.zip": (archive({"a.txt": "Words."})[:-30], "file-kind"),
}
"""Files that may not be published, each with the code of its fault."""
