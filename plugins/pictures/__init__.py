"""Makes each photo in the widths and formats that browsers choose from, and adds these files to the
site.

Adds the filter credit_line. The photos themselves (article.photo, article.inline_photos,
author.portrait) come with the stories.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from broadside.content.relations import of_drafts
from broadside.faults import FaultsFound, count
from broadside.media.decoding import undecoded
from broadside.media.photos import Derivative, credit_line
from broadside.media.picture_store import clean, missing, read, store_of
from broadside.plugin import Page, Plugin, Site, give
from broadside.settings import Settings

if TYPE_CHECKING:  # it imports the process pool, which most builds do not need
    from broadside.media.pictures import Job

log = logging.getLogger("broadside")


def add_filter(site: Site) -> None:
    """Give the templates the credit line in the form used in feeds."""
    words = site.words
    site.filters["credit_line"] = lambda photo, lead=False, lang="": credit_line(
        photo, lead, words.of(lang, marks=True)
    )


def fill_store(jobs: Sequence[Job], settings: Settings) -> None:
    """Make the pictures of some jobs; raises FaultsFound if anything goes wrong."""
    from broadside.media.pictures import make_all

    root = Path(settings.PATH)
    faults = [
        problem.at(path.relative_to(root).as_posix())
        for path, problem in make_all(jobs, store_of(settings), settings.JOBS)
    ]
    if faults:
        raise FaultsFound(faults)


def finished(name: str, job: Callable[[], Job], settings: Settings) -> bytes:
    """A finished picture from the store; if the file there has changed, its job makes it again."""
    path = store_of(settings) / name
    data = read(path)
    while data is None:
        log.info("%s is damaged in the store of pictures; it is made anew.", name)
        fill_store([job()], settings)
        data = read(path)
    return data


def pages(site: Site) -> Iterator[Page]:
    """All derivatives that are used, making those that are missing from the store.

    Pictures of held stories are decoded too, so that a bad one does not stop the site at the hour
    of publication.
    """
    settings, photos = site.settings, site.photos
    used = photos.used
    store = store_of(settings)
    jobs = {path: partial(_job, Path(settings.PATH) / path, plan) for path, plan in used.items()}
    lacking = [derivative for plan in used.values() for derivative in missing(plan, store)]
    left_out = (
        used.keys() | of_drafts(site.content, site.options)
        if len(used) < len(photos.originals)
        else used
    )
    waiting = undecoded(
        {path: photo for path, photo in photos.originals.items() if path not in left_out}, settings
    )
    if lacking:
        log.info("Making %s; later builds find them made.", count(len(lacking), "picture"))
    if lacking or waiting:
        clean(store)  # by now, all that this build uses has been requested
        fill_store([*(job() for job in jobs.values()), *waiting], settings)
    made_by = {derivative.name: jobs[path] for path, plan in used.items() for derivative in plan}
    for name in sorted(made_by):
        yield stored(name, made_by[name], settings)


def stored(name: str, job: Callable[[], Job], settings: Settings) -> Page:
    """A finished picture as a file of the site; its name is a digest of everything it is made
    from.
    """
    return Page(name, partial(finished, job=job, settings=settings), {"name": name})


def _job(path: Path, plan: tuple[Derivative, ...]) -> Job:
    from broadside.media.pictures import PhotoJob

    return PhotoJob(path, plan)


def register() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(arranged=[add_filter], pages=[pages]))
