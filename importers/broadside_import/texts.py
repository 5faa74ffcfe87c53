"""Folders of texts with headers, as Hugo, Jekyll, Eleventy and Pelican have them: what the four have in common."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from html import escape, unescape
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any, Literal
from urllib.parse import unquote

from msgspec import Struct, field
from msgspec.structs import replace

from broadside.slugs import slugify
from broadside_import import headers, tags
from broadside_import.headers import Header, is_false, is_true, moment, names_of, text_of
from broadside_import.hosts import Hosts
from broadside_import.markdown import Dialect, to_html
from broadside_import.model import Archive, Left, Options, Person, Picture, Skipped, Status, Story, Term
from broadside_import.places import path_of
from broadside_import.readable import decoded, joined, json_in, site_in, split_address
from broadside_import.source import NotOpened, Source

MARKDOWN = (".md", ".markdown", ".mkd", ".mdown", ".mdx")
HTML = (".html", ".htm")
DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[-_](.+)")
"""A file that is named after a day."""
NOT_TEXTS = frozenset(
    "readme license licence contributing changelog code_of_conduct security authors governance".split()
)
LISTS = frozenset(
    "index 404 search feed rss atom sitemap archive archives tags categories categories-index robots"
    " manifest offline all latest posts blog authors homepage".split()
)
"""Pages that every site makes by itself, by their names."""
LOOP = re.compile(r"\{%-?\s*(?:for|paginate|unless|case)\b|\{\{\s*(?:content|range|partial|pagination)\b")
ADDRESS = re.compile(r"""(<[a-z][^<>]*?\s(?:href|src)=)(["'])(.*?)\2""", re.I | re.S)
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
WITH_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|[/#?{]|%7B|$", re.I)
HOST = re.compile(
    r"(?:[\w-]+\.)+(?:com|org|net|edu|gov|info|eu|de|fr|uk|es|it|nl|io|me|tv)(?:[/?#]|$)|www\.[\w.-]+(?:[/?#]|$)", re.I
)
"""The beginning of an address of another site that its author wrote without `https://`."""
OF_TERM = re.compile(
    r"/(?:[\w-]+/)?(tags?|topics?|categor(?:y|ies)|sections?|authors?|people|team)/([^/?#]+)/?(?:$|[?#])", re.I
)
"""An address of a page of a category, a tag or a person, in the words that systems use for it."""

FIRST_HEADING = re.compile(r"\s*(?:#[ \t]++([^\n]+)|([^\s#>*-][^\n]*)\n=+[ \t]*)(?:\n|$)")
CUT = re.compile(r"<!--\s*(?:break|more|excerpt|end[ _-]?excerpt|read[ _-]?more|truncate|summary|cut)\s*-->", re.I)
"""Where other systems cut a text for their lists."""
CUT_BEFORE_WORDS = re.compile(rf"^ {{0,3}}({CUT.pattern})[ \t]*(?=\S)", re.I | re.M)
"""A cut with words in the same line, which CommonMark would take for raw HTML with it."""

MOST_FOLDERS = 40
"""Parts of an address or a path by whose end others may call it."""
LONGEST_LINE = 4_000
"""Letters of a headline or a dek that are kept."""
DEK = (
    "dek",
    "excerpt",
    "summary",
    "description",
    "subtitle",
    "sub_title",
    "subheading",
    "lede",
    "lead",
    "abstract",
    "intro",
    "teaser",
    "deck",
    "standfirst",
)
DATE = (
    "date",
    "published",
    "publishdate",
    "pubdate",
    "published_at",
    "publish_date",
    "date_published",
    "created",
    "created_at",
    "datetime",
)
UPDATED = ("updated", "lastmod", "modified", "last_modified_at", "last_modified", "updated_at", "last-modified-at")
AUTHORS = ("authors", "author", "writer", "writers", "byline", "contributors")
SECTIONS = ("section", "sections", "department", "desk", "column")
CATEGORIES = ("categories", "category")
TOPICS = ("tags", "tag", "topics", "topic", "keywords", "series", "projects")
PHOTO = (
    "image",
    "featured_image",
    "featuredimage",
    "cover",
    "cover_image",
    "coverimage",
    "header",
    "hero",
    "hero_image",
    "featured",
    "thumbnail",
    "images",
    "feature_image",
    "photo",
    "main_image",
    "teaser_image",
    "banner",
    "og_image",
    "post_image",
    "featuredimagepreview",
)
PICTURE_PATH = ("path", "src", "url", "image", "feature", "teaser", "relative", "file", "filename")
CREDIT = (
    "image_credit",
    "photo_credit",
    "credit",
    "image_author",
    "imagecredit",
    "photocredit",
    "image_attribution",
    "cover_credit",
)
CAPTION = (
    "image_caption",
    "caption",
    "image_figcaption",
    "figcaption",
    "photo_caption",
    "cover_caption",
    "thumbnail_caption",
)
ALT = ("image_alt", "alt", "imagealt", "photo_alt", "alt_text", "cover_alt", "imgalt")
LINKS = (
    "website",
    "site",
    "homepage",
    "url",
    "web",
    "link",
    "twitter",
    "github",
    "linkedin",
    "mastodon",
    "bluesky",
    "links",
    "social",
)
PROFILES = {"twitter": "https://x.com/", "github": "https://github.com/", "linkedin": "https://www.linkedin.com/in/"}


class Text(Struct):
    """A file with a header."""

    path: str
    header: Header

    @property
    def values(self) -> dict[str, Any]:
        """What its header says."""
        return self.header.values

    @property
    def folder(self) -> str:
        """The folder it is in; "" at the top."""
        return self.path.rpartition("/")[0]

    @property
    def stem(self) -> str:
        """Its name without the ending."""
        return (
            PurePosixPath(self.path).name.partition(".")[0]
            if self.path.count(".") < 2
            else PurePosixPath(self.path).stem
        )

    def story(self, key: str) -> Story:
        """A story of which the title and the place are known so far."""
        title = text_of(self.values, "title")
        return Story(key=key, source=self.path, title=title, body="", line=self.header.line, folder=self.folder)


def collected_from(source: Source, options: Options) -> Collected:
    """An archive of which nothing has been read yet; what must not be read is told."""
    collected = Collected(source, options, frozenset(source.names), Archive(hosts=Hosts(options.hosts)))
    for name, why in source.refused:
        collected.skip(name, why)
    return collected


class Collected(Struct):
    """An archive while it is read: what names mean, and where links lead."""

    source: Source
    options: Options
    files: frozenset[str] = frozenset()
    """The names of the source's files."""
    archive: Archive = field(default_factory=Archive)
    people: dict[str, str] = field(default_factory=dict)
    """The key of a person, by each name in small letters."""
    terms: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    """The old address of each text, by its path."""
    by_name: dict[str, str] = field(default_factory=dict)
    """The same by the end of its path, with and without the ending and the day."""
    known_addresses: set[str] = field(default_factory=set)
    led_to: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    """Addresses that texts lead to and that may be of a term or a person, by which it is and its slug."""
    variables: dict[str, str] = field(default_factory=dict)
    """What templates may ask for: `site.title`."""

    def left(self, path: str, line: int, what: str, kept_as: str) -> None:
        """Tell of something that was not understood."""
        self.archive.left.append(Left(path, line, what, kept_as))

    def titled(self, story: Story, text: Text, fallback: str) -> None:
        """Give a story that has no title the first heading of its text, or one that is made from its file's name, and tell."""
        if story.title:
            return
        if match := FIRST_HEADING.match(text.header.body):
            story.title = plain_words((match[1] or match[2]).rstrip(" \t#"))
            text.header.line += match[0].count("\n")
            text.header.body = text.header.body[match.end() :]
        else:
            story.title = " ".join(re.split(r"[-_\s]+", fallback)).strip().capitalize() or fallback
            self.left(story.source, 1, "no title", story.title)

    def skip(self, path: str, why: str) -> None:
        """Tell of something of which nothing is made."""
        self.archive.skipped.append(Skipped(path, why))

    def text(self, path: str, *, plain: bool = False) -> Text | None:
        """A file with its header; None, and told, if it cannot be read."""
        content = self.content(path)
        if content is None:
            return None
        text = Text(path, headers.split(content, plain=plain))
        if text.header.problem:
            self.left(path, 1, text.header.problem, "its header, read line by line")
        return text

    def content(self, path: str) -> str | None:
        """What is in a file of text; None, and told, if it cannot be read."""
        try:
            text = decoded(self.source.read(path)).replace("\r\n", "\n").replace("\r", "\n")
        except NotOpened as problem:
            self.skip(path, str(problem))
            return None
        return headers.UNPRINTABLE.sub("", text)

    def person(self, name: str) -> str:
        """The key of a person, who becomes known if they are not yet."""
        for spelled in (name.casefold(), slugify(name)):
            if spelled and spelled in self.people:
                return self.people[spelled]
        self.archive.people.append(Person(name, name))
        for spelled in (name.casefold(), slugify(name)):
            if spelled:
                self.people[spelled] = name
        return name

    def term(self, name: str, kind: Literal["section", "either", "topic"], also: str = "", **known: Any) -> str:
        """The key of a term, which becomes known if it is not yet, `also` by another name."""
        name = " ".join(name.split())
        if kind != "topic":
            name = name.replace("_", " ")
            name = name[:1].upper() + name[1:] if name.islower() else name
        group = "topic" if kind == "topic" else "section"
        key = f"{group}:{name.casefold()}"
        if key not in self.terms:
            self.terms[key] = key
            self.archive.terms.append(Term(key=key, name=name, kind=kind, **known))
        if also:
            self.terms[f"{group}:{also.casefold()}"] = key
        return self.terms[key]

    def place(self, path: str, address: str) -> None:
        """Note the address of a text, under all the names by which others may call it."""
        self.addresses[path] = address
        self.known_addresses.add(address)
        bare = re.sub(r"(?:/_?index)?\.\w+$", "", path)
        parts = bare.split("/")
        for start in range(max(0, len(parts) - MOST_FOLDERS), len(parts)):
            self.by_name.setdefault("/".join(parts[start:]).casefold(), address)
        if match := DAY.fullmatch(parts[-1]):
            self.by_name.setdefault(match[4].casefold(), address)

    def address_of(self, name: str, folder: str = "") -> str | None:
        """The address of a text that another in this folder calls by this name."""
        name = unquote(name).strip("/ ").removeprefix("./")
        for path in (normpath(f"{folder}/{name}") if folder else name, name):
            if path in self.addresses:
                return self.addresses[path]
        bare = re.sub(r"(?:/?_?index)?\.(?:md|markdown|html?|rst|njk)$", "", normpath(name).lstrip("./"))
        return self.by_name.get(bare.casefold())

    def body(
        self,
        text: Text,
        story: Story,
        dialect: Dialect,
        expand: Callable[[str, tags.Site], tags.Expanded] | None,
        extensions: tuple[str, ...] = (),
    ) -> str:
        """The HTML of a text, in which tags are replaced and links lead to old addresses."""
        values = (
            self.variables
            | {f"page.{key}": text_of(text.values, key) for key in text.values}
            | {key: text_of(text.values, key) for key in text.values}
        )
        values["page.url"] = story.addresses[0] if story.addresses else ""
        site = tags.Site(values.get, lambda name: self.address_of(name, text.folder), self._included)
        made = expand(text.header.body, site) if expand else tags.Expanded(text.header.body, "")
        for line, what, kept_as in made.left:
            self.left(text.path, text.header.line + line - 1, what, kept_as)
        if text.path.endswith(HTML):
            html, problem = made.text, ""
        else:
            html, problem = to_html(CUT_BEFORE_WORDS.sub(r"\1\n\n", made.text), dialect, extensions)
        if problem:
            self.left(text.path, text.header.line, problem, "its text as it was typed")
        parts = CUT.split(made.restored(html))
        html = "<!--more-->".join((parts[0], "".join(parts[1:]))) if len(parts) > 1 else parts[0]
        return self.linked(html, text.folder, story.addresses[0] if story.addresses else "")

    def _included(self, name: str) -> str | None:
        for folder in (
            "_includes",
            "_includes/components",
            "templates",
            "src/_includes",
            "content/downloads/code",
            "content",
        ):
            if (path := normpath(f"{folder}/{name}")) in self.files:
                return self.content(path)
        return None

    def linked(self, html: str, folder: str, address: str) -> str:
        """HTML in which relative addresses of texts lead to the old addresses of these."""

        def other(match: re.Match[str]) -> str:
            written = unescape(match[3]).strip()
            found = self._absolute(written, folder, address)
            self._note_term(found)
            return match[0] if found == written else f"{match[1]}{match[2]}{escape(found)}{match[2]}"

        return ADDRESS.sub(other, html)

    def _absolute(self, written: str, folder: str, address: str) -> str:  # noqa: PLR0911 -- each way to write an address
        if WITH_SCHEME.match(written):
            if written.startswith("/") and written.partition("#")[0].endswith(MARKDOWN):
                path, mark, fragment = written.partition("#")
                return (self.address_of(path) or path) + mark + fragment
            return written
        path, mark, fragment = written.partition("#")
        plain = normpath(f"{folder}/{unquote(path)}").lstrip("/")
        if (found := self.addresses.get(plain)) or (
            path.endswith(MARKDOWN) and (found := self.address_of(path, folder))
        ):
            return found + mark + fragment
        if plain in self.files or not address:
            return written
        if HOST.match(path):
            return f"https://{written}"
        if any(normpath(f"{root}/{unquote(path)}").lstrip("/") in self.files for root in self.archive.roots):
            return f"/{written.removeprefix('./')}"
        whole = joined(address, written)
        parts = whole.partition("#")[0].strip("/").split("/")
        tails = (f"/{'/'.join(parts[start:])}/" for start in range(max(1, len(parts) - MOST_FOLDERS), len(parts)))
        return next((tail for tail in tails if tail in self.known_addresses), whole)

    def _note_term(self, address: str) -> None:
        """Note that a text leads to what may be the page of a term or a person."""
        path = path_of(address, self.archive.hosts) if address.startswith(("/", "http")) else None
        if path and (match := OF_TERM.match(path)):
            kind = "person" if match[1][:1].lower() in "ap" or match[1] == "team" else "term"
            name = slugify(match[2].removesuffix(".html"))
            self.led_to.setdefault((kind, name), set()).add(path.partition("?")[0])

    def with_pages_led_to(self) -> None:
        """Give terms and people the addresses of theirs that texts lead to, whatever the site called these pages."""
        for number, term in enumerate(self.archive.terms):
            found = self.led_to.get(("term", slugify(term.name)), set()) - set(term.addresses)
            self.archive.terms[number] = replace(term, addresses=(*term.addresses, *sorted(found)))
        for number, person in enumerate(self.archive.people):
            slugs = {person.slug, slugify(person.key), slugify(person.name)}
            found = {address for slug in slugs for address in self.led_to.get(("person", slug), ())} - set(
                person.addresses
            )
            self.archive.people[number] = replace(person, addresses=(*person.addresses, *sorted(found)))

    def fill(self, story: Story, text: Text) -> None:
        """What the headers of all kinds say in the same words."""
        values = text.values
        story.dek = plain_words(text_of(values, *DEK))
        name = DAY.fullmatch(text.stem)
        named = moment("-".join(name.groups()[:3])) if name else None
        dates = (moment(values[key]) for key in DATE if key in values and not isinstance(values[key], (list, dict)))
        story.date = next((date for date in dates if date), None) or named
        story.updated = next((date for key in UPDATED if (date := moment(values.get(key)))), None)
        if (written := text_of(values, "date")) and not moment(values["date"]):
            self.left(text.path, 1, f"date: {written}", str(story.date or "no date"))
        lang = text_of(values, "lang", "language", "locale").replace("_", "-")
        if LANGUAGE.fullmatch(lang) and lang.partition("-")[0].lower() != self.options.lang.partition("-")[0]:
            story.lang = story.lang or lang
        original = text_of(values, "canonical", "canonical_url", "canonicalurl")
        story.canonical = original if original.startswith("http") else ""
        story.type = text_of(values, "story_type", "article_type")
        for key in AUTHORS:
            if names := names_of(values.get(key)):
                story.people = list(dict.fromkeys(self.person(name) for name in names))
                break
        for keys, kind in ((SECTIONS, "section"), (CATEGORIES, "either"), (TOPICS, "topic")):
            names = [name for key in keys for name in names_of(values.get(key)) if slugify(name)]
            story.terms += [self.term(name, kind) for name in names]  # type: ignore[arg-type]
        story.terms = list(dict.fromkeys(story.terms))
        story.photo = photo_of(values)
        story.status = _status_of(values)
        if any("@" in name for key in ("email", "author_email") for name in names_of(values.get(key))):
            self.archive.counted["e-mail addresses"] = self.archive.counted.get("e-mail addresses", 0) + 1

    def people_of(self, data: Any) -> None:
        """The authors in a file of data: a list, or a dictionary by key."""
        keys = ("id", "key", "slug", "username", "short_name", "name")
        if isinstance(data, list):
            data = {text_of(entry, *keys): entry for entry in data if isinstance(entry, dict)}
        for key, entry in data.items() if isinstance(data, dict) else ():
            values = {"name": entry} if isinstance(entry, str) else entry
            if isinstance(values, dict) and key:
                self.known_person(str(key), {str(name).lower(): value for name, value in values.items()})

    def known_person(
        self, key: str, values: dict[str, Any], bio: str = "", addresses: tuple[str, ...] = (), folder: str = ""
    ) -> None:
        """A person of whom the archive says more than the name."""
        first, last = text_of(values, "first_name", "firstname"), text_of(values, "last_name", "lastname")
        name = (
            text_of(values, "name", "display_name", "full_name", "title", "author", "fullname")
            or f"{first} {last}".strip()
            or key
        )
        if not bio and (words := text_of(values, "bio", "description", "about", "biography", "author_bio")):
            bio = to_html(words, "commonmark")[0]
        portrait = photo_of(
            {key: values[key] for key in values if key not in ("header", "images")}
            | {
                "image": values.get("avatar")
                or values.get("portrait")
                or values.get("picture")
                or values.get("photo")
                or values.get("image")
                or values.get("thumbnail")
                or ""
            }
        )
        if portrait and folder and not WITH_SCHEME.match(portrait.address):
            portrait = Picture(f"{folder}/{portrait.address}", portrait.alt, credit=portrait.credit)
        if "email" in values:
            self.archive.counted["e-mail addresses"] = self.archive.counted.get("e-mail addresses", 0) + 1
        found = self.people.get(key.casefold()) or self.people.get(name.casefold()) or key
        person = Person(
            found, name, slugify(text_of(values, "slug") or key), bio, portrait, tuple(_links(values)), addresses
        )
        self.archive.people[:] = [known for known in self.archive.people if known.key != found]
        self.archive.people.append(person)
        for spelled in (key.casefold(), name.casefold(), slugify(key), slugify(name)):
            if spelled:
                self.people.setdefault(spelled, found)


def _links(values: dict[str, Any]) -> Iterator[str]:
    for key in LINKS:
        value = values.get(key)
        for entry in value if isinstance(value, list) else [value]:
            address = (
                text_of({str(name).lower(): word for name, word in entry.items()}, "url", "link", "href")
                if isinstance(entry, dict)
                else str(entry or "")
            )
            if (
                address.startswith(("http://", "https://"))
                and len(site_in(address)) > 3
                and not address.rstrip("/").endswith("#")
            ):
                yield address.replace("http://", "https://", 1) if key in PROFILES else address
            elif key in PROFILES and re.fullmatch(r"@?[\w.-]+", address):
                yield PROFILES[key] + address.lstrip("@")


def _status_of(values: dict[str, Any]) -> Status:
    said = text_of(values, "status").lower()
    if is_true(values.get("draft")) or is_false(values.get("published")) or said in ("draft", "private", "pending"):
        return "draft"
    if is_true(values.get("hidden")) or is_true(values.get("unlisted")) or is_false(values.get("listed")):
        return "hidden"
    return "hidden" if said in ("hidden", "unlisted") else "published"


def plain_words(text: str) -> str:
    """A line of Markdown or HTML as plain text."""
    text = unescape(re.sub(r"<[^<>]*>", "", text))
    text = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    text = text[:LONGEST_LINE]
    return " ".join(re.sub(r"(?<!\w)([*_]{1,2})(?=\S)(.+?)(?<=\S)\1(?!\w)", r"\2", text).split())


def photo_of(values: dict[str, Any]) -> Picture | None:
    """The lead picture of a header, with its words."""
    for key in PHOTO:
        value = values.get(key)
        if isinstance(value, list):
            value = value[0] if value else None
        words = values
        if isinstance(value, dict):
            words = values | {str(name).lower(): word for name, word in value.items()}
            value = text_of(words, *(name for name in PICTURE_PATH if name in value))
        if (
            isinstance(value, str)
            and len(value) < LONGEST_LINE
            and re.search(r"\.\w{3,4}(?:[?#].*)?$|^https?://", value.strip())
        ):
            alt, caption, credit = (plain_words(text_of(words, *keys)) for keys in (ALT, CAPTION, CREDIT))
            return Picture(value.strip(), alt, caption, credit)
    return None


def data_of(content: str, path: str) -> Any:
    """What a file of data says, by its ending; None if it cannot be read."""
    try:
        if path.endswith(".json"):
            return json_in(content)
        if path.endswith(".toml"):
            return tomllib.loads(content)
        return headers.load_yaml(headers.UNPRINTABLE.sub("", content))
    except (ValueError, RecursionError):
        return headers.mapping(content)[0] if path.endswith((".yml", ".yaml")) else None


def data_files(collected: Collected, paths: Iterable[str]) -> dict[str, Any]:
    """All that the first of these files that are there say, by their paths."""
    return {
        path: data_of(content, path)
        for path in paths
        if path in collected.files and (content := collected.content(path)) is not None
    }


def is_list(text: Text, bare: str) -> bool:
    """Whether a page is one that a template fills with a list, or that every site makes by itself.

    `bare` is its name below the site's own folder, without the ending; `about/index` is the page `about`.
    """
    name = bare.removesuffix("/index").rpartition("/")[2].lower()
    return name in LISTS or bool(LOOP.search(text.header.body)) or not text.header.body.strip()


def host_of(address: str, archive: Archive, path: str) -> None:
    """Note the archive's own host and base from its address, which stands in the file at `path`."""
    parts = split_address(address if "//" in address else f"//{address}")
    if parts is None:
        archive.left.append(Left(path, 1, f"the site's address {address[:150]}, which cannot be read", "nothing"))
        return
    if parts.hostname and "." in parts.hostname and parts.hostname not in ("example.com", "example.org"):
        archive.hosts.add(address)
        archive.settings["SITEURL"] = f"{parts.scheme or 'https'}://{parts.netloc}"
    archive.base = parts.path.rstrip("/")
