"""Compiles the theme's templates in another process while this one loads Pelican.

The page of one story needs two thirds of them, and compiling these takes as long as making fifty pages. The code is never
written to the disk, where somebody could change it: it comes through a pipe from a child process.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from inspect import signature
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from jinja2 import BytecodeCache, Environment, FileSystemLoader
from jinja2.bccache import Bucket
from jinja2.filters import FILTERS
from jinja2.nodes import Impossible
from jinja2.tests import TESTS

from broadside.desk.options import Options, settings_in
from broadside.folders import OUTLET
from broadside.plugins.processes import Future

NOT_COMPILED = ("extensions", "loader", "cache_size", "auto_reload", "bytecode_cache")
"""Arguments of Jinja's Environment that a template's code does not depend on."""


class Compiled(NamedTuple):
    """A template's code, the checksum of its source, and the filters and tests that it asks for."""

    code: bytes
    checksum: str
    filters: frozenset[str]
    tests: frozenset[str]


class Ready(BytecodeCache):
    """Gives Jinja the code of templates that have not changed since compile_ahead() compiled them; Jinja compiles the others."""

    def __init__(self, compiled: Callable[[], Mapping[str, Compiled]], environment: Environment) -> None:
        self._compiled = compiled
        self._filters = {name for name, each in environment.filters.items() if _is_foreseen(name, each)}
        self._tests = {name for name, each in environment.tests.items() if TESTS.get(name) is each}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code into the bucket, if there is any."""
        found = self._compiled().get(bucket.key)
        if (
            found
            and found.checksum == bucket.checksum
            and found.filters <= self._filters
            and found.tests <= self._tests
        ):
            bucket.code = marshal.loads(found.code)  # noqa: S302 -- from our own child, over our own pipe

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Do nothing: code is not kept."""


def compile_ahead(options: Options) -> Callable[[Environment], None]:
    """Begin to compile, and return a function that installs the code in Jinja's environment, once that has all its filters."""
    settings = settings_in(options.conf)  # not judged yet, so they may hold anything
    wanted, jobs = settings.get("JINJA_ENVIRONMENT"), options.jobs or settings.get("JOBS")
    if not isinstance(wanted, dict) or not isinstance(jobs, int):
        return lambda _: None
    folder = OUTLET / str(settings.get("THEME", "theme")) / "templates"
    code = Future.of(lambda: compiled(folder, wanted), jobs, otherwise=dict[str, Compiled])

    def install(environment: Environment) -> None:
        if not environment.bytecode_cache and _marks_of(environment) == _marks_of(_environment(folder, wanted)):
            environment.bytecode_cache = Ready(code, environment)

    return install


def compiled(folder: Path, wanted: Mapping[str, Any]) -> dict[str, Compiled]:
    """Compile the templates of a folder, and return them by Jinja's cache keys; one that fails is left out, and Jinja will say why."""
    environment, keys = _environment(folder, wanted), BytecodeCache()
    filters, tests = Asked(environment.filters, _later), Asked(environment.tests)
    environment.filters, environment.tests = filters, tests
    found = {}
    for name in environment.list_templates(["html"]):
        filters.names.clear()
        tests.names.clear()
        try:
            source, filename, _ = environment.loader.get_source(environment, name)  # type: ignore[union-attr]
            code = marshal.dumps(environment.compile(source, name, filename))
        except Exception:  # noqa: S112 -- Python's own compiler has its limits too
            continue
        mark = keys.get_source_checksum(source)
        found[keys.get_cache_key(name, filename)] = Compiled(
            code, mark, frozenset(filters.names), frozenset(tests.names)
        )
    return found


class Asked(dict[str, Any]):
    """Jinja's filters or tests; notes the names that are looked up, and gives `otherwise` for an unknown one."""

    def __init__(self, known: Mapping[str, Any], otherwise: Any = None) -> None:
        super().__init__(known)
        self.names: set[str] = set()
        self._otherwise = otherwise

    def get(self, name: str, _: Any = None) -> Any:
        """The filter or test with a name."""
        self.names.add(name)
        return super().get(name, self._otherwise)


def _later(*_: Any) -> NoReturn:
    """Take the place of a plugin's filter, which is not loaded yet, so that Jinja does not evaluate it at compile time."""
    raise Impossible


def _is_foreseen(name: str, found: Any) -> bool:
    """Whether a filter is what the compiler took it for: one of Jinja's own, or a plugin's that takes only a value."""
    return FILTERS[name] is found if name in FILTERS else not hasattr(found, "jinja_pass_arg")


def _environment(folder: Path, wanted: Mapping[str, Any]) -> Environment:
    return Environment(loader=FileSystemLoader(folder), **wanted)  # noqa: S701 -- it only compiles, and as the settings say


def _marks_of(environment: Environment) -> list[Any]:
    """All that compiled code depends on, besides filters and tests."""
    names = (name for name in signature(Environment).parameters if name not in NOT_COMPILED)
    return [*environment.extensions, *(getattr(environment, name, None) for name in names)]
