"""Changes one thing in the code at a time, and says which changes no test notices.

.venv/bin/python -m tools.mutants 60 --seed 7

Each mutant is made in a clone of the last commit, and meets a dozen modules of tests that name its
module, mirror it or speak of it, and no slow test. Try other tests on each that survived; if none
catches it, a test is missing, or the code is not needed, or the change is none.
"""

from __future__ import annotations

import argparse
import ast
import copy
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from broadside.folders import OUTLET as PROJECT

PAIRS = ((ast.Eq, ast.NotEq), (ast.Lt, ast.GtE), (ast.LtE, ast.Gt), (ast.In, ast.NotIn))
FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Is: ast.IsNot, ast.IsNot: ast.Is}
for one, other in PAIRS:
    FLIPPED |= {one: other, other: one}
TOO_LONG = 124  # as timeout ends
SLOW = ("tests/browser/", "tests/deploy/", "tests/outlets/", "tests/reader/", "tests/stress/")


class Mutant(NamedTuple):
    """A change of one node of a file, which is counted as ast.walk finds it."""

    path: str
    number: int
    line: int
    what: str


def change(node: ast.AST) -> str:
    """Change a node in place, and say how; "" if there is nothing to change."""
    before = ast.unparse(node)
    match node:
        case ast.Compare(ops=[op]):
            node.ops = [FLIPPED[type(op)]()]
        case ast.BoolOp(op=ast.And()):
            node.op = ast.Or()
        case ast.BoolOp():
            node.op = ast.And()
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            node.operand = ast.UnaryOp(ast.Not(), operand)
        case ast.BinOp(op=ast.Add()):
            node.op = ast.Sub()
        case ast.BinOp(op=ast.Sub()):
            node.op = ast.Add()
        case ast.Constant(value=bool()):
            node.value = not node.value
        case ast.Constant(value=int(number)):
            node.value = number + 1
        case ast.Return(value=ast.AST()):
            node.value = ast.Constant(None)
    after = ast.unparse(node)
    return f"{before[:60]} -> {after[:60]}" if after != before else ""


def mutants_of(path: Path) -> Iterator[Mutant]:
    """All mutants of a module, which differ in what its functions do."""
    tree = ast.parse(path.read_text("utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    inside = {id(node) for each in functions for line in each.body for node in ast.walk(line)}
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in inside and (what := change(copy.copy(node))):
            name = path.relative_to(PROJECT).as_posix()
            yield Mutant(name, number, getattr(node, "lineno", 0), what)


def source_of(mutant: Mutant) -> str:
    """The module with that change."""
    tree = ast.parse((PROJECT / mutant.path).read_text("utf-8"))
    for number, node in enumerate(ast.walk(tree)):
        if number == mutant.number:
            change(node)
    return ast.unparse(tree)


def tests_of(path: str, texts: dict[str, str]) -> list[str]:
    """The modules of tests that name a module of the engine or mirror it, then those that speak
    most of it; a dozen at most.
    """
    parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
    is_plugin = parts[0] == "plugins"
    package, stem = ".".join(["broadside"] * is_plugin + parts[:-1]), parts[-1]
    naming = re.compile(rf"\b{package}\.{stem}\b|\bfrom {package} import [^\n]*\b{stem}\b")
    folder = "/".join(parts[not is_plugin : len(parts) - 1])
    subject = parts[1].removesuffix("s") if is_plugin else stem
    scores = {}
    for name, text in texts.items():
        mirrors = name.startswith(f"tests/{folder}/") or subject in Path(name).stem
        close = bool(naming.search(text)) + mirrors + name.startswith("tests/faults/")
        scores[name] = 1000 * close + text.count(subject)
    best = sorted(texts, key=lambda name: -scores[name])
    return [name for name in best[:12] if scores[name]]


def outcome_of(mutant: Mutant, clone: Path, tests: list[str], patience: float) -> str:
    """What tests make of a mutant: the first that failed, or "" if it survived."""
    file = clone / mutant.path
    before = file.read_text("utf-8")
    file.write_text(source_of(mutant), "utf-8")
    words = ["-m", "pytest", "-qx", "-p", "no:cacheprovider", "-m", "not slow", *tests]
    command = ["timeout", f"{patience}", sys.executable, *words]
    done = subprocess.run(command, cwd=clone, capture_output=True, text=True, check=False)
    file.write_text(before, "utf-8")
    if done.returncode == TOO_LONG:
        return "their time"
    failed = re.search(r"^(FAILED|ERROR) .*", done.stdout, re.M)
    return failed[0] if failed else "what cannot be loaded" * bool(done.returncode)


def main() -> None:
    """Make mutants, and print what became of each."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("number", type=int)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--patience", type=float, default=300, help="seconds for the tests of one")
    asked = ask.parse_args()
    listed = ["git", "ls-files", "broadside/**.py", "plugins/**.py"]
    done = subprocess.run(listed, cwd=PROJECT, capture_output=True, text=True, check=True)
    found = [each for name in done.stdout.split() for each in mutants_of(PROJECT / name)]
    chosen = random.Random(asked.seed).sample(found, asked.number)  # noqa: S311
    with TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "-q", str(PROJECT), str(clone)], check=True)
        tests = [path.relative_to(clone).as_posix() for path in clone.glob("tests/**/test_*.py")]
        quick = sorted(name for name in tests if not name.startswith(SLOW))
        texts = {name: (clone / name).read_text("utf-8") for name in quick}
        caught = 0
        for mutant in chosen:
            outcome = outcome_of(mutant, clone, tests_of(mutant.path, texts), asked.patience)
            caught += bool(outcome)
            said = f"caught by {outcome}" if outcome else "SURVIVED"
            print(f"{mutant.path}:{mutant.line}: {mutant.what}: {said}", flush=True)
    print(f"{caught} of {len(chosen)} mutants were caught")


if __name__ == "__main__":
    main()
