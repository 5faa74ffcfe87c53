"""The manifest of the last run: whatever is in its file, the next run gets a manifest."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from broadside.plugins.manifest import Group, Manifest, Strays
from broadside.plugins.shelf import VERSION, keep
from hypothesis import given
from hypothesis import strategies as st

from broadside.plugins.paths import is_inside

ENTRY = ("mark", 12, 34, "5f")
GOOD = Manifest({"a/index.html": ENTRY}, {"pagefind": Group("mark", {"pagefind/x": ENTRY})})
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.sampled_from(["version", "alone", "../x"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["version", "alone", "a"]), inner),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("manifest") / "manifest.json"


def test_what_is_saved_is_loaded(path: Path) -> None:
    GOOD.save(path)
    assert Manifest.load(path) == GOOD


@given(st.integers(0, 200))
def test_a_truncated_manifest_counts_as_none(path: Path, length: int) -> None:
    GOOD.save(path)
    data = path.read_bytes()
    path.write_bytes(data[: min(length, len(data) - 1)])
    assert Manifest.load(path) == Manifest()


@given(JSON)
def test_a_manifest_of_another_form_counts_as_none(path: Path, data: Any) -> None:
    keep(path, {"alone": data, "bundles": {}, "quires": {}} if data else data)
    assert all(map(is_inside, Manifest.load(path).files))


@pytest.mark.parametrize("data", [b"[" * 100_000, b"\xff\xfe", b"", b"null", b'{"version": 0}'])
def test_a_hostile_or_old_manifest_counts_as_none(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    assert Manifest.load(path) == Manifest()
    assert Strays(path).load() is None


@given(st.data())
def test_no_damage_is_believed(path: Path, data: st.DataObject) -> None:
    GOOD.save(path)
    whole = bytearray(path.read_bytes())
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(whole)
    assert Manifest.read(path) == Manifest()
    assert Strays(path).load() is None


@pytest.mark.parametrize(("head", "why"), [("1 x", "was left by another version"), (f"{VERSION} x", "is damaged")])
def test_ignoring_a_manifest_is_logged(path: Path, caplog: pytest.LogCaptureFixture, head: str, why: str) -> None:
    caplog.set_level(logging.INFO, "broadside")
    logging.getLogger("broadside").propagate = True
    path.write_text(f"{head}\n[]")
    assert Strays(path).load() is None
    assert caplog.records[-1].getMessage() == f"What the last build kept in {path} {why}; it is made anew."


def test_a_manifest_cannot_name_a_file_outside_the_output(path: Path) -> None:
    for name in ("../../etc/passwd", "/etc/passwd"):
        for one in (
            Manifest({"a": ENTRY, name: ENTRY}),
            Manifest({"a": ENTRY}, quires={"1": Group("", {name: ENTRY})}),
        ):
            one.save(path)
            assert Manifest.read(path) == Manifest()
    keep(path, ["../x", "a"])
    assert Strays(path).load() == ["a"]


def test_without_strays_there_is_no_file(tmp_path: Path) -> None:
    Strays(tmp_path / "strays.json").save([])
    assert list(tmp_path.iterdir()) == []
