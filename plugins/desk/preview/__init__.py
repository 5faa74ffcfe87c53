"""The desk in the preview, and the front page to arrange."""

from __future__ import annotations

from pathlib import Path

from broadside.plugins.desk.preview.front import page as front_page
from broadside.plugins.desk.preview.front import save
from broadside.plugins.desk.preview.page import page
from broadside.preview.pages import PreviewPage

HERE = Path(__file__).parent
PAGES = [
    PreviewPage("desk/", page, (HERE / "desk.css",)),
    PreviewPage("desk/front/", front_page, (HERE / "front.js",), save),
]
