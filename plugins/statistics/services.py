"""The services that can count readers, which the setting STATISTICS names: what a page loads, and
what its policy must allow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlsplit

from msgspec import Struct

from broadside.plugins.statistics.settings import Statistics


class Service(Struct, frozen=True):
    """A service: its name, the path of its script, what that reads from its element, and the path
    of a picture that counts too.

    The address of the page follows that of the picture.
    """

    name: str
    script: str
    data: Mapping[str, str]
    picture: str = ""


SERVICES = {
    "goatcounter": Service(
        "GoatCounter", "count.js", {"goatcounter": "{url}/count"}, "count?p={root}"
    ),
    "plausible": Service("Plausible", "js/script.js", {"domain": "{site}"}),
    "umami": Service("Umami", "script.js", {"website-id": "{site}", "host-url": "{url}"}),
    "matomo": Service(
        "Matomo",
        "matomo.js",
        {"url": "{url}", "site": "{site}"},
        "matomo.php?idsite={site}&rec=1&url={siteurl}",
    ),
}
"""Each service by its name in the setting."""


class Counter(Struct, frozen=True):
    """What counts a reader, for templates: either a script with what it reads, or a picture.

    Readers learn its name and its host.
    """

    service: str
    name: str
    host: str
    script: str = ""
    data: Mapping[str, str] = {}
    picture: str = ""


def counter_of(setting: Statistics, siteurl: str) -> Counter:
    """What counts the readers of a site at an address."""
    service, url = SERVICES[setting.service], setting.url.rstrip("/")
    here, host = urlsplit(siteurl), urlsplit(url).hostname or ""
    known = {"url": url, "site": setting.site}
    if setting.picture:
        path = service.picture.format(
            site=quote(known["site"], safe=""),
            root=quote(here.path),
            siteurl=quote(siteurl, safe=":/"),
        )
        return Counter(setting.service, service.name, host, picture=f"{url}/{path}")
    data = {name: value.format(**known) for name, value in service.data.items()}
    return Counter(setting.service, service.name, host, f"{url}/{service.script}", data)


def allowed(setting: Statistics | None) -> Iterator[tuple[str, str]]:
    """The directives of the policy that must name the service's origin as well: it serves the
    script, and is told of readers.
    """
    if setting:
        address = urlsplit(setting.url)
        loaded = ["img-src"]
        if not setting.picture:
            loaded += ["script-src", "connect-src"]
        for directive in loaded:
            yield directive, f"{address.scheme}://{address.netloc}"
