"""Lists the pages that a proposal changes, with their headlines, for ./inv changed and for preview
branches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from broadside.build.reading import read
from broadside.config.options import Options
from broadside.content.content import Content
from broadside.editing.history import Repository
from broadside.faults import count, one_line
from broadside.front_matter.data import AuthorData, Written
from broadside.git import git, listed

NEW, GONE, CHANGED = "New", "Gone", "Changed"
STATES = {"A": NEW, "D": GONE}
"""Git's letters for added and deleted files; any other means changed."""
FORMATS = ("text", "json", "markdown")
MEANS_SOMETHING = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&@:])")


class ChangedPage(Struct, frozen=True):
    """A page that changes: what happens to it, its headline, its state, its address below the root,
    and its file.

    The address is "" if there is no page, because it was deleted or cannot be read.
    """

    how: str
    headline: str
    state: str
    url: str
    path: str


class Changes(Struct, frozen=True):
    """The changed pages, and the other changed files of the content folder."""

    pages: list[ChangedPage] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join(self.lines(""))

    def lines(self, preview: str) -> Iterator[str]:
        """The list as text, with each page's address below that of the preview, if there is one."""
        yield f"{count(len(self.pages), 'page')} changed{':' if self.pages else ''}"
        for page in self.pages:
            where = page.path
            if preview and page.url:
                where = f"{preview}/{page.url}"
            yield (
                f"  {page.how}: {one_line(page.headline)}{f', {page.state}' if page.state else ''}"
                f" ({one_line(where)})"
            )
        if self.others:
            yield f"Also changed: {', '.join(map(one_line, self.others))}"

    def markdown(self, preview: str) -> str:
        """The list in Markdown, for a forge's summary of a check."""
        lines = [f"### {count(len(self.pages), 'page')} changed", ""]
        if preview:
            lines += [f"[See the preview]({preview}/)", ""]
        for page in self.pages:
            headline = _plain(page.headline)
            link = headline
            if preview and page.url:
                link = f"[{headline}]({preview}/{page.url})"
            lines.append(
                f"- {page.how}: **{link}**{f', {page.state}' if page.state else ''} ·"
                f" {_plain(page.path)}"
            )
        if self.others:
            lines += ["", f"Also changed: {', '.join(map(_plain, self.others))}"]
        return "\n".join(lines)


def changed(options: Options, since: str = "") -> Changes:
    """What changed since a revision, by default the one where this branch left main; raises
    NotCompared if there is none.
    """
    folder = options.content_path
    there = Repository(folder)
    if since:
        base = there.named(since)
    else:
        base = there.before(lambda _: False)
    diff = (
        "diff",
        "--name-status",
        "-z",
        "--no-renames",
        "--no-ext-diff",
        "--relative",
        base,
        "--",
    )
    new = listed(git(folder, "ls-files", "--others", "--exclude-standard", "-z"))
    content, _, _ = read(options)
    return arranged(
        content,
        files_of(listed(git(folder, *diff))) | dict.fromkeys(new, NEW),
        options.content_prefix,
    )


def files_of(entries: list[str]) -> dict[str, str]:
    """What happened to each file, from the output of `git diff --name-status -z`."""
    return {
        path: STATES.get(letter, CHANGED)
        for letter, path in zip(entries[::2], entries[1::2], strict=True)
    }


def arranged(content: Content, files: Mapping[str, str], prefix: str) -> Changes:
    """The changed pages and other files, by what happened to each; `prefix` is put before each
    path.
    """
    records = {record.path: record for record in content.records if record.is_readable}
    pages, others = [], []
    for path, how in sorted(files.items()):
        record = records.get(path)
        data = None
        if record:
            data = record.data
        if isinstance(data, Written):
            state, url = content.states.get(path, ""), content.addresses.urls_of.get(path, "")
            pages.append(
                ChangedPage(
                    how, data.title, "" if state == "published" else state, url, prefix + path
                )
            )
        elif isinstance(data, AuthorData):
            pages.append(ChangedPage(how, data.name, "author", "", prefix + path))
        elif path.endswith(".md"):
            pages.append(
                ChangedPage(how, path, "" if how == GONE else "not readable", "", prefix + path)
            )
        else:
            others.append(prefix + path)
    order = (NEW, CHANGED, GONE)
    return Changes(sorted(pages, key=lambda page: (order.index(page.how), page.headline)), others)


def _plain(text: str) -> str:
    """A text in which Markdown finds no markup."""
    return MEANS_SOMETHING.sub(r"\\\1", one_line(text))
