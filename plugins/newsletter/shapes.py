"""The keys of settings that have some."""

from __future__ import annotations

from broadside.shapes import Keys, Secure


class Newsletter(Keys):
    """The sign-up box."""

    action: Secure
    """The provider's address, to which the form is sent, with `https://`."""
    field: str
    """The provider's name for the email field."""
    title: str
    """The title of the box."""
    text: str
    """The text below it."""
    hidden: dict[str, str] = {}
    """Whatever else the provider's own form sends, such as `{"list": "7"}`, the number of a
    list.
    """
    day: str = ""
    """The day on which the letter comes, such as `"On Fridays"`."""
    promise: str = ""
    """A sentence below the button."""
    sample: str = ""
    """The address of an issue. Without it, the box links to the newest round-up."""
