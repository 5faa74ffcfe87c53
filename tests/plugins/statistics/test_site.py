"""Counting readers: what pages of the live site load for it, what the policy then allows, and that
nothing else pays for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec import convert

from broadside.plugins.statistics.services import allowed
from broadside.plugins.statistics.settings import Statistics
from broadside.publish.headers import PAGE, SEARCH, Allowed, headers_of
from tests.sample import Outlet, differing

PLAUSIBLE = {"service": "plausible", "url": "https://plausible.io", "site": "halyard.example"}
UMAMI = {
    "service": "umami",
    "url": "https://count.example/",
    "site": "94db1cb1-74f4-4a40-ad6c-962362670409",
}
GOATCOUNTER = {"service": "goatcounter", "url": "https://halyard.goatcounter.com"}
MATOMO = {"service": "matomo", "url": "https://count.example/matomo", "site": "7"}


@pytest.fixture(scope="module")
def uncounted(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    made = Outlet(tmp_path_factory.mktemp("statistics"))
    made.story()
    made.page("privacy", title="Privacy", body="We keep nothing.")
    made.page("about")
    assert "published," in made.rebuild(production=True)
    return made


def counted(uncounted: Outlet, path: Path, setting: dict[str, Any], **options: Any) -> Outlet:
    outlet = uncounted.copy_content(path)
    assert "published," in outlet.rebuild(
        settings={"STATISTICS": setting}, **({"production": True} | options)
    )
    return outlet


def scripts(outlet: Outlet, path: str) -> list[dict[str, str]]:
    """The attributes of the scripts at the end of a page."""
    return [
        {name: str(value) for name, value in tag.attrs.items()}
        for tag in outlet.html(path).select("body > script")
    ]


def test_each_page_of_the_live_site_is_counted_and_its_page_about_privacy_says_so(
    uncounted: Outlet, tmp_path: Path
) -> None:
    outlet = counted(uncounted, tmp_path, PLAUSIBLE)
    own = {
        "defer": "",
        "src": "https://plausible.io/js/script.js",
        "data-domain": "halyard.example",
    }
    for path in ("", "2026/11/a-story/", "sections/europe/", "search/", "about/"):
        assert scripts(outlet, path) == [own], path
    assert scripts(outlet, "404.html") == []
    said = {
        name
        for name, data in outlet.files().items()
        if b"with Plausible, at plausible.io, without cookies." in data
    }
    assert said == {"privacy/index.html"}
    note = outlet.html("privacy/").select(".story-body p")[-1].get_text()
    assert note.startswith("We count how often each page is read")
    new = set(outlet.files()) ^ set(uncounted.files())
    assert not any("matomo" in name for name in new)


@pytest.mark.parametrize(
    "options",
    [{"production": False}, {"drafts": True}, {"siteurl": "http://localhost:9000"}],
    ids=str,
)
def test_nobody_is_counted_in_a_preview(
    uncounted: Outlet, tmp_path: Path, options: dict[str, Any]
) -> None:
    outlet = counted(uncounted, tmp_path / "with", PLAUSIBLE, **options)
    without = uncounted.copy_content(tmp_path / "without")
    assert "published," in without.rebuild(**({"production": True} | options))
    assert differing(outlet.files(), without.files()) == []


def test_goatcounter_and_umami_find_what_they_need_in_their_elements(
    uncounted: Outlet, tmp_path: Path
) -> None:
    goat = counted(uncounted, tmp_path / "goat", GOATCOUNTER)
    source = "https://halyard.goatcounter.com/count"
    assert scripts(goat, "") == [{"defer": "", "src": f"{source}.js", "data-goatcounter": source}]
    umami = counted(uncounted, tmp_path / "umami", UMAMI)
    (script,) = scripts(umami, "")
    assert (script["data-website-id"], script["data-host-url"]) == (
        UMAMI["site"],
        "https://count.example",
    )


def test_matomo_is_told_what_to_count_by_a_script_of_the_sites_own(
    uncounted: Outlet, tmp_path: Path
) -> None:
    outlet = counted(uncounted, tmp_path, MATOMO)
    own, theirs = scripts(outlet, "2026/11/a-story/")
    assert (own["data-url"], own["data-site"]) == ("https://count.example/matomo", "7")
    assert b"disableCookies" in outlet.files()[own["src"].lstrip("/")]
    assert theirs == {"defer": "", "src": "https://count.example/matomo/matomo.js"}


@pytest.mark.parametrize(
    ("setting", "start"),
    [
        (GOATCOUNTER, "https://halyard.goatcounter.com/count?p="),
        (
            MATOMO,
            "https://count.example/matomo/matomo.php?idsite=7&rec=1&url=https://halyard.example",
        ),
    ],
    ids=["goatcounter", "matomo"],
)
def test_a_picture_counts_without_a_script(
    uncounted: Outlet, tmp_path: Path, setting: dict[str, Any], start: str
) -> None:
    outlet = counted(uncounted, tmp_path, setting | {"picture": True})
    for path in ("", "2026/11/a-story/", "sections/europe/"):
        assert scripts(outlet, path) == []
        (picture,) = outlet.html(path).select("body > img")
        assert (picture["src"], picture["alt"]) == (f"{start}/{path}", "")


def test_a_page_about_privacy_may_be_elsewhere_and_must_be_there(
    uncounted: Outlet, tmp_path: Path
) -> None:
    outlet = counted(uncounted, tmp_path, PLAUSIBLE | {"privacy": "about/"})
    assert "plausible.io" in outlet.html("about/").select("main")[0].get_text()
    assert "plausible.io" not in outlet.html("privacy/").select("main")[0].get_text()
    (outlet.content / "pages/privacy.md").unlink()
    told = outlet.rebuild(production=True, settings={"STATISTICS": PLAUSIBLE})
    assert 'STATISTICS, the link "privacy/" leads to nothing' in told


def test_the_policy_names_the_service_and_no_more() -> None:
    for path, usual in (("index.html", PAGE), ("search/index.html", SEARCH)):
        assert headers_of(path, has_fonts=False)["Content-Security-Policy"] == usual
        sent = headers_of(
            path,
            has_fonts=False,
            allowed=Allowed(origins=tuple(allowed(convert(MATOMO, Statistics)))),
        )["Content-Security-Policy"]
        changed = set(sent.split("; ")) - set(usual.split("; "))
        assert {each.partition(" ")[0] for each in changed} == {
            "script-src",
            "img-src",
            "connect-src",
        }
        assert all("'self' https://count.example" in each for each in changed)
        sent = headers_of(
            path,
            has_fonts=False,
            allowed=Allowed(
                origins=tuple(allowed(convert(GOATCOUNTER | {"picture": True}, Statistics)))
            ),
        )["Content-Security-Policy"]
        assert set(sent.split("; ")) - set(usual.split("; ")) == {
            "img-src 'self' https://halyard.goatcounter.com"
        }
    assert not [*allowed(None)]
