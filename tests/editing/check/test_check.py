"""./inv check foresees what would stop a build at an hour at which nobody may be there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from broadside.config import files, links
from broadside.config.options import OptionRefused, Options, settings_in
from broadside.content.read import read_cached
from broadside.editing.check import check, settings_to_read
from broadside.settings import Settings
from broadside.urls import KINDS, Kind
from tests.sample import NOW, Outlet


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    made = Outlet(tmp_path)
    made.story("out")
    return made


def faults(outlet: Outlet, *files: Path) -> list[str]:
    found = check(Options(content=str(outlet.content), now=NOW), [*map(str, files)])
    return [f"{fault.path.rpartition('/')[2]}: {fault.code}" for fault in found]


def test_two_held_stories_that_will_meet_at_one_address_are_an_error_now(outlet: Outlet) -> None:
    files = [
        outlet.story("peace", date="2026-11-28", where="articles/one"),
        outlet.story("peace", date="2026-11-29", where="articles/two"),
    ]
    assert "published," in outlet.rebuild(), "today's site is sound"
    assert faults(outlet) == ["peace.md: same-address"]
    assert [faults(outlet, file) for file in files] == [["peace.md: same-address"]] * 2, (
        "of one file alone, too"
    )
    assert "same-address" in outlet.rebuild(now="2026-11-29T00:00"), "and so it is"


def test_a_held_story_that_will_take_a_former_address_is_an_error_now(outlet: Outlet) -> None:
    files = [
        outlet.story("out", redirect_from=["/2026/11/held/"]),
        outlet.story("held", date="2026-11-28"),
    ]
    for asked in ([], *([file] for file in files)):
        assert faults(outlet, *asked) == ["out.md: same-address"]


def test_a_held_story_whose_topic_or_month_will_take_an_address_is_an_error_now(
    outlet: Outlet,
) -> None:
    file = outlet.story("out", redirect_from=["/topics/ice/", "/archive/2027/01/"])
    outlet.story("held", date="2027-01-02", topics=["Ice"])
    for asked in ([], [file]):
        assert faults(outlet, *asked) == ["out.md: same-address"] * 2


def test_a_fault_of_today_is_reported_once(outlet: Outlet) -> None:
    outlet.story("out", body="[x](/2026/11/nowhere/)", related=["draft"])
    outlet.story("draft", status="draft")
    outlet.story("held", date="2026-11-28", body="[to come](/2026/11/later/)")
    outlet.story("later", date="2026-11-27")
    assert faults(outlet) == ["held.md: unpublished", "out.md: unpublished", "out.md: broken-link"]


def test_what_is_held_and_sound_is_no_fault(outlet: Outlet) -> None:
    outlet.story("held", date="2026-11-28", related=["out"], redirect_from=["/2020/held/"])
    page = outlet.page("later", date="2026-12-01")
    assert faults(outlet) == []
    assert faults(outlet, page, outlet.content / "articles" / "held.md") == []


@pytest.mark.parametrize("name", ["POLICIES", "FOOTER_LINKS"])
def test_a_place_that_the_settings_name_is_on_its_page(
    outlet: Outlet, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlet.page("about", body="## Who")
    for place, wrong in (("who", False), ("whoo", True)):
        policies, footer = (
            {"masthead": f"about/#{place}"},
            [("Us", f"about/#{place}"), ("Gone", "gone/#x")],
        )
        found: object = policies if name == "POLICIES" else footer
        monkeypatch.setattr(
            "broadside.editing.check.settings_in",
            lambda file, found=found: settings_in(file).but(**{name: found}),
        )
        assert faults(outlet) == ["pelicanconf.py: broken-link"] * wrong


@pytest.mark.parametrize(
    ("setting", "entries"),
    [
        ("MENUITEMS", 'MENUITEMS = [\n    "sections",\n    ("Gone", "gone/", "highlight"),\n]\n'),
        ("LINKS", 'LINKS = [\n    ("About", "about/"),\n    ("Gone", "gone/"),\n]\n'),
        (
            "FOOTER_LINKS",
            (
                'FOOTER_LINKS = [\n    ("Us", [("About", "about/")]),\n    ("More", [("Gone",'
                ' "gone/")]),\n]\n'
            ),
        ),
    ],
)
def test_a_link_of_a_menu_to_nothing_is_an_error_with_its_line_unless_the_content_is_anothers(
    outlet: Outlet, tmp_path: Path, setting: str, entries: str
) -> None:
    outlet.page("about")
    (tmp_path / "pelicanconf.py").write_text(
        f"from broadside.settings import *\n{entries}", "utf-8"
    )
    (tmp_path / "publishconf.py").write_text("from pelicanconf import *\n", "utf-8")
    content, _, _ = read_cached(settings_to_read(Options(content=str(outlet.content), now=NOW)))
    settings = files.settings_in("pelicanconf.py", tmp_path)
    (fault,) = links.astray(content, Settings(settings), tmp_path, "pelicanconf.py")
    assert (fault.path, fault.line) == (str(tmp_path / "pelicanconf.py"), 4)
    assert (fault.severity, fault.code) == ("error", "broken-link")
    assert f'{setting}, the link "gone/"' in fault.message
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for file in ("pelicanconf.py", "publishconf.py"):
        (elsewhere / file).write_text((tmp_path / file).read_text("utf-8"), "utf-8")
    assert list(links.astray(content, Settings(settings), elsewhere, "pelicanconf.py")) == []


def test_a_kind_of_term_that_a_setting_names_and_nobody_has_is_an_error_with_its_line(
    outlet: Outlet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Kind("location", "locations", "places", "", "", pattern="places/{slug}/")
    monkeypatch.setitem(KINDS, place.name, place)
    written = 'FULL_TEXT_FEEDS = [\n    "location",\n    "sections",\n]\n'
    (tmp_path / "pelicanconf.py").write_text(
        f"from broadside.settings import *\n{written}", "utf-8"
    )
    content, _, _ = read_cached(settings_to_read(Options(content=str(outlet.content), now=NOW)))
    settings = files.settings_in("pelicanconf.py", tmp_path)
    (fault,) = links.astray(content, Settings(settings), tmp_path, "pelicanconf.py")
    assert (fault.path, fault.line) == (str(tmp_path / "pelicanconf.py"), 4)
    assert (fault.code, fault.hint) == ("unknown-name", 'did you mean "section"?')


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("/nope.xml", True), ("/about/#whoo", True), ("/feed.xml", False), ("/sections/europe/feed.json", False),
        ("/about/#who", False), ("/shop/cart", False), ("/theme/any.css", False), ("/drafts", True),
        ("https://example.org/gone/", False),
    ],
)  # fmt: skip
def test_a_link_of_the_follow_us_bar_leads_somewhere(
    outlet: Outlet, address: str, wrong: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlet.page("about", body="## Who")
    more = {"SOCIAL": [("Here", address)], "ELSEWHERE_PATHS": ["/shop/"]}
    monkeypatch.setattr(
        "broadside.editing.check.settings_in", lambda file: settings_in(file).but(**more)
    )
    told = [line for line in faults(outlet) if line.startswith("pelicanconf.py: ")]
    assert len(told) == wrong


def test_a_folder_of_something_else_is_a_fault_of_each_file_in_it(outlet: Outlet) -> None:
    above = outlet.content.parent
    for sources in ([], [str(outlet.content / "articles" / "out.md")]):
        (fault,) = check(Options(content=str(above)), sources)
        assert (fault.severity, fault.code) == ("error", "content-folder")


def test_each_file_in_a_given_folder_is_checked(outlet: Outlet) -> None:
    outlet.story("spring", where="articles/2026/spring", section="Eurpoe")
    outlet.story("summer", where="articles/2026", type="Rant")
    outlet.write("articles/2026/notes.doc", "x")
    outlet.story("other", section="Nowhere")
    found = [line.split(": ") for line in faults(outlet, outlet.content / "articles" / "2026")]
    assert sorted(found) == [
        ["notes.doc", "unclaimed-file"],
        ["spring.md", "unknown-section"],
        ["summer.md", "unknown-name"],
    ]
    assert sorted(faults(outlet, outlet.content)) == sorted(faults(outlet))


def test_a_folder_with_nothing_in_it_is_refused_and_not_the_whole_content_checked(
    outlet: Outlet,
) -> None:
    (outlet.content / "articles" / "2027").mkdir()
    with pytest.raises(OptionRefused):
        faults(outlet, outlet.content / "articles" / "2027")


def test_the_command_reports_the_faults_of_the_files_it_is_given(tmp_path: Path) -> None:
    made = Outlet(tmp_path)
    made.story("one", section="Eurpoe")
    made.story("two", type="Rant")
    made.story("three", author="Nobody")
    (made.content / "photos").mkdir()
    (made.content / "photos" / "x.jpg").write_bytes(b"GIF89a")
    files = ["content/articles/one.md", "content/articles/two.md", "content/photos/x.jpg"]
    flags = [word for file in files for word in ("--files", file)]
    done = made.run("check", "--content", "content", *flags, "--format", "json")
    assert done.returncode == 1
    assert [(fault["path"], fault["code"]) for fault in json.loads(done.stdout)] == [
        ("content/articles/one.md", "unknown-section"),
        ("content/articles/two.md", "unknown-name"),
        ("content/photos/x.jpg", "photo-kind"),
    ]


def test_the_command_ends_on_how_many_faults_there_are(tmp_path: Path) -> None:
    made = Outlet(tmp_path)
    made.story("one", section="Eurpoe")
    made.story("two", type="Rant")
    assert made.run("check", "--content", "content").stdout.splitlines()[-1] == "2 errors."
    made.story("three", body="See [four(https://example.org/four).")
    assert (
        made.run("check", "--content", "content").stdout.splitlines()[-1] == "2 errors, 1 warning."
    )
    assert "2 errors" not in made.run("check", "--content", "content", "--format", "github").stdout


@pytest.mark.parametrize("file", ["content/articles/none.md", "elsewhere.md", "/etc/passwd"])
def test_a_file_that_is_not_of_the_content_folder_is_refused(tmp_path: Path, file: str) -> None:
    made = Outlet(tmp_path)
    (tmp_path / "elsewhere.md").touch()
    assert made.run("check", "--content", "content", "--files", file).returncode == 2
