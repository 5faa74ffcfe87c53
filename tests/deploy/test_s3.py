"""A bucket: a real store with the API of S3 (moto's server)."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from broadside.publish.s3 import RELEASES, STATE, BucketState
from tests.commands.running import free_port
from tests.deploy.conftest import Bucket, moto
from tests.deploy.gate import Gate
from tests.deploy.sites import Site, pages

KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "a-secret-of-ours", "AWS_DEFAULT_REGION": "us-east-1"}


@pytest.fixture
def gate(store: int) -> Any:
    """A door to the store."""
    made = Gate(store)
    yield made
    made.close()


@pytest.fixture
def targets(gate: Gate, bucket: Bucket, site: Site) -> dict[str, Any]:
    site.env |= KEYS
    place = {"kind": "s3", "bucket": bucket.name, "endpoint": f"http://127.0.0.1:{gate.port}", "check": 0}
    return {"bucket": place}


def state(bucket: Bucket) -> BucketState:
    return msgspec.json.decode(bucket.get(STATE)["Body"], type=BucketState)


def test_what_is_published_is_there_with_its_headers_and_what_stays_is_not_sent(
    site: Site, targets: dict[str, Any], bucket: Bucket, gate: Gate
) -> None:
    first = site.build(pages(60))
    site.published(targets)
    assert bucket.shown() == first
    page, photo, feed = (bucket.get(key) for key in ("index.html", "photos/00/harbour-0.jpg", "feed.xml"))
    assert (page["ContentType"], page["ContentEncoding"]) == ("text/html; charset=utf-8", "gzip")
    assert page["CacheControl"] == "no-cache"
    assert (photo["ContentType"], photo.get("ContentEncoding")) == ("image/jpeg", None)
    assert photo["CacheControl"] == "public, max-age=31536000, immutable"
    assert feed["ContentType"] == "application/xml"
    stood = bucket.get("_redirects")["LastModified"]
    up = gate.up
    second = site.build(pages(60, 1))
    done = site.published(targets)
    assert "11 files to upload, 1 to delete, 59 unchanged" in done.err
    assert bucket.shown() == second
    assert bucket.get("_redirects")["LastModified"] == stood
    assert gate.up - up < 80_000, "eleven small files, compressed, and some forty requests"


def test_the_same_again_sends_nothing_and_another_machine_knows_what_is_there(
    site: Site, targets: dict[str, Any], bucket: Bucket, gate: Gate
) -> None:
    site.build(pages(30))
    site.published(targets)
    connections = gate.connections
    done = site.publish(targets)
    assert "Nothing to publish" in done.out
    assert gate.connections - connections == 1
    for path in (site.path / ".output.cache" / "published").glob("*"):
        path.unlink()
    second = site.build(pages(30, 1))
    done = site.published(targets)
    assert "8 files to upload, 1 to delete" in done.err
    assert bucket.shown() == second


def test_the_bytes_of_a_photo_may_come_as_text_too(site: Site, targets: dict[str, Any], bucket: Bucket) -> None:
    first = pages(3)
    site.build(first)
    site.published(targets)
    second = site.build(first | {"harbour.txt": first["photos/00/harbour-0.jpg"]})
    site.published(targets)
    assert bucket.shown() == second
    assert bucket.get("harbour.txt")["ContentEncoding"] == "gzip"


def test_a_file_to_which_stories_link_is_shown_or_saved(site: Site, targets: dict[str, Any], bucket: Bucket) -> None:
    there = site.build(pages(3) | {"files/a.pdf": b"%PDF" + bytes(6_000_000), "files/a.xlsx": b"PK"})
    site.published(targets)
    assert bucket.shown() == there
    pdf, xlsx = bucket.get("files/a.pdf"), bucket.get("files/a.xlsx")
    assert (pdf["ContentType"], pdf.get("ContentDisposition")) == ("application/pdf", None)
    assert xlsx["ContentDisposition"] == "attachment"
    assert pdf["CacheControl"] == "no-cache"


def test_an_encoding_that_changes_changes_what_is_there(site: Site, targets: dict[str, Any], bucket: Bucket) -> None:
    site.build(pages(10))
    site.published(targets)
    targets["bucket"]["encoding"] = ""
    second = site.build(pages(10, 1))
    site.published(targets)
    assert {bucket.get(key).get("ContentEncoding") for key in second} == {None}
    assert bucket.shown() == second


def test_an_older_build_brings_an_earlier_release_back_and_only_one_list_stays(
    site: Site, targets: dict[str, Any], bucket: Bucket
) -> None:
    first = site.build(pages(10), hours=1)
    site.published(targets)
    site.build(pages(10, 1), hours=2)
    site.published(targets)
    assert site.publish(targets, "--rollback").code == 1
    site.build(first, hours=1)
    assert site.publish(targets).code == 3
    site.published(targets, "--force")
    assert bucket.shown() == first
    assert len([key for key in bucket.listed() if key.startswith(RELEASES)]) == 1


def test_what_somebody_else_put_there_stays(site: Site, targets: dict[str, Any], bucket: Bucket) -> None:
    theirs = {"of-theirs.html": b"a page", "2026/11/added-1/notes.txt": b"notes"}
    for key, data in theirs.items():
        bucket.client.put_object(Bucket=bucket.name, Key=key, Body=data)
    for edition in range(3):
        made = site.build(pages(10, edition))
        site.published(targets)
        assert bucket.shown() == made | theirs


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8, 0.97])
def test_killed_at_any_moment_every_page_is_whole_and_the_next_run_completes(
    site: Site, targets: dict[str, Any], bucket: Bucket, gate: Gate, share: float, store: int
) -> None:
    first, second = pages(40), pages(40, 1)
    twin = Bucket(f"{bucket.name}-twin", store)
    both = targets | {"twin": targets["bucket"] | {"bucket": twin.name}}
    site.build(first, hours=1)
    site.published(both)
    site.published(both, "--to", "twin")
    site.build(second, hours=2)
    up = gate.up
    site.published(both, "--to", "twin")
    whole = gate.up - up
    doomed = site.started(targets)
    gate.at(int(whole * share), doomed.kill)
    code, output = doomed.ended()
    assert code == -9, output
    time.sleep(0.5)
    between, at = bucket.shown(), state(bucket)
    if not at.begun:
        assert between in (first, second)
    assert all(data in (first.get(path), second.get(path)) for path, data in between.items()), "every page is whole"
    assert first.keys() <= between.keys() or second.items() <= between.items(), "what goes, goes last"
    if any(between[path] != data for path, data in first.items() if path in second and path in between):
        assert second.keys() <= between.keys(), "no page changes before new pages and pictures are there"
    other = site.build(pages(40, 2), hours=3)
    site.published(targets)
    assert bucket.shown() == other, "nothing of the run that was killed is left over"
    assert not state(bucket).begun


def test_runs_that_are_killed_leave_nothing_behind_for_the_next(
    site: Site, targets: dict[str, Any], bucket: Bucket, gate: Gate
) -> None:
    for edition in (1, 2):
        site.build(pages(40, edition))
        doomed = site.started(targets)
        gate.at(60_000, doomed.kill)
        code, output = doomed.ended()
        assert code == -9, output
        assert len(state(bucket).begun) == edition
    last = site.build(pages(40, 3))
    site.published(targets)
    assert bucket.shown() == last


def test_connections_that_break_are_made_again(site: Site, targets: dict[str, Any], bucket: Bucket, gate: Gate) -> None:
    first = site.build(pages(60))
    for at in (10_000, 40_000, 80_000, 110_000):
        gate.at(at, gate.cut)
    site.published(targets)
    assert bucket.shown() == first
    assert gate.connections > 40


def test_an_older_build_does_not_take_the_place_of_a_newer_one(
    site: Site, targets: dict[str, Any], bucket: Bucket
) -> None:
    site.build(pages(5))
    old = site.commit("one")
    site.build(pages(5), hours=5)
    site.commit("two")
    second = site.build(pages(5, 1), hours=4)
    done = site.published(targets)
    assert "newer commits" not in done.err
    site.commit("three")
    done = site.publish(targets)
    assert "Nothing to publish" in done.out
    site.git("checkout", "-q", old)
    site.build(pages(5), hours=6)
    done = site.publish(targets)
    assert done.code == 3
    assert bucket.shown() == second


def test_two_at_once_end_at_the_newer_whoever_is_quicker(
    site: Site, targets: dict[str, Any], bucket: Bucket, tmp_path: Path
) -> None:
    site.build(pages(40))
    site.published(targets)
    newer = Site(tmp_path / "newer", site.project, site.env)
    newest = newer.build(pages(40, 2), hours=9)
    site.build(pages(40, 1), hours=2)
    runs = [each.started(targets) for each in (site, newer)]
    ends = [run.ended() for run in runs]
    assert ends[1][0] == 0, ends
    assert ends[0][0] in (0, 3), ends
    assert bucket.shown() == newest
    assert not state(bucket).begun


def test_a_run_that_another_takes_over_from_stops_and_looks_again(
    site: Site, targets: dict[str, Any], bucket: Bucket, gate: Gate
) -> None:
    site.build(pages(20))
    site.published(targets)
    before = state(bucket)

    def take_over() -> None:
        assert before.live
        other = replace(before.live, form="of another run")
        body = msgspec.json.encode(BucketState(live=before.live, begun=(other,)))
        bucket.client.put_object(Bucket=bucket.name, Key=STATE, Body=body)

    second = site.build(pages(20, 1))
    gate.at(9_000, take_over)
    site.published(targets)
    assert bucket.shown() == second
    assert not state(bucket).begun


def test_a_store_that_goes_away_is_said_and_one_that_comes_back_is_used(
    site: Site, targets: dict[str, Any], tmp_path: Path
) -> None:
    port = free_port()
    away = {"bucket": targets["bucket"] | {"endpoint": f"http://127.0.0.1:{port}", "bucket": "halyard"}}
    first = site.build(pages(5))
    done = site.publish(away)
    assert done.code == 1
    with moto(tmp_path, port):
        found = Bucket("halyard", port)
        site.published(away)
        assert found.shown() == first


def test_secrets_are_in_no_file_and_no_word(site: Site, targets: dict[str, Any], bucket: Bucket) -> None:
    site.build(pages(5))
    done = site.published(targets)
    assert KEYS["AWS_SECRET_ACCESS_KEY"] not in done.said
    files = [file for file in site.path.rglob("*") if file.is_file()]
    assert all(KEYS["AWS_SECRET_ACCESS_KEY"].encode() not in file.read_bytes() for file in files)
    assert all(KEYS["AWS_SECRET_ACCESS_KEY"].encode() not in bucket.get(key)["Body"] for key in bucket.listed())


def test_without_credentials_it_says_where_they_go(site: Site, targets: dict[str, Any]) -> None:
    site.build(pages(3))
    empty = dict.fromkeys(KEYS, "") | {"AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": "/dev/null"}
    done = site.publish(targets, env=empty | {"AWS_SHARED_CREDENTIALS_FILE": "/dev/null"})
    assert done.code == 1
    assert "AWS_ACCESS_KEY_ID" in done.err


def test_a_bucket_that_is_not_there_is_said(site: Site, targets: dict[str, Any]) -> None:
    site.build(pages(3))
    targets["bucket"]["bucket"] = "nobodys-bucket"
    done = site.publish(targets)
    assert done.code == 1
    assert "NoSuchBucket" in done.err
