"""Hints at what to write instead of an unknown key, or of a value that should be a list of keys."""

from __future__ import annotations

import re
from typing import Any, get_args

from broadside.plugins.faults import near, quoted
from broadside.plugins.front_matter import schema
from broadside.plugins.front_matter.yaml_nodes import Place
from broadside.plugins.vocabulary import ADDRESSES, ALIASES, ELSEWHERE, PLURALS, ROLES, SITES_OWN

EXAMPLES = {
    "date": "2026-11-21",
    "type": "correction",
    "text": "An earlier version gave another number.",
    "label": "Her own site",
    "url": "https://example.org/",
    "name": "Europe",
    "slot": "lead",
    "story": "the-ice-road",
}


def for_key(place: Place, model: type[schema.Strict], value: Any) -> str:
    """The key that was probably meant by an unknown one, or all known keys."""
    word = str(place[-1]).replace("-", "_")
    fields = (entry_of(place, model) or model).model_fields
    if word == "published" and "date" in fields and re.search(r"\d{4}", str(value)):
        return f"this is a date: write date: {value}"
    if word in ("draft", "published") and "status" in fields:
        off = str(value).strip().lower() in ("false", "no")
        is_draft = off == (word == "published")
        return "write status: draft" if is_draft else "delete it: only what says status: draft is a draft"
    if word in SITES_OWN and "status" in fields:
        kept = "; an address that readers have goes into redirect_from" if word in ADDRESSES else ""
        return f"delete it: the site decides this{kept}"
    if word in ROLES and "authors" in fields:
        return f"name them in authors, with the role: {value if isinstance(value, str) and value else 'Jo Smith'} ({ROLES[word]})"
    meant = ELSEWHERE.get(word, "")
    if meant == "photo" and meant not in fields:
        meant = "portrait"
    if PLURALS.get(meant, meant) in fields:
        return f"did you mean {quoted(meant)}?"
    names = (ALIASES | PLURALS).items() if len(place) == 1 else ()
    others = (key for key, name in names if PLURALS.get(name, name) in fields)
    return near(word, [*fields, *others]) or f"known: {', '.join(fields)}"


def for_list(place: Place, model: type[schema.Strict], value: Any) -> str:
    """The lines of a list's first entry, for a value that should be a list of keys."""
    entry = entry_of(place, model)
    if entry is None:
        return "write [one, two], or one a line, each after a hyphen"
    keys = [key for key, field in entry.model_fields.items() if field.is_required()]
    short = isinstance(value, str) and len(value) < 60 and '"' not in value
    words = {keys[-1]: quoted(value)} if short else {}
    lines = [f"{key}: {words.get(key) or EXAMPLES[key]}" for key in keys]
    shown = [f"  - {lines[0]}", *(f"    {line}" for line in lines[1:])]
    return "write " + " and below it ".join(f"`{line}`" for line in shown)


def entry_of(place: Place, model: type[schema.Strict]) -> type[schema.Strict] | None:
    """The model of the entries of the list that a place is in; None if it is not in a list of keys."""
    field = model.model_fields.get(str(place[0]))
    kinds = get_args(field.annotation) if field else ()
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, schema.Strict)), None)
