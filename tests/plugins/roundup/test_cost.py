"""A build pays nothing for the mail, which it does not make."""

from __future__ import annotations

import subprocess
import sys

from tests.repository import PROJECT

ASK = (
    "import sys, broadside.desk.making, broadside.plugins.roundup; "
    "print([n for n in ('mrml', 'smtplib', 'broadside.plugins.roundup.mail') if n in sys.modules])"
)


def test_a_build_does_not_load_what_makes_the_mail() -> None:
    done = subprocess.run([sys.executable, "-c", ASK], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
