"""The commands of an outlet: its tasks.py begins with `from broadside.tasks import *`, and its own commands go below that."""

import atexit
import sys

try:
    from broadside.desk import trouble
except Exception as failure:  # as after a merge that was left half done
    sys.exit(f"Broadside failed: {type(failure).__name__}: {failure}.\nPlease report it to whoever runs the site.")
sys.excepthook = trouble.hook  # whatever goes wrong, even in the code below, nobody has to read a traceback
atexit.register(trouble.last_words)

from broadside.desk import optional_words
from broadside.desk.tasks.building import build, clean, pack, serve, styleguide, verify
from broadside.desk.tasks.checking import audit, changed, check, guest, permalinks
from broadside.desk.tasks.owning import docs, import_, template, test, upgrade, words
from broadside.desk.tasks.publishing import (
    announce,
    deploy_guard,
    publish,
    server_init,
    server_preview,
    server_publish,
)
from broadside.desk.tasks.writing import due, film, new, related, roundup, status

optional_words.allow()

__all__ = [
    "announce",
    "audit",
    "build",
    "changed",
    "check",
    "clean",
    "deploy_guard",
    "docs",
    "due",
    "film",
    "guest",
    "import_",
    "new",
    "pack",
    "permalinks",
    "publish",
    "related",
    "roundup",
    "serve",
    "server_init",
    "server_preview",
    "server_publish",
    "status",
    "styleguide",
    "template",
    "test",
    "upgrade",
    "verify",
    "words",
]
