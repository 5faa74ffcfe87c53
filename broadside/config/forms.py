"""What our settings hold, and those of Pelican's on which a build depends; docs/settings.md explains them."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired, Required

from pydantic import AfterValidator, StrictBool, with_config
from typing_extensions import TypedDict  # before Python 3.12, pydantic needs this one rather than typing's

from broadside.config.kinds import (
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
from broadside.config.pelicans import (
    DateFormat,
    Feed,
    Grown,
    Nothing,
    Outdated,
    Paths,
    Patterns,
    Readers,
    Several,
    Switch,
    Text,
)


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
class Mastodon(TypedDict):
    """The server of the account that announces stories."""

    server: Service


@with_config(extra="forbid")
class Bluesky(TypedDict):
    """The account that announces stories, and its server."""

    handle: str
    server: NotRequired[Service]


@with_config(extra="forbid")
class Announce(TypedDict, total=False):
    """Where new stories are announced."""

    mastodon: Mastodon
    bluesky: Bluesky


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
