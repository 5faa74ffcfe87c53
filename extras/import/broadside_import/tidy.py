"""Turns an archive's HTML into a clean tree: blocks that contain blocks or words, and the forms of
model.py.

The tree has only these elements: the blocks p, h1 to h6, ul, ol, li, dl, dt, dd, blockquote, aside,
details, pre, table, hr, photo, card and cut; and inline elements in them. Photos, cards and cuts
are at the top, never inside another block.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import escape, unescape
from typing import cast
from urllib.parse import unquote

import nh3
from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, NavigableString, PageElement

from broadside.importer import CUT, HIDDEN, UNPRINTABLE, UNSPACED
from broadside_import.cards import card_of, whole
from broadside_import.credits import split_credit
from broadside_import.readable import element, replaced, soup_of
from broadside_import.wordpress_html import with_captions

MOST_LETTERS = 3_000_000
"""Of a body; a book has a million. A longer one is imported without its tags."""
DEEPEST = 150
BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote aside details summary pre table hr photo"
    " card cut".split()
)
BOXES = frozenset(
    "div section article main header footer nav center figure figcaption form fieldset address"
    " hgroup dir menu legend caption thead tbody tfoot tr td th".split()
)
"""Elements that separate words, and mean nothing else to us."""
INLINE = frozenset(
    "a abbr b bdi bdo br cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strike"
    " strong sub sup time tt u var big font acronym wbr label".split()
)
AT_THE_TOP = ("photo", "card", "cut")
"""Blocks that are in no other."""
OUTER = frozenset("iframe video audio source embed object param img picture".split())
ALLOWED = BLOCKS | BOXES | INLINE | OUTER
ATTRIBUTES = {
    "*": {"id", "class", "lang", "dir", "title", "name", "role", "align", "style"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "srcset", "data-src"},
    "iframe": {"src", "data-src"},
    "video": {"src", "poster"},
    "audio": {"src"},
    "source": {"src", "type", "srcset"},
    "embed": {"src", "type"},
    "object": {"data", "type"},
    "param": {"value"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "time": {"datetime"},
    "blockquote": {"cite"},
}
SWALLOWED = frozenset(
    "script style noscript template svg head title textarea select applet xml".split()
)
"""Elements whose words are not a story's; Word keeps its settings in `xml`."""
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
SELF_CLOSED = re.compile(r"<([a-z][a-z0-9:-]*+)\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)/>", re.I)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*?(/?)>")
UNCLOSED = frozenset("p li dt dd tr td th option thead tbody tfoot colgroup rt rp".split()) | VOID
C1 = re.compile("[\x80-\x9f]")
TEXT_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|tr|table|blockquote|pre|br|hr|section|article)\b[^<>]*>", re.I
)
UNSAID = re.compile(r"<(script|style)\b|<!(--)", re.I)
UNSAID_END = re.compile(r"</(script|style)\s*>|(--)>", re.I)
ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
PULLQUOTE = re.compile(r"\b(?:wp-block-pullquote|pull-?quote|has-pullquote)\b", re.I)
BOX = re.compile(
    r"(?:^|[\s_-])(?:callout|call-out|sidebar|side-bar|infobox|info-box|textbox|text-box|kg-callout-card|box|notice|boxout|box-out|note-box)(?:$|[\s_-])",
    re.I,
)
POSTS = re.compile(
    r"twitter-(?:tweet|video)|instagram-media|tiktok-embed|bluesky-embed|mastodon-embed|fb-post|text-post-media|reddit-embed",
    re.I,
)
PIXELS = re.compile(
    r"feeds\.feedburner\.com/~[rf]|feedads\.|stats\.wordpress\.com|pixel\.wp\.com|doubleclick\.net|/wp-includes/images/smilies/"
    r"|assoc-amazon\.|google-analytics\.|blogger\.googleusercontent\.com/tracker|feedsportal\.com|counter\.theconversation",
    re.I,
)
LAZY = (
    "data-orig-file",
    "data-large-file",
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-lazy",
)
CAPTIONS = re.compile(r"\b(?:wp-caption-text|caption|gallery-caption|image-caption)\b", re.I)
VERSE = re.compile(r"\b(?:verse|poem|poetry)\b", re.I)
INDENT = "\ue001"
"""A space at the beginning of a line of verse; a character that no text has."""
PARTS_OF_TABLES = ("thead", "tbody", "tfoot", "tr", "td", "th", "caption")
GALLERIES = ".wp-block-gallery, .kg-gallery-card, .gallery, [data-gallery]:not(img)"
"""Boxes of pictures that are one figure: WordPress', Ghost's, and those that a reader has
marked.
"""
WRITTEN_TAG = re.compile(r'<!--.*?-->|</?([a-z0-9]+)[^<>"]*+(?:"[^"]*+"[^<>"]*+)*+>', re.S)
"""A tag in HTML that was written by a program."""
WHOLE_ADDRESS = re.compile(r"https?://\S+")
WITHIN_WORDS = INLINE - {"br", "sup", "rt", "rp", "q", "time"}
"""Elements that may begin or end in the middle of a word."""
LETTER = f"{UNSPACED}\uac00-\ud7af"
WORD = re.compile(rf"[{LETTER}]|[^\W_{LETTER}]+")
"""A word, or a letter of a script without spaces between words."""
BARE_ADDRESS = re.compile(
    r"(?<![\w=:/\[])(https?://(?:[^\s<>\"“”()\[\]{}]|\([^\s<>()]{0,100}\))+(?<![.,;:!?'’*_…]))"
)
"""An address in words that are no link, without the sign at the end of a sentence."""


class Tidied:
    """A tidy tree; its notes by key; what was left out of it, in words."""

    def __init__(self) -> None:
        self.soup = soup_of("")
        self.notes: dict[str, Tag] = {}
        self.left: list[tuple[str, str]] = []
        self.said = Counter[str]()
        """The words of the body before any change."""


def tidied(html: str) -> Tidied:
    """The tidy tree of a body."""
    out = Tidied()
    soup = out.soup = parsed(html, out)
    _comments(soup)
    _find_notes(soup)
    _embeds(soup, out)
    _pictures(soup, out)
    _boxes(soup)
    _verses(soup)
    _tables(soup)
    _keep_texts_of_notes(soup, out)
    _merge_twins(soup)
    arrange(soup)
    for text in out.notes.values():
        arrange(text)
        for block in text.find_all(AT_THE_TOP):
            block.extract()
            soup.append(block)
    return out


def parsed(html: str, out: Tidied) -> BeautifulSoup:
    """HTML parsed as in a browser, without scripts, styles and forbidden characters."""
    html = C1.sub(lambda match: match[0].encode("latin-1").decode("cp1252", "ignore"), html)
    html = UNPRINTABLE.sub("", html.replace("\r\n", "\n").replace("\r", "\n"))
    if len(html) > MOST_LETTERS or _depth(html) > DEEPEST:
        out.left.append(
            (
                "a body that is longer or more deeply nested than any story",
                "its words, without tags",
            )
        )
        html = plain(html[: 4 * MOST_LETTERS])[:MOST_LETTERS]
    html = SELF_CLOSED.sub(_closed, with_captions(html))
    clean = nh3.clean(
        html,
        tags=set(ALLOWED),
        clean_content_tags=set(SWALLOWED),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        generic_attribute_prefixes={"data-"},
        strip_comments=False,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel", "ftp", "data", "feed", "sms", "whatsapp"},
    )
    out.said = words_in(clean)
    return soup_of(clean)


def words_in(html: str) -> Counter[str]:
    """How often each word occurs in HTML written by a program; addresses do not count, as cards
    show them in another form.
    """
    text = unescape(WRITTEN_TAG.sub(lambda tag: "" if tag[1] in WITHIN_WORDS else " ", html))
    return Counter(WORD.findall(HIDDEN.sub("", WHOLE_ADDRESS.sub(" ", text)).casefold()))


def plain(html: str) -> str:
    """The words of HTML, in paragraphs."""
    words = ANY_TAG.sub("", TEXT_BLOCK.sub("\n", replaced(html, UNSAID, UNSAID_END, lambda *_: "")))
    return "".join(
        f"<p>{escape(unescape(line), quote=False)}</p>\n"
        for line in words.split("\n")
        if line.strip()
    )


def _closed(match: re.Match[str]) -> str:
    if match[1].lower() in VOID:
        return match[0]
    return f"<{match[1]}{match[2]}></{match[1]}>"


def _depth(html: str) -> int:
    depth = deepest = 0
    for match in TAG.finditer(html):
        if match[2].lower() not in UNCLOSED and not match[3]:
            if match[1]:
                depth = max(0, depth - 1)
            else:
                depth += 1
            deepest = max(deepest, depth)
    return deepest


def _comments(soup: BeautifulSoup) -> None:
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        if CUT.fullmatch(f"<!--{comment}-->") or comment.strip().startswith("more "):
            comment.replace_with(element("cut"))
        else:
            comment.extract()


def attribute(tag: Tag, name: str) -> str:
    """An attribute's value as text."""
    value = tag.get(name)
    if isinstance(value, list):
        return " ".join(value)
    return value or ""


def has_words(tag: Tag) -> bool:
    """Whether an element contains words."""
    return any(said.strip() for said in tag.strings)


def words_of(node: PageElement) -> str:
    """The words of an element on one line."""
    return " ".join((node.get_text(" ") if isinstance(node, Tag) else str(node)).split())


# Notes: any link to a place that links back is one, in every dialect.


def _find_notes(soup: BeautifulSoup) -> None:
    places = {
        name: tag
        for tag in soup.find_all(True)
        for name in (_id(tag), attribute(tag, "name"))
        if name
    }
    texts: dict[int, str] = {}
    for link in soup.find_all("a", href=re.compile(r"#")):
        target = places.get(unquote(attribute(link, "href").partition("#")[2]))
        if target is None or link.parent is None or target is link or target in link.parents:
            continue
        own = _names_around(link)
        text = _text_of_note(target, link, own)
        if text is None:
            continue
        if id(text) not in texts:
            texts[id(text)] = str(len(texts) + 1)
            text["data-note-text"] = texts[id(text)]
        mark = link
        if link.parent.name == "sup" and words_of(link.parent) == words_of(link):
            mark = link.parent
        mark.replace_with(element("sup", data_note=texts[id(text)]))
    for text in soup.select("[data-note-text]"):
        _strip_ways_back(text)


def _id(tag: Tag) -> str:
    return attribute(tag, "id")


def _names_around(link: Tag) -> set[str]:
    """The ids of a link, and of elements that contain nothing but the link."""
    found = {_id(link), attribute(link, "name")}
    for inner in link.find_all(True):
        found |= {_id(inner), attribute(inner, "name")}
    parent = link.parent
    while (
        parent is not None
        and parent.name in ("sup", "span", "small", "strong", "em")
        and parent.parent is not None
    ):
        found |= {_id(parent), attribute(parent, "name")}
        parent = parent.parent
    before = link.previous_sibling
    if isinstance(before, Tag) and before.name in ("a", "span") and not words_of(before):
        found |= {_id(before), attribute(before, "name")}
    return found - {""}


def _text_of_note(target: Tag, link: Tag, own: set[str]) -> Tag | None:
    """The block with a note's text, if it links back to one of the link's own names."""
    block: Tag | None = target
    while block is not None and block.name in INLINE:
        block = block.parent
    if block is None or isinstance(block, BeautifulSoup) or block in link.parents:
        return None
    parent = block.parent
    if (
        parent is not None
        and parent.name in ("div", "li", "section")
        and parent not in link.parents
        and _is_one_note(parent)
    ):
        block = parent
    backs = (attribute(back, "href").partition("#")[2] for back in block.find_all("a", href=True))
    if any(unquote(back) in own for back in backs):
        return block
    return None


def _is_one_note(parent: Tag) -> bool:
    return (
        not isinstance(parent, BeautifulSoup)
        and (
            parent.name == "li"
            or "foot" in attribute(parent, "class")
            or _id(parent).startswith(("ftn", "_ftn", "fn", "edn"))
        )
        and len(parent.find_all("a", href=re.compile("#"), limit=2)) == 1
    )


def _strip_ways_back(text: Tag) -> None:
    """Remove a note's own number and the links back to its place."""
    for back in text.find_all("a", href=re.compile("#")):
        shown = words_of(back)
        if len(shown) <= 8 and not re.search(r"[A-Za-z]{3}", shown):
            parent, after = back.parent, back.next_sibling
            if isinstance(after, NavigableString) and not words_of_before(back, text):
                after.replace_with(NavigableString(re.sub(r"^[\s.)\]:–-]+", "", after)))
            back.extract()
            while (
                parent is not None
                and parent is not text
                and not words_of(parent)
                and not parent.find("img")
            ):
                above = parent.parent
                parent.extract()
                parent = above
    for first in list(text.descendants):
        if isinstance(first, NavigableString) and first.strip():
            first.replace_with(
                NavigableString(re.sub(r"^\s*(?:[↑^↩]|\[\d{1,3}\]|\d{1,3}[.)]\s)\s*", "", first))
            )
            break


def words_of_before(last: Tag, within: Tag) -> str:
    """The words of a block before an element in it."""
    found = []
    for node in within.descendants:
        if node is last:
            break
        if isinstance(node, NavigableString):
            found.append(node)
    return "".join(found).strip(" \t\n[(^")


def _keep_texts_of_notes(soup: BeautifulSoup, out: Tidied) -> None:
    """Take the texts of notes out of the tree; a note without a text becomes only its number."""
    for text in soup.select("[data-note-text]"):
        parent = text.parent
        out.notes[attribute(text, "data-note-text")] = text.extract()
        text.name = "div"
        while (
            parent is not None
            and parent.name in ("ol", "ul", "div", "section", "aside")
            and not has_words(parent)
        ):
            if isinstance(parent, BeautifulSoup) or parent.find(["photo", "card", "img"]):
                break
            above = parent.parent
            parent.extract()
            parent = above
    called = {attribute(note, "data-note") for note in soup.select("sup[data-note]")}
    called |= {
        attribute(note, "data-note")
        for text in out.notes.values()
        for note in text.select("sup[data-note]")
    }
    for key in [key for key in out.notes if key not in called]:
        soup.append(out.notes.pop(key))
    for note in soup.select("sup[data-note]"):
        if attribute(note, "data-note") not in out.notes:
            del note["data-note"]


# What other sites and programs embed.


def _embeds(soup: BeautifulSoup, out: Tidied) -> None:
    for quote in soup.find_all(["blockquote", "div"], class_=POSTS):
        links = [attribute(each, "href") for each in quote.find_all("a", href=True)]
        address = (
            attribute(quote, "data-instgrm-permalink")
            or attribute(quote, "cite")
            or attribute(quote, "data-href")
        )
        address = (
            address
            or next((each for each in reversed(links) if card_of(each)), "")
            or next(reversed(links), "")
        )
        found = card_of(address)
        quote.name = "blockquote"
        if found:
            quote.insert_after(new_card(found.kind, found.address))
    for player in soup.find_all(["iframe", "video", "audio", "embed", "object"]):
        if player.parent is not None:
            _player(player, out)
    for link in soup.select("a[data-card]"):
        link.replace_with(
            new_card(attribute(link, "data-card"), attribute(link, "href"), words_of(link))
        )
    for stray in soup.find_all(["source", "param"]):
        stray.unwrap()
    for paragraph in soup.find_all(["p", "figure", "div"]):
        address = words_of(paragraph)
        if re.fullmatch(r"https?://\S+", address) and not paragraph.find("img"):
            _address_alone(paragraph, address)
    for words in soup.find_all(string=BARE_ADDRESS):
        _link_addresses(words)


def _link_addresses(words: NavigableString) -> None:
    """Make links of the addresses in words."""
    if "{{" in words or "{%" in words or words.find_parent(["a", "card", "code", "pre"]):
        return
    parts: list[PageElement] = [
        element("a", part, href=part) if number % 2 else NavigableString(part)
        for number, part in enumerate(BARE_ADDRESS.split(words))
    ]
    words.replace_with(*parts)


def _player(player: Tag, out: Tidied) -> None:
    sources = [attribute(player, "data-src"), attribute(player, "src"), attribute(player, "data")]
    for other in player.find_all(["source", "embed", "param", "object"]):
        sources += [attribute(other, "src"), attribute(other, "value"), attribute(other, "data")]
    addresses = [
        whole(each) for each in sources if re.match(r"(?:https?:)?//|/|__GHOST_URL__", each)
    ]
    found = next(filter(None, map(card_of, addresses)), None)
    title = attribute(player, "title")
    for other in player.find_all(["source", "embed", "param"]):
        other.unwrap()
    kept = [child.extract() for child in list(player.children)]
    if found:
        new: Tag | None = new_card(found.kind, found.address, title)
    elif addresses and player.name in ("video", "audio"):
        new = new_card(player.name, addresses[0], title)
    elif addresses:
        words = title or re.sub(r"^https?://(?:www\.)?|[?#].*", "", addresses[0])[:80]
        new = element("p", element("a", words, href=addresses[0]))
        out.left.append((f"a frame from {addresses[0][:100]}", "a link to it"))
    else:
        new = None
        out.left.append((f"a <{player.name}> without an address", "nothing"))
    stays = player.name in ("video", "audio", "object", "iframe") and not _is_for_old_browsers(kept)
    player.replace_with(*([new] if new is not None else []), *(kept if stays else []))


def _is_for_old_browsers(kept: list[PageElement]) -> bool:
    """Whether the words in a player are only for browsers that cannot play."""
    words = " ".join(words_of(each) for each in kept)
    return len(words) < 200 and not any(isinstance(each, Tag) and each.find("p") for each in kept)


def _address_alone(paragraph: Tag, address: str) -> None:
    found = card_of(address)
    if found:
        paragraph.replace_with(new_card(found.kind, found.address))
    elif not paragraph.find("a"):
        paragraph.clear()
        paragraph.append(element("a", address, href=address))


def new_card(kind: str, address: str, words: str = "") -> Tag:
    """A card; without words of its own it shows its address."""
    return element(
        "card",
        words or re.sub(r"^https?://(?:www\.)?|/$", "", address),
        data_card=kind,
        href=address,
    )


# Pictures.


def _pictures(soup: BeautifulSoup, out: Tidied) -> None:
    for picture in soup.find_all("picture"):
        picture.unwrap()
    for source in soup.find_all("source"):
        source.extract()
    for number, gallery in enumerate(soup.select(GALLERIES)):
        for image in gallery.find_all("img"):
            image["data-gallery"] = str(number)
    for image in soup.find_all("img"):
        if image.parent is not None:
            _picture(image, out)


def _picture(image: Tag, out: Tidied) -> None:
    address = _address_of(image)
    alt = " ".join(attribute(image, "alt").split())
    tiny = attribute(image, "width") in ("0", "1") and attribute(image, "height") in ("0", "1")
    if tiny or PIXELS.search(address):
        image.replace_with(NavigableString(alt if "smilies" in address or len(alt) < 4 else ""))
        return
    if not address or address.startswith("data:"):
        out.left.append(
            (
                "a picture without an address" if not address else "a picture inside the text",
                alt or "nothing",
            )
        )
        image.replace_with(NavigableString(alt))
        return
    photo = element("photo", src=address, alt=alt)
    holder = _holder_of(image)
    caption = ""
    if holder is not None:
        caption = _caption_of(holder, out)
    credit = attribute(image, "data-credit") or (
        attribute(holder, "data-credit") if holder is not None else ""
    )
    if not caption and not holder:
        caption = attribute(image, "data-caption")
    caption, credit = split_credit(caption, credit)
    photo["data-caption"], photo["data-credit"] = caption, credit
    photo["data-gallery"] = attribute(image, "data-gallery")
    link = image.find_parent("a")
    href = ""
    if link is not None:
        href = attribute(link, "href")
    if href.partition("?")[0] != address.partition("?")[0]:
        photo["data-link"] = href
    image.replace_with(photo)


def _address_of(image: Tag) -> str:
    address = next(filter(None, (attribute(image, name) for name in LAZY)), "") or attribute(
        image, "src"
    )
    if not address or address.startswith("data:"):
        sizes = [each.split() for each in attribute(image, "srcset").split(", ") if each.strip()]
        if sizes:
            address = sizes[-1][0]
    return address.strip()


def _holder_of(image: Tag) -> Tag | None:
    """The figure of a picture, or another box with only that picture and its caption."""
    for parent in image.parents:
        if isinstance(parent, BeautifulSoup):
            break
        is_holder = parent.name == "figure" or re.search(
            r"\b(?:wp-caption|image-container|captioned-image)", attribute(parent, "class")
        )
        if is_holder:
            if len(parent.find_all(["img", "photo"], limit=2)) == 1:
                return parent
            return None
    return None


def _caption_of(holder: Tag, out: Tidied) -> str:
    caption = holder.find("figcaption") or holder.find(class_=CAPTIONS)
    if not isinstance(caption, Tag) or caption.find("img"):
        return ""
    words = words_of(caption)
    links = [linked for link in caption.find_all("a", href=True) if (linked := words_of(link))]
    if links and all(linked in split_credit(words)[1] for linked in links):
        out.left.append((f"a link in the credit {words[:80]}", "its words"))
    elif links and len(words) < 2_000:
        # the link would be lost, so the caption follows as a paragraph
        caption.name, caption["data-follows"] = "p", "1"
        return ""
    caption.extract()
    return words


# Boxes, quotations and tables.


def _boxes(soup: BeautifulSoup) -> None:
    for quote in soup.find_all(["blockquote", "figure", "div", "aside"], class_=PULLQUOTE):
        inner = None
        if quote.name != "blockquote":
            inner = quote.find("blockquote")
        quote.name = "blockquote"
        if isinstance(inner, Tag):
            inner.unwrap()
        quote["data-pullquote"] = "1"
    for box in soup.find_all("div", class_=BOX):
        if len(words_of(box)) > 20 and not box.find(["h1", "table"]) and len(words_of(box)) < 6_000:
            box.name = "aside"
    for box in soup.find_all("aside"):
        if not words_of(box):
            box.unwrap()


def _verses(soup: BeautifulSoup) -> None:
    """Make paragraphs of verses: a break after each line, and signs for its indent."""
    for verse in soup.find_all("pre", class_=VERSE):
        verse.name, begins = "p", True
        for node in list(verse.descendants):
            if isinstance(node, NavigableString):
                lines = str(node).expandtabs(4).split("\n")
                parts: list[PageElement] = []
                for number, line in enumerate(lines):
                    if number:
                        parts += [element("br")]
                    begins = begins or number > 0
                    words = line
                    if begins:
                        words = line.lstrip(" \xa0")
                    is_shown = words or (number == len(lines) - 1 and node.next_sibling is not None)
                    parts.append(
                        NavigableString(
                            INDENT * (len(line) - len(words)) + words if is_shown else ""
                        )
                    )
                    begins = begins and not words
                node.replace_with(*parts)
            elif isinstance(node, Tag) and node.name == "br":
                begins = True


def _tables(soup: BeautifulSoup) -> None:
    """Replace layout tables by their contents, innermost first; a table with data stays a table."""
    for table in reversed(soup.find_all("table")):
        rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
        cells = [
            cell for cell in table.find_all(["td", "th"]) if cell.find_parent("table") is table
        ]
        columns = max((len(row.find_all(["td", "th"], recursive=False)) for row in rows), default=0)
        has_head = any(cell.name == "th" for cell in cells)
        lays_out = (
            columns < 2
            or attribute(table, "role") == "presentation"
            or table.find("table") is not None
        )
        lays_out = lays_out or any(len(words_of(cell)) > 1_500 for cell in cells)
        lays_out = lays_out or (len(rows) < 2 and not has_head)
        if not lays_out and _facts_beside_a_photo(table, rows):
            continue
        if lays_out or (table.find("photo") is not None and len(words_of(table)) <= 200):
            for part in table.find_all(PARTS_OF_TABLES):
                if part.find_parent("table") is table:
                    part.name = "div"
            table.name = "div"


def _facts_beside_a_photo(table: Tag, rows: list[Tag]) -> bool:
    """Whether a table has data in its rows and a photo or two beside them; the photos are put above
    it.
    """
    photos = table.find_all("photo")
    worded = [
        [cell for cell in row.find_all(["td", "th"]) if words_of(cell) and not cell.find("photo")]
        for row in rows
    ]
    if not photos or sum(len(cells) > 1 for cells in worded) < 3 * len(photos):
        return False
    for photo in photos:
        cell = photo.find_parent(["td", "th", "caption"])
        table.insert_before(photo.extract())
        if cell is not None and cell.name != "caption" and not words_of(cell):
            cell.decompose()
    return True


def _merge_twins(soup: BeautifulSoup) -> None:
    """Merge identical elements that follow each other, as in `<b>one</b><b>two</b>`."""
    for first in soup.find_all(["b", "strong", "i", "em"]):
        while (
            isinstance(follower := first.next_sibling, Tag)
            and follower.name == first.name
            and not follower.find("photo")
        ):
            first.extend(list(follower.contents))
            follower.extract()


# Blocks that hold blocks or words.


def arrange(container: Tag) -> None:
    """Make blocks of everything in a container; photos and cards go to the top, after the block
    that contained them.
    """
    blocks = list(_blocks(list(container.contents)))
    container.clear()
    for block in blocks:
        lifted = [each.extract() for each in block.find_all(AT_THE_TOP)]
        if (
            block.name in (*AT_THE_TOP, "hr")
            or words_of(block)
            or block.select_one("sup[data-note], [data-summary]")
            or block.get("data-summary")
        ):
            container.append(block)
        for each in lifted:
            container.append(each)


def _blocks(nodes: list[PageElement], wrappers: tuple[Tag, ...] = ()) -> Iterator[Tag]:
    """The blocks of a sequence of nodes; words between blocks become paragraphs, in the inline
    elements around them.
    """
    run: list[PageElement] = []
    nodes = _with_lists(nodes)
    for number, node in enumerate(nodes):
        if _is_within_words(node, run, nodes[number + 1 :]):
            run.append(node)
        elif isinstance(node, Tag) and (
            node.name in BLOCKS or node.name in BOXES or node.find(_is_block) is not None
        ):
            yield from _paragraphs(run, wrappers)
            run = []
            yield from _of_block(node, wrappers)
        else:
            run.append(node)
    yield from _paragraphs(run, wrappers)


def _with_lists(nodes: list[PageElement]) -> list[PageElement]:
    """The nodes, with list items that are in no list put into one, as browsers show them."""
    made: list[PageElement] = []
    for node in nodes:
        is_item = isinstance(node, Tag) and node.name == "li"
        before = None
        if made:
            before = made[-1]
        is_open = isinstance(before, Tag) and before.has_attr("data-loose")
        if is_item and not is_open:
            made.append(before := element("ul", data_loose=""))
        if is_item:
            cast("Tag", before).append(node.extract())
        elif not (is_open and isinstance(node, NavigableString) and not node.strip()):
            made.append(node)
    return made


def _is_within_words(
    node: PageElement, before: list[PageElement], after: list[PageElement]
) -> bool:
    """Whether a picture is in the middle of a sentence, which must stay whole."""
    if (
        not isinstance(node, Tag)
        or words_of(node)
        or (node.name != "photo" and (node.name not in INLINE or not node.find("photo")))
    ):
        return False
    last, first = (
        next(filter(_is_said, reversed(before)), None),
        next(filter(_is_said, after), None),
    )
    return all(
        each is not None and not (isinstance(each, Tag) and (each.name == "br" or _is_block(each)))
        for each in (last, first)
    )


def _is_said(node: PageElement) -> bool:
    return isinstance(node, Tag) or bool(str(node).strip())


def _is_block(tag: Tag) -> bool:
    return tag.name in BLOCKS or tag.name in BOXES


def _of_block(node: Tag, wrappers: tuple[Tag, ...] = ()) -> Iterator[Tag]:
    children = list(node.contents)
    match node.name:
        case "p":
            yield from _blocks(
                [_with_names(node, child, i) for i, child in enumerate(children)], wrappers
            )
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            yield from _heading(node)
        case "ul" | "ol":
            yield from _list(node, children)
        case "dl":
            yield from _definitions(node)
        case "blockquote" | "aside" | "details":
            yield from _box(node)
        case "pre" | "hr" | "photo" | "card" | "cut":
            node.extract()
            yield node
        case "table":
            yield from _table(node)
        case _ if node.name in INLINE:
            yield from _blocks(
                children, (*wrappers, node) if node.name in KEPT_AROUND else wrappers
            )
        case _:  # a box, or a part of a table or a definition that is not in one
            _name_first(node)
            yield from _blocks(list(node.contents), wrappers)


KEPT_AROUND = frozenset("a b strong i em s del u small mark".split())
"""Inline elements that are put around the words of each block inside them."""


def _with_names(paragraph: Tag, child: PageElement, number: int) -> PageElement:
    """The first child gets the paragraph's id, so that a link to it still works."""
    if number == 0 and _id(paragraph) and isinstance(child, NavigableString):
        holder = Tag(name="span", attrs={"id": _id(paragraph)})
        holder.append(NavigableString(child))
        return holder
    return child


def _name_first(box: Tag) -> None:
    if _id(box) and box.contents:
        box.insert(0, Tag(name="span", attrs={"id": _id(box)}))


def _paragraphs(run: list[PageElement], wrappers: tuple[Tag, ...] = ()) -> Iterator[Tag]:
    """Paragraphs of a run of words and inline elements; two consecutive breaks begin another."""
    paragraph = element("p")
    breaks: list[PageElement] = []
    for node in run:
        node.extract()
        if isinstance(node, Tag) and node.name == "br":
            breaks.append(node)
            continue
        if isinstance(node, NavigableString) and not node.strip() and breaks:
            continue
        if len(breaks) > 1:
            yield from _wrapped(paragraph, wrappers)
            paragraph = element("p")
        elif breaks and paragraph.contents:
            paragraph.append(breaks[0])
        breaks = []
        paragraph.append(node)
    yield from _wrapped(paragraph, wrappers)


def _wrapped(paragraph: Tag, wrappers: tuple[Tag, ...] = ()) -> Iterator[Tag]:
    if not words_of(paragraph) and paragraph.find(["sup", "span", "a"]) is None:
        return
    for wrapper in reversed(wrappers):
        outer = element(wrapper.name, *list(paragraph.contents))
        outer.attrs = {name: attribute(wrapper, name) for name in wrapper.attrs}
        paragraph.append(outer)
    yield paragraph


def _heading(node: Tag) -> Iterator[Tag]:
    lifted = [
        each.extract()
        for each in node.find_all(
            ["photo", "card", "cut", "table", "ul", "ol", "pre", "blockquote"]
        )
    ]
    for inner in node.find_all(_is_block):
        inner.unwrap()
    if words_of(node):
        node.extract()
        yield node
    elif _id(node) or node.find(id=True):
        yield element("p", **({"id": _id(node)} if _id(node) else {}))
    yield from _blocks(cast("list[PageElement]", lifted))


def _inside(nodes: list[PageElement]) -> tuple[list[Tag], list[Tag]]:
    """The blocks of a sequence of nodes, and separately those that can only be at the top."""
    blocks = list(_blocks(nodes))
    apart = [each for each in blocks if each.name in AT_THE_TOP]
    return [each for each in blocks if each.name not in AT_THE_TOP], apart


def _list(node: Tag, children: list[PageElement]) -> Iterator[Tag]:
    made = element(node.name)
    if attribute(node, "start").isdecimal():
        made["start"] = attribute(node, "start")
    lifted: list[Tag] = []
    for child in children:
        if isinstance(child, NavigableString) and not child.strip():
            continue
        if isinstance(child, Tag) and child.name in ("ul", "ol") and made.contents:
            # One beside an item is meant inside.
            cast("Tag", made.contents[-1]).extend(list(_of_block(child)))
            continue
        blocks, apart = _inside(
            list(child.contents) if isinstance(child, Tag) and child.name == "li" else [child]
        )
        item = element("li", *map(_without_heading, blocks))
        if isinstance(child, Tag) and _id(child):
            item["id"] = _id(child)
        lifted += apart
        if words_of(item) or item.find("sup"):
            made.append(item)
    if made.contents:
        yield made
    yield from lifted


def _without_heading(block: Tag) -> Tag:
    """The block, or a heading in an item or a cell as a paragraph in bold; a rule becomes
    nothing.
    """
    if re.fullmatch(r"h[1-6]", block.name):
        strong = element("strong", *list(block.contents))
        return element("p", strong, **({"id": _id(block)} if _id(block) else {}))
    if block.name == "hr":
        return element("p")
    return block


def _definitions(node: Tag) -> Iterator[Tag]:
    if any(
        _is_said(child) and not (isinstance(child, Tag) and child.name in ("dt", "dd", "div"))
        for child in node.children
    ):
        yield from _blocks(list(node.contents))
        return
    made = element("dl")
    lifted: list[Tag] = []
    for child in [each for each in node.find_all(["dt", "dd"]) if each.find_parent("dl") is node]:
        blocks, apart = _inside(list(child.contents))
        lifted += apart
        part = element(child.name, *map(_without_heading, blocks))
        if words_of(part):
            made.append(part)
    parts = made.find_all(["dt", "dd"], recursive=False)
    if parts and parts[0].name == "dt" and parts[-1].name == "dd":
        yield made
    else:
        for part in parts:
            yield from cast("list[Tag]", list(part.contents))
    yield from lifted


def _box(node: Tag) -> Iterator[Tag]:
    made = element(node.name)
    made.attrs = {
        name: attribute(node, name) for name in ("id", "data-pullquote") if node.has_attr(name)
    }
    summary = None
    if node.name == "details":
        summary = node.find("summary", recursive=False)
    if isinstance(summary, Tag):
        made["data-summary"] = words_of(summary)
        summary.extract()
    blocks, lifted = _inside(list(node.contents))
    if node.name == "aside" and blocks and re.fullmatch("h[1-6]", blocks[0].name):
        made["data-summary"] = words_of(blocks.pop(0))
    made.extend(blocks)
    if words_of(made) or made.get("data-summary"):
        yield made
    yield from lifted


def _table(node: Tag) -> Iterator[Tag]:
    lifted = [each.extract() for each in node.find_all(AT_THE_TOP)]
    caption = node.find("caption")
    if isinstance(caption, Tag):
        caption.extract()
        yield from _blocks(list(caption.contents))
    if words_of(node):
        node.extract()
        yield node
    yield from lifted
