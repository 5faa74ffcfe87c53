"""After any edit, what an incremental build leaves is what a clean build makes, byte for byte."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.builds.magazine import LONG, PHOTO
from tests.checkout import checkout, plugin
from tests.sample import Outlet, differing

Edit = Callable[[Outlet], object]


def front(old: str, new: str, file: str = "articles/reefs.md") -> Edit:
    """An edit that replaces some text of a file."""

    def edit(outlet: Outlet) -> None:
        path = outlet.content / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return edit


def added(line: str, file: str = "articles/reefs.md") -> Edit:
    """An edit that adds a line of front matter."""

    def edit(outlet: Outlet) -> None:
        path = outlet.content / file
        path.write_text(path.read_text("utf-8").replace("---\n", f"---\n{line}\n", 1), "utf-8")

    return edit


def gone(file: str) -> Edit:
    return lambda outlet: (outlet.content / file).unlink()


def moved(file: str, to: str) -> Edit:
    def edit(outlet: Outlet) -> None:
        (outlet.content / to).parent.mkdir(parents=True, exist_ok=True)
        (outlet.content / file).rename(outlet.content / to)

    return edit


def secretly(outlet: Outlet) -> None:
    """Another text of the same length, with the times of the old one."""
    path = outlet.content / "articles" / "reefs.md"
    found = path.stat()
    path.write_text(path.read_text("utf-8").replace("costs €5", "costs €7"), "utf-8")
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


EDITS: dict[str, Edit] = {
    "body": front("costs €5", "costs €6"),
    "body, of the same size and time": secretly,
    "body of a story in streams": front("fell silent", "spoke"),
    "heading": lambda outlet: (
        front("## What the treaty says", "## What the treaty leaves out")(outlet),
        front("#what-the-treaty-says", "#what-the-treaty-leaves-out")(outlet),
    ),
    "headline": front("Headline of reefs", "Another headline"),
    "section": front('section: "Europe"', 'section: "Asia"'),
    "spelling of a topic": front('"Sea floor"', '"SEA FLOOR"', "articles/cables.md"),
    "slug": lambda outlet: (
        front('slug: "whole"', 'slug: "entire"', "articles/whole.md")(outlet),
        front('"short", "whole"', '"short", "entire"', "articles/cables.md")(outlet),
    ),
    "slug of a story that others link to": lambda outlet: (
        front('slug: "old"', 'slug: "older"', "articles/old.md")(outlet),
        front("/2026/10/old/", "/2026/10/older/", "articles/whole.md")(outlet),
        front("story: old", "story: older", "front_page.yml")(outlet),
    ),
    "slug that turns around": lambda outlet: (
        front('slug: "whole"', 'slug: "short"', "articles/whole.md")(outlet),
        front('slug: "short"', 'slug: "whole"', "articles/short.md")(outlet),
    ),
    "picture under the same name": lambda outlet: outlet.photo("harbour.jpg", "red"),
    "answer": added("answers: old"),
    "a translation's headline": lambda outlet: (
        outlet.story("recifs", lang="fr", translation_of="reefs", date="2026-11-20"),
        front("Headline of recifs", "Les récifs", "articles/recifs.md")(outlet),
    ),
    "kind of article": lambda outlet: outlet.write(
        "story_types.yml",
        "- name: Analysis\n  schema_type: BackgroundNewsArticle\n- name: Opinion\n",
    ),
    "expertise": front(
        'name: "Ben Okafor"', 'name: "Ben Okafor"\nexpertise: [Cables]', "authors/ben-okafor.md"
    ),
    "name of an author": lambda outlet: [
        file.write_text(file.read_text("utf-8").replace("Ben Okafor", "Benjamin Okafor"), "utf-8")
        for file in outlet.content.rglob("*.md")
    ],
    "group of an author": front(
        'role: "Editor"', 'role: "Editor"\ngroup: staff', "authors/ana-pereira.md"
    ),
    "section description": front("From Lisbon to Lviv.", "All of it.", "sections.yml"),
    "section name": lambda outlet: [
        file.write_text(file.read_text("utf-8").replace("Asia", "Far Asia"), "utf-8")
        for file in [*outlet.content.rglob("*.md"), outlet.content / "sections.yml"]
    ],
    "order of the sections": front(
        "- name: Asia\n- name: Briefs",
        "- name: Africa\n- name: Asia\n- name: Briefs",
        "sections.yml",
    ),
    "blocks of the front page": lambda outlet: outlet.write(
        "front_page.yml",
        "blocks: [{block: opinion, type: Analysis}, {block: latest, stories: 3}]\n",
    ),
    "file of a page renamed": moved("pages/about.md", "pages/us.md"),
    "newest story": lambda outlet: outlet.story(
        "newest", body=LONG, date="2026-11-25T08:00", **PHOTO
    ),
    "story deleted": lambda outlet: (
        gone("articles/whole.md")(outlet),
        front(', "whole"', "", "articles/cables.md")(outlet),
    ),
    "last story of a section deleted": gone("articles/a-brief.md"),
    "file of a story renamed": moved("articles/reefs.md", "articles/zz-reefs.md"),
    "former address of an author": front(
        'role: "Editor"', 'role: "Editor"\nredirect_from: [/staff/ana/]', "authors/ana-pereira.md"
    ),
}
"""What was edited -> how; each is applied to the magazine as it was first built."""
EVERYWHERE = {
    "section name",
    "order of the sections",
    "section description",
    "kind of article",
}
"""Edits that show on every page."""
NOWHERE = {"file of a page renamed", "file of a story renamed"}
"""Edits that show on none."""
EVERY_DAY = {
    "body of a story in streams",
    "section",
    "spelling of a topic",
    "slug",
    "picture under the same name",
    "newest story",
    "story deleted",
    "file of a story renamed",
}
"""One of each kind of edit; all of them take half a minute."""


@pytest.mark.parametrize(
    "name",
    [name if name in EVERY_DAY else pytest.param(name, marks=pytest.mark.slow) for name in EDITS],
)
def test_an_edit_changes_the_site_as_a_clean_build_would(
    built: Outlet, tmp_path: Path, name: str
) -> None:
    outlet = built.copy(tmp_path)
    EDITS[name](outlet)
    said = outlet.rebuild()
    assert "published," in said, said
    assert name in EVERYWHERE or ", 0 skipped" not in said
    incremental = outlet.files()
    assert (incremental == built.files()) == (name in NOWHERE)
    outlet.rebuild(clean=True)
    assert differing(incremental, outlet.files()) == []


@pytest.mark.parametrize(
    "options", [{"drafts": True}, {"now": "2031-01-01"}, {"siteurl": "https://x.example/mag"}]
)
def test_another_question_to_the_same_output_is_answered_as_by_a_clean_build(
    built: Outlet, tmp_path: Path, options: dict[str, Any]
) -> None:
    outlet = built.copy(tmp_path)
    outlet.story("held", date="2030-01-01", body=LONG)
    outlet.story("draft", status="draft", body=LONG)
    assert outlet.rebuild()
    plain = outlet.files()
    outlet.rebuild(**options)
    asked = outlet.files()
    assert differing(asked, plain) != []
    outlet.rebuild(**options, clean=True)
    assert differing(asked, outlet.files()) == []
    outlet.rebuild()
    assert differing(outlet.files(), plain) == []


NEIGHBOURS = """\
from pelican.plugins import signals


def mark(generators):
    stories = generators[0].articles
    for story, newer in zip(stories[1:], stories):
        story.newer = newer
    for story in stories:
        story.title += f" of {len(stories)}"


def begin(content):
    content.begun = content.record.data.slug


def count(generator, content):
    content.title += f" beside {len(generator.context['articles'])}"


def register():
    signals.all_generators_finalized.connect(mark)
    signals.content_object_init.connect(begin)
    signals.page_generator_write_page.connect(count)
"""
SHOWN = """\
<p>{% if article %}{{ article.newer and article.newer.title }} {{ article.begun }}{% endif %}{{ page and page.title }}</p>
{% for each in articles or () %}{{ each.title }}{% endfor %}
"""


def test_what_a_plugin_of_an_outlet_sets_on_stories_is_seen_where_it_changes(
    tmp_path: Path,
) -> None:
    project = checkout(tmp_path / "project")
    plugin(project, "neighbours", NEIGHBOURS)
    base = project / "broadside" / "theme" / "templates" / "base.html"
    base.write_text(base.read_text("utf-8").replace("</body>", f"{SHOWN}</body>"), "utf-8")
    outlet = Outlet(tmp_path, project)
    for number in range(1, 7):
        outlet.story(f"s{number}", date=f"2026-11-0{number}")
    outlet.page("about")
    assert "published," in outlet.rebuild()
    outlet.story("s9", date="2026-11-09", title="The newest")
    assert " skipped" in outlet.rebuild()
    assert "The newest of 7 s6" in outlet.html("2026/11/s6/").get_text()
    incremental = outlet.files()
    outlet.rebuild(clean=True)
    assert differing(incremental, outlet.files()) == []
