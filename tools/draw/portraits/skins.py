"""The tones of the sitters' faces."""

from .bust import Skin

FAIR = Skin("#fbe3cf", "#eec3a3", "#cf9478", "#8d5648", "#bf6a60")


ROSY = Skin("#fbdcc8", "#eab799", "#c98a70", "#8a4f42", "#b5615a")


PALE = Skin("#fdeadb", "#f1cdb2", "#d39f88", "#905e55", "#c4706c")


OLIVE = Skin("#efc79c", "#d6a074", "#ab7150", "#6b3f30", "#a8594c")


TAN = Skin("#e9bd8f", "#c98f63", "#9a6142", "#5d3527", "#9a4d42")


EAST = Skin("#fadfbf", "#e9bf97", "#c78f6c", "#835242", "#bf6a5c")


BROWN = Skin("#d9a06f", "#b0744a", "#7f4c30", "#47271c", "#8d4a3d")


DARK = Skin("#b57a52", "#85512f", "#5b3420", "#2f1912", "#7a3f35")


DEEP = Skin("#9a6444", "#6f4128", "#482819", "#24130e", "#6b3a33")
