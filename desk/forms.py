"""What each setting of ours holds, and those of Pelican's on which a build depends; docs/settings.md explains them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, NotRequired, Required
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, StrictBool
from typing_extensions import TypedDict  # pydantic wants this one before Python 3.12


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f'"{name}" is no time zone; write it as Europe/Paris') from None
    return name


def _dated(pattern: str) -> str:
    return _holding(
        pattern, "should hold {slug}, and of other words only {date}", date=datetime(2026, 11, 25, tzinfo=UTC)
    )


def _pattern(pattern: str) -> str:
    return _holding(pattern, "should hold {slug}, and no other words in braces")


def _holding(pattern: str, otherwise: str, **more: datetime) -> str:
    try:
        made = {pattern.format(slug=slug, **more) for slug in ("one", "two")}
    except (KeyError, IndexError, ValueError, AttributeError):
        raise ValueError(otherwise) from None
    if len(made) == 1:
        raise ValueError("should hold {slug}, or all would be at one address")
    return pattern


def _cards(since: object) -> object:
    try:
        return since if isinstance(since, bool) else datetime.fromisoformat(str(since))
    except ValueError:
        raise ValueError('should be True, False or a day, such as "2025-01-01"') from None


def _named(name: str) -> str:
    if not name.strip():
        raise ValueError("should be the outlet's name")
    return name


Count = Annotated[int, Field(strict=True, ge=1)]
Some = Annotated[int, Field(strict=True, ge=0)]
Dated = Annotated[str, AfterValidator(_dated)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Zone = Annotated[str, AfterValidator(_zone)]
Links = list[tuple[str, str]]


class Newsletter(TypedDict):
    """The sign-up box."""

    action: str
    field: str
    title: str
    text: str


class Republish(TypedDict):
    """On what terms others may republish stories."""

    license: str
    license_url: str
    rules: list[str]
    pixel: NotRequired[str]


class Settings(TypedDict, total=False):
    """The settings by name."""

    SITENAME: Required[Annotated[str, AfterValidator(_named)]]
    SITESUBTITLE: str
    SITEURL: Required[str]
    DEFAULT_LANG: str
    TIMEZONE: Zone
    SOCIAL: Links
    SHARE: Links
    NEWSLETTER: Newsletter | None
    FOOTER_LINKS: Links
    POLICIES: dict[str, str]
    LICENSE_TEXT: str
    REPUBLISH: Republish | None
    ROUNDUP: dict[str, Any] | None
    WEBSUB_HUB: str
    SEARCH_FALLBACK_URL: str
    INDEX_SIZE: Count
    RAIL_LENGTH: Some
    RAIL_PAGES: Some
    STREAM_LENGTH: Some
    KEEP_READING_BLOCKS: Count
    FRONT_NEWEST: Some
    FRONT_EACH: Some
    FEED_MAX_ITEMS: Count
    AUDIT_WORDS: Some
    ROUNDUP_LEAST: Some
    SEARCH: StrictBool
    QUIRE: Count
    SEARCH_BLOCK: Count
    DEFAULT_STORY_TYPE: str
    DEK_FROM_TEXT: StrictBool
    SHOW_DRAFTS: StrictBool
    NOW: str
    CARDS: Annotated[Any, AfterValidator(_cards)]
    CARD_FONTS: str
    TARGETS: dict[str, Any]
    ARTICLE_URL: Dated
    DRAFT_URL: Pattern
    PAGE_URL: Pattern
    CATEGORY_URL: Pattern
    AUTHOR_URL: Pattern
    TAG_URL: Pattern
    STORY_TYPE_URL: Pattern
    ELSEWHERE_PATHS: list[str]
    SITE_PATHS: list[str]
    CACHE_PATH: str
    PHOTO_STORE: str
    LIVE_PATH: str
    PLUGINS: list[str]
    JOBS: Count
