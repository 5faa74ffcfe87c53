"""The publisher: the outlet as schema.org's NewsMediaOrganization, with its policies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from broadside.site.policies import POLICIES
from broadside.urls import Urls

CONTEXT = "https://schema.org"
WITH_A_STORY = POLICIES[:5]
"""The policies in every story's data; the front page has all."""


class Outlet(Struct, frozen=True):
    """The outlet; `logo` and `policies` have addresses below the site's root, `social` are its
    profiles elsewhere.
    """

    name: str
    urls: Urls
    description: str = ""
    lang: str = "en"
    logo: str = ""
    policies: Mapping[str, str] = field(default_factory=dict)
    social: tuple[str, ...] = ()


def publisher(outlet: Outlet) -> dict[str, Any]:
    """The outlet as a story's publisher."""
    return _organization(outlet, WITH_A_STORY)


def front_data(outlet: Outlet) -> list[dict[str, Any]]:
    """The data of the front page: the site, and everything that the outlet says about itself."""
    site = {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": outlet.name,
        "url": outlet.urls.absolute(""),
    }
    # A feed of this site or a mail address does not identify the outlet elsewhere.
    elsewhere = [address for address in outlet.social if address.startswith("http")]
    whole = _organization(outlet, POLICIES) | with_values(
        description=outlet.description, sameAs=elsewhere
    )
    return [site | {"inLanguage": outlet.lang}, {"@context": CONTEXT} | whole]


def with_values(**properties: Any) -> dict[str, Any]:
    """The properties that have a value."""
    return {name: value for name, value in properties.items() if value}


def _organization(outlet: Outlet, policies: tuple[str, ...]) -> dict[str, Any]:
    absolute, addresses = outlet.urls.absolute, outlet.policies
    return {
        "@type": "NewsMediaOrganization",
        "name": outlet.name,
        "url": absolute(""),
        **with_values(logo=outlet.logo and absolute(outlet.logo)),
        **{name: absolute(addresses[name]) for name in policies if name in addresses},
    }
