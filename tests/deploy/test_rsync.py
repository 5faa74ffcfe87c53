"""What is special to a server of your own: real sshd and rsync. test_targets.py has what every
target promises.
"""

from __future__ import annotations

from tests.deploy.conftest import Sshd
from tests.deploy.places import Server
from tests.deploy.sites import Site, held, pages


def test_releases_share_every_file_that_is_the_same(site: Site, on_server: Server) -> None:
    first = site.build(pages(60))
    site.published(on_server.targets)
    second = site.build(pages(60, 1))
    site.published(on_server.targets)
    old, new = on_server.releases()
    same = [path for path in first if second.get(path) == first[path]]
    assert all((old / path).stat().st_ino == (new / path).stat().st_ino for path in same)
    assert held(old) == first
    assert not (new / "theme" / "site-0.css").exists()
    assert not on_server.left_over()


def test_a_server_that_is_not_there_is_said_in_the_end(site: Site, on_server: Server) -> None:
    site.build(pages(3))
    on_server.gate.close()
    done = site.publish(on_server.targets)
    assert done.code == 1
    assert done.err.count("trying again (") == 3
    assert "refused" in done.err


def test_a_server_whose_key_is_not_known_is_not_talked_to(
    site: Site, on_server: Server, sshd: Sshd
) -> None:
    site.build(pages(3))
    done = site.publish(on_server.targets, env={"PATH": sshd.ignorant})
    assert done.code == 1
    assert "Host key verification failed" in done.err
    assert "trying again" not in done.err
    assert not on_server.folder.exists()


def test_what_somebody_changed_on_the_server_is_found_and_mended(
    site: Site, on_server: Server
) -> None:
    site.build(pages(20))
    site.published(on_server.targets)
    (on_server.folder / "current" / "_redirects").unlink()
    second = site.build(pages(20, 1))
    site.published(on_server.targets)
    assert on_server.shown() == second


def test_a_folder_that_is_not_ours_is_left_alone(site: Site, on_server: Server) -> None:
    (on_server.folder / "current").mkdir(parents=True)
    (on_server.folder / "current" / "index.html").write_text("somebody's")
    site.build(pages(3))
    done = site.publish(on_server.targets)
    assert done.code == 1
    assert held(on_server.folder) == {"current/index.html": b"somebody's"}
