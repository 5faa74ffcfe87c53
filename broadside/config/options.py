"""The options of a command, and the settings that follow from them."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

from invoke.exceptions import Exit
from msgspec import Struct

from broadside.config import files
from broadside.config.files import LIVE, OURS
from broadside.dates import moment_of, now_of
from broadside.folders import OUTLET
from broadside.settings import Settings, declared

PREVIEW = OUTLET / ".cache" / "preview"
"""Where ./inv serve builds; the port is added to it, so that a preview affects neither the output
nor another preview.
"""
PHOTOS = PREVIEW.with_name("photos")
"""The finished pictures of all builds inside the project."""
FOLDERS = ("OUTLET_THEME", "CARD_FONTS", "THEME_TEMPLATES_OVERRIDES", "EXTRA_TEMPLATES_PATHS")
"""Settings besides THEME that name folders of the outlet that pages are made from; the last is
Pelican's former name for the one before.
"""

OUTSIDE = tuple(name for name, kind in declared().items() if kind == "Outside")
"""Settings that name a file on which pages depend."""


class OptionRefused(Exit):
    """An option has an invalid value; ends the command with a line that says so."""


class Options(Struct, frozen=True):
    """A build as the command line describes it.

    `content` and `output` are as the user gave them; `now` is ISO 8601.
    """

    content: str = ""
    output: str = ""
    production: bool = False
    drafts: bool = False
    siteurl: str = ""
    now: str = ""
    clean: bool = False
    jobs: int = 0

    @property
    def content_path(self) -> Path:
        """The content folder, by default the project's own."""
        if self.content:
            return Path(os.path.abspath(self.content))
        return OUTLET / "content"

    @property
    def output_path(self) -> Path:
        """The output folder, by default the project's own."""
        if self.output:
            return Path(os.path.abspath(self.output))
        return OUTLET / "output"

    @property
    def content_prefix(self) -> str:
        """What to put before a source's path in a message, so that the user can open it from the
        current folder.
        """
        shown = self.content or os.path.relpath(self.content_path)
        if shown == ".":
            return ""
        return shown.rstrip("/") + "/"

    @property
    def conf(self) -> str:
        """The settings file."""
        if self.production:
            return LIVE
        return OURS

    @property
    def cache_path(self) -> Path:
        """The folder where builds into this output keep what makes the next one quick."""
        return self.output_path.parent / f".{self.output_path.name}.cache"


def settings_in(file: str, judged: bool = False, rehearsed: bool = False) -> Settings:
    """The settings in pelicanconf.py or publishconf.py as the outlet wrote them.

    Ends the command if the file cannot be run or, if the settings are to be `judged`, if any is
    wrong; if the live site is only `rehearsed`, SITEURL is not checked.
    """
    try:
        found = files.settings_in(file, OUTLET)
        if judged:
            from broadside.config.judge import judge  # slow to load

            judge(found, OUTLET, file, rehearsed)
        return Settings(found)
    except files.Slips as problem:
        raise OptionRefused(str(problem), 1) from None


def refuse_without_content(options: Options) -> None:
    """End the command if the content folder does not exist."""
    if not options.content_path.is_dir():
        raise OptionRefused(f"There is no folder {options.content or options.content_path}.", 1)


def draft_pattern(options: Options) -> str:
    """The address of a draft, with {slug} in place of its slug."""
    return settings_in(options.conf).DRAFT_URL


def settings_of(options: Options, output: Path | None = None) -> Settings:
    """Pelican's settings for a build into `output`, by default the site's output folder."""
    refuse_without_content(options)
    # A slip in the live settings is better reported now than on the day when they are used.
    for file in dict.fromkeys((options.conf, LIVE)):
        settings_in(file, judged=True, rehearsed=options.production and bool(options.siteurl))
    if str(OUTLET) not in sys.path:
        sys.path.insert(0, str(OUTLET))
    overrides: dict[str, Any] = {
        "PATH": str(options.content_path),
        "OUTPUT_PATH": str(output or options.output_path),
        "CACHE_PATH": str(options.cache_path),
    }
    if options.output_path.is_relative_to(OUTLET):
        overrides["PHOTO_STORE"] = str(PHOTOS)  # the preview and the build share pictures
    overrides |= asked(options)
    files.forget()
    read = files.of_pelican().read_settings(str(OUTLET / options.conf), override=overrides)
    found: dict[str, Any] = files.with_new_names(read)
    # Pelican looks for THEME beside the settings, but for these in the current folder.
    for name in (*FOLDERS, "PHOTO_STORE", *OUTSIDE):
        if value := found.get(name):
            found[name] = (
                str(OUTLET / value)
                if isinstance(value, str)
                else [str(OUTLET / each) for each in value]
            )
    return Settings(found)


def asked(options: Options) -> dict[str, Any]:
    """The settings that the command line sets, whatever the files say."""
    found: dict[str, Any] = {}
    if options.drafts:
        found["SHOW_DRAFTS"] = True
    if options.siteurl:
        found["SITEURL"] = _address(options.siteurl)
    if options.now:
        found["NOW"] = _moment(options.now)
    if options.jobs:
        found["JOBS"] = options.jobs
    return found


def since_of(
    written: str, zone: tzinfo, wanted: str = "a moment; write it as 2026-11-25T09:00"
) -> datetime | None:
    """The moment given with --since, in a time zone; None if it was left out."""
    try:
        if written:
            return moment_of(written, zone)
        return None
    except ValueError:
        raise OptionRefused(f'--since "{written}" is not {wanted}', 2) from None


def _address(written: str) -> str:
    from broadside.config.checks import site_url

    try:
        return site_url(written).rstrip("/")
    except ValueError as problem:
        raise OptionRefused(f"--siteurl {problem}", 2) from None


def _moment(written: str) -> str:
    try:
        now_of(written, UTC)
    except ValueError:
        raise OptionRefused(
            f'--now "{written}" is not a moment; write it as 2026-11-25T09:00', 2
        ) from None
    return written


def newest_port() -> str:
    """The port of the preview that was built last, or the default."""
    previews = [path for path in PREVIEW.parent.glob(f"{PREVIEW.name}-*") if path.is_dir()]
    newest = max(
        previews,
        key=lambda path: path.stat().st_mtime,
        default=PREVIEW.with_name(f"{PREVIEW.name}-8000"),
    )
    return newest.name.rpartition("-")[2]
