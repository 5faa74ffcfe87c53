"""The desk in the preview."""

from __future__ import annotations

from pathlib import Path

from broadside.plugins.desk.preview.page import page
from broadside.preview.pages import PreviewPage

HERE = Path(__file__).parent
PAGES = [PreviewPage("desk/", page, (HERE / "desk.css",))]
