"""The common form of every archive, whichever system it came from.

A body is HTML; a reader of Markdown renders it first, so that there is one way into our Markdown.
Besides plain HTML it may have these forms, which `html.py` turns into our Markdown, so that a
reader need not know that dialect:

- `<figure><img src alt data-credit><figcaption>…</figcaption></figure>`: a photo, its credit and
  its caption
- `<a data-card="video" href="https://…">What it shows</a>`: a card; also "audio" and "post", with
  the post's words above it in a
`<blockquote>`
- `<div data-gallery>`: photos that are one figure
- `<sup data-note="KEY"></sup>`: a note's place, and anywhere `<div data-note-text="KEY">…</div>`:
  its text
- `<blockquote data-pullquote>`: a pull quote; `<aside>`: a text box
- `<pre><code class="language-NAME">`: code; `<!--more-->`: where the story is cut below others

Text is text: what a reader does not understand stays in the body, escaped, and is reported in
`Archive.left`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct, field

from broadside_import.readable import host_in, split_address

Status = Literal["published", "draft", "hidden"]


class Left(Struct, frozen=True):
    """Something that was not understood, or not imported whole: where it was, what, and what
    replaces it.
    """

    file: str
    line: int
    what: str
    kept_as: str


class Skipped(Struct, frozen=True):
    """Something in the source that was not imported, and why."""

    source: str
    why: str


class Lack(Struct, frozen=True):
    """Something that an archive refers to and does not hold: what, how often, and what to do about
    it.
    """

    what: str
    number: int
    do: str


class Picture(Struct, frozen=True):
    """A picture in a story or of a person: an address, or a path in the source or below the content
    folder.
    """

    address: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    larger: str = ""
    """The address of another picture to which it is linked."""


class Person(Struct, frozen=True):
    """An author; stories refer to people by key."""

    key: str
    name: str
    slug: str = ""
    """The last part of the old address, if there was one."""
    bio: str = ""
    """HTML."""
    portrait: Picture | None = None
    links: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    """Old addresses of the person's page, in the form of `ArchiveStory`."""


class ArchiveTerm(Struct, frozen=True):
    """A category, tag, series or folder, which becomes a section or a topic; stories refer to terms
    by key.
    """

    key: str
    name: str
    kind: Literal["section", "either", "topic"] = "topic"
    """`either` becomes a section if it is among the most used or is named with --sections, else a
    topic.
    """
    description: str = ""
    addresses: tuple[str, ...] = ()


class ArchiveStory(Struct):
    """A story, or a plain page."""

    key: str
    """Its permanent name in the source (an id, a path), so that a second import finds the story
    again.
    """
    source: str
    """Its file in the source, for messages."""
    title: str
    body: str
    """HTML, in the forms above."""
    line: int = 1
    """Its first line in the file."""
    date: datetime | None = None
    """Without a zone it is in the outlet's; a published story without a date becomes a draft, and
    is reported.
    """
    updated: datetime | None = None
    dek: str = ""
    people: list[str] = field(default_factory=list)
    """Keys of people, in order."""
    roles: dict[str, str] = field(default_factory=dict)
    """A person's key: `translated by`."""
    terms: list[str] = field(default_factory=list)
    """Keys of terms, primary one first."""
    status: Status = "published"
    why_draft: str = ""
    """If it was published or held there: why it is a draft here (a password, a date in the future,
    no date).
    """
    photo: Picture | None = None
    audio: str = ""
    """The address of its recording."""
    slug: str = ""
    lang: str = ""
    type: str = ""
    canonical: str = ""
    folder: str = ""
    """The folder of the source that relative addresses in the body start from, without a trailing
    slash.
    """
    addresses: list[str] = field(default_factory=list)
    """Old addresses, starting with the one that readers know: paths from the site's root such as
    `/2019/03/slug/`, decoded, with a query if there is nothing else (`/?p=12`), or full addresses
    of the archive's own hosts.
    """
    is_page: bool = False


class Hosts(Struct):
    """The archive's own hosts, on any port, and with `www.` or without."""

    given: tuple[str, ...] = ()
    """Addresses or hosts from the command and the outlet's settings."""
    named: list[str] = field(default_factory=list)
    """Hosts that the export names as its own, as it writes them; the site's comes first."""

    def add(self, address: str) -> bool:
        """Add a host that the export names, alone or in an address; returns whether it is
        readable.
        """
        host = _host(address)
        if host and host not in self.named:
            self.named.append(host)
        return bool(host) or split_address(address) is not None

    @property
    def home(self) -> str:
        """The host for addresses without one; "" if none is known."""
        return next(filter(None, (*self.named, *map(_host, self.given))), "")

    def __contains__(self, host: str) -> bool:
        bare = _bare(_host(host))
        return bool(bare) and any(bare == _bare(_host(own)) for own in (*self.named, *self.given))


def _host(address: str) -> str:
    return host_in(address if "//" in address else f"//{address}").rstrip(".")


def _bare(host: str) -> str:
    return host.removeprefix("www.")


class Archive(Struct):
    """Everything that a reader found."""

    stories: list[ArchiveStory] = field(default_factory=list)
    """Pages too (`is_page`)."""
    people: list[Person] = field(default_factory=list)
    terms: list[ArchiveTerm] = field(default_factory=list)
    media: list[Picture] = field(default_factory=list)
    """What the archive itself knows of pictures: words for stories that give none."""
    hosts: Hosts = field(default_factory=Hosts)
    base: str = ""
    """The path before every address of the archive, if it is not at the host's root: `/blog`."""
    roots: tuple[str, ...] = ("",)
    """Folders of the source where a file `/x.jpg` of the site may be: `static`, `assets`, ``."""
    settings: dict[str, object] = field(default_factory=dict)
    """Proposed settings: SITENAME, SITESUBTITLE, SITEURL, and ARTICLE_URL, the old pattern in
    our form.
    """
    skipped: list[Skipped] = field(default_factory=list)
    lacks: list[Lack] = field(default_factory=list)
    """What it refers to and does not hold, except pictures, files and pages that have an
    address.
    """
    counted: dict[str, int] = field(default_factory=dict)
    """What is never imported, such as `comments` and `e-mail addresses`, and how many there
    were.
    """
    left: list[Left] = field(default_factory=list)


class ReaderOptions(Struct, frozen=True):
    """What readers get besides the source."""

    lang: str = "en"
    timezone: str = "UTC"
    """The outlet's."""
    hosts: tuple[str, ...] = ()
    """The archive's own hosts besides those that it names."""
