"""The plugins in docs/plugins.md do in an outlet what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.checkout import checkout, plugin
from tests.repository import PROJECT
from tests.sample import NOW, Outlet, differing

pytestmark = pytest.mark.slow

PAGE = (PROJECT / "docs" / "plugins.md").read_text("utf-8")
CODE = re.findall(r"```python\n(.+?)```", PAGE, re.S)
PODIUM = [code for code in CODE if "PODIUM_SIZE" in code]
(CARRIED,) = (code for code in CODE if "slots=" in code)
FILED = [code for code in CODE if re.search("PLACE = |HARBOURS = |def filed", code)]
APART = [*PODIUM, *FILED, CARRIED]
EXAMPLES = [code for code in CODE if "def register" in code and code not in APART]
(LINE,) = re.findall(r"```html\n(.[^`]+article\.court.+?)```", PAGE, re.S)
(ABOVE,) = re.findall(r"```html\n({% for place in article\.places %}.+?)```", PAGE, re.S)
(PLACES,) = re.findall(r"```html\n([^`]+lists\.location[^`]+?)```", PAGE)
(SPANISH,) = re.findall(r"```po\n(.+?)```", PAGE, re.S)
DATASET = "---\ntitle: Cod landed\nsource: The port\n"
LISTS = {
    "datasets/cod.md": f"{DATASET}---\nSee [what we wrote](/2026/11/north/).\n",
    "datasets/eel.md": f"{DATASET}status: draft\n---\nToo few.\n",
    "events.yml": "- name: The fair\n  since: 2026-11-20\n  until: 2026-12-01\n",
    "front_page.yml": "blocks:\n  - block: lead\n  - block: lives\n",
    "presses.txt": "Two\nold ones\n",
    "series/tides.md": "---\nname: Tides\nroute: 59.1 10.2\n---\n",
    "story_types.yml": "- name: Analysis\n- name: Opinion\n- name: Obituary\n",
}
BRIEFING = """\
{% extends "base.html" %}
{% block main %}
<main id="main"><h1>{{ motto|shout }}</h1>
{% for story in articles %}<p>{{ story.title }} {{ story.menu|join }}</p>{% endfor %}
<p>Now: {{ event.name }}</p></main>
{% endblock %}
"""
PODIUM_PAGE = """\
{% extends "base.html" %}
{% block title %}The podium{% endblock %}
{% block meta %}{{ head_meta("The podium", "podium/", "The best.") }}{% endblock %}
{% block main %}<main id="main"><h1>The podium</h1></main>{% endblock %}
"""


def test_each_example_does_what_it_says(tmp_path: Path) -> None:
    outlet = Outlet(
        tmp_path, checkout(tmp_path / "project", 'THEME_TEMPLATES_OVERRIDES = ["theme/templates"]')
    )
    dish = {"name": "Mum's cod"}
    outlet.story("north", reported_from="Kirkenes", country=["Norway"], dishes=[dish])
    templates = outlet.project / "theme" / "templates"
    templates.mkdir(parents=True)
    (templates / "briefing.html").write_text(BRIEFING, "utf-8")
    for number, code in enumerate(EXAMPLES):
        assert len([line for line in code.splitlines() if line.strip()]) < 20
        plugin(outlet.project, f"ours{number}", code)
    for path, text in LISTS.items():
        outlet.write(path, text)
    outlet.story("told", title="An exclusive", type="Obituary", body="She passed away.")
    outlet.story("life", type="Obituary", date="2026-10-01")
    outlet.story("sea", series="Tides", body="See [the route](/series/tides/route.gpx).")
    outlet.story(
        "links", body="See [the numbers](/datasets/cod/), [their file]({filename}/datasets/cod.md)."
    )
    checked = outlet.run("check", "--content", "content", "--now", NOW)
    told = [line for line in checked.stdout.splitlines() if ": house-style: " in line]
    assert len(told) == 2, checked.stdout
    outlet.story("new", title="Working title: ice", status="draft")
    status = outlet.run("status", "--content", "content", "--now", NOW)
    assert "needs a headline" in status.stdout
    due = outlet.run("due", "--content", "content", "--now", NOW)
    assert "The fair" in due.stdout
    assert "published," in outlet.rebuild()
    assert outlet.files()["presses.txt"] == b"Two old ones"
    assert outlet.html("datasets/cod/").select(".story-body a[href='/2026/11/north/']")
    assert b"/datasets/cod/<" in outlet.files()["sitemaps/pages.xml"]
    assert not [path for path in outlet.files() if "eel" in path]
    assert "Now: The fair" in outlet.html("briefing/").get_text()
    assert outlet.files()["series/tides/route.gpx"] == b"59.1 10.2"
    assert b"On air" in outlet.files()["wall/board.svg"]
    assert "Headline of life" in outlet.html("").get_text()
    (life,) = [path for path in outlet.files() if path.endswith("/life/index.html")]
    assert b"ReportageNewsArticle" in outlet.files()[life]
    assert outlet.files()["ads.txt"] == b"example.com, 1, DIRECT\n"
    assert "The long read" in outlet.html("formats/long-read/").get_text()
    assert b"formats/long-read/feed.json" in outlet.files()["formats/long-read/feed.json"]
    assert {"countries/norway/index.html", "countries/norway/feed.xml"} <= outlet.files().keys()
    assert b"<content" in outlet.files()["countries/norway/feed.xml"], "a whole text"
    assert "Headline of north Mum’s cod" in outlet.html("briefing/").get_text()
    assert "Argued in the open!" in outlet.html("briefing/").get_text()
    outlet.story("south", title="The newest")
    outlet.write("datasets/cod.md", f"{DATASET}---\nCounted anew.\n")
    assert " skipped" in outlet.rebuild()
    assert "The newest" in outlet.html("briefing/").get_text(), "what it shows was handed over"
    assert "Counted anew" in outlet.html("datasets/cod/").get_text()
    incremental = outlet.files()
    outlet.rebuild(clean=True)
    assert differing(incremental, outlet.files()) == []


def test_terms_a_check_of_a_list_and_an_attribute_are_as_shown(tmp_path: Path) -> None:
    settings = 'THEME_TEMPLATES_OVERRIDES = ["theme/templates"]'
    outlet = Outlet(tmp_path, checkout(tmp_path / "project", settings))
    for number, code in enumerate(FILED):
        assert len([line for line in code.splitlines() if line.strip()]) < 20
        plugin(outlet.project, f"ours{number}", code)
    slots = outlet.project / "theme" / "templates" / "slots"
    slots.mkdir(parents=True)
    slot = f"{ABOVE}<p class='filed'>{{{{ article.filed }}}}</p>"
    (slots / "before-text.html").write_text(slot, "utf-8")
    (slots.parent / "places.html").write_text(PLACES, "utf-8")
    outlet.write("harbours.yml", "- name: Kirkenes\n")
    outlet.story("ship", harbour="Kirkeness", locations=["Oslo"])
    outlet.story("other")
    checked = outlet.run("check", "--content", "content", "--now", NOW)
    assert 'unknown-harbour: no Kirkeness; did you mean "Kirkenes"?' in checked.stdout
    assert "published," in outlet.rebuild()
    assert outlet.html("places/").select(".term-list a[href='/places/oslo/']")
    ship = outlet.html("2026/11/ship/")
    assert ship.select(".story-main > a[href='/places/oslo/']")
    assert ship.select(".filed")[0].get_text().startswith("One of 2 at http")
    assert b"contentLocation" in outlet.files()["2026/11/ship/index.html"]


def test_a_page_of_whole_texts_is_made_again_when_one_changes(tmp_path: Path) -> None:
    code = """\
from broadside.plugin import Page, Plugin, give
from broadside.site import Bundle

def made(picked):
    return {"text.txt": picked[0].content.encode()}

def add(site):
    site.values["motto"] = site.stories[0]
    yield Bundle("bundled", made, {"picked": site.stories[1:2]})
    yield Page("whole/index.html", "whole", {"picked": site.stories[1:2]})
    yield Page("named/index.html", "named", {"picked": site.stories[1:2]})

def register():
    give(__name__, Plugin(pages=[add]))
"""
    settings = 'THEME_TEMPLATES_OVERRIDES = ["theme/templates"]'
    outlet = Outlet(tmp_path, checkout(tmp_path / "project", settings))
    plugin(outlet.project, "ours", code)
    templates = outlet.project / "theme" / "templates"
    templates.mkdir(parents=True)
    for name, shown in (("whole", "{{ picked[0]|body }} {{ motto.content }}"), ("named", "")):
        text = BRIEFING.partition("{{")[0] + shown + "</h1></main>{% endblock %}"
        (templates / f"{name}.html").write_text(text, "utf-8")
    for number in range(1, 4):
        outlet.story(f"s{number}", date=f"2026-11-0{number}", body=f"Text {number}.")
    assert "published," in outlet.rebuild()

    def stamps() -> list[int]:
        paths = [outlet.output / name / "index.html" for name in ("whole", "named")]
        return [path.stat().st_mtime_ns for path in paths]

    first = stamps()
    outlet.story("s3", date="2026-11-03", body="Another text.")
    outlet.rebuild()
    assert stamps() == first, "it shows neither"
    outlet.story("s2", date="2026-11-02", body="The second text.")
    outlet.rebuild()
    assert "The second text." in outlet.html("whole/").get_text()
    assert b"The second text." in outlet.files()["bundled/text.txt"]
    assert stamps()[1] == first[1], "a list shows no text"
    outlet.story("s1", date="2026-11-01", body="The first text.")
    outlet.rebuild()
    assert "The first text." in outlet.html("whole/").get_text()
    incremental = outlet.files()
    outlet.rebuild(clean=True)
    assert differing(incremental, outlet.files()) == []


def test_a_plugin_carries_its_templates_styles_and_words(tmp_path: Path) -> None:
    settings = 'THEME_TEMPLATES_OVERRIDES = ["theme/templates"]\nDEFAULT_LANG = "es"\n'
    project = checkout(
        tmp_path / "project", f'{settings}PLUGINS += ["plugins.verdict", "plugins.court"]'
    )
    for name, words in (("court", SPANISH), ("verdict", "")):
        files = {
            "__init__.py": CARRIED,
            "templates/line.html": LINE,
            "static/court.css": ".court { color: red }",
            "words/es.po": words,
        }
        for path, text in files.items():
            file = project / "plugins" / name / path.replace("court", name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text.replace("court", name), "utf-8")
    slot = project / "theme" / "templates" / "slots" / "before-text.html"
    slot.parent.mkdir(parents=True)
    slot.write_text('<p class="own">{{ article.court }}</p>', "utf-8")
    outlet = Outlet(tmp_path, project)
    outlet.story("case", court="The Hague", verdict="Guilty")
    outlet.story("other")
    assert "published," in outlet.rebuild()

    def lines() -> list[str]:
        page = outlet.html("2026/11/case/")
        return [line.get_text() for line in page.select(".story-main > p")]

    assert lines() == ["Heard in Guilty", "Visto en The Hague", "The Hague"]
    page = outlet.html("2026/11/case/")
    (style,) = (str(link["href"]) for link in page.select("link[href*='/court-']"))
    assert outlet.files()[style.removeprefix("/")] == b".court{color:red}"
    assert not outlet.html("2026/11/other/").select(".court, link[href*='/court-']")

    assert "court/line.html" in outlet.run("template", "court/line").stdout
    own = project / "theme" / "templates" / "court" / "line.html"
    own.write_text(own.read_text("utf-8").replace("<p", "<p hidden"), "utf-8")
    outlet.rebuild()
    assert outlet.html("2026/11/case/").select(".court[hidden]")


def test_a_command_of_a_plugin_is_one_of_the_outlets(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path, checkout(tmp_path / "project"))
    outlet.story("short")
    outlet.story("long", title="The long one", body="Many words. " * 200)
    code = next(code for code in CODE if "@task" in code)
    command = outlet.project / "plugins" / "weekly" / "command.py"
    command.parent.mkdir(parents=True)
    command.write_text(code, "utf-8")
    assert outlet.run("longest", "--content", "content").stdout == "The long one\n"


def test_a_setting_of_a_plugin_is_judged_as_ours_are(tmp_path: Path) -> None:
    settings, code = PODIUM
    project = checkout(tmp_path / "project", 'THEME_TEMPLATES_OVERRIDES = ["theme/templates"]')
    own = project / "plugins" / "podium"
    own.mkdir(parents=True)
    (own / "settings.py").write_text(settings, "utf-8")
    plugin(project, "podium/__init__", code)
    conf = project / "pelicanconf.py"
    conf.write_text(conf.read_text("utf-8").replace("podium/__init__", "podium"), "utf-8")
    templates = project / "theme" / "templates"
    templates.mkdir(parents=True)
    (templates / "briefing.html").write_text(PODIUM_PAGE, "utf-8")
    outlet = Outlet(tmp_path, project)
    outlet.story(body="See [the podium](/podium/).")
    assert "published," in outlet.rebuild()
    assert "podium/index.html" in outlet.files()
    for line, told in (("PODIUM_SIZE = 0", "PODIUM_SIZE: "), ("PODIUM_SIZ = 4", "did you mean")):
        conf = project / "pelicanconf.py"
        before = conf.read_text("utf-8")
        conf.write_text(f"{before}\n{line}\n", "utf-8")
        done = outlet.build()
        assert done.returncode == 1
        assert told in done.stderr + done.stdout
        conf.write_text(before, "utf-8")


IN_VAIN = """\
from pathlib import Path
from pelican.plugins import signals


def write(pelican):
    Path(pelican.output_path).mkdir(parents=True, exist_ok=True)
    Path(pelican.output_path, "tags.txt").write_text("ice")


def add(generators):
    generators[0].context["tag_cloud"] = ["ice"]


def register():
    signals.finalized.connect(write)
    signals.all_generators_finalized.connect(add)
"""
FINE = """\
from pelican.plugins import signals


def add(generators):
    for article in generators[0].articles:
        article.title += "!"


def write(generator, writer):
    writer.write_file("index.txt", generator.get_template("ads"), generator.context)


def register():
    signals.all_generators_finalized.connect(add)
    signals.article_writer_finalized.connect(write)
"""


@pytest.mark.parametrize(("source", "told"), [(IN_VAIN, ["tags.txt", "tag_cloud"]), (FINE, [])])
def test_what_a_plugin_made_for_pelican_does_in_vain_is_told_with_its_name(
    tmp_path: Path, source: str, told: list[str]
) -> None:
    outlet = Outlet(
        tmp_path, checkout(tmp_path / "project", 'THEME_TEMPLATES_OVERRIDES = ["theme/templates"]')
    )
    (outlet.project / "theme" / "templates").mkdir(parents=True)
    (outlet.project / "theme" / "templates" / "ads.html").write_text("example.com", "utf-8")
    outlet.story()
    plugin(outlet.project, "others", source)
    for _ in range(2):
        done = outlet.build()
        assert done.returncode == 0, done.stderr
        lines = [line for line in done.stderr.splitlines() if "plugins.others" in line]
        assert len(lines) == len(told)
        assert all(word in line for word, line in zip(told, lines, strict=True))
        outlet.story("another")
    assert "tags.txt" not in outlet.files()
