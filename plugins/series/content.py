"""The forms that a series may have, with the keys of each, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from msgspec import Struct

from broadside.content.content import Content
from broadside.content.names import place
from broadside.content.records import Record
from broadside.faults import Fault, did_you_mean, quoted
from broadside.front_matter import fields
from broadside.front_matter.data import AuthorData, Keys, SeriesData, key
from broadside.slugs import slugify
from broadside.validation import Keyed

FORMS = ("series", "dossier", "issue", "column", "debate")
"""What stories can be parts of."""
KEYS_OF_FORM = {
    "issue": ("an issue", ("number", "cover_date")),
    "column": ("a column", ("author", "rhythm")),
    "debate": ("a debate", ("motion", "sides")),
}
"""Form of a series -> what it is called, and the keys that no other form has."""
NEEDS_OF_DEBATE = {
    "motion": "a sentence to be for or against",
    "sides": "two or more, each with a name and stories",
}


class Side(Struct, metaclass=Keyed):
    """A side of a debate."""

    name: str = key(
        "what readers call the side",
        fields.printed_name,
        required=True,
        example="For",
        label="Name",
    )
    stories: list[str] = key(
        "the slugs of its stories, in their order",
        fields.slug,
        default=[],
        label="Stories",
        hint="The last part of each address, one to a line.",
        picks=True,
    )


class Formed(Struct, metaclass=Keyed):
    """The keys of series."""

    form: str = key(
        "series, dossier, issue, column or debate",
        fields.one_of(*FORMS),
        default="series",
        elsewhere=("kind", "type"),
        after="name",
    )
    number: str = key(
        "the number of an issue",
        fields.printed_name,
        comments=True,
        elsewhere=("issue",),
        after="description",
    )
    cover_date: str = key(
        "the date on the cover of an issue, in words",
        fields.printed_name,
        elsewhere=("date",),
        after="number",
    )
    author: str = key(
        "who writes a column, by name or file; their portrait is its face",
        fields.printed_name,
        label="Author",
        hint="Of a column: their portrait is its face.",
        after="cover_date",
    )
    rhythm: str = key(
        "when a column comes out, in words, such as Fridays",
        fields.printed_name,
        label="Rhythm",
        hint="Of a column: when it comes out, in words, such as Fridays.",
        after="author",
    )
    motion: str = key(
        "the sentence that a debate is about",
        label="Motion",
        hint="Of a debate: the sentence that it is about.",
        in_type=True,
        after="rhythm",
    )
    sides: list[Side] = key(
        "the sides of a debate, each with the slugs of its stories; other parts are replies",
        default=[],
        label="Sides",
        hint="Of a debate: two or more, each with its stories. Other parts are replies.",
        after="motion",
    )


FORMED = Keys(Formed, "series")


def check(content: Content) -> Iterator[Fault]:
    """Keys that only one form may have, what a debate lacks, and who writes a column and has no
    file.
    """
    for record in content.series:
        said = FORMED.of(record.data)
        for form, (called, keys) in KEYS_OF_FORM.items():
            for name in keys:
                if said.form != form and name in record.data.own:
                    message = f"only {called} has {quoted(name)}"
                    yield record.fault(
                        name, "needs-key", message, f"delete it, or add form: {form}"
                    )
        if said.form == "debate":
            yield from _of_debate(record, said)
    yield from _writers(content)


def _of_debate(record: Record[SeriesData], said: Formed) -> Iterator[Fault]:
    for name, what in NEEDS_OF_DEBATE.items():
        if name not in record.data.own and not record.is_faulty(name):
            message = f"the debate has no {quoted(name)}"
            yield record.fault("form", "missing-key", message, f'add "{name}:", {what}')
    if len(said.sides) == 1:
        yield record.fault("sides", "missing-key", "the debate has one side", "add the other")
    seen: dict[str, str] = {}
    for number, side in enumerate(said.sides):
        for at, slug in enumerate(side.stories):
            if slug in seen:
                message = f"the story {quoted(slug)} is on the side {quoted(seen[slug])} already"
                where = place(record, f"sides.{number}.stories", at)
                yield record.fault(where, "twice", message, "keep one")
            seen.setdefault(slug, side.name)


def _writers(content: Content) -> Iterator[Fault]:
    """The fault of each column whose author has no file, not even one that cannot be read."""
    named = [(record, FORMED.of(record.data).author) for record in content.series]
    written = [(record, name) for record, name in named if name]
    if not written:
        return
    names = [each.data.name for each in content.authors]
    stems = {
        slugify(PurePosixPath(each.path).stem)
        for each in content.records
        if isinstance(each.data, AuthorData)
    }
    for record, name in written:
        if name not in names and slugify(name) not in stems:
            message = f"{quoted(name)} is not in authors/"
            yield record.fault("author", "unknown-name", message, did_you_mean(name, names))
