"""Commands that check stories before readers see them: check, changed, guest, permalinks."""

from __future__ import annotations

import sys
from pathlib import Path

from invoke.context import Context
from invoke.tasks import task

from broadside.build.report import as_json, sources_of
from broadside.commands.ending import (
    NOW,
    WHERE,
    OfSeveral,
    ending,
    explain_where_a_flag_stands,
    mending_first,
    refuse_other_than,
    tell,
)
from broadside.config.options import Options
from broadside.disk import write_whole
from broadside.faults import FORMATS, count, grouped
from broadside.folders import OUTLET
from broadside.git import GitFailed

FOR_PEOPLE = ("text", "github")
"""Formats in which faults of one cause are told as one."""


@task(
    klass=OfSeveral,
    iterable=["files"],
    help={
        "content": WHERE["content"],
        "files": "check only this file, or the files in this folder; may be given several times",
        "staged": "check what git commit would commit, not what is on the disk",
        "all": "tell each fault, also those of one cause",
        "drafts": (
            "fail for the faults of drafts too, which are warnings otherwise: they stop no site"
        ),
        "format": "text, json, github or gitlab",
        "now": "the moment to check for, such as 2026-11-25T09:00 (default: now)",
    },
)
def check(
    c: Context,
    content: str = "",
    format: str = "text",
    now: str = "",
    files: list[str] | None = None,
    staged: bool = False,
    drafts: bool = False,
    all: bool = False,
) -> None:
    """Find every fault in the stories, and change none.

    Faults of one cause, such as an author whose file is gone, are one line; with --all, and for
    programs (json, gitlab), each is told.

    With --files, only the faults of those files: ./inv check --files
    content/articles/2026/the-ice-road.md With --staged, the faults in what would be committed;
    .pre-commit-config.yaml runs this before each commit.
    """
    from broadside.editing.check import check, check_staged

    refuse_other_than(FORMATS, format)
    options = Options(content=content, now=now)
    with ending(GitFailed, says="Nothing was checked: ", code=2):
        if staged:
            faults, sources = check_staged(options, drafts=drafts)
        else:
            faults = check(options, files or (), drafts=drafts)
            sources = sources_of(faults)
    if format in FOR_PEOPLE and not all:
        faults = grouped(faults)
    tell(faults, format, sources)
    if format == "text":
        print(f"No errors, {count(len(faults), 'warning')}." if faults else "No faults.")


@task(
    help={
        "content": WHERE["content"],
        "since": (
            "the revision to compare with (default: where this branch left main; on main, the"
            " commit before)"
        ),
        "preview": "the address of a preview, to which the pages are linked",
        "format": "text, json, or markdown for the summary of a forge's check",
        "now": NOW,
    }
)
def changed(
    c: Context,
    content: str = "",
    since: str = "",
    preview: str = "",
    format: str = "text",
    now: str = "",
) -> None:
    """
    Name the pages that would change, with their headlines: what a proposal is about, at one glance.

    This needs Git and the history of the stories.
    """
    from broadside.editing import changed as changing
    from broadside.editing.history import NotCompared

    refuse_other_than(changing.FORMATS, format)
    with ending(NotCompared, GitFailed, code=2):
        made = changing.changed(Options(content=content, now=now, drafts=True), since)
    address = preview.rstrip("/")
    if format == "json":
        print(as_json(made))
    elif format == "markdown":
        print(made.markdown(address))
    else:
        print(*made.lines(address), sep="\n")


@task(
    help={
        "base": "the commit that the request is for",
        "head": "the commit that is proposed",
        "repository": "folder with these commits (default: this one)",
        "event": "file in which the forge describes the pull request, and whether it is a guest's",
        "format": "text, json, github or gitlab",
    }
)
def guest(
    c: Context,
    base: str,
    head: str = "HEAD",
    repository: str = "",
    event: str = "",
    format: str = "text",
) -> None:
    """Refuse a guest's request that changes anything outside content/.

    Run it from a checkout of the branch that the request is for, so that the request cannot change
    the code that judges it.
    """
    explain_where_a_flag_stands(base, "guest")
    refuse_other_than(FORMATS, format)
    from broadside.editing.guests import NoEvent, changes, is_guest, read_event, refused
    from broadside.editing.history import NotCompared

    with ending(NoEvent, NotCompared, GitFailed, says="The request was not checked: ", code=2):
        if event and not is_guest(read_event(Path(event))):
            print("Not a guest's request.", file=sys.stderr)
            return
        faults = list(refused(changes(Path(repository or OUTLET), base, head)))
    if faults:
        tell(faults, format, {})


@task(help={"content": WHERE["content"], "now": NOW})
def permalinks(c: Context, content: str = "", now: str = "") -> None:
    """Add the address of everything that is published to the ledger, content/permalinks.txt

    From then on no build can lose one of them by mistake. Commit the file with the stories. It
    cannot know what has been put live: run it when that is done, or delete the lines of what no
    reader has seen.
    """
    with mending_first("Nothing was noted"):
        new, known = note_addresses(Options(content=content, now=now))
    print(f"{count(new, 'new entry')} in the ledger, {known:,} in all.")
    if new:
        print(
            "They count as published from now on. If one has not been live yet, its line may be"
            " deleted again."
        )


def note_addresses(options: Options) -> tuple[int, int]:
    """Add the addresses of everything published to the ledger; returns how many are new, and the
    total.

    Raises FaultsFound if the content has errors, because then it was not published.
    """
    from broadside.build.reading import sound
    from broadside.content.addresses import indexes
    from broadside.content.folder import LEDGER
    from broadside.content.permalinks import entries, updated

    content, reading, _ = sound(options)
    shown = [
        each
        for each in content.written
        if content.states[each.path] in ("published", "hidden", "withdrawn")
    ]
    file = options.content_path / LEDGER
    before = ""
    if file.is_file():
        before = file.read_text("utf-8")
    where = content.addresses
    if reading.files.by_digest:
        files = []
    else:
        files = [where.files[path] for path in where.files_out]
    after = updated(
        before, [*(where.urls_of[each.path] for each in shown), *files, *indexes(content)]
    )
    if after != before:
        write_whole(file, after.encode())
    known, now = ({address for address, _ in entries(text)} for text in (before, after))
    return len(now - known), len(now)
