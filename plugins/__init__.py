"""Broadside's plugins for Pelican; docs/how-it-builds.md says what each folder is for."""

FOR_THE_THEME = (
    *("assets", "corrections", "coverage", "feeds", "front_page", "how_made", "indexes"),
    *("keep_reading", "long_reads", "pictures", "recordings", "reviews", "series", "stories"),
    "structured_data",
)
"""Those without which the theme's templates fail or lead to pages that are not there; an outlet may
leave out any other."""
FOR_COMMANDS = (
    *(
        "admin",
        "banner",
        "blogroll",
        "coverage",
        "desk",
        "discussion",
        "front_page",
        "how_made",
        "podcasts",
        "recordings",
        "related",
        "reviews",
        "roundup",
        "series",
        "sitemaps",
        "sponsors",
        "statistics",
    ),
    "support",
    "versions",
)
"""Those that commands need which build nothing: they read, check, or say what pages may load.

Their __init__ loads no Pelican.
"""
