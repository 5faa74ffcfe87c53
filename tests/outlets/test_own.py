"""What is an outlet's own: each edit of it changes the pages that show it, as a build that reuses
nothing would.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping

import pytest

from tests.outlets.conftest import Owned
from tests.repository import PROJECT
from tests.sample import differing

PLUGIN = """\
from pelican.plugins import signals


def add_words(generators):
    generators[0].env.filters["shout"] = lambda text: text + {mark!r}


def register():
    signals.all_generators_finalized.connect(add_words)
"""
NOW = ("--now", "2026-11-29T12:00")


@pytest.fixture(scope="module")
def outlet(start: Callable[..., Owned]) -> Owned:
    """An outlet with a plugin, a template, a style sheet, a static file and an icon of its own."""
    made = start()
    made.write("plugins/ours.py", PLUGIN.format(mark="!"))
    made.write("pelicanconf.py", '\nPLUGINS = pipeline("plugins.ours")\n', more=True)
    template = made.run("template", "colophon").splitlines()[0]
    assert template == "theme/templates/components/colophon.html"
    text = (made.path / template).read_text("utf-8")
    assert text.startswith("{# From Broadside ")
    made.write(template, text.replace("<footer", "<footer data-words=\"{{ 'ours'|shout }}\"", 1))
    made.write("theme/css/ours.css", "body { background: url(paper.svg) }\n")
    made.write("theme/static/paper.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>\n')
    (made.path / "theme" / "icons").mkdir()
    shutil.copy(PROJECT / "halyard/theme/icons/mark.svg", made.path / "theme/icons")
    made.run("build", *NOW)
    return made


def built(outlet: Owned) -> Mapping[str, bytes]:
    """The site after a build, which is the one that a build from nothing makes."""
    outlet.run("build", *NOW)
    outlet.run("build", *NOW, "--clean", "--output", "clean")
    assert differing(outlet.site(), outlet.site("clean")) == []
    return outlet.site()


def test_all_of_it_is_on_the_site(outlet: Owned) -> None:
    site = outlet.site()
    assert b'data-words="ours!"' in site["index.html"]
    (css,) = (data for path, data in site.items() if path.startswith("theme/site-"))
    (paper,) = (path for path in site if path.startswith("theme/static/paper-"))
    assert paper.removeprefix("theme/").encode() in css, (
        "the style sheet is in the folder theme/ too"
    )
    icon = (PROJECT / "halyard/theme/icons/mark.svg").read_bytes()
    assert icon in [data for path, data in site.items() if path.startswith("theme/mark-")]


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("plugins/ours.py", "'!'", "'?'"),
        ("theme/templates/components/colophon.html", "'ours'", "'theirs'"),
        ("theme/css/ours.css", "body", "main"),
        ("theme/static/paper.svg", "<svg ", "<svg data-new='' "),
        ("theme/icons/mark.svg", "<svg ", "<svg data-new='' "),
        ("pelicanconf.py", 'SITENAME = "Riverbank"', 'SITENAME = "Headland"'),
    ],
)
def test_an_edit_changes_the_pages_that_show_it(
    outlet: Owned, path: str, before: str, after: str
) -> None:
    site = built(outlet)
    text = (outlet.path / path).read_text("utf-8")
    assert before in text
    outlet.write(path, text.replace(before, after))
    edited = built(outlet)
    pages = {name for name in differing(site, edited) if name.endswith(".html")}
    # Each of these is seen on every page: in its foot, its head, or the address of the style sheet.
    assert {"index.html", "about/index.html", "latest/index.html", "404.html"} <= pages
    outlet.write(path, text)
    assert differing(built(outlet), site) == []


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("plugins/ours.py", "def register(:\n", "plugins/ours.py:1: "),
        (
            "plugins/ours.py",
            PLUGIN.replace("generators[0].env", "nothing").format(mark="!"),
            "plugins/ours.py:5: ",
        ),
        ("theme/css/ours.css", "a {\n color: red;\n}}\n b {", "ours.css: "),
        ("theme/css/ours.css", "a { background: url(nowhere.svg) }", "url(nowhere.svg)"),
        ("tasks.py", "from broadside.tasks import *\nx = (\n", "tasks.py, line 2"),
    ],
)
def test_a_mistake_of_its_own_is_told_with_its_place(
    outlet: Owned, path: str, text: str, place: str
) -> None:
    before = (outlet.path / path).read_text("utf-8")
    outlet.write(path, text)
    said = outlet.run("build", *NOW, code=1)
    outlet.write(path, before)
    assert place in said
    assert "mistake in Broadside" not in said
    assert "Traceback" not in said


def test_a_story_of_its_own_changes_no_page_of_others(outlet: Owned) -> None:
    site = built(outlet)
    about = (outlet.path / "content/pages/about.md").read_text("utf-8")
    outlet.write("content/pages/about.md", about + "\nMore.\n")
    assert differing(site, built(outlet)) == ["about/index.html"]
    outlet.write("content/pages/about.md", about)
