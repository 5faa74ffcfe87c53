"""A bucket: a real store with the API of S3 (moto's server)."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from broadside.desk.publish import ledger
from broadside.desk.publish.s3 import STATE
from tests.deploy.conftest import Bucket, moto
from tests.deploy.gate import Gate
from tests.deploy.sites import Site, pages
from tests.desk.running import free_port, until

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


def state(bucket: Bucket) -> ledger.Ledger:
    return ledger.read(bucket.get(STATE)["Body"])


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


def test_an_encoding_that_changes_changes_what_is_there_and_rollback_still_works(
    site: Site, targets: dict[str, Any], bucket: Bucket
) -> None:
    first = site.build(pages(10))
    site.published(targets)
    targets["bucket"]["encoding"] = ""
    second = site.build(pages(10, 1))
    site.published(targets)
    assert {bucket.get(key).get("ContentEncoding") for key in second} == {None}
    assert bucket.shown() == second
    site.published(targets, "--rollback")
    assert bucket.shown() == first
    assert bucket.get("index.html")["ContentEncoding"] == "gzip"


def test_rollback_at_three_thousand_objects(
    site: Site, targets: dict[str, Any], bucket: Bucket, record_property: Any
) -> None:
    first = site.build(pages(3000))
    site.published(targets)
    second = site.build(pages(3000, 1))
    site.published(targets)
    assert bucket.shown() == second
    began = time.monotonic()
    site.published(targets, "--rollback")
    record_property("seconds of a rollback of 305 of 3,008 objects", round(time.monotonic() - began, 1))
    assert bucket.shown() == first


def test_only_what_kept_releases_need_is_kept(site: Site, targets: dict[str, Any], bucket: Bucket) -> None:
    targets["bucket"]["keep"] = 2
    editions = []
    for at in range(4):
        editions.append(site.build(pages(10, at)))
        site.published(targets)
    digests = {key for key in bucket.listed() if key.startswith(".broadside/objects/")}
    lists = sum(len(ledger.written(dict.fromkeys(each, ""))[1]) for each in editions[2:])
    assert len(digests) <= len({data for each in editions[2:] for data in each.values()}) + lists
    assert len(state(bucket).entries) == 2
    site.published(targets, "--rollback")
    assert bucket.shown() == editions[2]
    done = site.publish(targets, "--rollback")
    assert "keeps 0 releases before" in done.err
    site.published(targets)
    assert bucket.shown() == editions[3]


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.85, 0.97])
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
    code, said = doomed.ended()
    assert code == -9, said
    time.sleep(0.5)
    between, at = bucket.shown(), state(bucket)
    if not at.to:
        assert between in (first, second), "before anything is put in place, the old site stands; after, the new one"
    else:
        assert all(data in (first.get(path), second.get(path)) for path, data in between.items())
        assert first.keys() - between.keys() == set() or second.items() <= between.items(), "what goes, goes last"
    other = site.build(pages(40, 2), hours=3)
    site.published(targets)
    assert bucket.shown() == other, "nothing of the run that was killed is left over"
    assert state(bucket).to == ""


def test_a_first_run_that_is_killed_leaves_nothing_behind_for_the_next(
    site: Site, targets: dict[str, Any], bucket: Bucket, gate: Gate
) -> None:
    site.build(pages(40, 1))
    doomed = site.started(targets)
    until(lambda: STATE in bucket.listed(), "the run to begin")
    doomed.kill()
    assert doomed.ended()[0] == -9
    assert state(bucket).to, "it was killed while it put files in place"
    other = site.build(pages(40, 2))
    site.published(targets)
    assert bucket.shown() == other


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
    new = site.commit("two")
    second = site.build(pages(5, 1), hours=4)
    done = site.published(targets)
    assert "newer commits" not in done.err
    site.commit("three")
    done = site.publish(targets)
    assert "Nothing to publish" in done.out
    assert "There are newer commits that are not in it" in done.err
    site.git("checkout", "-q", old)
    site.build(pages(5), hours=6)
    done = site.publish(targets)
    assert done.code == 3
    assert f"commit {new[:10]}, which is live, came after {old[:10]}" in done.err
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
    assert state(bucket).to == ""


def test_a_run_that_lost_its_state_to_another_stops(
    site: Site, targets: dict[str, Any], bucket: Bucket, gate: Gate
) -> None:
    site.build(pages(20))
    site.published(targets)
    taken = bucket.get(STATE)["Body"]

    def take() -> None:
        changed = json.loads(taken) | {"beat": "another run"}
        bucket.client.put_object(Bucket=bucket.name, Key=STATE, Body=json.dumps(changed).encode())

    second = site.build(pages(20, 1))
    gate.at(9_000, take)
    done = site.published(targets)
    assert "Another release went live meanwhile; looking again" in done.err
    assert bucket.shown() == second


def test_a_store_that_goes_away_is_said_and_one_that_comes_back_is_used(
    site: Site, targets: dict[str, Any], tmp_path: Path
) -> None:
    port = free_port()
    away = {"bucket": targets["bucket"] | {"endpoint": f"http://127.0.0.1:{port}", "bucket": "halyard"}}
    first = site.build(pages(5))
    done = site.publish(away)
    assert done.code == 1
    assert "Nothing was published" in done.err
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
