"""The keys of settings that have some."""

from __future__ import annotations

from broadside.shapes import Keys


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
