"""The type of its setting."""

from __future__ import annotations

from typing import Annotated

from broadside.typed import like

FirstDay = Annotated[str, like(r"^(\d{4}-\d\d-\d\d)?$", 'a day, such as "2026-12-01"')]
"""A day, or "" for none."""
