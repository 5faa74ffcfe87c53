"""Small archives for tests: files by their paths, and what a reader makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from broadside_import.command import reader_of
from broadside_import.model import Archive, ArchiveStory, ReaderOptions
from broadside_import.source import open_source

SITES = {
    "hugo": (
        "hugo.toml",
        'baseURL = "{}"\n[permalinks]\nposts = "/:slug/"\n',
        "content/posts/{}.md",
    ),
    "jekyll": ("_config.yml", "url: '{}'\npermalink: /:title/\n", "_posts/2021-05-04-{}.md"),
    "eleventy": ("_data/site.json", '{{"url": "{}"}}', "posts/{}.md"),
    "pelican": ("pelicanconf.py", "SITEURL = '{}'\nARTICLE_URL = '{{slug}}/'\n", "content/{}.md"),
}
"""Of each kind of site: the file that says its address, what that says, and where a text is."""


def site(kind: str, address: str, texts: Mapping[str, str]) -> dict[str, str | bytes]:
    """The files of a site at an address, whose texts are at `/slug/`."""
    config, said, place = SITES[kind]
    files: dict[str, str | bytes] = {config: said.format(address)}
    if kind == "eleventy":
        files |= {".eleventy.js": "", "posts/posts.json": '{"permalink": "/{{ page.fileSlug }}/"}'}
    return files | {place.format(slug): text for slug, text in texts.items()}


def written(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """These files in a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read(kind: str, folder: Path, files: Mapping[str, str | bytes]) -> Archive:
    """What the reader of a kind makes of these files."""
    return reader_of(kind)(open_source(written(folder, files)), ReaderOptions())


def story(archive: Archive, key: str) -> ArchiveStory:
    """The one story whose key ends so."""
    (found,) = (story for story in archive.stories if story.key.endswith(key))
    return found
