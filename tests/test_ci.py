"""What the build server runs."""

from __future__ import annotations

import re

import pytest
import yaml

from tests.repository import PROJECT


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
