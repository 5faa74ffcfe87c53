"""Stories are picked by their slug, or by the name of their file, which is what the editor in the
browser writes.
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.sample import Outlet


def test_a_story_may_be_named_by_its_file_wherever_one_is_picked(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    cod = outlet.story("cod", title="Half the cod")
    cod.write_text(re.sub(r"slug: .*\n", "", cod.read_text()))
    outlet.story("whole", related=["cod"])
    outlet.story("french", translation_of="cod", lang="fr")
    outlet.write("front_page.yml", "slots:\n- slot: lead\n  story: cod\n")
    outlet.write(
        "series/fish.md", "---\nname: Fish\nform: dossier\nstories: [cod, whole]\n---\nOn fish.\n"
    )
    sides = "sides: [{name: For, stories: [cod]}, {name: Against}]"
    outlet.write(
        "series/quota.md", f"---\nname: Quota\nform: debate\nmotion: M.\n{sides}\n---\nOn it.\n"
    )
    outlet.roundup("2026-11-24", lead="cod")
    assert "published," in outlet.rebuild()
    assert (
        outlet.html("2026/11/whole/").select("section.stream > article")[0]["data-slug"]
        == "half-the-cod"
    )
    assert outlet.html("").select_one(
        '[data-slot=lead] [data-slug="half-the-cod"], [data-slot=lead][data-slug="half-the-cod"]'
    )
    before = outlet.files()
    outlet.story("whole", related=["cod"], body="Other.")
    outlet.rebuild()
    outlet.story("whole", related=["cod"])
    outlet.rebuild()
    assert outlet.files() == before


def test_a_file_with_capitals_may_be_named_as_a_slug_is_spelled(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("half-the-cod").rename(outlet.content / "articles/Cod of 1976.md")
    outlet.write("front_page.yml", "- slot: lead\n  story: cod-of-1976\n")
    assert "published," in outlet.rebuild()


def test_a_name_that_two_files_have_means_none(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("other", title="Cod")
    text = (outlet.content / "articles/other.md").read_text()
    for year, slug in (("2025", "one"), ("2026", "three")):
        outlet.write(f"articles/{year}/two.md", re.sub(r"slug: .*", f"slug: {slug}", text))
    outlet.story("whole", related=["two"])
    assert "unknown-name" in outlet.rebuild()
