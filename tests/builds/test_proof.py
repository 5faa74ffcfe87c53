"""No build publishes a site in which a link leads nowhere, or a page is not whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.checkout import checkout, refused
from tests.sample import Outlet


def changed(file: str, old: str, new: str) -> Callable[[Path], None]:
    """A change to the theme."""

    def change(project: Path) -> None:
        path = project / "broadside" / "theme" / "templates" / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return change


@pytest.mark.parametrize(
    "change",
    [
        changed("components/masthead.html", "addresses.search", "addresses.search[1:]"),
        changed("base.html", "</html>", ""),
        changed("article.html", "<main", "<div"),
        changed("components/skip_link.html", "#main", "#mein"),
    ],
    ids=["link", "cut", "part", "fragment"],
)
@pytest.mark.slow
def test_a_slip_in_the_theme_publishes_nothing(
    built: Outlet, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    assert "html" in refused(built, tmp_path, change), "it names the page"


def test_a_setting_may_not_lead_nowhere_but_elsewhere(built: Outlet, tmp_path: Path) -> None:
    project = checkout(tmp_path / "project", 'SOCIAL = [("Shop", "/shop/")]\n')
    outlet = built.copy(tmp_path, project)
    assert outlet.build().returncode == 1
    with (project / "pelicanconf.py").open("a") as settings:
        settings.write('ELSEWHERE_PATHS = ["/shop/"]\n')
    assert "published," in outlet.rebuild()


def test_writers_may_write_about_templates(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    noted = [{"date": "2026-11-21", "type": "correction", "text": "It is {{ name }}."}]
    body = "Write `{{ title }}` or {% raw %},\n\n    {% for x in y %}\n"
    outlet.story("a", title="What {{ this }} means", body=body, corrections=noted)
    outlet.author("Ana Pereira", links=[{"label": "{{ me }}", "url": "https://me.example/"}])
    assert "published," in outlet.rebuild()


def test_writers_may_write_about_html(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    sample = (
        '<a href="/nowhere/"><img src="/no.png" srcset="/no.png 2x"> <a href="#no"> <link'
        ' href="http://127.0.0.1:8000/no/">'
    )
    outlet.photo()
    photo = '![Ships](photos/harbour.jpg){caption="{{ a caption }}" credit="X"}'
    outlet.story(
        "a", title="The tag <a href='/no/'>", body=f"`{sample}`\n\n```\n{sample}\n```\n\n{photo}\n"
    )
    assert "published," in outlet.rebuild()


def test_below_a_path_every_link_leads_somewhere(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("a", body="See [b]({filename}b.md).")
    outlet.story("b", redirect_from=["/was/b/"])
    assert "published," in outlet.rebuild(siteurl="https://news.example/mag")
    assert b'href="/mag/feed.xml"' in outlet.files()["2026/11/a/index.html"]
