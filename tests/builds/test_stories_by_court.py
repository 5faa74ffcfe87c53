"""An outlet's own plugin, with no more than docs/plugins.md shows, adds a whole kind of term: stories
by court.
"""

from __future__ import annotations

import json
import shutil
from itertools import chain
from pathlib import Path

import pytest

from tests.checkout import checkout
from tests.repository import PROJECT
from tests.sample import NOW, Outlet, differing

pytestmark = pytest.mark.slow

KENYA = "High Court of Kenya"
FILES = {
    "plugins/court/__init__.py": """\
from pathlib import Path

from broadside.plugin import Kind, Plugin, Terms, add_stylesheet, did_you_mean, give

STYLE = Path(__file__).parent / "static" / "court.css"
COURT = Kind(
    name="court",
    key="court",
    attribute="courts",
    pattern="courts/{slug}/",
    entries="courts.yml",
    template="court/list",
)


def check(content):
    known = {entry.data.name for entry in content.lists.entries_of(COURT)}
    for story in content.stories:
        for name in story.data.own.get("court", []):
            if name not in known:
                hint = did_you_mean(name, known)
                yield story.fault("court", "unknown-court", "no such court", hint, "warning")


def data(story):
    about = [{"@type": "Courthouse", "name": court.name} for court in story.courts]
    return {"about": about} if about else {}


def extras(shown):
    return ["court"] if getattr(shown, "courts", []) else []


def add(site):
    add_stylesheet(site, STYLE)


def register():
    terms = Terms(COURT, "the court that heard the case")
    give(
        __name__,
        Plugin(
            terms=[terms],
            checks=[check],
            story_data=[data],
            slots={"before-text": "court/line.html"},
            extras=[extras],
            arranged=[add],
        ),
    )
""",
    "plugins/court/settings.py": '''\
from __future__ import annotations

from broadside.settings import PluginSettings


class CourtSettings(PluginSettings):
    ## Courts
    COURTS_TITLE: str = "Courts"
    """What the page with all courts is called."""
''',
    "plugins/court/static/court.css": ".court { color: red }",
    "plugins/court/templates/line.html": """\
{% for court in article.courts %}
<p class="court"><a href="{{ root }}/{{ court.url }}">{{ court.name }}</a></p>
{% endfor %}
""",
    "plugins/court/templates/list.html": """\
{% extends "base.html" %}
{% from "components/page_title.html" import page_title %}
{% from "components/term_list.html" import term_list %}
{% block title %}{{ COURTS_TITLE }}{% endblock %}
{% block meta %}{{ head_meta(COURTS_TITLE, lists.court, "By court.") }}{% endblock %}
{% block main %}
<main id="main">{{ page_title(COURTS_TITLE) }}{{ term_list(courts) }}</main>
{% endblock %}
""",
}
SETTINGS = 'PLUGINS += ["plugins.court"]\nCOURTS_TITLE = "The bench"'


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    path = tmp_path_factory.mktemp("courts")
    project = checkout(path / "project", SETTINGS)
    for name, text in FILES.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text, "utf-8")
    made = Outlet(path, project)
    made.write("courts.yml", f"- name: {KENYA}\n  slug: high-court\n")
    made.story("case", court=KENYA, body=f"By [it]({{court}}{KENYA}).")
    made.story("near", court="High Court of Kenia")
    made.story("draft", court="Nowhere", status="draft")
    made.story("other")
    done = made.build(cwd=path)
    assert done.returncode == 0, done.stderr
    return made


def test_readers_and_machines_get_a_court_wherever_they_get_a_topic(outlet: Outlet) -> None:
    files = outlet.files()
    page = outlet.html("2026/11/case/")
    line = page.select_one(".story-main > p.court")
    assert line
    assert line.find_next("p") == page.select_one(".story-body p")
    links = page.select(".court a, .story-body p a")
    assert [link["href"] for link in links] == ["/courts/high-court/"] * 2
    said = [json.loads(each.get_text()) for each in page.select("[type='application/ld+json']")]
    assert {"@type": "Courthouse", "name": KENYA} in chain(
        *(each.get("about", []) for each in said)
    )
    (style,) = (str(link["href"]) for link in page.select("link[href*='/court-']"))
    assert files[style.removeprefix("/")] == b".court{color:red}"
    assert not outlet.html("2026/11/other/").select(".court, link[href*='/court-']")
    (listed,) = outlet.html("courts/high-court/").select("main h3 a")
    assert listed["href"] == "/2026/11/case/"
    assert b"/2026/11/case/" in files["courts/high-court/feed.xml"]
    for address in (b"/courts/<", b"/courts/high-court/<"):
        assert address in files["sitemaps/pages.xml"]
    assert not any("nowhere" in path for path in files)
    assert "The bench" in outlet.html("courts/").get_text()
    counted = outlet.html("courts/").select("main .term-list a[href='/courts/high-court/'] + span")
    assert [count.get_text() for count in counted] == ["1"]
    stories = json.loads(files["admin/config.json"])["collections"][0]["fields"]
    assert "court" in {field["name"] for field in stories}


def test_editors_get_its_faults_its_schema_its_ledger_and_its_rename(
    outlet: Outlet, tmp_path: Path
) -> None:
    copy = outlet.copy_content(tmp_path)
    copy.story("draft", status="draft")
    usual = ("--content", "content")

    def found() -> dict[tuple[str, str], str]:
        told = json.loads(copy.run("check", *usual, "--now", NOW, "--format", "json").stdout)
        return {(each["path"].rpartition("/")[2], each["code"]): each["hint"] for each in told}

    assert found() == {("near.md", "unknown-court"): f'did you mean "{KENYA}"?'}
    copy.run("schema", *usual, "--output", "schema")
    assert "court" in json.loads((tmp_path / "schema/story.json").read_text())["properties"]
    copy.run("permalinks", *usual, "--now", NOW)
    assert "/courts/high-court/\n" in (copy.content / "permalinks.txt").read_text()
    done = copy.run("rename", "court", "High Court of Kenia", KENYA, *usual, "--yes")
    assert KENYA in (copy.content / "articles/near.md").read_text(), done.stderr
    assert found() == {}
    copy.story("near", body="By [it]({court}Nowhere).")
    copy.write("courts.yml", f"- name: {KENYA}\n")
    assert found().keys() == {("near.md", "broken-link"), ("permalinks.txt", "lost-address")}


@pytest.mark.parametrize(
    ("file", "line", "slip", "told"),
    [
        ("__init__.py", 'attribute="courts"', 'attribute="court"', '"court" is a key'),
        ("settings.py", "from __future__ import annotations", "", "plugins/court/settings.py:1: "),
    ],
)
def test_what_a_plugin_declares_wrongly_is_told_as_its_own_mistake(
    outlet: Outlet, tmp_path: Path, file: str, line: str, slip: str, told: str
) -> None:
    project = shutil.copytree(outlet.project, tmp_path / "project")
    own = project / "plugins" / "court" / file
    own.write_text(own.read_text().replace(line, slip))
    done = Outlet(tmp_path, project).build()
    assert done.returncode == 1
    assert told in done.stderr
    assert "mistake in Broadside" not in done.stderr


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
