"""Finds inner links that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from urllib.parse import unquote

from broadside.content import links
from broadside.content.content import Content
from broadside.content.names import Hints
from broadside.content.records import Record
from broadside.faults import SLIP, Fault, Severity, did_you_mean, quoted
from broadside.front_matter.data import StoryData, Written
from broadside.markdown.body import ids
from broadside.markdown.walk import PAGE_IDS
from broadside.urls import is_below, last_part


def check(content: Content, hints: Hints) -> Iterator[Fault]:
    """The faults of links that lead nowhere, to something unpublished, or to a place that the page
    does not have.
    """
    waiting = content.addresses.waiting
    unseen = {url: url for url in waiting.state_of}
    fragments = Fragments(content)
    unread = content.lists.unread(content.urls)
    for record in content.records:
        for written, line in record.links:
            found, problem = content.target(written, record.path)
            if links.file_of(written, record.path) and (
                problem or _address(found) in fragments.files
            ):
                continue  # files.py reports a bad file; a fragment is one of its pages or a minute
            if problem and _address(written).lstrip("/").startswith(unread):
                continue
            if not problem:
                for fault in fragments.check(record.path, line, written, found):
                    # Link to the page itself, so that an imported story still leads somewhere.
                    content.addresses.targets[written, record.path] = found.partition("#")[0], ""
                    yield fault
                continue
            url, missing = links.target(
                written, record.path, content.urls, waiting.urls_of, unseen, content.lists.slugs_of
            )
            if missing and _what_it_names(written, record.path) in content.addresses.unplaced:
                continue  # it may lead there once that source is corrected
            if missing:
                hint = _near(written, record.path, content, hints)
                yield Fault(record.path, line, 0, "error", "broken-link", problem, hint)
            else:
                # A held story may be published after the one that it links to.
                severity: Severity = "error" if content.is_out(record) else "warning"
                state = waiting.state_of[_address(url)]
                message = (
                    f'the link "{written}" leads to something that readers cannot see: it is'
                    f" {state}"
                )
                yield Fault(
                    record.path,
                    line,
                    0,
                    severity,
                    "unpublished",
                    message,
                    "take the link out until then",
                )


class Fragments:
    """Checks what follows the # in links: the id of a heading or another element of the page."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.ids_at: dict[str, set[str]] = {}
        self.files = set(content.addresses.files.values())

    @cached_property
    def sources(self) -> dict[str, Record[Written]]:
        """The source at each address."""
        urls_of = self.content.addresses.urls_of
        records = (*self.content.stories, *self.content.pages)
        return {urls_of[each.path]: each for each in records if each.path in urls_of}

    def check(self, path: str, line: int, written: str, found: str) -> Iterator[Fault]:
        """The fault of a link to a place that its page does not have."""
        url, place = _address(found), unquote(found.partition("#")[2])
        if url not in self.content.addresses.known and is_below(
            unquote(url), self.content.urls.elsewhere
        ):
            return
        if place and url not in self.ids_at:
            self.ids_at[url] = self._ids(url)
        if place and place not in self.ids_at[url]:
            hint = did_you_mean(place, self.ids_at[url] - PAGE_IDS)
            message = f"the link {quoted(written)} leads to a page without that place"
            yield Fault(path, line, 0, "error", "broken-link", message, hint)

    def _ids(self, url: str) -> set[str]:
        source = self.sources.get(url)
        if source is None or source.data.status == "withdrawn":
            return {"top", "main"}
        # Other ids of a page depend on more than the story: on what is shown below it, and on
        # settings.
        if getattr(source.data, "corrections", ()):
            noted = {"corrections", "corrections-title"}
        else:
            noted = set()
        if _is_credited(source.data, self.content):
            credited = {"photo-credit"}
        else:
            credited = set()
        return {"top", "main", *noted, *credited, *ids(source.body.html)}


def _is_credited(data: Written, content: Content) -> bool:
    """Whether a page has a line of caption or credit below the photo at its top."""
    return (
        isinstance(data, StoryData)
        and data.photo in content.originals
        and bool(data.caption or data.credit)
    )


def _what_it_names(written: str, source: str) -> str:
    """The path of the source that a {filename} link names, or the last part of any other
    address.
    """
    kind, name = links.parts(_address(written))
    if kind == "filename":
        return links.path_of(name, source)
    return last_part(_address(written)).removesuffix(".md")


def _address(written: str) -> str:
    """A link without its query and fragment."""
    return written.partition("#")[0].partition("?")[0]


def _near(written: str, source: str, content: Content, hints: Hints) -> str:
    kind, name = links.parts(written)
    if kind == "filename":
        sources = [
            path
            for group in ("story", "page")
            for path in content.folder.files[group]
            if path != source
        ]
        return hints.get(links.path_of(name, source), "sources", sources, SLIP)
    if kind:
        known = links.kinds_of_links()
        if kind not in known:
            return hints.get(kind, "kinds", known)
        return ""
    known = [f"/{url}" for url in content.addresses.known if not url.endswith(".xml")]
    return hints.get(_address(written), "addresses", known, SLIP)
