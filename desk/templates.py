"""The theme's templates, compiled in another process while this one loads Pelican.

A build needs a third of them for the page of one story, and to compile these takes as long as to make fifty pages.
The code never lies on a disk, where somebody could change it: it comes from our own process through a pipe.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from inspect import signature
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from jinja2 import BytecodeCache, Environment, FileSystemLoader, TemplateError
from jinja2.bccache import Bucket
from jinja2.utils import _PassArg

from desk.options import PROJECT, Options, settings_in
from plugins.processes import Ahead

NOT_COMPILED = ("extensions", "loader", "cache_size", "auto_reload", "bytecode_cache")
"""Of what Jinja's environment is made of, that which is not in a template's code."""


class Compiled(NamedTuple):
    """A template's code, the checksum of the source that it was made of, and the filters that it wants of a plugin."""

    code: bytes
    checksum: str
    filters: frozenset[str]


class Ready(BytecodeCache):
    """Hands Jinja the code of templates that are still as they were when `ahead` compiled them; Jinja compiles the others."""

    def __init__(self, ahead: Callable[[], Mapping[str, Compiled]], environment: Environment) -> None:
        self._ahead = ahead
        self._plain = {name for name, each in environment.filters.items() if _PassArg.from_obj(each) is None}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code into the bucket, if there is such."""
        found = self._ahead().get(bucket.key)
        if found and found.checksum == bucket.checksum and found.filters <= self._plain:
            bucket.code = marshal.loads(found.code)  # noqa: S302 -- from our own child, over our own pipe

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Nothing: code is not kept."""


def ahead(options: Options) -> Callable[[Environment], None]:
    """Begin to compile; returns what gives the code to the environment that will want it, once all filters are in that."""
    settings = settings_in(options.conf)
    wanted: dict[str, Any] = settings.get("JINJA_ENVIRONMENT", {})
    folder = PROJECT / str(settings.get("THEME", "theme")) / "templates"
    begun = Ahead.of(lambda: compiled(folder, wanted), options.jobs or settings.get("JOBS", 1))

    def give(environment: Environment) -> None:
        if _marks_of(environment) == _marks_of(_environment(folder, wanted)):
            environment.bytecode_cache = Ready(begun, environment)

    return give


def compiled(folder: Path, wanted: Mapping[str, Any]) -> dict[str, Compiled]:
    """The templates of a folder by Jinja's key; one that cannot be compiled is left out, and Jinja will say why."""
    environment, keys = _environment(folder, wanted), BytecodeCache()
    environment.filters = filters = Filters(environment.filters)
    found = {}
    for name in environment.list_templates(["html"]):
        filters.asked.clear()
        try:
            source, filename, _ = environment.loader.get_source(environment, name)  # type: ignore[union-attr]
            code = marshal.dumps(environment.compile(source, name, filename))
        except (TemplateError, OSError, ValueError):
            continue
        checksum = keys.get_source_checksum(source)
        found[keys.get_cache_key(name, filename)] = Compiled(code, checksum, frozenset(filters.asked))
    return found


def _environment(folder: Path, wanted: Mapping[str, Any]) -> Environment:
    return Environment(loader=FileSystemLoader(folder), **wanted)  # noqa: S701 -- it only compiles, and as the settings say


def _marks_of(environment: Environment) -> list[Any]:
    """All that Jinja compiles by, besides filters."""
    names = (name for name in signature(Environment).parameters if name not in NOT_COMPILED)
    return [*environment.extensions, *(getattr(environment, name, None) for name in names)]


class Filters(dict[str, Any]):
    """Jinja's filters, and any other that a template asks for: which plugins there are is not known yet."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        super().__init__(known)
        self.asked: set[str] = set()

    def get(self, name: str, _: Any = None) -> Any:
        """The filter of a name; of one that is not Jinja's, that it was asked for is noted."""
        if name in self:
            return self[name]
        self.asked.add(name)
        return _later


def _later(*_: Any) -> NoReturn:
    """Stands for a filter that takes nothing but what it is applied to; nothing can be worked out with it now."""
    raise NotImplementedError
