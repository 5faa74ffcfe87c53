"""After a change of the settings, the theme or an outlet's own code, the site is what a clean build
makes of them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.checkout import checkout
from tests.sample import Outlet, differing

ROBOT = """\
from pelican.plugins import signals


def shout(generator):
    generator.env.filters["shout"] = lambda text: text.{how}()


def register():
    signals.article_generator_init.connect(shout)
    signals.page_generator_init.connect(shout)
"""

READER = """\
from pathlib import Path

from pelican.plugins import signals


def read(generator):
    generator.env.globals["motto"] = Path(__file__).with_name("motto.txt").read_text("utf-8")


def register():
    signals.article_generator_init.connect(read)
    signals.page_generator_init.connect(read)
"""
BESIDE = "import sys\nfrom pathlib import Path\nsys.path.insert(0, str(Path(__file__).parent))\n"
MINE = (
    "from pathlib import Path\nTHEME_TEMPLATES_OVERRIDES = [str(Path(__file__).with_name('mine'))]"
)


def setting(line: str) -> Callable[[Path], None]:
    """Put a line at the end of the settings, in the place of the one that was put there before."""

    def put(project: Path) -> None:
        file = project / "pelicanconf.py"
        before = file.read_text("utf-8").partition("# of this test\n")[0]
        file.write_text(f"{before}# of this test\n{line}\n", "utf-8")

    return put


def file(path: str, text: str, *others: Callable[[Path], None]) -> Callable[[Path], None]:
    """Write a file of the project, through links too."""

    def write(project: Path) -> None:
        for other in others:
            other(project)
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text, "utf-8")

    return write


def linked(folder: str, path: str, text: str) -> Callable[[Path], None]:
    """Have a folder of the theme be a link to one beside the project, and write a file there."""

    def write(project: Path) -> None:
        place, elsewhere = project / "broadside" / "theme" / folder, project.parent / "elsewhere"
        if not place.is_symlink():
            place.rename(elsewhere)
            place.symlink_to(elsewhere)
        (elsewhere / path).write_text(text, "utf-8")

    return write


CHANGES: dict[str, tuple[str, Callable[[Path], None], Callable[[Path], None]]] = {
    "a filter of the settings": (
        "{{ SITENAME|shout }}",
        setting("JINJA_FILTERS = {'shout': lambda text: text.upper()}"),
        setting("JINJA_FILTERS = {'shout': lambda text: text.title()}"),
    ),
    "something that nobody can compare": (
        "{{ count() }}",
        setting("import itertools\nJINJA_GLOBALS = {'count': itertools.count(1).__next__}"),
        setting("import itertools\nJINJA_GLOBALS = {'count': itertools.count(7).__next__}"),
    ),
    "a template in the place of the theme's": (
        "",
        file(
            "mine/components/skip_link.html",
            "{% macro skip_link() %}1{% endmacro %}",
            setting(MINE),
        ),
        file("mine/components/skip_link.html", "{% macro skip_link() %}2{% endmacro %}"),
    ),
    "an outlet's own plugin": (
        "{{ SITENAME|shout }}",
        file("ours/robot.py", ROBOT.format(how="upper"), setting("PLUGINS.append('ours.robot')")),
        file("ours/robot.py", ROBOT.format(how="title")),
    ),
    "a file that an outlet's own plugin reads": (
        "{{ motto }}",
        file(
            "ours/motto.txt",
            "one",
            file("ours/reader.py", READER, setting("PLUGINS.append('ours.reader')")),
        ),
        file("ours/motto.txt", "two"),
    ),
    "a module among the settings": (
        "{{ said.WORD }}",
        file(
            "words.py",
            "WORD = 'one'",
            setting(f"{BESIDE}import words\nJINJA_GLOBALS = {{'said': words}}"),
        ),
        file("words.py", "WORD = 'two'"),
    ),
    "a template behind a link": (
        "{% include 'components/flag.html' %}",
        linked("templates/components", "flag.html", "one"),
        linked("templates/components", "flag.html", "two"),
    ),
    "a stylesheet behind a link": (
        "",
        linked("static/css/components", "flag.css", ".flag{color:red}"),
        linked("static/css/components", "flag.css", ".flag{color:blue}"),
    ),
}
"""What changes -> what is put before </body>, how the project is made, and how it is changed."""


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_the_project_is_seen(tmp_path: Path, name: str) -> None:
    snippet, made, changed = CHANGES[name]
    project = checkout(tmp_path / "project")
    outlet = Outlet(tmp_path, project)
    outlet.story("a")
    base = project / "broadside" / "theme" / "templates" / "base.html"
    base.write_text(base.read_text("utf-8").replace("</body>", f"{snippet}</body>"), "utf-8")
    made(project)
    assert "published," in outlet.rebuild()
    before = outlet.files()
    changed(project)
    assert "published," in outlet.rebuild()
    incremental = outlet.files()
    assert differing(before, incremental) != []
    outlet.rebuild(clean=True)
    assert (
        name == "something that nobody can compare" or differing(incremental, outlet.files()) == []
    )
