"""./inv import: reads an archive, makes a content folder of it, and reports what it did."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from importlib import import_module
from itertools import chain
from pathlib import Path
from textwrap import indent
from typing import Any
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from broadside.importer import (
    LIVE,
    OURS,
    OUTLET,
    GitFailed,
    OutletOptions,
    Uncommitted,
    did_you_mean,
    file_of,
    imported,
    read_outlet,
    settings_in,
    way_back,
)
from broadside_import.media import Pictures, fetch
from broadside_import.model import Archive, Hosts, ReaderOptions, Skipped
from broadside_import.own import Names, starter_of
from broadside_import.places import Taken
from broadside_import.report import ImportReport, lacks_lines, reported, settings_lines, table
from broadside_import.source import NotOpened, Source, open_source
from broadside_import.write import ContentMaker, Made, OutletBefore, write

KINDS: dict[str, str] = {
    "wordpress": "the XML that Tools, Export writes: one or several files",
    "ghost": "the JSON that Ghost exports, with content/images beside it or in the same zip",
    "substack": "the zip that Substack exports",
    "hugo": "a Hugo site: its folder, with content and configuration",
    "jekyll": "a Jekyll site: its folder, with _posts and _config.yml",
    "eleventy": "an Eleventy site: its folder, with the texts and their data",
    "pelican": "a Pelican site: its folder, with content and pelicanconf.py",
}
"""The kinds, one line each, in the order of the docs, with what each reads."""
READERS = {
    "hugo": ("generators", "Hugo"),
    "jekyll": ("generators", "Jekyll"),
    "eleventy": ("generators", "Eleventy"),
    "pelican": ("pelican", "Pelican"),
}
"""The module and the class whose `read(source, options)` reads such an archive; the others have a
module of their name with it.
"""
FETCHED = OUTLET / ".cache" / "import"
"""Where fetched pictures are kept, so that none is fetched twice."""
LISTED = "With --report FILE.json, everything that was left or skipped is listed."


class NotImported(Exception):
    """Nothing was imported; the message says why."""


class Wanted(Struct, frozen=True):
    """An import as the command line describes it."""

    kind: str
    source: str
    content: str = ""
    media: str = ""
    fetch_media: bool = False
    dry_run: bool = False
    report: str = ""
    sections: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


def run(wanted: Wanted, say: Callable[[str], None] = print) -> ImportReport:
    """Import an archive and report the result."""
    options = _checked(wanted)
    if wanted.dry_run:
        back = ""
    else:
        back = _way_back(options.content_path, say)
    with tempfile.TemporaryDirectory() as empty:
        if not options.content_path.is_dir():
            options = OutletOptions(content=empty)
        try:
            source = open_source(Path(wanted.source))
            known = _outlet(options)
            archive = reader_of(wanted.kind)(
                source, ReaderOptions(known.lang, str(known.zone), (*wanted.hosts, known.site))
            )
        except NotOpened as problem:
            raise NotImported(str(problem)) from None
        if not archive.stories:
            raise NotImported(
                f"There is no story in {wanted.source}; is it a {wanted.kind} export?"
            )
        made = _converted(wanted, archive, source, options, known, say)
        report = reported(archive, made, [Skipped(name, why) for name, why in source.refused])
        if not wanted.dry_run:
            _written(made, known, back, say)
    if wanted.report:
        Path(wanted.report).write_bytes(report.as_json())
    for line in lacks_lines(report):
        say(line)
    say("What an import would do; nothing was written:" if wanted.dry_run else "Imported:")
    say(table(report, made))
    for line in _next(wanted, report, made, back):
        say(line)
    return report


def reader_of(kind: str) -> Callable[[Source, ReaderOptions], Archive]:
    """The function that reads such an archive; its module is loaded only when needed."""
    name, cls = READERS.get(kind, (kind, ""))
    module = import_module(f"broadside_import.{name}")
    reader: Callable[[Source, ReaderOptions], Archive] = (
        getattr(module, cls) if cls else module
    ).read
    return reader


def _checked(wanted: Wanted) -> OutletOptions:
    """Where the content is, if the requested import is possible."""
    if wanted.kind not in KINDS:
        hint = did_you_mean(wanted.kind, KINDS)
        raise NotImported(f'"{wanted.kind}" is not a kind of archive; {hint}')
    if wanted.media and not Path(wanted.media).is_dir():
        raise NotImported(f"There is no folder {wanted.media}.")
    if unread := [host for host in wanted.hosts if host not in Hosts((host,))]:
        raise NotImported(f'"{unread[0]}" is not a host; write it like old.example.')
    options = OutletOptions(content=wanted.content)
    if not options.content_path.is_dir() and not wanted.dry_run:
        options.content_path.mkdir(parents=True)
    return options


def _way_back(folder: Path, say: Callable[[str], None]) -> str:
    """The command that takes back what an import writes into a folder; "" outside Git, which is
    said.
    """
    try:
        back = way_back(folder)
    except (Uncommitted, GitFailed) as problem:
        raise NotImported(str(problem)) from None
    if not back:
        say("The content is in no Git repository: what is changed cannot be undone.")
    return back


def _written(made: Made, outlet: OutletBefore, back: str, say: Callable[[str], None]) -> None:
    """Write everything; if that stops half-way, say how to go back."""
    try:
        write(made, outlet)
    except BaseException:
        say(f"Not everything was imported{f': {back} takes it back' if back else ''}.")
        raise


def _outlet(options: OutletOptions) -> OutletBefore:
    content, reading, _ = read_outlet(options)
    broken = [fault for fault in content.lists.faults if fault.severity == "error"]
    if broken:
        raise NotImported(f"{broken[0]}\nFix that first: an import adds to it.")
    if content.folder.files["imported"]:
        entries, faults = imported.read(content.root)
    else:
        entries, faults = ({}, [])
    if faults:
        raise NotImported(f"{faults[0]}\nFix that first: it says what was imported before.")
    began = starter_of(content)
    began.paths -= entries.keys()
    own = {
        url
        for path, url in content.addresses.urls_of.items()
        if path in entries or path in began.paths
    }
    own |= {
        old
        for old, url in content.addresses.former.items()
        if url in own or url not in content.addresses.urls_of.values()
    }
    listed: list[Any] = [*chain(*content.listed.values()), *content.lists.topics]
    theirs = [
        unquote(old).lstrip("/")
        for each in listed
        if each.path not in entries
        for old in each.data.redirect_from
    ]
    there = {*chain(*content.folder.files.values()), *content.folder.unclaimed} - began.paths
    taken = Taken(
        files={
            file_of(url).lower()
            for url in (*(content.addresses.known.keys() - own), *theirs, *reading.site_paths, "")
        },
        folders=tuple(each.lower() for each in reading.site_folders),
        paths={path.lower() for path in (*there, *entries)},
    )
    return OutletBefore(
        root=content.root,
        urls=content.urls,
        zone=reading.rules.zone,
        now=reading.now,
        lang=reading.lang,
        site=str(settings_in(LIVE).SITEURL).rstrip("/"),
        sections=content.lists.slugs_of_sections,
        topics={entry.data.slug for entry in content.lists.topics},
        authors={author.data.name.casefold(): author.slug for author in content.authors},
        taken=taken,
        entries=entries,
        starter=began,
        largest_file=reading.files.most,
    )


def _converted(  # noqa: PLR0913, PLR0917 -- what the command gathered
    wanted: Wanted,
    archive: Archive,
    source: Source,
    options: OutletOptions,
    known: OutletBefore,
    say: Callable[[str], None],
) -> Made:
    folders = [*([Path(wanted.media)] if wanted.media else []), FETCHED]

    def make(outlet: OutletBefore) -> Made:
        # the maker changes them
        own = replace(archive, stories=[replace(story) for story in archive.stories])
        names = Names(outlet.root, wanted.kind, outlet.entries, outlet.taken.paths)
        return ContentMaker(own, wanted.kind, outlet, Pictures(own, source, names, folders)).make(
            wanted.sections
        )

    made = make(known)
    if (
        wanted.fetch_media
        and made.missing
        and not wanted.dry_run
        and fetch(made.to_fetch, FETCHED, say)
    ):
        made = make(_outlet(options))
    return made


def _next(wanted: Wanted, report: ImportReport, made: Made, back: str) -> list[str]:
    """What to do next, in a few lines."""
    if wanted.report or not (report.left or report.skipped):
        whole_list = []
    else:
        whole_list = [LISTED]
    if wanted.dry_run:
        return ["", *whole_list, "Run the same command without --dry-run to do it."]
    flag = ""
    if wanted.content:
        flag = f" --content {wanted.content}"
    steps = []
    if proposed := settings_lines(report, vars(settings_in(OURS))):
        shown = indent("\n".join(proposed), "     ")
        right = ""
        if any(line.startswith("ARTICLE_URL ") for line in proposed):
            right = (
                f" (ARTICLE_URL is right for {made.pattern_is_for:.0%} of the stories; import again"
                " after changing it)"
            )
        steps.append(
            f"Put what fits into {OURS}, so that old addresses stay as they are{right}:\n{shown}"
        )
    address = report.settings.get("SITEURL")
    if address and address != str(settings_in(LIVE).SITEURL).rstrip("/"):
        steps.append(
            f"The old site's address was {address}: if you keep it, it is the SITEURL in {LIVE}."
            " Then import again."
        )
    if made.unwritten:
        pages = ", ".join(made.unwritten)
        steps.append(
            f"Write {pages} anew, or delete it with its line in {OURS}: it is what init wrote, and"
            " published."
        )
    steps += [
        (
            f"./inv check{flag} shows what is wrong; ./inv status --to-do{flag} what an editor"
            " should fix, story by story."
        ),
        (
            f"./inv build{flag}, look at it, and commit the content folder with imported.jsonl,"
            " which says what came from where."
        ),
    ]
    steps += whole_list
    if back:
        steps.append(
            f"Until you commit, {back} takes all of it back; do that before you import again."
        )
    return ["", "What to do next:", *(f"{number}. {step}" for number, step in enumerate(steps, 1))]
