"""A bucket of any store with the API of S3.

PATH                        the site
.broadside/state.json       what is live, and which runs have begun to replace it
.broadside/releases/ID      the digests of the files of each of these

A run first adds itself to the state, which succeeds only if the state is still what was read (If-Match). Then it uploads
files in the order of the plan, and at the end records that it is live. A run that finds an unfinished one takes over: the
other stops when it sees that a newer one has begun, and its files are uploaded again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any, BinaryIO

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from broadside.build.release import Head, KeptReleases, Release
from broadside.config.destinations import Bucket
from broadside.config.encodings import ENDINGS, LEAST, compressed, is_worth, plain
from broadside.disk import write_whole
from broadside.fetching import fetched, search_in
from broadside.folders import DOCS_AND_LOCKS, OUTLET
from broadside.hiding import without_secrets
from broadside.publish import headers
from broadside.publish.plan import STAGES, Plan
from broadside.publish.target import Live, Overtaken, Unreachable
from broadside.terminal import Progress, say

BOTO = OUTLET / ".cache" / "publish"
LOCK = DOCS_AND_LOCKS / "requirements-publish.lock"
STATE, RELEASES = ".broadside/state.json", ".broadside/releases/"
HIDDEN = {"ContentType": "application/json", "CacheControl": "no-store"}
AT_ONCE = 32
"""How many files are uploaded at the same time."""
CHECK, PATIENCE = 2.0, 10.0
"""Seconds between a run's checks whether another has taken over, and seconds that the other waits before its first file."""
LOST = ("PreconditionFailed", "ConditionalRequestConflict", "412", "409")
UNGUARDED = "the store does not support conditional writes, without which an older build could overwrite a newer one"


class Run(Struct, frozen=True):
    """A release that a run made live, or began to; `form` says how files are stored (see form_of)."""

    head: Head
    form: str


class BucketState(Struct, frozen=True):
    """What is live, and the runs that have begun since, the latest last."""

    version: int = 2
    live: Run | None = None
    begun: tuple[Run, ...] = ()

    @property
    def runs(self) -> tuple[Run, ...]:
        """All of them, in order."""
        return (self.live, *self.begun) if self.live else self.begun


class S3:
    """A bucket. `releases` are kept on this machine, to save fetching their lists."""

    def __init__(self, destination: Bucket, output: Path, releases: KeptReleases) -> None:
        self.encoding, self.output, self.releases = destination.encoding, output, releases
        self.store = BucketStore(destination)
        self._state, self._token = BucketState(), ""
        self._checking, self._checked = threading.Lock(), 0.0

    def live(self) -> Live | None:
        """The live release, or that of a run that has begun to replace it; None if there is neither."""
        data, self._token = self.store.get(STATE)
        try:
            self._state = msgspec.json.decode(data, type=BucketState) if data else BucketState()
        except ValueError:
            self._state = BucketState(version=0)
        if self._state.version != BucketState().version:
            raise Unreachable(f"{STATE} in the bucket is not of this version of Broadside")
        runs = self._state.runs
        return Live(runs[-1].head, token=self._token) if runs else None

    def files(self, live: Live | None, new: Release | None) -> Mapping[str, str]:
        """The digests of the live files; "" for one that another run may have replaced, or that would now be stored differently."""
        runs = self._state.runs
        lists = [self._listed(run.head) for run in runs]
        if not self._state.live:
            lists.append({})  # files of an interrupted first run may be missing
        return certain(lists, all(run.form == form_of(self.encoding) for run in runs))

    def send(self, live: Live | None, new: Release, plan: Plan) -> None:
        """Upload what changed, stage by stage, and then delete what is gone."""
        before, ours = self._state.runs, Run(new.head, form_of(self.encoding))
        self.releases.keep(new)
        self.store.put(RELEASES + new.head.id, compressed(new.text(), "gzip"), HIDDEN | {"ContentEncoding": "gzip"})
        if self._state.begun:
            say("Another run is at work, or was interrupted; taking over from it …")
        self._write(replace(self._state, begun=(*self._state.begun, ours)))
        # The other run checks the state every CHECK seconds, so after this pause it no longer writes files.
        if len(self._state.begun) > 1:
            time.sleep(PATIENCE)
        for name, stage in zip(STAGES, plan.put, strict=True):
            self._each(f"Uploading {name}", stage, self._upload)
        self._each("Deleting", plan.delete, self.store.delete)
        self._write(BucketState(live=ours))
        for run in before:
            if run.head.id != new.head.id:
                self.store.delete(RELEASES + run.head.id)

    def renew(self, live: Live, head: Head) -> None:
        """Record another head for the live release."""
        self._write(BucketState(live=Run(head, form_of(self.encoding))))

    def bring_back(self, live: Live, head: Head) -> None:
        """Refuse, because no earlier release is kept."""
        raise Unreachable("a bucket keeps no earlier release")

    def _each(self, doing: str, paths: Sequence[str], work: Callable[[str], object]) -> None:
        """Do some work for each path, many at once; after the first problem, start nothing more."""

        def checked(path: str) -> None:
            self._check()
            work(path)

        progress = Progress(doing, len(paths))
        with ThreadPoolExecutor(AT_ONCE) as threads:
            try:
                for _ in threads.map(checked, paths):
                    progress.step()
            except BaseException:
                threads.shutdown(cancel_futures=True)
                raise

    def _upload(self, path: str) -> None:
        file_headers = headers_of(path, self.encoding)
        with (self.output / path).open("rb") as file:
            encoding = self.encoding if "ContentEncoding" in file_headers else ""
            self.store.put(path, compressed(file.read(), encoding) if encoding else file, file_headers)

    def _check(self) -> None:
        """Raise Overtaken if another run has begun; asks the store every few seconds at most."""
        with self._checking:
            now = time.monotonic()
            if now - self._checked > CHECK:
                if self.store.get(STATE)[1] != self._token:
                    raise Overtaken
                self._checked = now

    def _listed(self, head: Head) -> Mapping[str, str]:
        """The digests of a release's files, from this machine if possible; none if they are lost, and then everything is uploaded."""

        def fetch(path: Path) -> None:
            try:
                write_whole(path, plain(self.store.get(RELEASES + head.id)[0], "gzip"))
            except ValueError:
                say(f"The list of the files of {head} in the bucket is damaged: all are uploaded again")

        return self.releases.files(head, fetch)

    def _write(self, state: BucketState) -> None:
        """Write the state if it is still the one that was read; raises Overtaken."""
        is_first = not self._token
        self._token = self.store.swap(STATE, msgspec.json.encode(state), self._token)
        self._state = state
        # A store that ignores conditions would let two runs mix their files; find out before the first upload.
        if is_first and not self.store.guards(STATE):
            self.store.delete(STATE)
            raise Unreachable(UNGUARDED)


def certain(lists: Sequence[Mapping[str, str]], same_form: bool) -> dict[str, str]:
    """The files of all the releases: with a digest if they agree, else with ""."""
    paths = sorted(set().union(*lists))
    digests = {path: {files.get(path, "") for files in lists} for path in paths}
    return {path: next(iter(known)) if same_form and len(known) == 1 else "" for path, known in digests.items()}


def headers_of(path: str, encoding: str) -> dict[str, str]:
    """The headers that a store should send with a file, under boto3's names."""
    found = {"ContentType": headers.content_type(path), "CacheControl": headers.cache_control(path)}
    if how := headers.disposition(path):
        found["ContentDisposition"] = how
    return found | {"ContentEncoding": encoding} if encoding in ENDINGS and is_worth(path, LEAST) else found


def form_of(encoding: str) -> str:
    """A word that changes when the same files would be stored differently: with other headers or another encoding."""
    table = (headers.TYPES, headers.NAMED, headers.FOR_EVER, headers.NEVER_CHANGES, headers.ASK_AGAIN, headers.SAVED)
    return f"{encoding or 'plain'}-{sha256(msgspec.json.encode(table)).hexdigest()[:8]}"


class BucketStore:
    """The objects of a bucket by their keys. boto3 repeats a request up to six times if the error may be temporary."""

    def __init__(self, destination: Bucket) -> None:
        _have_boto()
        self.bucket = destination.bucket
        self._secrets: tuple[str, ...] = ()
        with self._translated():
            self._client, self._secrets = _client(destination)

    def get(self, key: str) -> tuple[bytes, str]:
        """An object's bytes and its ETag; empty if there is no such object."""
        with self._translated():
            try:
                answer = self._client.get_object(Bucket=self.bucket, Key=key)
                return answer["Body"].read(), answer["ETag"]
            except self._client.exceptions.NoSuchKey:
                return b"", ""

    def put(self, key: str, data: bytes | BinaryIO, file_headers: Mapping[str, str]) -> None:
        """Write an object with its headers, under boto3's names."""
        with self._translated():
            self._client.put_object(Bucket=self.bucket, Key=key, Body=data, **file_headers)

    def delete(self, key: str) -> None:
        """Delete an object, if it is there."""
        with self._translated():
            self._client.delete_object(Bucket=self.bucket, Key=key)

    def swap(self, key: str, data: bytes, token: str) -> str:
        """Write an object if it still has this ETag ("": does not exist), and return its new ETag. Raises Overtaken."""
        condition = {"IfMatch": token} if token else {"IfNoneMatch": "*"}
        try:
            with self._translated():
                done = self._client.put_object(Bucket=self.bucket, Key=key, Body=data, **HIDDEN, **condition)
                return str(done["ETag"])
        except Overtaken:
            there, tag = self.get(key)  # our own write, if its answer was lost and boto3 asked again
            if there != data:
                raise
            return tag

    def guards(self, key: str) -> bool:
        """Whether the store really refuses to overwrite an existing object."""
        try:
            with self._translated():
                self._client.put_object(Bucket=self.bucket, Key=key, Body=b"", IfNoneMatch="*")
        except Overtaken:
            return True
        return False

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn boto3's exceptions into our own."""
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
            raise self._unreachable(f"{error.get('Code')}, {error.get('Message')}") from None
        except BotoCoreError as problem:
            raise self._unreachable(str(problem)) from None

    def _unreachable(self, said: str) -> Unreachable:
        return Unreachable(f"the bucket {self.bucket}: {without_secrets(said, *self._secrets)}")


def _have_boto() -> None:
    """Make boto3 ready to import; it is not in the environment, because most sites never need it."""
    try:
        if fetched(BOTO, LOCK):
            say("Fetched boto3, which talks to buckets.")
    except CalledProcessError:
        raise Unreachable("boto3, which talks to buckets, could not be fetched; the lines above say why") from None
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
        "s3", endpoint_url=destination.endpoint or None, region_name=destination.region or None, config=config
    )
    given = session.get_credentials()
    return client, (given.secret_key or "", given.token or "") if given else ()
