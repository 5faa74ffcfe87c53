"""What a story of an archive names and the archive does not hold ends neither an import nor a
build.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archives import attachment, from_wordpress, imported, item
from sites import site, written
from tests.sample import Outlet

LACKING = {
    "file": '<a href="/files/gone.pdf">x</a> <a href="/uploads/gone.csv">y</a>',
    "picture": '<img src="/uploads/gone.jpg" alt="x"> [gallery ids="90,91"]',
    "story": '<a href="/2001/01/gone/#part">x</a> <a href="/?p=99">y</a>',
    "author": '<a href="/author/gone/">x</a>',
    "term": '<a href="/category/gone/">x</a> <a href="/tag/gone/">y</a>',
    "code": '{{< ref "gone.md" >}} <a href="{{< param gone >}}/x">z</a>',
}
"""What nobody has, by its kind."""
THERE = attachment(50, "https://lantern.example/wp-content/uploads/there.pdf")


@settings(
    max_examples=5, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(lacking=st.sets(st.sampled_from(sorted(LACKING))), has_files=st.booleans())
@example(lacking=set(LACKING), has_files=True)
def test_a_story_that_names_what_nobody_has_moves_in_and_is_published(
    tmp_path_factory: pytest.TempPathFactory, lacking: set[str], has_files: bool
) -> None:
    path = tmp_path_factory.mktemp("lacking")
    body = "".join(f"<p>Words. {LACKING[kind]}</p>\n\n" for kind in sorted(lacking))
    media = written(
        path / "media", {"there.pdf": b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\nstartxref\n9\n%%EOF\n"}
    )
    seen = item(1, '<a href="/wp-content/uploads/there.pdf">x</a>' if has_files else "One.")
    lead = {"_thumbnail_id": "92"} if "picture" in lacking else {}
    whose = [("author", "cap-gone", "Gone")] if "author" in lacking else []
    outlet, report = from_wordpress(
        path, seen, item(2, body, meta=lead, categories=whose), THERE, media=str(media)
    )
    assert report.published == 2
    assert "2 stories published" in outlet.rebuild()
    assert bool(report.lacks) == bool(lacking & {"file", "picture", "story", "author", "term"})

    header = (
        "---\ntitle: T\ndate: 2020-01-02\nauthors: [gone]\ntags: [gone]\nimage: /gone.jpg\n---\n"
    )
    texts = {"one": header + body, "two": "---\ntitle: U\ndate: 2020-01-02\n---\n[x](/there.pdf)\n"}
    files = site("hugo", "https://old.example", texts) | {
        "static/there.pdf": (media / "there.pdf").read_bytes()
    }
    other = Outlet(path / "other")
    assert imported(other, "hugo", written(path / "site", files)).published == 2
    assert "2 stories published" in other.rebuild()
