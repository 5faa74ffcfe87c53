"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only the check of settings needs the types
    from broadside.plugins.newsletter.shapes import Newsletter
    from broadside.shapes import ApartPlace, TextPlace

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
