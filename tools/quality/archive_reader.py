"""Reads any folder of Markdown with tags in its front matter, for the quality measure."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml

from broadside.markdown.body import plain_text
from broadside.markdown.dialect import Typesetter

_FENCED = re.compile(r"\A\ufeff?\s*(---|\+\+\+)[ \t]*\r?\n(.*?)\r?\n\1[ \t]*(?:\r?\n|\Z)(.*)", re.S)
_TOML_LINE = re.compile(r"^(\w+)\s*=\s*(\[.*?\]|\".*?\"|'.*?'|.*?)$", re.S | re.M)
_DAY = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)")
_TAG_KEYS = ("tags", "tag", "topics", "topic", "keywords")
_DEK_KEYS = ("dek", "summary", "description", "excerpt", "abstract", "subtitle")
_SECTION_KEYS = ("section", "sections", "category", "categories", "section_id")
_EPOCH = date(1970, 1, 1).toordinal()
_SETTER = Typesetter()


@dataclass(frozen=True, slots=True)
class Tagged:
    """One story of an archive, with the tags that the measure hides."""

    slug: str
    title: str
    dek: str
    body: str
    day: float
    section: str
    tags: frozenset[str]


def read_archive(folder: Path) -> list[Tagged]:
    """Every story of a folder that shares at least one tag with another story."""
    paths = sorted(p for p in folder.rglob("*") if p.suffix in {".md", ".markdown", ".html"})
    stories = [story for path in paths if (story := _read(path)) is not None]
    seen = Counter(tag for story in stories for tag in story.tags)
    return [story for story in stories if any(seen[tag] > 1 for tag in story.tags)]


def _read(path: Path) -> Tagged | None:
    text = path.read_text("utf-8", errors="replace")
    match = _FENCED.match(text)
    meta, body = _meta(match[1], match[2]) if match else {}, match[3] if match else text
    meta = {str(key).lower(): value for key, value in meta.items()}
    tags = frozenset(tag.lower() for key in _TAG_KEYS for tag in _words(meta.get(key)))
    title = str(meta.get("title") or "").strip()
    if not tags or not title or str(meta.get("draft", "")).lower() == "true":
        return None
    dek = next((str(meta[key]) for key in _DEK_KEYS if isinstance(meta.get(key), str)), "")
    section = next((word for key in _SECTION_KEYS for word in _words(meta.get(key))), "")
    words = plain_text(_SETTER.set(body, str(path))[0].html)
    return Tagged(
        str(path), title, dek, words, _day(str(meta.get("date", "")), path), section, tags
    )


def _meta(fence: str, text: str) -> dict[str, Any]:
    if fence == "+++":
        pairs = _TOML_LINE.findall(text)
        return {key: _toml(value) for key, value in pairs}
    try:
        meta = yaml.load(text.replace("\t", " "), Loader=yaml.BaseLoader)  # noqa: S506 -- words only
    except yaml.YAMLError:
        return {}
    return meta if isinstance(meta, dict) else {}


def _toml(value: str) -> str | list[str]:
    if value.startswith("["):
        return re.findall(r"[\"'](.*?)[\"']", value)
    return value.strip("\"' ")


def _words(value: object) -> list[str]:
    if isinstance(value, str):
        value = value.split(",") if "," in value else value.split()
    if not isinstance(value, list):
        return []
    return [str(word).strip() for word in value if str(word).strip()]


def _day(stated: str, path: Path) -> float:
    match = _DAY.search(stated) or _DAY.search(path.name)
    try:
        if not match:
            return 0.0
        year, month, day = map(int, match.groups())
        return datetime(year, month, day, tzinfo=UTC).toordinal() - _EPOCH
    except ValueError:
        return 0.0
