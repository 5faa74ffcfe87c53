"""Builds and commands in forked processes, where everything is loaded already: many in the time of
one that starts anew.
"""

from __future__ import annotations

import gc
import importlib
import logging
import marshal
import multiprocessing
import os
import sqlite3
import sys
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache, partialmethod
from pathlib import Path
from subprocess import CompletedProcess, TimeoutExpired
from tempfile import TemporaryDirectory, TemporaryFile
from types import CodeType, SimpleNamespace
from typing import IO, Any, NoReturn

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from broadside.config.options import Options, settings_in
from broadside.digests import of_folder
from tests.repository import PROJECT


class Compiled(BytecodeCache):
    """Templates that an earlier build compiled: that takes half of the time of a small build, and
    tells a test nothing.
    """

    def __init__(self) -> None:
        self.code: dict[tuple[str, str], CodeType] = {}
        self.new: dict[tuple[str, str], bytes] = {}
        """What this process compiled, for the one that it was forked from."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The name alone: a checkout in another folder has the same templates."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled of the same source."""
        bucket.code = self.code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.code:
            self.code[bucket.key, bucket.checksum] = bucket.code
            self.new[bucket.key, bucket.checksum] = marshal.dumps(bucket.code)

    def learn(self, new: Mapping[tuple[str, str], bytes]) -> None:
        """Keep what a forked process compiled."""
        self.code |= {key: marshal.loads(code) for key, code in new.items()}


COMPILED = Compiled()
OURS = ("broadside", "plugins", "tools", "tasks", "pelicanconf", "publishconf")
"""What a project has of its own."""
PATIENCE = 120
"""Seconds that a command may take."""


@cache
def load() -> None:
    """Load all that a build and its preview do, and have read an outlet, so that none which is
    forked from here has to.
    """
    tasks = [
        f"broadside.commands.{file.stem}"
        for file in (PROJECT / "broadside" / "commands").glob("[a-z]*.py")
    ]
    for name in (
        "invoke.main",
        *tasks,
        "broadside.build.build",
        "broadside.build.run",
        "broadside.plugins.cards.draw",
        "broadside.preview.process",
        "broadside.plugins.related.ranking",  # it loads numpy
        "brotli",
        "jinja2.ext",
        "pagefind_bin",
        "rich._emoji_codes",
        *settings_in("pelicanconf.py").PLUGINS,
    ):
        importlib.import_module(name)
    from PIL import Image

    from broadside.build.up_to_date import of_all_code
    from broadside.editing.check import check
    from broadside.plugins import admin, assets, search
    from broadside.plugins.search import indexing
    from broadside.plugins.search.documents import Document
    from broadside.site import assets as styles
    from tests.sample import Outlet

    Image.init()
    # The checkout stays as it is while it is tested.
    settings = settings_in("pelicanconf.py")
    of_all_code(settings)
    for folder in (
        "broadside/theme",
        "broadside/theme/templates",
        "halyard/theme",
        "halyard/theme/templates",
    ):
        known_folder(PROJECT / folder)
    admin.editor_file = cache(admin.editor_file)
    for name, digest in admin.digests_of_files().items():
        admin.editor_file(name=name, digest=digest)

    styles.minified = cache(styles.minified)
    folders = {
        "THEME": str(PROJECT / "broadside/theme"),
        "OUTLET_THEME": str(PROJECT / "halyard/theme"),
    }
    content = SimpleNamespace(faults=[])
    nothing: Any = SimpleNamespace(
        settings=settings.but(**folders), content=content, values={}, assets=[]
    )
    assets.name_assets(nothing)

    english = indexing.index([search.ANY], "en")

    def index(documents: list[Document], lang: str, place: Path) -> dict[str, bytes]:
        # What all indexes share is made by one of nothing.
        return (
            english
            if (documents, lang) == ([search.ANY], "en")
            else indexing.index(documents, lang, place)
        )

    vars(search)["index"] = index
    with TemporaryDirectory() as folder:
        outlet = Outlet(Path(folder))
        outlet.story()
        check(Options(content=str(outlet.content)))
    gc.collect()
    gc.freeze()  # what is never looked at again is never copied for a forked process


@cache
def known_folder(root: Path) -> str:
    """The digest of a folder of this checkout, which is read once."""
    return of_folder(root)


def in_fork(
    options: Options, project: Path = PROJECT, settings: dict[str, Any] | None = None
) -> str:
    """Build, and say what was done or what went wrong; a process of its own, because Pelican's
    signals outlive a build.

    `settings` take the place of the project's, in far less time than a checkout with a file of
    settings takes.
    """
    load()
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(
        target=_build, args=(options, project, settings, theirs)
    )
    process.start()
    theirs.close()
    try:
        outcome, new = ours.recv()
        COMPILED.learn(new)
    except EOFError:
        outcome = "killed"
    process.join()
    return str(outcome)


def command(
    words: Sequence[str], project: Path, cwd: Path, env: Mapping[str, str]
) -> CompletedProcess[str]:
    """What a command of a project says at a shell: it has a process of its own, which need not load
    what is loaded here.
    """
    load()
    with TemporaryFile() as out, TemporaryFile() as err, TemporaryFile() as new:
        process = multiprocessing.get_context("fork").Process(
            target=_command, args=(words, project, cwd, env, (out, err, new))
        )
        process.start()
        process.join(PATIENCE)
        if process.exitcode is None:
            process.kill()
            raise TimeoutExpired(list(words), PATIENCE)
        for file in (out, err, new):
            file.seek(0)
        COMPILED.learn(marshal.loads(new.read() or marshal.dumps({})))
        return CompletedProcess(
            list(words), process.exitcode, out.read().decode(), err.read().decode()
        )


def _command(
    words: Sequence[str],
    project: Path,
    cwd: Path,
    env: Mapping[str, str],
    files: Sequence[IO[bytes]],
) -> NoReturn:
    """Do in this process what invoke does in one that it was started in."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, file in enumerate(files[:2], 1):
        os.dup2(file.fileno(), number)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115
        for number, (mode, errors) in enumerate(
            (("r", "strict"), ("w", "strict"), ("w", "backslashreplace"))
        )
    )
    logging.root.handlers.clear()  # what pytest put there
    importlib.reload(warnings).resetwarnings()
    warnings.simplefilter("ignore", DeprecationWarning)  # as Python has it where no test runs
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    sys.argv = ["invoke", "--search-root", str(project), *words]
    if project == PROJECT:
        sys.path[:] = [path for path in sys.path if path not in ("", str(PROJECT))]
    else:
        _move_into(project)
    with suppress(Exception):  # what is wrong with a project's code is the command's to tell
        with_what_is_known(project)
    try:
        from invoke.main import program

        program.run()
        code: Any = 0
    except SystemExit as end:
        code = end.code
    except BaseException as problem:
        sys.excepthook(type(problem), problem, problem.__traceback__)
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    files[2].write(marshal.dumps(COMPILED.new))
    files[2].flush()
    os._exit(code or 0)


def with_what_is_known(project: Path = PROJECT) -> None:
    """Have this process compile no template, and read no folder of the checkout, that was compiled
    or read before.
    """
    from broadside.build import render, run, up_to_date

    if project == PROJECT:
        for module in (render, up_to_date):
            vars(module)["of_folder"] = known_folder
    else:
        wait_for_no_disk()  # in the modules of its own engine
    vars(run)["CompiledTemplates"] = lambda _: COMPILED
    Environment.__init__ = partialmethod(Environment.__init__, bytecode_cache=COMPILED)  # type: ignore[assignment, method-assign]


def wait_for_no_disk() -> None:
    """Have this process never wait until the disk has what was written: a power cut is none of
    these tests' business. The stress suite traces a build that waits.
    """
    from broadside import store
    from broadside.build import staging

    opened = store._opened

    def unsynced(place: str, patience: float) -> sqlite3.Connection:
        connection = opened(place, patience)
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    vars(store)["_opened"] = unsynced
    vars(staging)["wait_for_disk"] = lambda _: None
    vars(os)["fsync"] = lambda _: None


def _build(options: Options, project: Path, settings: dict[str, Any] | None, outcome: Any) -> None:
    if project != PROJECT:
        _move_into(project)
    with_what_is_known(project)
    try:
        from broadside import store
        from broadside.build import run, staging
        from broadside.build.build import build

        # A power cut is none of these tests' business.
        vars(staging)["wait_for_disk"] = lambda _: None

        # Tests change files sooner than people; the times of this system tell.
        store.SETTLED = 0
        if settings:
            of_project = vars(run)["settings_of"]
            vars(run)["settings_of"] = lambda *asked: of_project(*asked).but(**settings)
            said = str(run.make_site(options, ""))
        else:
            said = str(build(options))
    except BaseException as problem:
        said = f"{type(problem).__name__}: {problem}"
    outcome.send((said, COMPILED.new))


def alone(check: Callable[[], object]) -> None:
    """Run a check in a process of its own: it has one thread, whatever the tests before have
    started.
    """
    process = multiprocessing.get_context("fork").Process(target=check)
    process.start()
    process.join()
    assert process.exitcode == 0, "what went wrong stands above, as the process printed it"


def _move_into(project: Path) -> None:
    """Have this process load the code of another outlet, whose engine is its own, and packages from
    its folder lib.
    """
    sys.argv = ["invoke", "--search-root", str(project), *sys.argv[3:]]
    # an edit in the same second and of the same size would not be seen
    sys.dont_write_bytecode = True
    for name in [name for name in sys.modules if name.partition(".")[0] in OURS]:
        del sys.modules[name]
    sys.path[:] = [
        str(project),
        str(project / "lib"),
        *(path for path in sys.path if path not in ("", str(PROJECT))),
    ]
