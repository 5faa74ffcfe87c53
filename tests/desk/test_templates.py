"""Templates that were compiled ahead are what Jinja would have made of them, or it makes them itself."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

import pytest
from jinja2 import Environment, FileSystemLoader, TemplateAssertionError, TemplateSyntaxError, pass_context

from broadside.desk import templates
from broadside.desk.options import Options, settings_in
from broadside.desk.templates import Compiled, Ready, compile_ahead, compiled
from tests.forked import alone
from tests.repository import PROJECT

OPTIONS = settings_in("pelicanconf.py")["JINJA_ENVIRONMENT"]


def environment(folder: Path, **options: Any) -> Environment:
    """The environment that a build has, with the plugins' filters."""
    made = Environment(loader=FileSystemLoader(folder), **(OPTIONS | options))
    made.filters |= {"loud": str.upper}
    return made


def ready(folder: Path, code: Mapping[str, Compiled], monkeypatch: pytest.MonkeyPatch) -> tuple[Environment, list[str]]:
    """An environment that was given the code, and the names of the templates that it compiles itself."""
    made = environment(folder)
    names: list[str] = []
    made.filters |= {
        name: str for each in code.values() for name in each.filters if name not in {*made.filters, "lould"}
    }
    compile_it = made.compile

    def noted(source: str, name: str, *rest: Any) -> Any:
        names.append(name)
        return compile_it(source, name, *rest)

    monkeypatch.setattr(made, "compile", noted)
    made.bytecode_cache = Ready(lambda: code, made)
    return made, names


def test_all_templates_of_the_theme_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = PROJECT / "theme" / "templates"
    code = compiled(folder, OPTIONS)
    made, names = ready(folder, code, monkeypatch)
    for name in made.list_templates(["html"]):
        assert made.get_template(name).name == name
    assert names == []


def test_pages_are_the_same_from_code_compiled_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_text('{{ "now"|loud }} {{ word|loud|replace("B", "<") }}')
    made, names = ready(tmp_path, compiled(tmp_path, OPTIONS), monkeypatch)
    assert made.get_template("a.html").render(word="ab&") == environment(tmp_path).get_template("a.html").render(
        word="ab&"
    )
    assert names == []


def test_a_template_that_has_changed_since_is_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_text("old")
    made, names = ready(tmp_path, compiled(tmp_path, OPTIONS), monkeypatch)
    (tmp_path / "a.html").write_text("new")
    assert made.get_template("a.html").render() == "new"
    assert names == ["a.html"]


def test_an_error_is_reported_by_jinja_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "filter.html").write_text("\n{{ word|lould }}")
    (tmp_path / "syntax.html").write_text("\n{% if %}")
    made, _ = ready(tmp_path, compiled(tmp_path, OPTIONS), monkeypatch)
    for name, kind in (("filter.html", TemplateAssertionError), ("syntax.html", TemplateSyntaxError)):
        with pytest.raises(kind) as problem:
            made.get_template(name)
        assert problem.value.lineno == 2


def test_a_filter_that_wants_the_context_gets_it(tmp_path: Path) -> None:
    @pass_context
    def loud(context: Any, word: str) -> str:
        return f"{word.upper()}{context['sign']}"

    (tmp_path / "a.html").write_text("{{ word|loud }}")
    code = compiled(tmp_path, OPTIONS)
    made = environment(tmp_path)
    made.filters["loud"] = loud
    made.bytecode_cache = Ready(lambda: code, made)
    assert made.get_template("a.html").render(word="a", sign="!") == "A!"


def test_what_goes_by_a_name_of_jinjas_is_what_the_environment_has(tmp_path: Path) -> None:
    (tmp_path / "filter.html").write_text("{{ 'a'|upper }}")
    (tmp_path / "test.html").write_text("{% if 3 is odd %}Jinja's{% else %}ours{% endif %}")
    code = compiled(tmp_path, OPTIONS)
    made = environment(tmp_path)
    made.filters["upper"] = lambda word: f"our {word}"
    made.tests["odd"] = lambda _: False
    made.bytecode_cache = Ready(lambda: code, made)
    assert [made.get_template(name).render() for name in ("filter.html", "test.html")] == ["our a", "ours"]


def test_a_template_that_python_cannot_compile_is_left_to_jinja(tmp_path: Path) -> None:
    (tmp_path / "deep.html").write_text("{% for a in b %}" * 25 + "{% endfor %}" * 25)
    (tmp_path / "good.html").write_text("good")
    assert len(compiled(tmp_path, OPTIONS)) == 1


def test_with_one_process_jinja_compiles_only_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "compiled", lambda *_: pytest.fail("all templates were compiled here"))
    install = compile_ahead(Options(jobs=1))
    made = environment(PROJECT / "theme" / "templates")
    install(made)
    assert made.get_template("components/headline.html").name


def test_if_the_other_process_was_killed_jinja_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    def check() -> None:
        here = os.getpid()

        def killed(*_: Any) -> NoReturn:
            assert os.getpid() != here, "all templates were compiled here"
            os.kill(os.getpid(), signal.SIGKILL)
            raise AssertionError

        monkeypatch.setattr(templates, "compiled", killed)
        install = compile_ahead(Options(jobs=2))
        made = environment(PROJECT / "theme" / "templates")
        install(made)
        assert made.get_template("components/headline.html").name

    alone(check)


@pytest.mark.parametrize("slip", [{"JOBS": "2"}, {"JINJA_ENVIRONMENT": None}, {"JINJA_ENVIRONMENT": ["autoescape"]}])
def test_a_slip_in_settings_is_left_for_others_to_report(slip: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "settings_in", lambda _: settings_in("pelicanconf.py") | slip)
    made = environment(PROJECT / "theme" / "templates")
    compile_ahead(Options())(made)
    assert made.bytecode_cache is None


@pytest.mark.parametrize(
    ("options", "given"), [({}, True), ({"trim_blocks": False}, False), ({"extensions": ["jinja2.ext.do"]}, False)]
)
def test_an_environment_that_reads_templates_otherwise_is_given_none(
    options: dict[str, Any], given: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    install = compile_ahead(Options(jobs=1))
    monkeypatch.setattr(templates, "compiled", lambda *_: {})
    made = environment(PROJECT / "theme" / "templates", **options)
    install(made)
    assert (made.bytecode_cache is not None) is given
