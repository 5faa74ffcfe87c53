"""The editor with the real page beside it, in the preview."""

from __future__ import annotations

from pathlib import Path

import msgspec

from broadside.plugins.admin.settings import AdminSettings
from broadside.preview.pages import PreviewPage, PreviewState

HERE = Path(__file__).parent
OFF = "<!doctype html><html lang=en><title>Write</title><body><p>{}</p></body></html>"
SWITCH = (
    "The editor in the browser is not switched on: the setting <code>ADMIN</code> in pelicanconf.py"
    " says where its repository is."
)


def write(preview: PreviewState) -> bytes:
    """The editor on one side, the page of what is written on the other."""
    if not AdminSettings.of(preview.settings).ADMIN:
        return OFF.format(SWITCH).encode()
    return (HERE / "write.html").read_bytes()


def pages(preview: PreviewState) -> bytes:
    """The address of each file's page, by the file's path in the content folder."""
    return msgspec.json.encode(preview.content.addresses.urls_of)


PAGES = [
    PreviewPage("desk/write/", write, (HERE / "write.css", HERE / "write.js")),
    PreviewPage("desk/write/pages.json", pages),
]
