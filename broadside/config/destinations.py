"""Where a site can be published to: what TARGETS in publishconf.py may contain, and finding a target by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal
from urllib.parse import urlsplit

from msgspec import Struct

from broadside.config.encodings import Encoding
from broadside.validation import Validation, Within, declared


class NoSuchDestination(Exception):
    """No target is described, or none has this name; the message says what to do."""


def _host(written: str) -> str:
    if not re.fullmatch(r"(?:[\w.][\w.-]*@)?(?:[\w.][\w.-]*|\[[0-9A-Fa-f:]+\])", written):
        raise ValueError("should be written as user@example.org")
    return written


def _folder(written: str) -> str:
    parts = written.split("/")
    if not written.startswith("/") or {".", ".."} & set(parts) or not written.strip("/") or not written.isprintable():
        raise ValueError("should be the whole path of a folder, such as /srv/www/halyard")
    return written.rstrip("/")


def _remote(written: str) -> str:
    if written.startswith(("-", "ext::", "fd::")) or not written.isprintable():
        raise ValueError("should be a Git repository, such as git@example.org:halyard/site.git")
    if urlsplit(written).password or (written.startswith("http") and urlsplit(written).username):
        raise ValueError("holds a password, which does not belong in a file; see the documentation for where it goes")
    return written


def _branch(written: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][\w./-]*", written) or ".." in written or written.endswith((".lock", "/", ".")):
        raise ValueError("should be a branch, such as gh-pages")
    return written


def _bucket(written: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", written):
        raise ValueError("should be a bucket's name: 3 to 63 small letters and digits, with . and - between them")
    return written


def _domain(written: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.-]*", written):
        raise ValueError("should be the host alone, such as example.org")
    return written


def _address(written: str) -> str:
    if written and not re.match(r"https?://[^/\s]+", written):
        raise ValueError("should be a whole address, such as https://example.org")
    return written.rstrip("/")


class Destination(Struct, frozen=True, kw_only=True):
    """What all targets have. `url`: where readers find the site (SITEURL if empty); `keep`: how many releases to keep, the
    live one included (not in a bucket); `check`: how many files to fetch and compare afterwards, 0 for none; `wait`: seconds that
    the host may take to show them.
    """

    url: Annotated[str, _address] = ""
    keep: Annotated[int, Within(1, 100)] = 5
    check: Annotated[int, Within(0)] = 50
    wait: Annotated[int, Within(0)] = 30


class Server(Destination, frozen=True, kw_only=True):
    """A server of your own, over ssh."""

    kind: Literal["rsync"]
    host: Annotated[str, _host]
    path: Annotated[str, _folder]
    port: Annotated[int, Within(1, 65535)] = 22
    identity: str = ""


class Folder(Destination, frozen=True, kw_only=True):
    """A folder of this machine, such as one that a web server here shows; nothing is fetched afterwards unless `check` says so."""

    kind: Literal["folder"]
    path: Annotated[str, _folder]
    check: Annotated[int, Within(0)] = 0


class Bucket(Destination, frozen=True, kw_only=True):
    """A bucket of any store with the API of S3."""

    kind: Literal["s3"]
    bucket: Annotated[str, _bucket]
    endpoint: Annotated[str, _address] = ""
    region: str = ""
    encoding: Encoding | Literal[""] = "gzip"


class Branch(Destination, frozen=True, kw_only=True):
    """A branch of a Git repository, which its host serves as a site."""

    kind: Literal["pages"]
    remote: Annotated[str, _remote]
    branch: Annotated[str, _branch] = "gh-pages"
    domain: Annotated[str, _domain] = ""
    history: bool = False
    wait: Annotated[int, Within(0)] = 300


AnyDestination = Server | Folder | Bucket | Branch
KINDS: dict[str, type[AnyDestination]] = {"rsync": Server, "folder": Folder, "s3": Bucket, "pages": Branch}


def destination(name: str, targets: Mapping[str, object]) -> AnyDestination:
    """The target with a name, from the checked setting; raises NoSuchDestination."""
    if not targets:
        raise NoSuchDestination("publishconf.py describes no TARGETS; ./inv docs publishing says how")
    if not name:
        raise NoSuchDestination(f"say where to: --to {' or --to '.join(sorted(targets))}")
    if name not in targets:
        raise NoSuchDestination(f'TARGETS of publishconf.py has no "{name}", only {", ".join(sorted(targets))}')
    return described(targets[name])


def described(target: object) -> AnyDestination:
    """The target for a description; raises ValueError, whose text continues after the target's name."""
    kind = target.get("kind") if isinstance(target, dict) else None
    if kind is None:
        raise ValueError(f"needs a kind: {', '.join(KINDS)}")
    if kind not in KINDS:
        raise ValueError(f"has no kind that there is: {kind} is not one of {', '.join(KINDS)}")
    validation = Validation()
    made: AnyDestination = validation.value(declared(KINDS[kind]), target)
    if validation.problems:
        words = "; ".join(f"{key} {refused}" for (key, *_), refused in validation.problems)
        raise ValueError(f"cannot be used: {words}")
    return made
