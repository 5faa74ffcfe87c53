"""The style guide, ./inv styleguide: every component of the theme with its examples.

It adds nothing to a build.
"""


def register() -> None:
    """Give nothing."""
