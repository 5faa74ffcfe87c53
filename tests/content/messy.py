"""Stories as they come in from real desks: every piece is odd, none is wrong."""

from __future__ import annotations

import random
from collections.abc import Iterator

PIECES = (
    (
        "Plain words, “already curly”, and straight \"ones\" beside 'single' ones -- with"
        " dashes---and dots..."
    ),
    (
        "Wait – what? Ça va ; « déjà vu » ; ¿Qué? ¡No! Zażółć gęślą jaźń; Ωμέγα; Привет, мир; ﬁn,"
        " naïve, coöperate."
    ),
    "日本語の文章です。「引用」と、句読点。中文段落：他说“你好”。한국어 문장입니다.",
    "هذا نص عربي مع كلمة English في الوسط ورقم 123.",
    "עברית עם <span dir='ltr'>isolate</span> וגם צה״ל ו־ג׳.",
    "Family 👨‍👩‍👧‍👦 and flags 🇧🇪🇪🇺, skin tones 👍🏽, a keycap 1️⃣ and ☕️.",
    (
        "Emphasis: *one*, **two**, ***three***, _four_, __five__, **bold *and italic* inside**,"
        " *a*b*c*, snake_case_word."
    ),
    "Unfinished * star, 2 * 3 * 4, a_b_c, **not closed, and __init__ and *args and **kwargs.",
    (
        "Long link:"
        " <https://example.org/a/very/long/path/with_underscores/and-dashes/?q=1&amp;r=2&utm_source=x#frag>."
    ),
    (
        "Bare https://example.org/a_b_c/(d)/e--f?g=h&i=j and www.example.org and mail@example.org"
        " stay as they are."
    ),
    (
        "[Wiki](https://en.wikipedia.org/wiki/Foo_(bar)), [titled](https://example.org 'A"
        ' "title"\'), [escaped](https://example.org/a\\_b),'
        " [percent](https://example.org/%C3%A9t%C3%A9), [idn](https://例え.jp/パス)."
    ),
    (
        "[Reference][one], [Another reference][], [shortcut], and ![sic] as it stands [sic] [...]"
        ' [2].\n\n[one]: https://example.org/1 "Title"\n[another reference]:'
        " <https://example.org/2>\n[shortcut]: https://example.org/3"
    ),
    (
        "A note here.[^a] Another one.[^long note] And the first again.[^a]\n\n[^a]: Short, with"
        " *emphasis* and [a link](https://example.org).\n[^long note]: First paragraph.\n\n   "
        " Second paragraph of the note.\n\n    > Quoted in the note."
    ),
    (
        'Raw: H<sub>2</sub>O, E=mc<sup>2</sup>, <abbr title="North Atlantic Treaty'
        ' Organization">NATO</abbr>, <span lang="fr" dir="ltr">bon mot</span>,'
        " <kbd>Ctrl</kbd>+<kbd>C</kbd>, <small>small</small><br>next line<br/>last."
    ),
    (
        "<del>old</del><ins>new</ins> <mark>marked</mark> <q>quoted</q> <cite>Title</cite> <u>u</u>"
        " <s>s</s> <i>i</i> <b>b</b> <em>em</em> <strong>strong</strong> <var>x</var> <bdi>نص</bdi>"
        ' a<wbr>b <time datetime="2026-11-01">1 Nov</time>'
    ),
    (
        '<a href="https://example.org/x?a=1&amp;b=2" title="a &quot;title&quot;">raw link</a> and'
        " <a href='https://example.org'>single</a>."
    ),
    '<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> and <bdo dir="rtl">abc</bdo>.',
    (
        "Signs: 3 < 4, 5 > 4, a<b, AT&T, R&D, &copy; &mdash; &nbsp; &#8217; &#x2014; &hellip;"
        " &bogus; <3, <-, ->, =>, <>."
    ),
    (
        "Backslashes: \\*not em\\*, \\[not link\\], \\_, C:\\path\\to, \\\\server\\share, \\# no"
        " heading."
    ),
    "First line with two spaces  \nsecond line\\\nthird line\nfourth line.",
    "# Top heading\n\nText below.",
    "Setext heading\n==============\n\nText.\n\nSmaller one\n-----------\n\nMore text.",
    (
        '## Heading with `code`, *em*, [link](https://example.org) & "quotes" ##\n\n###No'
        " space\nText right after."
    ),
    "## 中文标题\n\n文字。\n\n## Заголовок\n\nТекст.\n\n## 🎉\n\nParty.",
    "## Same\n\na\n\n## Same\n\nb\n\n[up](#same) and [down](#same-2) and [top](#top).",
    (
        "- one\n- two\n    - nested\n    - nested too\n        - deep\n- three\n\n* star\n*"
        " list\n\n+ plus"
    ),
    "1. one\n2. two\n\n    Second paragraph of two.\n\n3. three\n\n7. seven\n8. eight",
    "* item with *em*\n\n* loose item\n\n    > quote in item\n\n* item with\nlazy line",
    "-   wide markers\n-   more\n\n1986\\. A year that is no list.",
    (
        "> A quote\nwith a lazy line\n\n> another paragraph\n>\n> > nested quote\n>\n> - list in"
        " quote\n> - more\n>\n> — Somebody, *Somewhere*"
    ),
    "> [!pullquote]\n> The sentence that sells the story.",
    (
        "| Country | GDP | Note |\n| :--- | ---: | :---: |\n| Côte d’Ivoire | 1,234.5 | a \\| b"
        " |\n| `x|y` | −3 % | *em* |\n| | | |"
    ),
    "Left | Right\n--- | ---\n1 | 2\n[link](https://example.org) | **bold**",
    (
        "<table>\n<caption>Raw table</caption>\n<thead><tr><th"
        ' scope="col">A</th><th>B</th></tr></thead>\n<tbody>\n<tr><td'
        ' colspan="2">wide</td></tr>\n<tr><td>1</td><td'
        ' align="right">2</td></tr>\n</tbody>\n</table>'
    ),
    (
        '<ul>\n<li>raw <em>item</em></li>\n<li>another</li>\n</ul>\n\n<ol start="3"'
        ' type="a"><li>c</li></ol>'
    ),
    "<blockquote>\n<p>Raw quote</p>\n<p>with two paragraphs</p>\n</blockquote>",
    (
        '<p>A raw paragraph with <a href="https://example.org">a link</a>.</p>\n\n<hr>\n\n<div>A'
        " raw box.</div>"
    ),
    (
        "<dl>\n<dt>Term</dt>\n<dd>Raw definition</dd>\n</dl>\n\nTerm\n:   Definition with *em*\n:  "
        " Second one\n\nOther\n:   Its own"
    ),
    (
        "```python\ndef f(x: list[int]) -> str:\n    return \"<b>\" + 'it''s' -- 1  #"
        " <script>alert(1)</script> [^1] ![x](y)\n```"
    ),
    "~~~\nplain fence with ``` inside and <!--more--> too\n~~~",
    (
        "    indented = code\n    <em>not em</em>\n\nText after, with `code`, ``co`de``, `<script>`"
        " and `[^1]`."
    ),
    "* * *\n\nBetween rules\n\n---\n\n***",
    (
        "A comment <!-- for the editor --> inside, and below.\n\n<!-- a whole\n\ncomment with an"
        " empty line -->\n\nAfter it."
    ),
    (
        "The HTML spec and the W3C.\n\n*[HTML]: Hyper Text Markup Language\n*[W3C]: World Wide Web"
        " Consortium"
    ),
    "Line with trailing spaces   \n\n\n\n   Three spaces before, many empty lines around.\n\n\n",
    "Tab\tin text,\tand a no-break space, a thin space, a soft\u00adhyphen, a zero\u200bwidth.",
    (
        "“Nested ‘quotes’ and “more””, 'tis the '90s, rock 'n' roll, the bosses' 6'2\" O'Neil's"
        " \"'inner' outer\"--end."
    ),
    (
        "$100 and 50% of #MeToo, @handle, ~tilde~, ^caret^, a==b, ++plus++, {braces}, {{ template"
        " }}, {% tag %}, ${var}."
    ),
    "#MeToo at the start of a line is no heading.\n\n#1 neither.",
    (
        "An address on this site: [about](/about/), [page]({filename}/pages/about.md),"
        " [story](/2026/11/base/#a-part), [home](/)."
    ),
    (
        "Interview.\n\n**Q: What now?**\n\nA: Nothing. [Laughs.] [Pause] Then…\n\n**Q:** Why"
        " (really)?\n\nA — Because."
    ),
    "Poem:\n\nRoses are red  \n  Violets are blue  \nSugar is *sweet*  \n    And so are you",
    "Sum: 1 + 1 = 2; 2^10 = 1024; x_1 + x_2; a*b*c; 10−5; 3×4; ½; ≤ ≥ ≠ ≈ ∞.",
    "x" * 400,
    (
        "- A step with its code:\n\n  ```sh\n  ls -l > list.txt  # [^1] <b>\n  ```\n\n- and the"
        " next one\n\n    ~~~\n    done\n    ~~~"
    ),
    "1. First:\n   ```\n   one\n   ```\n2. Second.\n\nThe opening ends here.<!-- more -->",
    (
        "## 目录与注释！\n\n[数](#目录与注释) [к](#О-Воде) [mixed](#Part-Two--More)\n\n## О"
        " воде\n\n## Part two & more"
    ),
    (
        "It&#8217;s &#8220;moved in&#8221; from elsewhere &#8211; with&nbsp;entities&hellip; &amp;"
        " [a numbered link][17].\n\n[17]: https://example.org/?p=17&x=y"
    ),
    (
        "| Place | Note |\n|---|---|\n| a<br />b | H<sub>2</sub>O, [c](https://example.org/d_e)"
        ' |\n| *f* &amp; g | <abbr title="h">i</abbr> |'
    ),
    (
        "**标题：**正文。**“引号”** 之后，[链接](https://example.org/%E4%B8%AD%E6%96%87)（括号）。"
        "\n第二行没有空格。"
    ),
    "### Heading with <sup>raw</sup> tags &amp; a [link](https://example.org/)\n\nText.",
    (
        "A nested [link with [brackets] inside](https://example.org/) and ([one in"
        " parentheses](https://example.org/))."
    ),
    (
        "<EM>Capital</EM> tags,<BR>an <a href=https://example.org/unquoted/>unquoted address</a>,"
        " and <!-- a note --> a note."
    ),
    (
        "<https://example.org> <mailto:a@example.org> <b@example.org> [c](mailto:c@example.org)"
        " [t](tel:+3221234567)"
    ),
)
"""Each can stand beside any other; none has anything that a reasonable editor would want to be
stopped for.
"""

HEADS = (
    (
        '---\ntitle: "{title}"\ndek: "{dek}"\ndate: 2026-11-{day:02}T09:00\nauthor: Ana'
        " Pereira\nsection: Europe\ntype: Analysis\ntopics: [{topic}, 12:30, no]\nslug:"
        " {slug}\n---\n"
    ),
    (
        "---\ntitle: '{title}'\nsummary: >\n  {dek}\n  And more.\ndate: 2026-11-{day:02} 09:00:00"
        " +01:00\nauthors:\n  - ana-pereira\nsections:\n  - Asia\n  - Europe\ntype:"
        " Opinion\ntags:\n- {topic}\n- other\nslug: {slug}\n---\n\n"
    ),
    (
        "Title: {title}\nDate: 2026-11-{day:02} 10:20\nModified: 2026-11-24 19:30\nCategory:"
        " Europe\nTags: {topic}, publishing\nSlug: {slug}\nAuthors: Ana Pereira\nSummary: {dek}\n  "
        "  second line\nType: Analysis\n\n"
    ),
)
TITLES = (
    "Plain words", "Ukraine: what now?", "Ça va — déjà", "日本の選択", "Это заголовок", "100 % of 5 < 6 & more",
    "What’s {{ this }}?",
)  # fmt: skip


def stories(count: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """Slugs and the bytes of as many messy stories; every piece comes up many times."""
    random = _Random(seed)
    for number in range(count):
        pieces = [PIECES[(number + i * 7) % len(PIECES)] for i in range(random.randint(1, 9))]
        body = "\n\n".join(dict.fromkeys(pieces))
        head = HEADS[number % len(HEADS)].format(
            title=TITLES[number % len(TITLES)],
            dek=f"Dek {number}.",
            day=number % 24 + 1,
            topic=f"topic {number % 9}",
            slug=f"messy-{number}",
        )
        text = head + body + random.choice(("", "\n", "\n\n\n"))
        if number % 4 == 1:
            text = text.replace("\n", "\r\n")
        yield f"messy-{number}", (b"\xef\xbb\xbf" if number % 5 == 2 else b"") + text.encode()


class _Random(random.Random):
    """Python's own, under a name that says it is not for secrets."""
