"""What is made of something written by its declared type, and where which problems are found."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired, TypedDict

import pytest
from msgspec import UNSET, Struct

from broadside.validation import InContext, Key, Keyed, Refused, Validation, Within, declared


def _capitals(written: str) -> str:
    if not written:
        raise ValueError("says nothing")
    return written.upper()


class Person(Struct):
    """Somebody."""

    name: Annotated[str, _capitals]
    age: Annotated[int, Within(1, 120)] = 30


class Team(TypedDict):
    """A team."""

    lead: Person
    motto: NotRequired[Literal["on", "up"]]


class Noted(Struct, metaclass=Keyed):
    """A struct whose second field is not written."""

    day: Any = Key("the day", lambda written: int(written.strip()), required=True)
    made: bool = True


Link = tuple[str, Annotated[str, _capitals]]


def checked(kind: Any, written: Any, told: Any = None) -> tuple[Any, list[tuple[tuple[str | int, ...], str]]]:
    """What is made, and the place and code of each problem."""
    validation = Validation(told)
    made = validation.value(declared(kind), written)
    return made, [(place, refused.code) for place, refused in validation.problems]


@pytest.mark.parametrize(
    ("kind", "written", "made"),
    [
        (Person, {"name": "Jo"}, Person("JO")),
        (Team, {"lead": {"name": "Jo", "age": 4}}, {"lead": Person("JO", 4)}),
        (dict[str, Annotated[str, _capitals]], {"a": "b"}, {"a": "B"}),
        (Link | tuple[str, list[Link]], ("a", [("b", "c")]), ("a", [("b", "C")])),
        (Person | None, None, None),
        (Noted, {"day": " 7 "}, Noted(7)),
        (Annotated[int, InContext(lambda written, told: written + told)], 3, 5),
    ],
)
def test_what_is_right_is_made(kind: Any, written: Any, made: Any) -> None:
    assert checked(kind, written, told=2) == (made, [])


@pytest.mark.parametrize(
    ("kind", "written", "problems"),
    [
        (int, True, [((), "type")]),
        (str, 7, [((), "type")]),
        (list[int], "7", [((), "type")]),
        (
            Person,
            {"nam": "Jo", "age": 0},
            [(("age",), "number"), (("name",), "missing-key"), (("nam",), "unknown-key")],
        ),
        (Team, {"lead": {"name": ""}, "motto": "down"}, [(("lead", "name"), "refused"), (("motto",), "unknown-word")]),
        (list[Link], [("a", "b"), ("a", ""), "x"], [((1, 1), "refused"), ((2,), "type")]),
        (Link | tuple[str, list[Link]], ("a", [("b", "")]), [((1, 0, 1), "refused")]),
        (Person | None, 7, [((), "type")]),
        (Link | Literal["a"], "b", [((), "unknown-word")]),
        (Link | Literal["a"], ("b",), [((), "type")]),
        (Literal["a", 1], True, [((), "unknown-word")]),
        (Noted, {"day": "1", "made": "x"}, [(("made",), "unknown-key")]),
        (Annotated[list[int], _capitals], ["x"], [((0,), "type")]),
    ],
)
def test_all_that_is_wrong_is_found_at_its_place(kind: Any, written: Any, problems: list[Any]) -> None:
    assert sorted(checked(kind, written)[1]) == sorted(problems)


def test_what_is_right_beside_what_is_wrong_is_kept() -> None:
    assert checked(list[int], [1, "x", 3])[0] == [1, 3]
    assert checked(Person, {"name": "Jo", "age": 0})[0] == Person("JO")
    assert checked(Person, {"age": 0})[0] is UNSET


def test_a_refusal_reads_as_one_sentence() -> None:
    assert str(Refused("slug", "is odd", "write another")) == "is odd; write another"
