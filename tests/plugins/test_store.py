"""What is kept between builds is believed only whole, unchanged, and of the same making."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from broadside.plugins.pack import Place
from broadside.plugins.shelf import VERSION, Shelf, keep, kept
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadside.plugins.fingerprint import digest

VALUE = {"a": [1, "é", None], "b": "…"}


def same(value: Any) -> Any:
    return value


def put(shelf: Shelf, *pieces: bytes) -> list[Place]:
    return shelf.put([None] * len(pieces), pieces.__getitem__)


def filled(folder: Path, mark: str = "m") -> tuple[Shelf, list[Place]]:
    shelf = Shelf(folder, "things", mark)
    places = put(shelf, b"one", b"two", b"")
    shelf.save(VALUE)
    return shelf, places


def test_a_value_and_its_pieces_come_back(tmp_path: Path) -> None:
    _, places = filled(tmp_path)
    shelf = Shelf(tmp_path, "things", "m")
    assert shelf.load(same, Any) == VALUE
    assert [shelf.piece(place) for place in places] == [b"one", b"two", b""]
    *those, more = shelf.put([*places, None], lambda _: b"three")
    assert those == places
    shelf.save(VALUE)
    assert (shelf.piece(more), shelf.piece(places[0])) == (b"three", b"one")
    assert len(list(tmp_path.iterdir())) == 2


def test_a_shelf_without_a_file_has_no_value_and_logs_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert Shelf(tmp_path, "things", "m").load(same, Any) is None
    assert not caplog.records


def test_a_value_without_pieces_can_be_kept(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "things", "m")
    put(shelf)
    shelf.save([1])
    assert Shelf(tmp_path, "things", "m").load(same, Any) == [1]


def test_a_file_that_is_not_text_or_has_another_form_is_not_believed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "broadside")
    logging.getLogger("broadside").propagate = True
    for value, kind in (
        ({"a name that is no text \udcff": 1}, dict[str, int]),
        ({"a": "1"}, dict[str, int]),
        ({}, Place),
    ):
        keep(tmp_path / "value", value)
        with pytest.raises(ValueError, match="damaged"):
            kept(tmp_path / "value", kind)
        assert "is damaged" in caplog.records[-1].getMessage()
    keep(tmp_path / "value", {"a": Place(1, 2, "x")})
    assert kept(tmp_path / "value", dict[str, Place]) == {"a": Place(1, 2, "x")}


def reason(folder: Path, caplog: pytest.LogCaptureFixture, mark: str = "m") -> str:
    caplog.set_level(logging.INFO, "broadside")
    logging.getLogger("broadside").propagate = True
    assert Shelf(folder, "things", mark).load(same, Any) is None
    return caplog.records[-1].getMessage()


def test_a_value_made_by_other_code_is_ignored_with_a_line_that_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    filled(tmp_path)
    assert "other code or settings" in reason(tmp_path, caplog, "another")


def test_a_value_left_by_another_version_is_ignored_with_a_line_that_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    filled(tmp_path)
    index = tmp_path / "things.json"
    index.write_bytes(index.read_bytes().replace(b"%d " % VERSION, b"%d " % (VERSION - 1), 1))
    assert "another version" in reason(tmp_path, caplog)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.data())
def test_no_damage_to_the_index_is_believed(tmp_path: Path, data: st.DataObject) -> None:
    filled(tmp_path)
    index = tmp_path / "things.json"
    whole = index.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    how = data.draw(st.sampled_from(["cut", "change", "insert"]))
    other = data.draw(st.binary(min_size=1, max_size=1).filter(lambda byte: byte != whole[at : at + 1]))
    spoilt = {
        "cut": whole[:at],
        "change": whole[:at] + other + whole[at + 1 :],
        "insert": whole[:at] + other + whole[at:],
    }
    index.write_bytes(spoilt[how])
    found = Shelf(tmp_path, "things", "m").load(same, Any)
    assert found is None


@pytest.mark.parametrize("name", ["../../etc/passwd", "things-xyz.pack", "/etc/passwd", 7, None])
def test_a_pack_of_another_name_is_never_opened(tmp_path: Path, caplog: pytest.LogCaptureFixture, name: Any) -> None:
    filled(tmp_path)
    index = tmp_path / "things.json"
    mark, _, size, value = kept(index, list[Any])
    keep(index, [mark, name, size, value])
    assert "is damaged" in reason(tmp_path, caplog)


def test_a_pack_that_is_gone_or_cut_short_is_noticed_at_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    filled(tmp_path)
    (pack,) = tmp_path.glob("*.pack")
    pack.write_bytes(pack.read_bytes()[:-1])
    assert "is damaged" in reason(tmp_path, caplog)
    pack.unlink()
    assert "is damaged" in reason(tmp_path, caplog)


def test_a_piece_that_was_changed_is_refused(tmp_path: Path) -> None:
    _, places = filled(tmp_path)
    (pack,) = tmp_path.glob("*.pack")
    pack.write_bytes(b"onetwx")
    shelf = Shelf(tmp_path, "things", "m")
    assert shelf.load(same, Any) == VALUE
    assert shelf.piece(places[0]) == b"one"
    with pytest.raises(ValueError, match="damaged"):
        shelf.piece(places[1])


@pytest.mark.parametrize("place", [Place(-1, 3), Place(0, -1), Place(0, 2**62), Place(10**30, 1), Place(1, 10**30)])
def test_a_place_outside_the_pack_is_refused(tmp_path: Path, place: Place) -> None:
    shelf, _ = filled(tmp_path)
    with pytest.raises(ValueError, match="no such piece"):
        shelf.piece(place)


def test_a_pack_that_is_swept_away_while_it_is_read_is_read_to_the_end(tmp_path: Path) -> None:
    _, places = filled(tmp_path)
    shelf = Shelf(tmp_path, "things", "m")
    shelf.load(same, Any)
    next(tmp_path.glob("*.pack")).unlink()
    assert [shelf.piece(place) for place in places] == [b"one", b"two", b""]


def test_nothing_is_nested_so_deeply_that_reading_it_fails(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    filled(tmp_path)
    deep = b"[" * 100_000 + b"]" * 100_000
    (tmp_path / "things.json").write_bytes(b"%d %s\n%s" % (VERSION, digest(deep).encode(), deep))
    assert "is damaged" in reason(tmp_path, caplog)


def test_a_pack_that_is_mostly_waste_is_made_anew(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "things", "m")
    one, *waste = put(shelf, *[b"x" * 300_000 for _ in range(5)])
    assert shelf.put([one, *waste], lambda _: b"") == [one, *waste]
    (small,) = shelf.put([None], lambda _: shelf.piece(one)[:5])  # the old one can still be read
    shelf.save(1)
    assert shelf.piece(small) == b"xxxxx"
    assert [path.stat().st_size for path in tmp_path.glob("*.pack")] == [5]
