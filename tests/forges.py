"""A forge's workflow run on this machine: its own shell steps, in clones; what actions do, is done in a few lines here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.repository import PROJECT

EXPRESSION = re.compile(r"\$\{\{ *(.*?) *\}\}")
AUTHOR = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")


def git(folder: Path, *words: str) -> str:
    command = ["git", "-C", str(folder), *AUTHOR, *words]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()


def commit(folder: Path, words: str) -> str:
    """Commit all that changed; the commit."""
    git(folder, "add", "--all", "--force", ".")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", words)
    return git(folder, "rev-parse", "HEAD")


def workflow(path: str) -> dict[Any, Any]:
    return dict(yaml.safe_load((PROJECT / path).read_text("utf-8")))


@dataclass
class Forge:
    """A repository on a server, and what a forge keeps between runs: caches, and what went live.

    `bin` is put first on the PATH of every step.
    """

    folder: Path
    live: list[str] = field(default_factory=list)
    attested: list[bytes] = field(default_factory=list)
    runs: int = 0

    @property
    def server(self) -> Path:
        return self.folder / "server.git"

    @property
    def caches(self) -> Path:
        return self.folder / "caches"


@dataclass
class Run:
    """One run of a workflow at a commit."""

    forge: Forge
    path: str
    sha: str
    event: str = "push"
    env: Mapping[str, str] = field(default_factory=dict)
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    failed: str = ""
    said: str = ""

    def go(self, *jobs: str) -> Run:
        """Run the jobs in their order, or those that are named, as when failed ones are run again."""
        self.failed = ""
        self.forge.runs += 1
        self.folder = self.forge.folder / f"run-{self.forge.runs}"
        self.artifacts = self.forge.folder / f"artifacts-{self.sha[:8]}"
        left_out: set[str] = set()
        for name, job in workflow(self.path)["jobs"].items():
            needs = {job["needs"]} if isinstance(job.get("needs"), str) else set(job.get("needs", ()))
            unwanted = "'true'" in job.get("if", "") and self._output("plan", "go") != "true"
            if unwanted or needs & left_out:
                left_out.add(name)
            if unwanted or needs & left_out or (jobs and name not in jobs):
                continue
            self._job(name, job)
            if self.failed:
                break
        return self

    def _job(self, name: str, job: dict[str, Any]) -> None:
        place = self.folder / name
        place.mkdir(parents=True)
        for step in job["steps"]:
            if (asked := re.search(r"outputs\.(\w+) == 'true'", step.get("if", ""))) and not self._output(
                name, asked[1]
            ):
                continue
            if step.get("run", "").startswith("apt-get "):
                continue
            if "uses" in step:
                action = step["uses"].partition("@")[0].removeprefix("https://data.forgejo.org/")
                getattr(self, "_" + re.sub(r"\W", "_", action))(place, step.get("with", {}))
            elif not self._shell(name, place, step, job.get("env", {})):
                self.failed = f"{name}: {step['run']}"
                return
        self._after(place, job)

    def _shell(self, name: str, place: Path, step: dict[str, Any], job_env: dict[str, str]) -> bool:
        said = place / "said"
        said.touch()
        given = {key: self._filled(value, name) for key, value in (job_env | step.get("env", {})).items()}
        env = {**os.environ, **self.env, **given, "GITHUB_OUTPUT": str(said)}
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", self._filled(step["run"], name)]
        done = subprocess.run(command, cwd=place, env=env, capture_output=True, text=True, timeout=300, check=False)
        self.said += done.stdout + done.stderr
        lines = (line.partition("=") for line in said.read_text("utf-8").splitlines())
        self.outputs.setdefault(name, {}).update({key: value for key, _, value in lines})
        return done.returncode == 0

    def _filled(self, text: str, job: str = "") -> str:
        """The text with those expressions filled in that our workflows use."""

        def value(match: re.Match[str]) -> str:
            name = match[1]
            if output := re.fullmatch(r"needs\.(\w+)\.outputs\.(\w+)", name):
                return self._output(*output.groups())
            if output := re.fullmatch(r"steps\.\w+\.outputs\.(\w+)", name):
                return self._output(job, output[1])
            return {
                "github.event_name": self.event,
                "github.run_id": str(self.forge.runs),
                "github.run_attempt": "1",
                "github.server_url": str(self.forge.folder),
                "github.repository": "server",
                "github.token": "a-token",
            }[name]

        return EXPRESSION.sub(value, str(text))

    def _output(self, job: str, name: str) -> str:
        return self.outputs.get(job, {}).get(name, "")

    def _actions_checkout(self, place: Path, given: dict[str, Any]) -> None:
        git(self.forge.folder, "clone", "--quiet", "--no-checkout", str(self.forge.server), str(place / "clone"))
        for part in (place / "clone").iterdir():
            part.rename(place / part.name)
        git(place, "checkout", "--quiet", "--detach", self.sha)

    def _actions_cache_restore(self, place: Path, given: dict[str, Any]) -> None:
        for prefix in (self._filled(given["key"]), given["restore-keys"]):
            found = sorted(self.forge.caches.glob(f"{prefix}*"), key=lambda path: path.stat().st_mtime_ns)
            if found:
                shutil.copytree(found[-1], place, dirs_exist_ok=True, symlinks=True)
                return

    def _actions_cache_save(self, place: Path, given: dict[str, Any]) -> None:
        kept = self.forge.caches / self._filled(given["key"])
        for path in given["path"].split():
            if not kept.joinpath(path).exists() and (place / path).exists():
                shutil.copytree(place / path, kept / path)

    _actions_cache = _actions_cache_restore

    def _after(self, place: Path, job: dict[str, Any]) -> None:
        for step in job["steps"]:
            if "actions/cache@" in step.get("uses", ""):
                self._actions_cache_save(place, step["with"])

    def _actions_upload_artifact(self, place: Path, given: dict[str, Any]) -> None:
        kept = self.artifacts / given["name"]
        kept.mkdir(parents=True, exist_ok=True)
        shutil.copy(place / given["path"], kept)

    def _actions_download_artifact(self, place: Path, given: dict[str, Any]) -> None:
        shutil.copytree(self.artifacts / given["name"], place, dirs_exist_ok=True)

    def _actions_attest(self, place: Path, given: dict[str, Any]) -> None:
        self.forge.attested.append((place / given["subject-path"]).read_bytes())

    def _actions_deploy_pages(self, place: Path, given: dict[str, Any]) -> None:
        if self.env.get("HOST_IS_DOWN"):
            raise ConnectionError
        shutil.rmtree(self.forge.folder / "live", ignore_errors=True)
        shutil.unpack_archive(
            self.artifacts / "github-pages" / "artifact.tar", self.forge.folder / "live", filter="data"
        )
        self.forge.live.append(self.sha)
