"""The threads in which a story is discussed, named at its foot."""

from __future__ import annotations

from pathlib import Path

from tests.sample import Outlet

MASTODON, BLUESKY = (
    "https://social.example/@halyard/1156402",
    "https://bsky.app/profile/halyard.example/post/3l",
)


def test_links_lead_to_the_threads_by_the_name_of_their_network_or_host(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("one", discussion=MASTODON)
    outlet.story("two", discussion=[BLUESKY, "https://www.forum.example/t/ferries/12"])
    outlet.story("french", discussion=MASTODON, lang="fr")
    outlet.story("none")
    assert "published," in outlet.rebuild()

    def told(slug: str) -> list[str]:
        return [
            each.get_text(" ", strip=True)
            for each in outlet.html(f"2026/11/{slug}/").select(".discussion")
        ]

    assert told("one") == ["Discuss this story on Mastodon"]
    assert told("two") == ["Discuss this story on Bluesky and forum.example"]
    assert "Mastodon" in told("french")[0]
    assert told("none") == []
    links = outlet.html("2026/11/one/").select(".story-foot .discussion a")
    assert [each["href"] for each in links] == [MASTODON]


def test_only_stories_whose_replies_can_be_counted_have_what_counts_them(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("one", discussion=[MASTODON, "https://other.example/@halyard/2"])
    outlet.story("two", discussion=f"{BLUESKY}/likes")
    outlet.story("none")

    def extra(slug: str) -> list[str]:
        return [
            str(each["src"])
            for each in outlet.html(f"2026/11/{slug}/").select("script[src*=discussion]")
        ]

    outlet.rebuild(settings={"COUNT_REPLIES": ["social.example", "bsky.app"]})
    asked = [each["data-count"] for each in outlet.html("2026/11/one/").select("output")]
    assert asked == ["https://social.example/api/v1/statuses/1156402"]
    assert len(extra("one")) == 1
    assert not outlet.html("2026/11/two/").select("button[hidden]")
    assert not extra("two") + extra("none")
    outlet.rebuild(settings={"COUNT_REPLIES": []})
    assert not extra("one")
    assert not outlet.html("2026/11/one/").select("output, .discussion button")
    assert not [*outlet.output.glob("theme/discussion*")]
