"""Every use of the clock in what makes the site is known to ./inv due, or has a reason not to
be.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from broadside.build.due import moments
from broadside.content.doors import MOMENTS
from tests.repository import PROJECT
from tools import rooms

HOURS, YEARS, GIVEN = "due_hours", "new_years", "the moments that the plugin gives"
USES = {
    "plugins/front_page/page.py pages": GIVEN,
    "plugins/sitemaps/maps.py pages": GIVEN,
    "plugins/support/__init__.py add_calls": GIVEN,
    "plugins/support/__init__.py pages": GIVEN,
    "plugins/banner/__init__.py add_banner": GIVEN,
    "broadside/dates.py now_of": "the clock itself",
    "broadside/content/read.py read_options": "hands the clock to all others",
    "broadside/site/arrange.py arrange": YEARS,
    "broadside/content/relations.py check": HOURS,
    "broadside/content/relations.py _front_page": "a warning, which readers do not see",
    "broadside/site/story.py story": YEARS,
    "broadside/site/__init__.py begun": YEARS,
    "plugins/rails/__init__.py _of_most_read": (
        "how old the list is: Site.turns has when it is too old"
    ),
    "broadside/build/run.py": "until when the site stands",
    "broadside/build/up_to_date.py": "whether the site still stands",
    "broadside/build/due.py": "the calendar itself",
    "broadside/build/release.py": "whether the clock was set back",
    "broadside/dates.py is_stated": "whether it is a machine's clock",
    "broadside/content/cache.py": "how old a file is, not the site",
    "broadside/media/picture_store.py": "how old a finished picture is, not the site",
}
"""Each function that looks at the clock -> the function that says the moments at which what it
makes changes.
"""

MAKE_THE_SITE = (*rooms.ROOMS[: rooms.ROOMS.index("plugins") + 1], "build")


def looks(path: Path) -> Iterator[str]:
    """The functions of a module that ask what time it is: of the read options, of the settings, or
    of the machine.
    """
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            for inner in ast.walk(node):
                if _is_clock(inner):
                    yield node.name


def _is_clock(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return node.value == "SOURCE_DATE_EPOCH"
    if not isinstance(node, ast.Attribute):
        return False
    if node.attr == "NOW":
        return True
    whose = ast.unparse(node.value)
    machine = {"now", "today", "utcnow", "time", "time_ns", "localtime", "gmtime", "strftime"}
    return (node.attr == "now" and ("reading" in whose or "options" in whose)) or (
        node.attr in machine and whose in ("datetime", "date", "time")
    )


def test_every_use_of_the_clock_is_known_to_the_calendar() -> None:
    found = {
        f"{path.relative_to(PROJECT).as_posix()} {function}"
        for name, path in rooms.modules().items()
        if rooms.room_of(name) in MAKE_THE_SITE and name not in rooms.DOORS
        for function in looks(path)
    }
    unknown = {use for use in found if use not in USES and use.partition(" ")[0] not in USES}
    assert not unknown, (
        "say in ./inv due when this changes the site (broadside/build/due.py), and name it here"
    )
    assert {use for use in USES if " " in use} <= found, "these look at the clock no more"


def test_the_calendar_asks_all_of_them() -> None:
    tree = ast.parse((PROJECT / "broadside" / "build" / "due.py").read_text("utf-8"))
    body = next(
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == moments.__name__
    )
    called = {
        node.func.id
        for node in ast.walk(body)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert {HOURS, YEARS} <= called
    plugins = {place.split("/")[1] for place, by in USES.items() if by == GIVEN}
    assert {given.__module__ for given in MOMENTS} == {
        f"broadside.plugins.{name}.content" for name in plugins
    }
