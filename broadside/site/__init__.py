"""The interface between the steps of a build: the site as every plugin sees it, and the pages that
plugins add.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from broadside.settings import Settings
from broadside.urls import save_as

if TYPE_CHECKING:  # what plugins add, each in a field of its own
    from broadside.content.content import Content, ReadOptions
    from broadside.content.doors import ContentFolder
    from broadside.media.derivatives import Photos
    from broadside.site.all_terms import Terms
    from broadside.site.indexes import Listing
    from broadside.site.story import Card, Maker, PlainPage, Rail, Story
    from broadside.site.texts import Texts
    from broadside.store import Store
    from broadside.urls import Urls
    from broadside.words import Catalogs


class Site(Struct):
    """What is published: arranged from the content, then completed by plugins, each of which fills
    its own fields.

    `stories` are the published ones, oldest first; `others` are hidden or withdrawn ones, and
    drafts and held ones if drafts are shown. A published story that somebody paid for is in `paid`
    instead: it has its page, and is where all `published` ones are listed. Every template sees
    `values`, beside the settings. `filters` and `functions` are for templates; they must depend on
    nothing but their arguments and what all templates see.
    """

    settings: Settings
    content: Content
    options: ReadOptions
    mark: str
    """The digest of the code and settings on which everything kept about sources depends."""
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
    """Each index with its stories, by address; whatever a plugin adds here gets pages, feeds and a
    place in the sitemap.
    """
    turns: list[datetime] = field(default_factory=list)
    """Moments at which the site changes by itself, besides those that follow from the content."""
    paid: list[Story] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    filters: dict[str, Callable[..., Any]] = field(default_factory=dict)
    functions: dict[str, Callable[..., Any]] = field(default_factory=dict)
    rails: list[Rail] = field(default_factory=list)
    """The rail LATEST, those of short-form sections, and that of the most read (plugin rails)."""
    series: list[Any] = field(default_factory=list)
    """The series that the site shows, sorted by their newest part (plugin series)."""
    series_cards: dict[str, Card] = field(default_factory=dict)
    """The card of each series by its address (plugin cards)."""
    assets: list[Page] = field(default_factory=list)
    """Style sheets, scripts and icons (plugin assets, and others by its add_stylesheet and
    add_script).
    """
    cards: list[Page] = field(default_factory=list)
    """The cards of stories (plugin cards)."""
    with_feeds: dict[str, str] = field(default_factory=dict)
    """The title of each page with feeds that a plugin makes itself, by address."""
    own: dict[str, Any] = field(default_factory=dict)
    """What a plugin has for its own pages, or for other plugins, by its name."""

    @property
    def begun(self) -> datetime:
        """When the outlet published its first story; until then, when this year began."""
        if first := self.stories or self.paid:
            return first[0].date
        now = self.options.now
        return now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)

    @property
    def published(self) -> list[Story]:
        """All published stories, oldest first, paid ones included: for their own indexes, the
        search and the sitemap.
        """
        if not self.paid:
            return self.stories
        # commands that build nothing load this module too
        from broadside.content.terms import oldest_first

        return oldest_first([*self.stories, *self.paid])

    @property
    def urls(self) -> Urls:
        """The addresses of everything."""
        return self.options.urls

    @property
    def words(self) -> Catalogs:
        """The words around stories, in every language."""
        return self.options.words

    def texts_in(self, folder: ContentFolder[Any]) -> list[PlainPage]:
        """The texts in a plugin's folder that this build shows, as plain pages."""
        from broadside.site.story import digest_stories

        out = self.content.addresses.urls_of
        pages = [
            self.maker.plain_page(each) for each in folder.among(self.content) if each.path in out
        ]
        digest_stories(pages)
        return pages

    def text_at(self, url: str) -> PlainPage | None:
        """The plain page at the address of one of the site's own pages, whose text it is, if there
        is one.
        """
        return next((page for page in self.plain_pages if page.url == url), None)

    def landing(
        self, name: str, title: str, dek: str, values: Mapping[str, Any], says: bool = True
    ) -> Page:
        """A page of the site that asks readers for something, with the text of the plain page at
        its address, if there is one.

        Unless `says` is false, that page's title and dek take the place of these.
        """
        url = self.urls.own[name]
        page = self.text_at(url)
        own = None
        if says:
            own = page
        ask = {"title": own.title if own else title, "dek": (own and own.dek) or dek, "url": url}
        return Page(save_as(url), "landing", {"ask": ask, "page": page, **values})

    @property
    def every_story(self) -> list[Story]:
        """All stories that have a page."""
        return [*self.published, *self.others]


class Copied(Struct, frozen=True):
    """A file that a page is copied from: its full path, and the digest of its bytes, which goes
    into the page's digest.
    """

    path: str
    digest: str


class Page(Struct, frozen=True):
    """A file of the site: its path below the output folder, what makes it, and the values for that.

    `content` is the name of a template ("front"), a function of the values that returns bytes, the
    bytes themselves, or a file. A page must depend on nothing but its values, the settings, the
    templates and the code: they decide whether it is made again. Stories called `article`
    or `stories` count with everything their own pages show, any others as teasers.
    """

    path: str
    content: str | bytes | Callable[..., bytes] | Copied
    values: Mapping[str, Any] = {}


class Bundle(Struct, frozen=True):
    """Files in one folder, made together by a function of the values that returns their bytes by
    name.

    The folder may also hold the folders and pages of others, as long as no two claim the same file.
    """

    folder: str
    make: Callable[..., Mapping[str, bytes]]
    values: Mapping[str, Any] = {}

    def owns(self, path: str) -> bool:
        """Whether a path is in the bundle's folder."""
        return path.startswith(f"{self.folder}/")
