"""A branch of a Git repository that its host serves as a site: GitHub, GitLab or Codeberg Pages, or
a server that pulls.

The branch's commit is the live release; its message names it. Each release that is kept has its
commit at refs/broadside/ID. The branch is moved only if it is still at the commit that was seen (a
lease), together with all refs in one step.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import IO

from broadside.build.release import Head, KeptReleases, NotARelease, Release, head_in
from broadside.config.destinations import Branch
from broadside.disk import opened_to_lock, write_whole
from broadside.git import run
from broadside.hiding import without_secrets
from broadside.publish.plan import Plan
from broadside.publish.target import Broken, Live, Overtaken, Unreachable, chain, kept_ids, tried
from broadside.terminal import say

REFS = "refs/broadside/"
TOKEN = "PUBLISH_TOKEN"  # noqa: S105 -- the name of a variable
HELPER = (
    f'!f() {{ test "$1" = get && echo username=x-access-token && echo "password=${TOKEN}"; }}; f'
)
ALONE = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_ATTR_NOSYSTEM": "1"}
"""No setting of the user's may change a file on its way, such as one for line endings, filters or
ignored files.
"""
WHOLE = {"GIT_NO_LAZY_FETCH": "0"}
"""What is live is fetched without its files, and Git may fetch them when it needs them."""
LOST = (
    "stale info",
    "fetch first",
    "non-fast-forward",
    "incorrect old value",
    "cannot lock ref",
    "atomic",
)
FINAL = (
    *(
        "Authentication failed",
        "Permission denied",
        "Host key verification failed",
        "could not read Username",
    ),
    *(
        "not found",
        "does not exist",
        "does not appear to be a git repository",
        "declined",
        "remote helper",
    ),
)


class Pages:
    """A branch of a remote repository.

    `repository` is a bare one on this machine with what was published, to save fetching it.
    """

    def __init__(
        self, destination: Branch, output: Path, repository: Path, releases: KeptReleases
    ) -> None:
        self.destination, self.output, self.repository, self.releases = (
            destination,
            output,
            repository,
            releases,
        )
        self.branch = f"refs/heads/{destination.branch}"
        self._commits: dict[str, str] = {}
        self._hold = _locked(repository)
        self._git("init", "--quiet", "--bare", str(repository))
        self._git("config", "remote.origin.url", destination.remote)

    def live(self) -> Live | None:
        """The live release; None if there is no such branch.

        Raises Unreachable if the branch is not ours.
        """
        told = self._remote("ls-remote", "origin", self.branch, f"{REFS}*")
        refs = {name: commit for commit, name in (line.split("\t") for line in told.splitlines())}
        token = refs.pop(self.branch, "")
        if not token:
            return None
        missing = [each for each in {token, *refs.values()} if not self._has(each)]
        if missing:
            self._remote(
                "fetch",
                "--quiet",
                "--depth=1",
                "--filter=blob:none",
                "--no-tags",
                "origin",
                *missing,
            )
        self._commits = {name.removeprefix(REFS): commit for name, commit in refs.items()}
        heads = {name: self._head(commit) for name, commit in self._commits.items()}
        head = self._head(token)
        return Live(head, chain(head.id, heads | {head.id: head}), token)

    def files(self, live: Live | None, new: Release | None) -> Mapping[str, str]:
        """The digests of the live files that are the same in `new`; for others, Git's blob ids."""
        if live is None:
            return {}
        if new is None:
            return self.releases.of(live.head) or {}
        ours, theirs = (
            self._staged(),
            self._listed("ls-tree", "-r", "-z", "--full-tree", live.token),
        )
        return {
            path: new.files[path] if path in new.files and ours.get(path) == mark else mark
            for path, mark in theirs.items()
            if path in new.files or path not in self._extra()
        }

    def send(self, live: Live | None, new: Release, plan: Plan) -> None:
        """Commit the output and push it."""
        self._staged()
        tree = self._git("write-tree").strip()
        commit = self._commit(tree, new.head, live)
        kept = kept_ids(live, new.head.id, self.destination.keep)
        gone = [f":{REFS}{name}" for name in self._commits if name not in kept]
        self.releases.keep(new)
        self._push(live, commit, f"{commit}:{REFS}{new.head.id}", *gone)

    def renew(self, live: Live, head: Head) -> None:
        """Record a new head for the live release, in a commit with the same files."""
        commit = self._commit(f"{live.token}^{{tree}}", head, live)
        self._push(live, commit, f"{commit}:{REFS}{head.id}")

    def bring_back(self, live: Live, head: Head) -> None:
        """Push the files of an earlier release again."""
        self._push(live, self._commit(f"{self._commits[head.id]}^{{tree}}", head, live))

    def _extra(self) -> dict[str, bytes]:
        """Files that tell the host to serve the site as it is, and under which domain."""
        domain = {}
        if self.destination.domain:
            domain = {"CNAME": f"{self.destination.domain}\n".encode()}
        return {".nojekyll": b"", **domain}

    def _staged(self) -> dict[str, str]:
        """Make Git's index match the output; returns the blob id of each file."""
        # --force, because the site may contain a .gitignore.
        site = {"GIT_WORK_TREE": str(self.output)}
        self._git("add", "--all", "--force", ".", env=site, cwd=self.output)
        for name, data in self._extra().items():
            blob = self._git("hash-object", "-w", "--stdin", told=data.decode()).strip()
            self._git("update-index", "--add", "--cacheinfo", f"100644,{blob},{name}")
        return self._listed("ls-files", "--stage", "-z")

    def _listed(self, *words: str) -> dict[str, str]:
        """The blob id of each path in an index or a tree; it is the second field of an index entry,
        and the third of a tree entry.
        """
        entries = (entry.partition("\t") for entry in self._git(*words).split("\0") if entry)
        place = 2
        if words[0] == "ls-files":
            place = 1
        return {path: facts.split()[place] for facts, _, path in entries}

    def _commit(self, tree: str, head: Head, live: Live | None) -> str:
        """Make a commit of a tree; its parent is the live one, if history is to be kept."""
        parent = []
        if live and self.destination.history:
            parent = ["-p", live.token]
        message = f"Publish {head}\n\n{head.line}\n"
        # Fixed names and the build's date, so that trying again makes the same commit.
        who = {"NAME": "Broadside", "EMAIL": "broadside@localhost", "DATE": head.built}
        names = {
            f"GIT_{role}_{key}": value
            for role in ("AUTHOR", "COMMITTER")
            for key, value in who.items()
        }
        return self._git("commit-tree", *parent, tree, told=message, env=names).strip()

    def _push(self, live: Live | None, commit: str, *refs: str) -> None:
        """Move the branch from the commit that was seen, and the refs with it."""
        lease = f"--force-with-lease={self.branch}:{live.token if live else ''}"
        branch = f"{commit}:{self.branch}"
        flags = ["--quiet", "--porcelain", "--atomic", "--no-verify"]
        if live and not self.destination.history:
            # Without a parent, Git would send all files, unless it takes the repository for a
            # shallow one: then it asks which files the commits on the other side contain.
            write_whole(self.repository / "shallow", f"{live.token}\n".encode())
        self._remote(
            "push",
            *flags,
            lease,
            "origin",
            branch,
            *(f"+{ref}" if ref[0] != ":" else ref for ref in refs),
        )

    def _head(self, commit: str) -> Head:
        message = self._git("log", "-1", "--format=%B", commit)
        try:
            return head_in(message.strip().rpartition("\n")[2])
        except NotARelease:
            raise Unreachable(
                f"the branch {self.destination.branch} of {self.destination.remote} holds what"
                " Broadside did not put there; name another branch, or delete it"
            ) from None

    def _has(self, commit: str) -> bool:
        """Whether a commit is on this machine."""
        return run(Path(), "cat-file", "-e", commit, repository=self.repository).returncode == 0

    def _git(
        self,
        *words: str,
        told: str = "",
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> str:
        """Run Git in our repository, without the user's settings."""
        done = run(
            cwd or Path(),
            *words,
            given=told.encode(),
            repository=self.repository,
            env={**ALONE, **WHOLE, **(env or {})},
            kept_open=[self._hold.fileno()],
        )
        if done.returncode:
            raise Unreachable(f"git {words[0]}: {os.fsdecode(done.stderr).strip()}")
        return os.fsdecode(done.stdout)

    def _remote(self, *words: str) -> str:
        """Run Git against the remote repository, and again if the connection breaks."""
        helper = []
        if os.environ.get(TOKEN):
            helper = ["-c", f"credential.helper={HELPER}"]
        asking = {**WHOLE, "GIT_TERMINAL_PROMPT": "0"}
        if not {"GIT_SSH", "GIT_SSH_COMMAND"} & os.environ.keys():
            asking["GIT_SSH_COMMAND"] = (
                "ssh -o BatchMode=yes -o StrictHostKeyChecking=yes -o ConnectTimeout=20"
            )

        def once() -> str:
            done = run(Path(), *helper, *words, repository=self.repository, env=asking)
            if done.returncode:
                said = os.fsdecode(done.stderr + done.stdout)
                raise _failure(without_secrets(said, os.environ.get(TOKEN, "")), words[0])
            return os.fsdecode(done.stdout)

        return tried(once)


@cache
def _locked(repository: Path) -> IO[bytes]:
    """Lock a repository for this process and the Git processes that it starts, and delete what
    killed ones left behind.

    The lock is an open file that Git inherits, so a Git that outlives its run is waited for. The
    file is opened only once: otherwise a second command in the same process would wait for ever for
    the first one's lock.
    """
    repository.mkdir(parents=True, exist_ok=True)
    hold = opened_to_lock(repository / "held")
    try:
        fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Another run is publishing what is built here; waiting for it …")
        fcntl.flock(hold, fcntl.LOCK_EX)
    for left in repository.rglob("*.lock"):
        left.unlink()
    return hold


def _failure(words: str, verb: str) -> Exception:
    """The exception for a failure, judging by Git's message."""
    if verb == "push" and "rejected" in words and any(sign in words for sign in LOST):
        return Overtaken()
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    telling = [
        line for line in lines if line.startswith(("fatal:", "error:", "remote:", "ERROR:", "!"))
    ]
    said = "; ".join((telling or lines)[:2]) or f"git {verb} failed"
    return (Unreachable if any(sign in words for sign in FINAL) else Broken)(said)
