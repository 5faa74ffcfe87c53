"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from broadside.settings import PluginSettings
from broadside.shapes import ApartPlace, Keys


class Republish(Keys):
    """The terms on which others may republish stories."""

    license: str
    """The licence, such as `"CC BY-ND 4.0"`."""
    license_url: str
    """Its address."""
    rules: list[str]
    """A list of sentences."""
    pixel: str = ""
    """An image that counts readers elsewhere, such as `"https://count.example/{slug}.gif"`, with
    the story's `{slug}` or `{url}`; without it nobody is counted.
    """


class RepublishSettings(PluginSettings):
    """What an outlet sets of it."""

    ## What readers can do
    REPUBLISH: Republish | None = None
    """The terms on which other outlets may republish your stories.

    Each story then has a page with its HTML and text to copy; `republish: no` in a story excludes
    it. `None` offers nothing.
    """

    ## Addresses
    REPUBLISH_URL: ApartPlace = "republish/"
    """The page from which others may copy a story: the folder below the story's own address."""
