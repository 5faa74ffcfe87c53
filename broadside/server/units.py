"""What runs a server's schedule: a systemd timer or a line for cron; also the reload of nginx when a page has moved."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from broadside.server.folder import ServerFolder

SERVICE = """\
# Written by ./inv server-init. Lets out what is due at {host}.
[Unit]
Description=What is due at {host}

[Service]
Type=oneshot
User={user}
ExecStart="{script}" --due
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


def units(server: ServerFolder, host: str, user: str) -> Mapping[str, str]:
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
    forms = {".service": SERVICE, ".timer": TIMER, "-moved.service": RELOAD, "-moved.path": MOVED}
    return {f"{name}{ending}": form.format(**values) for ending, form in forms.items()}


def cron(server: ServerFolder, user: str) -> str:
    """The same schedule for a machine without systemd."""
    return CRON.format(user=user, script=server.script)
