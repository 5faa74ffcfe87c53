"""The state of a bucket: which release is live, which can be brought back, and whether a run is at work."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from broadside.desk.publish import headers
from broadside.desk.publish.release import Head, NotARelease, head_of

VERSION = 1


class Entry(Struct, frozen=True):
    """A release in the bucket: its head, the digest of the list of its files, and how its text is encoded."""

    head: Head
    tree: str
    encoding: str = ""


class Ledger(Struct, frozen=True):
    """`live`: the id of the live release, "" for none; `form`: how its files and headers were made (see form_of).

    `to` is the id of a release that a run has begun to copy to its place, "" for none, and `to_form` its form; `beat`
    changes while the run is alive, so that others see that it is. `entries` are the releases that are kept.
    """

    live: str = ""
    form: str = ""
    entries: tuple[Entry, ...] = ()
    to: str = ""
    to_form: str = ""
    beat: str = ""

    def entry(self, name: str) -> Entry:
        """The entry of a release that is kept."""
        return next(entry for entry in self.entries if entry.head.id == name)

    def begun(self, entry: Entry) -> Ledger:
        """The ledger when a run begins to make a release live."""
        others = tuple(each for each in self.entries if each.head.id != entry.head.id)
        return replace(self, entries=(entry, *others), to=entry.head.id, to_form=form_of(entry.encoding))

    def done(self, kept: Iterable[str]) -> Ledger:
        """The ledger when the run ends; only the entries of releases that are kept remain."""
        wanted = {self.to, *kept}
        entries = tuple(each for each in self.entries if each.head.id in wanted)
        return replace(self, live=self.to, form=self.to_form, to="", to_form="", entries=entries)

    def renewed(self, head: Head) -> Ledger:
        """The ledger with another head for the live release."""
        entries = tuple(replace(each, head=head) if each.head.id == self.live else each for each in self.entries)
        return replace(self, entries=entries)

    def text(self) -> bytes:
        """The ledger as JSON."""
        return json.dumps({"version": VERSION, **to_builtins(self)}, indent=1, sort_keys=True).encode()


def read(text: bytes) -> Ledger:
    """The ledger that a text holds; raises NotARelease."""
    try:
        data = json.loads(text)
        entries = tuple(Entry(head_of(each["head"]), each["tree"], each["encoding"]) for each in data["entries"])
        words = {name: str(data[name]) for name in ("live", "form", "to", "to_form", "beat")}
        found = Ledger(entries=entries, **words)
        if data["version"] != VERSION or {found.live, found.to} - {"", *(each.head.id for each in entries)}:
            raise NotARelease("a release is missing")
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotARelease("this is not a state of a bucket that this version of Broadside knows") from None
    return found


def form_of(encoding: str) -> str:
    """A word that changes when the same files would be stored differently: with other headers or another encoding."""
    table = (headers.TYPES, headers.NAMED, headers.FOR_EVER, headers.NEVER_CHANGES, headers.ASK_AGAIN)
    return f"{encoding or 'plain'}-{_digest(json.dumps(table, sort_keys=True).encode())[:8]}"


def uncertain(live: Mapping[str, str], to: Mapping[str, str]) -> dict[str, str]:
    """The files of a site over which a run may have copied those of another; "" for the digest of each that differs."""
    return {path: live[path] if live.get(path) == to.get(path) else "" for path in (*live, *(to.keys() - live))}


def pieces(files: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The list of a site's files, in pieces by folder, so that publishing one story rewrites few of them."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(files):
        found.setdefault("/".join(path.split("/")[:-1][:2]), {})[path] = files[path]
    return found


def written(files: Mapping[str, str]) -> tuple[str, dict[str, bytes]]:
    """The digest of the object that lists the other lists, and all the lists of a site's files by their digests."""
    texts = {name: json.dumps(piece, indent=0).encode() for name, piece in pieces(files).items()}
    root = json.dumps({name: _digest(text) for name, text in texts.items()}, indent=0).encode()
    return _digest(root), {_digest(text): text for text in (root, *texts.values())}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
