"""What the build server runs."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import yaml

from broadside.desk.options import PROJECT

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
    for tool in ("bash", "dirname", "readlink", "id"):
        (tmp_path / "bin" / tool).symlink_to(f"/usr/bin/{tool}")
    return tmp_path


def said(server: Path) -> tuple[int, list[str]]:
    env = {"PATH": str(server / "bin"), "SAID": str(server / "said")}
    command = ["/bin/bash", str(server / "project" / ".ci" / "run")]
    done = subprocess.run(command, cwd="/", env=env, timeout=60, check=False)
    return done.returncode, (server / "said").read_text().splitlines()


def test_a_bare_server_gets_what_is_missing_and_runs_every_test_where_the_checkout_is(server: Path) -> None:
    code, lines = said(server)
    assert code == 7, "the outcome is that of the last suite, where all others passed"
    assert lines[0] == "apt-get update -q"
    assert lines[1].startswith("apt-get install -q -y --no-install-recommends chromium git nginx strace faketime")
    assert lines[2] == f"inv test --all in {server}/project"
    assert lines[3] == f"inv test-browser in {server}/project"
    assert lines[4].startswith("inv stress -k ")
    assert lines[5] == f"inv test-deploy in {server}/project"
    assert lines[6].startswith("inv test-reader -k ")


def test_where_a_test_fails_so_does_the_run(server: Path) -> None:
    (server / "project" / "inv").write_text("#!/bin/sh\nexit 3\n")
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
