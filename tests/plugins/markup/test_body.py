"""What a body shows its readers."""

from __future__ import annotations

import pytest

from plugins.markup.body import is_empty
from tests.plugins.markup.setting import SETTER


@pytest.mark.parametrize(
    "markdown",
    [
        "", "&nbsp;", "\u200b", "\u00ad&#8203;", "<div></div>", "***", "<br>", "## a", "a\n===\n\n---\n\n### b",
        "<!-- a -->", "> \n\n<p> </p>",
    ],
)  # fmt: skip
def test_a_body_that_shows_nothing(markdown: str) -> None:
    assert is_empty(SETTER.set(markdown, "a.md")[0])


@pytest.mark.parametrize(
    "markdown",
    [
        "a", "…", "🎉", "## a\n\nb", "- 1", "`a`", "<div>a</div>", "&amp;", '![a](photos/b.jpg){credit="c"}', "中",
        "[!video] [a](https://example.org/b)", '***\n\n> ![a](photos/b.jpg){credit="c"}',
    ],
)  # fmt: skip
def test_a_body_that_shows_something(markdown: str) -> None:
    assert not is_empty(SETTER.set(markdown, "a.md")[0])
