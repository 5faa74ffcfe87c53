"""Reads an Eleventy site: texts with headers, the data of folders and of authors. Its configuration, a program, is not run."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from broadside.slugs import slugify
from broadside_import import headers, tags
from broadside_import.headers import moment, names_of, text_of
from broadside_import.model import Archive, Options, Story
from broadside_import.source import Source
from broadside_import.texts import (
    DAY,
    HTML,
    LISTS,
    MARKDOWN,
    NOT_TEXTS,
    Collected,
    Text,
    collected_from,
    data_files,
    host_of,
    is_list,
)

CONFIG = (".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs")
SETTING = re.compile(r"""\b(input|data|includes|output|pathPrefix)\s*:\s*["']([^"'\n]*)["']""")
PERMALINK = re.compile(r"""["']?permalink["']?\s*:\s*(["'`])(.+?)\1""")
NAMES = ("authors", "author", "people", "team", "contributors")
SITE = ("site", "metadata", "meta", "config")
ENDS = (".json", ".yml", ".yaml", ".toml")
AUTHOR_FOLDER = re.compile(r"(?:^|/)_?(?:authors?|people|team)/[^/]+\.(?:md|markdown)$")
SYSTEM = re.compile(r"(?:^|/)(?:node_modules|_site|dist|tests?|docs|\.[^/]+)/")
TEMPLATES = (".njk", ".liquid", ".md", ".html", ".webc")
OUTPUT = re.compile(r"\{\{-?\s*([\w.\[\]]+)[^{}]*\}\}")
PATH_OF_DATE = {"yyyy": "%Y", "YYYY": "%Y", "MM": "%m", "LL": "%m", "dd": "%d", "DD": "%d"}


def read(source: Source, options: Options) -> Archive:
    """All that is in an Eleventy site."""
    collected = collected_from(source, options)
    site = _Site(collected)
    for path in source.names:
        site.note(path)
    site.finish()
    return collected.archive


class _Site:
    def __init__(self, collected: Collected) -> None:
        self.collected, self.archive = collected, collected.archive
        path = next((name for name in sorted(collected.source.names, key=len) if name.rpartition("/")[2] in CONFIG), "")
        self.root = path.rpartition("/")[0] + "/" if "/" in path else ""
        written = dict(SETTING.findall(collected.content(path) or "")) if path else {}
        self.input = self.root + written.get("input", "").strip("./")
        self.input = f"{self.input}/" if self.input and not self.input.endswith("/") else self.input
        self.system = tuple(
            f"{self.input}{written.get(key, default).strip('./')}/"
            for key, default in (("includes", "_includes"), ("data", "_data"), ("output", "_site"))
        )
        self.folders: dict[str, dict[str, Any]] = {}
        self.stories: list[tuple[Story, Text]] = []
        data = f"{self.system[1]}"
        self._settings(data)
        for values in data_files(collected, (f"{data}{name}{end}" for name in NAMES for end in ENDS)).values():
            collected.people_of(values)
        self.term_pages = self._term_pages()
        top = (self.root, f"{self.root}public", f"{self.root}static", f"{self.root}src", self.input)
        self.archive.roots = tuple(dict.fromkeys(folder.rstrip("/") for folder in top))
        self.archive.base = "/".join(("", written.get("pathPrefix", "").strip("/"))).rstrip("/")

    def _settings(self, data: str) -> None:
        for path, values in data_files(self.collected, (f"{data}{name}{end}" for name in SITE for end in ENDS)).items():
            if not isinstance(values, dict):
                continue
            site = {str(key).lower(): value for key, value in values.items()}
            if title := text_of(site, "title", "name", "sitename"):
                self.archive.settings.setdefault("SITENAME", title)
            if line := text_of(site, "tagline", "description"):
                self.archive.settings.setdefault("SITESUBTITLE", line)
            if address := text_of(site, "url", "host", "siteurl", "baseurl"):
                host_of(address, self.archive, path)
            self.collected.variables |= {f"{name}.{key}": text_of(site, key) for key in site for name in SITE}
        self.collected.variables["site.baseurl"] = ""

    def _term_pages(self) -> str:
        """The address of the page of each tag, with {} for its slug: that of the template that makes one for each."""
        for path in self.collected.source.names:
            if not path.startswith(self.input) or SYSTEM.search(path) or not path.endswith(TEMPLATES):
                continue
            text = self.collected.text(path)
            paged = text.values.get("pagination") if text else None
            if text and isinstance(paged, dict) and "collections" in text_of(paged, "data"):
                alias = text_of(paged, "alias") or "pagination"
                address = OUTPUT.sub(
                    lambda match, alias=alias: "{}" if match[1].startswith(alias) else "\0",  # type: ignore[misc]
                    text_of(text.values, "permalink"),
                )
                if address.count("{}") == 1 and "\0" not in address and "{%" not in address and address != "{}":
                    return f"/{address.lstrip('/').removesuffix('index.html')}"
        return "/tags/{}/"

    def note(self, path: str) -> None:
        """Read the header of a file that is a text, and note its address."""
        if (
            not path.startswith(self.input)
            or path.startswith(self.system)
            or SYSTEM.search(path)
            or not path.endswith((*MARKDOWN, *HTML))
        ):
            return
        name = path.removeprefix(self.input)
        if name.rpartition("/")[2].partition(".")[0].lower() in NOT_TEXTS:
            return
        text = self.collected.text(path)
        if text is None:
            return
        if not text.values and path.endswith(HTML):
            self.collected.skip(path, "it has no header, so it is a template or a file of the site's own")
            return
        text.header.values = self._of_folders(text.folder) | self._of_file(path) | text.values
        story = text.story(name)
        dated = DAY.fullmatch(text.stem)
        address = self._address(text, name, text.values.get("date") or (path if dated else None))
        if AUTHOR_FOLDER.search(path) and text.stem.lower() not in LISTS:
            bio = self.collected.body(text, story, "commonmark", tags.liquid)
            key = text_of(text.values, "key", "slug") or text.stem
            self.collected.known_person(key, text.values, bio, (address,) if address else (), text.folder)
            return
        if isinstance(text.values.get("tags"), list):
            text.values["tags"] = [
                tag
                for tag in text.values["tags"]
                if tag not in ("post", "posts", "blog", "article", "articles", "all", "nav")
            ]
        elif text_of(text.values, "tags") in ("post", "posts", "blog", "article", "articles", "all", "nav"):
            del text.values["tags"]
        self.collected.fill(story, text)
        if story.date is None:
            if is_list(text, name.rpartition(".")[0]) or headers.is_false(text.values.get("permalink")):
                self.collected.skip(path, "a template makes it, or it is empty or without an address")
                return
            story.is_page = True
        stem = (dated[4] if dated else text.stem) if text.stem != "index" else text.folder.rpartition("/")[2]
        self.collected.titled(story, text, stem)
        self._arrange(story, text, stem, address)

    def _arrange(self, story: Story, text: Text, stem: str, address: str) -> None:
        if headers.is_false(text.values.get("permalink")):
            story.status = "draft"
            story.why_draft = "it had no address"
        last = address.strip("/").rpartition("/")[2].removesuffix(".html")
        story.slug = slugify(text_of(text.values, "slug").replace("/", "-")) or slugify(last) or slugify(stem)
        named = DAY.fullmatch(text.stem)
        other = self._address(text, story.key, "-".join(named.groups()[:3])) if named else ""
        former = (
            *names_of(text.values.get("redirect_from"), ""),
            *names_of(text.values.get("aliases"), ""),
            *names_of(text.values.get("redirects"), ""),
        )
        story.addresses = list(
            dict.fromkeys(
                known
                for known in (address, other, *(name if "//" in name else f"/{name.lstrip('/')}" for name in former))
                if known
            )
        )
        if address:
            self.collected.place(text.path, address)
        self.stories.append((story, text))

    def finish(self) -> None:
        """Read the texts themselves, now that it is known where each is."""
        for story, text in self.stories:
            story.body = self.collected.body(text, story, "commonmark", tags.liquid)
            self.archive.stories.append(story)
        for number, term in enumerate(self.archive.terms):
            slugs = dict.fromkeys(
                (slugify(term.name), slugify(re.sub(r"[^\w\s-]", " ", term.name)))
            )  # as versions differ
            addresses = tuple(self.term_pages.replace("{}", slug) for slug in slugs)
            self.archive.terms[number] = replace(term, addresses=addresses)
        self.collected.with_pages_led_to()
        if all(term.kind == "topic" for term in self.archive.terms):
            self.archive.terms[:] = [replace(term, kind="either") for term in self.archive.terms]

    def _of_folders(self, folder: str) -> dict[str, Any]:
        """The data that folders give to the texts in them, the nearest folder last."""
        if folder not in self.folders:
            above, _, name = folder.rpartition("/")
            values = dict(self._of_folders(above)) if folder else {}
            files = (
                [
                    f"{folder}/{name or folder}{end}"
                    for end in (".json", ".11tydata.json", ".yml", ".yaml", ".11tydata.yml")
                ]
                if folder
                else []
            )
            for data in data_files(self.collected, files).values():
                values |= {str(key).lower(): value for key, value in data.items()} if isinstance(data, dict) else {}
            for end in (".11tydata.js", ".11tydata.cjs", ".11tydata.mjs"):
                path = f"{folder}/{name or folder}{end}"
                if (
                    folder
                    and path in self.collected.files
                    and (match := PERMALINK.search(self.collected.content(path) or ""))
                ):
                    values["permalink"] = match[2]
            self.folders[folder] = values
        return self.folders[folder]

    def _of_file(self, path: str) -> dict[str, Any]:
        bare = path.rpartition(".")[0]
        values: dict[str, Any] = {}
        for data in data_files(self.collected, (f"{bare}.11tydata.json", f"{bare}.json")).values():
            values |= {str(key).lower(): value for key, value in data.items()} if isinstance(data, dict) else {}
        return values

    def _address(self, text: Text, name: str, written: Any) -> str:
        """The address of a text; "" if it has none, or if only the site's own program knows it."""
        found = DAY.search(str(written)) if isinstance(written, str) and "/" in written else None
        date = moment("-".join(found.groups()[:3]) if found else written)
        bare = name.rpartition(".")[0]
        stem = text.stem if text.stem != "index" else text.folder.rpartition("/")[2]
        slug = re.sub(r"^\d{4}-\d\d-\d\d-", "", stem)
        own = text_of(text.values, "permalink")
        if headers.is_false(text.values.get("permalink")):
            return ""
        if own:
            address = _filled(
                own,
                date,
                {
                    "page.fileslug": slug,
                    "page.filepathstem": f"/{bare}",
                    "title": text_of(text.values, "title"),
                    "slug": text_of(text.values, "slug") or slug,
                },
            )
            return (
                f"/{address.strip('/')}".removesuffix("/index.html").rstrip("/")
                + ("" if address.endswith(".html") and not address.endswith("index.html") else "/")
                if address
                else ""
            )
        folder = bare.rpartition("/")[0]
        return re.sub("//+", "/", f"/{folder}/{'' if text.stem == 'index' else slug}/")


def _filled(pattern: str, date: datetime | None, words: dict[str, str]) -> str:
    """A permalink with its values; "" if it asks for something that is not known."""
    if date and date.tzinfo:
        date = date.astimezone(UTC)

    def value(match: re.Match[str]) -> str:
        name, *filters = (part.strip() for part in match[1].split("|"))
        if name.lower() in ("page.date", "date"):
            form = next(
                (part for part in re.findall(r"""["']([^"']+)["']""", match[1])),
                "yyyy/MM/dd" if "path" in match[1].lower() else "yyyy-MM-dd",
            )
            form = re.sub("|".join(PATH_OF_DATE), lambda part: PATH_OF_DATE[part[0]], form)
            return date.strftime(form) if date else "\0"
        if name.startswith(("'", '"')):
            return name.strip("\"'")
        known = words.get(name.lower())
        if known is None:
            return "\0"
        return slugify(known) if any("slug" in part for part in filters) else known

    address = re.sub(r"\$?\{\{-?\s*(.*?)\s*-?\}\}", value, pattern)
    return "" if "\0" in address or "{%" in address or "${" in address else address
