"""Finds pictures that nobody can decode; the store of pictures records which can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from broadside.media.photos import Original, Problem
from broadside.media.picture_store import store_of
from broadside.settings import Settings

if TYPE_CHECKING:  # it imports the process pool, which most builds do not need
    from broadside.media.pictures import DecodeJob


def undecoded(originals: Mapping[str, Original], settings: Settings) -> list[DecodeJob]:
    """A job for each of these pictures, given by path, unless the store shows that it can be
    decoded.
    """
    if not originals:
        return []
    from broadside.media.pictures import DecodeJob

    root, store = Path(settings.PATH), store_of(settings)
    jobs = [DecodeJob(root / path, original) for path, original in originals.items()]
    return [job for job in jobs if not job.is_done(store)]


def undecodable(jobs: Sequence[DecodeJob], settings: Settings) -> dict[str, Problem]:
    """The problems of pictures that cannot be decoded, by their digests; the store records which
    can be.
    """
    from broadside.media.pictures import make_all

    digests = {job.path: job.picture.digest for job in jobs}
    problems = []
    if jobs:
        problems = make_all(jobs, store_of(settings), settings.JOBS)
    # A check works without these records: the next one decodes the pictures again.
    return {
        digests[path]: problem for path, problem in problems if problem.code != "photo-unwritten"
    }
