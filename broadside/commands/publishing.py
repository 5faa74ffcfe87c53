"""Commands that put the site live, and count what is read: publish, announce, deploy-guard,
readers, server-init, server-preview, server-publish.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec
from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task
from msgspec import Struct

from broadside.commands.ending import (
    NOW,
    WHERE,
    OfSeveral,
    add_on_or_end,
    build_or_end,
    disk_trouble,
    ending,
    explain_where_a_flag_stands,
    mending_first,
)
from broadside.config.options import Options, settings_of
from broadside.dates import now_of
from broadside.disk import write_whole
from broadside.folders import OUTLET
from broadside.git import GitFailed, commit_of, is_ancestor

OLDER, NOTHING_TO_DO = 1, 3
"""The exit codes if the commit is older than the live one, and if there is nothing to do."""


class Note(Struct, frozen=True):
    """What was last published: a commit, and the moment it was built for, in ISO 8601 with a
    zone.
    """

    commit: str
    now: str

    @classmethod
    def load(cls, path: Path) -> Note | None:
        """The note at a path; None if there is none, or it cannot be read."""
        try:
            note = msgspec.json.decode(path.read_bytes(), type=cls)
            if datetime.fromisoformat(note.now).tzinfo and note.commit.isalnum():
                return note
            return None
        except (OSError, ValueError):
            return None


class Verdict(NamedTuple):
    """An exit code and the reason, in words."""

    code: int
    words: str


@task(
    optional=["rollback"],
    help={
        "to": "the target, by its name in TARGETS of publishconf.py",
        "output": WHERE["output"],
        "content": WHERE["content"],
        "rollback": (
            "bring back what was live before; with a number, what was live that many releases ago"
        ),
        "dry_run": "only list what would be uploaded and deleted",
        "force": "publish even an older build than the live one, or one with uncommitted changes",
        "announce": "then announce the stories that are new, as ./inv announce does",
    },
)
def publish(
    c: Context,
    to: str,
    output: str = "",
    content: str = "",
    rollback: str | bool | None = None,
    dry_run: bool = False,
    force: bool = False,
    announce: bool = False,
) -> None:
    """Put live the site that the last ./inv build --production made.

    For example: ./inv publish --to server The exit code is 1 if nothing was published or readers do
    not get it, and 3 if what is live is newer.
    """
    explain_where_a_flag_stands(to, "publish")
    from broadside.build.release import NotReady
    from broadside.config.destinations import NoSuchDestination
    from broadside.publish.command import NotPublished, Older, Publishing, Unlike
    from broadside.publish.target import Unreachable

    run = Publishing(Options(content, output), to, force, dry_run)
    nothing = "Nothing was published: "
    with (
        ending(Unlike),
        ending(NoSuchDestination, NotReady, NotPublished, Unreachable, GitFailed, says=nothing),
        ending(Older, says=nothing, code=3),
    ):
        print(run.publish() if rollback is None else run.roll_back(_number(rollback)))
    if announce and rollback is None:
        _announce(Options(content, output), dry_run)


@task(
    help={
        "output": WHERE["output"],
        "content": WHERE["content"],
        "dry_run": "only say what would be announced",
    },
)
def announce(c: Context, output: str = "", content: str = "", dry_run: bool = False) -> None:
    """Announce the stories that are new, once each, on the accounts that ANNOUNCE in publishconf.py
    names.

    New is what came out in the last 48 hours, is in the last ./inv build --production and can be
    opened by readers. The accounts themselves are asked what was announced before. The exit code is
    1 if a story could not be announced.
    """
    _announce(Options(content, output), dry_run)


def _announce(options: Options, dry: bool) -> None:
    command = add_on_or_end("announce", "Nothing was announced: ")
    with ending(*command.REFUSED, says="Not everything was announced: "):
        command.run(options, dry)


def _number(written: str | bool) -> int:
    if written is True:
        return 1
    if not str(written).isdigit():
        raise Exit(f'--rollback "{written}" is not a number of releases to go back', 2)
    return int(written)


@task(
    positional=["note"],
    help={
        "note": "file in which the last publish noted what it put live",
        "branch": "the branch that goes live",
        "if-needed": "also ask whether a publish would change anything",
        "done": "write the note: the commit that is checked out went live",
        "now": "the moment that the site is, or was, built for (default: now)",
        "content": WHERE["content"],
    },
)
def deploy_guard(
    c: Context,
    note: str,
    branch: str = "main",
    if_needed: bool = False,
    done: bool = False,
    now: str = "",
    content: str = "",
) -> None:
    """Say whether the commit that is checked out may go live, so that an older one never takes the
    place of a newer one.

    For hosts that show whatever they are given last; ./inv publish asks this itself. The exit code
    is 0 if it may go live, 1 if it is older than what is live, and with --if-needed 3 if that very
    commit is live and nothing fell due since.
    """
    explain_where_a_flag_stands(note, "deploy-guard")
    if done:
        from broadside.content.read import read_options

        moment = read_options(settings_of(Options(content=content, now=now))).now
        with ending(GitFailed, says="Nothing was noted: "):
            print(f"Live: {write_note(Path(note), moment).commit}")
        return
    verdict = may_go_live(Path(note), branch, now=now_of(now, UTC))
    print(verdict.words)
    if verdict.code == 0 and if_needed:
        verdict = needs_to_go_live(
            Path(note), lambda since: _fell_due(Options(content=content, now=now), since)
        )
        print(verdict.words)
    raise Exit(code=verdict.code)


def _fell_due(options: Options, since: str) -> list[str]:
    from broadside.build.due import due

    with mending_first("Nothing can be published"):
        return [change.what for change in due(options, since).fell or ()]


def may_go_live(
    note: Path, branch: str, repository: Path = OUTLET, now: datetime | None = None
) -> Verdict:
    """Whether the checked-out commit may go live, according to the note and the server's branch as
    last fetched.

    Without the note only the newest commit of the branch may go live, because nothing can be newer.
    Nothing does if `now` is long before the moment of the note: stories of the time between would
    vanish.
    """
    from broadside.build.release import BEFORE, EARLY

    try:
        head = _commit_here(repository)
    except GitFailed as problem:
        return Verdict(OLDER, f"Nobody can tell which commit is newer: {problem}")
    newest, live = commit_of(repository, f"origin/{branch}"), Note.load(note)
    if now and live and now < datetime.fromisoformat(live.now) - EARLY:
        return Verdict(
            OLDER,
            f"{BEFORE.format(now.isoformat(timespec='minutes'), live.now)}. Set the clock, and try"
            " again.",
        )
    if head == newest or (live and is_ancestor(repository, live.commit, head)):
        return Verdict(
            0, f"{head[:12]} is the newest commit of {branch}, or not older than what is live."
        )
    if live:
        other = f"what is live ({live.commit[:12]})"
    else:
        other = f"{branch} ({newest[:12]}), and nothing says what is live"
    return Verdict(OLDER, f"{head[:12]} does not go live: it is older than {other}.")


def needs_to_go_live(
    note: Path, fell_due: Callable[[str], list[str]], repository: Path = OUTLET
) -> Verdict:
    """Whether a publish would change anything; `fell_due` returns what has fallen due since a
    moment.
    """
    head, live = commit_of(repository, "HEAD"), Note.load(note)
    if not live or live.commit != head:
        return Verdict(
            0, f"{live.commit[:12] if live else 'Nobody knows what'} is live, and not {head[:12]}."
        )
    due = fell_due(live.now)
    if due:
        return Verdict(0, "\n".join(due))
    return Verdict(NOTHING_TO_DO, f"Nothing fell due since {live.now}.")


def write_note(note: Path, now: datetime, repository: Path = OUTLET) -> Note:
    """Note that the checked-out commit went live, built for a moment; raises GitFailed if Git names
    no commit.
    """
    live = Note(_commit_here(repository), now.isoformat())
    write_whole(note, msgspec.json.encode(live), b"\n")
    return live


def _commit_here(repository: Path) -> str:
    head = commit_of(repository, "HEAD", must_answer=True)
    if not head:
        raise GitFailed(f"{repository} has no commit yet.")
    return head


@task(
    klass=OfSeveral,
    iterable=["log"],
    help={
        "log": (
            "a log that nginx wrote, compressed or not; may be given several times (default: those"
            " in /var/log/nginx)"
        ),
        "days": "how many days to count (default: 7)",
        "json": "also write all of it to this file, from which the setting MOST_READ fills a rail",
        "siteurl": "address of the site (default: SITEURL of publishconf.py)",
        "now": NOW,
        "content": WHERE["content"],
    },
)
def readers(
    c: Context,
    log: list[str] | None = None,
    days: int = 7,
    json: str = "",
    siteurl: str = "",
    now: str = "",
    content: str = "",
) -> None:
    """Say which stories were read most on a server of your own: today, this week, by section, and
    where readers came from.

    It reads the log that nginx writes with the configuration of server-init, in which nothing is
    about persons. Programs and pages that a browser fetched ahead of a click do not count.
    """
    if days < 1:
        raise Exit(f"--days {days} is no number of days; write 1 or more", 2)
    says = "Nothing was counted: "
    command = add_on_or_end("server", says)
    with ending(command.NoLog, OSError, says=says):
        made = command.readers(
            Options(content, siteurl=siteurl, now=now, production=True), log or (), days
        )
        print(made)
        if json:
            write_whole(
                Path(json),
                msgspec.json.format(msgspec.json.encode(made), indent=1),
                b"\n",
                mode=0o644,
            )


@task(
    positional=["folder"],
    auto_shortflags=False,  # -h is for help
    help={
        "folder": "the folder on this server that will hold everything, such as /srv/broadside",
        "branch": "the branch that goes live (default: main)",
        "keep": "how many releases stay (default: 10)",
        "certificate": (
            "folder with fullchain.pem and privkey.pem; the site is then served over HTTPS only"
        ),
        "siteurl": "address of the site (default: SITEURL of publishconf.py)",
    },
)
def server_init(
    c: Context,
    folder: str,
    branch: str = "main",
    keep: int = 10,
    certificate: str = "",
    siteurl: str = "",
) -> None:
    """Make this machine a server to which the site is pushed.

    In the folder: the repository with its hook, the script that puts a commit live, and in etc/
    what nginx, systemd or cron are to be given. Run it again after a change; what was pushed and
    built stays as it is.
    """
    explain_where_a_flag_stands(folder, "server-init")
    says = "No server was made: "
    command = add_on_or_end("server", says)
    with ending(command.NoServerMade, GitFailed, says=says):
        made = command.plan(folder, branch, keep, certificate, siteurl)
        print(*command.init(made), sep="\n")
    if shut := command.closed(made.server.root):
        print(
            f"nginx cannot enter {shut}: chmod o+x {shut}, or choose another folder",
            file=sys.stderr,
        )


@task(
    positional=["folder", "commit"],
    auto_shortflags=False,
    help={
        "folder": "the server's folder",
        "commit": "the commit that is checked out around this command",
        "keep": "how many releases stay (default: 10)",
        "ref": "do not go live if the commit is not on this branch any more",
    },
)
def server_publish(c: Context, folder: str, commit: str, keep: int = 10, ref: str = "") -> None:
    """
    Build a commit and put it live; run by the script that server-init writes, which holds the lock.

    Run that script, FOLDER/publish, rather than this command.
    """
    explain_where_a_flag_stands(folder, "server-publish")
    command = add_on_or_end("server", "Nothing went live: ")
    with disk_trouble(Path(folder)), ending(command.LeftBehind):
        server = command.ServerFolder(Path(folder))
        release = command.publish(server, commit, ref, keep, build_or_end)
    print(f"Live: {release.commit}, as it was built for {release.when}")


@task(
    positional=["folder", "branch", "commit"],
    auto_shortflags=False,
    help={
        "folder": "the server's folder",
        "branch": "the branch, such as preview/ice-road",
        "commit": "its commit",
        "main": "the commit with which it is compared",
        "siteurl": "address of the live site",
    },
)
def server_preview(
    c: Context, folder: str, branch: str, commit: str, main: str = "", siteurl: str = ""
) -> None:
    """Show a branch to whoever has its address; run by the script that server-init writes.

    Only content/ is the branch's; code, settings and theme are those around this command. Push to
    preview/NAME rather than running it.
    """
    explain_where_a_flag_stands(folder, "server-preview")
    from broadside.build.report import BuildFailed, NotNoted

    command = add_on_or_end("server", "Nothing is shown: ")
    with disk_trouble(Path(folder)), ending(command.NotShown, BuildFailed, NotNoted):
        server = command.ServerFolder(Path(folder))
        for line in command.show(server, branch, commit, main, siteurl):
            print(line)
