"""The editor in the browser, at /admin/: Sveltia CMS, which commits to the outlet's repository
through its forge's API.

Makes admin/index.html, admin/config.json and the editor's files. No page, feed or sitemap links to
them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import astuple

from broadside.content.doors import FOLDERS
from broadside.front_matter.data import OWN
from broadside.plugin import BrowserEditor, Page, Plugin, Site, give
from broadside.plugins.admin.config import Forge, Offered, configuration
from broadside.plugins.admin.headers import SENT, policy
from broadside.plugins.admin.settings import AdminSettings
from broadside.settings import Settings
from broadside.urls import LISTED

SVELTIA = Path(__file__).with_name("sveltia")
"""The files of Sveltia CMS and its licence; tools/editor.py writes them."""
EDITED = ("authors", "series", "pages", "lists")
"""What can be edited beside stories, in every outlet."""
START = Path(__file__).with_name("start.js")
PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="cms-config-url" type="application/json" href="config.json">
<link rel="icon" href="{icon}">
<script type="module" src="start.js"></script>
</head>
<body>
<main><noscript><h1>{title}</h1><p>{noscript}</p></noscript></main>
</body>
</html>
"""


def pages(site: Site) -> Iterator[Page]:
    """The editor, if the setting names a forge."""
    written = AdminSettings.of(site.settings).ADMIN
    if not written:
        return
    forge = Forge(**msgspec.structs.asdict(written))
    yield Page("admin/index.html", _index(site, forge))
    config = configuration(site.settings, forge, offered(site), site.words.of().pgettext)
    yield Page("admin/config.json", msgspec.json.format(msgspec.json.encode(config), indent=1))
    yield Page("admin/start.js", START.read_bytes())
    for name, digest in digests_of_files().items():
        yield Page(f"admin/{name}", editor_file, {"name": name, "digest": digest})


def _index(site: Site, forge: Forge) -> bytes:
    words = site.words.of()
    values: dict[str, Any] = {
        "lang": site.settings.DEFAULT_LANG,
        "policy": policy(forge.origin),
        "title": site.settings.SITENAME,
        "icon": f"{site.urls.root}/{site.values['icon_url']}",
        "noscript": words.gettext("The editor needs JavaScript."),
    }
    return PAGE.format_map({name: escape(str(value)) for name, value in values.items()}).encode()


def offered(site: Site) -> Offered:
    """The outlet's names that forms offer."""
    lists, files = site.content.lists, site.content.folder.files
    return Offered(
        {
            key: [entry.data.name for entry in lists.of(kind)]
            for kind in LISTED
            for key in (kind.name, kind.key)
        },
        frozenset({1, *(path.count("/") - 1 for path in files["story"])}),
        files["list"],
        _written_in_full(site),
    )


def _written_in_full(site: Site) -> set[str]:
    """The keys that may be a name alone, and of which a story says more: a field for a name would
    drop that.
    """
    names = [name for name, declared in OWN.items() if hasattr(declared.entry, "in_short")]
    found = ((name, record.data.own.get(name)) for record in site.content.stories for name in names)
    return {name for name, value in found if value and sum(map(bool, astuple(value))) > 1}


def digests_of_files() -> dict[str, str]:
    """The digest of each file by its path below /admin/."""
    names: dict[str, str] = json.loads((SVELTIA / "files.json").read_text("utf-8"))["files"]
    return names


def editor_file(name: str, digest: str) -> bytes:
    """The bytes of a file; `digest` only makes the page change when the file does."""
    del digest
    path = SVELTIA / name
    if path.is_file():  # a typeface, which is already compressed
        return path.read_bytes()
    import brotli

    return bytes(brotli.decompress(path.with_name(f"{path.name}.br").read_bytes()))


def editor(settings: Settings) -> BrowserEditor | None:
    """Where it opens a story, and begins one."""
    if not AdminSettings.of(settings).ADMIN:
        return None
    root = "/desk/write/#/collections"
    names = (*EDITED, *(folder.name for folder in FOLDERS))
    others = {name.capitalize(): f"{root}/{name}" for name in names}
    story = f"{root}/stories{{depth}}/entries/{{story}}"
    return BrowserEditor(story, f"{root}/stories/new?status=draft", others)


def register() -> None:
    """Give what it adds to a build, and where stories are edited."""
    give(__name__, Plugin(pages=[pages], headers=[SENT], browser_editor=[editor]))
