"""Apple's categories of podcasts, and the check of one."""

from __future__ import annotations

import re
from typing import Any

from broadside.faults import did_you_mean, quoted
from broadside.front_matter.fields import OneOf, text
from broadside.validation import refuse

BY_NAME = {
    "Arts": ("Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"),
    "Business": (
        "Careers",
        "Entrepreneurship",
        "Investing",
        "Management",
        "Marketing",
        "Non-Profit",
    ),
    "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
    "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
    "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
    "Government": (),
    "Health & Fitness": (
        "Alternative Health",
        "Fitness",
        "Medicine",
        "Mental Health",
        "Nutrition",
        "Sexuality",
    ),
    "History": (),
    "Kids & Family": ("Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"),
    "Leisure": (
        *(
            "Animation & Manga",
            "Automotive",
            "Aviation",
            "Crafts",
            "Games",
            "Hobbies",
            "Home & Garden",
        ),
        "Video Games",
    ),
    "Music": ("Music Commentary", "Music History", "Music Interviews"),
    "News": (
        *(
            "Business News",
            "Daily News",
            "Entertainment News",
            "News Commentary",
            "Politics",
            "Sports News",
        ),
        "Tech News",
    ),
    "Religion & Spirituality": (
        *("Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion"),
        "Spirituality",
    ),
    "Science": (
        *(
            "Astronomy",
            "Chemistry",
            "Earth Sciences",
            "Life Sciences",
            "Mathematics",
            "Natural Sciences",
            "Nature",
        ),
        *("Physics", "Social Sciences"),
    ),
    "Society & Culture": (
        "Documentary",
        "Personal Journals",
        "Philosophy",
        "Places & Travel",
        "Relationships",
    ),
    "Sports": (
        *(
            "Baseball",
            "Basketball",
            "Cricket",
            "Fantasy Sports",
            "Football",
            "Golf",
            "Hockey",
            "Rugby",
            "Running",
        ),
        *("Soccer", "Swimming", "Tennis", "Volleyball", "Wilderness", "Wrestling"),
    ),
    "Technology": (),
    "True Crime": (),
    "TV & Film": ("After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"),
}
"""Each with those within it; other directories use them too
(https://podcasters.apple.com/support/1691-apple-podcasts-categories).
"""


class Category(OneOf, frozen=True):
    """A category, as "News > Politics" or "History"; a narrower one alone will do if it is
    unique.
    """

    def __call__(self, value: Any) -> str:
        """The category in full."""
        written = text(value)
        parts = [_plain(part) for part in re.split(r"\s*[>›:/]\s*", written)]
        matches = [
            name
            for name in self.words
            if [_plain(part) for part in name.split(" > ")][-len(parts) :] == parts
        ]
        exact = [name for name in matches if name.count(">") == len(parts) - 1] or matches
        if len(exact) != 1:
            message = f"{quoted(written)} is not a category of Apple's"
            refuse("value", message, did_you_mean(written, self.words))
        return exact[0]


def _plain(name: str) -> str:
    return " ".join(name.lower().replace("&", " and ").split())


ALL = tuple(
    name for top, inner in BY_NAME.items() for name in (top, *(f"{top} > {each}" for each in inner))
)
category = Category(ALL, is_open=True)
