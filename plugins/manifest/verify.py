#!/usr/bin/env python3
"""Says whether a site shows the pages that its outlet published and signed.

    python3 verify.py https://outlet.example [--key KEY] [--seen FILE]

Needs Python 3.11 and ssh-keygen of OpenSSH 8.1 or later, and nothing else. KEY is the outlet's
public key, or a file with keys, that you know from elsewhere; without it the site's own word is
taken for it. FILE keeps which release you saw last, so that the next run notices if it was taken
back.

The exit code is 0 if all is as it was published; 1 if a file was changed; 2 if the site cannot be
asked; 3 if the signature is not by the key; 4 if a release was removed; 5 if the list of releases
skips a link.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import http.client
import json
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlsplit

FOLDER = ".well-known/broadside"
RELEASES, FILES = f"{FOLDER}/releases.json", f"{FOLDER}/files.json"
KEYS, PROGRAM = f"{FOLDER}/keys", f"{FOLDER}/verify.py"
NAMESPACE = "broadside"
KINDS = ("ssh-", "ecdsa-", "sk-")
FACTS = ("number", "site", "built", "commit", "files", "before")
CHANGED, UNREACHABLE, WRONG_KEY, REMOVED, SKIPPED = 1, 2, 3, 4, 5
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
AT_ONCE, PATIENCE, SHOWN = 8, 30, 5


class Wrong(Exception):
    """The site is not what was published; `code` is the exit code that says how."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(printable(words))
        self.code = code


class Web:
    """The files of a site, each thread with a connection of its own."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.parts = urlsplit(self.url)
        if self.parts.scheme not in ("https", "http") or not self.parts.hostname:
            raise Wrong(UNREACHABLE, f"{url} is no address of a site.")
        self._own = threading.local()

    def get(self, path: str) -> tuple[int, bytes]:
        """The status and the bytes of a file; tries twice, since servers close idle connections."""
        name = path
        if path == "index.html" or path.endswith("/index.html"):
            name = path.removesuffix("index.html")
        where = f"{self.parts.path}/{quote(name, errors='replace')}"
        headers = {"Accept-Encoding": "identity", "Cache-Control": "no-cache"}
        headers["User-Agent"] = "Broadside (verify.py)"
        for is_last in (False, True):
            try:
                line = self._connection()
                line.request("GET", where, headers=headers)
                answer = line.getresponse()
                return answer.status, answer.read()
            except (OSError, http.client.HTTPException) as problem:
                self._own.line = None
                if is_last:
                    raise Wrong(
                        UNREACHABLE, f"{self.url}/{name} cannot be read: {problem}"
                    ) from None
        raise AssertionError

    def whole(self, path: str) -> bytes:
        """The bytes of a file, which must be there."""
        status, data = self.get(path)
        if status != http.client.OK:
            raise Wrong(CHANGED, f"{self.url}/{path} answers {status}.")
        return data

    def _connection(self) -> http.client.HTTPConnection:
        line: http.client.HTTPConnection | None = getattr(self._own, "line", None)
        if line is None:
            kind: type[http.client.HTTPConnection] = http.client.HTTPConnection
            if self.parts.scheme == "https":
                kind = http.client.HTTPSConnection
            line = self._own.line = kind(self.parts.netloc, timeout=PATIENCE)
        return line


def printable(words: str) -> str:
    """The words without what could make a terminal do more than show them."""
    return "".join(letter if letter.isprintable() else " " for letter in words)


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def fingerprint(key: str) -> str:
    """The fingerprint of a public key, as ssh-keygen -l prints it."""
    made = hashlib.sha256(base64.b64decode(key.split()[1])).digest()
    return f"SHA256:{base64.b64encode(made).decode().rstrip('=')}"


def keygen(text: str, *flags: str) -> subprocess.CompletedProcess[bytes]:
    """What ssh-keygen -Y makes of a text."""
    command = ["ssh-keygen", "-Y", *flags, "-n", NAMESPACE]
    try:
        return subprocess.run(command, input=text.encode(), capture_output=True, check=False)
    except FileNotFoundError:
        words = "ssh-keygen was not found: install OpenSSH 8.1 or later."
        raise Wrong(UNREACHABLE, words) from None


def signer(text: str, signature: str, keys: list[str]) -> str:
    """The key among these that has signed a text."""
    with tempfile.TemporaryDirectory() as folder:
        allowed, written = Path(folder, "keys"), Path(folder, "signature")
        written.write_text(signature, "utf-8")
        for key in keys:
            allowed.write_text(f"outlet {key}\n", "utf-8")
            flags = ["-f", str(allowed), "-I", "outlet", "-s", str(written)]
            if keygen(text, "verify", *flags).returncode == 0:
                return key
    raise Wrong(WRONG_KEY, "The list of releases was not signed with the outlet's key.")


def newest(releases: list[str]) -> dict[str, str]:
    """The newest of some releases, each of which names the one before it."""
    before, made = "", {}
    for number, text in enumerate(releases, 1):
        try:
            said = json.loads(text)
            made = {name: str(said[name]) for name in FACTS}
        except UNREADABLE:
            raise Wrong(CHANGED, f"Release {number} was changed: it cannot be read.") from None
        if made["number"] != str(number):
            raise Wrong(REMOVED, f"Release {number} was removed from the list of releases.")
        if made["before"] != before:
            raise Wrong(SKIPPED, f"Release {number} does not follow the one that is before it.")
        before = digest(text.encode())
    return made


def compare_with_seen(releases: list[str], site: str, seen: Path) -> None:
    """Refuse a list that lacks the release seen last; note the newest."""
    known = json.loads(seen.read_text("utf-8")) if seen.is_file() else {}
    number, mark = known.get(site, (0, ""))
    if number and (number > len(releases) or digest(releases[number - 1].encode()) != mark):
        raise Wrong(REMOVED, f"Release {number}, which you have seen, was removed.")
    known[site] = (len(releases), digest(releases[-1].encode()))
    seen.parent.mkdir(parents=True, exist_ok=True)
    seen.write_text(json.dumps(known), "utf-8")


def doubt(web: Web, path: str, wanted: str) -> str:
    """What is wrong with a file, or ""."""
    status, data = web.get(path)
    if status != http.client.OK:
        return f"{path} answers {status}"
    if digest(data) != wanted:
        return f"{path} was changed"
    return ""


def signed_list(web: Web, keys: list[str]) -> tuple[list[str], str]:
    """The list of releases, and which of the keys has signed it, or of the site's own if there are
    none.
    """
    status, data = web.get(RELEASES)
    if status != http.client.OK:
        raise Wrong(REMOVED, f"{web.url} has no list of releases: it answers {status}.")
    try:
        said = json.loads(data)
        releases = [str(text) for text in said["releases"]]
        signature = str(said["signature"])
        "".join([signature, *releases]).encode()  # JSON can have halves of letters
    except UNREADABLE:
        raise Wrong(CHANGED, "The list of releases was changed: it cannot be read.") from None
    if not releases:
        raise Wrong(REMOVED, "The list of releases is empty.")
    if not keys:
        lines = web.whole(KEYS).decode("utf-8", "replace").splitlines()
        keys = [line for line in lines if line.startswith(KINDS)]
    return releases, signer(releases[-1], signature, keys)


def verify(url: str, keys: list[str], seen: Path | None = None) -> str:
    """A sentence that says that all is well; raises Wrong if it is not."""
    web, word = Web(url), ""
    if not keys:
        word = " That key is the site's own word: compare it with one that you have from elsewhere."
    releases, key = signed_list(web, keys)
    made = newest(releases)
    if seen:
        compare_with_seen(releases, made["site"], seen)
    listed = web.whole(FILES)
    if digest(listed) != made["files"]:
        raise Wrong(CHANGED, "The list of files was changed.")
    try:
        files = {path: str(mark) for path, mark in json.loads(listed).items()}
    except UNREADABLE:
        raise Wrong(CHANGED, "The list of files cannot be read.") from None
    with ThreadPoolExecutor(AT_ONCE) as threads:
        found = [*filter(None, threads.map(lambda each: doubt(web, *each), files.items()))]
    if found:
        if len(found) > SHOWN:
            found[SHOWN:] = [f"and {len(found) - SHOWN} more"]
        raise Wrong(CHANGED, f"This is not what was published: {', '.join(found)}.")
    commit = made["commit"][:12] or "unknown"
    return printable(
        f"{web.url} shows all {len(files):,} files of release {made['number']} of {made['site']},"
        f" built {made['built']} from commit {commit}, signed with {fingerprint(key)}.{word}"
    )


def keys_in(words: str) -> list[str]:
    """The key that was given, or those in the file; none if nothing was."""
    if not words:
        return []
    if words.startswith(KINDS):
        return [words]
    return [line for line in Path(words).read_text("utf-8").splitlines() if line.strip()]


def main() -> int:
    """Check a site, and print what was found."""
    parser = argparse.ArgumentParser(description="Says whether a site shows what was published.")
    parser.add_argument("url")
    parser.add_argument("--key", default="", help="the outlet's public key, or a file with keys")
    parser.add_argument("--seen", type=Path, help="file that keeps which release was seen last")
    asked = parser.parse_args()
    code = 0
    try:
        said = verify(asked.url, keys_in(asked.key), asked.seen)
    except Wrong as problem:
        said, code = str(problem), problem.code
    except OSError as problem:
        said, code = str(problem), UNREACHABLE
    sys.stdout.write(f"{said}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
