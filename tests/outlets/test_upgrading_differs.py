"""An upgrade that changes pages lists them and leaves what is the outlet's own, and one that cannot
be changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.outlets.conftest import Owned
from tests.repository import PROJECT

WORKFLOW = ".github/workflows/check.yml"
LOOK = """
[brand]
logo = "logo.svg"

[light]
accent = "#9c3419"

[faces]
serif = "letter.woff2"
sans = "system"
"""
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path d="M0 5h40"'
    ' stroke="#123"/></svg>\n'
)
WORDS = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Keep reading"
msgstr "Siga leyendo"
"""
MENUS = """
MENUITEMS = ["sections", ("Hemeroteca", "hemeroteca/"), ("Hazte socio", "quienes-somos/", "highlight")]
FOOTER_LINKS = [("Leer", [("Autores", "autores/")]), ("Seguirnos", SOCIAL)]
"""


@pytest.fixture
def spanish(start: Callable[..., Owned], newer: tuple[Path, Path]) -> Owned:
    """A Spanish outlet with a look, a word, menus and a workflow of its own, and two stories."""
    outlet = start("--lang", "es", PIP_FIND_LINKS=str(newer[1]))
    outlet.write("theme/look.toml", LOOK)
    outlet.write("theme/logo.svg", LOGO)
    outlet.write("theme/words/es.po", WORDS)
    outlet.write("pelicanconf.py", MENUS, more=True)
    outlet.write(WORKFLOW, "# ours\n", more=True)
    fonts = outlet.path / "theme/fonts"
    fonts.mkdir()
    (fonts / "letter.woff2").write_bytes((PROJECT / "theme/faces/serif.woff2").read_bytes())
    (story,) = (outlet.path / "content/articles").rglob("*.md")
    text = story.read_text("utf-8")
    for name in ("una", "otra"):
        own = re.sub(
            r"(?m)^title: .*", f"title: Escribir {name}", re.sub(r"(?m)^slug: .*\n", "", text)
        )
        story.with_name(f"{name}.md").write_text(own, "utf-8")
    outlet.git("add", "-A")
    outlet.git("commit", "-qm", "Our look, words and menus")
    return outlet


def test_the_pages_that_change_are_listed_and_look_words_and_menus_are_as_they_were(
    spanish: Owned, newer: tuple[Path, Path]
) -> None:
    built = ("build", "--clean", "--now", "2027-01-10T09:00")
    spanish.run(*built)
    before = spanish.site()
    said = spanish.run("upgrade", str(newer[0]))
    pages = (spanish.path / ".cache/upgrade/changed.txt").read_text("utf-8").splitlines()
    assert {"index.html", "quienes-somos/index.html"} <= {*pages}
    assert "  404.html" in said
    assert f"{WORKFLOW} stays as it is" in said
    touched = {line[3:] for line in spanish.git("status", "--short").splitlines()}
    assert touched == {"requirements.in", "requirements.lock", f"vendor/{newer[0].name}"}

    spanish.run(*built)
    after = spanish.site()
    assert before.keys() == after.keys(), "the same addresses"
    for name in before:
        if name.startswith("theme/"):
            assert before[name] == after[name], f"{name}, of style sheet, typefaces and logo"
    (page,) = (name for name in before if name.endswith("escribir-una/index.html"))
    old, new = (BeautifulSoup(site[page], "lxml") for site in (before, after))
    assert not old.select("[data-newer]")
    assert new.select("[data-newer]"), "the template is the newer one"
    assert "Lo último, ahora" not in old.text
    assert "Lo último, ahora" in new.text, "the words are the newer ones"
    for part in ("head", ".masthead", ".colophon-groups", ".stream h2:first-of-type"):
        assert old.select(part), part
        assert [*map(str, old.select(part))] == [*map(str, new.select(part))], part
    for each in (old, new):
        assert "Siga leyendo" in each.text
        assert "Seguir leyendo" not in each.text


def test_a_version_with_which_the_site_cannot_be_built_changes_nothing(
    start: Callable[..., Owned], newer: tuple[Path, Path]
) -> None:
    outlet = start()  # whose pip finds no almanac
    said = outlet.run("upgrade", str(newer[0]), code=1)
    assert "nothing was changed" in said
    assert outlet.git("status", "--short") == ""
