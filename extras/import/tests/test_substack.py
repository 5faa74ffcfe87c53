"""A Substack export moves in."""

from __future__ import annotations

from pathlib import Path

from archives import attrs, imported, story, text_of, zipped
from tests.sample import Outlet

TABLE = """post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url
11.first-one,2022-03-04T10:00:00.000Z,true,,newsletter,everyone,First one,"A subtitle, plain",
12.paid-one,2022-03-05T10:00:00.000Z,true,,newsletter,only_paid,Paid one,,
13.talk,2022-03-06T10:00:00.000Z,true,,thread,everyone,Talk,,
14.spoken,2022-03-07T10:00:00.000Z,true,,podcast,everyone,Spoken,,https://api.example.com/spoken.mp3
15.unfinished,,false,,newsletter,everyone,Unfinished,,
16.about,2022-03-01T10:00:00.000Z,true,,page,everyone,About,,
"""


FIRST = f"""<p>Words<a class="footnote-anchor" data-component-name="FootnoteAnchorToDOM" id="footnote-anchor-1" href="#footnote-1">1</a>.</p>
<div class="captioned-image-container"><figure><a class="image-link" href="https://substackcdn.com/image/fetch/f_auto/https%3A%2F%2Fbucket.example%2Fimages%2Fquay.jpeg">
<img src="https://substackcdn.com/image/fetch/w_1456/https%3A%2F%2Fbucket.example%2Fimages%2Fquay.jpeg" data-attrs="{attrs(alt="A quay")}"></a>
<figcaption class="image-caption">The quay</figcaption></figure></div>
<div class="youtube-wrap" data-attrs="{attrs(videoId="abcDEF12345")}"></div>
<div class="tweet" data-attrs="{attrs(url="https://twitter.com/a/status/20", full_text="What was posted", name="A. Person")}"></div>
<div class="subscription-widget-wrap" data-attrs="{attrs(url="x")}"><p>Thanks for reading! Subscribe</p></div>
<p class="button-wrapper" data-attrs="{attrs(url="https://lamp.example/subscribe?", text="Subscribe now")}"><a class="button" href="x">Subscribe now</a></p>
<div class="pullquote"><p>Worth repeating</p></div>
<p>See <a href="https://lamp.example/p/spoken">the other</a>.</p>
<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a><div class="footnote-content"><p>A source.</p></div></div>"""


def test_an_export_moves_in(tmp_path: Path) -> None:
    files = {
        "posts.csv": TABLE,
        "email_list.lamp.csv": "email,active\na@b.example,true\nc@d.example,true\n",
        "posts/11.first-one.html": FIRST,
        **{
            f"posts/{name}.html": "<p>Text.</p>"
            for name in ("12.paid-one", "14.spoken", "15.unfinished", "16.about")
        },
    }
    outlet = Outlet(tmp_path)
    report = imported(outlet, "substack", zipped(tmp_path / "lamp.zip", files))
    assert (report.published, report.drafts, report.pages) == (2, 2, 1)
    assert [each.why for each in report.skipped] == ["Talk: a thread of comments"]
    assert report.never_taken["e-mail addresses"] == 2
    assert report.settings["ARTICLE_URL"] == "p/{slug}/"
    source = story(outlet, "first-one")
    assert 'dek: "A subtitle, plain"' in source or "dek: A subtitle, plain" in source
    assert "  - /p/first-one\n" in source
    assert text_of(source).split("\n\n") == [
        "Words[^1].",
        '![A quay](photos/elsewhere/bucket-example/quay.jpeg){caption="The quay"}',
        "[!video] [youtube.com/watch?v=abcDEF12345](https://www.youtube.com/watch?v=abcDEF12345)",
        "> What was posted\n>\n> — A. Person",
        "[!post] [A. Person](https://x.com/a/status/20)",
        "> [!pullquote]\n> Worth repeating",
        "See [the other]({filename}/articles/2022/spoken.md).",
        "[^1]: A source.\n",
    ]
    assert text_of(story(outlet, "spoken")).startswith(
        "[!audio] [Spoken](https://api.example.com/spoken.mp3)"
    )
    assert outlet.run("check", "--content", "content").returncode == 0
