"""Every example of the style guide is a test of its component: it stands for its name, is sound,
and escapes what people write.

The Nu checker reads the same examples in ./inv test-reader, and tests/browser sees that they fit a
small phone.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup, Tag
from lxml import etree

from broadside.plugins.styleguide.command.guide import (
    UNSEEN,
    Example,
    about,
    component_names,
    examples,
)
from broadside.plugins.styleguide.command.stage import Stage
from tests.theme.conftest import SITE, THEME

MARK = """ "><script>alert(1)</script>'&amp;<b>{{ root }}"""
"""What nobody should be able to write into a page."""
STYLES = THEME / "static" / "css" / "components"
CLASS_OF = {"page_title": "index-header", "section_nav": "sections", "type_list": "ledger"}
"""Story types are listed as corrections are, in the look of plain pages. A page's title is the
header of an index without an index; the contract names the class of the section navigation.
"""
NO_STYLE = {
    *UNSEEN,
    "answers",
    "how_made",
    "letters",
    "page_title",
    "picture",
    "rests_on",
    "series_block",
    "series_line",
    "series_list",
    "type_list",
    "versions",
}
"""Of the head nothing is seen, a page's title looks as an index's header does, what is said of how
a story was made, of its versions, of what it rests on and of letters as the foot around it, and base.css sets every picture alike.
"""


@pytest.fixture(scope="module")
def shown() -> list[Example]:
    return examples(SITE, Stage())


def class_of(name: str) -> str:
    return CLASS_OF.get(name, name.replace("_", "-"))


def structure(html: str) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a piece of HTML, each with the names of its attributes."""
    return [
        (tag.name, tuple(tag.attrs)) for tag in BeautifulSoup(html, "html.parser").find_all(True)
    ]


def unsound(html: str) -> list[str]:
    """What a parser has to mend; that it does not know an element of today is none of it."""
    parser = etree.HTMLParser()
    etree.fromstring(
        f"<!DOCTYPE html><html><head><title>t</title></head><body>{html}</body></html>", parser
    )
    return [str(error) for error in parser.error_log if error.type_name != "HTML_UNKNOWN_TAG"]


def test_a_component_has_a_macro_an_example_a_style_and_a_class_of_its_name(
    shown: list[Example],
) -> None:
    for name in component_names():
        template = (THEME / "templates" / "components" / f"{name}.html").read_text("utf-8")
        assert f"{{% macro {name}(" in template
        assert about(name), f"the template of {name} says what it is"
        assert [example for example in shown if example.component == name], name
        assert (STYLES / f"{name}.css").is_file() == (name not in NO_STYLE), name
        if name not in NO_STYLE:
            style = (STYLES / f"{name}.css").read_text("utf-8")
            assert re.search(rf"\.{class_of(name)}(?=--|[^\w-])", style), name


def test_no_style_and_no_example_stands_without_its_component() -> None:
    assert {path.stem for path in STYLES.glob("*.css")} <= set(component_names())
    assert {path.stem for path in (THEME / "examples").iterdir()} <= set(component_names())


def test_an_example_is_what_its_name_says(shown: list[Example]) -> None:
    for example in shown:
        roots = [
            child
            for child in BeautifulSoup(example.html, "html.parser").children
            if isinstance(child, Tag)
        ]
        if example.component in UNSEEN:
            assert {root.name for root in roots} <= {"link", "meta", "script"}, example
        elif example.component == "picture":
            assert [root.name for root in roots] == ["picture"], example
        else:
            assert class_of(example.component) in roots[0]["class"], example


def test_an_example_is_sound(shown: list[Example]) -> None:
    for example in shown:
        assert unsound(example.html) == [], example
        ids = Counter(re.findall(r'\sid="([^"]+)"', example.html))
        assert [name for name, times in ids.items() if times > 1] == [], example
        soup = BeautifulSoup(example.html, "html.parser")
        named = {
            word
            for tag in soup.select("[aria-labelledby]")
            for word in str(tag["aria-labelledby"]).split()
        }
        assert named <= set(ids), example
        assert {str(label["for"]) for label in soup.select("label[for]")} <= set(ids), example


def test_what_people_write_stays_text(shown: list[Example]) -> None:
    for plain, marked in zip(shown, examples(SITE, Stage(MARK)), strict=True):
        assert structure(marked.html) == structure(plain.html), plain
