"""Reads a Hugo site: sections, bundles and taxonomies in `content`, with its configuration and the pages or data of authors."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, Literal

from msgspec.structs import replace

from broadside.slugs import slugify
from broadside_import import tags
from broadside_import.headers import is_true, moment, names_of, text_of
from broadside_import.model import Archive, Options, Story
from broadside_import.source import Source
from broadside_import.texts import DAY, HTML, MARKDOWN, Collected, Text, collected_from, data_files, host_of, is_list

CONFIG = ("hugo", "config", "config/_default/hugo", "config/_default/config")
PARTS = ("menus", "menu", "languages", "params", "permalinks", "taxonomies")
ENDS = (".toml", ".yaml", ".yml", ".json")
PLAIN_SECTIONS = frozenset(
    "post posts blog blogs article articles news story stories content entries entry writing journal".split()
)
"""Folders that hold a site's stories, whatever they are about."""
PAGE_SECTIONS = frozenset("page pages static".split())
KINDS: dict[str, Literal["section", "either", "topic"]] = {"categories": "either", "tags": "topic", "series": "topic"}
"""What the terms of a taxonomy are."""
AUTHOR_SECTIONS = ("authors", "author", "people", "contributors", "writers", "team")
NOT_READ = (".adoc", ".asciidoc", ".org", ".rst", ".pandoc", ".pdc", ".ipynb")


def read(source: Source, options: Options) -> Archive:
    """All that is in a Hugo site."""
    collected = collected_from(source, options)
    depth = lambda name: (name.count("/"), name)  # noqa: E731
    roots = [
        name.partition("content/")[0]
        for name in sorted(source.names, key=depth)
        if re.match(r"(?:[^/]+/)?content/", name)
    ]
    site = _Site(collected, roots[0] if roots else "", whole=bool(roots))
    for path in sorted(source.names, key=lambda name: "/_index." not in name):
        site.note(path)
    site.finish()
    return collected.archive


class _Site:
    def __init__(self, collected: Collected, root: str, *, whole: bool) -> None:
        self.collected, self.archive, self.root = collected, collected.archive, root
        self.config = self._configuration()
        self.contents = self._content_folders() if whole else {"": ""}
        self.stories: list[tuple[Story, Text]] = []
        permalinks = _low(self.config.get("permalinks"))
        self.permalinks = {key: value for key, value in permalinks.items() if isinstance(value, str)} | _low(
            permalinks.get("page")
        )
        self.taxonomies = {str(plural): str(one) for one, plural in _low(self.config.get("taxonomies")).items()} or {
            "categories": "category",
            "tags": "tag",
        }
        self._settings()
        files = (f"{root}data/{name}{end}" for name in AUTHOR_SECTIONS for end in ENDS)
        for data in data_files(collected, files).values():
            collected.people_of(data)
        folders = tuple(f"{root}data/{name}/" for name in AUTHOR_SECTIONS)
        each = [name for name in collected.source.names if name.startswith(folders) and name.endswith(ENDS)]
        collected.people_of({PurePosixPath(path).stem: data for path, data in data_files(collected, each).items()})

    def _configuration(self) -> dict[str, Any]:
        config: dict[str, Any] = {}
        for data in data_files(self.collected, (f"{self.root}{name}{end}" for name in CONFIG for end in ENDS)).values():
            config |= _low(data)
        for part in PARTS:
            for data in data_files(
                self.collected, (f"{self.root}config/_default/{part}{end}" for end in ENDS)
            ).values():
                config[part] = _low(config.get(part)) | _low(data)
        return config

    def _content_folders(self) -> dict[str, str]:
        """The folders of content, and the language of each."""
        first = text_of(self.config, "defaultcontentlanguage")
        folders = {}
        for lang, values in _low(self.config.get("languages")).items():
            if folder := text_of(_low(values), "contentdir"):
                folders[f"{self.root}{folder.strip('/')}/"] = "" if lang == (first or "en") else lang
        general = f"{self.root}{(text_of(self.config, 'contentdir') or 'content').strip('/')}/"
        return dict(sorted(({general: ""} | folders).items(), key=lambda item: -len(item[0])))

    def _settings(self) -> None:
        params = _low(self.config.get("params"))
        if address := text_of(self.config, "baseurl"):
            host_of(address, self.archive, f"{self.root}{CONFIG[0]}")
        if title := text_of(self.config, "title"):
            self.archive.settings["SITENAME"] = title
        if line := text_of(params, "tagline", "subtitle", "description"):
            self.archive.settings["SITESUBTITLE"] = line
        languages = [_low(values) for values in _low(self.config.get("languages")).values()]
        menus = [_low(values.get("menu") or values.get("menus")) for values in (*languages, self.config)]
        entries: list[Any] = next((menu["main"] for menu in menus if isinstance(menu.get("main"), list)), [])
        menu = [
            (text_of(entry, "name", "title", "identifier"), text_of(entry, "url", "pageref"))
            for entry in sorted(
                map(_low, entries),
                key=lambda entry: int(text_of(entry, "weight")[:9]) if text_of(entry, "weight").isdecimal() else 0,
            )
        ]
        if menu := [
            (name, url if "//" in url else f"/{url.strip('/')}/") for name, url in menu if name and url.strip("/")
        ]:
            self.archive.settings["MENUITEMS"] = menu
        self.archive.roots = tuple(f"{self.root}{folder}" for folder in ("static", "assets", "public"))
        self.collected.variables = {"site.title": text_of(self.config, "title")}

    def note(self, path: str) -> None:
        """Read the header of a file that is a text, and note its address."""
        folder = next((folder for folder in self.contents if path.startswith(folder)), None)
        if folder is None:
            return
        name = path.removeprefix(folder)
        if name.endswith(NOT_READ):
            self.collected.skip(path, "Markdown and HTML are read, not this")
        if not name.endswith((*MARKDOWN, *HTML)):
            return
        text = self.collected.text(path)
        if text is None:
            return
        bare, lang = _language(name, self.contents[folder], set(_low(self.config.get("languages"))))
        section = bare.partition("/")[0] if "/" in bare else ""
        if is_true(text.values.get("headless")) or text_of(
            _low(text.values.get("_build") or text.values.get("build")), "render"
        ) in ("never", "false", "False"):
            self.collected.skip(path, "its header keeps it from being a page")
        elif section in AUTHOR_SECTIONS or (section and self.taxonomies.get(section) in ("author", "people")):
            self._author(text, bare)
        elif PurePosixPath(bare).name == "_index" or not bare or bare in ("_index", "404", "search", "homepage/_index"):
            self._list(text, bare, section)
        else:
            self._text(text, bare, section, lang)

    def _list(self, text: Text, bare: str, section: str) -> None:
        """A section or a term has a name and a description."""
        plain = section in PLAIN_SECTIONS | PAGE_SECTIONS or not section
        if plain and text.header.body.strip() and bare.count("/") == 1:
            self.collected.skip(text.path, "a section's own page; its words belong into sections.yml")
        if plain:
            return
        name = text_of(text.values, "title") or bare.split("/")[-2]
        body = (
            self.collected.body(text, Story(key="", source="", title="", body=""), "commonmark", tags.hugo)
            if text.header.body.strip()
            else ""
        )
        kind = KINDS.get(section, "section" if bare.count("/") == 1 else "topic")
        if bare.count("/") == 1 and section in self.taxonomies:
            return
        description = text_of(text.values, "description") or " ".join(re.sub(r"<[^<>]*>", " ", body).split())
        self.collected.term(
            name,
            kind,
            bare.split("/")[-2].replace("-", " "),
            description=description,
            addresses=(f"/{bare.removesuffix('/_index').lower()}/",),
        )

    def _author(self, text: Text, bare: str) -> None:
        parts = bare.removesuffix("/_index").removesuffix("/index").split("/")
        if len(parts) < 2:
            return
        bio = self.collected.body(text, Story(key="", source="", title="", body=""), "commonmark", tags.hugo)
        self.collected.known_person(
            parts[-1], text.values, bio, (text_of(text.values, "url") or f"/{'/'.join(parts).lower()}/",), text.folder
        )

    def _text(self, text: Text, bare: str, section: str, lang: str) -> None:
        story = text.story(text.path)
        story.lang = lang
        if is_true(text.values.get("expired")):
            story.status = "draft"
        self.collected.fill(story, text)
        own = bare.removesuffix("/index")
        last = own.rpartition("/")[2]
        if (match := DAY.fullmatch(last)) and not story.date:
            story.date = moment("-".join(match.groups()[:3]))
        story.is_page = (
            not section
            or own == section
            or section in PAGE_SECTIONS
            or (story.date is None and section not in PLAIN_SECTIONS)
        )
        if section not in PLAIN_SECTIONS and not story.is_page:
            story.terms = [self.collected.term(section.replace("-", " "), "section"), *story.terms]
        if story.is_page and is_list(text, bare):
            self.collected.skip(text.path, "a template makes it, or it is empty")
            return
        if expiry := moment(text.values.get("expirydate")):
            story.why_draft = f"it expired on {expiry:%Y-%m-%d}"
            story.status = "draft"
        story.slug = slugify((text_of(text.values, "slug") or last).replace("/", "-"))
        self.collected.titled(story, text, last)
        address = self._address(text, own, section, story.date)
        if lang and not address.startswith(f"/{lang}/"):
            address = f"/{lang}{address}"
        story.addresses = [address] if address else []
        if "url" in text.values and story.slug and "slug" not in text.values:
            story.slug = slugify(address.strip("/").rpartition("/")[2].removesuffix(".html")) or story.slug
        for alias in names_of(text.values.get("aliases"), ""):
            above = address.rstrip("/").rpartition("/")[0]
            story.addresses.append(alias if alias.startswith("/") or "//" in alias else f"{above}/{alias}")
        story.addresses = list(dict.fromkeys(story.addresses))
        if address:
            self.collected.place(text.path, address)
        self.stories.append((story, text))

    def _address(self, text: Text, own: str, section: str, date: datetime | None) -> str:
        if url := text_of(text.values, "url"):
            return url if url.startswith("/") else f"/{url}"
        folder, _, last = own.rpartition("/")
        slug = text_of(text.values, "slug")
        pattern = self.permalinks.get(section, "")
        if pattern and not (date is None and re.search(":(?:year|month|day|weekday|yearday)", pattern)):
            words = {
                "section": section, "sections": folder, "title": slugify(text_of(text.values, "title")),
                "slug": slug or slugify(text_of(text.values, "title")),
                "slugorfilename": slug or last, "slugorcontentbasename": slug or last, "filename": last, "contentbasename": last,
            }  # fmt: skip
            if date:
                words |= {
                    "year": f"{date:%Y}",
                    "month": f"{date:%m}",
                    "monthname": f"{date:%B}".lower(),
                    "day": f"{date:%d}",
                    "weekday": f"{date:%w}",
                    "weekdayname": f"{date:%A}".lower(),
                    "yearday": f"{date:%j}",
                }
            address = re.sub(r":([a-z]+)(?:\[[^\]]*\])?", lambda match: words.get(match[1], match[0]), pattern)
        else:
            address = f"{folder}/{slug or last}"
        address = re.sub("//+", "/", f"/{address.strip('/')}")
        address = address if is_true(self.config.get("disablepathtolower")) else address.lower().replace(" ", "-")
        ugly = is_true(self.config.get("uglyurls"))
        return address if address.endswith(".html") else f"{address}.html" if ugly else f"{address}/"

    def finish(self) -> None:
        """Read the texts themselves, now that it is known where each is."""
        for story, text in self.stories:
            story.body = self.collected.body(text, story, "commonmark", tags.hugo)
            self.archive.stories.append(story)
        for number, term in enumerate(self.archive.terms):
            plural = "tags" if term.kind == "topic" else "categories"
            if not term.addresses and plural in self.taxonomies:
                self.archive.terms[number] = replace(term, addresses=(f"/{plural}/{slugify(term.name)}/",))
        for number, person in enumerate(self.archive.people):
            plural = next((name for name, one in self.taxonomies.items() if one in ("author", "authors")), "")
            if plural and not person.addresses:
                self.archive.people[number] = replace(person, addresses=(f"/{plural}/{slugify(person.name)}/",))
        self.collected.with_pages_led_to()


def _language(name: str, lang: str, languages: set[str]) -> tuple[str, str]:
    """A text's name without its ending, and its language, which may stand before the ending."""
    bare = name.rpartition(".")[0]
    stem, dot, suffix = bare.rpartition(".")
    if dot and suffix.lower() in languages:
        return stem, "" if suffix.lower() == "en" and not lang else suffix
    return bare, lang


def _low(values: Any) -> dict[str, Any]:
    """A dictionary with keys in small letters; an empty one, if this is none."""
    return {str(key).lower(): value for key, value in values.items()} if isinstance(values, dict) else {}
