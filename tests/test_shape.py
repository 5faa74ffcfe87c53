"""The rules of the code's shape that a reader of CONTRIBUTING.md relies on."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sample import Outlet
from tools import rooms

ROOT = Path(__file__).parent.parent
FEATURES = (
    "sponsor",
    "campaign",
    "discussion",
    "how_made",
    "checked_by",
    "reviewed",
    "isbn",
    "podcast",
    "audio_credit",
    "running coverage",
    "earlier versions",
    "debate",
    "cover_date",
    "rhythm",
    "key_terms",
    "audit",
)
"""Words of features that are whole in a folder of plugins/."""
WORDS_OF_THE_CORE = {
    "admin": "a reserved folder of the site",
    "assets": "style sheets and scripts, which every page has",
    "cards": "teasers, and the reserved folder of the pictures of links",
    "desk": "editors, and where an author works",
    "feeds": "of each kind of term",
    "how_made": "the id of a place on a page, which texts may not use",
    "indexes": "of each kind of term",
    "manifest": "a list of a build's files",
    "newsletter": "a place on the front page, and the server of its form",
    "pictures": "photos, charts and stills",
    "recordings": "a kind of file",
    "redirects": "answers of servers",
    "search": "engines, and looking for something",
    "series": "lists of stories in their order",
    "sitemaps": "a reserved folder of the site",
    "sources": "files of content",
    "standard_site": "the records of an account, which an add-on writes too",
    "stories": "what is published",
    "structured_data": "what the tests of readers measure",
    "support": "what browsers can do",
    "versions": "of code, files and pictures",
}
"""Plugins with names that mean something else in the core -> what."""
STILL_NAMED = {
    "corrections": "a key of stories, which the ledger, feeds, and audits read",
    "front_page": "front_page.yml, which a content folder has",
    "keep_reading": "a setting, and the key stream",
    "rails": "a setting, and the key rail of sections",
    "related": "the keys related and answers",
    "republish": "the key republish, and an address below stories",
    "robots": "the header that keeps previews out of search engines",
}
"""Plugins of which the core still has a part -> which."""


def test_imports_go_down() -> None:
    """From each room to its own and those below it, in the order that CONTRIBUTING.md gives; those
    inside functions count too.

    An add-on's go to its interface alone, and the engine imports nothing of it.
    """
    assert rooms.upward() == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert rooms.circle() == []


def test_the_core_imports_no_plugin() -> None:
    core = {name for name in rooms.modules() if not name.startswith("plugins.")}
    found = [
        (name, other)
        for name in core
        for other in rooms.imports()[name]
        if other.startswith("plugins")
    ]
    assert found == []


def test_the_core_names_no_plugin_but_those_whose_names_are_words_of_its_own() -> None:
    core = " ".join(
        path.read_text("utf-8")
        for path in (ROOT / "broadside").rglob("*.py")
        if "plugins" not in path.parts
    )
    folders = [path.parent.name for path in (ROOT / "plugins").glob("*/__init__.py")]
    named = {
        name
        for name in folders
        if re.search(rf"(?<![a-z]){name.replace('_', '[_ -]?')}(?![a-z])", core, re.I)
    }
    assert named == WORDS_OF_THE_CORE.keys() | STILL_NAMED.keys()


@pytest.mark.parametrize("word", FEATURES)
def test_the_core_does_not_name_a_feature(word: str) -> None:
    files = (ROOT / "broadside").rglob("*.py")
    named = [
        path
        for path in files
        if "plugins" not in path.parts and word in path.read_text("utf-8").casefold()
    ]
    assert named == []


@pytest.mark.parametrize(("package", "interface"), rooms.ADD_ONS.items())
def test_an_interface_holds_what_its_add_on_uses_and_no_more(package: str, interface: str) -> None:
    used = {
        alias.name
        for name, path in rooms.modules().items()
        if rooms.room_of(name) == package
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == f"broadside.{interface}"
        for alias in node.names
    }
    assert used == {*importlib.import_module(f"broadside.{interface}").__all__}


def loaded_by(code: str, modules: set[str], later: str = "") -> str:
    """Which of these modules a new process has loaded after it ran this code, as it prints them;
    `later` is run after that.
    """
    asked = f"print(sorted({modules} & {{*sys.modules}}))"
    lines = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}\n{asked}\n{later}"
    command = [sys.executable, "-P", "-c", lines]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_to_see_that_the_site_stands_takes_no_more_than_it_needs() -> None:
    heavy = {"pelican", "broadside.config.checks", "jinja2", "markdown", "PIL"}
    assert loaded_by("import broadside.build.build", heavy) == "[]\n"


def test_to_check_stories_takes_no_pelican_and_who_needs_it_later_gets_it_whole(
    tmp_path: Path,
) -> None:
    outlet = Outlet(tmp_path)
    outlet.story()
    checked = (
        "from broadside.config.options import Options\n"
        "from broadside.editing.check import check\n"
        f"check(Options(content={str(outlet.content)!r}))"
    )
    later = (
        "import pelican.settings, broadside.build.run\nassert pelican.settings.read_settings is"
        " pelican.read_settings"
    )
    heavy = {"pelican", "docutils", "jinja2", "numpy", "watchfiles"}
    assert loaded_by(checked, heavy, later) == "[]\n"


def test_commands_load_the_plugins_that_give_them_something() -> None:
    code = (
        "import importlib, sys\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "from broadside.content.doors import ADDRESSES, CHECKS, MOMENTS, OWN_PAGES\n"
        "from broadside.config import options\n"
        "from broadside.content.given import FILES, NOTES, TEXTS\n"
        "from broadside.front_matter.data import KEYS\n"
        "from broadside.plugins import FOR_COMMANDS\n"
        "from broadside.settings import pipeline\n"
        "from broadside.site.doors import HEADERS, LINKS, ORIGINS\n"
        "for name in pipeline():\n"
        "    importlib.import_module(name).register()\n"
        "doors = (ADDRESSES, CHECKS, FILES, HEADERS, KEYS, LINKS, MOMENTS, NOTES, ORIGINS, OWN_PAGES)\n"
        "doors = (*doors, TEXTS)\n"
        "given = set().union(*(door.givers for door in doors))\n"
        "print(given == {f'broadside.plugins.{name}' for name in FOR_COMMANDS})\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "True\n"


def test_no_module_is_loaded_under_two_names(tmp_path: Path) -> None:
    """plugins is the outlet's own name; here the engine's folder of that name is reached through
    broadside alone.
    """
    outlet = Outlet(tmp_path)
    outlet.story()
    code = (
        "import os, sys\nfrom broadside.build.build import build\nfrom broadside.config.options"
        f" import Options\nbuild(Options(content={str(outlet.content)!r},"
        f" output={str(outlet.output)!r}))\nfiles = {{}}\nfor name, module in"
        " sys.modules.items():\n    if file := getattr(module, '__file__', None):\n       "
        f" files.setdefault(os.path.realpath(file), set()).add(name)\nrooms = tuple({str(ROOT)!r} +"
        " room for room in ('/broadside/', '/plugins/'))\nours = {file: names for file, names in"
        " files.items() if file.startswith(rooms)}\nassert len(ours) > 100\nprint(sorted(name for"
        " names in ours.values() for name in names if not name.startswith('broadside')))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
