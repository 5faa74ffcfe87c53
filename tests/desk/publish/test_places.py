"""TARGETS of publishconf.py: what is understood, and what is said of the rest."""

from __future__ import annotations

from typing import Any

import pytest

from desk.publish.places import Branch, Bucket, NoSuchPlace, Server, place

RSYNC: dict[str, Any] = {"kind": "rsync", "host": "deploy@example.org", "path": "/srv/www/halyard"}
S3: dict[str, Any] = {"kind": "s3", "bucket": "halyard"}
PAGES: dict[str, Any] = {"kind": "pages", "remote": "git@example.org:halyard/site.git"}


def test_what_is_left_out_has_a_sensible_value() -> None:
    server, bucket, branch = (place("it", {"it": each}) for each in (RSYNC, S3, PAGES))
    assert isinstance(server, Server)
    assert (server.port, server.keep, server.check) == (22, 5, 50)
    assert isinstance(bucket, Bucket)
    assert bucket.encoding == "gzip"
    assert isinstance(branch, Branch)
    assert (branch.branch, branch.history, branch.wait) == ("gh-pages", False, 300)


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        (None, "describes no TARGETS"),
        ({}, "describes no TARGETS"),
        ({"server": RSYNC}, 'has no "it", only server'),
        ({"it": {"kind": "ftp"}}, "needs a kind: rsync, s3, pages"),
        ({"it": "rsync"}, "needs a kind"),
        ({"it": {"kind": "rsync", "path": "/srv"}}, "host is missing"),
        ({"it": RSYNC | {"hosst": "x"}}, 'hosst is no key of it, did you mean "host"?'),
        ({"it": S3 | {"secret": "x"}}, "secret is no key of it"),
        ({"it": RSYNC | {"host": "-oProxyCommand=evil"}}, "host: write it as user@example.org"),
        ({"it": RSYNC | {"host": "a b"}}, "host: write it"),
        ({"it": RSYNC | {"path": "srv/www"}}, "path: name a folder by its whole path"),
        ({"it": RSYNC | {"path": "/srv/../etc"}}, "path: name a folder"),
        ({"it": RSYNC | {"path": "/"}}, "path: name a folder"),
        ({"it": RSYNC | {"path": "/srv/a\nb"}}, "path: name a folder"),
        ({"it": RSYNC | {"port": "22"}}, "port: Input should be a valid integer"),
        ({"it": RSYNC | {"keep": 0}}, "keep: Input should be greater than or equal to 1"),
        ({"it": RSYNC | {"url": "example.org"}}, "url: write the whole address"),
        ({"it": S3 | {"bucket": "Halyard Site"}}, "bucket: "),
        ({"it": S3 | {"encoding": "zip"}}, "encoding: "),
        ({"it": PAGES | {"remote": "https://jo:secret@example.org/site.git"}}, "a password does not belong in a file"),
        ({"it": PAGES | {"remote": "https://token@example.org/site.git"}}, "a password does not belong in a file"),
        ({"it": PAGES | {"remote": "--upload-pack=evil"}}, "remote: name a Git repository"),
        ({"it": PAGES | {"remote": "ext::sh -c evil"}}, "remote: name a Git repository"),
        ({"it": PAGES | {"branch": "../x"}}, "branch: name a branch"),
        ({"it": PAGES | {"branch": "-f"}}, "branch: name a branch"),
    ],
)
def test_what_is_wrong_is_said(targets: object, said: str) -> None:
    with pytest.raises(NoSuchPlace) as problem:
        place("it", targets)
    assert said in str(problem.value)
    assert "secret@" not in str(problem.value)


def test_who_names_no_target_is_told_them() -> None:
    with pytest.raises(NoSuchPlace, match="say where to: --to bucket or --to server"):
        place("", {"server": RSYNC, "bucket": S3})
