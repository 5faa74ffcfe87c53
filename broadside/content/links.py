"""Finds the address that an inner link means, and the texts that may contain links."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote

from broadside.slugs import slug_of, slugify
from broadside.urls import KINDS, Urls, is_below

PELICAN = re.compile(r"[{|]([a-z]+)[}|](.*)")
USUAL = re.compile(r"/(?:[\w-]+/)+")
"""The address of a page as it is, which most links have."""
OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.I)
"""The start of an address outside this site."""
FILES = "files/"
"""The folder of files, relative to the content folder; a link may begin with it."""
OF_FILES = ("static", "attach")
"""Pelican's names for links to files."""
OF_PELICAN = {"category": "section", "tag": "topic"}
"""Pelican's names of terms in links -> ours."""
Slugs = Mapping[str, Mapping[str, str]]
"""The slugs of free terms that have an entry, by kind and name."""


def target(  # noqa: PLR0913, PLR0917 -- a link may name anything
    written: str,
    source: str,
    urls: Urls,
    urls_of: Mapping[str, str],
    known: Mapping[str, str],
    slugs: Slugs = MappingProxyType({}),
) -> tuple[str, str]:
    """The address of an inner link without its leading slash, and "" or what is wrong with it.

    `source` is the linking file's path; `urls_of` has the address of each source by path; `known`
    has every address of the site, and former addresses with the one they lead to now; `slugs` has
    those of free terms that have an entry in a list. Addresses that something else serves are
    accepted unchecked. Query and fragment stay as written.
    """
    if written[1:] in known and USUAL.fullmatch(written):
        return known[written[1:]], ""
    tail = tail_of(written)
    address = written.removesuffix(tail)
    kind, name = parts(address)
    if kind:
        if kind in kinds_of_terms():
            found, problem = term(kind, name, urls, slugs), f'the link "{written}" leads to nothing'
            return (known[found] + tail, "") if found in known else ("", problem)
        found, problem = _pelican(kind, name, source, urls_of)
        return found + tail, problem
    path = unquote(address).removeprefix("/").removesuffix("index.html")
    for candidate in (path, path + "/") if path else ("",):
        if candidate in known:
            return known[candidate] + tail, ""
    if is_below(path, urls.elsewhere):
        return address.lstrip("/") + tail, ""
    return address.lstrip("/") + tail, f'the link "{written}" leads to nothing on this site'


def tail_of(written: str) -> str:
    """The query and the fragment of an address, with their ? and #."""
    at = min((place for sign in "?#" if (place := written.find(sign)) >= 0), default=len(written))
    return written[at:]


def file_of(written: str, source: str) -> str:
    """The path in files/ that a link names, such as [The report](files/report.pdf); "" if it names
    none.
    """
    if "files" not in written:  # the usual case
        return ""
    address = written.removesuffix(tail_of(written))
    kind, name = parts(address)
    if kind in OF_FILES:
        path = path_of(name, source)
    elif kind:
        path = ""
    else:
        path = unquote(address).removeprefix("/")
    if path.startswith(FILES) and not path.endswith("/"):
        return path
    return ""


def parts(written: str) -> tuple[str, str]:
    """The kind and the name in a link of Pelican's form, such as {filename}x.md; two empty strings
    for any other link.
    """
    match = PELICAN.fullmatch(unquote(written))
    if match:
        return (match[1], match[2])
    return ("", "")


def path_of(name: str, source: str) -> str:
    """The path of the source that a {filename} link names, relative to the linking file or to the
    content folder.
    """
    if name.startswith("/"):
        folder = ""
    else:
        folder = f"{posixpath.dirname(source)}/"
    return posixpath.normpath(f"{folder}{name.lstrip('/')}")


def kinds_of_terms() -> dict[str, str]:
    """What may be in braces at the start of a link to a term's index -> the kind of term."""
    return OF_PELICAN | {
        name: name for name in KINDS if name not in OF_PELICAN.values() and name != "type"
    }


def kinds_of_links() -> list[str]:
    """What may be in braces at the start of any link."""
    return ["filename", "index", *kinds_of_terms()]


def term(kind: str, name: str, urls: Urls, slugs: Slugs) -> str:
    """The address of the index that a link such as {tag}Climate change names, by name or slug."""
    name, kind = name.strip("/"), kinds_of_terms()[kind]
    return urls.term(
        kind, slug_of(name, slugs.get(kind, {})) if KINDS[kind].is_free else slugify(name)
    )


def _pelican(kind: str, name: str, source: str, urls_of: Mapping[str, str]) -> tuple[str, str]:
    written = f"{{{kind}}}{name}"
    if kind == "filename":
        path = path_of(name, source)
        if path in urls_of:
            return (urls_of[path], "")
        return ("", f'the link "{written}" leads to no source file')
    if kind == "index":
        return "", ""
    if kind in OF_FILES:
        return "", f'"{{{kind}}}" links to a file that is not in files/'
    return "", f'"{{{kind}}}" is not a kind of link'


def texts_in(value: Any) -> Iterator[str]:
    """All strings in a nested value, in their order."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, list | tuple):
            waiting += reversed(each)
        elif isinstance(each, Mapping):
            waiting += reversed(list(each.values()))
