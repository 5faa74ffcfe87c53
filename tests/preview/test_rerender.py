"""The page of a story that was saved, before the build: the page that the build will make, or
none.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from broadside.config.options import Options
from broadside.preview.builds import Builder
from broadside.preview.server import Moved, Rerendered
from broadside.preview.watch import the_story
from tests.commands.running import PATIENCE, change
from tests.forked import load
from tests.sample import NOW, Outlet

WIND = "articles/wind.md"
PAGE = "2026/11/wind/index.html"
END = "---\nBody."
STAYS = {
    "a text with a note": (
        "Body.",
        "Body, *more*, [out](https://example.org/).[^1]\n\n[^1]: A note.",
    ),
    "the headline": ("Headline of wind", "Wind & <water>"),
    "the dek": ("Dek of wind.", "Another dek."),
    "another section": ('section: "Europe"', 'section: "Asia"'),
    "another type": ('"Analysis"', '"Opinion"'),
    "an author whose name has parentheses": ("Ana Pereira", "Ana Pereira (Press)"),
    "a credit": ('credit: "Ana"', 'credit: "Bo"'),
    "a link to another story": ("Body.", "Body, [see]({filename}ice.md)."),
    "a correction": (
        END,
        f'corrections: [{{date: 2026-11-21, type: correction, text: "It blew."}}]\n{END}',
    ),
}
EVERY_DAY = ("a text with a note", "the headline", "a link to another story")
WAITS = {
    "another day": ("2026-11-20T09:00", "2026-11-21T09:00"),
    "withdrawn": (END, f"status: withdrawn\n{END}"),
    "an unknown section": ('section: "Europe"', 'section: "Eurpoe"'),
    "an unknown photo": ("photos/harbour.jpg", "photos/pier.jpg"),
    "an unknown author": ("Ana Pereira", "Ana Pereyra"),
    "an unknown key": ('dek: "', 'dke: "'),
    "no front matter": ("---\n", ""),
}


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    made = Outlet(tmp_path_factory.mktemp("page"))
    made.photo()
    made.photo("ferry.jpg", "navy")  # one more, so that pictures are made in several processes
    made.story(
        "ice",
        body="Ice.\n\n" * 9,
        date="2026-11-19T09:00",
        photo="photos/ferry.jpg",
        alt="A ferry.",
        credit="Bo",
    )
    made.story(
        "wind", photo="photos/harbour.jpg", alt="A harbour.", caption="The harbour.", credit="Ana"
    )
    made.author("Ana Pereira (Press)")
    made.story("held", date="2199-01-01T09:00", author="Ana Pereira (Press)")
    return made


@pytest.fixture
def builder(outlet: Outlet, monkeypatch: pytest.MonkeyPatch) -> Iterator[Builder]:
    """What built the outlet last, which is as it was again when the test is over."""
    # however busy the machine is
    monkeypatch.setattr("broadside.preview.builds.PATIENCE", PATIENCE)
    file = outlet.content / WIND
    text = file.read_text("utf-8")
    made = built(outlet)
    yield made
    made.end()
    file.write_text(text, "utf-8")


def built(outlet: Outlet, *, drafts: bool = True) -> Builder:
    """The preview, built."""
    load()
    options = Options(
        content=str(outlet.content), output=str(outlet.output), drafts=drafts, now=NOW
    )
    builder = Builder(options, fresh=False)
    assert not builder.outcome().faults
    return builder


@pytest.mark.parametrize(
    "edit",
    [edit if edit in EVERY_DAY else pytest.param(edit, marks=pytest.mark.slow) for edit in STAYS],
)
def test_a_page_is_the_page_that_the_build_makes(
    outlet: Outlet, builder: Builder, edit: str
) -> None:
    before = (outlet.output / PAGE).read_bytes()
    change(outlet.content / WIND, *STAYS[edit])
    ahead = builder.rerendered(WIND)
    assert (outlet.output / PAGE).read_bytes() == before, "it is not written"
    assert outlet.rebuild(drafts=True).startswith("2 stories published")
    page = (outlet.output / PAGE).read_bytes()
    if edit == "the headline":  # which LATEST, beside the story, has from the build
        page = page.replace(b"Wind &amp; &lt;water&gt;</a> <time", b"Headline of wind</a> <time")
    assert ahead == Rerendered(PAGE, page)
    assert page != before


def test_a_topic_that_has_no_page_yet_is_only_named(outlet: Outlet, builder: Builder) -> None:
    change(outlet.content / WIND, END, f"topics: [Gales]\n{END}")
    page = builder.rerendered(WIND)
    assert isinstance(page, Rerendered)
    assert b"<li>Gales</li>" in page.html


@pytest.mark.parametrize("edit", WAITS)
def test_a_save_that_changes_more_than_its_page_waits_for_the_build(
    outlet: Outlet, builder: Builder, edit: str
) -> None:
    change(outlet.content / WIND, *WAITS[edit])
    assert builder.rerendered(WIND) is None


@pytest.mark.parametrize(
    ("edit", "new"),
    [
        (('slug: "wind"', 'slug: "gale"'), "2026/11/gale/"),
        (("2026-11-20T09:00", "2026-10-20T09:00"), "2026/10/wind/"),
        ((END, f"status: draft\n{END}"), "drafts/wind/"),
    ],
)
def test_a_story_that_moves_has_its_new_address_instead_of_a_page(
    outlet: Outlet, builder: Builder, edit: tuple[str, str], new: str
) -> None:
    change(outlet.content / WIND, *edit)
    assert builder.rerendered(WIND) == Moved("2026/11/wind/", new)


def test_if_drafts_are_not_shown_a_story_that_becomes_one_leads_nowhere(
    outlet: Outlet, builder: Builder
) -> None:
    builder.end()
    as_readers = built(outlet, drafts=False)
    change(outlet.content / WIND, END, f"status: draft\n{END}")
    assert as_readers.rerendered(WIND) is None
    as_readers.end()


def test_a_held_story_has_a_page_and_a_new_one_has_none(outlet: Outlet, builder: Builder) -> None:
    held, file = builder.rerendered("articles/held.md"), outlet.story("new")
    assert held == Rerendered(
        "drafts/held/index.html", (outlet.output / "drafts/held/index.html").read_bytes()
    )
    assert builder.rerendered("articles/new.md") is None
    file.unlink()


def test_a_site_that_stood_has_pages_too(outlet: Outlet, builder: Builder) -> None:
    builder.end()
    again = built(outlet)
    change(outlet.content / WIND, "Body.", "After a pause.")
    page = again.rerendered(WIND)
    again.end()
    assert isinstance(page, Rerendered)
    assert b"After a pause." in page.html


def test_a_build_that_failed_has_no_pages_and_says_why(outlet: Outlet, builder: Builder) -> None:
    change(outlet.content / WIND, '"Europe"', '"Eurpoe"')
    options = Options(content=str(outlet.content), output=str(outlet.output), drafts=True, now=NOW)
    failed = Builder(options, fresh=False)
    assert "unknown-section" in failed.outcome().faults
    change(outlet.content / WIND, '"Eurpoe"', '"Europe"')
    assert failed.rerendered(WIND) is None
    failed.end()
    assert failed.rerendered(WIND) is None, "and none comes from a process that is gone"


def test_only_a_story_that_was_saved_alone_has_a_page(tmp_path: Path) -> None:
    story, other = tmp_path / "articles" / "2026" / "a.md", tmp_path / "pages" / "a.md"
    for file in (story, other):
        file.parent.mkdir(parents=True)
        file.touch()
    assert the_story(tmp_path, {str(story)}) == "articles/2026/a.md"
    assert the_story(tmp_path, {str(story), str(other)}) == ""
    assert the_story(tmp_path, {str(other)}) == ""
    left = {str(story.with_name("4913")), str(story.with_name("a.md.tmp"))}
    assert the_story(tmp_path, {str(story), *left}) == "articles/2026/a.md"
    assert the_story(tmp_path, {str(story), str(story.with_name("gone.md"))}) == ""
    story.unlink()
    assert the_story(tmp_path, {str(story)}) == ""
