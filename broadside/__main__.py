"""The command `broadside`: starts an outlet, and runs the commands of the one around the current folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from broadside import __version__
from broadside.folders import outlet_of


def main() -> None:
    """Run the command line."""
    words = sys.argv[1:]
    outlet = outlet_of(Path.cwd())
    if outlet and words[:1] not in (["init"], ["--version"]):
        inv = str(outlet / "inv")
        os.execv(inv, [inv, *words])
    from invoke.collection import Collection
    from invoke.program import Program

    from broadside.desk import misread
    from broadside.desk.tasks.owning import init

    misread.teach()
    program = Program(name="Broadside", binary="broadside", version=__version__, namespace=Collection(init))
    program.run(["broadside", *(words or ["--list"])])


if __name__ == "__main__":
    main()
