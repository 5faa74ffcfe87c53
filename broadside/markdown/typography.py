"""Replaces typewriter characters by typographic ones: curly quotes, dashes, ellipses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

MARKS = re.compile(
    r"""https?://[^\s<>"'“”]+|["']|(?<![-<])-{2,3}(?![->])|(?<=\S )-(?= \S)|\.\.\."""
)
OPENERS = frozenset("([{<–—/=-“‘«‹¿¡")
CLOSERS = frozenset(".,;:!?)]}")
RTL = frozenset("ar ckb dv fa he ps sd ug ur yi".split())
ELISION = re.compile(r"(?:\d\ds?(?!,\d)|tis|twas|twere|twill|em|til|cause|bout|nuff|n)\b", re.I)
SPACE = re.compile("[ \u00a0](?=[;:!?»])|(?<=«)[ \u00a0]")
"""Where French has a narrow space."""
STASHED = re.compile("\x02[^\x02\x03]*\x03")
"""The key of raw HTML or an entity in Markdown's stash."""


class Quotes(Struct, frozen=True):
    """The quotation marks of a language, double and single, each with the space that belongs inside
    it.
    """

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str
    spaced: bool = False
    """Whether a narrow no-break space also goes before ; : ! ?"""


CURLY, ANGLED = Quotes("“", "”", "‘", "’"), Quotes("«", "»", "“", "”")
PRESS = {
    **dict.fromkeys(
        ("es-419", "es-ar", "es-cl", "es-co", "es-mx", "es-pe", "es-us", "es-uy"), CURLY
    ),
    **dict.fromkeys(("de-ch", "de-li", "fr-ch"), Quotes("«", "»", "‹", "›")),
    "fr": Quotes("«\u202f", "\u202f»", "“", "”", spaced=True),
    **dict.fromkeys(("ar", "es"), ANGLED),
}
"""Language tag in lower case -> the quotation marks that its press uses, where CLDR has others or
says nothing of spaces.
"""
CLDR = """
«»“” ast blo bm br ca cv dyo el eu ewo ie it kab kk lij mg mua nnh pms pt-ao pt-ch pt-cv pt-gq pt-gw
  pt-lu pt-mo pt-mz pt-pt pt-st pt-tl sc sg ti
„“‚‘ bs-cyrl cs de dsb et hr hsb is ksh lb luy mk nds sk sl
«»‹› am az-arab az-cyrl fa gsw jgo kkj mzn rm sdh wae
«»„“ bas be bua ky os ru sah tyv uk
””’’ fi he lag rn se sn sv yi
«»‘’ dua el-polyton ksf nb nn no rw
「」『』 ja yue zh-hant zh-hk zh-mo zh-tw
„“„“ bg lt prg sgs
“”‘’ bm-nkoo ff-adlm uz-arab uz-cyrl
‘’“” fur ia ti-er tn
«»«» ht hy oc yav
”“’‘ lld ms-arab syr ur
„”«» nmg pl ro
„”‚’ agq ff
„”»« hu szl
»«›‹ kk-arab ug
«»„” shi zgh
„”‘’ bs
“”«» eo
„“«» ka
‘’‘’ nl
„”’’ sr
“”“” tk
“”’‘ uz
"""
"""Marks, and the languages that have them: all of the Unicode CLDR 48.2 that have others than its
root, “ ” ‘ ’. An indented line goes on with the one above it.
"""


def _of_cldr() -> Iterator[tuple[str, Quotes]]:
    quotes = CURLY
    for line in CLDR.strip().splitlines():
        words = line.split()
        if not line.startswith(" "):
            quotes = Quotes(*words.pop(0))
        yield from ((lang, quotes) for lang in words)


QUOTES = dict(_of_cldr()) | PRESS


def quotes_of(lang: str) -> Quotes:
    """The quotation marks of a language."""
    tag = lang.lower()
    return QUOTES.get(tag) or QUOTES.get(tag.partition("-")[0], CURLY)


def is_rtl(lang: str) -> bool:
    """Whether a language is written from right to left."""
    return lang.partition("-")[0].lower() in RTL


def curl(  # noqa: PLR0913, PLR0917 -- a piece of a line, and what is around it
    text: str,
    before: str = "",
    quotes: Quotes | None = CURLY,
    after: str = "",
    shown: Callable[[str], str] = lambda _: "",
    verbatim: Sequence[tuple[int, int]] = (),
) -> str:
    """The text with typographic marks: "Don't" -> “Don’t”, -- or a hyphen between spaces an en
    dash, --- an em dash, ... an ellipsis.

    `before` and `after` are the characters beside the text if it is part of a longer line. `shown`
    returns a stashed piece as a reader sees it, "" for a tag. Text within a span of `verbatim`
    stays as it is. If `quotes` is None, quotation marks stay, and of apostrophes only those between
    letters are curled.
    """
    if quotes and quotes.spaced:
        text = SPACE.sub(
            lambda space: space[0] if _is_in(space.start(), verbatim) else "\u202f", text
        )
    # A loop would take longer than what it saves.
    if (
        "'" not in text
        and '"' not in text
        and "--" not in text
        and " - " not in text
        and "..." not in text
    ):
        return text
    out: list[str] = []
    last, place, within = before, 0, False
    for match in MARKS.finditer(text):
        piece = text[place : match.start()]
        place = match.end()
        following = first_shown(text, place, after, shown)
        previous = last_shown(piece, last, shown)
        last = _set(match, previous, following, quotes, within)
        if _is_in(match.start(), verbatim):
            last = match[0]
        elif match[0] == "'" and quotes:
            within = last == quotes.inner_opening
        out += piece, last
    return "".join([*out, text[place:]])


def set_in_type(data: Struct, keys: Iterable[str], quotes: Quotes | None) -> None:
    """Apply curl() to the values of these keys, if they are there."""
    for key in keys:
        if text := getattr(data, key, ""):
            setattr(data, key, curl(text, quotes=quotes))


def _set(  # noqa: PLR0911 -- a list of cases
    match: re.Match[str], previous: str, following: str, quotes: Quotes | None, within: bool
) -> str:
    mark = match[0]
    if mark[0] == "-":
        return "—" if len(mark) == 3 else "–"
    if mark[0] == ".":
        return "…"
    if len(mark) > 1:
        return mark
    if mark == "'" and quotes is not CURLY and previous.isalpha() and following.isalpha():
        return "’"
    if quotes is None:
        return mark
    if (
        mark == '"'
        and quotes.opening == quotes.closing
        and previous.isalpha()
        and following.isalpha()
    ):
        return mark  # within a word, as in acronyms in Hebrew
    opens = _opens(previous, following) or (
        quotes is not CURLY and previous == "’" and following.isalnum()
    )
    if mark == '"':
        return quotes.opening if opens else quotes.closing
    if quotes is CURLY:
        return "‘" if opens and not ELISION.match(match.string, match.end()) else "’"
    if opens:
        return quotes.inner_opening
    return quotes.inner_closing if within else "’"  # po’ and other words that are cut short


def _is_in(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _opens(previous: str, following: str) -> bool:
    """Whether a quotation mark between these characters opens a quotation."""
    if not following or following.isspace() or following in CLOSERS:
        return False
    return not previous or previous.isspace() or previous in OPENERS


def last_shown(text: str, before: str, shown: Callable[[str], str]) -> str:
    """The last character of a text that a reader sees; `before` if there is none."""
    if text.endswith("\x03"):
        text = STASHED.sub(lambda piece: shown(piece[0]), text)
    return text[-1:] or before[-1:]


def first_shown(text: str, start: int, after: str, shown: Callable[[str], str]) -> str:
    """The first character from `start` that a reader sees; `after` if there is none."""
    piece = STASHED.match(text, start)
    while piece:
        if shown(piece[0]):
            return shown(piece[0])[0]
        start = piece.end()
        piece = STASHED.match(text, start)
    return text[start : start + 1] or after[:1]
