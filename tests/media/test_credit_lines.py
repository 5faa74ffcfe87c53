"""The credit line in the forms that desks and agencies really write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.media.photos import CreditLabel, CreditLine, Description, credit_line

CAPTION = "The dam at dawn"


def line_of(
    caption: str, credit: str, label: CreditLabel = "photo", lead: bool = False
) -> CreditLine:
    return credit_line(Description("A dam", caption, credit, label), lead)


@pytest.mark.parametrize(
    ("caption", "credit", "line"),
    [
        (CAPTION, "Photo by A. Person/Agency", "The dam at dawn (Photo by A. Person/Agency)"),
        (CAPTION, "X / Y via Reuters Connect", "The dam at dawn (X / Y via Reuters Connect)"),
        (CAPTION, "X /Y/ Z", "The dam at dawn (X / Y / Z)"),
        ("  The  dam\nat\u00a0dawn. ", " (Photo by  X/AFP). ", "The dam at dawn. (Photo by X/AFP)"),
        (CAPTION, "((Photo by X))", "The dam at dawn (Photo by X)"),
        (CAPTION, "X (Flickr)", "The dam at dawn (X [Flickr])"),
        ("", "X (Flickr).", "X (Flickr)"),
        (CAPTION, "(X) and (Y)", "The dam at dawn ([X] and [Y])"),
        (
            "The dam at dawn. (Photo by X/AFP)",
            "Photo by X/AFP",
            "The dam at dawn. (Photo by X/AFP)",
        ),
        ("The dam (centre)", "X", "The dam (centre) (X)"),
        ("In Washington, D.C.", "X", "In Washington, D.C. (X)"),
        ("Is it full?", "Acme Inc.", "Is it full? (Acme Inc.)"),
        ("Top photo credit: The dam", "Credit: X", "The dam (X)"),
        ("", "Photo by X", "Photo by X"),
    ],
)
def test_line(caption: str, credit: str, line: str) -> None:
    assert str(line_of(caption, credit, lead=True)) == f"Top photo credit: {line}"


def test_labels() -> None:
    assert line_of("a", "b", "photo", lead=True).label == "Top photo credit:"
    assert line_of("a", "b", "image", lead=True).label == "Top image credit:"
    assert line_of("a", "b", "image").label == "Image credit:"


def test_a_credit_in_thousands_of_parentheses_is_read_in_one_go() -> None:
    """When what closes each was looked for anew, and where the last word begins, this took an
    hour.
    """
    assert line_of("", f"{'(' * 2_400}Photo by X.{')' * 2_400}").credit == "Photo by X."


@given(st.text(), st.text())
def test_cleaning_twice_changes_nothing(caption: str, credit: str) -> None:
    once = line_of(caption, credit)
    again = line_of(once.caption, once.credit)
    assert again.credit == once.credit
    assert "  " not in str(once)
