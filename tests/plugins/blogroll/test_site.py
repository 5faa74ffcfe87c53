"""The blogroll on a real site: a page and a list for feed readers with the editors' file, and no
trace without it.
"""

from __future__ import annotations

from pathlib import Path

from broadside.plugins.blogroll.content import parse
from tests.sample import Outlet, differing

FILE = """<opml version="2.0"><body>
<outline text="Seas"><outline text="Tidewrack" description="Coasts." htmlUrl="https://t.example/" xmlUrl="https://t.example/feed.xml"/></outline>
<outline text="Alone &lt;b&gt;" xmlUrl="https://alone.example/feed.xml"/>
<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script><?xml-stylesheet href="data:,script"?>
</body></opml>
"""


def test_the_page_is_there_with_the_file_and_only_then(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("one")
    assert "published," in outlet.rebuild()
    without = outlet.files()
    file = outlet.write("blogroll.opml", FILE)
    outlet.page("about", body="Of [what we read](/blogroll/).")
    assert "published," in outlet.rebuild()
    page = outlet.html("blogroll/")
    assert [heading.get_text() for heading in page.select("main h2")] == ["Alone <b>", "Seas"]
    assert [heading.get_text() for heading in page.select("main h3")] == ["Tidewrack"]
    links = [str(link["href"]) for link in page.select("main a")]
    assert links == [
        "/blogroll/opml.xml",
        "https://alone.example/feed.xml",
        "https://t.example/",
        "https://t.example/feed.xml",
    ]
    told = [str(link["href"]) for link in page.select("head link[rel=blogroll]")]
    assert [address.endswith("/blogroll/opml.xml") for address in told] == [True]
    offered = outlet.files()["blogroll/opml.xml"]
    assert parse(offered)[0] == parse(FILE.encode())[0]
    assert b"<script" not in offered
    assert b"xml-stylesheet" not in offered
    assert any(
        b"/blogroll/<" in data
        for name, data in outlet.files().items()
        if name.startswith("sitemap")
    )
    file.unlink()
    (outlet.content / "pages/about.md").unlink()
    assert "published," in outlet.rebuild()
    assert differing(outlet.files(), without) == []
