"""Pelican: its settings, read as plain values only, its addresses, and its texts in
reStructuredText and HTML.

docutils may open no file and pass nothing through.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Sequence
from fnmatch import fnmatch
from functools import partial
from html import escape, unescape
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any, ClassVar, cast
from urllib.parse import unquote

from docutils import nodes
from docutils.core import publish_doctree, publish_from_doctree
from docutils.parsers.rst import Directive, directives, roles
from msgspec import Struct, field
from msgspec.structs import replace

from broadside.importer import slugify
from broadside_import import tags
from broadside_import.headers import TextHeader, literals, lowered, moment, names_of, text_of
from broadside_import.markdown import as_typed, in_our_forms, notebook
from broadside_import.model import ArchiveStory, ArchiveTerm, Person
from broadside_import.readable import element, soup_of
from broadside_import.sites import ADDRESS, FIRST_HEADING, HTML, MARKDOWN, Expand, SiteReader, Text

CONFIGS = ("pelicanconf.py", "pelican.conf.py", "settings.py", "publishconf.py")
DEFAULTS: dict[str, Any] = {
    "PATH": "content",
    "ARTICLE_PATHS": [""],
    "PAGE_PATHS": ["pages"],
    "ARTICLE_URL": "{slug}.html",
    "ARTICLE_LANG_URL": "{slug}-{lang}.html",
    "PAGE_URL": "pages/{slug}.html",
    "CATEGORY_URL": "category/{slug}.html",
    "TAG_URL": "tag/{slug}.html",
    "AUTHOR_URL": "author/{slug}.html",
    "DEFAULT_CATEGORY": "misc",
    "DEFAULT_LANG": "en",
    "USE_FOLDER_AS_CATEGORY": True,
    "FILENAME_METADATA": r"(?P<date>\d{4}-\d{2}-\d{2}).*",
}
OURS = re.compile(
    r"^\s*(?:\{|%7B|\|)(filename|static|attach|author|category|tag|index)(?:\}|%7D|\|)(.*)$",
    re.I | re.S,
)
OLD_PLACE = re.compile(r"\|(filename|static|attach)\|")
FIELD = re.compile(r"\{(\w+)(?::([^{}]*))?\}")

DOCUTILS = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "_disable_config": True,
    "report_level": 2,
    "halt_level": 5,
    "traceback": True,
    "input_encoding": "unicode",
    "output_encoding": "unicode",
    "syntax_highlight": "none",
    "smart_quotes": False,
    "math_output": "LaTeX",
    "embed_stylesheet": False,
    "stylesheet_path": "",
    "initial_header_level": 2,
    "sectsubtitle_xform": False,
    "line_length_limit": 1_000_000,
    "cloak_email_addresses": False,
    "record_dependencies": None,
}
ANY_OPTION: Any = defaultdict(lambda: directives.unchanged)
PLAYERS = {"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"}
ROLES = (
    "abbr doc ref term func class meth mod attr data exc obj file command option envvar program"
    " guilabel menuselection kbd samp issue pr pep8 gh".split()
)
"""Roles that only other programs know."""


class Pelican(SiteReader):
    """Markdown, reStructuredText and HTML, with the plain values of `pelicanconf.py`."""

    dialect = "python"
    endings = (*MARKDOWN, *HTML, ".rst")

    def configure(self) -> None:
        names = self.source.names
        places = [
            name for name in names if name.rpartition("/")[2] in CONFIGS and name.count("/") < 3
        ]
        root = min(
            (name.rpartition("/")[0] for name in places if "pelican" in name), key=len, default=""
        )
        self.root = f"{root}/".lstrip("/")
        self.config = dict(DEFAULTS)
        for path in (f"{self.root}{name}" for name in CONFIGS):
            if path in self.files:
                self.config |= literals(self.content(path) or "", self.config)
        path = str(self.config["PATH"]).strip("./")
        folder = self.root
        if path:
            folder = f"{self.root}{path}/"
        self.top = self.root
        if any(name.startswith(folder) for name in names):
            self.top = folder
        self.together: dict[str, set[str]] = {}
        """Lines of several names that Pelican takes for one author, by the first person in them."""
        self.has_tags = any("liquid_tags" in str(name) for name in self._list("PLUGINS"))
        self.zone_named = str(self.config.get("TIMEZONE", ""))
        markdown = self.config.get("MARKDOWN")
        said = {}
        if isinstance(markdown, dict):
            said = markdown
        configs = said.get("extension_configs")
        extensions = (
            *_listed(said.get("extensions")),
            *(configs if isinstance(configs, dict) else ()),
        )
        self.extensions = tuple(str(name) for name in (*extensions, *self._list("MD_EXTENSIONS")))
        self.settings(self._words("SITENAME"), self._words("SITESUBTITLE"))
        self.host_of(self._words("SITEURL"), f"{self.root}{CONFIGS[0]}")
        self.archive.roots = (self.top.rstrip("/"),)

    def _words(self, setting: str) -> str:
        value = self.config.get(setting)
        if isinstance(value, str):
            return value
        return ""

    def _list(self, *settings: str) -> list[Any]:
        return [entry for setting in settings for entry in _listed(self.config.get(setting))]

    def _is_below(self, name: str, *settings: str) -> bool:
        """Whether a file is in one of the folders in these settings; in STATIC_PATHS, "" names
        none.
        """
        folders = [str(folder) for folder in self._list(*settings)]
        return any(
            _below(name, folder) for folder in folders if folder or "STATIC_PATHS" not in settings
        )

    def name_of(self, path: str) -> str | None:
        name = path.removeprefix(self.top)
        if not path.startswith(self.top) or not path.endswith(self.endings):
            return None
        if not self._is_below(name, "PAGE_PATHS", "ARTICLE_PATHS"):
            return None
        if self._is_below(name, "STATIC_PATHS", "ARTICLE_EXCLUDES", "PAGE_EXCLUDES"):
            return None
        is_ignored = any(
            fnmatch(PurePosixPath(name).name, str(pattern))
            for pattern in self._list("IGNORE_FILES")
        )
        if is_ignored:
            return None
        return name

    def opened(self, path: str, name: str) -> Text | None:
        if not path.endswith((".rst", *HTML)):
            text = self.text(path, plain=True)
        elif (content := self.content(path)) is None:
            text = None
        elif path.endswith(".rst"):
            document = of_rst(OLD_PLACE.sub(r"{\1}", content))
            for line, what, kept_as in document.left:
                self.tell(path, line, what, kept_as)
            text = Text(path, TextHeader(document.values, ""), document.html)
        else:
            text = Text(path, html_header(content))
        if text:
            text.header.body = OLD_PLACE.sub(r"{\1}", text.header.body)
            text.header.values = self._of_path(name) | text.values
        return text

    def _of_path(self, name: str) -> dict[str, Any]:
        """What settings say about files by their names."""
        values = lowered(self.config.get("DEFAULT_METADATA"))
        for setting, words in (
            ("FILENAME_METADATA", PurePosixPath(name).stem),
            ("PATH_METADATA", name),
        ):
            pattern = self._words(setting)
            try:
                match = None
                if len(pattern) < 500:
                    match = re.match(pattern, words[:300])
            except re.error:
                continue
            if match:
                values |= {key.lower(): value for key, value in match.groupdict().items() if value}
        extra = self.config.get("EXTRA_PATH_METADATA")
        for path, known in extra.items() if isinstance(extra, dict) else ():
            if _below(name, str(path)):
                values |= lowered(known)
        return values

    def left_out(self, text: Text, name: str) -> str | None:
        if not text.values.get("title") and not (
            text.values and FIRST_HEADING.match(text.header.body)
        ):
            return "it has no title, so Pelican does not publish it"
        if text_of(text.values, "status").lower() == "skip":
            return "its status is skip"
        return None

    def complete(self, text: Text, name: str) -> None:
        """Split names on one line at ; or commas, and make the category the story's only
        section.
        """
        values = text.values
        for key in ("tags", "authors", "author"):
            if isinstance(value := values.get(key), str):
                values[key] = [part.strip() for part in value.split(";" if ";" in value else ",")]
        folders = [folder for folder in name.split("/")[:-1] if not folder.isdigit()]
        if self.config["USE_FOLDER_AS_CATEGORY"] and folders:
            usual = folders[-1]
        else:
            usual = self.config["DEFAULT_CATEGORY"]
        text.section = text_of(values, "category") or str(usual)
        values.pop("category", None)
        values.pop("categories", None)

    def arranged(self, story: ArchiveStory, text: Text, name: str) -> Sequence[str] | None:
        values = text.values
        story.is_page = self._is_below(name, "PAGE_PATHS")
        if not story.is_page:
            pages = (self._page("CATEGORY_URL", text.section),)
            story.terms.insert(0, self.term(text.section, "section", addresses=pages))
            if not story.people and (sole := self._words("AUTHOR")):
                story.people = [self.person(sole)]
            first = self.config.get("DEFAULT_DATE")
            if story.date is None and isinstance(first, tuple) and 2 < len(first) < 7:
                story.date = moment("-".join(str(part) for part in first[:3]))
        if len(story.people) > 1 and "authors" not in values:
            self.together.setdefault(story.people[0], set()).add(
                " ".join(names_of(values.get("author"), ","))
            )
        self.titled(story, text, text.stem)
        stem = re.sub(r"^\d{4}-\d{2}-\d{2}[-_]", "", text.stem)
        source = story.title
        if self.config.get("SLUGIFY_SOURCE") == "basename":
            source = stem
        story.slug = (
            slugify(text_of(values, "slug").replace("/", "-")) or slugify(source) or slugify(stem)
        )
        is_foreign = story.lang not in ("", self.config["DEFAULT_LANG"])
        usual = self._filled("PAGE_URL" if story.is_page else "ARTICLE_URL", story, values)
        addresses = [
            text_of(values, "url", "save_as") or usual,
            text_of(values, "save_as") or usual,
        ]
        if is_foreign and not story.is_page:
            addresses.append(self._filled("ARTICLE_LANG_URL", story, values))
        addresses += [each for key in self.former_keys for each in names_of(values.get(key), ",")]
        if not is_foreign:
            story.lang = ""
        return [f"/{each.lstrip('/')}".removesuffix("index.html") for each in addresses if each]

    def _filled(self, setting: str, story: ArchiveStory, values: dict[str, Any]) -> str:
        """An address by one of Pelican's patterns; "" if a value is unknown."""
        section = next(
            (
                term.name
                for term in self.archive.terms
                if story.terms and term.key == story.terms[0]
            ),
            "",
        )
        person = next(
            (
                each.name
                for each in self.archive.people
                if story.people and each.key == story.people[0]
            ),
            "",
        )
        words = {
            "slug": text_of(values, "slug") or story.slug,
            "lang": story.lang,
            "category": slugify(section),
            "author": slugify(person),
        }

        def value(match: re.Match[str]) -> str:
            if match[1] == "date":
                if story.date:
                    return story.date.strftime(match[2] or "%Y-%m-%d")
                return "\0"
            return words.get(match[1]) or text_of(values, match[1]) or "\0"

        address = FIELD.sub(value, str(self.config[setting]))
        if "\0" in address:
            return ""
        return address

    def _page(self, setting: str, name: str) -> str:
        return "/" + str(self.config[setting]).replace("{slug}", slugify(name)).lstrip(
            "/"
        ).removesuffix("index.html")

    def pages_of_term(self, term: ArchiveTerm) -> tuple[str, ...]:
        if term.kind == "topic":
            return (self._page("TAG_URL", term.name),)
        return ()

    def pages_of_person(self, person: Person) -> tuple[str, ...]:
        return tuple(
            self._page("AUTHOR_URL", name)
            for name in (person.name, *sorted(self.together.get(person.key, ())))
        )

    def finish(self, story: ArchiveStory, text: Text) -> None:
        def own(match: re.Match[str]) -> str:
            led = self._led(unescape(match[3]), text)
            if led is None:
                return match[0]
            return f"{match[1]}{match[2]}{escape(led)}{match[2]}"

        body = self.body(text, next(iter(story.addresses), ""), self.extensions)
        story.body = ADDRESS.sub(own, body)
        if story.photo:
            story.photo = replace(
                story.photo, address=self._led(story.photo.address, text) or story.photo.address
            )

    def _led(self, written: str, text: Text) -> str | None:
        """The target of one of Pelican's own addresses; None if it is not one."""
        match = OURS.match(written)
        if not match:
            return None
        kind, (path, mark, fragment) = match[1].lower(), unquote(match[2]).partition("#")
        if kind == "index":
            return "/"
        if kind in ("author", "category", "tag"):
            return self._page(f"{kind.upper()}_URL", path)
        path, question, query = path.partition("?")
        whole = normpath(
            f"{self.top}{path}" if path.startswith("/") else f"{text.folder}/{path}"
        ).lstrip("/")
        if (address := self.addresses.get(whole)) is not None:
            return address + mark + fragment
        as_it_is = f"/{whole.removeprefix(self.top)}"
        if kind == "filename" and whole not in self.files:
            found = self.address_of(path, text.folder)
            if found is None:
                self.tell(text.path, 1, written, as_it_is)
            return (found or as_it_is) + mark + fragment
        return f"{as_it_is}{question}{query}{mark}{fragment}"

    def expanded(self, text: Text) -> Expand | None:
        """The expander of liquid_tags, if the site uses them: files of code, and notebooks."""
        if not self.has_tags:
            return None

        def own(name: str, words: list[str]) -> str | None:
            content = None
            if name == "notebook" and words:
                content = self._file("NOTEBOOK_DIR", "notebooks", words[0])
            if content:
                html, pictures = notebook(content, " ".join(words[1:]))
            else:
                html, pictures = ("", 0)
            if pictures:
                self.tell(
                    text.path, 1, f"{pictures} pictures in the notebook {words[0]}", "nothing"
                )
            return html or None

        code = partial(self._file, "CODE_DIR", "code")
        return lambda words, site: tags.liquid(
            words, tags.Context(site.value, site.address, code, own)
        )

    def _file(self, setting: str, usual: str, name: str) -> str | None:
        folder = str(self.config.get(setting, usual)).strip("/")
        paths = (normpath(f"{self.top}{folder}/{name}"), normpath(f"{self.top}{name}"))
        return next(
            (content for path in paths if path in self.files and (content := self.content(path))),
            None,
        )


def html_header(content: str) -> TextHeader:
    """The header in the head of an HTML page, and its body."""
    soup = soup_of(content)
    values: dict[str, Any] = {}
    if soup.title:
        values["title"] = soup.title.get_text(" ", strip=True)
    for meta in soup.find_all("meta"):
        name, said = (
            str(meta.get("name") or "").lower(),
            str(meta.get("content") or meta.get("contents") or ""),
        )
        if name and said:
            values["tags" if name == "keywords" else name] = said
    body = soup.body
    line = 1
    if body:
        line = content[: content.lower().find("<body")].count("\n") + 1
    return TextHeader(
        values, body.decode_contents() if body else content if not soup.head else "", line
    )


def _listed(value: Any) -> list[Any]:
    if isinstance(value, (list, tuple, dict)):
        return list(value)
    if isinstance(value, str):
        return [value]
    return []


def _below(name: str, folder: str) -> bool:
    folder = folder.strip("./")
    return not folder or name == folder or name.startswith(f"{folder}/")


class RstDocument(Struct):
    """The contents of a text in reStructuredText."""

    values: dict[str, Any]
    html: str
    left: list[tuple[int, str, str]] = field(default_factory=list)
    """Lines, what was there, and what replaces it."""


class _Ours(Directive):
    """A directive with any arguments and options."""

    has_content = True
    optional_arguments = 9
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = ANY_OPTION


class _Code(_Ours):
    def run(self) -> list[nodes.Node]:
        text = "\n".join(self.content)
        return [nodes.literal_block(text, text, classes=["code", *self.arguments[:1]])]


class _Html(_Ours):
    """HTML in the text itself; it is cleaned with the rest later, and no file is ever read for
    it.
    """

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        if "html" in self.arguments[0].lower() and self.content:
            return [nodes.raw("", "\n".join(self.content), format="html")]
        block = nodes.literal_block(self.block_text, self.block_text)
        return [
            self.state.document.reporter.error("raw is only read as HTML", block, line=self.lineno)
        ]


class _Player(_Ours):
    """A video, by its id."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        if "//" in name:
            address = name
        else:
            address = PLAYERS[self.name].format(name)
        return [nodes.raw("", str(element("a", data_card="video", href=address)), format="html")]


class _Nothing(_Ours):
    """A table of contents, which our stories do not have."""

    def run(self) -> list[nodes.Node]:
        return []


def _words(
    name: str, rawtext: str, text: str, *_: Any, **__: Any
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """The words of an unknown role; of `Title <target>`, the title."""
    shown = text
    if text.endswith(">") and "<" in text:
        shown = text.rpartition("<")[0].strip()
    return [
        (
            nodes.literal(rawtext, shown)
            if name not in ("abbr", "doc", "ref", "term")
            else nodes.Text(shown)
        )
    ], []


def of_rst(text: str) -> RstDocument:
    """The contents of a text: its header's fields including `title`, and its HTML; the text as
    typed if docutils cannot read it.
    """
    for name in ("code", "code-block", "sourcecode", "highlight-block"):
        directives.register_directive(name, _Code)
    directives.register_directive("raw", _Html)
    directives.register_directive("contents", _Nothing)
    for name in PLAYERS:
        directives.register_directive(name, _Player)
    for name in ROLES:
        roles.register_local_role(name, cast("Any", _words))
    try:
        tree = publish_doctree(
            text, settings_overrides=DOCUTILS | {"warning_stream": io.StringIO()}
        )
        left = list(_messages(tree))
        values = _header(tree)
        parts = publish_from_doctree(
            tree, writer="html5", settings_overrides=DOCUTILS | {"warning_stream": io.StringIO()}
        )
    except Exception as problem:  # docutils raises whatever its transforms do not expect
        why = f"docutils cannot read this ({type(problem).__name__})"
        return RstDocument({}, as_typed(text), [(1, why, "its text as it was typed")])
    soup = soup_of(str(parts))
    body = soup.main or soup.body or soup
    for unwanted in body.select(
        "h1.title, dl.docinfo, div.system-messages, section.system-messages"
    ):
        unwanted.decompose()
    for subtitle in body.select("p.subtitle"):
        subtitle.name = "h2"
    for words in body.select("span.docutils.literal, tt.docutils.literal"):
        words.name, words.attrs = "code", {}
    for section in body.select("section[id]"):
        heading = section.find(["h1", "h2", "h3", "h4", "h5", "h6"])
        if heading is not None and not heading.get("id"):
            heading["id"] = section["id"]
    html = in_our_forms(body.decode_contents())
    return RstDocument(values, html, left)


def _header(tree: nodes.document) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if (title := tree.next_node(nodes.title)) and title.parent is tree:
        values["title"] = title.astext()
    for info in tree.findall(nodes.docinfo):
        for child in info.children:
            if isinstance(child, nodes.field):
                values[child.children[0].astext().strip().lower()] = (
                    child.children[1].astext().strip()
                )
            elif isinstance(child, nodes.authors):
                values["authors"] = [author.astext() for author in child.children]
            else:
                values[str(getattr(child, "tagname", ""))] = child.astext().strip()
    return values


def _messages(tree: nodes.document) -> Any:
    """Remove docutils' messages from a tree; unreadable markup stays as text, and is reported."""
    for mark in list(tree.findall(nodes.problematic)):
        mark.parent.replace(mark, nodes.Text(mark.astext()))
    for message in list(tree.findall(nodes.system_message)):
        source = "\n".join(
            child.astext() for child in message.children if isinstance(child, nodes.literal_block)
        )
        disabled = "disabled" in message.astext()
        if message.parent is None:
            continue
        if message["level"] < 3 and not disabled:
            message.parent.remove(message)
            continue
        yield (
            int(message.get("line", 1)),
            " ".join(message.children[0].astext().split())[:200],
            "text" if source else "nothing",
        )
        message.parent.replace(
            message, nodes.paragraph(source, source) if source else nodes.comment()
        )
