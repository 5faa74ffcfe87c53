"""The folder of this repository, which holds the engine and its demo outlet."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


def with_engine() -> dict[str, str]:
    """The environment of a program that is to find the engine as if it were installed."""
    return os.environ | {"PYTHONPATH": str(PROJECT)}
