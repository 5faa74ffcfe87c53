"""Broadside's plugins for Pelican; docs/how-it-builds.md says what each folder is for."""

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
