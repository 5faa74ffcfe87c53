"""Payloads of public corpora, and the places of a content folder where a guest could put one."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "hostile"
HERE = "@@"
"""Where the payload goes in a context; "##" is the number of the payload, for names that must
differ.
"""

FRONT = ("title", "dek", "caption", "alt", "credit")
"""Keys of a story that hold one line of text."""

CONTEXTS = {
    "alone": "@@",
    "in a line": "Words @@ words.",
    "heading": "### @@",
    "quotation": "> @@",
    "pull quote": "> [!pullquote] @@",
    "item": "- @@\n- two",
    "cell": "| a | b |\n| --- | --- |\n| @@ | x |",
    "note": "A claim.[^n##]\n\n[^n##]: @@",
    "name of a note": "A claim.[^@@]\n\n[^@@]: Its source.",
    "code": "`@@`",
    "fence": "```\n@@\n```",
    "language of a fence": "```@@\ncode\n```",
    "abbreviation": "*[WTO##]: @@\n\nThe WTO##.",
    "abbreviated": "*[@@]: World Trade Organization\n\nThe @@ decides.",
    "term": "@@\n: What it means.",
    "definition": "Term\n: @@",
    "words of a link": "[@@](https://example.org/)",
    "link": "[words](@@)",
    "link in angles": "[words](<@@>)",
    "reference": "[words][r##]\n\n[r##]: @@",
    "name of a reference": "[words][@@]\n\n[@@]: https://example.org/",
    "title of a link": '[words](https://example.org/ "@@")',
    "automatic link": "<@@>",
    "address in a tag": '<a href="@@">words</a>',
    "address in a tag, bare": "<a href=@@>words</a>",
    "title of a tag": '<span title="@@">words</span>',
    "tag": "<@@>words</@@>",
    "attribute": "<span @@>words</span>",
    "title of a card": "[!video] [@@](https://example.org/)",
    "address of a card": "[!post] [Words](@@)",
    "card": "[!audio] [Words](https://example.org/@@)",
    "kind of a card": "[!@@] [Words](https://example.org/)",
    "comment": "Words.\n\n<!-- @@ -->",
    "alt of a photo": '![@@](photos/harbour.jpg){credit="C"}',
    "caption of a photo": '![A harbour.](photos/harbour.jpg){caption="@@" credit="C"}',
    "credit of a photo": '![A harbour.](photos/harbour.jpg){credit="@@"}',
    "photo": '![A harbour.](@@){credit="C"}',
}
"""How a payload can stand in a text."""


EVERY = int(os.environ.get("EVERY_PAYLOAD", "1"))
"""1 tries all payloads, which takes a quarter of an hour; 3 every third, as CI does."""


@cache
def payloads() -> tuple[str, ...]:
    """The payloads, once."""
    lines = [
        line for file in sorted(FOLDER.glob("*.jsonl")) for line in file.open(encoding="utf-8")
    ]
    return tuple(map(json.loads, lines[::EVERY]))


def in_context(context: str, number: int) -> str:
    """A payload, by its number, in a context."""
    return CONTEXTS[context].replace("##", str(number)).replace(HERE, payloads()[number])
