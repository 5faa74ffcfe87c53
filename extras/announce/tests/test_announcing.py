"""New stories are announced once, whatever fails or changes meanwhile: against servers with the
interfaces of the real ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl

import pytest
from invoke.context import Context
from msgspec import structs
from PIL import Image

from broadside.atproto import record_key
from broadside.build.release import Head
from broadside.commands import publishing
from broadside.publish.api import ServiceRefused
from broadside.settings import Settings
from broadside_announce import announcing
from broadside_announce.announcing import (
    BLUESKY_MOST,
    PAGES,
    Bluesky,
    Mastodon,
    NewStory,
    NotAnnounced,
    accounts,
    announce,
    shortened,
    words_of,
)
from tests.publish.services import DID, PASSWORD, TOKEN, Services, services
from tests.sample import HARBOUR, Outlet

BUILT = "2026-11-25T09:00:00+00:00"


STORY = NewStory(
    "https://x.test/1/", "https://x.test/2/", "A", "B", "en", datetime(2026, 11, 25, tzinfo=UTC)
)


@pytest.fixture(scope="module")
def empty() -> Iterator[Services]:
    with services() as state:
        yield state


@pytest.fixture
def served(empty: Services) -> Services:
    """Services that know of nothing yet."""
    vars(empty).update(vars(Services(empty.url)))
    return empty


@pytest.fixture
def where(served: Services, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("MASTODON_TOKEN", TOKEN)
    monkeypatch.setenv("BLUESKY_PASSWORD", PASSWORD)
    monkeypatch.setattr(announcing, "PAUSE", 0)
    return {
        "mastodon": {"server": served.url},
        "bluesky": {"server": served.url, "handle": "halyard.test"},
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, empty: Services) -> Outlet:
    """A story of two months ago and two that came out today, one of them with a picture."""
    made = Outlet(tmp_path_factory.mktemp("announced"))
    made.photo("harbour.jpg")
    made.story("old", date="2026-09-25T08:00")
    made.story("first", date="2026-11-25T07:00", **HARBOUR)
    made.story("second", date="2026-11-25T08:00", lang="fr", headlines={"social": "For a link"})
    build(made, empty)
    return made


@pytest.fixture
def outlet(built: Outlet, tmp_path: Path, served: Services) -> Outlet:
    """The same, for a test to change; all of it is live."""
    made = built.copy(tmp_path)
    served.live = made.output
    return made


def build(outlet: Outlet, served: Services) -> None:
    outlet.rebuild(production=True, siteurl=served.url)


def run(outlet: Outlet, served: Services, where: Mapping[str, Any], *, dry: bool = False) -> str:
    head = Head("0" * 33, BUILT, siteurl=served.url)
    return announce(outlet.output, head, accounts(where), dry=dry)


def test_each_new_story_is_announced_once_with_its_card_and_alt_text(
    outlet: Outlet, served: Services, where: dict[str, Any]
) -> None:
    run(outlet, served, where, dry=True)
    assert (served.posts, served.records) == ([], {})
    run(outlet, served, where)
    assert [post["text"].split("\n")[0] for post in served.posts] == [
        "Headline of first",
        "For a link",
    ]
    assert [post["form"]["language"] for post in served.posts] == [["en"], ["fr"]]
    assert served.posts[0]["text"].endswith(f"{served.url}/2026/11/first/")
    media = served.media[served.posts[0]["form"]["media_ids[]"][0]]
    assert media["alt"]
    assert media["bytes"] == card_of(outlet, "first")
    first, second = served.records.values()
    assert first["embed"]["external"]["uri"] == f"{served.url}/2026/11/first/"
    assert (first["text"], second["langs"]) == ("Dek of first.", ["fr"])
    assert first["embed"]["external"]["thumb"]["mimeType"] == "image/jpeg"
    assert card_of(outlet, "first") in served.blobs
    run(outlet, served, where)
    assert (len(served.posts), len(served.records)) == (2, 2)


def card_of(outlet: Outlet, slug: str) -> bytes:
    page = outlet.html(f"2026/11/{slug}/")
    (url,) = [str(tag["content"]) for tag in page.select('meta[property="og:image"]')]
    return (outlet.output / url.split("/", 3)[3]).read_bytes()


def test_a_new_headline_or_address_does_not_make_a_story_new(
    outlet: Outlet, served: Services, where: dict[str, Any]
) -> None:
    run(outlet, served, where)
    (outlet.content / "articles/first.md").unlink()
    outlet.story(
        "another", date="2026-11-25T07:00", title="Another", redirect_from=["/2026/11/first/"]
    )
    build(outlet, served)
    run(outlet, served, where)
    assert (len(served.posts), len(served.records)) == (2, 2)


def test_what_one_service_refused_is_announced_there_by_the_next_run(
    outlet: Outlet, served: Services, where: dict[str, Any]
) -> None:
    served.instead = {"/api/v1/statuses": (503, None)}
    with pytest.raises(NotAnnounced, match="503"):
        run(outlet, served, where)
    assert (len(served.posts), len(served.records)) == (0, 2)
    served.instead = {}
    run(outlet, served, where)
    assert (len(served.posts), len(served.records)) == (2, 2)


def test_two_machines_that_announce_at_once_make_one_post(
    outlet: Outlet, served: Services, where: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadside_announce.announcing.Mastodon.announced", lambda *_: set())
    monkeypatch.setattr("broadside_announce.announcing.Bluesky.announced", lambda *_: set())
    run(outlet, served, where)
    with pytest.raises(NotAnnounced, match="exists"):
        run(outlet, served, where)
    assert (len(served.posts), len(served.records)) == (2, 2)


def test_an_account_with_many_posts_since_is_read_to_the_hour_of_the_stories(
    outlet: Outlet, served: Services, where: dict[str, Any]
) -> None:
    run(outlet, served, where)
    served.page = 2
    served.posts += [
        {
            "id": str(at),
            "created_at": "2026-11-25T08:30:00Z",
            "content": "<p>Hello</p>",
            "card": None,
        }
        for at in range(3, 9)
    ]
    run(outlet, served, where)
    assert len(served.posts) == 8


def test_a_server_that_lists_the_same_posts_again_is_an_error_for_what_is_older_is_not_known(
    served: Services,
) -> None:
    served.posts = [
        {
            "id": str(at),
            "created_at": "2026-11-25T08:30:00Z",
            "content": "<p>Hello</p>",
            "card": None,
        }
        for at in (1, 2)
    ]
    assert Mastodon(served.url, TOKEN).announced([STORY]) == set()
    served.forgets = True
    with pytest.raises(ServiceRefused, match="older posts"):
        Mastodon(served.url, TOKEN).announced([STORY])


def test_a_server_that_always_has_older_posts_is_not_asked_without_end(
    served: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def another(asked: Mapping[str, str]) -> list[dict[str, Any]]:
        number = int(asked.get("max_id", 10**9)) - 1
        return [
            {"id": str(number), "created_at": "2026-11-25T08:30:00Z", "content": "<p>Hello</p>"}
        ]

    asked = []

    def answer(target: str, headers: object, data: object) -> tuple[int, object]:
        path, _, query = target.partition("?")
        asked.append(path)
        return 200, another(dict(parse_qsl(query))) if path.endswith("/statuses") else {"id": "7"}

    monkeypatch.setattr(served, "answer", answer)
    with pytest.raises(ServiceRefused, match="older posts"):
        Mastodon(served.url, TOKEN).announced([STORY])
    assert len(asked) == 1 + PAGES


@pytest.mark.parametrize(
    "value", [None, [], {}, "text", b"<!doctype html>", [None], [{"id": 7}], {"id": None}]
)
@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/accounts/verify",
        "/api/v1/accounts/7/",
        "/api/v1/statuses",
        "/api/v2/media",
        "/api/v1/media",
    ]
    + [
        f"/xrpc/com.atproto.{name}"
        for name in ("server", "repo.getRecord", "repo.uploadBlob", "repo.createRecord")
    ],
)
def test_an_answer_of_another_kind_is_an_error_that_names_the_service(
    served: Services, tmp_path: Path, path: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcing, "PAUSE", 0)
    Image.new("RGB", (9, 9)).save(card := tmp_path / "card.png")
    account = (
        Bluesky(served.url, "halyard.test", PASSWORD)
        if "xrpc" in path
        else Mastodon(served.url, TOKEN)
    )
    served.instead = {path: (200, value)}
    if value == [] and path == "/api/v1/accounts/7/":
        assert account.announced([STORY]) == set(), "an account without posts"
    else:
        story = structs.replace(STORY, card=card)
        with pytest.raises(ServiceRefused, match=f"{served.url}.* does not answer as it should"):
            [account.announced([story]), account.announce(story)]


def test_the_command_signs_in_to_an_account_once(
    outlet: Outlet, served: Services, where: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    where["bluesky"]["did"] = DID
    outlet.rebuild(production=True, siteurl=served.url, settings={"ANNOUNCE": where})
    asked: list[str] = []
    answer = served.answer

    def noted(target: str, headers: dict[str, str], data: bytes) -> tuple[int, object]:
        asked.append(target)
        return answer(target, headers, data)

    monkeypatch.setattr(served, "answer", noted)
    monkeypatch.setattr(
        "broadside_announce.command.settings_in", lambda *_, **__: Settings({"ANNOUNCE": where})
    )
    head = Head("0" * 33, BUILT, siteurl=served.url)
    monkeypatch.setattr(
        "broadside_announce.command.ready", lambda *_, **__: SimpleNamespace(head=head)
    )
    publishing.announce(Context(), str(outlet.output), str(outlet.content))
    assert (len(served.posts), len(served.records)) == (2, 2)
    assert served.documents, "what it is asked for last"
    assert [target.endswith("createSession") for target in asked].count(True) == 1


def test_a_story_that_readers_cannot_open_is_not_announced(
    outlet: Outlet, served: Services, where: dict[str, Any]
) -> None:
    (outlet.output / "2026/11/first/index.html").rename(outlet.output / "2026/11/first/kept.html")
    served.live = outlet.path / "live"
    (served.live / "2026/11/second").mkdir(parents=True)
    (served.live / "2026/11/second/index.html").write_text("")
    (outlet.output / "2026/11/first/kept.html").rename(outlet.output / "2026/11/first/index.html")
    with pytest.raises(NotAnnounced, match="404"):
        run(outlet, served, where)
    assert [post["text"].split("\n")[0] for post in served.posts] == ["For a link"]


def test_drafts_held_and_hidden_stories_are_not_announced(
    outlet: Outlet, served: Services, where: dict[str, Any]
) -> None:
    for slug, more in (
        ("draft", {"status": "draft"}),
        ("hidden", {"status": "hidden"}),
        ("held", {}),
    ):
        outlet.story(
            slug, date="2026-11-26T08:00" if slug == "held" else "2026-11-25T08:00", **more
        )
    build(outlet, served)
    run(outlet, served, where)
    assert len(served.posts) == 2


@pytest.mark.parametrize("missing", ["MASTODON_TOKEN", "BLUESKY_PASSWORD"])
def test_a_secret_that_is_missing_or_wrong_is_told(
    outlet: Outlet,
    served: Services,
    where: dict[str, Any],
    missing: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(missing)
    with pytest.raises(NotAnnounced, match=missing):
        run(outlet, served, where)
    monkeypatch.setenv(missing, "wrong")
    with pytest.raises(NotAnnounced, match="401"):
        run(outlet, served, where)


def test_posts_fit_and_keys_are_stable() -> None:
    story = NewStory(
        "https://x.test/1/",
        "https://x.test/2/",
        "Long " * 200,
        "Dek " * 200,
        "en",
        datetime.now(UTC),
    )
    text, _, url = words_of(story).rpartition("\n\n")
    assert (len(text) + 2 + 23 <= 500, url) == (True, story.url)
    assert len(shortened(story.dek, BLUESKY_MOST)) <= BLUESKY_MOST
    assert re.fullmatch("[234567abcdefghij][2-7a-z]{12}", record_key(story.id))


def test_the_command_needs_a_site_and_an_account(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story()
    done = outlet.run("announce", "--output", str(outlet.output), "--content", str(outlet.content))
    assert (done.returncode, "./inv build --production" in done.stderr + done.stdout) == (1, True)
    outlet.rebuild(production=True, siteurl="https://halyard.test")
    done = outlet.run("announce", "--output", str(outlet.output), "--content", str(outlet.content))
    assert (done.returncode, "ANNOUNCE" in done.stderr + done.stdout) == (1, True)
