"""What the documents say is true: commands, keys, settings, examples, links and pictures."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from invoke.collection import Collection
from invoke.loader import FilesystemLoader

from broadside.config.files import settings_in
from broadside.config.judge import judge
from broadside.config.options import Options
from broadside.editing.check import check
from broadside.front_matter.data import (
    LISTS_OF_DESK,
    SINGLE,
    AuthorData,
    PageData,
    SeriesData,
    StoryData,
    keys_in,
)
from broadside.look.data import BASES, TABLES, read
from broadside.settings import defaults
from broadside.slugs import slugify
from broadside.urls import KINDS
from broadside.validation import keys_of
from tests.faults.corpus import cases
from tests.repository import PROJECT
from tests.sample import NOW, Outlet, inv
from tools import keys
from tools.settings import document, settings

DOCUMENTS = [
    PROJECT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
] + sorted((PROJECT / "docs").glob("*.md"))
WRITERS, REFERENCE, FAULTS, WEEK, EDITORS, OWNERS, SETTINGS = (
    PROJECT / "docs" / f"{name}.md"
    for name in (
        "for-writers",
        "writers-reference",
        "faults",
        "for-editors",
        "editors-reference",
        "for-site-owners",
        "settings",
    )
)
FENCED = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.M | re.S)
COMMAND = re.compile(r"(?:^|[ `(])\./inv((?: (?:\"[^\"\n]*\"|[\w./:-]+))+)", re.M)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`]+)`")
NO_SETTINGS = {"RSS", "HTML", "ISBN", "ISO", "NAME", "OPML", "PGP", "SOURCE_DATE_EPOCH"}
"""Words in capitals that templates use for other things."""
AN_OUTLETS = re.compile(
    r"plugins/(ours\.py|court/.*)|theme/templates/(court|book)/.*|halyard/plugins/|theme/css/.*|theme/(look\.toml|fonts/|words/LANG\.po)|"
    r"theme/static/(paper\.svg|icons/)|tests/test_outlet\.py"
)
"""Files that the documents name and that only an outlet has, or had."""


def named(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def commands() -> list[tuple[str, str]]:
    """Every `./inv …` of the documents that runs a command, with the document's name."""
    found = {
        (named(path), line.strip())
        for path in DOCUMENTS
        for line in COMMAND.findall(path.read_text("utf-8"))
    }
    return sorted(each for each in found if not each[1].startswith("--"))


def blocks(text: str, language: str) -> list[str]:
    return [block for _, kind, block in FENCED.findall(text) if kind == language]


def first_cells(text: str) -> list[str]:
    """The first cell of each row of the tables in a text."""
    return [
        line.split("|")[1]
        for line in text.splitlines()
        if line.startswith("| ") and not line.startswith("| ---")
    ]


def is_fine(outlet: Outlet) -> bool:
    """Whether a check finds neither an error nor a warning; what it accepts can be built, as
    tests/editing/check/test_agrees.py shows.
    """
    return check(Options(content=str(outlet.content), now=NOW)) == []


def section_of(path: Path, heading: str) -> str:
    """The part of a document under a heading of the second level."""
    return path.read_text("utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


@pytest.fixture(scope="module")
def tasks() -> dict[str, Any]:
    module, _ = FilesystemLoader(start=str(PROJECT)).load("tasks")
    return {str(name): task for name, task in Collection.from_module(module).tasks.items()}


def test_commands_are_tasks_with_these_flags(tasks: dict[str, Any]) -> None:
    for place, line in commands():
        name, *words = shlex.split(line)
        assert name in tasks, (place, line)
        flags = {
            flag for argument in tasks[name].get_arguments() for flag in _flags(argument.names)
        } | {"--help"}
        assert {word for word in words if word.startswith("-")} <= flags, (place, line)


def _flags(names: tuple[str, ...]) -> list[str]:
    return [("--" if len(name) > 1 else "-") + name.replace("_", "-") for name in names]


def test_the_documents_name_every_task(tasks: dict[str, Any]) -> None:
    assert {shlex.split(line)[0] for _, line in commands()} == tasks.keys()


def safe_commands() -> list[str]:
    """The command lines of fenced blocks that only read, or write only where they are told to."""
    lines = "\n".join(block for path in DOCUMENTS for block in blocks(path.read_text("utf-8"), ""))
    found = {line.strip() for line in COMMAND.findall(lines)}
    return sorted(
        line
        for line in found
        if line.split()[0] in ("check", "due", "related", "build", "new", "status", "roundup")
        and ".." not in line
    )


@pytest.mark.slow
@pytest.mark.parametrize("line", safe_commands())
def test_safe_commands_do_what_they_are_there_for(tmp_path: Path, line: str) -> None:
    name, *words = shlex.split(line)
    outlet = Outlet(tmp_path)
    outlet.story("the-sea-floor-has-no-police")
    outlet.author("Ilse Vandermeer")
    for number in range(3):  # a week that is not too thin for a round-up
        outlet.story(
            f"new-{number}", date=f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%dT%H:%M}"
        )
    words = [
        word for i, word in enumerate(words) if "--output" not in (word, words[i - 1] if i else "")
    ]
    where = {
        "build": ["--output", str(outlet.output)],
        "roundup": ["--to", str(tmp_path / "mail")],
    }.get(name, [])
    command = outlet.command(name, *words, "--content", str(outlet.content), *where)
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def starts() -> list[str]:
    """The command lines of fenced blocks that start an outlet."""
    lines = "\n".join(block for path in DOCUMENTS for block in blocks(path.read_text("utf-8"), ""))
    return sorted({line.strip() for line in COMMAND.findall(lines) if line.startswith(" init ")})


@pytest.mark.git
@pytest.mark.slow
@pytest.mark.parametrize("line", starts())
def test_an_outlet_is_started_as_the_documents_say(tmp_path: Path, line: str) -> None:
    """Nobody is asked here, because there is no terminal; the files that the documents explain are
    there.
    """
    (tmp_path / "broadside").mkdir()
    command = inv(PROJECT, *shlex.split(line))
    done = subprocess.run(
        command,
        cwd=tmp_path / "broadside",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made = tmp_path / "my-outlet"
    listed = subprocess.run(
        ["git", "ls-files"], cwd=made, capture_output=True, text=True, check=True
    ).stdout.split()
    explained = first_cells(section_of(OWNERS, "Your own outlet").partition("\n### ")[0])
    names = {name for cell in explained for name in CODE.findall(cell)}
    shown = {
        path for path in listed if any(path == name or path.startswith(name) for name in names)
    }
    assert {path for path in listed if path not in shown} == {".gitattributes", ".gitignore"}
    forges = {".github/", ".gitlab-ci.yml", ".forgejo/"}
    assert {name for name in names - forges if not (made / name).exists()} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_links_and_pictures_are_there(document: Path) -> None:
    text = FENCED.sub("", document.read_text("utf-8"))
    for target in LINK.findall(CODE.sub("", re.sub(r"``.*?``", "", text))):
        path, _, fragment = target.partition("#")
        if re.match(r"[a-z]+:", target):
            assert target.startswith(("https://", "http://127.0.0.1:8000")), target
            continue
        file = document if not path else (document.parent / unquote(path)).resolve()
        assert file.is_relative_to(PROJECT), target
        assert file.exists(), target
        if fragment:
            headings = re.findall(r"^#+ (.*)$", file.read_text("utf-8"), re.M)
            assert fragment in [slugify(heading) for heading in headings], target


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_files_that_are_named_are_there(document: Path) -> None:
    words = CODE.findall(FENCED.sub("", document.read_text("utf-8")))
    folders = r"(broadside|content|docs|extras|halyard|plugins|tests|theme|tools)/[\w./-]*"
    paths = [
        word for word in words if re.fullmatch(folders, word) and not AN_OUTLETS.fullmatch(word)
    ]
    assert [path for path in paths if "NAME" not in path and not (PROJECT / path).exists()] == []


def test_plugins_that_the_docs_show_import_the_interface_alone() -> None:
    shown = "\n".join(blocks((PROJECT / "docs" / "plugins.md").read_text("utf-8"), "python"))
    assert set(re.findall(r"^(?:from|import) (broadside[\w.]*)", shown, re.M)) == {
        "broadside.command",
        "broadside.plugin",
        "broadside.preview.pages",
        "broadside.settings",
        "broadside.shapes",
    }


def test_writers_and_editors_learn_every_key_and_no_other() -> None:
    for path, text in keys.documents().items():
        assert path.read_text("utf-8") == text, "run .venv/bin/python -m tools.keys"


def test_writers_learn_pelicans_names() -> None:
    text = section_of(REFERENCE, "The header")
    for name, declared in keys_in(StoryData).items():
        if theirs := declared.key.pelican:
            row = next(line for line in text.splitlines() if f"`{theirs}`" in line)
            assert row.startswith(f"| `{SINGLE.get(name, name)}`")


def test_editors_learn_the_keys_of_authors_and_pages() -> None:
    authors, pages = section_of(EDITORS, "Authors"), section_of(EDITORS, "Plain pages")
    example = {
        line.partition(":")[0]
        for line in blocks(authors, "markdown")[0].splitlines()
        if re.match(r"\w+:", line)
    }
    assert example == keys_of(AuthorData).keys()
    assert set(CODE.findall(pages)) == {*keys_of(PageData), "content/pages/", "FOOTER_LINKS"}


def test_editors_learn_the_keys_of_series() -> None:
    text = section_of(EDITORS, "Series, dossiers and issues")
    shown = {
        line.partition(":")[0]
        for line in blocks(text, "markdown")[0].splitlines()
        if re.match(r"\w+:", line)
    }
    others = {"number", "cover_date", "author", "rhythm", "motion", "sides", "podcast"}
    assert shown | others == {*keys_in(SeriesData)}
    assert all(f"`{key}`" in text for key in others)


def test_messages_lead_to_pages_that_an_outlet_can_open() -> None:
    pages = {path.stem for path in (PROJECT / "docs").glob("*.md")}
    for path in [*(PROJECT / "plugins").rglob("*.py"), *(PROJECT / "broadside").rglob("*.py")]:
        tree = ast.parse(path.read_text("utf-8"))
        texts = {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        alone = (node.value for node in ast.walk(tree) if isinstance(node, ast.Expr))
        docstrings = {node.value for node in alone if isinstance(node, ast.Constant)}
        for text in texts - docstrings:
            assert not re.search(r"(?<![/\w])docs/[\w-]+\.md", text), (
                f"{path}: an outlet has no such file: {text}"
            )
            assert set(re.findall(r"\./inv docs ([\w-]+)", text)) <= pages, f"{path}: {text}"


def test_writers_learn_every_fault_of_the_corpus_and_none_that_does_not_exist() -> None:
    tables = FAULTS.read_text("utf-8")
    explained = {code for cell in first_cells(tables) for code in CODE.findall(cell)}
    corpus = {wanted.code for case in cases() for wanted in case.expected}
    assert [code for code in corpus if not any(each.startswith(code) for each in explained)] == []
    source = "".join(
        path.read_text("utf-8")
        for path in [*PROJECT.glob("plugins/**/*.py"), *PROJECT.glob("broadside/**/*.py")]
    )
    put_together = {"photo-alt", "photo-credit", *(f"unknown-{kind}" for kind in KINDS)}
    assert {code for code in explained - put_together if f'"{code}"' not in source} == set()


def headers() -> list[Any]:
    """Every example in the documents that has a header."""
    found = [
        (path, block) for path in DOCUMENTS for block in blocks(path.read_text("utf-8"), "markdown")
    ]
    found = [(path, block) for path, block in found if block.startswith("---\n")]
    return [
        pytest.param(block, id=f"{named(path)}-{number}")
        for number, (path, block) in enumerate(found)
    ]


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    """An outlet where the examples' names exist."""
    made = Outlet(tmp_path)
    made.author("Jo Smith")
    made.author("Ilse Vandermeer")
    made.photo()
    made.write("story_types.yml", "- name: Analysis\n- name: Opinion\n- name: Partner content\n")
    made.story("the-ice-road", where="articles/2026")
    made.story("the-ice-road-waits-for-its-ice", date="2025-01-01")
    made.page("about")
    made.write("files/report.pdf", "%PDF-1.7\n%%EOF\n")
    made.write("files/gulls.mp3", "ID3\x04\0\0\0\0\0\0")
    made.write("files/2026/figures.csv", "a,b\n")
    return made


@pytest.mark.parametrize("block", headers())
def test_examples_with_a_header_build(outlet: Outlet, block: str) -> None:
    roundup = "roundups/2026-11-20.md" if "\nsince: " in block else "articles/example.md"
    named = "series/rivers-on-paper.md" if "\nform: " in block else "authors/ana-pereira.md"
    outlet.write(named if "\nname: " in block else roundup, block)
    assert is_fine(outlet)


def test_examples_of_markdown_build_and_do_what_the_words_say(outlet: Outlet) -> None:
    text = REFERENCE.read_text("utf-8")
    examples = [block for block in blocks(text, "markdown") if not block.startswith("---\n")]
    inline = (
        "[as we argued]({filename}/articles/2026/the-ice-road.md), [about us](/about/),"
        " [below](#a-heading)."
    )
    assert all(part in text for part in re.findall(r"\[[^\]]*\]\([^)]*\)", inline))
    outlet.write("data/cod.csv", "Year,Cod\n2015,14\n2025,6\n")
    outlet.story(
        "example",
        body="\n\n".join(
            [
                *examples,
                inline,
                "## A heading",
                "A claim.[^1]",
                "[^1]: Its source.",
                "<!--more-->",
                "Term\n: What it means.",
                "*[WTO]: World Trade Organization",
                "The WTO <sup>x</sup> -- it --- waits...",
            ]
        ),
    )
    assert is_fine(outlet)
    assert "published, " in outlet.rebuild()
    body = outlet.html("2026/11/example/").select_one(".story-body")
    assert body
    for selector in (
        "figure .credit",
        "figure.chart svg",
        "figure.audio audio",
        ".table td.align-end",
        "blockquote.pullquote",
        "a.footnote-ref",
        "dl dd",
        "abbr[title]",
        "sup",
        "h2#a-heading",
        "a[href='/2026/11/the-ice-road/']",
    ):
        assert body.select(selector), selector
    assert "– it — waits…" in body.get_text()
    assert "<!--" not in str(body)


def lists() -> list[str]:
    """Every example of a list that editors keep."""
    return [block for path in (WEEK, EDITORS) for block in blocks(path.read_text("utf-8"), "yaml")]


@pytest.mark.parametrize("block", lists(), ids=lambda block: block.split("\n")[0])
def test_examples_of_lists_are_read(outlet: Outlet, block: str) -> None:
    first, _, text = block.partition("\n")
    name = first.removeprefix("# ")
    assert name in LISTS_OF_DESK
    for slug in re.findall(r"story: (\S+)", text):
        outlet.story(slug)
    if topics := re.findall("name: (.+)" if name == "topics.yml" else "topic: (.+)", text):
        outlet.story("filed", topics=topics)
    for picture in re.findall(r"(?:picture|logo): photos/(\S+)", text):
        outlet.photo(picture, size=(1400, 1400))
    if name == "sections.yml":
        text += "- name: Asia\n"
    outlet.write(name, text + ("- name: Opinion\n" if name == "story_types.yml" else ""))
    assert is_fine(outlet)


def test_the_tables_of_settings_are_as_declared() -> None:
    assert SETTINGS.read_text("utf-8") == document(), "run .venv/bin/python -m tools.settings"


def test_every_setting_with_a_default_is_explained_and_no_other() -> None:
    assert [setting.name for _, setting in settings()] == [*defaults()]


@pytest.mark.parametrize(
    ("name", "example"),
    [
        (each.name, example)
        for _, each in settings()
        for example in re.findall(r"such as `([^`]+)`", each.does)
    ],
)
def test_examples_of_settings_are_accepted(name: str, example: str) -> None:
    judge(settings_in("publishconf.py", PROJECT) | {name: ast.literal_eval(example)}, PROJECT)


def test_templates_show_only_settings_that_are_explained() -> None:
    templates = (PROJECT / "theme" / "templates").rglob("*.html")
    used = {
        word
        for path in templates
        for word in re.findall(r"\b[A-Z]{3,}(?:_[A-Z]+)*\b", _expressions(path.read_text("utf-8")))
    }
    assert "SITENAME" in used
    assert used - NO_SETTINGS <= {setting.name for _, setting in settings()}


def _expressions(template: str) -> str:
    code = re.sub(r"\{#.*?#\}", "", template, flags=re.S)
    return " ".join(re.findall(r"\{[{%](.*?)[%}]\}", code, re.S))


def test_the_look_that_is_shown_has_every_key_and_no_fault(tmp_path: Path) -> None:
    text = (PROJECT / "docs" / "your-look.md").read_text("utf-8")
    (shown,) = re.findall(r"^```toml\n(.*?)^```", text, re.M | re.S)
    (tmp_path / "look.toml").write_text(shown, "utf-8")
    _, source, faults = read(tmp_path / "look.toml")
    assert faults == []
    keys = {f"{table}.{key}" for table, kind in TABLES.items() for key in kind.__struct_fields__}
    for key in keys - source.lines.keys():
        assert f"`{key.partition('.')[2]}" in text, key
    for base in BASES:
        assert f'"{base}"' in shown


def test_each_promise_of_security_names_tests_that_exist_and_is_linked_to() -> None:
    rows = re.findall(
        r"^\| (.*?) \| (.*?) \|$",
        section_of(PROJECT / "SECURITY.md", "What is promised, and how it is tested"),
        re.M,
    )
    rows = [row for row in rows if row[0] not in ("promise", "---")]
    assert len(rows) > 12
    before: list[str] = []
    for promise, where in rows:
        files = CODE.findall(where) or (before if where.startswith("the same") else [])
        assert files, promise
        for file in files:
            assert re.search(
                r"^(    )?def test_|TestCase", (PROJECT / file).read_text("utf-8"), re.M
            ), file
        before = files
    for name in ("README.md", "CONTRIBUTING.md"):
        assert "SECURITY.md" in LINK.findall((PROJECT / name).read_text("utf-8"))
