"""Asks for the pages that published stories link to, and notes what became of each."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from mimetypes import guess_extension
from urllib.parse import quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from bs4 import BeautifulSoup
from bs4.exceptions import ParserRejectedMarkup
from msgspec import Struct, json

from broadside.build.reading import sound
from broadside.config.options import Options
from broadside.content.content import Content
from broadside.digests import digest
from broadside.disk import write_whole
from broadside.faults import count, one_line
from broadside.folders import OUTLET
from broadside.markdown.body import letters
from broadside.plugins.how_made.content import MAKING
from broadside.plugins.sources.command.web import MOST, Page, sendable, visited
from broadside.plugins.sources.ledger import GONE, Ledger, Source, read, write
from broadside.plugins.sources.settings import Archive, SourcesSettings
from broadside.plugins.sources.texts import has, links_in, quotations
from broadside.settings import Settings

PAUSE = 2.0
"""Seconds between two requests to a host."""
ENOUGH = (429, 503)
"""What a server answers that wants to be left alone."""
TITLE = 200


class NoLedger(Exception):
    """No setting names a ledger; the message says so."""


class Asking(Struct):
    """One run: the day, who asks, where copies are, and what is known of hosts: when each was last
    asked, which want to be left alone, and what their robots.txt allow.
    """

    today: str
    agent: str
    archive: Archive | None
    last: dict[str, float] = {}
    tired: set[str] = set()
    rules: dict[str, RobotFileParser] = {}

    def note(self, address: str, source: Source, quotes: list[str]) -> None:
        """Ask for a page if we may, and note what became of it."""
        source.asked = self.today
        try:
            if not self._may(address):
                source.failing = ""  # nobody knows any more
                return
            page = self._get(address)
        except ValueError:  # no host can have such a name
            page = Page(0)
        before, source.status = source.status, page.status
        if page.is_there:
            source.seen = self.today
            source.moved = page.url if page.for_good and page.url != sendable(address) else ""
        if page.is_there and _read_page(page, source, quotes):
            source.failing = ""
        elif not source.failing or page.status != before:
            source.failing = self.today
        if self.archive and not source.copy:
            source.copy = self._copy(self.archive, address, page)

    def _may(self, address: str) -> bool:
        """Whether the host's robots.txt, if it has one, lets us ask for a page."""
        host = urlsplit(address).netloc
        if host not in self.rules:
            page = self._get(urljoin(address, "/robots.txt"))
            said = page.data.decode("utf-8", "replace") if page.is_there else ""
            self.rules[host] = RobotFileParser()
            self.rules[host].parse(filter(_is_rule, said.splitlines()))
        return self.rules[host].can_fetch(self.agent, address)

    def _get(self, address: str) -> Page:
        """What is at an address, after a pause; a host that wants to be left alone is."""
        host = urlsplit(address).netloc
        if host in self.tired:
            return Page(ENOUGH[0])
        time.sleep(max(0.0, self.last.get(host, 0.0) + PAUSE - time.monotonic()))
        page = visited(address, self.agent)
        self.last[host] = time.monotonic()
        if page.status in ENOUGH:
            self.tired.add(host)
        return page

    def _copy(self, archive: Archive, address: str, page: Page) -> str:
        """The address of a copy, saved if there is none yet; "" if there is none."""
        if archive.folder:
            return _kept(page, archive.folder, archive.url)
        where = archive.available.replace("{url}", quote(address, safe=""))
        copy = _closest(self._get(where).data)
        if copy or not page.is_there:
            return copy
        where = archive.save.replace("{url}", sendable(address))
        saved = self._get(where)
        return saved.url if saved.url != where else ""


def _is_rule(line: str) -> bool:
    """Whether a line of robots.txt can be read, as far as it stands alone."""
    try:
        RobotFileParser().parse(["User-agent: *", line])
    except ValueError:
        return False
    return True


def _read_page(page: Page, source: Source, quotes: list[str]) -> bool:
    """Note the title of a page, the digest of its words, and which quotations it has; false if it
    cannot be read.
    """
    if "html" not in page.type:
        source.digest = digest(page.data)
        return True
    try:
        soup = BeautifulSoup(page.data, "html.parser")
    except (ParserRejectedMarkup, ValueError, RecursionError):
        return False
    title = soup.title.get_text() if soup.title else ""
    title = one_line(title).encode(errors="replace").decode()  # UTF-7 can have halves of letters
    source.title = " ".join(title.split())[:TITLE]
    for hidden in soup(["script", "style", "template"]):
        hidden.decompose()
    words = letters(soup.get_text())
    source.digest = digest(words)
    known = {*source.quotes, *source.lost}
    source.quotes = [each for each in quotes if has(words, each)]
    source.lost = [each for each in quotes if each in known and each not in source.quotes]
    return True


def _kept(page: Page, folder: str, url: str) -> str:
    """The address of a copy in a folder, or its path if nobody else can see it."""
    if not page.is_there or len(page.data) == MOST:  # it may be cut off
        return ""
    name = digest(page.data) + (guess_extension(page.type.partition(";")[0]) or "")
    write_whole(OUTLET / folder / name, page.data)
    return f"{url.rstrip('/') or folder}/{name}"


def _closest(answer: bytes) -> str:
    """The copy that an archive says is there, as the Wayback Machine does."""
    try:
        return str(json.decode(answer)["archived_snapshots"]["closest"]["url"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""


def linked(content: Content, host: str) -> tuple[dict[str, set[str]], dict[str, list[str]]]:
    """The paths of the published stories that link to each page elsewhere or cite it, by address,
    and what they quote of it.
    """
    paths: defaultdict[str, set[str]] = defaultdict(set)
    quotes: defaultdict[str, list[str]] = defaultdict(list)
    for record in content.stories:
        if content.states.get(record.path) != "published":
            continue
        cited = [each.url for each in MAKING.of(record.data).sources if each.url]
        for address in (*links_in(record.body.html), *cited):
            if urlsplit(address).netloc != host:
                paths[address].add(record.path)
        for address, said in quotations(record.body.blocks).items():
            quotes[address] += said
    return paths, quotes


def asked(options: Options, days: int, most: int) -> Iterator[str]:
    """Ask for pages, those first that were not asked for the longest; yields what to tell the
    editor.
    """
    content, reading, settings = sound(options)
    own = SourcesSettings.of(settings)
    if not own.SOURCES:
        raise NoLedger('name the ledger in the setting SOURCES, such as SOURCES = "sources.json"')
    file = OUTLET / own.SOURCES
    before = read(file)
    paths, quotes = linked(content, urlsplit(settings.SITEURL).netloc)
    ledger: Ledger = {address: before.get(address, Source()) for address in paths}
    for address, source in ledger.items():
        source.stories = sorted(paths[address])
    today = reading.now.date()
    due = (today - timedelta(days)).isoformat()
    waiting = [address for address, source in ledger.items() if source.asked <= due]
    # of one day in no order, so that the pages of a host do not follow one another
    waiting.sort(key=lambda address: (ledger[address].asked, digest(address)))
    asking = Asking(today.isoformat(), agent_of(settings), own.SOURCES_ARCHIVE)
    write(file, ledger)
    for address in waiting[:most]:
        asking.note(address, ledger[address], quotes[address])
        write(file, ledger)  # whoever stops this goes on here
    for address, source in sorted(ledger.items()):
        for line in told(source):
            yield f"{', '.join(source.stories)}: {address} {line}"
    yield f"{count(len(waiting[:most]), 'page')} asked for, {len(waiting[most:]):,} left to ask for"


def agent_of(settings: Settings) -> str:
    """Who asks, for the logs of others."""
    return f"Broadside ({quote(settings.SITENAME, safe=' ')}; +{settings.SITEURL})"


def told(source: Source) -> Iterator[str]:
    """What an editor should know of a page."""
    if source.way:
        yield f"is gone since {source.failing}; readers are led on to {source.way}"
    elif source.is_dead:
        yield f"is gone since {source.failing}, and readers have no copy"
    elif source.failing:
        kind = "is not there" if source.status in GONE else "cannot be read"
        yield f"{kind} since {source.failing}: {source.status or 'no answer'}"
    if source.moved:
        yield f"has moved to {source.moved}"
    for quotation in source.lost:
        yield f"no longer says “{quotation}”"
