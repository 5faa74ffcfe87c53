"""Every file of a content folder is claimed, or is a fault; nothing outside it is looked at."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from broadside.content.folder import scan
from broadside.faults import render
from broadside.front_matter.data import StoryData
from tests.content.reading import read, record
from tests.sample import Outlet


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    return Outlet(tmp_path)


def codes(outlet: Outlet) -> dict[str, str]:
    return {fault.path: fault.code for fault in scan(outlet.content).faults}


def test_files_that_editors_and_systems_leave_about_are_ignored(outlet: Outlet) -> None:
    for name in (
        ".DS_Store",
        "articles/a.md~",
        "articles/.a.md.swp",
        "articles/#a.md#",
        "articles/.#a.md",
        "articles/._a.md",
        "photos/Thumbs.db",
        "photos/desktop.ini",
        ".git/config",
        "README.md",
        "LICENSE",
    ):
        outlet.write(name, "x")
    assert codes(outlet) == {}


def test_a_story_in_a_hidden_file_is_a_fault(outlet: Outlet) -> None:
    outlet.story(".later")
    assert codes(outlet) == {"articles/.later.md": "unclaimed-file"}


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    assert [fault.code for fault in scan(tmp_path / "nope").faults] == ["content-folder"]


def test_a_folder_of_something_else_is_one_fault(outlet: Outlet, tmp_path: Path) -> None:
    (elsewhere := tmp_path / "elsewhere").mkdir()
    for name in ("a.txt", "b.txt"):
        (elsewhere / name).write_text("x", "utf-8")
    told = [
        fault.code for folder in (outlet.content.parent, elsewhere) for fault in scan(folder).faults
    ]
    assert told == ["content-folder"] * 2


def test_a_name_with_accents_apart_from_their_letters_gets_a_plain_one(outlet: Outlet) -> None:
    apart = unicodedata.normalize("NFD", "Café du Nord")
    outlet.photo(f"{apart}.JPG")
    outlet.story(apart)
    outlet.story(
        "tea",
        where="articles/thé",
        body="[x](/2026/11/cafe-du-nord/) [y](<{filename}/articles/Café du Nord.md>)",
    )
    assert {(fault.path, fault.code) for fault in read(outlet).faults} == {
        (f"photos/{apart}.JPG", "file-name"),
        (f"articles/{apart}.md", "file-name"),
    }


def test_names_are_not_unknown_if_their_list_is_missing(outlet: Outlet) -> None:
    outlet.story("a")
    for name in ("sections.yml", "story_types.yml"):
        (outlet.content / name).unlink()
    assert [(fault.path, fault.code) for fault in read(outlet).faults] == [
        ("sections.yml", "content-folder"),
        ("story_types.yml", "content-folder"),
    ]


def test_a_pipe_is_not_opened(outlet: Outlet) -> None:
    os.mkfifo(outlet.content / "articles" / "a.md")
    assert codes(outlet) == {"articles/a.md": "unclaimed-file"}


def test_a_name_that_is_not_utf_8_can_be_shown(outlet: Outlet) -> None:
    Path(os.fsdecode(os.fsencode(outlet.content / "articles") + b"/caf\xe9.md")).write_text(
        "x", "utf-8"
    )
    faults = scan(outlet.content).faults
    assert [(fault.path, fault.code) for fault in faults] == [("articles/caf\\xe9.md", "file-name")]
    for form in ("text", "json", "github"):
        render(faults, form).encode()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("articles/Case.md", "articles/case.md"),
        ("articles/Éclair.md", "articles/éclair.md"),
        ("articles/A/case.md", "articles/a/case.md"),
        ("pages/ABOUT.md", "pages/about.md"),
        ("photos/quay.JPG", "photos/quay.jpg"),
        ("data/Figures.csv", "data/figures.csv"),
        ("files/report.PDF", "files/report.pdf"),
    ],
)
def test_names_that_differ_only_in_capitals_are_an_error(
    outlet: Outlet, one: str, other: str
) -> None:
    for name in (one, other):
        (outlet.content / name).parent.mkdir(parents=True, exist_ok=True)
        (outlet.content / name).touch()
    (fault,) = scan(outlet.content).faults
    assert (fault.path, fault.code, fault.severity) == (other, "file-name", "error")
    assert one in fault.message


def test_names_that_differ_only_in_their_unicode_form_are_an_error(outlet: Outlet) -> None:
    composed, apart = (unicodedata.normalize(form, "articles/café.md") for form in ("NFC", "NFD"))
    for name in (composed, apart):
        (outlet.content / name).touch()
    assert [(fault.path, fault.code) for fault in scan(outlet.content).faults] == [
        (apart, "file-name")
    ]


def test_symbolic_links_are_faults_and_not_followed(outlet: Outlet, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("---\ntitle: Secret\n---\nx", "utf-8")
    (outlet.content / "articles" / "a.md").symlink_to(secret)
    (outlet.content / "articles" / "loop").symlink_to(outlet.content / "articles")
    (outlet.content / "articles" / "nowhere.md").symlink_to(tmp_path / "nope")
    content = read(outlet)
    assert {fault.path: fault.code for fault in content.faults} == dict.fromkeys(
        ["articles/a.md", "articles/loop", "articles/nowhere.md"], "unreadable"
    )
    assert content.stories == []


def test_a_folder_that_may_not_be_read_is_a_fault(
    outlet: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "articles":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert codes(outlet) == {"articles/": "unreadable"}


def test_words_that_readers_see_outside_the_text_are_set_in_type(outlet: Outlet) -> None:
    outlet.write("story_types.yml", "- name: Analysis\n  description: One writer's view.\n")
    noted = [{"date": "2026-11-21", "type": "correction", "text": 'It isn\'t a "ferry".'}]
    outlet.story(title="It's a ferry", corrections=noted)
    content = read(outlet)
    data = record(content, "articles/a-story.md").data
    assert isinstance(data, StoryData)
    assert (data.title, data.corrections[0].text) == ("It’s a ferry", "It isn’t a “ferry”.")
    assert content.lists.story_types[0].data.description == "One writer’s view."
