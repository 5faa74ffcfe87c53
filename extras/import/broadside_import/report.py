"""What an import found, made and left: for the terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pprint import pformat
from typing import Any

import msgspec
from msgspec import Struct, field

from broadside.importer import LANG, count, one_line
from broadside_import.model import Archive, Lack, Left, Skipped
from broadside_import.readable import host_in
from broadside_import.write import Made

SHOWN = 6
"""How many kinds of problems, and how many new names, a terminal shows."""
LONGEST = 240
"""The maximum length of each."""


class ImportReport(Struct):
    """The report as JSON; docs/moving-in.md explains it."""

    lacks: list[Lack] = field(default_factory=list)
    found: int = 0
    imported: int = 0
    published: int = 0
    drafts: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    authors: int = 0
    sections: int = 0
    topics: int = 0
    pages: int = 0
    photos: int = 0
    photos_missing: int = 0
    files: int = 0
    files_missing: int = 0
    redirects: int = 0
    edited: list[str] = field(default_factory=list)
    gave_way: list[str] = field(default_factory=list)
    never_taken: dict[str, int] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)

    def as_json(self) -> bytes:
        """The report as JSON, indented."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"


def reported(archive: Archive, made: Made, skipped: list[Skipped]) -> ImportReport:
    """The report on an archive."""
    numbers = made.numbers
    settings = {key: value for key, value in archive.settings.items() if value}
    if "." not in host_in(str(settings.get("SITEURL", ""))):
        settings.pop("SITEURL", None)  # the author's own computer
    settings["DEFAULT_LANG"] = str(settings.get("DEFAULT_LANG", "")).replace("_", "-")
    if not LANG.fullmatch(str(settings["DEFAULT_LANG"])):
        del settings["DEFAULT_LANG"]
    name, line = (str(settings.get(key, "")) for key in ("SITENAME", "SITESUBTITLE"))
    if (
        line
        and name.casefold().endswith(line.casefold())
        and (short := name[: -len(line)].rstrip(" |–—·:-"))
    ):
        settings["SITENAME"] = short
    if made.pattern:
        settings["ARTICLE_URL"] = made.pattern
    return ImportReport(
        lacks=[*archive.lacks, *_lacks(made)],
        found=numbers["stories"] + len(archive.skipped),
        imported=numbers["stories"],
        published=numbers["published"],
        drafts=numbers["drafts"],
        skipped=[*archive.skipped, *skipped],
        authors=numbers["authors"],
        sections=numbers["sections"],
        topics=numbers["topics"],
        pages=numbers["pages"],
        photos=numbers["photos"],
        photos_missing=len(made.missing),
        files=numbers["files"],
        files_missing=numbers["files missing"],
        redirects=numbers["redirects"],
        edited=made.edited,
        gave_way=made.gave_way,
        never_taken={
            **archive.counted,
            **{key: numbers[key] for key in ("addresses with a query",) if numbers[key]},
        },
        settings=settings,
        left=made.left,
    )


def _lacks(made: Made) -> Iterator[Lack]:
    """The pictures, files and pages that stories name by an address, and nobody has."""
    if made.missing:
        yield Lack(
            "pictures", len(made.missing), "import again with --media FOLDER, or with --fetch-media"
        )
    if files := made.numbers["files missing"]:
        yield Lack(
            "linked files", files, "import again with --media FOLDER, or keep them where they were"
        )
    if made.dead:
        often = ", ".join(address[:80] for address, _ in made.dead.most_common(SHOWN // 2))
        what = f"pages that links lead to, most often {often}"
        yield Lack(
            what,
            len(made.dead),
            "make these pages, or take the links out; left names each of their stories",
        )


def lacks_lines(report: ImportReport) -> list[str]:
    """What the archive refers to and does not hold, and what to do about it; nothing if it is
    whole.
    """
    if not report.lacks:
        return []
    lines = [f"  {lack.number:>8,}  {one_line(lack.what)}: {lack.do}" for lack in report.lacks]
    return ["The archive does not hold all that its stories refer to:", *lines, ""]


def table(report: ImportReport, made: Made) -> str:
    """The report for a terminal."""
    renamed = list(dict.fromkeys(left.kept_as for left in report.left if _is_renamed(left)))
    new_names = ", ".join(renamed[:SHOWN]) + (" …" if renamed[SHOWN:] else "")
    missing = ""
    if report.photos_missing:
        missing = f"{report.photos_missing:,} more were not found"
    elsewhere = ""
    if report.files_missing:
        elsewhere = f"{report.files_missing:,} of them stay at their old addresses"
    rows = [
        (
            "stories",
            report.imported,
            f"{report.published:,} published, {count(report.drafts, 'draft')}",
        ),
        ("pages", report.pages, ""),
        ("authors", report.authors, ""),
        (
            "sections",
            report.sections,
            ", ".join(f"{name} ({number})" for name, number in made.sections[:8]),
        ),
        ("topics", report.topics, ""),
        ("photos", report.photos, missing),
        ("files", report.files, elsewhere),
        ("redirects", report.redirects, ""),
        (
            "left",
            len(report.left),
            "places where something was not taken over as it was" if report.left else "",
        ),
        ("skipped", len(report.skipped), ""),
    ]
    edited = ", ".join(report.edited[:SHOWN]) + (" …" if report.edited[SHOWN:] else "")
    since = [
        ("edited", len(report.edited), f"here since the last import, and written anew: {edited}"),
        (
            "gave way",
            len(report.gave_way),
            f"written by init and edited by nobody: {', '.join(report.gave_way)}",
        ),
        ("renamed", len(renamed), f"because the outlet has its own of that name: {new_names}"),
    ]
    rows += [row for row in since if row[1]]
    lines = [f"  {name:<10} {number:>8,}  {one_line(more)}".rstrip() for name, number, more in rows]
    kinds: dict[str, list[Left]] = {}
    for left in report.left:
        if not _is_renamed(left):
            kinds.setdefault(_kind(left), []).append(left)
    kinds_by_size = sorted(kinds.values(), key=len, reverse=True)
    lines += [f"    {len(same):>6,} × {_example(same)}" for same in kinds_by_size[:SHOWN]]
    if rest := sum(map(len, kinds_by_size[SHOWN:])):
        lines.append(f"    {rest:>6,} × something else")
    lines += [
        f"    not taken over: {what} ({number:,})"
        for what, number in report.never_taken.items()
        if number
    ]
    return "\n".join(lines)


def _kind(left: Left) -> str:
    """A problem without what differs from place to place."""
    return " ".join(word for word in left.what.split()[:5] if "/" not in word)


def _example(same: list[Left]) -> str:
    """An example of a kind of problem, and what replaces it."""
    what = f"{same[0].what} ({same[0].file}); in its place: {same[0].kept_as}"
    return ("such as " if same[1:] else "") + one_line(
        what if len(what) <= LONGEST else f"{what[: LONGEST - 2]} …"
    )


def _is_renamed(left: Left) -> bool:
    """Whether it got another name, because the outlet has its own file or page with that name."""
    return left.what.endswith("is the outlet's own") and left.kept_as not in left.what


def settings_lines(report: ImportReport, there: Mapping[str, Any]) -> list[str]:
    """Settings as pelicanconf.py has them, except those that are `there` already; a long one has
    several lines.

    The address of the live site is given separately, because it belongs in publishconf.py.
    """
    proposed = {
        key: value
        for key, value in report.settings.items()
        if key != "SITEURL" and value != there.get(key)
    }
    return [
        f"{key} = {pformat(value, width=90, sort_dicts=False)}" for key, value in proposed.items()
    ]
