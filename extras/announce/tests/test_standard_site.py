"""An account on the AT Protocol has a record for each story, against a server with the interface of
the real one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from broadside.publish.api import ServiceRefused
from broadside_announce import standard_site
from broadside_announce.announcing import Bluesky
from broadside_announce.standard_site import keep_records
from tests.publish.services import DID, PASSWORD, Services, services
from tests.sample import Outlet

SITE = "https://halyard.test"
REQUIRED = {
    "site.standard.publication": {"url", "name"},
    "site.standard.document": {"site", "title", "publishedAt"},
}
"""What the lexicons require."""
NOTE = {"date": "2026-11-22", "type": "correction", "text": "It was five."}
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
FORMS = {
    "$type": r"site\.standard\.\w+",
    "url": r"https://[^/\s]+(/\S+)?(?<!/)",
    "name": r".{1,500}",
    "site": r"(at|https)://\S+(?<!/)",
    "path": r"/\S*",
    "title": r".{1,500}",
    "description": r".{1,3000}",
    "publishedAt": MOMENT,
    "updatedAt": MOMENT,
    "tags": r".{1,128}",
}
"""The form that the lexicons (at://standard.site, 2026) give each value, or each item of a list."""


@pytest.fixture(scope="module")
def served() -> Iterator[Services]:
    with services() as state:
        yield state


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    made = Outlet(tmp_path_factory.mktemp("documents"))
    made.story("first", topics=["NATO"])
    made.story("second", date="2026-11-20T08:00")
    made.story("third", date="2026-11-20T07:00", dek="Words. " * 40, corrections=[NOTE])
    made.story("elsewhere", canonical="https://other.test/x/")
    made.story("held", date="2027-01-01T08:00")
    build(made)
    return made


@pytest.fixture
def outlet(built: Outlet, tmp_path: Path, served: Services) -> Outlet:
    served.documents = {}
    return built.copy(tmp_path)


def build(outlet: Outlet, did: str = DID) -> None:
    account: dict[str, Any] = {"handle": "halyard.test", "did": did}
    assert "published, " in outlet.rebuild(
        siteurl=SITE, production=True, settings={"ANNOUNCE": {"bluesky": account}}
    )


def keep(outlet: Outlet, served: Services, *, dry: bool = False) -> list[str]:
    return keep_records(outlet.output, Bluesky(served.url, "halyard.test", PASSWORD), dry=dry)


def documents(served: Services) -> dict[str, tuple[str, dict[str, Any]]]:
    """The documents by the last part of their path, each with its address."""
    return {
        found["path"].split("/")[-2]: (uri, found)
        for uri, found in served.documents.items()
        if "path" in found
    }


def test_each_story_has_a_record_that_its_page_names(outlet: Outlet, served: Services) -> None:
    keep(outlet, served, dry=True)
    assert served.documents == {}
    keep(outlet, served)
    for uri, record in served.documents.items():
        assert re.fullmatch(rf"at://{DID}/{record['$type']}/[234567abcdefghij][2-7a-z]{{12}}", uri)
        assert REQUIRED[record["$type"]] <= record.keys() <= FORMS.keys()
        for key, value in record.items():
            assert isinstance(value, list) == (key == "tags")
            assert all(
                re.fullmatch(FORMS[key], each) for each in (value if key == "tags" else [value])
            ), (key, value)
    assert documents(served).keys() == {"first", "second", "third"}
    publication = (outlet.output / ".well-known/site.standard.publication").read_text()
    assert served.documents[publication]["url"] == SITE
    for slug, (uri, record) in documents(served).items():
        assert record["site"] == publication
        assert datetime.fromisoformat(record["publishedAt"]).tzinfo
        links = {
            str(link["rel"][0]): link["href"]
            for link in outlet.html(f"2026/11/{slug}/").select("link[href^='at:']")
        }
        assert links == {"site.standard.publication": publication, "site.standard.document": uri}
    assert documents(served)["first"][1]["tags"] == ["NATO"]
    assert not outlet.html("2026/11/elsewhere/").select("link[href^='at:']")


def test_records_follow_stories_that_are_corrected_moved_or_withdrawn(
    outlet: Outlet, served: Services
) -> None:
    keep(outlet, served)
    before = documents(served)
    other = f"at://{DID}/site.standard.document/of-another-publication"
    served.documents[other] = {
        "site": "at://other/site.standard.publication/x",
        "title": "Not ours",
    }
    outlet.story("first", topics=["NATO"], corrections=[NOTE])
    (outlet.content / "articles/second.md").unlink()
    outlet.story("moved", date="2026-11-20T08:00", redirect_from=["/2026/11/second/"])
    (outlet.content / "articles/third.md").unlink()
    build(outlet)
    keep(outlet, served)
    now = documents(served)
    assert now.keys() == {"first", "moved"}
    assert now["moved"][0] == before["second"][0]
    assert now["first"][1]["updatedAt"] > before["first"][1]["publishedAt"]
    assert other in served.documents
    held = dict(served.documents)
    keep(outlet, served)
    assert served.documents == held


def test_nothing_is_written_into_another_account_or_without_a_did(
    outlet: Outlet, served: Services
) -> None:
    build(outlet, "did:web:other.test")
    with pytest.raises(ServiceRefused, match=r"did:web:other\.test"):
        keep(outlet, served)
    outlet.rebuild(siteurl=SITE, production=True)
    assert keep(outlet, served) == []
    assert not list(outlet.output.glob(".well-known/*"))
    assert served.documents == {}


@pytest.mark.parametrize(
    "uri",
    [
        "at://did:plc:somebodyelse/site.standard.document/3kaaaaaaaaaaa",
        f"at://{DID}/app.bsky.feed.post/3kaaaaaaaaaaa",
        f"at://{DID}/site.standard.document/a/b",
        f"at://{DID}/site.standard.document/",
        f"at://{DID}/site.standard.document/.",
        f"at://{DID}/site.standard.document/..",
        "3kaaaaaaaaaaa",
        "",
    ],
)
def test_a_record_that_cannot_be_the_accounts_is_an_error_and_nothing_is_deleted(
    outlet: Outlet, served: Services, monkeypatch: pytest.MonkeyPatch, uri: str
) -> None:
    publication = (outlet.output / ".well-known/site.standard.publication").read_text()
    listed = {"records": [{"uri": uri, "value": {"site": publication}}]}
    monkeypatch.setattr(served, "instead", {"/xrpc/com.atproto.repo.listRecords": (200, listed)})
    with pytest.raises(ServiceRefused, match=served.url):
        keep(outlet, served)
    assert served.documents == {}


def test_a_list_of_records_without_an_end_is_not_read_for_ever(
    outlet: Outlet, served: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = count()

    def endless(_collection: str, _cursor: str) -> dict[str, Any]:
        key = f"3k{next(pages)}"
        return {
            "records": [{"uri": f"at://{DID}/site.standard.publication/{key}", "value": {}}],
            "cursor": key,
        }

    monkeypatch.setattr(standard_site, "PAGES", 3)
    monkeypatch.setattr(served, "_documents", endless)
    with pytest.raises(ServiceRefused, match=served.url):
        keep(outlet, served)
    assert next(pages) == 3
