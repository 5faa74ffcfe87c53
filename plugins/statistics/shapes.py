"""The keys of settings that have some."""

from __future__ import annotations

from typing import Literal

from broadside.shapes import Keys, Service

PRIVACY = "privacy/"
"""The usual address of the page that says what is counted."""


class Statistics(Keys):
    """The service that counts readers, and where it runs."""

    service: Literal["goatcounter", "plausible", "umami", "matomo"]
    """What counts them."""
    url: Service
    """Where it runs, on its makers' host or on yours, such as `"https://halyard.goatcounter.com"`,
    `"https://plausible.io"`, `"https://cloud.umami.is"` or `"https://stats.example.org"`. On the
    site's own host, name its path in `ELSEWHERE_PATHS`.
    """
    site: str = ""
    """By what it knows your site: Plausible by your domain, Umami by an id, Matomo by a number in
    quotes. GoatCounter wants none.
    """
    picture: bool = False
    """`True` counts by a picture instead of a script (GoatCounter, Matomo): also who has scripts
    switched off, and programs too.
    """
    privacy: str = ""
    """The address of your page about privacy, if it is not `"privacy/"`.

    A sentence at its end says what is counted, and by whom.
    """
