"""What ./inv server-init writes: scripts that a shell reads, a configuration for one host, units,
and one policy for all.
"""

from __future__ import annotations

import os
import subprocess
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from broadside.publish import headers
from broadside_server import nginx, releases
from broadside_server.folder import ServerFolder
from broadside_server.init import NoServerMade, ServerPlan, hook_script, init, publish_script
from broadside_server.nginx import Host
from broadside_server.releases import ReleaseFolder
from tests.repository import PROJECT

SERVER = ServerFolder(Path("/srv/broadside"))
BUDGETS = tomllib.loads((PROJECT / "tests" / "reader" / "budgets.toml").read_text("utf-8"))


def test_there_is_one_policy_in_code_budgets_and_documents() -> None:
    assert BUDGETS["policy"] == {
        "page": headers.PAGE + headers.FONTS,
        "search": headers.SEARCH + headers.FONTS,
    }
    assert f"Content-Security-Policy: {headers.PAGE}\n" in (
        PROJECT / "docs" / "for-site-owners.md"
    ).read_text("utf-8")


@pytest.mark.parametrize("branch", ["main", "it's/live", "a$b;c"])
def test_both_scripts_are_plain_shell_whatever_the_branch_is_called(branch: str) -> None:
    for text in (
        hook_script(SERVER, branch),
        publish_script(SERVER, branch, 10, "https://example.org"),
    ):
        done = subprocess.run(
            ["sh", "-n"], input=text, capture_output=True, text=True, timeout=60, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("pushed", "runs"),
    [
        ("a b refs/heads/main\n", True),
        ("a b refs/heads/other\n", False),
        ("a b refs/tags/main\n", False),
        ("a b refs/heads/main-two\n", False),
        ("a b refs/heads/other\na b refs/heads/main\n", True),
        (f"a {'0' * 40} refs/heads/main\n", False),
        (f"a {'0' * 64} refs/heads/main\n", False),
        ("", False),
    ],
)
def test_the_hook_acts_on_its_branch_alone(tmp_path: Path, pushed: str, runs: bool) -> None:
    place = ServerFolder(tmp_path)
    place.script.write_text("#!/bin/sh\necho publishes\n", "utf-8")
    place.script.chmod(0o755)
    text = hook_script(place, "main")
    done = subprocess.run(
        ["sh", "-c", text], input=pushed, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (done.stdout == "publishes\n") == runs
    assert ("is gone" in done.stdout) == ("00000" in pushed)


def test_nobody_publishes_but_who_owns_the_folder(tmp_path: Path) -> None:
    if os.getuid() == 0:
        os.chown(tmp_path, 65534, -1)
    place = ServerFolder(tmp_path if os.getuid() == 0 else Path("/"))
    command = ["sh", "-c", publish_script(place, "main", 10, "https://example.org")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stdout.startswith("Run this as ")
    assert not list(tmp_path.iterdir())


def test_two_sites_on_one_nginx_do_not_share_a_variable() -> None:
    texts = [nginx.configuration(SERVER, Host(name)) for name in ("a.example", "b-a.example")]
    names = [
        {line.split()[2] for line in text.splitlines() if line.startswith("map ")} for text in texts
    ]
    assert {"$moved_a_example", "$policy_a_example"} <= names[0]
    assert not names[0] & names[1]


def test_browsers_are_told_of_https_only_where_there_is_a_certificate() -> None:
    assert "Strict-Transport-Security" not in nginx.configuration(SERVER, Host("a.example"))
    assert headers.HSTS in nginx.configuration(SERVER, Host("a.example", Path("/etc/tls")))


@given(
    st.integers(1, 10**7), st.integers(0, 4 * 10**9), st.from_regex(r"[0-9a-f]{40}", fullmatch=True)
)
def test_a_releases_name_says_what_it_is(number: int, moment: int, commit: str) -> None:
    release = ReleaseFolder(number, moment, commit)
    assert ReleaseFolder.named(release.name) == release
    assert release.name.rpartition("-")[2] == commit


@pytest.mark.parametrize(
    "name", [".part", "000001", "a-b-c", "1-20261125-abc", "000001-20261125T090000Z"]
)
def test_other_folders_are_no_releases(name: str) -> None:
    assert ReleaseFolder.named(name) is None


def test_when_a_run_is_killed_as_it_goes_live_the_timer_starts_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    server = ServerFolder(tmp_path)
    server.due.write_text("4000000000\n", "utf-8")
    for name, does in {
        "make": lambda *_: None,
        "next_change": lambda _: 4000000001,
        "put_live": killed,
    }.items():
        monkeypatch.setattr(releases, name, does)
    with pytest.raises(KeyboardInterrupt):
        releases.publish(server, "abc", "", 10, lambda _: None)
    assert int(server.due.read_text("utf-8")) == 0


def test_a_server_whose_clock_was_set_back_puts_nothing_live(tmp_path: Path) -> None:
    def never(_: object) -> None:
        raise AssertionError("nothing is built")

    server = ServerFolder(tmp_path)
    server.current.symlink_to(server.releases / ReleaseFolder(1, 4 * 10**9, "abc").name)
    with pytest.raises(releases.LeftBehind):
        releases.publish(server, "def", "", 10, never)


@pytest.mark.parametrize(
    "given",
    [
        {"siteurl": "https://example.org/magazine"},
        {"siteurl": "nonsense"},
        {"siteurl": "https://evil;.example"},
        {"keep": 1},
        {"server": ServerFolder(Path("/srv/with space"))},
        {"certificate": Path('/etc/"; root /')},
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, given: dict[str, object]) -> None:
    plan = replace(ServerPlan(ServerFolder(tmp_path / "server"), "https://example.org"), **given)
    with pytest.raises(NoServerMade):
        init(plan)
    assert not (tmp_path / "server").exists()


def test_a_second_time_changes_what_is_generated_and_nothing_else(tmp_path: Path) -> None:
    place = ServerFolder(tmp_path / "server")
    first = init(ServerPlan(place, "https://example.org"))
    place.redirects.write_text('"/a" "/b";\n', "utf-8")
    place.hook.write_text("broken", "utf-8")
    assert init(ServerPlan(place, "https://example.org", branch="live")) == first
    assert "refs/heads/live" in place.hook.read_text("utf-8")
    assert place.hook.stat().st_mode & 0o111
    assert place.redirects.read_text("utf-8") == '"/a" "/b";\n'
    assert not list(place.root.rglob("*.part"))
