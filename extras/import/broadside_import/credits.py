"""Finds the credit in a caption, in six languages."""

from __future__ import annotations

import re

LABELS = {
    "en": (
        "photo photos photograph photography image images picture illustration graphic courtesy"
        " credit credits source copyright"
    ),
    "fr": "photographie infographie crédit crédits",
    "de": (
        "foto fotos bild bilder fotograf fotografin grafik bildnachweis bildquelle bildrechte"
        " fotonachweis fotoquelle quelle"
    ),
    "es": "fotografía imagen ilustración gráfico crédito créditos cortesía fuente",
    "pt": "fotografia imagem ilustração crédito créditos cortesia fonte divulgação",
    "it": "immagine illustrazione grafico credito crediti fonte",
}
"""Words before a colon and a name; each language only adds what the ones above it lack."""
AFTER_LABELS = (
    "credit credits by courtesy via source photo photos image images par von por de di da of"
).split()
"""Words allowed between a label and its colon: `Crédits photo :`."""
PICTURES = (
    "photo photograph image illustration graphic photographie foto fotografía fotografia bild"
    " imagen imagem immagine"
)
BY = {"en": "by via", "fr": "par", "es": "por"}
"""Words that come only before the name of a picture's maker."""
OF = {"fr": "de", "de": "von", "it": "di da"}
"""Words that may also introduce what a picture shows (`Foto von Berlin`); the name must then end a
caption, or be a library's.
"""
LIBRARIES = "unsplash pexels pixabay flickr wikimedia shutterstock getty istock afp reuters"


def _any(*words: str) -> str:
    return "|".join(
        sorted({each for line in words for each in line.split()}, key=len, reverse=True)
    )


NAME = r"[^()\[\]]{2,150}"
NAMED = r"\s+(?-i:(?![a-zß-öø-ÿ]))[^\s()\[\]][^()\[\]]{1,150}"
"""A name after such a word; it does not begin with a lower-case letter."""
CREDIT = re.compile(
    rf"^(?P<caption>(?:.*?[.!?:;|–—\s)(\[-])??)\s*+(?:[(\[]\s*+)?(?P<credit>"
    rf"(?:{_any(*LABELS.values())})(?:\s+(?:{'|'.join(AFTER_LABELS)})){{0,2}}\s*[:/]\s*{NAME}"
    rf"|(?:{_any(PICTURES)})s?\s+(?:courtesy\s+of\s+{NAME}|(?:©|{_any(*BY.values())}){NAMED})"
    rf"|(?:(?<=[.!?:;|–—)(\[-])|(?<=[.!?:;|–—)(\[-]\s))(?:{_any(PICTURES)})s?\s+(?:{_any(*OF.values())}){NAMED}"
    rf"|(?:{_any(PICTURES)})s?\s+(?:{_any(*OF.values())})\s[^()\[\]]{{2,100}}\b(?:{_any(LIBRARIES)})\b[^()\[\]]{{0,30}}"
    rf"|(?:©|\(c\)|copyright\s+©)\s*{NAME})[)\]]?\s*\.?$",
    re.I | re.S,
)


def split_credit(caption: str, credit: str = "") -> tuple[str, str]:
    """A caption without its credit, and the credit; no word is lost."""
    if credit or not caption or len(caption) > 2_000:
        return caption, credit
    match = CREDIT.match(" ".join(caption.split()))
    if not match:
        return caption, ""
    return match["caption"].strip(" \t\n;|–—-(["), " ".join(match["credit"].split())
