"""Makes every address of the site, so that two kinds of page can never have the same one.

Addresses have Pelican's form: relative to the site's top, without a leading slash; a trailing slash
means a folder with an index.html in it. A story's address does not name its section, so that moving
a story breaks no link.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from urllib.parse import urlsplit

from msgspec import Struct, field

from broadside.settings import Settings, declared, defaults

ATOM = "feed.xml"
FEEDS = (ATOM, "rss.xml", "feed.json")


class Kind(Struct, frozen=True):
    """A kind of term that stories are filed under.

    A header names its terms at `key`, and a story has them at `attribute`. `names` is the editors'
    list of them, or the folder with a file for each; "" if any words are a term. Of these,
    `entries` is the list of those that have a slug of their own or former addresses, if there may
    be one. `setting` has the pattern of their addresses, or `pattern` is it. Without `has_list`, no
    page lists them all; if they are optional, one does only once there are some. `template` is that
    page's, or it has the name of the folder. `feeds` names the files of their feeds: Atom alone
    where terms are many and their readers few.
    """

    name: str
    key: str
    attribute: str
    names: str = ""
    setting: str = ""
    has_list: bool = True
    is_optional: bool = False
    feeds: tuple[str, ...] = FEEDS
    entries: str = ""
    pattern: str = ""
    template: str = ""

    @property
    def folder(self) -> str:
        """The usual folder of their addresses."""
        return (self.pattern or str(defaults()[self.setting])).partition("{")[0]

    @property
    def is_free(self) -> bool:
        """Whether any words are a term."""
        return not self.names


_KINDS = (
    Kind("section", "sections", "sections", "sections.yml", "CATEGORY_URL", has_list=False),
    Kind("author", "authors", "authors", "authors/", "AUTHOR_URL", feeds=(ATOM,)),
    Kind("type", "type", "story_type", "story_types.yml", "STORY_TYPE_URL", feeds=(ATOM,)),
    Kind("topic", "topics", "topics", "", "TAG_URL", feeds=(ATOM,), entries="topics.yml"),
    Kind("series", "series", "series", "series/", "SERIES_URL", is_optional=True),
)
KINDS = {kind.name: kind for kind in _KINDS}
LISTED = [kind for kind in _KINDS if kind.names.endswith(".yml")]
"""The kinds whose terms editors list, so that stories can name no others."""

_DECLARED = declared()
_PLACES = {
    name.removesuffix("_URL").lower(): name
    for name, kind in _DECLARED.items()
    if kind.endswith("Place")
}
"""Page that exists once -> the setting that declares it."""
OWN = {page: str(defaults()[name]) for page, name in _PLACES.items()}
"""Page that exists once -> its default address. Every site has it, unless it is below."""
WITH_TEXT = tuple(page for page, name in _PLACES.items() if _DECLARED[name] == "TextPlace")
"""Those whose text is that of a plain page at their address."""
OPTIONAL = {page: page.upper() for page in WITH_TEXT if page.upper() in _DECLARED}
"""Those among them that a site has only with a setting."""
APART = tuple(
    page for page, name in _PLACES.items() if _DECLARED[name] != "Place" and page not in OPTIONAL
)
"""Those that come with the first story or file that belongs there, are below stories, or are for a
provider alone.
"""
UNLISTED = ("search",)
"""Those that are not in the sitemap."""
LISTS = {
    kind.name: kind.folder
    for kind in sorted(_KINDS, key=lambda kind: (kind.is_optional, kind.folder))
    if kind.has_list
}
"""Kind of term -> the usual address of the page that lists them all; of kinds that share a folder,
the first has its list there.
"""


def add_kind(kind: Kind) -> None:
    """Add a plugin's kind of term."""
    KINDS[kind.name] = kind
    if kind.has_list:
        LISTS[kind.name] = kind.folder


def free_kinds() -> list[Kind]:
    """The kinds whose terms are whatever words stories name."""
    return [kind for kind in KINDS.values() if kind.is_free]


USUAL_FOLDERS = {"drafts/", *(kind.folder for kind in _KINDS if not kind.has_list)}
USUAL = {*OWN.values(), *LISTS.values(), *(f"{OWN['corrections']}{name}" for name in FEEDS)}
"""The default addresses of the site's own pages, which the settings may change."""


def last_part(address: str) -> str:
    """The last part of an address, such as a story's slug."""
    return address.removesuffix("index.html").strip("/").rpartition("/")[2]


class Urls(Struct, frozen=True):
    """The address patterns of the settings; `site` is SITEURL, absolute and without a trailing
    slash.

    Something else serves paths below `elsewhere` on the site's host; `own` has the addresses of
    pages that exist once.
    """

    site: str
    story_pattern: str
    draft_pattern: str
    page_pattern: str
    term_patterns: Mapping[str, str]
    elsewhere: tuple[str, ...] = ()
    own: Mapping[str, str] = field(default_factory=lambda: dict(OWN))

    def __hash__(self) -> int:
        return hash((self.site, self.story_pattern))  # the mapping has no hash

    @classmethod
    def from_settings(cls, settings: Settings) -> Urls:
        """The patterns from Pelican's settings."""
        terms = {
            kind.name: kind.pattern or getattr(settings, kind.setting) for kind in KINDS.values()
        }
        written = defaults() | vars(settings)
        own = {name: written[f"{name.upper()}_URL"] for name in OWN}
        return cls(
            settings.SITEURL.rstrip("/"),
            settings.ARTICLE_URL,
            settings.DRAFT_URL,
            settings.PAGE_URL,
            terms,
            elsewhere(settings),
            own,
        )

    @property
    def root(self) -> str:
        """The path before every address on the site's host: "" for a site at the top, "/magazine"
        for one below it.
        """
        return _path_of(self.site)

    @property
    def host(self) -> str:
        """The site's address without the path in `root`."""
        return self.site.removesuffix(self.root)

    def story(self, date: datetime, slug: str) -> str:
        """The address of a published story."""
        return self.story_pattern.format(date=date, slug=slug)

    def draft(self, slug: str) -> str:
        """The address of the preview of a draft or held story."""
        return self.draft_pattern.format(slug=slug)

    def page(self, slug: str) -> str:
        """The address of a plain page."""
        return self.page_pattern.format(slug=slug)

    def republish(self, url: str) -> str:
        """The address of the republish page of the story at an address."""
        return below(url, self.own["republish"])

    def term(self, kind: str, slug: str) -> str:
        """The address of the index of a term."""
        return self.term_patterns[kind].format(slug=slug)

    @property
    def lists(self) -> dict[str, str]:
        """The address of the page that lists all terms of a kind, by kind: the folder of their own
        addresses.
        """
        lists: dict[str, str] = {}
        for kind, usual in LISTS.items():
            before = self.term_patterns.get(kind, usual).partition("{")[0]
            folder = before[: before.rfind("/") + 1]
            taken = {"", *self.own.values(), *lists.values()}
            lists[kind] = usual if folder in taken else folder
        return lists

    def own_with(self, settings: Settings) -> dict[str, str]:
        """The addresses of the pages that exist once on a site with these settings, by their
        names.
        """
        left_out = {
            *APART,
            *(name for name, setting in OPTIONAL.items() if not vars(settings).get(setting)),
        }
        return {name: url for name, url in self.own.items() if name not in left_out}

    def pages(self, settings: Settings) -> list[str]:
        """The same addresses, those of the feeds of corrections, and those of the lists that every
        site has.
        """
        feeds = [f"{self.own['corrections']}{name}" for name in FEEDS]
        lists = (url for kind, url in self.lists.items() if not KINDS[kind].is_optional)
        return [*self.own_with(settings).values(), *feeds, *lists]

    @property
    def with_text(self) -> set[str]:
        """The addresses of the site's own pages that have the text of a plain page at the same
        address, if there is one.
        """
        return {self.lists["author"], *(self.own[name] for name in WITH_TEXT)}

    @property
    def folders(self) -> list[str]:
        """The folders of drafts and of kinds without a list, which have no page, if the settings
        give them folders.
        """
        patterns = (
            self.draft_pattern,
            *(self.term_patterns[kind] for kind in KINDS if kind not in LISTS),
        )
        return [start for pattern in patterns if (start := pattern.partition("{")[0]).endswith("/")]

    def period(self, year: int, month: int = 0) -> str:
        """The address of the archive of a year or a month."""
        if month:
            return f"{self.own['archive']}{year:04}/{month:02}/"
        return f"{self.own['archive']}{year:04}/"

    def absolute(self, url: str) -> str:
        """The address with the site's host before it."""
        return f"{self.site}/{url}"


@cache
def _path_of(site: str) -> str:
    return urlsplit(site).path.rstrip("/")


def below(url: str, name: str) -> str:
    """The address of something that belongs to a page: in the page's folder, or in a folder named
    like the page's file.
    """
    folder = url.removesuffix("index.html")
    if folder.endswith(".html"):
        return f"{folder.removesuffix('.html')}/{name}"
    return f"{folder}{name}"


def numbered(url: str, number: int) -> str:
    """The address of a page of an index, by its number from the oldest."""
    return below(url, f"page/{number}/")


def elsewhere(settings: Settings) -> tuple[str, ...]:
    """The paths on the site's host that something else serves, without slashes around them."""
    return tuple(path.strip("/") for path in settings.ELSEWHERE_PATHS)


def is_below(path: str, places: Iterable[str]) -> bool:
    """Whether a path is one of these places or below one; none begins with a slash."""
    return any(path == place or path.startswith(f"{place}/") for place in places)


def file_of(url: str) -> str:
    """The output file for an address that people may have written without its last slash."""
    return save_as(
        url if not url or url.endswith("/") or "." in url.rpartition("/")[2] else f"{url}/"
    )


def save_as(url: str) -> str:
    """The output file for an address."""
    if url.endswith("/") or not url:
        return f"{url}index.html"
    return url
