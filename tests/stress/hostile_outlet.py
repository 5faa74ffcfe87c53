"""Outlets that hold every payload in every place where the checks let it stand."""

from __future__ import annotations

import json
import multiprocessing
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from broadside.content.reader import Reader
from broadside.content.records import Record
from broadside.faults import errors_in
from broadside.front_matter.data import Data
from broadside.front_matter.validate import Rules
from broadside.markdown.typography import curl
from tests.sample import Outlet, front
from tests.stress.allowed import problem_in
from tests.stress.payloads import CONTEXTS, FRONT, in_context, payloads
from tests.stress.told import problem_with

PHOTO = "photos/harbour.jpg"
USUAL = {
    "title": "T",
    "dek": "D.",
    "date": "2026-11-20",
    "author": "a",
    "section": "Europe",
    "type": "Opinion",
}
PICTURE = {"photo": PHOTO, "alt": "A harbour.", "credit": "C"}
LISTS = ("topics", "redirect_from", "related")
ADDRESSES = ("canonical", "photo", "lang", "status")
FENCE = "language of a fence"
"""What follows it may be code or not, so that it goes together with nothing."""
BUNDLE, NAMES = 48, 60
"""Payloads in one story, and in one name of a section."""


@dataclass(slots=True)
class Findings:
    """Place -> the numbers of the payloads that may stand there, and what went wrong."""

    accepted: dict[str, list[int]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def findings() -> Findings:
    """What the checks make of each payload in each place, read in two processes."""
    found = Findings()
    places = [*CONTEXTS, *FRONT, *LISTS, *ADDRESSES]
    with multiprocessing.get_context("fork").Pool(2) as pool:
        for place, (accepted, wrong) in zip(places, pool.imap(_read_place, places), strict=True):
            found.accepted[place] = accepted
            found.wrong += wrong
    return found


def reader() -> Reader:
    """A reader of sources."""
    return Reader(Path(), Rules(ZoneInfo("UTC"), "", False))


def _read_place(place: str) -> tuple[list[int], list[str]]:
    reading, accepted, wrong = reader(), [], []
    for number, payload in enumerate(payloads()):
        source = _source(place, number)
        # a page is read sooner, and its text in the same way
        kind = "page" if place in CONTEXTS else "story"
        record = reading.parse(source.encode(), "s.md", kind)
        wrong += [
            f"{place}: {said}" for fault in record.faults if (said := problem_with(fault, source))
        ]
        if errors_in(record.faults):
            continue
        wrong += [f"{place}: {said}" for said in [_problem(place, payload, record)] if said]
        if not record.links and all(photo.photo == PHOTO for photo in record.photos):
            accepted.append(number)
    return accepted, wrong


def _source(place: str, number: int) -> str:
    if place in CONTEXTS:
        return f"---\ntitle: T\n---\n{in_context(place, number)}\n"
    payload = payloads()[number]
    return (
        front(USUAL | {"slug": "s"} | PICTURE | {place: [payload] if place in LISTS else payload})
        + "Body.\n"
    )


def _problem(place: str, payload: str, record: Record[Data]) -> str:
    """What is wrong with what was accepted: a line of text is kept as it is, and HTML holds what it
    may.
    """
    if place in CONTEXTS:
        return problem_in(record.body)
    line = unicodedata.normalize("NFC", " ".join(payload.split()))
    value = getattr(record.data, place)
    kept = value[0] if place in LISTS else value
    return "" if kept in (line, curl(line)) or place == "status" else f"{payload!r} became {kept!r}"


def bundles(numbers: Sequence[int], size: int) -> Iterator[list[int]]:
    """The numbers, so many at a time."""
    left = iter(numbers)
    while bundle := list(islice(left, size)):
        yield bundle


def _words(number: int) -> str:
    """A payload for front matter, which may not hold thousands of brackets."""
    payload = payloads()[number]
    return payload if payload.count("[") + payload.count("{") < 50 else "Brackets"


def _joined(may: set[int], numbers: Sequence[int]) -> str:
    return " ¦ ".join(_words(number) for number in numbers if number in may)[:4_900] or "Nothing"


def _bodies(reading: Reader, pieces: list[str]) -> Iterator[str]:
    """Texts that hold all of the pieces: one, or more where pieces do not go together."""
    text = "\n\n***\n\n".join(pieces)
    if not errors_in(
        reading.parse((front(USUAL) + text).encode(), "articles/s.md", "story").faults
    ):
        yield text
    elif len(pieces) > 1:
        for half in (pieces[: len(pieces) // 2], pieces[len(pieces) // 2 :]):
            yield from _bodies(reading, half)


def fill_stories(outlet: Outlet, found: Findings) -> None:
    """Stories, their authors, topics and corrections, and pages, that hold everything that may
    stand there.
    """
    outlet.photo()
    may = {place: set(numbers) for place, numbers in found.accepted.items()}
    reading = reader()
    for at, numbers in enumerate(bundles(range(len(payloads())), BUNDLE)):
        pieces = [in_context(c, n) for c in CONTEXTS for n in numbers if n in may[c] and c != FENCE]
        fences = [
            in_context(FENCE, number)
            for number in numbers[:1]
            if number in may[FENCE] and at % 4 == 0
        ]
        words = {place: _joined(may[place], numbers) for place in FRONT}
        texts = [_words(number) for number in numbers if number in may["dek"]]
        alone = [in_context("alone", number) for number in numbers if number in may["alone"]]
        bio = next(_bodies(reading, alone), "Writes.") if alone else "Writes."
        links = [{"label": text, "url": "https://example.org/"} for text in texts]
        person = {"name": f"{at} {words['title']}"[:4_900], "role": words["dek"], "links": links}
        outlet.write(f"authors/h{at}.md", front(person) + bio + "\n")
        bodies = [*_bodies(reading, pieces), *fences] or ["Body."]
        for part, body in enumerate(bodies):
            outlet.story(
                f"s{at}-{part}",
                body=body,
                photo=PHOTO,
                authors=[f"h{at}"],
                topics=[f"{at} {_joined(may['topics'], numbers)}"[:4_900]],
                corrections=[
                    {"date": "2026-11-21", "type": "update", "text": text} for text in texts
                ],
                canonical=next((payloads()[n] for n in numbers if n in may["canonical"]), None),
                **words,
            )
        if at % 10 == 0:
            outlet.page(f"p{at}", body=bio, title=words["title"], dek=words["dek"])


def fill_names(outlet: Outlet, found: Findings) -> None:
    """Sections and story types whose names and descriptions hold everything that may stand there.

    All of them stand on every page, so one in four is enough, and none with several brackets, of
    which a list may not hold thousands; headlines have them all.
    """
    few = [
        number
        for number in found.accepted["title"][::4]
        if sum(map(payloads()[number].count, "[{")) < 2
    ]
    title, dek = set(found.accepted["title"]), set(found.accepted["dek"])
    names = list(bundles(few, NAMES))
    entries = [
        {"name": f"{at} {_joined(title, bundle)}"[:4_900], "description": _joined(dek, bundle)}
        for at, bundle in enumerate(names)
    ]
    for file, prefix in (("sections.yml", "s"), ("story_types.yml", "t")):
        outlet.write(
            file,
            "".join(_entry(entry | {"slug": f"{prefix}{at}"}) for at, entry in enumerate(entries)),
        )
    for at, entry in enumerate(entries):
        outlet.story(f"n{at}", section=None, sections=[entry["name"]], type=entry["name"])
    slots = [{"slot": entry["name"], "story": f"n{at}"} for at, entry in enumerate(entries[:20])]
    outlet.write("front_page.yml", "".join(map(_entry, slots)))


def _entry(values: dict[str, str]) -> str:
    """An entry of a list in YAML."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "- " + "\n  ".join(lines) + "\n"
