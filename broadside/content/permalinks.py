"""Reads, checks and writes the ledger of permalinks: every address that a story, a page, a file or an index ever had.

Other sites, search engines and mails keep these addresses for ever, so a build that would lose one is stopped. The ledger
is kept with the content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct

from broadside.content.addresses import of_terms
from broadside.content.content import NOT_OUT, Content
from broadside.content.folder import LEDGER, TOPICS
from broadside.content.links import FILES
from broadside.content.lists import ListEntry
from broadside.content.names import place
from broadside.content.records import Record
from broadside.faults import Fault, quoted
from broadside.front_matter import source
from broadside.front_matter.fields import is_site_address
from broadside.slugs import is_guessed, slug_of, slug_problem, slugify
from broadside.urls import KINDS, LISTED, Kind, file_of, last_part, save_as

HEAD = """\
# Every address that a story, a page, a file or an index ever had. ./inv permalinks adds to it; commit it.
# A build stops when one of these would be lost: name it in redirect_from, or give the story status: withdrawn.
"""
OF_ANOTHER = "name it in the redirect_from of the story that is there instead"
OF_A_STORY = f"give it slug: {{0}} and its date again, or {OF_ANOTHER}, or keep the story, with status: withdrawn"
OF_A_WAITING_STORY = f"publish {{0}} again, with status: withdrawn if need be, or {OF_ANOTHER}"
OF_A_LOST_STORY = (
    "if its file was deleted, git checkout HEAD -- '*/{0}.md' brings it back; keep it with status: withdrawn, or "
    + OF_ANOTHER
)
IN_A_FOLDER = "keep the name of its file in {0}, or name it in the redirect_from of a file there, or of a page"
IN_A_LIST = "keep its slug, which {0} gives as slug:, or name it in the redirect_from of an entry in {0}"
OR_A_STORY = "if that is a story, its own address comes first there, because feeds know it by the first"
MADE_OF_STORIES = (
    f"it comes back with a story; or name it in the redirect_from of what readers are to find instead; {OR_A_STORY}"
)
OF_A_TOPIC = (
    "it comes back with a story that has the topic; or name it in the redirect_from of what readers are to find instead: "
    f"of another topic, in {TOPICS}, or of a page or a story; {OR_A_STORY}"
)
OF_A_FILE = (
    "link to it from a story or a page again, or name it in the redirect_from of a page or a story; " + OR_A_STORY
)
OF_A_ROUNDUP = "keep the name of its file, or name it in the redirect_from of a page or a story; " + OR_A_STORY
HAS_MOVED = "it is now at /{}; name it in the redirect_from of {}, or its folder in the setting FORMER_URLS"
"""What to do about the index of a term that has moved, as after a change of settings."""
AN_ADDRESS = (
    "write nothing but an address, such as /2026/11/the-ice-road/, and remarks on lines that begin with #; or delete it"
)


def entries(text: str) -> Iterator[tuple[str, int]]:
    """The addresses of a ledger, without their leading slashes, and their lines."""
    for number, line in enumerate(text.splitlines(), 1):
        address = line.strip()
        if address and not address.startswith("#"):
            yield address.lstrip("/"), number


def check(content: Content) -> Iterator[Fault]:
    """The faults of the content folder's ledger, if there is one, and of addresses that should not go into it."""
    recorded: set[str] = set()
    for name in content.folder.files["ledger"]:
        text, faults = source.clean((content.root / name).read_bytes(), name)
        recorded = {address for address, _ in entries(text)}
        yield from faults or _lost(text, content)
    for guess in chain(_guessed_texts(content), _guessed_terms(content), _guessed_topics(content)):
        if guess.url not in recorded:
            message = (
                f"the address /{guess.url} is guessed from {quoted(guess.name)}, and may be wrong in your language"
            )
            yield guess.of.fault(guess.key, "guessed-slug", message, guess.hint, "warning")


class Guess(Struct, frozen=True):
    """An address transliterated from letters that languages read differently, or that are written without vowels."""

    of: Record[Any] | ListEntry[Any]
    key: str
    name: str
    url: str
    hint: str = 'add a line "slug: some-words"'


def _guessed_texts(content: Content) -> Iterator[Guess]:
    """The stories and pages whose address is a guess and was not set by an import."""
    where = content.addresses
    for record in (*content.stories, *content.pages):
        title, path = record.data.title, record.path
        if is_guessed(title) and record.slug == slugify(title) and path not in content.lenient:
            url = where.urls_of.get(path) or where.waiting.urls_of.get(path, "")
            if "slug" not in record.lines:
                yield Guess(record, "title", title, url)


def _guessed_terms(content: Content) -> Iterator[Guess]:
    """The terms of lists and files whose address is a guess."""
    for kind, terms in content.listed.items():
        for each in terms:
            url = content.urls.term(kind, each.data.slug)
            if isinstance(each, Record):
                stem = PurePosixPath(each.path).stem
                if is_guessed(stem):
                    yield Guess(each, "name", stem, url, "rename its file in the letters a-z")
            elif is_guessed(each.data.name) and "slug" not in each.lines:
                yield Guess(each, "name", each.data.name, url)


def _guessed_topics(content: Content) -> Iterator[Guess]:
    """The topics whose address is a guess, each where it is first named."""
    lists = content.lists
    met = {entry.data.name for entry in lists.topics if "slug" in entry.lines}
    for story in content.stories:
        for number, topic in enumerate(story.data.topics):
            if topic not in met and is_guessed(topic):
                met.add(topic)
                url = content.urls.term("topic", slug_of(topic, lists.slugs_of_topics))
                hint = f"give {TOPICS} an entry with its name and a slug"
                yield Guess(story, place(story, "topics", number), topic, url, hint)


def _lost(text: str, content: Content) -> Iterator[Fault]:
    """A fault for each address that the site would lose, unless it belonged to a withdrawn story.

    A line that is not an address gets a fault that says so. If a list or a source is broken, the indexes of what it names are not
    missed, because they come back when it is repaired.
    """
    known, waiting = content.addresses.known, content.addresses.waiting
    starts = {kind: content.urls.term(kind, "\n").partition("\n")[0] for kind in KINDS}
    hints = [(start, _hint(KINDS[kind])) for kind, start in starts.items() if start]
    archive = content.urls.own["archive"]
    hints += [(archive, MADE_OF_STORIES), (content.urls.own["roundup"], OF_A_ROUNDUP), (FILES, OF_A_FILE)]
    terms = cache(lambda: _terms(content))
    unsure = content.lists.unread(content.urls)
    # Computed only on demand, as most builds lose no address. Of stories with one slug, a published one is preferred.
    by_state = cache(lambda: sorted(content.stories, key=lambda story: content.states[story.path] not in NOT_OUT))
    slugs = cache(lambda: {story.slug: story for story in by_state()})
    stems = cache(lambda: {PurePosixPath(story.path).stem: story for story in content.stories})
    unplaced = content.addresses.unplaced
    unsure += (starts["topic"], archive) if unplaced and starts["topic"] else ()
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
        hint = next((hint for start, hint in hints if address.startswith(start)), "")
        story = None if hint else slugs().get(slug) or stems().get(slug)
        if story and content.states[story.path] in NOT_OUT:  # its own faults would stop no build
            hint = OF_A_WAITING_STORY.format(story.path)
        elif story:
            key = "date" if story.slug == slug else "slug"
            yield story.fault(key, "lost-address", message, OF_A_STORY.format(slug))
            continue
        if not hint and slug in terms():
            hint = HAS_MOVED.format(*terms()[slug])
        hint = hint or (OF_ANOTHER if slug_problem(slug) else OF_A_LOST_STORY.format(slug))
        yield Fault(LEDGER, line, 0, "error", "lost-address", message, hint)


def _hint(kind: Kind) -> str:
    """What to do about an index of this kind that would be lost."""
    form = IN_A_LIST if kind in LISTED else IN_A_FOLDER if kind.names else OF_A_TOPIC
    return form.format(kind.names)


def _terms(content: Content) -> dict[str, tuple[str, str]]:
    """The address of each term, by slug, and where its redirect_from is written; of several with a slug, the first kind's."""
    urls, lists, known = content.urls, content.lists, content.addresses.known
    topics = {slug_of(topic, lists.slugs_of_topics): topic for story in content.stories for topic in story.data.topics}
    found = {slug: (urls.term("topic", slug), f"the topic {quoted(name)} in {TOPICS}") for slug, name in topics.items()}
    found |= {each.data.slug: (url, each.called) for _, each, url in reversed([*of_terms(content, content.addresses)])}
    return {slug: (url, where) for slug, (url, where) in found.items() if url in known}


def updated(text: str, published: Iterable[str]) -> str:
    """The text of the ledger with these addresses added, in order."""
    addresses = {address for address, _ in entries(text)} | set(published)
    return HEAD + "".join(f"/{address}\n" for address in sorted(addresses))
