"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from broadside.settings import PluginSettings
from broadside.shapes import ApartPlace, Keys, Port, Some


class Letters(Keys):
    """Who sends the weekly letter, and the server through which a test is sent."""

    sender: str = ""
    """Who sends it, such as `"Halyard <weekly@halyard.example>"`."""
    address: str = ""
    """The postal address at its foot, which the law of some countries requires."""
    unsubscribe: str = ""
    """The placeholder that the provider replaces with the unsubscribe address, such as `"{{
    unsubscribe_url }}"`.
    """
    host: str = ""
    """The mail server through which a test is sent; empty until you have one."""
    port: Port = 25
    """Its port, such as `587`."""
    starttls: bool = False
    """Whether it begins encryption with STARTTLS."""
    user: str = ""
    """The name to log in with, if the server requires a login."""
    password_env: str = ""
    """The environment variable that holds the password, such as `"ROUNDUP_PASSWORD"`."""


class RoundupSettings(PluginSettings):
    """What an outlet sets of it."""

    ## What readers can do
    ROUNDUP: Letters | None = None
    """The weekly letter, `./inv roundup`, and the server through which a test is sent."""

    ## How much
    ROUNDUP_LEAST: Some = 3
    """The fewest stories that a round-up may have; with fewer, `./inv roundup` makes no mail, and
    fails.
    """

    ## Addresses
    ROUNDUP_URL: ApartPlace = "roundup/"
    """The round-ups."""
