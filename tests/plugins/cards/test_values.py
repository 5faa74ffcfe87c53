"""What stands on a card, and when it becomes another one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from msgspec.structs import replace

from broadside.front_matter.data import NO_HEADLINES, Headlines
from broadside.media.photos import Original
from broadside.plugins.cards.values import card_file, words_of
from tests.plugins.cards.conftest import DESIGN, words

PHOTO = Original("harbour", "a" * 64, 900, 600, "jpeg")


def credited(name: str, role: str = "") -> Any:
    return SimpleNamespace(role=role, author=SimpleNamespace(name=name))


def story(**given: Any) -> Any:
    usual: dict[str, Any] = {
        "title": "A headline",
        "byline": [
            credited("Ana Pereira"),
            credited("Jo Smith", "translated by"),
            credited("Ben Okafor"),
        ],
        "kicker_type": SimpleNamespace(name="Analysis"),
        "sections": [SimpleNamespace(name="Europe"), SimpleNamespace(name="Asia")],
        "photo": SimpleNamespace(
            caption="A port", credit="(Photo by X)", credit_label="photo", alt="Cranes."
        ),
        "lang": "ar",
        "dir": "rtl",
        "headlines": NO_HEADLINES,
        "paid_by": "",
    }
    return SimpleNamespace(**usual | given)


def test_the_words_are_the_storys() -> None:
    found = words_of(story(), "Halyard")
    assert found.kicker == "Analysis | Europe, Asia"
    assert found.byline == "Ana\u00a0Pereira, Ben\u00a0Okafor · translated by Jo\u00a0Smith"
    assert (found.credit, found.lang, found.rtl, found.outlet) == (
        "Photo by X",
        "ar",
        True,
        "Halyard",
    )
    bare = words_of(story(photo=None, kicker_type=None), "Halyard")
    assert (bare.credit, bare.kicker) == ("", "Europe, Asia")


def test_who_paid_stands_in_place_of_the_kicker_and_a_headline_for_links_in_that_of_the_title() -> (
    None
):
    one = story(paid_by="Northwind", headlines=Headlines(social="For a link"))
    found = words_of(one, "Halyard")
    assert (found.kicker, found.headline) == ("Paid for by Northwind", "For a link")


def test_another_photo_or_another_design_is_another_card() -> None:
    names = {
        card_file(words(), PHOTO, DESIGN).name,
        card_file(words(), replace(PHOTO, digest="b" * 64), DESIGN).name,
        card_file(words(), PHOTO, replace(DESIGN, digest="x")).name,
        card_file(replace(words(), rtl=True), PHOTO, DESIGN).name,
    }
    assert len(names) == 4
    assert card_file(words(), PHOTO, DESIGN, (30, 60)).name not in names
    assert card_file(words(), PHOTO, DESIGN, (30, 60)).cut_at == (0.3, 0.6)
    assert card_file(words(), None, DESIGN, (30, 60)) == card_file(words(), None, DESIGN)
    assert card_file(words(), None, DESIGN).name.endswith(".png")
