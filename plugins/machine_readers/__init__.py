"""What programs that read may use, where AI_USE allows a use: each story as Markdown, and lists of
stories, llms.txt.

Makes index.md beside each published story that is no copy of another outlet's: a header, then its
text as it was written, without what readers do not see. llms.txt (https://llmstxt.org) names the
sections and the newest stories, and one in each section its newest. A page for people is never sent
in another form because a program asks for it: one address has one content.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from msgspec import Struct

from broadside.markdown.body import CUT
from broadside.markdown.places import IN_LINES
from broadside.plugin import Page, Plugin, Site, give
from broadside.plugins.republish.settings import RepublishSettings
from broadside.site.story import Story
from broadside.urls import Urls, below

LIST, COPY = "llms.txt", "index.md"
MOST = 50
"""Stories in a list; the sitemaps have all."""
INSIDE = r"^[ \t>]*(?:(?:[*+-]|\d+[.)])[ \t]+)?[ \t>]*"
"""What is before words in a quotation or a list."""
TITLE = r"""(?:[ \t>]*(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\))[ \t]*(?:\n|\Z))?"""
DEFINED = re.compile(
    rf"{INSIDE}\[(?!\^)(?P<name>[^\[\]\n]+)\]:[ \t]*(?:\n["
    rf" \t>]*)?(?:<(?P<within>[^<>\n]*)>|(?P<address>\S+)).*\n?{TITLE}",
    re.M,
)
"""The address of a link, below the text. One that no link has is a writer's note."""
EXPLAINED = re.compile(rf"{INSIDE}\*\[([^\]\\\n]+)\][ ]?:[ ]*(?:\n[ ]*)?.*\n?", re.M)
"""What an abbreviation means. Readers do not see one that the text does not use."""
ADDRESS = re.compile(
    r"""(\]\(\s{0,9}|^[ ]{0,3}\[[^\[\]\n]+\]:[ ]{0,9}|href=["'])(?:<([^<>\n]*)>|([^\s<>()"']+))""",
    re.M,
)


class Terms(Struct, frozen=True):
    """What all copies have in common: the outlet and, if others may republish the story, the
    licence.
    """

    urls: Urls
    outlet: str
    license: str = ""
    license_url: str = ""


def is_offered(story: Story) -> bool:
    """Whether a story has a copy: one that appeared here first, and has a folder for it."""
    return not story.canonical and story.url.endswith("/")


def pages(site: Site) -> Iterator[Page]:
    """The copies and the lists, if any use is allowed."""
    if not any(site.settings.AI_USE.values()):
        return
    urls, name = site.urls, site.settings.SITENAME
    offer = RepublishSettings.of(site.settings).REPUBLISH
    terms = Terms(urls, name)
    free = terms
    if offer:
        free = Terms(urls, name, offer.license, offer.license_url)
    for story in filter(is_offered, site.stories):
        yield Page(
            below(story.url, COPY),
            copy,
            {"article": story, "terms": free if story.republish_url else terms},
        )
    sections = [
        listing
        for listing in site.indexes.values()
        if listing.index.kind == "section" and listing.stories
    ]
    for listing in sections:
        about = f"# {listing.index.title} | {name}", listing.index.description
        yield Page(
            below(listing.index.url, LIST),
            listed,
            {"about": about, "stories": newest(listing.stories, urls)},
        )
    below_it = [
        (each.index.title, urls.absolute(below(each.index.url, LIST)), each.index.description)
        for each in sections
    ]
    about = f"# {name}", site.settings.SITESUBTITLE
    yield Page(
        LIST, listed, {"about": about, "sections": below_it, "stories": newest(site.stories, urls)}
    )


def newest(stories: Sequence[Story], urls: Urls) -> list[tuple[str, str, str]]:
    """Headline, address and dek of the newest stories, of those given oldest first."""
    found = filter(is_offered, stories[: -MOST - 1 : -1])
    return [
        (each.title, urls.absolute(below(each.url, COPY)), f"{each.date:%Y-%m-%d}. {each.dek}")
        for each in found
    ]


def listed(
    about: Iterable[str], stories: Sequence[Sequence[str]], sections: Sequence[Sequence[str]] = ()
) -> bytes:
    """A list of stories, and of other lists."""
    title, said = about
    parts = [title, *([f"> {said}"] if said else [])]
    for heading, rows in (("Sections", sections), ("Stories", stories)):
        lines = [
            f"- [{_escaped(name)}]({url})" + (f": {about}" if about else "")
            for name, url, about in rows
        ]
        if lines:
            parts += [f"## {heading}", "\n".join(lines)]
    return "\n\n".join(parts).encode() + b"\n"


def _escaped(words: str) -> str:
    return re.sub(r"([\[\]\\])", r"\\\1", words)


def copy(article: Story, terms: Terms) -> bytes:
    """A story as Markdown."""
    urls = terms.urls
    updated = ""
    if article.updated:
        updated = article.updated.isoformat()
    head = {
        "title": article.title,
        "dek": article.dek,
        "authors": [
            f"{each.author.name} ({each.role})" if each.role else each.author.name
            for each in article.byline
        ],
        "date": article.date.isoformat(),
        "updated": updated,
        "sections": [each.name for each in article.sections],
        "type": article.story_type.name if article.story_type else "",
        "lang": article.lang,
        "canonical": urls.absolute(article.url),
        "corrections": [
            {"date": each.date, "type": each.type, "text": each.text}
            for each in article.corrections
        ],
        **{
            name: getattr(article, name)
            for name in ("ai", "ai_for", "checked_by", "method", "conflicts")
        },
        "sources": [" ".join(filter(None, (each.label, each.url))) for each in article.sources],
        "outlet": terms.outlet,
        "license": terms.license,
        "license_url": terms.license_url,
        "usage": urls.absolute("license.xml"),
    }
    rest = article.record.rest
    text = as_published(rest.written, addresses(article, urls), rest.body.html)
    lines = "".join(
        f"{name}: {json.dumps(value, ensure_ascii=False)}\n"
        for name, value in head.items()
        if value
    )
    return f"---\n{lines}---\n\n{text.strip()}\n".encode()


def addresses(story: Story, urls: Urls) -> dict[str, str]:
    """Each address in the text as it was written -> where it leads on the web."""
    record = story.record
    links = zip(record.links, story.inner_links, strict=True)
    photos = zip(record.photos, story.inline_photos, strict=True)
    return {
        **{written: urls.host + address for (written, _), address in links if address},
        **{each.photo: urls.absolute(photo.src) for each, photo in photos},
        **{chart.data: urls.absolute(story.url) for chart in record.charts},
    }


def as_published(text: str, led: Mapping[str, str], html: str) -> str:
    """A text as readers may see it: without comments and notes, and with whole addresses; `html` is
    what they see of it.
    """

    def seen(found: re.Match[str]) -> str:
        name, address = found["name"].casefold(), found["within"] or found["address"] or ""
        is_link = (
            used.count(f"[{name}]") > 1
            and bool(address)
            and (address in led or escape(address) in html)
        )
        if is_link or escape(f"[{found['name']}]:") in html:
            return found[0]
        return ""

    if "<!--" in text:
        text = CUT.sub(
            "", IN_LINES.sub(lambda found: "" if found[0].startswith("<!--") else found[0], text)
        )
    if "]:" in text:
        used = text.casefold()
        text = DEFINED.sub(seen, text)
        bare = EXPLAINED.sub("", text)
        text = EXPLAINED.sub(lambda found: found[0] if _is_used(found[1], bare) else "", text)
    if led:
        return ADDRESS.sub(lambda found: _whole(found, led), text)
    return text


def _is_used(abbreviation: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(abbreviation)}(?!\w)", text) is not None


def _whole(found: re.Match[str], led: Mapping[str, Any]) -> str:
    written = found[2] or found[3] or ""
    if written in led:
        return f"{found[1]}{led[written]}"
    return found[0]


def register() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(pages=[pages]))
