"""TARGETS of publishconf.py: what is understood, and what is said of the rest."""

from __future__ import annotations

import re
from typing import Any

import pytest

from broadside.desk.publish.destinations import Branch, Bucket, NoSuchDestination, Server, described, destination

RSYNC: dict[str, Any] = {"kind": "rsync", "host": "deploy@example.org", "path": "/srv/www/halyard"}
S3: dict[str, Any] = {"kind": "s3", "bucket": "halyard"}
PAGES: dict[str, Any] = {"kind": "pages", "remote": "git@example.org:halyard/site.git"}


def test_what_is_left_out_has_a_sensible_value() -> None:
    server, bucket, branch = (destination("it", {"it": each}) for each in (RSYNC, S3, PAGES))
    assert isinstance(server, Server)
    assert (server.port, server.keep, server.check) == (22, 5, 50)
    assert isinstance(bucket, Bucket)
    assert bucket.encoding == "gzip"
    assert isinstance(branch, Branch)
    assert (branch.branch, branch.history, branch.wait) == ("gh-pages", False, 300)


@pytest.mark.parametrize(
    ("name", "targets", "said"),
    [
        ("it", {}, "describes no TARGETS"),
        ("it", {"server": RSYNC}, 'has no "it", only server'),
        ("", {"server": RSYNC, "bucket": S3}, "say where to: --to bucket or --to server"),
    ],
)
def test_a_name_that_means_no_target_is_said(name: str, targets: dict[str, object], said: str) -> None:
    with pytest.raises(NoSuchDestination, match=said):
        destination(name, targets)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ({"kind": "ftp"}, "needs a kind: rsync, s3, pages"),
        ("rsync", "needs a kind"),
        ({"kind": "rsync", "path": "/srv"}, "host is missing"),
        (RSYNC | {"hosst": "x"}, 'it has no key hosst, did you mean "host"?'),
        (S3 | {"secret": "x"}, "it has no key secret"),
        (RSYNC | {"host": "-oProxyCommand=evil"}, "host: write it as user@example.org"),
        (RSYNC | {"host": "a b"}, "host: write it"),
        (RSYNC | {"path": "srv/www"}, "path: name a folder by its whole path"),
        (RSYNC | {"path": "/srv/../etc"}, "path: name a folder"),
        (RSYNC | {"path": "/"}, "path: name a folder"),
        (RSYNC | {"path": "/srv/a\nb"}, "path: name a folder"),
        (RSYNC | {"port": "22"}, "port: Input should be a valid integer"),
        (RSYNC | {"keep": 0}, "keep: Input should be greater than or equal to 1"),
        (RSYNC | {"url": "example.org"}, "url: write the whole address"),
        (S3 | {"bucket": "Halyard Site"}, "bucket: "),
        (S3 | {"encoding": "zip"}, "encoding: "),
        (PAGES | {"remote": "https://jo:secret@example.org/site.git"}, "a password does not belong in a file"),
        (PAGES | {"remote": "https://token@example.org/site.git"}, "a password does not belong in a file"),
        (PAGES | {"remote": "--upload-pack=evil"}, "remote: name a Git repository"),
        (PAGES | {"remote": "ext::sh -c evil"}, "remote: name a Git repository"),
        (PAGES | {"branch": "../x"}, "branch: name a branch"),
        (PAGES | {"branch": "-f"}, "branch: name a branch"),
    ],
)
def test_what_is_wrong_is_said(target: object, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)) as problem:
        described(target)
    assert "secret@" not in str(problem.value)
