"""The objects of a bucket, through boto3, which is fetched when it is first needed."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from subprocess import CalledProcessError
from typing import Any

from broadside.desk.fetching import fetched
from broadside.desk.publish.places import Bucket
from broadside.desk.publish.progress import say
from broadside.desk.publish.target import Overtaken, Unreachable
from broadside.folders import ENGINE, OUTLET

BOTO = OUTLET / ".cache" / "publish"
LOCK = ENGINE / "requirements-publish.lock"
AT_ONCE = 32
"""How many requests are sent at the same time."""
LOST = ("PreconditionFailed", "ConditionalRequestConflict", "412", "409")
UNGUARDED = "the store does not support conditional writes, without which an older build could overwrite a newer one"


class Store:
    """The objects of a bucket by their keys. boto3 repeats a request up to six times if the error may be temporary."""

    def __init__(self, place: Bucket) -> None:
        self.bucket = place.bucket
        _have_boto()
        with _told(place):
            self._client = _client(place)
        self.place = place

    def get(self, key: str) -> tuple[bytes, str] | None:
        """An object's bytes and its ETag; None if there is no such object."""
        with _told(self.place):
            try:
                found = self._client.get_object(Bucket=self.bucket, Key=key)
                return found["Body"].read(), found["ETag"]
            except self._client.exceptions.NoSuchKey:
                return None

    def put(self, key: str, data: bytes, headers: Mapping[str, str]) -> None:
        """Write an object with its headers, which have boto3's names."""
        with _told(self.place):
            self._client.put_object(Bucket=self.bucket, Key=key, Body=data, **headers)

    def copy(self, source: str, key: str, headers: Mapping[str, str]) -> None:
        """Have the store copy an object and give the copy its own headers."""
        with _told(self.place):
            self._client.copy_object(
                Bucket=self.bucket,
                Key=key,
                CopySource={"Bucket": self.bucket, "Key": source},
                MetadataDirective="REPLACE",
                **headers,
            )

    def delete(self, key: str) -> None:
        """Delete an object; one that is not there is deleted already."""
        with _told(self.place):
            self._client.delete_object(Bucket=self.bucket, Key=key)

    def keys(self, prefix: str) -> Iterator[str]:
        """The keys that begin with a prefix."""
        with _told(self.place):
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix):
                yield from (each["Key"] for each in page.get("Contents", ()))

    def swap(self, key: str, data: bytes, token: str) -> str:
        """Write an object if it still has this ETag ("": does not exist), and return its new ETag. Raises Overtaken."""
        condition = {"IfMatch": token} if token else {"IfNoneMatch": "*"}
        try:
            with _told(self.place):
                headers = {"ContentType": "application/json", "CacheControl": "no-store"}
                done = self._client.put_object(Bucket=self.bucket, Key=key, Body=data, **headers, **condition)
                return str(done["ETag"])
        except Overtaken:
            found = self.get(key)  # our own write, if its answer was lost and boto3 asked again
            if found is None or found[0] != data:
                raise
            return found[1]

    def guards(self, key: str) -> bool:
        """Whether the store really refuses to overwrite an object that exists."""
        try:
            with _told(self.place):
                self._client.put_object(Bucket=self.bucket, Key=key, Body=b"", IfNoneMatch="*")
        except Overtaken:
            return True
        return False


def _have_boto() -> None:
    """Make boto3 ready to import; it is not in the environment, because most sites never need it."""
    try:
        if fetched(BOTO, LOCK):
            say("Fetched boto3, which talks to buckets.")
    except CalledProcessError:
        raise Unreachable("boto3, which talks to buckets, could not be fetched; the lines above say why") from None
    if str(BOTO) not in sys.path:
        sys.path.append(str(BOTO))  # last: the packages of the environment's lock take precedence


def _client(place: Bucket) -> Any:
    import boto3
    from botocore.config import Config

    config = Config(
        # In the newer modes, all requests give up when many fail at once.
        retries={"mode": "legacy", "max_attempts": 6},
        max_pool_connections=AT_ONCE,
        connect_timeout=10,
        read_timeout=30,
        # Only some stores know these checksums, so they are left out unless the API asks for them.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    return boto3.session.Session().client(
        "s3", endpoint_url=place.endpoint or None, region_name=place.region or None, config=config
    )


@contextmanager
def _told(place: Bucket) -> Iterator[None]:
    """Turn what boto3 raises into one of our own exceptions."""
    from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

    try:
        yield
    except NoCredentialsError:
        raise Unreachable(
            "there are no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or another way that AWS knows"
        ) from None
    except ClientError as problem:
        error = problem.response.get("Error", {})
        if error.get("Code") in LOST:
            raise Overtaken from None
        if error.get("Code") in ("NotImplemented", "501"):
            raise Unreachable(UNGUARDED) from None
        if error.get("Code") == "NoSuchKey":
            raise
        raise Unreachable(f"the bucket {place.bucket}: {error.get('Code')}, {error.get('Message')}") from None
    except BotoCoreError as problem:
        raise Unreachable(f"the bucket {place.bucket}: {problem}") from None
