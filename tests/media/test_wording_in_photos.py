"""Captions and credits out of real files."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from broadside.media.photo_files import Wording, wording
from tests.media.conftest import Shot

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 photoshop:Credit="AFP via Getty Images">
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">The dam &amp; the river</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>Ana Pérez</rdf:li></rdf:Seq></dc:creator>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def iptc_segment(*fields: tuple[int, int, bytes]) -> bytes:
    body = b"".join(
        struct.pack(">BBBH", 0x1C, record, number, len(data)) + data
        for record, number, data in fields
    )
    resource = (
        b"8BIM" + struct.pack(">HBBI", 0x0404, 0, 0, len(body)) + body + b"\0" * (len(body) % 2)
    )
    payload = b"Photoshop 3.0\0" + resource
    return b"\xff\xed" + struct.pack(">H", len(payload) + 2) + payload


def with_iptc(path: Path, *fields: tuple[int, int, bytes]) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[:2] + iptc_segment(*fields) + data[2:])
    return path


def test_iptc(shot: Shot) -> None:
    path = with_iptc(
        shot(),
        (1, 90, b"\x1b%G"),
        (2, 80, "Jörg Maß".encode()),
        (2, 110, b"REUTERS"),
        (2, 120, b"The  dam,\nfull"),
    )
    assert wording(path) == Wording("The dam, full", "Photo by Jörg Maß/REUTERS")


def test_iptc_in_the_windows_code_page(shot: Shot) -> None:
    path = with_iptc(shot(), (2, 80, "Jörg".encode("cp1252")), (2, 120, "“Dam”".encode("cp1252")))
    assert wording(path) == Wording("“Dam”", "Photo by Jörg")


def test_several_photographers(shot: Shot) -> None:
    assert (
        wording(with_iptc(shot(), (2, 80, b"A. One"), (2, 80, b"B. Two"))).credit
        == "Photo by A. One, B. Two"
    )


@pytest.mark.parametrize("name", ["a.jpg", "a.webp", "a.avif"])
def test_xmp(shot: Shot, name: str) -> None:
    found = wording(shot(name, xmp=XMP.encode()))
    assert found == Wording("The dam & the river", "Photo by Ana Pérez/AFP via Getty Images")


def test_xmp_with_entities_is_not_read(shot: Shot) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + XMP.replace("The dam", "&a;")
    assert wording(shot(xmp=bomb.encode())) == Wording("", "")


def test_exif_and_rights(shot: Shot) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = "The dam"
    exif[ExifTags.Base.Copyright] = "(c) 2024-2026 Broadside Pictures. All rights reserved."
    assert wording(shot(exif=exif)) == Wording("The dam", "Broadside Pictures")
    exif[ExifTags.Base.Artist] = "Ana"
    assert wording(shot(exif=exif)).credit == "Photo by Ana"


def test_exif_in_utf_8(shot: Shot) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = "D_m"
    path = shot(exif=exif)
    path.write_bytes(path.read_bytes().replace(b"D_m", "é!".encode()))
    assert wording(path).caption == "é!"


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff\xd8\xff\xe1\0\x08Exif\0\0"])
def test_what_cannot_be_read_says_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.jpg").write_bytes(content)
    assert wording(tmp_path / "a.jpg") == Wording("", "")
