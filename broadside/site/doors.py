"""What plugins may add to a site: they act when it is arranged and when it is complete, and say
more of its stories to machines.

For the two moments, a plugin may also connect to a signal, as Pelican's plugins do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from blinker import Signal, signal
from msgspec import Struct
from ordered_set import OrderedSet

from broadside.doors import Door
from broadside.settings import Settings
from broadside.site import Bundle, Page, Site
from broadside.site.policies import FolderHeaders

if TYPE_CHECKING:  # it loads Pelican
    from broadside.site.story import Story

Signal.set_class = OrderedSet  # type: ignore[assignment] # what keeps the order; Pelican sets it too, but takes long to load


class FrontBlock(Struct, frozen=True):
    """A block that editors may put on the front page: its name and options, its stories, oldest
    first, and how many it usually has.

    The options are title, stories, and those by which other blocks say what they are about. `after`
    is the block that it follows in forms.
    """

    name: str
    options: tuple[str, ...]
    stories: Callable[[Site], Sequence[Story]]
    most: int
    after: str = ""


class BrowserEditor(Struct, frozen=True):
    """Addresses of an editor in the browser: of a story, of a new story, and of what else can be
    edited, by its name.

    In the first, {story} is to be filled in, and {depth}, which is empty for one in a folder of
    articles/, and _0 for one in articles/ itself.
    """

    story: str
    new: str
    others: Mapping[str, str] = {}


FRONT_BLOCKS: Door[FrontBlock] = Door()
SLOTS: Door[tuple[str, str]] = Door()
"""Slots of the theme, each with a template for it."""
ARRANGED: Door[Callable[[Site], object]] = Door()
PAGES: Door[Callable[[Site], Iterable[Page | Bundle]]] = Door()
ORIGINS: Door[Callable[[Settings], Iterable[tuple[str, str]]]] = Door()
LINKS: Door[Callable[[Settings], Iterable[tuple[str, str]]]] = Door()
HEADERS: Door[FolderHeaders] = Door()
STORY_DATA: Door[Callable[[Story], Mapping[str, Any]]] = Door()
BROWSER_EDITORS: Door[Callable[[Settings], BrowserEditor | None]] = Door()

arranged = signal("broadside-arranged")
"""The site was arranged from the content. Sender: the Site. A plugin may add template values and
filters, set its own fields, and set attributes of stories; it must not rely on what another plugin
adds.
"""

pages = signal("broadside-pages")
"""The site is complete.

Sender: the Site. A receiver returns (or yields) the pages and bundles that it adds.
"""


def complete(site: Site) -> None:
    """Let plugins complete a site that was arranged from the content."""
    for add in ARRANGED:
        add(site)
    arranged.send(site)


def pages_of(site: Site) -> Iterator[Page | Bundle]:
    """All pages and bundles that plugins add to a complete site."""
    for add in PAGES:
        yield from add(site)
    for _, added in pages.send(site):
        yield from added or ()


def browser_editor(settings: Settings) -> BrowserEditor | None:
    """The editor in the browser that these settings switch on, if any."""
    return next(filter(None, (editor(settings) for editor in BROWSER_EDITORS)), None)
