"""The pictures of a gallery fill rows of equal height."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.media.photos import MOST_IN_ROW, Photo, in_rows


def photos(*sizes: tuple[int, int]) -> list[Photo]:
    return [Photo("a", "", "c", "photo", width, height, "a.jpg", ()) for width, height in sizes]


WIDE, TALL, SQUARE, PANORAMA = (1500, 1000), (1000, 1500), (800, 800), (3000, 1000)


@pytest.mark.parametrize(
    ("sizes", "rows"),
    [
        ([WIDE] * 2, [2]),
        ([WIDE] * 3, [1, 2]),
        ([WIDE] * 4, [2, 2]),
        ([WIDE] * 5, [1, 2, 2]),
        ([TALL] * 3, [3]),
        ([WIDE, TALL], [2]),
        ([SQUARE] * 4, [2, 2]),
        ([PANORAMA] * 2, [1, 1]),
    ],
)
def test_rows_are_about_twice_as_wide_as_high(
    sizes: list[tuple[int, int]], rows: list[int]
) -> None:
    assert [len(row) for row in in_rows(photos(*sizes))] == rows


@given(st.lists(st.tuples(st.integers(1, 5000), st.integers(1, 5000)), min_size=1, max_size=40))
def test_no_picture_is_lost_and_a_row_has_one_height(sizes: list[tuple[int, int]]) -> None:
    rows = in_rows(photos(*sizes))
    pictures = [picture for row in rows for picture in row]
    assert [picture.number for picture in pictures] == [*range(1, len(sizes) + 1)]
    assert all(1 <= len(row) <= MOST_IN_ROW for row in rows)
    for row in rows:
        assert len({picture.photo.height for picture in row}) == 1
    for (width, height), picture in zip(sizes, pictures, strict=True):
        assert abs(picture.photo.width - picture.photo.height * width / height) <= 1
