"""A check and a production build agree on whether content may be published, now and when what is
held has come out.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from broadside.commands.checking import note_addresses
from broadside.config.options import Options
from broadside.editing.check import check
from broadside.faults import errors_in
from tests.examples import times
from tests.sample import NOW, Outlet

SITE = "https://example.org"
LAST = "2026-12-25T09:00"
"""A moment at which everything held has come out."""
BLOGROLL = (
    '<opml version="2.0"><body><outline text="Ice Notes"'
    ' xmlUrl="https://example.net/feed"/></body></opml>'
)
SLUGS = ("one", "two", "three")
LINKS = (
    "/2026/11/one/",
    "/2026/12/two/",
    "/about/",
    "/authors/ben-okafor/",
    "/topics/water/",
    "/reviews/",
)
LOSSES = (
    "/2026/11/one/",
    "/2026/12/two/",
    "/blogroll/",
    "/reviews/",
    "/ai/",
    "/roundup/",
    "/nothing/",
)
STORIES = st.fixed_dictionaries(
    {
        "date": st.sampled_from(
            ["2026-11-20", "2026-11-21T09:00", "2026-12-01", "2026-12-24T09:00"]
        ),
        "status": st.sampled_from(["published"] * 5 + ["draft", "hidden", "withdrawn"]),
    },
    optional={
        "author": st.just("Ben Okafor"),
        "ai": st.just("assisted"),
        "reviews": st.just([{"kind": "book", "title": "Ice"}]),
        "topics": st.just(["Water"]),
        "series": st.just("Salt"),
        "related": st.sampled_from([["one"], ["two"], ["none"]]),
        "redirect_from": st.sampled_from([["/old/"], ["/2026/11/one/"], ["/blogroll/"]]),
        "translation_of": st.sampled_from(SLUGS),
        "sponsor": st.just("Ferries"),
        "body": st.sampled_from(LINKS).map(lambda link: f"[There]({link})."),
    },
)
CONTENTS = st.fixed_dictionaries(
    {slug: st.none() | STORIES for slug in SLUGS},
    optional={
        "blogroll": st.just(True),
        "roundup": st.sampled_from(["2026-11-20", "2026-12-04"]),
        "lead": st.sampled_from(SLUGS),
    },
)


def write(outlet: Outlet, content: dict[str, Any]) -> None:
    """Put this content in the place of what the outlet had."""
    for path in ("blogroll.opml", "front_page.yml", "articles/*", "roundups/*"):
        for file in outlet.content.glob(path):
            file.unlink()
    outlet.story("base", date="2026-11-01")
    for slug in SLUGS:
        if story := content[slug]:
            outlet.story(slug, **{"lang": "fr"} if "translation_of" in story else {}, **story)
    if "blogroll" in content:
        outlet.write("blogroll.opml", BLOGROLL)
    if "roundup" in content:
        outlet.roundup(content["roundup"])
    if "lead" in content:
        outlet.write("front_page.yml", f"- slot: lead\n  story: {content['lead']}\n")


@settings(max_examples=times(0.6))
@given(before=CONTENTS, after=CONTENTS, lost=st.lists(st.sampled_from(LOSSES), max_size=1))
def test_they_agree(before: dict[str, Any], after: dict[str, Any], lost: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        outlet = Outlet(Path(folder))
        outlet.author("Ben Okafor")
        outlet.page("about")
        outlet.write("series/salt.md", "---\nname: Salt\n---\nAbout it.\n")
        asked = Options(content=str(outlet.content), now=NOW)
        write(outlet, before)
        if not errors_in(check(asked)):
            note_addresses(asked)
        write(outlet, after)
        with (outlet.content / "permalinks.txt").open("a") as ledger:
            ledger.writelines(f"{address}\n" for address in lost)
        said = [outlet.rebuild(production=True, siteurl=SITE, now=moment) for moment in (NOW, LAST)]
        passes = all(" published, " in each for each in said)
        faults = check(asked)
        assert passes == (errors_in(faults) == 0), "\n".join([*map(str, faults), *said])
