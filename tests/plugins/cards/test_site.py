"""Cards on real sites: who has one, when it becomes another, and that none is drawn twice."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from broadside.plugins.cards.values import HEIGHT, MOST_BYTES, WIDTH
from tests.builds.magazine import PHOTO
from tests.checkout import checkout
from tests.sample import Outlet

SITE = "https://outlet.example"


def cards(outlet: Outlet) -> set[str]:
    return {name for name in outlet.files() if name.startswith("cards/")}


def card_of(outlet: Outlet, url: str) -> str:
    """The card that a page names, below the site's top; "" where it names none."""
    image = outlet.html(url).select_one('meta[property="og:image"]')
    found = str(image["content"]).removeprefix(f"{SITE}/") if image else ""
    return found if found.startswith("cards/") else ""


def live(outlet: Outlet, **options: Any) -> str:
    said = outlet.rebuild(production=True, siteurl=SITE, **options)
    assert "published," in said, said
    return said


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """An outlet that is live: one story with a photo, one without."""
    outlet = Outlet(tmp_path_factory.mktemp("cards"))
    outlet.photo("harbour.jpg", "teal", (640, 420))
    outlet.author("Ben Okafor")
    outlet.story("pictured", **PHOTO)
    outlet.story("plain")
    live(outlet)
    return outlet


@pytest.fixture
def outlet(shared: Outlet, tmp_path: Path) -> Outlet:
    return shared.copy(tmp_path)


def test_a_story_names_its_card_with_size_and_words(shared: Outlet) -> None:
    for slug, kind in (("pictured", "JPEG"), ("plain", "PNG")):
        page = shared.html(f"2026/11/{slug}/")
        told = {
            str(meta["property"]): str(meta["content"])
            for meta in page.select('meta[property^="og:image"]')
        }
        data = shared.files()[card_of(shared, f"2026/11/{slug}/")]
        with Image.open(io.BytesIO(data)) as card:
            assert (card.format, card.size) == (kind, (WIDTH, HEIGHT))
        assert len(data) <= MOST_BYTES
        assert (told["og:image:width"], told["og:image:height"]) == (str(WIDTH), str(HEIGHT))
        assert (
            f"Headline of {slug}. Ana Pereira, Halyard. Analysis | Europe" in told["og:image:alt"]
        )
        assert page.select_one('meta[name="twitter:card"][content=summary_large_image]')
    assert len(cards(shared)) == 2


def test_a_card_that_was_damaged_in_the_store_is_drawn_anew(outlet: Outlet) -> None:
    wanted = outlet.files()
    drawn = [outlet.cache / "photos" / "sealed" / name for name in cards(outlet)]
    for file in drawn:
        file.write_bytes(file.read_bytes()[:500])
    live(outlet, clean=True)
    assert outlet.files() == wanted


def test_what_a_card_shows_makes_it_another_and_the_old_one_goes(outlet: Outlet) -> None:
    before = cards(outlet)
    outlet.story("pictured", **PHOTO | {"credit": "Photo by Somebody Else"})
    outlet.story("plain", title="Another")
    live(outlet)
    gone, new = before - cards(outlet), cards(outlet) - before
    assert len(gone) == len(new) == 2
    assert {card_of(outlet, f"2026/11/{slug}/") for slug in ("pictured", "plain")} == new


def test_what_it_does_not_show_changes_nothing_and_nothing_is_drawn_twice(
    outlet: Outlet, capfd: pytest.CaptureFixture[str]
) -> None:
    before = {name: (outlet.output / name).stat().st_mtime_ns for name in cards(outlet)}
    outlet.story(
        "pictured", body="Another text.", **PHOTO | {"dek": "Another dek.", "caption": "Another."}
    )
    live(outlet)
    assert {name: (outlet.output / name).stat().st_mtime_ns for name in cards(outlet)} == before
    assert "Drawing" not in capfd.readouterr().err
    live(outlet, clean=True)
    assert "Drawing" not in capfd.readouterr().err


def test_stories_that_readers_may_not_see_have_none(outlet: Outlet) -> None:
    before = cards(outlet)
    outlet.story("held", date="2026-12-01")
    outlet.story("draft", status="draft")
    outlet.story("withdrawn", status="withdrawn")
    live(outlet)
    assert cards(outlet) == before
    outlet.story("hidden", status="hidden")
    live(outlet)
    assert cards(outlet) - before == {card_of(outlet, "2026/11/hidden/")}


def test_a_preview_draws_none_and_shows_the_photo(outlet: Outlet) -> None:
    outlet.rebuild()
    assert cards(outlet) == set()
    assert "photos/" in str(
        outlet.html("2026/11/pictured/").select_one('meta[property="og:image"]')
    )


def test_an_archive_may_have_cards_from_a_day_on(outlet: Outlet) -> None:
    outlet.story("plain", date="2026-11-19T23:59")
    live(outlet, settings={"CARDS": "2026-11-20"})
    assert {slug for slug in ("plain", "pictured") if card_of(outlet, f"2026/11/{slug}/")} == {
        "pictured"
    }
    assert len(cards(outlet)) == 1


@pytest.mark.parametrize("file", ["halyard/theme/icons/mark.png", "font.ttf"])
def test_a_mark_or_a_font_that_is_none_is_told_once_and_of_no_photo(
    shared: Outlet, tmp_path: Path, file: str
) -> None:
    project = checkout(tmp_path / "project")
    broken = project / file
    broken.write_text("Not what its name says.", "utf-8")
    if broken.suffix == ".ttf":
        with (project / "publishconf.py").open("a", encoding="utf-8") as conf:
            conf.write(f"CARD_FONTS = {str(broken.parent)!r}\n")
    outlet = shared.copy(tmp_path / "site", project)
    outlet.story("plain", title="Another headline")
    outlet.story("pictured", **PHOTO | {"title": "One more"})
    done = outlet.build("--production", "--siteurl", SITE)
    assert (done.returncode, str(broken) in done.stderr) == (1, True)
    assert "photo-damaged" not in done.stderr


def test_letters_that_no_font_has_are_told_once_where_they_first_stand(
    shared: Outlet, tmp_path: Path
) -> None:
    outlet = shared.copy(tmp_path)
    outlet.story("plain", title="三十年后 and after")
    outlet.story("pictured", **PHOTO | {"credit": "Photo by 三十"})
    done = outlet.build("--production", "--siteurl", SITE)
    told = [
        line.partition(": card-font: ")[0]
        for line in done.stderr.splitlines()
        if "card-font" in line
    ]
    articles = outlet.content / "articles"
    assert len(told) == 1
    assert told[0] in (f"{articles}/pictured.md:12: warning", f"{articles}/plain.md:2: warning")
    assert len(cards(outlet)) == 2


def test_a_series_has_a_card_once_something_of_it_is_out(outlet: Outlet) -> None:
    for name in ("Rivers", "To come"):
        photo = "".join(f"{key}: {value}\n" for key, value in PHOTO.items())
        slug = name.lower().replace(" ", "-")
        outlet.write(
            f"series/{slug}.md", f"---\nname: {name}\ndescription: Of water.\n{photo}---\nText.\n"
        )
    outlet.story("later", date="2027-01-01", series="To come")
    live(outlet)
    before = cards(outlet)
    outlet.story("plain", series="Rivers")
    live(outlet)
    (new,) = cards(outlet) - before
    assert card_of(outlet, "series/rivers/") == new
    alt = outlet.html("series/rivers/").select_one('meta[property="og:image:alt"]')
    assert alt
    assert str(alt["content"]).startswith("Rivers. Of water., ")
