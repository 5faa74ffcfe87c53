"""What ./inv init writes into an outlet, without an environment for it."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC
from pathlib import Path

import pytest

from broadside.config.options import Options
from broadside.editing.check import check
from broadside.front_matter.data import LISTS_OF_DESK
from broadside.front_matter.validate import Rules
from broadside.outlet import starting
from broadside.outlet.wheels import Wheel, wheel_of_checkout
from broadside.plugins.schema.command.schemas import schemas
from tests.examples import languages
from tests.forked import command
from tests.repository import PROJECT
from tests.sample import NOW

STORY = """---
title: Ice
dek: One sentence.
date: 2026-11-20
author: Ana Pereira
section: {section}
type: Analysis
---
Body.
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Wheel:
    return wheel_of_checkout(tmp_path_factory.mktemp("wheel"))


def started(
    folder: Path, wheel: Wheel, lang: str, sections: list[str], authors: list[str]
) -> Options:
    """The content of a new outlet in this language."""
    named = starting.names(sections), starting.names(authors)
    plan = starting.OutletPlan(
        "Riverbank", "", "https://riverbank.example", lang, "UTC", *named, "none"
    )
    starting.write(folder, plan, wheel)
    return Options(content=str(folder / "content"), now=NOW)


@pytest.mark.parametrize("lang", ["ja", *languages("ar", "es")])
def test_a_new_outlet_guesses_no_address(tmp_path: Path, wheel: Wheel, lang: str) -> None:
    options = started(tmp_path / "new", wheel, lang, *starting.suggested(lang))
    assert {fault.code for fault in check(options)} <= {"date-ahead"}


def test_names_whose_spelling_is_a_guess_come_with_a_slug(tmp_path: Path, wheel: Wheel) -> None:
    options = started(
        tmp_path / "new", wheel, "ja", ["政治=politics", "World"], ["田中太郎=tanaka-taro"]
    )
    assert re.search(
        r"^name: .?田中太郎",
        (options.content_path / "authors/tanaka-taro.md").read_text("utf-8"),
        re.M,
    )
    assert {fault.code for fault in check(options)} <= {"date-ahead"}


@pytest.mark.parametrize(
    ("written", "named"),
    [
        (["政治"], "政治=some-words"),
        (["ليلى حسن"], "ليلى حسن=some-words"),
        (["!!!"], "!!!=some-words"),
        (["政治=Seiji!"], "政治=Seiji!"),
        (["政治=news", "News"], "News"),
        (["Política", "politica"], "politica"),
    ],
)
def test_names_that_give_no_address_are_refused(written: list[str], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        starting.names(written)


def test_all_names_that_need_a_slug_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"(?s)政治=some-words.*文化=some-words"):
        starting.names(["政治", "World", "文化"])
    flags = [
        ("--section", "政治"),
        ("--section", "World"),
        ("--section", "文化"),
        ("--author", "田中太郎"),
    ]
    done = command(
        ["init", "new", *(word for flag in flags for word in flag)], PROJECT, tmp_path, os.environ
    )
    assert done.returncode == 2
    assert all(f"{name}=some-words" in done.stderr for name in ("政治", "文化", "田中太郎"))


@pytest.mark.parametrize("lang", languages("ar", "es"))
def test_what_readers_see_first_is_in_the_outlets_language(
    tmp_path: Path, wheel: Wheel, lang: str
) -> None:
    options = started(tmp_path / "new", wheel, lang, *starting.suggested(lang))
    texts = {path.name: path.read_text("utf-8") for path in options.content_path.rglob("*.md")}
    assert len(texts) == 3
    for text in texts.values():
        assert "lang: en" not in text
        assert lang == "en" or not re.search(
            r"\b(This|is|the|Writes)\b", text.replace("slug: how-to-write-the-next-story", "")
        )


def test_where_there_is_no_translation_english_is_said_to_be_that(
    tmp_path: Path, wheel: Wheel
) -> None:
    options = started(tmp_path / "new", wheel, "ja", ["政治=politics"], ["田中太郎=tanaka-taro"])
    for path in options.content_path.rglob("*.md"):
        text = path.read_text("utf-8")
        assert ("lang: en" in text) == (path.parent.name != "authors")
        assert path.parent.name != "authors" or text.rstrip().endswith("---"), (
            "a bio has no language of its own"
        )


def test_an_editor_of_text_knows_the_keys(tmp_path: Path, wheel: Wheel) -> None:
    odd = ['Mar, Sea "and" Sky|More=sea', "World"]
    options = started(tmp_path / "new", wheel, "en", odd, ["Ana Pereira"])
    schemas_made = schemas(Rules(UTC), {})
    told = {
        path.name: json.loads(path.read_text("utf-8"))
        for path in (tmp_path / "new/.vscode").iterdir()
    }
    for path, file in told["settings.json"]["yaml.schemas"].items():
        assert Path(path) == Path(".cache/schema", Path(file).stem + ".json")
        assert Path(file).stem in schemas_made
    named = {Path(file).name for file in told["settings.json"]["yaml.schemas"].values()}
    assert named == {*LISTS_OF_DESK}
    assert (
        (tmp_path / "new/theme/look.toml")
        .read_text("utf-8")
        .startswith("#:schema ../.cache/schema/look.json\n")
    )
    story, page = told["settings.json"]["frontMatter.taxonomy.contentTypes"]
    for kind, form in (("story", story), ("page", page)):
        assert {field["name"] for field in form["fields"]} <= schemas_made[kind][
            "properties"
        ].keys()
    for snippet in told["story.code-snippets"].values():
        keys = {line.partition(":")[0] for line in snippet["body"] if line[:1].isalpha()}
        assert keys <= schemas_made["story"]["properties"].keys()
    line = next(
        line
        for line in told["story.code-snippets"]["Story"]["body"]
        if line.startswith("section: ")
    )
    chosen = (
        line.removeprefix("section: ${4|")
        .replace(r"\,", ",")
        .replace(r"\|", "|")
        .replace("\\\\", "\\")
    )
    (options.content_path / "articles/x.md").write_text(
        STORY.format(section=chosen.partition(',"World"|}')[0])
    )
    assert {fault.code for fault in check(options)} <= {"date-ahead"}


def test_the_container_does_what_the_commands_do_and_runs_without_root(
    tmp_path: Path, wheel: Wheel
) -> None:
    started(tmp_path / "new", wheel, "en", ["World"], ["Ana Ruiz"])
    text = (tmp_path / "new/Containerfile").read_text("utf-8")
    stages = re.split(r"^FROM ", text, flags=re.M)[1:]
    assert all(re.match(r"[a-z]+:[\w.-]+(?: AS \w+)?\n", stage) for stage in stages), (
        "no registry is named"
    )
    assert all(re.findall(r"^USER (.+)", stage, re.M) == ["outlet"] for stage in stages)
    program, *words = json.loads("".join(re.findall(r"^CMD (.+)", text, re.M)))
    assert program == "invoke"
    assert f"./inv {' '.join(words)} " in (tmp_path / "new/README.md").read_text("utf-8")
    flags = {"--no-deps", "--require-hashes", "--only-binary=:all:"}
    assert all(
        flags <= {*(tmp_path / "new" / name).read_text("utf-8").split()}
        for name in ("Containerfile", "inv")
    )
    editor = json.loads((tmp_path / "new/.devcontainer/devcontainer.json").read_text("utf-8"))
    assert (
        tmp_path / "new/.devcontainer" / editor["build"]["dockerfile"]
    ).resolve().name == "Containerfile"
    assert f"AS {editor['build']['target']}\n" in stages[0]
    assert editor["remoteUser"] == "outlet"
    assert editor["postCreateCommand"].startswith("./inv ")
