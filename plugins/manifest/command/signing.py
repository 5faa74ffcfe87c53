"""Signs a release: the list of releases and their files, which the build then publishes."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from broadside.build.reading import read
from broadside.build.release import Head, ready
from broadside.commands.ending import build_or_end
from broadside.config.options import Options, settings_in
from broadside.disk import write_whole
from broadside.folders import OUTLET
from broadside.plugins.manifest import Signed, signed
from broadside.plugins.manifest.settings import ManifestSettings
from broadside.plugins.manifest.verify import (
    FILES,
    RELEASES,
    REMOVED,
    WRONG_KEY,
    Web,
    Wrong,
    digest,
    keygen,
    newest,
    signed_list,
    signer,
)
from broadside.publish.readers import NOT_FOR_READERS
from broadside.urls import file_of, is_below

ROUNDS = 4
"""How often to look if the site changes meanwhile, because a story's hour has come."""


class NotSigned(Exception):
    """Nothing was signed; the message says why."""


class Signing(Struct):
    """One call of the command: what was built, the file of the key, and where the site is live, if
    not at its own address.
    """

    options: Options
    key: str
    live: str = ""
    even_dirty: bool = False

    def sign(self, is_first: bool) -> str:
        """Sign the site, and build it with what was signed, until nothing else changes."""
        settings = settings_in(self.options.conf, judged=True)
        keys = ManifestSettings.of(settings).SIGNED_BY
        if not (keys and self.key):
            raise NotSigned("name your public keys in SIGNED_BY, and the private one with --key")
        site = ready(self.options, self.even_dirty).head.siteurl
        if site != settings.SITEURL.rstrip("/"):
            self.options = replace(self.options, siteurl=site)
        note = OUTLET / ManifestSettings.of(settings).SIGNED_RELEASES
        releases: list[str] = []
        if not is_first:
            releases = live(self.live or site, keys)
        for _ in range(ROUNDS):
            made = ready(self.options, self.even_dirty)
            files = listed(made.files, hidden(self.options))
            if not releases or json.loads(releases[-1])["files"] != digest(files.encode()):
                releases.append(following(releases, made.head, files))
            elif RELEASES in made.files and is_noted(note, releases):
                return f"Signed: release {len(releases)} of {site}"
            said = {"releases": releases, "signature": signature(releases[-1], self.key, keys)}
            handed = Signed(site, json.dumps(said, indent=0), files)
            write_whole(note, msgspec.json.encode(handed))
            build_or_end(self.options)
        raise NotSigned("the site keeps changing; try again")


def live(site: str, keys: list[str]) -> list[str]:
    """The releases that the live site lists."""
    web = Web(site)
    if web.get(RELEASES)[0] == http.client.NOT_FOUND:
        raise Wrong(REMOVED, f"{site} lists no releases; for the first one, add --first.")
    releases, _ = signed_list(web, keys)
    newest(releases)
    return releases


def hidden(options: Options) -> list[str]:
    """The places of what only readers have who know its address, former ones too."""
    content = read(options)[0]
    places = content.addresses
    of_hidden = {url for path, url in places.urls_of.items() if content.states[path] == "hidden"}
    former = [old for old, url in places.former.items() if url in of_hidden]
    return [file_of(url).removesuffix("/index.html") for url in (*of_hidden, *former)]


def listed(files: Mapping[str, str], hidden: Iterable[str]) -> str:
    """The files that readers get, with their digests, as JSON; nothing at or below a hidden
    place.
    """
    left_out = (RELEASES, FILES, *NOT_FOR_READERS, *hidden)
    shown = {path: mark for path, mark in files.items() if not is_below(path, left_out)}
    return json.dumps(shown, indent=0, sort_keys=True)


def following(releases: list[str], head: Head, files: str) -> str:
    """The release after these."""
    before = ""
    if releases:
        before = digest(releases[-1].encode())
    facts = {"number": len(releases) + 1, "site": head.siteurl, "built": head.built}
    facts |= {"commit": head.commit, "files": digest(files.encode()), "before": before}
    return json.dumps(facts)


def signature(text: str, key: str, keys: list[str]) -> str:
    """The signature of a text; raises Wrong if none of the outlet's keys made it."""
    done = keygen(text, "sign", "-f", key)
    if done.returncode:
        raise Wrong(WRONG_KEY, done.stderr.decode("utf-8", "replace").strip())
    signature = done.stdout.decode()
    signer(text, signature, keys)
    return signature


def is_noted(note: Path, releases: list[str]) -> bool:
    """Whether the build was handed these releases."""
    found = signed(str(note))
    return found is not None and json.loads(found.releases)["releases"] == releases
