"""Checks that need all sources: how they relate, dates in the future, and which faults are only a
draft's.

Stories that editors pick by slug must exist and be published; translations of each other are
joined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import chain
from operator import itemgetter

from msgspec.structs import replace

from broadside.content import (
    addresses,
    files,
    imported,
    lost_links,
    names,
    permalinks,
    series,
)
from broadside.content.content import NOT_OUT, Content, ReadOptions
from broadside.content.doors import CHECKS
from broadside.content.lists import is_over
from broadside.content.names import PAID, Hints, no_story, several, states_by_slug, waits
from broadside.content.records import Record, record_names
from broadside.content.terms import Translation
from broadside.faults import SLIP, Fault, did_you_mean, errors_in, nearest, quoted
from broadside.front_matter.data import Data, StoryData, pictures_of
from broadside.front_matter.suspect import ahead, far
from broadside.front_matter.vocabulary import FRONT_SLOTS
from broadside.slugs import slug_of
from broadside.urls import Kind, free_kinds

TRANSLATION = "translation_of"


def check(content: Content, reading: ReadOptions) -> None:
    """Give all sources their addresses, and add the faults of their relations."""
    hints = Hints()
    content.states = addresses.states(content, reading.now)
    content.faults += names.check(content, hints)
    content.faults += series.join(content, hints)
    content.faults += chain.from_iterable(_free_terms(content, kind) for kind in free_kinds())
    content.faults += _ahead(content, reading.now)
    content.addresses, faults = addresses.assigned(content, reading)
    content.faults += faults
    content.faults += lost_links.check(content, hints)
    content.faults += permalinks.check(content)

    content.faults += _join_translations(content, hints)
    content.faults += series.check_lists(content, hints)
    content.faults += _front_page(content, reading, hints)
    content.faults += chain.from_iterable(check(content) for check in CHECKS)
    content.faults, content.to_mend = imported.sifted(
        eased(content.faults, content, reading), content.lenient
    )


def eased(faults: list[Fault], content: Content, reading: ReadOptions) -> list[Fault]:
    """The faults; those of drafts, and of what only drafts use, become warnings if drafts are not
    shown.
    """
    if reading.drafts or reading.drafts_count or not errors_in(faults):
        return faults
    drafts = of_drafts(content, reading)
    return [
        replace(fault, severity="warning") if fault.path in drafts else fault for fault in faults
    ]


def of_drafts(content: Content, reading: ReadOptions) -> set[str]:
    """The paths of all drafts, and of the pictures, tables and files that only they use."""
    drafts = {record.path for record in content.written if record.data.status == "draft"}
    alone: set[str] = set()
    elsewhere = set(reading.files.in_settings)
    elsewhere.update(path for entry in content.lists.every for path, _ in pictures_of(entry.data))
    for record in content.records if drafts else ():
        named = elsewhere
        if record.path in drafts:
            named = alone
        named.update(path for path, _ in chain(pictures(record), files.used(record)))
        named.update(chart.data for chart in record.charts)
    return drafts | (alone - elsewhere)


def pictures(record: Record[Data]) -> Iterator[tuple[str, int | str]]:
    """The path of each picture that a source uses, with its line or the key that names it."""
    yield from pictures_of(record.data)
    for photo in record.photos:
        if photo.photo:
            yield photo.photo, photo.line


def _free_terms(content: Content, kind: Kind) -> Iterator[Fault]:
    """The faults of topics and the like that differ in more than capitals but share an address,
    such as C and C++.

    Also of entries in their list that no story uses.
    """
    first: dict[str, str] = {}
    met: set[str] = set()
    given = content.lists.slugs_of[kind.name]
    for record in content.stories:
        named = record_names(record, kind.key)
        if met.issuperset(named):  # the usual case
            continue
        for i, name in enumerate(named):
            if name in met:
                continue
            met.add(name)
            other = first.setdefault(slug_of(name, given), name)
            if other.casefold() != name.casefold():
                url = content.urls.term(kind.name, slug_of(name, given))
                told = addresses.shared(url, f"the {kind.name} {quoted(other)}")
                yield record.fault(names.place(record, kind.key, i), *told, severity="warning")
    for entry in content.lists.entries_of(kind):
        if entry.data.slug not in first:
            message = (
                f"no story has the {kind.name} {quoted(entry.data.name)}, so nothing leads to it"
            )
            hint = did_you_mean(entry.data.name, met)
            yield entry.fault("name", "unknown-name", message, hint, "warning")


def _ahead(content: Content, now: datetime) -> Iterator[Fault]:
    """Warnings about suspicious dates: in the future, or far off."""
    for record in (*content.stories, *content.pages):
        data, state = record.data, content.states[record.path]
        if state == "held":
            doubts = far(data, now)
        elif state != "draft" and (
            data.updated or (isinstance(data, StoryData) and data.corrections)
        ):
            doubts = ahead(data, now)
        else:  # the usual case
            continue
        yield from (record.fault(*doubt, severity="warning") for doubt in doubts)


def _front_page(content: Content, reading: ReadOptions, hints: Hints) -> Iterator[Fault]:
    """The faults of the stories and slots in front_page.yml; a story may wait there until it is
    out.
    """
    entries = content.lists.slots
    if not entries:
        return
    every = states_by_slug(content, PAID)
    filled: dict[tuple[str, str], str] = {}
    for entry in entries:
        slug, slot = entry.data.story, entry.data.slot
        place = slot, entry.data.until
        if filled.get(place, slug) != slug:
            # No error, or it would stop the site at the hour when the first story is published.
            message = (
                f"the slot {quoted(slot)} has the story {quoted(filled[place])}, which is out, so"
                " this entry is not used"
            )
            yield entry.fault("slot", "twice", message, "delete the one that is over", "warning")
        elif "published" in every.get(slug, ()):
            filled[place] = slug
        if slot not in FRONT_SLOTS and nearest(slot, FRONT_SLOTS, SLIP):
            message = f"{quoted(slot)} would be a place of its own, below {', '.join(FRONT_SLOTS)}"
            yield entry.fault("", "unknown-name", message, did_you_mean(slot, FRONT_SLOTS))
        if slug in content.addresses.unplaced:
            continue
        if slug not in every:
            yield entry.fault("story", *no_story(slug, every, hints))
        elif every[slug].isdisjoint(NOT_OUT | {"published"}) and not is_over(entry, reading.now):
            said, hint = waits(
                every[slug], "the slot goes to its next entry, or to the newest story"
            )
            message = f"the story {quoted(slug)} {said}"
            yield entry.fault("story", "unpublished", message, hint, "warning")


def _join_translations(content: Content, hints: Hints) -> Iterator[Fault]:
    """Store each published story's translations in Content.languages, and find the faults in
    `translation_of`.
    """
    stories = content.stories
    unplaced = {""} | content.addresses.unplaced
    translated = [record for record in stories if record.data.translation_of not in unplaced]
    # of two in one language, the draft is at fault
    translated.sort(key=lambda record: record.data.status == "draft")
    if not translated:
        return
    every = states_by_slug(content)
    out = {
        record.path: (date, record)
        for record in stories
        if content.states[record.path] == "published" and (date := record.date)
    }
    # Of several stories with one slug the newest is used, as for related stories.
    originals = {record.slug: record for _, record in sorted(out.values(), key=itemgetter(0))}
    numbers = Counter(record.slug for _, record in out.values())
    groups: dict[str, list[Record[StoryData]]] = {}
    for record in translated:
        slug = record.data.translation_of
        original = originals.get(slug)
        if original is None:
            yield _no_original(record, slug, every, hints)
            continue
        if numbers[slug] > 1:
            yield several(record, TRANSLATION, slug, numbers[slug])
        group = groups.setdefault(original.path, [original])
        if original.data.translation_of:
            message = f"{quoted(slug)} is itself a translation"
            yield record.fault(TRANSLATION, "translation", message, "name the original")
        elif other := _same_language(record, group):
            message = (
                f"{other.path} is the same story in the same language, {quoted(record.data.lang)}"
            )
            yield record.fault(
                TRANSLATION, "translation", message, "say which language this one is in with lang:"
            )
        group.append(record)
    for group in groups.values():
        shown = [each for each in group if each.path in out]
        if len(shown) > 1:
            content.languages |= dict.fromkeys(
                (each.path for each in shown), _by_language(shown, content)
            )


def _no_original(
    record: Record[StoryData], slug: str, every: Mapping[str, set[str]], hints: Hints
) -> Fault:
    if slug not in every:
        return record.fault(TRANSLATION, *no_story(slug, every, hints))
    said, hint = waits(
        every[slug] - {"published"},
        "readers are not led to it",
        "take the line out, or withdraw the translation too",
    )
    return record.fault(
        TRANSLATION, "unpublished", f"the original, {quoted(slug)}, {said}", hint, "warning"
    )


def _same_language(
    record: Record[StoryData], group: list[Record[StoryData]]
) -> Record[StoryData] | None:
    """The original or another translation in the language of a story; an invalid language has a
    fault already.
    """
    if any(fault.code == "lang" for fault in record.faults):
        return None
    lang = record.data.lang.casefold()
    return next((other for other in group if other.data.lang.casefold() == lang), None)


def _by_language(group: list[Record[StoryData]], content: Content) -> list[Translation]:
    """The story in each language: the original first, the others by language tag."""
    first, *others = group
    ordered = [first, *sorted(others, key=lambda each: each.data.lang)]
    return [
        Translation(
            each.data.lang,
            each.data.dir,
            each.data.title,
            content.addresses.urls_of[each.path],
            each.data.paid_by,
        )
        for each in ordered
    ]
