"""What the build server runs."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
import yaml

from tests.repository import PROJECT
from tools import suites


def test_the_workflow_runs_that_script_and_may_only_read() -> None:
    workflow = yaml.safe_load((PROJECT / ".github" / "workflows" / "ci.yml").read_text("utf-8"))
    assert set(workflow[True]) == {"push", "pull_request"}, "YAML 1.1 reads the key on as true"
    assert workflow["permissions"] == {"contents": "read"}
    steps = workflow["jobs"]["tests"]["steps"]
    assert [step["run"] for step in steps if "run" in step][1:] == [".ci/run"]
    assert [step["uses"].split("@")[0] for step in steps if "uses" in step] == ["actions/checkout"]


@pytest.mark.parametrize("forge", [".github", ".forgejo"])
def test_the_locks_are_audited_every_week_by_a_job_that_may_only_read(forge: str) -> None:
    workflow = yaml.safe_load((PROJECT / forge / "workflows" / "audit.yml").read_text("utf-8"))
    assert [
        re.fullmatch(r"\d+ \d+ \* \* [0-6]", each["cron"]) is None
        for each in workflow[True]["schedule"]
    ] == [False]
    (job,) = workflow["jobs"].values()
    assert job["steps"][-1] == {"run": ".ci/audit"}
    if forge == ".github":
        assert (workflow["permissions"], job["permissions"]) == ({}, {"contents": "read"})


def test_on_gitlab_the_schedule_that_audits_publishes_nothing() -> None:
    jobs = yaml.safe_load((PROJECT / ".gitlab-ci.yml").read_text("utf-8"))
    assert jobs["audit"]["script"] == [".ci/audit"]
    assert [rule["if"] for rule in jobs["audit"]["rules"]] == [
        '$CI_PIPELINE_SOURCE == "schedule" && $AUDIT == "locks"'
    ]
    others = [rule["if"] for name in ("pages", "noted") for rule in jobs[name]["rules"]]
    assert [rule for rule in others if not rule.endswith('&& $AUDIT != "locks"')] == []


def test_what_tests_need_is_installed_and_named_in_the_last_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    monkeypatch.setattr(suites, "_pytest", lambda *_, **__: 1)
    assert suites.run(everything=True, quick=False, match="", files=[]) == 1
    last = capsys.readouterr().err.splitlines()[-1]
    needed = set(re.findall(r"apt install (\S+)\)", last))
    assert {"chromium", "nginx", "strace", "faketime", "git"} <= needed
    script = (PROJECT / ".ci" / "run").read_text("utf-8")
    assert {package for package in needed if not re.search(rf"\b{package}\b", script)} == set()
    assert suites.deploy("") == 1
    (words,) = re.findall(r"apt install (.+)\)", capsys.readouterr().err)
    assert {
        package for package in words.split() if not re.search(rf"\b{package}\b", script)
    } == set()


@pytest.mark.parametrize(("second", "code"), [(0, 0), (1, 1)])
def test_what_failed_of_a_long_suite_is_run_once_more_by_itself(
    monkeypatch: pytest.MonkeyPatch, second: int, code: int
) -> None:
    runs, codes = [], [1, second]

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        runs.append(command)
        return subprocess.CompletedProcess(command, codes[len(runs) - 1])

    monkeypatch.setattr(subprocess, "run", run)
    assert suites.browser("") == code
    assert runs[1] == [*runs[0], "--last-failed", "-n", "0"]
    runs.clear()
    codes[0] = suites.SOME_LEFT_OUT
    assert suites.run(everything=True, quick=False, match="", files=[]) == suites.SOME_LEFT_OUT
    assert len(runs) == 1, "the second run would not know of it"
    runs.clear()
    codes[0] = 1
    assert suites.run(everything=False, quick=True, match="", files=[]) == 1
    assert len(runs) == 1, "whoever waits for it sees it at once"
