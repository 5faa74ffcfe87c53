"""The pixels of derivatives: upright, sRGB, opaque, and with nothing attached."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import ExifTags, Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from broadside.media.photo_files import inspect
from broadside.media.photos import Original
from broadside.media.pictures import decode
from tests.media.conftest import Shot, made, scene

CORNERS = {"red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}
# Top left, top right, bottom right, bottom left as the reader sees them, for each EXIF orientation.
SEEN = {
    1: "red green blue white",
    2: "green red white blue",
    3: "blue white red green",
    4: "white blue green red",
    5: "red white blue green",
    6: "white red green blue",
    7: "blue green red white",
    8: "green blue white red",
}


def near(colour: Sequence[int] | int | float | None, wanted: Sequence[int], by: int = 40) -> bool:
    return isinstance(colour, tuple) and all(
        abs(a - b) <= by for a, b in zip(colour, wanted, strict=True)
    )


def corners(image: Image.Image) -> str:
    width, height = image.size
    points = [(5, 5), (width - 6, 5), (width - 6, height - 6), (5, height - 6)]
    seen = [image.convert("RGB").getpixel(point) for point in points]
    return " ".join(
        next((name for name, rgb in CORNERS.items() if near(one, rgb)), "?") for one in seen
    )


@pytest.mark.parametrize(
    ("name", "turn"),
    [*(("a.jpg", turn) for turn in range(1, 9)), ("a.png", 6), ("a.webp", 7), ("a.avif", 8)],
)
def test_pictures_stand_upright(shot: Shot, tmp_path: Path, name: str, turn: int) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turn
    path = shot(name, exif=exif)
    for one, image in made(path, tmp_path / "store"):
        assert image.size == (one.width, one.height)
        assert corners(image) == SEEN[turn]
    original, data = inspect(path), path.read_bytes()
    assert isinstance(original, Original)
    size = original.width // 2, original.height // 2
    assert decode(data, original.kind, size).size == size, "it need not be scaled twice"


def test_every_metadata_is_gone(shot: Shot, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "SECRETCAM"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 30.0, 0.0)
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path = shot(
        exif=exif,
        icc_profile=icc,
        comment=b"SECRETNOTE",
        xmp=b"<x:xmpmeta>SECRETXMP</x:xmpmeta>",
        dpi=(72, 72),
    )
    for one, image in made(path, tmp_path / "store"):
        raw = (tmp_path / "store" / one.name).read_bytes()
        assert not any(
            mark in raw
            for mark in (b"SECRET", b"Exif", b"ICC_PROFILE", b"ICCP", b"xmp", b"Photoshop")
        )
        assert not dict(image.getexif())
        assert not {"icc_profile", "exif", "xmp", "comment", "dpi"} & set(image.info)


def test_png_text_is_gone(tmp_path: Path) -> None:
    text = PngInfo()
    text.add_itxt("Author", "SECRETNAME")
    scene(60, 40).save(tmp_path / "a.png", pnginfo=text)
    assert b"SECRETNAME" in (tmp_path / "a.png").read_bytes()
    for one, _ in made(tmp_path / "a.png", tmp_path / "store"):
        assert b"SECRETNAME" not in (tmp_path / "store" / one.name).read_bytes()


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_colours_are_converted_to_srgb(shot: Shot, tmp_path: Path, mode: str) -> None:
    swapped = _profile_with_red_and_green_swapped()
    for _, image in made(shot("a.png", mode=mode, icc_profile=swapped), tmp_path / "store"):
        assert corners(image) == "green red blue white"


def test_a_damaged_profile_does_not_stop_the_picture(shot: Shot, tmp_path: Path) -> None:
    for _, image in made(shot(icc_profile=b"rubbish" * 40), tmp_path / "store"):
        assert corners(image) == SEEN[1]


def test_cmyk(shot: Shot, tmp_path: Path) -> None:
    for _, image in made(shot(mode="CMYK", quality=95), tmp_path / "store"):
        assert image.mode == "RGB"
        assert corners(image) == SEEN[1]


def test_sixteen_bits_of_grey_keep_their_levels(tmp_path: Path) -> None:
    Image.new("I;16", (60, 40), 0x8000).save(tmp_path / "a.png")
    for _, image in made(tmp_path / "a.png", tmp_path / "store"):
        assert near(image.convert("RGB").getpixel((20, 10)), (128, 128, 128), 3)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA", "P"])
def test_transparency_is_flattened_on_white(tmp_path: Path, mode: str) -> None:
    clear = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    if mode in ("P", "PA"):
        clear.quantize(4).save(tmp_path / "a.png")
    else:
        clear.convert(mode).save(tmp_path / "a.png")
    for _, image in made(tmp_path / "a.png", tmp_path / "store"):
        assert not image.has_transparency_data
        assert near(image.convert("RGB").getpixel((20, 10)), (255, 255, 255), 3)


def _profile_with_red_and_green_swapped() -> bytes:
    # An ICC profile lists its primaries by tag name, so exchanging two names exchanges two colours.
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = data.replace(b"rXYZ", b"tmp.").replace(b"gXYZ", b"rXYZ").replace(b"tmp.", b"gXYZ")
    return data.replace("sRGB".encode("utf-16-be"), "test".encode("utf-16-be"))
