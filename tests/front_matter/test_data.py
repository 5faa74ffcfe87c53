"""The keys of front matter are declared once, and what follows from that holds together."""

from __future__ import annotations

import msgspec
import pytest

from broadside.front_matter.data import EVERY_KEY, KINDS
from broadside.front_matter.validate import ROLES, SITES_OWN
from broadside.store import encoded
from broadside.validation import keys_of


@pytest.mark.parametrize("kind", KINDS)
def test_kept_data_is_of_its_kind(kind: str) -> None:
    data = KINDS[kind]()
    assert data.kind == kind
    assert msgspec.json.decode(encoded(data), type=KINDS[kind]) == data


def test_what_is_not_written_is_of_its_type() -> None:
    for kind in (*KINDS.values(), *(declared.entry for _, declared in EVERY_KEY if declared.entry)):
        assert msgspec.json.decode(encoded(msgspec.structs.asdict(kind())), type=kind) == kind()


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_leads_to_one_key(kind: str) -> None:
    keys = keys_of(KINDS[kind])
    names = [
        *keys,
        *(
            name
            for declared in keys.values()
            for name in (*declared.key.names, *declared.key.elsewhere)
        ),
    ]
    assert len(names) == len(set(names))
    assert not {*names} & {*SITES_OWN, *ROLES}
