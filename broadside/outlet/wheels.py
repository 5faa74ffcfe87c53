"""The wheels of the engine and of add-ons: how they are found or built, and what an outlet takes
from them.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import unquote, urlsplit

from broadside.fetching import fetched
from broadside.folders import ENGINE

DISTRIBUTION = "pelican-broadside"
NAME = re.compile(r"pelican_broadside-([^-]+)-.+\.whl")
TEMPLATE = re.compile(r"broadside/((?:theme/|plugins/(\w+/))templates/(.+))")
ADD_ONS = ("announce", "import", "server")
"""The add-ons, each a package in extras/ with a wheel of its own."""
CHECKOUT = ENGINE.parent
"""The engine's own repository, if this is a checkout."""
FIRST = (
    "# What ./inv installs: what the engine needs, and the engine. ./inv upgrade writes all above"
    " the last line of this kind."
)
OWN = (
    "# Packages of your own, each with its hash, go below this line; ./inv upgrade leaves them as"
    " they are."
)


class NoWheel(Exception):
    """There is no wheel, or it is not one of the engine; the message says why and what to do."""


class Wheel:
    """A wheel of the engine: a file that an outlet keeps in its folder vendor/."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
            self.requirements = self.text("requirements.lock")
            self.changelog = self.text("CHANGELOG.md")
        except (OSError, KeyError, zipfile.BadZipFile) as problem:
            raise NoWheel(f"{path} is no wheel of Broadside ({problem})") from None
        name = NAME.fullmatch(path.name)
        if not name:
            raise NoWheel(
                f"{path} is not named as a wheel of Broadside is:"
                " pelican_broadside-VERSION-py3-none-any.whl"
            )
        self.version = name[1]

    def text(self, name: str) -> str:
        """A file of the package, by its path below broadside/; raises KeyError if there is none."""
        return self._zip.read(f"broadside/{name}").decode()

    def names(self, folder: str) -> list[str]:
        """The paths of the files in a folder of the package, relative to that folder."""
        prefix = f"broadside/{folder}/"
        return sorted(
            name.removeprefix(prefix) for name in self._zip.namelist() if name.startswith(prefix)
        )

    def templates(self) -> dict[str, str]:
        """The paths of the templates of the theme and of plugins, by their names."""
        found = filter(None, map(TEMPLATE.fullmatch, self._zip.namelist()))
        return {f"{each[2] or ''}{each[3]}": each[1] for each in found}

    def digest(self) -> str:
        """The SHA-256 of the file, in hexadecimal digits."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    def add_ons(self) -> list[Path]:
        """The wheels of add-ons of the same version that are beside this one."""
        found = (add_on_in(self.path.parent, name, self.version) for name in ADD_ONS)
        return [path for path in found if path]

    def lock(self, own: str = "") -> str:
        """An outlet's requirements.lock: the engine's dependencies, the engine in vendor/, and the
        outlet's own packages.
        """
        needed = "".join(
            f"{line}\n"
            for line in self.requirements.splitlines()
            if line.strip() and not line.lstrip().startswith("#")
        )
        return (
            f"{FIRST}\n{needed}./vendor/{self.path.name}"
            f" --hash=sha256:{self.digest()}\n{OWN}\n{own}"
        )


def add_on_in(folder: Path, name: str, version: str) -> Path | None:
    """The wheel of an add-on of a version in a folder."""
    return next(folder.glob(f"broadside_{name}-{version}-*.whl"), None)


def own_of(lock: str) -> str:
    """The outlet's own packages in its requirements.lock."""
    return lock.partition(f"{OWN}\n")[2]


def wheel_of(lock: str) -> str:
    """The name of the wheel in an outlet's requirements.lock; "" if there is none."""
    lines = (
        line.removeprefix("./vendor/") for line in lock.splitlines() if line.startswith("./vendor/")
    )
    return next((line.split(" ")[0] for line in lines), "")


def wheel_to_use(named: str, scratch: Path) -> Wheel:
    """The named wheel, or the one that this engine was installed from, or one built from its
    checkout in `scratch`.
    """
    if named:
        return Wheel(Path(named))
    if (CHECKOUT / "pyproject.toml").is_file():
        return wheel_of_checkout(scratch)
    if path := _installed_from():
        return Wheel(path)
    raise NoWheel(
        "The file that Broadside was installed from is not there any more: name a wheel with"
        " --wheel"
    )


def wheel_of_checkout(scratch: Path, checkout: Path = CHECKOUT) -> Wheel:
    """A wheel of a checkout of the engine, built in a folder."""
    return Wheel(built(scratch, checkout))


def built(scratch: Path, project: Path) -> Path:
    """The wheel of a folder with a pyproject.toml, built in another folder: the engine's, or an
    add-on's of extras/.
    """
    backend = CHECKOUT / ".cache" / "wheel"
    fetched(backend, CHECKOUT / "requirements-wheel.lock")
    code = "import sys, hatchling.build as build; print(build.build_wheel(sys.argv[1]))"
    command = [sys.executable, "-P", "-c", code, str(scratch)]
    # the same checkout, the same bytes
    environment = {"PYTHONPATH": str(backend), "SOURCE_DATE_EPOCH": "315532800"}
    done = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NoWheel(f"No wheel could be made of {project}: {done.stderr.strip()}")
    return scratch / done.stdout.splitlines()[-1]


def _installed_from() -> Path | None:
    """The wheel that pip recorded for this engine (PEP 610), if it is still there and unchanged."""
    try:
        noted = json.loads(distribution(DISTRIBUTION).read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return None
    path = Path(unquote(urlsplit(str(noted.get("url", ""))).path))
    digest = str(noted.get("archive_info", {}).get("hashes", {}).get("sha256", ""))
    if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest:
        return path
    return None
