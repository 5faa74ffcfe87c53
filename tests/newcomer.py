"""A copy of the project that ./inv can set up without a network: a broadside of one file stands in
for the packages.
"""

import base64
import hashlib
import os
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

NONE: Mapping[str, str] = MappingProxyType({})
# Tells what a task would see, one fact a line, or does what the test says.
TELLS = """\
import os, sys


def run(argv):
    if "PROGRAM" in os.environ:
        exec(os.environ["PROGRAM"])
        return
    print("arguments", argv[1:])
    print("folder", os.getcwd())
    print("python", sys.executable)
    print("searched", sys.path)
    print("environment", {name: os.environ.get(name) for name in ("PYTHONPATH", "VIRTUAL_ENV")})
"""


def wheel(folder: Path, name: str, source: str = "") -> str:
    """Write a wheel of one module, and give the line that locks it."""
    info = f"{name}-1.0.dist-info"
    files = {
        f"{name}/__init__.py": "",
        **(
            {f"{name}/commands/__init__.py": "", f"{name}/commands/program.py": source}
            if source
            else {}
        ),
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": (
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        ),
    }
    rows = [
        f"{path},sha256={digest(text.encode())},{len(text.encode())}"
        for path, text in files.items()
    ]
    files[f"{info}/RECORD"] = "\n".join([*rows, f"{info}/RECORD,,", ""])
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inner, text in files.items():
            archive.writestr(inner, text)
    return f"{name}==1.0 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class Project:
    root: Path
    wheels: Path
    lines: dict[str, str]

    @property
    def python(self) -> Path:
        return self.root / ".venv" / "bin" / "python"

    def lock(self, *names: str, comment: str, file: str = "requirements.lock") -> None:
        """Write a lock of these packages; another comment is another lock."""
        text = "".join(self.lines[name] for name in names)
        (self.root / file).write_text(f"# {comment}\n{text}", encoding="utf-8")

    def environment(self, changes: Mapping[str, str]) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PIP_", "PYTHON"))
        }
        offline = {
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheels),
            "PIP_CONFIG_FILE": os.devnull,
        }
        return kept | offline | dict(changes)

    def start(
        self, *arguments: str, cwd: Path | None = None, changes: Mapping[str, str] = NONE
    ) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(self.root / "inv"), *arguments],
            cwd=cwd or self.root,
            env=self.environment(changes),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(
        self, *arguments: str, cwd: Path | None = None, changes: Mapping[str, str] = NONE
    ) -> tuple[int, str, str]:
        return ended(self.start(*arguments, cwd=cwd, changes=changes))

    def installed(self) -> set[str]:
        return {path.name.split("-")[0] for path in (self.root / ".venv").rglob("*.dist-info")} - {
            "pip",
            "setuptools",
        }

    def beside(self) -> set[str]:
        return {path.name for path in self.root.iterdir() if path.name.startswith(".venv")}


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=120)
    assert "Traceback" not in err
    return process.returncode, out, err


def from_index(port: int) -> dict[str, str]:
    """What has pip look for packages at a port of this machine, and nowhere else."""
    return {
        "PIP_NO_INDEX": "0",
        "PIP_FIND_LINKS": "",
        "PIP_INDEX_URL": f"http://127.0.0.1:{port}/simple",
    }
