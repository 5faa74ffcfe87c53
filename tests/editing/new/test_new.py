"""./inv new: the file is one that ./inv check accepts and a writer can fill in, and what cannot be
started says why.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from broadside.config.options import OptionRefused, Options
from broadside.content.reader import Reader
from broadside.editing.check import check
from broadside.editing.new import Idea, Known, NotStarted, new_story, scalar
from broadside.front_matter import source
from broadside.front_matter.validate import Rules
from tests.sample import NOW, Outlet

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    made = Outlet(tmp_path)
    made.author("Zoë Adébáyò-Smith")
    return made


@pytest.fixture
def options(outlet: Outlet) -> Options:
    return Options(content=str(outlet.content))


def test_a_part_of_a_series_names_it(outlet: Outlet, options: Options) -> None:
    outlet.write("series/water.md", "---\nname: Rivers on paper\n---\nText.\n")
    for number, word in enumerate(("rivers on paper", "water")):
        path = new_story(Known.of(options), Idea(f"A story {number}", ["Europe"], series=word))
        assert "\nseries: Rivers on paper\n" in path.read_text("utf-8")
    with pytest.raises(NotStarted, match="Rivers on paper"):
        new_story(Known.of(options), Idea("Another", series="Rivers on papre"))
    assert not list(outlet.content.rglob("another.md"))
    assert check(Options(content=str(outlet.content), now=NOW)) == []


def test_where_there_are_no_types_the_story_has_none(outlet: Outlet, options: Options) -> None:
    (outlet.content / "story_types.yml").unlink()
    assert "\ntype: \n" in new_story(Known.of(options), Idea("A story", ["Europe"])).read_text(
        "utf-8"
    )
    with pytest.raises(NotStarted):
        new_story(Known.of(options), Idea("Another story", story_type="Analysis"))


def test_a_fresh_draft_is_no_fault_and_nothing_is_published_of_it(outlet: Outlet) -> None:
    outlet.story()
    made = outlet.run("new", "A fresh one", "--content", str(outlet.content))
    path = Path(made.stdout.strip())
    assert (made.returncode, path.is_file()) == (0, True)
    assert "/drafts/a-fresh-one/" in made.stderr
    assert check(Options(content=str(outlet.content), now=NOW)) == []
    assert outlet.rebuild().startswith("1 story published, 0 held, 1 drafted")


def test_it_can_be_published_by_filling_it_in(outlet: Outlet, options: Options) -> None:
    idea = Idea("The ice road waits", ["europe"], ["ana-pereira"], "opinion")
    path = new_story(Known.of(options), idea)
    year = f"{datetime.now(BERLIN):%Y}"
    assert path == outlet.content / "articles" / year / "the-ice-road-waits.md"
    lines = [
        line for line in path.read_text("utf-8").splitlines() if not line.startswith("status:")
    ]
    text = "\n".join("dek: A sentence." if line.startswith("dek:") else line for line in lines)
    path.write_text(f"{text}\nThe text.\n", "utf-8")
    assert check(Options(content=str(outlet.content), now="2999-01-01")) == []
    assert outlet.rebuild(now="2999-01-01").startswith("1 story published")
    (page,) = outlet.output.glob(f"{year}/*/the-ice-road-waits/index.html")
    kicker = outlet.html(str(page.relative_to(outlet.output))).select(".kicker a")
    assert {link.get_text() for link in kicker} == {"Opinion", "Europe"}


@pytest.mark.parametrize("word", ["zoë adébáyò-smith", "zoë-adébáyò-smith", "zoe-adebayo-smith"])
def test_an_author_is_found_by_name_and_by_file(
    outlet: Outlet, options: Options, word: str
) -> None:
    (outlet.content / "authors" / "zoë-adébáyò-smith.md").rename(
        outlet.content / "authors" / "zoe-adebayo-smith.md"
    )
    assert "author: Zoë Adébáyò-Smith\n" in new_story(
        Known.of(options), Idea("A story", authors=[word])
    ).read_text("utf-8")


@pytest.mark.parametrize(
    ("flags", "line"),
    [
        (
            ["--author", "ana-pereira, Zoë Adébáyò-Smith"],
            "authors: [Ana Pereira, Zoë Adébáyò-Smith]",
        ),
        (
            ["--author", "ana-pereira", "--author", "Zoë Adébáyò-Smith"],
            "authors: [Ana Pereira, Zoë Adébáyò-Smith]",
        ),
        (
            ["--section", "europe", "--section", "Arts, letters"],
            'sections: [Europe, "Arts, letters"]',
        ),
        (["--section", "europe, Asia"], "sections: [Europe, Asia]"),
        (["--section", "arts, letters"], "section: Arts, letters"),
        (["--section", "Europe", "--section", "europe"], "section: Europe"),
    ],
)
def test_several_may_write_it_for_several_sections(
    outlet: Outlet, flags: list[str], line: str
) -> None:
    outlet.write(
        "sections.yml",
        '- name: Europe\n- name: Asia\n- name: "Arts, letters"\n- name: Notes [old]\n- name: A'
        " {b}\n",
    )
    made = outlet.run("new", "A story", *flags, "--content", str(outlet.content))
    assert line in Path(made.stdout.strip()).read_text("utf-8").splitlines()
    assert outlet.run("check", "--content", str(outlet.content)).stdout == "No faults.\n"


@pytest.mark.parametrize(
    "given",
    [
        {"sections": ["Eurpoe"]},
        {"authors": ["Émile Zola"]},
        {"story_type": "Analisis"},
        {"headline": "…"},
        {"headline": "Index"},
    ],
)
def test_what_cannot_be_started_leaves_nothing(
    outlet: Outlet, options: Options, given: dict[str, Any]
) -> None:
    (outlet.content / "authors" / "jo.md").write_bytes(b"\xff")  # whose name nobody can read
    idea: dict[str, Any] = {"headline": "A story"} | given
    with pytest.raises(NotStarted):
        new_story(Known.of(options), Idea(**idea))
    assert list((outlet.content / "articles").iterdir()) == []


def test_a_headline_that_another_year_has_is_refused(outlet: Outlet, options: Options) -> None:
    other = outlet.story("the-ice-road", where="articles/2019", title="What waits for ice")
    with pytest.raises(NotStarted, match=r"articles/2019/the-ice-road\.md"):
        new_story(Known.of(options), Idea("The ice road"))
    assert list((outlet.content / "articles").rglob("*.md")) == [other]


def test_what_is_in_the_way_of_the_file_stays_and_is_told(outlet: Outlet, options: Options) -> None:
    elsewhere = outlet.path / "elsewhere.md"
    elsewhere.write_text("kept")
    link = outlet.content / "articles" / f"{datetime.now(BERLIN):%Y}" / "a-story.md"
    link.parent.mkdir()
    link.symlink_to(elsewhere)
    with pytest.raises(NotStarted):
        new_story(Known.of(options), Idea("A story"))
    assert elsewhere.read_text() == "kept"
    shutil.rmtree(outlet.content / "articles")
    outlet.write("articles", "")
    with pytest.raises(NotStarted):
        new_story(Known.of(options), Idea("A story"))


def test_a_broken_list_is_named_first(outlet: Outlet, options: Options) -> None:
    outlet.write("sections.yml", "- nmae: Europe\n")
    with pytest.raises(NotStarted, match=r"sections\.yml:1: error: "):
        new_story(Known.of(options), Idea("A story", ["Europe"]))


@pytest.mark.parametrize("flag", ["-h", "--sectoin"])
def test_a_flag_is_no_headline(outlet: Outlet, flag: str) -> None:
    done = outlet.run("new", flag)
    assert done.returncode == (2 if flag == "--sectoin" else 0)


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(OptionRefused):
        new_story(Known.of(Options(content=str(tmp_path / "contnet"))), Idea("A story"))
    assert list(tmp_path.iterdir()) == []


# Letters, digits, marks, punctuation and signs of any script; what cannot be seen is refused
# elsewhere.
VISIBLE = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1).filter(
    str.split
)


@example("Number #1 is a #2")
@example("Who: me")
@example("And then:")
@given(VISIBLE)
def test_any_headline_survives_yaml(headline: str) -> None:
    head = source.split(f"---\ntitle: {scalar(headline)}\n---\n", "x.md")
    assert head.faults == []
    assert head.data["title"] == " ".join(headline.split())


def test_a_headline_in_kanji_gets_the_day_and_a_number_and_any_slug_can_be_given(
    outlet: Outlet, options: Options
) -> None:
    known = Known.of(options)
    day = f"{known.now:%Y-%m-%d}"
    paths = [new_story(Known.of(options), Idea("図書館の朝", ["Europe"])) for _ in range(2)]
    assert [path.stem for path in paths] == [f"{day}-1", f"{day}-2"]
    paths.append(new_story(known, Idea("図書館の朝", ["Europe"], slug="library-morning")))
    paths.append(new_story(known, Idea("A very long headline", ["Europe"], slug="short")))
    reader = Reader(outlet.content, Rules(BERLIN))
    read = [reader.read(path.relative_to(outlet.content).as_posix(), "story") for path in paths]
    assert [(each.slug, each.faults) for each in read] == [(path.stem, []) for path in paths]
    for slug in ("short", "No Good", "feed"):
        with pytest.raises(NotStarted, match=slug):
            new_story(Known.of(options), Idea("Another", slug=slug))


def test_an_authors_file_is_one_that_a_story_can_name_at_once(outlet: Outlet) -> None:
    done = outlet.run("new", "author", 'Márta "Mimi" Kovács', "--content", "content")
    assert (done.returncode, done.stdout) == (0, "content/authors/marta-mimi-kovacs.md\n")
    outlet.story(author='Márta "Mimi" Kovács')
    assert check(Options(content=str(outlet.content), now=NOW)) == []
    assert outlet.run("new", "author", "--content", "content").returncode == 2
    again = outlet.run("new", "author", "Márta Mimi Kovács", "--content", "content")
    assert (again.returncode, again.stdout) == (1, "")


@pytest.mark.parametrize(
    "words", [("author", "图书馆"), ("author", "!"), ("author", "Ana\u202e"), ("Two", "words")]
)
def test_what_cannot_be_an_authors_file_is_refused(outlet: Outlet, words: tuple[str, str]) -> None:
    before = sorted(outlet.content.rglob("*"))
    done = outlet.run("new", *words, "--content", "content")
    assert done.returncode
    assert done.stdout == ""
    assert sorted(outlet.content.rglob("*")) == before
