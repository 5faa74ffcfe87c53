"""The settings, each declared once: name, type, default and what it does. Code reads one as an
attribute: `site.settings.SITENAME`, `RailsSettings.of(site.settings).MOST_READ`. An outlet's
pelicanconf.py begins with `from broadside.settings import *`, and its own settings come below that.

Names are Pelican's where Pelican has one. Each `##` heads a table of docs/settings.md, which
`python -m tools.settings` fills from here and from the settings.py of plugins. broadside/shapes.py
has the types, broadside/config/checks.py the checks that need more than a pattern. What only
Pelican uses, Pelican checks.
"""

from __future__ import annotations

import os
import sys
from copy import deepcopy
from functools import cache
from typing import Any, Literal, Self

from msgspec import Struct, convert
from msgspec.structs import asdict

from broadside.folders import ENGINE, OUTLET
from broadside.parts import modules
from broadside.shapes import *


def pipeline(*own: str) -> list[str]:
    """The plugins of a build: the engine's, all of broadside/plugins, then an outlet's own.

    None needs another to run before it.
    """
    found = sorted(path.parent.name for path in (ENGINE / "plugins").glob("*/__init__.py"))
    return [*(f"broadside.plugins.{name}" for name in found), *own]


# Plain pelican finds an outlet's own plugins here. PLUGIN_PATHS would find a folder of the outlet
# for a plugin of that name.
if str(OUTLET) not in sys.path:
    sys.path.append(str(OUTLET))


class Unwritten:
    """What no outlet writes: Pelican works it out, or a command says it to a build."""

    DATE_FORMATS: dict[str, str] = {}
    DRAFTS_COUNT: bool = False
    LIVE_PATH: str = ""


class Settings(Unwritten):
    """The settings that every outlet has: what it wrote, or the default.

    `vars()` has all that Pelican knows, also what is declared nowhere.
    """

    def __init__(self, written: dict[str, Any]) -> None:
        self.__dict__ = written  # the same dictionary that Pelican has

    def but(self, **others: object) -> Settings:
        """These settings, with some others."""
        return Settings(vars(self) | others)

    ## The outlet
    SITENAME: Name = ""
    """The outlet's name: masthead, titles, feeds. Each outlet must write it."""
    SITESUBTITLE: str = ""
    """The line below the name on the front page, and the feed's description, such as `"World
    affairs, argued in the open"`.
    """
    SITEURL: str = "http://127.0.0.1:8000"
    """[The site's address](#the-sites-address), with `https://` and without a slash at its end,
    such as `"https://example.org"`. `publishconf.py` has the real one.
    """
    DEFAULT_LANG: Language = "en"
    """The outlet's language as a tag, such as `"pt-BR"`.

    It applies to pages, and to stories that do not name their own. The site's own words ("By",
    "Latest", "24 November 2026") are [in it too](languages.md).
    """
    TIMEZONE: str = "UTC"
    """The time zone, such as `"Europe/Brussels"`, in which readers see dates and times.

    A date that names no zone is in this one.
    """
    LICENSE_TEXT: str = ""
    """The text after the outlet's name at the foot of each page."""
    ADDRESS: str = ""
    """The last line at the foot of each page: the outlet's postal address, or whatever else the law
    of your country requires there.
    """

    ## Menus
    MENUITEMS: Menu = ["sections"]
    """The main menu."""
    LINKS: list[Link] = []
    """The small menu beside the outlet's name."""
    FOOTER_LINKS: Foot = []
    """The links at the foot of the site, alone or in groups."""
    SOCIAL: list[Link] = [("RSS", "/feed.xml")]
    """The "Follow us" bar: pages elsewhere, or of this site if they exist, such as `[("Mastodon",
    "https://example.social/@us")]`. `[]` leaves it out.
    """
    PREFERRED_SOURCE: bool = False
    """`True` adds a link to the "Follow us" bar by which readers make the outlet a preferred source
    on Google.
    """

    ## Policies
    POLICIES: dict[str, str] = {}
    """The policies that search engines get, such as `{"ethicsPolicy":
    "ethics/"}`.
    """

    ## What readers can do
    FEEDBACK_MAIL: Mail = ""
    """The mailbox, such as `"corrections@halyard.example"`, to which readers write if something in
    a story is wrong: "Tell us" below the story begins a mail with its headline and address. With
    `""`, it leads to the page of `actionableFeedbackPolicy`.
    """
    LETTERS_MAIL: Mail = ""
    """The mailbox, such as `"letters@halyard.example"`, to which readers write
    [letters](editors-reference.md#letters-to-the-editor): "Write to the editor about this story"
    below the story begins a mail with its headline and address. With `""`, nothing says so.
    """
    SHARE: list[Link] = [
        ("Bluesky", "https://bsky.app/intent/compose?text={title}%20{url}"),
        ("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url={url}"),
    ]
    """Share links below a story, besides email: Bluesky and LinkedIn if you write none, such as
    `[("Letter", "mailto:?body={url}")]`. `{url}` and `{title}` are those of the story.
    """
    EMBEDS: list[Embed] = []
    """The providers whose films readers may play in place, after a click on a button that names the
    host: `"youtube"`, `"vimeo"`, and the hosts of PeerTubes, such as `["vimeo",
    "tube.example.org"]`. The policy that browsers get allows the players of these hosts alone:
    [Films](for-site-owners.md#films). A film of any other provider stays a link.
    """
    SEARCH_FALLBACK_URL: str = "https://duckduckgo.com/"
    """Where the search form leads without JavaScript. `""` leads nowhere."""

    ## How much
    INDEX_SIZE: Count = 20
    """Stories on a full page of an index.

    Changing it moves stories between the numbered pages. Pages are numbered from the oldest, so
    that a full page never changes; readers see days instead of numbers.
    """
    RAIL_LENGTH: Some = 6
    """Stories in a rail."""
    RAIL_PAGES: Some = 200
    """How many of the newest stories carry the rails. Older ones carry a link to the latest."""
    STREAM_LENGTH: Some = 3
    """Related stories below a story; more if an editor picked more."""
    KEEP_READING_BLOCKS: Count = 2
    """Paragraphs before "Keep reading"."""
    FRONT_NEWEST: Some = 8
    """Stories in the front page's list of the newest, unless
    [`front_page.yml`](editors-reference.md#the-front-page) says otherwise.
    """
    FRONT_EACH: Some = 4
    """Stories of each section on the front page, unless
    [`front_page.yml`](editors-reference.md#the-front-page) says otherwise.
    """
    FRONT_DAYS: Some = 180
    """By how many days a story may be older than the newest of all to stand in the front page's
    block of its section, or in its strip of opinions, while its section or type has newer ones.
    With `0`, it may be of any age.
    """
    FEED_MAX_ITEMS: Count = 20
    """Stories in a feed."""
    FULL_TEXT_FEEDS: list[str] = ["section"]
    """The kinds of terms whose feeds have whole texts, as the feed of the whole site has:
    `section`, `author`, `type`, `topic`, `series`, or one of a plugin's.

    The others have headlines and deks: there are hundreds of them in a large archive.
    """
    FILE_MAX_MB: Count = 50
    """The most megabytes that a [file](writers-reference.md#links-to-files) may have."""
    SEARCH: bool = True
    """`False` leaves out the search index.

    The form then asks the engine of `SEARCH_FALLBACK_URL`, and says so; with `""` there is no form,
    and no "Search" in the navigation.
    """
    SEARCH_BLOCK: Count = 100
    """How many stories are indexed together.

    Smaller blocks make publishing cheaper; larger ones make a search that goes far back cheaper for
    the reader. Readers search twelve blocks at once.
    """

    ## What is shown, and when
    SHOW_DRAFTS: bool = False
    """Whether drafts and held stories get preview pages; `./inv build --drafts` and `./inv serve`
    set it.
    """
    NOW: Moment = ""
    """The moment that the build takes as the present, such as `"2026-11-25T09:00"`; `./inv build
    --now` sets it. Without it, the build uses the environment variable `SOURCE_DATE_EPOCH`; without
    that, the real time.
    """

    ## Where it is published
    TARGETS: dict[str, dict[str, object]] = {}
    """In `publishconf.py`: where `./inv publish --to NAME` puts the site, by name.
    [Publishing](publishing.md) explains the keys. Write nothing secret there.
    """

    ## Search engines and other programs
    AI_USE: AiUse = {}
    """What artificial intelligence may use the stories for, such as `{"train": False, "answers":
    True}`. `robots.txt` says so, to all programs and to those that are known to read for that use,
    and so does `license.xml` ([RSL](https://rslstandard.org)). Neither says anything about a use
    that you do not name. A program that does not care reads all the same. If a use is allowed, each
    story is also there [as Markdown](for-site-owners.md#programs-that-read).
    """
    FEDIVERSE: str = ""
    """The outlet's account in the fediverse, such as `"@halyard@mastodon.example"`: who looks for
    it at the outlet's own host, as @halyard@halyard.example, is then led to it (WebFinger). Hosts
    that read `_redirects` and nginx do so; the site must be at the top of its host.
    """
    WEBSUB_HUB: str = ""
    """A [WebSub](https://www.w3.org/TR/websub/) hub that feeds name, such as
    `"https://hub.example/"`: readers' apps subscribe to it and learn of each story at once.
    """
    INDEXNOW_KEY: IndexNowKey = ""
    """A key of 8 to 128 letters and digits that you make up.

    `./inv publish` then tells search engines ([IndexNow](https://www.indexnow.org)) which pages are
    new or gone; the file `/KEY.txt` proves that the key is yours.
    """
    INDEXNOW_URL: Service = "https://api.indexnow.org/indexnow"
    """The service that is told; it passes the news on to all search engines that take part."""

    ## An archive that moves in
    DEFAULT_STORY_TYPE: str = ""
    """The type of stories that have none, such as `"Analysis"`. With `""`, a type is required."""
    DEK_FROM_TEXT: bool = False
    """`True` takes the first sentence as the dek of stories that have none.

    With `False`, a dek is required. Lists, feeds and search engines show such a dek; the story’s
    own page does not, because it begins with that sentence.
    """

    ## Addresses
    # names no section: moving a story to another breaks no link
    ARTICLE_URL: Dated = "{date:%Y}/{date:%m}/{slug}/"
    """Stories."""
    DRAFT_URL: Pattern = "drafts/{slug}/"
    """Previews of drafts and held stories."""
    PAGE_URL: Pattern = "{slug}/"
    """Plain pages."""
    CATEGORY_URL: Pattern = "sections/{slug}/"
    """Sections."""
    AUTHOR_URL: Pattern = "authors/{slug}/"
    """Authors.

    The list of them all is at the folder before `{slug}`, such as `"autores/{slug}/"` for
    `/autores/`.
    """
    TAG_URL: Pattern = "topics/{slug}/"
    """Topics; their list is at the folder in the same way."""
    STORY_TYPE_URL: Pattern = "types/{slug}/"
    """Story types, which Pelican does not have; their list is at the folder in the same way.

    If a pattern names no folder, or one that has another page, the list stays at `/authors/`,
    `/topics/` or `/types/`.
    """
    SERIES_URL: Pattern = "series/{slug}/"
    """Series; their list, once there are some, is at the folder in the same
    way.
    """
    LATEST_URL: Place = "latest/"
    """The latest stories.

    This and the folders in the next rows are the site's own pages, with their feeds and everything
    below them. Each is in small letters, with a slash after it. `./inv init --lang` writes them in
    the outlet's language.
    """
    ARCHIVE_URL: Place = "archive/"
    """The archive."""
    CORRECTIONS_URL: Place = "corrections/"
    """The ledger of corrections."""
    SEARCH_URL: Place = "search/"
    """The search."""
    FILE_ADDRESS: Literal["name", "digest"] = "name"
    """[Files](writers-reference.md#links-to-files) to which stories link.

    `"name"`: at their path, such as /files/report.pdf, so that other sites can link to it and a new
    version replaces the old one; browsers ask each time whether it has changed. `"digest"`: at an
    address that changes with the file, such as /files/-/5f0c9d1e2a3b4c5d/report.pdf, which browsers
    may keep for ever; links from other sites to an earlier version then lead nowhere.
    """
    FORMER_URLS: dict[Place, Place] = {}
    """Folders in which any of these pages once were, such as `{"archive/": "archivo/"}`: an address
    below the first leads to the same one below the second, if nothing else is at the first now.
    """
    ELSEWHERE_PATHS: list[str] = []
    """Addresses on the same host that something other than the site answers, such as `["/shop/"]`.

    Stories and settings may link to them and to what is below them. A link to any other address
    that the site lacks stops the build.
    """
    SITE_PATHS: list[str] = (
        "404.html feed.xml rss.xml feed.json feeds.opml sitemap.xml news-sitemap.xml robots.txt"
        " license.xml llms.txt".split()
    )
    """Addresses of the site's other pages and files; you need not name those of the settings above.

    A plain page at one of them is a fault.
    """
    SITE_FOLDERS: list[str] = ["cards/", "pagefind/", "photos/", "sitemaps/", "theme/"]
    """The site's own folders that have no page, besides those of drafts and sections.

    A plain page at one of them is a fault, and so is a link to one.
    """

    ## Where things are
    PATH: str = "content"
    """The content folder."""
    OUTPUT_PATH: str = "output"
    """Where the site is written."""
    CACHE_PATH: str = ".output.cache"
    """The folder for what makes the next build quick. It is never inside the output."""
    PHOTO_STORE: str = ""
    """Where finished photos, cards and typefaces are kept: a folder in `CACHE_PATH` unless you name
    one. Several outputs may share one folder, so that nothing is made twice.
    """
    THEME: str = str(ENGINE / "theme")
    """The folder of a whole copy of Broadside's theme.

    A theme made for Pelican cannot show Broadside's pages. You rarely need a copy: [your
    look](your-look.md) and [the outlet's folder `theme/`](for-site-owners.md#the-look) replace
    colours, faces, style sheets, words and single templates.
    """
    OUTLET_THEME: str = "theme"
    """The folder of [the outlet's own look](for-site-owners.md#the-look): `css/` comes after the
    theme's style sheets, a file in `icons/` replaces the theme's, and the files in `static/` go
    onto the site.
    """
    THEME_TEMPLATES_OVERRIDES: list[str] = [str(OUTLET / "theme" / "templates")]
    """Folders with templates that replace the theme's of the same names: the outlet's
    `theme/templates` unless you name others. If you move `OUTLET_THEME`, write its `templates` here
    too.
    """
    PLUGIN_PATHS: list[object] | None = []
    """More folders to look for plugins in.

    Do not name the outlet's own folder or what is installed: those are found anyway, and a folder
    of the outlet's could be mistaken for one of the engine's plugins.
    """
    PLUGINS: list[str] = pipeline()
    """The plugins of a build; [how it builds](how-it-builds.md#where-it-is-decided) says what each
    of Broadside's does. `pipeline("plugins.ours")` adds [your
    own](for-site-owners.md#your-own-plugins), after Broadside's and before any page is written. You
    may leave one out if nothing else needs it, which the build says; the site then lacks what it
    makes: `PLUGINS = [name for name in pipeline() if name != "broadside.plugins.cards"]`.
    """
    LOCALE: list[object] = ["C.UTF-8", "C"]
    """The locale in which Python writes dates, if a template of yours asks it to; if you name
    several, the first that the machine has. The theme's own templates do not use it. Name another
    only if every machine that builds has it; otherwise two machines make different pages.
    """
    JOBS: Count = os.cpu_count() or 1
    """How many processes a build may use: one for each processor unless you say otherwise.

    `./inv build --jobs` sets it.
    """

    ## Pelican settings that must stay
    ARTICLE_PATHS: list[object] = ["articles"]
    """The folder of stories is fixed."""
    PAGE_PATHS: list[object] = ["pages"]
    """So is that of plain pages."""
    STATIC_PATHS: list[object] = []
    """Plugins handle photos and files; Pelican copies nothing."""
    THEME_STATIC_PATHS: list[object] = []
    """Plugins handle the theme's files too."""
    DIRECT_TEMPLATES: list[str] = []
    """The plugins write the index pages."""
    FEED_ALL_ATOM: str | None = None
    """Pelican's feeds name one author and no photo."""
    CATEGORY_FEED_ATOM: str | None = None
    """Likewise."""
    TRANSLATION_FEED_ATOM: str | None = None
    """Likewise."""
    AUTHOR_FEED_ATOM: str | None = None
    """Likewise."""
    AUTHOR_FEED_RSS: str | None = None
    """Likewise."""
    JINJA_ENVIRONMENT: dict[str, object] = {
        "autoescape": True,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    """With `autoescape`, nothing in a headline or caption can be HTML."""
    PELICAN_CLASS: str = "broadside.Build"
    """What Pelican runs: the way from the content to the site."""
    ARTICLE_TRANSLATION_ID: None = None
    """`translation_of` marks translations; Pelican would take stories with the same slug for
    translations, and list only one.
    """
    PAGE_TRANSLATION_ID: None = None
    """Likewise."""
    DEFAULT_DATE_FORMAT: str = "%d %B %Y"
    """For templates that print Pelican's dates; Broadside's use the filter `long_date`."""


class PluginSettings(Struct, kw_only=True):
    """The settings of a plugin, ours or the outlet's: its settings.py declares a class of this kind
    as those above are declared.
    """

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """What an outlet wrote, each of its type."""
        return convert(vars(settings), cls)


@cache
def of_plugins() -> list[type[PluginSettings]]:
    """The settings of all plugins."""
    return [
        value
        for module in modules("settings")
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, PluginSettings)
        if value is not PluginSettings
    ]


def declared() -> dict[str, str]:
    """The names of all settings, each with its type as it is written."""
    found = dict(Settings.__annotations__)
    for kind in of_plugins():
        found |= kind.__annotations__
        if not all(isinstance(each, str) for each in kind.__annotations__.values()):
            file = sys.modules[kind.__module__].__file__
            raise SyntaxError("it lacks: from __future__ import annotations", (file, 1, 0, ""))
    return found


@cache
def defaults() -> dict[str, Any]:
    """All settings with their defaults."""
    found = {name: vars(Settings)[name] for name in Settings.__annotations__}
    for kind in of_plugins():
        found |= asdict(kind())
    return found


def __getattr__(name: str) -> Any:
    # For `import *`: an outlet may add to a list, so each gets lists of its own.
    if name == "__all__":
        return ["pipeline", *defaults()]
    if name.isupper() and name in defaults():
        return deepcopy(defaults()[name])
    raise AttributeError(name)
