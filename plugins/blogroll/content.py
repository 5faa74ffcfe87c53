"""Reads blogroll.opml: the sites that editors recommend, in groups, as feed readers export their
list (OPML 2.0).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.parsers import expat

from msgspec import Struct, field

from broadside.content.content import Content
from broadside.content.given import ContentFile
from broadside.faults import Fault, quoted
from broadside.front_matter import fields as check
from broadside.validation import Refused, refuse

NAME = "blogroll.opml"


class Recommended(Struct, frozen=True):
    """A site: its name, the address of its feed and, if the file says so, its own address and what
    it is.
    """

    title: str
    feed: str
    url: str
    description: str


class Group(Struct, frozen=True):
    """Sites below one title; "" for those in no group."""

    title: str
    sites: list[Recommended] = field(default_factory=list)


def parse(data: bytes) -> tuple[list[Group], list[Fault]]:
    """The groups that have sites, and the faults in the file; a file that cannot be read has no
    groups.
    """
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as problem:
        said = f"this is not XML: {expat.errors.messages[problem.code]}"
        return [], [_fault(problem.lineno, said, "export the list from your feed reader again")]
    except Refused as problem:
        return [], [_fault(reader.parser.CurrentLineNumber, problem.message, problem.hint)]
    return [group for group in reader.groups if group.sites], reader.faults


def _fault(line: int, message: str, hint: str) -> Fault:
    return Fault(NAME, line, 0, "error", "blogroll", message, hint)


class _Reader:
    """Reads outlines as they come: one with a feed is a site, any other a group of those in it.

    Entities, which could grow without end, are refused with the doctype that names them.
    """

    def __init__(self) -> None:
        self.groups = [Group("")]
        self.faults: list[Fault] = []
        self._open: list[Group] = []
        self._begun = False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _doctype(self, *_: object) -> None:
        refuse("blogroll", "the file has a doctype", "delete it, up to the next >")

    def _start(self, tag: str, written: Mapping[str, str]) -> None:
        if not self._begun and tag != "opml":
            refuse(
                "blogroll",
                f"the file begins with <{tag}> and is no OPML",
                "export the list as OPML",
            )
        self._begun = True
        if tag != "outline":
            return
        if self._open:
            inside = self._open[-1]
        else:
            inside = self.groups[0]
        try:
            title = check.text(written.get("text") or written.get("title") or "")
            if "xmlUrl" in written:
                inside.sites.append(_site(title, written))
            else:
                inside = Group(title)
                self.groups.append(inside)
        except Refused as problem:
            named = quoted(written.get("text") or written.get("xmlUrl") or tag)
            self.faults.append(
                _fault(self.parser.CurrentLineNumber, f"{named}: {problem.message}", problem.hint)
            )
        self._open.append(inside)

    def _end(self, tag: str) -> None:
        if tag == "outline":
            self._open.pop()


def _site(title: str, written: Mapping[str, str]) -> Recommended:
    feed, url = (written.get(name, "").strip() for name in ("xmlUrl", "htmlUrl"))
    description = " ".join(written.get("description", "").split())
    return Recommended(
        title,
        check.page_address(feed),
        check.page_address(url) if url else "",
        check.text(description) if description else "",
    )


BLOGROLL = ContentFile[list[Group]](NAME, parse, [])


def own_pages(content: Content) -> Iterator[str]:
    """The page, once there is a site on it."""
    if BLOGROLL.among(content.given):
        yield "blogroll"
