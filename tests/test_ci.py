"""What the build server runs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.repository import PROJECT

APT = '#!/bin/sh\necho "apt-get $*" >> "$SAID"\n'
INV = '#!/bin/sh\necho "inv $* in $(pwd)" >> "$SAID"\n[ "$1" != test-reader ] || exit 7\n'


@pytest.fixture
def server(tmp_path: Path) -> Path:
    """A checkout with an ./inv that only says it was called, and a PATH on which apt-get does the same."""
    for folder in ("project/.ci", "bin"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "project" / ".ci" / "run").write_bytes((PROJECT / ".ci" / "run").read_bytes())
    for path, text in [("project/inv", INV), ("bin/apt-get", APT), ("bin/python3", "#!/bin/sh\n")]:
        (tmp_path / path).write_text(text)
        (tmp_path / path).chmod(0o755)
    for tool in ("bash", "cat", "dirname", "id", "mktemp", "readlink", "rm"):
        (tmp_path / "bin" / tool).symlink_to(f"/usr/bin/{tool}")
    return tmp_path


def said(server: Path) -> tuple[int, list[str]]:
    env = {"PATH": str(server / "bin"), "SAID": str(server / "said")}
    command = ["/bin/bash", str(server / "project" / ".ci" / "run")]
    done = subprocess.run(command, cwd="/", env=env, timeout=60, check=False)
    return done.returncode, (server / "said").read_text().splitlines()


def test_a_bare_server_gets_what_is_missing_and_runs_every_test_where_the_checkout_is(server: Path) -> None:
    code, lines = said(server)
    assert code == 7, "the outcome is that of the suite that failed"
    assert lines[0] == "apt-get update -q"
    assert lines[1].startswith("apt-get install -q -y --no-install-recommends chromium git nginx strace faketime")
    assert lines[2] == f"inv test --all in {server}/project"
    assert lines[3] == f"inv test-browser in {server}/project"
    assert lines[4] == f"inv test-outlets in {server}/project"
    assert lines[5].startswith("inv stress -k ")
    deploy, reader = sorted(lines[6:])
    assert deploy == f"inv test-deploy in {server}/project"
    assert reader.startswith("inv test-reader -k ")


@pytest.mark.parametrize("suite", ["test", "stress", "test-deploy", "test-reader"])
def test_where_a_test_fails_so_does_the_run(server: Path, suite: str) -> None:
    (server / "project" / "inv").write_text(f'#!/bin/sh\n[ "$1" != {suite} ] || exit 3\n')
    (server / "said").touch()
    assert said(server)[0] == 3


def test_a_server_that_has_everything_installs_nothing(server: Path) -> None:
    for program in ("chromium", "git", "nginx", "strace", "faketime", "java", "dpkg"):
        (server / "bin" / program).symlink_to("/bin/true")
    code, lines = said(server)
    assert code == 7
    assert [line for line in lines if "chromium" in line or "nginx" in line] == []
    assert lines[0] == f"inv test --all in {server}/project"


def test_the_script_can_be_run() -> None:
    assert os.access(PROJECT / ".ci" / "run", os.X_OK)


def test_the_workflow_runs_that_script_and_may_only_read() -> None:
    workflow = yaml.safe_load((PROJECT / ".github" / "workflows" / "ci.yml").read_text("utf-8"))
    assert set(workflow[True]) == {"push", "pull_request"}, "YAML 1.1 reads the key on as true"
    assert workflow["permissions"] == {"contents": "read"}
    steps = workflow["jobs"]["tests"]["steps"]
    assert [step["run"] for step in steps if "run" in step] == [".ci/run"]
    assert [step["uses"].split("@")[0] for step in steps if "uses" in step] == ["actions/checkout"]


def test_an_audit_asks_about_every_lock_and_fails_for_one(tmp_path: Path) -> None:
    """With a pip-audit that only says what it is asked, and knows of a vulnerability in one lock."""
    patterns = ("requirements*.lock", ".ci/*.lock", "tests/*/*.lock")
    locks = {path.relative_to(PROJECT) for pattern in patterns for path in PROJECT.glob(pattern)}
    for path in (Path(".ci/audit"), *locks):
        (tmp_path / "project" / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(PROJECT / path, tmp_path / "project" / path)
    audit = 'for last; do :; done\necho "$last" >> "$SAID"\n[ "$last" != "$BAD" ]'
    (tmp_path / "bin").mkdir()
    for name, does in {"bin/pip-audit": audit, "python3": 'cp -r "$TOOLS" "$3/bin"', "bin/pip": ""}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n")
        (tmp_path / name).chmod(0o755)
    ends = []
    for bad in ("", "requirements-publish.lock"):
        env = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "TOOLS": str(tmp_path / "bin"), "BAD": bad}
        env["SAID"] = str(tmp_path / f"said{bad}")
        ends.append(
            subprocess.run([tmp_path / "project" / ".ci" / "audit"], env=env, timeout=60, check=False).returncode
        )
        asked = {Path(line) for line in (tmp_path / f"said{bad}").read_text().splitlines()}
        assert asked == locks
    assert ends == [0, 1]


@pytest.mark.parametrize("forge", [".github", ".forgejo"])
def test_the_locks_are_audited_every_week_by_a_job_that_may_only_read(forge: str) -> None:
    workflow = yaml.safe_load((PROJECT / forge / "workflows" / "audit.yml").read_text("utf-8"))
    assert [re.fullmatch(r"\d+ \d+ \* \* [0-6]", each["cron"]) is None for each in workflow[True]["schedule"]] == [
        False
    ]
    (job,) = workflow["jobs"].values()
    assert job["steps"][-1] == {"run": ".ci/audit"}
    if forge == ".github":
        assert (workflow["permissions"], job["permissions"]) == ({}, {"contents": "read"})


def test_on_gitlab_the_schedule_that_audits_publishes_nothing() -> None:
    jobs = yaml.safe_load((PROJECT / ".gitlab-ci.yml").read_text("utf-8"))
    assert jobs["audit"]["script"] == [".ci/audit"]
    assert [rule["if"] for rule in jobs["audit"]["rules"]] == ['$CI_PIPELINE_SOURCE == "schedule" && $AUDIT == "locks"']
    others = [rule["if"] for name in ("pages", "noted") for rule in jobs[name]["rules"]]
    assert [rule for rule in others if not rule.endswith('&& $AUDIT != "locks"')] == []
