"""Starts an outlet: `broadside init DIR` writes a small repository with settings, first content,
tests and the engine's wheel.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import jinja2
from msgspec import Struct

from broadside.git import GitFailed, git
from broadside.look.faces import letters_for
from broadside.outlet.wheels import Wheel
from broadside.settings import defaults
from broadside.slugs import is_guessed, slug_problem, slugify
from broadside.words import Catalogs, Language, marked

FORGES = {
    "github": (".github/workflows/check.yml", ".github/workflows/publish.yml"),
    "gitlab": (".gitlab-ci.yml",),
    "forgejo": (".forgejo/workflows/check.yml", ".forgejo/workflows/publish.yml"),
    "none": (),
}
"""The files of each forge for an outlet; the engine's wheel has them in starter/forges."""


ADDRESSES = {
    name: written.groups()
    for name, value in defaults().items()
    if name.endswith("_URL") and (written := re.fullmatch(r"([a-z/]+)(/(?:\{slug\}/)?)", value))
}
"""Each setting of an address that begins with words, which are in the outlet's language: those, and
what is below.
"""
SECTIONS = (
    *(marked("section", "World"), marked("section", "Politics"), marked("section", "Economy")),
    marked("section", "Culture"),
)
TYPES = (
    (*marked("story type", "Analysis"), "AnalysisNewsArticle"),
    (*marked("story type", "Reporting"), "ReportageNewsArticle"),
    (*marked("story type", "Opinion"), "OpinionNewsArticle"),
)
"""The first story types, and their article types for search engines, which only English names
imply.
"""


COMMIT = ", as broadside init wrote it"
"""The end of the subject of the first commit, after the outlet's name."""


FIRST = {
    "bio": marked("first story", "Writes for %(outlet)s."),
    "new_outlet": marked("first story", "%(outlet)s is a new outlet."),
    "title": marked("first story", "How to write the next story"),
    "dek": marked(
        "first story", "A story is a file with a few lines at the top and the text below them."
    ),
    "begin": marked(
        "first story",
        "This story is a file in the folder %(folder)s. Begin the next one with a headline:",
    ),
    "look": marked(
        "first story",
        "The command asks for the section and the author, and prints where the new file is. Fill it"
        " in, and see the page while you write:",
    ),
    "where": marked(
        "first story",
        "The site is then at %(address)s, on this computer alone, and follows each time you save.",
    ),
    "check": marked(
        "first story",
        "Before it goes out, this finds what is missing or wrong, and says in which line:",
    ),
    "done": marked(
        "first story",
        "When nothing is, commit the file and push it. Then delete this story: it has served its"
        " purpose.",
    ),
}
"""The texts for readers and writers in the first files of an outlet in another language."""


class OutletNotStarted(Exception):
    """No outlet was written; the message says why."""


class Named(Struct, frozen=True):
    """A section or an author; `slug` is empty if it follows from the name."""

    name: str
    slug: str = ""

    @property
    def address(self) -> str:
        """The last part of its address."""
        return self.slug or slugify(self.name)


class OutletPlan(Struct, frozen=True):
    """The outlet as requested."""

    name: str
    tagline: str
    url: str
    lang: str
    timezone: str
    sections: Sequence[Named]
    authors: Sequence[Named]
    forge: str


def forge(written: str) -> str:
    """The name of a forge; raises ValueError if it is unknown."""
    if written not in FORGES:
        raise ValueError(f'"{written}" is none of {", ".join(FORGES)}')
    return written


def names(written: Sequence[str]) -> Sequence[Named]:
    """Sections or authors, each as NAME or NAME=slug; raises ValueError if two would have the same
    address, or one has none.
    """
    known: dict[str, Named] = {}
    if problem := lacking_slugs(written):
        raise ValueError(problem)
    for each in written:
        one = _named(each)
        if problem := slug_problem(one.address):
            raise ValueError(f'"{each}": the slug {problem}')
        if one.address in known:
            raise ValueError(
                f'"{known[one.address].name}" and "{one.name}" would have the same address'
            )
        known[one.address] = one
    return list(known.values())


def lacking_slugs(written: Sequence[str]) -> str:
    """What is wrong if some of these sections or authors need a slug and have none, or ""."""
    lacking = [
        each
        for each in written
        if not (one := _named(each)).slug and (is_guessed(one.name) or not one.address)
    ]
    if not lacking:
        return ""
    need = "needs the last part of its address"
    if lacking[1:]:
        need = "need the last parts of their addresses"
    those, mended = (", ".join(f'"{each}{end}"' for each in lacking) for end in ("", "=some-words"))
    return f"{those} {need}, in the letters a-z: {mended}"


def _named(written: str) -> Named:
    name, given, slug = (part.strip() for part in written.rpartition("="))
    if given and name:
        return Named(name, slug)
    return Named(written)


def write(folder: Path, plan: OutletPlan, wheel: Wheel) -> list[str]:
    """Write an outlet into a new or empty folder and commit it; returns the paths of its files."""
    files = dict(files_of(plan, wheel))
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (folder / "inv").chmod(0o755)
    (folder / "vendor").mkdir(exist_ok=True)
    wheels = [wheel.path, *wheel.add_ons()]
    for each in wheels:
        shutil.copy(each, folder / "vendor")
    _commit(folder, plan)
    return [*files, *(f"vendor/{each.name}" for each in wheels)]


def files_of(plan: OutletPlan, wheel: Wheel) -> Iterator[tuple[str, str]]:
    """Path and text of each file of a new outlet, except the wheel."""
    environment = jinja2.Environment(  # noqa: S701 -- its files are no HTML
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )
    # Python and YAML read it alike
    environment.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)
    now = datetime.now(UTC).astimezone(ZoneInfo(plan.timezone))
    values = {name: getattr(plan, name) for name in plan.__struct_fields__}
    words = Catalogs(plan.lang).of()
    values |= {
        "addresses": addresses_in(words),
        "types": [
            (*_written(words, context, name).partition("=")[::2], kind)
            for context, name, kind in TYPES
        ],
        "about": words.pgettext("page", "About"),
        "about_url": words.pgettext("address", "about"),
        "editor": words.pgettext("role", "Editor"),
        "english": words.is_english,
        "translated": not words.lacks(FIRST.values()),
    }
    values["first"] = {
        name: words.pgettext(
            *said, outlet=plan.name, folder="`content/articles`", address="`http://127.0.0.1:8000`"
        )
        for name, said in FIRST.items()
    }
    values |= {
        "version": wheel.version,
        "author": plan.authors[0].name,
        "latin": letters_for(plan.lang) == ("latin",),
        "date": f"{now:%Y-%m-%dT%H:%M}",
    }
    places = {
        "gitignore": ".gitignore",
        "content/pages/about.md": f"content/pages/{values['about_url']}.md",
        "content/article.md": f"content/articles/{now:%Y}/how-to-write-the-next-story.md",
    }
    for name in wheel.names("starter/outlet"):
        path = name.removesuffix(".jinja")
        template = environment.from_string(wheel.text(f"starter/outlet/{name}"))
        if path == "content/author.md":
            for author in plan.authors:
                yield (
                    f"content/authors/{author.address}.md",
                    template.render(values | {"author": author.name}),
                )
        else:
            yield places.get(path, path), template.render(values)
    yield from generated(plan.forge, wheel)
    yield "requirements.lock", wheel.lock()


def suggested(lang: str) -> tuple[list[str], list[str]]:
    """First sections and authors for an outlet that has none yet, in the form for `names`."""
    words = Catalogs().of(lang)
    return [_written(words, *each) for each in SECTIONS], [
        _written(words, *marked("author", "The Editors"))
    ]


def _written(words: Language, context: str, message: str) -> str:
    """A name in the outlet's language, with the slug of the English one if its own would be a
    guess.
    """
    said = words.pgettext(context, message)
    if is_guessed(said):
        return f"{said}={slugify(message)}"
    return said


def addresses_in(words: Language) -> dict[str, str]:
    """The settings of addresses that differ from the engine's in a language."""
    found = {}
    for setting, (word, rest) in ADDRESSES.items():
        said = words.pgettext("address", word)
        if said != word:
            found[setting] = f"{said}{rest}"
    return found


def generated(forge: str, wheel: Wheel) -> Iterator[tuple[str, str]]:
    """Path and text of each generated file of an outlet on this forge."""
    yield "inv", wheel.text("starter/inv")
    yield ".gitattributes", wheel.text("starter/gitattributes")
    for path in FORGES[forge]:
        yield path, wheel.text(f"starter/forges/{path}")


def _commit(folder: Path, plan: OutletPlan) -> None:
    """Make the first commit, in the name of Git's user or else of the outlet."""
    try:
        git(folder, "init", "-q", "-b", "main", repository=folder / ".git")
        git(folder, "add", "-A")
        git(folder, *_author(folder, plan), "commit", "-q", "-m", f"{plan.name}{COMMIT}")
    except GitFailed as problem:
        raise OutletNotStarted(f"{folder} is written, but not committed: {problem}") from None


def _author(folder: Path, plan: OutletPlan) -> list[str]:
    try:
        git(folder, "config", "user.email")
    except GitFailed:
        return ["-c", f"user.name={plan.name}", "-c", "user.email=outlet@localhost"]
    return []
