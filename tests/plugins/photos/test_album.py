"""The photos of a site: who uses one, and how, changes nothing for the others."""

from __future__ import annotations

from broadside.plugins.photos.album import Album
from broadside.plugins.photos.values import Description, Original

ORIGINAL = Original("dam", "ab" * 32, 4000, 3000, "jpeg")
A_DAM = Description("A dam")


def test_a_photo_is_the_same_whether_it_led_a_story_before_or_not() -> None:
    before, after = Album({"a.jpg": ORIGINAL}), Album({"a.jpg": ORIGINAL})
    plain = before.photo("a.jpg", A_DAM)
    lead = after.lead("a.jpg", A_DAM)
    assert after.photo("a.jpg", A_DAM) == plain
    assert after.lead("a.jpg", A_DAM) == lead == before.lead("a.jpg", A_DAM)
    assert set(before.used["a.jpg"]) == set(after.used["a.jpg"])
    assert len(after.used["a.jpg"]) == 15


def test_only_a_photo_that_leads_a_story_is_cut() -> None:
    album = Album({"a.jpg": ORIGINAL})
    assert album.photo("a.jpg", A_DAM).crops == ()
    assert len(album.used["a.jpg"]) == 12
    lead = album.lead("a.jpg", Description("A dam", "The dam", "X/AFP", "image"))
    assert (lead.alt, lead.caption, lead.credit, lead.credit_label) == ("A dam", "The dam", "X/AFP", "image")
    assert [(crop.width, crop.height) for crop in lead.crops] == [(1200, 675), (1200, 900), (900, 900)]
    assert {crop.url for crop in lead.crops} <= {one.name for one in album.used["a.jpg"]}
    assert not {crop.url for crop in lead.crops} & {url for source in lead.sources for url, _ in source.candidates}
