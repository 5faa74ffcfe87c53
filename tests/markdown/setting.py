"""What tests of the dialect share: setting a text, and pieces of which hostile and clumsy texts are
made.
"""

from __future__ import annotations

from broadside.faults import Fault, errors_in
from broadside.markdown.body import fill
from broadside.markdown.dialect import Typesetter

SETTER = Typesetter()
MARKS = (
    "* ** *** _ __ ` `` ``` ~~~ [ ] ( ) ![ ]( [x]( < > \" ' & \\ = / { } | # ## > - + 1. --- ==="
    " : ///".split()
)
SPACES = ["\n", "\n\n", "  \n", "    ", "\t", " ", "\n> ", "\n- ", "\n1. ", "\n# ", "\n\\\n"]
WORDS = [
    "x",
    "word ",
    "A ",
    "é",
    "中",
    "ع",
    "don't ",
    "*em* ",
    "**b** ",
    "`code` ",
    "https://x.org/a_b ",
]
TAGS = (
    "<em> </em> <b> </b> <sup> </sup> <span> <q> </q> <code> </code> <pre> </pre> <div> </div> <p>"
    " </p> <ul> <li> </li> </ul> <table> <tr> <td> </td> </tr> </table> <h2> </h2> <blockquote>"
    " </blockquote> <dl> <dt> </dt> <dd> </dd> </dl> <ruby> <rt> </rt> </ruby> <hr> <br> <br/>"
    " <del> </del> <a> </a>"
).split()
RAW = [
    *TAGS,
    '<a href="https://x.org">',
    '<a href="/about/">',
    "<a href='#h'>",
    '<span lang="fr" dir="ltr">',
    '<em title="t">',
    "<em title=t>",
    "<pre><code>",
    "</code></pre>",
    "<table><tr><td>",
    "</td></tr></table>",
    "<ul><li>x</li></ul>",
]
HOSTILE = [
    "<script>", "</script>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    "<style>", "<iframe>", "javascript:alert(1)", "[x](javascript:alert(1))", 'onclick="alert(1)"',
    ' onclick=alert(1) ">', "<em", "<a href=", "/>", "title='", '">', "<!--", "-->", "--!>", "<!", "<![", "<![CDATA[",
    "]]>", "<?", "?>", "&lt;script&gt;", "&#x3c;", "&amp;", "&copy;", "<textarea>", "<title>", "<details>",
]  # fmt: skip
PARTS = [
    "[l](https://x.org)", "[l](/about/)", "[h](#h)", "\n\n## h\n\n", "[^1]", "\n\n[^1]: note\n\n",
    "\n\n[^2]: two[^1]\n\n", "[^2]", "[r][a]", "\n\n[a]: https://x.org\n\n", "\n\n*[A]: b\n\n", "<https://x.org>",
    "<a@x.org>", "\n\n> [!aside] t\n> a\n\n", "\n\n> [!details] t\n> a\n\n",
    "\n\n| a | b |\n|---|---|\n| c | d |\n\n", "\n\nterm\n: def\n\n",
    '\n\n> [!gallery] t\n> ![a](photos/b.jpg){credit="c"}\n> ![b](photos/b.jpg){credit="c"}\n\n',
    '\n\n![a](photos/b.jpg){credit="c"}\n\n', "<!-- c -->", "\n\n<!--more-->\n\n",
]  # fmt: skip
ANYTHING = [*MARKS, *SPACES, *WORDS, *RAW, *HOSTILE, *PARTS]


def text_of(markdown: str, **how: object) -> str:
    """The HTML of a text that must have no faults, not even warnings."""
    html, faults = html_of(markdown, **how)
    assert faults == []
    return html


def html_of(markdown: str, **how: object) -> tuple[str, list[Fault]]:
    """A text's HTML with its placeholders filled, and its faults."""
    body, faults = SETTER.set(markdown, "a.md", **how)  # type: ignore[arg-type]
    return fill(body.html, "", lambda n: body.links[n][0], lambda _: "<figure></figure>"), faults


def accepted(markdown: str) -> str | None:
    """The HTML of a text without errors; None of one that is refused."""
    html, faults = html_of(markdown)
    return None if errors_in(faults) else html


def codes(markdown: str) -> list[str]:
    """The codes of a text's faults."""
    return [fault.code for fault in html_of(markdown)[1]]
