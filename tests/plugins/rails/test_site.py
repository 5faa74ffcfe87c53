"""The rail of the most read stories: what it shows, when it is not there, and that without the
setting nothing is.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from broadside.build.up_to_date import inputs
from broadside.config.options import Options
from tests.sample import NOW, Outlet, differing

MADE = "2026-11-24T04:30:00+01:00"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    made = Outlet(tmp_path_factory.mktemp("most-read"))
    for number in range(1, 8):
        made.story(
            f"story-{number}", date=f"2026-11-0{number}T09:00", redirect_from=[f"/old-{number}/"]
        )
    made.story(
        "withdrawn",
        status="withdrawn",
        corrections=[{"date": "2026-11-21", "type": "correction", "text": "No."}],
    )
    assert "7 stories published" in made.rebuild()
    return made


@pytest.fixture
def outlet(plain: Outlet, tmp_path: Path) -> Outlet:
    return plain.copy(tmp_path / "outlet")


def listing(path: Path, *urls: str, made: str = MADE) -> dict[str, Any]:
    """The setting, after such a file was written."""
    path.write_text(
        json.dumps(
            {"made": made, "days": 7, "stories": [{"url": url, "reads": 9} for url in urls]}
        ),
        "utf-8",
    )
    return {"MOST_READ": str(path), "RAIL_LENGTH": 6}


def rail(outlet: Outlet, path: str) -> list[str]:
    return [
        str(link["href"])
        for link in outlet.html(path).select("aside.rail[data-rail=most-read] li a")
    ]


def test_the_rail_has_the_first_five_that_are_published_wherever_they_are_now(
    outlet: Outlet, tmp_path: Path
) -> None:
    urls = ["/2026/11/withdrawn/", "/nowhere/", "/old-3/", "/2026/11/story-3/"]
    urls += [f"/2026/11/story-{number}/" for number in (1, 2, 7, 5, 6)]
    setting = listing(tmp_path / "most_read.json", *urls)
    assert "7 stories published" in outlet.rebuild(settings=setting)
    shown = [f"/2026/11/story-{number}/" for number in (3, 1, 2, 7, 5)]
    for path in ("", "sections/europe/", "2026/11/story-6/", "latest/rails.html"):
        assert rail(outlet, path) == shown, path
    assert rail(outlet, "2026/11/story-1/") == [url for url in shown if "story-1" not in url]
    assert outlet.html("").select_one("#rail-most-read").get_text() == "Most read"  # type: ignore[union-attr]
    assert outlet.html("").select("#rail-most-read a") == []


@pytest.mark.parametrize("made", ["", "2026-11-18T08:59:00+01:00"])
def test_without_a_list_of_this_week_every_page_is_as_it_was(
    plain: Outlet, outlet: Outlet, tmp_path: Path, made: str
) -> None:
    path = tmp_path / "most_read.json"
    if made:
        listing(path, "/2026/11/story-1/", made=made)
    assert "7 stories published" in outlet.rebuild(settings={"MOST_READ": str(path)}, clean=True)
    assert differing(outlet.files(), plain.files()) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{\n "made": "2026-11-24T04:30:00Z",\n "stories": [}\n', 3),
        ('{"made": "2026-11-24T04:30:00Z", "stories": [{"title": "No address"}]}', 1),
        ('{"made": "yesterday", "stories": []}', 1),
        ('{"made": "2026-11-24T04:30:00", "stories": []}', 1),
        ("[]", 1),
    ],
)
def test_a_file_that_is_no_such_list_is_told_with_its_line(
    plain: Outlet, outlet: Outlet, tmp_path: Path, text: str, place: int
) -> None:
    path = tmp_path / "most_read.json"
    path.write_text(text, "utf-8")
    said = outlet.rebuild(settings={"MOST_READ": str(path)})
    assert f"{path}:{place}: error: most-read: " in said
    assert differing(outlet.files(), plain.files()) == []


def test_a_new_list_is_a_reason_to_build(
    outlet: Outlet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadside.store.SETTLED", 0)
    path = tmp_path / "most_read.json"
    setting = listing(path, "/2026/11/story-1/")
    monkeypatch.setattr("broadside.build.up_to_date.settings_in", with_setting(setting))

    def made_of() -> str:
        return inputs(Options(content=str(outlet.content), output=str(outlet.output), now=NOW))

    first = made_of()
    assert first
    listing(path, "/2026/11/story-2/")
    assert made_of() not in ("", first)


def test_a_list_that_grew_old_is_a_reason_to_build(outlet: Outlet, tmp_path: Path) -> None:
    setting = listing(tmp_path / "most_read.json", "/2026/11/story-1/")
    outlet.rebuild(settings=setting)
    assert rail(outlet, "2026/11/story-2/")
    outlet.rebuild(settings=setting, now="2026-12-02T09:00")
    assert rail(outlet, "2026/11/story-2/") == []


def with_setting(setting: dict[str, Any]) -> Any:
    """settings_in, with a setting besides."""
    from broadside.config.options import settings_in

    return lambda *given, **named: settings_in(*given, **named).but(**setting)
