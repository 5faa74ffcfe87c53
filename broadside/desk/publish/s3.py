"""A bucket of any store with the API of S3, which readers see as it is.

    PATH                            the site
    .broadside/state.json           what is live, and what it can be taken back to
    .broadside/objects/DIGEST       every file of these releases by its digest, and what lists them

New files are uploaded under their digests first, where no reader looks. When all are there, the store itself copies them
to their places, assets before pages, and what goes is deleted last. The state is only written if it is still what was
read (If-Match). It says that a run has begun to copy, so that the next run knows what an interrupted one may have left.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec.structs import replace

from broadside.desk.publish import ledger
from broadside.desk.publish.encodings import compressed
from broadside.desk.publish.kept import KeptReleases
from broadside.desk.publish.lease import LEASE, Lease
from broadside.desk.publish.ledger import Entry, Ledger
from broadside.desk.publish.objects import UNGUARDED, Store
from broadside.desk.publish.places import Bucket
from broadside.desk.publish.plan import Plan, plan
from broadside.desk.publish.progress import say
from broadside.desk.publish.release import Head, NotARelease, Release
from broadside.desk.publish.target import Live, Unreachable, chain, kept_ids
from broadside.desk.publish.warehouse import Warehouse, encoding_of, headers_of, key_of, list_key

STATE = ".broadside/state.json"
MANY = 500
"""From this many files on, it is worth asking which ones an interrupted run has uploaded already."""


class S3:
    """A bucket. `releases` are kept on this machine, whose lists then need not be fetched."""

    def __init__(self, place: Bucket, output: Path, releases: KeptReleases) -> None:
        self.place, self.output, self.releases = place, output, releases
        self.store = Store(place)
        self.warehouse = Warehouse(self.store, releases)
        self._ledger, self._token = Ledger(), ""

    def live(self) -> Live | None:
        """What is live; None if nothing is. While another run copies, wait until it ends or counts as dead."""
        self._ledger, self._token = self._read()
        seen = time.monotonic()
        if self._ledger.to:
            say("Another run is at work, or was interrupted; waiting to see which …")
        while self._ledger.to and time.monotonic() - seen < LEASE:
            time.sleep(2)
            now = self._read()
            if now[1] != self._token:
                (self._ledger, self._token), seen = now, time.monotonic()
        if not self._ledger.live:
            return None
        heads = {entry.head.id: entry.head for entry in self._ledger.entries}
        return Live(heads[self._ledger.live], chain(self._ledger.live, heads), self._token)

    def files(self, live: Live | None, new: Release | None) -> Mapping[str, str]:
        """The digests of the live files; "" for one that may have been replaced, or is not stored in the form that `new` needs."""
        return self._in_form(self.place.encoding) if new else self._there()

    def send(self, live: Live | None, new: Release, plan: Plan) -> None:
        """Upload what changed where no reader looks, and have the store copy it to its places."""
        there = self.warehouse.keys_of(self._ledger.entry(self._ledger.live)) if self._ledger.live else set()
        wanted = {key_of(new.files[path], path, self.place.encoding): path for path in plan.all_put}
        tree, lists = ledger.written(new.files)
        missing = sorted(mark for mark in lists if list_key(mark) not in there)
        if len(wanted.keys() - there) >= MANY:
            there = there.union(self.warehouse.keys())
        fresh = sorted(wanted.keys() - there, key=wanted.__getitem__)
        self.warehouse.each("Uploading", fresh, lambda key: self._bring(key, wanted[key]))
        self.warehouse.each("Listing", missing, lambda mark: self.warehouse.put_list(mark, lists[mark]))
        self.releases.keep(new)
        entry = Entry(new.head, tree, self.place.encoding)
        self._switch(entry, new.files, plan, kept_ids(live, new.head.id, self.place.keep))

    def renew(self, live: Live, head: Head) -> None:
        """Note another head for what is live."""
        self._write(self._ledger.renewed(head))

    def bring_back(self, live: Live, head: Head) -> None:
        """Have the store copy what differs from the objects that it keeps."""
        entry = self._ledger.entry(head.id)
        files = self._files(head.id)
        everything = [each.head.id for each in self._ledger.entries]
        self._switch(entry, files, plan(self._in_form(entry.encoding), files), everything)

    def _bring(self, key: str, path: str) -> None:
        """Upload a file of the output to where it is kept by its digest."""
        data, encoding = (self.output / path).read_bytes(), encoding_of(path, self.place.encoding)
        self.store.put(key, compressed(data, encoding) if encoding else data, headers_of(path, self.place.encoding))

    def _switch(self, entry: Entry, files: Mapping[str, str], plan: Plan, kept: Iterable[str]) -> None:
        """Copy a release's files to their places, stage by stage; then delete what goes, and what no release needs."""
        dropped = self._ledger.entries
        self._write(self._ledger.begun(entry))
        with Lease(lambda: self._write(self._ledger)) as lease:

            def copy(path: str) -> None:
                lease.check()
                headers = headers_of(path, entry.encoding)
                self.store.copy(key_of(files[path], path, entry.encoding), path, headers)

            def delete(path: str) -> None:
                lease.check()
                self.store.delete(path)

            for stage in plan.put:
                self.warehouse.each("Putting in place", stage, copy)
            self.warehouse.each("Deleting", plan.delete, delete)
        lease.check()
        self._write(self._ledger.done(kept))
        self.warehouse.tidy([each for each in dropped if each not in self._ledger.entries], self._ledger.entries)

    def _there(self) -> Mapping[str, str]:
        """The digests of the files at their places; "" for one that an interrupted run may have changed."""
        found = self._files(self._ledger.live)
        return ledger.uncertain(found, self._files(self._ledger.to)) if self._ledger.to else found

    def _in_form(self, encoding: str) -> Mapping[str, str]:
        """The same, but "" for all files if they are not stored as files with this encoding are today."""
        found, forms = self._there(), {self._ledger.form, self._ledger.to_form} - {""}
        return found if forms <= {ledger.form_of(encoding)} else dict.fromkeys(found, "")

    def _files(self, name: str) -> Mapping[str, str]:
        return self.warehouse.files(self._ledger.entry(name)) if name else {}

    def _read(self) -> tuple[Ledger, str]:
        found = self.store.get(STATE)
        try:
            return (ledger.read(found[0]), found[1]) if found else (Ledger(), "")
        except NotARelease as problem:
            raise Unreachable(f"{STATE} in the bucket {self.place.bucket}: {problem}") from None

    def _write(self, state: Ledger) -> None:
        """Write the state if it is still the one that was read."""
        is_first, state = not self._token, replace(state, beat=uuid.uuid4().hex)
        self._token = self.store.swap(STATE, state.text(), self._token)
        self._ledger = state
        if is_first and not self.store.guards(STATE):
            self.store.delete(STATE)
            raise Unreachable(UNGUARDED)
