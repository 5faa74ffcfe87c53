"""Texts that look harmless and would take for ever are given up half way, after seconds of work."""

from __future__ import annotations

import pytest

from broadside.markdown.limits import problem_in
from tests.markdown.setting import codes


@pytest.mark.parametrize(
    "text",
    [
        "# a\n" * 8_000, "a\n: " * 6_000, "-->: <em><!--" * 3_000, "".join(f"[^{n}]: x\n" for n in range(2_500)),
        "a | b\n- | -\n" + "`c` | *d*\n" * 39_000, "a *b* `c` " * 9_000,
        "![a](" * 2_500, "[a](" * 3_000 + ")", "![a](x " * 2_000, "[a](x 'y) " * 1_500, '![a](x "' + '") {' * 18_000,
    ],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_what_is_given_up_half_way(text: str) -> None:
    assert problem_in(text) is None
    assert codes(text) == ["too-long"]
