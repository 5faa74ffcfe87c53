"""A kind of term that an outlet's own plugin adds has all that topics have: docs/plugins.md,
"Stories by place".
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.checkout import checkout, plugin
from tests.repository import PROJECT
from tests.sample import NOW, Outlet, differing

pytestmark = pytest.mark.slow

DOCUMENT = (PROJECT / "docs" / "plugins.md").read_text("utf-8")
(EXAMPLE,) = (
    block
    for block in re.findall(r"```python\n(.*?)```", DOCUMENT, re.S)
    if "locations.yml" in block
)
(SHOWN,) = (
    block for block in re.findall(r"```html\n(.*?)```", DOCUMENT, re.S) if "article.places" in block
)


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """An outlet with the document's plugin and slot, and stories from two places."""
    path = tmp_path_factory.mktemp("places")
    project = checkout(path / "project", 'THEME_TEMPLATES_OVERRIDES = ["theme/templates"]')
    plugin(project, "ours", EXAMPLE)
    slot = project / "theme" / "templates" / "slots" / "before-text.html"
    slot.parent.mkdir(parents=True)
    slot.write_text(SHOWN, "utf-8")
    made = Outlet(path, project)
    made.story("north", locations=["Kirkenes", "Tromsø"], body="On [the quay]({location}tromso).")
    made.story("south", locations=["Kirkenes"])
    made.story("draft", locations=["Nowhere"], status="draft")
    made.story("elsewhere")
    done = made.build(cwd=path)
    assert done.returncode == 0, done.stderr
    return made


def test_each_place_has_pages_a_feed_and_a_line_in_the_sitemap(outlet: Outlet) -> None:
    files = outlet.files()
    for slug in ("kirkenes", "tromso"):
        assert {f"places/{slug}/index.html", f"places/{slug}/feed.xml"} <= files.keys()
        assert f"/places/{slug}/<".encode() in files["sitemaps/pages.xml"]
    assert not any("nowhere" in path for path in files)
    shown = {str(link["href"]) for link in outlet.html("places/kirkenes/").select("main h3 a")}
    assert shown == {"/2026/11/north/", "/2026/11/south/"}


def test_a_story_shows_its_places_to_readers_and_to_machines(outlet: Outlet) -> None:
    page = outlet.html("2026/11/north/")
    assert {"/places/kirkenes/", "/places/tromso/"} <= {
        str(link["href"]) for link in page.select("article.story > .story-main > a")
    }
    said = [
        json.loads(script.get_text())
        for script in page.select("script[type='application/ld+json']")
    ]
    (article,) = (each for each in said if "contentLocation" in each)
    assert [place["name"] for place in article["contentLocation"]] == ["Kirkenes", "Tromsø"]
    assert str(page.select(".story-body p a")[0]["href"]) == "/places/tromso/"
    assert b"contentLocation" not in outlet.files()["2026/11/elsewhere/index.html"]


def test_a_link_to_a_place_that_nobody_has_is_a_fault_and_so_is_a_lost_address(
    outlet: Outlet, tmp_path: Path
) -> None:
    copy = outlet.copy_content(tmp_path)
    copy.story("north", body="On [the quay]({location}Oslo).")
    copy.write("permalinks.txt", "/places/tromso/\n/places/kirkenes/\n")
    done = copy.run("check", "--content", "content", "--now", NOW, "--format", "json")
    found = {(fault["path"].rpartition("/")[2], fault["code"]) for fault in json.loads(done.stdout)}
    assert found == {("north.md", "broken-link"), ("permalinks.txt", "lost-address")}


def test_a_place_gets_another_name_and_its_old_address_leads_on(
    outlet: Outlet, tmp_path: Path
) -> None:
    copy = outlet.copy_content(tmp_path)
    done = copy.run(
        "rename", "location", "Kirkenes", "Kirkenes, Norway", "--content", "content", "--yes"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Kirkenes, Norway" in (copy.content / "articles" / "south.md").read_text("utf-8")
    assert "/places/kirkenes/" in (copy.content / "locations.yml").read_text("utf-8")
    done = copy.build(cwd=copy.path)
    assert done.returncode == 0, done.stderr
    assert {
        "places/kirkenes-norway/index.html",
        "places/kirkenes/index.html",
    } <= copy.files().keys()


def test_a_feature_of_ours_is_the_same_as_an_outlets_own(tmp_path: Path) -> None:
    """The blogroll, moved into an outlet's plugins with nothing changed but its own name."""
    settings = (
        'PLUGINS = [*(name for name in PLUGINS if name != "broadside.plugins.blogroll"),'
        ' "plugins.blogroll"]'
    )
    opml = (
        '<opml version="2.0"><body><outline text="A"'
        ' xmlUrl="https://a.example/feed"/></body></opml>'
    )
    made = []
    for name, more in (("ours", ""), ("own", settings)):
        project = checkout(tmp_path / name / "project", more)
        if more:
            moved = shutil.copytree(
                PROJECT / "plugins" / "blogroll", project / "plugins" / "blogroll"
            )
            for file in moved.glob("*.py"):
                file.write_text(
                    file.read_text("utf-8").replace("broadside.plugins.", "plugins."), "utf-8"
                )
        outlet = Outlet(tmp_path / name, project)
        outlet.story(body="Of [what we read](/blogroll/).")
        outlet.write("blogroll.opml", opml)
        done = outlet.build(cwd=outlet.path)
        assert done.returncode == 0, done.stderr
        made.append(outlet.files())
    assert "blogroll/opml.xml" in made[0]
    assert differing(*made) == []
