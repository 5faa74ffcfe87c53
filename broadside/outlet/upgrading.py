"""Brings an outlet to another version of the engine, after showing what that changes: ./inv
upgrade.

The outlet is tried with the other engine in a separate folder, so that nothing changes if its site
cannot be built. Then each file is replaced, the lock last. Going back is Git's.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from broadside.config import own_templates
from broadside.disk import write_whole
from broadside.faults import count
from broadside.outlet.starting import FORGES, generated
from broadside.outlet.wheels import DISTRIBUTION, NAME, NoWheel, Wheel, own_of, wheel_of

LOCK, REQUIREMENTS, VENDOR = "requirements.lock", "requirements.in", "vendor"
NOT_TRIED = (".venv", ".git", ".cache", "content", "output", "preview", "vendor")
"""What the trial leaves out of an outlet's folder, or links to."""
STOPS = "### What may stop or change your build"
ASSET = re.compile(rb"(theme/[\w/.-]+?)-[0-9a-f]{10}(\.\w+)")
SHOWN = 20
"""How many pages are listed in the terminal; all are in a file."""


class NotUpgraded(Exception):
    """Nothing was changed; the message says why."""


class Upgrade(Struct):
    """What an upgrade would do to an outlet: files to write or, with None, to delete, and the
    results of a trial.
    """

    old: Wheel
    new: Wheel
    files: dict[str, str | None]
    left: list[str]
    changed: list[str] | None
    faults: list[str]


def prepared(outlet: Path, wanted: str, undo: bool, scratch: Path) -> Upgrade:
    """Find the other engine and try the outlet with it."""
    lock = ""
    if (outlet / LOCK).is_file():
        lock = (outlet / LOCK).read_text("utf-8")
    if not (name := wheel_of(lock)):
        raise NotUpgraded(
            f"{LOCK} names no wheel in {VENDOR}/: this is no outlet that broadside init wrote"
        )
    old = Wheel(outlet / VENDOR / name)
    if undo:
        new = _before(outlet, name)
    else:
        new = _wanted(wanted, scratch)
    if new.digest() == old.digest():
        raise NotUpgraded(f"This outlet has Broadside {old.version} already, with the same bytes")
    kept = outlet / VENDOR / new.path.name
    if kept.is_file() and Wheel(kept).digest() != new.digest():
        raise NotUpgraded(
            f"{VENDOR}/{kept.name} has other bytes than {new.path}: give what was changed a version"
            " of its own"
        )
    print(
        "Building the site with this version and with the other; this takes a minute or more …",
        file=sys.stderr,
    )
    files, left = _files(outlet, old, new, own_of(lock))
    now = datetime.now(UTC).replace(microsecond=0).isoformat()
    content = outlet / "content"
    before, known = _built(outlet, content, scratch / "before", now), _faults(outlet, content, now)
    trial = _trial(outlet, files, new, scratch / "trial")
    after, faults = _built(trial, content, scratch / "after", now), _faults(trial, content, now)
    if isinstance(before, str) and isinstance(after, str):
        raise NotUpgraded(
            f"The site cannot be built with this version either; fix that first.\n{before}"
        )
    if isinstance(after, str):
        raise NotUpgraded(
            f"The site cannot be built with Broadside {new.version}; nothing was changed.\n{after}"
        )
    if isinstance(before, str):
        changed = None
    else:
        changed = sorted(_differing(before, after))
    faults = [line for line in faults if line not in known]
    return Upgrade(old, new, files, left, changed, [*faults, *_templates(outlet, old, new)])


def _wanted(wanted: str, scratch: Path) -> Wheel:
    """The named wheel, or that of a version in the package index that pip uses; of the newest
    version if nothing is named.
    """
    if wanted.endswith(".whl"):
        return Wheel(Path(wanted))
    requirement = DISTRIBUTION
    if wanted:
        requirement = f"{DISTRIBUTION}=={wanted}"
    pip = "-P -m pip download -q --no-deps --only-binary :all: --disable-pip-version-check".split()
    done = subprocess.run(
        [sys.executable, *pip, "--dest", str(scratch / "wheel"), requirement],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotUpgraded(f"pip finds no {requirement}: {done.stderr.strip().splitlines()[-1]}")
    return Wheel(next((scratch / "wheel").glob("*.whl")))


def _before(outlet: Path, name: str) -> Wheel:
    """The wheel that the last upgrade left in vendor/."""
    others = [
        path
        for path in sorted((outlet / VENDOR).glob("*.whl"))
        if NAME.fullmatch(path.name) and path.name != name
    ]
    if len(others) != 1:
        raise NotUpgraded(
            f"{VENDOR}/ has {count(len(others), 'wheel')} besides {name}: name the one to go back"
            " to, ./inv upgrade WHEEL"
        )
    return Wheel(others[0])


def _files(
    outlet: Path, old: Wheel, new: Wheel, own: str
) -> tuple[dict[str, str | None], list[str]]:
    """What to write, and what is left alone because it was changed here."""
    requirements = (outlet / REQUIREMENTS).read_text("utf-8")
    pinned = re.sub(rf"(?m)^{DISTRIBUTION}==\S+", f"{DISTRIBUTION}=={new.version}", requirements)
    files: dict[str, str | None] = {LOCK: new.lock(own), REQUIREMENTS: pinned}
    left = []
    before, after = (
        {path: text for forge in FORGES for path, text in generated(forge, wheel)}
        for wheel in (old, new)
    )
    for path, text in before.items():
        file = outlet / path
        if not file.is_file() or text == after.get(path):
            continue
        if file.read_text("utf-8") == text:
            files[path] = after.get(path)
        else:
            left.append(path)
    return files, left


def _trial(outlet: Path, files: Mapping[str, str | None], new: Wheel, trial: Path) -> Path:
    """A copy of the outlet without its content, with the other engine."""
    trial.mkdir()
    for each in outlet.iterdir():
        if each.name not in NOT_TRIED and not each.name.endswith(".cache"):
            (shutil.copytree if each.is_dir() else shutil.copy2)(each, trial / each.name)
    (trial / VENDOR).mkdir()
    shutil.copy(new.path, trial / VENDOR)
    write(trial, files)
    photos = outlet / ".cache" / "photos"  # each takes a second to make
    photos.mkdir(parents=True, exist_ok=True)
    (trial / ".cache").mkdir()
    (trial / ".cache" / "photos").symlink_to(photos)
    return trial


def write(outlet: Path, files: Mapping[str, str | None]) -> None:
    """Write or delete an outlet's files, each whole, and the lock last: it switches the outlet to
    the other engine.
    """
    for path in sorted(files, key=lambda path: path == LOCK):
        file, text = outlet / path, files[path]
        if text is None:
            file.unlink(missing_ok=True)
        else:
            mode = 0
            if file.exists():
                mode = stat.S_IMODE(file.stat().st_mode)
            write_whole(file.resolve(), text.encode(), mode=mode, synced=True)


def _run(outlet: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of an outlet with its own engine."""
    command = [str(outlet / "inv"), *words]
    return subprocess.run(command, cwd=outlet, capture_output=True, text=True, check=False)


def _faults(outlet: Path, content: Path, now: str) -> list[str]:
    """What ./inv check reports for an outlet."""
    return _run(outlet, "check", "--content", str(content), "--now", now).stdout.splitlines()


def _built(outlet: Path, content: Path, output: Path, now: str) -> dict[str, str] | str:
    """The digest of each file of a site, built from the content by an outlet's engine; the message
    if it cannot be built.
    """
    done = _run(
        outlet,
        "build",
        "--production",
        "--content",
        str(content),
        "--output",
        str(output),
        "--now",
        now,
    )
    if done.returncode:
        return f"{done.stdout}{done.stderr}".strip()
    files = (path for path in output.rglob("*") if path.is_file())
    return {path.relative_to(output).as_posix(): _digest(path) for path in files}


def _digest(path: Path) -> str:
    """A file's digest, ignoring the digests in the names of style sheets and scripts, which are on
    every page.
    """
    data = path.read_bytes()
    return hashlib.sha256(
        ASSET.sub(rb"\1\2", data) if path.suffix in (".html", ".xml") else data
    ).hexdigest()


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """The pages and feeds that differ; of other files, such as pictures, only those whose names do
    not contain digests.
    """
    for path in before.keys() | after.keys():
        if path.endswith((".html", ".xml", ".json", ".txt")) and not path.startswith("pagefind/"):
            if path not in after:
                yield f"{path} (gone)"
            elif path not in before:
                yield f"{path} (new)"
            elif before[path] != after[path]:
                yield path


def _templates(outlet: Path, old: Wheel, new: Wheel) -> Iterator[str]:
    """The outlet's templates without a stamp that replace one that changes; ./inv check reports the
    stamped ones.
    """
    before, after = old.templates(), new.templates()
    for template in own_templates.owned(outlet / "theme" / "templates"):
        name = template.name
        if template.origin or name not in before.keys() & after.keys():
            continue
        if old.text(before[name]) != new.text(after[name]):
            yield (
                f"theme/templates/{name} takes the place of one that is another in {new.version}"
            )


def apply(outlet: Path, upgrade: Upgrade) -> None:
    """Put the other wheel into vendor/, beside the present one, with the add-ons that were there,
    and write the files.
    """
    vendor, new = outlet / VENDOR, upgrade.new.path
    had = {path.name.partition("-")[0] for path in vendor.glob("*.whl")}
    add_ons = [path for path in upgrade.new.add_ons() if path.name.partition("-")[0] in had]
    for path in (new, *add_ons):
        if not (vendor / path.name).is_file():
            write_whole(vendor / path.name, path.read_bytes(), synced=True)
    write(outlet, upgrade.files)
    kept = {upgrade.old.path.name, *(path.name for path in (new, *add_ons))}
    for path in vendor.glob("*.whl"):
        if path.name not in kept:
            path.unlink()


def told(upgrade: Upgrade, listed: Path) -> Iterator[str]:
    """What the upgrade changes, in lines; all changed pages are written into the file `listed`."""
    yield f"From Broadside {upgrade.old.version} to {upgrade.new.version}"
    lines = [*stops_between(upgrade.new.changelog, upgrade.old.version, upgrade.new.version)]
    if lines:
        yield "\nWhat may stop or change your build:"
        yield from lines
    if upgrade.changed is None:
        yield (
            "\nIt is not known which pages change: the site cannot be built with Broadside"
            f" {upgrade.old.version}."
        )
    else:
        yield (
            f"\n{count(len(upgrade.changed), 'page')} of your site will"
            f" change{':' if upgrade.changed else '.'}"
        )
        yield from (f"  {path}" for path in upgrade.changed[:SHOWN])
        if len(upgrade.changed) > SHOWN:
            yield f"  and {len(upgrade.changed) - SHOWN} more, listed in {os.path.relpath(listed)}"
        write_whole(listed, "".join(f"{path}\n" for path in upgrade.changed).encode())
    if upgrade.faults:
        yield "\nWhat ./inv check will say that it does not say now:"
        yield from (f"  {line}" for line in upgrade.faults)
    for path in upgrade.left:
        yield (
            f"\n{path} stays as it is, because it was changed here; broadside {upgrade.new.version}"
            " has another."
        )


def stops_between(changelog: str, old: str, new: str) -> Iterator[str]:
    """The lines of a changelog on what may stop a build, in the sections after one version up to
    another.
    """
    for section in re.split(r"(?m)^## ", changelog)[1:]:
        found = re.match(r"\[?([\w.]+)", section)
        if found and _order(old) < _order(found[1]) <= _order(new):
            part = section.partition(STOPS)[2]
            yield from (line for line in re.split(r"(?m)^##", part)[0].splitlines() if line.strip())


def _order(version: str) -> list[tuple[int, str]]:
    return [
        (int(part) if part.isdecimal() else -1, part)
        for part in re.split(r"[.+-]|(?<=\d)(?=[a-z])", version)
    ]


def diff(outlet: Path, name: str) -> str:
    """What changed in an engine's template since an outlet copied it, if that wheel is still in
    vendor/; else what the copy changes.
    """
    templates = own_templates.known()
    name = own_templates.named(name, templates)
    owned = own_templates.owned(outlet / "theme" / "templates")
    own = next((each for each in owned if each.name == name), None)
    if own is None:
        raise own_templates.NotCopied(f"theme/templates/{name} does not exist")
    now = templates[name].read_text("utf-8")
    for path in sorted((outlet / VENDOR).glob("*.whl")):
        try:
            wheel = Wheel(path)
            before = wheel.text(wheel.templates()[name])
        except (NoWheel, KeyError):
            continue
        if own_templates.digest(before) == own.origin:
            return own_templates.difference(
                before, now, (f"{name} of {own.version}", f"{name} now")
            )
    if own.origin:
        copied = own.path.read_text("utf-8").partition("\n")[2]
    else:
        copied = own.path.read_text("utf-8")
    return own_templates.difference(now, copied, (f"{name} of the engine", str(own.path)))


def scratch_of(outlet: Path) -> Path:
    """An empty folder for trials, on the file system of the outlet."""
    folder = outlet / ".cache" / "upgrade"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
