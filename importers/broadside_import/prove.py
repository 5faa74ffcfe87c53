"""Checks what was just written as ./inv check does, and takes out what cannot stand: an address that is another's, say."""

from __future__ import annotations

import re
from collections.abc import Callable

from broadside.importer import Fault, OutletOptions, count, read_outlet
from broadside_import.model import Left
from broadside_import.names import digest_of
from broadside_import.write import Made, Outlet, write

ROUNDS = 3
ADDRESS_LINE = re.compile(rb"^\s*- ")


def proved(
    options: OutletOptions, made: Made, outlet: Outlet, say: Callable[[str], None], *, is_new: bool
) -> list[Left]:
    """What had to be taken out so that no error is left in what was written; if nothing is new, the faults are known."""
    left: list[Left] = []
    for number in range(ROUNDS):
        faults = read_outlet(options)[0].faults if is_new or number else outlet.faults
        ours = _ours(made, outlet)
        errors = [fault for fault in faults if fault.severity == "error" and fault.path in ours]
        if not errors:
            break
        mended = _mended(errors, outlet)
        if not mended:
            say(f"./inv check finds {count(len(errors), 'error')} in what was imported, such as: {errors[0]}")
            break
        made.files.clear()
        made.copies.clear()
        made.gone.clear()
        for path, data, told in mended:
            made.put_again(path, data)
            left += told
        write(made, outlet)
    return left


def _ours(made: Made, outlet: Outlet) -> set[str]:
    """The paths of what is as an import left it."""
    return {path for path, entry in made.entries.items() if digest_of(outlet.root / path) == entry.digest}


def _mended(errors: list[Fault], outlet: Outlet) -> list[tuple[str, bytes, list[Left]]]:
    """The files with the faulty lines taken out, as far as a line can be."""
    mended = []
    for path in dict.fromkeys(fault.path for fault in errors):
        lines = (outlet.root / path).read_bytes().split(b"\n")
        told = []
        for fault in sorted((each for each in errors if each.path == path), key=lambda each: -each.line):
            at = fault.line - 1
            if fault.code in ("redirect-taken", "address") and 0 <= at < len(lines) and ADDRESS_LINE.match(lines[at]):
                told.append(
                    Left(
                        path, fault.line, f"the address {lines[at].decode(errors='replace').strip(' -')}", fault.message
                    )
                )
                del lines[at]
                alone = lines[at - 1].strip() == b"redirect_from:" and not (
                    at < len(lines) and ADDRESS_LINE.match(lines[at])
                )
                if alone:
                    del lines[at - 1]
        if told:
            mended.append((path, b"\n".join(lines), told))
    return mended
