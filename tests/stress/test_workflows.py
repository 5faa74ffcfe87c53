"""The workflows: what the linters of workflows say, and what each job may do; tests/outlets runs
them.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from invoke.collection import Collection
from invoke.loader import FilesystemLoader

from tests.checkout import NO_LINKS, checkout
from tests.forges import commit, git, workflow
from tests.repository import PROJECT
from tests.sample import Outlet

GITHUB = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
FORGEJO = sorted((PROJECT / ".forgejo" / "workflows").glob("*.yml"))
FILES = [*GITHUB, *FORGEJO, PROJECT / ".gitlab-ci.yml"]
PUBLISH, CHECK = ".github/workflows/publish.yml", ".github/workflows/check.yml"
TOOLS = Path(sys.executable).parent
MAY = {
    "build": {"contents": "read"},
    "deploy": {"attestations": "write", "id-token": "write", "pages": "write"},
}


def test_zizmor_finds_nothing() -> None:
    flags = ("--offline", "--no-progress", "--persona", "auditor", "--format", "plain")
    command: list[str | Path] = [TOOLS / "zizmor", *flags, *GITHUB, *FORGEJO]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No findings to report" in done.stdout + done.stderr


def actionlint(files: list[Path]) -> tuple[int, str]:
    done = subprocess.run(
        [TOOLS / "actionlint", *files], capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_actionlint_finds_nothing() -> None:
    assert actionlint(GITHUB) == (0, "")


def test_actionlint_finds_nothing_on_forgejo_but_what_is_forgejos_own(tmp_path: Path) -> None:
    """It knows GitHub's runners and its short names of actions."""
    for file in FORGEJO:
        text = (
            file.read_text("utf-8")
            .replace("https://data.forgejo.org/", "")
            .replace(": docker", ": ubuntu-24.04")
        )
        (tmp_path / file.name).write_text(text)
    assert actionlint(sorted(tmp_path.iterdir())) == (0, "")


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_what_is_used_is_pinned_to_a_commit_with_its_tag(file: Path) -> None:
    for line in file.read_text("utf-8").splitlines():
        if "uses:" in line:
            assert re.search(r"uses: \S+@[0-9a-f]{40} # v\d+(\.\d+\.\d+)?$", line), line
        if "image:" in line or "container:" in line:
            assert re.search(r": \S+@sha256:[0-9a-f]{64}$", line), line


def test_a_request_may_read_and_knows_no_secret() -> None:
    found = workflow(CHECK)
    assert list(found[True]) == ["pull_request"], "not pull_request_target, which knows secrets"
    assert found["permissions"] == {}
    assert {str(job["permissions"]) for job in found["jobs"].values()} == {"{'contents': 'read'}"}
    text = (PROJECT / CHECK).read_text("utf-8")
    assert "secrets." not in text
    assert "needs: guest" in text
    assert text.count("persist-credentials: false") == text.count("actions/checkout@")


def test_each_job_of_a_publish_may_do_one_thing() -> None:
    found = workflow(PUBLISH)
    assert found["permissions"] == {}
    assert {name: job["permissions"] for name, job in found["jobs"].items()} == MAY
    assert found["concurrency"] == {"group": "publish", "cancel-in-progress": False}
    assert found["jobs"]["deploy"]["needs"] == "build"


@pytest.mark.parametrize("path", [PUBLISH, ".forgejo/workflows/publish.yml"])
def test_what_may_write_runs_nothing_of_the_repository(path: str) -> None:
    _, live = workflow(path)["jobs"].values()
    assert "inv" not in " ".join(step.get("run", "") for step in live["steps"])
    assert "checkout" not in str(live["steps"])


def build_of(path: str) -> str:
    """What the job that builds runs."""
    found = workflow(path)
    if "pages" in found:
        return "\n".join(found["pages"]["script"])
    steps = [step.get("run", "") for step in found["jobs"]["build"]["steps"]]
    return "\n".join(f"({run})" for run in steps if "./inv" in run)


@pytest.mark.parametrize("path", [PUBLISH, ".forgejo/workflows/publish.yml", ".gitlab-ci.yml"])
@pytest.mark.parametrize(
    ("key", "first", "signs"),
    [("", "", []), ("key", "", ["sign 600 key"]), ("key", "true", ["sign 600 key --first"])],
)
def test_a_scheduled_publish_signs_if_there_is_a_key(
    tmp_path: Path, path: str, key: str, first: str, signs: list[str]
) -> None:
    inv = """
        if [ "$1" != sign ]; then echo "$1"; mkdir -p .live; : > .live/note.json; exit; fi
        echo "sign $(stat -c %a "$3") $(cat "$3")${6+ $6}"
    """
    for name, text in (("inv", inv), ("apt-get", ""), ("git", "")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}")
        (tmp_path / name).chmod(0o755)
    env = dict.fromkeys(("EVENT", "CI_PIPELINE_SOURCE"), "schedule")
    env |= dict.fromkeys(("KEY", "BROADSIDE_SIGNING_KEY"), key)
    env |= dict.fromkeys(("FIRST", "SIGN_FIRST"), first)
    env |= {"PATH": f"{tmp_path}:{os.environ['PATH']}", "TMPDIR": str(tmp_path)}
    command = ["bash", "-ec", build_of(path)]
    env["GITHUB_OUTPUT"] = str(tmp_path / "said")
    said = subprocess.run(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, check=True)
    ran = ["deploy-guard", "build", *signs, "pack", "deploy-guard"]
    assert said.stdout.decode().splitlines() == ran


@pytest.mark.parametrize(("now", "code"), [("1", 0), ("2", 1)])
def test_on_github_the_last_job_does_not_run_again_by_itself(now: str, code: int) -> None:
    """As by "Re-run failed jobs", long after, when something newer may be live."""
    first = workflow(PUBLISH)["jobs"]["deploy"]["steps"][0]
    assert first["env"]["NOW"] == "${{ github.run_attempt }}"
    done = subprocess.run(
        ["sh", "-c", first["run"]], env={"BUILT": "1", "NOW": now}, timeout=10, check=False
    )
    assert done.returncode == code


@pytest.mark.parametrize("file", FORGEJO, ids=lambda path: path.name)
def test_on_forgejo_a_job_may_only_read_unless_it_pushes(file: Path) -> None:
    found = workflow(f".forgejo/workflows/{file.name}")
    assert found["permissions"] == {}
    for job in found["jobs"].values():
        pushes = any(" push " in step.get("run", "") for step in job["steps"])
        assert job["permissions"] == {"contents": "write" if pushes else "read"}


def test_only_the_last_job_of_a_release_is_known_to_the_package_index_and_runs_nothing_of_ours() -> (
    None
):
    found = workflow(".github/workflows/release.yml")
    jobs = found["jobs"]
    assert found["permissions"] == {}
    assert {name: job["permissions"] for name, job in jobs.items()} == {
        "build": {"contents": "read"},
        "attest": {"attestations": "write", "id-token": "write"},
        "publish": {"id-token": "write"},
    }
    assert [name for name, job in jobs.items() if any("run" in step for step in job["steps"])] == [
        "build"
    ]
    assert [name for name, job in jobs.items() if job.get("environment")] == ["publish"]


def test_on_forgejo_only_the_step_that_pushes_has_the_token() -> None:
    build, live = workflow(".forgejo/workflows/publish.yml")["jobs"].values()
    assert "github.token" not in str(build)
    (step,) = [step for step in live["steps"] if "github.token" in str(step)]
    assert "push" in step["run"]
    assert "--force-with-lease" in step["run"], "run again later, it takes nothing newer away"


def steps() -> list[tuple[str, str]]:
    """Every call of ./inv in the files, with the file."""
    return [
        (file.relative_to(PROJECT).as_posix(), call)
        for file in FILES
        for call in re.findall(
            r"(?:^|[ /])inv ([a-z-]+(?: [^\n|;&>]+)?)", file.read_text("utf-8"), re.M
        )
        if not file.name.startswith("ci.") and "tasks" not in call
    ]


@pytest.mark.parametrize(("file", "call"), steps())
def test_steps_are_tasks_with_these_flags(file: str, call: str) -> None:
    module, _ = FilesystemLoader(start=str(PROJECT)).load("tasks")
    tasks: dict[str, Any] = {
        str(name): task for name, task in Collection.from_module(module).tasks.items()
    }
    name, *words = shlex.split(call)
    assert name in tasks
    flags = {
        f"--{name.replace('_', '-')}"
        for argument in tasks[name].get_arguments()
        for name in argument.names
    }
    assert {word for word in words if word.startswith("--")} <= flags


@pytest.fixture
def forge(tmp_path: Path) -> Path:
    """A small outlet on a server, whose ./inv is that of the tests' own environment."""
    site = checkout(tmp_path / "work", NO_LINKS)
    (site / "inv").write_text(
        f'#!/bin/sh\nexec {sys.executable} -P -m invoke --search-root "$(dirname "$0")" "$@"\n'
    )
    (site / "inv").chmod(0o755)
    (site / ".gitignore").write_text(
        "/output\n/.output*\n/.cache\n/artifact.tar\n/.live\n/said\n__pycache__/\n"
    )
    outlet = Outlet(tmp_path / "outlet")
    outlet.story("first", date="2020-01-01")
    shutil.move(outlet.content, site / "content")
    git(
        tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(tmp_path / "server.git")
    )
    git(site, "init", "--quiet", "--initial-branch=main")
    git(site, "remote", "add", "origin", str(tmp_path / "server.git"))
    return tmp_path


def pushed(forge: Path, words: str) -> str:
    made = commit(forge / "work", words)
    git(forge / "work", "push", "--quiet", "origin", "main")
    return made


def story(forge: Path, slug: str, **front: Any) -> None:
    outlet = Outlet.__new__(Outlet)
    outlet.content = forge / "work" / "content"
    outlet.story(slug, **({"date": "2020-01-01"} | front))


def test_the_script_for_a_plain_server_publishes_once_and_then_when_there_is_need(
    forge: Path,
) -> None:
    text = (PROJECT / "docs" / "for-site-owners.md").read_text("utf-8")
    script = text.partition("```sh\n")[2].partition("```")[0]
    pushed(forge, "one")
    git(forge, "clone", "--quiet", str(forge / "server.git"), "live-clone")
    clone = forge / "live-clone"
    assert "/srv/broadside" in script

    def tick() -> str:
        command = ["sh", "-c", script.replace("/srv/broadside", str(clone))]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "1 story published" in tick()
    assert "Nothing fell due since" in (said := tick())
    assert "published" not in said
    story(forge, "second")
    pushed(forge, "two")
    assert "2 stories published" in tick()
    git(forge / "work", "push", "--quiet", "--force", "origin", "HEAD^:main")
    assert "1 story published" in tick(), "what was taken off the branch is taken off the site"
