"""Finds what the web server, which is another user, may not read."""

from __future__ import annotations

import os
import pwd
import stat
from collections.abc import Iterable
from pathlib import Path

WEB = "www-data"
"""The user that Debian's nginx is; one of another name counts as anybody else."""
ACL = "system.posix_acl_access"


def closed(paths: Iterable[Path]) -> Path | None:
    """The first of these folders and files that the web server may not enter or read; None if there is none."""
    try:
        user = pwd.getpwnam(WEB)
        uid, groups = user.pw_uid, os.getgrouplist(WEB, user.pw_gid)
    except KeyError:
        uid, groups = -1, []
    return next((path for path in paths if not _may(path, uid, groups)), None)


def _may(path: Path, uid: int, groups: list[int]) -> bool:
    found = path.stat()
    shift = 6 if found.st_uid == uid else 3 if found.st_gid in groups else 0
    wanted = 0o1 if stat.S_ISDIR(found.st_mode) else 0o4
    return bool(found.st_mode >> shift & wanted) or ACL in os.listxattr(path)
