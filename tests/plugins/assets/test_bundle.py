"""The theme's files under names that change with their bytes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from broadside.plugins.assets.bundle import as_it_is, static_files, stylesheet
from broadside.site.assets import AssetFailed, named
from tests.repository import PROJECT


@pytest.fixture
def css(tmp_path: Path) -> Path:
    (tmp_path / "components").mkdir()
    (tmp_path / "tokens.css").write_text(":root { --ink: #111111 }\n")
    (tmp_path / "components" / "b.css").write_text(".b { color: red }\n")
    (tmp_path / "components" / "a.css").write_text(".a { color: var(--ink) }\n")
    (tmp_path / "print.css").write_text("@media print { .a { display: none } }\n")
    return tmp_path


def test_the_stylesheet_is_all_parts_in_their_order(css: Path) -> None:
    text = stylesheet(css).data.decode()
    assert (
        text.index("--ink:#111")
        < text.index(".a{")
        < text.index(".b{")
        < text.index("@media print")
    )


def test_a_mistake_is_named_with_its_file(css: Path) -> None:
    (css / "components" / "b.css").write_text(".b { color: red\n}}}\n")
    with pytest.raises(AssetFailed, match=r"components/b\.css: .* in line 3, "):
        stylesheet(css)


def test_a_forgotten_brace_does_not_swallow_the_next_part(css: Path) -> None:
    (css / "components" / "a.css").write_text(".a { color: blue")
    assert ".a{color:#00f}.b{color:red}" in stylesheet(css).data.decode()


def test_underlines_are_written_so_that_every_browser_draws_them() -> None:
    """Safari before 26.2 ignores a `text-decoration` that says more than the line, which the
    minifier makes of its parts.
    """
    text = stylesheet(PROJECT / "theme/static/css").data.decode()
    assert set(re.findall("text-decoration:([^;}]+)", text)) == {"none", "underline"}


def test_a_script_is_printed_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "rails.js").write_bytes("“use” it\n".encode())
    asset = as_it_is(tmp_path / "rails.js")
    assert asset.data == "“use” it\n".encode()
    assert asset == named("theme/rails.js", asset.data)
    assert asset.url.startswith("theme/rails-")
    assert asset.url.endswith(".js")


def test_an_outlets_own_style_sheets_come_last_and_lead_to_its_files(
    css: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    for name in ("css", "static/art"):
        (own / name).mkdir(parents=True)
    (own / "static" / "art" / "paper.svg").write_text("<svg/>")
    (own / "css" / "ours.css").write_text(
        'a { background: url(art/paper.svg) }\nb { list-style-image: url("../static/art/paper.svg")'
        " }\ni { background: url(data:image/gif;base64,AA) }\nu { filter: url(#blur) }\n"
    )
    files = static_files(own / "static")
    text = stylesheet(css, own / "css", files).data.decode()
    url = files["art/paper.svg"].url.removeprefix("theme/")
    assert text.count(url) == 2
    assert "data:image" in text
    assert "#blur" in text
    assert text.index("@media print") < text.index(url)
    (own / "css" / "ours.css").write_text("a { background: url(art/nowhere.svg) }")
    with pytest.raises(AssetFailed, match=r"art/nowhere\.svg"):
        stylesheet(css, own / "css", files)
