"""How a command ends that cannot go on."""

from __future__ import annotations

import pytest
from invoke.exceptions import Exit

from broadside.desk.tasks.ending import ending, mending_first, refuse_other_than, tell
from broadside.plugins.faults import Fault, FaultsFound

FAULT = Fault("articles/a.md", 3, 1, "error", "unknown-section", '"Mars" is not in sections.yml', "")


def test_an_expected_problem_ends_the_command_with_its_words_and_a_code() -> None:
    with pytest.raises(Exit) as end, ending(LookupError, says="Nothing was found: ", code=3):
        raise KeyError("x")  # one kind of LookupError
    assert (end.value.message, end.value.code) == ("Nothing was found: 'x'", 3)


def test_an_unexpected_problem_is_raised_further() -> None:
    with pytest.raises(ValueError, match="other"), ending(LookupError):
        raise ValueError("other")


def test_with_nested_endings_the_inner_words_count() -> None:
    with pytest.raises(Exit) as end, ending(LookupError, says="outer "), ending(KeyError, says="inner ", code=3):
        raise KeyError("x")
    assert (end.value.message, end.value.code) == ("inner 'x'", 3)


def test_faults_are_shown_before_what_stays_undone() -> None:
    with pytest.raises(Exit) as end, mending_first("Nothing was noted"):
        raise FaultsFound([FAULT])
    assert end.value.message is not None
    assert "articles/a.md:3" in end.value.message
    assert end.value.message.endswith("\nNothing was noted: mend these first.")
    assert end.value.code == 1


def test_errors_end_the_command_and_warnings_do_not(capsys: pytest.CaptureFixture[str]) -> None:
    tell([], "text", {})
    with pytest.raises(Exit) as end:
        tell([FAULT], "json", {})
    assert end.value.code == 1
    assert '"unknown-section"' in capsys.readouterr().out


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(Exit, match="--format is one of text, json") as end:
        refuse_other_than(("text", "json"), "xml")
    assert end.value.code == 2
