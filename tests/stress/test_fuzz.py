"""Whatever stands in a source, reading it ends in HTML that may be shown or in faults that a writer
can act on.

The sources are made up by Hypothesis, and made of the demo's own by a hand that slips: both from
the alphabet in which attacks are written. BROADSIDE_SEED takes another beginning than the one that
every run has.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadside.content import folder
from broadside.content.read import read_content
from broadside.content.reader import Reader
from broadside.content.records import Record
from broadside.faults import Fault, errors_in
from broadside.front_matter import data
from broadside.front_matter.data import EVERY_KEY, Data
from broadside.front_matter.validate import Rules
from tests.content.reading import options_for
from tests.markdown.setting import ANYTHING
from tests.repository import PROJECT
from tests.sample import Outlet
from tests.stress.allowed import problem_in
from tests.stress.payloads import payloads
from tests.stress.told import problem_with

SEED = int(os.environ.get("BROADSIDE_SEED", "3"))
DEMO = [path for path in sorted((PROJECT / "content").rglob("*.md")) if path.is_file()]
KINDS = {name: kind for name, kind in folder.KINDS.items() if kind in data.KINDS}
PLACES = {"roundup": "roundups/2026-11-20.md"}
"""Where a source of a kind lies; others lie anywhere."""
PIECES = [
    *ANYTHING,
    *"\x00\x02\x0b\x0e\x10\x11\x12\r\u2028\u202e\u2066\ufeff\ud7ff￾",
    "---\n",
    "\n---\n",
    "title: ",
    "- ",
    ": ",
]
KEYS = st.sampled_from(
    [
        *(other for name, declared in EVERY_KEY for other in (name, *declared.key.names)),
        "Title",
        "x",
        "",
        "template",
        "save_as",
    ]
)
WORDS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(payloads()),
    st.sampled_from(["2026-11-20", "draft", "en", "/a/"]),
)
VALUES = st.one_of(
    WORDS,
    st.lists(WORDS, max_size=4),
    st.lists(st.dictionaries(KEYS, WORDS, max_size=3), max_size=2),
)
BODIES = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(max_size=10), st.sampled_from(payloads())),
    max_size=12,
)
LONG = settings(
    max_examples=5_000, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)

READER = Reader(Path(), Rules(ZoneInfo("UTC"), "", False))


def wrong_with(record: Record[Data], text: str) -> list[str]:
    """What a reading may not have ended in."""
    wrong = [said for fault in record.faults if (said := problem_with(fault, text))]
    wrong += [str(fault) for fault in record.faults if fault.code == "internal"]
    if not errors_in(record.faults) and (problem := problem_in(record.body)):
        wrong.append(problem)
    return wrong


def read(text: str, kind: str = "story") -> list[str]:
    """What is wrong with the reading of a text; an exception comes out as it is."""
    return wrong_with(
        READER.parse(text.encode("utf-8", "replace"), PLACES.get(kind, "articles/x.md"), kind), text
    )


@LONG
@given(st.dictionaries(KEYS, VALUES, max_size=8), BODIES, st.sampled_from(sorted(KINDS.values())))
def test_any_front_matter_and_any_text_are_read(
    head: dict[str, object], body: list[str], kind: str
) -> None:
    lines = "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in head.items()
    )
    assert read(f"---\n{lines}---\n{''.join(body)}\n", kind) == []


@LONG
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=10)), max_size=20).map("".join))
def test_any_file_is_read(text: str) -> None:
    assert read(text) == []
    assert read(f"---\ntitle: T\n---\n{text}", "page") == []


@settings(LONG, max_examples=3_000)
@given(st.binary(max_size=300))
def test_any_bytes_are_read(data: bytes) -> None:
    record = READER.parse(data, "articles/x.md", "story")
    assert wrong_with(record, data.decode("utf-8", "replace")) == []


def slip(text: str, chance: Random) -> str:
    """The text as a hand leaves it that slips once or some times."""
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(text) + 1)
        to = min(len(text), at + chance.choice((0, 1, 2, 10, 100)))
        other = chance.randrange(len(text) + 1)
        put = chance.choice(
            (
                chance.choice(PIECES),
                chance.choice(payloads()),
                text[other : other + 40],
                "",
                text[at:to] * 2,
            )
        )
        text = text[:at] + put + text[to:]
    return text


def test_slips_in_the_demos_stories_are_told_or_do_no_harm() -> None:
    chance, refused = Random(SEED), 0
    for number in range(6_000):
        path = chance.choice(DEMO)
        text = slip(path.read_text("utf-8"), chance)
        kind = KINDS[path.relative_to(PROJECT / "content").parts[0]]
        record = READER.parse(
            text.encode("utf-8", "replace"), PLACES.get(kind, "articles/x.md"), kind
        )
        assert wrong_with(record, text) == [], f"seed {SEED}, number {number}: {text!r}"
        refused += bool(errors_in(record.faults))
    assert 1_500 < refused < 5_000


def test_a_whole_folder_of_slips_is_told(tmp_path: Path) -> None:
    chance = Random(SEED)
    outlet = Outlet(tmp_path)
    shutil.rmtree(outlet.content)
    shutil.copytree(PROJECT / "content", outlet.content, ignore=shutil.ignore_patterns("photos"))
    for picture in (PROJECT / "content" / "photos").rglob("*.*"):
        outlet.photo(picture.relative_to(PROJECT / "content" / "photos").as_posix())
    reading = options_for(outlet)
    files = {
        path: path.read_text("utf-8")
        for path in sorted(outlet.content.rglob("*"))
        if path.suffix in (".md", ".yml")
    }
    for _ in range(40):
        for path, text in files.items():
            path.write_text(
                slip(text, chance) if chance.random() < 0.3 else text, "utf-8", "replace"
            )
        content = read_content(outlet.content, reading)
        assert problems(content.faults, outlet.content) == []


def problems(faults: Iterable[Fault], content: Path) -> list[str]:
    """What is wrong with the faults of a folder."""
    texts = {fault.path: "" for fault in faults}
    for path in texts:
        if (content / path).is_file():
            texts[path] = (content / path).read_bytes().decode("utf-8", "replace")
    told = [said for fault in faults if (said := problem_with(fault, texts[fault.path]))]
    return told + [str(fault) for fault in faults if fault.code == "internal"]
