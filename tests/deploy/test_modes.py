"""What is served can be read by the web server, which is another user, whatever the umask of
whoever set the server up.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.own_server import OwnServer
from tests.deploy.real_nginx import RealNginx

HOST = "halyard.example"
WEB = "www-data"
pytestmark = pytest.mark.skipif(os.getuid() != 0, reason="only root's nginx becomes another user")


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that anybody may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="broadside-modes-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.parametrize("umask", [0o077, 0o027])
def test_a_server_that_was_set_up_under_a_strict_umask_is_read_by_the_web_server(
    place: Path, umask: int
) -> None:
    before = os.umask(umask)
    try:
        server = OwnServer.with_a_story(place)
        server.outlet.story("second")
        pushed = server.push()
    finally:
        os.umask(before)
    answer = server.place.acme / ".well-known" / "acme-challenge" / "token"
    answer.parent.mkdir(parents=True)
    answer.write_text("yes", "utf-8")
    with RealNginx(
        server.place.generated / f"{HOST}.conf", place / "nginx", HOST, user=WEB
    ) as site:
        for path in server.served():
            if path != "404.html":  # which is for what is not there
                assert site.ask(f"/{path.removesuffix('index.html')}").status == 200, path
        assert site.ask("/.well-known/acme-challenge/token").body == b"yes"
    assert "Live: " in pushed
