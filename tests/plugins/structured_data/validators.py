"""The JSON Schemas of schemas.json, and what stands on a page for them to judge."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import fastjsonschema

SCHEMAS: dict[str, Any] = json.loads(Path(__file__).with_name("schemas.json").read_text("utf-8"))
ARTICLES = {*SCHEMAS["definitions"]["article"]["properties"]["@type"]["enum"]}


@cache
def _validator(name: str) -> Any:
    return fastjsonschema.compile(
        {"definitions": SCHEMAS["definitions"], "$ref": f"#/definitions/{name}"}
    )


def judged(thing: dict[str, Any]) -> str:
    """The kind of a thing that its schema accepts; raises what the schema has against it."""
    kind = thing["@type"]
    _validator("article" if kind in ARTICLES else kind)(thing)
    return str(kind)
