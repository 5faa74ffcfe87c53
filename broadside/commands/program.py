"""The command line: invoke's, with commands in groups, and a suggestion for an unknown one."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from broadside.commands import lean  # noqa: F401 -- loads invoke, so it comes first

from invoke.collection import Collection  # isort: skip
from invoke.exceptions import Exit, ParseError
from invoke.parser import Parser, ParseResult
from invoke.parser.argument import Argument
from invoke.program import Program
from invoke.tasks import Task

from broadside import __version__

if TYPE_CHECKING:
    from rich.console import Group

Menu = Mapping[str, Mapping[str, str]]
"""Groups of commands, each command described in six words."""
GROUPS: Menu = {
    "Write": {
        "new": "Start a story, ready for you",
        "serve": "See the site while you write",
        "check": "Find every fault in the stories",
    },
    "Edit": {
        "due": "Say when the site next changes",
        "changed": "List the pages that would change",
        "rename": "Rename a section, topic or author",
    },
    "Publish": {
        "build": "Build the site that readers see",
        "publish": "Put the built site live somewhere",
        "announce": "Announce new stories on social media",
        "permalinks": "Record the addresses that must last",
        "pack": "Pack the site into one file",
        "deploy-guard": "Keep older commits from going live",
        "readers": "Count which stories were read most",
        "server-init": "Make this machine serve the site",
        "server-preview": "Show a branch before it's live",
        "server-publish": "Put a pushed commit live here",
    },
    "Maintain": {
        "init": "Start an outlet of your own",
        "import": "Move an archive in from elsewhere",
        "upgrade": "Change to another version of Broadside",
        "template": "Copy a template to change it",
        "words": "Begin or complete a translation here",
        "docs": "Read the documents of this version",
        "guest": "Keep guests' requests within content only",
        "clean": "Delete the built site and caches",
        "test": "Run the tests of your outlet",
    },
    "Develop": {
        "test": "Run the tests of this checkout",
        "test-browser": "Test the site in real Chromium",
        "test-reader": "Test weight, access and structured data",
        "test-deploy": "Test publishing to real servers here",
        "test-outlets": "Test outlets on wheels, and upgrades",
        "stress": "Test killed builds and hostile texts",
        "bench": "Measure builds of archives that grow",
        "docs": "Read the documents, or publish them",
        "words": "Bring all catalogs up to date",
    },
}
"""The commands of the core in groups.

A plugin's module of commands adds its own as MENU, and in FIRST those for ./inv alone.
"""
FIRST = frozenset("new serve check publish build due init".split())
"""The commands that ./inv alone shows, and an outlet's own."""
DEVELOP, OWN = "Develop", "Your own"
"""The group of commands that only a checkout of the engine has, and the group of an outlet's own
commands.
"""
UNKNOWN = re.compile("No idea what '(.*)' is!", re.S)
"""Invoke's message for an unknown command or flag."""


class NamedParser(Parser):
    """Parses words with those commands alone that they name: invoke copies all that it is given,
    which takes longer than most do.
    """

    def parse_argv(self, argv: list[str]) -> ParseResult:
        """The commands with their flags; raises ParseError."""
        named = {
            context.name: context
            for word in argv
            if word in self.contexts and (context := self.contexts[word])
        }
        if not named:
            return super().parse_argv(argv)
        return Parser(named.values(), self.initial, self.ignore_unknown).parse_argv(argv)


class Commands(Program):
    """Broadside's commands."""

    def _make_parser(self) -> Parser:
        """A parser of all commands."""
        return NamedParser(
            self.collection.to_contexts(self.config.tasks.ignore_unknown_help), self.initial_context
        )

    def parse_tasks(self) -> None:
        """Read the commands with their flags."""
        with self._suggesting():
            super().parse_tasks()

    def parse_cleanup(self) -> None:
        """Handle a flag before a command, such as --help."""
        with self._suggesting():
            super().parse_cleanup()

    def print_help(self) -> None:
        """Show the commands."""
        if self.namespace is None:
            self.load_collection()
            self.scoped_collection = self.collection
        self.no_tasks_given()

    def print_task_help(self, name: str) -> None:
        """Show what a command does, and its flags."""
        context, words = self.parser.contexts[name], inspect.getdoc(self.collection[name]) or ""
        needed = " ".join(argument.name.upper() for argument in context.positional_args)
        flags = context.help_tuples()
        usage = [self.binary, name, *([needed] if needed else []), *(["[FLAGS]"] if flags else [])]
        print(f"{' '.join(usage)}\n\n{words}")
        if flags:  # invoke's columns need one
            print("\nFlags:\n")
            self.print_columns(flags)

    def core_args(self) -> list[Argument]:
        """The flags before a command."""
        return [*super().core_args(), Argument(name="all", kind=bool, help="List every command.")]

    def no_tasks_given(self) -> None:
        """Show the commands."""
        self._show_groups(every=self.args["all"].value)
        raise Exit

    def list_tasks(self) -> None:
        """List the commands, or leave other formats to invoke."""
        if self.list_format == "flat" and not self.list_root:
            self._show_groups(every=True)
        else:
            super().list_tasks()

    def _show_groups(self, every: bool) -> None:
        from broadside.terminal import show

        groups = groups_of(self.scoped_collection, every)
        widest = max((len(name) for names in groups.values() for name in names), default=0)
        begin = (
            f"{self.binary} COMMAND --help explains a command, and {self.binary} docs lists the"
            " documents."
        )
        if every:
            begin += ""
        else:
            begin += f"\n{self.binary} --all lists every command."

        def shown() -> Group:
            from rich.console import Group
            from rich.table import Table
            from rich.text import Text

            table = Table.grid(padding=(0, 2))
            for group, names in groups.items():
                table.add_row()
                table.add_row(Text(group, "bold"))
                for name, says in names.items():
                    table.add_row(Text(f"  {name}", "cyan"), Text(says))
            return Group(Text(begin), table)

        lines = [begin]
        for group, names in groups.items():
            lines += ["", group, *(f"  {name:{widest}}  {says}" for name, says in names.items())]
        show("\n".join(lines), shown)

    @contextmanager
    def _suggesting(self) -> Iterator[None]:
        """End the command with 2 if there is no such command or flag, and suggest a similar one."""
        try:
            yield
        except ParseError as problem:
            found = UNKNOWN.search(str(problem))
            if not found:
                raise
            from broadside.faults import did_you_mean

            word = found[1]
            what, known = "command", list(self.collection.task_names)
            if word.startswith("-"):
                what, known = "flag", [*problem.context.flag_names()] if problem.context else []
            hint = did_you_mean(word, known) or f"{self.binary} --all lists the commands"
            raise Exit(f'There is no {what} "{word}"; {hint}', 2) from None


def groups_of(commands: Collection, every: bool = True) -> dict[str, dict[str, str]]:
    """The groups with the existing commands, or with those of FIRST alone, and what each does."""
    there = commands.tasks
    modules = [sys.modules.get(task.body.__module__) for task in there.values()]
    menus = [GROUPS, *(getattr(module, "MENU", {}) for module in dict.fromkeys(modules))]
    first = FIRST.union(*(getattr(module, "FIRST", ()) for module in modules))
    found = {
        group: {
            name: says
            for name, says in known.items()
            if name in there and _is_developing(there[name]) == (group == DEVELOP)
        }
        for group, known in _merged(menus).items()
    }
    placed = {name for names in found.values() for name in names}
    if not every:
        found = {
            group: {name: says for name, says in names.items() if name in first}
            for group, names in found.items()
        }
    found[OWN] = {
        name: _first_line(task) for name, task in sorted(there.items()) if name not in placed
    }
    return {group: names for group, names in found.items() if names}


def _merged(menus: Iterable[Menu]) -> Menu:
    """All menus as one; groups that only a plugin has come last."""
    found: dict[str, dict[str, str]] = {}
    for menu in menus:
        for group, commands in menu.items():
            found.setdefault(group, {}).update(commands)
    return found


def _is_developing(task: Task[Callable[..., object]]) -> bool:
    return str(getattr(task.body, "__module__", "")).startswith("tools.")


def _first_line(task: Task[Callable[..., object]]) -> str:
    return (task.__doc__ or "").strip().partition("\n")[0]


def run(argv: list[str]) -> None:
    """Run the commands of an outlet, as ./inv does."""
    Commands(name="Broadside", binary="./inv", binary_names=["./inv"], version=__version__).run(
        argv
    )


if __name__ == "__main__":
    run(sys.argv)
