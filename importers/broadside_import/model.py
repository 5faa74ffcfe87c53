"""What every reader makes of an archive, whichever system it came from.

A body is HTML; a reader of Markdown renders it first, so that there is one way into our Markdown. Besides plain HTML it may
have these forms, which `html.py` turns into our Markdown, so that a reader need not know that dialect:

- `<figure><img src alt data-credit><figcaption>…</figcaption></figure>`: a photo, its credit and its caption
- `<a data-card="video" href="https://…">What it shows</a>`: a card; also "audio" and "post", whose words stand above it in a
  `<blockquote>`
- `<div data-gallery>`: photos that are one figure
- `<sup data-note="KEY"></sup>`: a note's place, and anywhere `<div data-note-text="KEY">…</div>`: its text
- `<blockquote data-pullquote>`: a pull quote; `<aside>`: a text box
- `<pre><code class="language-NAME">`: code; `<!--more-->`: where the story is cut below others

Text is text: what a reader does not understand stays in the body, escaped, and is told in `Archive.left`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct, field

from broadside_import.readable import host_in, split_address

Status = Literal["published", "draft", "hidden"]


class Left(Struct, frozen=True):
    """Something that was not understood, or not taken over whole: where it was, what, and what stands in its place."""

    file: str
    line: int
    what: str
    kept_as: str


class Skipped(Struct, frozen=True):
    """Something in the source of which nothing was made, and why."""

    source: str
    why: str


class Picture(Struct, frozen=True):
    """A picture as a story or a person names it: an address, or a path in the source or below the content folder."""

    address: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


class Person(Struct, frozen=True):
    """An author; stories name people by key."""

    key: str
    name: str
    slug: str = ""
    """The last part of the old address, if it had one."""
    bio: str = ""
    """HTML."""
    portrait: Picture | None = None
    links: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    """Old addresses of the person's page, as in `Story`."""


class ArchiveTerm(Struct, frozen=True):
    """A category, tag, series or folder: what a section or a topic is made of; stories name terms by key."""

    key: str
    name: str
    kind: Literal["section", "either", "topic"] = "topic"
    """`either` becomes a section if it is among the most used or is asked for with --sections, else a topic."""
    description: str = ""
    addresses: tuple[str, ...] = ()


class ArchiveStory(Struct):
    """A story, or a plain page."""

    key: str
    """What names it in the source for good (an id, a path), so that a second import finds the story again."""
    source: str
    """The file of the source that it was in, for messages."""
    title: str
    body: str
    """HTML, in the forms above."""
    line: int = 1
    """Where it begins in the file."""
    date: datetime | None = None
    """Without a zone it is in the outlet's; a published story without a date becomes a draft, and is told."""
    updated: datetime | None = None
    dek: str = ""
    people: list[str] = field(default_factory=list)
    """Keys of people, in order."""
    roles: dict[str, str] = field(default_factory=dict)
    """A person's key: `translated by`."""
    terms: list[str] = field(default_factory=list)
    """Keys of terms; the primary one first."""
    status: Status = "published"
    why_draft: str = ""
    """If published there, or held: why it is a draft here (a password, a date in the future, no date)."""
    photo: Picture | None = None
    audio: str = ""
    """The address of its recording."""
    slug: str = ""
    lang: str = ""
    type: str = ""
    canonical: str = ""
    folder: str = ""
    """The folder of the source from which relative addresses in the body lead, without a slash at its end."""
    addresses: list[str] = field(default_factory=list)
    """Old addresses, the one that readers know first: paths from the site's root such as `/2019/03/slug/`, decoded, with a
    query if it is all there is (`/?p=12`), or whole addresses of the archive's own hosts."""
    is_page: bool = False


class Hosts(Struct):
    """Hosts whose addresses are the archive's own, at any port, and with `www.` or without."""

    given: tuple[str, ...] = ()
    """Addresses or hosts that the command and the outlet name."""
    named: list[str] = field(default_factory=list)
    """Hosts that the export names as its own, as it writes them; the site's comes first."""

    def add(self, address: str) -> bool:
        """Note a host that the export names, alone or in an address; whether that can be read."""
        host = _host(address)
        if host and host not in self.named:
            self.named.append(host)
        return bool(host) or split_address(address) is not None

    @property
    def home(self) -> str:
        """The host to which addresses without one belong; "" if none is known."""
        return next(filter(None, (*self.named, *map(_host, self.given))), "")

    def __contains__(self, host: str) -> bool:
        bare = _bare(_host(host))
        return bool(bare) and any(bare == _bare(_host(own)) for own in (*self.named, *self.given))


def _host(address: str) -> str:
    return host_in(address if "//" in address else f"//{address}").rstrip(".")


def _bare(host: str) -> str:
    return host.removeprefix("www.")


class Archive(Struct):
    """All that a reader found."""

    stories: list[ArchiveStory] = field(default_factory=list)
    """Pages too (`is_page`)."""
    people: list[Person] = field(default_factory=list)
    terms: list[ArchiveTerm] = field(default_factory=list)
    media: list[Picture] = field(default_factory=list)
    """What the archive itself knows of pictures: words for stories that give none."""
    hosts: Hosts = field(default_factory=Hosts)
    base: str = ""
    """What stands before every address of the archive, if it is not at the host's root: `/blog`."""
    roots: tuple[str, ...] = ("",)
    """Folders of the source in which a file `/x.jpg` of the site may lie: `static`, `assets`, ``."""
    settings: dict[str, object] = field(default_factory=dict)
    """Settings that are proposed: SITENAME, SITESUBTITLE, SITEURL, ARTICLE_URL (the old pattern in our words), MENUITEMS and
    FOOTER_LINKS as a label and an old address, or a label and such entries."""
    skipped: list[Skipped] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)
    """What is never taken over, such as `comments` and `e-mail addresses`, and how many there were."""
    left: list[Left] = field(default_factory=list)


class ReaderOptions(Struct, frozen=True):
    """What readers are told besides the source."""

    lang: str = "en"
    timezone: str = "UTC"
    """The outlet's."""
    hosts: tuple[str, ...] = ()
    """Hosts that are the archive's own besides those that it names."""
