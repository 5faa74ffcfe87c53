"""The commands in groups, each in six words: what ./inv alone shows."""

from __future__ import annotations

from collections.abc import Callable

from invoke.collection import Collection
from invoke.tasks import Task

GROUPS = {
    "Write": {
        "new": "Start a story, ready to fill",
        "film": "Fetch a film's still and title",
        "serve": "See the site while you write",
        "check": "Find every fault in the stories",
        "related": "Say why stories stand below another",
    },
    "Edit": {
        "status": "See drafts, held stories, today's stories",
        "due": "Say when the site next changes",
        "changed": "List the pages that would change",
        "audit": "Find edits that readers cannot see",
        "roundup": "Make the week's mail to readers",
    },
    "Publish": {
        "build": "Make the site as readers see",
        "publish": "Put the built site before readers",
        "announce": "Announce new stories on social media",
        "permalinks": "Note the addresses that must last",
        "pack": "Pack the site into one file",
        "verify": "Build a packed site again, compare",
        "deploy-guard": "Keep older commits from going live",
        "server-init": "Make this machine serve the site",
        "server-preview": "Show a branch ahead of readers",
        "server-publish": "Put a pushed commit live here",
    },
    "Maintain": {
        "init": "Start an outlet of your own",
        "import": "Move an archive in from elsewhere",
        "upgrade": "Bring another version of Broadside here",
        "template": "Copy a template, to change it",
        "words": "Begin or complete a translation here",
        "styleguide": "See all components of the theme",
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
        "words": "Bring all catalogs up to date",
    },
}
DEVELOP, OWN = "Develop", "Your own"
"""The group of the commands that only a checkout of the engine has, and that of an outlet's own commands."""


def groups_of(commands: Collection) -> dict[str, dict[str, str]]:
    """The groups with the commands that there are, and what each does."""
    there = commands.tasks
    found = {
        group: {
            name: says
            for name, says in known.items()
            if name in there and _is_developing(there[name]) == (group == DEVELOP)
        }
        for group, known in GROUPS.items()
    }
    placed = {name for names in found.values() for name in names}
    found[OWN] = {name: _first_line(task) for name, task in sorted(there.items()) if name not in placed}
    return {group: names for group, names in found.items() if names}


def _is_developing(task: Task[Callable[..., object]]) -> bool:
    return str(getattr(task.body, "__module__", "")).startswith("tools.")


def _first_line(task: Task[Callable[..., object]]) -> str:
    return (task.__doc__ or "").strip().partition("\n")[0]
