"""The fixed words of Broadside: the values allowed in lists.

The keys of front matter are declared in front_matter/data.py, the attributes of stories in
site/story.py.
"""

from __future__ import annotations

FRONT_SLOTS = ("lead", "second", "third")
"""Slots of the front page that get the newest stories if the editor names none."""

BLOCKS: dict[str, tuple[str, ...]] = {
    "lead": (),
    "latest": ("stories",),
    "feature": ("section", "type", "topic", "title", "stories"),
    "trio": ("section", "type", "topic", "title", "stories"),
    "wide": ("section", "type", "topic", "title", "stories"),
    "sections": ("stories",),
    "opinion": ("type", "title", "stories"),
    "series": ("series", "title", "stories"),
    "briefs": (),
    "newsletter": (),
}
"""The blocks that an editor can put on the front page, each with its options; plugins add some."""

SCHEMA_TYPES = (
    *(
        "NewsArticle",
        "AnalysisNewsArticle",
        "BackgroundNewsArticle",
        "OpinionNewsArticle",
        "ReportageNewsArticle",
    ),
    "AdvertiserContentArticle",
)
"""The allowed values of a story type's `schema_type`: schema.org's kinds of article that require no
more than an Article.
"""

AUTHOR_GROUPS = ("staff", "contributor", "columnist", "emeritus")
"""The groups of authors, in the order of the page that lists them all."""

SERIES_FORMS = ("series", "dossier", "issue", "column", "debate")
"""What stories can be parts of; `series` stands for all of them where it makes no difference."""

PODCAST_CATEGORIES = {
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
"""Apple's categories of podcasts, which other directories use too
(https://podcasters.apple.com/support/1691-apple-podcasts-categories).
"""
