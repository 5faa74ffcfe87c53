"""JSON Schema of every file that people write, made from what the checks go by: editors of text
suggest keys by it, and mark slips.

A schema never refuses what Broadside accepts. What depends on other files, such as which sections
there are, it only suggests. patternErrorMessage and doNotSuggest are words of those editors, and
nothing to others: what is shown in place of a pattern, and which keys are not offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from inspect import getdoc
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from broadside.content import lists
from broadside.content.folder import OBLIGATORY
from broadside.front_matter import fields as check
from broadside.front_matter.data import (
    KINDS,
    LISTS_OF_DESK,
    NEEDS,
    OWN,
    BlockData,
    Key,
    Link,
    StoryData,
    keys_in,
)
from broadside.front_matter.validate import LONGEST_LIST, Rules
from broadside.front_matter.vocabulary import BLOCKS, FRONT_SLOTS
from broadside.look.data import Look
from broadside.slugs import LONGEST, SLUG
from broadside.urls import LISTED
from broadside.validation import Declared, keys_of

Schema = dict[str, Any]
DRAFT_7 = "http://json-schema.org/draft-07/schema#"
"""The newest draft that the extensions for YAML and TOML read in full."""
START = {"patternErrorMessage": "Start it with https://"}
WORDS: Schema = {"type": ["string", "number", "boolean"]}
"""A line of text: editors take 1984 for a number and true for a truth value, Broadside does not."""
EMPTY: list[Any] = [None, "", []]
"""What stands for nothing at the top of a file."""


def _text(pattern: str | re.Pattern[str], *types: str) -> Schema:
    written = pattern if isinstance(pattern, str) else pattern.pattern
    inner = written.replace('\\"', '"')  # in JavaScript, only what needs a backslash may have one
    return {"type": ["string", *types], "pattern": f"^(?:{inner})$"}


DATE = _text(check.ISO_DATE) | {"patternErrorMessage": "Write it as 2026-11-20 or 2026-11-20T09:00"}
MARK = _text(f"{check.any_case('true')}|{check.ISO_DATE.pattern}", "boolean")
CHECKS: Mapping[Any, Schema] = {
    check.slug: (
        _text(SLUG, "integer")
        | {
            "maxLength": LONGEST,
            "patternErrorMessage": 'For example "cables-under-the-baltic"',
        }
    ),
    check.web_address: _text(r'(?:https?://|mailto:(?=.*@))[^<>"\\\s]+') | START,
    check.page_address: _text(r'https?://[^<>"\\\s]+') | START,
    check.link: _text(rf'{check.ADDRESS.pattern}|https?://[^<>"\\\s]+') | START,
    check.iso_date: DATE,
    check.true_or_day: (
        MARK | {"not": {"const": False}, "patternErrorMessage": "Write true, or delete the line"}
    ),
    check.small_number: {"minimum": 1, "maximum": 12},
    check.credited: {
        "type": [*WORDS["type"], "object"],
        "required": ["name"],
        "properties": {"name": WORDS, "role": WORDS},
        "additionalProperties": False,
    },
}
"""What each check of a value accepts that has no pattern of its own, and is not of words."""
IN_SHORT: Mapping[Any, Schema] = {Link: CHECKS[check.web_address]}
"""What may stand in a line in place of some keys, if it is not just words."""


def schemas(rules: Rules, names: Mapping[str, Sequence[str]]) -> dict[str, Schema]:
    """Every schema, by the name of its file without .json; `names` are what the outlet has, by the
    key that names it.
    """
    made = {name: _source(kind, rules) for name, kind in KINDS.items()}
    made |= {name.removesuffix(".yml"): _list(name, kind) for name, kind in LISTS_OF_DESK.items()}
    made["look"] = msgspec.json.schema(Look)
    for each in (
        made["front_page"]["then"]["items"],
        made["front_page"]["else"]["properties"]["slots"]["items"],
    ):
        each["properties"]["slot"]["examples"] = [*FRONT_SLOTS]
    blocks = made["front_page"]["else"]["properties"]["blocks"]["items"]
    for keys in (made["story"]["properties"], blocks["properties"]):
        for name in keys.keys() & names.keys():
            keys[name]["examples"] = [*names[name]]
    return {name: {"$schema": DRAFT_7, "title": name, **schema} for name, schema in made.items()}


def names_in(content: Path, rules: Rules) -> dict[str, list[str]]:
    """The names that stories may give, by key: sections and types as in their lists, the rest by
    their files.
    """
    found = lists.read(
        content, [name for name in LISTS_OF_DESK if (content / name).is_file()], rules
    )
    terms = {kind: [entry.data.name for entry in found.of(kind)] for kind in LISTED}
    names = {key: known for kind, known in terms.items() for key in (kind.name, kind.key)}
    for key, folder in (("author", "authors"), ("series", "series")):
        names[key] = sorted(path.stem for path in (content / folder).glob("*.md"))
    named = {
        key: each.key.names_in.removesuffix(".yml")
        for key, each in OWN.items()
        if each.key.names_in
    }
    return names | {
        key: [entry.data.name for entry in found.given.get(name, ())] for key, name in named.items()
    }


def _source(kind: type[Struct], rules: Rules) -> Schema:
    keys = keys_in(kind)
    made = _keys(kind, keys, empty=True) | {"type": "object"}
    if kind is StoryData:
        draft = {
            "required": ["status"],
            "properties": {"status": {"type": "string", "pattern": check.any_case("draft")}},
        }
        always, unless_imported = (
            {
                "allOf": [
                    _given(name, keys)
                    for name, each in keys.items()
                    if rules.needs(name, each, imported)
                ]
            }
            for imported in (True, False)
        )
        made |= {
            "if": draft,
            "else": {"if": _given("imported", keys), "then": always, "else": unless_imported},
        }
    return made


def _list(name: str, kind: type[Struct]) -> Schema:
    """The schema of a list, which may also be a key in its file."""
    whole = _keys(kind, keys_of(kind), empty=True)
    first = next(iter(whole["properties"]))
    alone = {"type": "array", "items": whole["properties"][first]["items"]}
    if name in OBLIGATORY:
        alone["minItems"] = 1
        whole |= {"required": [first], "type": "object"}
        whole["properties"][first] |= {"type": "array", "minItems": 1}
    return {
        "description": (getdoc(kind) or "").partition("\n")[0],
        "if": {"type": "array"},
        "then": alone,
        "else": whole,
    }


def _keys(kind: type[Struct], keys: Mapping[str, Declared], empty: bool = False) -> Schema:
    """The schema of keys with values; if `empty`, those that need not be there may also be without
    a value.
    """
    properties: dict[str, Schema] = {}
    rules: list[Schema] = [
        {"not": {"required": [one, other]}}
        for name, each in keys.items()
        if each.key
        for names in [(name, *each.key.names)]
        for place, one in enumerate(names)
        for other in names[place + 1 :]
    ]
    for name, each in keys.items():
        properties |= dict.fromkeys(
            (name, *(each.key.names if each.key else ())), _value(each, empty)
        )
        if each.key and each.key.pelican:
            properties[each.key.pelican] = _value(each, empty) | {"doNotSuggest": True}
        if each.key and each.key.single:
            properties[each.key.single] = _value(each, empty, several_in_one=False)
    for name, others in NEEDS.items():
        if name in keys and keys.keys() >= {*others}:
            rules += [{"if": _given(name, keys), "then": _given(other, keys)} for other in others]
    if kind is BlockData:
        for block, takes in BLOCKS.items():
            is_it = {"required": ["block"], "properties": {"block": {"const": block}}}
            rules.append({"if": is_it, "then": {"propertyNames": {"enum": ["block", *takes]}}})
    return {
        "type": ["object", "null"] if empty else "object",
        "description": (getdoc(kind) or "").partition("\n")[0],
        "properties": {name: {**schema} for name, schema in properties.items()},
        "additionalProperties": False,
        "required": [name for name, each in keys.items() if each.required],
        **({"allOf": rules} if rules else {}),
    }


def _given(name: str, keys: Mapping[str, Declared]) -> Schema:
    """That a key is there, under any of its names, and has a value."""
    key = keys[name].key
    # editors name the first as what is missing
    names = dict.fromkeys(filter(None, (key.single, name, *key.names)))
    # it is offered once, with what it means
    with_value = {"not": {"enum": EMPTY}, "doNotSuggest": True}
    ways: list[Schema] = [{"required": [each], "properties": {each: with_value}} for each in names]
    if ways[1:]:
        return {"anyOf": ways}
    return ways[0]


def _value(kind: Declared, empty: bool, several_in_one: bool = True) -> Schema:
    """The schema of a key's value."""
    said: Schema = {"description": kind.key.in_short[:1].upper() + kind.key.in_short[1:]}
    may_be_empty = empty and not kind.required
    if kind.entry:
        made = _keys(kind.entry, keys_in(kind.entry))
        if may_be_empty and not kind.several:
            made |= {"type": ["object", "null"]}
        if hasattr(kind.entry, "in_short"):
            made = {"if": WORDS, "then": IN_SHORT.get(kind.entry, WORDS), "else": made}
        if not kind.several:
            return said | made
        return (
            said
            | {"type": ["array", "null"] if may_be_empty else "array", "items": made}
            | _length(kind.key)
        )
    one = _of_check(kind.key.check)
    if not kind.several:
        if may_be_empty:
            return said | _optional(one)
        return said | {"minLength": 1} | one
    alone = one
    if several_in_one:
        alone = _in_one_line(one)
    ways = [{"type": "array", "items": one, "uniqueItems": True, **_length(kind.key)}, alone]
    return said | {"anyOf": [*ways, {"enum": EMPTY}] if may_be_empty else ways}


def _length(key: Key) -> Schema:
    if key.endless:
        return {}
    return {"maxItems": LONGEST_LIST}


def _of_check(test: Callable[..., Any]) -> Schema:
    if isinstance(test, check.OfOutlet):
        test = test.check
    if isinstance(test, check.OneOf) and test.is_open:
        return {"type": "string", "examples": [*test.words]}
    if isinstance(test, check.OneOf):
        return {
            "anyOf": [{"enum": [*test.words]}, _text("|".join(map(check.any_case, test.words)))]
        }
    if isinstance(test, check.Pattern):
        how = {"patternErrorMessage": test.hint[:1].upper() + test.hint[1:]}
        types = []
        if test.is_number:
            types = ["integer"]
        return _text(test.pattern, *types) | how | CHECKS.get(test, {})
    return CHECKS.get(test, WORDS)


def _optional(schema: Schema) -> Schema:
    """A schema that accepts no value, too."""
    if "anyOf" in schema:
        return {"anyOf": [*schema["anyOf"], {"enum": EMPTY[:2]}]}
    if isinstance(schema["type"], list):
        types = schema["type"]
    else:
        types = [schema["type"]]
    pattern = {}
    if "pattern" in schema:
        pattern = {"pattern": f"{schema['pattern'][:-1]}?$"}
    return schema | pattern | {"type": [*types, "null"]}


def _in_one_line(schema: Schema) -> Schema:
    """The values of a list in one line, with commas or semicolons between them."""
    if "pattern" not in schema:
        return schema
    one = schema["pattern"][1:-1]
    return schema | {"pattern": rf"^{one}(?:\s*[,;]\s*{one})*$"}
