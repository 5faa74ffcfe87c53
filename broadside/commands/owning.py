"""Commands for owners: init, upgrade, template, words, docs, import, and the tests of an outlet."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

from broadside.commands.ending import (
    OfSeveral,
    add_on_or_end,
    ending,
    explain_where_a_flag_stands,
)
from broadside.folders import DOCS_AND_LOCKS, OUTLET
from broadside.terminal import bars

T = TypeVar("T")


@task(
    positional=["dir"],
    klass=OfSeveral,
    iterable=["section", "author"],
    auto_shortflags=False,
    help={
        "dir": "the new folder",
        "name": "the outlet's name",
        "tagline": "the line below the name on the front page",
        "url": "the address of the live site, such as https://example.org",
        "lang": "the outlet's language as a tag, such as es (default: en)",
        "timezone": "where its readers are, such as Europe/Madrid (default: this machine's)",
        "section": "a section, as NAME or NAME=slug; each after its own --section",
        "author": "an author, as NAME or NAME=slug; each after its own --author",
        "forge": "where it will be kept: github, gitlab, forgejo or none",
        "wheel": (
            "the engine's wheel, which is put into the outlet (default: the one that this engine"
            " came from)"
        ),
        "yes": "ask nothing",
    },
)
def init(
    c: Context,
    dir: str,
    name: str = "",
    tagline: str = "",
    url: str = "",
    lang: str = "",
    timezone: str = "",
    section: list[str] | None = None,
    author: list[str] | None = None,
    forge: str = "",
    wheel: str = "",
    yes: bool = False,
) -> None:
    """Start an outlet: write a small repository of its own into a new folder, and make its first
    commit.

    In a terminal you are asked for what you leave out, with suggestions.
    """
    explain_where_a_flag_stands(dir, "init")
    from broadside.config.checks import live_url, zone
    from broadside.front_matter.fields import language
    from broadside.outlet import starting
    from broadside.outlet.alone import is_free
    from broadside.outlet.wheels import NoWheel, wheel_to_use

    folder, own_sections, own_authors = Path(dir), section or [], author or []
    if not is_free(folder):
        raise Exit(f"{dir} is not a new or empty folder: name one that is", 1)
    _refuse_without_slugs(("--section", own_sections), ("--author", own_authors))
    ask = Asker(quiet=yes or not sys.stdin.isatty())
    usual = re.sub(r"[-_]+", " ", folder.resolve().name).title()
    name = ask("--name", name, "Name of the outlet", usual)
    tagline = ask("--tagline", tagline, "The line below the name (may be empty)", "")
    url = ask("--url", url, "Address of the live site", "https://example.org", live_url).rstrip("/")
    lang = ask("--lang", lang, "Language", "en", language)
    timezone = ask("--timezone", timezone, "Time zone", _zone(), zone)
    some_sections, some_authors = starting.suggested(lang)
    what = "Sections, with commas between them"
    sections = ask.several("--section", own_sections, what, some_sections, starting.names)
    what = "Authors, with commas between them"
    authors = ask.several("--author", own_authors, what, some_authors, starting.names)
    what = f"Forge ({', '.join(starting.FORGES)})"
    forge = ask("--forge", forge, what, "none", starting.forge)
    plan = starting.OutletPlan(
        name=name,
        tagline=tagline,
        url=url,
        lang=lang,
        timezone=timezone,
        sections=sections,
        authors=authors,
        forge=forge,
    )
    with tempfile.TemporaryDirectory() as scratch, ending(starting.OutletNotStarted, NoWheel):
        files = starting.write(folder, plan, wheel_to_use(wheel, Path(scratch)))
    print(
        f"{plan.name} is in {dir}: {len(files)} files, committed. Next:\n\n  cd {dir}\n  ./inv"
        " serve\n"
    )


def _refuse_without_slugs(*given: tuple[str, list[str]]) -> None:
    from broadside.outlet import starting

    problems = []
    for flag, names in given:
        if problem := starting.lacking_slugs(names):
            problems.append(f"{flag} {problem}")
    if problems:
        raise Exit("\n".join(problems), 2)


class Asker:
    """Takes the values of flags, or asks in the terminal until an answer is valid; an invalid flag
    ends the command.
    """

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet

    def __call__(
        self,
        flag: str,
        given: str,
        question: str,
        suggestion: str,
        check: Callable[[str], str] = str,
    ) -> str:
        """The checked answer; `check` raises ValueError for an invalid one."""
        answer: str = self._checked(flag, given, question, suggestion, check)
        return answer

    def several(
        self,
        flag: str,
        given: list[str],
        question: str,
        suggestion: list[str],
        check: Callable[[Sequence[str]], Sequence[T]],
    ) -> Sequence[T]:
        """The answers; in the terminal they are separated by commas."""
        if given:
            found: Sequence[T] = self._checked(flag, given, question, "", check)
        else:
            found = self._checked(
                flag, "", question, ", ".join(suggestion), lambda written: check(_parts(written))
            )
        return found

    def _checked(
        self, flag: str, given: Any, question: str, suggestion: str, check: Callable[[Any], Any]
    ) -> Any:
        while True:
            written = given or (suggestion if self._quiet else _answer(question, suggestion))
            try:
                return check(written)
            except ValueError as problem:
                if given or self._quiet:
                    raise Exit(f"{flag} {problem}", 2) from None
                print(problem)


def _answer(question: str, suggestion: str) -> str:
    shown = ""
    if suggestion:
        shown = f" [{suggestion}]"
    try:
        return input(f"{question}{shown}: ").strip() or suggestion
    except EOFError:
        raise Exit("\nNothing was written.", 1) from None


def _parts(written: str) -> list[str]:
    return [part for each in written.split(",") if (part := each.strip())]


def _zone() -> str:
    """This machine's time zone; UTC if it does not say."""
    if named := os.environ.get("TZ"):
        return named.lstrip(":")
    try:
        return os.path.realpath("/etc/localtime").partition("/zoneinfo/")[2] or "UTC"
    except OSError:
        return "UTC"


@task(
    positional=["wanted"],
    help={
        "wanted": "a version, or a wheel's file (default: the newest version)",
        "undo": "bring the version whose wheel the last upgrade left in vendor/",
        "dry-run": "say what would change, and change nothing",
    },
)
def upgrade(c: Context, wanted: str, undo: bool = False, dry_run: bool = False) -> None:
    """Bring another version of Broadside, once the site can be built with it, and say what changes.

    The engine's own files (inv, the workflows) are replaced where nobody changed them; nothing is
    merged. Commit what you have changed before: Git can then take the upgrade back.
    """
    explain_where_a_flag_stands(wanted, "upgrade")
    from broadside.git import GitFailed, Uncommitted, way_back
    from broadside.outlet import upgrading
    from broadside.outlet.wheels import NoWheel

    nothing = "Nothing was upgraded: "
    with (
        ending(upgrading.NotUpgraded, NoWheel),
        ending(Uncommitted, GitFailed, OSError, says=nothing),
    ):
        if dry_run or undo:
            back = ""
        else:
            back = way_back(OUTLET)
        scratch = upgrading.scratch_of(OUTLET)
        found = upgrading.prepared(OUTLET, wanted, undo, scratch)
        print(*upgrading.told(found, scratch / "changed.txt"), sep="\n")
    if dry_run:
        print("\nNothing was changed, because of --dry-run.")
        return
    if not back and not undo:
        print("\nThe outlet is in no Git repository: what is changed cannot be undone.", flush=True)
    takes_back = ""
    if back:
        takes_back = f"{back} takes it back"
    with ending(OSError, says=f"Not everything was upgraded{takes_back and f'; {takes_back}'}: "):
        upgrading.apply(OUTLET, found)
    print(
        "\nDone. Look at it with ./inv serve, and"
        f" commit{takes_back and f'; until then, {takes_back}'}."
    )


@task(
    positional=["name"],
    help={
        "name": "the template, such as components/colophon.html",
        "diff": "show what changed since it was copied",
    },
)
def template(c: Context, name: str, diff: bool = False) -> None:
    """Copy a template of the engine into theme/templates/, where it takes the engine's place.

    The copy's first line names the version it is of, so that ./inv check can say when the engine
    has another.
    """
    explain_where_a_flag_stands(name, "template")
    from broadside.config import own_templates
    from broadside.outlet import upgrading

    own = OUTLET / "theme" / "templates"
    with ending(own_templates.NotCopied):
        if not name:
            print(*own_templates.known(), sep="\n")
        elif diff:
            print(upgrading.diff(OUTLET, name), end="")
        else:
            print(os.path.relpath(own_templates.copy(name, own)))


@task(help={"lang": "the language, such as ja (default: the outlet's)"})
def words(c: Context, lang: str = "") -> None:
    """Begin a translation: write theme/words/LANG.po with every message, and fill in what CLDR
    knows of the language.

    What is translated there already is kept, so that it also adds what a newer Broadside says.
    """
    from broadside.config.options import Options, settings_of
    from broadside.front_matter.fields import language
    from broadside.outlet.translating import NotTranslated, begin

    settings = settings_of(Options())
    try:
        tag = language(lang or settings.DEFAULT_LANG)
    except ValueError as problem:
        raise Exit(f"--lang {problem}", 2) from None
    with ending(NotTranslated):
        path, number, empty = begin(tag, Path(settings.OUTLET_THEME, "words"))
    print(
        f"{os.path.relpath(path)}: {number} messages, {empty} to translate; those that most pages"
        " show come first"
    )


@task(positional=["page"], help={"page": "a page, such as settings"})
def docs(c: Context, page: str) -> None:
    """Show a page of the documents, such as settings; without a name, list them."""
    explain_where_a_flag_stands(page, "docs")
    pages = {path.stem: path for path in sorted((DOCS_AND_LOCKS / "docs").glob("*.md"))}
    if page and page.removesuffix(".md") not in pages:
        raise Exit(f'There is no page "{page}"; there are {", ".join(pages)}', 2)
    if page:
        import pydoc  # slow to load

        pydoc.pager(pages[page.removesuffix(".md")].read_text("utf-8"))
    else:
        for name, path in pages.items():
            print(f"{name:18}{path.read_text('utf-8').partition(chr(10))[0].removeprefix('# ')}")


@task(help={"k": "only the tests whose names contain this"})
def test(c: Context, k: str = "") -> None:
    """Run the outlet's tests: pytest, which is fetched when it is first needed, over tests/."""
    from broadside.fetching import fetched

    folder = OUTLET / ".cache" / "tests"
    if fetched(folder, DOCS_AND_LOCKS / "requirements-test.lock"):
        print("Fetched what tests need.", file=sys.stderr)
    environment = os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{OUTLET}"}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        *(["-k", k] if k else []),
        str(OUTLET / "tests"),
    ]
    raise Exit(code=subprocess.run(command, cwd=OUTLET, env=environment, check=False).returncode)


@task(
    name="import",
    positional=["kind", "source"],
    klass=OfSeveral,
    iterable=["sections", "host"],
    auto_shortflags=False,
    help={
        "kind": (
            "what the archive was made with: wordpress, ghost, substack, hugo, jekyll, eleventy or"
            " pelican"
        ),
        "source": "the file, zip or folder that was exported",
        "content": "folder for the stories (default: content)",
        "media": "folder with the pictures, such as a copy of wp-content/uploads",
        "fetch-media": "fetch pictures that are nowhere else from where they are on the web",
        "sections": (
            "categories that become sections, with commas between them; may be given several times"
        ),
        "host": (
            "a host of the archive besides those that it names and the outlet's; may be given"
            " several times"
        ),
        "dry-run": "say what would be done, and write nothing",
        "report": "file for the whole report, as JSON",
    },
)
def import_(
    c: Context,
    kind: str,
    source: str,
    content: str = "",
    media: str = "",
    fetch_media: bool = False,
    sections: list[str] | None = None,
    host: list[str] | None = None,
    dry_run: bool = False,
    report: str = "",
) -> None:
    """Move an archive of another system in: its stories, pages, authors, sections, pictures and
    addresses.

    Commit what you have changed in the content before: Git can then take all of it back. What an
    import wrote before is written anew, and what is yours stays. ./inv docs moving-in has a guide
    for each kind, and for importing a second time.
    """
    explain_where_a_flag_stands(kind, "import")
    from broadside.stopping import STOPPED

    names = [name.strip() for each in sections or () for name in each.split(",") if name.strip()]
    try:
        command = add_on_or_end("import", "Nothing was imported: ")
        wanted = (
            kind,
            source,
            content,
            media,
            fetch_media,
            dry_run,
            report,
            tuple(names),
            tuple(host or ()),
        )
        stopped = ending(command.NotImported, says="Nothing was imported: ")
        with stopped, ending(OSError, says="The import stopped: "), bars():
            command.run(command.Wanted(*wanted))
    except KeyboardInterrupt:
        raise Exit("Stopped.", STOPPED) from None
