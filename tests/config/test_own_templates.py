"""An outlet's copies of templates are compared with the engine's."""

from __future__ import annotations

from pathlib import Path

from broadside.config.own_templates import copy, stale


def test_a_copy_of_what_the_engine_changed_or_no_longer_has_is_told(tmp_path: Path) -> None:
    fresh = copy("colophon", tmp_path)
    assert copy("podcasts/podcast", tmp_path) == tmp_path / "podcasts" / "podcast.html"
    (tmp_path / "podcast.html").write_text(fresh.read_text("utf-8"), "utf-8")
    (tmp_path / "ours.html").write_text("<p>", "utf-8")
    before = "0" * 12
    stamp = "{# From Broadside 0.1.0, page.html, " + before + " #}"
    (tmp_path / "page.html").write_text(stamp, "utf-8")
    told = [(Path(fault.path).name, fault.code) for fault in stale(tmp_path)]
    assert told == [("page.html", "stale-template"), ("podcast.html", "stale-template")]
