"""Values of single keys of the header that no other test needs a file for."""

from __future__ import annotations

import pytest

from broadside.plugins.recordings.content import chapter
from broadside.plugins.reviews.content import isbn, rating
from broadside.validation import Refused


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0:00 Opening", (0, "Opening")),
        ("4:05 - The weir", (245, "The weir")),
        ("01:04:05 The weir", (3845, "The weir")),
        ("00:04:05.000 The weir", (245, "The weir")),
        ("0:10.500 half", (10, "half")),
        ("2:00 The 8:15 to Berlin", (120, "The 8:15 to Berlin")),
    ],
)
def test_a_chapter_has_a_time_and_a_title(written: str, meant: tuple[int, str]) -> None:
    assert chapter(written) == meant


@pytest.mark.parametrize("written", ["Opening", "0:00", "0:60 Late"])
def test_what_is_no_chapter_is_refused(written: str) -> None:
    with pytest.raises(Refused):
        chapter(written)


@pytest.mark.parametrize(
    "written", ["978-0-306-40615-7", "9780306406157", "0-306-40615-2", "ISBN 0 8044 2957 X"]
)
def test_an_isbn_has_a_last_digit_that_follows_from_the_others(written: str) -> None:
    assert isbn(written)
    for wrong in (written.replace("0", "1", 1), written[:-2]):
        with pytest.raises(Refused):
            isbn(wrong)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("4 of 5", (4, 5)), ("3,5/5", (3.5, 5)), ("0 of 10", (0, 10)), ("9½ of 10", (9.5, 10))],
)
def test_a_rating_has_whole_or_half_points(written: str, meant: tuple[float, int]) -> None:
    assert rating(written) == meant


@pytest.mark.parametrize("written", ["5.5 of 5", "4", "4 stars", "1 of 1", "3.7 of 5"])
def test_what_is_no_rating_is_refused(written: str) -> None:
    with pytest.raises(Refused):
        rating(written)
