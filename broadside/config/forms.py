"""What our settings hold, and those of Pelican's on which a build depends, and whether an outlet's are like that.

docs/settings.md explains them.
"""

from __future__ import annotations

import locale
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Annotated, Any, Literal, NotRequired, Required

from pydantic import AfterValidator, Field, StrictBool, TypeAdapter, ValidationError, with_config
from typing_extensions import TypedDict  # before Python 3.12, pydantic needs this one rather than typing's

from broadside.config.files import LIVE, NEAR, OURS, RENAMED, Slips, lines_of, shown
from broadside.config.kinds import (
    SAYS,
    Count,
    Dated,
    Embed,
    Folder,
    Foot,
    IndexNowKey,
    Language,
    Links,
    Mail,
    Menu,
    Moment,
    Name,
    Page,
    Pattern,
    Place,
    Plugin,
    Policies,
    Port,
    Profile,
    Repo,
    Secure,
    Service,
    Share,
    Since,
    Site,
    Some,
    Target,
    Theme,
    Zone,
)
from broadside.faults import near, one_line

# The kinds of value that Pelican's own settings have: each says in our words what Pelican would fail at.


def _none_or(kind: type | tuple[()], otherwise: str) -> AfterValidator:
    """A value of one kind, or anything that counts as empty: Pelican asks no more of it."""

    def judged(written: object) -> object:
        if written and not isinstance(written, kind):
            raise ValueError(otherwise)
        return written

    return AfterValidator(judged)


def _switch(written: object) -> object:
    if not isinstance(written, int):
        raise ValueError(SAYS["bool_type"])
    return written


def _several(written: object) -> Iterable[object]:
    if not isinstance(written, Iterable):
        raise ValueError(SAYS["list_type"])
    return written


def _paths(written: object) -> object:
    if not all(isinstance(each, str | PathLike) for each in _several(written)):
        raise ValueError("should be a list of paths in quotes")
    return written


def _patterns(written: object) -> object:
    if not all(
        isinstance(each, list | tuple) and len(each) == 3 and isinstance(each[0], int) for each in _several(written)
    ):
        raise ValueError('should be a list of rules such as (1, "{url}", "{save_as}")')
    return written


def _date_format(written: object) -> object:
    where, pattern = written if isinstance(written, tuple) and len(written) == 2 else (None, written)
    if not isinstance(pattern, str) or not isinstance(where, str | None):
        raise ValueError('should be a pattern in quotes, or a locale with one, such as ("fr_FR.UTF-8", "%d %B %Y")')
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, where)
    except locale.Error:
        raise ValueError(f'names the locale "{where}", which this machine lacks') from None
    finally:
        locale.setlocale(locale.LC_ALL, before)
    return written


def _readers(written: Mapping[str, object]) -> Mapping[str, object]:
    for ending, reader in written.items() if written else ():
        if reader and not callable(reader):
            raise ValueError(f'should have a class or None for "{ending}", and not {reader!r}')
    return written


Feed = Annotated[Any, _none_or(str, "should be None, or a file's name in quotes")]
Grown = Annotated[list[Any], Field(strict=True)]
"""A list to which Pelican adds entries of its own."""
Several = Annotated[Any, AfterValidator(_several)]
"""A value that Pelican goes through, entry by entry; it reports by itself a word that should be a list."""
Paths = Annotated[Any, AfterValidator(_paths)]
Patterns = Annotated[Any, AfterValidator(_patterns)]
"""Patterns for the addresses and files of an index's pages, each with the page from which on it holds."""
Text = Annotated[Any, _none_or(str, SAYS["string_type"])]
Outdated = Annotated[Any, _none_or((), "is outdated; write the whole pattern in ARTICLE_URL")]
Switch = Annotated[Any, AfterValidator(_switch)]
Nothing = Annotated[Any, _none_or((), "should be left empty")]
"""A setting that must stay empty: what it turns on cannot be had here."""
DateFormat = Annotated[Any, AfterValidator(_date_format)]
Readers = Annotated[Any, _none_or(Mapping, SAYS["dict_type"]), AfterValidator(_readers)]
"""Classes that read files, by the files' endings; None for an ending that nothing is to read."""


@with_config(extra="forbid")
class Newsletter(TypedDict):
    """The sign-up box."""

    action: Secure
    field: str
    title: str
    text: str
    hidden: NotRequired[dict[str, str]]
    day: NotRequired[str]
    promise: NotRequired[str]
    sample: NotRequired[Profile]


@with_config(extra="forbid")
class Republish(TypedDict):
    """The terms on which others may republish stories."""

    license: str
    license_url: Profile
    rules: list[str]
    pixel: NotRequired[str]


@with_config(extra="forbid")
class Support(TypedDict):
    """The call for support, and where it is given: the address of a page, or that of a form."""

    title: str
    text: str
    button: str
    url: NotRequired[Secure]
    action: NotRequired[Secure]
    hidden: NotRequired[dict[str, str]]
    field: NotRequired[str]
    amounts: NotRequired[list[tuple[str, str]]]


def _one_way(support: Support) -> Support:
    """A call that leads to one place, with what belongs to a form only where there is one."""
    if ("url" in support) == ("action" in support):
        raise ValueError("should have either url, the page where support is given, or action, the address of a form")
    if "url" in support and {"hidden", "field", "amounts"} & support.keys():
        raise ValueError("should have hidden, field and amounts only beside action, as they belong to a form")
    if ("field" in support) != ("amounts" in support):
        raise ValueError("should have both field and amounts, or neither")
    return support


@with_config(extra="forbid")
class Letters(TypedDict, total=False):
    """Who sends the weekly letter, and the server through which a test is sent."""

    sender: str
    address: str
    unsubscribe: str
    host: str
    port: Port
    starttls: StrictBool
    user: str
    password_env: str


@with_config(extra="forbid")
class Editor(TypedDict):
    """The editor in the browser: the forge and the repository to which it commits."""

    forge: Literal["github", "gitlab", "forgejo"]
    repo: Repo
    url: NotRequired[Secure]
    branch: NotRequired[str]
    app_id: NotRequired[str]
    review: NotRequired[StrictBool]
    guests: NotRequired[StrictBool]


@with_config(extra="forbid")
class AiUse(TypedDict, total=False):
    """What texts may be used for by artificial intelligence."""

    train: StrictBool
    answers: StrictBool


@with_config(extra="forbid")
class MastodonAccount(TypedDict):
    """The server of the account that announces stories."""

    server: Service


@with_config(extra="forbid")
class BlueskyAccount(TypedDict):
    """The account that announces stories, and its server."""

    handle: str
    server: NotRequired[Service]


@with_config(extra="forbid")
class Announce(TypedDict, total=False):
    """Where new stories are announced."""

    mastodon: MastodonAccount
    bluesky: BlueskyAccount


class Feeds(TypedDict, total=False):
    """Pelican's own feeds: the names of their files, or None if ours take their place."""

    FEED_ATOM: Feed
    FEED_RSS: Feed
    FEED_ALL_ATOM: Feed
    FEED_ALL_RSS: Feed
    CATEGORY_FEED_ATOM: Feed
    CATEGORY_FEED_RSS: Feed
    AUTHOR_FEED_ATOM: Feed
    AUTHOR_FEED_RSS: Feed
    TAG_FEED_ATOM: Feed
    TAG_FEED_RSS: Feed
    TRANSLATION_FEED_ATOM: Feed
    TRANSLATION_FEED_RSS: Feed


class Pelicans(TypedDict, total=False):
    """Pelican's own settings that matter in our builds, and at which it would fail if a value were of another kind."""

    ARTICLE_EXCLUDES: Grown
    ARTICLE_PATHS: Several
    ARTICLE_PERMALINK_STRUCTURE: Outdated
    CHECK_MODIFIED_METHOD: str
    DATE_FORMATS: dict[str, DateFormat]
    DAY_ARCHIVE_SAVE_AS: Text
    DAY_ARCHIVE_URL: Text
    DEFAULT_DATE_FORMAT: DateFormat
    EXTRA_TEMPLATES_PATHS: Paths
    JINJA_ENVIRONMENT: dict[str, Any]
    JINJA_FILTERS: dict[str, Any]
    JINJA_GLOBALS: dict[str, Any]
    JINJA_TESTS: dict[str, Any]
    LOCALE: Several
    LOG_FILTER: Several
    MARKDOWN: dict[str, Any]
    MONTH_ARCHIVE_SAVE_AS: Text
    MONTH_ARCHIVE_URL: Text
    NEWEST_FIRST_ARCHIVES: Switch
    PAGE_EXCLUDES: Grown
    PAGE_PATHS: Several
    PAGINATION_PATTERNS: Patterns
    PLUGIN_PATHS: Paths | None
    READERS: Readers
    REVERSE_CATEGORY_ORDER: Switch
    STATIC_EXCLUDES: Paths | None
    STATIC_PATHS: Paths
    THEME_STATIC_PATHS: Paths
    THEME_TEMPLATES_OVERRIDES: Paths
    YEAR_ARCHIVE_SAVE_AS: Text
    YEAR_ARCHIVE_URL: Text


class Settings(Feeds, Pelicans, total=False):
    """The settings by name."""

    SITENAME: Required[Name]
    SITESUBTITLE: str
    SITEURL: Required[Site]
    DEFAULT_LANG: Language
    TIMEZONE: Zone
    SOCIAL: list[tuple[str, Profile]]
    SHARE: list[tuple[str, Share]]
    NEWSLETTER: Newsletter | None
    MENUITEMS: Menu
    LINKS: Links
    FOOTER_LINKS: Foot
    POLICIES: Policies
    FEEDBACK_MAIL: Mail
    LICENSE_TEXT: str
    ADDRESS: str
    REPUBLISH: Republish | None
    SUPPORT: Annotated[Support, AfterValidator(_one_way)] | None
    ROUNDUP: Letters | None
    WEBSUB_HUB: Page
    INDEXNOW_KEY: IndexNowKey
    INDEXNOW_URL: Service
    AI_USE: AiUse
    PREFERRED_SOURCE: StrictBool
    ANNOUNCE: Announce
    EMBEDS: list[Embed]
    SEARCH_FALLBACK_URL: Page
    INDEX_SIZE: Count
    RAIL_LENGTH: Some
    RAIL_PAGES: Some
    STREAM_LENGTH: Some
    KEEP_READING_BLOCKS: Count
    FRONT_NEWEST: Some
    FRONT_EACH: Some
    FEED_MAX_ITEMS: Count
    FILE_MAX_MB: Count
    FILE_ADDRESS: Literal["name", "digest"]
    AUDIT_WORDS: Some
    ROUNDUP_LEAST: Some
    SEARCH: StrictBool
    SEARCH_BLOCK: Count
    DEFAULT_STORY_TYPE: str
    DEK_FROM_TEXT: StrictBool
    SHOW_DRAFTS: StrictBool
    NOW: Moment
    CARDS: Since
    CARD_FONTS: Folder
    TARGETS: dict[str, Target]
    ADMIN: Editor | None
    ARTICLE_URL: Dated
    DRAFT_URL: Pattern
    PAGE_URL: Pattern
    CATEGORY_URL: Pattern
    AUTHOR_URL: Pattern
    TAG_URL: Pattern
    STORY_TYPE_URL: Pattern
    SERIES_URL: Pattern
    LATEST_URL: Place
    ARCHIVE_URL: Place
    CORRECTIONS_URL: Place
    SEARCH_URL: Place
    ROUNDUP_URL: Place
    THANKS_URL: Place
    SORRY_URL: Place
    REPUBLISH_URL: Place
    SUPPORT_URL: Place
    FORMER_URLS: dict[Place, Place]
    ELSEWHERE_PATHS: list[str]
    SITE_PATHS: list[str]
    SITE_FOLDERS: list[str]
    TEMPLATE_PAGES: Nothing
    CACHE_PATH: str
    PHOTO_STORE: str
    LIVE_PATH: str
    PLUGINS: list[Plugin]
    THEME: Theme
    OUTLET_THEME: str
    JOBS: Count


def judge(settings: Mapping[str, Any], project: Path, file: str = LIVE, rehearsed: bool = False) -> None:
    """Raise Slips if a file's settings are not as docs/settings.md says, or a name is nearly that of a setting.

    Where the live site is only `rehearsed`, at another address, its own may be that of a preview.
    """
    found = [*_wrong_values(settings, project, file, rehearsed), *_nearly_right_names(settings)]
    if found:
        at = {name: f"{shown(str(path))}:{line}" for name, (path, line) in lines_of(project, file).items()}
        raise Slips("\n".join(one_line(f"{at.get(name, OURS)}: {words}") for name, words in found))


@cache
def _form() -> TypeAdapter[Any]:
    """The form of all settings; it is kept, because making it takes longer than using it, and two files are checked by it."""
    return TypeAdapter(Settings)


def _wrong_values(settings: Mapping[str, Any], project: Path, file: str, rehearsed: bool) -> Iterator[tuple[str, str]]:
    try:
        live = file == LIVE and not rehearsed
        _form().validate_python(dict(settings), context={"project": project, "live": live})
    except ValidationError as problem:
        for error in problem.errors():
            name, *rest = [part for part in error["loc"] if str(part).strip()]
            where = "".join(_part(part, depth) for depth, part in enumerate(rest))
            words = SAYS.get(error["type"]) or error["msg"].removeprefix("Value error, ").removeprefix("Input ")
            docs = "Pelican's documentation" if name in Pelicans.__annotations__ else "./inv docs settings"
            yield str(name), f"{name}{where} {words}; {docs} says how it is written"


def _part(part: int | str, depth: int) -> str:
    """A place in a setting, in words: an entry of a list, a part of an entry, or a key."""
    return f", {part}" if isinstance(part, str) else f", {'part' if depth else 'entry'} {part + 1}"


def _nearly_right_names(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    from pelican.settings import DEFAULT_CONFIG

    known = {*DEFAULT_CONFIG, *Settings.__annotations__, *RENAMED}
    # These are Pelican's too, but have no default.
    known |= {f"{name}_URL" for name in DEFAULT_CONFIG if "FEED_" in name}
    for name in sorted(settings.keys() - known):
        if name.startswith("_"):  # a helper's, such as _SITENAME
            continue
        # Names that are set already are candidates too: pelicanconf.py may set the one that was meant, before or after the slip.
        if hint := near(name, sorted(known), NEAR):
            yield name, f"{name} is not a setting; {hint}"
