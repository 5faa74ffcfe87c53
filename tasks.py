"""Broadside's commands: ./inv --list shows them, ./inv TASK --help explains one."""

import sys

from desk import trouble

sys.excepthook = trouble.hook  # whatever goes wrong, even in the code below, nobody has to read a traceback

from desk.tasks.building import build, clean, pack, serve, styleguide, verify
from desk.tasks.checking import audit, check, guest, permalinks
from desk.tasks.publishing import publish, server_init, server_publish, turn
from desk.tasks.testing import bench, stress, test, test_browser, test_deploy, test_reader
from desk.tasks.writing import due, new, related, roundup, status
