"""The workflows: what the linters of workflows say, what each job may do, and what comes of running them."""

from __future__ import annotations

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
from tests.forges import Forge, Run, commit, git, workflow
from tests.repository import PROJECT
from tests.sample import Outlet

GITHUB = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
FORGEJO = sorted((PROJECT / ".forgejo" / "workflows").glob("*.yml"))
FILES = [*GITHUB, *FORGEJO, PROJECT / ".gitlab-ci.yml"]
PUBLISH, CHECK = ".github/workflows/publish.yml", ".github/workflows/check.yml"
TOOLS = Path(sys.executable).parent
MAY = {
    "plan": {"contents": "read"},
    "build": {"contents": "read"},
    "verify": {"contents": "read"},
    "attest": {"attestations": "write", "id-token": "write"},
    "upload": {},
    "deploy": {"contents": "read", "id-token": "write", "pages": "write"},
}


def test_zizmor_finds_nothing() -> None:
    flags = ("--offline", "--no-progress", "--persona", "auditor", "--format", "plain")
    command: list[str | Path] = [TOOLS / "zizmor", *flags, *GITHUB]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No findings to report" in done.stdout + done.stderr


def actionlint(files: list[Path]) -> tuple[int, str]:
    done = subprocess.run([TOOLS / "actionlint", *files], capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout + done.stderr


def test_actionlint_finds_nothing() -> None:
    assert actionlint(GITHUB) == (0, "")


def test_actionlint_finds_nothing_on_forgejo_but_what_is_forgejos_own(tmp_path: Path) -> None:
    """It knows GitHub's runners and its short names of actions."""
    for file in FORGEJO:
        text = file.read_text("utf-8").replace("https://data.forgejo.org/", "").replace(": docker", ": ubuntu-24.04")
        (tmp_path / file.name).write_text(text)
    assert actionlint(sorted(tmp_path.iterdir())) == (0, "")


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_what_is_used_is_pinned_to_a_commit_with_its_tag(file: Path) -> None:
    for line in file.read_text("utf-8").splitlines():
        if "uses:" in line:
            assert re.search(r"uses: \S+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line
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
    needs = {name: job.get("needs", []) for name, job in found["jobs"].items()}
    assert [*needs] == ["plan", "build", "verify", "attest", "upload", "deploy"]
    for name, before in zip([*needs][1:], needs, strict=False):
        assert before in needs[name], f"{name} waits for {before}"


def test_only_the_last_job_of_a_release_is_known_to_the_package_index_and_runs_nothing_of_ours() -> None:
    found = workflow(".github/workflows/release.yml")
    jobs = found["jobs"]
    assert found["permissions"] == {}
    assert {name: job["permissions"] for name, job in jobs.items()} == {
        "build": {"contents": "read"},
        "attest": {"attestations": "write", "id-token": "write"},
        "publish": {"id-token": "write"},
    }
    assert [name for name, job in jobs.items() if any("run" in step for step in job["steps"])] == ["build"]
    assert [name for name, job in jobs.items() if job.get("environment")] == ["publish"]


def test_on_forgejo_only_the_step_that_pushes_has_the_token() -> None:
    (job,) = workflow(".forgejo/workflows/publish.yml")["jobs"].values()
    (step,) = [step for step in job["steps"] if "github.token" in str(step)]
    assert "github.token" not in str(job | {"steps": []})
    assert "github.token" in step["env"]["TOKEN"]
    assert "push" in step["run"]
    assert "inv" not in step["run"], "which runs whatever is in the repository"


def steps() -> list[tuple[str, str]]:
    """Every call of ./inv in the files, with the file."""
    return [
        (file.relative_to(PROJECT).as_posix(), call)
        for file in FILES
        for call in re.findall(r"(?:^|[ /])inv ([a-z-]+(?: [^\n|;&>]+)?)", file.read_text("utf-8"), re.M)
        if not file.name.startswith("ci.") and "tasks" not in call
    ]


@pytest.mark.parametrize(("file", "call"), steps())
def test_steps_are_tasks_with_these_flags(file: str, call: str) -> None:
    module, _ = FilesystemLoader(start=str(PROJECT)).load("tasks")
    tasks: dict[str, Any] = {str(name): task for name, task in Collection.from_module(module).tasks.items()}
    name, *words = shlex.split(call)
    assert name in tasks
    flags = {f"--{name.replace('_', '-')}" for argument in tasks[name].get_arguments() for name in argument.names}
    assert {word for word in words if word.startswith("--")} <= flags


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    """A small outlet on a server, whose ./inv is that of the tests' own environment."""
    site = checkout(tmp_path / "work", NO_LINKS)
    (site / "inv").write_text(f'#!/bin/sh\nexec {sys.executable} -P -m invoke --search-root "$(dirname "$0")" "$@"\n')
    (site / "inv").chmod(0o755)
    (site / ".gitignore").write_text("/output\n/.output*\n/.cache\n/artifact.tar\n/.live\n/said\n__pycache__/\n")
    outlet = Outlet(tmp_path / "outlet")
    outlet.story("first", date="2020-01-01")
    shutil.move(outlet.content, site / "content")
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(tmp_path / "server.git"))
    git(site, "init", "--quiet", "--initial-branch=main")
    git(site, "remote", "add", "origin", str(tmp_path / "server.git"))
    return Forge(tmp_path)


def pushed(forge: Forge, words: str) -> str:
    made = commit(forge.folder / "work", words)
    git(forge.folder / "work", "push", "--quiet", "origin", "main")
    return made


def story(forge: Forge, slug: str, **front: Any) -> None:
    outlet = Outlet.__new__(Outlet)
    outlet.content = forge.folder / "work" / "content"
    outlet.story(slug, **({"date": "2020-01-01"} | front))


def test_a_push_goes_live_and_an_older_commit_never_after_a_newer(forge: Forge) -> None:
    one = pushed(forge, "one")
    first = Run(forge, PUBLISH, one).go()
    assert first.failed == "", first.said
    assert (forge.folder / "live" / "2020" / "01" / "first" / "index.html").is_file()
    assert [Path(forge.folder / f"artifacts-{one[:8]}/github-pages/artifact.tar").read_bytes()] == forge.attested

    quiet = Run(forge, PUBLISH, one, "schedule").go()
    assert quiet.outputs["plan"]["go"] == "false", "nothing fell due"
    assert forge.live == [one]

    story(forge, "second")
    two = pushed(forge, "two")
    late = Run(forge, PUBLISH, two, "schedule").go()  # its own push is still waiting
    assert (late.failed, forge.live) == ("", [one, two]), late.said
    assert (forge.folder / "live" / "2020" / "01" / "second" / "index.html").is_file()

    again = Run(forge, PUBLISH, one).go()
    assert again.failed.startswith("plan: ")
    deploy_alone = Run(forge, PUBLISH, one, outputs=first.outputs).go("deploy")  # as by "Re-run failed jobs"
    assert deploy_alone.failed == "deploy: ./inv deploy-guard .live/note.json"
    assert forge.live == [one, two]


def test_a_build_that_others_cannot_repeat_does_not_go_live(forge: Forge) -> None:
    one = pushed(forge, "one")
    run = Run(forge, PUBLISH, one).go("plan", "build")
    tar = forge.folder / f"artifacts-{one[:8]}/built/artifact.tar"
    tar.write_bytes(tar.read_bytes().replace(b"Headline of first", b"Headline of worst"))
    run.go("verify", "attest", "upload", "deploy")
    assert run.failed.startswith("verify: ")
    assert (forge.live, forge.attested) == ([], [])


def test_what_could_not_be_deployed_is_tried_again_by_the_clock(forge: Forge) -> None:
    one = pushed(forge, "one")
    with pytest.raises(ConnectionError):
        Run(forge, PUBLISH, one, env={"HOST_IS_DOWN": "1"}).go()
    assert Run(forge, PUBLISH, one, "schedule").go().failed == ""
    assert forge.live == [one]


def test_a_fault_stops_a_publish_and_the_site_stays(forge: Forge) -> None:
    one = pushed(forge, "one")
    Run(forge, PUBLISH, one).go()
    story(forge, "second", section="Eurpoe")
    run = Run(forge, PUBLISH, pushed(forge, "two")).go()
    assert run.failed.startswith("build: ")
    assert "unknown-section" in run.said
    assert forge.live == [one]


def test_on_forgejo_a_branch_is_what_is_live(forge: Forge) -> None:
    path = ".forgejo/workflows/publish.yml"

    def live() -> str:
        return git(forge.server, "log", "--format=%s", "pages")

    one = pushed(forge, "one")
    assert (run := Run(forge, path, one).go()).failed == "", run.said
    assert git(forge.server, "show", "pages:2020/01/first/index.html").startswith("<!doctype html>")
    first = live()
    assert first.startswith(f"The site of {one}, for ")
    quiet = Run(forge, path, one, "schedule").go()
    assert (quiet.failed, live()) == ("", first), quiet.said
    story(forge, "second")
    two = pushed(forge, "two")
    assert Run(forge, path, two).go().failed == ""
    assert live().startswith(f"The site of {two}, for "), "one commit, whatever was before"
    assert Run(forge, path, one).go().failed.startswith("publish: ")
    assert live().startswith(f"The site of {two}, for ")


def test_the_script_for_a_plain_server_publishes_once_and_then_when_there_is_need(forge: Forge) -> None:
    text = (PROJECT / "docs" / "for-site-owners.md").read_text("utf-8")
    script = text.partition("```sh\n")[2].partition("```")[0]
    pushed(forge, "one")
    git(forge.folder, "clone", "--quiet", str(forge.server), "live-clone")
    clone = forge.folder / "live-clone"
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
    git(forge.folder / "work", "push", "--quiet", "--force", "origin", "HEAD^:main")
    assert "1 story published" in tick(), "what was taken off the branch is taken off the site"
