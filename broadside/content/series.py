"""Finds the parts of each series, and what is wrong with them.

A story names its series, or a series lists stories. A translation is in the series of its original.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from broadside.content.content import NOT_OUT, UNLISTED, Content
from broadside.content.names import Hints, has_file, no_story, several, states_by_slug, waits
from broadside.content.records import Record
from broadside.faults import Fault, errors_in, quoted
from broadside.front_matter.data import SeriesData, StoryData, picks_of
from broadside.slugs import slugify


def by_name(content: Content) -> dict[str, Record[SeriesData]]:
    """The series by name and by slug, which is the name of its file; a name takes precedence."""
    slugs = {record.slug: record for record in content.series}
    return slugs | {record.data.name: record for record in reversed(content.series)}


def join(content: Content, hints: Hints) -> Iterator[Fault]:
    """Store the slugs of each story's series in Content.series_of, and find the faults in the names
    that stories give.
    """
    known = by_name(content)
    # A name may be that of a series whose file cannot be read, so it is not reported as unknown.
    faulty = [(each.path, each.data) for each in content.records if errors_in(each.faults)]
    stems = {
        PurePosixPath(path).stem: data for path, data in faulty if isinstance(data, SeriesData)
    }
    nameless = [slugify(stem) for stem, data in stems.items() if data.name in ("", stem)]
    yield from _same_names(content.series)
    found: dict[str, list[str]] = {}
    for record in content.stories:
        name = record.data.series
        if not name:  # the usual case
            continue
        if name in known:
            found[record.path] = [known[name].slug]
        elif not has_file(slugify(name), (), nameless):
            names = [each.data.name for each in content.series]
            hint = hints.get(name, "series/", names)
            yield record.fault("series", "unknown-name", f"{quoted(name)} is not in series/", hint)
    _add_listed(content, found)
    _add_translations(content, found)
    content.series_of = {path: tuple(dict.fromkeys(slugs)) for path, slugs in found.items()}


def _same_names(series: list[Record[SeriesData]]) -> Iterator[Fault]:
    first: dict[str, Record[SeriesData]] = {}
    for record in series:
        other = first.setdefault(record.data.name, record)
        if other is not record:
            message = (
                f"{other.path} has the name {quoted(record.data.name)} too, so stories that give it"
                " could mean either"
            )
            yield record.fault("name", "same-name", message, "rename one of them")


def _of_slugs(content: Content, slugs: set[str]) -> dict[str, list[Record[StoryData]]]:
    """The stories with these slugs: of the published ones the newest, as for related stories, and
    all unpublished ones.
    """
    found: dict[str, list[Record[StoryData]]] = {}
    out: dict[str, Record[StoryData]] = {}
    for record in content.stories if slugs else ():
        if record.slug in slugs:
            if content.states[record.path] in NOT_OUT:
                found.setdefault(record.slug, []).append(record)
            elif record.slug not in out or out[record.slug].moment < record.moment:
                out[record.slug] = record
    for slug, record in out.items():
        found.setdefault(slug, []).append(record)
    return found


def _add_listed(content: Content, found: dict[str, list[str]]) -> None:
    listed = {slug for record in content.series for slug in record.data.listed}
    stories = _of_slugs(content, listed)
    for record in content.series:
        for slug in record.data.listed:
            for story in stories.get(slug, ()):
                found.setdefault(story.path, []).append(record.slug)


def _add_translations(content: Content, found: dict[str, list[str]]) -> None:
    """Put translations into the series of their originals."""
    translated = []
    if found:
        translated = [record for record in content.stories if record.data.translation_of]
    originals = _of_slugs(content, {record.data.translation_of for record in translated})
    for record in translated:
        for original in originals.get(record.data.translation_of, ()):
            if original.path in found and original is not record:
                found[record.path] = [*found.get(record.path, ()), *found[original.path]]


def check_lists(content: Content, hints: Hints) -> Iterator[Fault]:
    """The faults of the stories that series list; one that is not published yet is fine, because
    lists are made in advance.
    """
    if not any(record.data.listed for record in content.series):
        return
    every = states_by_slug(content)
    numbers = Counter(
        record.slug for record in content.stories if content.states[record.path] == "published"
    )
    for record in content.series:
        for slug, entry in picks_of(record.data):
            key = entry
            if entry not in record.lines:  # the list is written on one line
                key = entry.rpartition(".")[0]
            if slug in content.addresses.unplaced:
                continue
            if slug not in every:
                yield record.fault(key, *no_story(slug, every, hints))
            elif numbers[slug] > 1:
                yield several(record, key, slug, numbers[slug])
            elif every[slug].isdisjoint(NOT_OUT | {"published"}):
                said, hint = waits(
                    every[slug], "it is not counted", "take it out, or leave it for the record"
                )
                yield record.fault(
                    key, "unpublished", f"the story {quoted(slug)} {said}", hint, "warning"
                )


def unseen(content: Content, drafts: bool) -> set[str]:
    """The slugs of series with nothing published: their pages would give away that a story is
    coming, or that one is hidden.
    """
    if drafts or not content.series:
        return set()
    seen = {
        slug
        for path, slugs in content.series_of.items()
        if content.states[path] not in UNLISTED
        for slug in slugs
    }
    return {record.slug for record in content.series} - seen
