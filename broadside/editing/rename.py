"""Renames a section, topic, author, type or series wherever it is named, or merges it with another:
./inv rename.

Files are changed line by line, so that remarks, quotation marks and the order of keys stay. The
result is read in a copy of the content folder before anything is written: what cannot be changed in
this way is refused there, and then nothing is. Going back is Git's, so the folder must have no
changes that are not committed.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection, Iterator
from difflib import unified_diff
from itertools import islice
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import Struct, field

from broadside.build.files import link_or_copy
from broadside.build.report import placed
from broadside.config.options import PREVIEW, Options
from broadside.content.content import Content
from broadside.content.lists import ListEntry
from broadside.content.read import read_cached
from broadside.content.records import Record, record_names
from broadside.disk import write_whole
from broadside.editing.check import settings_to_read
from broadside.editing.new import scalar
from broadside.faults import count, did_you_mean, one_line, quoted
from broadside.front_matter.data import keeps_address
from broadside.front_matter.fields import printed_name, topic
from broadside.settings import Settings
from broadside.slugs import is_guessed, slug_of, slug_problem, slugify
from broadside.urls import KINDS, Kind
from broadside.validation import Refused

FORMER = "redirect_from"
SHOWN = 20
"""How many changed files are shown line by line."""
ENTRY = (
    r"(?P<before>(?:^[^\S\n]*(?:-[^\S\n]+)?|[\[,;:{{])[^\S\n]*(?P<quote>[\"']?))"
    r"(?P<name>{names})(?P<rest>{role}(?P=quote))(?=[^\S\n]*(?:$|[],;}}#]))"
)
"""A name that is all of a value, or of an entry in a list."""
ROLE = r"(?:[^\S\n]*\([^()\n]*\))?"
"""What may follow an author's name."""
HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)")

Source = Record[Any] | ListEntry[Any]
"""What declares a term: its file, or its entry in a list."""


class NotRenamed(Exception):
    """Nothing was renamed; the message says why."""


class Named(Struct, frozen=True):
    """A term as it is: its name, its slug, and what declares it, if anything does."""

    name: str
    slug: str
    source: Source | None = None


class Change(Struct):
    """A file that changes; one without `before` is new, one that is `gone` is deleted, and one that
    moves goes `to` another path.

    Each line keeps its place in `lines`: another is added to the text of the one above it, and one
    that goes becomes None.
    """

    path: str
    before: bytes | None
    lines: list[str | None]
    gone: bool = False
    to: str = ""

    @property
    def after(self) -> bytes:
        """The new bytes."""
        return "\n".join(line for line in self.lines if line is not None).encode()

    @property
    def is_plain(self) -> bool:
        """Whether it has Pelican's plain header, in which quotation marks and brackets mean
        nothing.
        """
        return self.path.endswith(".md") and not any(
            (line or "").startswith("---") for line in self.lines
        )

    def rename(self, number: int, old: Collection[str], new: str, role: str) -> None:
        """Rename what is named at the key in a line."""
        start, end = self._of_key(number)
        text = "\n".join(line for line in self.lines[start:end] if line is not None)
        self.lines[start:end] = [
            renamed(text, old, new, role, self.is_plain),
            *[None] * (end - start - 1),
        ]

    def add(self, number: int, key: str) -> None:
        """Add a key below the one in a line."""
        self._below(self._last(number), " " * _column(self.lines[number - 1]) + key)

    def extend(self, number: int, more: list[str]) -> None:
        """Add to the list at the key in a line, which may be in brackets, on lines of its own, or
        on the key's line.
        """
        last = self._last(number)
        text = self.lines[last] or ""
        head, bracket, tail = text.rpartition("]")
        if bracket:
            self.lines[last] = (
                f"{head}{'' if head.rstrip().endswith('[') else ', '}{', '.join(more)}]{tail}"
            )
        elif last >= number:
            self._below(last, *(text[: _column(text)] + each for each in more))
        else:
            self.lines[last] = ", ".join([text.rstrip(), *more]) + text[len(text.rstrip()) :]

    def drop(self, number: int) -> None:
        """Take out the entry of a list that begins in a line."""
        margin = _margin(self.lines[number - 1])
        ends = (at for at in range(number, len(self.lines)) if _margin(self.lines[at]) <= margin)
        end = next(ends, len(self.lines))
        self.lines[number - 1 : end] = [None] * (end - number + 1)

    def shown(self, prefix: str) -> Iterator[str]:
        """The changed lines, with paths that the user can open."""
        if self.gone or self.to:
            yield f"{prefix}{self.path}: {f'now {prefix}{self.to}' if self.to else 'deleted'}"
        before, after = ((data or b"").decode().split("\n") for data in (self.before, self.after))
        for line in (
            () if self.gone else islice(unified_diff(before, after, n=0, lineterm=""), 2, None)
        ):
            hunk = HUNK.match(line)
            yield (
                f"{prefix}{self.to or self.path}:{hunk[1]}"
                if hunk
                else one_line(f"  {line[0]} {line[1:].rstrip()}")
            )

    def _of_key(self, number: int) -> tuple[int, int]:
        """Where the lines of a key begin and end: those below it are further in, or entries of its
        list.
        """
        column = _column(self.lines[number - 1])
        for end in range(number, len(self.lines)):
            line = self.lines[end]
            if _margin(line) <= column and not (line or "").startswith(f"{' ' * column}- "):
                return number - 1, end
        return number - 1, len(self.lines)

    def _last(self, number: int) -> int:
        return max(at for at in range(*self._of_key(number)) if self.lines[at] is not None)

    def _below(self, at: int, *more: str) -> None:
        text = self.lines[at] or ""
        ending = ""
        if text.endswith("\r"):
            ending = "\r"
        self.lines[at] = "\n".join([text, *(line + ending for line in more)])


class Renaming(Struct):
    """A new name for a term of a kind: perhaps that of an `other` one, with which it is then
    merged; and the files that change.

    `names` are those of all other terms of the kind.
    """

    content: Content
    options: Options
    kind: Kind
    old: Named
    new: str
    other: Named | None
    names: frozenset[str]
    changes: dict[str, Change] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        """The slug that it is to have: the old one stays if it was not made from the name, or none
        can be made from the new one.

        A key may say that others know it by its address, so that this stays too.
        """
        if self.other:
            return self.other.slug
        made, source = slugify(self.new), self.old.source
        given = source is not None and ("slug" in source.lines or keeps_address(source.data))
        stays = (
            given
            or self.old.slug != slugify(self.old.name)
            or is_guessed(self.new)
            or slug_problem(made)
        )
        if stays:
            return self.old.slug
        return made

    @property
    def former(self) -> list[str]:
        """The addresses that are to lead to the new one."""
        before = []
        if self.other and self.old.source:
            before = self.old.source.data.redirect_from
        if self.slug != self.old.slug:
            return [*before, f"/{self.address(self.old.slug)}"]
        return []

    def address(self, slug: str) -> str:
        """The address of a term of this kind."""
        return self.content.urls.term(self.kind.name, slug)

    def is_old(self, written: str) -> bool:
        """Whether this names the term: by its name, or an author or a series by its file."""
        by_file = self.kind.names.endswith("/") and slugify(written) == self.old.slug
        return written == self.old.name or (
            by_file and written != self.new and written not in self.names
        )

    def names_in(self, story: Record[Any]) -> list[str]:
        """The names that a story is to have, each once."""
        names = [
            self.new if self.is_old(each) else each for each in record_names(story, self.kind.key)
        ]
        return [
            each
            for at, each in enumerate(names)
            if each.casefold() not in map(str.casefold, names[:at])
        ]

    def plan(self) -> None:
        """Work out every change."""
        for story in self.content.stories:
            if old := {name for name in record_names(story, self.kind.key) if self.is_old(name)}:
                self._rename(story.path, story.lines[self.kind.key], old)
        for block in self.content.lists.blocks:
            if self.is_old(name := getattr(block.data, self.kind.name, "")):
                self._rename(block.path, block.lines[self.kind.name], {name})
        source, other = self.old.source, self.other.source if self.other else None
        if self.other and isinstance(source, Record):
            self._change(source.path).gone = True
        elif self.other and isinstance(source, ListEntry) and source is not other:
            self._change(source.path).drop(source.line)
        elif source:
            self._rename(source.path, source.lines["name"], {source.data.name})
            if isinstance(source, Record) and self.former:
                self._change(source.path).to = str(
                    PurePosixPath(source.path).with_name(f"{self.slug}.md")
                )
        self._lead(other if self.other else source)

    def judge(self, settings: Settings) -> None:
        """Read the result in a copy of the folder; raises NotRenamed if it has faults, or is not
        what was meant.
        """
        root, known = self.content.root, self.content.addresses.known
        if there := [
            change.to
            for change in self.changes.values()
            if change.to and (root / change.to).exists()
        ]:
            raise NotRenamed(f"{self.options.content_prefix}{there[0]} is there already.")
        PREVIEW.parent.mkdir(exist_ok=True)
        # Git ignores it, if it is left there
        with TemporaryDirectory(prefix="rename-", dir=PREVIEW.parent) as folder:
            copy = Path(folder, root.name)
            shutil.copytree(root, copy, symlinks=True, copy_function=link_or_copy)
            self.write(copy)
            after, _, _ = read_cached(settings.but(PATH=str(copy)), notes=False)
            names = {story.path: record_names(story, self.kind.key) for story in after.stories}
        told = [
            str(fault) for fault in placed(after.faults, self.options) if fault.severity == "error"
        ]
        told += [
            f"{each} would lead to nothing"
            for each in self.former
            if each[1:] in known.keys() - after.addresses.known
        ]
        for story in () if told else self.content.stories:
            if names.get(story.path) != self.names_in(story):
                message = (
                    f"the name cannot be changed here; write {quoted(self.new)} yourself, and try"
                    " again"
                )
                told += map(
                    str, placed([story.fault(self.kind.key, "not-renamed", message)], self.options)
                )
        if told:
            raise NotRenamed(
                "\n".join([*told, "Nothing was renamed, because this would be the result."])
            )

    def write(self, root: Path) -> None:
        """Write all files below a folder; new ones before old ones go."""
        for change in self.changes.values():
            file = root / change.path
            if not change.gone:
                mode = 0
                if file.exists():
                    mode = file.stat().st_mode & 0o777
                write_whole(
                    file.with_name(PurePosixPath(change.to or change.path).name),
                    change.after,
                    mode=mode,
                )
            if change.gone or change.to:
                file.unlink()

    def shown(self) -> Iterator[str]:
        """The changed lines of a few files, what declares the term first; how many files change,
        and where the old address leads.
        """
        for change in [*reversed(self.changes.values())][:SHOWN]:
            yield from change.shown(self.options.content_prefix)
        more = ""
        if len(self.changes) > SHOWN:
            more = f", of which you see {SHOWN}"
        yield f"{count(len(self.changes), 'file')} would change{more}."
        if self.other:
            yield (
                f"{quoted(self.new)} exists: the two would become one, and could be told apart no"
                " more."
            )
        if self.former:
            yield f"/{self.address(self.old.slug)} would lead to /{self.address(self.slug)}"

    def _change(self, path: str) -> Change:
        if path not in self.changes:
            file = self.content.root / path
            before = None
            if file.is_file():
                before = file.read_bytes()
            self.changes[path] = Change(path, before, [*(before or b"").decode().split("\n")])
        return self.changes[path]

    def _rename(self, path: str, number: int, old: Collection[str]) -> None:
        self._change(path).rename(number, old, self.new, ROLE if self.kind.name == "author" else "")

    def _lead(self, source: Source | None) -> None:
        """Let the former addresses lead to a term, or note its slug if the new name gives another;
        topics get an entry for that.
        """
        more = [
            each for each in self.former if source is None or each not in source.data.redirect_from
        ]
        is_noted = (
            isinstance(source, Record)
            or self.slug == slugify(self.new)
            or (source and "slug" in source.lines)
        )
        if not more and (is_noted or self.other):
            return
        change = self._change(source.path if source else self.kind.entries)
        if change.is_plain:
            listed = ", ".join(more)
        else:
            listed = f"[{', '.join(more)}]"
        if more:
            key = f"{FORMER}: {listed}"
        else:
            key = f"slug: {self.slug}"
        if source is None:
            given = self.content.lists.entries_of(self.kind)
            first = (change.lines[given[0].line - 1] if given else "") or "- "
            hyphen = first[: _column(first)]
            end = ""
            if change.lines[-1]:
                end = f"{change.lines[-1]}\n"
            change.lines[-1] = f"{end}{hyphen}name: {scalar(self.new)}\n{' ' * len(hyphen)}{key}\n"
        elif more and FORMER in source.lines:
            change.extend(source.lines[FORMER], more)
        else:
            change.add(source.lines["name"], key)


def planned(options: Options, word: str, old: str, new: str) -> Renaming:
    """What a renaming would change; raises NotRenamed if it cannot be done."""
    settings = settings_to_read(options)
    content, _, _ = read_cached(settings, notes=False)  # only then are the kinds of plugins known
    if word not in KINDS:
        raise NotRenamed(f"{quoted(word)} is not one of {', '.join(KINDS)}.")
    kind = KINDS[word]
    terms = _terms(content, kind)
    meant = [each for each in terms if each.name == old] or [
        each for each in terms if each.slug == old
    ]
    if len(meant) != 1:
        hint = did_you_mean(old, [each.name for each in terms])
        raise NotRenamed(
            f"There {'are several' if meant else 'is no'} {word}"
            f" {quoted(old)}{f'; {hint}' if hint else ''}"
        )
    try:
        name = (topic if kind.is_free else printed_name)(new)
    except Refused as problem:
        raise NotRenamed(f"The new name {problem}") from None
    if name == meant[0].name:
        raise NotRenamed(f"{quoted(name)} is its name already.")
    if word == "type" and meant[0].name == settings.DEFAULT_STORY_TYPE:
        raise NotRenamed(
            f"The setting DEFAULT_STORY_TYPE is {quoted(meant[0].name)}; make it {quoted(name)}"
            " first."
        )
    others = {each.name: each for each in terms if each is not meant[0]}
    made = Renaming(content, options, kind, meant[0], name, others.get(name), frozenset(others))
    made.plan()
    made.judge(settings)
    return made


def renamed(
    text: str, old: Collection[str], new: str, role: str = "", is_plain: bool = False
) -> str:
    """A key with its value, where the new name takes the place of old ones; it is named once, where
    the first of them was.
    """
    quoted_forms = {
        name: (name, name.replace("'", "''"), _in_quotes(name)[1:-1]) for name in (*old, new)
    }
    there = False

    def instead(match: re.Match[str]) -> str:
        nonlocal there
        if there:
            return "\0"
        there = True
        if is_plain:
            plain = new
        elif set(new) & set(",[]{}"):
            plain = _in_quotes(new)
        else:
            plain = scalar(new)
        name = {"'": quoted_forms[new][1], '"': quoted_forms[new][2]}.get(match["quote"], plain)
        return f"{match['before']}{match['name'] if match['name'] == new else name}{match['rest']}"

    names = "|".join(
        re.escape(form) for forms in quoted_forms.values() for form in dict.fromkeys(forms)
    )
    changed = re.sub(ENTRY.format(names=names, role=role), instead, text, flags=re.M)
    return re.sub(r"\n\0[^\n]*|\0", "", changed)


def _in_quotes(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def _terms(content: Content, kind: Kind) -> list[Named]:
    """The terms of a kind; free ones are those that stories and their list name."""
    if kind.names:
        return [Named(each.data.name, each.data.slug, each) for each in content.listed[kind.name]]
    entries = {entry.data.name.casefold(): entry for entry in content.lists.entries_of(kind)}
    names = dict.fromkeys(
        name for story in content.stories for name in record_names(story, kind.key)
    )
    names |= {entry.data.name: None for entry in entries.values()}
    given = content.lists.slugs_of[kind.name]
    return [Named(name, slug_of(name, given), entries.get(name.casefold())) for name in names]


def _margin(line: str | None) -> int:
    """How far in a line begins; a blank one ends what is above it, and one that is gone does
    not.
    """
    if line is None:
        return 1_000_000
    if line.strip():
        return len(line) - len(line.lstrip())
    return 0


def _column(line: str | None) -> int:
    """Where the key of a line begins, after the hyphen of a list."""
    return len(line or "") - len((line or "").lstrip(" \t-"))
