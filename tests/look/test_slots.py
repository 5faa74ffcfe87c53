"""What an outlet's slots may hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadside.look import SLOTS, faults_of_slots
from tests.repository import PROJECT


def found(theme: Path, name: str, text: str) -> list[tuple[int, str]]:
    folder = theme / "templates" / "slots"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return [(fault.line, fault.code) for fault in faults_of_slots(theme)]


@pytest.mark.parametrize(
    "tag",
    [
        "<script src='/a.js'></script>",
        "<SCRIPT>alert(1)</SCRIPT>",
        '<p onclick="alert(1)">a</p>',
        "<p OnMouseOver=alert(1)>a</p>",
        '<p style="color: red">a</p>',
        "<style>p { color: red }</style>",
        '<iframe src="/a/"></iframe>',
        '<a href=" java\tscript:alert(1)">a</a>',
        '<a href="&#106;avascript:alert(1)">a</a>',
        '<img src="https://example.org/pixel.gif" alt="">',
        '<img src="//example.org/pixel.gif" alt="">',
        '<form action="javascript:alert(1)"></form>',
        '<base href="/">',
        '<meta name="a" content="b">',
    ],
)
def test_what_the_policy_would_stop_is_named_with_its_line(tmp_path: Path, tag: str) -> None:
    assert found(tmp_path, "after-story.html", f"<p>\n{{{{ SITENAME }}}}\n</p>\n{tag}\n") == [(4, "slot")]


@pytest.mark.parametrize(
    "tag",
    [
        '<meta http-equiv="refresh" content="0;url=https://example.org/">',
        '<link rel="stylesheet" href="/a.css">',
        '<link rel="PRECONNECT" href="https://example.org">',
        "<p>Hello</p>",
        "<script>1</script>",
    ],
)
def test_the_head_takes_only_what_says_something(tmp_path: Path, tag: str) -> None:
    assert (2, "slot") in found(tmp_path, "head.html", f"{{# ours #}}\n{tag}\n")


def test_what_owners_add_is_fine(tmp_path: Path) -> None:
    assert (
        found(tmp_path, "head.html", '<meta name="verify" content="a1">\n<link rel="me" href="https://a.example/@b">')
        == []
    )
    box = '<aside class="support"><h2>Support {{ SITENAME }}</h2><a href="{{ root }}/support/">Here</a>'
    picture = '<img src="{{ root }}/{{ static_urls["a.svg"] }}" alt="" width="9" height="9"></aside>'
    assert found(tmp_path, "above-footer.html", box + picture) == []


def test_a_slot_that_does_not_exist_is_a_fault(tmp_path: Path) -> None:
    assert found(tmp_path, "after-storey.html", "<p>a</p>") == [(0, "slot")]


def test_the_theme_has_each_slot_and_nothing_in_it() -> None:
    folder = PROJECT / "theme" / "templates" / "slots"
    assert {path.stem for path in folder.iterdir()} == {*SLOTS}
    assert faults_of_slots(PROJECT / "theme") == []
