"""A value that cannot be read costs that value and a line in the report, and never the import."""

from __future__ import annotations

from pathlib import Path

import pytest

from archives import ghost, imported, item, moved_in, story, text_of, wordpress, zipped
from broadside_import.media import place_of
from broadside_import.readable import decoded, json_in, split_address
from broadside_import.report import ImportReport
from sites import SITES, site, written
from tests.sample import Outlet

UNREADABLE = ("http://[site_url]/a", "//[x", "http://[x", "https://a]b/c", "http://\u2100.example/")
HEADER = "---\ntitle: One\ndate: 2020-01-02\n"


def told(report: ImportReport, words: str) -> list[str]:
    """The files of the lines in the report that name this."""
    return [each.file for each in report.left if words in each.what]


@pytest.mark.parametrize("address", UNREADABLE)
def test_addresses_of_a_wordpress_export(tmp_path: Path, address: str) -> None:
    body = (
        f'<p>Before. <img src="{address}.jpg" alt="x"> <a href="{address}">words</a> <iframe'
        f' src="{address}"></iframe> After.</p>'
    )
    odd = item(1, body, link=address)
    text = wordpress(odd, item(2, "<p>Two.</p>")).replace(
        "https://lantern.example</wp:base_site", f"{address}</wp:base_site"
    )
    outlet, report = moved_in(tmp_path, "wordpress", text)
    assert report.published == 2
    for word in ("Before", "words", "After"):
        assert word in text_of(story(outlet, "story-1"))
    taken_out = (
        "a picture without an address",
        "a <iframe> without",
        "a link whose address cannot be read",
    )
    lines = [line for words in (address, *taken_out) for line in told(report, words)]
    assert len(lines) >= 4
    assert set(lines) == {"export.xml"}


@pytest.mark.parametrize("address", UNREADABLE)
def test_addresses_of_a_ghost_export(tmp_path: Path, address: str) -> None:
    post = {
        "id": "1",
        "title": "One",
        "slug": "one",
        "feature_image": f"{address}/a.jpg",
        "canonical_url": address,
    }
    post["html"] = (
        f'<p>Words <a href="{address}">here</a>.</p><div class="kg-card kg-bookmark-card"><a'
        f' href="{address}">x</a></div>'
    )
    users = [
        {"id": "u1", "name": "Ivo", "slug": "ivo", "website": address, "profile_image": address}
    ]
    settings = [{"key": "url", "value": address}]
    _, report = moved_in(tmp_path, "ghost", ghost([post], users=users, settings=settings))
    assert report.published == 1
    assert len(told(report, address)) >= 4


@pytest.mark.parametrize("address", UNREADABLE)
@pytest.mark.parametrize("kind", SITES)
def test_addresses_of_a_folder_of_texts(tmp_path: Path, kind: str, address: str) -> None:
    header = (
        f'{HEADER}image: "{address}/a.jpg"\ncanonical: "{address}"\nredirect_from:'
        f' ["{address}"]\naliases: ["{address}"]\n---\n'
    )
    text = (
        f'Words [here]({address}), <a href="{address}">there</a>.\n\n<img src="{address}/b.jpg"'
        ' alt="x">\n'
    )
    outlet = Outlet(tmp_path / "outlet")
    report = imported(
        outlet, kind, written(tmp_path / "site", site(kind, address, {"one": header + text}))
    )
    assert report.published == 1
    assert len(told(report, "the site's address")) == 1
    assert len(told(report, address)) >= 3


@pytest.mark.parametrize("title", ["A <![x B", "<![", "A <![endif] B <![CDATA[ C"])
def test_titles_with_markup_that_no_parser_reads(tmp_path: Path, title: str) -> None:
    posts = [{"id": "1", "title": title, "slug": "one", "html": f"<p>{title} kg-</p>"}]
    outlet, report = moved_in(
        tmp_path, "ghost", ghost(posts, tags=[{"id": 0, "name": title, "slug": "x"}])
    )
    assert report.published == 1
    if " " in title:
        assert 'title: "A <![' in story(outlet, "one")


def test_names_that_no_file_can_have(tmp_path: Path) -> None:
    name = "ä" * 300
    for address in (
        f"https://x.example/{name}.jpg",
        f"https://{'x' * 300}.example/%00/a%00.jpg",
        "https://x.example/",
    ):
        place = tmp_path / place_of(address)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.with_name(f"{place.name}.part").write_bytes(b"")
    assert place_of(f"https://x.example/{name}.jpg").endswith(".jpg")
    assert place_of(f"https://x.example/{name}a.jpg") != place_of(f"https://x.example/{name}b.jpg")
    body = "".join(
        f'<p><img src="https://x.example/{each}.jpg" alt="x"></p>'
        for each in (name, "a%00b", "%00")
    )
    links = f'<a href="/{name}.pdf">x</a> <a href="/a%00.pdf">x</a> <a href="/%00">x</a>'
    odd = item(
        1,
        body + links,
        link="https://lantern.example/%00/",
        slug="%00",
        meta={"_wp_old_slug": name},
    )
    _, report = moved_in(tmp_path, "wordpress", wordpress(odd))
    assert report.published == 1


def test_a_folder_with_names_that_are_no_text_is_read_without_them(tmp_path: Path) -> None:
    site = written(tmp_path / "site", {"content/posts/one.md": f"{HEADER}---\nWords.\n"})
    try:
        Path(f"{site}/content/posts/b\udcff.md").write_text(f"{HEADER}---\nWords.\n")
    except OSError:
        pytest.skip("this file system takes no such name")
    report = imported(
        Outlet(tmp_path / "outlet"), "hugo", site, report=str(tmp_path / "report.json")
    )
    assert (report.published, {each.source for each in report.skipped}) == (
        1,
        {"content/posts/b?.md"},
    )


@pytest.mark.parametrize(
    "named", ["rot13", "base64", "hex", "zip", "idna", "undefined", "utf-16", "cp037", "no-such"]
)
def test_encodings_that_no_text_has(tmp_path: Path, named: str) -> None:
    text = wordpress(item(1, "<p>Café.</p>")).replace('encoding="UTF-8"', f'encoding="{named}"')
    outlet, report = moved_in(tmp_path, "wordpress", text)
    assert report.published == 1
    assert "Café" in story(outlet, "story-1")
    html = (
        f'<html><head><meta charset="{named}"><title>One</title><meta name="date"'
        ' content="2020-01-02"></head><body>Café.</body></html>'
    )
    site = written(
        tmp_path / "site",
        {"pelicanconf.py": f"# coding: {named}\nPATH = 'content'\n", "content/one.html": html},
    )
    assert imported(Outlet(tmp_path / "outlet"), "pelican", site).published == 1


def test_encodings_that_texts_have(tmp_path: Path) -> None:
    text = wordpress(item(1, "<p>Привет.</p>")).replace(
        'encoding="UTF-8"', 'encoding="windows-1251"'
    )
    (tmp_path / "export.xml").write_bytes(text.encode("cp1251"))
    outlet = Outlet(tmp_path / "outlet")
    assert imported(outlet, "wordpress", tmp_path / "export.xml").published == 1
    assert "Привет" in story(outlet, "story-1")


def test_one_byte_that_is_wrong_costs_one_letter() -> None:
    assert decoded("“Café” ".encode() + b"\xe9\x80") == "“Café” é€"
    assert decoded("Café".encode("cp1252")) == "Café"


def test_half_a_character_costs_itself(tmp_path: Path) -> None:
    assert json_in('{"a\\ud800": ["\\udc00b", "\\ud83d\\ude00"]}') == {"a": ["b", "😀"]}
    export = ghost(
        [{"id": "1", "title": "One\ud800", "slug": "one", "html": "<p>Words\udfff.</p>"}]
    )
    _, report = moved_in(tmp_path, "ghost", export, report=str(tmp_path / "report.json"))
    assert report.published == 1


def test_a_table_of_posts_that_is_no_table_is_refused(tmp_path: Path) -> None:
    head = "post_id,post_date,is_published,type,audience,title,subtitle,podcast_url\n"
    row = f'1.a,2022-01-02T00:00:00Z,true,newsletter,everyone,One,"{"long " * 40_000}",https://[x/a.mp3\r'
    files = {"posts.csv": head + row + "2.b\0,,\r\n", "posts/1.a.html": "<p>Words.</p>"}
    report = imported(Outlet(tmp_path), "substack", zipped(tmp_path / "x.zip", files))
    assert report.published == 1


def test_addresses_that_can_be_read_are_read() -> None:
    assert split_address("https://[::1]/a") is not None
    assert all(split_address(address) is None for address in UNREADABLE)
