"""Writes the site: every file goes through one run, which skips what has not changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from broadside.plugins.manifest import EXCHANGED, MANIFEST
from broadside.plugins.press.pair import Pair
from broadside.plugins.press.run import Run
from broadside.plugins.press.sheets import Bundle as Sheets
from broadside.plugins.press.sheets import Printed, Sheet
from broadside.plugins.proof.reader import Proofreader
from broadside.plugins.render import Renderer
from broadside.plugins.site import Bundle, Page


def write(
    files: Iterable[Page | Bundle],
    renderer: Renderer,
    settings: Mapping[str, Any],
    proofreader: Callable[[Callable[[str], bool]], Proofreader],
) -> Printed:
    """Write the files that changed, and remove those that are no longer part of the site."""
    run = Run(
        Path(settings["OUTPUT_PATH"]),
        Path(settings["CACHE_PATH"], MANIFEST),
        settings.get("JOBS", 1),
        pair_of(settings),
    )
    run.proof = proofreader(run.has)
    for file in files:
        if isinstance(file, Page):
            run.add(Sheet(file.path, renderer.digest(file), partial(renderer.render, file)))
        else:
            run.bundles.append(Sheets(file.folder, renderer.digest(file), partial(file.make, **file.values)))
    return run.print(renderer.compile_templates)


def pair_of(settings: Mapping[str, Any]) -> Pair | None:
    """The site that readers see and the tree that is written; None if they are one folder."""
    if not settings.get("LIVE_PATH"):
        return None
    return Pair(Path(settings["LIVE_PATH"]), Path(settings["OUTPUT_PATH"]), Path(settings["CACHE_PATH"], EXCHANGED))
