"""The documents as a site with search, which Zensical makes: ./inv docs --site FOLDER, and ./inv
docs --serve.

A folder holds a site for each version, as `versions.json` lists them; `index.html` leads to the
newest.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from broadside import __version__
from broadside.fetching import fetched
from broadside.folders import OUTLET as PROJECT

DOCS, LOCK = PROJECT / "docs", PROJECT / "tools" / "docs" / "requirements.lock"
CACHE = PROJECT / ".cache" / "docs"
MENU = {
    "Start": ["index", "gallery"],
    "Write": ["for-writers", "writers-reference", "faults", "the-editor"],
    "Edit": ["for-editors", "editors-reference"],
    "Own": [
        "for-site-owners",
        "publishing",
        "your-own-server",
        "your-look",
        "languages",
        "moving-in",
        "add-ons",
        "settings",
        "plugins",
    ],
    "Look inside": ["how-it-builds", "plain-pelican", "the-look", "speed", "benchmarks"],
}
"""The pages below each word of the site's menu; their titles are their own first lines."""
THEME = {
    "name": "material",
    "variant": "modern",
    "font": False,  # Zensical would take it from another host
    "features": ["navigation.top", "content.action.edit", "search.highlight"],
    "palette": [
        {"media": f"(prefers-color-scheme: {name})", "scheme": scheme, "primary": "black"}
        for name, scheme in (("light", "default"), ("dark", "slate"))
    ],
}


def settings(repository: str) -> dict[str, Any]:
    """Zensical's settings; a page can be edited in the repository, if there is one at an
    address.
    """
    edited = {"repo_url": repository, "edit_uri": "edit/main/docs/"} if repository else {}
    return {
        "site_name": "Broadside",
        "docs_dir": "docs",
        "site_dir": "site",
        **edited,
        "nav": [{group: [f"{name}.md" for name in names]} for group, names in MENU.items()],
        "theme": THEME,
        "plugins": ["search"],
        # which reads versions.json, one folder up
        "extra": {"generator": False, "version": {"provider": "mike"}},
        "markdown_extensions": ["tables", {"toc": {"permalink": True}}, "pymdownx.superfences"],
    }


def make(folder: Path, repository: str = "") -> int:
    """Make the site of this version in a folder that may hold those of others; returns 1 if there
    was a warning.
    """
    code = _zensical("build", "--strict", "--clean", settings=settings(repository)).wait()
    if code == 0:
        shutil.rmtree(folder / __version__, ignore_errors=True)
        shutil.copytree(CACHE / "site", folder / __version__)
        listed = folder / "versions.json"
        before = json.loads(listed.read_text("utf-8")) if listed.is_file() else []
        versions = sorted(
            {__version__, *(each["version"] for each in before)}, key=_number, reverse=True
        )
        rows = [{"version": each, "title": each, "aliases": []} for each in versions]
        listed.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
        (folder / "index.html").write_text(_leading_to(f"{versions[0]}/"), "utf-8")
    return code


def serve() -> int:
    """Show the site at http://127.0.0.1:8001, and again after each change of a document."""
    from watchfiles import watch

    with _zensical("serve", "--dev-addr", "127.0.0.1:8001", settings=settings("")):
        try:
            for _ in watch(DOCS):
                _copy()
        except KeyboardInterrupt:
            pass
    return 130


def _number(version: str) -> list[int]:
    return [int(digits) for digits in re.findall(r"\d+", version)]


def _leading_to(url: str) -> str:
    return (
        f'<!doctype html><meta http-equiv="refresh" content="0; url={url}"><a'
        f' href="{url}">{html.escape(url)}</a>\n'
    )


def _zensical(*words: str, settings: dict[str, Any]) -> subprocess.Popen[bytes]:
    packages = CACHE / "packages"
    if fetched(packages, LOCK):
        print("Fetched what the site of the documents needs.", file=sys.stderr)
    shutil.rmtree(CACHE / "docs", ignore_errors=True)
    _copy()
    config = CACHE / "mkdocs.yml"  # YAML, which JSON is too
    config.write_text(json.dumps(settings), "utf-8")
    command = [sys.executable, "-m", "zensical", *words, "--config-file", str(config)]
    return subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(packages)})


def _copy() -> None:
    """Copy the documents to where Zensical reads them, which must be below its settings."""
    shutil.copytree(DOCS, CACHE / "docs", dirs_exist_ok=True)
