"""./inv rename: a name changes wherever it is written, and nothing else does; or nothing changes at
all.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.config.options import Options
from broadside.editing.check import check
from broadside.editing.rename import NotRenamed, planned, renamed
from tests.forges import commit, git
from tests.sample import NOW, Outlet

HEAD = "title: A headline\ndek: One sentence.\ndate: 2026-11-20T09:00\n"
PLAIN = "Title: Another headline\nSummary: One sentence.\nDate: 2026-11-20T09:00\nType: Analysis\n"


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    made = Outlet(tmp_path)
    made.author("Jo Smith")
    made.story("elsewhere", section="Asia")
    return made


def bytes_of(outlet: Outlet) -> dict[str, bytes]:
    return {
        path.relative_to(outlet.content).as_posix(): path.read_bytes()
        for path in sorted(outlet.content.rglob("*"))
        if path.is_file()
    }


def rename(outlet: Outlet, kind: str, old: str, new: str) -> None:
    """Rename, after which the content must be sound."""
    made = planned(Options(content=str(outlet.content)), kind, old, new)
    made.write(outlet.content)
    assert check(Options(content=str(outlet.content), now=NOW)) == []
    assert {path.name for path in outlet.path.iterdir()} == {"content"}, "the copy is gone"


def text(outlet: Outlet, path: str) -> str:
    return (outlet.content / path).read_bytes().decode()


def test_a_section_is_renamed_in_every_form_of_header_and_in_every_list(outlet: Outlet) -> None:
    stories = {
        "one.md": (
            f"---\n{HEAD}# the old continent\nsection: 'Europe'\nauthor: Ana Pereira\ntype:"
            " Analysis\n---\nIn Europe.\n"
        ),
        "two.md": (
            f'---\r\n# Europe\r\nsections: [Asia, "Europe"]\r\n{HEAD}authors:\r\n- Ana'
            " Pereira\r\ntype: Analysis\r\n---\r\nB.\r\n"
        ),
        "three.md": (
            f"---\nsections:\n  # first\n  - Asia\n  - Europe\n{HEAD}author: Ana Pereira\ntype:"
            " Analysis\n---\nEurope.\n"
        ),
        "four.md": f"{PLAIN}Category: Europe\nAuthor: Ana Pereira\n\nEurope\n",
        "five.md": f"{PLAIN}Sections: Asia,\n    Europe\nAuthor: Ana Pereira\n\nSection: Europe\n",
    }
    for number, (name, written) in enumerate(stories.items()):
        unlike = written.replace("eadline", f"eadline {number}")
        (outlet.content / "articles" / name).write_bytes(unlike.encode())
    outlet.write(
        "sections.yml",
        "# In this order.\n- description: Europe and more.\n  name: Europe\n# far\n- name: Asia\n",
    )
    outlet.write(
        "front_page.yml", "blocks:\n  - block: trio\n    section: Europe\n  - block: sections\n"
    )
    outlet.write("permalinks.txt", "/sections/europe/\n")
    before = bytes_of(outlet)
    rename(outlet, "section", "Europe", "The Union: old and new")
    after, quoted = bytes_of(outlet), '"The Union: old and new"'
    for name, line in {
        "one.md": "section: 'The Union: old and new'",
        "two.md": f"sections: [Asia, {quoted}]",
        "three.md": f"  - {quoted}",
        "four.md": "Category: The Union: old and new",
        "five.md": "    The Union: old and new",
    }.items():
        old, new = (
            each[f"articles/{name}"].decode().splitlines(keepends=True) for each in (before, after)
        )
        assert [each.strip("\r\n") for each in new if each not in old] == [line]
        assert len(old) == len(new)
    assert {path for path in before if before[path] != after[path]} == {
        *(f"articles/{name}" for name in stories),
        "sections.yml",
        "front_page.yml",
    }


def test_the_old_address_of_a_section_leads_on_and_one_that_was_chosen_stays(
    outlet: Outlet,
) -> None:
    outlet.write(
        "sections.yml",
        "- name: Europe\n  redirect_from:\n    - /eu/\n- name: Asia\n  slug: far-east\n",
    )
    outlet.story()
    rename(outlet, "section", "Europe", "The Union")
    rename(outlet, "section", "far-east", "East Asia")
    assert (
        text(outlet, "sections.yml")
        == "- name: The Union\n  redirect_from:\n    - /eu/\n    - /sections/europe/\n- name: East"
        " Asia\n  slug: far-east\n"
    )


def test_the_address_of_a_podcast_stays_because_apps_know_it_by_that(outlet: Outlet) -> None:
    outlet.photo("art.png", size=(1400, 1400))
    podcast = (
        "  podcast:\n    category: History\n    description: All of it.\n    picture:"
        " photos/art.png\n"
    )
    outlet.write("sections.yml", f"- name: Europe\n{podcast}- name: Asia\n")
    rename(outlet, "section", "Europe", "The Union")
    assert text(outlet, "sections.yml").startswith(
        "- name: The Union\n  slug: europe\n  podcast:\n"
    )


def test_a_type_is_renamed(outlet: Outlet) -> None:
    outlet.write("front_page.yml", "blocks:\n  - block: trio\n    type: Opinion # signed\n")
    path = outlet.story("view", type="Opinion")
    rename(outlet, "type", "Opinion", "Comment")
    assert '\ntype: "Comment"\n' in path.read_text("utf-8")
    assert text(outlet, "story_types.yml").endswith(
        "- name: Comment\n  redirect_from: [/types/opinion/]\n"
    )
    assert text(outlet, "front_page.yml").endswith("    type: Comment # signed\n")


def test_a_topic_is_renamed_and_gets_an_entry_for_its_old_address(outlet: Outlet) -> None:
    path = outlet.story("wet", topics=["water", "water wars"])
    outlet.story("draft", status="draft", topics=["water"])
    rename(outlet, "topic", "water", "rivers")
    assert '\ntopics: ["rivers", "water wars"]\n' in path.read_text("utf-8")
    assert '\ntopics: ["rivers"]\n' in text(outlet, "articles/draft.md")
    assert text(outlet, "topics.yml") == "- name: rivers\n  redirect_from: [/topics/water/]\n"
    rename(outlet, "topic", "rivers", "streams")
    assert (
        text(outlet, "topics.yml")
        == "- name: streams\n  redirect_from: [/topics/water/, /topics/rivers/]\n"
    )
    rename(outlet, "topic", "streams", "Streams")
    assert '\ntopics: ["Streams", "water wars"]\n' in path.read_text("utf-8")


def test_an_author_is_renamed_by_name_and_by_file_with_roles_and_the_file_moves(
    outlet: Outlet,
) -> None:
    outlet.author("Ana Silva", links=[{"label": "Site", "url": "https://example.org"}])
    named = outlet.write("articles/a.md", f"---\n{HEAD}authors:\n- Jo Smith\n- Ana Silva (translated by)\n"
                         "section: Asia\ntype: Analysis\n---\nAna Silva.\n")  # fmt: skip
    by_file = outlet.story("b", author="ana-silva")
    rename(outlet, "author", "Ana Silva", "Ana Pereira-Silva")
    assert "- Jo Smith\n- Ana Pereira-Silva (translated by)\n" in named.read_text("utf-8")
    assert "\nAna Silva.\n" in named.read_text("utf-8")
    assert '\nauthor: "Ana Pereira-Silva"\n' in by_file.read_text("utf-8")
    assert not (outlet.content / "authors/ana-silva.md").exists()
    moved = text(outlet, "authors/ana-pereira-silva.md")
    assert moved.startswith(
        '---\nname: "Ana Pereira-Silva"\nredirect_from: [/authors/ana-silva/]\nlinks:'
    )


def test_an_author_whose_file_has_a_plain_header_is_renamed(outlet: Outlet) -> None:
    outlet.write("authors/ana-silva.md", "Name: Ana Silva\nRole: Editor\n\nWrites.\n")
    outlet.story("b", author="Ana Silva")
    rename(outlet, "author", "Ana Silva", "Ana Souza")
    assert (
        text(outlet, "authors/ana-souza.md")
        == "Name: Ana Souza\nredirect_from: /authors/ana-silva/\nRole: Editor\n\nWrites.\n"
    )


def test_a_series_is_renamed(outlet: Outlet) -> None:
    outlet.write("series/rivers.md", "---\nname: Rivers\n---\nAll of them.\n")
    outlet.write("front_page.yml", "blocks:\n  - block: series\n    series: rivers\n")
    path = outlet.story("one", series="Rivers")
    rename(outlet, "series", "Rivers", "Rivers, on paper")
    assert '\nseries: "Rivers, on paper"\n' in path.read_text("utf-8")
    assert text(outlet, "front_page.yml").endswith('    series: "Rivers, on paper"\n')
    assert (
        text(outlet, "series/rivers-on-paper.md")
        == '---\nname: "Rivers, on paper"\nredirect_from: [/series/rivers/]\n---\nAll of them.\n'
    )


def test_two_sections_become_one_and_no_story_names_it_twice(outlet: Outlet) -> None:
    outlet.write(
        "sections.yml",
        "- name: Europe\n  redirect_from: [/eu/]\n\n# The rest.\n- name: Asia\n- name: Africa\n",
    )
    first = outlet.story("first", sections=["Europe", "Africa", "Asia"])
    last = outlet.write("articles/last.md", f"---\n{HEAD}author: Ana Pereira\nsections:\n  - Asia\n  # was EU\n  - Europe\n"
                        "  - Africa\ntype: Analysis\n---\nText.\n")  # fmt: skip
    rename(outlet, "section", "Europe", "Asia")
    assert '\nsections: ["Asia", "Africa"]\n' in first.read_text("utf-8"), (
        "the first section stays the first"
    )
    assert "\nsections:\n  - Asia\n  # was EU\n  - Africa\ntype:" in last.read_text("utf-8")
    merged = (
        "\n# The rest.\n- name: Asia\n  redirect_from: [/eu/, /sections/europe/]\n- name: Africa\n"
    )
    assert text(outlet, "sections.yml") == merged


def test_two_authors_become_one(outlet: Outlet) -> None:
    both = outlet.story("both", authors=["Ana Pereira", "Jo Smith"])
    rename(outlet, "author", "Jo Smith", "Ana Pereira")
    assert '\nauthors: ["Ana Pereira"]\n' in both.read_text("utf-8")
    assert not (outlet.content / "authors/jo-smith.md").exists()
    assert "redirect_from: [/authors/jo-smith/]\n" in text(outlet, "authors/ana-pereira.md")


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("section", "Eurpoe", "EU"),
        ("section", "Europe", "Europe"),
        ("section", "Europe", "  "),
        ("section", "Europe", "asia!"),
        ("topic", "sea", "…"),
        ("person", "Ana Pereira", "Ana"),
    ],
)
def test_what_cannot_be_meant_is_refused(outlet: Outlet, kind: str, old: str, new: str) -> None:
    outlet.story("wet", topics=["sea"])
    before = bytes_of(outlet)
    with pytest.raises(NotRenamed):
        planned(Options(content=str(outlet.content)), kind, old, new)
    assert bytes_of(outlet) == before


@pytest.mark.parametrize(
    "header",
    [
        'section: "E\\u0075rope"\n',
        "section: Europe\nstatus: wrong\n",
    ],
)
def test_one_story_that_cannot_be_changed_leaves_all_files_as_they_are(
    outlet: Outlet, header: str
) -> None:
    outlet.story()
    outlet.write(
        "articles/odd.md", f"---\n{HEAD}{header}author: Ana Pereira\ntype: Analysis\n---\nText.\n"
    )
    before = bytes_of(outlet)
    with pytest.raises(NotRenamed, match=r"articles/odd\.md:\d+"):
        planned(Options(content=str(outlet.content)), "section", "Europe", "EU")
    assert bytes_of(outlet) == before


@pytest.mark.git
def test_git_takes_back_what_was_renamed_so_nothing_may_be_uncommitted(outlet: Outlet) -> None:
    outlet.write("series/rivers.md", "---\nname: Rivers\n---\nAll of them.\n")
    path = outlet.story(series="Rivers")
    git(outlet.path, "init", "-q")
    commit(outlet.path, "Begin")
    before = bytes_of(outlet)
    words = ("rename", "series", "Rivers", "Streams", "--yes", "--content", "content")
    path.write_text(path.read_text("utf-8") + "More.\n", "utf-8")
    refused = outlet.run(*words)
    assert (refused.returncode, "content/articles/a-story.md" in refused.stderr) == (1, True)
    path.write_bytes(before["articles/a-story.md"])
    done = outlet.run(*words)
    assert (done.returncode, "series/streams.md" in bytes_of(outlet)) == (0, True)
    (command,) = re.findall(r"git stash .*content", done.stdout)
    subprocess.run(command.split(), cwd=outlet.path, check=True, capture_output=True)
    assert bytes_of(outlet) == before


def test_the_command_shows_files_and_lines_and_changes_nothing_unasked(outlet: Outlet) -> None:
    outlet.story()
    before = bytes_of(outlet)
    shown = outlet.run("rename", "section", "Europe", "The Union", "--content", "content")
    assert (shown.returncode, bytes_of(outlet)) == (1, before)
    assert re.search(
        r"^content/articles/a-story.md:\d+\n  - section: \"Europe\"\n  \+ section: \"The Union\"$",
        shown.stdout,
        re.M,
    )
    assert "2 files would change." in shown.stdout
    assert "/sections/europe/ would lead to /sections/the-union/" in shown.stdout
    done = outlet.run("rename", "section", "Europe", "The Union", "--yes", "--content", "content")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Git" in done.stdout, "which could not take it back here"
    assert "The Union" in text(outlet, "sections.yml")


NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)


@given(
    old=NAMES,
    new=NAMES,
    others=st.lists(NAMES, max_size=4),
    at=st.integers(0, 4),
    form=st.sampled_from(
        ["topics: [{}] # a, b", "topics:\n  - {} # why", "Tags: {}", 'topics: ["{}"]', "tags: {}"]
    ),
)
def test_every_character_around_the_name_stays(
    old: str, new: str, others: list[str], at: int, form: str
) -> None:
    before, after = (
        [each for each in part if each not in (old, new)] for part in (others[:at], others[at:])
    )
    between = {"topics:\n  - {} # why": "\n  - ", 'topics: ["{}"]': '", "'}.get(form, ", ")
    written, wanted = (form.format(between.join([*before, name, *after])) for name in (old, new))
    if {old, new}.isdisjoint({"topics", "tags", "Tags", "a", "b", "why"}):
        assert renamed(written, [old], new) == wanted
