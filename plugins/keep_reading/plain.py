"""Openings in a plain Pelican site: gives each article `teaser_html` and `rest_html`, which is
empty if the text is not cut.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from markupsafe import Markup
from pelican.contents import Article

from broadside.markdown.tags import with_attributes, with_tags
from broadside.plugins.keep_reading.cutting import place_of_cut
from broadside.plugins.keep_reading.html_blocks import Blocks
from broadside.settings import Settings
from broadside.site.plain import listed


@lru_cache(4096)
def cut(html: str, wanted: int, is_whole: bool, prefix: str) -> tuple[Markup, Markup]:
    """The opening and the rest of a text, its ids with a prefix, so that several texts can be on a
    page.
    """
    text = Blocks(html)
    at = place_of_cut(text.found, wanted, text.more, is_whole or not text.is_sound)
    parts = html, ""
    if at < len(text.found):
        end, start, sections = text.found[at - 1].seam
        ends, begins = (f"</{tag}>" for tag in sections[::-1]), (f"<{tag}>" for tag in sections)
        parts = html[:end] + "".join(ends), "".join(begins) + html[start:]

    def apart(key: str, value: str) -> str:
        if key == "id":
            return f"{prefix}{value}"
        if value[:1] == "#" and value[1:] in text.ids:
            return f"#{prefix}{value[1:]}"
        return value

    opening, rest = (with_tags(part, lambda tag: with_attributes(tag, apart)) for part in parts)
    return Markup(opening), Markup(rest)


def parts_of(article: Any) -> tuple[Markup, Markup]:
    """The opening and the rest of an article, with the links that it has on the page that is being
    written.
    """
    wanted = article.settings.get("KEEP_READING_BLOCKS", Settings.KEEP_READING_BLOCKS)
    return cut(
        article.content or "", wanted, "full" in listed(article, "stream"), f"{article.slug}--"
    )


def connect() -> None:
    """Give Pelican's articles the two attributes, which are worked out when a template asks: links
    depend on the page.
    """
    Article.teaser_html = property(lambda article: parts_of(article)[0])
    Article.rest_html = property(lambda article: parts_of(article)[1])
