"""Settings that are not ours: those of Pelican alone, those of a theme or a plugin, and names that are nearly ours."""

from __future__ import annotations

import re
from typing import Any

import pytest

from broadside.desk.conf import Slips, judge, settings_in
from tests.repository import PROJECT

OURS = settings_in("publishconf.py", PROJECT)
PATTERNS = 'PAGINATION_PATTERNS should be a list of rules such as (1, "{url}", "{save_as}")'
DATES = 'should be a pattern in quotes, or a locale with one, such as ("fr_FR.UTF-8", "%d %B %Y")'
NO_LOCALE = 'names the locale "xx_XX", which this machine lacks'


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ({"LOCALE": 7}, "LOCALE should be a list in brackets"),
        ({"STATIC_PATHS": None}, "STATIC_PATHS should be a list in brackets"),
        ({"ARTICLE_EXCLUDES": ("old",)}, "ARTICLE_EXCLUDES should be a list in brackets"),
        ({"JINJA_ENVIRONMENT": ["jinja2.ext.do"]}, "JINJA_ENVIRONMENT should be names with values, in braces"),
        ({"YEAR_ARCHIVE_SAVE_AS": 7}, "YEAR_ARCHIVE_SAVE_AS should be text in quotes"),
        ({"REVERSE_CATEGORY_ORDER": "yes"}, "REVERSE_CATEGORY_ORDER should be True or False, without quotes"),
        (
            {"ARTICLE_PERMALINK_STRUCTURE": "/%Y/"},
            "ARTICLE_PERMALINK_STRUCTURE is outdated; write the whole pattern in ARTICLE_URL",
        ),
        ({"STATIC_EXCLUDES": [7]}, "STATIC_EXCLUDES should be a list of paths in quotes"),
        ({"STATIC_PATHS": 7}, "STATIC_PATHS should be a list in brackets"),
        ({"EXTRA_TEMPLATES_PATHS": None}, "EXTRA_TEMPLATES_PATHS should be a list in brackets"),
        ({"PAGINATION_PATTERNS": {"x"}}, PATTERNS),
        ({"READERS": {"md": None, "txt": "x"}}, "READERS should have a class or None for \"txt\", and not 'x'"),
        ({"DATE_FORMATS": {"fr": ("xx_XX", "%d")}}, f"DATE_FORMATS, fr {NO_LOCALE}"),
        ({"DEFAULT_DATE_FORMAT": ("xx_XX", "%d")}, f"DEFAULT_DATE_FORMAT {NO_LOCALE}"),
        ({"DATE_FORMATS": {"fr": ["C", "%d"]}}, f"DATE_FORMATS, fr {DATES}"),
        ({"DATE_FORMATS": {"fr": ("C", 7)}}, f"DATE_FORMATS, fr {DATES}"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_setting_that_only_pelican_uses_is_told_before_pelican_fails_at_it(slip: dict[str, Any], said: str) -> None:
    with pytest.raises(Slips, match=rf"^\S*pelicanconf\.py(:\d+)?: {re.escape(said)}; Pelican's documentation[^\n]*$"):
        judge(OURS | slip, PROJECT)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("SITENAMEE", "SITENAME"),
        ("CARD", "CARDS"),
        ("NEWSLETER", "NEWSLETTER"),
        ("SITE_NAME", "SITENAME"),
        ("TARGET", "TARGETS"),
        ("INDEXSIZE", "INDEX_SIZE"),
        ("SOCIALS", "SOCIAL"),
        ("ROUND_UP", "ROUNDUP"),
    ],
)
def test_a_name_close_to_a_settings_is_a_slip_even_if_that_one_is_set(written: str, meant: str) -> None:
    with pytest.raises(Slips, match=f'{written} is not a setting; did you mean "{meant}"\\?'):
        judge(OURS | {written: None}, PROJECT)


def test_a_theme_and_a_plugin_may_have_settings_of_their_own() -> None:
    theirs = ("MY_COLOUR", "SITE", "SITEMAP", "TAG_CLOUD_STEPS", "RELATED_POSTS_MAX", "IMAGE_PROCESS", "FEED_FILTER")
    pelicans = (
        "ARTICLE_LANG_URL",
        "CATEGORY_FEED_ATOM_URL",
        "SUMMARY_MAX_LENGTH",
        "DEFAULT_PAGINATION",
        "RELATIVE_URLS",
    )
    private = ("_SITENAME", "_TARGET")
    judge(OURS | dict.fromkeys((*theirs, *pelicans, *private), 3), PROJECT)
