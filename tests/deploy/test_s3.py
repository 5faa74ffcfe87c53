"""What is special to a bucket: a real store with the API of S3 (moto's server). test_targets.py has
what every target promises.
"""

from __future__ import annotations

from pathlib import Path

from broadside.publish.s3 import LIST
from tests.commands.running import free_port
from tests.deploy.conftest import Bucket, moto
from tests.deploy.places import KEYS, InBucket
from tests.deploy.sites import Site, pages


def test_every_file_has_its_headers_and_what_stays_is_not_written_again(
    site: Site, in_bucket: InBucket, bucket: Bucket
) -> None:
    site.build(pages(60))
    site.published(in_bucket.targets)
    page, photo, feed = (
        bucket.get(key) for key in ("index.html", "photos/00/harbour-0.jpg", "feed.xml")
    )
    assert (page["ContentType"], page["ContentEncoding"]) == ("text/html; charset=utf-8", "gzip")
    assert page["CacheControl"] == "no-cache"
    assert (photo["ContentType"], photo.get("ContentEncoding")) == ("image/jpeg", None)
    assert photo["CacheControl"] == "public, max-age=31536000, immutable"
    assert feed["ContentType"] == "application/xml"
    connections = in_bucket.gate.connections
    site.published(in_bucket.targets)
    assert in_bucket.gate.connections - connections == 1
    stood = bucket.get("_redirects")["LastModified"]
    site.build(pages(60, 1))
    site.published(in_bucket.targets)
    assert bucket.get("_redirects")["LastModified"] == stood


def test_the_bytes_of_a_photo_may_come_as_text_too(
    site: Site, in_bucket: InBucket, bucket: Bucket
) -> None:
    first = pages(3)
    site.build(first)
    site.published(in_bucket.targets)
    second = site.build(first | {"harbour.txt": first["photos/00/harbour-0.jpg"]})
    site.published(in_bucket.targets)
    assert in_bucket.shown() == second
    assert bucket.get("harbour.txt")["ContentEncoding"] == "gzip"


def test_a_file_to_which_stories_link_is_shown_or_saved(
    site: Site, in_bucket: InBucket, bucket: Bucket
) -> None:
    there = site.build(
        pages(3) | {"files/a.pdf": b"%PDF" + bytes(6_000_000), "files/a.xlsx": b"PK"}
    )
    site.published(in_bucket.targets)
    assert in_bucket.shown() == there
    pdf, xlsx = bucket.get("files/a.pdf"), bucket.get("files/a.xlsx")
    assert (pdf["ContentType"], pdf.get("ContentDisposition")) == ("application/pdf", None)
    assert xlsx["ContentDisposition"] == "attachment"
    assert pdf["CacheControl"] == "no-cache"


def test_an_encoding_that_changes_changes_what_is_there(
    site: Site, in_bucket: InBucket, bucket: Bucket
) -> None:
    site.build(pages(10))
    site.published(in_bucket.targets)
    in_bucket.more["encoding"] = ""
    second = site.build(pages(10, 1))
    site.published(in_bucket.targets)
    assert {bucket.get(key).get("ContentEncoding") for key in second} == {None}
    assert in_bucket.shown() == second


def test_an_older_build_brings_an_earlier_release_back_and_there_is_one_list(
    site: Site, in_bucket: InBucket, bucket: Bucket
) -> None:
    first = site.build(pages(10), hours=1)
    site.published(in_bucket.targets)
    site.build(pages(10, 1), hours=2)
    site.published(in_bucket.targets)
    assert site.publish(in_bucket.targets, "--rollback").code == 1
    site.build(first, hours=1)
    assert site.publish(in_bucket.targets).code == 3
    site.published(in_bucket.targets, "--force")
    assert in_bucket.shown() == first
    assert [key for key in bucket.listed() if key.startswith(".broadside/")] == [LIST]


def test_a_list_of_another_version_is_not_taken_for_ours(
    site: Site, in_bucket: InBucket, bucket: Bucket
) -> None:
    bucket.client.put_object(
        Bucket=bucket.name, Key=LIST, Body=b'{"version": 2, "live": null, "begun": []}'
    )
    made = site.build(pages(3))
    done = site.publish(in_bucket.targets)
    assert done.code == 1
    assert "not of this version" in done.err
    bucket.client.delete_object(Bucket=bucket.name, Key=LIST)
    site.published(in_bucket.targets)
    assert in_bucket.shown() == made


def test_what_somebody_else_put_there_stays(
    site: Site, in_bucket: InBucket, bucket: Bucket
) -> None:
    theirs = {"of-theirs.html": b"a page", "2026/11/added-1/notes.txt": b"notes"}
    for key, data in theirs.items():
        bucket.client.put_object(Bucket=bucket.name, Key=key, Body=data)
    for edition in range(3):
        made = site.build(pages(10, edition))
        site.published(in_bucket.targets)
        assert in_bucket.shown() == made | theirs


def test_runs_that_are_killed_leave_nothing_behind_for_the_next(
    site: Site, in_bucket: InBucket
) -> None:
    for edition in (1, 2):
        site.build(pages(40, edition))
        doomed = site.started(in_bucket.targets)
        in_bucket.gate.at(60_000, doomed.kill)
        code, output = doomed.ended()
        assert code == -9, output
        assert in_bucket.left_over()
    last = site.build(pages(40, 3))
    site.published(in_bucket.targets)
    assert in_bucket.shown() == last


def test_of_two_commits_the_later_one_is_the_newer_whatever_the_clocks_say(
    site: Site, in_bucket: InBucket
) -> None:
    site.build(pages(5))
    old = site.commit("one")
    site.build(pages(5), hours=5)
    site.commit("two")
    second = site.build(pages(5, 1), hours=4)
    done = site.published(in_bucket.targets)
    assert "newer commits" not in done.err
    site.commit("three")
    done = site.publish(in_bucket.targets)
    assert "Nothing to publish" in done.out
    site.git("checkout", "-q", old)
    site.build(pages(5), hours=6)
    done = site.publish(in_bucket.targets)
    assert done.code == 3
    assert in_bucket.shown() == second


def test_a_store_that_goes_away_is_said_and_one_that_comes_back_is_used(
    site: Site, in_bucket: InBucket, tmp_path: Path
) -> None:
    port = free_port()
    away = {
        "there": (
            in_bucket.targets["there"]
            | {
                "endpoint": f"http://127.0.0.1:{port}",
                "bucket": "halyard",
            }
        )
    }
    first = site.build(pages(5))
    done = site.publish(away)
    assert done.code == 1
    with moto(tmp_path, port):
        found = Bucket("halyard", port)
        site.published(away)
        assert found.shown() == first


def test_secrets_are_in_no_file_and_no_word(
    site: Site, in_bucket: InBucket, bucket: Bucket
) -> None:
    site.build(pages(5))
    done = site.published(in_bucket.targets)
    assert KEYS["AWS_SECRET_ACCESS_KEY"] not in done.said
    files = [file for file in site.path.rglob("*") if file.is_file()]
    assert all(KEYS["AWS_SECRET_ACCESS_KEY"].encode() not in file.read_bytes() for file in files)
    assert all(
        KEYS["AWS_SECRET_ACCESS_KEY"].encode() not in bucket.get(key)["Body"]
        for key in bucket.listed()
    )


def test_without_credentials_it_says_where_they_go(site: Site, in_bucket: InBucket) -> None:
    site.build(pages(3))
    empty = dict.fromkeys(KEYS, "") | {
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": "/dev/null",
    }
    done = site.publish(in_bucket.targets, env=empty | {"AWS_SHARED_CREDENTIALS_FILE": "/dev/null"})
    assert done.code == 1
    assert "AWS_ACCESS_KEY_ID" in done.err


def test_a_bucket_that_is_not_there_is_said(site: Site, in_bucket: InBucket) -> None:
    site.build(pages(3))
    in_bucket.more["bucket"] = "nobodys-bucket"
    done = site.publish(in_bucket.targets)
    assert done.code == 1
    assert "NoSuchBucket" in done.err
