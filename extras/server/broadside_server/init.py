"""./inv server-init: makes a folder to which a site is pushed, or updates its generated files.

Below the code are the texts of what runs there: Git's hook, the script that puts a commit live, and
its schedule, as systemd units or a line for cron. nginx.py has the configuration of the web server.
"""

from __future__ import annotations

import os
import pwd
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from shlex import quote
from urllib.parse import urlsplit

from msgspec import Struct

from broadside.serving import (
    NOTHING,
    Allowed,
    Options,
    allowed_by,
    content_usage,
    git,
    settings_of,
    write_whole,
)
from broadside_server import nginx
from broadside_server.folder import ServerFolder
from broadside_server.nginx import Host

BROTLI = (
    "/etc/nginx/modules-enabled/*brotli-static*.conf",
    "/etc/nginx/modules-enabled/*brotli_static*.conf",
)
"""Files that Debian has if nginx loads the module for brotli."""
PLAIN = re.compile(r"/[\w./+@-]+", re.ASCII)
"""Paths that shells, nginx, systemd and cron all take literally."""


class NoServerMade(Exception):
    """The folder cannot be used for a server; the message says why."""


class ServerPlan(Struct, frozen=True):
    """A server as the command line describes it: the site's address, the branch, how many releases
    to keep, the certificate.

    `usage` is what programs may use the site for; `allowed` is what its pages may load from
    elsewhere.
    """

    server: ServerFolder
    siteurl: str
    branch: str = "main"
    keep: int = 10
    certificate: Path | None = None
    usage: str = ""
    allowed: Allowed = NOTHING

    @property
    def host(self) -> Host:
        """The host that nginx serves."""
        return Host(urlsplit(self.siteurl).hostname or "", self.certificate, _sends_brotli())


def plan(folder: str, branch: str, keep: int, certificate: str, siteurl: str) -> ServerPlan:
    """The plan; without a site address, the one of publishconf.py is used."""
    settings = settings_of(Options(production=True, siteurl=siteurl))
    chain = None
    if certificate:
        chain = Path(os.path.abspath(certificate))
    return ServerPlan(
        ServerFolder(Path(os.path.abspath(folder))),
        settings.SITEURL,
        branch,
        keep,
        chain,
        content_usage(settings.AI_USE),
        allowed_by(settings),
    )


def init(plan: ServerPlan) -> list[Path]:
    """Make the folder, the bare repository and the generated files, and return these files; leaves
    everything else alone.
    """
    _refuse(plan)
    server = plan.server
    _make_open(
        server.root, server.releases, server.generated, server.acme, server.previews, server.shown
    )
    if not (server.repository / "HEAD").is_file():
        start = ("init", "-q", "--bare", "-b", plan.branch)
        git(server.root, *start, repository=server.repository)
    server.hook.parent.mkdir(exist_ok=True)
    if not server.redirects.exists():
        write_whole(server.redirects, mode=0o644)
    written = dict(texts(plan, pwd.getpwuid(os.stat(server.root).st_uid).pw_name))
    for path, text in written.items():
        mode = 0o644
        if path in (server.hook, server.script):
            mode = 0o755
        write_whole(path, text.encode(), mode=mode)
    return list(written)


def _make_open(*folders: Path) -> None:
    """Make folders readable for the web server, whatever the umask is, even existing ones."""
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
    yield server.hook, hook_script(server, plan.branch)
    yield server.script, publish_script(server, plan.branch, plan.keep, plan.siteurl)
    said = nginx.configuration(server, host, plan.allowed, plan.usage)
    yield server.generated / f"{host.name}.conf", said
    yield server.generated / "cron", cron_line(server, user)
    yield (
        server.generated / "logrotate",
        LOGROTATE.format(host=host.name, log=nginx.log_of(host.name)),
    )
    for name, text in systemd_units(server, host.name, user).items():
        yield server.generated / name, text


def _refuse(plan: ServerPlan) -> None:
    address = urlsplit(plan.siteurl)
    for path in filter(None, (plan.server.root, plan.certificate)):
        if not PLAIN.fullmatch(str(path)):
            raise NoServerMade(
                f"{path} has characters that mean something to nginx, systemd or cron; choose a"
                " plainer path"
            )
    if not re.fullmatch(r"[a-z0-9.-]+", address.hostname or ""):
        raise NoServerMade(
            f'SITEURL is "{plan.siteurl}", which names no host; set it in publishconf.py'
        )
    if address.path.strip("/"):
        raise NoServerMade(
            f"SITEURL has a path, {address.path}: nginx is set up here for a site at the top of its"
            " host; give it a host of its own, or write the configuration by hand"
        )
    if plan.keep < 2:
        raise NoServerMade("keep at least 2 releases, or there is none to go back to")


def closed(folder: Path) -> Path | None:
    """The outermost folder around this one that the web server, which is another user, may not
    enter; None if there is none.
    """
    return next(
        (path for path in reversed(folder.parents) if not path.stat().st_mode & 0o001), None
    )


def _sends_brotli() -> bool:
    return any(next(Path("/").glob(pattern.lstrip("/")), None) for pattern in BROTLI)


HOOK = """\
#!/bin/sh
# Written by ./inv server-init. A push to {branch} goes live, one to preview/NAME is shown to whoever has its address; what is
# wrong with it is told to whoever pushed.
while read -r _ new ref; do
    case $ref in
    refs/heads/preview/*) previews="${{previews-}} $ref" ;;
    esac
    [ "$ref" = {ref} ] || continue
    case $new in
    *[!0]*) pushed=yes ;;
    *) echo {deleted} ;;
    esac
done
[ -n "${{previews-}}" ] || [ -z "${{pushed-}}" ] || exec {script}
[ -z "${{pushed-}}" ] || {script} || :
[ -z "${{previews-}}" ] || exec {script} --preview $previews
"""

PUBLISH = """\
#!/bin/sh
# Written by ./inv server-init; run by a push, by the timer, and by people as the user who owns this folder:
#   publish                  puts the newest commit of {branch} live
#   publish --due            builds what is live anew, if the hour of something in it has come
#   publish --preview REF..  shows these branches preview/NAME to whoever has the address, and removes what is of none
#   publish --readers        counts what was read, for the setting MOST_READ
#   publish --rollback [N]   puts the release live that was there before this one, or N before it
set -eu
root={root} ref={ref} siteurl={siteurl}
[ -O "$root" ] || {{ echo "Run this as $(stat -c %U "$root"), who owns $root."; exit 1; }}

# A rollback works without the checkout and its environment, which may be what is broken.
roll_back() {{
    name=$(basename "$(readlink "$root/current")")
    found=$(LC_ALL=C ls "$root/releases" | grep -Fx -B "$1" -e "$name")
    if [ "$1" -lt 1 ] || [ "$(echo "$found" | wc -l)" -ne $(($1 + 1)) ]; then
        echo "There is no release that was live $1 before $name; these are kept:"
        LC_ALL=C ls "$root/releases"
        exit 1
    fi
    back=$(echo "$found" | head -n 1)
    rm -f "$root/due"
    ln -sfn "releases/$name" "$root/before"
    ln -sfn "releases/$back" "$root/.current.part"
    mv -T "$root/.current.part" "$root/current"
    # What was taken back is no release to go back to; pages that are open still ask for its pictures. From line 0 on, sed
    # looks for the release in the first line too, where the oldest is.
    LC_ALL=C ls "$root/releases" | sed "0,/^$back\\$/d" | while read -r taken; do
        mv "$root/releases/$taken" "$root/releases/.$taken"
    done
    ln -sfn "releases/.$name" "$root/before"
    echo "Live: ${{back##*-}}, as release $back"
    echo "It stays until the next push, and what falls due waits as long."
}}

# What watches the list of former addresses has nginx read it again when it changed.
tell_nginx() {{
    cp "$root/current/redirects.map" "$root/etc/.redirects.part" 2>/dev/null || : >"$root/etc/.redirects.part"
    cmp -s "$root/etc/.redirects.part" "$root/etc/redirects.map" || mv "$root/etc/.redirects.part" "$root/etc/redirects.map"
}}

# What belongs to a branch that is gone goes too: first what is served, then the rest.
remove_previews() {{
    for each in "$root"/previews/*/branch; do
        [ -f "$each" ] || continue
        git --git-dir="$root/site.git" show-ref --verify --quiet "refs/heads/$(cat "$each")" && continue
        key=$(basename "$(dirname "$each")")
        rm -f "$root/shown/_preview/$key"
        rm -rf "$root/previews/$key"
        echo "The preview of $(cat "$each" 2>/dev/null || echo "a branch that is gone") was removed" || :
    done
}}

# A clean checkout, but for what is dear to make again. A Git that was killed leaves a lock; ours is the one of this script.
check_out() {{
    mkdir -p "$root/checkout"
    cd "$root/checkout"
    rm -f "$root/index.lock"
    export GIT_INDEX_FILE="$root/index" GIT_DIR="$root/site.git" GIT_WORK_TREE="$root/checkout"
    git read-tree --reset -u "$1"
    git clean -ffdxq -e '/.venv*' -e /.cache/add-ons -e __pycache__
    unset GIT_INDEX_FILE GIT_DIR GIT_WORK_TREE
}}

# Into a file, which nobody can take away as they can a connection.
run() {{
    : >"$root/log"
    ./inv "$@" >>"$root/log" 2>&1 &
    tail -s 0.1 -n +1 -f --pid=$! "$root/log" 9>&- || :
    wait $!
}}

# Git tells its hooks about itself, which would mislead the Git that runs below. Who pushed may go away: the build stays.
unset GIT_QUARANTINE_PATH $(git rev-parse --local-env-vars)
trap '' HUP INT PIPE
umask 022

# One at a time; whoever had to wait finds what was pushed meanwhile. The build inherits the lock, and so outlives this.
exec 9>>"$root/lock"
if [ "${{1-}}" = --due ]; then
    flock -n 9 && [ -f "$root/due" ] && [ "$(date +%s)" -ge "$(cat "$root/due")" ] || exit 0
else
    flock -n 9 || {{ echo "Another publish is at work; waiting for it ..." || :; flock 9; }}
fi
live=$(readlink "$root/current" || :)
live=${{live##*-}}
case ${{1-}} in
'')
    commit=$(git --git-dir="$root/site.git" rev-parse --verify "$ref^{{commit}}")
    if [ "$commit" = "$live" ] && [ -f "$root/due" ]; then
        echo "Live already: $commit" || :
        exit 0
    fi
    set -- --ref "$ref"
    ;;
--due)
    commit=$live
    shift
    ;;
--preview)
    shift
    remove_previews
    [ -n "$live" ] || {{ echo "Nothing is live yet; a preview is built by what is live."; exit 1; }}
    check_out "$live"
    code=0
    for each; do
        commit=$(git --git-dir="$root/site.git" rev-parse --verify --quiet "$each^{{commit}}") || continue
        run server-preview "$root" "${{each#refs/heads/}}" "$commit" --main "$live" --siteurl "$siteurl" || code=$?
    done
    exit "$code"
    ;;
--readers)
    # What falls due is built with the new list, unless a rollback left nothing to fall due.
    cd "$root/checkout"
    ./inv readers --siteurl "$siteurl" --json "$root/most_read.json" >/dev/null
    [ ! -f "$root/due" ] || echo 0 >"$root/due"
    exit 0
    ;;
--rollback)
    case ${{2-1}} in
    '' | *[!0-9]*) echo "\\"$2\\" is not a number of releases to go back"; exit 2 ;;
    esac
    roll_back "${{2-1}}"
    tell_nginx
    exit 0
    ;;
*)
    echo "publish [--due | --preview REF... | --readers | --rollback [N]]"
    exit 2
    ;;
esac
[ -n "$commit" ] || {{ echo "Nothing is live yet."; exit 1; }}

check_out "$commit"
run server-publish "$root" "$commit" --keep {keep} "$@"
tell_nginx
"""

SERVICE = """\
# Written by ./inv server-init. {does} at {host}.
[Unit]
Description={does} at {host}

[Service]
Type=oneshot
User={user}
ExecStart="{script}" {flag}
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
ReadWritePaths="{root}"
"""

TIMER = """\
# Written by ./inv server-init. Looks each minute whether something is due; that costs nothing until it is.
[Unit]
Description=The schedule of {host}

[Timer]
OnCalendar=minutely
AccuracySec=1s
Persistent=yes

[Install]
WantedBy=timers.target
"""

COUNTING = """\
# Written by ./inv server-init, for the setting MOST_READ: has what was read counted each night.
[Unit]
Description=The most read at {host}

[Timer]
OnCalendar=*-*-* 04:30
Persistent=yes

[Install]
WantedBy=timers.target
"""

LOGROTATE = """\
# Written by ./inv server-init, for /etc/logrotate.d: keeps five weeks of what was read at {host}.
{log} {{
    weekly
    rotate 5
    compress
    delaycompress
    missingok
    notifempty
    create 0644 www-data adm
    postrotate
        invoke-rc.d nginx rotate >/dev/null 2>&1
    endscript
}}
"""

RELOAD = """\
# Written by ./inv server-init. nginx reads the list of former addresses when it starts or is told to.
[Unit]
Description=New former addresses at {host}

[Service]
Type=oneshot
ExecStartPre=/usr/sbin/nginx -t -q
ExecStart=/usr/bin/systemctl reload nginx
"""

MOVED = """\
# Written by ./inv server-init. Sees that the list of former addresses changed.
[Unit]
Description=The former addresses of {host}

[Path]
PathChanged={redirects}
Unit={name}-moved.service

[Install]
WantedBy=paths.target
"""

CRON = """\
# Written by ./inv server-init, for /etc/cron.d: looks each minute whether something is due.
* * * * * {user} {script} --due
"""


def hook_script(server: ServerFolder, branch: str) -> str:
    """The repository's post-receive hook."""
    return HOOK.format(
        branch=branch,
        ref=quote(f"refs/heads/{branch}"),
        deleted=quote(f"The branch {branch} is gone; the site stays as it is."),
        script=quote(str(server.script)),
    )


def publish_script(server: ServerFolder, branch: str, keep: int, siteurl: str) -> str:
    """The script that checks out a commit, and has the commit's own ./inv build it and put it live.

    It holds the server's lock as file descriptor 9. `keep` is how many releases to keep, the live
    one included; `siteurl` is the site's address, below which previews are.
    """
    root, ref = quote(str(server.root)), quote(f"refs/heads/{branch}")
    return PUBLISH.format(branch=branch, root=root, ref=ref, keep=keep, siteurl=quote(siteurl))


def systemd_units(server: ServerFolder, host: str, user: str) -> Mapping[str, str]:
    """systemd's units, file name -> text; all are named after the host."""
    name = f"broadside-{host}"
    values: dict[str, str | Path] = {
        "host": host,
        "name": name,
        "user": user,
        "root": server.root,
        "script": server.script,
        "redirects": server.redirects,
    }
    due, read = (
        {"does": "What is due", "flag": "--due"},
        {"does": "What was read", "flag": "--readers"},
    )
    forms: dict[str, tuple[str, Mapping[str, str]]] = {
        ".service": (SERVICE, due),
        ".timer": (TIMER, {}),
        "-moved.service": (RELOAD, {}),
        "-moved.path": (MOVED, {}),
        "-readers.service": (SERVICE, read),
        "-readers.timer": (COUNTING, {}),
    }
    return {
        f"{name}{ending}": form.format(**values, **more) for ending, (form, more) in forms.items()
    }


def cron_line(server: ServerFolder, user: str) -> str:
    """The same schedule for a machine without systemd."""
    return CRON.format(user=user, script=server.script)
