"""The twelve authors."""

from ..canvas import Canvas
from . import backdrops, clothes, glasses, hair
from .bust import Bust, Sitter, Skin
from .face import features, neck

FAIR = Skin("#fbe3cf", "#eec3a3", "#cf9478", "#8d5648", "#bf6a60")
ROSY = Skin("#fbdcc8", "#eab799", "#c98a70", "#8a4f42", "#b5615a")
PALE = Skin("#fdeadb", "#f1cdb2", "#d39f88", "#905e55", "#c4706c")
OLIVE = Skin("#efc79c", "#d6a074", "#ab7150", "#6b3f30", "#a8594c")
TAN = Skin("#e9bd8f", "#c98f63", "#9a6142", "#5d3527", "#9a4d42")
EAST = Skin("#fadfbf", "#e9bf97", "#c78f6c", "#835242", "#bf6a5c")
BROWN = Skin("#d9a06f", "#b0744a", "#7f4c30", "#47271c", "#8d4a3d")
DARK = Skin("#b57a52", "#85512f", "#5b3420", "#2f1912", "#7a3f35")
DEEP = Skin("#9a6444", "#6f4128", "#482819", "#24130e", "#6b3a33")

SITTERS: dict[str, Sitter] = {
    "ilse-vandermeer": Sitter(
        201, FAIR, "#b5935f", "#ecd9a6", backdrops.arches, clothes.navy_suit, hair.bob_back, hair.bob_front, [glasses.pearl],
        turn=0.6, jaw=0.94, neck=0.88, width=0.96, brow=0.72, brow_tone="#7a5a38", iris="#4f6f7a", age=0.4, smile=2.2,
    ),
    "tomas-arrieta": Sitter(
        202, OLIVE, "#241a18", "#6b5347", backdrops.andes, clothes.corduroy, None, hair.wavy_front, [hair.short_beard],
        turn=-0.6, jaw=1.04, brow=1.15, iris="#3a2418", age=0.3, smile=1.0, neck=1.1,
    ),
    "nadia-rahmani": Sitter(
        203, TAN, "#1d1618", "#5f4c4c", backdrops.lattice, clothes.shawl, hair.swept_back, hair.swept_front, [glasses.earrings],
        turn=0.7, jaw=0.92, neck=0.88, width=0.95, brow=0.95, brow_tone="#1d1416", iris="#4a2f1c", age=0.25, smile=1.6, lips=1.25, eye=1.06,
    ),
    "kofi-asante-boateng": Sitter(
        204, DEEP, "#8a8582", "#d9d4cf", backdrops.savanna, clothes.kente, None, None, [hair.goatee, glasses.fine_glasses],
        turn=-0.55, jaw=1.04, width=1.0, brow=0.95, brow_tone="#4a403c", iris="#24140e", age=0.45, smile=2.6, lips=1.5, nose=1.25, neck=1.12,
    ),
    "grace-nakagawa": Sitter(
        205, EAST, "#17141a", "#565063", backdrops.waves, clothes.mustard_rollneck, hair.long_back, hair.fringe_front, [],
        turn=-0.5, jaw=0.94, neck=0.88, width=0.97, brow=0.6, brow_tone="#1d171a", iris="#24170f", age=0.1, smile=2.4, eye=0.95, nose=0.92,
    ),
    "daniel-okonkwo-reyes": Sitter(
        206, DARK, "#17110f", "#54403a", backdrops.capitol, clothes.suit_and_tie, None, hair.cropped_front, [hair.stubble],
        turn=0.6, jaw=1.06, brow=1.1, brow_tone="#17100e", iris="#2a180f", age=0.15, smile=2.0, lips=1.35, nose=1.15, neck=1.12,
    ),
    "eloise-marchetti": Sitter(
        207, PALE, "#7a3320", "#d07a45", backdrops.bars, clothes.green_blouse, hair.curls_back, hair.curls_front, [],
        turn=-0.65, jaw=0.93, neck=0.88, width=0.95, brow=0.75, brow_tone="#6b3322", iris="#4f7a5a", age=0.3, smile=2.8, lips=1.15,
    ),
    "bronislaw-zieba": Sitter(
        208, ROSY, "#b9b5b0", "#f3f0ea", backdrops.radar, clothes.tweed, None, hair.bald_sides, [hair.moustache],
        turn=0.55, jaw=1.08, chin=0.9, width=1.03, brow=1.2, brow_tone="#8d867f", iris="#56788a", age=0.8, smile=0.2, nose=1.15, neck=1.14,
    ),
    "margit-sondergaard": Sitter(
        209, ROSY, "#a9adb3", "#f6f7f5", backdrops.aurora, clothes.nordic_sweater, None, hair.pixie_front, [],
        turn=-0.6, jaw=0.97, width=0.97, brow=0.7, brow_tone="#7f7a76", iris="#3f7391", age=0.65, smile=2.6,
    ),
    "rafiq-chowdhury": Sitter(
        210, BROWN, "#15110f", "#4f413b", backdrops.delta, clothes.kurta, None, hair.side_swept, [hair.short_beard, glasses.square_glasses],
        turn=0.6, jaw=1.0, brow=1.15, brow_tone="#15100e", iris="#2a180e", age=0.15, smile=1.8, lips=1.15, neck=1.04,
    ),
    "hana-dvorakova": Sitter(
        211, PALE, "#7a5236", "#c9996a", backdrops.circles, clothes.cardigan, hair.bun_back, hair.bun_front, [glasses.round_glasses],
        turn=0.5, jaw=0.92, neck=0.88, width=0.95, brow=0.7, brow_tone="#5d3f2b", iris="#6b7a4f", age=0.1, smile=3.0,
    ),
    "samuel-whitlock": Sitter(
        212, FAIR, "#cfcac3", "#ffffff", backdrops.columns_of_type, clothes.waistcoat, None, hair.receding_front, [hair.full_beard, glasses.half_glasses],
        turn=-0.6, jaw=1.06, width=1.02, brow=1.2, brow_tone="#b5aea6", iris="#4f7388", age=0.8, smile=1.0, nose=1.1, neck=1.12,
    ),
}


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
