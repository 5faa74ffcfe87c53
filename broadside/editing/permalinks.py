"""Brings the ledger of permalinks up to date: ./inv permalinks."""

from __future__ import annotations

from broadside.build.reading import sound
from broadside.config.options import Options
from broadside.content.addresses import indexes
from broadside.content.folder import LEDGER
from broadside.content.permalinks import entries, updated
from broadside.disk import write_whole


def record(options: Options) -> tuple[int, int]:
    """Add the addresses of everything published to the ledger, and return how many are new and how many it has.

    Raises FaultsFound if the content has errors: what cannot be built was not published.
    """
    content, reading, _ = sound(options)
    shown = [each for each in content.written if content.states[each.path] in ("published", "hidden", "withdrawn")]
    file = options.content_path / LEDGER
    before = file.read_text("utf-8") if file.is_file() else ""
    where = content.addresses
    files = [] if reading.files.by_digest else [where.files[path] for path in where.files_out]
    after = updated(before, [*(where.urls_of[each.path] for each in shown), *files, *indexes(content, reading)])
    if after != before:
        write_whole(file, after.encode())
    known, now = ({address for address, _ in entries(text)} for text in (before, after))
    return len(now - known), len(now)
