"""The command `broadside`: starts an outlet, and runs the commands of the one around the current folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from broadside import __version__
from broadside.folders import outlet_of

HELP = ("--help", "-h")
ITS_OWN = ("init", "--version", *HELP)


def main() -> None:
    """Run the command line."""
    words = sys.argv[1:]
    outlet = outlet_of(Path.cwd())
    if outlet and words[:1] and words[0] not in ITS_OWN:
        inv = str(outlet / "inv")
        os.execv(inv, [inv, *words])
    if not words or words[0] in HELP or any(word in HELP for word in words[1:]):
        words = ["--help", "init"]
    elif words[0] not in ITS_OWN:
        print(f"There is no outlet in {Path.cwd()} or above it; broadside init DIR starts one.", file=sys.stderr)
        sys.exit(2)
    from invoke.collection import Collection
    from invoke.program import Program

    from broadside.desk.tasks.owning import init

    Program(name="Broadside", binary="broadside", version=__version__, namespace=Collection(init)).run(
        ["broadside", *words]
    )


if __name__ == "__main__":
    main()
