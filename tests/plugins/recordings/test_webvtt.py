"""What is read of a transcript, and what is said of one of which players would lose words."""

from __future__ import annotations

import time
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.plugins.recordings.webvtt import (
    LONGEST,
    MOST_MISTAKES,
    PARAGRAPH,
    Cue,
    paragraphs,
    parsed,
)

WORDS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40).map(
    lambda text: " ".join(text.split())
)
SAID = WORDS.filter(lambda text: bool(text) and "-->" not in text)
NAMES = st.sampled_from(["", "Ana Pereira", "Jürgen & Söhne", "Ο Νίκος"])


def clock(moment: int, hours: bool) -> str:
    """A moment in thousandths of a second, as a transcript has it."""
    seconds, rest = divmod(moment, 1000)
    minutes, seconds = divmod(seconds, 60)
    whole, minutes = divmod(minutes, 60)
    before = f"{whole:02}:" if hours or whole else ""
    return f"{before}{minutes:02}:{seconds:02}.{rest:03}"


@given(
    st.lists(
        st.tuples(st.integers(0, 40_000_000), st.integers(1, 9000), SAID, NAMES),
        min_size=1,
        max_size=8,
        unique_by=lambda each: each[2],
    ),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
    st.sampled_from(["WEBVTT", "\ufeffWEBVTT - Words", "WEBVTT\nLanguage: en"]),
    st.sampled_from(["", "NOTE\nA remark -- of two lines.\n\n", "STYLE\n::cue {}\n\n"]),
)
def test_what_is_written_is_read(
    said: list[tuple[int, int, str, str]], end: str, full: bool, first: str, other: str
) -> None:
    said.sort(key=lambda each: each[0])
    blocks = []
    for number, (start, length, text, name) in enumerate(said):
        voice = f"<v.loud {escape(name)}>" if name else ""
        times = f"{clock(start, full)} --> {clock(start + length, full)} align:start"
        blocks.append(
            f"{f'{number}' + chr(10) if full else ''}{times}\n{voice}{escape(text)}</v>\n"
        )
    cues, mistakes = parsed((first + "\n\n" + other + "\n".join(blocks)).replace("\n", end))
    assert mistakes == []
    assert [
        (round(cue.start * 1000), round(cue.end * 1000), cue.text, cue.speaker) for cue in cues
    ] == [(start, start + length, text, name) for start, length, text, name in said]
    assert " ".join(words for _, words in paragraphs(cues)) == " ".join(
        text for _, _, text, _ in said
    )


PIECES = st.sampled_from(
    [
        "WEBVTT",
        "\n",
        "\n\n",
        "-->",
        "00:01.000 --> 00:02.000",
        "00:03.000 --> 00:01.000",
        "NOTE",
        "<v",
        "<v A>",
        " ",
        "<00:01.000>",
        "</c>",
        "\u202e",
        "&lt;",
        "x",
        "\0",
        "\r",
    ]
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=20).map("".join))
def test_whatever_a_file_holds_it_is_read_or_said_what_is_wrong(text: str) -> None:
    cues, mistakes = parsed(text)
    lines = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    assert cues or mistakes
    assert all(1 <= each.line <= lines and each.message and each.hint for each in mistakes)
    assert len(mistakes) <= MOST_MISTAKES
    assert all(cue.text and 0 <= cue.start < cue.end for cue in cues)


def test_a_paragraph_ends_with_a_speaker_a_pause_or_when_it_is_long() -> None:
    sentence = "Word " * 20 + "end."
    long = [Cue(at, at, at + 1.0, sentence, "A") for at in range(9)]
    made = list(
        paragraphs([*long, Cue(9, 9.0, 10.0, "Yes.", "B"), Cue(10, 20.0, 21.0, "No.", "B")])
    )
    assert [name for name, _ in made] == ["A", "", "", "B", ""]
    assert all(len(words) < PARAGRAPH + len(sentence) + 2 for _, words in made)
    assert made[-2:] == [("B", "Yes."), ("", "No.")]


def said(*blocks: str) -> list[tuple[str, str]]:
    """Who says what in a transcript of blocks, in which nothing is wrong."""
    cues, mistakes = parsed("\n\n".join(("WEBVTT", *blocks)))
    assert mistakes == []
    return [(cue.speaker, cue.text) for cue in cues]


def test_hours_of_captions_without_stops_are_paragraphs_within_a_moment() -> None:
    text = "and so it goes on and on"
    cues = [Cue(at, at, at + 1.0, f"{text} {at}") for at in range(21_600)]
    before = time.process_time()
    made = [words for _, words in paragraphs(cues)]
    assert time.process_time() - before < 5
    assert " ".join(made) == " ".join(cue.text for cue in cues)
    assert all(len(words) + 1 > LONGEST and len(words) < LONGEST + 40 for words in made[:-1])


def test_voices_that_share_a_cue_are_told_apart() -> None:
    times = "00:01.000 --> 00:02.000\n"
    assert said(f"{times}<v Ana>Will you resign?</v>\n<v.loud Bob>Never.</v>") == [
        ("Ana", "Will you resign?"),
        ("Bob", "Never."),
    ]
    assert said(f"{times}[A door] <i><v Ana>Yes.\nYes.</v></i>") == [
        ("", "[A door]"),
        ("Ana", "Yes. Yes."),
    ]


def test_captions_that_roll_up_are_read_once() -> None:
    rolling = (
        (
            "00:00.160 --> 00:02.389 align:start position:0%\n \nhello<00:00:00.480><c>"
            " and</c><00:00:01.000><c.x> welcome</c>"
        ),
        "00:02.389 --> 00:02.399 align:start position:0%\nhello and welcome\n ",
        (
            "00:07.399 --> 00:08.550 align:start position:0%\nhello and"
            " welcome\nto<00:00:07.500><c> the show</c>"
        ),
        "00:08.550 --> 00:08.560 align:start position:0%\nto the show\n ",
    )
    assert said(*rolling) == [("", "hello and welcome"), ("", "to the show")]
    three = (
        "00:01.000 --> 00:02.000\nOne\nTwo\nThree",
        "00:02.000 --> 00:03.000\nTwo\nThree\nFour",
    )
    assert said(*three) == [("", "One Two Three"), ("", "Four")]


def test_what_is_said_again_is_kept() -> None:
    assert said("00:01.000 --> 00:02.000\nNo.\nNo.", "00:04.000 --> 00:05.000\nNo.") == [
        ("", "No. No."),
        ("", "No."),
    ]
    assert said("00:01.000 --> 00:02.000\n<v Ana>No.", "00:02.000 --> 00:03.000\n<v Bob>No.") == [
        ("Ana", "No."),
        ("Bob", "No."),
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("it is 3 < 4 and 5 > 2", "it is 3 < 4 and 5 > 2"),
        ("<laughs> <c and d> <> <font>x", "<laughs> <c and d> <> <font>x"),
        ("<c.yellow.bg_blue>a</c><i>b</i><b>c</b><u>d</u><00:01.500>e<01:00:01.500>f", "abcdef"),
        ("<ruby>漢<rt>kan</rt></ruby> <lang en-GB>g</lang>", "漢kan g"),
        ("&lt;i&gt; stays", "<i> stays"),
    ],
)
def test_only_tags_are_taken_out_of_words(written: str, read: str) -> None:
    assert said(f"00:01.000 --> 00:02.000\n{written}") == [("", read)]
