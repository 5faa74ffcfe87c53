"""Short codes and template tags."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadside_import.markdown import to_html
from broadside_import.tags import Context, Expanded, hugo, liquid

SITE = Context(
    value={"site.baseurl": "", "page.title": "A title", "image": "/a/b.png"}.get,
    address=lambda name: f"/2015/{name}/" if "lost" not in name else None,
    param={
        "handbook_url": "https://handbook.example/a?b=1&c",
        "mail": "desk@old.example",
        "social.site": "9",
    }.get,
    file={
        "plain.html": "<p>included words</p>",
        "cycle.html": "{% include cycle.html %}",
        "code.py": "x = 1 < 2",
    }.get,
)


def html_of(made: Expanded) -> str:
    return made.restored(to_html(made.text, "commonmark")[0])


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            '{{< figure src="a.jpg" alt="Two men" caption="At *dawn*" attr="A. Person" >}}',
            (
                '<figure><img src="a.jpg" alt="Two men" data-credit="A. Person"><figcaption>At'
                " <em>dawn</em></figcaption></figure>"
            ),
        ),
        (
            "{{< youtube w7Ft2ymGmfc >}}",
            '<a data-card="video" href="https://www.youtube.com/watch?v=w7Ft2ymGmfc"></a>',
        ),
        (
            '{{< youtube id="w7Ft2ymGmfc" title="The gauge" >}}',
            '<a data-card="video" href="https://www.youtube.com/watch?v=w7Ft2ymGmfc">The gauge</a>',
        ),
        ("{{< vimeo 146022717 >}}", '<a data-card="video" href="https://vimeo.com/146022717"></a>'),
        (
            '{{< tweet user="SanDiegoZoo" id="1453110110599868418" >}}',
            (
                '<a data-card="post"'
                ' href="https://twitter.com/SanDiegoZoo/status/1453110110599868418"></a>'
            ),
        ),
        (
            '{{< highlight go "linenos=table" >}}\nif a < b {}\n{{< / highlight >}}',
            '<pre><code class="language-go">if a &lt; b {}\n</code></pre>',
        ),
        (
            "{{% notice %}}\n**Mind** the gap.\n{{% /notice %}}",
            "<aside>\n<p><strong>Mind</strong> the gap.</p>\n</aside>",
        ),
        (
            '{{< details "More" >}}\nwords\n{{< /details >}}',
            "<details><summary>More</summary>\n<p>words</p>\n</details>",
        ),
        ('[x]({{< ref "post.md#part" >}})', '<p><a href="/2015/post.md/#part">x</a></p>'),
        (
            '{{< figureforgallery src="a.jpg" caption="Dawn" >}}',
            '<figure><img src="a.jpg" alt=""><figcaption>Dawn</figcaption></figure>',
        ),
        (
            '{{< imgtxt img="a.jpg" alt="Dawn" >}}\nSo **it** is.\n{{< /imgtxt >}}',
            '<figure><img src="a.jpg" alt="Dawn"></figure>\n<p>So <strong>it</strong> is.</p>',
        ),
        (
            '{{< figure src="a.jpg" link="https://x.example/" >}}',
            '<figure><a href="https://x.example/"><img src="a.jpg" alt=""></a></figure>',
        ),
        (
            "[x]({{< param handbook_url >}}/d) {{% param Social.Site %}}",
            '<p><a href="https://handbook.example/a?b=1&amp;c/d">x</a> 9</p>',
        ),
        ('[x](mailto:{{< param "mail" >}})', '<p><a href="mailto:desk@old.example">x</a></p>'),
        ('[x]({{< relref path="post.md" lang="en" >}})', '<p><a href="/2015/post.md/">x</a></p>'),
        ('[x]({{< link "/a b/" >}})', '<p><a href="/a b/">x</a></p>'),
        ("{{</* shown */>}}", "<p>{{&lt; shown &gt;}}</p>"),
        ("`{{< figure src=x >}}`", "<p><code>{{&lt; figure src=x &gt;}}</code></p>"),
    ],
)
def test_what_hugos_short_codes_stand_for(source: str, html: str) -> None:
    made = hugo(source, SITE)
    assert html_of(made).strip() == html
    assert not made.left


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("![x]({{ image | url }})", '<p><img src="/a/b.png" alt="x" /></p>'),
        ("[x]({{site.baseurl}}/about/) {{ page.title }}", '<p><a href="/about/">x</a> A title</p>'),
        ("[x]({% post_url 2015-01-02-words %})", '<p><a href="/2015/2015-01-02-words/">x</a></p>'),
        (
            "[x]({% link _posts/2015-01-02-words.md %}#part)",
            '<p><a href="/2015/_posts/2015-01-02-words.md/#part">x</a></p>',
        ),
        ("{% raw %}{{ x }}{% endraw %}", "<p>{{ x }}</p>"),
        ("a {% comment %}hidden{% endcomment %}b", "<p>a b</p>"),
        (
            "{% highlight python linenos %}\nx = 1 < 2\n{% endhighlight %}",
            '<pre><code class="language-python">x = 1 &lt; 2\n</code></pre>',
        ),
        (
            '{% include figure.html image_path="/a.png" alt="Two men" caption="Dawn" %}',
            '<figure><img src="/a.png" alt="Two men"><figcaption>Dawn</figcaption></figure>',
        ),
        (
            """\
{% include "linked-figure.html", image: "/a.png",
 alt: "It's 5%" %}""",
            '<figure><img src="/a.png" alt="It&#x27;s 5%"></figure>',
        ),
        ("{% include plain.html %}", "<p>included words</p>"),
        (
            '{% image "assets/team.jpg" "The team" %}',
            '<figure><img src="assets/team.jpg" alt="The team"></figure>',
        ),
        (
            '{% img right /a.png 300 200 "Title" "Two men" %}',
            '<figure><img src="/a.png" alt="Two men"></figure>',
        ),
        ("{% include_code code.py %}", '<pre><code class="language-py">x = 1 &lt; 2</code></pre>'),
        (
            '{% assign x = "/b/" %}[x]({{ x | prepend: site.baseurl }})',
            '<p><a href="/b/">x</a></p>',
        ),
        (
            "{% gist ana/123 %}",
            '<p><a href="https://gist.github.com/ana/123">https://gist.github.com/ana/123</a></p>',
        ),
        (
            '{{ "https://www.youtube.com/embed/abc" | embed }}',
            '<a data-card="video" href="https://www.youtube.com/embed/abc"></a>',
        ),
    ],
)
def test_what_template_tags_stand_for(source: str, html: str) -> None:
    made = liquid(source, SITE)
    assert html_of(made).strip() == html
    assert not made.left


@pytest.mark.parametrize(
    "source", ['{{< chart "a_b_c" >}}', "{{% weather %}}inner{{% /weather %}}"]
)
def test_a_short_code_that_is_not_known_stays_as_text_and_is_told(source: str) -> None:
    made = hugo(f"first\n\n{source}", SITE)
    assert (
        html_of(made).replace("&lt;", "<").replace("&gt;", ">")
        == f"<p>first</p>\n<p>{source}</p>\n"
    )
    assert [line for line, _, _ in made.left] == [3]


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ('[x]({{< docs "a" >}}/b)', '<p><a href="{{< docs "a" >}}/b">x</a></p>'),
        ("[x](mailto:{{< param lost >}})", '<p><a href="mailto:{{< param lost >}}">x</a></p>'),
        (
            "[x](https://{{< docs >}}.example/é)",
            '<p><a href="https://{{< docs >}}.example/é">x</a></p>',
        ),
        (
            '[x](/a "It is {{< docs >}}\'s")',
            '<p><a href="/a" title="It is {{< docs >}}\'s">x</a></p>',
        ),
        (
            "![A {{< docs >}}]({{< docs >}}/b.jpg)",
            '<p><img src="{{< docs >}}/b.jpg" alt="A {{< docs >}}" /></p>',
        ),
        ("[x][y]\n\n[y]: {{< docs >}}/b", '<p><a href="{{< docs >}}/b">x</a></p>'),
        ("<a href='{{< docs >}}'>x</a>", "<p><a href='{{< docs >}}'>x</a></p>"),
        ('[x]({{< ref "lost.md" >}})', '<p><a href="{{< ref "lost.md" >}}">x</a></p>'),
    ],
)
def test_a_short_code_in_an_attribute_comes_out_as_it_went_in(source: str, html: str) -> None:
    made = hugo(source, SITE)
    assert unescape(html_of(made).strip()) == html
    assert made.left


def test_a_template_tag_in_an_address_comes_out_as_it_went_in() -> None:
    made = liquid("[x]({{ site.handbook }}/b) and [y](mailto:{{ site.mail }})", SITE)
    assert 'href="{{ site.handbook }}/b"' in html_of(made)
    assert 'href="mailto:{{ site.mail }}"' in html_of(made)
    assert len(made.left) == 2


def test_loops_and_links_to_nothing_stay_and_are_told() -> None:
    made = liquid("{% for x in y %}words{% endfor %}\n[x]({% post_url lost %})", SITE)
    assert "{% for x in y %}words{% endfor %}" in html_of(made)
    assert {line for line, _, _ in made.left} == {1, 2}


def test_includes_that_include_themselves_end() -> None:
    assert "cycle.html" in html_of(liquid("{% include cycle.html %}", SITE))


TANGLE = [
    *"{{ }} {% %} {{< >}} {{% %}} / raw endraw figure note include end".split(),
    "assign x =",
    *"\"'|`\n ",
    "word",
    "<p>",
]


@given(st.lists(st.sampled_from(TANGLE), max_size=40).map("".join))
@settings(max_examples=300)
def test_no_tangle_of_tags_is_too_odd(text: str) -> None:
    for expand in (hugo, liquid):
        html_of(expand(text, SITE))


@given(
    st.lists(st.from_regex(r"w[a-z]{3,6}", fullmatch=True), min_size=1, max_size=8),
    st.sampled_from(
        ["{{{{< unknown {} >}}}}", "{{% unknown {} %}}", "{{%t {} %}}", "{{{{ {} }}}}"]
    ),
)
def test_words_in_tags_that_are_not_known_survive(words: list[str], form: str) -> None:
    text = " and ".join(
        (
            form.replace("{}", word)
            if form.startswith("{{%") and "{{{{" not in form
            else form.format(word)
        )
        for word in words
    )
    for expand in (hugo, liquid):
        assert re.findall(r"\bw[a-z]{3,6}\b", html_of(expand(text, SITE))) == words


def test_nothing_between_raw_and_endraw_is_a_tag() -> None:
    made = liquid('{% raw %}{%a{ "%b"{ (%y)}} - }{%t}}|{{ x }}{% endraw %} {{ page.title }}', SITE)
    assert made.text == '{%a{ "%b"{ (%y)}} - }{%t}}|{{ x }} A title'
    assert not made.left


def test_what_a_template_captures_is_where_it_is_shown() -> None:
    made = liquid(
        "{% capture body %}\n## Words\n{% endcapture %}\n<div>{{ body | markdownify }}</div>", SITE
    )
    assert "<h2" in html_of(made)


@pytest.mark.parametrize(
    "text",
    [
        '{% assign a = "word word" %}' + "{% assign a = a | append: a %}" * 60 + "{{ a }}",
        '{% assign a = "word word" %}'
        + "{% capture a %}{{ a }}{{ a }}{% endcapture %}" * 60
        + "{{ a }}",
        '{% assign a = "word word" %}' + "{% assign a = a | append: a %}" * 10 + "{{ a }}" * 5_000,
        "{% include a.html %}" * 5_000,
    ],
)
def test_tags_that_multiply_words_have_an_end(text: str) -> None:
    site = Context(file=lambda name: "word " * 19_000 if name == "a.html" else None)
    made = liquid(text, site)
    assert len(made.restored(made.text)) < 3_000_000
    assert made.left


def test_pairs_in_pairs_have_an_end() -> None:
    made = hugo("{{< a >}}" * 5_000 + "Words." + "{{< /a >}}" * 5_000, Context())
    assert "Words." in made.restored(made.text)


@pytest.mark.parametrize(
    "text", ['{% a "" ""', "{% a ", "{{ ", "{% aaa", "{# a ", "{{< a ", '{{< a "', "{{< aaa"]
)
def test_tags_that_nothing_ends_stay_as_they_are(text: str) -> None:
    assert hugo(text * 3, Context()).text == text * 3
    assert liquid(text * 3, Context()).text == text * 3


def test_an_apostrophe_in_a_tag_reaches_no_other_tag() -> None:
    found = liquid("{% a don't %} between {% b can't %}", Context())
    assert " between " in found.text
