"""A Ghost export moves in, whatever form its texts have."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archives import ghost, imported, moved_in, node, story, text_of, zipped
from broadside_import.ghost_html import of_lexical, of_mobiledoc
from sites import read as read_archive
from tests.sample import Outlet

HTML = """<p>First, <a href="__GHOST_URL__/second/">linked</a>.</p>
<figure class="kg-card kg-image-card"><img src="__GHOST_URL__/content/images/size/w600/2021/05/a.jpg" alt="A"><figcaption>Cap</figcaption></figure>
<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="https://x.example/b"><div class="kg-bookmark-content">
<div class="kg-bookmark-title">A title</div><div class="kg-bookmark-description">About it</div></div></a></figure>
<div class="kg-card kg-callout-card"><div class="kg-callout-emoji">!</div><div class="kg-callout-text">A callout that says something.</div></div>
<div class="kg-card kg-toggle-card"><div class="kg-toggle-heading"><h4 class="kg-toggle-heading-text">More</h4></div>
<div class="kg-toggle-content"><p>Hidden words.</p></div></div>"""


def post(title: str, html: str = "<p>Words.</p>", **given: object) -> dict[str, object]:
    """A post, whose slug and number come from its title."""
    return {"id": title, "title": title, "slug": title.lower(), "html": html} | given


def words(text: str, form: int = 0) -> dict[str, object]:
    return {"type": "text", "text": text, "format": form}


LEXICAL = json.dumps({"root": node("root",
    node("extended-heading", words("A head"), tag="h2"),
    node("paragraph", words("Plain "), words("strong", 1), node("link", words("linked"), url="https://x.example/")),
    node("list", node("listitem", words("one")), listType="number", start=2),
    {"type": "image", "src": "__GHOST_URL__/content/images/b.jpg", "alt": "B", "caption": "Below"},
    {"type": "codeblock", "code": "a < b", "language": "c"},
    {"type": "unheard-of", "note": "Words of an unknown card"},
)})  # fmt: skip
MOBILEDOC = json.dumps({
    "version": "0.3.1",
    "markups": [["strong"], ["a", ["href", "https://x.example/"]]],
    "atoms": [["soft-return", "", {}]],
    "cards": [["markdown", {"markdown": "## In *Markdown*"}], ["hr", {}], ["odd", {"said": "Words of an odd card"}]],
    "sections": [
        [1, "p", [[0, [0], 1, "Strong"], [0, [], 0, " and "], [0, [1], 1, "linked"], [1, [], 0, 0], [0, [], 0, "next"]]],
        [10, 0], [3, "ul", [[[0, [], 0, "item"]]]], [10, 2], [10, 1],
    ],
})  # fmt: skip


def test_rendered_html_is_taken_and_its_cards_are_known(tmp_path: Path) -> None:
    tags = ["News", "Ports", "#hidden"]
    later = {"status": "scheduled", "published_at": "2099-01-01T00:00:00Z"}
    posts = [
        post("First", HTML, tags=tags, custom_excerpt="In short."),
        post("Second", tags=["News"]),
        post("Paid", visibility="paid"),
        post("Later", **later),
        post("About", type="page"),
    ]
    outlet, report = moved_in(tmp_path, "ghost", ghost(posts, members=[{"email": "a@b.example"}]))
    assert (report.published, report.drafts, report.pages, report.authors) == (2, 2, 1, 1)
    assert report.never_taken["e-mail addresses"] == 2
    assert report.settings["ARTICLE_URL"] == "{slug}/"
    source = story(outlet, "first")
    assert "sections:\n  - News\n" in source
    assert "#hidden" not in source
    text = text_of(source)
    assert "[linked]({filename}/articles/2021/second.md)" in text
    assert '![A](photos/2021/05/a.jpg){caption="Cap"}' in text
    assert "[A title](https://x.example/b)\n\nAbout it" in text
    assert "A callout that says something." in text
    assert "Hidden words." in text
    assert outlet.run("check", "--content", "content").returncode == 0
    outlet.rebuild()
    moves = outlet.files()["_redirects"].decode()
    assert "/first/ /2021/05/first/ 301" in moves
    assert "/author/ivo/ /authors/ivo/ 301" in moves


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        (
            "lexical",
            LEXICAL,
            (
                "## A head\n\nPlain **strong**[linked](https://x.example/)\n\n2."
                ' one\n\n![B](photos/b.jpg){caption="Below"}\n\n```c\na < b\n```\n\nWords of an'
                " unknown card\n"
            ),
        ),
        (
            "mobiledoc",
            MOBILEDOC,
            (
                "**Strong** and [linked](https://x.example/)\\\nnext\n\n## In *Markdown*\n\n-"
                " item\n\nWords of an odd card\n"
            ),
        ),
    ],
)
def test_what_the_editor_keeps_is_read_where_nothing_was_rendered(
    tmp_path: Path, form: str, text: str, expected: str
) -> None:
    outlet, report = moved_in(tmp_path, "ghost", ghost([post("P") | {"html": None, form: text}]))
    assert report.published == 1
    assert text_of(story(outlet, "p")) == expected
    assert any("a card of the kind" in each.what for each in report.left)


def test_a_zip_has_its_pictures_and_its_routes(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (60, 40), "teal").save(tmp_path / "a.jpg")
    posts = [post("First", HTML, feature_image="__GHOST_URL__/content/images/2021/05/a.jpg")]
    files = {
        "glass.json": ghost(posts),
        "content/images/2021/05/a.jpg": (tmp_path / "a.jpg").read_bytes(),
        "content/settings/routes.yaml": "collections:\n  /:\n    permalink: /{year}/{slug}/\n",
    }
    outlet = Outlet(tmp_path)
    report = imported(outlet, "ghost", zipped(tmp_path / "glass.zip", files))
    assert report.photos == 1
    assert report.settings["ARTICLE_URL"] == "{date:%Y}/{slug}/"
    assert "photo: photos/2021/05/a.jpg" in story(outlet, "first")
    assert (outlet.content / "photos/2021/05/a.jpg").read_bytes() == (
        tmp_path / "a.jpg"
    ).read_bytes()


def test_permalinks_of_before_version_two_are_the_addresses_of_posts(tmp_path: Path) -> None:
    """Ghost 1 keeps their pattern in its settings; days are those of its own clock, and pages have
    none.
    """
    posts = [
        post(
            "Early",
            '<p><a href="/2018/06/late/">late</a></p>',
            published_at="2018-05-04T07:00:00.000Z",
        ),
        post("Late", published_at="2018-05-31 16:30:00"),
        post("Third", published_at=1525417200000),
        post("First", published_at="0001-01-01 00:00:00"),
        post("About", page=1),
    ]
    said = {
        "permalinks": "/:year/:month/:slug/",
        "activeTimezone": "Asia/Tokyo",
        "defaultLang": "ja",
    }
    settings = [{"key": key, "value": value} for key, value in said.items()]
    outlet, report = moved_in(tmp_path, "ghost", ghost(posts, settings=settings))
    assert report.settings["ARTICLE_URL"] == "{date:%Y}/{date:%m}/{slug}/"
    assert (report.settings["TIMEZONE"], report.settings["DEFAULT_LANG"]) == ("Asia/Tokyo", "ja")
    assert "redirect_from:\n  - /2018/06/late/\n" in story(outlet, "late"), "in Oslo it is May"
    assert "[late]({filename}/articles/2018/late.md)" in story(outlet, "early")
    assert "redirect_from" not in story(outlet, "early")


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        ("/:slug/", "/late/"),
        ("/:year/:month/:day/:slug/", "/2021/05/04/late/"),
        ("/:author/:primary_tag/:id-:slug/", "/ivo/news/7-late/"),
        ("/{slug}/{0}/{", "/late/{0}/{"),
    ],
)
def test_each_word_of_a_pattern_is_filled_and_what_is_none_stays(
    tmp_path: Path, pattern: str, address: str
) -> None:
    posts = [post("Late", id=7, tags=["#hidden", "News"])]
    (tmp_path / "export.json").write_text(
        ghost(posts, settings=[{"key": "permalinks", "value": pattern}])
    )
    (found,) = read_archive("ghost", tmp_path, {}).stories
    assert found.addresses == [address]


UNREADABLE = [
    "",
    "[",
    "{}",
    '{"root": 1}',
    '{"root": {"children": [1, {"type": null}]}}',
    '{"sections": [[9]], "cards": 1}',
]


@pytest.mark.parametrize("text", [*UNREADABLE, "[" * 10_000])
def test_texts_that_cannot_be_read_raise_nothing(text: str) -> None:
    told: list[tuple[str, str]] = []
    assert of_lexical(text, told) == ""
    assert of_mobiledoc(text, told) == ""


@pytest.mark.parametrize(
    ("written", "proposed"), [("en_US", "en-US"), ("pt", "pt"), ("no language", None)]
)
def test_a_language_is_proposed_in_the_form_that_a_setting_has(
    tmp_path: Path, written: str, proposed: str | None
) -> None:
    _, report = moved_in(
        tmp_path, "ghost", ghost([post("P")], settings=[{"key": "locale", "value": written}])
    )
    assert report.settings.get("DEFAULT_LANG") == proposed


def test_what_was_left_names_its_post(tmp_path: Path) -> None:
    body = '<p><a href="/gone/">x</a></p>'
    lexical = json.dumps({"root": {"children": [{"type": "weather", "version": 1, "words": "W"}]}})
    posts = [post("One", body), post("Two") | {"html": None, "lexical": lexical}]
    _, report = moved_in(tmp_path, "ghost", ghost(posts))
    assert {left.file for left in report.left} == {"export.json: one", "export.json: two"}


def test_a_description_for_search_engines_is_the_dek_of_a_post_without_an_excerpt(
    tmp_path: Path,
) -> None:
    posts = [
        post("One", meta_description="For engines."),
        post("Two", meta_description="No.", custom_excerpt="Yes."),
    ]
    outlet, _ = moved_in(tmp_path, "ghost", ghost(posts))
    assert "dek: For engines.\n" in story(outlet, "one")
    assert "dek: Yes.\n" in story(outlet, "two")
