"""Finds edits of published stories that readers are not told about: ./inv audit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct

from broadside.build.report import placed
from broadside.config.options import Options, settings_of
from broadside.content.addresses import first_url, status
from broadside.content.content import ReadOptions
from broadside.content.files import used
from broadside.content.folder import scan
from broadside.content.read import read_options
from broadside.content.reader import Reader
from broadside.content.records import Record, is_story
from broadside.editing.history import Repository, name_of, name_of_file
from broadside.faults import Fault, count, errors_in, quoted
from broadside.front_matter.data import Data, StoryData
from broadside.git import commit_of
from broadside.letters import UNSPACED
from broadside.markdown.body import plain_text
from broadside.plugins.audit.settings import AuditSettings
from broadside.urls import file_of, last_part

SEEN_BEFORE = ("published",)
SEEN_NOW = ("published", "hidden")
WAYS = (
    "give it a later updated, or an entry in corrections; or write minor: true if nothing of"
    " substance changed"
)
AGAIN = (
    "minor: true belongs to an earlier edit; for this one, give minor its day, or say what changed,"
    " as after any edit of substance"
)
WITHIN = "'’‘ʼ\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters inside words that typography adds or removes: apostrophes, soft hyphens, joiners."""
COUNTED = "%‰+=°"
"""Characters that mean something by themselves, as currency signs do."""
ALONE = re.compile(f"[{UNSPACED}]")
"""A letter that counts as a word, because its script has no spaces between words."""


END_OF_HEADER = re.compile(r"---\n.*?\n---\n\n*", re.S)


class Version(Struct, frozen=True):
    """A story that readers could see, in one revision; addresses are relative to the site's top.

    `text` is its source, `words` what readers see of it. `first` is its address in feeds, `former`
    those that redirect to it. `minor` is the value of that key, or "".
    """

    path: str
    url: str
    first: str
    former: frozenset[str]
    text: str
    words: list[str]
    updated: datetime | None = None
    corrections: int = 0
    minor: str = ""


MATCHES: tuple[tuple[Callable[[Version], str], Callable[[Version], Iterable[str]]], ...] = (
    (lambda old: old.url, lambda new: (new.url,)),
    (lambda old: old.url, lambda new: new.former),
    (lambda old: old.path, lambda new: (new.path,)),
)
"""How a successor is recognized, the surest way first: by a key of the old version among the keys
of a new one.
"""


def words(text: str) -> list[str]:
    """The words of a text in order, without what typography or capitals could change."""
    return "".join(map(_spoken, unicodedata.normalize("NFKC", text).casefold())).split()


def _spoken(char: str) -> str:
    kind = unicodedata.category(char)
    if kind[0] in "LMN":
        if ALONE.match(char):
            return f" {char} "
        return char
    if kind == "Sc" or char in COUNTED:
        return f" {char} "
    if char in WITHIN:
        return ""
    return " "


def changed(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words an edit changed: a replaced word counts once, and so does one added or
    removed.

    It is the length of the longer text minus that of the longest sequence of words that both share.
    This is a metric: it is 0 only between equal texts, it is symmetric, and a detour is never
    shorter.
    """
    return max(len(old), len(new)) - _shared(old, new)


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    """The length of the longest common subsequence; each row of the table is one number (Hyyrö
    2004).
    """
    places: dict[str, int] = {}
    for place, word in enumerate(old):
        places[word] = places.get(word, 0) | 1 << place
    every = (1 << len(old)) - 1
    row = every
    for word in new:
        match = row & places.get(word, 0)
        row = (row + match) | (row - match)
    return len(old) - (row & every).bit_count()


def pairs(old: Iterable[Version], new: Iterable[Version]) -> Iterator[tuple[Version, Version]]:
    """Each old story with its successor: the new one at its address, or at the one it redirects to,
    or in its file.

    No story has two successors or succeeds two; a deleted story has none.
    """
    left, free = (
        {version.path: version for version in old},
        {version.path: version for version in new},
    )
    for key_of, keys_of in MATCHES:
        found = {key: version.path for version in free.values() for key in keys_of(version)}
        for path, version in list(left.items()):
            successor = free.pop(found.get(key_of(version), ""), None)
            if successor:
                yield left.pop(path), successor


def is_told(old: Version, new: Version) -> bool:
    """Whether the new version says that it was changed: by a later `updated`, one more correction,
    or a new `minor`.
    """
    later = new.updated is not None and (old.updated is None or new.updated > old.updated)
    return later or new.corrections > old.corrections or bool(new.minor and new.minor != old.minor)


def first_difference(old: str, new: str) -> int:
    """The first line of the new text, counted from 1, that differs from the old."""
    lines, before = new.split("\n"), old.split("\n")
    same = next(
        (i for i, (one, other) in enumerate(zip(lines, before, strict=False)) if one != other),
        len(before),
    )
    return min(same, len(lines) - 1) + 1


def line_of_edit(old: str, new: str) -> int:
    """The line where an edit begins: in the text if that differs, because an editor may rewrite the
    whole header.
    """
    end, before = END_OF_HEADER.match(new), END_OF_HEADER.match(old)
    body, text = new[end.end() :] if end else new, old[before.end() :] if before else old
    if body.rstrip() == text.rstrip():
        return first_difference(old, new)
    return new[: len(new) - len(body)].count("\n") + first_difference(text, body)


class Audit(Struct, frozen=True):
    """The faults, how many published stories were changed, and the commit that they were compared
    with, or "".

    `faulty` counts published stories that can no longer be read.
    """

    faults: list[Fault]
    stories: int
    since: str
    faulty: int = 0

    def __str__(self) -> str:
        if not self.since:
            return "there is no earlier revision to compare with"
        words = f"{count(self.stories, 'published story')} changed since {self.since}"
        rest = ""
        if self.faulty:
            rest = f"; {self.faulty:,} not compared because of faults, which ./inv check shows"
        return words + rest


class Side(Struct, frozen=True):
    """The sources of one revision: the blob ids of their contents, by path, and a function that
    fetches contents by id.
    """

    names: dict[str, str]
    contents: Callable[[Iterable[str]], dict[str, bytes]]

    def other_than(self, side: Side) -> dict[str, bytes]:
        """The sources, by path, whose content occurs nowhere on the other side."""
        known = set(side.names.values())
        return self.of(path for path, name in self.names.items() if name not in known)

    def of(self, paths: Iterable[str]) -> dict[str, bytes]:
        """The sources with these paths."""
        own = {path: self.names[path] for path in paths}
        found = {}
        if own:
            found = self.contents(own.values())
        return {path: found[name] for path, name in own.items()}


def audit(options: Options, since: str = "", until: str = "") -> Audit:
    """Compare the stories of `since`, by default the revision that published them, with those of
    `until`, by default the files.

    Raises NotCompared if Git has no such revision. A story that readers could not see before,
    because it was a draft or held, may change freely. So may one that is faulty on either side,
    which no build publishes.
    """
    settings = settings_of(options)
    reading, git = read_options(settings), Repository(options.content_path)
    last = ""
    if until:
        last = git.named(until)
    if last:
        new = _committed(git, last)
    else:
        new = _on_disk(options.content_path)
    # For a new branch, GitHub gives zeros as the revision before.
    if since.strip("0"):
        commit = git.named(since)
    else:
        commit = git.before(lambda head: _committed(git, head).names != new.names)
    if not commit:
        return Audit([], 0, "")
    if options.now or not last:
        now = reading.now
    else:
        now = git.moment(last)
    old = _committed(git, commit)
    before = list(_versions(_read(old.other_than(new), reading), reading, now, SEEN_BEFORE))
    read = list(_read(new.other_than(old), reading))
    changed_stories = list(pairs(before, _versions(read, reading, now, SEEN_NOW)))
    faulty = {version.path for version in before} & {
        record.path for record, _ in read if errors_in(record.faults)
    }
    most = AuditSettings.of(settings).AUDIT_WORDS
    faults = [
        fault for one, other in changed_stories for fault in _faults(one, other, most, commit[:7])
    ]
    if replaced := _files_replaced(git, commit, last, options.content_path):
        told = {other.path: is_told(one, other) for one, other in changed_stories}
        told |= {path: False for path, name in new.names.items() if old.names.get(path) == name}
        linking = {
            path: data
            for path, data in new.of(told).items()
            if not told[path] and b"files/" in data
        }
        records = [
            record
            for record, _ in _read(linking, reading)
            if is_story(record) and not errors_in(record.faults)
        ]
        faults += _silent_files(
            [each for each in records if status(each, now) in SEEN_NOW], replaced, commit[:7]
        )
    return Audit(placed(faults, options), len(changed_stories), commit[:7], len(faulty))


def _files_replaced(git: Repository, commit: str, last: str, content: Path) -> set[str]:
    """The files that stories may link to that exist on both sides, but with different contents."""
    old = git.files(commit)
    if last:
        new = git.files(last)
    else:
        if old:
            there = set(scan(content).files["file"])
        else:
            there = set()
        new = {
            path: name_of_file(content / path, name) for path, name in old.items() if path in there
        }
    return {path for path, name in new.items() if old.get(path, name) != name}


def _silent_files(
    stories: Iterable[Record[StoryData]], replaced: set[str], since: str
) -> Iterator[Fault]:
    """A fault for each link to a replaced file, in stories that do not mention a change."""
    for story in stories:
        for path, place in used(story):
            if path in replaced:
                if isinstance(place, int):
                    line = place
                else:
                    line = story.lines.get(place, 1)
                message = (
                    f"{quoted(path)}, to which this published story links, was replaced since"
                    f" {since}, and nothing says so"
                )
                yield Fault(story.path, line, 0, "error", "silent-file", message, WAYS)


def _committed(git: Repository, commit: str) -> Side:
    return Side(git.stories(commit), git.contents)


def _on_disk(content: Path) -> Side:
    like = commit_of(content, "HEAD")
    data = {path: (content / path).read_bytes() for path in scan(content).files["story"]}
    names = {path: name_of(data[path], like) for path in data}
    by_name = {name: data[path] for path, name in names.items()}
    return Side(names, lambda wanted: {name: by_name[name] for name in wanted})


def _read(sources: dict[str, bytes], reading: ReadOptions) -> Iterator[tuple[Record[Data], bytes]]:
    """The records of sources, with their bytes."""
    reader = Reader(Path(), reading.rules, reading.lang, reading.words)
    for path, data in sources.items():
        yield reader.understand(data, path, "story"), data


def _versions(
    read: Iterable[tuple[Record[Data], bytes]],
    reading: ReadOptions,
    now: datetime,
    states: tuple[str, ...],
) -> Iterator[Version]:
    """The valid stories among the records that are in one of these states."""
    for record, data in read:
        if (
            not is_story(record)
            or record.date is None
            or errors_in(record.faults)
            or status(record, now) not in states
        ):
            continue
        keys = record.data
        url = reading.urls.story(record.date, record.slug)
        yield Version(
            path=record.path,
            url=file_of(url),
            first=first_url(record, url),
            former=frozenset(file_of(unquote(each).lstrip("/")) for each in keys.redirect_from),
            text=data.decode("utf-8-sig").replace("\r\n", "\n"),
            words=words(_shown(record)),
            updated=datetime.fromisoformat(keys.updated) if keys.updated else None,
            corrections=len(keys.corrections),
            minor=keys.minor,
        )


def _shown(record: Record[StoryData]) -> str:
    """What readers read of a story, except its corrections and its terms."""
    keys = record.data
    byline = [part for credit in keys.authors for part in credit]
    photos = [part for photo in record.photos for part in (photo.caption, photo.credit)]
    charts = [part for chart in record.charts for part in (chart.title, chart.source, chart.note)]
    head = (keys.title, keys.dek, keys.caption, keys.credit)
    return unescape("\n".join([*head, *byline, plain_text(record.body.html), *photos, *charts]))


def _faults(old: Version, new: Version, most: int, since: str) -> Iterator[Fault]:
    line = line_of_edit(old.text, new.text)
    number = changed(old.words, new.words)
    if number > most and not is_told(old, new):
        message = (
            f"{count(number, 'word')} of this published story changed since {since}, and nothing"
            " says so"
        )
        hint = AGAIN if new.minor else WAYS  # a new one would tell readers of this edit
        yield Fault(new.path, line, 0, "error", "silent-edit", message, hint)
    if old.first != new.first:
        message = f"feeds know this story by /{old.first} and would show it again, as /{new.first}"
        hint = f"let redirect_from begin with /{old.first}"
        last = last_part(old.first)
        kept = new.url.replace(last_part(new.url), last)
        if old.url == file_of(old.first) == kept and not new.former:  # as after a new headline
            hint += f", or keep that address, with slug: {last.removesuffix('.html')}"
        yield Fault(new.path, line, 0, "error", "new-id", message, hint)
