"""Turns an archive into the files of a content folder, and writes them.

Nothing is written until everything is made.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote

from msgspec import Struct, field
from msgspec.structs import replace

from broadside.importer import (
    AUDIO,
    IMPORTED,
    LANG,
    Entry,
    Urls,
    clean_line,
    counted,
    file_of,
    host_of,
    imported,
    slug_problem,
    slugify,
)
from broadside_import.credits import split_credit
from broadside_import.html import MARK, TEMPLATES, ConvertedText, Converter, Resolve, clean_words
from broadside_import.media import Files, Pictures, TakenFile, moved_folders
from broadside_import.model import Archive, ArchiveStory, ArchiveTerm, Hosts, Left, Person, Picture
from broadside_import.own import Starter, digest_of, key_of
from broadside_import.places import (
    Place,
    Taken,
    address_of,
    core_of,
    filed,
    former,
    path_of,
    pattern_of,
    placed,
    slug_of,
)
from broadside_import.readable import (
    MAIL_ALONE,
    joined,
    path_in,
    put_back,
    site_in,
    split_address,
)
from broadside_import.tidy import WHOLE_ADDRESS, WORD
from broadside_import.yaml_lists import extended, key_line

BEFORE_WORDS = re.compile(r"<(script|style|figure)\b.*?</\1\s*>", re.S | re.I)
"""Elements that may come before the words at the beginning of a text."""
OWN_COMPUTER = re.compile(r"https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?:[:/]|$)", re.I)
UNFILLED = re.compile(r"\{\{|\{%")
"""The beginning of a tag in an address that only the old system could fill in."""
PLAIN_PATH = re.compile(r"/[^<>{}\"“”\\|@]*")
"""A path that somebody may really have; others are slips in addresses."""
FEEDS = re.compile(
    r"^/(?:.*/)?(?:feed|rss|atom)(?:/|\.xml|/index\.xml)?$|^/(?:index|rss|atom|feed)\.xml$|^/feeds/all\.(?:atom|rss)\.xml$"
)
DATED = re.compile(r"/\d{4}/\d\d?/")
MAIL = re.compile(r"(?:(?P<name>[^<>@]*)<)?(?P<box>[^\s@<>]+)@[^\s@<>]+\.\w+>?")
"""A byline that is an e-mail address, perhaps after a name."""
ROLE = re.compile(r"[()]")
BY_INIT = re.compile(r"^- name: (.*)\n(?: +.*\n)*", re.M)
"""An entry of sections.yml in the form that init writes."""
LONGEST = 4_000
"""The maximum letters of a headline or another line, a little below front matter's limit."""
LARGEST = 950_000
"""The maximum size of a story in bytes, a little below the engine's limit."""


class OutletBefore(Struct):
    """What the importer knows of the outlet and its content folder before it begins."""

    root: Path
    urls: Urls
    zone: tzinfo
    now: datetime
    lang: str = "en"
    site: str = ""
    """The address of the live site, without a trailing slash."""
    sections: dict[str, str] = field(default_factory=dict)
    """The slug of each section, by name."""
    topics: set[str] = field(default_factory=set)
    """The slugs of the topics in topics.yml."""
    authors: dict[str, str] = field(default_factory=dict)
    """The stem of each author's file, by name in lower case."""
    taken: Taken = field(default_factory=Taken)
    entries: dict[str, Entry] = field(default_factory=dict)
    starter: Starter = field(default_factory=Starter)
    largest_file: int = 50_000_000
    """The maximum size of a linked file, in bytes."""


class Made(Struct):
    """The result of converting an archive: the files of the content folder, and the facts for the
    report.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    copies: list[TakenFile] = field(default_factory=list)
    """Files that stories link to, which are copied unchanged."""
    gone: list[str] = field(default_factory=list)
    """Files that are removed: unedited ones of init's."""
    unwritten: list[str] = field(default_factory=list)
    """Pages that init wrote, that nobody edited, and that will be published."""
    gave_way: list[str] = field(default_factory=list)
    """These, and files of init's that are replaced."""
    entries: dict[str, Entry] = field(default_factory=dict)
    edited: list[str] = field(default_factory=list)
    """Files that were edited or deleted here since an earlier import, and are written anew."""
    places: list[Place] = field(default_factory=list)
    numbers: Counter[str] = field(default_factory=Counter)
    left: list[Left] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)
    """The path and the old address of each picture that was not found."""
    dead: Counter[str] = field(default_factory=Counter)
    """How many links lead to each old address that the archive has no page for."""
    sections: list[tuple[str, int]] = field(default_factory=list)
    to_fetch: list[tuple[str, ...]] = field(default_factory=list)
    """The web addresses of each picture that was not found, best first."""
    pattern: str = ""
    pattern_is_for: float = 0.0


class _Link(Struct, frozen=True):
    """A link in a text to something in the archive, filled in once all texts are made."""

    story: int
    fragment: str


class ContentMaker:
    """Makes the files of an archive."""

    def __init__(
        self, archive: Archive, kind: str, outlet: OutletBefore, pictures: Pictures
    ) -> None:
        self.archive, self.kind, self.outlet, self.pictures = archive, kind, outlet, pictures
        self.made = Made(left=list(archive.left))
        self.links: list[_Link] = []
        self.texts: list[ConvertedText] = []
        self.files = Files(pictures, outlet.largest_file)
        self.files_left: dict[str, tuple[str, int, str]] = {}
        """Addresses of files that are not imported, where each is first named, and why."""
        self.people = {person.key: person for person in archive.people}
        self.names: dict[str, str] = {}
        self.old: dict[str, tuple[str, int]] = {}
        self.slugs: dict[str, list[int]] = {}
        """The numbers of stories by slug, computed when a link's date is wrong."""
        self.converter = Converter(outlet.lang)
        self.with_tags = {
            left.file for left in archive.left if "{{" in left.what or "{%" in left.what
        }
        self.dropped: frozenset[str] = frozenset()
        """Sections that init wrote, and that are empty."""

    def make(self, wanted: Sequence[str]) -> Made:
        """All files, in memory."""
        for story in self.archive.stories:
            self._make_fit(story)
        self.filed = filed(self.archive, self.outlet.sections, wanted)
        self._name_people()
        known = {(entry.kind, entry.id): entry for entry in self.outlet.entries.values()}
        own = replace(self.outlet.taken, files={*self.outlet.taken.files})
        self.made.places = placed(
            self.archive, self.kind, self.outlet.urls, self.outlet.taken, known
        )
        self._tell_what_gave_way(own)
        slugs = {
            story.key: place.slug
            for story, place in zip(self.archive.stories, self.made.places, strict=True)
        }
        self.made.pattern, self.made.pattern_is_for = pattern_of(self.archive, slugs)
        self._index_addresses()
        stories = self.archive.stories
        for number, story in enumerate(counted("Reading texts", stories, len(stories))):
            self.texts.append(self._text(number, story))
            story.body = ""
        self._stories()
        self._authors()
        self._lists()
        self._pictures()
        self._files()
        self._starter_gives_way()
        self.archive.settings["ELSEWHERE_PATHS"] = self._kept_elsewhere()
        return self.made

    # Making the archive's data fit for us.

    def _make_fit(self, story: ArchiveStory) -> None:
        """Give a story what it must have: a headline, a possible date, a status."""
        story.title = clean_words(story.title)[:LONGEST]
        is_address = WHOLE_ADDRESS.fullmatch(story.title) is not None
        if not story.title or is_address:
            words = clean_words(
                re.sub(r"<(script|style)\b.*?</\1\s*>", "", story.body[:4_000], flags=re.S | re.I)
            ).split()
            words = WHOLE_ADDRESS.sub(" ", " ".join(words)).split()
            what = "a story without a headline"
            if is_address:
                what = f"the headline {story.title[:150]}, an address"
            story.title = " ".join(words[:8]) or story.title or "Untitled"
            self._tell(story, what, f'its first words: "{story.title[:80]}"')
        if story.date is not None:
            story.date = _by_our_clock(story.date, self.outlet.zone)
        if story.updated is not None and story.updated.tzinfo is None:
            story.updated = story.updated.replace(tzinfo=self.outlet.zone)
        if story.status == "published" and not story.is_page:
            if story.date is None or not 1000 <= story.date.year < 9999:
                story.status, story.why_draft, story.date = "draft", "it has no date", None
            elif story.date > self.outlet.now:
                story.status, story.why_draft = "draft", "it was to come out later"
        if story.why_draft:
            self._tell(story, f"{story.title[:80]}: {story.why_draft}", "a draft")
        if split_address(story.canonical) is None:
            self._tell(
                story, f"the address {story.canonical[:150]}, which cannot be read", "nothing"
            )

    def _tell(self, story: ArchiveStory, what: str, kept_as: str) -> None:
        self.made.left.append(Left(story.source, story.line, what, kept_as))

    def _name_people(self) -> None:
        """Name each author in stories; two with the same name become one."""
        used = dict.fromkeys(
            key for story in self.archive.stories for key in story.people if not story.is_page
        )
        for key in used:
            person = self.people.get(key)
            name = clean_words(person.name if person else key)[:200] or key
            if match := MAIL.fullmatch(name):
                box = " ".join(re.split(r"[._+]+", match["box"])).strip().title()
                name = (match["name"] or "").strip(" \"'") or box or name
                self.people[key] = replace(person or Person(key, name), name=name, slug="")
            self.names[key] = name

    def _index_addresses(self) -> None:
        """Find the owner of each old address: a story, by its number, or a term or a person, by its
        address here. A draft is never preferred.
        """
        self._take_addresses_of_terms()
        self._index_stories(are_drafts=False)
        urls = self.outlet.urls
        for name, terms in (*self.filed.of_section.items(), *self.filed.of_topic.items()):
            kind, slug = "topic", slugify(name)
            if name in self.filed.of_section:
                kind, slug = "section", self._section_slug(name)
            addresses = [old for term in terms for old in term.addresses]
            self._index(addresses, f"/{urls.term(kind, slug)}", -1)
        for key in self.names:
            if person := self.people.get(key):
                url = urls.term("author", self._stem(key))
                self._index(person.addresses, f"/{url}", -1)
        self._index_stories(are_drafts=True)

    def _index_stories(self, *, are_drafts: bool) -> None:
        for number, story in enumerate(self.archive.stories):
            if (story.status == "draft") is are_drafts:
                self._index(story.addresses, "story", number)

    def _index(self, addresses: Iterable[str], target: str, number: int) -> None:
        for old in addresses:
            if (path := path_of(old, self.archive.hosts)) is not None:
                self.old.setdefault(core_of(path), (target, number))

    def _is_published_elsewhere(self, old: str, story: ArchiveStory | None) -> bool:
        """Whether a draft's old address leads to something that is published."""
        if story is None or story.status != "draft":
            return False
        target, number = self.old.get(core_of(unquote(old)), ("", -1))
        return bool(target) and (number < 0 or self.archive.stories[number] is not story)

    def _tell_what_gave_way(self, own: Taken) -> None:
        """Report each story and page that got another name because the outlet itself has its file
        or its address.
        """
        for story, place in zip(self.archive.stories, self.made.places, strict=True):
            slug = slug_of(story)
            path, url = (
                f"{PurePosixPath(place.path).parent}/{slug}.md",
                address_of(story, slug, self.outlet.urls),
            )
            waits = url == self.outlet.urls.draft(slug)  # in a folder in which nothing is free
            if waits:
                is_own = file_of(url).lower() in own.files
            else:
                is_own = not own.free(url)
            if place.slug != slug and (path in self.pictures.names.own or is_own):
                self._tell(
                    story,
                    f"{story.title[:80]}: the file {path} or the address /{url} is the"
                    " outlet's own",
                    place.path,
                )

    def _take_addresses_of_terms(self) -> None:
        urls = self.outlet.urls
        for kind, names in (
            ("section", (*self.filed.of_section, self.filed.default)),
            ("topic", self.filed.of_topic),
        ):
            for name in names:
                self.outlet.taken.take(
                    urls.term(
                        kind, self._section_slug(name) if kind == "section" else slugify(name)
                    )
                )
        for key in self.names:
            self.outlet.taken.take(urls.term("author", self._stem(key)))

    def _stem(self, key: str) -> str:
        """The stem of an author's file."""
        name = self.names[key]
        if name.casefold() not in self.outlet.authors:
            person = self.people.get(key)
            taken = set(self.outlet.authors.values())
            choices = [
                slugify(unquote(person.slug)) if person else "",
                slugify(name),
                f"author-{slugify(name) or len(taken)}",
            ]
            base = next(each for each in choices if each and not slug_problem(each))
            number = 1
            own = self.pictures.names.own
            while (
                stem := base if number == 1 else f"{base}-{number}"
            ) in taken or f"authors/{stem}.md" in own:
                number += 1
            self.outlet.authors[name.casefold()] = stem
        return self.outlet.authors[name.casefold()]

    # Texts.

    def _text(self, number: int, story: ArchiveStory) -> ConvertedText:
        base = next(iter(story.addresses), "")
        photo = self._lead(story)
        resolve = Resolve(
            lambda picture: self.pictures.photo(picture, story.folder, story.source),
            lambda href: self._link(href, number, base),
        )
        if story.audio:
            self._take_recording(story)
        lang = ""
        if LANG.fullmatch(story.lang):
            lang = story.lang
        without_photo = ""
        if photo:
            without_photo = photo.address
        text = self.converter.convert(story.body, resolve, lang, without_photo=without_photo)
        for what, kept_as in text.left:
            # these are reported one by one
            if not (what.startswith(TEMPLATES) and story.source in self.with_tags):
                self._tell(story, what, kept_as)
        if _repeats(story.dek, story.body):
            story.dek = ""
        return text

    def _take_recording(self, story: ArchiveStory) -> None:
        """Make the story's recording its own file, or else a card above its text."""
        address, story.audio = story.audio, ""
        path = (path_of(address, self.archive.hosts) or "").partition("?")[0]
        found = (
            self.files.find(path, address, story.folder)
            if path.endswith(AUDIO)
            else "it is elsewhere"
        )
        if isinstance(found, TakenFile):
            story.audio = found.path
        elif address not in story.body:
            story.body = (
                '<a data-card="audio"'
                f' href="{escape(address)}">{escape(story.title)}</a>{story.body}'
            )
            self._tell(story, f"the recording {address[:150]}: {found}", "a card above the text")

    def _lead(self, story: ArchiveStory) -> Picture | None:
        if story.photo is None or not story.photo.address.strip():
            return None
        alt, caption, credit = (
            clean_words(each) for each in (story.photo.alt, story.photo.caption, story.photo.credit)
        )
        photo = Picture(story.photo.address, alt, *split_credit(caption, credit))
        return self.pictures.photo(photo, story.folder, story.source)

    def _link(self, href: str, number: int, base: str) -> str:  # noqa: C901, PLR0911 -- one return for each kind of link
        """What to write for a link's address: the place of a story, an address here, or the address
        as it is; "" for none.
        """
        href = href.strip()
        if UNFILLED.search(unquote(href)):
            return self._unfilled(href, self.archive.stories[number])
        if OWN_COMPUTER.match(href):
            self._tell(
                self.archive.stories[number],
                f"a link to the writer's own computer, {href[:100]}",
                "its words",
            )
            return ""
        if href.startswith("#"):
            return self._to(number, href[1:]) if len(href) > 1 else ""
        href = _with_scheme(href)
        if re.match(r"[a-z][a-z0-9+.-]*:", href, re.I) and not re.match(r"https?:", href, re.I):
            return href
        whole = joined(base, href) if base else href
        path = path_of(whole, self.archive.hosts)
        if path is None:
            return href
        found = self.old.get(core_of(path))
        if found is None and "?" in path:
            found = self.old.get(core_of(path.partition("?")[0]))
        if found is None and path.count("/") > 2:  # a category was moved below another
            found = self.old.get(
                re.sub(r"^(/[^/]+)/.*(/[^/]+)$", r"\1\2", core_of(path.partition("?")[0]))
            )
        if found is None:
            slug = core_of(path.partition("?")[0]).rpartition("/")[2]
            found = (
                self._by_slug(slug)
                if DATED.search(path) or re.search(r"[^\W_][-_]", slug)
                else None
            )
        if found is not None and found[1] >= 0:
            return self._to(found[1], whole.partition("#")[2])
        if found is not None:
            return found[0]
        return self._other(href, whole, path, number)

    def _unfilled(self, href: str, story: ArchiveStory) -> str:
        """An address with a tag that only the old system could fill in, as it was."""
        if story.source not in self.with_tags:  # these are reported one by one
            self._tell(story, f"a link to {href[:150]}, which the old system filled in", href)
        return href

    def _by_slug(self, slug: str) -> tuple[str, int] | None:
        """The only story with this slug, wherever it was, as WordPress guesses too; a slug of one
        word is too vague.
        """
        if not self.slugs:
            for number, story in enumerate(self.archive.stories):
                self.slugs.setdefault(story.slug.lower(), []).append(number)
        numbers = []
        if slug:
            numbers = self.slugs.get(slug, [])
        if len(numbers) == 1:
            return ("story", numbers[0])
        return None

    def _to(self, story: int, fragment: str) -> str:
        self.links.append(_Link(story, unquote(fragment)))
        return f"{MARK}{len(self.links) - 1}{MARK}"

    def _other(self, href: str, whole: str, path: str, number: int) -> str:
        """A link within the archive to something that is no story: home, a feed, a file, or
        something deleted.
        """
        plain = path.partition("?")[0]
        if plain in ("/", f"{self.archive.base}/", self.archive.base):
            return "/"
        if FEEDS.match(plain):
            return "/feed.xml"
        story = self.archive.stories[number]
        ending = Path(plain).suffix.lower()
        host, old = site_in(whole) or self.archive.hosts.home, ""
        if re.match(r"https?://", whole, re.I):
            old = whole
        elif host:
            old = f"https://{host}{_quoted(path)}"
        if re.fullmatch(r"\.\w{2,5}", ending) and ending not in (
            ".html",
            ".htm",
            ".php",
            ".md",
            ".aspx",
        ):
            found = self.files.find(plain, href, story.folder)
            if isinstance(found, TakenFile):
                return f"/{found.path}" + whole[len(whole.partition("#")[0]) :]
            self.files_left.setdefault(plain, (story.source, story.line, found))
            return self._on_this_host(host, path) or old
        kept_as = "its words"
        if old:
            kept_as = "a link to its old address"
        self._tell(story, f"a link to {plain[:150]}, which is not in the archive", kept_as)
        self.made.dead[plain] += 1
        return old

    def _on_this_host(self, host: str, path: str) -> str:
        """A path of the old site as an address of the new one, if both have the same host: the file
        must be kept there.
        """
        site = path_in(self.outlet.site)
        if host not in Hosts((self.outlet.site,)) or not path.startswith(f"{site}/"):
            return ""
        return _quoted(path.removeprefix(site))

    def _kept_elsewhere(self) -> list[str]:
        """ELSEWHERE_PATHS for the files that stay where they are: whole folders, unless this site
        has pages there too.
        """
        base = path_in(self.outlet.site)
        paths = [
            path
            for each in sorted(self.files_left)
            if PLAIN_PATH.fullmatch(path := each.removeprefix(base))
        ]
        ours = {file.partition("/")[0] for file in self.outlet.taken.files}
        tops = [path.lower().split("/")[1] for path in paths]
        return list(
            dict.fromkeys(
                path if path.count("/") < 2 or top in ours else f"/{path.split('/')[1]}/"
                for path, top in zip(paths, tops, strict=True)
            )
        )

    def _filled(self, markdown: str) -> str:
        def fill(number: int) -> str:
            link = self.links[number]
            text, place = self.texts[link.story], self.made.places[link.story]
            heading = 0
            if link.fragment:
                heading = text.places.get(link.fragment, 0)
            anchor = ""
            if 0 < heading <= len(text.headings):
                anchor = f"#{text.headings[heading - 1]}"
            return f"{{filename}}/{place.path}{anchor}"

        def own(number: int) -> str:
            """A link within the same text needs nothing but the heading."""
            made = fill(number)
            if made.startswith(f"{{filename}}/{self._current.path}"):
                return f"#{made.partition('#')[2] or 'top'}"
            return made

        return put_back(markdown, MARK, own, len(self.links))

    # Files.

    def _is_to_write(self, path: str, key: str, digest: str) -> bool:
        """Whether to write a file, which is then recorded as imported: it is new, or has other
        bytes here.

        A picture that someone added where an earlier import found none is the outlet's own, and
        stays.
        """
        entry, here = self.outlet.entries.get(path), digest_of(self.outlet.root / path)
        if entry and not entry.digest and here:
            return False
        if entry and entry.digest and here not in (entry.digest, digest):
            self.made.edited.append(path)
        self.made.entries[path] = Entry(path, self.kind, key, digest)
        return here != digest

    def _put(self, path: str, key: str, data: bytes) -> None:
        """Write an imported text."""
        if self._is_to_write(path, key, _digest(data)):
            self.made.files[path] = data

    def _stories(self) -> None:
        numbers = self.made.numbers
        for number, story in enumerate(self.archive.stories):
            place, text = self.made.places[number], self.texts[number]
            self._current = place
            body = self._filled(text.markdown)
            data = self._source(story, place, body, text.lead)
            if len(data) > LARGEST:
                room = LARGEST - len(data) + len(body.encode())
                cut = body.encode()[:room].decode("utf-8", "ignore").rpartition("\n")[0]
                data = self._source(story, place, cut, text.lead)
                self._tell(
                    story, f"{story.title[:80]} has more text than a story may", "its beginning"
                )
            self._put(place.path, story.key, data)
            numbers["pages" if story.is_page else "stories"] += 1
            if not story.is_page:
                numbers["drafts" if story.status == "draft" else "published"] += 1

    def _source(self, story: ArchiveStory, place: Place, body: str, began: Picture | None) -> bytes:
        lines: dict[str, Any] = {"title": story.title, "imported": self.kind}
        dek = clean_words(story.dek)[:LONGEST]
        if dek:
            lines["dek"] = dek
        if story.date is not None:
            lines["date"] = _written(story.date)
        if story.updated is not None and story.date is not None and story.updated > story.date:
            lines["updated"] = story.updated.replace(second=0, microsecond=0).isoformat(
                timespec="minutes"
            )
        if not story.is_page:
            lines |= self._filed_under(story)
        if not story.is_page:
            lines["audio"] = story.audio
        lead = self._lead(story) if not story.is_page else None
        if lead:
            lines |= {"photo": lead.address, **_words_of_lead(lead, began)}
        if (
            story.canonical
            and not story.is_page
            and host_of(story.canonical)
            and path_of(story.canonical, self.archive.hosts) is None
            and story.canonical.startswith("https://")
        ):
            lines["canonical"] = story.canonical
        if (
            story.lang
            and LANG.fullmatch(story.lang)
            and story.lang.lower() != self.outlet.lang.lower()
            and not story.is_page
        ):
            lines["lang"] = story.lang
        lines["slug"] = place.slug
        if story.status != "published":
            lines["status"] = story.status
        lines["redirect_from"] = self._former(story.addresses, place.url, story)
        head = "".join(key_line(key, value) for key, value in lines.items() if value)
        return f"---\n{head}---\n{body.strip() or ''}\n".encode()

    def _filed_under(self, story: ArchiveStory) -> dict[str, Any]:
        sections, topics = self.filed.of_story(story)
        self.made.numbers.update(f"section {name}" for name in sections)
        people = list(dict.fromkeys(self.names[key] for key in story.people)) or [self._nobody()]
        roles = {
            self.names[key]: clean_line(role)
            for key, role in story.roles.items()
            if key in self.names
        }
        authors = [
            f"{name} ({ROLE.sub('', roles[name])})" if roles.get(name) else name for name in people
        ]
        return {"authors": authors, "sections": sections, "topics": topics}

    def _nobody(self) -> str:
        """The author of stories without one: the outlet's own name."""
        name = clean_line(str(self.archive.settings.get("SITENAME") or "")) or "Staff"
        if "" not in self.names:
            self.names[""] = name
        return name

    def _former(
        self, addresses: Iterable[str], url: str, story: ArchiveStory | None = None
    ) -> list[str]:
        """The former addresses that can redirect to one here; others are reported."""
        kept: list[str] = []
        own = {file_of(url)}
        addresses = list(addresses)
        for old in dict.fromkeys(old for old in addresses if split_address(old) is None):
            if story:
                file, line = (story.source, story.line)
            else:
                file, line = (self.pictures.places[-1].label, 1)
            self.made.left.append(
                Left(file, line, f"the address {old[:150]}, which cannot be read", "nothing")
            )
        for old, can_be in former(addresses, self.archive.hosts):
            bare = unquote(old).lstrip("/")
            if file_of(bare) in own:
                continue
            if not can_be:
                self.made.numbers[
                    "addresses with a query" if "?" in old else "addresses that cannot be"
                ] += 1
                if story is not None and "?" not in old:
                    self._tell(
                        story, f"the address {old[:150]}", "nothing: no file can have that name"
                    )
                continue
            is_taken = self._is_published_elsewhere(old, story) or (
                not self.outlet.taken.free_of_files(bare)
                and file_of(bare).lower() != file_of(url).lower()
            )
            if is_taken:
                if story is not None:
                    is_own = file_of(bare).lower() in {file.lower() for file in own}
                    why = "which belongs to another page here"
                    if is_own:
                        why = "which another of its own has in other capitals"
                    self._tell(story, f"the address {old[:150]}, {why}", "nothing")
                continue
            own.add(file_of(bare))
            self.outlet.taken.take(bare)
            kept.append(old)
        self.made.numbers["redirects"] += len(kept)
        return kept

    def _authors(self) -> None:
        done: dict[str, list[str]] = {}
        for key in self.names:
            done.setdefault(self.names[key].casefold(), []).append(key)
        known = set(self.outlet.authors)
        for keys in done.values():
            people = [self.people[key] for key in keys if key in self.people]
            name = self.names[keys[0]]
            is_theirs = name.casefold() in known
            stem = self._stem(keys[0])
            path = f"authors/{stem}.md"
            self.made.numbers["authors"] += 1
            is_old = path in self.outlet.entries or path in self.outlet.starter.paths
            if is_theirs and not is_old and (self.outlet.root / path).exists():
                if any(person.bio.strip() or person.links for person in people):
                    label = self.pictures.places[-1].label
                    self.made.left.append(
                        Left(label, 1, f"what is said of {name}: {path} is the outlet's own", path)
                    )
                continue
            self._put(
                path,
                f"author {keys[0]}",
                self._author(name, people, f"{self.outlet.urls.term('author', stem)}"),
            )

    def _author(self, name: str, people: list[Person], url: str) -> bytes:
        lines: dict[str, Any] = {"name": name}
        links = [
            link
            for person in people
            for link in person.links
            if host_of(link) and not re.search(r'[<>"\\\s]', link) and self._of_person(link, name)
        ]
        if links:
            lines["links"] = list(dict.fromkeys(links))
        portrait = next((person.portrait for person in people if person.portrait), None)
        found = None
        if portrait:
            found = self.pictures.find(portrait.address, "", name)
        if found is not None and found.data and portrait:
            lines |= {"portrait": found.path, "alt": clean_words(portrait.alt) or name}
        lines["redirect_from"] = self._former(
            (old for person in people for old in person.addresses), url
        )
        bio = next((person.bio for person in people if person.bio.strip()), "")
        text = self.converter.convert(
            bio, Resolve(lambda _: None, lambda href: self._of_person(href, name))
        )
        head = "".join(key_line(key, value) for key, value in lines.items() if value)
        return f"---\n{head}---\n{text.markdown}\n".encode()

    def _of_person(self, href: str, name: str) -> str:
        """The target of a link of an author's; "", and reported, if it leads to nothing on this
        site, where authors' links must work.
        """
        path = path_of(href, self.archive.hosts)
        if path is None:
            return href if href.startswith("http") else ""
        found = self.old.get(core_of(path))
        if found is not None and found[1] < 0:
            return found[0]
        if found is not None and self.archive.stories[found[1]].status == "published":
            return f"/{self.made.places[found[1]].url}"
        if path in ("/", f"{self.archive.base}/"):
            return "/"
        host = site_in(href)
        if host and not self._on_this_host(host, path):
            return href
        self.made.left.append(
            Left(name, 1, f"a link to {path[:150]}, which is not in the archive", "its words")
        )
        return ""

    def _lists(self) -> None:
        """Add new entries to the lists of sections and topics; existing ones are kept."""
        used = {
            name
            for name, number in self.made.numbers.items()
            if name.startswith("section ") and number
        }
        sections = list(self.filed.of_section)
        if f"section {self.filed.default}" in used and self.filed.default not in sections:
            sections.append(self.filed.default)
        uses = {name: self.made.numbers[f"section {name}"] for name in sections}
        new, old = list[dict[str, Any]](), list[dict[str, Any]]()
        for name in sorted(sections, key=lambda name: -uses[name]):
            terms = self.filed.of_section.get(name, [])
            if uses[name] or terms:
                entry = self._entry(
                    name,
                    terms,
                    self.outlet.urls.term("section", self._section_slug(name)),
                    described=True,
                )
                (old if name in self.outlet.sections else new).append(entry)
        if self.made.numbers["published"]:
            self.dropped = self.outlet.starter.sections.difference(sections)
        self.made.sections = sorted(uses.items(), key=lambda each: -each[1])
        self.made.numbers["sections"] = len(sections)
        self.made.numbers["topics"] = len(self.filed.of_topic)
        self._append("sections.yml", new, old)
        published = (
            story
            for story in self.archive.stories
            if not story.is_page and story.status == "published"
        )
        seen = {name for story in published for name in self.filed.of_story(story)[1]}
        topics = [
            self._entry(name, terms, self.outlet.urls.term("topic", slugify(name)), described=False)
            for name, terms in self.filed.of_topic.items()
            if name in seen and slugify(name) not in self.outlet.topics
        ]
        self._append("topics.yml", [entry for entry in topics if entry.get("redirect_from")])
        if not (self.outlet.root / "story_types.yml").exists():
            self.made.files["story_types.yml"] = b"- name: Article\n"

    def _section_slug(self, name: str) -> str:
        return self.outlet.sections.get(name, "") or slugify(name)

    def _entry(
        self, name: str, terms: list[ArchiveTerm], url: str, described: bool
    ) -> dict[str, Any]:
        description = next(
            (clean_words(term.description) for term in terms if term.description.strip()), ""
        )
        entry: dict[str, Any] = {"name": name}
        if described and description:
            entry["description"] = description[:LONGEST]
        entry["redirect_from"] = self._former(
            (old for term in terms for old in term.addresses), url
        )
        return {key: value for key, value in entry.items() if value}

    def _append(
        self, name: str, entries: list[dict[str, Any]], known: Sequence[dict[str, Any]] = ()
    ) -> None:
        """Add entries to a list; existing ones get their former addresses, unless they have
        some.
        """
        former = {
            entry["name"]: entry["redirect_from"] for entry in known if "redirect_from" in entry
        }
        dropped = self.dropped if name == "sections.yml" else frozenset[str]()
        if not entries and not former and not dropped:
            return
        file = self.outlet.root / name
        there = b""
        if file.exists():
            there = file.read_bytes()
        kept = BY_INIT.sub(
            lambda entry: "" if entry[1].strip('"') in dropped else entry[0], there.decode()
        )
        made = extended(kept, entries, former).encode()
        if made != there:
            self.made.files[name] = made
            self.made.entries[name] = Entry(name, self.kind, "list", _digest(made))

    def _starter_gives_way(self) -> None:
        """Remove init's unedited files that nothing needs now: with stories of one's own, they have
        served their purpose.
        """
        starter, taken = self.outlet.starter, self.outlet.taken
        going = [path for path, url in starter.pages.items() if not taken.free(url)]
        if self.made.numbers["published"]:
            going += starter.gone
        self.made.gone = [path for path in going if path not in self.made.files]
        self.made.unwritten = [
            path for path in starter.pages if path not in {*going, *self.made.files}
        ]
        replaced = [
            path for path in starter.paths.intersection(self.made.files) if path.endswith(".md")
        ]
        self.made.gave_way = sorted(
            [*self.made.gone, *replaced, *(["sections.yml"] if self.dropped else [])]
        )

    def _pictures(self) -> None:
        """The pictures that were found, and a list of the others, whose paths are reserved
        nevertheless.
        """
        for found in self.pictures.wanted:
            entry = self.outlet.entries.get(found.path)
            if found.data:
                self.made.numbers["photos"] += 1
                if self._is_to_write(found.path, found.key, found.digest):
                    self.made.files[found.path] = found.data
                continue
            self.made.entries[found.path] = entry or Entry(found.path, self.kind, found.key, "")
            if (self.outlet.root / found.path).exists():
                self.made.numbers["photos"] += 1
                continue
            self.made.missing.append((found.path, found.address))
            if addresses := self.pictures.addresses_of(found):
                self.made.to_fetch.append(addresses)
        self.made.left += [
            Left(file, 1, what, kept_as)
            for file, what, kept_as in dict.fromkeys(self.pictures.told)
        ]
        for path, address in self.made.missing:
            self.made.left.append(Left(address, 1, "a picture that was not found", path))

    def _files(self) -> None:
        """The linked files that are imported, their former folders, and a list of the others."""
        taken = self.files.taken
        self.made.numbers["files"] = len(taken) + len(self.files_left)
        self.made.numbers["files missing"] = len(self.files_left)
        for address, found in taken:
            if self._is_to_write(found.path, key_of("file", address), found.digest):
                self.made.copies.append(found)
            if found.gave_way_to:
                what = f"the file {address[:200]}: {found.gave_way_to} is the outlet's own"
                self.made.left.append(Left(found.place.label, 1, what, found.path))
        folders = moved_folders(taken)
        if folders:
            self.archive.settings["FORMER_URLS"] = folders
        for address, found in taken:
            was = next((old for old in folders if address.lstrip("/").startswith(old)), "")
            if not was or folders[was] + address.lstrip("/").removeprefix(was) != found.path:
                what, kept_as = (
                    f"the address {address[:200]} of a file",
                    f"{found.path}; a redirect must lead there",
                )
                self.made.left.append(Left(found.place.label, 1, what, kept_as))
        for address, (file, line, why) in sorted(self.files_left.items()):
            what = f"a link to the file {address[:200]}: {why[:200]}"
            self.made.left.append(
                Left(file, line, what, "a link to its old address: it must be kept there")
            )


def _repeats(dek: str, body: str) -> bool:
    """Whether a dek is only the beginning of the text, as systems make it if nobody wrote one."""
    beginning = BEFORE_WORDS.sub("", body[: 20_000 + 2 * len(dek)])
    said, begins = (WORD.findall(clean_words(html).casefold()) for html in (dek, beginning))
    return bool(said) and said == begins[: len(said)]


def _words_of_lead(lead: Picture, began: Picture | None) -> dict[str, str]:
    """The words of a story's picture: its own, or those that the text had below the same picture at
    its beginning.
    """
    own = {"alt": lead.alt, "caption": lead.caption, "credit": lead.credit}
    return {
        key: (words or (getattr(began, key) if began else ""))[:LONGEST]
        for key, words in own.items()
    }


def _with_scheme(href: str) -> str:
    """An address with the scheme that its writer left out."""
    if href.startswith("//"):
        return f"https:{href}"
    if re.match(r"www\.[\w-]+\.", href):
        return f"https://{href}"
    if MAIL_ALONE.fullmatch(href):
        return f"mailto:{href}"
    return href


def _quoted(path: str) -> str:
    return quote(path, safe="/~?=&;+,:@!$'*")


def _by_our_clock(date: datetime, zone: tzinfo) -> datetime:
    """A date in the site's zone, because an address may contain its day; a year at the edge of the
    calendar stays as it is.
    """
    try:
        if date.tzinfo:
            return date.astimezone(zone)
        return date.replace(tzinfo=zone)
    except (OverflowError, ValueError):
        return date.replace(tzinfo=zone)


def _written(date: datetime) -> str:
    """A date in front matter; before time zones, offsets had seconds, which cannot be written."""
    offset = date.utcoffset()
    whole = offset is None or not offset.total_seconds() % 60
    timespec = "minutes"
    if date.second:
        timespec = "seconds"
    return (date if whole else date.replace(tzinfo=None)).isoformat(timespec=timespec)


def write(made: Made, outlet: OutletBefore) -> None:
    """Write the list of what was imported, and then the files.

    The list is first: if this is stopped half-way, the next import knows which files are not the
    outlet's own.
    """
    entries = outlet.entries | made.entries
    listed = imported.written(entries.values())
    is_new_list = digest_of(outlet.root / IMPORTED) != _digest(listed)
    files = made.files
    if is_new_list:
        files = {IMPORTED: listed, **made.files}
    for path, data in counted("Writing", files.items(), len(files)):
        _room(outlet.root / path).write_bytes(data)
    for found in made.copies:
        with (
            found.place.open(found.name) as source,
            _room(outlet.root / found.path).open("wb") as copy,
        ):
            shutil.copyfileobj(source, copy, 1 << 20)
    for path in made.gone:
        (outlet.root / path).unlink()


def _room(file: Path) -> Path:
    """A file's path, once its folder is there and the file is not: what a link leads to is not
    written to.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    return file


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
