"""A WordPress export moves in: stories, people, sections, pictures, addresses; and a second time,
what changed.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

from archives import attachment, from_wordpress, imported, item, moved_in, story, text_of, wordpress
from broadside.content.folder import IMPORTED
from broadside_import import command, write
from broadside_import import wordpress as wordpress_kind
from broadside_import.command import NotImported, Wanted, run
from broadside_import.model import ReaderOptions
from broadside_import.report import ImportReport
from broadside_import.source import open_source
from tests.plugins.podcasts.test_site import mp3
from tests.sample import Outlet

NORTH = [("category", "north", "North &amp; Ice"), ("post_tag", "sea-law", "Sea law")]
BODY = """A first paragraph with <a href="https://lantern.example/2019/03/story-2/#the-second-part">a link</a>.

[caption id="attachment_9" align="alignright" width="300"]<a href="https://lantern.example/wp-content/uploads/2019/03/quay.jpg"><img
class="x" src="https://lantern.example/wp-content/uploads/2019/03/quay-300x200.jpg" alt="A quay" /></a> The quay. Photo by A. Person/Agency[/caption]

A line
and another. See <a href="/?p=2">the same</a>, <a href="https://lantern.example/author/mara/">her</a> and <a
href="/wp-content/uploads/paper.pdf">a paper</a>.
<blockquote>Somebody said so.</blockquote>
[gallery ids="9,10"]

[mystery what="this"]words[/mystery]

https://www.youtube.com/watch?v=abcDEF12345"""
SECOND = """<!-- wp:heading --><h2 id="the-second-part">The second part</h2><!-- /wp:heading -->
<!-- wp:paragraph --><p>A claim.<sup data-fn="f1" class="fn"><a id="f1-link" href="#f1">1</a></sup></p><!-- /wp:paragraph -->
<!-- wp:block {"ref":20} /--><!-- wp:footnotes /-->"""
NOTES = json.dumps([{"id": "f1", "content": "Its <em>source</em>."}])
AUTHORS = [("author", "cap-mara", "Mara"), ("author", "cap-guest-one", "Guest One")]
GUEST = {
    "cap-display_name": "Guest One",
    "cap-user_login": "guest-one",
    "cap-description": "Writes elsewhere.",
}
ITEMS = (
    item(1, BODY, categories=NORTH, excerpt="An excerpt by hand.", meta={"_thumbnail_id": "10"}),
    item(2, SECOND, slug="story-2", meta={"footnotes": NOTES}, categories=AUTHORS),
    item(3, "Held.", status="future", date="2099-01-01 00:00:00"),
    item(4, "Locked.", password="x"),
    item(5, "Thrown away.", status="trash"),
    item(6, "A page.", kind="page", slug="about", link="https://lantern.example/the-paper/about/"),
    item(
        7,
        "Unicode.",
        slug="%d1%81%d0%bb%d0%be%d0%b2%d0%be",
        link="https://lantern.example/2019/03/%d1%81%d0%bb%d0%be%d0%b2%d0%be/",
    ),
    item(8, "Same slug.", slug="story-2", link="https://lantern.example/2019/04/story-2/"),
    attachment(
        9, "https://lantern.example/wp-content/uploads/2019/03/quay.jpg", alt="A quay", parent=1
    ),
    attachment(
        10,
        "https://lantern.example/wp-content/uploads/2019/03/ship.png",
        caption="The ship",
        parent=1,
    ),
    item(11, kind="guest-author", meta=GUEST, categories=[]),
    item(
        20,
        '<!-- wp:paragraph --><p>Used again.</p><!-- /wp:paragraph --><!-- wp:block {"ref":20}'
        " /-->",
        kind="wp_block",
    ),
)


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Outlet, ImportReport]:
    path = tmp_path_factory.mktemp("wordpress")
    uploads = path / "uploads" / "2019" / "03"
    uploads.mkdir(parents=True)
    Image.new("RGB", (60, 40), "teal").save(uploads / "quay.jpg")
    return from_wordpress(
        path, *ITEMS, media=str(path / "uploads"), report=str(path / "report.json")
    )


def test_the_report_counts_what_there_was(moved: tuple[Outlet, ImportReport]) -> None:
    outlet, report = moved
    assert (report.found, report.imported, report.published, report.drafts, report.pages) == (
        7,
        6,
        4,
        2,
        1,
    )
    assert [each.why for each in report.skipped] == ["Headline 5: it was in the bin"]
    assert (report.authors, report.photos, report.photos_missing, report.files) == (2, 1, 1, 1)
    assert report.never_taken["e-mail addresses"] == 1
    assert report.settings["ARTICLE_URL"] == "{date:%Y}/{date:%m}/{slug}/"
    written = json.loads((outlet.path / "report.json").read_bytes())
    keys = (
        "found imported published drafts skipped authors sections topics pages photos files"
        " redirects left"
    )
    assert set(keys.split()) <= written.keys()
    assert {tuple(sorted(each)) for each in written["left"]} == {
        ("file", "kept_as", "line", "what")
    }
    what = " / ".join(each["file"] + ": " + each["what"] for each in written["left"])
    for each in (
        "[mystery]",
        "reusable block 20, which holds",
        "paper.pdf",
        "ship.png",
        "password",
        "come out later",
    ):
        assert each in what


def test_what_moved_in_is_published_and_checks_without_errors(
    moved: tuple[Outlet, ImportReport],
) -> None:
    outlet, report = moved
    assert outlet.run("check", "--content", "content").returncode == 0
    outlet.rebuild()
    pages = [
        path
        for path in outlet.files()
        if path.startswith("2019/0") and path.endswith("index.html") and path.count("/") == 3
    ]
    made = {path for path in pages if b'http-equiv="refresh"' not in outlet.files()[path]}
    assert len(made) == report.published
    page = outlet.html("2019/03/story-1/")
    links = [link["href"] for link in page.select(".story-body a[href]")]
    assert "/2019/03/story-2/#the-second-part" in links
    assert page.select_one(".story-body blockquote p") is not None
    assert page.select_one(".story-body figure.embed--video") is not None


def test_a_body_is_in_our_markdown(moved: tuple[Outlet, ImportReport]) -> None:
    text = text_of(story(moved[0], "story-1"))
    assert (
        '![A quay](photos/2019/03/quay.jpg){caption="The quay." credit="Photo by A. Person/Agency"}'
        in text
    )
    assert "[a link]({filename}/articles/2019/story-2.md#the-second-part)" in text
    assert "[the same]({filename}/articles/2019/story-2.md)" in text
    assert "A line\\\nand another." in text
    assert "[her](/authors/mara/)" in text
    assert "[a paper](https://lantern.example/wp-content/uploads/paper.pdf)" in text
    assert '![](photos/2019/03/ship.png){caption="The ship"}' in text
    assert '\\[mystery what="this"\\]words' in text


def test_the_picture_at_the_top_is_not_shown_twice(tmp_path: Path) -> None:
    figure = (
        '<figure><img src="/wp-content/uploads/ship-300x200.png"><figcaption>The ship. Photo by A.'
        " Person</figcaption></figure>"
    )
    picture = attachment(2, "https://lantern.example/wp-content/uploads/ship.png", alt="A ship")
    outlet, _ = from_wordpress(
        tmp_path, item(1, f"{figure}<p>Text.</p>", meta={"_thumbnail_id": "2"}), picture
    )
    source = story(outlet, "story-1")
    assert text_of(source) == "Text.\n"
    assert (
        "photo: photos/ship.png\nalt: A ship\ncaption: The ship.\ncredit: Photo by A. Person\n"
        in source.replace('"', "")
    )


def test_a_header_says_what_the_export_says(moved: tuple[Outlet, ImportReport]) -> None:
    head = story(moved[0], "story-1").split("\n---\n")[0]
    for line in (
        "title: Headline 1",
        "imported: wordpress",
        "dek: An excerpt by hand.",
        "date: 2019-03-02T15:00+01:00",
        "photo: photos/2019/03/ship.png",
        "caption: The ship",
        "slug: story-1",
    ):
        assert line in head.split("\n")
    assert "authors:\n  - Mara Lindqvist (Oslo)" in head
    assert 'sections:\n  - "North & Ice"' in head
    assert "topics:\n  - Sea law" in head


def test_footnotes_and_reused_blocks_come_from_where_they_are_kept(
    moved: tuple[Outlet, ImportReport],
) -> None:
    text = text_of(story(moved[0], "story-2"))
    assert text == "## The second part\n\nA claim.[^1]\n\nUsed again.\n\n[^1]: Its *source*.\n"
    head = story(moved[0], "story-2")
    assert "authors:\n  - Mara Lindqvist (Oslo)\n  - Guest One\n" in head
    assert "Writes elsewhere." in (moved[0].content / "authors" / "guest-one.md").read_text("utf-8")


def test_old_addresses_lead_to_new_ones(moved: tuple[Outlet, ImportReport]) -> None:
    outlet, _ = moved
    outlet.rebuild()
    files = outlet.files()
    moves = files["_redirects"].decode()
    for old, new in (
        ("/author/mara/", "/authors/mara/"),
        ("/category/world/north/", "/sections/north-ice/"),
        ("/tag/sea-law/", "/topics/sea-law/"),
        ("/the-paper/about/", "/about/"),
        ("/2019/03/%D1%81%D0%BB%D0%BE%D0%B2%D0%BE/", "/2019/03/slovo/"),
        ("/picture-9/", "/2019/03/story-1/"),
    ):
        assert f"{old} {new} 301" in moves
    assert "mara@lantern.example" not in b"".join(files.values()).decode(errors="replace")


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    source = tmp_path / "export.xml"
    source.write_text(wordpress(item(1, "One.")))
    before = sorted(outlet.content.rglob("*"))
    assert imported(outlet, "wordpress", source, dry_run=True).published == 1
    assert sorted(outlet.content.rglob("*")) == before


def test_sections_can_be_chosen(tmp_path: Path) -> None:
    items = (item(1, "One.", categories=NORTH), item(2, "Two."), item(3, "Three.", categories=[]))
    outlet, report = from_wordpress(tmp_path, *items, sections=("World",))
    assert 'sections:\n  - World\ntopics:\n  - "North & Ice"' in story(outlet, "story-1")
    assert report.sections == 1


def test_a_section_that_is_there_is_used_and_gets_the_old_address(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.write("sections.yml", "# Ours\n- name: World\n  slug: the-world\n- name: Europe\n")
    source = tmp_path / "export.xml"
    source.write_text(wordpress(item(1, 'See <a href="/category/world/">all</a>.')))
    for _ in range(2):
        imported(outlet, "wordpress", source)
        kept = (outlet.content / "sections.yml").read_text("utf-8")
        assert (
            kept == "# Ours\n- name: World\n  slug: the-world\n  redirect_from:\n    -"
            " /category/world/\n- name: Europe\n"
        )
        assert "[all](/sections/the-world/)" in story(outlet, "story-1")
    assert outlet.run("check", "--content", "content").returncode == 0


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_every_version_of_the_format_is_read(tmp_path: Path, version: str) -> None:
    text = wordpress(
        item(1, "Text with a \x0bcontrol character and \x93quotes\x94."), version=version
    )
    outlet, report = moved_in(tmp_path, "wordpress", f"\ufeff{text}")
    assert report.published == 1
    assert text_of(story(outlet, "story-1")) == "Text with a control character and “quotes”.\n"


def test_one_broken_item_costs_no_other(tmp_path: Path) -> None:
    broken = item(2, "Two.").replace("<wp:post_id>", "<wp:post_id>&&<")
    text = wordpress(
        item(1, "One."),
        broken.replace("&&<", ""),
        item(3, "Three &nbsp; entities.").replace("<title>H", "<title>&eacute;&nbsp;H"),
    )
    text = text.replace("Two.]]>", "Two.]]><b>")
    outlet, report = moved_in(tmp_path, "wordpress", text)
    assert report.published == 3
    assert any("broken XML" in each.what for each in report.left)
    assert 'title: "é Headline 3"' in story(outlet, "story-3") or "title: é Headline 3" in story(
        outlet, "story-3"
    )


def test_what_is_no_export_is_refused(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    source = tmp_path / "x.xml"
    source.write_text("<html><body>Not an export</body></html>")
    for kind, path in (
        ("wordpress", source),
        ("wordpress", tmp_path / "missing.xml"),
        ("wordprss", source),
    ):
        with pytest.raises(NotImported):
            imported(outlet, kind, path)
    assert not (outlet.content / IMPORTED).exists()


def test_the_page_of_a_picture_leads_to_the_first_story_that_shows_it(tmp_path: Path) -> None:
    shown = (
        '<p><img class="wp-image-11" src="https://lantern.example/wp-content/uploads/a.png"></p>'
    )
    pictures = [
        attachment(number, f"https://lantern.example/wp-content/uploads/{number}.png")
        for number in (11, 12)
    ]
    others = item(1, shown), item(2, shown, meta={"_thumbnail_id": "12"})
    outlet, report = from_wordpress(
        tmp_path, *others, *pictures, attachment(13, "https://x.example/x")
    )
    assert "- /picture-11/" in story(outlet, "story-1")
    assert "- /picture-12/" in story(outlet, "story-2")
    assert "picture-11" not in story(outlet, "story-2")
    assert any(left.what.startswith("1 pages of pictures") for left in report.left)


def test_a_link_to_where_a_story_was_before_leads_to_the_one_story_of_that_slug(
    tmp_path: Path,
) -> None:
    links = (
        "https://lantern.example/2018/12/30/story-2/",
        "/blogs/story-2",
        "/2018/12/30/story-9/",
        "/two/",
        "/category/old/world/",
    )
    body = " ".join(f'<a href="{link}">w</a>' for link in links)
    outlet, _ = from_wordpress(
        tmp_path, item(1, body), item(2, "Two."), item(3, "3.", slug="two-2")
    )
    link = "[w]({filename}/articles/2019/story-2.md)"
    gone = "[w](https://lantern.example/2018/12/30/story-9/) [w](https://lantern.example/two/)"
    assert text_of(story(outlet, "story-1")) == f"{link} {link} {gone} [w](/sections/world/)\n"


def test_a_site_that_keeps_its_address_keeps_the_files_that_stay_there(tmp_path: Path) -> None:
    address = "https://halyard.example/wp-content/uploads/2019/a%20b.pdf"
    body = (
        f'See <a href="{address}">the report</a> and <a'
        ' href="http://www.halyard.example/old/map.jpg">the map</a>.'
    )
    text = wordpress(item(1, body)).replace("lantern.example", "halyard.example")
    outlet, report = moved_in(tmp_path, "wordpress", text)
    assert report.files == 2
    assert report.settings["ELSEWHERE_PATHS"] == ["/old/", "/wp-content/"]
    assert "[the report](/wp-content/uploads/2019/a%20b.pdf)" in story(outlet, "story-1")
    assert outlet.run("check", "--content", "content").returncode == 0
    built = outlet.build("--production")
    assert built.returncode == 0, built.stdout
    page = (outlet.output / "2019" / "03" / "story-1" / "index.html").read_text("utf-8")
    assert "the report" in page
    assert "wp-content" not in page  # as long as nothing says that something else answers there


def test_a_new_pattern_gives_no_story_the_address_of_another_or_of_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = wordpress(
        item(1, "A.", slug="search"),
        item(2, "B.", slug="b"),
        item(3, "C.", slug="b", date="2020-03-04 14:00:00"),
    )
    outlet, _ = moved_in(tmp_path, "wordpress", text)
    known = command._outlet

    def shortened(made: write.OutletBefore) -> write.OutletBefore:
        return replace(made, urls=replace(made.urls, story_pattern="{slug}/"))

    monkeypatch.setattr(command, "_outlet", lambda options: shortened(known(options)))
    imported(outlet, "wordpress", tmp_path / "export.xml")
    slugs = [
        line
        for file in sorted(outlet.content.glob("articles/*/*.md"))
        for line in file.read_text().splitlines()
        if "slug: " in line
    ]
    assert slugs == ["slug: b", "slug: search-2", "slug: b-2"]


def test_a_recording_is_the_storys_own_or_a_card_and_told(tmp_path: Path) -> None:
    uploads = tmp_path / "uploads"
    uploads.mkdir()
    (uploads / "one.mp3").write_bytes(mp3(400))
    address = "https://lantern.example/wp-content/uploads/{}.mp3".format
    text = wordpress(
        item(1, "One.", meta={"enclosure": f"{address('one')}\n1234\naudio/mpeg\n"}),
        item(2, "Two.", meta={"enclosure": f"{address('two')}?id=2\n1234\naudio/mpeg"}),
        item(3, "Three.", kind="podcast", meta={"audio_file": "https://sounds.example/three.mp3"}),
        item(4, f"Four: {address('four')}", meta={"enclosure": address("four")}),
    )
    outlet, report = moved_in(tmp_path, "wordpress", text, media=str(uploads))
    assert "\naudio: files/one.mp3\n" in story(outlet, "story-1")
    assert (outlet.content / "files" / "one.mp3").is_file()
    assert f"[!audio] [Headline 2]({address('two')}?id=2)" in text_of(story(outlet, "story-2"))
    assert "[!audio] [Headline 3](https://sounds.example/three.mp3)" in text_of(
        story(outlet, "story-3")
    )
    assert "[!audio]" not in text_of(story(outlet, "story-4"))
    told = [each.what for each in report.left if each.what.startswith("the recording ")]
    assert [what.split(":")[0] + ":" + what.split(":")[1] for what in told] == [
        f"the recording {address('two')}?id=2",
        "the recording https://sounds.example/three.mp3",
    ]
    assert outlet.run("check", "--content", "content").returncode == 0


def test_a_credit_in_the_caption_of_the_picture_at_the_top_is_its_credit(tmp_path: Path) -> None:
    caption = (
        'Photo by <a href="https://x.example/">A. Person</a> / <a'
        ' href="https://unsplash.com/">Unsplash</a>'
    )
    picture = attachment(2, "https://lantern.example/wp-content/uploads/ship.png", caption=caption)
    outlet, _ = from_wordpress(tmp_path, item(1, "Text.", meta={"_thumbnail_id": "2"}), picture)
    head = story(outlet, "story-1").split("\n---\n")[0]
    assert "\ncredit: Photo by A. Person / Unsplash" in head
    assert "\ncaption:" not in head


def test_a_dek_that_only_repeats_the_beginning_is_left_out(tmp_path: Path) -> None:
    body = (
        "<figure><img src='/a.jpg'><figcaption>A quay.</figcaption></figure><p>The sea"
        " <em>rises</em>. It does so fast.</p>"
    )
    outlet, _ = from_wordpress(
        tmp_path,
        item(1, body, excerpt="The sea rises. It does […]"),
        item(2, body, excerpt="What the sea does"),
    )
    assert "\ndek:" not in story(outlet, "story-1")
    assert "\ndek: What the sea does\n" in story(outlet, "story-2")


def test_a_headline_that_is_an_address_is_the_first_words(tmp_path: Path) -> None:
    film = "https://www.youtube.com/watch?v=abcDEF12345"
    outlet, report = from_wordpress(
        tmp_path, item(1, f"{film}\n\nHow the tide turns.", title=film), item(2, film, title=film)
    )
    assert "title: How the tide turns." in story(outlet, "story-1")
    assert film in story(outlet, "story-2").split("\n---\n")[0]
    assert [each.what for each in report.left if "an address" in each.what] == [
        f"the headline {film}, an address"
    ] * 2


def test_a_byline_that_is_an_e_mail_address_is_a_name(tmp_path: Path) -> None:
    text = wordpress(item(1, "One.")).replace(
        "Mara Lindqvist (Oslo)", "mara.lindqvist@lantern.example"
    )
    outlet, _ = moved_in(tmp_path, "wordpress", text)
    assert "authors:\n  - Mara Lindqvist\n" in story(outlet, "story-1")
    assert (outlet.content / "authors" / "mara-lindqvist.md").is_file()
    assert "@" not in "".join(path.read_text("utf-8") for path in outlet.content.rglob("*.md"))


def test_an_address_of_its_own_in_other_capitals_is_not_called_anothers(tmp_path: Path) -> None:
    moved = item(
        1, "One.", slug="one", link="https://lantern.example/old/one/", meta={"_wp_old_slug": "ONE"}
    )
    outlet, report = from_wordpress(tmp_path, moved)
    told = [each.what for each in report.left if each.what.startswith("the address")]
    assert told == ["the address /old/ONE/, which another of its own has in other capitals"]
    assert outlet.run("check", "--content", "content").returncode == 0


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ((9, 9), "Etc/GMT-9"),
        ((1, 2), "Europe/Berlin"),
        ((-5, -4), "America/New_York"),
        ((5.5, 5.5), "Asia/Kolkata"),
        ((1, 1), "Etc/GMT-1"),
        ((0, 1), "Europe/London"),
        ((0, 0), None),
    ],
)
def test_the_zone_is_proposed_by_whose_clock_the_dates_are(
    tmp_path: Path, hours: tuple[float, float], expected: str | None
) -> None:
    items = []
    for number, (utc, ahead) in enumerate(
        zip(("2019-01-10T12:00", "2019-07-10T12:00"), hours, strict=True), 1
    ):
        local = datetime.fromisoformat(utc) + timedelta(hours=ahead)
        items.append(
            item(
                number,
                "Text.",
                date=f"{local:%Y-%m-%d %H:%M:%S}",
                gmt=f"{utc.replace('T', ' ')}:00",
            )
        )
    (tmp_path / "export.xml").write_text(wordpress(*items))
    archive = wordpress_kind.read(open_source(tmp_path / "export.xml"), ReaderOptions())
    assert archive.settings.get("TIMEZONE") == expected


FILE = '<a href="https://x.example/a.pdf">Wind Farm</a>'
BUTTON = '<a href="https://x.example/a.pdf" class="wp-block-file__button" download>Download</a>'


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            'Before.\n\n[figureforgallery src="/a.jpg" caption="A quay"]\n\n[other src="/a.txt"]',
            'Before.\n\n![](photos/a.jpg){caption="A quay"}\n\n\\[other src="/a.txt"\\]\n',
        ),
        (
            f'<!-- wp:file --><div class="wp-block-file">{FILE}{BUTTON}</div><!-- /wp:file -->',
            "[Wind Farm](https://x.example/a.pdf)\n",
        ),
    ],
    ids=["a short code that holds a picture", "the button beside a link to a file"],
)
def test_what_becomes_of_a_form_of_wordpress(tmp_path: Path, body: str, text: str) -> None:
    outlet, _ = from_wordpress(tmp_path, item(1, body))
    assert text_of(story(outlet, "story-1")) == text


def test_what_an_export_refers_to_and_does_not_hold_is_counted_and_told_first(
    tmp_path: Path,
) -> None:
    lead = {"_thumbnail_id": "90"}
    items = [
        item(1, '<p>One.</p>[gallery ids="91,92"]', meta=lead),
        item(2, "<p>Two.</p>[gallery]", meta=lead),
        item(
            3,
            '<p>Three. <a href="/archives/">all</a> <a href="/a.pdf">a</a></p>',
            meta={"_thumbnail_id": "0"},
        ),
        item(
            4,
            '<p>Four. <a href="/archives/">all</a></p><img'
            ' src="https://lantern.example/wp-content/uploads/x.jpg">',
        ),
        item(
            5,
            '<p>Five.</p><!-- wp:block {"ref":93} /-->[gallery ids="94"]',
            meta={"_thumbnail_id": "94"},
        ),
        attachment(94, "https://lantern.example/wp-content/uploads/there.jpg"),
    ]
    outlet = Outlet(tmp_path)
    source = tmp_path / "export.xml"
    source.write_text(wordpress(*items), "utf-8")
    said: list[str] = []
    report = run(Wanted("wordpress", str(source), str(outlet.content)), said.append)
    numbers = {lack.what.partition(" that")[0]: lack.number for lack in report.lacks}
    assert numbers == {
        "lead pictures": 2,
        "galleries": 2,
        "reusable blocks": 1,
        "pictures": 2,
        "linked files": 1,
        "pages": 1,
    }
    assert "/archives/" in report.lacks[-1].what
    assert all("All content" in lack.do for lack in report.lacks[:3])
    assert all(str(lack.number) in line for lack, line in zip(report.lacks, said[2:], strict=False))
    lines = {number + 1: line for number, line in enumerate(source.read_text("utf-8").splitlines())}
    told = [left for left in report.left if "the export does not have" in left.what]
    assert [
        f"Headline {number}" in lines[left.line]
        for number, left in zip((1, 1, 2, 2), told, strict=True)
    ] == [True] * 4


def test_a_whole_export_lacks_nothing(tmp_path: Path) -> None:
    assert from_wordpress(tmp_path, item(1, "<p>One.</p>"))[1].lacks == []


def test_every_old_slug_of_a_story_leads_to_it(tmp_path: Path) -> None:
    slugs = "".join(
        f"<wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key><wp:meta_value>{slug}</wp:meta_value></wp:postmeta>"
        for slug in ("first", "second")
    )
    outlet, _ = from_wordpress(tmp_path, item(1, "Words.", extra=slugs))
    for slug in ("first", "second"):
        assert f"  - /2019/03/{slug}/\n" in story(outlet, "story-1")


def test_a_code_with_an_address_is_told_and_a_player_is_a_card(tmp_path: Path) -> None:
    body = (
        "<p>A [map:https://maps.example/1]"
        " here.</p>\n\n[youtube:https://www.youtube.com/watch?v=abcDEF12345]"
    )
    outlet, report = from_wordpress(tmp_path, item(1, body))
    assert "map:https://maps.example/1" in text_of(story(outlet, "story-1"))
    assert "[!video]" in text_of(story(outlet, "story-1"))
    assert [left.line for left in report.left if "[map:https://maps.example/1]" in left.what] != []


def test_a_mail_address_where_a_link_should_be_is_one(tmp_path: Path) -> None:
    body = '<p><a href="desk@lantern.example">Write</a> <a href="/a/b”/x.org/">x</a></p>'
    outlet, report = from_wordpress(tmp_path, item(1, body))
    assert "[Write](mailto:desk@lantern.example)" in text_of(story(outlet, "story-1"))
    assert not report.settings.get("ELSEWHERE_PATHS")


def test_the_same_picture_at_two_addresses_is_one(tmp_path: Path) -> None:
    media = tmp_path / "media"
    media.mkdir()
    Image.new("RGB", (60, 40), "teal").save(media / "a.jpg")
    (media / "b.jpg").write_bytes((media / "a.jpg").read_bytes())
    outlet, report = from_wordpress(
        tmp_path,
        item(1, '<p><img src="/a.jpg" alt="A"></p>'),
        item(2, '<img src="/b.jpg" alt="B">'),
        media=str(media),
    )
    assert report.photos == 1
    assert "photos/a.jpg" in story(outlet, "story-2")
    assert not (outlet.content / "photos/b.jpg").exists()


def test_nothing_is_called_renamed_for_a_story_of_the_archives_own(tmp_path: Path) -> None:
    same = {"slug": "same", "status": "draft"}
    _, report = from_wordpress(tmp_path, item(1, "One.", **same), item(2, "Two.", **same))
    assert not [left for left in report.left if "outlet's own" in left.what]
