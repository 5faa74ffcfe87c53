"""Commands that make the site: build, serve, clean, pack."""

from __future__ import annotations

import shutil
from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

from broadside.commands.ending import WHERE, build_or_end, ending
from broadside.config.options import PHOTOS, PREVIEW, Options


@task(
    help=WHERE
    | {
        "production": "build the site as it goes live (publishconf.py)",
        "drafts": "also show drafts and stories whose hour has not come",
        "siteurl": "address of the site, such as https://example.org",
        "now": "the moment to build for, such as 2026-11-25T09:00 (default: now)",
        "clean": "make every page again; photos are kept",
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
    if production and drafts:
        raise Exit(
            "--production makes the site that readers get, which has no drafts: leave out one of"
            " the two",
            2,
        )
    build_or_end(Options(content, output, production, drafts, siteurl, now, clean, jobs))


@task(
    help={
        "content": WHERE["content"],
        "output": (
            "folder for the preview, never the site's own (default: .cache/preview- and the port)"
        ),
        "port": "the number at the end of the preview's address (default: 8000)",
        "drafts": (
            "show drafts and stories whose hour has not come; --no-drafts shows only what"
            " readers see"
        ),
    }
)
def serve(
    c: Context, content: str = "", output: str = "", port: int = 8000, drafts: bool = True
) -> None:
    """Show the site on this computer while you write, at http://127.0.0.1:8000

    Save a story, and the open page follows. If something is wrong with it, the page says what and
    in which line, and shows the last good state until you have mended it. The desk is at /desk/.
    Ctrl-C ends it. Nothing here publishes anything.
    """
    from broadside.preview.serve import NotServed, serve

    options = Options(
        content, output or f"{PREVIEW}-{port}", drafts=drafts, siteurl=f"http://127.0.0.1:{port}"
    )
    with ending(NotServed):
        serve(options, port)


@task(help={"output": WHERE["output"]})
def clean(c: Context, output: str = "") -> None:
    """Delete the built site, and what makes the next build quick; stories are never touched."""
    options = Options(output=output)
    deleted = delete_built(options)
    for path in deleted:
        print(f"deleted {path}")
    if options.cache_path in deleted and options.output_path.is_dir():
        print(f"left alone: {options.output_path}, which holds things other than a site")
    if not deleted:
        print("Nothing was deleted: no build has left anything there.")


def delete_built(options: Options) -> list[Path]:
    """Delete the output, the previews and their caches, and return what was deleted.

    A folder without a cache beside it, or without any part of a site in it, was not built by us and
    is left alone; so is a Git repository. A typing error in --output must not cost anyone their
    files.
    """
    caches = [options.cache_path, *sorted(PREVIEW.parent.glob(f".{PREVIEW.name}*.cache"))]
    made = [path for cache in caches if cache.is_dir() for path in (*_outputs_beside(cache), cache)]
    deleted = []
    for path in (*made, PHOTOS):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
            deleted.append(path)
    return deleted


def _outputs_beside(cache: Path) -> list[Path]:
    """The output that a cache belongs to, by the inverse of Options.cache_path; none if it is not
    ours to delete.
    """
    from broadside.build.staging import is_ours, is_repository

    output = cache.with_name(cache.name.removeprefix(".").removesuffix(".cache"))
    if is_ours(output, cache) and not is_repository(output):
        return [output]
    return []


@task(
    help={
        "output": WHERE["output"],
        "to": "the file (default: artifact.tar, as GitHub Pages wants it)",
    }
)
def pack(c: Context, output: str = "", to: str = "artifact.tar") -> None:
    """Pack the built site into one file: the same site gives the same bytes, on any machine."""
    from broadside.outlet.packing import NotPacked, pack

    with ending(NotPacked):
        print(f"{pack(Options(output=output).output_path, Path(to))}  {to}")
