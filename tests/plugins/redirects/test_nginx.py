"""A real nginx with the configuration that docs/for-site-owners.md gives, before a site that was really built."""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.options import PROJECT
from tests.outlet import Outlet

LONG = "what-the-ministry-never-found-again-" * 4
DOCUMENT = PROJECT / "docs" / "for-site-owners.md"


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def site(tmp_path: Path, port: int) -> Iterator[Outlet]:
    """An outlet behind nginx."""
    outlet = Outlet(tmp_path)
    outlet.story("here", redirect_from=["/there/", "/a%20b/caf%C3%A9.html", f"/2019/03/{LONG}/"])
    outlet.rebuild()
    (block,) = re.findall(r"```nginx\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    block = block.replace("/srv/broadside/output", str(outlet.output))
    block = block.replace("server_name", f"listen 127.0.0.1:{port}; server_name")
    main = f"daemon off; user root; pid {tmp_path}/pid; error_log stderr; events {{}}"
    (tmp_path / "nginx.conf").write_text(f"{main} http {{ access_log off; {block} }}")
    command = ["nginx", "-p", str(tmp_path), "-e", "stderr", "-c", str(tmp_path / "nginx.conf")]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        for _ in range(100):
            if server.poll() is not None:
                pytest.fail(server.stderr.read() if server.stderr else "")
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield outlet
    finally:
        server.terminate()
        server.communicate()


def asked(port: int, path: str) -> tuple[int, str, bytes]:
    """The status, where the answer leads, and what it holds."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, re.sub(r"^http://[^/]+", "", answer.getheader("Location", "")), answer.read()


@pytest.mark.nginx
def test_former_addresses_are_answered_with_a_true_redirect(site: Outlet, port: int) -> None:
    now = "/2026/11/here/"
    for former in ("/there/", "/a%20b/caf%C3%A9.html", f"/2019/03/{LONG}/"):
        assert asked(port, former)[:2] == (301, now), former
    assert asked(port, now) == (200, "", site.files()["2026/11/here/index.html"])
    assert asked(port, "/nowhere/") == (404, "", site.files()["404.html"])
