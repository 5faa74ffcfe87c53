"""Films on pages, in feeds, in copies for other outlets and for search engines, with stills that
are photos of the outlet.
"""

from __future__ import annotations

import json
import re

import pytest

from tests.sample import Outlet

# EMBEDS of this repository names the host
ADDRESS = "https://tube.halyard.example/w/8vKqYb3nDw5RzT2mXcJ7Ls"
FILM = f"[!video] [How a *buoy* is laid]({ADDRESS})"
STILL = '{still="photos/still.jpg" credit="A. Person/Agency" redistribute="yes"}'
PLAYER = "https://tube.halyard.example/videos/embed/8vKqYb3nDw5RzT2mXcJ7Ls?p2p=0"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """An outlet with films wherever there may be one; look, but change nothing."""
    outlet = Outlet(tmp_path_factory.mktemp("films"))
    outlet.photo("still.jpg", size=(640, 360))
    outlet.story(body=f"Words.\n\n{FILM}{STILL}\n\nMore words.")
    outlet.story("kept", body=f"Words.\n\n{FILM}{STILL.replace('yes', 'no')}")
    outlet.story(
        "elsewhere", body=f"Words.\n\n[!video] [A film](https://vimeo.com/76979871){STILL}"
    )
    outlet.story("other", section="Asia", date="2026-11-19T09:00")
    outlet.page("about", f"Words.\n\n{FILM}{STILL}\n")
    outlet.write(
        "series/buoys.md", f"---\nname: Buoys\nstories: [other]\n---\nWords.\n\n{FILM}{STILL}\n"
    )
    assert "published," in outlet.rebuild()
    return outlet


def test_a_film_is_shown_wherever_its_story_is(made: Outlet) -> None:
    page = made.html("2026/11/a-story/")
    card = page.select_one(".story-main > .story-body figure.embed")
    assert card
    assert (image := card.select_one("img"))
    assert image["alt"] == ""
    assert (button := card.select_one("button[hidden]"))
    assert button["data-player"] == PLAYER
    assert (credit := card.select_one(".credit"))
    assert credit.get_text() == "A. Person/Agency"
    assert page.select("link[href*='/theme/film-']")
    assert page.select("script[src*='/theme/film-']")
    (told,) = [
        json.loads(each.string or "") for each in page.select("script[type='application/ld+json']")
    ][:1]
    (video,) = (told[0] if isinstance(told, list) else told)["video"]
    assert (video["name"], video["url"], video["embedUrl"]) == (
        "How a buoy is laid",
        ADDRESS,
        PLAYER,
    )
    assert video["thumbnailUrl"].startswith("http")
    assert video["thumbnailUrl"].endswith(str(image["src"]))
    assert "uploadDate" not in video
    for path in ("about/", "series/buoys/"):
        plain = made.html(path)
        assert plain.select(".embed button[data-player]"), path
        assert plain.select("link[href*='/theme/film-']"), path
        assert plain.select("script[src*='/theme/film-']"), path


def test_elsewhere_it_is_a_link_with_its_still(made: Outlet) -> None:
    items = json.loads((made.output / "feed.json").read_bytes())["items"]
    (html,) = [item["content_html"] for item in items if item["title"].endswith("a-story")]
    assert "button" not in html
    assert f'href="{ADDRESS}"' in html
    assert "/photos/still-" in html
    copy = made.html("2026/11/a-story/republish/").select_one("textarea")
    assert copy
    assert ADDRESS in copy.get_text()
    assert "<img src=" in copy.get_text()
    assert "button" not in copy.get_text()
    assert (made.output / "sitemap.xml").is_file()
    maps = b"".join(each.read_bytes() for each in made.output.rglob("sitemap*/*.xml"))
    assert b"/photos/still-" in maps
    copy = made.html("2026/11/kept/republish/").select_one("textarea")
    assert copy
    assert ADDRESS in copy.get_text()
    assert "<img" not in copy.get_text()


def test_no_page_without_one_pays_for_it(built: Outlet) -> None:
    for path in ("", "2026/11/cables/", "latest/"):
        assert not re.search("film-|embed", str(built.html(path))), path


def test_a_film_of_another_provider_stays_a_link(made: Outlet) -> None:
    card = made.html("2026/11/elsewhere/").select_one(".story-main > .story-body figure.embed")
    assert card
    assert card.select("a[href='https://vimeo.com/76979871']")
    assert card.select("img")
    assert not card.select("button")
