"""A server of your own, or a folder of this machine: releases side by side, which share every
unchanged file, and a link to the live one.

PATH/current        what the web server shows, a link that is replaced in one step
PATH/releases/ID    the releases
PATH/records/ID.*   their heads, and the digests of their files
PATH/incoming/      what is being uploaded, which readers cannot see

The digests tell what changes, so no list of the whole site is sent. server.sh does the work where
the folder is.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from broadside.build.release import Head, KeptReleases, NotARelease, Release, head_in
from broadside.config.destinations import Folder, Server
from broadside.publish.plan import Plan, emptied
from broadside.publish.target import Broken, Live, Overtaken, Unreachable, chain, kept_ids, tried
from broadside.terminal import Progress, say

SCRIPT = Path(__file__).with_name("server.sh")
OPTIONS = (
    "BatchMode=yes",
    "StrictHostKeyChecking=yes",
    "ConnectTimeout=20",
    "ServerAliveInterval=15",
)
"""ssh's options: never ask, and never talk to a server whose key is unknown."""
OVERTAKEN, THROWN_AWAY, LOST = 75, 74, 255
MAY_PASS = (10, 12, 20, 30, 35, LOST)
"""Exit codes of rsync and ssh for a connection that broke or was too slow."""


class ThrownAway(Unreachable):
    """The new release on the server was incomplete, because the one it was based on is not as
    recorded.
    """


class Releases:
    """A folder with releases.

    Those in `releases` are kept on this machine, to save fetching their digests.
    """

    def __init__(self, destination: Server | Folder, output: Path, releases: KeptReleases) -> None:
        self.destination, self.output, self.releases = destination, output, releases

    def live(self) -> Live | None:
        """The live release; None if there is none."""
        current, *lines = self._ask("state").splitlines() or [""]
        if not current:
            return None
        try:
            heads = {head.id: head for head in map(head_in, lines)}
            return Live(heads[current], chain(current, heads), current)
        except (NotARelease, KeyError):
            place = self._there(f"{self.destination.path}/current")
            raise Unreachable(
                f"{place} leads to {current}, a release of which nothing is noted"
            ) from None

    def files(self, live: Live | None, new: Release | None) -> Mapping[str, str]:
        """The digests of the live files; fetched if this machine does not have them."""
        if live is None:
            return {}
        record = f"{self.destination.path}/records/{live.head.id}.json"
        return self.releases.files(
            live.head, lambda path: self._rsync(["-z"], self._there(record), str(path))
        )

    def send(self, live: Live | None, new: Release, plan: Plan) -> None:
        """Upload what changed to a folder beside the live release, and replace the link."""
        base = ""
        if live and plan.same:
            base = live.head.id
        try:
            self._send(live, new, base, plan.all_put, plan.delete)
        except ThrownAway as problem:
            say(f"{problem}; sending all that is not there")
            self._send(live, new, "", sorted(new.files), ())

    def _send(
        self, live: Live | None, new: Release, base: str, put: Sequence[str], delete: Sequence[str]
    ) -> None:
        old, name = live.head.id if live else "", new.head.id
        if self._ask("begin", base, name).strip() != "ready":
            self._upload(put, f"incoming/{name}.{base}/", "" if base else old)
            record = self.releases.keep(new)
            self._rsync(
                ["-z"], str(record), self._there(f"{self.destination.path}/records/{name}.json")
            )
        away = [*delete, *(f"{folder}/" for folder in emptied(delete, new.files))]
        lines = "".join(
            f"{line}\n" for line in [*away, "", *kept_ids(live, name, self.destination.keep)]
        )
        self._ask("finish", old, name, base, str(len(new.files)), new.head.line, told=lines)

    def renew(self, live: Live, head: Head) -> None:
        """Record another head for the live release."""
        self._ask("renew", live.token, head.line)

    def bring_back(self, live: Live, head: Head) -> None:
        """Set the link back."""
        self._ask("switch", live.token, head.id)

    def _upload(self, paths: Sequence[str], grown: str, like: str) -> None:
        """Upload the paths to the folder of the new release, except files that it already has or
        shares with the release `like`.
        """
        if not paths:
            return
        flags = [
            "--checksum",
            "--times",
            "--perms",
            "--chmod=D755,F644",
            "-z",
            "--files-from=-",
            "--from0",
        ]
        flags.append("--out-format=%n")
        if like:
            flags.append(f"--link-dest={self.destination.path}/releases/{like}")
        names = "".join(f"{path}\0" for path in paths)
        target = self._there(f"{self.destination.path}/{grown}")
        progress = Progress("Uploading", len(paths))
        self._rsync(flags, f"{self.output}/", target, names, progress.step)

    def _there(self, path: str) -> str:
        """A path in the folder, as rsync wants it."""
        return path

    def _reached_by(self) -> list[str]:
        """The words that make rsync reach the folder."""
        return []

    def _with_script(self, words: list[str]) -> list[str]:
        """The command that runs sh with these words where the folder is."""
        return words

    def _rsync(
        self,
        flags: list[str],
        source: str,
        target: str,
        told: str = "",
        step: Callable[[], object] = bool,
    ) -> None:
        """Run rsync, and again if the connection breaks; `step` is called for each file that it
        names.
        """
        command = ["rsync", "-s", *flags, *self._reached_by(), "--timeout=60", source, target]

        def once() -> None:
            with tempfile.TemporaryFile("w+") as names, tempfile.TemporaryFile("w+") as words:
                names.write(told)
                names.seek(0)
                with subprocess.Popen(
                    command, stdin=names, stdout=subprocess.PIPE, stderr=words, text=True
                ) as running:
                    for line in running.stdout or ():
                        if not line.endswith("/\n"):
                            step()
                words.seek(0)
                _raise_for(running.returncode, words.read())

        tried(once)

    def _ask(self, verb: str, *words: str, told: str = "") -> str:
        """Run server.sh with a verb and return its answer."""
        script = ["sh", "-c", SCRIPT.read_text("utf-8"), "sh", verb, self.destination.path, *words]
        command = self._with_script(script)

        def once() -> str:
            done = subprocess.run(command, input=told, capture_output=True, text=True, check=False)
            _raise_for(done.returncode, done.stderr)
            return done.stdout

        return tried(once)


class Rsync(Releases):
    """A server, reached by ssh."""

    destination: Server

    def _there(self, path: str) -> str:
        return f"{self.destination.host}:{path}"

    def _reached_by(self) -> list[str]:
        return ["-e", shlex.join(self._ssh)]

    def _with_script(self, words: list[str]) -> list[str]:
        # quoted for the shell on the server
        return [*self._ssh, "--", self.destination.host, shlex.join(words)]

    @property
    def _ssh(self) -> list[str]:
        """The ssh command, without the server's name."""
        words = ["ssh", "-p", str(self.destination.port)]
        if self.destination.identity:
            words += [
                "-i",
                os.path.expanduser(self.destination.identity),
                "-o",
                "IdentitiesOnly=yes",
            ]
        return [*words, *(word for option in OPTIONS for word in ("-o", option))]


def _raise_for(code: int, words: str) -> None:
    """Raise the exception that an exit code means."""
    if code == 0:
        return
    if code == OVERTAKEN:
        raise Overtaken
    said = words.strip().splitlines()[-1:] or [f"exit code {code}"]
    if code in MAY_PASS:
        known = (
            "Host key verification failed" in words
            or "Permission denied" in words
            or "not resolve" in words
        )
        raise (Unreachable if known else Broken)(
            " ".join(words.strip().splitlines()[-3:]) or said[0]
        )
    raise (ThrownAway if code == THROWN_AWAY else Unreachable)(said[0])
