"""Reads a Jekyll site: posts, collections and pages in folders, with `_config.yml` and the data of authors."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from typing import Any
from unicodedata import category

from msgspec.structs import replace

from broadside.slugs import slugify
from broadside_import import headers, tags
from broadside_import.headers import moment, named_zone, names_of, text_of
from broadside_import.model import Archive, Options, Story
from broadside_import.source import Source
from broadside_import.texts import (
    DAY,
    HTML,
    MARKDOWN,
    NOT_TEXTS,
    Collected,
    Text,
    collected_from,
    data_files,
    host_of,
    is_list,
)

STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
AUTHOR_DATA = tuple(
    f"_data/{name}.{end}"
    for name in ("authors", "author", "people", "team", "members", "contributors")
    for end in ("yml", "yaml", "json", "toml")
)
AUTHOR_FOLDERS = ("_authors/", "_people/", "_team/", "authors/")
NOT_READ = (".textile", ".asciidoc", ".adoc", ".org", ".rst", ".haml", ".slim")
SYSTEM = ("_includes/", "_layouts/", "_sass/", "_data/", "_plugins/", "_site/", "node_modules/", "vendor/", ".")


def read(source: Source, options: Options) -> Archive:
    """All that is in a Jekyll site."""
    collected = collected_from(source, options)
    root = next(
        (name.removesuffix("_config.yml") for name in sorted(source.names, key=len) if name.endswith("_config.yml")), ""
    )
    site = _Site(collected, root)
    for path in source.names:
        if path.startswith(root):
            site.note(path, path.removeprefix(root))
    site.finish()
    return collected.archive


class _Site:
    def __init__(self, collected: Collected, root: str) -> None:
        self.collected, self.archive, self.root = collected, collected.archive, root
        config = data_files(collected, [f"{root}_config.yml"])
        self.config: dict[str, Any] = next((data for data in config.values() if isinstance(data, dict)), {})
        collected.variables = {f"site.{key}": text_of(self.config, key) for key in self.config} | {
            "site.baseurl": "",
            "site.github.url": "",
        }
        self.zone = named_zone(text_of(self.config, "timezone")) or named_zone("UTC")
        self.stories: list[tuple[Story, Text]] = []
        self.separator = text_of(self.config, "excerpt_separator")
        collections = self.config.get("collections")
        self.outputs = (
            {
                name
                for name, values in collections.items()
                if not isinstance(values, dict) or headers.is_true(values.get("output"))
            }
            if isinstance(collections, dict)
            else set(names_of(collections))
        )
        self._settings()
        for data in data_files(collected, (root + path for path in AUTHOR_DATA)).values():
            collected.people_of(data)
        collected.people_of(self.config.get("authors"))

    def _settings(self) -> None:
        for setting, keys in (
            ("SITENAME", ("title", "name")),
            ("SITESUBTITLE", ("tagline", "description", "subtitle")),
        ):
            if words := text_of(self.config, *keys):
                self.archive.settings[setting] = words
        if address := text_of(self.config, "url"):
            host_of(address, self.archive, f"{self.root}_config.yml")
        self.archive.base = "/".join(("", text_of(self.config, "baseurl").strip("/"))).rstrip("/")
        self.archive.roots = (self.root.rstrip("/"),)

    def note(self, path: str, name: str) -> None:
        """Read the header of a file that is a text, and note its address."""
        is_post = "_posts/" in name
        is_draft = "_drafts/" in name
        if name.endswith(NOT_READ) and (is_post or is_draft):
            self.collected.skip(path, "Markdown and HTML are read, not this")
        text = self.collected.text(path) if self._is_text(name) else None
        if text is None:
            return
        if not text.values:
            if is_post:
                self.collected.skip(path, "it has no header, so Jekyll does not publish it")
            return
        text.header.values = self._defaults(name, is_post=is_post) | text.values
        if (name.startswith(AUTHOR_FOLDERS) and text.stem != "index") or re.match("authors/.+/", name):
            self._author(text, name)
            return
        for key in ("categories", "category", "tags"):
            if isinstance(text.values.get(key), str) and "," not in text.values[key]:
                text.values[key] = text.values[key].strip("[]").split()
        story = text.story(name)
        self.collected.fill(story, text)
        self._arrange(story, text, name, is_post=is_post, is_draft=is_draft)

    def _is_text(self, name: str) -> bool:
        if name.startswith(SYSTEM) or "/_site/" in name or "/node_modules/" in name:
            return False
        if not name.endswith((*MARKDOWN, *HTML)) or name.partition(".")[0].rpartition("/")[2].lower() in NOT_TEXTS:
            return False
        folder = name.partition("/")[0]
        known = ("_posts/" in name, "_drafts/" in name, name.startswith(AUTHOR_FOLDERS), folder[1:] in self.outputs)
        return not folder.startswith("_") or any(known)

    def _arrange(self, story: Story, text: Text, name: str, *, is_post: bool, is_draft: bool) -> None:
        dated = DAY.fullmatch(text.stem) if is_post else None
        title = dated[4] if dated else text.stem
        if is_draft:
            story.status = "draft"
        if is_post and not dated:
            self.collected.skip(text.path, "it is not named after a day, so Jekyll does not publish it")
            return
        if not (is_post or is_draft) and (not story.date or name.startswith(("pages/", "_pages/"))):
            if is_list(text, name.rpartition(".")[0]):
                self.collected.skip(text.path, "a template makes it, or it is empty")
                return
            story.is_page = True
        before = name.split("_posts/", maxsplit=1)[0].strip("/") if is_post else ""
        categories = [
            *(part for part in before.split("/") if part),
            *names_of(text.values.get("categories") or text.values.get("category"), " "),
        ]
        for part in reversed([part for part in before.split("/") if part]):
            story.terms.insert(0, self.collected.term(part.replace("-", " ").replace("_", " ").capitalize(), "either"))
        story.terms = list(dict.fromkeys(story.terms))
        story.slug = slugify(
            text_of(text.values, "slug").replace("/", "-")
            or (title if title != "index" else text.folder.rpartition("/")[2])
        )
        self.collected.titled(story, text, title if title != "index" else story.slug)
        own = text_of(text.values, "permalink")
        named = moment("-".join(dated.groups()[:3])) if dated else None
        for date in dict.fromkeys((_in(story.date, self.zone), story.date, named)):
            pattern = own or self._pattern(text, name, is_post=is_post or is_draft)
            address = _address(pattern, date, title, text_of(text.values, "slug"), categories, name)
            if address and address not in story.addresses:
                story.addresses.append(address)
        former = (
            *names_of(text.values.get("redirect_from"), ""),
            *names_of(text.values.get("aliases"), ""),
            text_of(text.values, "redirect_from_url"),
        )
        numbers = (("/?p=", "wordpress_id"), ("/node/", "nid"))  # of the system before this one
        former = (*former, *(f"{start}{number}" for start, key in numbers if (number := text_of(text.values, key))))
        story.addresses += [
            address if "//" in address else f"/{address.lstrip('/')}"
            for address in former
            if address and address not in story.addresses
        ]
        if story.addresses:
            self.collected.place(text.path, story.addresses[0])
        self.stories.append((story, text))

    def _pattern(self, text: Text, name: str, *, is_post: bool) -> str:
        general = text_of(self.config, "permalink") or "date"
        if is_post:
            return STYLES.get(general, general)
        folder = name.partition("/")[0]
        collections = self.config.get("collections")
        if folder.startswith("_") and isinstance(collections, dict) and isinstance(collections.get(folder[1:]), dict):
            return text_of(collections[folder[1:]], "permalink") or "/:collection/:path:output_ext"
        if text.stem == "index":
            return "/:folder/"
        return (
            "/:folder/:basename/" if general == "pretty" or general.endswith("/") else "/:folder/:basename:output_ext"
        )

    def _defaults(self, name: str, *, is_post: bool) -> dict[str, Any]:
        """What `_config.yml` says of all files in a folder."""
        values: dict[str, Any] = {}
        for entry in self.config.get("defaults") or ():
            scope = entry.get("scope") if isinstance(entry, dict) else None
            if not isinstance(scope, dict) or not isinstance(entry.get("values"), dict):
                continue
            kind = "posts" if is_post else name.partition("/")[0][1:] if name.startswith("_") else "pages"
            if text_of(scope, "type") in ("", kind) and name.startswith(text_of(scope, "path").strip("*/")):
                values |= {
                    key: value for key, value in entry["values"].items() if key != "permalink" or "title" in value
                }
        return values

    def _author(self, text: Text, name: str) -> None:
        key = text_of(text.values, "short_name", "slug", "username") or (
            text.stem if text.stem != "index" else text.folder.rpartition("/")[2]
        )
        address = (
            text_of(text.values, "permalink") or f"/{name.removeprefix('_').rpartition('.')[0].removesuffix('/index')}/"
        )
        bio = self.collected.body(text, Story(key="", source="", title="", body=""), "kramdown", tags.liquid)
        self.collected.known_person(key, text.values, bio, (address,), text.folder)

    def finish(self) -> None:
        """Read the texts themselves, now that it is known where each is."""
        sole = names_of(self.config.get("author"))
        for story, text in self.stories:
            if self.separator and self.separator != "<!--more-->":
                text.header.body = text.header.body.replace(self.separator, "\n\n<!--more-->\n\n", 1)
            liquid = not headers.is_false(text.values.get("render_with_liquid"))
            story.body = self.collected.body(text, story, "kramdown", _expanded if liquid else None)
            if sole and not story.people and not story.is_page:
                story.people = [self.collected.person(sole[0])]
            self.archive.stories.append(story)
        self._term_pages()
        self.collected.with_pages_led_to()
        self._menu()

    def _menu(self) -> None:
        for data in data_files(self.collected, [f"{self.root}_data/navigation.yml"]).values():
            entries = data.get("main") if isinstance(data, dict) else data
            menu = [
                (text_of(entry, "title", "name"), text_of(entry, "url", "link"))
                for entry in entries or ()
                if isinstance(entry, dict)
            ]
            if menu and all(title and url for title, url in menu):
                self.archive.settings["MENUITEMS"] = menu

    def _term_pages(self) -> None:
        """The addresses of pages of categories and tags, where jekyll-archives makes them."""
        made = self.config.get("jekyll-archives")
        links = made.get("permalinks") if isinstance(made, dict) else None
        if not isinstance(links, dict):
            return
        for number, term in enumerate(self.archive.terms):
            pattern = text_of(links, "tag" if term.kind == "topic" else "category")
            if ":name" in pattern:
                address = pattern.replace(":name", _slug(term.name))
                self.archive.terms[number] = replace(term, addresses=(address,))


def _expanded(text: str, site: tags.Site) -> tags.Expanded:
    """A text without Liquid's tags, and without the marks that magazines from before Markdown brought along: `=ZOOM=A quotation=`."""
    return tags.liquid(OLD_MARK.sub(_of_old_mark, text) if OLD_MARKS.search(text) else text, site)


OLD_MARKS = re.compile(r"^=[A-Z_]{3,15}=", re.M)
OLD_MARK = re.compile(
    r"^=(?:CODE_START=[ \t]*\n(?P<code>(?:(?!^=CODE_START=).)*?)=CODE_END=|"
    r"TEXTBOX_START=(?P<title>[^\n]*?)=[ \t]*\n(?P<box>(?:(?!^=TEXTBOX_START=).)*?)=TEXTBOX_END=|"
    r"ZOOM=(?P<quote>[^\n]*)=|TABLE_CAPTION=(?P<caption>[^\n]*)=|VIDEO=YOUTUBE=(?P<video>[\w-]+)=|"
    r"(?:IMAGE|IMG)(?:_[A-Z]+)?=(?P<picture>[^=\n]+)=(?P<below>(?:(?!\n[ \t]*\n).){0,2000}?)={1,99})[ \t]*$",
    re.M | re.S,
)


def _of_old_mark(match: re.Match[str]) -> str:
    """Markdown and HTML for a mark that has a line, or lines, of its own."""
    said = match.groupdict()
    if (code := said["code"]) is not None:
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", code)), 0)
        made = f"{fence}\n{code.rstrip()}\n{fence}"
    elif (box := said["box"]) is not None:
        title = f"<h2>{said['title'].strip()}</h2>" if said["title"].strip() else ""
        made = f"<aside>\n{title}\n\n{OLD_MARK.sub(_of_old_mark, box).strip()}\n\n</aside>"
    elif said["quote"] is not None:
        made = f'<blockquote class="pullquote">\n\n{said["quote"]}\n\n</blockquote>'
    elif said["caption"] is not None:
        made = f"**{said['caption'].strip()}**" if said["caption"].strip() else ""
    elif said["video"]:
        made = f"https://www.youtube.com/watch?v={said['video']}"
    else:
        below = said["below"].strip()
        caption = f"<figcaption>{below}</figcaption>" if not re.fullmatch(r"[\d=]*", below) else ""
        made = f'<figure><img src="{said["picture"].strip()}" alt="">{caption}</figure>'
    return f"\n\n{made}\n\n"


def _slug(words: str) -> str:
    """A slug as Jekyll makes it: "C#/.NET 4.5" -> "c-net-4-5"."""
    kept = (char if char.isalnum() or category(char).startswith("M") else " " for char in words)
    return "-".join("".join(kept).split()).lower()


def _in(date: datetime | None, zone: tzinfo | None) -> datetime | None:
    return date.astimezone(zone) if date and date.tzinfo and zone else date


def _address(  # noqa: PLR0913, PLR0917 -- what a permalink may be made of
    pattern: str, date: datetime | None, title: str, slug: str, categories: list[str], name: str
) -> str:
    """The address that a permalink's pattern gives; "" if it needs a date and there is none."""
    if re.search(":(?:year|month|day|i_|short_|y_day|hour|minute|second|week)", pattern) and date is None:
        return ""
    bare = name.rpartition(".")[0]
    folder, _, basename = bare.rpartition("/")
    words = {
        "title": slug or title,
        "slug": _slug(slug or title),
        "name": _slug(slug or title),
        "categories": "/".join(dict.fromkeys(category.lower().replace(" ", "%20") for category in categories)),
        "slugified_categories": "/".join(dict.fromkeys(_slug(category) for category in categories)),
        "output_ext": ".html",
        "folder": folder,
        "basename": basename,
        "path": bare.partition("/")[2] if bare.startswith("_") else bare,
        "collection": bare.partition("/")[0].lstrip("_"),
    }
    if date:
        week = date.isocalendar()
        words |= {
            "year": f"{date:%Y}", "month": f"{date:%m}", "day": f"{date:%d}", "i_month": str(date.month), "i_day": str(date.day),
            "short_year": f"{date:%y}", "short_month": f"{date:%b}", "long_month": f"{date:%B}",
            "y_day": f"{date:%j}", "hour": f"{date:%H}",
            "minute": f"{date:%M}", "second": f"{date:%S}", "week": f"{week.week:02}", "short_day": f"{date:%a}",
            "w_day": str(week.weekday),
        }  # fmt: skip
    address = re.sub(":([a-z_]+)", lambda match: words.get(match[1], match[0]), pattern)
    return re.sub("//+", "/", f"/{address}")
