"""The round-up where it is read: its mail in the widths of mail programs, and its page, both
without JavaScript.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from broadside.config.options import Options
from broadside.plugins.roundup.command.making import Request, make
from broadside.plugins.roundup.mail import mail_of
from broadside.plugins.styleguide.command.stage import drawing
from tests.plugins.roundup.making import STAGE, TEMPLATES, letter, story
from tests.repository import PROJECT
from tests.sample import NOW

pytestmark = pytest.mark.browser

WIDTHS = (320, 375, 600)
each_width = pytest.mark.parametrize("width", WIDTHS)
each_scheme = pytest.mark.parametrize("scheme", ["light", "dark"])
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
TOO_WIDE = (
    "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right >"
    " innerWidth + 1).length"
)
CONTRAST = """
() => {
  const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = numbers(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let least = 21;
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || parent.closest('style, [style*="display:none"]')) continue;
    const pair = [numbers(getComputedStyle(parent).color), behind(parent)].map(light).sort((a, b) => b - a);
    least = Math.min(least, (pair[0] + .05) / (pair[1] + .05));
  }
  return least;
}
"""
"""The least contrast that a word of the page has with what is behind it."""


@pytest.fixture(scope="module")
def demo_mail(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The HTML of the demo's newest round-up."""
    folder = tmp_path_factory.mktemp("mail")
    make(
        Options(content=str(PROJECT / "content"), now=NOW, production=True), Request(to=str(folder))
    )
    return Path(folder / "roundup.html").read_text("utf-8")


def awkward_mail() -> str:
    """A mail of a headline without a space, of one of forty words, and of one in Arabic."""
    day = story().date
    stories = [
        story(STAGE.unbroken, 19, dek=STAGE.unbroken, photo=STAGE.photo("tall")),
        story(STAGE.forty_words, 18),
        STAGE.arabic_story(date=day, teaser=""),
    ]
    return mail_of(
        letter(*stories, title=STAGE.unbroken, note=f"<{STAGE.unbroken}>\n\n`{'x' * 90}`"),
        TEMPLATES,
    )[1]


def opened(browser: Any, html: str, width: int, scheme: str = "light") -> tuple[Any, list[str]]:
    """The mail in a window of a width, and what it asked for."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=False
    )
    asked: list[str] = []

    def answer(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(body=drawing("wide"), content_type="image/svg+xml")

    page = context.new_page()
    page.route("**/*", answer)
    page.set_content(html, wait_until="load")
    return page, asked


@each_width
def test_the_mail_fits_and_loads_its_one_picture(browser: Any, demo_mail: str, width: int) -> None:
    page, asked = opened(browser, demo_mail, width)
    assert not page.evaluate(WIDE)
    assert page.evaluate(TOO_WIDE) == 0
    assert [each.startswith("https://halyard.example/photos/") for each in asked] == [True]
    assert page.locator("img").get_attribute("alt")
    assert page.locator("h1").inner_text() == "Who is supposed to look after it?"
    for link in page.locator("a").all():
        assert link.get_attribute("href").startswith(
            ("https://halyard.example/", "{{ unsubscribe_url }}")
        )
    page.context.close()


@each_width
def test_an_awkward_mail_fits_too(browser: Any, width: int) -> None:
    page, _ = opened(browser, awkward_mail(), width)
    assert not page.evaluate(WIDE)
    assert page.evaluate(TOO_WIDE) == 0
    page.context.close()


@each_scheme
def test_the_mail_can_be_read_in_light_and_in_the_dark(
    browser: Any, demo_mail: str, scheme: str
) -> None:
    page, _ = opened(browser, demo_mail, 600, scheme)
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == ("rgb(17, 22, 26)" if scheme == "dark" else "rgb(255, 255, 255)")
    assert page.evaluate(CONTRAST) >= 4.5
    page.context.close()


@pytest.mark.parametrize("path", ["roundup/", "roundup/2026-11-20/", "roundup/2026-07-24/"])
@pytest.mark.parametrize("width", [*WIDTHS, 1280])
def test_its_page_fits_without_javascript(visit: Any, demo: str, path: str, width: int) -> None:
    trip = visit(demo, java_script_enabled=False, viewport={"width": width, "height": 800})
    page = trip.to(path)
    assert not page.evaluate(WIDE)
    assert page.locator("h1").count() == 1
    assert all(image.get_attribute("alt") for image in page.locator("img").all())
    assert trip.outside == []


def test_a_reader_finds_past_round_ups_and_their_stories(visit: Any, demo: str) -> None:
    page = visit(demo, java_script_enabled=False).to("")
    page.get_by_role("link", name="Past round-ups").first.click()
    page.get_by_role("link", name="Who is supposed to look after it?").click()
    page.get_by_role("link", name="a ship that mends the Baltic’s cables").click()
    page.locator("h1", has_text="The sea floor has no police").wait_for()
