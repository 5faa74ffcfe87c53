"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from broadside.settings import PluginSettings
from broadside.shapes import ApartPlace, Keys, Secure, TextPlace


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


class NewsletterSettings(PluginSettings):
    """What an outlet sets of it."""

    ## What readers can do
    NEWSLETTER: Newsletter | None = None
    """The sign-up box. `None` leaves out the box and the pages to which [the provider sends readers
    back](for-site-owners.md#the-newsletter)."""

    ## Addresses
    NEWSLETTER_URL: TextPlace = "newsletter/"
    """The page that offers the newsletter, if `NEWSLETTER` is set.

    Its text is that of a page of yours at this address.
    """
    THANKS_URL: ApartPlace = "newsletter/thanks/"
    """The page to which the newsletter's provider sends readers who signed up."""
    SORRY_URL: ApartPlace = "newsletter/sorry/"
    """The page to which it sends readers whose address it did not accept."""
