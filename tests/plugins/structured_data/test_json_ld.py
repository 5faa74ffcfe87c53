"""Data inside a page stays data, whatever it holds."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from broadside.plugins.structured_data import json_ld

HOSTILE = (
    "</script><script>alert(1)</script>", "<!--<script>", "</SCRIPT\n>", "<![CDATA[", "&lt;/script&gt;",
    "\u2028\u2029", '"}</script',
)  # fmt: skip
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"))


@given(st.one_of(TEXT, st.lists(st.sampled_from(HOSTILE)).map("".join)))
def test_any_text_comes_back_from_a_page_and_no_tag_is_in_it(text: str) -> None:
    written = json_ld({"headline": text, text: [text]})
    assert "<" not in written
    assert json.loads(written) == {"headline": text, text: [text]}
