"""The plan: widths, names and the value that templates print."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from broadside.media.derivatives import Photos, Recipe, crops, plan
from broadside.media.photos import Description, Original

ORIGINAL = Original("dam", "ab" * 32, 4000, 3000, "jpeg")
A_DAM = Description("A dam")


def widths(original: Original) -> list[int]:
    return [one.width for one in plan(original) if one.kind == "avif"]


def test_every_format_in_every_width_best_format_and_narrowest_first() -> None:
    listed = [(one.kind, one.width) for one in plan(ORIGINAL)]
    assert listed == [
        (kind, width) for kind in ("avif", "webp", "jpeg") for width in (480, 800, 1200, 1600)
    ]


def test_nothing_is_upscaled() -> None:
    assert widths(replace(ORIGINAL, width=1000)) == [480, 800, 1000]
    assert widths(replace(ORIGINAL, width=800)) == [480, 800]
    assert widths(replace(ORIGINAL, width=1, height=1)) == [1]


@given(st.integers(1, 8000), st.integers(1, 8000))
def test_sizes_keep_the_shape(width: int, height: int) -> None:
    for one in plan(replace(ORIGINAL, width=width, height=height)):
        assert 1 <= one.width <= width
        assert one.height >= 1
        assert abs(one.height - height * one.width / width) <= 1


def test_another_picture_or_recipe_has_other_names() -> None:
    plans = [
        plan(ORIGINAL),
        plan(replace(ORIGINAL, digest="cd" * 32)),
        plan(ORIGINAL, Recipe(version=2)),
        plan(ORIGINAL, Recipe(formats=(("avif", 40), ("webp", 65), ("jpeg", 72)))),
    ]
    names = [one.name for derivatives in plans for one in derivatives]
    assert len(set(names)) == 12 * len(plans)


@given(st.integers(1, 8000), st.integers(1, 8000))
def test_crops_are_cut_from_what_is_there(width: int, height: int) -> None:
    original = replace(ORIGINAL, width=width, height=height)
    sizes = {(one.width, one.height) for one in plan(original)}
    for one, shape in zip(crops(original), (16 / 9, 4 / 3, 1), strict=True):
        assert one.cut_from in sizes
        assert 1 <= one.width <= one.cut_from[0]
        assert 1 <= one.height <= one.cut_from[1]
        assert abs(one.height - one.width / shape) <= 1
        assert one.width == one.cut_from[0] or abs(one.height - one.cut_from[1]) <= 1, (
            "no larger one would fit"
        )


def test_a_large_original_is_cut_to_what_search_engines_ask_for() -> None:
    assert [(one.width, one.height) for one in crops(ORIGINAL)] == [
        (1200, 675),
        (1200, 900),
        (900, 900),
    ]
    tall = crops(replace(ORIGINAL, width=2000, height=3000))
    assert [(one.width, one.height) for one in tall] == [(1200, 675), (1200, 900), (1200, 1200)]
    names = {one.name for one in (*plan(ORIGINAL), *crops(ORIGINAL))}
    assert len(names) == 15


def test_a_point_that_is_to_stay_is_where_a_crop_is_cut() -> None:
    usual, kept = crops(ORIGINAL), crops(ORIGINAL, (80, 10))
    assert {one.cut_at for one in usual} == {(0.5, 0.4)}
    assert {one.cut_at for one in kept} == {(0.8, 0.1)}
    assert [(one.width, one.height) for one in kept] == [(one.width, one.height) for one in usual]
    assert not {one.name for one in kept} & {
        one.name for one in (*usual, *crops(ORIGINAL, (80, 20)))
    }
    photos = Photos({"a.jpg": ORIGINAL})
    words = Description("A dam", "", "X/AFP")
    for focus in (None, (80, 10), (80, 10)):
        photos.lead("a.jpg", replace(words, focus=focus))
    assert len(photos.used["a.jpg"]) == 12 + 3 + 3


def test_only_a_photo_that_leads_a_story_is_cut() -> None:
    photos = Photos({"a.jpg": ORIGINAL})
    assert photos.photo("a.jpg", A_DAM).crops == ()
    assert len(photos.used["a.jpg"]) == 12
    lead = photos.lead("a.jpg", Description("A dam", "The dam", "X/AFP", "image"))
    assert (lead.alt, lead.caption, lead.credit, lead.credit_label) == (
        "A dam",
        "The dam",
        "X/AFP",
        "image",
    )
    assert [(crop.width, crop.height) for crop in lead.crops] == [
        (1200, 675),
        (1200, 900),
        (900, 900),
    ]
    assert {crop.url for crop in lead.crops} <= {one.name for one in photos.used["a.jpg"]}
    assert not {crop.url for crop in lead.crops} & {
        url for source in lead.sources for url, _ in source.candidates
    }
