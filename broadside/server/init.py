"""./inv server-init: makes a folder to which a site is pushed, or brings its generated files up to date."""

from __future__ import annotations

import os
import pwd
import re
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from broadside.config.options import Options, settings_of
from broadside.disk import write_whole
from broadside.media.films import frame_hosts
from broadside.server import nginx, scripts
from broadside.server.folder import ServerFolder
from broadside.server.nginx import Host
from broadside.urls import OWN

BROTLI = ("/etc/nginx/modules-enabled/*brotli-static*.conf", "/etc/nginx/modules-enabled/*brotli_static*.conf")
"""Files that Debian has if nginx loads the module for brotli."""
PLAIN = re.compile(r"/[\w./+@-]+", re.ASCII)
"""Paths that shells, nginx, systemd and cron all take literally."""


class NoServerMade(Exception):
    """The folder cannot be made a server's; says why."""


class ServerPlan(Struct, frozen=True):
    """A server as the command line describes it: the site's address, the branch, how many releases stay, the certificate.

    `search` is the address of the search page, whose policy differs; `players` are the hosts whose films pages may play.
    """

    server: ServerFolder
    siteurl: str
    branch: str = "main"
    keep: int = 10
    certificate: Path | None = None
    search: str = OWN["search"]
    players: tuple[str, ...] = ()

    @property
    def host(self) -> Host:
        """The host that nginx serves."""
        return Host(urlsplit(self.siteurl).hostname or "", self.certificate, _sends_brotli())


def plan(folder: str, branch: str, keep: int, certificate: str, siteurl: str) -> ServerPlan:
    """The plan; if no site address is given, it is that of publishconf.py."""
    settings = settings_of(Options(production=True, siteurl=siteurl))
    chain = Path(os.path.abspath(certificate)) if certificate else None
    return ServerPlan(
        ServerFolder(Path(os.path.abspath(folder))),
        settings["SITEURL"],
        branch,
        keep,
        chain,
        settings.get("SEARCH_URL") or OWN["search"],
        tuple(frame_hosts(settings["EMBEDS"])),
    )


def init(plan: ServerPlan) -> list[Path]:
    """Make the folder, the bare repository and the generated files, and return these files; whatever else is there stays."""
    _refuse(plan)
    server = plan.server
    _make_open(server.root, server.releases, server.generated, server.acme, server.previews, server.shown)
    if not (server.repository / "HEAD").is_file():
        command = ["git", "init", "-q", "--bare", "-b", plan.branch, str(server.repository)]
        subprocess.run(command, check=True)
    server.hook.parent.mkdir(exist_ok=True)
    if not server.redirects.exists():
        write_whole(server.redirects, mode=0o644)
    written = dict(texts(plan, pwd.getpwuid(os.stat(server.root).st_uid).pw_name))
    for path, text in written.items():
        write_whole(path, text.encode(), mode=0o755 if path in (server.hook, server.script) else 0o644)
    return list(written)


def _make_open(*folders: Path) -> None:
    """Make folders that the web server can enter and read, whatever the umask is; also those that are there already."""
    umask = os.umask(0o022)
    try:
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
    finally:
        os.umask(umask)
    for folder in folders:
        mode = stat.S_IMODE(folder.stat().st_mode)
        if mode | 0o755 != mode:
            folder.chmod(mode | 0o755)


def texts(plan: ServerPlan, user: str) -> Iterator[tuple[Path, str]]:
    """The path and the text of each generated file."""
    server, host = plan.server, plan.host
    yield server.hook, scripts.hook(server, plan.branch)
    yield server.script, scripts.publish(server, plan.branch, plan.keep, plan.siteurl)
    yield server.generated / f"{host.name}.conf", nginx.configuration(server, host, plan.search, plan.players)
    yield server.generated / "cron", scripts.cron(server, user)
    for name, text in scripts.units(server, host.name, user).items():
        yield server.generated / name, text


def _refuse(plan: ServerPlan) -> None:
    address = urlsplit(plan.siteurl)
    for path in filter(None, (plan.server.root, plan.certificate)):
        if not PLAIN.fullmatch(str(path)):
            raise NoServerMade(
                f"{path} has characters that mean something to nginx, systemd or cron; choose a plainer path"
            )
    if not re.fullmatch(r"[a-z0-9.-]+", address.hostname or ""):
        raise NoServerMade(f'SITEURL is "{plan.siteurl}", which names no host; set it in publishconf.py')
    if address.path.strip("/"):
        raise NoServerMade(
            f"SITEURL has a path, {address.path}: nginx is set up here for a site at the top of its host; "
            "give it a host of its own, or write the configuration by hand"
        )
    if plan.keep < 2:
        raise NoServerMade("keep at least 2 releases, or there is none to go back to")


def closed(folder: Path) -> Path | None:
    """The outermost folder around this one that the web server, which is another user, may not enter; None if there is none."""
    return next((path for path in reversed(folder.parents) if not path.stat().st_mode & 0o001), None)


def _sends_brotli() -> bool:
    return any(next(Path("/").glob(pattern.lstrip("/")), None) for pattern in BROTLI)
