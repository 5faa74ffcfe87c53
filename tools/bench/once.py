"""Runs a command once and prints, as JSON, what it took: seconds, processor seconds, kilobytes,
exit code.

It is a small process of its own, because a process is charged with the memory that its parent had
when it began.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

if __name__ == "__main__":
    began = time.monotonic()
    process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    took = (time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss)
    print(json.dumps([*took, process.returncode]))
