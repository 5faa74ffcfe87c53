"""A forge whose API has the shape of Forgejo's, over a real bare repository: as much of it as the
editor asks for.

The shapes are those that the editor's own code reads, of these operations of Forgejo's API (v1):
getVersion, userGetCurrent, repoGet, repoGetBranch, GetTree, GetBlobs, getGeneralAPISettings,
repoGetRawFileOrLFS, repoGetAllCommits and repoChangeFiles.
"""

from __future__ import annotations

import json
import re
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

WRITER = {
    "id": 7,
    "login": "ana",
    "full_name": "Ana Pereira",
    "email": "ana@halyard.example",
    "html_url": "",
    "avatar_url": "",
}
TOKEN = "0123456789abcdef"


class Refused(Exception):
    """The forge says no; has the status."""

    def __init__(self, status: int) -> None:
        self.status = status


class Forge:
    """One repository, `main` its branch; whoever has TOKEN is the WRITER."""

    def __init__(self, folder: Path, content: Path, url: str, repo: str) -> None:
        self.url, self.repo, self.git_folder = url, repo, folder / "repo.git"
        self.asked: list[str] = []
        self.operations: list[tuple[str, str, Callable[..., Any]]] = [
            ("GET", "/version", lambda: {"version": "12.0.4+gitea-1.22.0"}),
            (
                "GET",
                "/settings/api",
                lambda: {
                    "max_response_items": 50,
                    "default_paging_num": 30,
                    "default_max_blob_size": 10485760,
                },
            ),
            ("GET", "/user", lambda: WRITER),
            ("GET", f"/repos/{repo}", self._about),
            ("GET", f"/repos/{repo}/branches/main", self._branch),
            ("GET", f"/repos/{repo}/git/trees/(.+)", self._tree),
            ("GET", f"/repos/{repo}/git/blobs", self._blobs),
            ("GET", f"/repos/{repo}/commits", list),
            ("GET", f"/repos/{repo}/media/main/(.+)", self.read),
            ("POST", f"/repos/{repo}/contents", self._commit),
        ]
        work = folder / "first"
        subprocess.run(["git", "init", "-q", "-b", "main", str(work)], check=True)
        subprocess.run(["cp", "-R", str(content), str(work / "content")], check=True)
        subprocess.run(["git", "add", "-A"], cwd=work, check=True)
        who = ["-c", "user.name=Desk", "-c", "user.email=desk@halyard.example"]
        subprocess.run(["git", *who, "commit", "-q", "-m", "First"], cwd=work, check=True)
        subprocess.run(
            ["git", "clone", "-q", "--bare", str(work), str(self.git_folder)], check=True
        )

    def git(self, *words: str, given: bytes = b"", env: dict[str, str] | None = None) -> bytes:
        """What Git says in the repository."""
        return subprocess.run(
            ["git", *words],
            cwd=self.git_folder,
            input=given,
            env=env,
            capture_output=True,
            check=True,
        ).stdout

    def read(self, path: str, revision: str = "main") -> bytes:
        """A file of the repository."""
        return self.git("cat-file", "blob", f"{revision}:{path}")

    def changed(self) -> dict[str, str]:
        """The files that the last commit added, changed or deleted: the letter that Git has for it,
        by path.
        """
        lines = (
            self.git("diff", "--name-status", "--no-renames", "main~1", "main")
            .decode()
            .splitlines()
        )
        return {path: state for state, path in (line.split("\t") for line in lines)}

    def answer(self, route: Any) -> None:
        """Answer a request of a browser as the forge does, to a page on another origin too."""
        request = route.request
        headers = {
            "access-control-allow-origin": "*",
            "access-control-allow-headers": "*",
            "access-control-allow-methods": "*",
        }
        if request.method == "OPTIONS":
            route.fulfill(status=204, headers=headers)
            return
        address = urlsplit(request.url)
        self.asked.append(f"{request.method} {address.path}")
        try:
            if TOKEN not in request.headers.get("authorization", ""):
                raise Refused(401)
            said = self._answer(
                request.method,
                address.path.removeprefix("/api/v1"),
                address.query,
                request.post_data,
            )
        except Refused as refused:
            route.fulfill(status=refused.status, headers=headers, json={"message": "no"})
            return
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        route.fulfill(status=201 if request.method == "POST" else 200, headers=headers, body=body)

    def _answer(self, method: str, path: str, query: str, body: str | None) -> Any:
        for verb, pattern, answer in self.operations:
            if verb == method and (match := re.fullmatch(pattern, path)):
                asked = {name: values[0] for name, values in parse_qs(query).items()}
                given = [unquote(part) for part in match.groups()]
                extra = [asked] if answer == self._blobs else [json.loads(body)] if body else []
                return answer(*given, *extra)
        raise Refused(404)

    def _about(self) -> dict[str, Any]:
        return {
            "name": self.repo.split("/")[1],
            "default_branch": "main",
            "permissions": {"pull": True, "push": True},
        }

    def _branch(self) -> dict[str, Any]:
        head = self.git("rev-parse", "main").decode().strip()
        return {
            "name": "main",
            "commit": {"id": head, "message": self.git("log", "-1", "--format=%B", head).decode()},
        }

    def _tree(self, commit: str) -> dict[str, Any]:
        lines = self.git("ls-tree", "-r", "-l", "-z", commit).decode().rstrip("\0").split("\0")
        parts = [(*line.split("\t")[0].split(), line.split("\t")[1]) for line in lines]
        tree = [
            {"path": path, "type": kind, "sha": sha, "size": int(size)}
            for _, kind, sha, size, path in parts
        ]
        return {
            "sha": commit,
            "tree": tree,
            "truncated": False,
            "page": 1,
            "total_count": len(tree),
        }

    def _blobs(self, asked: dict[str, str]) -> list[dict[str, Any]]:
        found = [(sha, self.git("cat-file", "blob", sha)) for sha in asked["shas"].split(",")]
        return [
            {
                "sha": sha,
                "size": len(data),
                "encoding": "base64",
                "content": b64encode(data).decode(),
            }
            for sha, data in found
        ]

    def _commit(self, asked: dict[str, Any]) -> dict[str, Any]:
        index = {"GIT_INDEX_FILE": str(self.git_folder / "asked"), "PATH": "/usr/bin:/bin"}
        self.git("read-tree", "main", env=index)
        saved: list[dict[str, str] | None] = []
        for file in asked["files"]:
            for gone in filter(
                None, (file.get("from_path"), file["path"] if file["operation"] == "delete" else "")
            ):
                self.git("update-index", "--force-remove", gone, env=index)
            if file["operation"] == "delete":
                saved.append(None)
                continue
            if file["operation"] == "update" and not self._is(file):
                raise Refused(422)
            sha = (
                self.git("hash-object", "-w", "--stdin", given=b64decode(file["content"]))
                .decode()
                .strip()
            )
            self.git(
                "update-index", "--add", "--cacheinfo", f"100644,{sha},{file['path']}", env=index
            )
            saved.append({"path": file["path"], "sha": sha})
        tree = self.git("write-tree", env=index).decode().strip()
        who = {
            f"GIT_{role}_{part}": asked[role.lower()][part.lower()]
            for role in ("AUTHOR", "COMMITTER")
            for part in ("NAME", "EMAIL")
        }
        commit = (
            self.git("commit-tree", tree, "-p", "main", "-m", asked["message"], env=index | who)
            .decode()
            .strip()
        )
        self.git("update-ref", "refs/heads/main", commit)
        return {"files": saved, "commit": {"sha": commit, "created": asked["dates"]["committer"]}}

    def _is(self, file: dict[str, Any]) -> bool:
        """Whether the file that is to be changed is as the editor knows it."""
        path = file.get("from_path") or file["path"]
        return bool(self.git("rev-parse", f"main:{path}").decode().strip() == file["sha"])
