"""Fences of code: read where they are indented below what holds them, and left alone where they are
a picture of one.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.markdown.limits import MOST_LETTERS
from tests.markdown.setting import SETTER, codes, html_of

CODE = "<pre><code>x\n</code></pre>"


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("- a\n\n  ```\n  x\n  ```\n\n- b", f"<ul><li><p>a</p>{CODE}</li><li><p>b</p></li></ul>"),
        ("1. a\n   ~~~\n   x\n   ~~~\n2. b", f"<ol><li><p>a</p>{CODE}</li><li><p>b</p></li></ol>"),
        ("- a\n    - b\n\n        ```\n        x\n        ```", f"<ul><li>a<ul><li><p>b</p>{CODE}</li></ul></li></ul>"),
        ("A\n:   b\n\n    ```\n    x\n    ```", f"<dl><dt>A</dt><dd><p>b</p>{CODE}</dd></dl>"),
        (" ```\n x\n ```", CODE),
        ("a\n\n   ```\n   x\n   ```", f"<p>a</p>\n{CODE}"),
        ("  ```py\n  <b> & \"q\"\n    y\n z\n  ```", '<pre><code class="language-py">&lt;b&gt; &amp; &quot;q&quot;\n  y\nz\n</code></pre>'),
        ("```\n  ```\n  x\n  ```\n```", "<pre><code>  ```\n  x\n  ```\n</code></pre>"),
        ("> a\n>\n> ```\n> x\n> ```\n>\n> b", f"<blockquote><p>a</p>{CODE}<p>b</p></blockquote>"),
        ("a\n> ```\n> x\n> ```\nb", f"<p>a</p>\n<blockquote>{CODE}</blockquote>\n<p>b</p>"),
        (">```py\n>x <b>\n>\n>  y\n>```", '<blockquote><pre><code class="language-py">x &lt;b&gt;\n\n y\n</code></pre></blockquote>'),
        ("> - a\n>\n>   ```\n>   x\n>   ```", f"<blockquote><ul><li><p>a</p>{CODE}</li></ul></blockquote>"),
        ("    ```\n    x\n    ```", "<pre><code>```\nx\n```\n</code></pre>"),
    ],
)  # fmt: skip
def test_fences(markdown: str, html: str) -> None:
    assert html_of(markdown) == (html, [])


def test_a_note_may_hold_code() -> None:
    html, faults = html_of("a[^1]\n\n[^1]: b\n\n    ```\n    x\n    ```")
    assert faults == []
    notes = html.partition('<div class="footnotes"')[2]
    assert f"<p>b</p>{CODE}<p><a " in notes


def test_the_way_back_of_a_note_of_words_stands_behind_them() -> None:
    assert "<p>d <em>e</em>&#160;<a " in html_of("f[^2]\n\n[^2]: d *e*")[0]


@pytest.mark.parametrize("markdown", ["- a\n\n  ```\n  x\n\nb", "a ``` b", "> ```\n> x\n\nb"])
def test_backticks_that_readers_would_see_are_told(markdown: str) -> None:
    assert codes(markdown) == ["unread"]


FENCES = [
    "```", "  ```", "    ````", "~~~", "- a", "1. b", "    - c", "x", "  y", "<b>", "> ```", "> > ```", "> z", ">",
    "",
]  # fmt: skip


@given(st.lists(st.sampled_from(FENCES), max_size=20))
def test_no_line_of_code_is_lost(lines: list[str]) -> None:
    marked = [f"{line} w{i}w" if line[-1:].isalpha() else line for i, line in enumerate(lines)]
    html = SETTER.set("\n".join(marked), "a.md")[0].html
    assert [
        word
        for line in marked
        for word in line.split()[-1:]
        if word.endswith("w") and word not in html
    ] == []


@pytest.mark.parametrize(
    "text",
    [
        " ```a\n" * 9_000,
        " ```\n ````a\n" * 4_000,
        " ````a\n" * 4_000 + " ```\n" * 4_000,
        "> ```a\n" * 9_000,
        "> ````a\n\n> ```\n" * 4_000,
    ],
)
def test_fences_by_the_thousand_are_not_searched_for_their_ends(text: str) -> None:
    faults = SETTER.set(text, "a.md")[1]
    assert len(text) < MOST_LETTERS
    assert {fault.code for fault in faults} <= {"too-long", "unread"}
