"""Commands for writers and editors: new, due, rename."""

from __future__ import annotations

import sys

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task
from msgspec.structs import replace

from broadside.build.report import as_json
from broadside.commands.ending import (
    NOW,
    WHERE,
    OfSeveral,
    ending,
    explain_where_a_flag_stands,
    mending_first,
    refuse_other_than,
)
from broadside.config.options import Options, draft_pattern, newest_port
from broadside.terminal import show


@task(
    positional=["headline", "name"],
    klass=OfSeveral,
    iterable=["section", "author"],
    auto_shortflags=False,  # -h is for help
    help={
        "headline": "the headline, in quotes; or author",
        "name": "after author: the name, in quotes",
        "slug": (
            "the last part of its address (default: the headline's words; the day and a number if"
            " their script has no spelling in a-z)"
        ),
        "dek": "the sentence below the headline",
        "section": (
            "where it belongs, as sections.yml spells it; several with commas between them, or each"
            " after its own --section"
        ),
        "author": (
            "who writes it: the name, or the author's file without .md; several in the same way"
        ),
        "type": "what kind of story it is, as story_types.yml spells it (default: the first there)",
        "series": "the series that it is a part of: the name, or its file without .md",
        "photo": "a picture file, which is copied into photos/ with its caption and credit",
        "alt": "what can be seen in the photo",
        "credit": "who made the photo, if its file does not say",
        "content": WHERE["content"],
    },
)
def new(
    c: Context,
    headline: str,
    name: str,
    slug: str = "",
    dek: str = "",
    section: list[str] | None = None,
    author: list[str] | None = None,
    type: str = "",
    series: str = "",
    photo: str = "",
    alt: str = "",
    credit: str = "",
    content: str = "",
) -> None:
    """Start a story: write a file ready to fill in, and print where it is.

    For example: ./inv new "The ice road waits" --section Europe --author "Ilse Vandermeer" In a
    terminal you are asked for what you leave out; ./inv new alone asks for everything, and opens
    your editor. The story is a draft until you delete its line "status: draft". ./inv new author
    "Jo Smith" makes an author's file.
    """
    explain_where_a_flag_stands(headline, "new")
    if headline == "author":
        _new_author(name, content)
        return
    if name:
        raise Exit(f'Write the headline in quotes: ./inv new "{headline} {name} …"', 2)
    from broadside.editing.new import (
        Idea,
        Known,
        NoAnswer,
        NotStarted,
        asked,
        at_a_terminal,
        handed_in,
        new_story,
        opened_in_editor,
    )

    ask = at_a_terminal() and not (headline and section and author)
    with ending(NotStarted, NoAnswer):
        shown = None
        if photo:
            shown = handed_in(photo)
        if shown:
            shown = replace(shown, alt=alt, credit=credit or shown.credit)
        idea = Idea(headline, section or (), author or (), type, shown, series, dek, slug)
        known = Known.of(Options(content=content))
        if ask:
            idea = asked(idea, known)
        path = new_story(known, idea)
    print(path)
    address = f"http://127.0.0.1:{newest_port()}/{draft_pattern(Options()).format(slug=path.stem)}"
    print(
        f"Fill it in. While ./inv serve runs, you see it at {address}", file=sys.stderr, flush=True
    )
    if at_a_terminal():
        opened_in_editor(path)


def _new_author(name: str, content: str) -> None:
    if not name:
        raise Exit('Say whose file: ./inv new author "Jo Smith"', 2)
    from broadside.editing.new import NotStarted, at_a_terminal, new_author, opened_in_editor

    with ending(NotStarted):
        path = new_author(Options(content=content), name)
    print(path)
    print(
        "Write the author's life below the last line, and commit it with the first story.",
        file=sys.stderr,
    )
    if at_a_terminal():
        opened_in_editor(path)


@task(
    help={
        "content": WHERE["content"],
        "now": NOW,
        "since": "also what fell due since a moment, such as the last publish: 2026-11-25T09:00",
        "format": "text or json",
    }
)
def due(
    c: Context, content: str = "", now: str = "", since: str = "", format: str = "text"
) -> None:
    """Say when the site next changes by itself, and why.

    A held story comes out, a slot's time on the front page is over, a story leaves the news
    sitemap, a year begins. With --since, the exit code is 0 if something fell due since then, and 3
    if nothing did: a job that runs every few minutes can ask in this way whether there is anything
    to publish.
    """
    from broadside.build.due import due

    refuse_other_than(("text", "json"), format)
    with mending_first("Nothing can be published"):
        calendar = due(Options(content=content, now=now), since)
    if format == "json":
        print(as_json(calendar))
    else:
        show(str(calendar), calendar.table)
    raise Exit(code=calendar.exit_code)


@task(
    positional=["kind", "old", "new"],
    help={
        "kind": "section, topic, author, type or series",
        "old": "its name as it is, in quotes",
        "new": "the name that it is to have; if another has that name, the two become one",
        "yes": "change the files without asking",
        "content": WHERE["content"],
    },
)
def rename(c: Context, kind: str, old: str, new: str, yes: bool = False, content: str = "") -> None:
    """Rename a section, topic, author, type or series wherever it is named, or merge it with
    another.

    For example: ./inv rename section "North America" Americas What would change is shown first, and
    you are asked. The old address leads to the new one. Commit what you have changed before: Git
    can then take all of it back.
    """
    explain_where_a_flag_stands(kind, "rename")
    from broadside.editing.new import at_a_terminal
    from broadside.editing.rename import NotRenamed, planned
    from broadside.git import GitFailed, Uncommitted, way_back

    nothing = "Nothing was renamed"
    with (
        ending(NotRenamed),
        ending(Uncommitted, GitFailed, says=f"{nothing}: "),
        ending(EOFError, says=f"\n{nothing}."),
    ):
        made = planned(Options(content=content), kind, old, new)
        print(*made.shown(), sep="\n", flush=True)
        back = way_back(made.content.root)
        if not back:
            print("The content is in no Git repository: what is changed cannot be undone.")
        if not yes and not at_a_terminal():
            raise Exit(f"{nothing}: there is nobody to ask, and --yes does it without.", 1)
        if not yes and input("Change them? (y or n) [n]: ").strip().casefold() not in ("y", "yes"):
            raise Exit(f"{nothing}.", 1)
    undo = ""
    if back:
        undo = f"{back} takes it back"
    with ending(OSError, says=f"Not everything was renamed{f'; {undo}' if undo else ''}: "):
        made.write(made.content.root)
    print(f"Renamed. Commit all of these files together{f'; until then, {undo}' if undo else ''}.")
