"""Broadside's commands. Each is a few lines that call the desk; ./inv --list shows them, ./inv TASK --help explains one."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

from desk import trouble
from desk.git import GitFailed
from desk.options import PREVIEW, PROJECT, Options
from desk.report import BuildFailed, placed
from plugins.faults import FORMATS, Fault, FaultsFound, count, errors_in, render

sys.excepthook = trouble.hook  # whatever goes wrong, nobody has to read a traceback

WHERE = {"content": "folder with the stories (default: content)", "output": "folder for the site (default: output)"}


def _explain_where_a_flag_stands(word: str, name: str) -> None:
    """Show a task's help where invoke took a flag, such as --help, for the word that the task needs."""
    if word.startswith("-"):
        subprocess.run([sys.executable, "-P", "-m", "invoke", "--search-root", PROJECT, "--help", name], check=False)
        raise Exit(code=0 if word in ("-h", "--help") else 2)


def _build(options: Options) -> None:
    from desk.build import build

    try:
        report = build(options)
    except FaultsFound as found:
        faults = placed(found.faults, options)
        print(render(faults, "text"), file=sys.stderr)
        raise Exit(
            f"Nothing was published: {count(sum(fault.severity == 'error' for fault in faults), 'error')}.", 1
        ) from None
    except BuildFailed as problem:
        raise Exit(f"Nothing was published: {problem}", 1) from None
    except OSError as problem:
        raise Exit(
            f"Nothing was published: {problem.strerror or problem} ({problem.filename or options.output_path})", 1
        ) from None
    if report.warnings:
        print(render(placed(report.warnings, options), "text"), file=sys.stderr)
    print(report)


def _refuse_other_than(formats: tuple[str, ...], format: str) -> None:
    if format not in formats:
        raise Exit(f"--format is one of {', '.join(formats)}", 2)


def _tell(faults: list[Fault], format: str, sources: dict[str, str]) -> None:
    """Show faults in a format, and end here where one of them is an error."""
    shown = render(faults, format, sources if format == "text" else None)
    if shown:
        print(shown)
    if errors_in(faults):
        raise Exit(code=1)


@task(
    help=WHERE
    | {
        "production": "build the site as it goes live (publishconf.py)",
        "drafts": "also show drafts and stories whose hour has not come",
        "siteurl": "address of the site, such as https://example.org",
        "now": "the moment to build for, such as 2026-11-25T09:00 (default: this one)",
        "clean": "build everything anew",
        "jobs": "processes to use (default: one for each processor)",
    }
)
def build(
    c: Context,
    content: str = "",
    output: str = "",
    production: bool = False,
    drafts: bool = False,
    siteurl: str = "",
    now: str = "",
    clean: bool = False,
    jobs: int = 0,
) -> None:
    """Build the site."""
    _build(Options(content, output, production, drafts, siteurl, now, clean, jobs))


@task(
    iterable=["files"],
    help={
        "content": WHERE["content"],
        "files": "check only this file, without the texts of the others; may be given several times",
        "staged": "check what git commit would commit, and not what lies on the disk",
        "format": "text, json, github or gitlab",
        "now": "the moment to check for (default: this one)",
    },
)
def check(
    c: Context,
    content: str = "",
    format: str = "text",
    now: str = "",
    files: list[str] | None = None,
    staged: bool = False,
) -> None:
    """
    Find every fault in the stories, and write nothing.

    With --files only the faults of those files: ./inv check --files content/articles/2026/the-ice-road.md
    With --staged those of what would be committed; .pre-commit-config.yaml has Git ask before each commit.
    """
    from desk.check import check, sources_of
    from desk.staged import check_staged

    _refuse_other_than(FORMATS, format)
    options = Options(content=content, now=now)
    try:
        faults, sources = check_staged(options) if staged else (check(options, files or ()), None)
    except GitFailed as problem:
        raise Exit(f"Nothing was checked: {problem}", 2) from None
    _tell(faults, format, sources_of(faults) if sources is None else sources)
    if format == "text":
        print(f"No errors, {count(len(faults), 'warning')}." if faults else "No faults.")


@task(
    help={
        "content": WHERE["content"],
        "since": "the revision that readers saw before (default: where this branch left main; on main, the commit before)",
        "until": "the revision that readers shall see (default: the files as they are)",
        "format": "text, json or github",
        "now": "the moment that counts (default: this one)",
    },
)
def audit(c: Context, content: str = "", since: str = "", until: str = "", format: str = "text", now: str = "") -> None:
    """
    Find edits of published stories that no reader is told of.

    An edit of more words than AUDIT_WORDS needs updated, an entry in corrections, or minor: true. Needs Git and its history.
    """
    from desk.audit import audit
    from desk.check import sources_of
    from desk.history import NotCompared

    _refuse_other_than(FORMATS, format)
    try:
        done = audit(Options(content=content, now=now), since, until)
    except NotCompared as problem:
        raise Exit(str(problem), 2) from None
    _tell(done.faults, format, {} if until else sources_of(done.faults))
    if format == "text":
        print(f"No silent edits: {done}.")


@task(
    help={
        "content": WHERE["content"],
        "output": "folder for the preview, which is never the site's own (default: .cache/preview)",
        "port": "the number at the end of the preview's address (default: 8000)",
        "drafts": "show drafts and stories whose hour has not come, or with --no-drafts only what readers see",
    }
)
def serve(c: Context, content: str = "", output: str = "", port: int = 8000, drafts: bool = True) -> None:
    """
    Show the site on this computer while you write, at http://127.0.0.1:8000

    Save a story, and the open page follows. Where something is wrong with it, the page says what and in which line,
    and shows the last good state until you have mended it. Drafts are listed at /drafts/. Ctrl-C ends it. Nothing
    here publishes anything.
    """
    from desk.serve import NotServed, serve

    try:
        serve(
            Options(content=content, output=output or str(PREVIEW), drafts=drafts, siteurl=f"http://127.0.0.1:{port}"),
            port,
        )
    except NotServed as problem:
        raise Exit(str(problem), 1) from None


@task(
    optional=["rollback"],
    help={
        "to": "the target, by its name in TARGETS of publishconf.py",
        "output": WHERE["output"],
        "content": WHERE["content"],
        "rollback": "bring back what was live before, or with a number what was live so many releases ago",
        "dry_run": "only list what would be uploaded and deleted",
        "force": "publish also what is older than what is live, or has changes that are in no commit",
    },
)
def publish(
    c: Context,
    to: str,
    output: str = "",
    content: str = "",
    rollback: str | bool | None = None,
    dry_run: bool = False,
    force: bool = False,
) -> None:
    """
    Put the site live that the last ./inv build --production made.

    For example: ./inv publish --to server
    Exit codes: 1, nothing was published or readers do not get it; 3, what is live is newer.
    """
    from desk.publish.built import NotReady
    from desk.publish.command import NotPublished, Older, Publishing, Unlike
    from desk.publish.places import NoSuchPlace
    from desk.publish.target import Unreachable

    run = Publishing(Options(content, output), to, force, dry_run)
    try:
        print(run.publish() if rollback is None else run.roll_back(_number(rollback)))
    except (NoSuchPlace, NotReady, NotPublished, Unreachable) as problem:
        raise Exit(f"Nothing was published: {problem}", 3 if isinstance(problem, Older) else 1) from None
    except Unlike as problem:
        raise Exit(str(problem), 1) from None


def _number(written: str | bool) -> int:
    if written is True:
        return 1
    if not str(written).isdigit():
        raise Exit(f'--rollback "{written}" is no number of releases to go back', 2)
    return int(written)


@task(help={"content": WHERE["content"], "now": "the moment that counts (default: this one)"})
def permalinks(c: Context, content: str = "", now: str = "") -> None:
    """
    Add the addresses of all that is published to the ledger, content/permalinks.txt

    From then on no build can lose one of them by mistake. Commit the file with the stories.
    """
    from desk.permalinks import record

    try:
        new, known = record(Options(content=content, now=now))
    except FaultsFound as found:
        raise Exit(f"{render(found.faults, 'text')}\nNothing was noted: mend these first.", 1) from None
    print(f"{count(new, 'new entry')} in the ledger, {known:,} in all.")


@task(
    help={
        "content": WHERE["content"],
        "now": "the moment that counts (default: this one)",
        "since": "also what fell due since a moment, such as the last publish: 2026-11-25T09:00",
        "format": "text or json",
    }
)
def due(c: Context, content: str = "", now: str = "", since: str = "", format: str = "text") -> None:
    """
    Say when the site next changes by itself, and what for.

    A held story comes out, a slot's time on the front page is over, a story leaves the news sitemap, a year begins.
    With --since the exit code is 0 where something fell due since then, and 3 where nothing did: a job that runs
    every few minutes asks so whether there is anything to publish.
    """
    from desk.due import due, told

    _refuse_other_than(("text", "json"), format)
    try:
        calendar = due(Options(content=content, now=now), since)
    except FaultsFound as found:
        raise Exit(f"{render(found.faults, 'text')}\nMend these first: nothing can be published.", 1) from None
    print(told(calendar, format))
    raise Exit(code=calendar.exit_code)


@task(help={"content": WHERE["content"], "now": "the moment that counts (default: this one)", "format": "text or json"})
def status(c: Context, content: str = "", now: str = "", format: str = "text") -> None:
    """Say how things stand: drafts, held stories, what came out today, what lacks a photo, corrections, what is due."""
    from desk.status import NoContent, board, told

    _refuse_other_than(("text", "json"), format)
    try:
        print(told(board(Options(content=content, now=now)), format))
    except NoContent as problem:
        raise Exit(str(problem), 1) from None


@task(
    positional=["note"],
    help={
        "note": "file in which the last publish noted what it put live",
        "branch": "the branch that goes live",
        "if-needed": "also ask whether a publish would change anything",
        "done": "write the note: the commit that is checked out went live",
        "now": "the moment that the site is, or was, built for (default: this one)",
        "content": WHERE["content"],
    },
)
def turn(
    c: Context,
    note: str,
    branch: str = "main",
    if_needed: bool = False,
    done: bool = False,
    now: str = "",
    content: str = "",
) -> None:
    """
    Say whether the commit that is checked out may go live, so that an older one never takes the place of a newer one.

    For hosts that take whatever they are given last; ./inv publish asks this itself. The exit code is 0 if it may, 1 if
    it is older than what is live, and with --if-needed 3 where that very commit is live and nothing fell due since.
    """
    from desk import turn as turns

    _explain_where_a_flag_stands(note, "turn")
    if done:
        print(f"Live: {turns.done(Path(note), now or datetime.now(UTC).isoformat()).commit}")
        return
    verdict = turns.turn(Path(note), branch)
    print(verdict.words)
    if verdict.code == 0 and if_needed:
        verdict = turns.need(Path(note), lambda since: _fell_due(Options(content=content, now=now), since))
        print(verdict.words)
    raise Exit(code=verdict.code)


def _fell_due(options: Options, since: str) -> list[str]:
    from desk.due import due

    try:
        return [each.what for each in due(options, since).fell or ()]
    except FaultsFound as found:
        raise Exit(f"{render(found.faults, 'text')}\nMend these first: nothing can be published.", 1) from None


@task(help={"output": WHERE["output"], "to": "the file (default: artifact.tar, as GitHub Pages wants it)"})
def pack(c: Context, output: str = "", to: str = "artifact.tar") -> None:
    """Pack the built site into one file: the same site gives the same bytes, on any machine."""
    from desk.packing import NotPacked, pack

    try:
        print(f"{pack(Options(output=output).output_path, Path(to))}  {to}")
    except NotPacked as problem:
        raise Exit(str(problem), 1) from None


@task(
    positional=["file"],
    help={
        "file": "what ./inv pack wrote",
        "content": WHERE["content"],
        "siteurl": "the address that it was built for, if one was given",
        "now": "the moment that it was built for",
    },
)
def verify(c: Context, file: str, content: str = "", siteurl: str = "", now: str = "") -> None:
    """Build a packed site once more, from nothing that was kept but pictures, and see that it is the same to the byte."""
    from desk.packing import NotPacked, verify

    _explain_where_a_flag_stands(file, "verify")
    try:
        differing = verify(Path(file), Options(content=content, siteurl=siteurl, now=now), _build)
    except NotPacked as problem:
        raise Exit(str(problem), 1) from None
    if differing:
        raise Exit(f"{file} is not what its sources make: {count(len(differing), 'file')} differ, {differing[0]}", 1)
    print(f"{file} is what its sources make.")


@task(
    help={
        "base": "the commit that the request is for",
        "head": "the commit with what it proposes",
        "repository": "folder with these commits (default: this one)",
        "event": "file with the forge's description of the pull request, which says whether it is a guest's",
        "format": "text, json, github or gitlab",
    }
)
def guest(
    c: Context, base: str, head: str = "HEAD", repository: str = "", event: str = "", format: str = "text"
) -> None:
    """
    Refuse what a guest's request changes outside content/.

    Run it from a checkout of the branch that the request is for, so that the request cannot change what judges it.
    """
    from desk.guests import NoEvent, changes, is_guest, read_event, refused

    try:
        if event and not is_guest(read_event(Path(event))):
            print("Not a guest's request.", file=sys.stderr)
            return
        faults = list(refused(changes(Path(repository or PROJECT), base, head)))
    except (NoEvent, GitFailed) as problem:
        raise Exit(str(problem), 2) from None
    if faults:
        print(render(faults, format))
        raise Exit(code=1)


@task(
    positional=["headline"],
    auto_shortflags=False,  # -h is for help
    help={
        "headline": "the headline, in quotes",
        "section": "where it belongs, as sections.yml spells it",
        "author": "who writes it: the name, or the author's file without .md",
        "type": "what kind of story it is, as story_types.yml spells it (default: the first there)",
        "photo": "a picture file, which is copied into photos/; its caption and credit are taken over",
        "alt": "what one sees in the photo",
        "credit": "who made the photo, where its file does not say",
        "content": WHERE["content"],
    },
)
def new(
    c: Context,
    headline: str,
    section: str = "",
    author: str = "",
    type: str = "",
    photo: str = "",
    alt: str = "",
    credit: str = "",
    content: str = "",
) -> None:
    """
    Start a story: write a file ready to fill in, and print where it is.

    For example: ./inv new "The ice road waits" --section Europe --author "Ilse Vandermeer"
    In a terminal you are asked for what you leave out; ./inv new alone asks for everything.
    The story is a draft until you delete its line "status: draft".
    """
    _explain_where_a_flag_stands(headline, "new")
    from desk import asking
    from desk.new import Idea, NotStarted, new_story
    from desk.photo import NotAPhoto, handed_in

    ask = asking.is_there() and not (headline and section and author)
    try:
        shown = handed_in(photo) if photo else None
        shown = replace(shown, alt=alt, credit=credit or shown.credit) if shown else None
        path = new_story(Options(content=content), Idea(headline, section, author, type, shown), ask)
    except (NotStarted, NotAPhoto, asking.NoAnswer) as problem:
        raise Exit(str(problem), 1) from None
    print(path)
    print(f"Fill it in, and see it with ./inv serve at /drafts/{path.stem}/", file=sys.stderr)


@task(
    help={
        "since": "since when its stories came out, such as 2026-11-20 (default: as its note says, else seven days)",
        "now": "the moment that counts (default: this one)",
        "content": WHERE["content"],
        "to": "folder for the mail (default: .cache/roundup/ and the day)",
        "send": "also send it to this one address, as a test, through the server that the setting ROUNDUP names",
    }
)
def roundup(c: Context, since: str = "", now: str = "", content: str = "", to: str = "", send: str = "") -> None:
    """
    Make the weekly round-up as a mail: HTML, plain text and a file for any provider.

    It has the stories that came out since the round-up before, by section, and the editor's note in content/roundups/,
    if there is one. A thin week makes none. Nobody is sent anything but the address that --send names.
    """
    from desk.posting import NotSent
    from desk.roundup import Asked, NotMade, make
    from plugins.roundup.mail import MailFailed

    try:
        made = make(Options(content=content, now=now, production=True), Asked(since, to, send))
    except FaultsFound as found:
        raise Exit(f"{render(found.faults, 'text')}\nNo round-up was made: mend these first.", 1) from None
    except (NotMade, MailFailed) as problem:
        raise Exit(f"No round-up was made: {problem}", 1) from None
    print(*made.words, sep="\n", flush=True)
    try:
        sent = made.post()
    except NotSent as problem:
        raise Exit(f"The round-up was made and not sent: {problem}", 1) from None
    print(sent, end="\n" if sent else "")


@task(positional=["slug"], help={"slug": "the story's slug, the last part of its address", "content": WHERE["content"]})
def related(c: Context, slug: str, content: str = "") -> None:
    """
    Say why the stories below a story were picked.

    By hand, or for the words, the section and the time that they have in common with it.
    For example, for the story at /2026/11/an-ice-road/: ./inv related an-ice-road
    """
    _explain_where_a_flag_stands(slug, "related")
    from desk.related import NoSuchStory, explain

    try:
        print(explain(Options(content=content), slug))
    except NoSuchStory as problem:
        raise Exit(str(problem), 1) from None


@task(
    positional=["folder"],
    auto_shortflags=False,  # -h is for help
    help={
        "folder": "the folder of this server that is to hold it all, such as /srv/broadside",
        "branch": "the branch that goes live (default: main)",
        "keep": "how many releases stay (default: 10)",
        "certificate": "folder with fullchain.pem and privkey.pem; the site is then on HTTPS, and on nothing else",
        "siteurl": "address of the site (default: SITEURL of publishconf.py)",
    },
)
def server_init(
    c: Context, folder: str, branch: str = "main", keep: int = 10, certificate: str = "", siteurl: str = ""
) -> None:
    """
    Make this machine a server to which the site is pushed.

    In the folder: the repository with its hook, the script that puts a commit live, and in etc/ what nginx, systemd or
    cron are to be given. Say it again after a change; what was pushed and built stays as it is.
    """
    _explain_where_a_flag_stands(folder, "server-init")
    from desk.server.init import NotMade, init, plan

    try:
        made = plan(folder, branch, keep, certificate, siteurl)
        print(*init(made), sep="\n")
    except NotMade as problem:
        raise Exit(f"No server was made: {problem}", 1) from None


@task(
    positional=["folder", "commit"],
    auto_shortflags=False,
    help={
        "folder": "the server's folder",
        "commit": "the commit that is checked out around this command",
        "keep": "how many releases stay (default: 10)",
        "ref": "do not go live if the commit is not on this branch any more",
    },
)
def server_publish(c: Context, folder: str, commit: str, keep: int = 10, ref: str = "") -> None:
    """
    Build a commit and put it live; run by the script that server-init writes, which holds the lock.

    People run that script, FOLDER/publish, and not this.
    """
    _explain_where_a_flag_stands(folder, "server-publish")
    from desk.server.live import Commission, Overtaken, publish, when
    from desk.server.place import Place

    try:
        release = publish(Commission(Place(Path(folder)), commit, ref, keep), _build)
    except Overtaken as problem:
        raise Exit(str(problem), 1) from None
    except OSError as problem:
        raise Exit(f"Nothing was published: {problem.strerror or problem} ({problem.filename})", 1) from None
    print(f"Live: {release.commit}, as it was built for {when(release)}")


@task(help={"output": WHERE["output"]})
def clean(c: Context, output: str = "") -> None:
    """Delete the built site and what makes the next build quick; stories are never touched."""
    from desk.clean import clean

    for path in clean(Options(output=output)):
        print(f"deleted {path}")


@task(
    help={
        "all": "fail where a test would be left out",
        "k": "only the tests whose name holds this",
        "files": "only these test files, separated by spaces",
    }
)
def test(c: Context, all: bool = False, k: str = "", files: str = "") -> None:
    """Run every test that this machine can run, and say which were left out and why."""
    from desk.testing import run

    raise Exit(code=run(everything=all, match=k, files=files.split()))


@task(help={"k": "only the suites whose name holds this"})
def stress(c: Context, k: str = "") -> None:
    """Run the slow suites: builds that are killed, hostile texts in a real browser, and the like. Takes minutes."""
    from desk.testing import stress

    raise Exit(code=stress(match=k))


@task(help={"k": "only the tests whose name holds this"})
def test_reader(c: Context, k: str = "") -> None:
    """Judge the demo's pages by the budgets in tests/reader/budgets.toml, in Chromium. Takes minutes."""
    from desk.testing import reader

    raise Exit(code=reader(match=k))


@task
def styleguide(c: Context) -> None:
    """Show every component of the theme with its examples: write a page for your browser, and print where it is."""
    from desk.styleguide import write

    print(write())


@task(help={"k": "only the tests whose name holds this"})
def test_deploy(c: Context, k: str = "") -> None:
    """Publish to real servers on this machine, and interrupt it: sshd, rsync, Git, S3, nginx. Takes minutes."""
    from desk.testing import deploy

    raise Exit(code=deploy(match=k))


@task(
    help={
        "articles": "stories in the benchmark, or several numbers with commas (default: 1000)",
        "rounds": "rounds of each (default: 3)",
        "photos": "photos of 12 megapixels in a benchmark of pictures (default: 0, none; 200 take a quarter of an hour)",
    }
)
def bench(c: Context, articles: str = "1000", rounds: int = 3, photos: int = 0) -> None:
    """Measure builds of ourselves, and of Hugo and stock Pelican where they are found, and write docs/benchmarks.md."""
    from desk.bench import bench

    if not all(number.strip().isdecimal() and int(number) for number in articles.split(",")):
        raise Exit(f'--articles "{articles}" is no number of stories; write it as 1000, or as 100,1000', 2)
    raise Exit(code=bench([int(number) for number in articles.split(",")], rounds, max(0, photos)))
