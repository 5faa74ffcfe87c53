"""Loads invoke without three modules that it loads, but calls only for tests, for settings files of
its own, and for its version.

They take 60 % of the time. One that is called after all is loaded then.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any


def _version(package: str) -> str:
    """The version of an installed package, from the name of its folder."""
    found = (file for folder in sys.path for file in Path(folder).glob(f"{package}-*.dist-info"))
    return next((file.stem.partition("-")[2] for file in found), "")


NOT_CALLED = ("importlib.metadata", "invoke.vendor.yaml", "unittest.mock")
"""The modules. Only importlib.metadata.version() is called as invoke is loaded."""


class StandIn(ModuleType):
    """A module that is loaded when one of its functions is called."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*values: Any, **named: Any) -> Any:
            return getattr(importlib.import_module(self.__name__), name)(*values, **named)

        return call


def load_invoke() -> None:
    """Load invoke, unless it is loaded already."""
    missing = {name: StandIn(name) for name in NOT_CALLED if name not in sys.modules}
    sys.modules |= missing
    if "importlib.metadata" in missing:
        vars(missing["importlib.metadata"])["version"] = _version
    try:
        importlib.import_module("invoke")
    finally:
        for name in missing:
            del sys.modules[name]


load_invoke()
