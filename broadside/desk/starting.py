"""Starts an outlet: `broadside init DIR` writes a small repository with settings, first content, tests and the engine's wheel."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import jinja2
from msgspec import Struct

from broadside.desk.git import GitFailed, git
from broadside.desk.wheels import Wheel
from broadside.plugins.look.faces import letters_for
from broadside.plugins.slugs import slugify

FORGES = {
    "github": (".github/workflows/check.yml", ".github/workflows/publish.yml"),
    "gitlab": (".gitlab-ci.yml",),
    "forgejo": (".forgejo/workflows/check.yml", ".forgejo/workflows/publish.yml"),
    "none": (),
}
"""The files of each forge that an outlet gets; the engine's wheel has them in starter/forges."""


class NotStarted(Exception):
    """No outlet was written; says why."""


class Plan(Struct, frozen=True):
    """An outlet as it was asked for."""

    name: str
    tagline: str
    url: str
    lang: str
    timezone: str
    sections: Sequence[str]
    authors: Sequence[str]
    forge: str


def forge(written: str) -> str:
    """The name of a forge; raises ValueError if it is not known."""
    if written not in FORGES:
        raise ValueError(f'"{written}" is none of {", ".join(FORGES)}')
    return written


def names(written: Sequence[str]) -> Sequence[str]:
    """Names of sections or authors; raises ValueError if two would have the same address, or one could have none."""
    known: dict[str, str] = {}
    for name in written:
        slug = slugify(name)
        if not slug:
            raise ValueError(f'"{name}" has no letters for an address')
        if slug in known:
            raise ValueError(f'"{known[slug]}" and "{name}" would have the same address')
        known[slug] = name
    return written


def is_free(folder: Path) -> bool:
    """Whether an outlet may be written into a folder: it is new or empty."""
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def write(folder: Path, plan: Plan, wheel: Wheel) -> list[str]:
    """Write an outlet into a new or empty folder and commit it; the paths of its files."""
    files = dict(files_of(plan, wheel))
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (folder / "inv").chmod(0o755)
    (folder / "vendor").mkdir()
    shutil.copy(wheel.path, folder / "vendor")
    _commit(folder, plan)
    return [*files, f"vendor/{wheel.path.name}"]


def files_of(plan: Plan, wheel: Wheel) -> Iterator[tuple[str, str]]:
    """Path and text of each file of a new outlet, except the wheel."""
    environment = jinja2.Environment(  # noqa: S701 -- its files are no HTML
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)  # Python and YAML read it alike
    now = datetime.now(UTC).astimezone(ZoneInfo(plan.timezone))
    values = {name: getattr(plan, name) for name in plan.__struct_fields__}
    values |= {
        "version": wheel.version,
        "author": plan.authors[0],
        "latin": letters_for(plan.lang) == ("latin",),
        "date": f"{now:%Y-%m-%dT%H:%M}",
    }
    places = {
        "gitignore": ".gitignore",
        "content/article.md": f"content/articles/{now:%Y}/how-to-write-the-next-story.md",
    }
    for name in wheel.names("starter/outlet"):
        path = name.removesuffix(".jinja")
        template = environment.from_string(wheel.text(f"starter/outlet/{name}"))
        if path == "content/author.md":
            for author in plan.authors:
                yield f"content/authors/{slugify(author)}.md", template.render(values | {"author": author})
        else:
            yield places.get(path, path), template.render(values)
    yield from generated(plan.forge, wheel)
    yield "requirements.lock", wheel.lock()


def generated(forge: str, wheel: Wheel) -> Iterator[tuple[str, str]]:
    """Path and text of each file that is the engine's in an outlet on this forge."""
    yield "inv", wheel.text("starter/inv")
    yield ".gitattributes", wheel.text("starter/gitattributes")
    for path in FORGES[forge]:
        yield path, wheel.text(f"starter/forges/{path}")


def _commit(folder: Path, plan: Plan) -> None:
    """Make the first commit, in the name of whoever Git knows, or of the outlet."""
    try:
        git(folder, "init", "-q", "-b", "main")
        git(folder, "add", "-A")
        git(folder, *_author(folder, plan), "commit", "-q", "-m", f"{plan.name}, as broadside init wrote it")
    except GitFailed as problem:
        raise NotStarted(f"{folder} is written, but not committed: {problem}") from None


def _author(folder: Path, plan: Plan) -> list[str]:
    try:
        git(folder, "config", "user.email")
    except GitFailed:
        return ["-c", f"user.name={plan.name}", "-c", "user.email=outlet@localhost"]
    return []
