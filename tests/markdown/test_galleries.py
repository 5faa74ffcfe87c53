"""Several pictures in a text are one figure."""

from __future__ import annotations

import pytest

from tests.markdown.setting import SETTER, codes

A, B, C = (
    f'![{name}](photos/{name}.jpg){{caption="Of {name}" credit="Photo by {name}"}}'
    for name in "abc"
)
FIGURE = '<figure class="gallery">\x0eP0\x0f\x0eP1\x0f{}</figure>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (f"> [!gallery]\n> {A}\n> {B}", FIGURE.format("")),
        (
            f"> [!GALLERY] All *of* them\n> {A}\n> {B}",
            FIGURE.format("<figcaption>All <em>of</em> them</figcaption>"),
        ),
        (f"> [!gallery]\n>\n> {A}\n>\n>{B}\nAfter.", f"{FIGURE.format('')}\n<p>After.</p>"),
        (
            f"> Said.\n>\n> [!gallery]\n> {A}\n> {B}",
            f"<blockquote><p>Said.</p></blockquote>\n{FIGURE.format('')}",
        ),
        (f"- > [!gallery]\n  > {A}\n  > {B}", f"<ul><li>{FIGURE.format('')}</li></ul>"),
        (
            f"> [!aside]\n> > [!gallery]\n> > {A}\n> > {B}",
            f'<aside class="aside">{FIGURE.format("")}</aside>',
        ),
    ],
)
def test_pictures_are_one_figure(text: str, html: str) -> None:
    body, faults = SETTER.set(text, "a.md")
    assert (body.html, faults) == (html, [])
    assert [(photo.photo, photo.caption) for photo in body.photos] == [
        ("photos/a.jpg", "Of a"),
        ("photos/b.jpg", "Of b"),
    ]


def test_two_photos_in_a_box_are_no_gallery() -> None:
    html = SETTER.set(f"> [!aside]\n> {A}\n>\n> {B}", "a.md")[0].html
    assert "gallery" not in html


def test_a_gallery_stands_beside_html() -> None:
    assert codes(f"<div><p>Raw.</p></div>\n\n> [!gallery] All\n> {A}\n> {B}") == []
