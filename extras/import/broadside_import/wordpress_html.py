"""Converts WordPress' form of texts to HTML: short codes, of which unknown ones stay as text and
are reported, and paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape, unescape

from broadside_import.readable import alone, put_back, replaced

Told = list[tuple[str, str]]
ATTRIBUTE = re.compile(
    r"""(?<![\w-])([\w-]++)\s*+=\s*(?:"([^"]*)"|'([^']*)'|“([^“”]*)”|([^\s"'\]]+))"""
)
CAPTION, CAPTION_END = re.compile(r"\[(?:wp_)?(caption)\b"), re.compile(r"\[/(?:wp_)?(caption)\]")
PICTURE = re.compile(r"\s*((?:<a\b[^>]*>\s*+)?<img\b[^>]*>(?:\s*</a>)?)(.*)", re.S)
LANGUAGES = (
    "sourcecode|source|code|cc[a-z]{0,6}(?:_[a-z0-9]+)?|python|php|javascript|js|css|html|xml|bash|shell|sql|java|ruby|"
    "powershell|csharp|cpp"
)
CODE, CODE_END = (
    re.compile(rf"\[({LANGUAGES})(?=[\s\]])", re.I),
    re.compile(rf"\[/({LANGUAGES})\]", re.I),
)
GALLERY = re.compile(r"\[gallery\b([^\]]*)\]")
NOTES = "footnote|efn_note|ref|fn|footnotes"
NOTE, NOTE_END = re.compile(rf"(?<!\s)\s*+\[({NOTES})\]"), re.compile(rf"\[/({NOTES})\]")
PLAYERS = "embed|youtube|vimeo|audio|video|tweet|instagram|soundcloud"
ENCLOSED, ENCLOSED_END = re.compile(rf"\[({PLAYERS})\b"), re.compile(rf"\[/({PLAYERS})\]")
PLAYER = re.compile(
    r"\[(embed|youtube|vimeo|dailymotion|ted|tweet|twitter|instagram|facebook|soundcloud|spotify|audio|video|tiktok|bandcamp)\b[\s=:]*([^\]]*)\]"
)
LAYOUT = re.compile(
    r"\[/?(?:vc_|et_pb_|fusion_|av_|su_(?:row|column|spacer|box|note|heading|dropcap|highlight)|row|column|columns?_\w|one_\w|two_\w|three_\w|"
    r"dropcap|drop_cap|pullquote_text|clear|divider|hr|highlight|spacer|section|container|text_output|cs_\w|x_\w)[^\]\[]*\]"
)
PULLQUOTE, PULLQUOTE_END = (
    re.compile(r"\[(pull_?quote\w*|quote)\b"),
    re.compile(r"\[/(pull_?quote\w*|quote)\]"),
)
UNKNOWN = re.compile(r"(?<!\[)\[/?([a-z][\w-]{2,40})(?:\s+[\w-]+\s*=[^\]\[]*|\s*/)?\](?!\()", re.I)
WITH_PICTURE = re.compile(
    r"\[[a-z][\w-]{2,40}\s([^\[\]]{0,300}?\b(?:src|img|image)\s*=\s*[\"']?[^\s\"'\[\]]{1,500}\.(?:jpe?g|png|gif|webp)\b[^\[\]]{0,1000})\]",
    re.I,
)
"""A short code of any other name with a picture in it."""
USED = re.compile(r"\[([a-z][\w-]*+)\s++[\w-]++=|\[/([a-z][\w-]*+)\]", re.I)
"""A short code with attributes, or the end of one."""
WORDS = frozenset(
    "sic note ed editor translation emphasis update updated edit laughter applause etc video photo"
    " audio image source more toc".split()
)
SERVICES = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "ted": "https://www.ted.com/talks/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "spotify": "https://open.spotify.com/{}",
}

BLOCK = (
    "(?:table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote|address|math|style|p|"
    "h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption|details|menu|summary|iframe|video|audio|"
    "center|object)"
)
WHOLE = re.compile(r"<(pre|script|style|textarea|svg)\b", re.I)
WHOLE_END = re.compile(r"</(pre|script|style|textarea|svg)\s*>", re.I)
IN_TAG = re.compile(r"<[^<>\n]*+\n[^<>]*+>")
OPENING = re.compile(rf"(<{BLOCK}(?=[\s/>])[^<>]*>)", re.I)
CLOSING = re.compile(rf"(</{BLOCK}\s*>)", re.I)
ONLY_TAG = re.compile(rf"</?{BLOCK}(?=[\s/>])[^<>]*>", re.I)
ONLY_TAGS = re.compile(rf"(?:\s*+{ONLY_TAG.pattern})++", re.I)
KEPT = "\ue001"


def converted(body: str, gallery: Callable[[list[str]], str], told: Told) -> str:
    """The body with known short codes as HTML."""
    if "[" not in body:
        return body
    kept: list[str] = []

    def code(match: re.Match[str], written: str, inner: str) -> str:
        named, kind = _language(match[1].lower(), attributes(written)), ""
        if re.fullmatch(r"[\w+#.-]{1,40}", named):
            kind = f' class="language-{escape(named)}"'
        kept.append(f"<pre><code{kind}>{escape(unescape(inner.strip(chr(10))))}</code></pre>")
        return f"\n\n\ue002{len(kept) - 1}\ue002\n\n"

    notes: list[str] = []

    def note(_: re.Match[str], __: str, inner: str) -> str:
        notes.append(inner)
        return f'<sup data-note="s{len(notes)}"></sup>'

    body = replaced(body, CODE, CODE_END, code, "]")
    body = with_captions(body)
    body = alone(
        body,
        GALLERY,
        lambda match: (
            f"\n\n{gallery(re.findall(r'[0-9]+', attributes(match[1]).get('ids', '')))}\n\n"
        ),
    )
    body = replaced(body, NOTE, NOTE_END, note)
    body = replaced(
        body,
        PULLQUOTE,
        PULLQUOTE_END,
        lambda _, __, inner: f"\n\n<blockquote data-pullquote>{inner}</blockquote>\n\n",
        "]",
    )
    body = replaced(
        body,
        ENCLOSED,
        ENCLOSED_END,
        lambda match, written, inner: _player(match[1], written, inner),
        "]",
    )
    body = alone(body, PLAYER, lambda match: _player(match[1], match[2], ""))
    body, dropped = LAYOUT.subn("", body)
    if dropped:
        told.append((f"{dropped} short codes of a layout", "what they hold"))
    body = WITH_PICTURE.sub(_picture, body)
    told += [(f"the short code [{name}]", "its text") for name in _unknown(body)]
    body += "".join(
        f'<div data-note-text="s{number}">{text}</div>' for number, text in enumerate(notes, 1)
    )
    return put_back(body, "\ue002", kept.__getitem__, len(kept))


def _language(name: str, said: Mapping[str, str]) -> str:
    """The language that a short code for code names, by an attribute or by its own name."""
    named = said.get("language") or said.get("lang") or ""
    if named or name.startswith(("source", "code")):
        return named
    if name.startswith("cc"):
        return name.rpartition("_")[2]
    return name


def _unknown(body: str) -> Iterator[str]:
    used = {(match[1] or match[2]).lower() for match in USED.finditer(body)}
    for name in dict.fromkeys(match[1].lower() for match in UNKNOWN.finditer(body)):
        if name in WORDS or re.match("[a-z]-[a-z]|0-9", name):
            continue
        if name in used or re.search("[_-]", name):
            yield name


def attributes(written: str) -> dict[str, str]:
    """The attributes of a short code."""
    return {
        match[1].lower(): unescape(next(filter(None, match.groups()[1:]), ""))
        for match in ATTRIBUTE.finditer(unescape(written))
    }


def with_captions(body: str) -> str:
    """The body with WordPress' captions as figures; other systems may have kept them when they
    imported it.
    """
    return replaced(body, CAPTION, CAPTION_END, _caption, "]")


def _caption(match: re.Match[str], written: str, inner: str) -> str:
    picture = PICTURE.match(inner)
    said = attributes(written).get("caption", "")
    if picture is None:
        if "&lt;" in inner:
            return f"{match[0]}{written}]{inner}[/caption]"
        return inner
    words = picture[2].strip() or said
    below = ""
    if words:
        below = f"<figcaption>{words}</figcaption>"
    return f"\n\n<figure>{picture[1]}{below}</figure>\n\n"


def _picture(match: re.Match[str]) -> str:
    said = attributes(match[1])
    address = next(filter(None, (said.get(key) for key in ("src", "img", "image"))), "")
    words = said.get("caption") or said.get("title") or ""
    below = ""
    if words:
        below = f"<figcaption>{words}</figcaption>"
    return (
        f'\n\n<figure><img src="{escape(address)}"'
        f' alt="{escape(said.get("alt", ""))}">{below}</figure>\n\n'
    )


def _player(name: str, written: str, inner: str) -> str:
    """A paragraph with the address that a short code embeds, which becomes a card."""
    said = attributes(written)
    named = next(
        filter(
            None,
            (
                said.get(key, "")
                for key in ("url", "src", "href", "mp3", "mp4", "m4a", "webm", "id", "link")
            ),
        ),
        "",
    )
    bare = re.sub(
        r"(?<![\s&?])[\s&?]++(?:w|h|width|height|rel|hl|fs)=\S*|[\"']", "", unescape(written)
    ).split()
    address = (
        inner.strip() or named or (bare[0] if bare and "=" not in bare[0].split("?")[0] else "")
    )
    address = re.sub(r"<[^<>]+>", "", address).strip()
    if not re.match(r"https?://|//|/", address):
        pattern = SERVICES.get(name)
        if not pattern or not address:
            return f"[{name} {written}]"
        address = pattern.format(address)
    if name in ("audio", "video"):
        return f'\n\n<a data-card="{name}" href="{escape(address)}"></a>\n\n'
    return f"\n\n<p>{escape(address)}</p>\n\n"


def autop(text: str) -> str:
    """The text of a body without paragraphs as WordPress shows it: an empty line begins one, a
    single line break is a break.
    """
    if not text.strip():
        return ""
    kept: list[str] = []

    def keep(match: re.Match[str], _: str, inner: str) -> str:
        kept.append(f"{match[0]}{inner}</{match[1]}>")
        return f"\n\n{KEPT}{len(kept) - 1}{KEPT}\n\n"

    text = replaced(text.replace("\r\n", "\n").replace("\r", "\n"), WHOLE, WHOLE_END, keep)
    text = IN_TAG.sub(lambda match: match[0].replace("\n", " "), text)
    text = re.sub(r"<br\s*/?>\s*<br\s*/?>", "\n\n", text)
    text = re.sub(r"(?<!\s)\s*+(<!--\s*+more(?:(?!<!--)[^\n])*?-->)\s*+", r"\n\n\1\n\n", text)
    text = CLOSING.sub(r"\1\n\n", OPENING.sub(r"\n\n\1", text))
    paragraphs = [_paragraph(piece) for piece in re.split(r"\n\s*\n", text) if piece.strip()]
    text = "\n".join(paragraphs)
    return put_back(text, KEPT, kept.__getitem__, len(kept))


def _paragraph(piece: str) -> str:
    """A piece between empty lines: its block tags as they are, its words as a paragraph."""
    after = ""
    opened = ONLY_TAGS.match(piece)
    before, piece = (
        (re.sub(r">\s+", ">", opened[0]).strip(), piece[opened.end() :]) if opened else ("", piece)
    )
    while match := re.search(rf"</{BLOCK}\s*>\s*$", piece, re.I):
        after, piece = match[0] + after, piece[: match.start()]
    piece = piece.strip()
    if not piece or piece.startswith((KEPT, "<!--")):
        return f"{before}{piece}{after}"
    words = re.sub(r"(?<!<br>)(?<!<br/>)(?<!<br />)\n", "<br>\n", piece)
    is_open = re.search(r"<(?:p|h[1-6]|dt|summary|caption|figcaption)\b[^<>]*>$", before, re.I)
    return f"{before}{words}{after}" if is_open else f"{before}<p>{words}</p>{after}"
