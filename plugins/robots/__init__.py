"""robots.txt, which says what programs may read and for what purposes, and the same terms as a
machine-readable licence.

Makes robots.txt; license.xml (RSL 1.0, https://rslstandard.org/rsl) if AI_USE is set; and the file
that proves the outlet's key to search engines.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterator
from typing import Literal

from broadside.plugin import Page, Plugin, Site, give
from broadside.shapes import AiUse
from broadside.site.policies import content_usage
from broadside.site.syndication import xml_file

CRAWLERS: dict[Literal["train", "answers"], tuple[str, ...]] = {
    "train": (
        *("AI2Bot", "Amazonbot", "Applebot-Extended", "Bytespider", "CCBot", "ClaudeBot"),
        *(
            "cohere-training-data-crawler",
            "Diffbot",
            "Google-Extended",
            "GPTBot",
            "meta-externalagent",
            "PanguBot",
        ),
        *("Timpibot", "Webzio-Extended"),
    ),
    "answers": (
        *(
            "ChatGPT-User",
            "Claude-SearchBot",
            "Claude-User",
            "DuckAssistBot",
            "meta-externalfetcher",
        ),
        *("MistralAI-User", "OAI-SearchBot", "Perplexity-User", "PerplexityBot"),
    ),
}
"""The crawlers for one purpose, by the names that their makers document."""
SIGNALS = {"train": "ai-train", "answers": "ai-input"}
"""The purposes as RSL and Content-Signal (https://contentsignals.org) name them."""
RSL = "https://rslstandard.org/rsl"


def pages(site: Site) -> Iterator[Page]:
    """robots.txt and its companions."""
    allowed = site.settings.AI_USE
    key = site.settings.INDEXNOW_KEY
    absolute = site.urls.absolute
    about = [f"Sitemap: {absolute(name)}" for name in ("sitemap.xml", "news-sitemap.xml")]
    if allowed:
        about.append(f"License: {absolute('license.xml')}")
        yield Page("license.xml", licence(allowed))
    groups = [everyone(allowed), *([refused] if (refused := refusals(allowed)) else [])]
    yield Page(
        "robots.txt",
        "".join(f"{chr(10).join(lines)}\n\n" for lines in groups).encode() + _lines(about),
    )
    if key:
        yield Page(f"{key}.txt", key.encode())


def everyone(allowed: AiUse) -> list[str]:
    """The group of all programs: they may read all pages, for the stated purposes."""
    lines = ["User-agent: *", "Allow: /"]
    if allowed:
        said = {"search": True, **{SIGNALS[use]: allowed[use] for use in SIGNALS if use in allowed}}
        lines.append(
            "Content-Signal: "
            + ", ".join(f"{use}={'yes' if may else 'no'}" for use, may in said.items())
        )
    if usage := content_usage(allowed):
        lines.append(f"Content-Usage: {usage}")
    return lines


def refusals(allowed: AiUse) -> list[str]:
    """The group of programs that read only for a refused purpose; empty if there is none."""
    names = [name for use, names in CRAWLERS.items() if allowed.get(use) is False for name in names]
    if names:
        return [*(f"User-agent: {name}" for name in names), "Disallow: /"]
    return []


def licence(allowed: AiUse) -> bytes:
    """The terms in Really Simple Licensing."""
    root = etree.Element("rsl", {"xmlns": RSL})
    terms = etree.SubElement(etree.SubElement(root, "content", {"url": "/"}), "license")
    said = {"search": True, **{SIGNALS[use]: may for use, may in allowed.items()}}
    for name, answer in (("permits", True), ("prohibits", False)):
        uses = [use for use, may in said.items() if may is answer]
        if uses:
            etree.SubElement(terms, name, {"type": "usage"}).text = " ".join(uses)
    return xml_file(root)


def _lines(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def register() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(pages=[pages]))
