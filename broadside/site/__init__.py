"""The site as every plugin sees it, and the pages that plugins hand over: the interface between the steps of a build."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

if TYPE_CHECKING:  # what plugins add, each its own field
    from broadside.content.content import Content, ReadOptions
    from broadside.media.derivatives import Photos
    from broadside.site.indexes import Listing
    from broadside.site.page import Page
    from broadside.site.roundups import Roundup
    from broadside.site.series import SeriesFront
    from broadside.site.story import Card, Maker, PlainPage, Rail, Story
    from broadside.site.terms_of import Terms
    from broadside.site.texts import Texts
    from broadside.store import Store
    from broadside.urls import Urls
    from broadside.words import Catalogs


class Site(Struct):
    """What is published: arranged from the content, completed by plugins, each of which fills its own fields.

    `stories` are the published ones, oldest first; `others` are hidden, withdrawn, and (where drafts are shown) drafts and held ones.
    `values` are seen by every template, beside the settings; `filters` and `functions` are the
    templates'; they may depend on nothing but their arguments, and on what all templates see.
    """

    settings: Mapping[str, Any]
    content: Content
    options: ReadOptions
    mark: str
    """The digest of the code and the settings on which everything that is kept of sources depends."""
    store: Store
    """Where a plugin keeps what takes long to make."""
    terms: Terms
    photos: Photos
    maker: Maker
    texts: Texts
    stories: list[Story]
    others: list[Story]
    plain_pages: list[PlainPage]
    indexes: dict[str, Listing]
    """Each index with its stories, by its address; what a plugin adds here gets pages, feeds and a place in the sitemap."""
    values: dict[str, Any] = field(default_factory=dict)
    filters: dict[str, Callable[..., Any]] = field(default_factory=dict)
    functions: dict[str, Callable[..., Any]] = field(default_factory=dict)
    rails: list[Rail] = field(default_factory=list)
    """The rail LATEST and those of short-form sections (plugin rails)."""
    roundups: list[Roundup] = field(default_factory=list)
    """The round-ups that are out, newest first (plugin roundup)."""
    unpublished_roundups: list[Roundup] = field(default_factory=list)
    """Those that are not, where drafts are shown (plugin roundup)."""
    series: list[SeriesFront] = field(default_factory=list)
    """The series that the site shows, that with the newest part first (plugin series)."""
    series_cards: dict[str, Card] = field(default_factory=dict)
    """The card of each series by its address (plugin cards)."""
    assets: list[Page] = field(default_factory=list)
    """Style sheets, scripts and icons (plugin assets)."""
    cards: list[Page] = field(default_factory=list)
    """The cards of stories (plugin cards)."""

    @property
    def urls(self) -> Urls:
        """The addresses of everything."""
        return self.options.urls

    @property
    def words(self) -> Catalogs:
        """The words around stories, in every language."""
        return self.options.words

    @property
    def every_story(self) -> list[Story]:
        """All stories that have a page."""
        return [*self.stories, *self.others]
