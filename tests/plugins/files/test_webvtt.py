"""What is read of a transcript, and what is said of one of which players would lose words."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.plugins.files.webvtt import MOST_MISTAKES, PARAGRAPH, Cue, paragraphs, parsed

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
    st.lists(st.tuples(st.integers(0, 40_000_000), st.integers(1, 9000), SAID, NAMES), min_size=1, max_size=8),
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
        blocks.append(f"{f'{number}' + chr(10) if full else ''}{times}\n{voice}{escape(text)}</v>\n")
    cues, mistakes = parsed((first + "\n\n" + other + "\n".join(blocks)).replace("\n", end))
    assert mistakes == []
    assert [(round(cue.start * 1000), round(cue.end * 1000), cue.text, cue.speaker) for cue in cues] == [
        (start, start + length, text, name) for start, length, text, name in said
    ]
    assert " ".join(words for _, words in paragraphs(cues)) == " ".join(text for _, _, text, _ in said)


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


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("00:01.000 --> 00:02.000\nWords.\n", 1),
        ("WEBVTT\n00:01.000 --> 00:02.000\nWords.\n", 2),
        ("WEBVTT\n\n1\n00:01 --> 00:02\nWords.\n", 4),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nWords.\n\nMore words.\n", 6),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nWords.\n\u2066\x07\n", 5),
    ],
)
def test_words_that_would_be_lost_are_told_with_their_line(text: str, line: int) -> None:
    assert [each.line for each in parsed(text)[1]] == [line]


def test_a_paragraph_ends_with_a_speaker_a_pause_or_when_it_is_long() -> None:
    sentence = "Word " * 20 + "end."
    long = [Cue(at, at, at + 1.0, sentence, "A") for at in range(9)]
    made = list(paragraphs([*long, Cue(9, 9.0, 10.0, "Yes.", "B"), Cue(10, 20.0, 21.0, "No.", "B")]))
    assert [name for name, _ in made] == ["A", "", "", "B", ""]
    assert all(len(words) < PARAGRAPH + len(sentence) + 2 for _, words in made)
    assert made[-2:] == [("B", "Yes."), ("", "No.")]
