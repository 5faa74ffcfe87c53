"""Asks a writer what ./inv new needs, one line at a time, until each answer can be used."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from broadside.editing.new import Idea, Known, NotStarted, Photo, handed_in
from broadside.git import GitFailed, git
from broadside.slugs import is_guessed

T = TypeVar("T")
SHOWN = 20
"""How many suggestions are listed; more would push the question off the screen, and part of a name finds any of them."""


class NoAnswer(Exception):
    """The writer gave up."""


def is_there() -> bool:
    """Whether there is a terminal at which somebody can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def asked(idea: Idea, known: Known) -> Idea:
    """The idea, completed with the writer's answers."""

    def headline(answer: str) -> str:
        known.free_slug(answer, idea.slug)
        return answer

    def free(answer: str) -> str:
        return known.free_slug(name, answer)

    def needed(find: Callable[[list[str]], list[str]]) -> Callable[[str], list[str]]:
        def check(answer: str) -> list[str]:
            found = find([answer])
            if not found:
                raise NotStarted("One of these is needed.")
            return found

        return check

    name = idea.headline or _until("Headline", headline)
    slug = idea.slug
    if not slug and is_guessed(name):
        slug = _until("Slug, the last part of its address, in the letters a-z", free, known.free_slug(name))
    dek = idea.dek or _line("Dek, the sentence below it (Enter for later)")
    sections = known.sections_of(idea.sections) or _some_of("Section", known.sections, needed(known.sections_of))
    authors = known.authors_of(idea.authors)
    if not authors and known.authors:
        authors = _some_of("Author", list(known.authors), needed(known.authors_of), _me(known))
    story_type = known.story_type(idea.story_type)
    if not story_type and known.types:
        (story_type,) = _some_of("Type", known.types, lambda answer: [known.story_type(answer)], known.types[0])
    return Idea(name, sections, authors, story_type, _photo(idea.photo), idea.series, dek, slug)


def opened(path: Path) -> bool:
    """Whether the writer wanted to open a file in their editor, which has then been closed again; not asked if they name none."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(editor)
    except ValueError:
        command = []
    try:
        if not command or _line(f"Open it in {Path(command[0]).name}? (y or n)", "y").casefold() not in ("y", "yes"):
            return False
        return subprocess.run([*command, str(path)], check=False).returncode == 0
    except OSError as problem:
        print(f"  {editor}: {problem.strerror}")
    except NoAnswer:
        pass
    return False


def _me(known: Known) -> str:
    """The author who is typing: the one with Git's user name, or the only author there is."""
    try:
        name = git(known.options.content_path, "config", "user.name").decode("utf-8", "replace").strip()
    except GitFailed:
        name = ""
    mine = [author for author in known.authors if author.casefold() == name.casefold()]
    return (mine or (list(known.authors) if len(known.authors) == 1 else [""]))[0]


def _photo(photo: Photo | None) -> Photo | None:
    """The photo with the words that it needs; None if there is to be none."""
    photo = photo or _until("Photo (its file; Enter for none)", lambda answer: handed_in(answer) if answer else None)
    if photo is None:
        return None
    return replace(
        photo,
        alt=photo.alt or _line("What does one see in it? (for readers who cannot; Enter for later)"),
        caption=_line("Caption", photo.caption),
        credit=_line("Credit", photo.credit),
    )


def _line(question: str, otherwise: str = "") -> str:
    """The writer's answer; `otherwise` if the writer only presses Enter."""
    try:
        return input(f"{question} [{otherwise}]: " if otherwise else f"{question}: ").strip() or otherwise
    except (EOFError, KeyboardInterrupt):
        print()
        raise NoAnswer("Nothing was started.") from None


def _until(question: str, check: Callable[[str], T], otherwise: str = "") -> T:
    """What `check` makes of the first answer that it accepts; its ValueError says what is wrong with the others."""
    while True:
        try:
            return check(_line(question, otherwise))
        except ValueError as problem:
            print(f"  {problem}")


def _some_of(question: str, names: Sequence[str], find: Callable[[str], list[str]], otherwise: str = "") -> list[str]:
    """One of the names, by its number or a part that no other has, or what `find` makes of the answer; the result is shown."""
    for number, name in enumerate(names[:SHOWN], 1):
        print(f"  {number:>2}  {name}")
    if len(names) > SHOWN:
        print(f"      and {len(names) - SHOWN} more")

    def check(answer: str) -> list[str]:
        if answer.isdecimal() and 0 < int(answer) <= len(names[:SHOWN]):
            return [names[int(answer) - 1]]
        parts = [name for name in names if answer and answer.casefold() in name.casefold()]
        return find(parts[0] if len(parts) == 1 else answer)

    found = _until(question, check, otherwise)
    print(f"  {', '.join(found)}")  # shown because "ana" is in Hana too
    return found
