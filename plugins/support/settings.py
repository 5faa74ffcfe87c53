"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from broadside.settings import PluginSettings
from broadside.shapes import Keys, Secure, TextPlace


class Monthly(Keys):
    """Support that is given every month, beside what is given once."""

    amounts: list[tuple[str, str]]
    """What each button says and its amount."""
    hidden: dict[str, str] = {}
    """What tells the provider so, such as `{"interval": "month"}`."""


class Support(Keys):
    """The call for support, and where readers can give it: the address of a page, or that of a
    form.
    """

    title: str
    """The title of the call."""
    text: str
    """Its text."""
    button: str
    """What the button says."""
    url: Secure = ""
    """Where readers can give support: either this, the provider's page, with `https://`, or
    `action`.
    """
    action: Secure = ""
    """The address to which a form is sent, with `https://`. The next four belong to a form."""
    hidden: dict[str, str] = {}
    """Whatever else the provider wants to receive, such as `{"fund": "general"}`."""
    field: str = ""
    """The provider's name for the amount; goes with `amounts`."""
    amounts: list[tuple[str, str]] = []
    """What each button says and its amount, such as `[("€5", "5"), ("€10", "10")]`."""
    monthly: Monthly | None = None
    """The same for what readers give every month, such as `{"amounts": [("€3", "3")], "hidden":
    {"interval": "month"}}`, with what tells the provider so.
    """


def _one_way(support: Mapping[str, Any] | None) -> None:
    """A call leads to one place."""
    if support and ("url" in support) == ("action" in support):
        raise ValueError(
            "should have either url, the page where support is given, or action, the address of a"
            " form"
        )


CHECKS = {"SUPPORT": _one_way}


class SupportSettings(PluginSettings):
    """What an outlet sets of it."""

    ## What readers can do
    SUPPORT: Support | None = None
    """The [call for readers' support](editors-reference.md#the-call-for-support).

    No script of the provider's is ever loaded. `None` leaves it out.
    """

    ## Addresses
    SUPPORT_URL: TextPlace = "support/"
    """The page about support, if `SUPPORT` is set. Its text is that of a page of yours at this
    address.
    """
