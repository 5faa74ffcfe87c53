"""The forges' files, run by runners on this machine: act for GitHub's and Forgejo's,
gitlab-ci-local for GitLab's.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.forges import git
from tests.outlets.conftest import Owned
from tools.suites import RUNNERS, node

STAND_IN = Path(__file__).with_name("stand_in.js").read_text("utf-8")
ACT = Path(sys.executable).parent / "act"
GITLAB = RUNNERS / "node_modules" / ".bin" / "gitlab-ci-local"
FORGEJO = "https://data.forgejo.org/"
LATER = {"actions/cache": "actions/cache/save"}
"""What an action does once the other steps are done."""
INPUTS = (
    "path key restore-keys ref fetch-depth filter persist-credentials name subject-path".split()
)
INPUTS += ["if-no-files-found", "retention-days"]


@dataclass
class Ran:
    """What came of a run."""

    code: int
    said: str


class Forge:
    """An outlet, its repository on a server, and what a forge keeps of it between runs."""

    def __init__(self, folder: Path, outlet: Owned) -> None:
        self.folder = folder
        self.outlet = outlet
        self.runs = 0
        git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.server))
        # As GitHub's does, for requests.
        git(self.server, "config", "uploadpack.allowAnySHA1InWant", "true")
        outlet.git("remote", "add", "origin", str(self.server))
        outlet.git("push", "--quiet", "origin", "HEAD:main")
        stub = folder / "bin" / "apt-get"
        stub.parent.mkdir()
        stub.write_text("#!/bin/sh\n")
        stub.chmod(0o755)

    @property
    def server(self) -> Path:
        return self.folder / "server.git"

    @property
    def live(self) -> Path:
        """What a host shows."""
        return self.folder / "live"

    @property
    def first(self) -> str:
        """The first commit."""
        return git(self.server, "rev-list", "--max-parents=0", "main")

    def share(self, installed: Owned) -> None:
        """Give every later checkout this outlet's environment, whose lock is the same."""
        hook = self.folder / "hooks" / "post-checkout"
        hook.parent.mkdir()
        stamp = '"1s|.*|# $(pwd -P)|" .venv/stamp-requirements.lock'
        ready = f"cp -al '{installed.path}/.venv' .venv && sed -i {stamp}"
        hook.write_text(f"#!/bin/sh\n[ -e .venv ] || {{ {ready}; }}\n")
        hook.chmod(0o755)

    def push(self, words: str) -> str:
        """Push all that changed to main; the commit."""
        self.outlet.git("add", "--all")
        self.outlet.git("commit", "--quiet", "-m", words)
        self.outlet.git("push", "--quiet", "origin", "HEAD:main")
        return self.outlet.git("rev-parse", "HEAD").strip()

    def propose(self, path: str, text: str, *, since: str = "main") -> tuple[str, str]:
        """A request that adds a text to a file, from a commit on: its head, and that merged into
        main.
        """
        there = self.folder / "proposal"
        subprocess.run(["rm", "-rf", str(there)], check=True)
        git(self.folder, "clone", "--quiet", str(self.server), str(there))
        git(
            there,
            "checkout",
            "--quiet",
            "-B",
            "request",
            f"origin/{since}" if since == "main" else since,
        )
        (there / path).parent.mkdir(parents=True, exist_ok=True)
        with (there / path).open("a", encoding="utf-8") as file:
            file.write(text)
        git(there, "add", "--all")
        git(there, "commit", "--quiet", "-m", "A request")
        head = git(there, "rev-parse", "HEAD")
        git(there, "checkout", "--quiet", "-B", "merged", "origin/main")
        git(there, "merge", "--quiet", "--no-ff", "-m", "Merged", "request")
        git(there, "push", "--quiet", "--force", "origin", "request", "merged:refs/pull/1/merge")
        return head, git(there, "rev-parse", "HEAD")

    def clone(self, commit: str, branch: str) -> Path:
        """A clone in which that commit is the newest of a branch."""
        self.runs += 1
        there = self.folder / f"run-{self.runs}" / "riverbank"
        git(self.folder, "clone", "--quiet", f"file://{self.server}", str(there))
        git(there, "fetch", "--quiet", "origin", commit)
        git(
            there,
            "-c",
            f"core.hooksPath={self.folder}/hooks",
            "checkout",
            "--quiet",
            "-B",
            branch,
            commit,
        )
        return there

    def env(self) -> dict[str, str]:
        """The environment of a runner: no Debian package is installed, and git finds the server at
        the forge's address.
        """
        path = [str(self.folder / "bin"), str(Path(node()).parent), os.environ["PATH"]]
        given = {
            name: value for name, value in self.outlet.env.items() if name not in ("PATH", "HOME")
        }
        pip = os.environ.get("PIP_CACHE_DIR", str(Path.home() / ".cache" / "pip"))
        return given | {
            "PATH": os.pathsep.join(path),
            "HOME": str(self.folder),
            "PIP_CACHE_DIR": pip,
            "GIT_CONFIG_COUNT": "2",
            "GIT_CONFIG_KEY_0": f"url.file://{self.server}.insteadOf",
            "GIT_CONFIG_VALUE_0": "https://github.com/outlet/riverbank.git",
            "GIT_CONFIG_KEY_1": "core.hooksPath",
            "GIT_CONFIG_VALUE_1": str(self.folder / "hooks"),
        }

    def act(
        self, path: str, commit: str, event: str = "push", request: dict[str, object] | None = None
    ) -> Ran:
        """Run a workflow of GitHub's or Forgejo's at a commit."""
        there = self.clone(commit, "main")
        git(there, "remote", "set-url", "origin", "https://github.com/outlet/riverbank.git")
        text = git(there, "show", f"{commit}:{path}").replace(FORGEJO, "")
        # The runner runs what it knows as a container in Docker alone.
        text = re.sub(r"^ +container: .*\n", "", text, flags=re.M)
        workflow = self.folder / f"{self.runs}.yml"
        workflow.write_text(text, "utf-8")
        told = self.folder / f"{self.runs}.json"
        told.write_text(json.dumps({"pull_request": request} if request else {}), "utf-8")
        actions = [
            f"--local-repository={name}={folder}" for name, folder in self._actions(text).items()
        ]
        words = [
            f"--eventpath={told}",
            f"--workflows={workflow}",
            f"--directory={there}",
            "--no-cache-server",
        ]
        words += [
            "--no-skip-checkout",
            "--var=PUBLISH_TO=pages",
            f"--action-cache-path={self.folder}/act",
        ]
        words += [f"--platform={label}=-self-hosted" for label in ("ubuntu-24.04", "docker")]
        words += [
            "--secret=GITHUB_TOKEN=a-token",
            f"--env=GITHUB_RUN_ID={self.runs}",
            f"--env=FORGE={self.folder}",
        ]
        words += [
            f"--env={name}={value}" for name, value in self.env().items() if name.startswith("GIT_")
        ]
        return self._ran([str(ACT), event, *words, *actions], there)

    def gitlab(self, there: Path, **variables: str) -> Ran:
        """Run the pipeline of GitLab's file in a clone, whose folders stay from run to run as
        GitLab's caches do.
        """
        words = ["--force-shell-executor", "--no-shell-isolation", "--no-color", "--concurrency=1"]
        known = {"CI_DEFAULT_BRANCH": "main", "CI_PAGES_DOMAIN": "pages.example"} | variables
        given = [f"--variable={name}={value}" for name, value in known.items()]
        return self._ran([node(), str(GITLAB), *words, *given], there)

    def request_on_gitlab(self, head: str) -> Ran:
        """Run the pipeline of a merge request of a guest."""
        there = self.clone(head, "request")
        variables = {
            "CI_PIPELINE_SOURCE": "merge_request_event",
            "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "2",
            "CI_MERGE_REQUEST_PROJECT_ID": "1",
            "CI_MERGE_REQUEST_PROJECT_URL": f"file://{self.server}".removesuffix(".git"),
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": git(there, "merge-base", head, "origin/main"),
            "CI_MERGE_REQUEST_IID": "1",
            "CI_COMMIT_SHA": head,
            "CI_PROJECT_DIR": str(there),
        }
        return self.gitlab(there, **variables)

    def _actions(self, text: str) -> dict[str, Path]:
        """Write a stand-in for each action that a workflow uses; their folders by repository and
        commit.
        """
        folders = {}
        for action, commit in re.findall(r"uses: (\S+)@(\w+)", text):
            repository = "/".join(action.split("/")[:2])
            root = self.folder / "actions" / repository.replace("/", "-")
            folders[f"{repository}@{commit}"] = root
            place = root / action.removeprefix(repository).lstrip("/")
            place.mkdir(parents=True, exist_ok=True)
            runs = {"using": "node20", "main": "main.js"}
            (place / "main.js").write_text(f'{STAND_IN}\nactions["{action}"]();\n', "utf-8")
            if action in LATER:
                runs["post"] = "post.js"
                (place / "post.js").write_text(
                    f'{STAND_IN}\nactions["{LATER[action]}"]();\n', "utf-8"
                )
            described = {"name": action, "inputs": {name: {} for name in INPUTS}, "runs": runs}
            (place / "action.yml").write_text(json.dumps(described), "utf-8")
        return folders

    def _ran(self, command: list[str], there: Path) -> Ran:
        done = subprocess.run(
            command,
            cwd=there,
            env=self.env(),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return Ran(done.returncode, done.stdout + done.stderr)
