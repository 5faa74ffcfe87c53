"""What an outlet's own plugins use of Broadside, and ours too: docs/plugins.md shows how. Anything
not listed here may change.

A plugin calls give() in its register(), with all that it adds.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from broadside.content.doors import (
    ADDRESSES,
    CHECKS,
    DESK_NOTES,
    FOLDERS,
    MOMENTS,
    OWN_PAGES,
    SERIES,
    STATUS_LINES,
    AsShown,
    Check,
    ContentFolder,
    DeskNote,
    DeskNotes,
    Moments,
    NewAddresses,
    OwnPages,
    StatusLines,
)
from broadside.content.folder import KINDS as FOLDER_KINDS
from broadside.content.given import (
    FILES,
    NOTES,
    TEXTS,
    ContentFile,
    StoryNote,
    Text,
)
from broadside.content.lists import ContentList, running, turns
from broadside.content.terms import BY_NAME
from broadside.digests import IN_LISTS, ON_PAGE
from broadside.doors import NEEDS, forget, put
from broadside.faults import Fault, KeyRefused, did_you_mean, quoted
from broadside.front_matter import data as keys
from broadside.front_matter.data import (
    KEYS,
    LISTS_OF_DESK,
    Keys,
    Topics,
    Written,
    add_block,
    add_keys,
    add_source,
    declare,
    key,
)
from broadside.front_matter.fields import (
    iso_date,
    language,
    one_of,
    page_address,
    slug,
    topic,
    web_address,
)
from broadside.front_matter.vocabulary import BLOCKS
from broadside.media.files import FILE_CHECKS, FileCheck, Mistake
from broadside.settings import Settings
from broadside.site import Bundle, Page, Site
from broadside.site.assets import add_script, add_stylesheet
from broadside.site.attributes import ATTRIBUTES, EXTRAS, Attribute
from broadside.site.doors import (
    ARRANGED,
    BROWSER_EDITORS,
    FRONT_BLOCKS,
    HEADERS,
    LINKS,
    ORIGINS,
    PAGES,
    SLOTS,
    STORY_DATA,
    BrowserEditor,
    FrontBlock,
    arranged,
    pages,
)
from broadside.site.policies import FEEDS, NAMED, FolderHeaders, ServedAs, serve
from broadside.urls import KINDS as TERM_KINDS
from broadside.urls import LISTS as TERM_LISTS
from broadside.urls import Kind, add_kind
from broadside.validation import Keyed

if TYPE_CHECKING:  # these load Pelican, which commands that build nothing do without
    from broadside.site.indexes import Index, Listing
    from broadside.site.story import PlainPage, Story, add_key

__all__ = [
    "IN_LISTS",
    "ON_PAGE",
    "Attribute",
    "BrowserEditor",
    "ContentFile",
    "ContentFolder",
    "ContentList",
    "DeskNote",
    "Fault",
    "FileCheck",
    "FolderHeaders",
    "FrontBlock",
    "Index",
    "Keyed",
    "Keys",
    "Kind",
    "Listing",
    "Mistake",
    "Page",
    "PlainPage",
    "Plugin",
    "ServedAs",
    "Site",
    "Story",
    "StoryNote",
    "Terms",
    "Written",
    "add_key",
    "add_script",
    "add_stylesheet",
    "arranged",
    "did_you_mean",
    "give",
    "iso_date",
    "key",
    "language",
    "one_of",
    "page_address",
    "pages",
    "running",
    "slug",
    "turns",
    "web_address",
]
LATER = {
    "Index": "indexes",
    "Listing": "indexes",
    "PlainPage": "story",
    "Story": "story",
    "add_key": "story",
}
"""Names that are loaded when they are first used -> their module of broadside.site."""


class Terms(Struct, frozen=True):
    """A kind of term of a plugin's own, whose terms are whatever words stories name: like topics,
    each has an index and feeds.

    `means` says in a few words what the key is for, as in add_key().
    """

    kind: Kind
    means: str


class Plugin(Struct, frozen=True, kw_only=True):
    """All that a plugin may add; each part is optional."""

    needs: Sequence[str] = ()
    """The full names of other plugins without which this one fails: a build says so if one is left
    out.
    """
    keys: Sequence[Keys[Any]] = ()
    """Keys of the headers of stories or series, or of the entries of sections.yml; each group is a
    struct whose keys are declared as ours are.
    """
    attributes: Sequence[Attribute] = ()
    """What templates see of a story beside its keys, and which pages may show it."""
    series: Sequence[AsShown] = ()
    """Functions that return a series as templates see it, given it as it is and the authors by
    name.
    """
    extras: Sequence[Callable[[Any], Iterable[str]]] = ()
    """Functions that name what the page of a story, a plain page or a series needs of style sheets
    and scripts that few pages have.
    """
    texts: Sequence[Callable[[Text], Iterable[Fault]]] = ()
    """Functions that find faults in the text of a story when it is read, and may change what is
    made of it.
    """
    notes: Sequence[StoryNote] = ()
    """What the plugin notes of each story when it is read, so that it need not find it out again
    until the story changes.
    """
    lists: Sequence[ContentList[Any]] = ()
    """Lists that editors keep, each a .yml file of content/ and a struct whose keys are declared as
    those of stories are.
    """
    files: Sequence[ContentFile[Any]] = ()
    """Files beside the folders of content/, each with the function that reads its bytes."""
    folders: Sequence[ContentFolder[Any]] = ()
    """Folders of content/ with texts of the plugin's own, each with the struct of their headers,
    and their addresses.
    """
    checks: Sequence[Check] = ()
    """Functions that find faults in the whole content, for ./inv check, the preview and the
    build.
    """
    file_checks: Sequence[FileCheck] = ()
    """What finds mistakes in the lines of files that stories link to, by their ending."""
    moments: Sequence[Moments] = ()
    """Functions that say when the site changes by itself, for ./inv due and the next build."""
    types: Mapping[str, str] = {}
    """Names of story types, as slugs, with the kind of article that search engines are told their
    stories are.
    """
    blocks: Sequence[FrontBlock] = ()
    """Blocks that editors may put on the front page."""
    terms: Sequence[Terms] = ()
    """Kinds of terms, each with a key of stories, pages, feeds, links of the form {name}Word, and
    ./inv rename.
    """
    own_pages: Sequence[OwnPages] = ()
    """Functions that say which pages of the site's own this content makes it have, so that links to
    them are right.
    """
    addresses: Sequence[NewAddresses] = ()
    """Functions that give the other addresses at which the plugin adds something with this content:
    texts may link there, and nothing else may be there.
    """
    status_lines: Sequence[StatusLines] = ()
    """Functions that say in lines of ./inv status how things stand, for content and settings."""
    desk_notes: Sequence[DeskNotes] = ()
    """Functions that say what the desk and ./inv status show of a story, and no reader sees."""
    browser_editor: Sequence[Callable[[Settings], BrowserEditor | None]] = ()
    """A function that returns, for the settings, where stories are edited in the browser."""
    slots: Mapping[str, str] = {}
    """Templates of the plugin's own by the slot in which the theme shows them: head, before-text,
    after-story or above-footer.
    """
    arranged: Sequence[Callable[[Site], object]] = ()
    """Functions that complete the site once it has been arranged: they add values and filters, and
    set attributes of stories.
    """
    story_data: Sequence[Callable[[Story], Mapping[str, Any]]] = ()
    """Functions that return what else the page of a story says to machines, as keys and values of
    schema.org's Article.
    """
    origins: Sequence[Callable[[Settings], Iterable[tuple[str, str]]]] = ()
    """Functions that return, for the settings, what pages may load from elsewhere: directives of
    the content security policy, each with an origin.
    """
    links: Sequence[Callable[[Settings], Iterable[tuple[str, str]]]] = ()
    """Functions that return, for the settings, links to pages of this site: the name of a setting,
    and an address.
    """
    headers: Sequence[FolderHeaders] = ()
    """Folders of the plugin's own whose files are sent with another policy than readers' pages."""
    served: Sequence[ServedAs] = ()
    """Names of files that are sent with another type than their extension says."""
    pages: Sequence[Callable[[Site], Iterable[Page | Bundle]]] = ()
    """Functions that return or yield the pages that the plugin adds to the complete site."""


def give(name: str, plugin: Plugin) -> None:
    """Add what a plugin of this name gives; what it gave before goes."""
    for each in plugin.lists:
        if each.name not in LISTS_OF_DESK:
            put(LISTS_OF_DESK, each.name, each.kind, each.after)
            declare(each.kind)
    for folder in plugin.folders:
        add_source(folder.kind)
        FOLDER_KINDS[folder.name] = str(folder.kind.__struct_config__.tag)
    for each_keys in plugin.keys:
        add_keys(each_keys)
    for block in plugin.blocks:
        add_block(block.name, block.options, block.after)
    BY_NAME.update(plugin.types)
    serve(plugin.served)
    for terms in plugin.terms:
        _add_terms(terms)
    NEEDS.take(name, plugin.needs)
    KEYS.take(name, plugin.keys)
    ATTRIBUTES.take(name, plugin.attributes)
    SERIES.take(name, plugin.series)
    EXTRAS.take(name, plugin.extras)
    FRONT_BLOCKS.take(name, plugin.blocks)
    TEXTS.take(name, plugin.texts)
    NOTES.take(name, plugin.notes)
    FILES.take(name, plugin.files)
    FOLDERS.take(name, plugin.folders)
    FILE_CHECKS.take(name, plugin.file_checks)
    CHECKS.take(name, plugin.checks)
    MOMENTS.take(name, plugin.moments)
    OWN_PAGES.take(name, plugin.own_pages)
    ADDRESSES.take(name, plugin.addresses)
    DESK_NOTES.take(name, plugin.desk_notes)
    STATUS_LINES.take(name, plugin.status_lines)
    BROWSER_EDITORS.take(name, plugin.browser_editor)
    SLOTS.take(name, plugin.slots.items())
    ARRANGED.take(name, plugin.arranged)
    ORIGINS.take(name, plugin.origins)
    HEADERS.take(name, plugin.headers)
    LINKS.take(name, plugin.links)
    STORY_DATA.take(name, plugin.story_data)
    PAGES.take(name, plugin.pages)


ADDED_TO: list[Any] = [
    *(LISTS_OF_DESK, FOLDER_KINDS, BY_NAME, FEEDS, NAMED, TERM_KINDS, TERM_LISTS),
    *(keys.KINDS, BLOCKS, keys.BlockData.declared_keys, *keys.OWN_OF.values()),
    *(keys.EVERY_KEY, keys.FORM, keys.SINGLE, keys.WORDS, keys.LISTS, keys.LISTS_OF_KEYS),
    *(keys.DAYS, keys.PAYING, keys.NEEDS),
]
"""What is ours, to which give() and add_key() add."""
OURS = [copy(each) for each in ADDED_TO]


def forget_all() -> None:
    """Forget what all plugins have given: the next build may be another outlet's."""
    from broadside.site.story import FromRecord

    forget()
    for things, ours in zip(ADDED_TO, OURS, strict=True):
        things.clear()
        if isinstance(things, list):
            things.extend(ours)
        else:
            things.update(ours)
    for known in (*keys.CACHES, FromRecord.attributes, FromRecord.shown):
        known.cache_clear()


def _add_terms(terms: Terms) -> None:
    from broadside.site.story import add_key

    kind = terms.kind
    if kind.attribute == kind.key:
        raise KeyRefused(f"{quoted(kind.key)} is a key: give the attribute another name")
    add_key(kind.key, terms.means, topic, several=True)
    add_kind(kind)
    if kind.entries:
        LISTS_OF_DESK.setdefault(kind.entries, Topics)


def __getattr__(name: str) -> Any:
    if name in LATER:
        return getattr(importlib.import_module(f"broadside.site.{LATER[name]}"), name)
    raise AttributeError(name)
