"""TARGETS of publishconf.py: what is understood, and what is said of the rest."""

from __future__ import annotations

from typing import Any

import pytest

from broadside.config.destinations import (
    Branch,
    Bucket,
    NoSuchDestination,
    Server,
    described,
    destination,
)

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
    ("name", "targets"), [("it", {}), ("it", {"server": RSYNC}), ("", {"a": RSYNC, "b": S3})]
)
def test_a_name_that_means_no_target_is_refused(name: str, targets: dict[str, object]) -> None:
    with pytest.raises(NoSuchDestination):
        destination(name, targets)


@pytest.mark.parametrize(
    ("target", "key"),
    [
        ({"kind": "ftp"}, "kind"),
        ("rsync", "kind"),
        ({"kind": "rsync", "path": "/srv"}, "host"),
        (RSYNC | {"hosst": "x"}, "hosst"),
        (RSYNC | {"host": "-oProxyCommand=evil"}, "host"),
        (RSYNC | {"host": "a b"}, "host"),
        (RSYNC | {"path": "srv/www"}, "path"),
        (RSYNC | {"path": "/srv/../etc"}, "path"),
        (RSYNC | {"path": "/"}, "path"),
        (RSYNC | {"path": "/srv/a\nb"}, "path"),
        (RSYNC | {"port": "22"}, "port"),
        (RSYNC | {"keep": 0}, "keep"),
        (RSYNC | {"url": "example.org"}, "url"),
        (S3 | {"bucket": "Halyard Site"}, "bucket"),
        (S3 | {"encoding": "zip"}, "encoding"),
        (PAGES | {"remote": "https://jo:secret@example.org/site.git"}, "remote"),
        (PAGES | {"remote": "--upload-pack=evil"}, "remote"),
        (PAGES | {"remote": "ext::sh -c evil"}, "remote"),
        (PAGES | {"branch": "../x"}, "branch"),
        (PAGES | {"branch": "-f"}, "branch"),
    ],
)
def test_what_is_wrong_is_refused_by_its_key_and_no_password_is_repeated(
    target: object, key: str
) -> None:
    with pytest.raises(ValueError, match=key) as problem:
        described(target)
    assert "secret@" not in str(problem.value)
