"""Lists of an outlet in any style of YAML take new entries: what stands there stays, and all of it
can be read.
"""

from __future__ import annotations

from pathlib import Path
from time import process_time
from typing import Any

import pytest

from archives import imported, item, wordpress
from broadside.front_matter.yaml_nodes import parse
from broadside_import.yaml_lists import extended
from tests.sample import Outlet

STYLES = {
    "block": (
        "# Ours\n- name: World\n  slug: earth  # the first\n- name: Europe\n  description: Near.\n#"
        " The end\n"
    ),
    "indented": "  - name: World\n    slug: the-world\n\n  # a note\n  - name: Europe\n",
    "wide": "-   name: World\n-\n    name: Europe\n",
    "no break at its end": "- name: World\n- name: Europe",
    "flow": "[{name: World}, {name: Europe}]\n",
    "flow before a remark": "[{name: World, slug: earth}, {name: Europe}] # two\n",
    "flow in lines": "[\n  {name: World},\n  # the second\n  {name: Europe, slug: europe},\n]\n",
    "flow in a block": "- {name: World, slug: earth}\n# the second\n- {name: Europe}\n",
    "JSON": '[{"name": "World"},\n {"name": "Europe"}]',
    "under a key": "items:\n  - name: World\n  - name: Europe\n",
    "flow under a key": "items: [{name: World}, {name: Europe}]\n# all\n",
    "with marks of a document": "---\n- name: World\n- name: Europe\n...\n",
    "words in lines": (
        "- name: World\n  description: >\n    Far\n    and wide.\n\n- name: Europe\n  description:"
        " |-\n    Near.\n\n# end\n"
    ),
    "quotes": "- 'name': \"World\"\n- \"name\": 'Europe'\n  description: 'It''s\n    near.'\n",
    "a key without a value": "- name: World\n- name: Europe\n  description:\n\n",
    "addresses": (
        "- name: World\n  redirect_from: [/earth/]\n- name: Europe\n  redirect_from:\n  - /old/  #"
        " once\n"
    ),
    "Windows": "\ufeff- name: World\r\n- name: Europe\r\n  description: Near.\r\n",
    "capitals": "- Name: World\n- NAME: Europe\n",
}
NEW: list[dict[str, Any]] = [
    {
        "name": "North & Ice",
        "description": 'Said "so": yes',
        "redirect_from": ["/north/", "/ice: or not/"],
    },
    {"name": "no"},
]
FORMER = {"World": ["/category/world/", "/w/"], "Europe": ["/category/europe/"]}


def read(text: str) -> list[dict[str, Any]]:
    plain = parse(text.lstrip("\ufeff"), "sections.yml")
    assert plain.faults == []
    found = plain.value["items"] if isinstance(plain.value, dict) else plain.value
    return found or []


@pytest.mark.parametrize("text", STYLES.values(), ids=STYLES)
def test_a_list_in_any_style_takes_entries_and_addresses_and_keeps_the_rest(text: str) -> None:
    before = read(text)
    made = extended(text, NEW, FORMER)
    expected = [{"redirect_from": FORMER[each["name"]]} | each for each in before] + NEW
    assert read(made) == expected
    kept = iter(made)
    assert all(char in kept for char in text), "all that was there is there, in its order"
    assert (
        ("\n" in text and "\r\n" not in text)
        or made.count("\n") == made.count("\r\n")
        or "\r" not in text
    )
    assert extended(made, [], FORMER) == made


@pytest.mark.parametrize("text", ["", "# Nothing yet", "[]\n", "items: []\n", "---\n# none\n"])
def test_a_list_without_entries_takes_some(text: str) -> None:
    made = extended(text, NEW, {})
    assert read(made) == NEW
    assert made.startswith(text.rstrip("]\n"))


@pytest.mark.parametrize("style", ["indented", "flow in lines", "JSON", "under a key"])
def test_an_import_adds_to_a_list_in_its_style(tmp_path: Path, style: str) -> None:
    outlet = Outlet(tmp_path)
    outlet.write("sections.yml", STYLES[style])
    source = tmp_path / "export.xml"
    source.write_text(
        wordpress(item(1, "Text.", categories=[("category", "north", "North")]), item(2, "More."))
    )
    for _ in range(2):
        imported(outlet, "wordpress", source)
        sections = read((outlet.content / "sections.yml").read_text("utf-8"))
        assert [each["name"] for each in sections] == ["World", "Europe", "North"]
        assert sections[0]["redirect_from"] == ["/category/world/"]
    assert outlet.run("check", "--content", "content").returncode == 0


def test_a_second_import_costs_no_more_than_the_first(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    source = tmp_path / "export.xml"
    tags = [
        [("post_tag", f"tag-{story}-{tag}", f"Tag {story} {tag}") for tag in range(10)]
        for story in range(30)
    ]
    source.write_text(
        wordpress(*(item(number, "Text.", categories=each) for number, each in enumerate(tags, 1)))
    )
    spent = []
    for _ in range(2):
        before = process_time()
        assert imported(outlet, "wordpress", source).topics == 300
        spent.append(process_time() - before)
    assert spent[1] < 4 * spent[0], "topics.yml is read once, not once for each topic"
