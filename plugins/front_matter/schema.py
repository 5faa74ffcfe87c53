"""The closed list of keys for each kind of source, with the type of each key."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, model_validator

from broadside.plugins.faults import quoted
from broadside.plugins.front_matter import fields
from broadside.plugins.front_matter.days import DayOfUpdate, IsoDate, TrueOrDay
from broadside.plugins.front_matter.fields import (
    Addresses,
    Authors,
    CorrectionType,
    Language,
    Name,
    PageAddress,
    PageStatus,
    PhotoPath,
    Slug,
    Slugs,
    SomeNames,
    Status,
    Text,
    Topics,
    WebAddress,
)
from broadside.plugins.front_matter.yaml_nodes import Place
from broadside.plugins.vocabulary import SCHEMA_TYPES

Amiss = tuple[Place, str, str, str]
"""The place of a fault, its code, message and hint."""


class Strict(BaseModel):
    """A set of keys in which any other key is a fault."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    def amiss(self, written: Collection[str]) -> Iterator[Amiss]:
        """Faults that show only when values are compared; a pydantic validator would stop at the first.

        `written` has all keys that were written; a value with a fault of its own is not in the model.
        """
        yield from ()


class Correction(Strict):
    """One entry of the corrections list."""

    date: IsoDate
    type: CorrectionType
    text: Text


class Link(Strict):
    """A link on an author's page; an address alone gets the name of its site as its label."""

    label: Text
    url: WebAddress

    @model_validator(mode="before")
    @classmethod
    def _called(cls, value: Any) -> Any:
        site = re.sub(r"^mailto:.*|^https?://(www\.)?|/.*", "", value) if isinstance(value, str) else ""
        return {"label": site or "Email", "url": value} if isinstance(value, str) else value


class Pictured(Strict):
    """Keys of a source with a lead picture, which must have alt text and a credit."""

    photo: PhotoPath | None = None
    alt: Text | None = None
    caption: Text | None = None
    credit: Text | None = None
    credit_label: Annotated[str, fields.one_of("photo", "image")] = "photo"
    redistribute: Annotated[str, fields.one_of("yes", "no")] = "no"

    def amiss(self, written: Collection[str]) -> Iterator[Amiss]:
        """A photo without its words, and words without a photo."""
        words = [key for key in ("alt", "caption", "credit") if key in written]
        if "photo" not in written:
            for key in words[:1]:
                message = "there is an alt text, a caption or a credit, but no photo"
                yield (key,), "photo-missing", message, 'add "photo:", or delete them'
            return
        for key, what in (
            ("alt", "say in words what one sees in the picture"),
            ("credit", "say who made it, such as: Photo by A. Person/Agency"),
        ):
            if key not in words:
                yield ("photo",), f"photo-{key}", f'the photo has no "{key}"', what


class Story(Pictured):
    """The front matter of a story."""

    title: Name
    status: Status = "published"
    dek: Text | None = None
    date: IsoDate | None = None
    updated: DayOfUpdate | None = None
    authors: Authors | None = None
    sections: SomeNames | None = None
    type: Name | None = None
    topics: Topics = []
    slug: Slug | None = None
    lang: Language | None = None
    canonical: PageAddress | None = None
    related: Slugs = []
    stream: Annotated[str, fields.one_of("full")] | None = None
    translation_of: Slug | None = None
    corrections: list[Correction] = []
    republish: Annotated[str, fields.one_of("yes", "no")] = "yes"
    redirect_from: Addresses = []
    minor: TrueOrDay | None = None

    def amiss(self, written: Collection[str]) -> Iterator[Amiss]:
        """Faults in the photo's words, and in the order of the days."""
        yield from super().amiss(written)
        yield from _out_of_order(self)


class Page(Strict):
    """The front matter of a plain page."""

    title: Name
    dek: Text | None = None
    date: IsoDate | None = None
    updated: DayOfUpdate | None = None
    slug: Slug | None = None
    status: PageStatus = "published"
    lang: Language | None = None
    redirect_from: Addresses = []

    def amiss(self, written: Collection[str]) -> Iterator[Amiss]:
        """Faults in the order of the days."""
        yield from _out_of_order(self)


def _out_of_order(dated: Story | Page) -> Iterator[Amiss]:
    if dated.date and dated.updated and datetime.fromisoformat(dated.updated) < datetime.fromisoformat(dated.date):
        message = f'"updated" ({dated.updated}) is before "date" ({dated.date})'
        yield ("updated",), "updated-before-date", message, "correct the one that is wrong, or delete updated"


class Roundup(Strict):
    """The front matter of a round-up, whose file is named by its day."""

    title: Name
    dek: Text | None = None
    date: IsoDate | None = None
    since: IsoDate | None = None
    lead: Slug | None = None
    status: Annotated[str, fields.one_of("draft", "published")] = "published"


class Author(Strict):
    """The front matter of an author's file."""

    name: Name
    role: Text | None = None
    expertise: SomeNames | None = None
    links: list[Link] = []
    portrait: PhotoPath | None = None
    alt: Text | None = None
    redirect_from: Addresses = []

    def amiss(self, written: Collection[str]) -> Iterator[Amiss]:
        """A portrait without its words."""
        if "portrait" in written and "alt" not in written:
            yield ("portrait",), "photo-alt", 'the portrait has no "alt"', "say in words what one sees in it"


class Section(Strict):
    """An entry of sections.yml."""

    name: Name
    slug: Slug | None = None
    description: Text | None = None
    rail: Annotated[str, fields.one_of("briefs")] | None = None
    redirect_from: Addresses = []


class StoryType(Strict):
    """An entry of story_types.yml; `schema_type` is the kind of article in the data for search engines."""

    name: Name
    slug: Slug | None = None
    description: Text | None = None
    schema_type: Annotated[str, fields.one_of(*SCHEMA_TYPES)] | None = None
    redirect_from: Addresses = []


class Topic(Strict):
    """An entry of topics.yml, by its name as stories write it."""

    name: Annotated[str, BeforeValidator(fields.topic)]
    redirect_from: Addresses = []


class Slot(Strict):
    """An entry of front_page.yml: a place on the front page, the story in it, and when its time is over."""

    slot: Name
    story: Slug
    until: IsoDate | None = None


class Sections(Strict):
    """sections.yml, in the order of the navigation."""

    items: list[Section]

    def amiss(self, written: Collection[str]) -> Iterator[Amiss]:
        """A second section of short-form stories, which would have a rail of the same name."""
        marked = [(number, section) for number, section in enumerate(self.items) if section.rail]
        for number, section in marked[1:]:
            message = f"{quoted(section.name)} is a second short-form section, beside {quoted(marked[0][1].name)}"
            yield ("items", number, "rail"), "twice", message, 'delete the line "rail: briefs" of one of them'


class StoryTypes(Strict):
    """story_types.yml."""

    items: list[StoryType]


class ListedTopics(Strict):
    """topics.yml."""

    items: list[Topic]


class FrontPage(Strict):
    """front_page.yml."""

    slots: Annotated[list[Slot], AfterValidator(fields.not_endless)] = []

    def amiss(self, written: Collection[str]) -> Iterator[Amiss]:
        """Slots filled twice until the same day."""
        seen: set[tuple[str, str | None]] = set()
        for number, slot in enumerate(self.slots):
            key = slot.slot.casefold(), slot.until
            if key in seen:
                yield ("slots", number, "slot"), "twice", f"the slot {quoted(slot.slot)} is filled twice", "keep one"
            seen.add(key)


MODELS: dict[str, type[Strict]] = {"author": Author, "page": Page, "story": Story, "roundup": Roundup}
"""Kind of source -> the model of its header."""

REQUIRED = ("dek", "date", "authors", "sections", "type")
"""Keys that a published story must have besides its title, which a draft must have too."""


def dump(model: Strict) -> dict[str, Any]:
    """The model as plain data that JSON can hold, without keys that were not written."""
    return model.model_dump(mode="json", exclude_none=True)
