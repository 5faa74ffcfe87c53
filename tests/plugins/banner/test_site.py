"""The banner on a real site: on every page during its hours, and without a trace at all others."""

from __future__ import annotations

from pathlib import Path

from broadside.build.due import due
from broadside.config.options import Options
from tests.sample import NOW, Outlet, differing

NOTICES = """\
- text: It's our moving day.
  url: /about/
  since: 2026-11-25T10:00
  until: 2026-11-25T18:00
- text: The second of two at one time.
  url: https://example.org/
  since: 2026-11-25T17:00
  until: 2026-11-25T20:00
"""


def test_a_notice_is_above_every_page_in_its_hours_and_leaves_nothing_behind(
    tmp_path: Path,
) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("one")
    outlet.page("about")
    assert "published," in outlet.rebuild(siteurl="https://outlet.example/magazine")
    without = outlet.files()
    assert not [name for name in without if "banner" in name]
    outlet.write("banner.yml", NOTICES)
    seen: dict[str, set[tuple[str, str]]] = {}
    for hour in ("09:59", "10:00", "17:30", "18:00", "20:00"):
        assert "published," in outlet.rebuild(
            siteurl="https://outlet.example/magazine", now=f"2026-11-25T{hour}"
        )
        for path in ("", "2026/11/one/", "about/", "404.html", "search/"):
            page = outlet.html(path)
            found = page.select("body > .banner + .masthead") and page.select(".banner a")
            styles = page.select("link[href*='/theme/banner-']")
            assert len(found) == len(styles), (hour, path)
            seen.setdefault(hour, set()).update(
                (link.get_text(), str(link["href"])) for link in found
            )
        if hour in ("09:59", "20:00"):
            assert differing(outlet.files(), without) == ["admin/config.json"], (
                "the editor's form for it alone is new"
            )
    first, second = (
        ("It’s our moving day.", "/magazine/about/"),
        ("The second of two at one time.", "https://example.org/"),
    )
    assert seen == {
        "09:59": set(),
        "10:00": {first},
        "17:30": {first},
        "18:00": {second},
        "20:00": set(),
    }
    fell = due(Options(content=str(outlet.content), now="2026-11-26"), NOW).fell
    assert [(each.kind, each.moment.hour) for each in fell or ()] == [
        ("banner", hour) for hour in (10, 17, 18, 20)
    ]
