"""Front matter as data, checked and with defaults filled in; anything not written is empty."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Correction(Struct, frozen=True):
    """A correction, clarification, update or editor's note; `date` is ISO 8601."""

    date: str
    type: str
    text: str

    @property
    def label(self) -> str:
        """The type as a reader sees it: "Correction", "Editor’s note"."""
        return self.type.capitalize().replace("'", "’")


class Link(Struct, frozen=True):
    """A labelled link on an author's page."""

    label: str
    url: str


class Data(Struct, omit_defaults=True, tag_field="kind", tag=lambda name: name.removesuffix("Data").lower()):
    """The data of every source. A round-up's slug is its day, and an author's is the name of the file; a round-up never moves."""

    slug: str = ""
    redirect_from: list[str] = []

    @property
    def kind(self) -> str:
        """The kind of source: a key of KINDS."""
        return str(self.__struct_config__.tag)


class Written(Data):
    """The data that stories, plain pages and round-ups share; dates are ISO 8601, and a round-up is not updated."""

    title: str = ""
    dek: str = ""
    status: str = "published"
    date: str = ""
    updated: str = ""
    lang: str = ""
    dir: str = "ltr"


class StoryData(Written):
    """The front matter of a story; `authors` are names, each with a role or ""."""

    authors: list[tuple[str, str]] = []
    sections: list[str] = []
    type: str = ""
    topics: list[str] = []
    photo: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    credit_label: Literal["photo", "image"] = "photo"
    redistribute: str = "no"
    canonical: str = ""
    related: list[str] = []
    stream: str = ""
    translation_of: str = ""
    corrections: list[Correction] = []
    republish: str = "yes"
    minor: str = ""


class PageData(Written):
    """The front matter of a plain page."""


class RoundupData(Written):
    """The front matter of a round-up."""

    since: str = ""
    lead: str = ""


class AuthorData(Data):
    """The front matter of an author's file."""

    name: str = ""
    role: str = ""
    expertise: list[str] = []
    links: list[Link] = []
    portrait: str = ""
    alt: str = ""


class TermData(Struct):
    """The data that entries of sections.yml, story_types.yml and topics.yml share."""

    name: str
    slug: str = ""
    description: str = ""
    redirect_from: list[str] = []


class SectionData(TermData):
    """An entry of sections.yml."""

    rail: str = ""


class StoryTypeData(TermData):
    """An entry of story_types.yml."""

    schema_type: str = ""


class SlotData(Struct):
    """An entry of front_page.yml."""

    slot: str
    story: str
    until: str = ""


AnyData = StoryData | PageData | RoundupData | AuthorData
KINDS: dict[str, type[AnyData]] = {"author": AuthorData, "page": PageData, "story": StoryData, "roundup": RoundupData}
"""Kind of source, in the order of reading -> the struct for its front matter."""
