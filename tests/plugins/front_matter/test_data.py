"""What front matter says once it is checked: it has a place for all that the schema lets through."""

from __future__ import annotations

import msgspec
import pytest
from msgspec import Struct, convert
from msgspec.structs import fields

from broadside.plugins.front_matter import schema
from broadside.plugins.front_matter.data import KINDS, AnyData, SectionData, SlotData, StoryTypeData
from broadside.plugins.store import encoded

FILLED_IN = {"slug", "lang", "dir"}
"""What follows from the rest, and stands in no front matter or not in that of each kind."""
NEVER = {"roundup": {"updated", "redirect_from"}}
"""What round-ups have in common with stories and do not say."""
LEAST = {"slot": "lead", "story": "ice", "name": "A", "title": "A"}
PAIRS = [
    *((schema.MODELS[name], kind) for name, kind in KINDS.items()),
    (schema.Section, SectionData),
    (schema.StoryType, StoryTypeData),
    (schema.Slot, SlotData),
]


@pytest.mark.parametrize(("model", "kind"), PAIRS)
def test_each_key_of_the_schema_has_its_place(model: type[schema.Strict], kind: type[Struct]) -> None:
    places = {field.name for field in fields(kind)}
    known = set(model.model_fields)
    assert known <= places
    assert places - known <= FILLED_IN | (NEVER["roundup"] if model is schema.Roundup else set())


@pytest.mark.parametrize(("model", "kind"), PAIRS)
def test_what_is_not_said_is_what_the_schema_takes_it_for(model: type[schema.Strict], kind: type[Struct]) -> None:
    said = {key: value for key, value in LEAST.items() if key in model.model_fields}
    assert convert(schema.dump(model(**said)), kind) == kind(**said)


@pytest.mark.parametrize("kind", KINDS)
def test_kept_data_is_of_its_kind(kind: str) -> None:
    data = KINDS[kind]()
    assert data.kind == kind
    assert type(msgspec.json.decode(encoded(data), type=AnyData)) is KINDS[kind]
