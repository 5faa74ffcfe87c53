"""Replaces short codes and template tags before the Markdown is read: Hugo's, and Liquid and
Nunjucks of Jekyll, Eleventy and Pelican.

No template is run. A tag's meaning is known from its name and arguments; an unknown one stays as
text, and is reported. A tag that becomes HTML is a single sign while the Markdown around it is
read, so that neither disturbs the other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from html import escape
from pathlib import PurePosixPath

from msgspec import Struct, field

from broadside_import.markdown import code, inline
from broadside_import.readable import put_back, replaced

HUGO = re.compile(
    r"\{\{([<%])-?+\s*+(/\*)?\s*+(/?+)\s*+([\w./-]++)((?:\"(?:\\.|[^\"\\])*+\"|`[^`]*+`|(?!\{\{[<%])[^\"`])*?)(\*/)?-?[>%]\}\}"
)
LIQUID = re.compile(
    r"\{%-?+\s*+(end)?([A-Za-z_]\w*+)((?:[^%{]|%(?!\})|\{(?!%))*?)-?%\}|\{\{-?+([^{}]*?)-?\}\}"
)
"""Tags, none of which begins within another, so that an unclosed one is only searched up to the
next.
"""
COMMENT = re.compile(r"\{#(?![#.\w:])(?:[^#{]|#(?!\})|\{(?!#))*+#\}")
RAW_END = re.compile(r"\{%-?\s*end(?:raw|verbatim)\s*-?%\}")
WORD = re.compile(
    r"""(?:([\w-]+)\s*[=:]\s*)?(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|`([^`]*)`|([^\s,"'=]+))"""
)
INNER = re.compile(r"[^<]|<(?:br|img|a(?! data-card))\b|$")
"""The beginning of a piece that is part of a paragraph."""
VALUE = re.compile(r"""="[^"<>]*"|='[^'<>]*'""")
"""The value of an attribute."""
IN_CODE, CODE_END = re.compile(r"<(code)\b[^<>]*>"), re.compile("</(code)>")
LITERAL = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)')\s*""")
PICTURE_NAME = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|tiff?|bmp)(?:[?#].*)?$", re.I)
ENDING = re.compile(r"\.(?:html|md|njk|liquid|markdown|nunjucks)$")

FIGURES = ("figure", "image", "img", "photo", "picture", "pic", "lightbox", "thumbnail")
BOXES = frozenset(
    "note notice alert tip warning info callout admonition box aside sidebar infobox textbox hint"
    " important caution danger".split()
)
QUOTES = frozenset("quote blockquote epigraph".split())
CODE = frozenset("highlight code codeblock sourcecode prism syntax".split())
FOLDED = frozenset("details expand expandable collapse accordion spoiler toggle".split())
LAYOUT = frozenset(
    "center centre left right row rows col column columns grid div section wrap wrapper "
    "container tabs tab steps gallery galleries rawhtml raw-html html unsafe safehtml "
    "markdown md lead large small p figure-group".split()
)
NOTHING = frozenset(
    "load-photoswipe toc clear clearfix icon fa fas fab uswds_icon seo feed_meta ads ad adsense"
    " disqus comments".split()
)
LINKS = frozenset("button btn cta link url".split())
CARDS = {
    "youtube": ("video", "https://www.youtube.com/watch?v={}"),
    "youtubeplayer": ("video", "https://www.youtube.com/watch?v={}"),
    "vimeo": ("video", "https://vimeo.com/{}"),
    "video": ("video", ""),
    "peertube": ("video", ""),
    "bilibili": ("video", "https://www.bilibili.com/video/{}"),
    "ted": ("video", "https://www.ted.com/talks/{}"),
    "tweet": ("post", "https://twitter.com/i/status/{}"),
    "twitter": ("post", "https://twitter.com/i/status/{}"),
    "x": ("post", "https://twitter.com/i/status/{}"),
    "instagram": ("post", "https://www.instagram.com/p/{}/"),
    "mastodon": ("post", ""),
    "toot": ("post", ""),
    "bluesky": ("post", ""),
    "soundcloud": ("audio", "https://api.soundcloud.com/tracks/{}"),
    "spotify": ("audio", "https://open.spotify.com/{}"),
    "audio": ("audio", ""),
    "podcast": ("audio", ""),
    "embed": ("video", ""),
    "iframe": ("video", ""),
}
INCLUDES = frozenset(("include", "render", "include_relative", "include_cached"))
DEEPEST = 3
"""How deeply files may include one another."""
MOST_NESTED = 100
"""How deeply pairs of tags may be nested."""
LONGEST_INDENT = 200
"""The maximum indent of a tag on a line of its own."""
MOST_ADDED = 1_000_000
"""How many letters tags may add to a text."""
PICTURES_OF = re.compile("photo|avatar|portrait|icon|thumb", re.I)
"""Names of a site's own filters that show a picture of their argument."""
SAME = frozenset(
    "url relative_url absolute_url strip safe escape esc e cgi_escape markdownify asset_url asset"
    " baseurl raw trim dump uri_escape xml_escape htmlbaseurl string".split()
)
"""Filters that change nothing in addresses or words that matters to an import."""

OLD_MARKS = re.compile(r"^=[A-Z_]{3,15}=", re.M)
OLD_MARK = re.compile(
    r"^=(?:CODE_START=[ \t]*\n(?P<code>(?:(?!^=CODE_START=).)*?)=CODE_END=|"
    r"TEXTBOX_START=(?P<title>[^\n]*?)=[ \t]*\n(?P<box>(?:(?!^=TEXTBOX_START=).)*?)=TEXTBOX_END=|"
    r"ZOOM=(?P<quote>[^\n]*)=|TABLE_CAPTION=(?P<caption>[^\n]*)=|VIDEO=YOUTUBE=(?P<video>[\w-]+)=|"
    r"(?:IMAGE|IMG)(?:_[A-Z]+)?=(?P<picture>[^=\n]+)=(?P<below>(?:(?!\n["
    r" \t]*\n).){0,2000}?)={1,99})[ \t]*$",
    re.M | re.S,
)
"""Marks that magazines from before Markdown brought along: `=ZOOM=A quotation=`."""


class Context(Struct):
    """What tags may ask for."""

    value: Callable[[str], str | None] = lambda name: None
    """The value of a variable, such as `page.title`."""
    address: Callable[[str], str | None] = lambda name: None
    """The old address of a text, by its file name with or without folder and extension."""
    file: Callable[[str], str | None] = lambda name: None
    """The text of an included file."""
    own: Callable[[str, list[str]], str | None] = lambda name, words: None
    """The HTML of a tag that only one kind of site has."""
    param: Callable[[str], str | None] = lambda name: None
    """What a Hugo site calls a parameter: a value of the text's header, or of the configuration."""


class Piece(Struct, frozen=True):
    """What a tag stands for: its HTML, its source, which code shows, and what an attribute of
    another element has instead.
    """

    html: str
    source: str
    value: str


class Expanded(Struct):
    """A text without tags; what its signs stand for, and what was not understood."""

    text: str
    mark: str
    pieces: list[Piece] = field(default_factory=list)
    left: list[tuple[int, str, str]] = field(default_factory=list)
    """A line of the text, what was there, and what replaces it."""

    def sign(self, html: str, source: str, value: str = "") -> str:
        """A sign for a piece of HTML."""
        self.pieces.append(Piece(html, source, value or source))
        return f"{self.mark}{len(self.pieces) - 1}{self.mark}"

    def restored(self, html: str) -> str:
        """HTML with the signs replaced by their pieces, within code by the source."""
        if not self.pieces:
            return html
        most = len(self.pieces)

        def source(text: str) -> str:
            return put_back(
                text,
                self.mark,
                lambda number: escape(self.pieces[number].source, quote=False),
                most,
            )

        def value(match: re.Match[str]) -> str:
            return put_back(
                match[0], self.mark, lambda number: escape(self.pieces[number].value), most
            )

        def alone(match: re.Match[str]) -> str:
            piece = ""
            if int(match[1]) < most:
                piece = self.pieces[int(match[1])].html
            if INNER.match(piece) is None:
                return piece
            return match[0]

        html = replaced(
            html, IN_CODE, CODE_END, lambda opened, _, inner: f"{opened[0]}{source(inner)}</code>"
        )
        html = VALUE.sub(value, html)
        html = re.sub(rf"<p>\s*{self.mark}([0-9]{{1,9}}){self.mark}\s*</p>", alone, html)
        return put_back(html, self.mark, lambda number: self.pieces[number].html, most)


class _Tag(Struct):
    start: int
    end: int
    source: str
    name: str
    arguments: str
    closes: bool = False
    expression: bool = False

    def words(self) -> tuple[list[str], dict[str, str]]:
        """Its positional and its named arguments."""
        alone: list[str] = []
        named: dict[str, str] = {}
        for name, double, single, back, bare in WORD.findall(self.arguments):
            value = (double or single).replace('\\"', '"') or back or bare
            if name and not (name in ("http", "https") and bare.startswith("//")):
                named[name.lower()] = value
            else:
                alone.append(f"{name}:{bare}" if name else value)
        return alone, named


def hugo(text: str, site: Context) -> Expanded:
    """A text with Hugo's short codes replaced."""
    if "{{" not in text:
        return Expanded(text, "")
    tags = [
        (
            _Tag(
                match.start(),
                match.end(),
                match[0],
                match[4].lower(),
                match[5].strip().removesuffix("/"),
                bool(match[3]),
            )
            if not match[2]
            else _Tag(
                match.start(), match.end(), match[0].replace("/*", "").replace("*/", ""), "", ""
            )
        )
        for match in HUGO.finditer(text)
    ]
    return _Expander(text, tags, site, liquid=False).run()


def liquid(text: str, site: Context, depth: int = 0) -> Expanded:
    """A text with the tags of Liquid and Nunjucks replaced."""
    if "{{" not in text and "{%" not in text and "{#" not in text:
        return Expanded(text, "")
    text = COMMENT.sub("", text)
    return _Expander(text, list(_liquid_tags(text)), site, liquid=True, depth=depth).run()


def liquid_with_old_marks(text: str, site: Context) -> Expanded:
    """A text with Liquid's tags replaced, and the marks that magazines from before Markdown brought
    along.
    """
    return liquid(OLD_MARK.sub(_of_old_mark, text) if OLD_MARKS.search(text) else text, site)


def _of_old_mark(match: re.Match[str]) -> str:
    """Markdown and HTML for a mark on a line, or lines, of its own."""
    said = match.groupdict()
    if (code := said["code"]) is not None:
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", code)), 0)
        made = f"{fence}\n{code.rstrip()}\n{fence}"
    elif (box := said["box"]) is not None:
        title = ""
        if said["title"].strip():
            title = f"<h2>{said['title'].strip()}</h2>"
        made = f"<aside>\n{title}\n\n{OLD_MARK.sub(_of_old_mark, box).strip()}\n\n</aside>"
    elif said["quote"] is not None:
        made = f'<blockquote class="pullquote">\n\n{said["quote"]}\n\n</blockquote>'
    elif said["caption"] is not None:
        made = ""
        if said["caption"].strip():
            made = f"**{said['caption'].strip()}**"
    elif said["video"]:
        made = f"https://www.youtube.com/watch?v={said['video']}"
    else:
        below = said["below"].strip()
        caption = ""
        if not re.fullmatch(r"[\d=]*", below):
            caption = f"<figcaption>{below}</figcaption>"
        made = f'<figure><img src="{said["picture"].strip()}" alt="">{caption}</figure>'
    return f"\n\n{made}\n\n"


def _liquid_tags(text: str) -> Iterator[_Tag]:
    """The tags of a text; between `raw` and `endraw` there are none."""
    at, ends = 0, True
    while match := LIQUID.search(text, at):
        at = match.end()
        if not match[2]:
            yield _Tag(match.start(), at, match[0], "", match[4].strip(), expression=True)
            continue
        name = match[2].lower()
        yield _Tag(match.start(), at, match[0], name, match[3].strip(), closes=bool(match[1]))
        if name in ("raw", "verbatim") and not match[1] and ends:
            if (end := RAW_END.search(text, at)) is None:
                ends = False
                continue
            at = end.end()
            yield _Tag(end.start(), at, end[0], name, "", closes=True)


class _Expander:
    def __init__(
        self, text: str, tags: list[_Tag], site: Context, *, liquid: bool, depth: int = 0
    ) -> None:
        self.text, self.tags, self.site, self.liquid, self.depth = text, tags, site, liquid, depth
        mark = next(sign for sign in map(chr, range(0xE000, 0xF8FF)) if sign not in text)
        self.made = Expanded("", mark)
        self.assigned: dict[str, str] = {}
        self.ends = _pairs(tags)
        self.lines = [match.start() for match in re.finditer("\n", text)]
        self.inside = 0
        """How many pairs of tags it is inside."""
        self.room = MOST_ADDED

    def run(self) -> Expanded:
        self.made.text = self._between(0, len(self.tags), 0, len(self.text))
        return self.made

    def _between(self, first: int, last: int, start: int, end: int) -> str:
        """The text from `start` to `end`, which contains the tags from `first` to `last`."""
        parts: list[str] = []
        number = first
        while number < last:
            tag = self.tags[number]
            parts.append(self.text[start : tag.start])
            closing = 0
            if self.inside < MOST_NESTED:
                closing = self.ends.get(number, 0)
            parts.append(self._expanded(number, closing))
            start = tag.end
            if closing:
                start = self.tags[closing].end
            number = (closing or number) + 1
        return "".join((*parts, self.text[start:end]))

    def _expanded(self, number: int, closing: int) -> str:
        tag = self.tags[number]
        if tag.expression:
            return self._value(tag)
        if not tag.name:
            return self._as_text(tag)
        alone, named = tag.words()
        raw = ""
        if closing:
            raw = self.text[tag.end : self.tags[closing].start]
        known = self._whole(tag, closing, raw, alone)
        if known is None:
            return self._stands_for(number, closing, alone, named)
        return known

    def _whole(self, tag: _Tag, closing: int, raw: str, alone: list[str]) -> str | None:
        """The result of a tag whose inside is not read as Markdown; None for other tags."""
        if (html := self.site.own(tag.name, alone)) is not None:
            return self._block(html, tag)
        if tag.name in CODE and closing:
            named = tag.words()[1]
            language = next(
                (word for word in alone if word.isalnum()),
                named.get("lang") or named.get("language", ""),
            )
            return self._block(code(raw.strip("\n") + "\n", language), tag)
        if self.liquid:
            return self._of_liquid(tag, closing, raw, alone)
        return None

    def _stands_for(
        self, number: int, closing: int, alone: list[str], named: dict[str, str]
    ) -> str:
        tag = self.tags[number]
        name = tag.name
        if name in INCLUDES and self.liquid:
            name = alone.pop(0) if alone else ""
            if self.depth < DEEPEST and (included := self._included(name, named)) is not None:
                return included
            name = ENDING.sub("", PurePosixPath(name).name.lower())
        name = name.rpartition("/")[2]
        if (words := self._of_hugo(tag, name, alone, named)) is not None:
            return words
        self.inside += 1
        inner = (
            self._between(number + 1, closing, tag.end, self.tags[closing].start) if closing else ""
        )
        self.inside -= 1
        if name == "capture" and closing and self.liquid:
            self.assigned[tag.arguments.strip("\"' ")] = inner
            return ""
        if closing and (around := _around(name, alone, named)) is not None:
            before, after = (self._block(html, tag) if html else "" for html in around)
            return f"{before}{inner}{after}"
        html = _html(name, alone, named, inner, self.site)
        if html is None:
            self._tell(tag, tag.source)
            return (
                f"{self._as_text(tag)}{inner}{self._as_text(self.tags[closing]) if closing else ''}"
            )
        value = alone[0] if name in LINKS and len(alone) == 1 and not named and not inner else ""
        return self._block(html, tag, value) if html else ""

    def _of_hugo(self, tag: _Tag, name: str, alone: list[str], named: dict[str, str]) -> str | None:
        """The address or the words that one of Hugo's own short codes stands for; None for other
        tags.
        """
        given = named.get("path") or (alone[0] if alone else "")
        if name in ("ref", "relref") and given:
            return self._address(tag, given)
        value = None
        if name == "param":
            value = self.site.param(given.lower())
        if value is not None and self._fits(value):
            return value
        return None

    def _block(self, html: str, tag: _Tag, value: str = "") -> str:
        """A sign, as a paragraph of its own if the tag is alone on its line."""
        sign = self.made.sign(html, tag.source, value)
        number = bisect_left(self.lines, tag.start)
        start = 0
        if number:
            start = self.lines[number - 1] + 1
        before = self.text[max(start, tag.start - LONGEST_INDENT) : tag.start]
        if before.strip(" \t>") or (
            html.startswith(("<a ", "<img")) and not html.startswith("<a data-card")
        ):
            return sign
        if ">" in before:
            return f"\n{before}\n{before}{sign}\n{before}\n{before}"
        return f"\n\n{before}{sign}\n\n{before}"

    def _of_liquid(self, tag: _Tag, closing: int, raw: str, alone: list[str]) -> str | None:
        """The result of one of Liquid's own tags; None for other tags."""
        name = tag.name
        made: str | None = None
        if name in ("raw", "verbatim") and closing:
            made = raw
        elif (name in ("comment", "css", "js") and closing) or name in ("layout", "extends"):
            made = ""
        elif name in ("assign", "set") and "=" in tag.arguments:
            variable, _, expression = tag.arguments.partition("=")
            value = self._evaluated(expression)
            if value is not None:
                self.assigned[variable.strip()] = value
                made = ""
        elif name in ("post_url", "link") and alone:
            made = self._address(tag, alone[0])
        elif name == "include_code" and alone:
            path = next((word for word in alone if "." in word), alone[0])
            if (text := self.site.file(path)) is not None:
                made = self._block(code(text, PurePosixPath(path).suffix.lstrip(".")), tag)
        return made

    def _included(self, name: str, named: dict[str, str]) -> str | None:
        """An included file, if it needs no evaluation."""
        text = self.site.file(name)
        if text is None or len(text) > 100_000 or self.room < 0:
            return None
        values = {f"include.{key}": value for key, value in named.items()} | named
        known = Context(
            lambda key: values.get(key) or self.site.value(key),
            address=self.site.address,
            file=self.site.file,
        )
        self.room -= len(text)
        made = liquid(text, known, self.depth + 1)
        if made.left or "{%" in made.text:
            return None
        html = made.restored(made.text.strip())
        if self._fits(html):
            return self.made.sign(html, name)
        return None

    def _address(self, tag: _Tag, name: str) -> str:
        path, mark, fragment = name.partition("#")
        address = self.site.address(path) if path else ""
        if address is None and tag.name == "link":  # Jekyll's may name any file
            self._tell(tag, path)
            return path + mark + fragment
        if address is None:
            self._tell(tag, tag.source)
            return self._as_text(tag)
        return address + mark + fragment

    def _value(self, tag: _Tag) -> str:
        value = self._evaluated(tag.arguments, tag)
        if value is not None and self._fits(value):
            if "\n" in value:
                return f"\n\n{value}\n\n"
            return value
        if re.match(r"""["'\w]""", tag.arguments):
            self._tell(tag, tag.source)
        return self.made.sign(escape(tag.source, quote=False), tag.source)

    def _evaluated(self, expression: str, tag: _Tag | None = None) -> str | None:
        first, *filters = re.findall(r"""(?:"[^"]*"|'[^']*'|[^|"'])+""", expression) or [""]
        value = self._term(first)
        for written in filters if value is not None else ():
            name, _, argument = written.strip().partition(":")
            name = re.sub(r"\(.*", "", name).strip()
            if name in ("prepend", "append") and (other := self._term(argument)) is not None:
                if len(other) + len(value or "") > MOST_ADDED:
                    return None
                if name == "prepend":
                    value = other + (value or "")
                else:
                    value = (value or "") + other
            elif name == "default":
                value = value or self._term(argument)
            elif PICTURES_OF.search(name) and tag:
                self._tell(tag, "nothing")
                return self.made.sign("", tag.source)
            elif name not in SAME:
                if (
                    name in ("embed", "youtube", "video")
                    and value
                    and value.startswith("http")
                    and tag
                ):
                    return self._block(f'<a data-card="video" href="{escape(value)}"></a>', tag)
                if tag is None or not LITERAL.fullmatch(first):
                    return None
                self._tell(tag, value or "")
        return value

    def _term(self, written: str) -> str | None:
        written = written.strip()
        if match := LITERAL.fullmatch(written):
            return match[1] or match[2] or ""
        if written in self.assigned:
            return self.assigned[written]
        if re.fullmatch(r"[\w.-]+", written):
            return self.site.value(written)
        return None

    def _fits(self, added: str) -> bool:
        """Whether tags may add this much: a few lines of Liquid can ask for more than any machine
        has.
        """
        self.room -= len(added)
        return self.room >= 0

    def _as_text(self, tag: _Tag) -> str:
        return self.made.sign(escape(tag.source, quote=False), tag.source)

    def _tell(self, tag: _Tag, kept_as: str) -> None:
        self.made.left.append(
            (
                bisect_left(self.lines, tag.start) + 1,
                " ".join(tag.source.split())[:200],
                kept_as[:200],
            )
        )


def _pairs(tags: list[_Tag]) -> dict[int, int]:
    """The number of each opening tag -> that of its closing tag; pairs never overlap partially."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for number, tag in enumerate(tags):
        if tag.expression or not tag.name:
            continue
        if not tag.closes:
            opened.append(number)
            continue
        for place in range(len(opened) - 1, max(-1, len(opened) - 200), -1):
            if tags[opened[place]].name == tag.name:
                pairs[opened[place]] = number
                del opened[place:]
                break
    return pairs


def _around(  # noqa: PLR0911 -- one line for each kind of tag
    name: str, alone: list[str], named: dict[str, str]
) -> tuple[str, str] | None:
    """The HTML before and after the inside of a pair of tags, which is Markdown; None if the pair
    is unknown.
    """
    title = (
        named.get("title")
        or named.get("summary")
        or named.get("heading")
        or (alone[-1] if alone and " " in alone[-1] else "")
    )
    if name in BOXES:
        return f"<aside>{f'<p><strong>{escape(title)}</strong></p>' if title else ''}", "</aside>"
    if name in FOLDED:
        return f"<details><summary>{escape(title or ' '.join(alone))}</summary>", "</details>"
    if name == "pullquote":
        return "<blockquote data-pullquote>", "</blockquote>"
    if name in QUOTES:
        who = named.get("author") or named.get("source") or " ".join(alone)
        return "<blockquote>", f"{f'<p>— {escape(who)}</p>' if who else ''}</blockquote>"
    if name in LAYOUT:
        return (f"<p><strong>{escape(title)}</strong></p>" if title else ""), ""
    known = {name, *re.split(r"[-_.]", name)} & {*FIGURES, *CARDS, *LINKS, *CODE}
    if not known and (address := _picture_in(alone, named)):
        return _figure([], {"src": address, "alt": named.get("alt", "")}, "", Context()), ""
    return None


def _picture_in(alone: list[str], named: dict[str, str]) -> str:
    """The picture in a tag of an unknown name."""
    given = (
        *(named.get(key, "") for key in ("src", "img", "image", "file", "url", "id")),
        *alone[:1],
    )
    return next(
        (value for value in given if PICTURE_NAME.search(value) and " " not in value.strip()), ""
    )


def _html(  # noqa: PLR0911 -- one line for each kind of tag
    name: str, alone: list[str], named: dict[str, str], inner: str, site: Context
) -> str | None:
    """The HTML for a tag; None if it is unknown."""
    if name in NOTHING:
        return ""
    if name in ("br", "linebreak"):
        return "<br>"
    if name == "more":
        return "<!--more-->"
    if name == "gist" and alone:
        address = f"https://gist.github.com/{'/'.join(alone[:2])}"
        return f'<p><a href="{escape(address)}">{escape(address)}</a></p>'
    if said := named.get("quote") or (
        named.get("text") if "quote" in name or "testimonial" in name else ""
    ):
        who = ", ".join(
            named[key]
            for key in ("name", "author", "attribution", "title", "role", "source", "cite")
            if named.get(key)
        )
        by = f"<p>— {inline(who)}</p>" if who else ""
        return f"<blockquote><p>{inline(said)}</p>{by}</blockquote>"
    if any(part in FIGURES for part in re.split(r"[-_.]", name)) and (
        figure := _figure(alone, named, inner, site)
    ):
        return figure
    if name.replace("-", "").replace("_", "") in CARDS or any(
        part in CARDS for part in re.split(r"[-_.]", name)
    ):
        return _card(name, alone, named)
    address = (
        named.get("href") or named.get("url") or named.get("link") or (alone[0] if alone else "")
    )
    if name in LINKS and address:
        words = (
            inner.strip()
            or named.get("text")
            or named.get("label")
            or named.get("title")
            or (alone[1] if len(alone) > 1 else address)
        )
        return f'<a href="{escape(address)}">{escape(words, quote=False)}</a>'
    if picture := _picture_in(alone, named):
        return _figure(alone, named | {"src": picture}, inner, site) or None
    return None


def _figure(alone: list[str], named: dict[str, str], inner: str, site: Context) -> str:
    keys = "src url file filename path image image_path image_url img name href source".split()
    pictures = [word for word in alone if PICTURE_NAME.search(word) and " " not in word.strip()]
    address = (
        next((named[key] for key in keys if named.get(key)), "") or (pictures or alone or [""])[0]
    )
    address = site.value(address) or address
    if not address or (" " in address.strip() and not PICTURE_NAME.search(address)):
        return ""
    words = [
        word
        for word in alone
        if word != address and not word.isdigit() and (" " in word or word[:1].isupper())
    ]
    caption = (
        named.get("caption") or named.get("figcaption") or named.get("description") or inner.strip()
    )
    title = named.get("title", "")
    if title and caption and title != caption:
        caption = f"{title}. {caption}"
    else:
        caption = caption or title
    alt = named.get("alt") or (words[-1] if words else "") or named.get("title", "")
    credit = next(
        (
            named[key]
            for key in ("attr", "credit", "attribution", "copyright", "photographer")
            if named.get(key)
        ),
        "",
    )
    said = ""
    if caption:
        said = f"<figcaption>{inline(caption)}</figcaption>"
    source = ""
    if credit:
        source = f' data-credit="{escape(credit)}"'
    picture = f'<img src="{escape(address.strip())}" alt="{escape(alt)}"{source}>'
    if link := named.get("link"):
        picture = f'<a href="{escape(link)}">{picture}</a>'
    return f"<figure>{picture}{said}</figure>"


def _card(name: str, alone: list[str], named: dict[str, str]) -> str | None:
    kind, pattern = next(
        CARDS[part]
        for part in (name.replace("-", "").replace("_", ""), *re.split(r"[-_.]", name))
        if part in CARDS
    )
    keys = ("url", "src", "id", "youtubeid", "video", "href", "link", "mp4", "file")
    address = next((named[key] for key in keys if named.get(key)), "") or (
        alone[0] if alone else ""
    )
    if not address:
        return None
    if (
        kind == "post"
        and "twitter.com" in pattern
        and (user := named.get("user") or (alone[0] if len(alone) > 1 else ""))
    ):
        pattern, address = f"https://twitter.com/{user}/status/{{}}", named.get("id") or alone[-1]
    if address.startswith("//"):
        address = f"https:{address}"
    if not address.startswith(("http://", "https://", "/")):
        address = pattern.format(address) if pattern else address
    words = named.get("title") or named.get("caption") or named.get("alt") or ""
    return f'<a data-card="{kind}" href="{escape(address)}">{escape(words, quote=False)}</a>'
