"""Starts an outlet: `broadside init DIR` writes a small repository with settings, first content, tests and the engine's wheel."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import jinja2
from msgspec import Struct

from broadside.desk.git import GitFailed, git
from broadside.desk.wheels import Wheel
from broadside.plugins.front_matter.fields import language
from broadside.plugins.slugs import slugify

FORGES = {
    "github": (".github/workflows/check.yml", ".github/workflows/publish.yml"),
    "gitlab": (".gitlab-ci.yml",),
    "forgejo": (".forgejo/workflows/check.yml", ".forgejo/workflows/publish.yml"),
    "none": (),
}
"""The files of each forge that an outlet gets; the engine's wheel has them in starter/forges."""
GENERATED = ("inv", ".gitattributes", *(path for paths in FORGES.values() for path in paths))
"""Files that are the engine's in an outlet: ./inv upgrade replaces them where nobody changed them."""


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


def refuse(plan: Plan) -> None:
    """Raise NotStarted if something in the plan cannot be."""
    if plan.forge not in FORGES:
        raise NotStarted(f'--forge "{plan.forge}" is none of {", ".join(FORGES)}')
    try:
        ZoneInfo(plan.timezone)
    except (ValueError, OSError, KeyError):
        raise NotStarted(f'--timezone "{plan.timezone}" is not a time zone; write it as Europe/Paris') from None
    try:
        language(plan.lang)
    except ValueError as problem:
        raise NotStarted(f"--lang {problem}") from None
    address = urlsplit(plan.url)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise NotStarted(f'--url "{plan.url}" is not the address of a site; write it as https://example.org')
    for flag, names in (("--section", plan.sections), ("--author", plan.authors)):
        for name in names:
            if not slugify(name):
                raise NotStarted(f'{flag} "{name}" has no letters for an address')


def write(folder: Path, plan: Plan, wheel: Wheel) -> list[str]:
    """Write an outlet into a new or empty folder and commit it; the paths of its files."""
    refuse(plan)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotStarted(f"{folder} is not empty: name a new folder")
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
    values |= {"version": wheel.version, "author": plan.authors[0], "date": f"{now:%Y-%m-%dT%H:%M}"}
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
