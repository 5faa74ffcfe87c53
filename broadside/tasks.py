"""The commands of an outlet: its tasks.py begins with `from broadside.tasks import *`, and its own
commands go below that.
"""

import atexit
import sys

try:
    from broadside import trouble
except Exception as failure:  # as after a half-done merge
    sys.exit(
        f"Broadside failed: {type(failure).__name__}: {failure}.\nPlease report it to the person"
        " who runs the site."
    )
# whatever goes wrong, even in the code below, nobody has to read a traceback
sys.excepthook = trouble.hook
atexit.register(trouble.last_words)

from broadside.commands.building import build, clean, pack, serve
from broadside.commands.checking import changed, check, guest, permalinks
from broadside.commands.ending import allow_missing_words
from broadside.commands.of_plugins import commands as of_plugins
from broadside.commands.owning import docs, import_, template, test, upgrade, words
from broadside.commands.publishing import (
    announce,
    deploy_guard,
    publish,
    readers,
    server_init,
    server_preview,
    server_publish,
)
from broadside.commands.writing import due, new, rename

allow_missing_words()
OF_PLUGINS = of_plugins()
globals().update(OF_PLUGINS)

__all__ = [
    "announce",
    "build",
    "changed",
    "check",
    "clean",
    "deploy_guard",
    "docs",
    "due",
    "guest",
    "import_",
    "new",
    "pack",
    "permalinks",
    "publish",
    "readers",
    "rename",
    "serve",
    "server_init",
    "server_preview",
    "server_publish",
    "template",
    "test",
    "upgrade",
    "words",
]
__all__ += list(OF_PLUGINS)
