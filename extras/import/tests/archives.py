"""Small archives, written by hand in the forms of other systems, and what an import makes of
them.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from broadside_import.command import Wanted, run
from broadside_import.report import ImportReport
from tests.sample import Outlet

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>"
HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/{version}/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/{version}/">
<channel>
<title>The Old Lantern</title><link>https://lantern.example</link><description>Since 2004</description><language>en-GB</language>
<wp:wxr_version>{version}</wp:wxr_version><wp:base_site_url>https://lantern.example</wp:base_site_url>
<wp:base_blog_url>https://lantern.example</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login>mara</wp:author_login><wp:author_email>mara@lantern.example</wp:author_email>
<wp:author_display_name><![CDATA[Mara Lindqvist (Oslo)]]></wp:author_display_name></wp:author>
<wp:category><wp:category_nicename>world</wp:category_nicename><wp:category_parent></wp:category_parent>
<wp:cat_name><![CDATA[World]]></wp:cat_name></wp:category>
<wp:category><wp:category_nicename>north</wp:category_nicename><wp:category_parent>world</wp:category_parent>
<wp:cat_name><![CDATA[North & Ice]]></wp:cat_name></wp:category>
"""
META = "<wp:postmeta><wp:meta_key>{}</wp:meta_key><wp:meta_value><![CDATA[{}]]></wp:meta_value></wp:postmeta>"


def item(number: int, body: str = "", **given: Any) -> str:
    """An item of a WordPress export."""
    slug = given.get("slug", f"story-{number}")
    said: dict[str, Any] = {
        "title": f"Headline {number}",
        "link": f"https://lantern.example/2019/03/{slug}/",
        "kind": "post",
        "status": "publish",
        "date": f"2019-03-{number % 28 + 1:02} 14:00:00",
        "categories": [("category", "world", "World")],
        "meta": {},
        "parent": 0,
        "excerpt": "",
        "password": "",
        "extra": "",
    } | given
    categories = "".join(
        f'<category domain="{domain}" nicename="{nicename}"><![CDATA[{name}]]></category>'
        for domain, nicename, name in said["categories"]
    )
    meta = "".join(META.format(key, value) for key, value in said["meta"].items())
    gmt = given.get("gmt", said["date"])
    return f"""<item><title>{said["title"]}</title><link>{said["link"]}</link>
<dc:creator><![CDATA[mara]]></dc:creator><guid isPermaLink="false">https://lantern.example/?p={number}</guid>
<content:encoded><![CDATA[{body}]]></content:encoded><excerpt:encoded><![CDATA[{said["excerpt"]}]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>{said["date"]}</wp:post_date><wp:post_date_gmt>{gmt}</wp:post_date_gmt>
<wp:post_name>{slug}</wp:post_name><wp:status>{said["status"]}</wp:status><wp:post_parent>{said["parent"]}</wp:post_parent>
<wp:post_type>{said["kind"]}</wp:post_type><wp:post_password>{said["password"]}</wp:post_password>{categories}{meta}{said["extra"]}</item>
"""


def attachment(number: int, address: str, alt: str = "", caption: str = "", parent: int = 0) -> str:
    """A picture, or another file, of a WordPress export."""
    return item(
        number,
        kind="attachment",
        status="inherit",
        parent=parent,
        excerpt=caption,
        link=f"https://lantern.example/picture-{number}/",
        meta={"_wp_attachment_image_alt": alt},
        extra=f"<wp:attachment_url>{address}</wp:attachment_url>",
        categories=[],
    )


def wordpress(*items: str, version: str = "1.2") -> str:
    """A WordPress export."""
    return HEAD.format(version=version) + "".join(items) + "</channel>\n</rss>\n"


def ghost(posts: Sequence[Any], **tables: Any) -> str:
    """A Ghost export; `tags` of a post are names, of which the first is the primary one."""
    names = list(dict.fromkeys(name for post in posts for name in post.get("tags", ())))
    links = [
        {"post_id": post["id"], "tag_id": names.index(name), "sort_order": order}
        for post in posts
        for order, name in enumerate(post.get("tags", ()))
    ]
    usual = {
        "status": "published",
        "published_at": "2021-05-04T07:00:00.000Z",
        "type": "post",
        "author_id": "u1",
    }
    data = {
        "posts": [
            usual | {key: value for key, value in post.items() if key != "tags"} for post in posts
        ],
        "tags": [
            {"id": number, "name": name, "slug": name.lower()} for number, name in enumerate(names)
        ],
        "posts_tags": links,
        "users": [
            {
                "id": "u1",
                "name": "Ivo Brandt",
                "slug": "ivo",
                "email": "ivo@x.example",
                "bio": "Writes & edits.",
            }
        ],
        "settings": [
            {"key": "title", "value": "The Glass"},
            {"key": "url", "value": "https://glass.example/"},
        ],
    } | tables
    return json.dumps({"db": [{"meta": {"version": "5.0.0"}, "data": data}]})


def node(kind: str, *children: object, **said: object) -> dict[str, Any]:
    """A node of a Ghost text in Lexical's form."""
    return {"type": kind, "version": 1, "children": list(children), **said}


def attrs(**said: object) -> str:
    """What Substack writes into data-attrs."""
    return escape(json.dumps(said))


def zipped(path: Path, files: Mapping[str, Any]) -> Path:
    """A zip with these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return path


def imported(outlet: Outlet, kind: str, source: Path, **flags: Any) -> ImportReport:
    """What an import into an outlet reports."""
    said: list[str] = []
    report = run(Wanted(kind, str(source), str(outlet.content), **flags), said.append)
    assert any("stories" in line for line in said)
    return report


def moved_in(path: Path, kind: str, text: str, **flags: Any) -> tuple[Outlet, ImportReport]:
    """A new outlet into which an archive of one file moved."""
    outlet = Outlet(path)
    source = path / f"export.{'json' if kind == 'ghost' else 'xml'}"
    source.write_text(text, "utf-8")
    return outlet, imported(outlet, kind, source, **flags)


def from_wordpress(path: Path, *items: str, **flags: Any) -> tuple[Outlet, ImportReport]:
    """A new outlet into which these items of a WordPress export moved."""
    return moved_in(path, "wordpress", wordpress(*items), **flags)


def story(outlet: Outlet, slug: str) -> str:
    """The source of a story that was moved in."""
    return next(outlet.content.glob(f"articles/*/{slug}.md")).read_text("utf-8")


def text_of(source: str) -> str:
    """A source without its header."""
    return source.split("\n---\n", 1)[1]


def words(soup: BeautifulSoup) -> list[str]:
    """The words of a page or a body, sorted."""
    return sorted(
        "".join(char if char.isalnum() else " " for char in soup.get_text(" ")).lower().split()
    )


def bytes_of(outlet: Outlet) -> dict[str, bytes]:
    """The files of an outlet's content, by their paths."""
    files = (path for path in outlet.content.rglob("*") if path.is_file())
    return {path.relative_to(outlet.content).as_posix(): path.read_bytes() for path in files}


def nothing_runs(outlet: Outlet) -> None:
    """Check and build an outlet; no page has anything that runs or is of this machine, and nothing
    was written beside the content.
    """
    assert outlet.run("check", "--content", "content").returncode == 0
    outlet.rebuild()
    for path in outlet.files():
        if path.endswith(".html"):
            page = outlet.html(path)
            names = [name for each in page.find_all(True) for name in each.attrs]
            assert not [name for name in names if name.startswith("on") or name == "srcdoc"]
            assert not page.select(
                "iframe, .story-body script, [href^='javascript:' i], [src^='javascript:' i]"
            )
            scripts = page.select("script:not([type='application/ld+json'])")
            assert not any("alert(1)" in script.get_text() for script in scripts)
            assert "root:x" not in page.get_text()
    written = {
        path.relative_to(outlet.path).parts[0]
        for path in outlet.path.rglob("*.md")
        if path.name != "index.md"
    }
    assert written <= {"content", "source"}
