"""Headers of other systems, and dates as people write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from broadside_import.headers import moment, names_of, split, text_of

WORDS = (
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=30)
    .map(str.strip)
    .filter(bool)
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2015-03-17 14:00:00 -4", datetime(2015, 3, 17, 14, tzinfo=timezone(timedelta(hours=-4)))),
        ("2015-03-17T14:00:00.123Z", datetime(2015, 3, 17, 14, tzinfo=UTC)),
        (
            "2015-03-17 14:00 +0530",
            datetime(2015, 3, 17, 14, tzinfo=timezone(timedelta(hours=5, minutes=30))),
        ),
        (
            "2015-03-17 14:00:00 EST",
            datetime(2015, 3, 17, 14, tzinfo=timezone(timedelta(hours=-5))),
        ),
        ("2015-07-01 10:00:00 America/New_York", datetime(2015, 7, 1, 14, tzinfo=UTC)),
        ("2005-10-21", datetime(2005, 10, 21)),
        ("2015/3/7 3:04 PM", datetime(2015, 3, 7, 15, 4)),
        ("12 March 2015", datetime(2015, 3, 12)),
        ("Mar 12, 2015", datetime(2015, 3, 12)),
        (
            "Thu, 12 Mar 2015 10:00:00 +0100",
            datetime(2015, 3, 12, 10, tzinfo=timezone(timedelta(hours=1))),
        ),
        ("2015-02-30", None),
        ("March", None),
        ("", None),
        (None, None),
        ("true", None),
    ],
)
def test_dates_are_read_as_meant(written: object, meant: datetime | None) -> None:
    assert moment(written) == meant


@given(
    st.datetimes(datetime(1000, 1, 1), datetime(9999, 12, 31)),
    st.sampled_from(["%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"]),
)
def test_every_date_that_is_written_out_is_found_again(date: datetime, form: str) -> None:
    assert moment(
        f"{date.year:04}" + date.strftime(form)[len(date.strftime("%Y")) :]
    ) == date.replace(microsecond=0)


@given(st.text(max_size=200))
def test_no_date_and_no_header_is_too_odd(text: str) -> None:
    moment(text)
    for sign in ("---", "+++"):
        split(f"{sign}\n{text}\n{sign}\nBody", plain=True)


@given(st.dictionaries(st.sampled_from(["title", "dek", "author"]), WORDS, min_size=1), WORDS)
def test_what_yaml_says_is_kept(values: dict[str, str], body: str) -> None:
    header = split(f"---\n{yaml.safe_dump(values, allow_unicode=True, width=10_000)}---\n{body}")
    assert {key: str(value) for key, value in header.values.items()} == values
    assert header.body == body
    assert not header.problem


def test_yaml_that_is_broken_is_read_line_by_line_and_told() -> None:
    header = split(
        '---\ntitle: Iran: a history\ntags: [a, b\nauthors:\n- Ana\n- Jo\ndek: "He said'
        ' "no""\n---\nBody'
    )
    assert header.problem
    assert header.values["title"] == "Iran: a history"
    assert header.values["authors"] == ["Ana", "Jo"]
    assert "no" in header.values["dek"]
    assert (header.body, header.line) == ("Body", 9)


@pytest.mark.parametrize(
    ("text", "title", "line"),
    [
        ("\ufeff---\r\ntitle: A\r\n---\r\nBody", "A", 4),
        ('+++\ntitle = "A"\ndate = 2015-01-01\n+++\nBody', "A", 5),
        ('{"title": "A", "tags": ["x"]}\n\nBody', "A", 1),
        ("\n\n---\ntitle: A\n---\nBody", "A", 6),
        ("Title: A\nTags: x,\n    y\n\nBody", "A", 5),
        ('Title: "A"\n\nBody', "A", 3),
    ],
)
def test_each_form_of_header_is_known(text: str, title: str, line: int) -> None:
    header = split(text, plain=True)
    assert header.values["title"] == title
    assert header.body.strip() == "Body"
    assert header.line == line


def test_toml_that_is_broken_keeps_its_values() -> None:
    header = split('+++\ntitle = "A"\nbad = [1,\n+++\nBody')
    assert header.problem
    assert header.values["title"] == "A"


def test_yaml_bombs_are_small() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    header = split(f"---\ntitle: A\n{bomb}---\nBody")
    assert header.values["title"] == "A"
    assert len(names_of(header.values["i"])) < 100
    assert split(f"---\ntitle: A\ndeep: {'[' * 20_000}\n---\nBody").values["title"] == "A"


def test_names_are_lists_however_they_are_written() -> None:
    assert names_of("a, b") == names_of(["a", "b"]) == names_of("[a, b]") == ["a", "b"]
    assert names_of([{"name": "Ana Pereira"}, "Smith, Jo"]) == ["Ana Pereira", "Smith, Jo"]
    assert names_of(None) == names_of("") == names_of(True) == []
    assert text_of({"a": "", "b": ["x"], "c": "y"}, "a", "b", "c") == "x"
