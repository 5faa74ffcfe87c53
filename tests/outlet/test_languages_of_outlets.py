"""What a new outlet in another language has: addresses, story types and pages in it; and addresses
that move later.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from broadside.outlet.starting import addresses_in
from broadside.slugs import slug_problem
from broadside.words import Catalogs
from tests.checkout import checkout
from tests.sample import NOW, Outlet


@pytest.mark.parametrize("lang", Catalogs().languages)
def test_addresses_are_folders_that_differ(lang: str) -> None:
    folders = addresses_in(Catalogs().of(lang)).values()
    assert len({*folders}) == len(folders)
    assert [folder for folder in folders if slug_problem(folder.partition("/")[0])] == []
    assert addresses_in(Catalogs().of("en")) == {}


def settings(lang: str) -> str:
    return "\n".join(
        f'{name} = "{address}"' for name, address in addresses_in(Catalogs().of(lang)).items()
    )


def test_a_site_with_spanish_addresses_has_no_english_one(tmp_path: Path) -> None:
    lines = [settings("es"), 'DEFAULT_LANG = "es"', "FOOTER_LINKS = []"]
    outlet = Outlet(tmp_path, checkout(tmp_path / "project", "\n".join(lines)))
    outlet.story(
        "uno",
        topics=["Hielo"],
        corrections=[{"date": "2026-11-21", "type": "correction", "text": "Cinco."}],
    )
    outlet.story("dos", status="draft")
    outlet.roundup("2026-11-24")
    assert "published," in outlet.rebuild(drafts=True)
    tops = {name.partition("/")[0] for name in outlet.files()}
    spanish = "secciones autores temas generos borradores ultimos hemeroteca fe-de-errores buscar resumen".split()
    assert {*spanish} <= tops
    assert not tops & {
        *"sections authors topics types drafts latest archive corrections search roundup".split()
    }
    assert {
        "2026/11/uno/republicar/index.html",
        "hemeroteca/2026/11/index.html",
        "ultimos/rails.html",
    } <= outlet.files().keys()
    links = {
        str(link["href"])
        for name in ("", "buscar/")
        for link in outlet.html(name).select("a[href]")
    }
    assert {"/ultimos/", "/hemeroteca/", "/fe-de-errores/", "/buscar/", "/resumen/"} <= links


def test_addresses_that_move_lead_on_and_are_not_missed(tmp_path: Path) -> None:
    project = checkout(tmp_path / "project")
    outlet = Outlet(tmp_path, project)
    outlet.story("uno", topics=["Hielo"])
    assert "published," in outlet.rebuild()
    assert outlet.run("permalinks", "--content", "content", "--now", NOW).returncode == 0
    with (project / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write("\n" + settings("es"))
    lost = outlet.build()
    assert lost.returncode == 1
    assert "lost-address" in lost.stderr
    with (project / "pelicanconf.py").open("a", encoding="utf-8") as file:
        former = {
            "sections": "secciones",
            "authors": "autores",
            "topics": "temas",
            "types": "generos",
            "archive": "hemeroteca",
        }
        former |= {
            "latest": "ultimos",
            "corrections": "fe-de-errores",
            "search": "buscar",
            "republish": "republicar",
        }
        file.write(
            f"\nFORMER_URLS = { ({f'{old}/': f'{new}/' for old, new in former.items()})!r}\n"
        )
    done = outlet.build()
    assert done.returncode == 0, done.stderr
    files = outlet.files()
    for old, new in (
        ("authors/ana-pereira/", "autores/ana-pereira/"),
        ("authors/", "autores/"),
        ("archive/2026/11/", "hemeroteca/2026/11/"),
        ("search/", "buscar/"),
        ("2026/11/uno/republish/", "2026/11/uno/republicar/"),
    ):
        assert f'url=/{new}"' in files[f"{old}index.html"].decode()
        assert f"/{old} /{new} 301\n" in files["_redirects"].decode()
    assert "/corrections/feed.xml /fe-de-errores/feed.xml 301\n" in files["_redirects"].decode()


@pytest.mark.parametrize("written", ["/archivo/", "archivo", "Archivo/", "", "a b/"])
def test_an_address_that_is_no_folder_is_refused(tmp_path: Path, written: str) -> None:
    outlet = Outlet(tmp_path, checkout(tmp_path / "project", f'ARCHIVE_URL = "{written}"'))
    outlet.story()
    done = outlet.build()
    assert done.returncode == 1
    assert "ARCHIVE_URL" in done.stderr
