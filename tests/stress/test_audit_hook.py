"""Whatever the content says, nothing outside it is opened and nothing outside the output is changed: under an audit hook.

The audit hook sees what Python does, in forked workers too. tests/stress/test_nothing_outside.py lets the kernel say it,
and of more folders.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from broadside.desk.options import PHOTOS
from tests.faults.corpus import outlet
from tests.outlet import NOW, Outlet
from tests.repository import PROJECT
from tests.watch import hook as hook_module
from tests.watch.escapes import SECRET
from tests.watch.folders import faulty, good, hostile, rules, run
from tests.watch.rules import is_below

Event = tuple[str, str, str]


def watched(made: Outlet, log: Path, *words: str) -> tuple[int, str, list[Event]]:
    """A command's exit code, what it said, and what it did."""
    hook = [sys.executable, "-P", hook_module.__file__, str(log), "--search-root", str(PROJECT)]
    done = run(made, [*hook, words[0], "--content", str(made.content), "--now", NOW, *words[1:]])
    return (
        done.returncode,
        done.stdout + done.stderr,
        [tuple(json.loads(line)) for line in log.read_bytes().splitlines()],
    )


def test_a_good_site_is_built_within_its_folders(tmp_path: Path) -> None:
    made, does = good(tmp_path / "site"), ["--output", str(tmp_path / "site" / "output"), "--jobs", "3"]
    started = set()
    for number, flags in enumerate([does, [*does, "--drafts"], [*does, "--production", "--clean"]]):
        code, said, events = watched(made, tmp_path / f"log-{number}", "build", *flags)
        assert code == 0, said
        mine = rules(made)
        assert mine.broken(events) == []
        started |= mine.started
        kinds = {what for what, _, _ in events}
        assert kinds >= {"read", "write"}
        assert any(where.startswith(str(made.content)) for what, where, _ in events if what == "read")
        assert not any(where.startswith(str(made.content)) for what, where, _ in events if what == "write")
    assert started == {"pagefind"}


@pytest.mark.parametrize("folder", [faulty, hostile], ids=["faults", "escapes"])
def test_neither_check_nor_build_leaves_the_folders(tmp_path: Path, folder: Callable[[Path], Outlet]) -> None:
    made = folder(tmp_path / "site")
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    code, said, events = watched(made, tmp_path / "log-check", "check")
    assert (code, "Traceback" in said, SECRET in said) == (1, False, False), said[-4000:]
    assert rules(made).broken(events) == []
    written = [where for what, where, _ in events if what == "write" and "__pycache__" not in where]
    assert [where for where in written if not is_below(where, PHOTOS) and where != str(PHOTOS.parent)] == [], (
        "check writes nothing but which pictures it has decoded"
    )
    after = sorted(str(path) for path in tmp_path.rglob("*"))
    assert set(after) - set(before) == {str(tmp_path / "log-check")}
    code, said, events = watched(made, tmp_path / "log-build", "build", "--output", str(made.output))
    assert (code, "Traceback" in said, SECRET in said) == (1, False, False), said[-4000:]
    assert rules(made).broken(events) == []
    assert not made.output.exists()


def test_the_hook_sees_what_it_must_see(tmp_path: Path) -> None:
    """The rules catch a plugin that reads, writes, starts or asks what it may not, in a forked process too."""
    from tests.checkout import checkout, plugin

    project = checkout(tmp_path / "project")
    plugin(project, "evil", EVIL)
    made = Outlet(tmp_path / "site", project)
    made.story("one")
    log = tmp_path / "log"
    hook = [sys.executable, "-P", hook_module.__file__, str(log), "--search-root", str(project)]
    done = run(made, [*hook, "build", "--content", str(made.content), "--output", str(made.output)])
    assert done.returncode == 0, done.stderr
    mine = rules(made)
    mine.more = (project,)
    broken = "\n".join(mine.broken(tuple(json.loads(line)) for line in log.read_bytes().splitlines()))
    for trace in ("read /etc/passwd", "write /tmp/evil-", "start /bin/true", "net socket.", f"write {tmp_path}/moved"):
        assert trace in broken, broken
    assert len(broken.splitlines()) < 20


EVIL = """
import os, socket, subprocess
from pelican.plugins import signals

def evil(generator, writer):
    pid = os.fork()
    if not pid:
        open("/etc/passwd").close()
        os._exit(0)
    os.waitpid(pid, 0)
    name = f"/tmp/evil-{os.getpid()}"
    open(name, "w").close()
    os.remove(name)
    subprocess.run(["/bin/true"])
    socket.socket().close()
    os.mkdir("../moved")
    os.rmdir("../moved")

def register():
    signals.article_writer_finalized.connect(evil)
"""


@pytest.mark.parametrize("verb", ["build", "check", "permalinks", "new"])
def test_no_module_of_the_folder_where_one_stands_is_run(tmp_path: Path, verb: str) -> None:
    made = outlet(tmp_path)
    names = (
        "lightningcss",
        "numpy",
        "markdown",
        "PIL",
        "pagefind_bin",
        "unidecode",
        "tasks",
        "invoke",
        "pelicanconf",
        "yaml",
    )
    for name in (*names, "sitecustomize", "brotli", "lxml", "plugins", "desk"):
        made.write(f"{name}.py", f"open({str(tmp_path / 'ran')!r}, 'a').write({name!r})\nraise SystemExit('ran')\n")
    words = {
        "build": ["--output", str(made.output)],
        "new": ["Headline", "--section", "Europe", "--author", "Ana Pereira"],
    }
    command = [str(PROJECT / "inv"), verb, *words.get(verb, []), "--content", "."]
    done = subprocess.run(command, cwd=made.content, capture_output=True, text=True, timeout=120, check=False)
    assert not (tmp_path / "ran").exists(), (tmp_path / "ran").read_text()
    assert "Traceback" not in done.stderr
    assert ("unclaimed-file" in done.stdout + done.stderr) == (verb != "new")
