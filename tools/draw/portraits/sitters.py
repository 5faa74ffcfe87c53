"""The twelve authors and how each is drawn."""

from ..canvas import Canvas
from .bust import Bust, Sitter
from .contributors import CONTRIBUTORS
from .face import features
from .head import neck
from .newsroom import NEWSROOM

SITTERS: dict[str, Sitter] = {**NEWSROOM, **CONTRIBUTORS}


def portrait(stem: str) -> Canvas:
    """Draw one author's bust."""
    sitter = SITTERS[stem]
    bust = Bust(sitter)
    sitter.backdrop(bust)
    x, y = bust.at(0, 0)
    bust.canvas.glow(x + 90 * bust.lit, y - 40, 150, "#fff3d6", 0.22)
    if sitter.hair_back:
        sitter.hair_back(bust)
    with bust.raised():
        neck(bust)
        sitter.clothes(bust)
    features(bust)
    if sitter.hair_front:
        sitter.hair_front(bust)
    for extra in sitter.extras:
        extra(bust)
    return bust.canvas
