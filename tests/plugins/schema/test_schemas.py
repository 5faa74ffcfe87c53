"""JSON Schemas of the files that people write: they accept what Broadside accepts, and refuse what
their words can say is wrong.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import fastjsonschema
import pytest
from msgspec import Struct

from broadside.content.folder import KINDS as FOLDERS
from broadside.front_matter.data import EVERY_KEY, KINDS, LISTS_OF_DESK, StoryData
from broadside.front_matter.source import clean, split
from broadside.front_matter.validate import Rules, checked
from broadside.front_matter.yaml_nodes import parse
from broadside.look.data import LOOKS
from broadside.plugins.schema.command.schemas import _of_check, names_in, schemas
from broadside.validation import keys_of
from tests.forked import command
from tests.repository import PROJECT

RULES = Rules(ZoneInfo("Europe/Brussels"))
CONTENT = PROJECT / "content"
MADE = schemas(RULES, names_in(CONTENT, RULES))
VALID: dict[str, Callable[[Any], Any]] = {
    name: fastjsonschema.compile(schema, use_default=False) for name, schema in MADE.items()
}


def refuses(name: str, value: Any) -> bool:
    try:
        VALID[name](value)
    except fastjsonschema.JsonSchemaException:
        return True
    return False


def sources(root: Path) -> Iterator[tuple[str, str, bytes]]:
    """Kind, path and bytes of each file with a header."""
    for folder, kind in FOLDERS.items():
        if kind in KINDS:
            for path in sorted((root / folder).rglob("*.md")):
                yield kind, str(path.relative_to(root)), path.read_bytes()


def test_every_file_of_the_demo_is_valid() -> None:
    found = [(kind, path, split(data.decode(), path).data) for kind, path, data in sources(CONTENT)]
    found += [
        (path.stem, path.name, parse(path.read_text("utf-8"), path.name).value)
        for path in CONTENT.glob("*.yml")
    ]
    looks = [PROJECT / "halyard/theme/look.toml", *LOOKS.glob("*.toml")]
    found += [("look", path.name, tomllib.loads(path.read_text("utf-8"))) for path in looks]
    assert {name for name, *_ in found} == MADE.keys() - {"topics"}
    assert [path for name, path, value in found if refuses(name, value)] == []


def corpus() -> Iterator[tuple[str, str, str]]:
    """Name of the case, path and text of each source in the corpus of faults."""
    for path in sorted((PROJECT / "tests/faults").glob("*.txt")):
        _, *files = re.split(
            r"^==== (\S+).*\n", path.read_bytes().decode("utf-8", "replace"), flags=re.M
        )
        for name, text in zip(files[::2], files[1::2], strict=False):
            yield path.stem, name, text


def test_whatever_broadside_accepts_is_accepted_and_much_else_refused() -> None:
    refused = 0
    for case, path, text in corpus():
        kind = FOLDERS.get(path.split("/")[0], "")
        cleaned, faults = clean(text.encode(), path)
        if kind not in KINDS or faults:
            continue
        head = split(cleaned, path)
        if head.faults:
            continue
        found = checked(KINDS[kind], head, path, RULES)[1]
        if not found:
            assert not refuses(kind, head.data), (case, path, head.data)
        refused += bool(found) and refuses(kind, head.data)
    assert refused > 100


GOOD: dict[str, Any] = {
    "story": {
        "title": "Ice",
        "dek": "One.",
        "date": "2026-11-20",
        "author": "Ana (translated by)",
        "section": "Europe",
        "type": "Brief",
    },
    "page": {"title": "About"},
    "author": {"name": "Ana Pereira"},
    "series": {"name": "Rivers"},
    "front_page": {
        "slots": [{"slot": "lead", "story": "ice"}],
        "blocks": [{"block": "latest", "stories": 4}],
    },
    "look": {"light": {"accent": "#9e1512"}},
}
PHOTO = {"photo": "photos/a.jpg", "alt": "A.", "credit": "B."}
WRONG: list[tuple[str, dict[str, Any]]] = [
    ("story", {"title": None}),
    ("story", {"dek": ""}),
    ("story", {"sektion": "Europe"}),
    ("story", {"date": "20 November 2026"}),
    ("story", {"slug": "The Ice Road"}),
    ("story", {"status": "publish"}),
    ("story", {"photo": "photos/a.jpg"}),
    ("story", PHOTO | {"photo": "../a.jpg"}),
    ("story", {"chapters": ["0:00 Opening"]}),
    ("story", {"canonical": "example.org"}),
    ("story", {"related": ["Ice Road"]}),
    ("story", {"corrections": [{"date": "2026-11-21", "type": "error", "text": "It was ice."}]}),
    ("story", {"corrections": [{"date": "2026-11-21", "type": "update"}]}),
    ("story", {"summary": "Another."}),
    ("story", {"sponsor": {"url": "https://northwind.example/"}}),
    ("story", {"headlines": {"newsletter": "Ice"}}),
    ("page", {"section": "Europe"}),
    ("author", {"portrait": "photos/a.jpg"}),
    ("author", {"links": [{"label": "Site"}]}),
    ("series", {"podcast": {"category": "History"}}),
    ("front_page", {"slots": [{"slot": "lead"}]}),
    ("front_page", {"blocks": [{"block": "lead", "stories": 3}]}),
    ("front_page", {"blocks": [{"block": "latest", "stories": 13}]}),
    ("look", {"light": {"accent": "red"}}),
    ("look", {"colour": "#fff"}),
]
WRONG_LISTS = [
    ("sections", []),
    ("sections", [{"name": "Europe", "rail": "long"}]),
    ("sections", {"items": [{"slug": "europe"}]}),
    ("story_types", [{"name": "Analysis", "schema_type": "Article"}]),
    ("sponsors", [{"say": "They chose the subject."}]),
    ("support", [{"title": "Winter", "text": "Help us.", "since": "winter"}]),
]


@pytest.mark.parametrize(("name", "wrong"), WRONG, ids=map(str, range(len(WRONG))))
def test_a_slip_is_refused(name: str, wrong: dict[str, Any]) -> None:
    assert refuses(name, GOOD[name] | wrong)


@pytest.mark.parametrize(("name", "wrong"), WRONG_LISTS, ids=map(str, range(len(WRONG_LISTS))))
def test_a_slip_in_a_list_is_refused(name: str, wrong: Any) -> None:
    assert refuses(name, wrong)


@pytest.mark.parametrize(
    "name", [name for name in keys_of(StoryData) if name in GOOD["story"]] + ["section", "author"]
)
def test_a_published_story_needs_its_keys_and_a_draft_only_the_headline(name: str) -> None:
    left = {key: value for key, value in GOOD["story"].items() if key != name}
    assert refuses("story", left)
    assert refuses("story", left | {"status": "draft"}) == (name == "title")


def test_rules_that_a_setting_loosens_are_looser() -> None:
    loose = schemas(Rules(RULES.zone, default_type="Analysis", dek_from_text=True), {})["story"]
    left = {key: value for key, value in GOOD["story"].items() if key not in ("dek", "type")}
    assert fastjsonschema.compile(loose)(left)
    assert not refuses("story", left | {"imported": "ghost"})


def test_an_editor_says_how_to_write_a_value_and_shows_no_pattern() -> None:
    made = [_of_check(declared.key.check) for _, declared in EVERY_KEY if not declared.entry]
    assert [
        each for each in made if "pattern" in each and not each.get("patternErrorMessage")
    ] == []


def test_a_key_is_offered_by_the_names_that_a_writer_should_use() -> None:
    keys = MADE["story"]["properties"]
    assert {name for name, each in keys.items() if each.get("doNotSuggest")} >= {
        "summary",
        "category",
        "tags",
    }
    assert not {"dek", "section", "sections", "topics"} & {
        name for name, each in keys.items() if "doNotSuggest" in each
    }


def test_what_is_missing_has_the_usual_name() -> None:
    given = MADE["story"]["else"]["else"]["allOf"]
    assert {ways["anyOf"][0]["required"][0] for ways in given if "anyOf" in ways} >= {
        "author",
        "section",
    }


def test_what_the_outlet_has_is_suggested() -> None:
    assert "Europe" in MADE["story"]["properties"]["section"]["examples"]
    assert "ilse-vandermeer" in MADE["story"]["properties"]["author"]["examples"]
    assert "lead" in MADE["front_page"]["then"]["items"]["properties"]["slot"]["examples"]


def test_the_command_writes_a_schema_for_each_kind_of_file(tmp_path: Path) -> None:
    done = command(["schema", "--output", str(tmp_path / "made")], PROJECT, tmp_path, os.environ)
    assert done.returncode == 0, done.stderr
    written = {
        path.stem: json.loads(path.read_text("utf-8")) for path in (tmp_path / "made").iterdir()
    }
    assert written == MADE
    assert written.keys() == {
        *KINDS,
        *(name.removesuffix(".yml") for name in LISTS_OF_DESK),
        "look",
    }
    assert all(issubclass(kind, Struct) for kind in KINDS.values())
