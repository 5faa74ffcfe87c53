"""Exports of Ghost and Substack with every kind of card: each word that readers saw is on the page
that results.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from archives import attrs, ghost, imported, node, words, zipped
from broadside_import.report import ImportReport
from tests.sample import Outlet

EACH = 4
"""Posts of each form."""
PHOTO = "__GHOST_URL__/content/images/2021/05/{}.jpg"


class Words:
    """Words that are nowhere else, so that each one that is lost is found."""

    def __init__(self, of: str) -> None:
        self.of, self.numbers = of, count()
        self.given: list[str] = []

    def __call__(self, number: int = 4) -> str:
        made = [f"{self.of}w{next(self.numbers)}" for _ in range(number)]
        self.given += made
        return " ".join(made)


def text(said: str, form: int = 0) -> dict[str, Any]:
    return {"type": "extended-text", "text": said, "format": form, "version": 1}


def lexical(w: Words, photo: str) -> str:
    """A text as Ghost's editor keeps it, with each of its cards."""

    def row() -> dict[str, Any]:
        return node("tablerow", *(node("tablecell", node("paragraph", text(w()))) for _ in "ab"))

    items = [
        node("listitem", text(w())),
        node("listitem", node("list", node("listitem", text(w())), listType="bullet")),
    ]
    cards: list[dict[str, Any]] = [
        {"type": "image", "src": photo, "alt": w(), "caption": f"<span>{w()}</span>"},
        {"type": "gallery", "images": [{"src": photo.replace("a.", f"{n}."), "alt": w()} for n in "bc"], "caption": w()},
        {"type": "bookmark", "url": "https://x.example/b", "caption": w(), "metadata": {
            "title": w(), "description": w(), "author": w(2), "publisher": w(2)}},
        {"type": "embed", "url": "https://www.youtube.com/watch?v=abcDEF12345", "embedType": "video", "caption": w(),
         "html": '<iframe src="https://www.youtube.com/embed/abcDEF12345"></iframe>'},
        {"type": "embed", "url": "https://twitter.com/a/status/20", "embedType": "twitter", "caption": w(),
         "html": f'<blockquote class="twitter-tweet"><p>{w()}</p>&mdash; A. <a href="https://twitter.com/a/status/20">{w(2)}</a></blockquote><script async src="https://platform.twitter.com/widgets.js"></script>'},
        {"type": "callout", "calloutText": f"<p>{w()} <b>{w()}</b></p>", "calloutEmoji": "💡", "backgroundColor": "blue"},
        {"type": "toggle", "heading": w(), "content": f"<p>{w()}</p><ul><li>{w()}</li></ul>"},
        {"type": "video", "src": "https://x.example/v.mp4", "caption": w(), "fileName": "v.mp4"},
        {"type": "audio", "src": "https://x.example/s.mp3", "title": w(), "duration": 12},
        {"type": "file", "src": "https://x.example/p.pdf", "fileTitle": w(), "fileCaption": w(), "fileName": "p.pdf"},
        {"type": "button", "buttonText": w(), "buttonUrl": "https://x.example/go", "alignment": "center"},
        {"type": "product", "productTitle": w(), "productDescription": f"<p>{w()}</p>", "productUrl": "https://x.example/buy",
         "productButton": w(), "productButtonEnabled": True, "productImageSrc": photo, "productStarRating": 5},
        {"type": "header", "header": w(), "subheader": w(), "buttonText": w(), "buttonUrl": "https://x.example/h",
         "buttonEnabled": True, "size": "small"},
        {"type": "codeblock", "code": f"{w()} < b", "language": "python", "caption": w()},
        {"type": "html", "html": f"<div class='own'><p>{w()}</p><table><tr><td>{w()}</td><td>{w()}</td></tr><tr><td>{w()}</td><td>{w()}</td></tr></table></div>"},
        {"type": "markdown", "markdown": f"## {w()}\n\n- {w()}\n- *{w()}*\n\n> {w()}"},
        {"type": "call-to-action", "textValue": f"<p>{w()}</p>", "showButton": True, "buttonText": w(),
         "buttonUrl": "https://x.example/c", "hasSponsorLabel": True, "sponsorLabel": f"<p>{w()}</p>"},
        {"type": "horizontalrule"},
        {"type": "email", "html": "<p>Only in mail</p>"},
        {"type": "email-cta", "html": "<p>Only in mail</p>"},
        {"type": "paywall"},
        {"type": "signup", "header": "Join us"},
    ]  # fmt: skip
    parts: list[dict[str, Any]] = [
        node("extended-heading", text(w()), tag="h2"),
        node("paragraph", text(w()), text(w(), 1), text(w(), 2), text(w(), 3), node("link", text(w()), url="https://x.example/l")),
        node("extended-quote", text(w())),
        node("aside", text(w())),
        node("list", *items, listType="number", start=1),
        node("table", row(), row()),
    ]  # fmt: skip
    between = (node("paragraph", text(w())) for _ in cards)
    return json.dumps(
        {
            "root": node(
                "root",
                *parts,
                *(each for pair in zip(cards, between, strict=True) for each in pair),
            )
        }
    )


def rendered(w: Words, photo: str) -> str:
    """A text as Ghost renders it, with each of its cards."""
    image = (
        f'<img src="{photo}" class="kg-image" alt="{w()}" loading="lazy" width="600"'
        f' srcset="{photo} 600w">'
    )
    return f"""<p>{w()} <strong>{w()}</strong> <a href="https://x.example/l?ref=glass">{w()}</a></p><h2 id="h">{w()}</h2>
<blockquote class="kg-blockquote-alt">{w()}</blockquote><blockquote>{w()}</blockquote><ol><li>{w()}<ul><li>{w()}</li></ul></li></ol>
<figure class="kg-card kg-image-card kg-width-wide kg-card-hascaption">{image}<figcaption><span style="white-space: pre-wrap;">{w()}</span></figcaption></figure>
<figure class="kg-card kg-gallery-card kg-width-wide kg-card-hascaption"><div class="kg-gallery-container"><div class="kg-gallery-row">
<div class="kg-gallery-image"><img src="{photo.replace("a.", "b.")}" alt="{w()}"></div><div class="kg-gallery-image"><img src="{photo.replace("a.", "c.")}" alt="{w()}"></div></div></div>
<figcaption><p><span>{w()}</span></p></figcaption></figure>
<figure class="kg-card kg-bookmark-card kg-card-hascaption"><a class="kg-bookmark-container" href="https://x.example/b"><div class="kg-bookmark-content">
<div class="kg-bookmark-title">{w()}</div><div class="kg-bookmark-description">{w()}</div><div class="kg-bookmark-metadata"><img class="kg-bookmark-icon" src="https://x.example/i.png" alt="">
<span class="kg-bookmark-author">{w(2)}</span><span class="kg-bookmark-publisher">{w(2)}</span></div></div><div class="kg-bookmark-thumbnail"><img src="https://x.example/t.png" alt=""></div></a>
<figcaption><p>{w()}</p></figcaption></figure>
<figure class="kg-card kg-embed-card kg-card-hascaption"><iframe width="200" src="https://www.youtube.com/embed/abcDEF12345?feature=oembed" title="A film" allowfullscreen></iframe><figcaption><p>{w()}</p></figcaption></figure>
<figure class="kg-card kg-embed-card"><blockquote class="twitter-tweet"><p lang="en">{w()}</p>&mdash; A (@a) <a href="https://twitter.com/a/status/20">{w(2)}</a></blockquote>
<script async src="https://platform.twitter.com/widgets.js"></script></figure>
<div class="kg-card kg-callout-card kg-callout-card-blue"><div class="kg-callout-emoji">💡</div><div class="kg-callout-text">{w()} <b>{w()}</b></div></div>
<div class="kg-card kg-toggle-card" data-kg-toggle-state="close"><div class="kg-toggle-heading"><h4 class="kg-toggle-heading-text">{w()}</h4><button class="kg-toggle-card-icon">
<svg viewBox="0 0 24 24"><path d="M0"></path></svg></button></div><div class="kg-toggle-content"><p>{w()}</p><ul><li>{w()}</li></ul></div></div>
<figure class="kg-card kg-video-card kg-card-hascaption"><div class="kg-video-container"><video src="https://x.example/v.mp4" poster="https://img.example/x" width="640"></video>
<div class="kg-video-overlay"><button class="kg-video-large-play-icon"></button></div></div><figcaption><p>{w()}</p></figcaption></figure>
<div class="kg-card kg-audio-card"><img class="kg-audio-thumbnail" src=""><div class="kg-audio-thumbnail placeholder"></div><div class="kg-audio-player-container">
<audio src="https://x.example/s.mp3" preload="metadata"></audio><div class="kg-audio-title">{w()}</div><div class="kg-audio-player"><span class="kg-audio-current-time">0:00</span></div></div></div>
<div class="kg-card kg-file-card"><a class="kg-file-card-container" href="https://x.example/p.pdf" download=""><div class="kg-file-card-contents"><div class="kg-file-card-title">{w()}</div>
<div class="kg-file-card-caption">{w()}</div><div class="kg-file-card-metadata"><div class="kg-file-card-filename">p.pdf</div><div class="kg-file-card-filesize">2 MB</div></div></div></a></div>
<div class="kg-card kg-button-card kg-align-center"><a href="https://x.example/go" class="kg-btn kg-btn-accent">{w()}</a></div>
<div class="kg-card kg-product-card"><div class="kg-product-card-container"><img src="{photo}" class="kg-product-card-image"><div class="kg-product-card-title-container">
<h4 class="kg-product-card-title">{w()}</h4></div><div class="kg-product-card-rating"><span class="kg-product-card-rating-active">*</span></div><div class="kg-product-card-description"><p>{w()}</p></div>
<a href="https://x.example/buy" class="kg-product-card-button"><span>{w()}</span></a></div></div>
<div class="kg-card kg-header-card kg-width-full kg-size-small kg-style-image" style="" data-kg-background-image="x"><h2 class="kg-header-card-header">{w()}</h2><h3 class="kg-header-card-subheader">{w()}</h3>
<a href="https://x.example/h" class="kg-header-card-button">{w()}</a></div>
<div class="kg-card kg-cta-card kg-cta-bg-grey kg-cta-minimal" data-layout="minimal"><div class="kg-cta-sponsor-label-wrapper"><div class="kg-cta-sponsor-label"><span>{w()}</span></div></div>
<div class="kg-cta-content"><div class="kg-cta-content-inner"><div class="kg-cta-text"><p>{w()}</p></div><a href="https://x.example/c" class="kg-cta-button">{w()}</a></div></div></div>
<figure class="kg-card kg-code-card kg-card-hascaption"><pre><code class="language-python">{w()} &lt; b</code></pre><figcaption><p>{w()}</p></figcaption></figure>
<!--kg-card-begin: html--><div class="own"><p>{w()}</p><table><tr><td>{w()}</td><td>{w()}</td></tr><tr><td>{w()}</td><td>{w()}</td></tr></table></div><!--kg-card-end: html-->
<!--kg-card-begin: markdown--><h2 id="m">{w()}</h2><p>{w()}<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup></p><hr class="footnotes-sep"><section class="footnotes"><ol class="footnotes-list">
<li id="fn1" class="footnote-item"><p>{w()} <a href="#fnref1" class="footnote-backref">↩︎</a></p></li></ol></section><!--kg-card-end: markdown--><hr><p>{w()}</p>"""


def mobiledoc(w: Words, photo: str) -> str:
    """A text as older versions of Ghost's editor kept it."""
    cards = [
        ["image", {"src": photo, "caption": w(), "cardWidth": "wide"}],
        ["card-markdown", {"markdown": f"### {w()}\n\n{w()}"}],
        ["html", {"html": f"<p>{w()}</p>"}],
        ["code", {"code": f"{w()} < b"}],
        ["embed", {"url": "https://vimeo.com/76979871", "html": "<iframe src='https://player.vimeo.com/video/76979871'></iframe>", "caption": w()}],
        ["bookmark", {"url": "https://x.example/b", "metadata": {"title": w(), "description": w()}}],
        ["callout", {"calloutText": w(), "calloutEmoji": "!"}],
        ["toggle", {"heading": w(), "content": f"<p>{w()}</p>"}],
        ["gallery", {"images": [{"src": photo, "fileName": "a.jpg"}], "caption": w()}],
        ["hr", {}],
    ]  # fmt: skip
    whole = {
        "version": "0.3.1",
        "markups": [["strong"], ["a", ["href", "https://x.example/"]], ["em"]],
        "atoms": [["soft-return", "", {}]],
        "cards": cards,
        "sections": [
            [1, "h2", [[0, [], 0, w()]]],
            [
                1,
                "p",
                [
                    [0, [0], 1, w()],
                    [0, [], 0, f" {w()} "],
                    [0, [1], 1, w()],
                    [1, [], 0, 0],
                    [0, [2], 1, w()],
                ],
            ],
            [1, "blockquote", [[0, [], 0, w()]]],
            [1, "aside", [[0, [], 0, w()]]],
            [3, "ul", [[[0, [], 0, w()]], [[0, [0], 1, w()]]]],
            *([10, number] for number in range(len(cards))),
        ],
    }
    return json.dumps(whole)


FORMS = {"html": rendered, "lexical": lexical, "mobiledoc": mobiledoc}


def of_substack(w: Words, photo: str) -> str:
    """A text as Substack exports it, with each of its boxes."""
    picture = f"https://substackcdn.com/image/fetch/w_1456,c_limit,f_auto/https%3A%2F%2Fbucket.example%2Fpublic%2Fimages%2F{photo}"
    return f"""<p>{w()} <strong>{w()}</strong> <em>{w()}</em> <a href="https://x.example/l">{w()}</a><a class="footnote-anchor" data-component-name="FootnoteAnchorToDOM" id="footnote-anchor-1" href="#footnote-1" target="_self">1</a>.</p>
<h2>{w()}</h2><h4>{w()}</h4><blockquote><p>{w()}</p></blockquote><ol><li><p>{w()}</p><ul><li><p>{w()}</p></li></ul></li></ol><div><hr></div>
<div class="captioned-image-container"><figure><a class="image-link image2 is-viewable-img" target="_blank" href="{picture}" data-component-name="Image2ToDOM"><div class="image2-inset"><picture><source type="image/webp" srcset="{picture} 424w">
<img src="{picture}" width="1456" data-attrs="{attrs(src=picture, alt=w(), height=10, title=None)}" class="sizing-normal" alt=""></picture><div class="image-link-expand"><svg></svg></div></div></a><figcaption class="image-caption">{w()}</figcaption></figure></div>
<div class="image-gallery-embed" data-attrs="{attrs(gallery={"images": [{"type": "image/png", "src": picture.replace("a.", "b."), "alt": w()}], "caption": w(), "alt": ""}, isEditorNode=True)}"></div>
<div id="youtube2-abcDEF12345" class="youtube-wrap" data-attrs="{attrs(videoId="abcDEF12345", startTime=None)}" data-component-name="Youtube2ToDOM"><div class="youtube-inner"><iframe src="https://www.youtube-nocookie.com/embed/abcDEF12345"></iframe></div></div>
<div class="vimeo-wrap" data-attrs="{attrs(videoId="76979871")}"><iframe src="https://player.vimeo.com/video/76979871"></iframe></div>
<iframe class="spotify-wrap" data-attrs="{attrs(url="https://open.spotify.com/episode/7makk4oTQel546B0PZlDM5", title=w(), subtitle=w(), description="Episode")}" src="https://open.spotify.com/embed/episode/7makk4oTQel546B0PZlDM5"></iframe>
<div class="apple-podcast-container" data-component-name="ApplePodcastToDom" data-attrs="{attrs(url="https://embed.podcasts.apple.com/us/podcast/x/id1?i=2", title=w(), podcastTitle=w())}"><iframe src="https://embed.podcasts.apple.com/us/podcast/x/id1?i=2"></iframe></div>
<div class="tweet" data-attrs="{attrs(url="https://twitter.com/a/status/20", full_text=w(), username="a", name=w(2), date="2022", photos=[], quoted_tweet={"full_text": w(), "name": w(1)})}" data-component-name="Twitter2ToDOM"></div>
<div class="instagram" data-attrs="{attrs(instagram_id="CabcDEF", title=w(), author_name=w(2))}"></div>
<div class="bluesky-wrap" data-attrs="{attrs(url="https://bsky.app/profile/a.example/post/3kabc", text=w(), authorName=w(2), authorHandle="a.example")}"></div>
<div class="comment" data-attrs="{attrs(url="https://lamp.example/p/x/comment/1", name=w(2), body=w())}"></div>
<div class="embedded-post-wrap" data-attrs="{attrs(id=1, url="https://other.example/p/y?utm_source=substack", title=w(), publication_name=w(2), truncated_body_text=w(), bylines=[])}"><a class="embedded-post" href="https://other.example/p/y"><div class="embedded-post-title">x</div></a></div>
<div class="digest-post-embed" data-attrs="{attrs(nodeId="1", caption=w(), cta="Read full story", title=w(), canonical_url="https://other.example/p/z")}"></div>
<div class="embedded-publication-wrap" data-attrs="{attrs(id=3, name=w(2), base_url="https://other.example", hero_text=w(), author_name=w(2))}"></div>
<div class="file-embed-wrapper" data-component-name="FileToDOM"><div class="file-embed-container-reader"><div class="file-embed-details"><div class="file-embed-details-h1">{w()}</div><div class="file-embed-details-h2">2MB</div></div><a class="file-embed-button wide" href="https://lamp.example/api/v1/file/a.pdf"><span>Download</span></a></div></div>
<div class="latex-rendered" data-attrs="{attrs(persistentExpression="x^2 " + w(1), id="A")}"></div>
<p class="button-wrapper" data-attrs="{attrs(url="https://x.example/shop", text=w(), action=None)}"><a class="button primary" href="https://x.example/shop"><span>x</span></a></p>
<div class="subscription-widget-wrap" data-attrs="{attrs(url="x")}"><div class="preamble"><p>Thanks for reading!</p></div></div><div class="poll-embed" data-attrs="{attrs(id=1)}"></div>
<div class="pullquote"><p>{w()}</p></div><div class="callout-block" data-callout="true"><p>{w()}</p></div>
<div class="preformatted-block"><label class="hide-text">Text within this block will maintain its original spacing</label><pre class="text">{w()}

  {w()}</pre></div><pre><code>{w()} &lt; b</code></pre>
<div class="footnote" data-component-name="FootnoteToDOM"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number" contenteditable="false" target="_self">1</a><div class="footnote-content"><p>{w()}</p><p>{w()}</p></div></div>"""


def _picture() -> bytes:
    data = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(data, "jpeg")
    return data.getvalue()


def _ghost(path: Path, given: dict[str, Words]) -> Path:
    posts = []
    for form, number in ((form, number) for form in FORMS for number in range(EACH)):
        slug = f"{form}{number}"
        w = given[slug] = Words(slug)
        body = FORMS[form](w, PHOTO.format("a"))
        posts.append(
            {"id": slug, "title": w(), "slug": slug, "html": None, form: body, "tags": ["News"]}
        )
    pictures = {f"content/images/2021/05/{name}.jpg": _picture() for name in "abc"}
    return zipped(path / "glass.zip", {"glass.json": ghost(posts), **pictures})


def _substack(path: Path, given: dict[str, Words]) -> Path:
    rows, files = (
        ["post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url"],
        dict[str, str | bytes](),
    )
    for number in range(EACH):
        slug = f"letter{number}"
        w = given[slug] = Words(slug)
        rows.append(
            f"{number}.{slug},2022-03-0{number + 1}T10:00:00.000Z,true,,newsletter,everyone,{w()},{w()},"
        )
        files[f"posts/{number}.{slug}.html"] = of_substack(w, "a.jpeg")
    files |= {f"images/{name}.jpeg": _picture() for name in "ab"}
    return zipped(path / "lamp.zip", {"posts.csv": "\n".join(rows) + "\n", **files})


Moved = tuple[Outlet, ImportReport, dict[str, Words]]


@pytest.fixture(scope="module", params=["ghost", "substack"])
def moved(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Moved:
    path, given = tmp_path_factory.mktemp(request.param), dict[str, Words]()
    source = _ghost(path, given) if request.param == "ghost" else _substack(path, given)
    outlet = Outlet(path)
    report = imported(outlet, request.param, source)
    assert outlet.run("check", "--content", "content").returncode == 0
    outlet.rebuild()
    return outlet, report, given


def _pages(outlet: Outlet) -> Iterator[tuple[str, BeautifulSoup]]:
    for path in outlet.content.glob("articles/*/*.md"):
        (page,) = outlet.output.glob(f"20*/*/{path.stem}/index.html")
        yield path.stem, BeautifulSoup(page.read_text("utf-8"), "html.parser")


def test_every_word_that_readers_saw_is_on_the_page(moved: Moved) -> None:
    outlet, report, given = moved
    assert report.published == len(given)
    lost = {}
    for slug, page in _pages(outlet):
        for picture in page.find_all(alt=True):
            picture.append(str(picture["alt"]))
        shown = set(words(page))
        if gone := [word for word in given[slug].given if word not in shown]:
            lost[slug] = gone
    assert lost == {}
