"""Finds out what a story is about, as weighted terms of its text.

A story's terms depend only on that story, so they are kept until it changes.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

from broadside.letters import UNSPACED

HEADLINE, DEK = 8, 2
"""How often a word there counts, compared with one in the body: a headline says what a story is
about.
"""

NAME, NAMED = 1.75, 0.6
"""How much more a name counts, and the share of a word's mentions in the body that must be
capitalized to make it a name.
"""

DAMPING = 0.65
"""Exponent of a term's count: the tenth mention says less than the second."""

LENGTH = 1.1
"""Exponent of a story's length; above 1, or very long stories, which touch on everything, would be
related to all others.
"""

TERMS = 128
"""Terms kept for each story; fewer make the results worse, more cost memory and gain little."""

WHOLE = 10_000
"""The integer that represents a weight of 1.0."""

ADDRESS = re.compile(r"https?://\S+")

# Characters that \w leaves out but that belong inside a word: accents, and the vowel signs of Indic
# and related scripts.
INSIDE = (
    r"\w\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0900-\u0963\u0966-\u0dff\u0e00-\u109f\u1780-\u17ff"
)
WORD = re.compile(f"[{INSIDE}'’]+")
APART = re.compile(f"[^{INSIDE}]+|_+")
WITHOUT_SPACES = re.compile(f"[{UNSPACED}\uac00-\ud7af]+")
"""Scripts with no spaces between words, or, in Korean, none that help: pairs of characters are used
instead of words.
"""
SHORTEST, LONGEST = 2, 40
YEAR = 4
ODD, NAMELY = " ", "^"
REMEMBERED = 200_000
"""Entries after which a lexicon is cleared, so that its memory does not grow with the archive."""
ENGLISH = """
a about above across actually after again against ago all almost alone along already also although
always am among an and another any anyone anything anyway are aren around as ask asked at away back
be became because become becomes been before began behind being below best better between both but
by call called came can cannot come comes could couldn did didn do does doesn doing don done down
during each either else enough etc even ever every everyone everything far few find first five for
found four from full further gave get gets getting give given gives go goes going gone good got
great had hadn has hasn have haven having he hence her here hers herself him himself his how however
i ie if in indeed instead into is isn it its itself just keep kept know known last later least less
let like likely little ll long look looking lot made make makes making many may maybe me mean might
mine more moreover most mostly much must my myself near need needs neither never nevertheless new
next no nobody none nor not nothing now of off often on once one only onto or other others otherwise
our ours ourselves out over own part per perhaps please point put quite rather re really right said
same saw say saying says second see seem seemed seems seen several she should shouldn show since six
so some someone something sometimes somewhere soon still such sure take taken takes ten than that
the their them themselves then there therefore these they thing things think this those though three
through throughout thus time to together too took toward towards try trying two under until up upon
us use used uses using ve very via want wants was wasn way ways we well went were weren what
whatever when where whereas whether which while who whoever whole whom whose why will with within
without won would wouldn yes yet you your yours yourself yourselves
"""
GERMAN = """
aber alle allem allen aller alles als also am an auch auf aus bei bin bis da dann das dass dein dem
den denn der des dich die dies diese dieser doch du durch ein eine einem einen einer eines er es
etwa fur ganz gegen haben hat hatte hier ich ihm ihn ihnen ihr ihre im immer in ins ist ja jede
jedoch kann kein keine konnen mehr mein mit muss nach nicht noch nun nur ob oder ohne schon sehr
sein seine seit sich sie sind so soll sondern uber um und uns unter viel vom von vor wahrend war
waren was weil welche wenn werden wer wie wieder will wir wird wo zu zum zur zwischen
"""
FRENCH = """
ai ainsi alors au aucun aussi autre aux avait avant avec avoir bien ca car ce cela celle celui ces
cet cette ceux chez comme contre dans de des deux dont du elle elles en encore entre est et etait
ete etre eux fait faire fois il ils je la le les leur leurs lui mais meme moins mon ne ni non nos
notre nous on ont ou par pas pendant peu peut plus pour pourquoi quand que quel quelle qui sa sans
se selon ses si soit son sont sous sur tous tout toute tres trop tu un une vers vous
"""
SPANISH = """
al algo ante antes asi aun aunque cada como con contra cual cuando de del desde donde dos el ella
ellos en entre era es esa ese eso esta estaba estan este esto fue ha habia hacia han hasta hay la
las le les lo los mas me mi mientras mismo muy nada ni no nos o otra otro para pero poco por porque
puede pues que quien se segun ser si sido sin sobre solo son su sus tambien tan tanto tiene toda
todo todos tras un una uno unos y ya yo
"""
ITALIAN = """
ad agli ai al alla alle allo anche ancora c che chi ci come con contro cosa cosi cui da dai dal
dalla dalle degli dei del della delle dello di dopo dove due e ed era essere fra gia gli ha hanno i
il in io la le lei lo loro lui ma mentre mi molto ne nei nel nella nelle no noi non o ogni ora per
perche piu poi prima pure quale quando quanto quella quello questa questo qui se sempre senza si sia
solo sono sta su sua sue sui sul sulla suo suoi tra tutti tutto un una uno vi
"""
PORTUGUESE = """
ao aos as ate cada com como contra da das de dela dele depois do dos e ela ele eles em entre era
essa esse esta estao este eu foi ha isso isto ja la lhe mais mas me mesmo muito na nao nas nem no
nos num numa o os ou outra outro para pela pelo pelos por porque qual quando que quem se sem ser seu
sua suas sao so sobre tambem tem ter toda todo todos um uma
"""
DUTCH = """
aan al alle als bij dan dat de der deze die dit door dus een en er geen haar had heb heeft hem het
hier hij hoe hun ik in is ja je kan maar me meer men met mijn na naar niet niets nog nu of om onder
ons ook op over te tegen toch toen tot u uit van veel voor want waren was wat we wel werd wie wij
wil worden ze zei zelf zich zij zijn zo zonder zou
"""
STOP_WORDS = {
    lang: frozenset(words.split())
    for lang, words in {
        "en": ENGLISH,
        "de": GERMAN,
        "fr": FRENCH,
        "es": SPANISH,
        "it": ITALIAN,
        "pt": PORTUGUESE,
        "nl": DUTCH,
    }.items()
}
"""A language, without its region -> words that say nothing about a subject, normalized like terms.

A language that is missing here loses little: in a large archive the commonest words get almost no
weight anyway.
"""


class Lexicon(dict[str, str]):
    """Caches the terms of each piece of text between spaces, for all stories in one language that a
    process reads.

    The value is usually one term. If there are several, or capitals, it is ODD and then all terms
    with spaces between them, each capitalized one with NAMELY before it.
    """

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._stop_words = STOP_WORDS.get(lang.lower().partition("-")[0], frozenset())

    def __missing__(self, piece: str) -> str:
        if len(self) >= REMEMBERED:
            self.clear()
        self[piece] = meaning = self._small(piece) if _is_small(piece) else self._meaning(piece)
        return meaning

    def _small(self, word: str) -> str:
        """The term of a plain word, which most are: a shortcut."""
        term = singular(word)
        if term in self._stop_words:
            return ""
        return term

    def _meaning(self, piece: str) -> str:
        meant = [
            NAMELY + term if word[0].isupper() else term
            for word in WORD.findall(piece)
            for term in spell(word.lower())
            if term not in self._stop_words
        ]
        meaning = " ".join(meant)
        if " " in meaning or NAMELY in meaning:
            return ODD + meaning
        return meaning


lexicon_of = cache(Lexicon)
"""The lexicon of a language."""


def _is_small(piece: str) -> bool:
    """Whether a piece of text is one word of lower-case letters a to z."""
    return (
        SHORTEST <= len(piece) <= LONGEST
        and piece.isascii()
        and piece.isalpha()
        and piece.islower()
    )


def signature(headline: str, dek: str, body: str, lexicon: Lexicon) -> str:
    """A story's strongest terms with their weights, strongest first: "nato:812 ukraine:640"; takes
    plain texts.
    """
    mentions, capitals = tally(body, lexicon)
    counts: dict[str, float] = dict(mentions)
    for term, count in capitals.items():
        if count >= NAMED * counts[term]:
            counts[term] *= NAME
    for text, factor in ((headline, HEADLINE), (dek, DEK)):
        for term, count in tally(text, lexicon)[0].items():
            counts[term] = counts.get(term, 0) + count * factor
    # ties in alphabetical order
    strongest = sorted(sorted(counts), key=counts.__getitem__, reverse=True)[:TERMS]
    damped = {count: count**DAMPING for count in {counts[term] for term in strongest}}
    length = sum([damped[counts[term]] ** 2 for term in strongest]) ** (LENGTH / 2)
    shares = {count: max(1, round(WHOLE * weight / length)) for count, weight in damped.items()}
    return " ".join([f"{term}:{shares[counts[term]]}" for term in strongest])


def tally(text: str, lexicon: Lexicon) -> tuple[dict[str, int], dict[str, int]]:
    """How often each term occurs in a text, and how often capitalized."""
    counts: dict[str, int] = Counter(
        map(lexicon.__getitem__, ADDRESS.sub(" ", html.unescape(text)).split())
    )
    capitals: dict[str, int] = {}
    counts.pop("", None)
    for meaning in [meaning for meaning in counts if meaning[0] == ODD]:
        count = counts.pop(meaning)
        for written in meaning.split():
            term = written.removeprefix(NAMELY)
            counts[term] = counts.get(term, 0) + count
            if term != written:
                capitals[term] = capitals.get(term, 0) + count
    return counts, capitals


def parse(signature: str) -> dict[str, int]:
    """The terms of a signature with their weights, strongest first."""
    parts = signature.replace(":", " ").split()
    return dict(zip(parts[::2], map(int, parts[1::2]), strict=True))


def spell(word: str) -> Iterator[str]:
    """Yield the terms of a lower-case word: without accents, in the singular, or as pairs of
    characters.
    """
    if not word.isascii():
        word = fold(word)
    word = max(APART.split(word), key=len)
    for run in WITHOUT_SPACES.findall(word):
        yield from (run[i : i + 2] for i in range(max(1, len(run) - 1)))
    for part in WITHOUT_SPACES.split(word):
        if SHORTEST <= len(part) <= LONGEST and (len(part) == YEAR or not part.isdigit()):
            yield singular(part)


OF_KANA = "\u3099\u309a"
"""Marks that are not accents: ダ is a different letter from タ."""


def fold(word: str) -> str:
    """A word without accents, points and capitals: "Évian" and "evian" are one term."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    # In Indic and related scripts the combining marks are vowels, not accents.
    if "\u0900" <= max(letters) <= "\u17ff":
        return unicodedata.normalize("NFC", letters)
    return unicodedata.normalize(
        "NFC", "".join(c for c in letters if not unicodedata.combining(c) or c in OF_KANA)
    )


def singular(word: str) -> str:
    """The singular of an English plural; leaves other words, and most words of other languages, as
    they are.
    """
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1]
