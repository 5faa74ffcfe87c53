"""An upgrade that changes pages lists them, and one that cannot be changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bs4 import BeautifulSoup

from tests.outlets.conftest import Owned
from tests.repository import PROJECT


def test_the_pages_that_change_are_listed(start: Callable[..., Owned], newer: tuple[Path, Path]) -> None:
    outlet = start(PIP_FIND_LINKS=str(newer[1]))
    workflow = ".github/workflows/check.yml"
    outlet.write(workflow, "# ours\n", more=True)
    said = outlet.run("upgrade", str(newer[0]))
    pages = (outlet.path / ".cache/upgrade/changed.txt").read_text("utf-8").splitlines()
    assert {"index.html", "about/index.html"} <= {*pages}
    assert "  404.html" in said
    assert f"{workflow} stays as it is" in said
    assert (outlet.path / workflow).read_text("utf-8").endswith("# ours\n")


def test_a_version_with_which_the_site_cannot_be_built_changes_nothing(
    start: Callable[..., Owned], newer: tuple[Path, Path]
) -> None:
    outlet = start()  # whose pip finds no almanac
    said = outlet.run("upgrade", str(newer[0]), code=1)
    assert "nothing was changed" in said
    assert outlet.git("status", "--short") == ""


LOOK = """
[brand]
logo = "logo.svg"

[light]
accent = "#9c3419"

[faces]
serif = "letter.woff2"
sans = "system"
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path d="M0 5h40" stroke="#123"/></svg>\n'
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


def test_look_words_menus_and_addresses_are_as_they_were_after_templates_and_words_changed(
    start: Callable[..., Owned], newer: tuple[Path, Path]
) -> None:
    outlet = start("--lang", "es", PIP_FIND_LINKS=str(newer[1]))
    outlet.write("theme/look.toml", LOOK)
    outlet.write("theme/logo.svg", LOGO)
    outlet.write("theme/words/es.po", WORDS)
    outlet.write("pelicanconf.py", MENUS, more=True)
    fonts = outlet.path / "theme/fonts"
    fonts.mkdir()
    (fonts / "letter.woff2").write_bytes((PROJECT / "theme/faces/serif.woff2").read_bytes())
    (story,) = (outlet.path / "content/articles").rglob("*.md")
    text = story.read_text("utf-8").replace("lang: en\n", "")
    for name in ("una", "otra"):
        story.with_name(f"{name}.md").write_text(text.replace("How to write the next", f"How to write {name}"), "utf-8")
    outlet.git("add", "-A")
    outlet.git("commit", "-qm", "Our look, words and menus")
    built = ("build", "--clean", "--now", "2027-01-10T09:00")
    outlet.run(*built)
    before = outlet.site()
    outlet.run("upgrade", str(newer[0]))
    assert not any(
        line[3:].startswith(("theme/", "pelicanconf")) for line in outlet.git("status", "--short").splitlines()
    )
    outlet.run(*built)
    after = outlet.site()

    assert before.keys() == after.keys()
    named = [name for name in before if name.startswith("theme/")]
    assert [before[name] for name in named] == [after[name] for name in named], "style sheet, faces and logo"
    (page,) = [name for name in before if name.endswith("una-story/index.html")]
    old, new = (BeautifulSoup(site[page], "lxml") for site in (before, after))
    assert "data-newer" in str(new)
    assert (("Lo último" in old.text), ("Lo último, ahora" in new.text)) == (True, True)
    assert "Siga leyendo" in old.text
    assert "Siga leyendo" in new.text
    assert "Seguir leyendo" not in new.text
    for part in ("head", ".masthead", "header", "nav", "footer nav"):
        assert [str(each) for each in old.select(part)] == [str(each) for each in new.select(part)], part
