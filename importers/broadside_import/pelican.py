"""Reads a Pelican site: Markdown, reStructuredText and HTML, with `pelicanconf.py`, of which only the plain values are read."""

from __future__ import annotations

import ast
import re
from datetime import datetime
from fnmatch import fnmatch
from html import escape, unescape
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import unquote

from msgspec.structs import replace

from broadside.slugs import slugify
from broadside_import import rst, tags
from broadside_import.headers import Header, moment, names_of, text_of
from broadside_import.model import Archive, Options, Story
from broadside_import.notebook import notebook
from broadside_import.readable import soup_of
from broadside_import.source import Source
from broadside_import.texts import ADDRESS, FIRST_HEADING, HTML, MARKDOWN, Collected, Text, collected_from, host_of

SETTINGS = ("pelicanconf.py", "pelican.conf.py", "settings.py", "publishconf.py")
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
OURS = re.compile(r"^\s*(?:\{|%7B|\|)(filename|static|attach|author|category|tag|index)(?:\}|%7D|\|)(.*)$", re.I | re.S)
OLD_MARK = re.compile(r"\|(filename|static|attach)\|")
FIELD = re.compile(r"\{(\w+)(?::([^{}]*))?\}")


def read(source: Source, options: Options) -> Archive:
    """All that is in a Pelican site."""
    site = _Site(collected_from(source, options))
    for path in source.names:
        site.note(path)
    site.finish()
    return site.collected.archive


class _Site:
    def __init__(self, collected: Collected) -> None:
        self.collected, self.archive = collected, collected.archive
        names = collected.source.names
        places = [name for name in names if name.rpartition("/")[2] in SETTINGS and name.count("/") < 3]
        root = min((name.rpartition("/")[0] for name in places if "pelican" in name), key=len, default="")
        self.root = f"{root}/" if root else ""
        self.settings = dict(DEFAULTS)
        for name in SETTINGS:
            if f"{self.root}{name}" in collected.files:
                self.settings |= literals(collected.content(f"{self.root}{name}") or "", self.settings)
        path = str(self.settings["PATH"]).strip("./")
        folder = f"{self.root}{path}/" if path else self.root
        self.content = folder if any(name.startswith(folder) for name in names) else self.root if places else ""
        self.stories: list[tuple[Story, Text, rst.Document | None]] = []
        self.together: dict[str, set[str]] = {}
        """Lines of several names that Pelican takes for one author, by the first person in them."""
        self.liquid = any("liquid_tags" in str(name) for name in _list(self.settings.get("PLUGINS")))
        self.extensions = _extensions(self.settings)
        self._settings()

    def _settings(self) -> None:
        for ours, theirs in (("SITENAME", "SITENAME"), ("SITESUBTITLE", "SITESUBTITLE")):
            if isinstance(value := self.settings.get(theirs), str) and value:
                self.archive.settings[ours] = value
        if isinstance(address := self.settings.get("SITEURL"), str) and address:
            host_of(address, self.archive, f"{self.root}{SETTINGS[0]}")
        menu = [
            tuple(map(str, entry))
            for entry in _list(self.settings.get("MENUITEMS"))
            if isinstance(entry, (tuple, list)) and len(entry) == 2
        ]
        if menu:
            self.archive.settings["MENUITEMS"] = menu
        self.archive.roots = (self.content.rstrip("/"),)

    def note(self, path: str) -> None:
        """Read the header of a file that is a text, and note its address."""
        name = path.removeprefix(self.content)
        if not path.startswith(self.content) or not path.endswith((*MARKDOWN, *HTML, ".rst")):
            return
        is_page = self._is_below(name, "PAGE_PATHS")
        if not (is_page or self._is_below(name, "ARTICLE_PATHS")):
            return
        if self._is_ignored(name) or self._is_below(name, "STATIC_PATHS", "ARTICLE_EXCLUDES", "PAGE_EXCLUDES"):
            return
        text, document = self._read(path)
        if text is None:
            return
        text.header.values = self._of_path(name) | text.values
        if not text.values or not (text.values.get("title") or FIRST_HEADING.match(text.header.body)):
            self.collected.skip(path, "it has no title, so Pelican does not publish it")
            return
        if text_of(text.values, "status").lower() == "skip":
            self.collected.skip(path, "its status is skip")
            return
        category = _separated(text.values)
        story = text.story(name)
        story.is_page = is_page
        self.collected.fill(story, text)
        if not is_page:
            category = category or self._category(name)
            story.terms.insert(
                0, self.collected.term(category, "section", addresses=(self._term("CATEGORY_URL", category),))
            )
            default = self.settings.get("AUTHOR")
            if not story.people and isinstance(default, str) and default:
                story.people = [self.collected.person(default)]
            if (
                story.date is None
                and isinstance(first := self.settings.get("DEFAULT_DATE"), tuple)
                and 2 < len(first) < 7
            ):
                story.date = moment("-".join(str(part) for part in first[:3]))
        self._arrange(story, text, document)

    def _is_ignored(self, name: str) -> bool:
        base = PurePosixPath(name).name
        return any(fnmatch(base, str(pattern)) for pattern in _list(self.settings.get("IGNORE_FILES")))

    def _is_below(self, name: str, *settings: str) -> bool:
        """Whether a file is in one of the folders that these settings name; in STATIC_PATHS, "" names none."""
        folders = [str(folder) for setting in settings for folder in _list(self.settings.get(setting))]
        return any(_below(name, folder) for folder in folders if folder or "STATIC_PATHS" not in settings)

    def _arrange(self, story: Story, text: Text, document: rst.Document | None) -> None:
        if len(story.people) > 1 and "authors" not in text.values:
            self.together.setdefault(story.people[0], set()).add(" ".join(names_of(text.values.get("author"), ",")))
        self.collected.titled(story, text, text.stem)
        stem = re.sub(r"^\d{4}-\d{2}-\d{2}[-_]", "", text.stem)
        written = text_of(text.values, "slug")
        story.slug = (
            slugify(written.replace("/", "-"))
            or slugify(stem if self.settings.get("SLUGIFY_SOURCE") == "basename" else story.title)
            or slugify(stem)
        )
        foreign = story.lang not in ("", self.settings["DEFAULT_LANG"])
        pattern = self.settings["PAGE_URL" if story.is_page else "ARTICLE_URL"]
        usual = _filled(str(pattern), story, self.archive, text.values)
        addresses = [text_of(text.values, "url", "save_as") or usual, text_of(text.values, "save_as") or usual]
        if foreign and not story.is_page:
            addresses.append(_filled(str(self.settings["ARTICLE_LANG_URL"]), story, self.archive, text.values))
        addresses += [*names_of(text.values.get("redirect_from"), ","), *names_of(text.values.get("aliases"), ",")]
        story.addresses = list(
            dict.fromkeys(f"/{known.lstrip('/')}".removesuffix("index.html") for known in addresses if known)
        )
        if not foreign:
            story.lang = ""
        if story.addresses:
            self.collected.place(text.path, story.addresses[0])
        self.stories.append((story, text, document))

    def _read(self, path: str) -> tuple[Text | None, rst.Document | None]:
        if not path.endswith((".rst", *HTML)):
            return self.collected.text(path, plain=True), None
        content = self.collected.content(path)
        if content is None:
            return None, None
        if path.endswith(".rst"):
            document = rst.to_html(OLD_MARK.sub(r"{\1}", content))
            for line, what, kept_as in document.left:
                self.collected.left(path, line, what, kept_as)
            return Text(path, Header(document.values, "")), document
        return Text(path, _of_html(content)), None

    def _of_path(self, name: str) -> dict[str, Any]:
        """What settings say of files by their names."""
        values: dict[str, Any] = {}
        metadata = self.settings.get("DEFAULT_METADATA")
        if isinstance(metadata, dict):
            values |= {str(key).lower(): value for key, value in metadata.items()}
        stem = PurePosixPath(name).stem
        for pattern, words in (
            (self.settings.get("FILENAME_METADATA"), stem),
            (self.settings.get("PATH_METADATA"), name),
        ):
            if isinstance(pattern, str) and pattern and len(pattern) < 500:
                try:
                    match = re.match(pattern, words[:300])
                except re.error:
                    continue
                values |= {key.lower(): value for key, value in match.groupdict().items() if value} if match else {}
        extra = self.settings.get("EXTRA_PATH_METADATA")
        for path, known in extra.items() if isinstance(extra, dict) else ():
            if isinstance(known, dict) and _below(name, str(path)):
                values |= {str(key).lower(): value for key, value in known.items()}
        return values

    def _category(self, name: str) -> str:
        folders = [folder for folder in name.split("/")[:-1] if not folder.isdigit()]
        if self.settings["USE_FOLDER_AS_CATEGORY"] and folders:
            return folders[-1]
        return str(self.settings["DEFAULT_CATEGORY"])

    def _term(self, setting: str, name: str) -> str:
        return "/" + str(self.settings[setting]).replace("{slug}", slugify(name)).lstrip("/").removesuffix("index.html")

    def finish(self) -> None:
        """Read the texts themselves, now that it is known where each is."""
        for story, text, document in self.stories:
            self.current = text
            if document:
                story.body = self.collected.linked(document.html, text.folder, story.addresses[0])
            else:
                text.header.body = OLD_MARK.sub(r"{\1}", text.header.body)
                story.body = self.collected.body(
                    text, story, "python", self._tags if self.liquid else None, self.extensions
                )
            story.body = ADDRESS.sub(self._own, story.body)
            if story.photo:
                story.photo = replace(
                    story.photo, address=self._led(story.photo.address, text.folder) or story.photo.address
                )
            self.archive.stories.append(story)
        for number, term in enumerate(self.archive.terms):
            if term.kind == "topic":
                self.archive.terms[number] = replace(term, addresses=(self._term("TAG_URL", term.name),))
        for number, person in enumerate(self.archive.people):
            names = (person.name, *sorted(self.together.get(person.key, ())))
            addresses = tuple(self._term("AUTHOR_URL", name) for name in names)
            self.archive.people[number] = replace(person, addresses=addresses)
        self.collected.with_pages_led_to()

    def _tags(self, text: str, site: tags.Site) -> tags.Expanded:
        known = tags.Site(site.value, site.address, self._code)
        return tags.liquid(text, replace(known, own=self._notebook))

    def _code(self, name: str) -> str | None:
        folder = str(self.settings.get("CODE_DIR", "code")).strip("/")
        return self._file(f"{folder}/{name}") or self._file(name)

    def _notebook(self, name: str, words: list[str]) -> str | None:
        if name != "notebook" or not words:
            return None
        folder = str(self.settings.get("NOTEBOOK_DIR", "notebooks")).strip("/")
        content = self._file(f"{folder}/{words[0]}") or self._file(words[0])
        html, pictures = notebook(content, " ".join(words[1:])) if content else ("", 0)
        if pictures:
            self.collected.left(self.current.path, 1, f"{pictures} pictures in the notebook {words[0]}", "nothing")
        return html or None

    def _file(self, name: str) -> str | None:
        path = normpath(f"{self.content}{name}")
        return self.collected.content(path) if path in self.collected.files else None

    def _own(self, match: re.Match[str]) -> str:
        led = self._led(unescape(match[3]), self.current.folder)
        return match[0] if led is None else f"{match[1]}{match[2]}{escape(led)}{match[2]}"

    def _led(self, written: str, folder: str) -> str | None:
        """Where one of Pelican's own addresses leads; None if it is not one."""
        match = OURS.match(written)
        if not match:
            return None
        kind, (path, mark, fragment) = match[1].lower(), unquote(match[2]).partition("#")
        if kind == "index":
            return "/"
        if kind in ("author", "category", "tag"):
            return self._term(f"{kind.upper()}_URL", path)
        path, question, query = path.partition("?")
        whole = normpath(f"{self.content}{path}" if path.startswith("/") else f"{folder}/{path}").lstrip("/")
        if (address := self.collected.addresses.get(whole)) is not None:
            return address + mark + fragment
        if kind == "filename" and whole not in self.collected.files:
            found = self.collected.address_of(path, folder)
            if found is None:
                self.collected.left(self.current.path, 1, written, f"/{whole.removeprefix(self.content)}")
            return (found or f"/{whole.removeprefix(self.content)}") + mark + fragment
        return f"/{whole.removeprefix(self.content)}{question}{query}{mark}{fragment}"


def _separated(values: dict[str, Any]) -> str:
    """The category of a header, which is taken out; names in one line are separated by ; or by commas."""
    for key in ("tags", "authors", "author"):
        if isinstance(value := values.get(key), str):
            values[key] = [part.strip() for part in value.split(";" if ";" in value else ",")]
    category = text_of(values, "category")
    values.pop("category", None)
    values.pop("categories", None)
    return category


def _of_html(content: str) -> Header:
    """What the head of an HTML page says, and what is in its body."""
    soup = soup_of(content)
    values: dict[str, Any] = {}
    if soup.title:
        values["title"] = soup.title.get_text(" ", strip=True)
    for meta in soup.find_all("meta"):
        name, said = str(meta.get("name") or "").lower(), str(meta.get("content") or meta.get("contents") or "")
        if name and said:
            values["tags" if name == "keywords" else name] = said
    body = soup.body
    line = content[: content.lower().find("<body")].count("\n") + 1 if body else 1
    return Header(values, body.decode_contents() if body else content if not soup.head else "", line)


def literals(content: str, known: dict[str, Any]) -> dict[str, Any]:
    """The settings in a program whose values are written out, or made of others by name and `+`; nothing is run."""
    try:
        tree = ast.parse(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    found: dict[str, Any] = {}
    for statement in tree.body:
        targets = (
            statement.targets
            if isinstance(statement, ast.Assign)
            else [statement.target]
            if isinstance(statement, ast.AnnAssign)
            else []
        )
        value = getattr(statement, "value", None)
        for target in targets:
            if isinstance(target, ast.Name) and target.id.isupper() and value is not None:
                try:
                    found[target.id] = _literal(value, known | found)
                except (ValueError, TypeError, RecursionError, MemoryError):
                    continue
    return found


def _literal(node: ast.expr, known: dict[str, Any]) -> Any:
    if isinstance(node, ast.Name) and node.id in known:
        return known[node.id]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _literal(node.left, known), _literal(node.right, known)
        if type(left) is type(right) and isinstance(left, (str, list, tuple)) and len(left) + len(right) < 100_000:
            return left + right
        raise ValueError
    return ast.literal_eval(node)


def _extensions(settings: dict[str, Any]) -> tuple[str, ...]:
    markdown = settings.get("MARKDOWN")
    configs = markdown.get("extension_configs") if isinstance(markdown, dict) else None
    names = (
        [*_list(markdown.get("extensions")), *(configs if isinstance(configs, dict) else ())]
        if isinstance(markdown, dict)
        else []
    )
    return tuple(str(name) for name in (*names, *_list(settings.get("MD_EXTENSIONS"))))


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple, dict)) else [value] if isinstance(value, str) else []


def _below(name: str, folder: str) -> bool:
    folder = folder.strip("./")
    return not folder or name == folder or name.startswith(f"{folder}/")


def _filled(pattern: str, story: Story, archive: Archive, values: dict[str, Any]) -> str:
    """An address by one of Pelican's patterns; "" if it asks for what is not known."""
    section = next((term.name for term in archive.terms if story.terms and term.key == story.terms[0]), "")
    person = next((person.name for person in archive.people if story.people and person.key == story.people[0]), "")
    words = {
        "slug": text_of(values, "slug") or story.slug,
        "lang": story.lang,
        "category": slugify(section),
        "author": slugify(person),
    }

    def value(match: re.Match[str]) -> str:
        if match[1] == "date":
            return story.date.strftime(match[2] or "%Y-%m-%d") if isinstance(story.date, datetime) else "\0"
        return words.get(match[1]) or text_of(values, match[1]) or "\0"

    address = FIELD.sub(value, pattern)
    return "" if "\0" in address else address
