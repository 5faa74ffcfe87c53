"""What every outlet begins with: `from broadside.settings import *` in its pelicanconf.py, and below that what is its own.

Names are Pelican's where Pelican has one. docs/settings.md explains every setting.
"""

import os as _os
import sys as _sys

from broadside.folders import ENGINE as _ENGINE
from broadside.folders import OUTLET as _OUTLET


def pipeline(*own: str) -> list[str]:
    """The plugins of a build: the engine's, then an outlet's own. No plugin needs another to run before it."""
    return [*_PLUGINS, *own]


_PLUGINS = [
    "broadside.plugins.stories",  # the pages of stories, and plain pages
    "broadside.plugins.indexes",  # the index pages of sections, types, topics, authors and months
    "broadside.plugins.series",  # the pages of series, dossiers and issues, and each story's place in them
    "broadside.plugins.related",  # finds each story's stream: hand-picked stories first, then the nearest by text
    "broadside.plugins.keep_reading",  # cuts the stories of a stream at whole blocks
    "broadside.plugins.long_reads",  # lays out a story's text for its own page: contents, links on headings, notes beside it
    "broadside.plugins.rails",  # puts LATEST and briefs beside the newest stories
    "broadside.plugins.front_page",  # the editor's slots, then the newest; also search and 404
    "broadside.plugins.corrections",  # the ledger of corrections
    "broadside.plugins.newsletter",  # where its provider sends readers back: thanks, or that it did not work
    "broadside.plugins.roundup",  # the weekly round-up: its page, and the list of past ones
    "broadside.plugins.attachments",  # the files that stories link to
    "broadside.plugins.pictures",  # makes the pictures in their widths and formats
    "broadside.plugins.cards",  # draws a card for each story, shown where people share it
    "broadside.plugins.support",  # asks readers for support: after each story, in the head, and on a page
    "broadside.plugins.republish",  # offers each story to other outlets, ready to copy
    "broadside.plugins.structured_data",  # tells search engines what each page is
    "broadside.plugins.feeds",  # Atom, RSS and JSON feeds
    "broadside.plugins.redirects",  # leads former addresses to today's
    "broadside.plugins.sitemaps",  # sitemaps and the news sitemap
    "broadside.plugins.robots",  # robots.txt, and what texts may be used for
    "broadside.plugins.assets",  # stylesheet, scripts and icon
    "broadside.plugins.search",  # the search index
    "broadside.plugins.admin",  # the editor in the browser, where ADMIN names the forge
]
PLUGINS = pipeline()
PELICAN_CLASS = "broadside.Build"

# Plain pelican finds an outlet's own plugins here. PLUGIN_PATHS would find a folder of the outlet for a plugin of that name.
if str(_OUTLET) not in _sys.path:
    _sys.path.append(str(_OUTLET))

# The outlet. SITENAME is the one setting that each must write itself.
SITESUBTITLE = ""
SITEURL = "http://127.0.0.1:8000"
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
DEFAULT_DATE_FORMAT = "%d %B %Y"
LOCALE = ["C.UTF-8", "C"]  # not the machine's own: that may be missing, and would change a template's dates

# Where things are. CACHE_PATH holds what makes the next build quick; it is beside the output, never in it.
PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = ".output.cache"
THEME = str(_ENGINE / "theme")
OUTLET_THEME = "theme"
THEME_TEMPLATES_OVERRIDES = [str(_OUTLET / "theme" / "templates")]
PLUGIN_PATHS: list[str] = []
JOBS = _os.cpu_count() or 1

# Addresses. No story's address names its section, so that moving a story to another section breaks no link.
ARTICLE_PATHS = ["articles"]
PAGE_PATHS = ["pages"]
STATIC_PATHS: list[str] = []
ARTICLE_URL = "{date:%Y}/{date:%m}/{slug}/"
DRAFT_URL = "drafts/{slug}/"
PAGE_URL = "{slug}/"
CATEGORY_URL = "sections/{slug}/"
AUTHOR_URL = "authors/{slug}/"
TAG_URL = "topics/{slug}/"
STORY_TYPE_URL = "types/{slug}/"
SERIES_URL = "series/{slug}/"
LATEST_URL = "latest/"
ARCHIVE_URL = "archive/"
CORRECTIONS_URL = "corrections/"
SEARCH_URL = "search/"
ROUNDUP_URL = "roundup/"
THANKS_URL = "newsletter/thanks/"
SORRY_URL = "newsletter/sorry/"
REPUBLISH_URL = "republish/"
SUPPORT_URL = "support/"
FORMER_URLS: dict[str, str] = {}
FILE_ADDRESS = "name"
SITE_PATHS = ["404.html", "feed.xml", "rss.xml", "feed.json", "sitemap.xml", "news-sitemap.xml"]
SITE_PATHS += ["robots.txt", "license.xml"]
SITE_FOLDERS = ["cards/", "pagefind/", "photos/", "sitemaps/", "theme/"]

# Pelican takes stories or pages that share a slug for translations of each other, and lists only one of them.
ARTICLE_TRANSLATION_ID = PAGE_TRANSLATION_ID = None

# Pelican's own pages, feeds and static copies are off: the plugins above write them.
DIRECT_TEMPLATES: list[str] = []
THEME_STATIC_PATHS: list[str] = []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}

# What the pages say. Each is left out until the outlet writes its own.
SOCIAL = [("RSS", "/feed.xml")]
SHARE = [
    ("Bluesky", "https://bsky.app/intent/compose?text={title}%20{url}"),
    ("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url={url}"),
]
NEWSLETTER = None
ROUNDUP: dict[str, object] | None = None
MENUITEMS: list[object] = ["sections"]
LINKS: list[tuple[str, str]] = []
FOOTER_LINKS: list[object] = []
REPUBLISH = None
SUPPORT: dict[str, object] | None = None
POLICIES: dict[str, str] = {}
FEEDBACK_MAIL = ""
LICENSE_TEXT = ""
ADDRESS = ""
WEBSUB_HUB = ""
INDEXNOW_KEY = ""
INDEXNOW_URL = "https://api.indexnow.org/indexnow"
AI_USE: dict[str, bool] = {}
PREFERRED_SOURCE = False
EMBEDS: list[str] = []
SEARCH_FALLBACK_URL = "https://duckduckgo.com/"

# Sizes and limits.
INDEX_SIZE = 20
RAIL_LENGTH = 6
RAIL_PAGES = 200
STREAM_LENGTH = 3
KEEP_READING_BLOCKS = 2
FEED_MAX_ITEMS = 20
FILE_MAX_MB = 50
AUDIT_WORDS = 30
ROUNDUP_LEAST = 3
SEARCH_BLOCK = 100
SHOW_DRAFTS = False

# Cards are for links that people share, so they are drawn for the site that goes live: publishconf.py turns them on.
CARDS: bool | str = False

# Where the repository is, for the editor at /admin/; docs/the-editor.md explains it. None makes no editor.
ADMIN: dict[str, object] | None = None

# Where ./inv publish --to NAME puts the site; docs/publishing.md describes the kinds. No secret belongs here.
TARGETS: dict[str, dict[str, object]] = {}
# Where ./inv publish --announce announces new stories.
ANNOUNCE: dict[str, dict[str, str]] = {}
