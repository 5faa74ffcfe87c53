"""The call for support on real sites: where it is, in whose words, and until when."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checkout import NO_LINKS, checkout
from tests.sample import Outlet, front

CAMPAIGNS = """\
- title: An appeal for the winter
  text: It's cold.
  since: 2026-12-01
  until: 2027-01-01T12:00
- title: Another
  text: Later in the file.
  since: 2026-12-20
"""


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """An outlet with the demo's settings, in which support is given with a form."""
    outlet = Outlet(tmp_path_factory.mktemp("support"))
    outlet.story("asks")
    outlet.story("silent", support="no")
    outlet.story("paid", sponsor="Northwind")
    outlet.story("moved-on", status="withdrawn")
    outlet.write("support.yml", CAMPAIGNS)
    assert "published," in outlet.rebuild(production=True)
    return outlet


def call_in(outlet: Outlet, path: str) -> str:
    found = outlet.html(path).select(".story-foot .support-call")
    return found[0].h2.get_text() if found and found[0].h2 else ""


def test_it_is_below_each_story_that_does_not_say_no_and_nowhere_else(asking: Outlet) -> None:
    assert call_in(asking, "2026/11/asks/") == "Nobody pays to read Halyard"
    showing = {
        name
        for name, data in asking.files().items()
        if b"support-call" in data and name.endswith(".html")
    }
    assert showing == {"2026/11/asks/index.html"}
    saying = {name for name, data in asking.files().items() if b"Nobody pays to read" in data}
    assert saying == showing | {"support/index.html"}, (
        "no feed, copy, stream or index of words has it"
    )


def test_every_page_leads_to_the_page_with_the_form(asking: Outlet) -> None:
    for path in ("", "2026/11/asks/", "404.html", "support/"):
        assert [link["href"] for link in asking.html(path).select(".utility-support")] == [
            "/support/"
        ]
    monthly, once = asking.html("support/").select("main form")
    for form, values, hidden in (
        (monthly, ["3", "5", "15"], {"fund": "halyard-general", "interval": "month"}),
        (once, ["10", "25", "50"], {"fund": "halyard-general"}),
    ):
        assert str(form["action"]).startswith("https://")
        assert {
            field["name"]: field["value"] for field in form.select("input[type=hidden]")
        } == hidden
        assert [button["value"] for button in form.select("button[name=amount]")] == values
    assert (asking.output / "sitemaps/pages.xml").read_text().count("/support/<") == 1


def test_a_campaign_has_its_time(asking: Outlet, tmp_path: Path) -> None:
    outlet = asking.copy(tmp_path)
    for now, title in (
        ("2026-11-30T23:59", "Nobody pays to read Halyard"),
        ("2026-12-01T00:00", "An appeal for the winter"),
        ("2027-01-01T12:00", "Another"),
    ):
        assert "published," in outlet.rebuild(now=now)
        assert call_in(outlet, "2026/11/asks/") == title
        page = outlet.html("support/")
        assert page.select("h1")[0].get_text() == title
        assert "Nobody pays to read Halyard" in page.get_text()


def test_a_link_leads_to_the_provider_and_an_entry_of_ones_own_takes_the_place_of_the_heads(
    tmp_path: Path,
) -> None:
    setting = {
        "url": "https://give.example/?a=1&b=2",
        "title": "T",
        "text": "It's <b>.",
        "button": "Give",
    }
    own = {"MENUITEMS": ["sections"], "LINKS": [("Give", "apoyo/")], "FOOTER_LINKS": []}
    outlet = Outlet(tmp_path)
    outlet.story("asks")
    assert "published," in outlet.rebuild(
        settings=own | {"SUPPORT_URL": "apoyo/", "SUPPORT": setting}
    )
    story = outlet.html("2026/11/asks/")
    assert [link["href"] for link in story.select(".support-call a")] == [setting["url"]]
    assert "It’s <b>." in story.select(".support-call p")[0].get_text()
    assert [link["href"] for link in story.select(".utility a")] == ["/apoyo/"]
    page = outlet.html("apoyo/")
    assert not page.select("main form")
    assert [link["href"] for link in page.select("main a")] == [setting["url"]]


def test_without_the_setting_nothing_is_there_and_campaigns_are_told(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path, checkout(tmp_path / "project", f"{NO_LINKS}\nSUPPORT = None"))
    outlet.story("asks")
    outlet.page("support")  # an address that is free
    outlet.write("support.yml", CAMPAIGNS)
    done = outlet.build()
    assert done.returncode == 0, done.stderr
    assert "support.yml:1: warning: no-support" in done.stderr + done.stdout
    assert not outlet.html("2026/11/asks/").select(".support-call, .utility-support")
    assert "Text." in outlet.html("support/").get_text()


def test_a_page_of_ones_own_at_the_address_is_the_pages_text_and_a_second_is_a_fault(
    tmp_path: Path,
) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("asks")
    outlet.page("support", title="Pay for a ticket")
    outlet.page("newsletter", title="Ten minutes")
    assert "published," in outlet.rebuild()
    for path, title in (("support/", "Pay for a ticket"), ("newsletter/", "Ten minutes")):
        page = outlet.html(path)
        assert page.select("h1")[0].get_text() == title
        assert "Text." in page.select(".story-body")[0].get_text()
        assert page.select("main form"), "the form is there too"
    (outlet.content / "pages/another.md").write_text(
        front({"title": "Another", "slug": "support"}) + "Text.\n"
    )
    done = outlet.build()
    assert done.returncode == 1
    assert "same-address" in done.stderr + done.stdout
