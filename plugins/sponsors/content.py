"""Who paid for a story: the key `sponsor`, and sponsors.yml with those that come back."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from broadside.content.content import Content
from broadside.content.lists import ContentList, Lists, terms
from broadside.content.records import Record
from broadside.content.terms import ADVERTISING
from broadside.faults import Fault, did_you_mean, quoted
from broadside.front_matter import fields as check
from broadside.front_matter.data import PICTURE, Keys, StoryData, key
from broadside.urls import KINDS
from broadside.validation import Keyed

NAME = "sponsors.yml"
NAMES_OF_TYPES = dict.fromkeys(
    ("advertorial", "partner-content", "sponsored", "sponsored-content"), ADVERTISING
)
"""Names of story types, as slugs, that say that somebody paid for their stories."""


class SponsorData(Struct, metaclass=Keyed):
    """Who paid for a story: the key sponsor of stories, and an entry of sponsors.yml."""

    name: str = key(
        "who paid, as readers see it",
        check.printed_name,
        required=True,
        example="Northwind Energy",
        label="Name",
    )
    url: str = key(
        "the sponsor's own site",
        check.page_address,
        elsewhere=("address", "website"),
        label="Address",
    )
    say: str = key(
        "what the sponsor had a say in, in a sentence", label="What they had a say in", in_type=True
    )
    logo: str = key(
        "the sponsor's logo, such as photos/sponsors/northwind.png",
        check.photo_path,
        elsewhere=PICTURE,
        label="Logo",
    )

    @staticmethod
    def in_short(written: str) -> dict[str, str]:
        """The keys of one that is written in a line: a list of names in the browser would reveal
        who is going to pay.
        """
        return {"name": written}

    @property
    def is_name_alone(self) -> bool:
        """Whether nothing but the name is said."""
        return not (self.url or self.say or self.logo)


class Sponsors(Struct, metaclass=Keyed):
    """sponsors.yml."""

    items: list[SponsorData] = key(
        "the sponsors", default=[], label="Sponsors", single_label="Sponsor"
    )


class Paid(Struct, metaclass=Keyed):
    """The key of stories."""

    sponsor: SponsorData | None = key(
        "Who paid for the story: a name, as in `sponsors.yml` if your outlet has that list, or"
        " `name`, `url`, `say` and `logo` below the key. The story is then marked wherever it is"
        " listed, and stands apart from all others. [The editors'"
        " reference](editors-reference.md#paid-content)"
        " explains it.",
        default=None,
        label="Sponsor",
        after="headlines",
        names_in=NAME,
        pays=True,
    )


PAID = Keys(Paid)
SPONSORS = ContentList[SponsorData](NAME, Sponsors, after="topics.yml")


def said_of(story: StoryData, lists: Lists) -> SponsorData | None:
    """Who paid for a story: what it says itself or, if that is only a name, the entry of that
    name.
    """
    sponsor = PAID.of(story).sponsor
    if sponsor and sponsor.is_name_alone:
        return next(
            (entry.data for entry in SPONSORS.among(lists) if entry.data.name == sponsor.name),
            sponsor,
        )
    return sponsor


def faults(content: Content) -> Iterator[Fault]:
    """The faults of sponsors that are listed twice or not at all, and of advertisements that name
    none.
    """
    listed: list[str] = []
    for entry in SPONSORS.among(content.lists):
        name = entry.data.name
        if name in listed:
            yield entry.fault("name", "twice", f"{quoted(name)} is a sponsor twice", "keep one")
        listed.append(name)
    if NAME in content.lists.not_read_in_full:
        listed = []
    kinds = terms(content.lists, KINDS["type"], content.urls)
    paid = {name for name, kind in kinds.items() if kind.article_type == ADVERTISING}
    for record in content.stories:
        if record.data.paid_by:
            yield from _unlisted(record, listed)
        elif (
            record.data.type in paid
            and record.data.status != "draft"
            and not record.is_faulty("sponsor")
        ):
            message = (
                f"a story of the type {quoted(record.data.type)} is paid for, and nothing says by"
                " whom"
            )
            yield record.fault(
                "type",
                "missing-key",
                message,
                "add 'sponsor:' with the name, or choose another type",
            )


def _unlisted(record: Record[StoryData], listed: list[str]) -> Iterator[Fault]:
    sponsor = PAID.of(record.data).sponsor
    if sponsor and listed and sponsor.is_name_alone and sponsor.name not in listed:
        message = f"{quoted(sponsor.name)} is not in {NAME}"
        yield record.fault("sponsor", "unknown-name", message, did_you_mean(sponsor.name, listed))
