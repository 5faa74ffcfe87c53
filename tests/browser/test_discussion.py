"""How many replies a story has elsewhere is asked on request, of a server here, under the policy of
the live site.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from broadside.plugins.discussion.threads import allowed
from broadside.publish.headers import Allowed
from tests.browser.conftest import guarded, served
from tests.sample import Outlet

pytestmark = pytest.mark.browser

MASTODON, BLUESKY = (
    "https://social.example/@halyard/1156402",
    "https://bsky.app/profile/halyard.example/post/3l",
)
ASKED = {
    "https://social.example/api/v1/statuses/1156402": {"replies_count": 1204},
    "https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread?depth=0&parentHeight=0&uri=at://halyard.example/app.bsky.feed.post/3l": {
        "thread": {"post": {"replyCount": 7}}
    },
}
"""What the two servers answer."""
COUNTED = ["social.example", "bsky.app"]
LIVE = guarded(Allowed(origins=tuple(allowed(COUNTED))))


@pytest.fixture(scope="module")
def discussed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a story that is discussed in two places that may be asked, and in one that may
    not.
    """
    outlet = Outlet(tmp_path_factory.mktemp("discussed"))
    outlet.story(discussion=[MASTODON, BLUESKY, "https://forum.example/t/ferries/12"])
    assert "published," in outlet.rebuild(settings={"COUNT_REPLIES": COUNTED})
    return outlet.output


@pytest.mark.parametrize(
    ("status", "instead", "counts"),
    [
        (200, None, ["1,204", "7"]),
        (503, None, ["?", "?"]),
        (200, "busy", ["?", "?"]),
        (200, '{"replies_count": "<b>many</b>"}', ["?", "?"]),
        (200, '{"replies_count": -1}', ["?", "?"]),
        (200, '{"replies_count": 1e308}', ["?", "?"]),
    ],
)
def test_replies_are_counted_when_a_reader_asks_and_not_before(
    visit: Any, discussed: Path, status: int, instead: str | None, counts: list[str]
) -> None:
    body = (
        [json.dumps(found) for found in ASKED.values()]
        if instead is None
        else [instead] * len(ASKED)
    )
    answers = dict(zip(ASKED, body, strict=True))
    waiting: list[Any] = []
    with served(discussed, LIVE) as base:
        trip = visit(base)
        trip.context.route("https://*/**", lambda route: waiting.append(route))  # noqa: PLW0108 -- it must be a function in Python
        page = trip.to("2026/11/a-story/")
        button = page.get_by_role("button", name="Count the replies")
        button.scroll_into_view_if_needed()
        assert not waiting
        button.focus()
        page.keyboard.press("Enter")
        page.locator("output", has_text="…").nth(1).wait_for()
        page.keyboard.press("Enter")  # which asks nothing more
        page.wait_for_timeout(100)
        asked = [route.request for route in waiting]
        assert sorted(request.url for request in asked) == sorted(ASKED)
        assert not any(
            "referer" in request.headers or "cookie" in request.headers for request in asked
        )
        for route in waiting:
            route.fulfill(
                body=answers[route.request.url],
                status=status,
                headers={"Access-Control-Allow-Origin": "*"},
            )
        page.locator(".discussion", has_not_text="…").wait_for()
        told = zip(("Mastodon", "Bluesky"), counts, strict=True)
        output = page.locator(".discussion output")
        assert output.all_inner_texts() == [f"{place} (replies: {count})" for place, count in told]
        assert not [error for error in trip.errors if "503" not in error]


def test_without_a_script_there_are_the_links_alone(visit: Any, discussed: Path) -> None:
    with served(discussed, LIVE) as base:
        page = visit(base, java_script_enabled=False).to("2026/11/a-story/")
        assert not page.get_by_role("button", name="Count the replies").is_visible()
        assert page.locator(".discussion a").count() == 3
