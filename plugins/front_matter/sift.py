"""Finds the sound part of what was written, so that a fault in one entry does not hide others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import tzinfo
from typing import Any

from msgspec import Struct, field
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from broadside.plugins.front_matter.fields import several
from broadside.plugins.front_matter.schema import Strict
from broadside.plugins.front_matter.yaml_nodes import Marks, Place

ROUNDS = 5
"""How often data is validated: that a list lacks something, or has it twice, shows only when other faults have been taken out."""


class Sifted(Struct):
    """The sound data in its model, or None if the model cannot be made, and all errors.

    `kept` has, for each list that lost entries, the original numbers of those that are left.
    """

    value: Strict | None = None
    errors: list[ErrorDetails] = field(default_factory=list)
    kept: dict[str, list[int]] = field(default_factory=dict)

    def marks(self, written: Marks) -> Marks:
        """The marks of the sound data."""
        if not self.kept:  # most data is sound
            return written
        numbers: dict[Place, int] = {(key, old): new for key, kept in self.kept.items() for new, old in enumerate(kept)}
        left = {place: mark for place, mark in written.items() if len(place) < 2 or place[0] not in self.kept}
        moved = ((place, numbers.get(place[:2]), mark) for place, mark in written.items())
        return left | {(place[0], new, *place[2:]): mark for place, new, mark in moved if new is not None}


def sift(model: type[Strict], data: Mapping[str, Any], zone: tzinfo, name: str) -> Sifted:
    """Validate the data, leaving out anything with errors; a missing title is made from the file's `name`."""
    sifted = Sifted()
    for _ in range(ROUNDS):
        try:
            sifted.value = model.model_validate(data, context={"zone": zone})
            break
        except ValidationError as problems:
            errors = problems.errors(include_url=False)
        # A key that is missing only now was taken out because of its own error.
        new = [error for error in errors if error["type"] != "missing" or not sifted.errors]
        sifted.errors += [{**error, "loc": _as_written(error["loc"], sifted.kept)} for error in new]
        data = _good_part(data, errors, sifted.kept)
        data |= {key: name for key in ("title", "name") if key in model.model_fields and not data.get(key)}
    return sifted


def _as_written(place: Place, kept: Mapping[str, list[int]]) -> Place:
    """The place of an entry before others were taken out."""
    if len(place) < 2 or place[0] not in kept:
        return place
    return place[0], kept[str(place[0])][int(place[1])], *place[2:]


def _good_part(data: Mapping[str, Any], errors: Iterable[ErrorDetails], kept: dict[str, list[int]]) -> dict[str, Any]:
    """The data without keys that have errors; a list loses only its entries with errors, and `kept` says which stay."""
    good = dict(data)
    by_key: dict[str, list[ErrorDetails]] = {}
    for error in errors:
        by_key.setdefault(str(error["loc"][0]), []).append(error)
    for key, of_key in by_key.items():
        entries = _good_entries(good.pop(key, None), of_key)
        if entries:
            good[key] = list(entries.values())
            kept[key] = [kept[key][number] for number in entries] if key in kept else list(entries)
    return good


def _good_entries(value: Any, errors: Iterable[ErrorDetails]) -> dict[int, Any]:
    """The good entries of a list, by number; of an entry that is a mapping, the good part. Empty if the list itself is bad."""
    gone: set[int] = set()
    bad: dict[int, list[ErrorDetails]] = {}
    for error in errors:
        number, *inner = error["loc"][1:] or [None]
        twins = error.get("ctx", {}).get("twins", [])
        if not isinstance(number, int):
            if not twins:
                return {}
            gone.update(twins)
        elif inner and error["type"] != "missing":
            bad.setdefault(number, []).append({**error, "loc": error["loc"][2:]})
        else:
            gone.add(number)
    return {
        number: _good_part(entry, bad[number], {}) if number in bad else entry
        for number, entry in enumerate(several(value))
        if number not in gone and (number not in bad or isinstance(entry, dict))
    }
