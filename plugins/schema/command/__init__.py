"""The command schema."""

from __future__ import annotations

import json
import os
from pathlib import Path

from invoke.context import Context
from invoke.tasks import task

from broadside.commands.ending import WHERE, ending
from broadside.folders import OUTLET

MENU = {"Maintain": {"schema": "Let editors of text know keys"}}


@task(help={"content": WHERE["content"], "output": "the folder for them (default: .cache/schema)"})
def schema(c: Context, content: str = "", output: str = "") -> None:
    """Write a JSON Schema for each kind of file that people write, by which editors of text suggest
    keys and mark slips.

    .vscode/settings.json of a new outlet names them. Keys that plugins of the outlet add are in
    them too.
    """
    from broadside.config.options import Options, settings_of
    from broadside.disk import write_whole
    from broadside.doors import load
    from broadside.front_matter.validate import Rules
    from broadside.plugins.schema.command.schemas import names_in, schemas

    options = Options(content=content)
    settings = settings_of(options)
    load(settings.PLUGINS)
    rules = Rules.from_settings(settings)
    if output:
        folder = Path(output)
    else:
        folder = OUTLET / ".cache" / "schema"
    with ending(OSError, says="Nothing was written: "):
        folder.mkdir(parents=True, exist_ok=True)
        for name, made in schemas(rules, names_in(options.content_path, rules)).items():
            write_whole(
                folder / f"{name}.json",
                f"{json.dumps(made, ensure_ascii=False, indent=1)}\n".encode(),
            )
    print(f"Editors of text find the schemas in {os.path.relpath(folder)}")
