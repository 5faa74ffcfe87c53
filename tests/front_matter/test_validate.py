"""Front matter comes out in one form, however it was written, or with every fault at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.faults import Fault
from broadside.front_matter.data import Correction, FrontPage, StoryData
from broadside.front_matter.source import Header
from broadside.front_matter.validate import MOST_FAULTS, Rules, checked
from broadside.validation import Marks

RULES = Rules(ZoneInfo("Europe/Brussels"))
STORY = {
    "title": "A", "dek": "B.", "date": "2026-11-20", "author": "C", "section": "D", "type": "E"
}  # fmt: skip


def story(rules: Rules = RULES, **values: Any) -> tuple[StoryData, list[Fault]]:
    data = {key: value for key, value in (STORY | values).items() if value is not None}
    return checked(StoryData, Header(data), "a.md", rules)[:2]


def codes(**values: Any) -> list[str]:
    return [fault.code for fault in story(**values)[1]]


@given(
    st.datetimes(datetime(1000, 1, 2), datetime(8999, 12, 30)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    st.integers(-14 * 60, 14 * 60),
    st.sampled_from(["T", " "]),
)
def test_a_date_with_a_zone_is_that_moment(moment: datetime, minutes: int, between: str) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    data, faults = story(date=aware.isoformat(between))
    assert faults == []
    assert datetime.fromisoformat(data.date) == aware


@pytest.mark.parametrize(
    ("written", "there"),
    [
        ("2026-11-20T09:00+09:00", "2026-11-20T01:00:00+01:00"),
        ("2026-12-01T02:00+0900", "2026-11-30T18:00:00+01:00"),
        ("2026-07-01T07:00Z", "2026-07-01T09:00:00+02:00"),
        ("2026-10-25T02:30", "2026-10-25T02:30:00+02:00"),  # the first of the two
        ("2026-10-25T02:30+01:00", "2026-10-25T02:30:00+01:00"),
        ("2026-03-29T02:30", "2026-03-29T03:30:00+02:00"),  # the clock goes from two to three
        ("2026-03-29T01:30Z", "2026-03-29T03:30:00+02:00"),
    ],
)
def test_readers_are_told_the_hour_of_the_sites_clock(written: str, there: str) -> None:
    assert story(date=written)[0].date == there


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)))
def test_a_date_without_a_zone_is_in_the_sites(moment: datetime) -> None:
    data, _ = story(date=f"{moment:%Y-%m-%dT%H:%M}")
    # Of the hour that an autumn has twice, the first is meant: nobody can write which.
    wanted = moment.replace(second=0, microsecond=0, fold=0, tzinfo=RULES.zone)
    # In UTC: within that hour, moments of two zones never count as equal.
    assert datetime.fromisoformat(data.date).astimezone(UTC) == wanted.astimezone(UTC)


@pytest.mark.parametrize(
    ("zone", "written", "wanted"),
    [
        ("Europe/Brussels", "1850-06-01T09:00", "1850-06-01T09:00:00+00:17"),
        ("Africa/Monrovia", "1971-12-31", "1971-12-31T00:00:00-00:45"),
        ("Asia/Kathmandu", "2026-01-01", "2026-01-01T00:00:00+05:45"),
        # a midnight that no clock showed
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T00:00:00-03:00"),
    ],
)
def test_a_date_of_the_towns_own_sun_differs_from_utc_by_whole_minutes(
    zone: str, written: str, wanted: str
) -> None:
    data, faults = story(Rules(ZoneInfo(zone)), date=written)
    assert faults == []
    assert data.date == wanted


HOURS = st.sampled_from(["", "T09:00", " 09:00:30", "T09:00Z", "T09:00-0900", " 09:00+01:00"])


@given(
    st.sampled_from(["2026-11-20", ""]),
    HOURS,
    st.just("") | st.text(alphabet="0123456789-T: Z+.", max_size=3),
)
def test_any_date_is_a_moment_or_a_fault(day: str, hour: str, rest: str) -> None:
    data, faults = story(date=day + hour + rest or "x")
    assert faults or datetime.fromisoformat(data.date).tzinfo is not None


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ({"summary": "B."}, {"dek": None}),
        ({"category": "D"}, {"section": None}),
        ({"sections": ["D"]}, {"section": None}),
        ({"authors": "C"}, {"author": None}),
        ({"authors": [{"name": "C"}]}, {"author": None}),
        ({"status": "Published"}, {}),
        ({"topics": []}, {}),
        ({"tags": []}, {}),
    ],
)
def test_one_thing_has_one_form(written: dict[str, Any], same: dict[str, Any]) -> None:
    assert story(**written, **same) == story()


def test_several_in_one_line() -> None:
    data, faults = story(author=None, authors="C; D (translated by)", topics="x, y", related="p, q")
    assert faults == []
    assert data.authors == [("C", ""), ("D", "translated by")]
    assert (data.topics, data.related) == (["x", "y"], ["p", "q"])


def test_a_name_with_a_comma_stays_one_name_in_a_list() -> None:
    data, _ = story(author=None, authors=["Martin Luther King, Jr."])
    assert data.authors[0][0] == "Martin Luther King, Jr."


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"photo": "../p.jpg", "alt": "x", "credit": "y"}, ["photo-path"]),
        ({"photo": "p.jpg", "alt": ["x"], "credit": "y"}, ["value"]),
        ({"alt": ["x"]}, ["value", "needs-key"]),
        ({"date": "x", "updated": "2026-11-19"}, ["date"]),
    ],
)
def test_no_fault_follows_from_another(values: dict[str, Any], told: list[str]) -> None:
    assert codes(**values) == told


def test_a_slot_that_is_filled_twice_with_one_story_is_told_at_the_second() -> None:
    slots = [{"slot": "lead", "story": "a"}, {"slot": "Lead", "story": "a", "until": "2026-12-01"}]
    marks: Marks = {("slots", number, "slot"): (number + 1, 3) for number in range(4)}
    for more, lines in (
        ([], []),
        ([{"slot": "lead", "story": "c"}], []),
        ([{"slot": "Lead", "story": "a"}], [3]),
    ):
        _, faults, _ = checked(
            FrontPage, Header({"slots": slots + more}, marks), "front_page.yml", RULES
        )
        assert [(fault.code, fault.line) for fault in faults] == [("twice", line) for line in lines]


def test_thousands_of_faults_are_not_all_told() -> None:
    unknown: dict[str, Any] = {f"key{n}": "x" for n in range(20_000)}
    assert len(story(**unknown)[1]) == MOST_FAULTS
    (fault,) = story(related=[f"s{n}" for n in range(500)])[1]
    assert fault.code == "too-long"


def test_a_draft_may_lack_what_a_story_must_have() -> None:
    assert codes(status="draft", dek=None, date=None, author=None, section=None, type=None) == []
    assert sorted(codes(dek=None, date=None)) == ["missing-key", "missing-key"]


def test_settings_loosen_two_keys_and_no_others() -> None:
    loose = Rules(RULES.zone, default_type="Analysis", dek_from_text=True)
    assert story(loose, type=None, dek=None)[1] == []
    assert [fault.code for fault in story(loose, date=None)[1]] == ["missing-key"]


@pytest.mark.parametrize(
    "value",
    ["a\x00b", "a\x0eL0\x0f", "a\x1bb", "a\uffffb", "a\x7fb", "a\ufdd0b"],
    ids=lambda value: f"{ord(value[1]):04x}",
)
def test_no_value_smuggles_in_what_a_file_may_not_hold(value: str) -> None:
    keys = ("title", "dek", "alt", "caption", "credit", "type")
    faults = story(RULES, photo="p.jpg", **dict.fromkeys(keys, value))[1]
    assert [fault.code for fault in faults] == ["character"] * len(keys)


@pytest.mark.parametrize(
    "hidden", "\u00ad\u061c\u200b\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff\U000e0041"
)
def test_nothing_hides_in_what_names_a_story(hidden: str) -> None:
    for key, value in (
        ("title", f"a{hidden}b"),
        ("author", f"C{hidden}"),
        ("topics", [f"a{hidden}b"]),
    ):
        found = codes(**{key: value})
        assert found, f"U+{ord(hidden):04X} in {key}"
        assert set(found) <= {"character"}


def test_good_addresses() -> None:
    assert codes(canonical="https://example.org/a?b=c#d") == []
    assert (
        codes(redirect_from=["/2019/03/old-slug/", "/index.php", "/a/%C3%A9t%C3%A9/", "/old.html"])
        == []
    )


PARTS = st.sampled_from(
    ["a", "b_c", "~", ".", "..", "", "%2e%2E", "%2F", ".a", "a.", "%252e", "!", "\\", "?"]
)


@given(st.sampled_from(["/", ""]), st.lists(PARTS, max_size=4).map("/".join))
def test_a_former_address_never_leads_out(begin: str, rest: str) -> None:
    data, faults = story(redirect_from=[begin + rest or "x"])
    for former in data.redirect_from if not faults else ():
        parts = unquote(former).strip("/").split("/")
        assert former.startswith("/")
        assert not any(part.startswith(".") or part in ("", "..") for part in parts)


@given(
    st.lists(PARTS, max_size=4).map("/".join) | st.text(alphabet="/\\.:~ab%{}\x00*?", max_size=40)
)
def test_a_photo_is_inside_the_content_folder(written: str) -> None:
    data, faults = story(photo=written or "x", alt="x", credit="y")
    if not faults:
        assert not data.photo.startswith(("/", "~"))
        assert not {"..", ".", ""} & set(data.photo.split("/"))
        assert "\\" not in data.photo


def test_a_list_is_read_up_to_its_first_bad_entry_and_all_bad_ones_are_told() -> None:
    slots = [
        {"slot": "lead", "story": "a", "until": "soon"},
        {"slot": "second", "story": "Bad Slug"},
        {"slot": "third", "story": "c"},
        {"story": "d"},
    ]
    data, faults, _ = checked(FrontPage, Header({"slots": slots}), "front_page.yml", RULES)
    assert [(slot.slot, slot.story) for slot in data.slots] == [("lead", "a")]
    assert [fault.code for fault in faults] == ["date", "slug", "missing-key"]


def test_corrections_are_of_their_own_type() -> None:
    notes = [{"date": "2026-11-21", "type": "Update", "text": "x"}]
    assert story(corrections=notes)[0].corrections == [
        Correction("2026-11-21T00:00:00+01:00", "update", "x")
    ]
