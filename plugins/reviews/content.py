"""What stories review: the key `reviews` with its checks, and when there is a page of reviews."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from broadside.content.addresses import editorial
from broadside.content.content import Content
from broadside.digests import ON_PAGE
from broadside.faults import quoted
from broadside.front_matter import fields as check
from broadside.front_matter.data import Keys, key
from broadside.front_matter.fields import Pattern
from broadside.validation import Keyed, refuse

REVIEWED = {
    "book": "Book",
    "film": "Movie",
    "television": "TVSeries",
    "exhibition": "ExhibitionEvent",
    "play": "Play",
    "album": "MusicAlbum",
    "podcast": "PodcastSeries",
    "report": "Report",
}
"""The kinds of things that stories review, in the order of the page of reviews, and what schema.org
calls them.
"""


def _rating(match: re.Match[str]) -> tuple[float, int]:
    points, best = float(match[1]) + (0.5 if match[2] else 0), int(match[3])
    if points > best:
        refuse(
            "value",
            f"{quoted(match[0])} is out of range",
            f"write a number from 0 to {best} before it",
        )
    return points, best


def _isbn(match: re.Match[str]) -> str:
    """The number with hyphens; its last digit follows from the others."""
    numbers = [
        10 if digit == "X" else int(digit) for digit in re.sub(r"[ -]", "", match[1].upper())
    ]
    if len(numbers) == 13:
        wrong = sum(numbers[::2] + [3 * number for number in numbers[1::2]]) % 10
    else:
        wrong = (
            sum(number * weight for number, weight in zip(numbers, range(10, 0, -1), strict=True))
            % 11
        )
    if wrong:
        refuse(
            "value",
            f"{quoted(match[0])} is not an ISBN: its last digit does not fit the others",
            isbn.hint,
        )
    return match[1].replace(" ", "-")


year = Pattern(
    re.compile(r"\d{4}", re.A),
    "a year",
    "write it with four digits, such as 2026",
    code="date",
    is_number=True,
)
isbn = Pattern(
    re.compile(r"(?:ISBN[ :]*)?((?:\d[ -]?){9}[\dXx]|97[89](?:[ -]?\d){10})", re.A),
    "an ISBN",
    "copy it from the back of the book; it has 10 or 13 digits",
    _isbn,
    is_number=True,
)
rating = Pattern(
    re.compile(r"(\d{1,3})([.,]5|½)? ?(?:of|/) ?([2-9]|[1-9]\d|100)", re.A),
    "a rating",
    'write it as "4 of 5" or "3.5 of 5"',
    _rating,
)


class Reviewed(Struct, metaclass=Keyed):
    """Something that a story reviews; `rating` is how many points of how many it got."""

    kind: str = key(
        "what it is", check.one_of(*REVIEWED), required=True, example="book", label="Kind"
    )
    title: str = key(
        "its title",
        required=True,
        example="The water carriers",
        elsewhere=("name",),
        label="Title",
        in_type=True,
    )
    makers: list[str] = key(
        "the people who made it: authors, directors, musicians, curators",
        check.printed_name,
        default=[],
        elsewhere=("author", "authors", "director", "directors", "artist", "artists", "by"),
        label="By",
    )
    publisher: str = key(
        "who published it, or where it is shown",
        check.printed_name,
        elsewhere=("studio", "label", "museum", "venue"),
        label="Publisher or place",
        in_type=True,
    )
    year: str = key("the year in which it came out", year, label="Year")
    isbn: str = key("the ISBN of a book or report", isbn, label="ISBN")
    url: str = key("where it can be found", check.page_address, label="Address")
    price: str = key("what it costs, with the currency", label="Price", in_type=True)
    rating: tuple[float, int] | None = key(
        "how good it is, in whole or half points, such as 4 of 5",
        rating,
        default=None,
        label="Rating",
    )


class Reviewing(Struct, metaclass=Keyed):
    """The key of stories."""

    reviews: list[Reviewed] = key(
        "What it reviews, such as a book: a list of things with `kind`, `title` and more. "
        "[Reviews](#reviews) explains it.",
        default=[],
        shown=ON_PAGE,
        label="Reviews",
        hint="What the story reviews; readers see it in a box above the text.",
        after="series",
    )


REVIEWING = Keys(Reviewing)


def own_pages(content: Content) -> Iterator[str]:
    """The page, once a story has reviewed something."""
    if any(REVIEWING.of(story.data).reviews for story in editorial(content)):
        yield "reviews"
