"""Settings that are not ours: those of Pelican alone, those of a theme or a plugin, and names that
are nearly ours.
"""

from __future__ import annotations

import pytest

from broadside.config.files import Slips, settings_in
from broadside.config.judge import judge
from tests.repository import PROJECT

OURS = settings_in("publishconf.py", PROJECT)


@pytest.mark.parametrize("written", ["SITENAMEE", "CARD", "NEWSLETER", "ROUND_UP"])
def test_a_name_close_to_a_settings_is_a_slip_even_if_that_one_is_set(written: str) -> None:
    with pytest.raises(Slips, match=written):
        judge(OURS | {written: None}, PROJECT)


def test_a_theme_and_a_plugin_may_have_settings_of_their_own() -> None:
    theirs = (
        "MY_COLOUR",
        "SITE",
        "SITEMAP",
        "TAG_CLOUD_STEPS",
        "RELATED_POSTS_MAX",
        "IMAGE_PROCESS",
        "FEED_FILTER",
    )
    pelicans = (
        "ARTICLE_LANG_URL",
        "CATEGORY_FEED_ATOM_URL",
        "SUMMARY_MAX_LENGTH",
        "DEFAULT_PAGINATION",
        "RELATIVE_URLS",
    )
    private = ("_SITENAME", "_TARGET")
    judge(OURS | dict.fromkeys((*theirs, *pelicans, *private), 3), PROJECT)
