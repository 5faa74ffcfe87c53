"""Reads, checks and writes the ledger of permalinks: every address that a story, a page, a file or
an index ever had.

Other sites, search engines and mails keep these addresses for ever, so a build that would lose one
is stopped. The ledger is kept with the content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from broadside.content.content import NOT_OUT, Content
from broadside.content.folder import LEDGER
from broadside.content.records import Record
from broadside.faults import Fault
from broadside.front_matter import source
from broadside.front_matter.data import StoryData
from broadside.front_matter.fields import is_site_address
from broadside.urls import KINDS, file_of, free_kinds, last_part, save_as

HEAD = """\
# Every address that a story, a page, a file or an index ever had. ./inv permalinks adds to it; commit it.
# A build stops when one of these would be lost: name it in redirect_from, or give the story status: withdrawn.
"""
CURE = (
    "name it in the redirect_from of what readers are to find instead, or keep its story, with"
    " status: withdrawn"
)
AN_ADDRESS = (
    "write nothing but an address, such as /2026/11/the-ice-road/, and remarks on lines that begin"
    " with #; or delete it"
)


def entries(text: str) -> Iterator[tuple[str, int]]:
    """The addresses of a ledger, without their leading slashes, and their lines."""
    for number, line in enumerate(text.splitlines(), 1):
        address = line.strip()
        if address and not address.startswith("#"):
            yield address.lstrip("/"), number


def check(content: Content) -> Iterator[Fault]:
    """The faults of the content folder's ledger, if there is one, and of addresses that should not
    go into it.
    """
    for name in content.folder.files["ledger"]:
        text, faults = source.clean((content.root / name).read_bytes(), name)
        yield from faults or _lost(text, content)


def _lost(text: str, content: Content) -> Iterator[Fault]:
    """A fault for each address that the site would lose, unless it belonged to a withdrawn story.

    A line that is not an address gets a fault that says so. If a list or a source is broken, the
    indexes of what it names are not missed, because they come back when it is repaired.
    """
    known, waiting, unplaced = (
        content.addresses.known,
        content.addresses.waiting,
        content.addresses.unplaced,
    )
    starts = {kind: content.urls.term(kind, "\n").partition("\n")[0] for kind in KINDS}
    starts = {kind: start for kind, start in starts.items() if start}
    unsure = content.lists.unread(content.urls)
    if unplaced:
        free = [starts[kind.name] for kind in free_kinds() if kind.name in starts]
        unsure += (*free, *([content.urls.own["archive"]] if free else []))
    for address, line in entries(text):
        if address in known or address in waiting.withdrawn or address.startswith(unsure):
            continue
        if last_part(address) in unplaced:
            continue
        if not is_site_address(f"/{address}") or file_of(address) != save_as(address):
            yield Fault(
                LEDGER,
                line,
                0,
                "error",
                "address",
                "this line is not an address of the site",
                AN_ADDRESS,
            )
            continue
        message = f'the address "/{address}" was published and would be lost'
        slug = last_part(address).removesuffix(".html")
        if address.startswith(tuple(starts.values())):
            story = None
        else:
            story = _that_left(slug, content)
        if story:
            yield story.fault(
                "date" if story.slug == slug else "slug", "lost-address", message, CURE
            )
        else:
            yield Fault(LEDGER, line, 0, "error", "lost-address", message, CURE)


def _that_left(slug: str, content: Content) -> Record[StoryData] | None:
    """The published story that has this slug at another address, or whose file has this name."""
    out = [story for story in content.stories if content.states[story.path] not in NOT_OUT]
    return next(
        (story for story in out if slug in (story.slug, PurePosixPath(story.path).stem)), None
    )


def updated(text: str, published: Iterable[str]) -> str:
    """The text of the ledger with these addresses added, in order."""
    addresses = {address for address, _ in entries(text)} | set(published)
    return HEAD + "".join(f"/{address}\n" for address in sorted(addresses))
