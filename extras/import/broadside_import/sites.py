"""Reads sites that are folders of texts with headers: Hugo, Jekyll, Eleventy and Pelican.

The differences are in `generators` and `pelican`: names and keys, and a few functions that a system
overrides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from html import escape, unescape
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any, ClassVar, Literal
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from broadside.importer import slugify
from broadside_import import headers, tags
from broadside_import.headers import (
    TextHeader,
    data_of,
    is_false,
    is_true,
    lowered,
    moment,
    named_zone,
    names_of,
    text_of,
    zone_of,
)
from broadside_import.markdown import Dialect, to_html
from broadside_import.model import (
    Archive,
    ArchiveStory,
    ArchiveTerm,
    Hosts,
    Left,
    Person,
    Picture,
    ReaderOptions,
    Skipped,
    Status,
)
from broadside_import.places import core_of, path_of
from broadside_import.readable import MAIL_ALONE, decoded, joined, site_in, split_address
from broadside_import.source import NotOpened, Source

MARKDOWN = (".md", ".markdown", ".mkd", ".mdown", ".mdx")
HTML = (".html", ".htm")
DAY = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[-_](.+)")
"""A file named with a date."""
NOT_TEXTS = frozenset(
    "readme license licence contributing changelog code_of_conduct security authors"
    " governance".split()
)
LISTS = frozenset(
    "index 404 search feed rss atom sitemap archive archives tags categories categories-index"
    " robots manifest offline all latest posts blog authors homepage".split()
)
"""Pages that every site makes by itself, by their names."""
LOOP = re.compile(
    r"\{%-?\s*(?:for|paginate|unless|case)\b|\{\{\s*(?:content|range|partial|pagination)\b"
)
ADDRESS = re.compile(r"""(<[a-z][^<>]*?\s(?:href|src)=)(["'])(.*?)\2""", re.I | re.S)
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
WITH_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|[/#?{]|%7B|$", re.I)
HOST = re.compile(
    r"(?:[\w-]+\.)+(?:com|org|net|edu|gov|info|eu|de|fr|uk|es|it|nl|io|me|tv)(?:[/?#]|$)|www\.[\w.-]+(?:[/?#]|$)",
    re.I,
)
"""The beginning of another site's address, written without `https://`."""
OF_TERM = re.compile(
    r"/(?:[\w-]+/)?(tags?|topics?|categor(?:y|ies)|sections?|authors?|people|team)/([^/?#]+)/?(?:$|[?#])",
    re.I,
)
"""The address of a page of a category, a tag or a person, in the words that systems use for it."""

FIRST_HEADING = re.compile(r"\s*(?:#[ \t]++([^\n]+)|([^\s#>*-][^\n]*)\n=+[ \t]*)(?:\n|$)")
CUT = re.compile(
    r"<!--\s*(?:break|more|excerpt|end[ _-]?excerpt|read[ _-]?more|truncate|summary|cut)\s*-->",
    re.I,
)
"""Where other systems cut a text for their lists."""
CUT_BEFORE_WORDS = re.compile(rf"^ {{0,3}}({CUT.pattern})[ \t]*(?=\S)", re.I | re.M)
"""A cut with words on the same line, which CommonMark would read as raw HTML together with it."""
INCLUDED = (
    "_includes",
    "_includes/components",
    "templates",
    "src/_includes",
    "content/downloads/code",
    "content",
)
"""Folders of files that a text may include."""

MOST_FOLDERS = 40
"""The maximum number of parts of an address or path under whose end it can be found."""
LONGEST_LINE = 4_000
"""How many letters of a headline or a dek are kept."""

DEK = (
    "dek excerpt summary description subtitle sub_title subheading lede lead abstract intro teaser"
    " deck standfirst".split()
)
DATE = (
    "date published publishdate pubdate published_at publish_date date_published created created_at"
    " datetime".split()
)
UPDATED = (
    "updated lastmod modified last_modified_at last_modified updated_at last-modified-at".split()
)
AUTHORS = "authors author writer writers byline contributors".split()
TERMS: dict[Literal["section", "either", "topic"], list[str]] = {
    "section": "section sections department desk column".split(),
    "either": "categories category".split(),
    "topic": "tags tag topics topic keywords series projects".split(),
}
PHOTO = (
    "image featured_image featuredimage cover cover_image coverimage header hero hero_image"
    " featured thumbnail images feature_image photo main_image teaser_image banner og_image"
    " post_image featuredimagepreview primary_image".split()
)
LEADS_TO = ("redirect_to", "redirectto")
PICTURE_PATH = "path src url image feature teaser relative file filename".split()
CREDIT = (
    "image_credit photo_credit credit image_author imagecredit photocredit image_attribution"
    " cover_credit".split()
)
CAPTION = (
    "image_caption caption image_figcaption figcaption photo_caption cover_caption"
    " thumbnail_caption".split()
)
ALT = "image_alt alt imagealt photo_alt alt_text cover_alt imgalt".split()
PORTRAIT = "avatar portrait picture photo image thumbnail".split()
LINKS = (
    "website site homepage url web link twitter github linkedin mastodon bluesky links social"
).split()
PROFILES = {
    "twitter": "https://x.com/",
    "github": "https://github.com/",
    "linkedin": "https://www.linkedin.com/in/",
}


class Text(Struct):
    """A file with a header."""

    path: str
    header: TextHeader
    html: str | None = None
    """Its text as HTML, if it was not Markdown."""
    section: str = ""
    """The name of its section, in systems where each text has one."""

    @property
    def values(self) -> dict[str, Any]:
        """The values of its header."""
        return self.header.values

    @property
    def folder(self) -> str:
        """Its folder; "" at the top."""
        return self.path.rpartition("/")[0]

    @property
    def stem(self) -> str:
        """Its name without the extension."""
        name = PurePosixPath(self.path)
        if self.path.count(".") < 2:
            return name.name.partition(".")[0]
        return name.stem

    @property
    def own_name(self) -> str:
        """Its name without the extension; an index has its folder's."""
        if self.stem == "index":
            return self.folder.rpartition("/")[2]
        return self.stem

    def story(self, key: str) -> ArchiveStory:
        """A story with only its title and place."""
        title = text_of(self.values, "title")
        return ArchiveStory(
            key=key,
            source=self.path,
            title=title,
            body="",
            line=self.header.line,
            folder=self.folder,
        )


Expand = Callable[[str, tags.Context], tags.Expanded]


class SiteReader:
    """A site while it is read: what names mean, and where links lead. Each system has a
    subclass.
    """

    dialect: Dialect
    endings: tuple[str, ...] = (*MARKDOWN, *HTML)
    unread: tuple[str, ...] = ()
    """The extensions of files that are not imported, but reported."""
    people_files: tuple[str, ...] = ()
    former_keys: tuple[str, ...] = ("redirect_from", "aliases")
    part: re.Pattern[str] = re.compile(":([a-z_]+)")
    """A part of its permalinks."""
    days: ClassVar[dict[str, str]] = {}
    """The names of a date's parts in its permalinks -> their `strftime` codes."""

    def __init__(self, source: Source, options: ReaderOptions) -> None:
        self.source, self.options, self.archive = (
            source,
            options,
            Archive(hosts=Hosts(options.hosts)),
        )
        self.files = frozenset(source.names)
        self.root = ""
        """The folder of the site, with a trailing slash."""
        self.stories: list[tuple[ArchiveStory, Text]] = []
        self.people: dict[str, str] = {}
        """The key of a person, by each name in lower case."""
        self.terms: dict[str, str] = {}
        self.addresses: dict[str, str] = {}
        """The old address of each text, by its path."""
        self.by_name: dict[str, str] = {}
        """The same by the end of its path, with and without the extension and the day."""
        self.known_addresses: set[str] = set()
        self.led_to: dict[tuple[str, str], set[str]] = {}
        """Addresses in texts that may be a term's or a person's, by kind and slug."""
        self.zone_named = ""
        """The time zone that the configuration names."""
        self.variables: dict[str, str] = {}
        """Variables for templates: `site.title`."""
        for name, why in source.refused:
            self.skip(name, why)

    @classmethod
    def read(cls, source: Source, options: ReaderOptions) -> Archive:
        """Read a whole site of this kind."""
        return cls(source, options).whole()

    def whole(self) -> Archive:
        """The whole site: first all headers, because a text may link to any other, then the
        texts.
        """
        self.configure()
        for path in self.paths():
            self.read_header(path)
        self._lead_on()
        for story, text in self.stories:
            self.finish(story, text)
            if target := escape(text_of(text.values, *LEADS_TO)):
                story.body = f'<p><a href="{target}">{target}</a></p>\n{story.body}'
                self.tell(text.path, 1, f"it leads readers on to {target}", "a link above its text")
            self.archive.stories.append(story)
        self._with_addresses()
        self._propose_zone()
        return self.archive

    # What systems override.

    def configure(self) -> None:
        """Read the site's configuration."""

    def paths(self) -> Iterable[str]:
        """The files in the order in which they are read."""
        return self.source.names

    def name_of(self, path: str) -> str | None:
        """The name of a text below the folder of texts; None if the file is not a text."""
        raise NotImplementedError

    def opened(self, path: str, name: str) -> Text | None:
        """A text with its header; None, and reported, if it cannot be read."""
        return self.text(path)

    def left_out(self, text: Text, name: str) -> str | None:
        """Why a text is not imported; "" if that needs no report, and None if it is imported."""
        return None

    def complete(self, text: Text, name: str) -> None:
        """Add the site's defaults for a folder to a header, and convert it to the common form."""

    def is_of_another(self, text: Text, name: str) -> bool:
        """Whether a text is no story, but describes a person or a section, which is recorded."""
        return False

    def arranged(self, story: ArchiveStory, text: Text, name: str) -> Sequence[str] | None:
        """Set a story's title, slug and terms; returns its old addresses ("" for unknown ones), or
        None, reported, if it is no story.
        """
        raise NotImplementedError

    def finish(self, story: ArchiveStory, text: Text) -> None:
        """Read the text itself, now that all addresses are known."""
        story.body = self.body(text, next(iter(story.addresses), ""))

    def expanded(self, text: Text) -> Expand | None:
        """A function that replaces short codes or template tags in a text; None if there are
        none.
        """
        return None

    def params_of(self, text: Text) -> Mapping[str, str]:
        """The parameters that a text may name, in lower case."""
        return {}

    def pages_of_term(self, term: ArchiveTerm) -> tuple[str, ...]:
        """The addresses of a term's page."""
        return ()

    def pages_of_person(self, person: Person) -> tuple[str, ...]:
        """The addresses of a person's page."""
        return ()

    # Common to all.

    def read_header(self, path: str) -> None:
        """Read the header of a text, and record its address."""
        name = self.name_of(path)
        text = None
        if name is not None:
            text = self.opened(path, name)
        if name is None or text is None:
            return
        if (why := self.left_out(text, name)) is not None:
            if why:
                self.skip(path, why)
            return
        self.complete(text, name)
        if self.is_of_another(text, name):
            return
        story = text.story(name)
        self.fill(story, text)
        addresses = self.arranged(story, text, name)
        if addresses is None:
            return
        story.addresses = list(dict.fromkeys(filter(None, addresses)))
        if addresses and addresses[0]:
            self.place(path, addresses[0])
        self.stories.append((story, text))

    def _lead_on(self) -> None:
        """Have a story's old addresses lead to the story to which its header leads readers."""
        shown = [story for story, _ in self.stories if story.status == "published"]
        hosts = self.archive.hosts
        paths = ((path_of(old, hosts), story) for story in shown for old in story.addresses)
        at = {core_of(path): story for path, story in paths if path}
        kept = []
        for story, text in self.stories:
            target = text_of(text.values, *LEADS_TO)
            found = at.get(core_of(path_of(target, hosts) or "")) if target else None
            if found is None or found is story:
                kept.append((story, text))
                continue
            found.addresses += story.addresses
            self.skip(text.path, f"its header leads readers on to {target}")
        self.stories = kept

    def tell(self, path: str, line: int, what: str, kept_as: str) -> None:
        """Report something that was not understood."""
        self.archive.left.append(Left(path, line, what, kept_as))

    def skip(self, path: str, why: str) -> None:
        """Report something that is not imported."""
        self.archive.skipped.append(Skipped(path, why))

    def settings(self, name: str, line: str) -> None:
        """Propose the site's name, and the line below it."""
        for setting, words in (("SITENAME", name), ("SITESUBTITLE", line)):
            if words:
                self.archive.settings.setdefault(setting, words)

    def host_of(self, address: str, path: str) -> None:
        """Record the archive's own host and base from its address, if the file at `path` has
        one.
        """
        if not address:
            return
        parts = split_address(address if "//" in address else f"//{address}")
        if parts is None:
            self.tell(
                path, 1, f"the site's address {address[:150]}, which cannot be read", "nothing"
            )
            return
        if (
            parts.hostname
            and "." in parts.hostname
            and parts.hostname not in ("example.com", "example.org")
        ):
            self.archive.hosts.add(address)
            self.archive.settings["SITEURL"] = f"{parts.scheme or 'https'}://{parts.netloc}"
        self.archive.base = parts.path.rstrip("/")

    def content(self, path: str) -> str | None:
        """The contents of a text file; None, and reported, if it cannot be read."""
        try:
            text = decoded(self.source.read(path)).replace("\r\n", "\n").replace("\r", "\n")
        except NotOpened as problem:
            self.skip(path, str(problem))
            return None
        return headers.UNPRINTABLE.sub("", text)

    def data(self, paths: Iterable[str]) -> Iterator[tuple[str, Any]]:
        """The contents of those data files that exist."""
        for path in paths:
            if path in self.files and (content := self.content(path)) is not None:
                yield path, data_of(content, path)

    def text(self, path: str, *, plain: bool = False) -> Text | None:
        """A file with its header; None, and reported, if it cannot be read."""
        content = self.content(path)
        if content is None:
            return None
        text = Text(path, headers.split(content, plain=plain))
        if text.header.problem:
            self.tell(path, 1, text.header.problem, "its header, read line by line")
        return text

    def titled(self, story: ArchiveStory, text: Text, fallback: str) -> None:
        """Give an untitled story the first heading of its text, or a title made from its file name,
        and report it.
        """
        if story.title:
            return
        if match := FIRST_HEADING.match(text.header.body):
            story.title = plain_words((match[1] or match[2]).rstrip(" \t#"))
            text.header.line += match[0].count("\n")
            text.header.body = text.header.body[match.end() :]
        else:
            story.title = " ".join(re.split(r"[-_\s]+", fallback)).strip().capitalize() or fallback
            self.tell(story.source, 1, "no title", story.title)

    def is_list(self, text: Text, bare: str) -> bool:
        """Whether a page is a list filled by a template, or one that every site makes by itself.

        `bare` is its name below the site's own folder, without the extension; `about/index` is the
        page `about`.
        """
        name = bare.removesuffix("/index").rpartition("/")[2].lower()
        if name in LISTS or LOOP.search(text.header.body):
            return True
        leads_here_or_on = self.former(text) or text_of(text.values, *LEADS_TO)
        return not text.header.body.strip() and not leads_here_or_on

    def former(self, text: Text) -> list[str]:
        """The former addresses in a header."""
        return [
            address if "//" in address else f"/{address.lstrip('/')}"
            for key in self.former_keys
            for address in names_of(text.values.get(key), "")
        ]

    def permalink(self, pattern: str, date: datetime | None, words: dict[str, str]) -> str:
        """The address from a pattern of `:year` and other parts; "" if it needs a date and there is
        none.
        """
        if date is None and any(f":{part}" in pattern for part in self.days):
            return ""
        days = {}
        if date:
            days = {part: date.strftime(form) for part, form in self.days.items()}
        known = days | words
        return self.part.sub(lambda match: known.get(match[1], match[0]), pattern)

    def person(self, name: str) -> str:
        """The key of a person, who is added if unknown."""
        spellings = [spelled for spelled in (name.casefold(), slugify(name)) if spelled]
        for spelled in spellings:
            if spelled in self.people:
                return self.people[spelled]
        self.archive.people.append(Person(name, name))
        self.people |= dict.fromkeys(spellings, name)
        return name

    def term(
        self, name: str, kind: Literal["section", "either", "topic"], also: str = "", **known: Any
    ) -> str:
        """The key of a term, which is added if unknown; `also` is another name of it."""
        name = " ".join(name.split())
        if kind != "topic":
            name = name.replace("_", " ")
            if name.islower():
                name = name[:1].upper() + name[1:]
        group = "section"
        if kind == "topic":
            group = "topic"
        key = f"{group}:{name.casefold()}"
        if key not in self.terms:
            self.terms[key] = key
            self.archive.terms.append(ArchiveTerm(key=key, name=name, kind=kind, **known))
        if also:
            self.terms[f"{group}:{also.casefold()}"] = key
        return self.terms[key]

    def place(self, path: str, address: str) -> None:
        """Record the address of a text, under all the names by which others may refer to it."""
        self.addresses[path] = address
        self.known_addresses.add(address)
        parts = re.sub(r"(?:/_?index)?\.\w+$", "", path).split("/")
        for start in range(max(0, len(parts) - MOST_FOLDERS), len(parts)):
            self.by_name.setdefault("/".join(parts[start:]).casefold(), address)
        if match := DAY.fullmatch(parts[-1]):
            self.by_name.setdefault(match[2].casefold(), address)

    def address_of(self, name: str, folder: str = "") -> str | None:
        """The address of a text by a name that another text in this folder uses."""
        name = unquote(name).strip("/ ").removeprefix("./")
        for path in (normpath(f"{folder}/{name}") if folder else name, name):
            if path in self.addresses:
                return self.addresses[path]
        bare = re.sub(
            r"(?:/?_?index)?\.(?:md|markdown|html?|rst|njk)$", "", normpath(name).lstrip("./")
        )
        return self.by_name.get(bare.casefold())

    def body(self, text: Text, address: str = "", extensions: tuple[str, ...] = ()) -> str:
        """The HTML of a text, with tags replaced and links leading to old addresses."""
        if text.html is not None:
            return self._linked(text.html, text.folder, address)
        words = {key: text_of(text.values, key) for key in text.values}
        values = (
            self.variables
            | {f"page.{key}": said for key, said in words.items()}
            | words
            | {"page.url": address}
        )
        site = tags.Context(
            values.get,
            lambda name: self.address_of(name, text.folder),
            self._included,
            param=self.params_of(text).get,
        )
        expand = self.expanded(text)
        if expand:
            made = expand(text.header.body, site)
        else:
            made = tags.Expanded(text.header.body, "")
        for line, what, kept_as in made.left:
            self.tell(text.path, text.header.line + line - 1, what, kept_as)
        html, problem = made.text, ""
        if not text.path.endswith(HTML):
            html, problem = to_html(
                CUT_BEFORE_WORDS.sub(r"\1\n\n", made.text), self.dialect, extensions
            )
        if problem:
            self.tell(text.path, text.header.line, problem, "its text as it was typed")
        lead, *rest = CUT.split(made.restored(html))
        return self._linked(
            f"{lead}<!--more-->{''.join(rest)}" if rest else lead, text.folder, address
        )

    def _included(self, name: str) -> str | None:
        paths = (normpath(f"{folder}/{name}") for folder in INCLUDED)
        path = next((path for path in paths if path in self.files), None)
        if path:
            return self.content(path)
        return None

    def _linked(self, html: str, folder: str, address: str) -> str:
        """HTML with relative addresses of texts replaced by their old addresses."""

        def other(match: re.Match[str]) -> str:
            written = unescape(match[3]).strip()
            found = self._absolute(written, folder, address)
            self._note_term(found)
            if found == written:
                return match[0]
            return f"{match[1]}{match[2]}{escape(found)}{match[2]}"

        return ADDRESS.sub(other, html)

    def _absolute(self, written: str, folder: str, address: str) -> str:  # noqa: PLR0911 -- each way to write an address
        if WITH_SCHEME.match(written) or MAIL_ALONE.fullmatch(written):
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
        if any(
            normpath(f"{root}/{unquote(path)}").lstrip("/") in self.files
            for root in self.archive.roots
        ):
            return f"/{written.removeprefix('./')}"
        whole = joined(address, written)
        parts = whole.partition("#")[0].strip("/").split("/")
        tails = (
            f"/{'/'.join(parts[start:])}/"
            for start in range(max(1, len(parts) - MOST_FOLDERS), len(parts))
        )
        return next((tail for tail in tails if tail in self.known_addresses), whole)

    def _propose_zone(self) -> None:
        """Propose the site's zone: the one that its configuration names, or one that fits the dates
        of its stories.
        """
        dates = [story.date for story, _ in self.stories if story.date and not story.is_page]
        offsets = [(date, offset) for date in dates if (offset := date.utcoffset()) is not None]
        fitting = ""
        if 2 * len(offsets) >= len(dates):
            fitting = zone_of(offsets)
        zone = fitting
        if named_zone(self.zone_named):
            zone = self.zone_named
        if zone and zone != self.options.timezone:
            self.archive.settings["TIMEZONE"] = zone

    def _note_term(self, address: str) -> None:
        """Record a link that may lead to the page of a term or a person."""
        path = None
        if address.startswith(("/", "http")):
            path = path_of(address, self.archive.hosts)
        if path and (match := OF_TERM.match(path)):
            kind = "term"
            if match[1][:1].lower() in "ap" or match[1] == "team":
                kind = "person"
            name = slugify(match[2].removesuffix(".html"))
            self.led_to.setdefault((kind, name), set()).add(path.partition("?")[0])

    def _with_addresses(self) -> None:
        """Give terms and people the addresses of their pages, including ones found in texts,
        whatever the site called them.
        """
        for number, term in enumerate(self.archive.terms):
            own = term.addresses or self.pages_of_term(term)
            found = self.led_to.get(("term", slugify(term.name)), set()) - set(own)
            self.archive.terms[number] = replace(term, addresses=(*own, *sorted(found)))
        for number, person in enumerate(self.archive.people):
            own = person.addresses or self.pages_of_person(person)
            slugs = {person.slug, slugify(person.key), slugify(person.name)}
            found = {
                address for slug in slugs for address in self.led_to.get(("person", slug), ())
            } - set(own)
            self.archive.people[number] = replace(person, addresses=(*own, *sorted(found)))

    def fill(self, story: ArchiveStory, text: Text) -> None:
        """Set what the headers of all systems have in common."""
        values = text.values
        story.dek = plain_words(text_of(values, *DEK))
        dates = (
            moment(values[key])
            for key in DATE
            if key in values and not isinstance(values[key], (list, dict))
        )
        story.date = next((date for date in dates if date), None) or moment(
            named_after(text.stem)[0]
        )
        story.updated = next((date for key in UPDATED if (date := moment(values.get(key)))), None)
        if (written := text_of(values, "date")) and not moment(values["date"]):
            self.tell(text.path, 1, f"date: {written}", str(story.date or "no date"))
        lang = text_of(values, "lang", "language", "locale").replace("_", "-")
        if (
            LANGUAGE.fullmatch(lang)
            and lang.partition("-")[0].lower() != self.options.lang.partition("-")[0]
        ):
            story.lang = lang
        original = text_of(values, "canonical", "canonical_url", "canonicalurl")
        if original.startswith("http"):
            story.canonical = original
        story.type = text_of(values, "story_type", "article_type")
        names = next((names for key in AUTHORS if (names := names_of(values.get(key)))), [])
        story.people = list(dict.fromkeys(self.person(name) for name in names))
        for kind, keys in TERMS.items():
            names = [name for key in keys for name in names_of(values.get(key)) if slugify(name)]
            story.terms += [self.term(name, kind) for name in names]
        story.terms = list(dict.fromkeys(story.terms))
        story.photo = photo_of(values)
        story.status = _status_of(values)
        if any(
            "@" in name for key in ("email", "author_email") for name in names_of(values.get(key))
        ):
            self._count_mail()

    def read_people(self, folder: str) -> None:
        """Record the authors in the data files of this folder."""
        for _, data in self.data(folder + path for path in self.people_files):
            self.people_of(data)

    def people_of(self, data: Any) -> None:
        """Record the authors in a data file: a list, or a dictionary by key."""
        keys = ("id", "key", "slug", "username", "short_name", "name")
        if isinstance(data, list):
            data = {text_of(entry, *keys): entry for entry in data if isinstance(entry, dict)}
        for key, entry in data.items() if isinstance(data, dict) else ():
            values = entry
            if isinstance(entry, str):
                values = {"name": entry}
            if isinstance(values, dict) and key:
                self.known_person(str(key), lowered(values))

    def known_person(
        self,
        key: str,
        values: dict[str, Any],
        bio: str = "",
        addresses: tuple[str, ...] = (),
        folder: str = "",
    ) -> None:
        """Add a person of whom the archive has more than the name."""
        both = " ".join(
            (text_of(values, "first_name", "firstname"), text_of(values, "last_name", "lastname"))
        ).strip()
        name = (
            text_of(values, "name", "display_name", "full_name", "title", "author", "fullname")
            or both
            or key
        )
        if not bio and (
            words := text_of(values, "bio", "description", "about", "biography", "author_bio")
        ):
            bio = to_html(words, "commonmark")[0]
        face = next((values[key] for key in PORTRAIT if values.get(key)), "")
        others = {key: value for key, value in values.items() if key not in ("header", "images")}
        portrait = photo_of(others | {"image": face})
        if portrait and folder and not WITH_SCHEME.match(portrait.address):
            portrait = Picture(f"{folder}/{portrait.address}", portrait.alt, credit=portrait.credit)
        if "email" in values:
            self._count_mail()
        found = self.people.get(key.casefold()) or self.people.get(name.casefold()) or key
        slug = slugify(text_of(values, "slug") or key)
        self.archive.people[:] = [known for known in self.archive.people if known.key != found]
        self.archive.people.append(
            Person(found, name, slug, bio, portrait, tuple(_links(values)), addresses)
        )
        for spelled in (key.casefold(), name.casefold(), slugify(key), slugify(name)):
            if spelled:
                self.people.setdefault(spelled, found)

    def _count_mail(self) -> None:
        self.archive.counted["e-mail addresses"] = (
            self.archive.counted.get("e-mail addresses", 0) + 1
        )


def named_after(stem: str) -> tuple[str, str]:
    """The day in a file's name, or "", and the rest of the name."""
    match = DAY.fullmatch(stem)
    if match:
        return (match[1], match[2])
    return ("", stem)


def _links(values: dict[str, Any]) -> Iterator[str]:
    for key in LINKS:
        value = values.get(key)
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, dict):
                address = text_of(lowered(entry), "url", "link", "href")
            else:
                address = str(entry or "")
            is_whole = address.startswith(("http://", "https://")) and len(site_in(address)) > 3
            if is_whole and not address.rstrip("/").endswith("#"):
                yield address.replace("http://", "https://", 1) if key in PROFILES else address
            elif key in PROFILES and re.fullmatch(r"@?[\w.-]+", address):
                yield PROFILES[key] + address.lstrip("@")


def _status_of(values: dict[str, Any]) -> Status:
    said = text_of(values, "status").lower()
    if (
        is_true(values.get("draft"))
        or is_false(values.get("published"))
        or said in ("draft", "private", "pending")
    ):
        return "draft"
    if (
        is_true(values.get("hidden"))
        or is_true(values.get("unlisted"))
        or is_false(values.get("listed"))
    ):
        return "hidden"
    if said in ("hidden", "unlisted"):
        return "hidden"
    return "published"


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
            value = next(iter(value), None)
        words = values
        if isinstance(value, dict):
            words = values | lowered(value)
            value = text_of(words, *(name for name in PICTURE_PATH if name in value))
        if (
            isinstance(value, str)
            and len(value) < LONGEST_LINE
            and re.search(r"\.\w{3,4}(?:[?#].*)?$|^https?://", value.strip())
        ):
            alt, caption, credit = (
                plain_words(text_of(words, *keys)) for keys in (ALT, CAPTION, CREDIT)
            )
            return Picture(value.strip(), alt, caption, credit)
    return None
