"""Inner links: what a writer wrote, and the address it stands for."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import unquote

PELICAN = re.compile(r"[{|]([a-z]+)[}|](.*)")


def target(written: str, source: str, urls_of: Mapping[str, str], known: Mapping[str, str]) -> tuple[str, str]:
    """The address of an inner link without its leading slash, and "" or what is wrong with it.

    `source` is the linking file's path; `urls_of` gives the address of each source path; `known` has every address
    of the site, and former addresses with the one they lead to now.
    """
    address, mark, fragment = unquote(written).partition("#")
    tail = mark + fragment
    match = PELICAN.fullmatch(address)
    if match:
        found, problem = _pelican(match[1], match[2], source, urls_of, known)
        return found + tail, problem
    path, query, rest = address.partition("?")
    path = path.lstrip("/").removesuffix("index.html")
    for candidate in (path, path + "/") if path else ("",):
        if candidate in known:
            return known[candidate] + query + rest + tail, ""
    return address.lstrip("/") + tail, f'the link "{written}" points to nothing on this site'


def _pelican(what: str, rest: str, source: str, urls_of: Mapping[str, str], known: Mapping[str, str]) -> tuple[str, str]:
    if what == "filename":
        path = rest.lstrip("/") if rest.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(source), rest))
        return (urls_of[path], "") if path in urls_of else ("", f'the link "{{filename}}{rest}" points to no source file')
    if what == "index":
        return "", ""
    folder = {"author": "authors", "category": "sections", "tag": "topics"}.get(what)
    if folder:
        url = f"{folder}/{rest.strip('/').lower()}/"
        return (url, "") if url in known else ("", f'the link "{{{what}}}{rest}" points to nothing')
    if what in ("static", "attach"):
        return "", f'"{{{what}}}" links to a file; stories link to stories and pages, and show photos'
    return "", f'"{{{what}}}" is not a kind of link'
