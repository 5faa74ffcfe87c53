"""What a bucket keeps where no reader looks: the files of its releases by their digests, and the lists of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from broadside.desk.publish.encodings import ENDINGS, LEAST, Encoding, compressed, is_worth, plain
from broadside.desk.publish.headers import cache_control, content_type
from broadside.desk.publish.kept import KeptReleases
from broadside.desk.publish.ledger import Entry, written
from broadside.desk.publish.objects import AT_ONCE, Store
from broadside.desk.publish.progress import Progress
from broadside.desk.publish.release import digest_of
from broadside.desk.publish.target import Unreachable

OBJECTS = ".broadside/objects/"
LISTS = {"ContentType": "application/json", "ContentEncoding": "gzip", "CacheControl": "no-store"}


def encoding_of(path: str, encoding: str) -> Encoding | None:
    """How a file is encoded in a bucket whose text has this encoding, which is the same for all readers; None if not at all."""
    return encoding if encoding in ENDINGS and is_worth(path, LEAST) else None


def key_of(digest: str, path: str, encoding: str) -> str:
    """The key of a file that is kept by its digest."""
    used = encoding_of(path, encoding)
    return f"{OBJECTS}{digest}{ENDINGS[used] if used else ''}"


def list_key(mark: str) -> str:
    """The key of a list that is kept by its digest."""
    return f"{OBJECTS}{mark}.gz"


def headers_of(path: str, encoding: str) -> dict[str, str]:
    """The headers that a store should send with a file, under boto3's names."""
    headers = {"ContentType": content_type(path), "CacheControl": cache_control(path)}
    used = encoding_of(path, encoding)
    return headers | {"ContentEncoding": used} if used else headers


class Warehouse:
    """The objects under OBJECTS."""

    def __init__(self, store: Store, releases: KeptReleases) -> None:
        self.store, self.releases = store, releases
        self._lists: dict[str, dict[str, str]] = {}

    def each(self, doing: str, names: Sequence[str], work: Callable[[str], object]) -> None:
        """Do some work for each name, many at once; after the first problem nothing more is begun."""
        if not names:
            return
        with Progress(doing, len(names)) as progress, ThreadPoolExecutor(min(AT_ONCE, len(names))) as threads:
            done = threads.map(work, names)
            try:
                for _ in done:
                    progress.step()
            except BaseException:
                threads.shutdown(cancel_futures=True)
                raise

    def keys(self) -> Iterator[str]:
        """The keys of everything that is kept."""
        return self.store.keys(OBJECTS)

    def put_list(self, mark: str, text: bytes) -> None:
        """Keep a list by its digest."""
        self.store.put(list_key(mark), compressed(text, "gzip"), LISTS)

    def files(self, entry: Entry) -> Mapping[str, str]:
        """The digests of a release's files by their paths, from this machine if it has them."""
        known = self.releases.of(entry.head)
        if known is not None:
            return known
        marks = list(self._list(entry.tree).values())
        self.each("Fetching lists", [mark for mark in marks if mark not in self._lists], self._list)
        found = {path: mark for each in marks for path, mark in self._lists[each].items()}
        if digest_of(found) != entry.head.site:
            raise Unreachable(f"the lists of release {entry.head.id} in the bucket are damaged")
        return found

    def tidy(self, dropped: Iterable[Entry], kept: Iterable[Entry]) -> None:
        """Delete the objects of dropped releases, unless a release that is kept needs them."""
        gone = [self.keys_of(entry) for entry in dropped]
        if gone:
            needed = set().union(*(self.keys_of(entry) for entry in kept))
            self.each("Tidying", sorted(set().union(*gone) - needed), self.store.delete)

    def keys_of(self, entry: Entry) -> set[str]:
        """The keys of all objects that a release needs."""
        files = self.files(entry)
        lists = {list_key(mark) for mark in written(files)[1]}
        return lists | {key_of(mark, path, entry.encoding) for path, mark in files.items()}

    def _list(self, mark: str) -> dict[str, str]:
        if mark not in self._lists:
            found = self.store.get(list_key(mark))
            try:
                self._lists[mark] = dict(json.loads(plain(found[0], "gzip"))) if found else {}
            except ValueError:
                self._lists[mark] = {}
        return self._lists[mark]
