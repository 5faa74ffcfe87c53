"""A bucket of any store with the API of S3.

PATH                    the site
.broadside/state.json   the one list of what is there: the release, and the digest of each file

A run first writes the list without the digests of the files that it is about to replace or delete.
Then it uploads in the order of the plan, and at the end writes the list whole, so a run that is
killed leaves what the next one has to upload again. Two runs at once are for whoever starts them to
prevent, such as a forge by its `concurrency`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any, BinaryIO, Literal

import msgspec
from msgspec import Struct

from broadside.build.release import Head, Release
from broadside.config.destinations import Bucket
from broadside.config.encodings import ENDINGS, LEAST, compressed, is_worth, plain
from broadside.fetching import fetched, search_in
from broadside.folders import DOCS_AND_LOCKS, OUTLET
from broadside.hiding import without_secrets
from broadside.publish import headers
from broadside.publish.plan import STAGES, Plan
from broadside.publish.target import Live, Unreachable
from broadside.site.policies import NAMED
from broadside.terminal import Progress, say

BOTO = OUTLET / ".cache" / "publish"
LOCK = DOCS_AND_LOCKS / "requirements-publish.lock"
LIST = ".broadside/state.json"
HIDDEN = {"ContentType": "application/json", "CacheControl": "no-store", "ContentEncoding": "gzip"}
AT_ONCE = 32
"""How many files are uploaded at the same time."""


class Contents(Struct, frozen=True):
    """What is in a bucket: the latest release and its files, with "" for the digest of one that may
    be of an earlier release.

    `form` says how files are stored (see form_of).
    """

    head: Head
    form: str
    files: Mapping[str, str]
    version: Literal[3] = 3


class S3:
    """A bucket."""

    def __init__(self, destination: Bucket, output: Path) -> None:
        self.encoding, self.output = destination.encoding, output
        self.store = BucketStore(destination)
        self.form = form_of(self.encoding)
        self._there: Contents | None = None

    def live(self) -> Live | None:
        """The live release, or one that a run has begun to put in its place; None if there is
        neither.
        """
        data = self.store.get(LIST)
        if not data:
            return None
        try:
            self._there = msgspec.json.decode(plain(data, "gzip"), type=Contents)
        except ValueError:
            raise Unreachable(
                f"{LIST} in the bucket is not of this version of Broadside: delete it there, and"
                " every file is uploaded again"
            ) from None
        return Live(self._there.head)

    def files(self, live: Live | None, new: Release | None) -> Mapping[str, str]:
        """The digests of what is there; "" for a file that may be of an earlier release, or would
        now be stored differently.
        """
        if self._there is None:
            return {}
        if self._there.form != self.form:
            return dict.fromkeys(self._there.files, "")
        return self._there.files

    def send(self, live: Live | None, new: Release, plan: Plan) -> None:
        """Upload what changed, stage by stage, and then delete what is gone."""
        open_now = dict.fromkeys((*plan.all_put, *plan.delete), "")
        self._note(new.head, {**self.files(live, new), **open_now})
        for name, stage in zip(STAGES, plan.put, strict=True):
            self._each(f"Uploading {name}", stage, self._upload)
        self._each("Deleting", plan.delete, self.store.delete)
        self._note(new.head, new.files)

    def renew(self, live: Live, head: Head) -> None:
        """Record another head for the live release."""
        self._note(head, self.files(live, None))

    def bring_back(self, live: Live, head: Head) -> None:
        """Refuse, because no earlier release is kept."""
        raise Unreachable("a bucket keeps no earlier release")

    def _each(self, doing: str, paths: Sequence[str], work: Callable[[str], object]) -> None:
        """Do some work for each path, many at once; after the first problem, start nothing more."""
        progress = Progress(doing, len(paths))
        with ThreadPoolExecutor(AT_ONCE) as threads:
            try:
                for _ in threads.map(work, paths):
                    progress.step()
            except BaseException:
                threads.shutdown(cancel_futures=True)
                raise

    def _upload(self, path: str) -> None:
        file_headers = headers_of(path, self.encoding)
        with (self.output / path).open("rb") as file:
            encoding = self.encoding if "ContentEncoding" in file_headers else ""
            self.store.put(
                path, compressed(file.read(), encoding) if encoding else file, file_headers
            )

    def _note(self, head: Head, files: Mapping[str, str]) -> None:
        text = msgspec.json.encode(Contents(head, self.form, files))
        self.store.put(LIST, compressed(text, "gzip"), HIDDEN)


def headers_of(path: str, encoding: str) -> dict[str, str]:
    """The headers that a store should send with a file, under boto3's names."""
    found = {"ContentType": headers.content_type(path), "CacheControl": headers.cache_control(path)}
    if how := headers.disposition(path):
        found["ContentDisposition"] = how
    if encoding in ENDINGS and is_worth(path, LEAST):
        return found | {"ContentEncoding": encoding}
    return found


def form_of(encoding: str) -> str:
    """A word that changes when the same files would be stored differently: with other headers or
    another encoding.
    """
    table = (
        headers.TYPES,
        dict(sorted(NAMED.items())),
        headers.FOR_EVER,
        headers.NEVER_CHANGES,
        headers.ASK_AGAIN,
        headers.SAVED,
    )
    return f"{encoding or 'plain'}-{sha256(msgspec.json.encode(table)).hexdigest()[:8]}"


class BucketStore:
    """The objects of a bucket by their keys. boto3 repeats a request up to six times if the error
    may be temporary.
    """

    def __init__(self, destination: Bucket) -> None:
        _have_boto()
        self.bucket = destination.bucket
        self._secrets: tuple[str, ...] = ()
        with self._translated():
            self._client, self._secrets = _client(destination)

    def get(self, key: str) -> bytes:
        """An object's bytes; none if there is no such object."""
        with self._translated():
            try:
                return bytes(self._client.get_object(Bucket=self.bucket, Key=key)["Body"].read())
            except self._client.exceptions.NoSuchKey:
                return b""

    def put(self, key: str, data: bytes | BinaryIO, file_headers: Mapping[str, str]) -> None:
        """Write an object with its headers, under boto3's names."""
        with self._translated():
            self._client.put_object(Bucket=self.bucket, Key=key, Body=data, **file_headers)

    def delete(self, key: str) -> None:
        """Delete an object, if it is there."""
        with self._translated():
            self._client.delete_object(Bucket=self.bucket, Key=key)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn boto3's exceptions into our own."""
        from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

        try:
            yield
        except NoCredentialsError:
            raise Unreachable(
                "there are no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
                " another way that AWS knows"
            ) from None
        except ClientError as problem:
            error = problem.response.get("Error", {})
            raise self._unreachable(f"{error.get('Code')}, {error.get('Message')}") from None
        except BotoCoreError as problem:
            raise self._unreachable(str(problem)) from None

    def _unreachable(self, said: str) -> Unreachable:
        return Unreachable(f"the bucket {self.bucket}: {without_secrets(said, *self._secrets)}")


def _have_boto() -> None:
    """Make boto3 ready to import; it is not in the environment, because most sites never need
    it.
    """
    try:
        if fetched(BOTO, LOCK):
            say("Fetched boto3, which talks to buckets.")
    except CalledProcessError:
        raise Unreachable(
            "boto3, which talks to buckets, could not be fetched; the lines above say why"
        ) from None
    search_in(BOTO)


def _client(destination: Bucket) -> tuple[Any, tuple[str, ...]]:
    """A client of the store, and its secrets."""
    import boto3
    from botocore.config import Config

    config = Config(
        # In the newer modes, all requests give up when many fail at once.
        retries={"mode": "legacy", "max_attempts": 6},
        max_pool_connections=AT_ONCE,
        connect_timeout=10,
        read_timeout=30,
        # Only some stores know these checksums, so they are left out unless the API requires them.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    session = boto3.session.Session()
    client = session.client(
        "s3",
        endpoint_url=destination.endpoint or None,
        region_name=destination.region or None,
        config=config,
    )
    given = session.get_credentials()
    return client, (given.secret_key or "", given.token or "") if given else ()
