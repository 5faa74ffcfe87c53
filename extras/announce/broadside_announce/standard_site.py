"""Keeps the records of a publication and its documents in an account on the AT Protocol as the site
lists them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from msgspec import Struct

from broadside.announcer import (
    DOCUMENT,
    PUBLICATION,
    RECORDS,
    ServiceRefused,
    as_json,
    count,
    one_line,
)
from broadside_announce.announcing import Bluesky

MOST, PAGES = 100, 1000
"""How many records are asked for at once, and how often: a list of more has no end."""


KEY = r"(?!\.{1,2}$)[A-Za-z0-9._:~-]{1,512}"
"""The key of a record (https://atproto.com/specs/record-key)."""


class Record(Struct):
    """A record of the account."""

    uri: str
    value: dict[str, Any]


class Records(Struct):
    """Some records, and where the list goes on."""

    records: list[Record]
    cursor: str = ""


class Done(Struct):
    """What the service says of a record that was written or deleted; nothing of it is needed."""


def keep_records(output: Path, account: Bluesky, *, dry: bool = False) -> list[str]:
    """Write, correct and delete records until the account has those that the site in the output
    folder lists.

    Returns a line on what was done; none if the site lists no records. Documents of other
    publications stay. Raises ServiceRefused; another run does the rest.
    """
    if not (output / RECORDS).is_file():
        return []
    listed = json.loads((output / RECORDS).read_bytes())
    wanted: dict[str, dict[str, Any]] = listed["records"]
    if account.did != listed["account"]:
        raise ServiceRefused(
            f"{account.handle} is the account {account.did}, but ANNOUNCE names"
            f" {listed['account']}; correct its did"
        )
    there = dict(_records(account, wanted))
    written = [uri for uri, record in wanted.items() if there.get(uri) != record]
    gone = [uri for uri in there if uri not in wanted]
    if not dry:
        for uri in written:
            account.ask(
                "com.atproto.repo.putRecord", Done, as_json({**_place(uri), "record": wanted[uri]})
            )
        for uri in gone:
            account.ask("com.atproto.repo.deleteRecord", Done, as_json(_place(uri)))
    would = "wrote"
    if dry:
        would = "would write"
    removes = "deleted"
    if dry:
        removes = "delete"
    records = count(len(written), "record")
    return [f"standard.site: {would} {records}, and {removes} {len(gone)}"]


def _records(account: Bluesky, wanted: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The publication and its documents as the account has them."""
    publication = next(uri for uri in wanted if f"/{PUBLICATION}/" in uri)
    for kind in (PUBLICATION, DOCUMENT):
        for record in _listed(account, kind):
            if record.uri == publication or record.value.get("site") == publication:
                yield record.uri, record.value


def _listed(account: Bluesky, kind: str) -> Iterator[Record]:
    """All records of a kind; raises ServiceRefused if the list has no end, or a record that is not
    the account's.
    """
    asked = {"repo": account.did, "collection": kind, "limit": str(MOST)}
    below = f"at://{account.did}/{kind}/"
    ours = re.compile(re.escape(below) + KEY)
    for _ in range(PAGES):
        found = account.ask(f"com.atproto.repo.listRecords?{urlencode(asked)}", Records)
        for record in found.records:
            if not ours.fullmatch(record.uri):
                raise ServiceRefused(
                    f"{account.server} lists {one_line(record.uri)[:200]}, which is no record in"
                    f" {below}"
                )
            yield record
        if not found.records or found.cursor in ("", asked.get("cursor")):
            return
        asked["cursor"] = found.cursor
    raise ServiceRefused(f"{account.server} lists more than {MOST * PAGES:,} records in {below}")


def _place(uri: str) -> dict[str, str]:
    account, collection, key = uri.removeprefix("at://").split("/")
    return {"repo": account, "collection": collection, "rkey": key}
