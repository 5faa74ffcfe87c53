"""What init wrote and nobody edited gives way to an archive that moves in; what somebody edited
stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from archives import bytes_of, imported, item, wordpress
from broadside.git import git
from broadside.outlet import starting
from broadside.outlet.alone import is_free
from broadside.outlet.wheels import Wheel, wheel_of_checkout
from broadside_import.command import Wanted, run
from tests.forges import commit
from tests.sample import Outlet

ITEMS = (
    item(1, "One."),
    item(
        2, "<p>Who they were.</p>", kind="page", slug="about", link="https://lantern.example/about/"
    ),
)
FIRST = "articles/*/how-to-write-the-next-story.md"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Wheel:
    return wheel_of_checkout(tmp_path_factory.mktemp("wheel"))


def begun(
    path: Path,
    wheel: Wheel,
    sections: Sequence[str] = ("World", "Politics", "Culture=arts"),
    lang: str = "en",
) -> tuple[Outlet, Path]:
    """An outlet as init wrote it, and an export."""
    authors = starting.names(["The Editors", "Mara Lindqvist (Oslo)"])
    plan = starting.OutletPlan(
        "The Lantern",
        "",
        "https://lantern.example",
        lang,
        "UTC",
        starting.names(sections),
        authors,
        "none",
    )
    starting.write(path / "outlet", plan, wheel)
    source = path / "export.xml"
    source.write_text(wordpress(*ITEMS))
    return Outlet(path / "outlet"), source


def test_all_of_it_gives_way(tmp_path: Path, wheel: Wheel) -> None:
    outlet, source = begun(tmp_path, wheel)
    made: list[dict[str, bytes]] = []
    for gave_way in (5, 0):
        report = imported(outlet, "wordpress", source)
        assert len(report.gave_way) == gave_way
        commit(outlet.path, "Import")
        made.append(bytes_of(outlet))
        assert made[-1] == made[0]
        about = outlet.content / "pages/about.md"
        assert "Who they were." in about.read_text("utf-8")
        assert [each.name for each in outlet.content.glob("pages/*")] == ["about.md"]
        assert not list(outlet.content.glob(FIRST))
        (author,) = outlet.content.glob("authors/*.md")
        assert "Writes for" not in author.read_text("utf-8")
        sections = (outlet.content / "sections.yml").read_text("utf-8")
        assert sections.startswith("# The order here")
        assert [
            line for line in sections.splitlines() if line.startswith(("- name", "  slug"))
        ] == ['- name: "World"']
    assert outlet.run("check", "--content", "content").returncode == 0


def test_what_somebody_edited_or_needs_stays(tmp_path: Path, wheel: Wheel) -> None:
    outlet, source = begun(tmp_path, wheel)
    about = outlet.content / "pages/about.md"
    about.write_text(edited := about.read_text("utf-8") + "\nWe are three.\n", "utf-8")
    outlet.story("ours", author="The Editors", section="Politics")
    (first,) = outlet.content.glob(FIRST)
    first.write_text(told := first.read_text("utf-8") + "\nMore.\n", "utf-8")
    commit(outlet.path, "Write")
    imported(outlet, "wordpress", source)
    assert about.read_text("utf-8") == edited
    assert "Who they were." in (outlet.content / "pages/about-2.md").read_text("utf-8")
    assert first.read_text("utf-8") == told
    assert (outlet.content / "authors/the-editors.md").is_file()
    sections = (outlet.content / "sections.yml").read_text("utf-8")
    assert [line for line in sections.splitlines() if line.startswith("- name")] == [
        '- name: "World"',
        '- name: "Politics"',
    ]


def test_a_page_of_another_archive_leaves_the_about_page(tmp_path: Path, wheel: Wheel) -> None:
    outlet, source = begun(tmp_path, wheel)
    source.write_text(
        wordpress(item(1, "One.", status="draft"), item(3, "x", kind="page", slug="jobs"))
    )
    report = imported(outlet, "wordpress", source)
    assert (outlet.content / "pages/about.md").is_file()
    assert list(outlet.content.glob(FIRST)), "nothing is published in its place"
    assert report.gave_way == ["authors/mara-lindqvist-oslo.md"]


def test_an_about_page_that_nobody_wrote_is_told(tmp_path: Path, wheel: Wheel) -> None:
    outlet, source = begun(tmp_path, wheel)
    source.write_text(wordpress(item(1, "One.")))
    said: list[str] = []
    run(Wanted("wordpress", str(source), str(outlet.content)), said.append)
    assert any("pages/about.md" in line for line in said[said.index("What to do next:") :])


def test_nothing_gives_way_in_a_repository_that_init_did_not_begin(
    tmp_path: Path, wheel: Wheel
) -> None:
    outlet, source = begun(tmp_path, wheel)
    who = "-c", "user.name=A", "-c", "user.email=a@localhost"
    git(outlet.path, *who, "commit", "-q", "--amend", "-m", "Ours")
    assert imported(outlet, "wordpress", source).gave_way == []
    assert (outlet.content / "pages/about-2.md").is_file()


def test_a_folder_behind_a_link_is_not_new(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    (tmp_path / "nowhere").symlink_to(tmp_path / "missing")
    free = {name: is_free(tmp_path / name) for name in ("empty", "new", "link", "nowhere")}
    assert free == {"empty": True, "new": True, "link": False, "nowhere": False}
