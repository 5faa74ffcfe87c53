"""Fetches the pictures that an archive names and that are nowhere else; only with --fetch-media."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import unquote

from broadside.importer import NotFetched, count, counted, fetched_from_web, is_shown
from broadside_import.readable import path_in, place_in, site_in

MOST_FAILURES = 30
"""In a row, of one host; then it is not asked again."""
EVERY = 50


def place_of(address: str) -> str:
    """The file below the folder in which what was fetched from an address is kept."""
    return place_in(site_in(address), unquote(path_in(address)))


def fetch(pictures: Iterable[tuple[str, ...]], folder: Path, say: Callable[[str], None]) -> int:
    """Fetch what is not there yet, each picture from the first of its addresses that has it; returns how many are new."""
    wanted = [each for each in dict.fromkeys(pictures) if not any((folder / place_of(one)).is_file() for one in each)]
    new, failed = 0, 0
    in_a_row: dict[str, int] = {}
    for number, addresses in enumerate(counted("Fetching pictures", wanted, len(wanted)), 1):
        host = site_in(addresses[0])
        problem = f"{host} does not answer" if in_a_row.get(host, 0) >= MOST_FAILURES else _kept(addresses, folder)
        if problem:
            failed += 1
            say(f"  not fetched: {addresses[0][:150]} ({problem})")
        new += not problem
        in_a_row[host] = in_a_row.get(host, 0) + 1 if problem else 0
        if number % EVERY == 0 and not is_shown():
            say(f"  {number:,} of {len(wanted):,} pictures asked for, {new:,} fetched")
    say(f"{count(new, 'picture')} fetched, {failed:,} not.")
    return new


def _kept(addresses: tuple[str, ...], folder: Path) -> str:
    """Keep a picture in the folder; why that was not possible, or ""."""
    problem = ""
    for address in addresses:
        try:
            data = fetched_from_web(address)
            file = folder / place_of(address)
            file.parent.mkdir(parents=True, exist_ok=True)
            part = file.with_name(f"{file.name[:150]}.part")
            part.write_bytes(data)
            part.replace(file)
        except (NotFetched, OSError) as why:
            problem = problem or str(why)
        else:
            return ""
    return problem
