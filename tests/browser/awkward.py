"""An outlet with awkward stories: headlines of one and of forty words, an unbroken address, Arabic,
wide tables, long code, and pictures of every shape.
"""

from __future__ import annotations

from pathlib import Path

from broadside.plugins.styleguide.command.stage import ARABIC, Stage
from tests.sample import Outlet

TEXT = "\n\n".join(
    f"Paragraph {number} says one thing, and says it once." for number in range(1, 10)
)
LETTER = (
    f"Dear reader,\n\n{TEXT}\n\n> [!pullquote]\n>"
    f" {'A quote that is longer than its column. ' * 3}\n\n"
)
LETTER += (
    f"| {' | '.join('abcdefgh')} |\n{'| --- ' * 8}|\n| {' | '.join(['a fairly long entry'] * 8)} |"
)
FIGURES = "\n\n| {} | {} | {} |\n| --- | :---: | ---: |\n| {} | A | 1,460 |\n| {} | BBB | 59 |"
SUMS = "\n".join(f"|{cell * 8}" for cell in (" Port |", " ---: |", " 123,456,789,012 |"))
VIEWS = (
    f"| Port | Year | Open | Boats | Remarks |\n|{' --- |' * 5}\n| Harlingen | 2019 | Yes | 17 |"
    f" {'The harbour is deep. ' * 20}|"
)
PORTS = ("Port", "Boats", "Sailings", "North", "South")
HEADED = (
    f"{TEXT}\n\n## Of salt\n\nA sentence on salt, [as below](#of-brine).\n\n### Of brine\n\nThe"
    " last sentence, on brine."
)
PHOTO = {
    "photo": "photos/wide.jpg",
    "alt": "A harbour.",
    "caption": "The harbour",
    "credit": "Photo by A. Person/Agency",
}
CAPTIONED = (
    f'![A harbour.](photos/harbour.jpg){{caption="{ARABIC["title"]}" credit="Photo by A.'
    ' Person/Agency"}'
)
STORY = "2026/11/headed/"
PAGES = (
    "",
    STORY,
    "2026/11/forty/",
    "2026/11/unbroken/",
    "2026/11/arabic/",
    "sections/europe/",
    "latest/",
    "authors/farah-haddad/",
)
TALL, WIDE = {"width": 375, "height": 667}, {"width": 1280, "height": 900}


def awkward_outlet(path: Path) -> Outlet:
    """The outlet; each story has the others below it."""
    outlet, stage = Outlet(path), Stage()
    outlet.photo(size=(480, 300))
    outlet.photo("wide.jpg", size=(960, 600))
    for name in stage.six[1:]:
        outlet.author(name)
    arabic = {key: ARABIC[key] for key in ("title", "dek", "lang")}
    outlet.story(
        "headed",
        title="Salt",
        body=HEADED,
        date="2026-11-20T09:00",
        related=["forty", "arabic", "unbroken"],
        topics=["tides", "the tables by which harbours of the north were once deepened"],
        **PHOTO,
    )
    outlet.story(
        "forty",
        title=stage.forty_words,
        body=HEADED,
        authors=list(stage.six),
        date="2026-11-19T09:00",
        **PHOTO,
    )
    outlet.story(
        "unbroken",
        title=stage.unbroken,
        body=f"See <{stage.unbroken}>.\n\n{TEXT}",
        date="2026-11-18T09:00",
        **PHOTO,
    )
    outlet.story(
        "arabic",
        body=f"{ARABIC['text']}\n\n" * 6 + FIGURES.format(*ARABIC["title"].split() * 2),
        date="2026-11-17T09:00",
        related=["headed"],
        **arabic,
    )
    outlet.story(
        "arabic-opinion",
        type="Opinion",
        body=(
            f"{ARABIC['text']}\n\n> [!pullquote]\n>"
            f" {ARABIC['text']}\n\n{ARABIC['text']}\n\n{CAPTIONED}"
        ),
        date="2026-11-13T09:00",
        corrections=[{"date": "2026-11-14", "type": "correction", "text": ARABIC["text"]}],
        **arabic,
    )
    outlet.photo("tall.jpg", size=(300, 420))
    outlet.story(
        "letter",
        body=LETTER,
        date="2026-11-15T09:00",
        stream="full",
        **{**PHOTO, "photo": "photos/tall.jpg"},
    )
    outlet.story(
        "opening",
        related=["letter"],
        body=f"{'A long opening. ' * 20}\n\n{TEXT}{FIGURES.format(*PORTS)}",
        date="2026-11-14T09:00",
    )
    outlet.story(
        "code",
        body=f"{TEXT}\n\n* * *\n\n```\n{'a_long_line = of(code) + ' * 9}\n```\n\n{SUMS}\n\n{VIEWS}",
        date="2026-11-12T09:00",
        **PHOTO,
    )
    outlet.photo("strip.jpg", size=(1200, 250))
    outlet.photo("mast.jpg", size=(700, 1400))
    mast = f"{TEXT}\n\n{CAPTIONED.replace('harbour.jpg', 'mast.jpg')}\n"
    outlet.story(
        "strip", body=mast, date="2026-11-11T09:00", **{**PHOTO, "photo": "photos/strip.jpg"}
    )
    outlet.story(
        "mast", body=TEXT, date="2026-11-10T09:00", **{**PHOTO, "photo": "photos/mast.jpg"}
    )
    outlet.story(
        "small", body=TEXT, date="2026-11-09T09:00", **{**PHOTO, "photo": "photos/harbour.jpg"}
    )
    outlet.story("bare", body=TEXT, date="2026-11-16T09:00", related=["headed", "forty"])
    return outlet
