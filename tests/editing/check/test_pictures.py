"""./inv check decodes each picture once, so that none of a story that is held stops the site at its
hour.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from broadside.config.options import Options
from broadside.editing.check import check
from broadside.media import pictures as making
from tests.sample import HARBOUR, NOW, Outlet
from tests.watch import pictures

HELD = {"date": "2026-11-28"}


def with_hole(data: bytes) -> bytes:
    """A picture whose pixels have a hole, which its container does not show."""
    middle = len(data) // 2
    return data[:middle] + bytes(64) + data[middle + 64 :]


def without_tables(data: bytes) -> bytes:
    """A JPEG with a table of codes that no decoder can read."""
    at = data.index(b"\xff\xc4") + 5
    return data[:at] + b"\xff" * 16 + data[at + 16 :]


BROKEN: dict[str, Callable[[], bytes]] = {
    "a.png": lambda: with_hole(pictures.picture("png")),
    "e.jpg": lambda: without_tables(pictures.picture("jpg")),
}


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    made = Outlet(tmp_path)
    made.photo()
    made.story("out")
    return made


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The length of each picture that this process decodes."""
    lengths: list[int] = []
    original = making.decode

    def noted(data: bytes, *rest: object) -> object:
        lengths.append(len(data))
        return original(data, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "decode", noted)
    return lengths


def told(outlet: Outlet, *files: str) -> list[tuple[str, int, str]]:
    options = Options(content=str(outlet.content), output=str(outlet.output), now=NOW)
    faults = check(options, [str(outlet.content / file) for file in files])
    return [
        (fault.path.removeprefix(f"{outlet.content}/"), fault.line, fault.code) for fault in faults
    ]


def breaks(outlet: Outlet, name: str = "a.png") -> str:
    path = outlet.content / "photos" / name
    path.write_bytes(BROKEN[name]())
    return f"photos/{name}"


@pytest.mark.parametrize("name", BROKEN)
def test_a_held_story_with_a_picture_that_cannot_be_decoded_fails_today(
    outlet: Outlet, name: str
) -> None:
    outlet.story("held", **HELD | HARBOUR | {"photo": breaks(outlet, name)})
    fault = [("articles/held.md", 9, "photo-damaged")]
    assert told(outlet) == fault
    assert told(outlet, "articles/held.md") == fault
    assert told(outlet, "articles/out.md") == []


def test_a_build_says_the_same_of_it(outlet: Outlet) -> None:
    outlet.story("held", **HELD | HARBOUR | {"photo": breaks(outlet)})
    assert "photo-damaged" in outlet.rebuild()


def test_every_place_with_such_a_picture_is_told(outlet: Outlet) -> None:
    path = breaks(outlet)
    outlet.story("out", **HARBOUR | {"photo": path})
    outlet.story("draft", status="draft", body=f'Body.\n\n![x]({path}){{credit="Ana"}}')
    outlet.author("Bo Li", portrait=path, alt="Bo.")
    places = [("articles/draft.md", 13), ("articles/out.md", 9), ("authors/bo-li.md", 3)]
    assert sorted(told(outlet)) == [(*place, "photo-damaged") for place in places]
    assert told(outlet, path) == [(path, 0, "photo-damaged")]


def test_a_picture_is_decoded_once(outlet: Outlet, decoded: list[int]) -> None:
    outlet.story("held", **HELD | HARBOUR)
    assert told(outlet) == []
    assert len(decoded) == 1
    assert told(outlet) == []
    assert len(decoded) == 1
    outlet.photo(colour="navy")
    assert told(outlet) == []
    assert len(decoded) == 2


def test_a_picture_that_a_build_has_decoded_is_not_decoded_again(
    outlet: Outlet, decoded: list[int]
) -> None:
    outlet.photo("ferry.jpg", "navy")
    outlet.story("out", **HARBOUR)
    outlet.story("held", **HELD | HARBOUR | {"photo": "photos/ferry.jpg"})
    assert "published, " in outlet.rebuild()
    assert told(outlet) == []
    assert decoded == []


def test_a_store_that_cannot_be_written_is_no_fault_of_the_content(
    outlet: Outlet, decoded: list[int]
) -> None:
    outlet.story("held", **HELD | HARBOUR)
    outlet.cache.mkdir()
    (outlet.cache / "photos").write_bytes(b"")
    assert told(outlet) == []
    assert len(decoded) == 1
