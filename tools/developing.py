"""Commands for those who change the code: tests and measurements."""

from __future__ import annotations

from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task


@task(
    help={
        "all": "the slow tests too, with more examples; fail if a test would be left out",
        "quick": "only the tests of what needs no build",
        "k": "only the tests whose names contain this",
        "files": "only these test files, separated by spaces",
    }
)
def test(c: Context, all: bool = False, quick: bool = False, k: str = "", files: str = "") -> None:
    """Run the tests that this machine can run, and say which were left out and why."""
    from tools.suites import run

    raise Exit(code=run(everything=all, quick=quick, match=k, files=files.split()))


@task(help={"k": "only the suites whose names contain this"})
def stress(c: Context, k: str = "") -> None:
    """Run the slow suites: builds that are killed, hostile texts in a real browser, and the like.

    Takes minutes.
    """
    from tools.suites import stress

    raise Exit(code=stress(match=k))


@task(help={"k": "only the tests whose names contain this"})
def test_browser(c: Context, k: str = "") -> None:
    """Use the site as its readers and writers do, in Chromium. Takes minutes."""
    from tools.suites import browser

    raise Exit(code=browser(match=k))


@task(help={"k": "only the tests whose names contain this"})
def test_reader(c: Context, k: str = "") -> None:
    """Judge the demo's pages by the budgets in tests/reader/budgets.toml, in Chromium.

    Takes minutes.
    """
    from tools.suites import reader

    raise Exit(code=reader(match=k))


@task(help={"k": "only the tests whose names contain this"})
def test_outlets(c: Context, k: str = "") -> None:
    """Start, use and upgrade outlets on a wheel of this checkout. Takes minutes."""
    from tools.suites import outlets

    raise Exit(code=outlets(match=k))


@task(help={"k": "only the tests whose names contain this"})
def test_deploy(c: Context, k: str = "") -> None:
    """Publish to real servers on this machine, and interrupt it: sshd, rsync, Git, S3, nginx.

    Takes minutes.
    """
    from tools.suites import deploy

    raise Exit(code=deploy(match=k))


@task(
    help={
        "articles": "stories in the benchmark, or several numbers with commas (default: 1000)",
        "rounds": "rounds of each, or a number for each of these (default: 3)",
        "photos": (
            "photos of 12 megapixels for a benchmark of pictures (default: 0; 200 take a quarter of"
            " an hour)"
        ),
        "ratchet": (
            "compare with the commit that tools/bench/ratchet.toml names instead, and fail if"
            " builds are slower"
        ),
    }
)
def bench(
    c: Context, articles: str = "1000", rounds: str = "3", photos: int = 0, ratchet: bool = False
) -> None:
    """Measure our builds, and those of Hugo and stock Pelican if they are installed, and write
    docs/benchmarks.md.
    """
    from tools.bench import bench, compare

    if ratchet:
        raise Exit(code=compare())
    counts = _numbers(
        articles,
        f'--articles "{articles}" is not a number of stories; write it as 1000, or as 100,1000',
    )
    remedy = (
        f'--rounds "{rounds}" is neither a number of rounds nor one for each number of stories;'
        " write it as 3, or as 5,3"
    )
    times = _numbers(rounds, remedy)
    if len(times) not in (1, len(counts)):
        raise Exit(remedy, 2)
    bench(counts, times if len(times) > 1 else times * len(counts), max(0, photos))


@task(
    positional=["page"],
    help={
        "page": "a page, such as settings",
        "serve": "show them as a site with search, at http://127.0.0.1:8001, while you write",
        "site": (
            "make that site in this folder, beside those of other versions; fail at a link that"
            " leads nowhere"
        ),
        "repository": "the address where a page of the site can be edited",
    },
)
def docs(c: Context, page: str, serve: bool = False, site: str = "", repository: str = "") -> None:
    """Show a page of the documents, or make a site of them; with neither a name nor a flag, list
    them.
    """
    from broadside.commands import owning
    from tools.docs import make
    from tools.docs import serve as show

    if serve or site:
        raise Exit(code=make(Path(site).absolute(), repository.rstrip("/")) if site else show())
    owning.docs.body(c, page)


@task(help={"lang": "print every message with its translation into this language, such as es"})
def words(c: Context, lang: str = "") -> None:
    """Bring the catalogs of words (theme/words) up to date with templates, code and CLDR, and say
    what is not translated.
    """
    from tools.words import every_string, update

    print("\n".join(every_string(lang) if lang else update()))


def _numbers(said: str, remedy: str) -> list[int]:
    """Numbers from 1 on, with commas between them; anything else ends the command with the
    remedy.
    """
    if not all(number.strip().isdecimal() and int(number) for number in said.split(",")):
        raise Exit(remedy, 2)
    return [int(number) for number in said.split(",")]
