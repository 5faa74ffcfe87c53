"""What a process builds after another outlet's site."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from broadside.config.options import Options
from broadside.faults import FaultsFound
from tests.forked import alone
from tests.sample import NOW, Outlet

PLUGIN = """
from msgspec import Struct
from broadside.plugin import (
    IN_LISTS, Attribute, ContentFile, ContentList, FrontBlock, Keyed, Keys, Kind, Page, Plugin,
    ServedAs, Terms, add_key, give, key,
)
class Dock(Struct, metaclass=Keyed):
    name: str = key("the dock", required=True)
class Docks(Struct, metaclass=Keyed):
    items: list[Dock] = key("the docks", default=[])
class Moored(Struct, metaclass=Keyed):
    ship: str = key("the ship", shown=IN_LISTS)
PORT = Kind("port", "ports", "harbours", "", "", pattern="ports/{slug}/", has_list=False)
def register():
    add_key("cargo", "what is on board")
    give(__name__, Plugin(
        keys=[Keys(Moored)], lists=[ContentList("docks.yml", Docks)],
        files=[ContentFile("tides.txt", lambda data: (data.decode(), []), "")],
        attributes=[Attribute("flag", IN_LISTS, "its flag", lambda record, around: "red")],
        blocks=[FrontBlock("fleet", ("title",), lambda site: site.stories, 3)],
        types={"logbook": "OpinionNewsArticle"}, terms=[Terms(PORT, "its port")],
        served=[ServedAs("track.gpx", "application/gpx+xml")],
        pages=[lambda site: [Page("fleet.txt", b"All ships")]],
    ))
"""


@pytest.mark.slow
def test_a_build_keeps_nothing_of_what_another_outlets_plugin_gave(tmp_path: Path) -> None:
    sailing, ashore = Outlet(tmp_path / "sailing"), Outlet(tmp_path / "ashore")
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "moored.py").write_text(PLUGIN, "utf-8")
    for outlet in (sailing, ashore):
        outlet.write("story_types.yml", "- name: Analysis\n- name: Logbook\n")
        outlet.story("plain", type="Logbook")
    told: Any = {"ship": "Vega", "cargo": "Cod", "ports": ["Oban"]}
    sailing.story("moored", **told)
    sailing.write("docks.yml", "- name: East\n")
    sailing.write("tides.txt", "high\n")
    sailing.write("front_page.yml", "blocks:\n  - block: fleet\n")
    alone_output = tmp_path / "alone"
    assert "published," in ashore.rebuild(output=alone_output)

    def both() -> None:
        from broadside.build import run
        from broadside.site import policies

        sys.path.append(str(tmp_path / "lib"))
        of_project = vars(run)["settings_of"]

        def build(outlet: Outlet, *own: str, content: Outlet | None = None) -> None:
            def with_own(*asked: Any) -> Any:
                found = of_project(*asked)
                return found.but(PLUGINS=[*found.PLUGINS, *own])

            vars(run)["settings_of"] = with_own
            where = str((content or outlet).content)
            run.make_site(Options(where, str(outlet.output), now=NOW, jobs=1), "")

        build(sailing, "moored")
        assert (sailing.output / "fleet.txt").is_file()
        assert "track.gpx" in policies.NAMED
        build(ashore)
        assert "track.gpx" not in policies.NAMED
        with pytest.raises(FaultsFound) as found:
            build(ashore, content=sailing)
        codes = sorted((Path(each.path).name, each.code) for each in found.value.faults)
        assert [each for each in codes if each[0] == "moored.md"] == [
            ("moored.md", "unknown-key")
        ] * 3
        assert {"docks.yml", "tides.txt", "front_page.yml"} <= {name for name, _ in codes}

    alone(both)
    assert ashore.files() == ashore.files(alone_output)
