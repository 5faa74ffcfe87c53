"""The configuration of the editor in the browser, made from the declared keys and from what an
outlet has.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from broadside.content.doors import FOLDERS
from broadside.content.folder import OBLIGATORY, TOPICS
from broadside.front_matter import fields as check
from broadside.front_matter.data import (
    LISTS_OF_DESK,
    AuthorData,
    BlockData,
    Key,
    PageData,
    SeriesData,
    StoryData,
    keys_in,
)
from broadside.media.files import KINDS as FILES
from broadside.plugins.admin.labels import BODY, BODY_HINT, KINDS, VALUES
from broadside.settings import Settings
from broadside.urls import KINDS as TERMS
from broadside.validation import Declared, keys_of

Field = dict[str, Any]
Say = Callable[[str, str], str]
"""Translates a message, given after its context, into the outlet's language."""
CONTEXT = "editor"
"""The context of messages in the editor."""
CONTENT = "content"
"""The content folder's path in the repository."""
HOSTS = {
    "github": "https://github.com",
    "gitlab": "https://gitlab.com",
    "forgejo": "https://codeberg.org",
}
APIS = {"github": "/api/v3", "gitlab": "/api/v4", "forgejo": "/api/v1"}
ORDER = (
    *(
        "title",
        "name",
        "role",
        "dek",
        "status",
        "date",
        "author",
        "authors",
        "section",
        "sections",
        "type",
        "body",
    ),
    *("photo", "portrait", "alt", "caption", "credit", "credit_label", "redistribute"),
    *("topics", "related", "updated", "minor", "corrections"),
)
"""The keys that a form begins with, and the text; rarely used ones follow.

Files are written in this order, too.
"""
PICTURES = "image/jpeg,image/png,image/webp,image/avif"
LONG = {"dek", "alt", "caption", "text", "description", "ai_for", "method", "conflicts"}
"""Keys whose values take more than a line."""


class Offered(Struct, frozen=True):
    """What an outlet's forms offer: names of terms by the key that has them, how many folders deep
    its stories are, and its lists.

    Keys that may be a name alone are `kept` as they are if a story writes more.
    """

    names: Mapping[str, Sequence[str]] = {}
    depths: frozenset[int] = frozenset({1})
    lists: Collection[str] = tuple(OBLIGATORY)
    kept: Collection[str] = ()


class Forge(Struct, frozen=True):
    """Where an outlet's repository is: the setting ADMIN."""

    forge: str
    repo: str
    url: str = ""
    branch: str = "main"
    app_id: str = ""
    review: bool = True
    guests: bool = False

    @property
    def api(self) -> str:
        """The address of its API."""
        if self._is_github:
            return "https://api.github.com"
        return f"{self._host}{APIS[self.forge]}"

    @property
    def origin(self) -> str:
        """The origin of its API, the only one that the editor's page may connect to."""
        parts = urlsplit(self.api)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def has_review(self) -> bool:
        """Whether saved changes are proposed for review first; the editor cannot do that on
        Forgejo.
        """
        return self.review and self.forge != "forgejo"

    @property
    def _host(self) -> str:
        return (self.url or HOSTS[self.forge]).rstrip("/")

    @property
    def _is_github(self) -> bool:
        return self.forge == "github" and self._host == HOSTS["github"]

    def backend(self) -> dict[str, Any]:
        """The editor's "backend" setting.

        Without an app's id, people sign in by pasting an access token.
        """
        if self.app_id:
            auth_methods = ["oauth", "token"]
        else:
            auth_methods = ["token"]
        name = self.forge
        if self.forge == "forgejo":
            name = "gitea"
        told: dict[str, Any] = {
            "name": name,
            "repo": self.repo,
            "branch": self.branch,
            "auth_methods": auth_methods,
        }
        if not self._is_github:
            told |= {"api_root": self.api, "base_url": self._host}
        if self.app_id:
            told |= {
                "app_id": self.app_id,
                **({"auth_type": "pkce"} if self.forge == "gitlab" else {}),
            }
        if self.guests and self.forge == "github":
            told |= {"open_authoring": True, "auth_scope": "public_repo"}
        return told


def configuration(settings: Settings, forge: Forge, offered: Offered, say: Say) -> dict[str, Any]:
    """The whole of config.json; `say` translates its words."""
    forms = Forms(offered, settings.TIMEZONE, say)
    content = CONTENT
    return {
        "backend": forge.backend(),
        "publish_mode": "editorial_workflow" if forge.has_review else "simple",
        "app_title": settings.SITENAME,
        "site_url": settings.SITEURL,
        "show_preview_links": False,
        "media_folder": f"{content}/photos",
        "public_folder": "/photos",
        # The policy blocks stock assets.
        "media_libraries": {
            "default": {"config": {"slugify_filename": True}},
            "stock_assets": False,
        },
        "slug": {"encoding": "ascii", "clean_accents": True, "timezone": "local"},
        "output": {"omit_empty_optional_fields": True, "yaml": {"indent_sequences": True}},
        "editor": {"preview": False},
        "collections": [*_collections(forms)],
    }


def _collections(forms: Forms) -> Iterator[dict[str, Any]]:
    """What can be edited, in the order of the editor's menu."""
    content, offered = CONTENT, forms.offered
    yield from _stories(forms)
    yield {
        **forms.named("pages"),
        "icon": "description",
        "folder": f"{content}/pages",
        "fields": forms.with_body(PageData),
        "aliases_field": False,
    }
    yield {
        **forms.named("authors"),
        "icon": "person",
        "folder": f"{content}/authors",
        "identifier_field": "name",
        "fields": forms.with_body(AuthorData),
        **_pictures("photos/authors"),
        "aliases_field": False,
    }
    yield {
        **forms.named("series"),
        "icon": "collections_bookmark",
        "folder": f"{content}/series",
        "identifier_field": "name",
        "fields": forms.with_body(SeriesData),
        **_pictures("photos"),
        "aliases_field": False,
    }
    for given in FOLDERS:
        yield {
            **forms.named(given.name, given.labels),
            "icon": "description",
            "folder": f"{content}/{given.name}",
            **given.form,
            "fields": forms.with_body(given.kind),
            "aliases_field": False,
        }
    # Topics need no list.
    files = [
        forms.file(file, kind)
        for file, kind in LISTS_OF_DESK.items()
        if file in offered.lists and file != TOPICS
    ]
    yield {**forms.named("lists"), "icon": "list", "files": files}


def _stories(forms: Forms) -> Iterator[dict[str, Any]]:
    stories = {
        **forms.named("stories"),
        "icon": "article",
        "folder": f"{CONTENT}/articles",
        "fields": forms.with_body(StoryData),
        "sortable_fields": {
            "fields": ["date", "title"],
            "default": {"field": "date", "direction": "descending"},
        },
        **_pictures("photos"),
        "aliases_field": False,
    }
    yield {**stories, "path": "{{year}}/{{slug}}"}
    for depth in sorted(forms.offered.depths - {1}):
        folders = "{{fields.section}}/" * depth
        yield {
            **stories,
            "name": f"stories_{depth}",
            "path": f"{folders}{{{{slug}}}}",
            "create": False,
        }


def _pictures(folder: str) -> dict[str, str]:
    """Where pictures are put.

    The editor writes a slash before their paths, and finds them with and without it.
    """
    return {"media_folder": f"/{CONTENT}/{folder}", "public_folder": folder}


class Forms(Struct, frozen=True):
    """Makes the fields of forms."""

    offered: Offered
    zone: str
    say: Say

    def named(self, name: str, labels: Sequence[tuple[str, str]] = ()) -> dict[str, str]:
        """A name with its labels: singular, and plural if there can be several."""
        said = labels or KINDS.get(name) or [(CONTEXT, name)]
        several, *one = (self.say(*message) for message in said)
        return {"name": name, "label": several, **({"label_singular": one[0]} if one else {})}

    def of(self, kind: type[Struct]) -> Iterator[Field]:
        """A field for each key of a struct; a key for a single value comes before the one for
        several.
        """
        declared_keys = keys_in(kind)
        for name in sorted(
            declared_keys, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER)
        ):
            declared = declared_keys[name]
            if declared.key.single:
                yield self.field(declared.key.single, replace(declared, several=False), kind)
            yield self.field(name, declared, kind)

    def with_body(self, kind: type[Struct]) -> list[Field]:
        """The fields of a source, including its text."""
        fields = [*self.of(kind)]
        before = ORDER[: ORDER.index("body")]
        place = next(
            (i for i, each in enumerate(fields) if each["name"] not in before), len(fields)
        )
        # Raw Markdown: the editor's rich-text mode rewrites abbreviations, tables and emphasis.
        body = {"name": "body", "label": self.say(*BODY), "hint": self.say(*BODY_HINT)}
        fields.insert(place, body | {"widget": "text", "required": False})
        return fields

    def file(self, file: str, kind: type[Struct]) -> dict[str, Any]:
        """A file that contains a list, or several."""
        name, keys = file.removesuffix(".yml"), keys_of(kind)
        if items := keys.get("items"):
            label = self.labelled("items", items.key)
            one = {"label_singular": self.say(CONTEXT, items.key.single_label)}
            fields = [label | one | self.entries(items.entry) | {"root": True}]
        else:
            label = self.named(name)
            fields = [self.field(key, declared, kind) for key, declared in keys.items()]
        return {
            "name": name,
            "label": label["label"],
            "file": f"{CONTENT}/{file}",
            "fields": fields,
        }

    def entries(self, entry: type[Struct]) -> Field:
        """The field, without its name, of a list whose entries have keys."""
        fields = [*self.of(entry)]
        first = next((each["name"] for each in fields if each.get("required")), fields[0]["name"])
        return {
            "widget": "list",
            "required": False,
            "collapsed": True,
            "summary": f"{{{{fields.{first}}}}}",
            "fields": fields,
        }

    def group(self, keys: type[Struct]) -> Field:
        """The field, without its name, of an optional key that has keys of its own."""
        return {
            "widget": "object",
            "required": False,
            "collapsed": True,
            "fields": [*self.of(keys)],
        }

    def field(self, name: str, declared: Declared, kind: type[Struct]) -> Field:
        """The field of a key."""
        if name == "imported" or name in self.offered.kept:  # it stays as it is
            return {"name": name, "widget": "hidden"}
        label = self.labelled(name, declared.key)
        if declared.key.names_in in self.offered.lists:
            return label | {"required": declared.required} | self._listed(declared)
        # what is most often written is enough
        if hasattr(declared.entry, "in_short") and not declared.several:
            return label | {"widget": "string", "required": False}
        if declared.entry:
            return label | (
                self.entries(declared.entry) if declared.several else self.group(declared.entry)
            )
        # An optional choice would offer "(None)", and a file without a status is published; so the
        # status is required.
        if name == "status":
            usual = {"required": True, "default": "published"}
        else:
            usual = {"required": declared.required}
        return label | usual | self._widget(name, declared, kind)

    def _widget(self, name: str, declared: Declared, kind: type[Struct]) -> Field:
        by_key = self._by_key(name, kind)
        by_check = self._by_check(declared)
        if by_key or by_check:
            return by_key or by_check
        if declared.several:
            return {"widget": "list"}
        widget = "string"
        if name in LONG:
            widget = "text"
        return {"widget": widget}

    def _by_key(self, name: str, kind: type[Struct]) -> Field:
        """A choice among the outlet's names."""
        if kind in (StoryData, BlockData) and name in self.offered.names:
            return self.select(self.offered.names[name], multiple=name not in TERMS)
        # The forge sends these to anyone who may write: a fixed list would reveal names that are
        # not published yet.
        if name == "author" and kind in (StoryData, SeriesData):
            return self.relation("authors", "name", shown="name")
        if name == "series":
            return self.relation("series", "name", shown="name")
        if name in ("related", "answers", "translation_of", "lead", "story"):
            return self.relation("stories", "{{slug}}", shown="title") | {
                "multiple": name == "related"
            }
        return {}

    def _listed(self, declared: Declared) -> Field:
        """A choice among the names in a list of the outlet's."""
        file = declared.key.names_in.removesuffix(".yml")
        name = "items.*.name"
        chosen = {"file": file, "multiple": declared.several}
        return self.relation("lists", name, shown=name) | chosen

    def relation(self, collection: str, value: str, shown: str) -> Field:
        """A choice among the entries of a collection."""
        fields = {"display_fields": [shown], "search_fields": [shown]}
        return {"widget": "relation", "collection": collection, "value_field": value, **fields}

    def _by_check(self, declared: Declared) -> Field:
        """A field for the values that a key's check allows."""
        test = declared.key.check
        words = test.words if isinstance(test, check.OneOf) else ()
        if words:
            return self.select(words)
        if test == check.iso_date:
            return self._moment(is_day=declared.key.is_day)
        if test is check.photo_path:
            return {"widget": "image", "choose_url": False, "accept": PICTURES}
        if isinstance(test, check.InFiles):
            return {
                "widget": "file",
                "choose_url": False,
                "accept": ",".join(test.endings or FILES),
                **_pictures("files"),
            }
        if test is check.small_number:
            return {"widget": "number", "value_type": "int", "min": 1, "max": 12}
        return {}

    def _moment(self, is_day: bool) -> Field:
        if is_day:
            return {"widget": "datetime", "type": "date"}
        # Without the format, an hour would be read by the clock of the writer's computer.
        return {"widget": "datetime", "input_timezone": self.zone, "format": "YYYY-MM-DDTHH:mm"}

    def select(self, options: Sequence[str], multiple: bool = False) -> Field:
        """A choice; if the outlet has no options yet, people type."""
        if not options:
            widget = "string"
            if multiple:
                widget = "list"
            return {"widget": widget}
        shown = [
            {"value": each, "label": self.say(*VALUES[each]) if each in VALUES else each}
            for each in options
        ]
        return {"widget": "select", "options": shown, "multiple": multiple}

    def labelled(self, name: str, key: Key) -> Field:
        """A key's label and hint."""
        of_one = key.label and name == key.single
        if of_one:
            label, hint = (key.single_label, key.single_hint)
        else:
            label, hint = (key.label, key.hint)
        if hint:
            hint = self.say(CONTEXT, hint)
        elif label:
            hint = ""
        else:
            hint = key.in_short[:1].upper() + key.in_short[1:]
        if label:
            label = self.say(CONTEXT, label)
        else:
            label = name.replace("_", " ").capitalize()
        return {"name": name, "label": label, **({"hint": hint} if hint else {})}
