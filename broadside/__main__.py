"""The command `broadside`: starts an outlet, or runs the commands of the outlet around the current
folder.
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from broadside import __version__
from broadside.folders import outlet_of

HELP = ("--help", "-h")
ITS_OWN = ("init", "--version")
NO_OUTLET = "There is no outlet in {} or above it; broadside init DIR starts one."


def main() -> None:
    """Run the command line; without a command it lists them, as ./inv does."""
    words = sys.argv[1:]
    outlet = outlet_of(Path.cwd())
    alone = not words or words[0] in HELP
    if outlet and (alone or words[0] not in ITS_OWN):
        inv = str(outlet / "inv")
        os.execv(inv, [inv, *words])
    if not (alone or words[0] in ITS_OWN):
        print(NO_OUTLET.format(Path.cwd()), file=sys.stderr)
        sys.exit(2)
    if words[:1] == ["init"] and not find_spec("invoke"):
        from broadside.outlet.alone import begin

        begin(words[1:])
    from invoke.collection import Collection
    from invoke.tasks import Task

    from broadside.commands.owning import init
    from broadside.commands.program import Commands

    namespace = Collection(init)
    if alone:
        from broadside import tasks

        for each in vars(tasks).values():
            if isinstance(each, Task):
                namespace.add_task(each)
        print(NO_OUTLET.format(Path.cwd()), end="\n\n")
    elif any(word in HELP for word in words[1:]):
        words = ["--help", "init"]
    Commands(name="Broadside", binary="broadside", version=__version__, namespace=namespace).run(
        ["broadside", *words]
    )


if __name__ == "__main__":
    main()
