"""What each kind of source may say: the closed list of keys with the type of each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

from plugins.faults import quoted
from plugins.front_matter import fields
from plugins.front_matter.days import DayOfUpdate, IsoDate, TrueOrDay
from plugins.front_matter.fields import (
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
from plugins.front_matter.yaml_nodes import Place
from plugins.vocabulary import SCHEMA_TYPES

Amiss = tuple[Place, str, str, str]
"""The place of what is wrong, a code, a message and a hint."""


class Strict(BaseModel):
    """A set of keys that knows all its keys."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    def amiss(self, written: Collection[str]) -> Iterator[Amiss]:
        """What only shows when values are compared; not a validator of pydantic, which would stop at the first.

        `written` are all keys that were written; a value with a fault of its own is not in the model.
        """
        yield from ()


class Correction(Strict):
    """One entry of the corrections list."""

    date: IsoDate
    type: CorrectionType
    text: Text


class Link(Strict):
    """A link on an author's page; an address alone is called by its site."""

    label: Text
    url: WebAddress

    @model_validator(mode="before")
    @classmethod
    def _called(cls, value: Any) -> Any:
        site = re.sub(r"^mailto:.*|^https?://(www\.)?|/.*", "", value) if isinstance(value, str) else ""
        return {"label": site or "Email", "url": value} if isinstance(value, str) else value


class Pictured(Strict):
    """What has a lead picture: the picture's alt text and credit are obligatory with it."""

    photo: PhotoPath | None = None
    alt: Text | None = None
    caption: Text | None = None
    credit: Text | None = None
    credit_label: Annotated[str, fields.one_of("photo", "image")] = "photo"
    redistribute: Annotated[str, fields.one_of("yes", "no")] = "no"

    def amiss(self, written: Collection[str]) -> Iterator[Amiss]:
        """Words that a photo lacks, and words that lack a photo."""
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
        """What is wrong with the photo's words, and with the order of the days."""
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
        """What is wrong with the order of the days."""
        yield from _out_of_order(self)


def _out_of_order(dated: Story | Page) -> Iterator[Amiss]:
    if dated.date and dated.updated and datetime.fromisoformat(dated.updated) < datetime.fromisoformat(dated.date):
        message = f'"updated" ({dated.updated}) is before "date" ({dated.date})'
        yield ("updated",), "updated-before-date", message, "correct the one that is wrong, or delete updated"


class Roundup(Strict):
    """The front matter of a round-up, whose day is the name of its file."""

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
    """An entry of story_types.yml; `schema_type` is the kind of article that search engines are told it is."""

    name: Name
    slug: Slug | None = None
    description: Text | None = None
    schema_type: Annotated[str, fields.one_of(*SCHEMA_TYPES)] | None = None
    redirect_from: Addresses = []


class Slot(Strict):
    """An entry of front_page.yml: a place on the front page, the story in it, and until when."""

    slot: Name
    story: Slug
    until: IsoDate | None = None


class Sections(Strict):
    """sections.yml, whose order is the navigation's."""

    items: list[Section]

    def amiss(self, written: Collection[str]) -> Iterator[Amiss]:
        """A second section of short-form stories; pages know their rail by its name."""
        marked = [(number, section) for number, section in enumerate(self.items) if section.rail]
        for number, section in marked[1:]:
            message = f"{quoted(section.name)} is a second short-form section, beside {quoted(marked[0][1].name)}"
            yield ("items", number, "rail"), "twice", message, 'delete the line "rail: briefs" of one of them'


class StoryTypes(Strict):
    """story_types.yml."""

    items: list[StoryType]


class FrontPage(Strict):
    """front_page.yml."""

    slots: Annotated[list[Slot], AfterValidator(fields.not_endless)] = []

    def amiss(self, written: Collection[str]) -> Iterator[Amiss]:
        """Slots that are filled twice until the same day."""
        seen: set[tuple[str, str | None]] = set()
        for number, slot in enumerate(self.slots):
            key = slot.slot.casefold(), slot.until
            if key in seen:
                yield ("slots", number, "slot"), "twice", f"the slot {quoted(slot.slot)} is filled twice", "keep one"
            seen.add(key)


MODELS: dict[str, type[Strict]] = {"author": Author, "page": Page, "story": Story, "roundup": Roundup}
"""Kind of source -> what its header may say."""

REQUIRED = ("dek", "date", "authors", "sections", "type")
"""Keys that a published story must have beside its title, which a draft has too."""


def dump(model: Strict) -> dict[str, Any]:
    """What the model says as plain JSON-able data, without what is not said."""
    return model.model_dump(mode="json", exclude_none=True)
