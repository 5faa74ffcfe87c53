"""A release: its id, its text, which of two is older, and what it can be taken back to."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from broadside.build.release import (
    KEPT,
    Head,
    KeptReleases,
    NotARelease,
    head_in,
    read,
    release,
    why_older,
)
from broadside.publish.target import Live, chain, kept_ids

NINE = datetime(2026, 11, 25, 9, tzinfo=UTC)
FILES = {"index.html": "a" * 64, "2026/11/ice/index.html": "b" * 64}


def head(number: float, commit: str = "", before: str = "") -> Head:
    made = release(
        {"index.html": str(number)}, NINE + timedelta(hours=number), commit, "https://halyard.test"
    )
    return replace(made.head, before=before)


def test_a_release_can_be_had_back_from_its_text_and_has_a_line_for_each_file() -> None:
    made = release(FILES, NINE, "c" * 40, "https://halyard.test", dirty=True)
    assert read(made.text()) == made
    assert head_in(made.head.line) == made.head
    assert sum(line.startswith(b'"') for line in made.text().splitlines()) == 2


def test_the_id_says_when_in_utc_and_what_and_nothing_else() -> None:
    here = release(FILES, NINE, "", "https://halyard.test").head
    there = release(
        FILES, NINE.astimezone(timezone(timedelta(hours=5))), "abc", "https://other.test"
    ).head
    assert here.id == there.id
    assert here.id.startswith("20261125T090000Z-")
    later = release(FILES, NINE + timedelta(hours=1), "", "").head
    assert later.id != here.id
    assert later.site == here.site
    assert release({"index.html": "c"}, NINE, "", "").head.site != here.site


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"files": {"../out": "x"}},
        {"files": []},
        {"release": {"id": "x"}},
        {"release": {"id": "../../x", "built": "2026-11-25T09:00:00+00:00"}},
        {"release": {"id": "20261125T090000Z-2e33378585e737e6", "built": "yesterday"}},
        {"release": None},
    ],
)
def test_what_is_no_release_is_refused(change: dict[str, object]) -> None:
    good = json.loads(release(FILES, NINE, "", "").text())
    with pytest.raises(NotARelease):
        read(json.dumps(good | change).encode())


@given(
    st.binary(max_size=60)
    | st.recursive(st.none() | st.text(), lambda x: st.dictionaries(st.text(), x)).map(json.dumps)
)
def test_whatever_is_no_release_is_refused_and_nothing_else_happens(text: bytes | str) -> None:
    with pytest.raises(NotARelease):
        read(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(NotARelease):
        head_in(text if isinstance(text, str) else text.decode("latin-1"))


@pytest.mark.parametrize(
    ("ours", "live", "older"),
    [
        ((2, "b"), (1, "a"), False),
        ((1, "b"), (2, "a"), False),  # a later commit wins, whatever the clocks say
        ((2, "a"), (1, "b"), True),
        ((1, "a"), (2, "a"), True),  # one commit: the clock decides
        ((2, "a"), (1, "a"), False),
        ((1, ""), (2, "a"), True),
        ((2, "x"), (1, "a"), False),  # Git does not know one of them
        ((1, "x"), (2, "a"), True),
        ((1, "a"), (1, "a"), False),
        # the clock was set back, or nobody knows what else would vanish
        ((1, "b"), (2.5, "a"), True),
        ((1, "x"), (2.5, ""), True),
    ],
)
def test_which_of_two_is_older(
    ours: tuple[float, str], live: tuple[float, str], older: bool
) -> None:
    def is_ancestor(one: str, other: str) -> bool:
        return {one, other} == {"a", "b"} and one < other

    assert bool(why_older(head(*ours), head(*live), is_ancestor)) is older


@pytest.mark.parametrize("stated", [{"stated": True}, {"live": True}])
def test_a_clock_that_somebody_stated_was_not_set_back(stated: dict[str, bool]) -> None:
    ours = replace(head(1, "b"), stated="stated" in stated)
    live = replace(head(50, "a"), stated="live" in stated)
    assert why_older(ours, live, lambda one, other: one < other) == ""


def test_what_can_come_back_is_what_was_live_before_and_so_on() -> None:
    one, two, three = head(1), head(2, before=head(1).id), head(3, before=head(2).id)
    heads = {each.id: each for each in (one, two, three)}
    assert chain(three.id, heads) == (two, one)
    del heads[two.id]
    assert chain(three.id, heads) == ()
    again = replace(one, before=three.id)
    heads = {each.id: each for each in (again, two, three)}
    assert chain(three.id, heads) == (two, again), "a circle is gone round once"
    live = Live(three, (two, one))
    assert kept_ids(live, "new", 3) == ["new", three.id, two.id]
    assert kept_ids(None, "new", 3) == ["new"]
    assert kept_ids(live, two.id, 3) == [two.id, three.id, one.id]


def test_a_kept_release_is_believed_where_it_has_the_digest_that_the_id_ends_in(
    tmp_path: Path,
) -> None:
    kept, made = KeptReleases(tmp_path / "kept"), release(FILES, NINE, "", "")
    fetched: list[Path] = []
    assert kept.of(made.head) is None
    path = kept.keep(made)
    assert kept.files(made.head, fetched.append) == FILES
    path.write_bytes(path.read_bytes().replace(b"aaa", b"abb"))
    assert kept.of(made.head) is None
    assert kept.files(made.head, lambda path: path.write_bytes(made.text())) == FILES
    for hours in range(KEPT + 3):
        kept.keep(release(FILES, NINE + timedelta(hours=hours), "", ""))
    assert len(list((tmp_path / "kept").iterdir())) == KEPT
