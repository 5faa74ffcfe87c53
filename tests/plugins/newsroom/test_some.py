"""A few sources by themselves have the faults that they have in the whole folder, and the others' texts stay unread.

Each source of the corpus of faults is read so by tests/stress/test_some.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from broadside.plugins.faults import Fault
from broadside.plugins.newsroom.read import read_newsroom
from broadside.plugins.newsroom.room import Desk
from broadside.plugins.newsroom.some import read_some
from tests.builds.magazine import magazine
from tests.faults.corpus import Case, cases, outlet
from tests.outlet import Outlet
from tests.plugins.newsroom.reading import desk_for

TAKES_THE_WHOLE = {"same-topic", "lost-address"}


def told(faults: Iterable[Fault], path: str) -> set[tuple[str, int, str, str]]:
    """A source's faults without their hints, which know fewer words where less was read."""
    mine = (fault for fault in faults if fault.path == path and fault.code not in TAKES_THE_WHOLE)
    return {(fault.code, fault.line, fault.severity, fault.message) for fault in mine}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return desk_for(Outlet(tmp_path_factory.mktemp("desk")))


def test_a_link_to_a_missing_file_gets_the_same_hint_as_in_a_whole_check(tmp_path: Path) -> None:
    made = Outlet(tmp_path)
    made.story("montreux-at-ninety")
    made.story("montreux-at-ninty", body="[x]({filename}montreux-at-nintey.md)")
    there = desk_for(made)
    for found in (
        read_newsroom(made.content, there),
        read_some(made.content, there, ["articles/montreux-at-ninty.md"]),
    ):
        (fault,) = found.faults
        assert fault.hint == 'did you mean "articles/montreux-at-ninety.md"?', "and not the story itself"


@pytest.mark.parametrize("case", [case for case in cases() if case.alone], ids=lambda case: case.name)
def test_a_source_has_the_same_faults_as_in_a_whole_check_of_a_broken_folder(
    case: Case, desk: Desk, tmp_path: Path
) -> None:
    made = outlet(tmp_path)
    for source in case.sources:
        source.write(made.content)
    whole = read_newsroom(made.content, desk).faults
    for path in {source.path for source in case.sources}:
        if path != "permalinks.txt":
            assert told(read_some(made.content, desk, [path]).faults, path) == told(whole, path)


GOOD = """\
[a story](/2026/11/cables/), [its former address](/2020/01/wires/), [a file]({filename}/articles/old.md),
[a page](/about/), [a section](/sections/asia/), [a type](/types/opinion/), [an author](/authors/ben-okafor/),
[a topic](/topics/sea-floor/), [a tag]({tag}NATO), [a month](/archive/2026/10/), [a year](/archive/2026/),
[a feed](/topics/nato/feed.xml), [the site](/), [search](/search/), ![Quay.](photos/quay.png){credit="A"}
"""


def test_a_good_source_that_leads_everywhere_has_no_fault_and_a_bad_one_all(tmp_path: Path, desk: Desk) -> None:
    made = magazine(tmp_path)
    made.story("wire", redirect_from=["/2020/01/wires/"], date="2026-11-01")
    link = '![Quay.](photos/quay.png){credit="A"}'
    made.story("asked", body=GOOD.replace(link, "") + f"\n{link}\n", related=["short", "wire"], topics=["Sea floor"])
    made.story("held", date="2027-01-01")
    made.story(
        "bad", body="[x](/2027/01/held/) [y](/topics/none/) [z](/archive/2025/) [w](/2026/11/cable/)", author="No"
    )
    made.story("short", date="2026-11-19", where="articles/twin")
    made.story("mover", redirect_from=["/2026/11/asked/", "/old/", "/older/"])
    made.story("leaf", redirect_from=["/leaf.html"])
    made.author("Zoe Adler", redirect_from=["/old/", "/2026/11/wire/"])
    former = "  redirect_from: [/older/, /leaf.html/below/]\n"
    made.write("sections.yml", (made.content / "sections.yml").read_text("utf-8") + former)
    whole = read_newsroom(made.content, desk).faults
    assert {fault.code for fault in whole} >= {"same-address", "redirect-taken", "unpublished-link", "unknown-author"}
    for path in (
        "articles/asked.md",
        "articles/bad.md",
        "articles/twin/short.md",
        "articles/mover.md",
        "authors/ben-okafor.md",
        "authors/zoe-adler.md",
        "sections.yml",
    ):
        assert told(read_some(made.content, desk, [path]).faults, path) == told(whole, path), path
    both = read_some(made.content, desk, ["articles/short.md"]).faults
    assert [(fault.path, fault.code) for fault in both] == [("articles/twin/short.md", "same-address")]


@pytest.mark.parametrize(
    "said",
    [
        "title: Asked",
        "title: Other\nslug: asked",
        "title: Other\nslug: asked # for good",
        'title: Other\n"slug": asked',
        'title: Other\nslug: "\\x61sked"',
        "title: >\n  Asked",
        "title:\n  Asked",
        "title: Other\nredirect_from: [/2026/11/%61sked/]",
        "title: Other\nRedirect_From:\n  - /2026/11/asked",
        "{title: Other, slug: asked, %s}",
    ],
)
def test_a_source_at_the_same_address_is_found_however_its_header_says_so(
    tmp_path: Path, desk: Desk, said: str
) -> None:
    made = Outlet(tmp_path)
    made.story("asked")
    rest = ["dek: D.", "date: 2026-11-20T09:00", "author: Ana Pereira", "section: Europe", "type: Analysis"]
    head = said % ", ".join(rest) if "%s" in said else "\n".join([said, *rest])
    made.write("articles/other.md", f"---\n{head}\n---\nBody.\n")
    whole = read_newsroom(made.content, desk).faults
    assert {fault.code for fault in whole} & {"same-address", "redirect-taken"}
    assert [(fault.path, fault.code) for fault in read_some(made.content, desk, ["articles/asked.md"]).faults] == [
        (fault.path, fault.code) for fault in whole
    ]


def test_a_source_at_the_same_address_is_found_below_an_odd_plain_header(tmp_path: Path, desk: Desk) -> None:
    made = Outlet(tmp_path)
    made.story("asked", body="[x](/archive/2025/)")
    rest = "Dek: D.\n Date: 2025-11-20\n Author: Ana Pereira\n Category: Europe\n Type: Analysis\n"
    made.write("articles/other.md", f"\n\nTitle: Other\n Slug: asked\n {rest}\nBody.\n")
    made.write("articles/again.md", f"Title: Again\n Slug: asked\n {rest}\nBody.\n")
    whole = read_newsroom(made.content, desk).faults
    assert [fault.code for fault in whole] == ["same-address"]
    for path in ("articles/again.md", "articles/other.md", "articles/asked.md"):
        assert told(read_some(made.content, desk, [path]).faults, path) == told(whole, path)


def test_authors_of_nothing_that_is_out_are_found(tmp_path: Path, desk: Desk) -> None:
    made = Outlet(tmp_path)
    made.author("Bo Li", bio="[x](/authors/bo-li/)")
    made.author("Jo Ho", bio="[x]({author}Jo Ho)")
    made.story("out", author="jo-ho")
    made.story("by-jo", author="Jo Ho", date="2027-01-01")
    made.story("by-bo", author="Bo Li", date="2027-01-01", topics=["Ice"])
    made.story("asked", body="[x](/authors/bo-li/) [y]({author}Jo Ho) [z](/topics/ice/)")
    paths = ["articles/asked.md", "articles/by-jo.md", "authors/bo-li.md", "authors/jo-ho.md"]
    whole = [fault for fault in read_newsroom(made.content, desk).faults if fault.path in paths]
    assert [fault.code for fault in whole] == ["unpublished-link", "unpublished-link", "broken-link"]
    for asked in (*([path] for path in paths), paths[:2]):
        found = read_some(made.content, desk, asked).faults
        for path in asked:
            assert told(found, path) == told(whole, path), path


def test_a_slug_that_no_title_would_make_is_found(tmp_path: Path, desk: Desk) -> None:
    made = Outlet(tmp_path)
    story = made.story("north--south")
    made.write("articles/twin.md", story.read_text("utf-8"))
    made.story("asked", body="[x](/2026/11/north--south/)")
    whole = read_newsroom(made.content, desk).faults
    assert [fault.code for fault in whole] == ["same-address"]
    for path in ("articles/twin.md", "articles/north--south.md", "articles/asked.md"):
        assert told(read_some(made.content, desk, [path]).faults, path) == told(whole, path)


def read_bytes() -> int:
    """Bytes that this process has read from files."""
    return int(Path("/proc/self/io").read_text().partition("rchar: ")[2].split()[0])


@pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="this system does not count what a process reads")
def test_no_text_of_another_story_is_read(tmp_path: Path, desk: Desk) -> None:
    made = Outlet(tmp_path)
    for number in range(40):
        made.story(f"story-{number}", body="word " * 60_000)
    path = made.story("asked", body="[x](/2026/11/story-7/) [y](/2026/11/story-70/)").relative_to(made.content)
    before = read_bytes()
    faults = read_some(made.content, desk, [path.as_posix()]).faults
    assert [fault.code for fault in faults] == ["broken-link"]
    assert read_bytes() - before < 40 * 4_096 + 20_000, "12 MB of texts"


def test_the_command_reports_the_faults_of_the_files_it_is_given(tmp_path: Path) -> None:
    made = Outlet(tmp_path)
    made.story("one", section="Eurpoe")
    made.story("two", type="Rant")
    made.story("three", author="Nobody")
    (made.content / "photos").mkdir()
    (made.content / "photos" / "x.jpg").write_bytes(b"GIF89a")
    flags = [
        "--files",
        "content/articles/one.md",
        "--files",
        "content/articles/two.md",
        "--files",
        "content/photos/x.jpg",
    ]
    done = made.run("check", "--content", "content", *flags, "--format", "json")
    assert done.returncode == 1
    found = [(fault["path"], fault["code"]) for fault in json.loads(done.stdout)]
    assert found == [
        ("content/articles/one.md", "unknown-section"),
        ("content/articles/two.md", "unknown-type"),
        ("content/photos/x.jpg", "photo-kind"),
    ]


@pytest.mark.parametrize("file", ["content/articles/none.md", "elsewhere.md", "/etc/passwd"])
def test_a_file_that_is_not_of_the_content_folder_is_refused(tmp_path: Path, file: str) -> None:
    made = Outlet(tmp_path)
    (tmp_path / "elsewhere.md").touch()
    done = made.run("check", "--content", "content", "--files", file)
    assert (done.returncode, "is not a file of the content folder" in done.stderr) == (2, True)
