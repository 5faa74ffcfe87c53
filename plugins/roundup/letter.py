"""The content of a round-up's mail, as plain values, for both its HTML and its plain text.

The editor's note consists of the few elements that all mail programs show alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from operator import attrgetter

import nh3
from msgspec import Struct, field
from msgspec.structs import replace

from broadside.content.terms import signed
from broadside.look.data import Look
from broadside.markdown.bare import clean, plain
from broadside.markdown.tags import attribute, name_of, with_tags
from broadside.media.photos import Photo, credit_line
from broadside.plugins.roundup.content import address
from broadside.plugins.roundup.edition import Roundup
from broadside.site.story import Story
from broadside.site.syndication import absolute
from broadside.urls import Urls
from broadside.words import Catalogs, Language

STYLES: Mapping[str, str] = {
    "p": "margin:0 0 16px",
    "h2": "margin:24px 0 8px;font-size:20px;line-height:26px",
    "h3": "margin:20px 0 8px;font-size:18px;line-height:24px",
    "ul": "margin:0 0 16px;padding:0 0 0 22px",
    "ol": "margin:0 0 16px;padding:0 0 0 22px",
    "li": "margin:0 0 6px",
    "aside": "margin:0 0 16px;padding:12px 16px;border:1px solid {rule}",
    "blockquote": "margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid {rule}",
    "hr": "margin:24px 0;border:0;border-top:1px solid {rule}",
    "pre": "margin:0 0 16px;white-space:pre-wrap;font-size:15px",
    "table": "margin:0 0 16px;border-collapse:collapse;font-size:15px",
    "td": "padding:4px 12px 4px 0;vertical-align:top",
    "th": "padding:4px 12px 4px 0;vertical-align:top;text-align:left",
}
"""Each element's style attribute, because not every program reads a style sheet. Links get theirs
from the template, and lines their colour from the look.
"""
OTHER_TAGS = "a b br code dd div dl dt em h4 h5 i s small strong sub sup tbody thead tr".split()
MOST_OF_NOTE = 30_000
"""The maximum size of a note's HTML, in bytes; a longer note is cut after the last block that fits,
and continues on its page.
"""
NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that are allowed in neither XML nor a header."""
PREVIEW, SUBJECT = 200, 200
SHORTER = (240, 160, 90, 0)
"""The maximum length of deks in letters, step by step if a mail is too long; 0 means no dek."""


class Sender(Struct, frozen=True):
    """The sender of the mail: names, web addresses, the look, and values from the setting ROUNDUP.

    `address` is the postal address, and `unsubscribe` a placeholder that the provider replaces with
    each reader's own link.
    """

    name: str
    subtitle: str
    lang: str
    urls: Urls
    look: Look
    address: str = ""
    unsubscribe: str = ""
    catalogs: Catalogs = field(default_factory=Catalogs)


class MailPicture(Struct, frozen=True):
    """The one picture of a mail, at its absolute address."""

    src: str
    alt: str
    credit: str


class Item(Struct, frozen=True):
    """A story in a mail. `lang` is "" if it is the outlet's language."""

    title: str
    dek: str
    url: str
    byline: str
    lang: str = ""
    dir: str = "ltr"


class Letter(Struct, frozen=True):
    """A round-up in the form of its mail.

    `page` is its address on the web, which has the `more` stories that do not fit into the mail.
    `note` is HTML for MJML, and `words` the same note as text. If the note is not `entire`, it
    continues on that page.
    """

    outlet: Sender
    title: str
    preview: str
    dek: str
    date: str
    page: str
    past: str
    lang: str
    dir: str
    note: str = ""
    words: str = ""
    entire: bool = True
    picture: MailPicture | None = None
    lead: Item | None = None
    by_section: tuple[tuple[str, str, tuple[Item, ...]], ...] = ()
    briefs: tuple[Item, ...] = ()
    more: int = 0

    @property
    def language(self) -> Language:
        """The interface's words in the note's language."""
        return self.outlet.catalogs.of(self.lang)

    @property
    def is_of_lead(self) -> bool:
        """Whether its title is the headline of its first story, as without a note."""
        return self.lead is not None and self.lead.title == self.title

    @property
    def items(self) -> list[Item]:
        """All stories, in order."""
        return [
            *([self.lead] if self.lead else []),
            *(item for row in self.by_section for item in row[2]),
            *self.briefs,
        ]


def in_one_line(text: str) -> str:
    """The text on one line, without characters that XML or a header may not have."""
    return " ".join(NOT_XML.sub("", text).split())


def shortened(text: str, most: int) -> str:
    """The text, cut between words if it has more than `most` letters; "" for 0."""
    if len(text) <= most:
        return text
    if most:
        return text[: most - 1].rpartition(" ")[0].rstrip(",;:—– ") + "…"
    return ""


def letter_of(roundup: Roundup, outlet: Sender) -> Letter:
    """The complete letter of a round-up."""
    chosen, urls, words = roundup.chosen, outlet.urls, outlet.catalogs.of(roundup.lang)
    page = urls.absolute(roundup.url or urls.own["latest"])
    kept, entire = "", True
    if roundup.record is not None:
        kept, entire = blocks_that_fit(
            [roundup.filled(block.html) for block in roundup.record.body.blocks]
        )
    dek, lead = in_one_line(roundup.dek), _item(chosen.lead, outlet) if chosen.lead else None
    title = in_one_line(roundup.title)
    told = dek
    if lead and lead.title == title:
        told = lead.dek
    picture = None
    if chosen.lead and chosen.lead.photo:
        picture = _picture(chosen.lead, chosen.lead.photo, urls)
    past = ""
    if roundup.url:
        past = urls.absolute(address(urls))
    return Letter(
        outlet=outlet,
        title=title,
        preview=shortened(
            told or words.comma().join(in_one_line(story.title) for story in chosen.stories[:3]),
            PREVIEW,
        ),
        dek=dek,
        date=words.long_date(roundup.date),
        page=page,
        past=past,
        lang=roundup.lang,
        dir=roundup.dir,
        note=NOT_XML.sub("", note_for_mail(kept, urls, page, outlet.look.light.rule)),
        words=NOT_XML.sub("", note_for_text(kept, urls, page)),
        entire=entire,
        picture=(picture),
        lead=lead,
        by_section=tuple(
            (
                in_one_line(section.name),
                urls.absolute(section.url),
                tuple(_item(story, outlet) for story in row),
            )
            for section, row in chosen.by_section
        ),
        briefs=tuple(_item(story, outlet) for story in chosen.briefs),
    )


def _picture(story: Story, photo: Photo, urls: Urls) -> MailPicture:
    # It is a link, which must have a name.
    return MailPicture(
        urls.absolute(photo.src),
        in_one_line(photo.alt or story.title),
        in_one_line(credit_line(photo).words),
    )


def _item(story: Story, outlet: Sender) -> Item:
    lang = story.lang
    if story.lang == outlet.lang:
        lang = ""
    url = outlet.urls.absolute(story.url)
    return Item(
        in_one_line(story.title),
        in_one_line(story.dek),
        url,
        in_one_line(byline(story, outlet.catalogs.of(story.lang))),
        lang,
        story.dir,
    )


def byline(story: Story, words: Language) -> str:
    """A story's authors, and its column or type: "By A, B and C · translated by D · Analysis"."""
    filed = story.filed_as or story.story_type
    return " · ".join(
        filter(
            None, (*signed(story.byline, words, attrgetter("name")), filed.name if filed else "")
        )
    )


def shorter(letter: Letter) -> Iterator[Letter]:
    """The letter, then shorter and shorter ones: with shorter deks, then with fewer stories, in the
    end with none.
    """
    yield letter
    for most in SHORTER:
        yield _with_only(letter, letter.items, most)
    left = len(letter.items)
    while left:
        left = left * 4 // 5
        yield _with_only(letter, letter.items[:left], 0)


def _with_only(letter: Letter, items: Sequence[Item], most: int) -> Letter:
    """The letter with only these stories, and with deks of at most `most` letters."""
    kept: Mapping[str, Item] = {
        item.url: replace(item, dek=shortened(item.dek, most)) for item in items
    }

    def of_kept(row: Sequence[Item]) -> tuple[Item, ...]:
        return tuple(kept[item.url] for item in row if item.url in kept)

    sections = tuple((name, url, of_kept(row)) for name, url, row in letter.by_section)
    lead = None
    if letter.lead:
        lead = next(iter(of_kept([letter.lead])), None)
    picture = None
    if items:
        picture = letter.picture
    return replace(
        letter,
        picture=picture,
        lead=lead,
        by_section=tuple(section for section in sections if section[2]),
        briefs=of_kept(letter.briefs),
        more=len(letter.items) - len(items),
    )


def blocks_that_fit(blocks: Sequence[str]) -> tuple[str, bool]:
    """As many of the first blocks as fit, and whether these are all."""
    sizes = accumulate(len(block.encode("utf-8", "replace")) for block in blocks)
    fit = sum(size <= MOST_OF_NOTE for size in sizes)
    return "".join(blocks[:fit]), fit == len(blocks)


def note_for_mail(html: str, urls: Urls, page: str, rule: str) -> str:
    """A note's HTML for MJML, which is XML: plain elements with style attributes, absolute links,
    and lines in the colour `rule`.
    """
    # Nothing opens in a mail.
    opened = html.replace("<summary>", "<p><strong>").replace("</summary>", "</strong></p>")
    opened = opened.replace("<details", "<aside").replace("</details", "</aside")
    done = nh3.clean(
        clean(absolute(opened, urls, page)),
        tags={*STYLES, *OTHER_TAGS},
        attributes={"a": {"href"}, "*": {"dir", "lang"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        set_tag_attribute_values={
            tag: {"style": style.format(rule=rule)} for tag, style in STYLES.items()
        },
    )
    closed = with_tags(
        done.replace("&nbsp;", "&#160;"),
        lambda tag: f"{tag[:-1]}/>" if name_of(tag) in ("br", "hr") else tag,
    )
    return closed.replace('<a href="', '<a class="accent" href="')


def note_for_text(html: str, urls: Urls, page: str) -> str:
    """A note as plain text, with each link's address after it."""

    address = ""

    def with_address(tag: str) -> str:
        nonlocal address
        if name_of(tag) == "a":
            address = attribute(tag, "href")
        is_end = name_of(tag) == "/a" and address and not address.startswith(f"{page}#")
        if is_end:
            return f" &lt;{address}&gt;{tag}"
        return tag

    return plain(with_tags(clean(absolute(html, urls, page)), with_address)).strip()
