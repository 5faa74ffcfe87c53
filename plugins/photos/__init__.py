"""Makes each photo in the widths and formats that browsers choose from, and prints them with the site.

Settings: PHOTO_STORE (folder of finished derivatives, kept between builds; default CACHE_PATH/photos), JOBS.
Signals used: all_generators_finalized, article_writer_finalized. Adds the filter credit_line.
Needs newsroom, whose album knows which photos are used, and which attaches the photos themselves (article.photo,
article.inline_photos, author.portrait).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.generators import ArticlesGenerator, Generator
from pelican.plugins import signals

from broadside.plugins.faults import FaultsFound, count
from broadside.plugins.photos.credit import credit_line
from broadside.plugins.photos.store import missing, taken
from broadside.plugins.photos.values import Derivative, Original, Problem
from broadside.plugins.press import Press
from broadside.plugins.press.environment import environments

if TYPE_CHECKING:  # it imports the process pool, which most builds do not need
    from broadside.plugins.photos.darkroom import Job
    from broadside.plugins.photos.job import DecodeJob

log = logging.getLogger("broadside")


def add_filters(generators: list[Generator]) -> None:
    """Give the templates the credit line in the form that feeds print."""
    for environment in environments(generators):
        environment.filters["credit_line"] = credit_line


def store_of(settings: dict[str, Any]) -> Path:
    """The folder of finished pictures, named by their format, so that a version with another format does not misread them."""
    return Path(settings.get("PHOTO_STORE") or Path(settings["CACHE_PATH"]) / "photos") / "sealed"


def undecoded(originals: Mapping[str, Original], settings: dict[str, Any]) -> list[DecodeJob]:
    """A job for each of these pictures, given by their paths, of which nothing in the store shows that it can be decoded."""
    if not originals:
        return []
    from broadside.plugins.photos.job import DecodeJob  # imports the process pool

    root, store = Path(settings["PATH"]), store_of(settings)
    jobs = [DecodeJob(root / path, each) for path, each in originals.items()]
    return [job for job in jobs if not job.is_done(store)]


def undecodable(jobs: Sequence[DecodeJob], settings: dict[str, Any]) -> dict[str, Problem]:
    """The problems of pictures that cannot be decoded, by their digests; the store keeps that the others can be."""
    from broadside.plugins.photos.darkroom import make_all

    digests = {job.path: job.picture.digest for job in jobs}
    found = make_all(jobs, store_of(settings), settings.get("JOBS", 1)) if jobs else []
    # A check can do without its notes: the next one decodes the pictures again.
    return {digests[path]: problem for path, problem in found if problem.code != "photo-unwritten"}


def fill_store(jobs: Sequence[Job], settings: dict[str, Any]) -> None:
    """Make the pictures of some jobs; raises FaultsFound if anything goes wrong."""
    from broadside.plugins.photos.darkroom import make_all

    root = Path(settings["PATH"])
    faults = [
        each.at(path.relative_to(root).as_posix())
        for path, each in make_all(jobs, store_of(settings), settings.get("JOBS", 1))
    ]
    if faults:
        raise FaultsFound(faults)


def finished(name: str, job: Callable[[], Job], settings: dict[str, Any]) -> bytes:
    """A finished picture from the store; if the file there has changed since it was made, its job makes it again."""
    place = store_of(settings) / name
    found = taken(place)
    while found is None:
        log.info("%s is damaged in the store of pictures; it is made anew.", name)
        fill_store([job()], settings)
        found = taken(place)
    return found


def write_photos(generator: ArticlesGenerator, writer: Press) -> None:
    """Make the derivatives that are missing from the store, and add all that are used.

    The pictures of what is not out are only decoded, so that none stops the site at the hour at which it comes out.
    """
    settings, album = generator.settings, generator.context["album"]
    used = album.used
    store = store_of(settings)
    jobs = {path: partial(_job, Path(settings["PATH"]) / path, plan) for path, plan in used.items()}
    lacking = [each for plan in used.values() for each in missing(plan, store)]
    waiting = undecoded({path: each for path, each in album.originals.items() if path not in used}, settings)
    if lacking:
        log.info("Making %s; later builds find them made.", count(len(lacking), "picture"))
    if lacking or waiting:
        fill_store([*(job() for job in jobs.values()), *waiting], settings)
    made_by = {derivative.name: jobs[path] for path, plan in used.items() for derivative in plan}
    for name in sorted(made_by):
        writer.add_file(name, name, partial(finished, name, made_by[name], settings))


def _job(path: Path, plan: tuple[Derivative, ...]) -> Job:
    from broadside.plugins.photos.job import PhotoJob  # imports Pillow, which a build without new photos does not need

    return PhotoJob(path, plan)


def register() -> None:
    """Connect to Pelican."""
    signals.all_generators_finalized.connect(add_filters)
    signals.article_writer_finalized.connect(write_photos)
