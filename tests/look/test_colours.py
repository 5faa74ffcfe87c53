"""Contrast, and the nearest colour that has enough."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.look.colours import channels, contrast, hexadecimal, least_contrast, passing

COLOURS = st.tuples(*[st.integers(0, 255)] * 3).map(lambda rgb: "#{:02x}{:02x}{:02x}".format(*rgb))


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    # As WCAG's own examples and other calculators have them.
    [
        ("#000", "#fff", 21),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#fff", 4.54),
        ("#f00", "#ffffff", 4.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


@given(COLOURS)
def test_a_colour_survives_its_channels(colour: str) -> None:
    assert hexadecimal(channels(colour)) == colour


@given(COLOURS, st.lists(COLOURS, min_size=1, max_size=2), st.sampled_from([4.5, 7.0]))
def test_a_colour_that_is_proposed_passes_and_one_that_passes_is_left_alone(
    colour: str, grounds: list[str], least: float
) -> None:
    better = passing(colour, grounds, least)
    if least_contrast(colour, grounds) >= least:
        assert better == colour
    elif better:
        assert least_contrast(better, grounds) >= least
    else:  # not even black or white would do
        assert all(least_contrast(end, grounds) < least for end in ("#000000", "#ffffff"))


@given(COLOURS)
def test_on_white_a_proposal_is_only_as_much_darker_as_it_must_be(colour: str) -> None:
    better = passing(colour, ["#ffffff"], 7)
    if better != colour:
        assert 7 <= contrast(better, "#ffffff") < 7.4
