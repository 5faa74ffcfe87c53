"""Real servers on this machine that sites are published to, each on a free port and in a folder of
its own.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from broadside.fetching import fetched, search_in
from broadside.publish.s3 import BOTO
from tests.commands.running import free_port, until
from tests.deploy.gate import Gate
from tests.deploy.sites import Site, targeted
from tests.repository import PROJECT
from tools.suites import SERVERS, found

if TYPE_CHECKING:
    from tests.deploy.own_server import OwnServer
    from tests.deploy.places import Branch, InBucket, InFolder, Server


def answers(port: int) -> bool:
    """Whether something listens at a port of this machine."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


@contextmanager
def running(
    command: list[str], port: int, log: Path, **how: object
) -> Iterator[subprocess.Popen[bytes]]:
    """A server that is run in the foreground for as long as it is needed; it listens at the port
    when this begins.
    """
    with log.open("ab") as words:
        server = subprocess.Popen(command, stdout=words, stderr=words, **how)  # type: ignore[call-overload]
    try:
        until(lambda: answers(port) or server.poll() is not None, command[0])
        assert server.poll() is None, log.read_text("utf-8", "replace")[-2000:]
        yield server
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what the servers of a whole session keep."""
    return tmp_path_factory.mktemp("servers")


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project whose targets are what the environment says."""
    return targeted(tmp_path_factory.mktemp("project") / "copy")


@pytest.fixture
def site(tmp_path: Path, project: Path) -> Site:
    """A site that can be published."""
    return Site(tmp_path / "site", project)


class Sshd:
    """A real sshd: its port, and a folder with an ssh that knows its key, and one that knows no
    host.
    """

    def __init__(self, place: Path) -> None:
        self.place, self.port = place, free_port()
        for name in ("host", "user"):
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(place / name)], check=True
            )
        (place / "authorized").write_text((place / "user.pub").read_text())
        lines = [
            f"Port {self.port}",
            "ListenAddress 127.0.0.1",
            f"HostKey {place / 'host'}",
            "UsePAM no",
        ]
        lines += [
            f"AuthorizedKeysFile {place / 'authorized'}",
            "StrictModes no",
            f"PidFile {place / 'pid'}",
        ]
        lines += ["PasswordAuthentication no", "MaxStartups 100", "PermitRootLogin yes"]
        (place / "sshd_config").write_text("\n".join(lines) + "\n")
        (place / "known").write_text(f"halyard-server {(place / 'host.pub').read_text()}")
        self.knowing = self._client("knowing", place / "known")
        self.ignorant = self._client("ignorant", place / "nobody")
        if os.getuid() == 0:  # it then wants this folder to give up its rights in
            Path("/run/sshd").mkdir(parents=True, exist_ok=True)
        self.command = [found("sshd"), "-D", "-e", "-f", str(place / "sshd_config")]

    def _client(self, name: str, known: Path) -> str:
        """A folder with an ssh whose settings are these, as a user has them in ~/.ssh/config."""
        folder, config = self.place / name, self.place / f"{name}.config"
        folder.mkdir()
        lines = ["HostName 127.0.0.1", "HostKeyAlias halyard-server", f"UserKnownHostsFile {known}"]
        lines += [
            "GlobalKnownHostsFile /dev/null",
            f"IdentityFile {self.place / 'user'}",
            "IdentitiesOnly yes",
        ]
        config.write_text("Host *\n" + "".join(f"    {line}\n" for line in lines))
        (folder / "ssh").write_text(f'#!/bin/sh\nexec {shutil.which("ssh")} -F {config} "$@"\n')
        (folder / "ssh").chmod(0o755)
        return f"{folder}{os.pathsep}{os.environ['PATH']}"


@pytest.fixture(scope="session")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """A server that is reached by ssh."""
    server = Sshd(tmp_path_factory.mktemp("sshd"))
    with running(server.command, server.port, server.place / "log"):
        yield server


@pytest.fixture
def gate(sshd: Sshd) -> Iterator[Gate]:
    """A door to the server."""
    made = Gate(sshd.port)
    yield made
    made.close()


@pytest.fixture
def on_server(gate: Gate, sshd: Sshd, site: Site, tmp_path: Path) -> Server:
    """A server of one's own; the name of its folder is one that a shell would break."""
    from tests.deploy.places import Server

    site.env["PATH"] = sshd.knowing
    return Server(gate, folder=tmp_path / "srv" / 'the site\'s $HOME; `x` "q"')


@pytest.fixture
def in_folder(gate: Gate, tmp_path: Path) -> InFolder:
    """A folder of this machine; its name is one that a shell would break."""
    from tests.deploy.places import InFolder

    return InFolder(gate, folder=tmp_path / "www" / 'the site\'s $HOME; `x` "q"')


@pytest.fixture
def on_branch(gate: Gate, sshd: Sshd, site: Site, tmp_path: Path) -> Branch:
    """A branch of a repository."""
    from tests.deploy.places import Branch

    site.env["PATH"] = sshd.knowing
    return Branch(gate, remote=tmp_path / "remote.git")


@pytest.fixture
def in_bucket(store: int, bucket: Bucket, site: Site) -> Iterator[InBucket]:
    """A bucket."""
    from tests.deploy.places import KEYS, InBucket

    site.env |= KEYS
    made = Gate(store)
    yield InBucket(made, bucket=bucket)
    made.close()


@contextmanager
def moto(place: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A store with the API of S3, which forgets all when it ends."""
    fetched(SERVERS / "python", PROJECT / "tests" / "deploy" / "requirements.lock")
    words = [
        "-c",
        "import sys; from moto.server import main; main(sys.argv[1:])",
        "-H",
        "127.0.0.1",
        "-p",
        str(port),
    ]
    env = {**os.environ, "PYTHONPATH": str(SERVERS / "python")}
    with running([sys.executable, *words], port, place / "moto.log", env=env) as server:
        yield server


class Bucket:
    """A bucket, looked at from outside the command."""

    def __init__(self, name: str, port: int) -> None:
        search_in(BOTO)
        import boto3

        self.name, self.port = name, port
        self.client = boto3.client(
            "s3", endpoint_url=f"http://127.0.0.1:{port}", region_name="us-east-1",
            aws_access_key_id="key", aws_secret_access_key="secret",
        )  # fmt: skip
        self.client.create_bucket(Bucket=name)
        self.client.put_bucket_acl(Bucket=name, ACL="public-read")

    def listed(self) -> list[str]:
        found = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name)
        return [each["Key"] for part in found for each in part.get("Contents", ())]

    def get(self, key: str) -> dict[str, Any]:
        """An object's headers, and its bytes as Body."""
        answer = self.client.get_object(Bucket=self.name, Key=key)
        return {**answer, "Body": answer["Body"].read()}

    def shown(self) -> dict[str, bytes]:
        """What readers get: every object that is the site's, decoded as a browser does."""
        import gzip

        found = {key: self.get(key) for key in self.listed() if not key.startswith(".broadside/")}
        return {
            key: (
                gzip.decompress(each["Body"])
                if each.get("ContentEncoding") == "gzip"
                else each["Body"]
            )
            for key, each in found.items()
        }


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a store."""
    port = free_port()
    with moto(tmp_path_factory.mktemp("moto"), port):
        yield port


@pytest.fixture
def bucket(store: int, tmp_path: Path) -> Bucket:
    """A bucket of its own for each test."""
    return Bucket(f"halyard-{abs(hash(str(tmp_path))):x}", store)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> OwnServer:
    """A server on which a first story is live; tests push to it one after the other."""
    from tests.deploy.own_server import OwnServer

    return OwnServer.with_a_story(tmp_path_factory.mktemp("server"))


@pytest.fixture
def fresh(server: OwnServer) -> None:
    """Begin a test with the branch as it is on the server."""
    server.follow()
