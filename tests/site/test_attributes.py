"""A change of a story's attribute counts exactly where its declaration says that it may be shown,
and is shown nowhere else.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec.structs import replace

from broadside.build.render import Renderer
from broadside.build.run import Build, make_site
from broadside.build.up_to_date import inputs
from broadside.config.options import Options
from broadside.digests import BESIDE, IN_LISTS, NAMED, ON_PAGE, WHOLE, Shown
from broadside.site import Bundle, Page
from broadside.site.doors import pages_of
from broadside.site.story import FromRecord, PlainPage, Story, digest_stories
from broadside.site.story_page import story_page
from tests.builds.magazine import magazine
from tests.forked import alone, load, with_what_is_known
from tests.sample import NOW

ANOTHER: Any = "another value"


def places(value: Any, shown: FromRecord) -> bool:
    """Whether a story is somewhere in a value that a page is handed."""
    if value is shown:
        return True
    if isinstance(value, (list, tuple)):
        return any(places(each, shown) for each in value)
    if isinstance(value, dict):
        return places([*value.values()], shown)
    return any(
        places(getattr(value, name), shown) for name in getattr(value, "__struct_fields__", ())
    )


class Desk:
    """A site that was built, with all of its pages in memory."""

    def __init__(self, path: Path) -> None:
        outlet, builds = magazine(path), list[Build]()
        options = Options(content=str(outlet.content), output=str(outlet.output), now=NOW, jobs=1)
        make_site(options, inputs(options), builds.append)
        self.site = builds[0].site
        self.pages = [*pages_of(self.site)]
        self.stories = [*self.site.every_story, *self.site.plain_pages]
        self.before = self.digests()

    def digests(self) -> dict[str, str]:
        """The digest of each page."""
        digest_stories(self.stories)
        self.renderer = Renderer(self.site.texts.environment, self.site)
        return {
            page.folder if isinstance(page, Bundle) else page.path: self.renderer.digest(page)
            for page in self.pages
        }

    def changed(self) -> set[str]:
        """The pages whose digest is not what it was."""
        return {path for path, made in self.digests().items() if made != self.before[path]}

    def showing(self, shown: FromRecord, *under: str) -> dict[str, Page]:
        """The pages that are handed a story, or that are handed it under these names."""
        return {
            page.path: page
            for page in self.pages
            if isinstance(page, Page)
            and any(
                places(value, shown)
                for name, value in page.values.items()
                if not under or name in under
            )
        }


def check_every_attribute(path: Path) -> None:
    with_what_is_known()
    desk = Desk(path)
    story = next(each for each in desk.site.stories if each.slug == "cables")
    named, whole = desk.showing(story), desk.showing(story, *WHOLE)
    assert {"2026/11/cables/index.html", "2026/11/reefs/index.html", "feed.xml"} <= whole.keys()
    assert {
        "index.html",
        "sections/europe/index.html",
        "topics/nato/index.html",
    } <= named.keys() - whole.keys()
    lists = {path: page for path, page in named.items() if path not in whole}
    rendered = {path: desk.renderer.render(page) for path, page in lists.items()}
    of_engine = {path for path, page in named.items() if desk.renderer.made(page)[1]}
    assert of_engine == set(), "every page of ours is handed texts as what counts whole"
    where: dict[Shown, set[str]] = {
        IN_LISTS: {*named},
        NAMED: {*named},
        ON_PAGE: {*whole},
        BESIDE: set(),
    }
    assert Story.attributes()["canonical"] is IN_LISTS, "a key that is shown is an attribute"
    for name, declared in Story.attributes().items():
        old, own = getattr(story, name), desk.renderer.digest(story_page(story))
        setattr(story, name, ANOTHER)
        assert desk.changed() == where[declared], name
        if declared in {ON_PAGE, BESIDE}:
            assert desk.renderer.digest(story_page(story)) != own, name
            for where_else, page in lists.items():
                assert desk.renderer.render(page) == rendered[where_else], (name, where_else)
        setattr(story, name, old)
    assert desk.changed() == set()
    head, story.record.head = story.record.head, "a key that is no attribute has changed"
    assert desk.changed() == {*whole}
    story.record.head = head
    first, *others = story.byline
    for author, expected in (
        (replace(first.author, bio="Other."), whole),
        (replace(first.author, name="Anna"), named),
    ):
        story.byline = [replace(first, author=author), *others]
        assert desk.changed() == {*expected}, author
    (page,) = desk.site.plain_pages
    for name in PlainPage.attributes():
        setattr(page, name, ANOTHER)
    desk.before |= {path: desk.digests()[path] for path in named}
    assert desk.changed() == {"about/index.html"}


def test_each_attribute_counts_exactly_where_it_may_be_shown(tmp_path: Path) -> None:
    load()
    alone(lambda: check_every_attribute(tmp_path))
