"""Hugo, Jekyll and Eleventy: their names and keys, and what each does in its own way; `sites` reads
the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any, ClassVar, Literal
from unicodedata import category

from broadside.importer import slugify
from broadside_import import tags
from broadside_import.headers import (
    flat,
    is_false,
    is_true,
    lowered,
    moment,
    named_zone,
    names_of,
    text_of,
)
from broadside_import.model import ArchiveStory, ArchiveTerm, Person, Picture
from broadside_import.readable import joined
from broadside_import.sites import (
    ALT,
    CREDIT,
    HTML,
    LISTS,
    NOT_TEXTS,
    PHOTO,
    PICTURE_PATH,
    Expand,
    SiteReader,
    Text,
    named_after,
)

ENDS = "toml yaml yml json"
FIRST_PARTS = frozenset(
    "post posts blog blogs article articles news story stories content entries entry writing"
    " journal".split()
)
"""Hugo's folders that hold a site's stories, on any subject."""
PAGES = frozenset("page pages static".split())
TAXONOMIES: dict[str, Literal["section", "either", "topic"]] = {
    "categories": "either",
    "tags": "topic",
    "series": "topic",
}
"""What the terms of a taxonomy become."""
PEOPLE = "authors author people contributors writers team".split()
NAMED_PICTURE = re.compile(r"/(?:images|photos|pictures|media)/[^/]+\.(?:toml|ya?ml|json)$")
"""A data file about one picture, which headers and short codes name without folder and ending."""


def _files(folder: str, names: str | Iterable[str], ends: str) -> tuple[str, ...]:
    if isinstance(names, str):
        names = names.split()
    return tuple(f"{folder}{name}.{end}" for name in names for end in ends.split())


class Hugo(SiteReader):
    """Sections, bundles and taxonomies in `content`, with the configuration and the pages or data
    of authors.
    """

    dialect = "commonmark"
    unread = (".adoc", ".asciidoc", ".org", ".rst", ".pandoc", ".pdc", ".ipynb")
    people_files = _files("data/", PEOPLE, ENDS)
    part = re.compile(r":([a-z]+)(?:\[[^\]]*\])?")
    days: ClassVar[dict[str, str]] = {
        "year": "%Y",
        "month": "%m",
        "monthname": "%B",
        "day": "%d",
        "weekday": "%w",
        "weekdayname": "%A",
        "yearday": "%j",
    }

    def configure(self) -> None:
        depth = lambda name: (name.count("/"), name)  # noqa: E731
        tops = [
            name for name in sorted(self.files, key=depth) if re.match(r"(?:[^/]+/)?content/", name)
        ]
        self.root = root = tops[0].partition("content/")[0] if tops else ""
        self.config: dict[str, Any] = {}
        for _, data in self.data(
            _files(root, "hugo config config/_default/hugo config/_default/config", ENDS)
        ):
            self.config |= lowered(data)
        for part in ("languages", "params", "permalinks", "taxonomies"):
            for _, data in self.data(_files(f"{root}config/_default/", part, ENDS)):
                self.config[part] = lowered(self.config.get(part)) | lowered(data)
        permalinks = lowered(self.config.get("permalinks"))
        self.permalinks = permalinks | lowered(permalinks.get("page"))
        self.taxonomies = {
            str(plural): str(one) for one, plural in lowered(self.config.get("taxonomies")).items()
        } or {
            "categories": "category",
            "tags": "tag",
        }
        self.languages = {
            lang: lowered(said) for lang, said in lowered(self.config.get("languages")).items()
        }
        self.language = text_of(self.config, "defaultcontentlanguage") or "en"
        if tops:
            self.folders = self._folders()
        else:
            self.folders = {"": ""}
        self.host_of(text_of(self.config, "baseurl"), f"{root}hugo")
        line = text_of(lowered(self.config.get("params")), "tagline", "subtitle", "description")
        self.settings(text_of(self.config, "title"), line)
        self.archive.roots = tuple(f"{root}{folder}" for folder in ("static", "assets", "public"))
        self.variables = {"site.title": text_of(self.config, "title")}
        self.zone_named = text_of(self.config, "timezone")
        self.params = {"": flat(self.config.get("params"))}
        for lang, said in self.languages.items():
            self.params[lang] = self.params[""] | flat(said.get("params"))
        self._name_pictures()
        self.read_people(root)
        folders = tuple(f"{root}data/{name}/" for name in PEOPLE)
        each = [
            name
            for name in self.source.names
            if name.startswith(folders) and name.endswith(tuple(ENDS.split()))
        ]
        self.people_of({PurePosixPath(path).stem: data for path, data in self.data(each)})

    def _name_pictures(self) -> None:
        """Read the data files about pictures."""
        self.pictures: dict[str, dict[str, Any]] = {}
        base = self.params[""].get("cdnurl", "").rstrip("/") + "/"
        below = f"{self.root}data/"
        names = (name for name in self.source.names if name.startswith(below))
        for path, data in self.data(filter(NAMED_PICTURE.search, names)):
            known, name = lowered(data), PurePosixPath(path).stem
            file = text_of(known, *PICTURE_PATH) or f"{name}.{text_of(known, 'format')}"
            address = joined(base, file)
            self.pictures[name.lower()] = known | {"path": address}
            self.variables[name] = address
            alt, credit = text_of(known, *ALT), text_of(known, *CREDIT)
            self.archive.media.append(Picture(address, alt, credit=credit))

    def complete(self, text: Text, name: str) -> None:
        """Put what the site knows of a picture in place of its name."""
        for key in PHOTO:
            said = text.values.get(key)
            named = text_of(lowered(said), "uid") or text_of(text.values, key)
            if known := self.pictures.get(named.lower()):
                text.values[key] = known

    def _folders(self) -> dict[str, str]:
        """The folders of content, and the language of each."""
        folders = {
            f"{self.root}{(text_of(self.config, 'contentdir') or 'content').strip('/')}/": ""
        }
        for lang, said in self.languages.items():
            if folder := text_of(said, "contentdir"):
                folders[f"{self.root}{folder.strip('/')}/"] = "" if lang == self.language else lang
        return dict(sorted(folders.items(), key=lambda item: -len(item[0])))

    def paths(self) -> Iterable[str]:
        """Terms come first, because other texts name them by their folders; then lists."""
        terms = tuple(f"{folder}{plural}/" for folder in self.folders for plural in self.taxonomies)
        return sorted(
            self.source.names,
            key=lambda name: ("/_index." not in name, not name.startswith(terms)),
        )

    def expanded(self, text: Text) -> Expand | None:
        return tags.hugo

    def params_of(self, text: Text) -> dict[str, str]:
        lang = self._placed(text.path)[2] or self.language
        own = flat(text.values.get("params")) | flat(text.values)
        return self.params.get(lang, self.params[""]) | own

    def name_of(self, path: str) -> str | None:
        if all(not path.startswith(folder) for folder in self.folders):
            return None
        if path.endswith(self.unread):
            self.skip(path, "Markdown and HTML are read, not this")
        if path.endswith(self.endings):
            return path
        return None

    def left_out(self, text: Text, name: str) -> str | None:
        build = lowered(text.values.get("_build") or text.values.get("build"))
        is_kept = is_true(text.values.get("headless")) or text_of(build, "render") in (
            "never",
            "false",
            "False",
        )
        if is_kept:
            return "its header keeps it from being a page"
        return None

    def _placed(self, name: str) -> tuple[str, str, str]:
        """A text's name below its folder without extension, its section, and its language, which
        may come before the extension.
        """
        folder = next(folder for folder in self.folders if name.startswith(folder))
        bare, lang = name.removeprefix(folder).rpartition(".")[0], self.folders[folder]
        stem, dot, suffix = bare.rpartition(".")
        if dot and suffix.lower() in self.languages:
            bare, lang = stem, "" if suffix.lower() == "en" and not lang else suffix
        return bare, bare.partition("/")[0] if "/" in bare else "", lang

    def is_of_another(self, text: Text, name: str) -> bool:
        bare, section, lang = self._placed(name)
        if section in PEOPLE or (section and self.taxonomies.get(section) in ("author", "people")):
            parts = bare.removesuffix("/_index").removesuffix("/index").split("/")
            if len(parts) > 1:
                address = text_of(text.values, "url") or f"/{'/'.join(parts).lower()}/"
                self.place(text.path, address)
                addresses = (address, *self.former(text))
                self.known_person(parts[-1], text.values, self.body(text), addresses, text.folder)
            else:
                self._tell_former(text)
            return True
        if PurePosixPath(bare).name == "_index":
            return self._is_list(text, bare, section, lang)
        return bare in ("", "404", "search")

    def _is_list(self, text: Text, bare: str, section: str, lang: str) -> bool:
        """Whether a text is only about the list on its page; if so, record the section or the term
        that it describes.
        """
        folder = bare.removesuffix("_index").strip("/")
        address = text_of(text.values, "url") or f"/{lang}/{folder.lower()}/".replace("//", "/")
        has_words = bool(text.header.body.strip())
        is_term = section in self.taxonomies
        if "/" in folder and has_words and not is_term:
            return False  # a page of its own, with pages below it
        self.place(text.path, address)
        if section in FIRST_PARTS | PAGES or not section:
            self._tell_former(text)
            if has_words and not lang:
                self.skip(
                    text.path,
                    "the front page's or a section's own words; they may go into sections.yml",
                )
        elif folder != section or not is_term:
            self._describe(text, folder, section, address)
        else:
            self._tell_former(text)
        return True

    def former(self, text: Text) -> list[str]:
        above = self.addresses.get(text.path, "").rstrip("/").rpartition("/")[0]
        return [
            old if old.startswith("/") or "//" in old else f"{above}/{old}"
            for old in names_of(text.values.get("aliases"), "")
        ]

    def _tell_former(self, text: Text) -> None:
        """Report the former addresses of a list that is no section's or term's."""
        for old in self.former(text):
            self.tell(text.path, 1, f"the address {old[:150]} of a list", "nothing")

    def _describe(self, text: Text, folder: str, section: str, address: str) -> None:
        """Set the name and description of a section or a term."""
        words = text_of(text.values, "description")
        body = ""
        if text.header.body.strip() and not words:
            body = self.body(text)
        last = folder.rpartition("/")[2]
        key = self.term(
            text_of(text.values, "title") or last,
            TAXONOMIES.get(section, "topic" if "/" in folder else "section"),
            last.replace("-", " "),
            description=words or " ".join(re.sub(r"<[^<>]*>", " ", body).split()),
            addresses=(address, *self.former(text)),
        )
        self.terms.setdefault(f"{key.partition(':')[0]}:{last.casefold()}", key)

    def arranged(self, story: ArchiveStory, text: Text, name: str) -> Sequence[str] | None:
        bare, section, lang = self._placed(name)
        story.lang = lang or story.lang
        own = bare.removesuffix("/_index").removesuffix("/index")
        last = own.rpartition("/")[2]
        story.date = story.date or moment(named_after(last)[0])
        is_plain = section in FIRST_PARTS
        is_undated = story.date is None and not is_plain
        is_above_others = bare.endswith("/_index")
        story.is_page = (
            not section or own == section or section in PAGES or is_undated or is_above_others
        )
        if not is_plain and not story.is_page:
            story.terms.insert(0, self.term(section.replace("-", " "), "section"))
        if story.is_page and self.is_list(text, bare):
            self.skip(text.path, "a template makes it, or it is empty")
            return None
        if expiry := moment(text.values.get("expirydate")):
            story.why_draft, story.status = f"it expired on {expiry:%Y-%m-%d}", "draft"
        self.titled(story, text, last)
        address = self._address(text, own, "" if is_above_others else section, story.date)
        if lang and not address.startswith(f"/{lang}/"):
            address = f"/{lang}{address}"
        story.slug = slugify((text_of(text.values, "slug") or last).replace("/", "-"))
        if "url" in text.values and story.slug and "slug" not in text.values:
            story.slug = (
                slugify(address.strip("/").rpartition("/")[2].removesuffix(".html")) or story.slug
            )
        self.place(text.path, address)
        return [address, *self.former(text)]

    def _address(self, text: Text, own: str, section: str, date: datetime | None) -> str:
        if url := text_of(text.values, "url"):
            if url.startswith("/"):
                return url
            return f"/{url}"
        folder, _, last = own.rpartition("/")
        slug, title = text_of(text.values, "slug"), slugify(text_of(text.values, "title"))
        words = {
            "section": section,
            "sections": folder,
            "title": title,
            "slug": slug or title,
            **dict.fromkeys(("slugorfilename", "slugorcontentbasename"), slug or last),
            **dict.fromkeys(("filename", "contentbasename"), last),
        }
        if date:
            words |= {"monthname": f"{date:%B}".lower(), "weekdayname": f"{date:%A}".lower()}
        pattern = self.permalinks.get(section)
        address = ""
        if isinstance(pattern, str):
            address = self.permalink(pattern, date, words)
        address = re.sub("//+", "/", f"/{(address or f'{folder}/{slug or last}').strip('/')}")
        if not is_true(self.config.get("disablepathtolower")):
            address = address.lower().replace(" ", "-")
        ugly = is_true(self.config.get("uglyurls"))
        if address.endswith(".html"):
            return address
        if ugly:
            return f"{address}.html"
        return f"{address}/"

    def pages_of_term(self, term: ArchiveTerm) -> tuple[str, ...]:
        plural = "categories"
        if term.kind == "topic":
            plural = "tags"
        if plural in self.taxonomies:
            return (f"/{plural}/{slugify(term.name)}/",)
        return ()

    def pages_of_person(self, person: Person) -> tuple[str, ...]:
        plural = next(
            (name for name, one in self.taxonomies.items() if one in ("author", "authors")), ""
        )
        if plural:
            return (f"/{plural}/{slugify(person.name)}/",)
        return ()


STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
"""Jekyll's predefined permalink patterns."""
AUTHOR_FOLDERS = ("_authors/", "_people/", "_team/", "authors/")
SYSTEM = (
    "_includes/",
    "_layouts/",
    "_sass/",
    "_data/",
    "_plugins/",
    "_site/",
    "node_modules/",
    "vendor/",
    ".",
)
NUMBERS = (("/?p=", "wordpress_id"), ("/node/", "nid"))
"""Addresses in the system before Jekyll, and the header key with their number."""


class Jekyll(SiteReader):
    """Posts, collections and pages in folders, with `_config.yml` and the data of authors."""

    dialect = "kramdown"
    unread = (".textile", ".asciidoc", ".adoc", ".org", ".rst", ".haml", ".slim")
    people_files = _files(
        "_data/", "authors author people team members contributors", "yml yaml json toml"
    )
    former_keys = ("redirect_from", "aliases", "redirect_from_url")
    days: ClassVar[dict[str, str]] = {
        "year": "%Y",
        "month": "%m",
        "day": "%d",
        "hour": "%H",
        "minute": "%M",
        "second": "%S",
        "i_month": "%-m",
        "i_day": "%-d",
        "short_year": "%y",
        "short_month": "%b",
        "long_month": "%B",
        "y_day": "%j",
        "week": "%V",
        "short_day": "%a",
        "w_day": "%u",
    }

    def configure(self) -> None:
        names = sorted(self.source.names, key=len)
        path = next((name for name in names if name.endswith("_config.yml")), "_config.yml")
        self.root = path.removesuffix("_config.yml")
        said = next((data for _, data in self.data([path]) if isinstance(data, dict)), {})
        self.config: dict[str, Any] = said
        self.variables = {f"site.{key}": text_of(said, key) for key in said} | {
            "site.baseurl": "",
            "site.github.url": "",
        }
        self.zone_named = text_of(said, "timezone")
        self.zone = named_zone(self.zone_named) or named_zone("UTC")
        collections = said.get("collections")
        if isinstance(collections, dict):
            self.collections = collections
        else:
            self.collections = dict.fromkeys(names_of(collections))
        self.settings(
            text_of(said, "title", "name"), text_of(said, "tagline", "description", "subtitle")
        )
        self.host_of(text_of(said, "url"), path)
        self.archive.base = "/".join(("", text_of(said, "baseurl").strip("/"))).rstrip("/")
        self.archive.roots = (self.root.rstrip("/"),)
        self.read_people(self.root)
        self.people_of(said.get("authors"))

    def name_of(self, path: str) -> str | None:
        name = path.removeprefix(self.root)
        if not path.startswith(self.root):
            return None
        is_post = "_posts/" in name or "_drafts/" in name
        if is_post and name.endswith(self.unread):
            self.skip(path, "Markdown and HTML are read, not this")
        if name.startswith(SYSTEM) or "/_site/" in name or "/node_modules/" in name:
            return None
        if (
            not name.endswith(self.endings)
            or name.partition(".")[0].rpartition("/")[2].lower() in NOT_TEXTS
        ):
            return None
        folder = name.partition("/")[0]
        said = self.collections.get(folder[1:], {})
        is_made = folder[1:] in self.collections and (
            not isinstance(said, dict) or is_true(said.get("output"))
        )
        is_known = (
            not folder.startswith("_") or is_post or is_made or name.startswith(AUTHOR_FOLDERS)
        )
        if is_known:
            return name
        return None

    def left_out(self, text: Text, name: str) -> str | None:
        if text.values:
            return None
        if "_posts/" in name:
            return "it has no header, so Jekyll does not publish it"
        return ""

    def complete(self, text: Text, name: str) -> None:
        """Add the defaults of `_config.yml` for a folder's files, and split names on one line at
        spaces.
        """
        defaults: dict[str, Any] = {}
        if "_posts/" in name:
            kind = "posts"
        elif name.startswith("_"):
            kind = name.partition("/")[0][1:]
        else:
            kind = "pages"
        for entry in self.config.get("defaults") or ():
            scope = None
            if isinstance(entry, dict):
                scope = entry.get("scope")
            if not isinstance(scope, dict) or not isinstance(entry.get("values"), dict):
                continue
            if text_of(scope, "type") in ("", kind) and name.startswith(
                text_of(scope, "path").strip("*/")
            ):
                said = entry["values"]
                defaults |= {
                    key: value
                    for key, value in said.items()
                    if key != "permalink" or "title" in value
                }
        text.header.values = values = defaults | text.values
        for key in ("categories", "category", "tags"):
            if isinstance(values.get(key), str) and "," not in values[key]:
                values[key] = values[key].strip("[]").split()

    def is_of_another(self, text: Text, name: str) -> bool:
        if not (name.startswith(AUTHOR_FOLDERS) and text.stem != "index") and not re.match(
            "authors/.+/", name
        ):
            return False
        usual = f"/{name.removeprefix('_').rpartition('.')[0].removesuffix('/index')}/"
        address = text_of(text.values, "permalink") or usual
        key = text_of(text.values, "short_name", "slug", "username") or text.own_name
        self.known_person(key, text.values, self.body(text), (address,), text.folder)
        return True

    def arranged(self, story: ArchiveStory, text: Text, name: str) -> Sequence[str] | None:
        is_post, is_draft = "_posts/" in name, "_drafts/" in name
        day, title = "", text.stem
        if is_post:
            day, title = named_after(text.stem)
        if is_draft:
            story.status = "draft"
        if is_post and not day:
            self.skip(text.path, "it is not named after a day, so Jekyll does not publish it")
            return None
        if not (is_post or is_draft) and (not story.date or name.startswith(("pages/", "_pages/"))):
            if self.is_list(text, name.rpartition(".")[0]):
                self.skip(text.path, "a template makes it, or it is empty")
                return None
            story.is_page = True
        folders = []
        if is_post:
            folders = [part for part in name.split("_posts/", maxsplit=1)[0].split("/") if part]
        above = [
            self.term(part.replace("-", " ").replace("_", " ").capitalize(), "either")
            for part in folders[::-1]
        ]
        story.terms = list(dict.fromkeys((*above[::-1], *story.terms)))
        slug = text_of(text.values, "slug")
        if title != "index":
            stem = title
        else:
            stem = text.folder.rpartition("/")[2]
        story.slug = slugify(slug.replace("/", "-") or stem)
        self.titled(story, text, title if title != "index" else story.slug)
        separator = text_of(self.config, "excerpt_separator")
        if separator and separator != "<!--more-->":
            text.header.body = text.header.body.replace(separator, "\n\n<!--more-->\n\n", 1)
        local = story.date
        if story.date and story.date.tzinfo and self.zone:
            local = story.date.astimezone(self.zone)
        categories = [
            *folders,
            *names_of(text.values.get("categories") or text.values.get("category"), " "),
        ]
        pattern = text_of(text.values, "permalink") or self._pattern(
            text, name, is_post=is_post or is_draft
        )
        filled = partial(_jekyll_address, self, pattern, title, slug, categories, name)
        addresses = [filled(date) for date in dict.fromkeys((local, story.date, moment(day)))]
        numbered = [
            f"{start}{number}" for start, key in NUMBERS if (number := text_of(text.values, key))
        ]
        return [*filter(None, addresses), *self.former(text), *numbered]

    def _pattern(self, text: Text, name: str, *, is_post: bool) -> str:
        general = text_of(self.config, "permalink") or "date"
        if is_post:
            return STYLES.get(general, general)
        folder = name.partition("/")[0]
        if folder.startswith("_") and isinstance(said := self.collections.get(folder[1:]), dict):
            return text_of(said, "permalink") or "/:collection/:path:output_ext"
        if text.stem == "index":
            return "/:folder/"
        is_pretty = general == "pretty" or general.endswith("/")
        if is_pretty:
            return "/:folder/:basename/"
        return "/:folder/:basename:output_ext"

    def finish(self, story: ArchiveStory, text: Text) -> None:
        super().finish(story, text)
        if not story.people and not story.is_page and (sole := names_of(self.config.get("author"))):
            story.people = [self.person(sole[0])]

    def expanded(self, text: Text) -> Expand | None:
        if is_false(text.values.get("render_with_liquid")):
            return None
        return tags.liquid_with_old_marks

    def pages_of_term(self, term: ArchiveTerm) -> tuple[str, ...]:
        """The pages that jekyll-archives makes."""
        links = lowered(lowered(self.config.get("jekyll-archives")).get("permalinks"))
        pattern = text_of(links, "tag" if term.kind == "topic" else "category")
        if ":name" in pattern:
            return (pattern.replace(":name", _jekyll_slug(term.name)),)
        return ()


def _jekyll_slug(words: str) -> str:
    """A slug as Jekyll makes it: "C#/.NET 4.5" -> "c-net-4-5"."""
    kept = (char if char.isalnum() or category(char).startswith("M") else " " for char in words)
    return "-".join("".join(kept).split()).lower()


def _jekyll_address(  # noqa: PLR0913, PLR0917 -- what a permalink may be made of
    site: Jekyll,
    pattern: str,
    title: str,
    slug: str,
    categories: list[str],
    name: str,
    date: datetime | None,
) -> str:
    bare = name.rpartition(".")[0]
    folder, _, basename = bare.rpartition("/")
    path = bare
    if bare.startswith("_"):
        path = bare.partition("/")[2]
    words = {
        "title": slug or title,
        "slug": _jekyll_slug(slug or title),
        "name": _jekyll_slug(slug or title),
        "categories": "/".join(
            dict.fromkeys(each.lower().replace(" ", "%20") for each in categories)
        ),
        "slugified_categories": "/".join(dict.fromkeys(map(_jekyll_slug, categories))),
        "output_ext": ".html",
        "folder": folder,
        "basename": basename,
        "path": path,
        "collection": bare.partition("/")[0].lstrip("_"),
    }
    address = site.permalink(pattern, date, words)
    if address:
        return re.sub("//+", "/", f"/{address}")
    return ""


CONFIG = (".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs")
SETTING = re.compile(r"""\b(input|data|includes|output|pathPrefix)\s*:\s*["']([^"'\n]*)["']""")
PERMALINK = re.compile(r"""["']?permalink["']?\s*:\s*(["'`])(.+?)\1""")
SITE = ("site", "metadata", "meta", "config")
AUTHOR_FOLDER = re.compile(r"(?:^|/)_?(?:authors?|people|team)/[^/]+\.(?:md|markdown)$")
NOT_OF_THE_SITE = re.compile(r"(?:^|/)(?:node_modules|_site|dist|tests?|docs|\.[^/]+)/")
TEMPLATES = (".njk", ".liquid", ".md", ".html", ".webc")
OUTPUT = re.compile(r"\{\{-?\s*([\w.\[\]]+)[^{}]*\}\}")
PATH_OF_DATE = {"yyyy": "%Y", "YYYY": "%Y", "MM": "%m", "LL": "%m", "dd": "%d", "DD": "%d"}
COLLECTIONS = ("post", "posts", "blog", "article", "articles", "all", "nav")
"""Tags that only collect stories, and say nothing about their content."""


class Eleventy(SiteReader):
    """Texts with headers, the data of folders and of authors.

    The configuration is a program, and is not run.
    """

    dialect = "commonmark"
    people_files = _files("", "authors author people team contributors", "json yml yaml toml")
    former_keys = ("redirect_from", "aliases", "redirects")

    def configure(self) -> None:
        names = sorted(self.source.names, key=len)
        path = next((name for name in names if name.rpartition("/")[2] in CONFIG), "")
        self.root = path[: path.rfind("/") + 1]
        written = {}
        if path:
            written = dict(SETTING.findall(self.content(path) or ""))
        top = self.root + written.get("input", "").strip("./")
        if top and not top.endswith("/"):
            self.input = f"{top}/"
        else:
            self.input = top
        usual = {"includes": "_includes", "data": "_data", "output": "_site"}
        folders = [
            f"{self.input}{written.get(key, name).strip('./')}/" for key, name in usual.items()
        ]
        self.system = tuple(folders)
        self.of_folders: dict[str, dict[str, Any]] = {}
        for file, data in self.data(_files(folders[1], SITE, "json yml yaml toml")):
            if isinstance(data, dict):
                said = lowered(data)
                self.settings(
                    text_of(said, "title", "name", "sitename"),
                    text_of(said, "tagline", "description"),
                )
                self.host_of(text_of(said, "url", "host", "siteurl", "baseurl"), file)
                self.variables |= {
                    f"{name}.{key}": text_of(said, key) for key in said for name in SITE
                }
        self.variables["site.baseurl"] = ""
        self.read_people(folders[1])
        self.term_pages = self._term_pages()
        tops = (
            self.root,
            f"{self.root}public",
            f"{self.root}static",
            f"{self.root}src",
            self.input,
        )
        self.archive.roots = tuple(dict.fromkeys(folder.rstrip("/") for folder in tops))
        self.archive.base = "/".join(("", written.get("pathPrefix", "").strip("/"))).rstrip("/")

    def _term_pages(self) -> str:
        """The pattern of the tags' pages, with {} for the slug, from the template that makes one
        for each tag.
        """
        for path in self.source.names:
            if (
                not path.startswith(self.input)
                or NOT_OF_THE_SITE.search(path)
                or not path.endswith(TEMPLATES)
            ):
                continue
            text = self.text(path)
            paged = None
            if text:
                paged = text.values.get("pagination")
            if text and isinstance(paged, dict) and "collections" in text_of(paged, "data"):
                alias = text_of(paged, "alias") or "pagination"
                parts = OUTPUT.split(text_of(text.values, "permalink"))
                parts[1::2] = ["{}" if name.startswith(alias) else "\0" for name in parts[1::2]]
                address = "".join(parts)
                if (
                    address.count("{}") == 1
                    and "\0" not in address
                    and "{%" not in address
                    and address != "{}"
                ):
                    return f"/{address.lstrip('/').removesuffix('index.html')}"
        return "/tags/{}/"

    def name_of(self, path: str) -> str | None:
        if (
            not path.startswith(self.input)
            or path.startswith(self.system)
            or NOT_OF_THE_SITE.search(path)
        ):
            return None
        is_text = (
            path.endswith(self.endings)
            and path.rpartition("/")[2].partition(".")[0].lower() not in NOT_TEXTS
        )
        if is_text:
            return path.removeprefix(self.input)
        return None

    def left_out(self, text: Text, name: str) -> str | None:
        is_template = not text.values and name.endswith(HTML)
        if is_template:
            return "it has no header, so it is a template or a file of the site's own"
        return None

    def complete(self, text: Text, name: str) -> None:
        """Add the data of a text's folders and of the file beside it, and leave out tags that only
        collect stories.
        """
        bare = text.path.rpartition(".")[0]
        beside: dict[str, Any] = {}
        for _, data in self.data((f"{bare}.11tydata.json", f"{bare}.json")):
            beside |= lowered(data)
        text.header.values = values = self._of_folders(text.folder) | beside | text.values
        if isinstance(values.get("tags"), list):
            values["tags"] = [tag for tag in values["tags"] if tag not in COLLECTIONS]
        elif text_of(values, "tags") in COLLECTIONS:
            del values["tags"]

    def _of_folders(self, folder: str) -> dict[str, Any]:
        """The data that folders give to the texts in them, nearest folder last."""
        if not folder:
            return {}
        if folder not in self.of_folders:
            above, _, name = folder.rpartition("/")
            values = dict(self._of_folders(above))
            path = f"{folder}/{name}"
            for _, data in self.data(
                _files(path, [""], "json 11tydata.json yml yaml 11tydata.yml")
            ):
                values |= lowered(data)
            for program in _files(path, [""], "11tydata.js 11tydata.cjs 11tydata.mjs"):
                if program in self.files and (
                    match := PERMALINK.search(self.content(program) or "")
                ):
                    values["permalink"] = match[2]
            self.of_folders[folder] = values
        return self.of_folders[folder]

    def is_of_another(self, text: Text, name: str) -> bool:
        if not AUTHOR_FOLDER.search(text.path) or text.stem.lower() in LISTS:
            return False
        address = self._address(text, name)
        key = text_of(text.values, "key", "slug") or text.stem
        self.known_person(
            key, text.values, self.body(text), (address,) if address else (), text.folder
        )
        return True

    def arranged(self, story: ArchiveStory, text: Text, name: str) -> Sequence[str] | None:
        is_nowhere = is_false(text.values.get("permalink"))
        if story.date is None:
            if self.is_list(text, name.rpartition(".")[0]) or is_nowhere:
                self.skip(text.path, "a template makes it, or it is empty or without an address")
                return None
            story.is_page = True
        day, stem = named_after(text.stem)
        if text.stem == "index":
            stem = text.folder.rpartition("/")[2]
        self.titled(story, text, stem)
        if is_nowhere:
            story.status, story.why_draft = "draft", "it had no address"
        address = self._address(text, name)
        last = address.strip("/").rpartition("/")[2].removesuffix(".html")
        story.slug = (
            slugify(text_of(text.values, "slug").replace("/", "-"))
            or slugify(last)
            or slugify(stem)
        )
        return [address, self._address(text, name, day) if day else "", *self.former(text)]

    def _address(self, text: Text, name: str, day: str = "") -> str:
        """The address of a text, on another day if one is given; "" if it has none, or only the
        site's own program knows it.
        """
        if is_false(text.values.get("permalink")):
            return ""
        bare = name.rpartition(".")[0]
        slug = re.sub(r"^\d{4}-\d\d-\d\d-", "", text.own_name)
        own = text_of(text.values, "permalink")
        if not own:
            return re.sub(
                "//+", "/", f"/{bare.rpartition('/')[0]}/{'' if text.stem == 'index' else slug}/"
            )
        date = moment(day or text.values.get("date") or named_after(text.stem)[0])
        if date and date.tzinfo:
            date = date.astimezone(UTC)
        words = {
            "page.fileslug": slug,
            "page.filepathstem": f"/{bare}",
            "title": text_of(text.values, "title"),
        }
        address = _eleventy_address(
            own, date, words | {"slug": text_of(text.values, "slug") or slug}
        )
        if not address:
            return ""
        is_file = address.endswith(".html") and not address.endswith("index.html")
        return f"/{address.strip('/')}".removesuffix("/index.html").rstrip("/") + (
            "" if is_file else "/"
        )

    def expanded(self, text: Text) -> Expand | None:
        return tags.liquid

    def pages_of_term(self, term: ArchiveTerm) -> tuple[str, ...]:
        # versions differ
        slugs = (slugify(term.name), slugify(re.sub(r"[^\w\s-]", " ", term.name)))
        return tuple(self.term_pages.replace("{}", slug) for slug in dict.fromkeys(slugs))


def _eleventy_address(pattern: str, date: datetime | None, words: dict[str, str]) -> str:
    """A permalink with its values; "" if a value is unknown."""

    def value(match: re.Match[str]) -> str:
        name, *filters = (part.strip() for part in match[1].split("|"))
        if name.lower() in ("page.date", "date"):
            usual = "yyyy-MM-dd"
            if "path" in match[1].lower():
                usual = "yyyy/MM/dd"
            form = next(iter(re.findall(r"""["']([^"']+)["']""", match[1])), usual)
            form = re.sub("|".join(PATH_OF_DATE), lambda part: PATH_OF_DATE[part[0]], form)
            if date:
                return date.strftime(form)
            return "\0"
        if name.startswith(("'", '"')):
            return name.strip("\"'")
        known = words.get(name.lower(), "\0")
        if known != "\0" and any("slug" in part for part in filters):
            return slugify(known)
        return known

    address = re.sub(r"\$?\{\{-?\s*(.*?)\s*-?\}\}", value, pattern)
    if "\0" in address or "{%" in address or "${" in address:
        return ""
    return address
