"""Starts a story: ./inv new."""

from __future__ import annotations

import json
from pathlib import Path

from broadside.desk.new.asking import asked
from broadside.desk.new.known import Idea, Known, NotStarted
from broadside.desk.new.photo import Photo, copied
from broadside.desk.options import Options, settings_of
from broadside.desk.reading import with_own_keys
from broadside.plugins.front_matter.data import SINGLE
from broadside.plugins.newsroom.read import desk_of

TEMPLATE = """---
title: {title}
# One sentence: the line under the headline, also in lists and feeds.
dek:
date: {date}
{author}
{section}
type: {type}
topics: []
{photo}
status: draft # when the story is ready, set date to the hour at which it comes out, and delete this line
---

"""
REMARK = """# For a photo, fill these in and take the hash signs away: alt says what one sees in it, caption what it shows,
# and credit who made it, as in Photo by A. Person/Agency.
"""
"""The remark above a photo's lines that are to be filled in. Placeholders might be printed as a photographer's name."""


def new_story(options: Options, idea: Idea, ask: bool = False) -> Path:
    """Write a story file with its front matter ready to fill in, and return its path as the user can open it.

    With `ask`, the writer is asked in the terminal for what the idea lacks.
    """
    desk = desk_of(with_own_keys(settings_of(options)))
    known = Known.of(options, desk)
    if ask:
        idea = asked(idea, known)
    slug = known.free_slug(idea.headline)
    lines = {
        "title": scalar(idea.headline),
        "section": line_of("section", known.sections_of(idea.sections)),
        "author": line_of("author", known.authors_of(idea.authors)),
        "type": scalar(known.story_type(idea.story_type) or next(iter(known.types), "")),
    }
    path = Path(options.content_prefix) / "articles" / f"{desk.now:%Y}" / f"{slug}.md"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        photo = _photo_lines(idea.photo, options.content_path, slug)
        with path.open("x", encoding="utf-8") as file:
            file.write(TEMPLATE.format(date=f"{desk.now:%Y-%m-%dT%H:%M}", photo=photo, **lines))
    except FileExistsError:
        raise NotStarted(f"{path} is there already.") from None
    except OSError as problem:
        raise NotStarted(f"{problem.filename or path} cannot be written ({problem.strerror}).") from None
    return path


def _photo_lines(photo: Photo | None, content: Path, slug: str) -> str:
    """The four lines of a photo, behind hash signs if it lacks words without which it would be a fault."""
    words = {"photo": copied(photo, content, slug) if photo else "photos/name.jpg"}
    words |= {key: getattr(photo, key, "") for key in ("alt", "caption", "credit")}
    lines = [f"{key}: {scalar(text)}".rstrip() for key, text in words.items()]
    if photo and photo.complete:
        return "\n".join(lines)
    return REMARK + "\n".join(f"# {line}" for line in lines)


def line_of(key: str, names: list[str]) -> str:
    """The line of front matter with these names: the singular key with at most one name, or the plural key with a list."""
    if len(names) < 2:
        return f"{key}: {scalar(''.join(names))}"
    parts = (json.dumps(name, ensure_ascii=False) if set(name) & set(",[]{}") else scalar(name) for name in names)
    return f"{next(several for several, single in SINGLE.items() if single == key)}: [{', '.join(parts)}]"


def scalar(text: str) -> str:
    """The text as a YAML value, in quotes if it would be read as something else without them."""
    line = " ".join(text.split())
    plain = line[:1].isalnum() and ": " not in line and " #" not in line and not line.endswith(":")
    return line if plain or not line else json.dumps(line, ensure_ascii=False)
