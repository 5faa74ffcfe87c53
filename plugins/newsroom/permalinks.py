"""Reads, checks and writes the ledger of permalinks: every address that a story, a page or an index ever had.

Other sites, search engines and mails keep these addresses for ever. A build that would lose one is stopped. The ledger is
kept with the content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from broadside.plugins.faults import Fault, quoted
from broadside.plugins.front_matter import source
from broadside.plugins.front_matter.fields import is_site_address
from broadside.plugins.newsroom.folder import LEDGER
from broadside.plugins.newsroom.room import NOT_OUT, Newsroom
from broadside.plugins.slugs import slug_problem
from broadside.plugins.urls import ARCHIVE, KINDS, ROUNDUPS, file_of, last_part, save_as

HEAD = """\
# Every address that a story, a page or an index ever had. ./inv permalinks adds to it; commit it.
# A build stops when one of these would be lost: name it in redirect_from, or give the story status: withdrawn.
"""
OF_A_STORY = (
    "name it in the redirect_from of the story that is there instead{}, or keep the story, with status: withdrawn"
)
IN_A_LIST = "keep its slug, which the list gives as slug:, or name it in the redirect_from of what is there instead"
OF_A_FILE = "keep the name of its file, or name it in the redirect_from of what is there instead"
MADE_OF_STORIES = (
    "it comes back with a story; or name it in the redirect_from of what readers are to find instead; "
    "a story's own address comes first there, because feeds know it by the first"
)
HINTS = {"section": IN_A_LIST, "type": IN_A_LIST, "author": OF_A_FILE, "topic": MADE_OF_STORIES}
"""What to do about an index that would be lost, by the kind of its term."""
AN_ADDRESS = (
    "write nothing but an address, such as /2026/11/the-ice-road/, and remarks on lines that begin with #; or delete it"
)
LISTED = {"section": "sections.yml", "type": "story_types.yml"}
"""Kind of term -> the list that has its names."""


def entries(text: str) -> Iterator[tuple[str, int]]:
    """The addresses of a ledger, without their leading slashes, and their lines."""
    for number, line in enumerate(text.splitlines(), 1):
        address = line.strip()
        if address and not address.startswith("#"):
            yield address.lstrip("/"), number


def check(newsroom: Newsroom) -> Iterator[Fault]:
    """The faults of the content folder's ledger, if it has one."""
    for name in newsroom.folder.files["ledger"]:
        text, faults = source.clean((newsroom.root / name).read_bytes(), name)
        yield from faults or _lost(text, newsroom)


def _lost(text: str, newsroom: Newsroom) -> Iterator[Fault]:
    """A fault for each address that the site would lose, unless it went because a story was withdrawn.

    A line that is not an address gets a fault that says so. If a list or a source is broken, the indexes of what it names
    are not missed: they come back with it.
    """
    known, waiting = newsroom.addresses.known, newsroom.addresses.waiting
    starts = {kind: newsroom.urls.term(kind, "\n").partition("\n")[0] for kind in KINDS}
    hints = [(start, HINTS[kind]) for kind, start in starts.items() if start]
    hints += [(ARCHIVE, MADE_OF_STORIES), (ROUNDUPS, OF_A_FILE)]
    unsure = tuple(start for kind, start in starts.items() if start and LISTED.get(kind) in newsroom.lists.broken)
    # Most builds lose no address. Of stories with the same slug, one that is out counts.
    by_state = cache(lambda: sorted(newsroom.stories, key=lambda story: newsroom.states[story.path] not in NOT_OUT))
    slugs = cache(lambda: {story.slug: story.path for story in by_state()})
    unplaced = newsroom.addresses.unplaced
    unsure += (starts["topic"], ARCHIVE) if unplaced and starts["topic"] else ()
    for address, line in entries(text):
        if address in known or address in waiting.withdrawn or address.startswith(unsure):
            continue
        if last_part(address) in unplaced:
            continue
        if not is_site_address(f"/{address}") or file_of(address) != save_as(address):
            hint = f'write "/{address}/"' if f"{address}/" in known else AN_ADDRESS
            yield Fault(LEDGER, line, 0, "error", "address", "this line is not an address of the site", hint)
            continue
        why = f"; it is now {waiting.state_of[address]}" if address in waiting.state_of else ""
        message = f"the address {quoted(f'/{address}')} was published and would be lost{why}"
        slug = last_part(address).removesuffix(".html")
        same = slugs().get(slug, "")
        if same:  # as after a new date; what is not out leads nobody on
            kept = "" if newsroom.states[same] in NOT_OUT else f" (is it {same}?)"
        else:
            kept = "" if slug_problem(slug) else f", or give that one slug: {slug}"
        of_a_story = OF_A_STORY.format(kept)
        hint = next((hint for start, hint in hints if address.startswith(start)), of_a_story)
        yield Fault(LEDGER, line, 0, "error", "lost-address", message, hint)


def updated(text: str, published: Iterable[str]) -> str:
    """The text of the ledger with these addresses added, in order."""
    addresses = {address for address, _ in entries(text)} | set(published)
    return HEAD + "".join(f"/{address}\n" for address in sorted(addresses))
