"""Templates are compiled once for a theme and the code that they are compiled with."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import DictLoader, Environment
from jinja2.bccache import bc_magic

from broadside.build import render
from broadside.build.render import CompiledTemplates
from broadside.faults import SiteFailed
from broadside.settings import Settings


class Counting(Environment):
    """An environment that counts what it compiles."""

    compiled = 0

    def compile(self, *args: Any, **kwargs: Any) -> Any:
        """The code of a template."""
        self.compiled += 1
        return super().compile(*args, **kwargs)


def whispered(text: str) -> str:
    """A filter of an outlet's."""
    return text.lower()


def shouted(text: str) -> str:
    """Another under the same name."""
    return text.upper()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where compiled templates are kept in a test."""
    monkeypatch.setattr(render, "ENGINE", tmp_path)
    return tmp_path / "__pycache__" / "templates"


def page(
    source: str = '{{ "Hello" | said }}', said: Any = whispered, words: str = ""
) -> tuple[str, int]:
    """What a process that has compiled nothing yet makes of a template, and how many templates it
    compiled for that.
    """
    settings = {"PLUGINS": [], "JINJA_FILTERS": {"said": said}}
    site: Any = SimpleNamespace(settings=Settings(settings), words=SimpleNamespace(digest=words))
    environment = Counting(
        loader=DictLoader({"page.html": source}), bytecode_cache=CompiledTemplates(site)
    )
    environment.filters["said"] = said
    return environment.get_template("page.html").render(), environment.compiled


def test_a_template_is_compiled_once() -> None:
    assert [page(), page()] == [("hello", 1), ("hello", 0)]


def test_it_is_compiled_anew_if_it_changes_or_what_it_is_compiled_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page()
    assert page("{{ 1 }}") == ("1", 1)
    assert page() == ("hello", 1)
    # though Jinja works this out as it compiles the template
    assert page(said=shouted) == ("HELLO", 1)
    assert page(said=shouted, words="es") == ("HELLO", 1)
    monkeypatch.setattr(render, "of_code", lambda: "another version of the engine, or of Jinja")
    assert page(said=shouted, words="es") == ("HELLO", 1)


def test_what_is_kept_may_be_damaged_or_impossible_to_write(folder: Path) -> None:
    page()
    (kept,) = folder.iterdir()
    whole = kept.read_bytes()
    for size in (len(whole) - 20, len(bc_magic), 1, 0):
        kept.write_bytes(whole[:size])
        assert [page(), page()] == [("hello", 1), ("hello", 0)]
    kept.unlink()
    folder.rmdir()
    folder.symlink_to("nowhere")
    assert [page(), page()] == [("hello", 1), ("hello", 1)]


def test_a_slot_that_the_theme_does_not_have_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "SLOTS", [("before-txt", "court/line.html")])
    with pytest.raises(SiteFailed, match="before-txt"):
        render.by_slot()
