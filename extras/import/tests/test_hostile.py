"""Exports made to do harm: nothing is opened outside the source, nothing runs, and each is told."""

from __future__ import annotations

import io
import json
import os
import stat
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from archives import (
    SCRIPT,
    attrs,
    ghost,
    imported,
    item,
    moved_in,
    node,
    nothing_runs,
    wordpress,
    zipped,
)
from broadside.media.public_web import NotFetched, fetched
from broadside_import.command import NotImported
from broadside_import.media import place_of, shown
from broadside_import.source import FolderSource, NotOpened, ZipSource, open_source
from tests.sample import Outlet

BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>
<rss><channel><item><title>&b;&c;</title></item></channel></rss>"""


def test_a_script_in_every_field_runs_nowhere(tmp_path: Path) -> None:
    inside = SCRIPT.replace("<", "&lt;")
    hostile = item(
        1,
        SCRIPT + f"<p>Text</p>[caption caption='{SCRIPT}']<img src='a.jpg' alt='\""
        f" onload=x'>[/caption]<iframe srcdoc='{inside}' src='javascript:alert(1)'></iframe>",
        title=inside,
        excerpt=SCRIPT,
        slug="../../../etc/passwd",
        link="javascript:alert(1)",
        categories=[
            ("category", "..%2f..%2fx", SCRIPT),
            ("post_tag", "x", SCRIPT),
            ("author", "cap-../../y", SCRIPT),
        ],
        meta={"_thumbnail_id": "2", "_wp_old_slug": "../x"},
    )
    outlet, report = moved_in(tmp_path, "wordpress", wordpress(hostile))
    assert report.published == 1
    nothing_runs(outlet)


def test_a_script_in_every_field_of_ghost_runs_nowhere(tmp_path: Path) -> None:
    post = {
        "id": "1",
        "title": SCRIPT,
        "slug": "../../x",
        "published_at": "2020-01-02T00:00:00.000Z",
    }
    post |= dict.fromkeys(
        ("custom_excerpt", "feature_image_alt", "feature_image_caption", "meta_title"), SCRIPT
    )
    post |= {"feature_image": "javascript:alert(1)", "canonical_url": "javascript:alert(1)"}
    text = {"type": "text", "text": SCRIPT, "format": 1, "version": 1}
    link = node("link", text, url="javascript:alert(1)")
    cards = [
        node(kind, url="javascript:alert(1)", html=SCRIPT, caption=SCRIPT)
        for kind in ("html", "embed", "bookmark", "image")
    ]
    lexical = json.dumps({"root": node("root", node("paragraph", text, link), *cards)})
    posts = [
        {**post, "html": f"{SCRIPT}<p>Text</p><a href=' JaVaScript:alert(1)'>x</a>"},
        {**post, "id": "2", "slug": "y", "html": None, "lexical": lexical},
    ]
    users = [
        {
            "id": "u1",
            "name": SCRIPT,
            "slug": "../x",
            "bio": SCRIPT,
            "website": "javascript:alert(1)",
        }
    ]
    settings = [{"key": "title", "value": SCRIPT}]
    outlet, report = moved_in(tmp_path, "ghost", ghost(posts, users=users, settings=settings))
    assert report.published == 2
    nothing_runs(outlet)


def test_a_script_in_every_field_of_substack_runs_nowhere(tmp_path: Path) -> None:
    quoted = SCRIPT.replace('"', '""')
    rows = f'1.a,2022-01-02T00:00:00Z,true,newsletter,everyone,"{quoted}","{quoted}",javascript:alert(1)\n'
    said = attrs(
        url="javascript:alert(1)",
        src="javascript:alert(1)",
        title=SCRIPT,
        caption=SCRIPT,
        href="javascript:alert(1)",
    )
    html = (
        f'{SCRIPT}<p>Text</p><div class="captioned-image-container"><figure><a'
        f' href="javascript:alert(1)"><img data-attrs="{said}"></a></figure></div>'
    )
    files = {
        "posts.csv": (
            f"post_id,post_date,is_published,type,audience,title,subtitle,podcast_url\n{rows}"
        ),
        "posts/1.a.html": html + f'<div class="tweet" data-attrs="{said}">{SCRIPT}</div>',
    }
    outlet = Outlet(tmp_path)
    report = imported(outlet, "substack", zipped(tmp_path / "x.zip", files))
    assert report.published == 1
    nothing_runs(outlet)


def test_entities_of_its_own_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotImported, match="entities"):
        moved_in(tmp_path, "wordpress", BOMB)


@pytest.mark.slow
def test_a_story_of_ten_megabytes_is_told(tmp_path: Path) -> None:
    huge = item(1, "<p>" + "Many words. " * 900_000 + "</p>")
    outlet, report = moved_in(tmp_path, "wordpress", wordpress(huge, item(2, "Two.")))
    assert report.published == 2
    assert any("more text than a story may" in each.what for each in report.left)
    assert outlet.run("check", "--content", "content").returncode == 0


def test_cycles_end(tmp_path: Path) -> None:
    parents = "".join(
        f"<wp:category><wp:category_nicename>{one}</wp:category_nicename><wp:category_parent>{other}</wp:category_parent>"
        f"<wp:cat_name>{one}</wp:cat_name></wp:category>"
        for one, other in (("a", "b"), ("b", "a"))
    )
    text = (
        wordpress(
            item(1, '<!-- wp:block {"ref":2} /-->', categories=[("category", "a", "a")], parent=1),
            item(2, '<!-- wp:block {"ref":3} /-->', kind="wp_block"),
            item(3, '<p>Once.</p><!-- wp:block {"ref":2} /-->', kind="wp_block"),
        )
        .replace("</channel>", "")
        .replace("<item>", f"{parents}<item>", 1)
    )
    _, report = moved_in(tmp_path, "wordpress", f"{text}</channel></rss>")
    assert report.published == 1
    assert any("holds itself" in each.what for each in report.left)


@pytest.mark.parametrize(
    "name",
    [
        "../outside.txt",
        "/etc/outside.txt",
        "a/../../outside.txt",
        "C:/outside.txt",
        "..\\outside.txt",
    ],
)
def test_a_zip_with_paths_that_lead_out_is_read_without_them(tmp_path: Path, name: str) -> None:
    source = ZipSource(zipped(tmp_path / "a.zip", {name: "x", "posts.csv": "post_id\n"}))
    assert source.names == ["posts.csv"]
    assert [each for each, _ in source.refused] == [name]
    with pytest.raises(NotOpened):
        source.open(name)


def test_links_in_an_archive_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "export.xml").write_text(wordpress(item(1, "One.")))
    (folder / "link.xml").symlink_to(tmp_path / "secret")
    (folder / "inner").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.xml")
    source = FolderSource(folder)
    assert source.names == ["export.xml"]
    assert {name for name, _ in source.refused} == {"link.xml", "inner", "pipe.xml"}
    outlet = Outlet(tmp_path / "outlet")
    report = imported(outlet, "wordpress", folder)
    assert {each.source for each in report.skipped} >= {"link.xml", "pipe.xml"}
    made = zipfile.ZipInfo("link.csv")
    made.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "l.zip", "w") as archive:
        archive.writestr(made, "/etc/passwd")
    assert ZipSource(tmp_path / "l.zip").names == []


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "bomb.zip", {"posts.csv": b"\0" * 60_000_000})
    assert ZipSource(path).refused[0][0] == "posts.csv"
    with pytest.raises(NotImported):
        imported(Outlet(tmp_path), "substack", path)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04broken",
        b"\xff" * 1000,
        b"[]",
        b"[" * 100_000,
        b'{"db": [{"data": {"posts": [1, null, {}]}}]}',
    ],
)
@pytest.mark.parametrize("kind", ["wordpress", "ghost", "substack"])
def test_what_cannot_be_read_says_so(tmp_path: Path, kind: str, data: bytes) -> None:
    (tmp_path / "x.bin").write_bytes(data)
    try:
        report = imported(Outlet(tmp_path), kind, tmp_path / "x.bin")
    except NotImported:
        return
    assert report.published == 0


def test_pictures_are_made_fit_or_refused() -> None:
    jpeg, gif, cmyk = io.BytesIO(), io.BytesIO(), io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(jpeg, "JPEG")
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("teal", "red")]
    frames[0].save(gif, "GIF", save_all=True, append_images=frames[1:])
    Image.new("CMYK", (30, 20)).save(cmyk, "JPEG")
    assert shown(jpeg.getvalue()) == (jpeg.getvalue(), ".jpg", "")
    assert shown(jpeg.getvalue() + b"<?php evil(); ?>") == (jpeg.getvalue(), ".jpg", "")
    still = shown(gif.getvalue())
    assert still is not None
    assert still[1:] == (".png", "moves, and its first frame was taken")
    assert shown(cmyk.getvalue()) is not None
    assert shown(b"<svg onload='x'/>") is None
    assert shown(b"\x89PNG\r\n\x1a\n broken") is None


NOT_PUBLIC = (
    "http://127.0.0.1/x.jpg http://[::1]/x file:///etc/passwd ftp://x.example/x"
    " http://169.254.169.254/latest"
)


@pytest.mark.parametrize("address", NOT_PUBLIC.split())
def test_only_public_addresses_are_fetched(address: str) -> None:
    with pytest.raises(NotFetched):
        fetched(address)


def test_what_is_fetched_stays_in_its_folder() -> None:
    assert place_of("https://x.example/../../a/%2e%2e/b.jpg") == "x.example/a/b.jpg"


def test_a_ghost_export_with_odd_values_is_read(tmp_path: Path) -> None:
    posts = [
        {"id": 2, "title": "Sound", "slug": "sound", "html": "<p>x</p>"},
        {
            "id": 1,
            "title": None,
            "slug": None,
            "html": 5,
            "published_at": -(10**30),
            "feature_image": ["x"],
            "status": ["x"],
        },
    ]
    _, report = moved_in(tmp_path, "ghost", ghost(posts, users=[{"id": "u1"}]))
    assert report.published == 1
    assert report.imported + len(report.skipped) == 2


def test_a_source_is_known_by_its_bytes(tmp_path: Path) -> None:
    assert isinstance(open_source(zipped(tmp_path / "x.bin", {"a": "b"})), ZipSource)
    with pytest.raises(NotOpened):
        open_source(tmp_path / "missing")
