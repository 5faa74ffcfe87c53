"""Finds every fault of the content: ./inv check. It only writes into the store which pictures could be decoded.

With --staged, it checks the content as the next commit would have it, which may differ from the files on disk.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache, partial
from html import escape, unescape
from itertools import chain
from pathlib import Path, PurePath
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from broadside.build.reading import with_own_keys
from broadside.build.report import placed, sources_of
from broadside.config import links, own_templates
from broadside.config.files import FILES, LIVE, renamed
from broadside.config.options import PREVIEW, OptionRefused, Options, settings_in, settings_of
from broadside.content import relations
from broadside.content.addresses import editorial
from broadside.content.content import NOT_OUT, Content, ReadOptions, due_hours
from broadside.content.files import used
from broadside.content.folder import IMPORTED, LEDGER, OBLIGATORY, scan
from broadside.content.imported import sifted
from broadside.content.links import texts_in
from broadside.content.lists import ListEntry
from broadside.content.lost_links import Fragments
from broadside.content.read import read_cached, seen
from broadside.content.records import Record
from broadside.faults import Fault, Severity, count
from broadside.folders import OUTLET
from broadside.front_matter.data import AuthorData, Data, TermData
from broadside.git import git, listed
from broadside.look import examined
from broadside.markdown.body import plain_text
from broadside.markdown.tags import attribute, pieces
from broadside.media.photo_files import shape_problems
from broadside.plugins.pictures import undecodable, undecoded
from broadside.urls import LISTED, elsewhere, is_below

MANY = 100
"""Decoding this many pictures takes more than a moment."""


class LiveSite(Struct, frozen=True):
    """The live site: its address without a trailing slash, the paths that something else serves, and whether it offers stories."""

    address: str
    elsewhere: tuple[str, ...] = ()
    offers: bool = False

    @classmethod
    def of(cls) -> LiveSite:
        """The live site that publishconf.py describes."""
        found = settings_in(LIVE)
        return cls(found["SITEURL"].rstrip("/"), elsewhere(found), bool(found.get("REPUBLISH")))


class Staged(Struct, frozen=True):
    """A content folder filled from Git's index, and what the commit would change in it.

    `changed` are paths below it. `whole` says that other files may become faulty too, because a file is removed or a list changes.
    """

    root: Path
    changed: set[str]
    whole: bool


def check(options: Options, files: Sequence[str] = (), *, drafts: bool = False) -> list[Fault]:
    """All errors and warnings of the content folder, or of these files and folders in it, with paths that the user can open.

    Those of drafts, which stop no site, are warnings unless `drafts`.
    """
    if not options.content_path.is_dir():
        return placed(scan(options.content_path).faults, options)
    paths = {path for file in files for path in _below(options.content_path, file)}
    return placed(faults_of(settings_to_read(options, drafts=drafts), paths), options)


def check_staged(options: Options, *, drafts: bool = False) -> tuple[list[Fault], dict[str, str]]:
    """The faults of what would be committed, and the text of each file with a fault; raises GitFailed."""
    with _filled_from_index(options.content_path) as staged:
        faults = placed(_faults_of_staged(staged, options, drafts), options)
        return faults, sources_of(faults, lambda path: staged.root / path.removeprefix(options.content_prefix))


def settings_to_read(options: Options, *, drafts: bool = False) -> dict[str, Any]:
    """The settings for reading the content, using the records that the last build or preview kept.

    A check does not keep records itself: before the first build, it reads every source.
    """
    settings = with_own_keys(settings_of(options))
    # The preview may have read the stories since the last build.
    caches = [options.cache_path, *PREVIEW.parent.glob(f".{PREVIEW.name}*.cache")]
    kept = [path for path in caches if path.is_dir()]
    newest = max(kept, key=lambda path: path.stat().st_mtime, default=caches[0])
    return settings | {"CACHE_PATH": str(newest), "DRAFTS_COUNT": drafts}


def faults_of(settings: dict[str, Any], paths: Collection[str] = ()) -> list[Fault]:
    """All faults of the content folder that the settings name, or those that concern the files at these paths."""
    site = LiveSite.of()
    content, reading, _ = read_cached(settings, terms=False)
    faults = [*content.faults, *content.to_mend, *astray_in_full(content, site), *_of_pictures(content, paths)]
    faults += _damaged(content, settings, paths)
    faults = relations.eased(faults, content, reading)
    if not paths:
        for file in FILES:  # a build is for one or the other
            faults += links.astray(content, settings_in(file), OUTLET, file)
        faults += examined(settings).faults
        faults += [*renamed(OUTLET), *own_templates.stale(Path(settings["OUTLET_THEME"], "templates"))]
    faults = list(dict.fromkeys([*faults, *_to_come(content, reading, site, faults)]))
    if not paths:
        return faults
    sources = [record for record in content.records if record.path in paths]
    named = {path for record in sources for path, _ in (*relations.pictures(record), *used(record))}
    refused = content.folder.refused & named
    return [fault for fault in faults if _concerns(fault, paths) or normalize("NFC", fault.path) in refused]


def _concerns(fault: Fault, paths: Collection[str]) -> bool:
    """Whether a fault is in one of the files, mentions one of them, or is in what all need: a list or the folder."""
    is_of_all = fault.path in OBLIGATORY or fault.code in ("content-folder", "import-stopped")
    return is_of_all or fault.path in paths or any(path in fault.message for path in paths)


def _of_pictures(content: Content, paths: Collection[str]) -> Iterator[Fault]:
    """The faults of the pictures at these paths, whether a story uses them or not."""
    for path in content.folder.files["photo"]:
        if path in paths:
            picture = seen(content.root / path)
            if isinstance(picture, list):
                yield from (problem.at(path) for problem in picture)
            else:
                content.originals[path] = picture
                yield from (problem.at(path) for problem in shape_problems(picture, PurePath(path).name))


def _damaged(content: Content, settings: dict[str, Any], paths: Collection[str]) -> Iterator[Fault]:
    """The faults of damaged pictures, found by decoding them; those of held stories too, which would stop the site later.

    If there are paths, only pictures among them, or used by a source among them, are decoded.
    """
    records = [record for record in content.records if not paths or record.path in paths]
    shown = {path for record in records for path, _ in relations.pictures(record)}.union(paths)
    originals = {path: original for path, original in content.originals.items() if path in shown}
    jobs = undecoded(originals, settings)
    if len(jobs) > MANY:
        print(f"Looking into {count(len(jobs), 'picture')}; later checks can skip them.", file=sys.stderr, flush=True)
    problems = undecodable(jobs, settings)
    bad = {path: problems[original.digest] for path, original in originals.items() if original.digest in problems}
    for record in records if bad else ():
        for path, place in relations.pictures(record):
            if path in bad:
                yield bad[path].at(record.path, place if isinstance(place, int) else record.lines.get(place, 1))
    yield from (bad[path].at(path) for path in bad if path in paths)


def _to_come(content: Content, reading: ReadOptions, site: LiveSite, faults: Iterable[Fault]) -> list[Fault]:
    """The errors that would stop another build: a later one, when nobody may be there to correct them, or one with drafts.

    The later builds are the one when every held story is published, and the first one that publishes a story with a link to
    something still unpublished. What would stop only a build with drafts is a warning unless drafts count.
    """
    known = {_place(fault) for fault in faults if fault.severity == "error"}
    found: list[Fault] = []

    def foresee(other: ReadOptions, when: str, severity: Severity = "error") -> None:
        # The records and files stay as they were read; only what depends on the clock is checked again.
        then = content.as_read()
        relations.check(then, other)
        then.faults += [] if other.drafts else astray_in_full(then, site)  # to a preview, another site's links
        new = [fault for fault in then.faults if fault.severity == "error" and _place(fault) not in known]
        found.extend(replace(fault, message=f"{when}, {fault.message}", severity=severity) for fault in new)
        known.update(map(_place, new))

    last = max((due.moment for due in due_hours(content, reading.now)), default=reading.now)
    if last > reading.now:
        foresee(replace(reading, now=last), "when what is held has come out")
    for moment in sorted({*_hours_of_links(content, site)} - {last}):
        foresee(replace(reading, now=moment), f"when it comes out, on {moment:%Y-%m-%d at %H:%M}")
    if not NOT_OUT.isdisjoint(content.states.values()):
        # Warnings are known too by now: the build with drafts repeats none of them.
        known |= {_place(fault) for fault in faults}
        severity: Severity = "error" if reading.drafts_count else "warning"
        foresee(replace(reading, drafts=True), "in the preview, which shows drafts too", severity)
    return found


def _place(fault: Fault) -> tuple[str, int, str]:
    return fault.path, fault.line, fault.code


def _hours_of_links(content: Content, site: LiveSite) -> Iterator[datetime]:
    """The publication dates of held sources that link to something unpublished now."""
    for record in content.written:
        if content.states[record.path] == "held" and record.date:
            written = [*(link for link, _ in record.links), *links_in_full(record, site)]
            if any(content.target(link, record.path)[1] for link in written):
                yield record.date


def _below(content: Path, file: str) -> list[str]:
    """The path below the content folder of a file that the user names, or of all files if it is a folder."""
    path = os.path.relpath(os.path.abspath(file), content)
    paths = _within(content, path) if os.path.isdir(file) else [path]
    if path.startswith("..") or not os.path.lexists(file) or not paths:
        raise OptionRefused(f'--files "{file}" is not a file of the content folder {content}', 2)
    return paths


def _within(content: Path, path: str) -> list[str]:
    """The paths of everything at or below a path of the content folder, even of what does not belong there."""
    folder = scan(content)
    there = chain(*folder.files.values(), (fault.path for fault in folder.faults))
    return [each for each in there if PurePath(each).is_relative_to(path)]


def astray_in_full(content: Content, site: LiveSite) -> Iterator[Fault]:
    """The faults of full addresses of the live site in texts, such as https://example.org/2026/11/the-ice-road/, that lead to nothing,
    or to files whose names only a build knows, such as a picture's.

    For a preview these are links to another site, so without this check only a production build would stop at them. In imported
    sources they are warnings, like other broken links.
    """
    links: list[tuple[str, Callable[[str], int], str]] = [
        (record.path, partial(_line_of_link, content, record), link)
        for record in content.records
        if content.is_out(record)
        for link in links_in_full(record, site)
    ]
    for entry in (entry for kind in LISTED for entry in content.lists.of(kind)):
        links += [(entry.path, partial(_line_in_entry, entry), link) for link in _addresses_alone(entry.data, site)]
    return chain.from_iterable(sifted(_faults_of_links(content, site, links), content.lenient))


def _faults_of_links(
    content: Content, site: LiveSite, links: Iterable[tuple[str, Callable[[str], int], str]]
) -> Iterator[Fault]:
    fragments = Fragments(content)
    offered = cache(lambda: _offered(content) if site.offers else set[str]())
    for path, line, link in links:
        written = f"{site.address}{link}"
        found, problem = content.target(link, path)
        way, mark, place = link.partition("#")
        if problem and (page := f"{unquote(way.partition('?')[0]).strip('/')}/") in offered():
            found, problem = page + mark + place, ""
        if problem:
            problem = f'the link "{written}" leads to no page that readers can see on this site'
            yield Fault(path, line(written), 0, "error", "broken-link", problem)
        else:
            yield from fragments.check(path, line(written), written, found)


def links_in_full(record: Record[Data], site: LiveSite) -> Iterator[str]:
    """The links of a source that begin with the site's address, without it; links to what something else serves are left out."""
    start = f"{site.address}/"
    html, begins = record.body.html, escape(start)
    tags = pieces(html)[1::2] if begins in html else []
    links = [link.removeprefix(begins) for tag in tags if (link := attribute(tag, "href")).startswith(begins)]
    # Search engines are told about an author in the words of the bio.
    told = [record.data, " ".join(plain_text(html).split()) if isinstance(record.data, AuthorData) else ""]
    found = [*(f"/{unescape(link)}" for link in links), *_addresses_alone(told, site)]
    yield from dict.fromkeys(link for link in found if not _is_others(link, site))


def _addresses_alone(data: object, site: LiveSite) -> Iterator[str]:
    """The texts in some data that consist of an address of the site, without the site's address."""
    for text in texts_in(data):
        if text.startswith(f"{site.address}/") and not re.search(r"\s", text):
            link = text.removeprefix(site.address)
            if not _is_others(link, site):
                yield link


def _is_others(link: str, site: LiveSite) -> bool:
    return is_below(unquote(re.split("[?#]", link)[0]).strip("/"), site.elsewhere)


def _offered(content: Content) -> set[str]:
    """The addresses of republish pages."""
    urls, urls_of = content.urls, content.addresses.urls_of
    ours = (each for each in editorial(content) if each.data.republish == "yes" and not each.data.canonical)
    return {urls.republish(urls_of[each.path]) for each in ours if each.path in urls_of}


def _line_of_link(content: Content, record: Record[Data], written: str) -> int:
    """The first line of the text that contains an address, else the first line of the header that does.

    1 if it is written differently, such as with a backslash.
    """
    lines = (content.root / record.path).read_text("utf-8", "replace").split("\n")
    header = max(record.lines.values(), default=0)
    numbers = [*range(header, len(lines)), *range(header)]
    return next((number + 1 for number in numbers if written in unescape(lines[number])), 1)


def _line_in_entry(entry: ListEntry[TermData], written: str) -> int:
    """The line of a list's entry that contains an address."""
    key = next((name for name in entry.data.__struct_fields__ if getattr(entry.data, name) == written), "")
    return entry.lines.get(key, entry.line)


def _faults_of_staged(staged: Staged, options: Options, drafts: bool) -> list[Fault]:
    if not staged.changed and not staged.whole:
        return []
    settings = settings_to_read(options, drafts=drafts) | {"PATH": str(staged.root)}
    return faults_of(settings, () if staged.whole else staged.changed)


@contextmanager
def _filled_from_index(content: Path) -> Iterator[Staged]:
    top, inside = (
        Path(os.fsdecode(line))
        for line in git(content, "rev-parse", "--show-toplevel", "--absolute-git-dir").splitlines()
    )
    below = content.resolve().relative_to(top.resolve()).as_posix()
    diff = ("diff", "--cached", "--name-only", "--no-renames", "-z")
    changed, gone = (listed(git(top, *diff, f"--diff-filter={which}", "--", below)) for which in ("d", "D"))
    paths = {os.path.relpath(path, below) for path in changed}
    whole = bool(gone) or not paths.isdisjoint({*OBLIGATORY, LEDGER, IMPORTED})
    # In a folder where hard links to the files are possible.
    with tempfile.TemporaryDirectory(prefix="broadside-", dir=inside) as folder:
        if changed or gone:
            _fill(Path(folder), top, below)
        yield Staged(Path(folder) / below, paths, whole)


def _fill(folder: Path, top: Path, below: str) -> None:
    """Put everything in the index into a folder, as links to files that are the same on disk, and as copies of the others."""
    edited = set(listed(git(top, "diff-files", "--name-only", "-z", "--", below)))
    paths = listed(git(top, "ls-files", "-z", "--", below))
    rest = [path for path in paths if path in edited or not _linked(top / path, folder / path)]
    given = os.fsencode("".join(f"{path}\0" for path in rest))
    git(top, "checkout-index", "-z", "--stdin", f"--prefix={folder}/", given=given)


def _linked(there: Path, here: Path) -> bool:
    here.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(there, here, follow_symlinks=False)
    except OSError:
        return False
    return True
