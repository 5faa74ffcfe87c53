"""Joins stories that are translations of each other, and finds what is wrong with that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from operator import itemgetter

from broadside.content.content import Content
from broadside.content.names import Suggest, no_story, several, states_by_slug, waits
from broadside.content.records import Record
from broadside.content.terms import Translation
from broadside.faults import Fault, quoted
from broadside.front_matter.data import StoryData

KEY = "translation_of"


def join(content: Content, suggest: Suggest) -> Iterator[Fault]:
    """Note each published story's translations in the newsroom, and find the faults of what stories say of each other."""
    stories = content.stories
    unplaced = {""} | content.addresses.unplaced
    translated = [record for record in stories if record.data.translation_of not in unplaced]
    translated.sort(key=lambda record: record.data.status == "draft")  # of two in one language, a draft is at fault
    if not translated:
        return
    every = states_by_slug(content)
    out = {
        record.path: (date, record)
        for record in stories
        if content.states[record.path] == "published" and (date := record.date)
    }
    # Of several with one slug the newest counts, as for related stories.
    originals = {record.slug: record for _, record in sorted(out.values(), key=itemgetter(0))}
    numbers = Counter(record.slug for _, record in out.values())
    groups: dict[str, list[Record[StoryData]]] = {}
    for record in translated:
        slug = record.data.translation_of
        original = originals.get(slug)
        fault = _fault(record, slug, every, original, suggest)
        if fault is None and numbers[slug] > 1:
            yield several(record, KEY, slug, numbers[slug])
        if fault is None and original is not None:
            group = groups.setdefault(original.path, [original])
            fault = _same_language(record, group)
            group.append(record)
        if fault is not None:
            yield fault
    for group in groups.values():
        shown = [each for each in group if each.path in out]
        if len(shown) > 1:
            content.languages |= dict.fromkeys((each.path for each in shown), _in_order(shown, content))


def _fault(
    record: Record[StoryData],
    slug: str,
    every: Mapping[str, set[str]],
    original: Record[StoryData] | None,
    suggest: Suggest,
) -> Fault | None:
    if slug == record.slug:
        return record.fault(KEY, "translation-self", "the story is a translation of itself", "name the original's slug")
    if slug not in every:
        return record.fault(KEY, *no_story(slug, every, suggest))
    if original is None:
        said, hint = waits(
            every[slug] - {"published"},
            "readers are not led to it",
            "take the line out, or withdraw the translation too",
        )
        return record.fault(KEY, "translation-unpublished", f"the original, {quoted(slug)}, {said}", hint, "warning")
    first = original.data.translation_of
    if first:
        message = f"{quoted(slug)} is itself a translation"
        return record.fault(KEY, "translation-chain", message, f"name its original, {quoted(first)}")
    return None


def _same_language(record: Record[StoryData], group: list[Record[StoryData]]) -> Fault | None:
    """The fault of a story in the same language as its original or another translation."""
    lang = record.data.lang
    if any(fault.code == "lang" for fault in record.faults):  # it is no language, which has its own fault
        return None
    for other in group:
        if other.data.lang.casefold() == lang.casefold():
            message = f"{other.path} is the same story in the same language, {quoted(lang)}"
            return record.fault(KEY, "translation-language", message, "say which language this one is in with lang:")
    return None


def _in_order(group: list[Record[StoryData]], content: Content) -> list[Translation]:
    """The story in each language: the original first, the others by language tag."""
    first, *others = group
    ordered = [first, *sorted(others, key=lambda each: each.data.lang)]
    return [
        Translation(each.data.lang, each.data.dir, each.data.title, content.addresses.urls_of[each.path])
        for each in ordered
    ]
