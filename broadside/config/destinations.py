"""Where a site can be published to: what TARGETS of publishconf.py may hold, and which of them a name means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from broadside.config.encodings import Encoding
from broadside.faults import near


class NoSuchDestination(Exception):
    """No target is described, or none has this name; says what to do."""


def _host(written: str) -> str:
    if not re.fullmatch(r"(?:[\w.][\w.-]*@)?(?:[\w.][\w.-]*|\[[0-9A-Fa-f:]+\])", written):
        raise ValueError("write it as user@example.org")
    return written


def _folder(written: str) -> str:
    parts = written.split("/")
    if not written.startswith("/") or {".", ".."} & set(parts) or not written.strip("/") or not written.isprintable():
        raise ValueError("name a folder by its whole path, such as /srv/www/halyard")
    return written.rstrip("/")


def _remote(written: str) -> str:
    if written.startswith(("-", "ext::", "fd::")) or not written.isprintable():
        raise ValueError("name a Git repository, such as git@example.org:halyard/site.git")
    if urlsplit(written).password or (written.startswith("http") and urlsplit(written).username):
        raise ValueError("a password does not belong in a file; see the documentation for where it goes")
    return written


def _branch(written: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][\w./-]*", written) or ".." in written or written.endswith((".lock", "/", ".")):
        raise ValueError("name a branch, such as gh-pages")
    return written


def _address(written: str) -> str:
    if written and not re.match(r"https?://[^/\s]+", written):
        raise ValueError("write the whole address, such as https://example.org")
    return written.rstrip("/")


class Destination(BaseModel):
    """What all targets have. `url`: where readers find the site (SITEURL if empty); `keep`: how many releases are kept, the
    live one included (not in a bucket); `check`: files to fetch and compare afterwards, 0 for none; `wait`: seconds that the
    host may take to show them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    url: Annotated[str, AfterValidator(_address)] = ""
    keep: int = Field(5, ge=1, le=100)
    check: int = Field(50, ge=0)
    wait: int = Field(30, ge=0)


class Server(Destination):
    """A server of your own, over ssh."""

    kind: Literal["rsync"]
    host: Annotated[str, AfterValidator(_host)]
    path: Annotated[str, AfterValidator(_folder)]
    port: int = Field(22, ge=1, le=65535)
    identity: str = ""


class Bucket(Destination):
    """A bucket of any store with the API of S3."""

    kind: Literal["s3"]
    bucket: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")
    endpoint: Annotated[str, AfterValidator(_address)] = ""
    region: str = ""
    encoding: Encoding | Literal[""] = "gzip"


class Branch(Destination):
    """A branch of a Git repository, which its host serves as a site."""

    kind: Literal["pages"]
    remote: Annotated[str, AfterValidator(_remote)]
    branch: Annotated[str, AfterValidator(_branch)] = "gh-pages"
    domain: str = Field("", pattern=r"^[A-Za-z0-9.-]*$")
    history: bool = False
    wait: int = Field(300, ge=0)


AnyDestination = Server | Bucket | Branch
KINDS: dict[str, type[AnyDestination]] = {"rsync": Server, "s3": Bucket, "pages": Branch}


def destination(name: str, targets: Mapping[str, object]) -> AnyDestination:
    """The target with a name, from the setting after it was judged; raises NoSuchDestination."""
    if not targets:
        raise NoSuchDestination("publishconf.py describes no TARGETS; ./inv docs publishing says how")
    if not name:
        raise NoSuchDestination(f"say where to: --to {' or --to '.join(sorted(targets))}")
    if name not in targets:
        raise NoSuchDestination(f'TARGETS of publishconf.py has no "{name}", only {", ".join(sorted(targets))}')
    return described(targets[name])


def described(target: object) -> AnyDestination:
    """The target that a description makes; raises ValueError, whose text continues after the target's name."""
    kind = target.get("kind") if isinstance(target, dict) else None
    if kind not in KINDS:
        raise ValueError(f"needs a kind: {', '.join(KINDS)}")
    try:
        return KINDS[kind].model_validate(target)
    except ValidationError as problem:
        words = "; ".join(
            _in_words(KINDS[kind], error["loc"], error["msg"], error["type"]) for error in problem.errors()
        )
        raise ValueError(f"cannot be used: {words}") from None


def _in_words(kind: type[Destination], where: tuple[int | str, ...], message: str, what: str) -> str:
    key = str(where[0])
    if what == "extra_forbidden":
        hint = near(key, kind.model_fields)
        return f"it has no key {key}" + (f", {hint}" if hint else "")
    return f"{key} is missing" if what == "missing" else f"{key}: {message.removeprefix('Value error, ')}"
