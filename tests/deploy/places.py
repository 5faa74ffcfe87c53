"""Each kind of target on a real server of this machine, reached through a gate, and what readers
get there.
"""

from __future__ import annotations

import gzip
import io
import subprocess
import tarfile
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from broadside.publish.s3 import LIST, Contents
from tests.deploy.conftest import Bucket
from tests.deploy.gate import Gate
from tests.deploy.sites import held
from tests.forges import git

KEYS = {
    "AWS_ACCESS_KEY_ID": "key",
    "AWS_SECRET_ACCESS_KEY": "a-secret-of-ours",
    "AWS_DEFAULT_REGION": "us-east-1",
}


@dataclass
class Place:
    """A target, and how it is looked at from outside the command.

    `cuts` are numbers of bytes after which connections break, of which the command tells `told`
    times at least; `enough` is what may go up for eleven small files, and `sending` how much more
    than a run that sends nothing has sent when one is sending.
    """

    extra: ClassVar[Mapping[str, bytes]] = {}
    """Files that are not the site's, but the host's."""
    cuts: ClassVar[tuple[int, ...]]
    told: ClassVar[int]
    enough: ClassVar[int]
    sending: ClassVar[int]

    gate: Gate
    more: dict[str, Any] = field(default_factory=dict)
    """What else the settings say of the target."""

    @property
    def targets(self) -> dict[str, Any]:
        """The setting, in which this is the only target."""
        return {"there": self.target(self.gate.port) | {"check": 0} | self.more}

    @property
    def beside_the_gate(self) -> dict[str, Any]:
        """The same, which the gate does not see."""
        return {"there": self.target(self.gate.to) | {"check": 0} | self.more}

    def target(self, port: int) -> dict[str, Any]:
        """The target at a port of this machine."""
        raise NotImplementedError

    def twin(self) -> Place:
        """Another one on the same server."""
        raise NotImplementedError

    def shown(self) -> dict[str, bytes]:
        """What readers get."""
        raise NotImplementedError

    def kept(self) -> int:
        """How many releases can be made live again, with the one that is."""
        raise NotImplementedError

    def left_over(self) -> Collection[object]:
        """What of a run that was killed is still there."""
        return ()

    def check_whole(self, first: Mapping[str, bytes], second: Mapping[str, bytes]) -> None:
        """Check that readers get one of two sites after a run that was killed."""
        assert self.shown() in ({**first, **self.extra}, {**second, **self.extra})


@dataclass
class Server(Place):
    """A folder of a server that is reached by ssh."""

    cuts = (3_000, 30_000, 60_000, 90_000)
    told, enough, sending = 3, 60_000, 10_000
    folder: Path = Path()

    def target(self, port: int) -> dict[str, Any]:
        return {"kind": "rsync", "host": "127.0.0.1", "path": str(self.folder), "port": port}

    def twin(self) -> Server:
        return Server(self.gate, folder=Path(f"{self.folder}-twin"))

    def shown(self) -> dict[str, bytes]:
        return held(self.folder / "current")

    def releases(self) -> list[Path]:
        return sorted((self.folder / "releases").iterdir())

    def kept(self) -> int:
        return len(self.releases())

    def left_over(self) -> Collection[object]:
        return [*(self.folder / "incoming").iterdir(), *self.releases()[2:]]


@dataclass
class InFolder(Server):
    """A folder of this machine, which is reached by no gate."""

    def target(self, port: int) -> dict[str, Any]:
        return {"kind": "folder", "path": str(self.folder)}


@dataclass
class Branch(Place):
    """A branch of a bare repository, reached by ssh."""

    extra: ClassVar = {".nojekyll": b""}
    cuts = (2_000, 12_000, 40_000)
    told, enough, sending = 2, 60_000, 500
    remote: Path = Path()

    def __post_init__(self) -> None:
        subprocess.run(["git", "init", "-q", "--bare", str(self.remote)], check=True)
        git(self.remote, "config", "uploadpack.allowFilter", "true")
        git(self.remote, "config", "uploadpack.allowAnySHA1InWant", "true")

    def target(self, port: int) -> dict[str, Any]:
        return {"kind": "pages", "remote": f"ssh://127.0.0.1:{port}{self.remote}"}

    def twin(self) -> Branch:
        return Branch(self.gate, remote=self.remote.with_name("twin.git"))

    def shown(self) -> dict[str, bytes]:
        if not self.git("for-each-ref"):
            return {}
        command = ["git", "--git-dir", str(self.remote), "archive", "--format=tar", "gh-pages"]
        archive = subprocess.run(command, capture_output=True, check=True).stdout
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            return {each.name: tar.extractfile(each).read() for each in tar if each.isfile()}  # type: ignore[union-attr]

    def git(self, *words: str) -> str:
        return git(self.remote, *words)

    def kept(self) -> int:
        return len(self.git("for-each-ref", "refs/broadside").splitlines())


@dataclass
class InBucket(Place):
    """A bucket of a store with the API of S3."""

    cuts = (10_000, 40_000, 80_000, 110_000)
    told, enough, sending = 0, 80_000, 0
    bucket: Bucket = None  # type: ignore[assignment]

    def target(self, port: int) -> dict[str, Any]:
        return {"kind": "s3", "bucket": self.bucket.name, "endpoint": f"http://127.0.0.1:{port}"}

    def twin(self) -> InBucket:
        return InBucket(self.gate, bucket=Bucket(f"{self.bucket.name}-twin", self.bucket.port))

    def shown(self) -> dict[str, bytes]:
        return self.bucket.shown()

    def left_over(self) -> Collection[object]:
        there = msgspec.json.decode(gzip.decompress(self.bucket.get(LIST)["Body"]), type=Contents)
        return [path for path, digest in there.files.items() if not digest]

    def check_whole(self, first: Mapping[str, bytes], second: Mapping[str, bytes]) -> None:
        """A bucket cannot swap sites, but no page changes before what it shows is there, and what
        goes, goes last.
        """
        time.sleep(0.5)
        between = self.shown()
        if not self.left_over():
            assert between in (first, second)
        assert all(data in (first.get(path), second.get(path)) for path, data in between.items()), (
            "every page is whole"
        )
        assert first.keys() <= between.keys() or second.items() <= between.items(), (
            "what goes, goes last"
        )
        if any(
            between[path] != data
            for path, data in first.items()
            if path in second and path in between
        ):
            assert second.keys() <= between.keys(), (
                "no page changes before new pages and pictures are there"
            )
