"""The locks: everything that is asked for, with hashes, and no host."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from broadside import __version__
from broadside.outlet.wheels import ADD_ONS
from tests.checkout import checkout
from tests.sample import Outlet

HERE = Path(__file__).resolve().parent.parent
LOCK, TESTS = Path("requirements.lock"), Path("requirements-dev.lock")
FETCHED = [
    Path("requirements-publish.lock"),
    Path("requirements-test.lock"),
    Path("requirements-wheel.lock"),
    Path("requirements-words.lock"),
    *(Path("extras", name, "requirements.lock") for name in ADD_ONS),
    Path("tests/deploy/requirements.lock"),
    Path("tests/reader/requirements.lock"),
    Path("tools/docs/requirements.lock"),
    Path(".ci/audit.lock"),
]
"""Locks of what is fetched only when it is asked for."""
NEED_NOTHING = ("announce", "server")
"""Add-ons that need nothing beside the engine."""
ASKED = [
    ("requirements-dev.in", TESTS),
    *((lock.with_suffix(".in"), lock) for lock in FETCHED if lock.parent.name not in NEED_NOTHING),
]


def packages(path: str | Path) -> set[str]:
    """The packages that a list or a lock names, each with its version where that is said."""
    lines = (HERE / path).read_text(encoding="utf-8").splitlines()
    return {line.split()[0] for line in lines if line[:1].isalnum()}


def names_in(path: str | Path) -> set[str]:
    """The packages that a list or a lock names."""
    return {re.split(r"\[|==", each)[0] for each in packages(path)}


def project(path: str = ".") -> dict[str, Any]:
    """What a folder's pyproject.toml says of its wheel."""
    project: dict[str, Any] = tomllib.loads((HERE / path / "pyproject.toml").read_text("utf-8"))[
        "project"
    ]
    return project


def asked_of_the_wheel() -> set[str]:
    """The packages that the engine asks for."""
    return {re.split(r"\[|[=<>]", each)[0] for each in project()["dependencies"]}


@pytest.mark.parametrize("path", [LOCK, TESTS, *FETCHED], ids=str)
def test_the_lock_names_no_host_and_a_hash_for_every_package(path: Path) -> None:
    lock = (HERE / path).read_text(encoding="utf-8")
    assert "://" not in lock
    blocks = [block for block in lock.replace("\\\n", " ").splitlines() if block[:1].isalnum()]
    assert len(blocks) > (30 if path in (LOCK, TESTS) else 0) or path.parent.name in NEED_NOTHING
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize(("names", "lock"), ASKED, ids=str)
def test_a_lock_holds_every_package_that_is_asked_for(names: str | Path, lock: Path) -> None:
    asked, locked = names_in(names), names_in(lock)
    assert asked
    assert asked - locked == set()


def test_a_build_brings_nothing_that_only_tests_need() -> None:
    assert packages(LOCK) < packages(TESTS), "what tests run on is what builds run on"
    assert asked_of_the_wheel() <= names_in(LOCK)
    only = names_in("requirements-dev.in") - asked_of_the_wheel()
    assert len(only) > 10
    assert only & names_in(LOCK) == set()


@pytest.mark.parametrize("name", ADD_ONS)
def test_an_add_on_asks_for_the_engine_of_its_version_and_for_what_the_engine_does_not_ask_for(
    name: str,
) -> None:
    add_on = project(f"extras/{name}")
    assert add_on["version"] == __version__
    engine, *needed = add_on["dependencies"]
    assert engine == f"{project()['name']}=={__version__}"
    assert {*needed} <= names_in(f"extras/{name}/requirements.lock")
    assert {*needed} & asked_of_the_wheel() == set()


@pytest.mark.parametrize("path", [".", *(f"extras/{name}" for name in ADD_ONS)])
def test_a_wheel_is_made_by_what_the_lock_names(path: str) -> None:
    build = tomllib.loads((HERE / path / "pyproject.toml").read_text("utf-8"))["build-system"]
    assert {*build["requires"]} <= packages("requirements-wheel.lock")


def test_the_importer_runs_on_the_versions_of_the_engine_and_of_the_tests() -> None:
    both = names_in("extras/import/requirements.lock") & names_in(LOCK)
    assert "beautifulsoup4" in both
    assert {
        each
        for each in packages("extras/import/requirements.lock")
        if re.split("==", each)[0] in both
    } <= packages(LOCK)
    assert packages("extras/import/requirements.lock") <= packages(TESTS)
    assert {"markdownify", "mdit-py-plugins"} & names_in(LOCK) == set()


def test_no_text_reaches_the_old_pygments_that_pelican_is_bound_to(tmp_path: Path) -> None:
    """SECURITY.md and pyproject.toml say so; both ways into Pygments are stopped up here."""
    stop = (
        "import pygments.lexer\npygments.lexer.Lexer.get_tokens ="
        " pygments.lexer.Lexer.get_tokens_unprocessed = None"
    )
    outlet = Outlet(tmp_path / "outlet", checkout(tmp_path / "project", stop))
    outlet.story("code", body="```python\nprint('one')\n```\n\n    :::python\n    import this\n")
    done = outlet.build()
    assert done.returncode == 0, done.stderr
    assert "print(" in (outlet.output / "2026/11/code/index.html").read_text("utf-8")


MODULES = {
    "PIL": "pillow",
    "bs4": "beautifulsoup4",
    "yaml": "pyyaml",
    "markdown_it": "markdown-it-py",
}
"""Modules whose package has another name."""
EXTRAS = {
    "publish": "requirements-publish.in",
    "test": "requirements-test.in",
    "words": "requirements-words.in",
}


def imported(*folders: str) -> Iterator[tuple[str, list[str]]]:
    """Each module of others that code in these folders imports, with the names that are taken from
    it.
    """
    files = [path for folder in folders for path in (HERE / folder).rglob("*.py")]
    assert files
    for node in (node for path in files for node in ast.walk(ast.parse(path.read_text("utf-8")))):
        if isinstance(node, ast.ImportFrom):
            yield str(node.module), [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from ((alias.name, []) for alias in node.names)


def packages_of(*folders: str) -> set[str]:
    """The packages of others that code in these folders imports."""
    tops = {name.partition(".")[0] for name, _ in imported(*folders)}
    others = (
        tops
        - sys.stdlib_module_names
        - {
            "broadside",
            "broadside_announce",
            "broadside_import",
            "broadside_server",
            "plugins",
            "__future__",
        }
    )
    return {MODULES.get(top, top.replace("_", "-").lower()) for top in others}


def test_the_engine_asks_for_what_it_imports_and_for_nothing_else() -> None:
    extras = {name: {*needed} for name, needed in project()["optional-dependencies"].items()}
    assert extras == {name: names_in(path) for name, path in EXTRAS.items()}
    others = {"pytest", "beautifulsoup4"}  # run as a program; for add-ons and tests of outlets
    assert packages_of("broadside", "plugins") | others == asked_of_the_wheel().union(
        *extras.values()
    )


@pytest.mark.parametrize("name", ADD_ONS)
def test_an_add_on_asks_for_what_it_imports_beyond_the_engine_and_for_nothing_else(
    name: str,
) -> None:
    used = packages_of(f"extras/{name}/broadside_{name}") - asked_of_the_wheel()
    assert used == {*project(f"extras/{name}")["dependencies"][1:]}


def test_nothing_uses_inner_modules_or_names_of_others() -> None:
    found = imported("broadside", "plugins", "extras/import/broadside_import")
    others = [
        (name, names) for name, names in found if not name.startswith(("broadside", "__future__"))
    ]
    parts = [part for name, names in others for part in (*name.split("."), *names)]
    assert [part for part in parts if part.startswith("_")] == []
    assert [name for name, _ in others if name.startswith("feedgenerator.")] == []


def test_the_package_says_what_it_is_and_whose_its_files_are() -> None:
    told = project()
    assert {"Framework :: Pelican", "Framework :: Pelican :: Plugins", "Typing :: Typed"} <= {
        *told["classifiers"]
    }
    assert told["authors"]
    assert told["keywords"]
    assert (HERE / "broadside/py.typed").is_file()
    assert all((HERE / path).is_file() for path in told["license-files"])
    named = re.findall(
        r"[\w./-]+/|\.gitattributes|\.git\S+\.yml", (HERE / "LICENSE-OUTLETS").read_text("utf-8")
    )
    assert {"broadside/starter/", ".gitattributes", ".gitlab-ci.yml"} <= {*named}
