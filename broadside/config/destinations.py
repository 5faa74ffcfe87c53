"""Where a site can be published to: what TARGETS in publishconf.py may contain, and finding a
target by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct, convert

from broadside.typed import like, mismatch


class NoSuchDestination(Exception):
    """No target is described, or none has this name; the message says what to do."""


Host = Annotated[
    str, like(r"^([\w.][\w.-]*@)?([\w.][\w.-]*|\[[0-9A-Fa-f:]+\])$", "written as user@example.org")
]
Path = Annotated[
    str,
    like(
        r"^/(?!.*//)(?!(.*/)?\.\.?(/|$))[^\x00-\x1f\x7f-\x9f]+$",
        "the whole path of a folder, such as /srv/www/halyard",
    ),
]
Remote = Annotated[
    str,
    like(
        r"^(?!-|ext::|fd::)(?!https?://[^/]*@)(?!\w+://[^/@]*:[^/]*@)[^\x00-\x1f\x7f-\x9f]+$",
        "a Git repository, such as git@example.org:halyard/site.git; a password does not belong in"
        " a file",
    ),
]
BranchName = Annotated[
    str, like(r"^(?!.*\.\.)[A-Za-z0-9]([\w./-]*[\w-])?(?<!\.lock)$", "a branch, such as gh-pages")
]
BucketName = Annotated[
    str,
    like(
        r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$",
        "a bucket's name: 3 to 63 small letters and digits, with . and - between them",
    ),
]
Domain = Annotated[str, like(r"^[A-Za-z0-9.-]*$", "the host alone, such as example.org")]
Address = Annotated[
    str, like(r"^(https?://[^/\s]+.*)?$", "a whole address, such as https://example.org")
]
ENDING_IN_SLASH = ("url", "path", "endpoint")
"""Keys after whose value a slash may be left out."""


class Destination(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all targets have. `url`: where readers find the site (SITEURL if empty); `keep`: how
    many releases to keep, the live one included (not in a bucket); `check`: how many files to fetch
    and compare afterwards, 0 for none; `wait`: seconds that the host may take to show them.
    """

    url: Address = ""
    keep: Annotated[int, Meta(ge=1, le=100)] = 5
    check: Annotated[int, Meta(ge=0)] = 50
    wait: Annotated[int, Meta(ge=0)] = 30


class Server(Destination, frozen=True, kw_only=True):
    """A server of your own, over ssh."""

    kind: Literal["rsync"]
    host: Host
    path: Path
    port: Annotated[int, Meta(ge=1, le=65535)] = 22
    identity: str = ""


class Folder(Destination, frozen=True, kw_only=True):
    """A folder of this machine, such as one that a web server here shows; nothing is fetched
    afterwards unless `check` says so.
    """

    kind: Literal["folder"]
    path: Path
    check: Annotated[int, Meta(ge=0)] = 0


class Bucket(Destination, frozen=True, kw_only=True):
    """A bucket of any store with the API of S3."""

    kind: Literal["s3"]
    bucket: BucketName
    endpoint: Address = ""
    region: str = ""
    encoding: Literal["br", "gzip", ""] = "gzip"


class Branch(Destination, frozen=True, kw_only=True):
    """A branch of a Git repository, which its host serves as a site."""

    kind: Literal["pages"]
    remote: Remote
    branch: BranchName = "gh-pages"
    domain: Domain = ""
    history: bool = False
    wait: Annotated[int, Meta(ge=0)] = 300


AnyDestination = Server | Folder | Bucket | Branch
KINDS: dict[str, type[AnyDestination]] = {
    "rsync": Server,
    "folder": Folder,
    "s3": Bucket,
    "pages": Branch,
}


def destination(name: str, targets: Mapping[str, object]) -> AnyDestination:
    """The target with a name, from the checked setting; raises NoSuchDestination."""
    if not targets:
        raise NoSuchDestination(
            "publishconf.py describes no TARGETS; ./inv docs publishing says how"
        )
    if not name:
        raise NoSuchDestination(f"say where to: --to {' or --to '.join(sorted(targets))}")
    if name not in targets:
        raise NoSuchDestination(
            f'TARGETS of publishconf.py has no "{name}", only {", ".join(sorted(targets))}'
        )
    return described(targets[name])


def described(target: object) -> AnyDestination:
    """The target for a description; raises ValueError, whose text continues after the target's
    name.
    """
    kind = None
    if isinstance(target, dict):
        kind = target.get("kind")
    if not isinstance(target, dict) or kind not in KINDS:
        needed = "needs a kind:"
        if kind:
            needed = f"the kind {kind!r} is none of"
        raise ValueError(f"{needed} {', '.join(KINDS)}")
    written = {key: _trimmed(key, value) for key, value in target.items()}
    if problem := mismatch(written, KINDS[kind]):
        raise ValueError(f"cannot be used: {problem}")
    return convert(written, KINDS[kind])


def _trimmed(key: str, value: object) -> object:
    if key in ENDING_IN_SLASH and isinstance(value, str):
        return value.rstrip("/")
    return value
