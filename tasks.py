"""Broadside's commands: ./inv --list shows them, ./inv TASK --help explains one."""

from broadside.commands.owning import init
from broadside.tasks import *
from tools.developing import (
    bench,
    docs,
    stress,
    test,
    test_browser,
    test_deploy,
    test_outlets,
    test_reader,
    words,
)
