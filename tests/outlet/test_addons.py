"""How an add-on comes to be there when it is asked for."""

from __future__ import annotations

import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from broadside import __version__
from broadside.outlet import addons
from broadside.outlet.addons import NotThere, add_on

WHEEL = f"broadside_import-{__version__}-py3-none-any.whl"


@pytest.fixture
def outlet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An outlet on an installed engine, without add-ons; what pip is to fetch is not there."""
    (tmp_path / "vendor").mkdir()
    places = {"OUTLET": ".", "EXTRAS": "none", "VENDOR": "vendor", "CACHE": ".cache"}
    for name, place in places.items():
        monkeypatch.setattr(addons, name, tmp_path / place)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    return tmp_path


def test_a_checkout_that_has_all_fetches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addons, "fetched", None)
    assert add_on("import").__name__ == "broadside_import.command"


def test_what_a_checkout_lacks_is_fetched_by_its_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    known = addons._version_of
    monkeypatch.setattr(
        addons, "_version_of", lambda name: "" if name == "markdownify" else known(name)
    )
    monkeypatch.setattr(addons, "fetched", lambda folder, lock: asked.append(lock))
    add_on("import")
    assert asked == [addons.EXTRAS / "import" / "requirements.lock"]


def test_a_wheel_that_is_not_there_is_named(outlet: Path) -> None:
    with pytest.raises(NotThere, match=f"{WHEEL} is not in vendor/.*Put it there"):
        add_on("import")


def test_a_wheel_that_is_none_is_named(outlet: Path) -> None:
    (outlet / "vendor" / WHEEL).write_bytes(b"PK")
    with pytest.raises(NotThere, match=f"vendor/{WHEEL} is no wheel of an add-on"):
        add_on("import")


def test_what_cannot_be_fetched_leaves_nothing_behind(
    outlet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addons, "_lock_with", lambda wheel, package: _lock(outlet))
    (outlet / "vendor" / WHEEL).touch()
    with pytest.raises(NotThere, match="could not be fetched"):
        add_on("import")
    assert not (outlet / ".cache/add-ons/import/fetched.lock").exists()


def _lock(folder: Path) -> Path:
    (folder / "needs.lock").write_text(f"almanac==1.0 --hash=sha256:{'0' * 64}\n")
    return folder / "needs.lock"


def test_one_that_is_installed_must_be_of_the_engines_version(
    outlet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = ModuleSpec("broadside_import", None, origin=str(outlet / "__init__.py"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: spec)
    monkeypatch.setattr(addons, "_version_of", lambda name: "0.0.1")
    with pytest.raises(NotThere, match=f"0.0.1, and Broadside is {__version__}"):
        add_on("import")
