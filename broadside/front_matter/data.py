"""The keys of front matter and of the editors' lists, each declared once, and the checked values.

Each key is a field of a struct: its type says whether it has one value or several, and its Key says
everything else. The checks, the suggestions, the browser's form and tables in the docs are made
from that. A key that was not written is empty, or has its default. Keys that plugins add are kept
here too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Generic, Literal, ParamSpec, Protocol, TypeVar

from msgspec import Struct, convert
from msgspec.structs import force_setattr, replace

from broadside import validation
from broadside.digests import IN_LISTS, ON_PAGE, Shown
from broadside.doors import Door, put
from broadside.faults import KeyRefused, quoted
from broadside.front_matter import fields as check
from broadside.front_matter.vocabulary import AUTHOR_GROUPS, BLOCKS, SCHEMA_TYPES
from broadside.markdown.typography import Quotes, curl
from broadside.validation import Declared, InContext, Keyed, keys_of

Given = ParamSpec("Given")
Said = TypeVar("Said", bound=Struct)


class Key(validation.Key, frozen=True):
    """Everything about a key besides its type: what it means, and the function that checks each of
    its values.

    A source must always have a `required` key; a published one also needs keys that are required
    `when_published`. `single` is another name of the key for a single value, `pelican` its name in
    Pelican; both are accepted. `elsewhere` are names in other systems, for which this one is
    suggested. `comments` may follow the value even though it is words, in which a # may be meant
    literally. `example` is a value for hints. A list has at most 200 entries, unless it is
    `endless`. A key that is `shown` is an attribute of the story too, with the same value, for the
    templates of the pages that may show it.

    Of a key that a plugin adds, `after` is the key below which forms and tables have it, and
    `names_in` the list whose names are offered for it. A story that has a key that `pays` was paid
    for, by whom it names, and stands apart from all others; what has a key that `keeps_address`
    keeps it under another name. What a key `picks` are slugs of stories. Quotation marks and dashes
    of a value `in_type` are made typographic, as in a text; if it is one line, it is plain text. It
    `needs` other keys beside it.

    The meaning of a key is Markdown: tables in the docs show all of it, messages only the first
    sentence. The editor in the browser shows `label`, and `hint` below the field; without a label,
    it shows the key's name and its meaning. If `is_day`, it asks for no hour.
    """

    check: Callable[..., Any] = check.text
    required: bool = False
    when_published: bool = False
    single: str = ""
    pelican: str = ""
    elsewhere: tuple[str, ...] = ()
    comments: bool = False
    endless: bool = False
    shown: Shown | None = None
    label: str = ""
    hint: str = ""
    single_label: str = ""
    single_hint: str = ""
    is_day: bool = False
    after: str = ""
    names_in: str = ""
    pays: bool = False
    in_type: bool = False
    keeps_address: bool = False
    picks: bool = False
    needs: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The other names under which it may be written."""
        return tuple(filter(None, (self.single, self.pelican)))

    @property
    def is_words(self) -> bool:
        """Whether a # in its values may be meant literally, so no comment may follow them."""
        is_words = self.check in check.WORDS or getattr(self.check, "is_words", False)
        return is_words and not self.comments


def _in_place_of_default(kind: Callable[Given, Key]) -> Callable[Given, Any]:
    """The class, typed so that a key can be the default of any field."""
    return kind


key = _in_place_of_default(Key)
OWN: dict[str, Declared] = {}
"""The keys of stories that plugins have added."""
YES_OR_NO = check.one_of("yes", "no")
FILE = key(
    "The file that this story is the page of, such as `files/report.pdf`: [links to"
    " files](#links-to-files).",
    check.file_path,
    elsewhere=("pdf", "attachment", "download"),
    label="Report or other file",
)
HINT_OF_STATUS = (
    "A draft is shown to nobody. Hidden: only who has the address finds it. Withdrawn: readers are"
    " told so."
)
HINT_OF_SLUG = "Only if the headline should not make the address, or changes after publication."
HINT_OF_SINGLE = "Needed to publish, here or in the list below."
HINT_OF_PHOTO = "Fill in the alt text and the credit below, too."
SHORT = ("subtitle", "description", "excerpt", "custom_excerpt", "standfirst")
PICTURE = ("image", "images", "cover", "featured_image", "feature_image")
ALT = key(
    "What can be seen in it, for a reader who cannot see it. Do not repeat the headline. Required"
    " with a photo.",
    elsewhere=("feature_image_alt", "image_alt"),
    label="What one sees in the picture",
    hint="In words, for those who cannot see it. Needed with a picture.",
)
CAPTION = key(
    "What it shows, for the reader who sees it.",
    label="Caption",
    hint="What the picture shows, for the reader who sees it.",
)
CREDIT = key(
    "Who made it: `Photo by A. Person/Agency`. Required with a photo. It appears wherever the"
    " picture does.",
    label="Credit",
    hint="Who made it, such as: A. Person/Agency. Needed with a picture.",
)
CREDIT_LABEL = key(
    '`photo` (the default) or `image`; the line then begins "Top photo credit" or "Top image'
    ' credit".',
    check.one_of("photo", "image"),
    default="photo",
    label="Photo or image",
)
DEK = key(
    "One sentence under the headline. It is also what lists, search engines and feeds show. If the"
    " text begins with the same words, the story’s own page does not show them twice. Pelican's"
    " `summary` means the same.",
    when_published=True,
    pelican="summary",
    elsewhere=SHORT,
    shown=IN_LISTS,
    label="Dek",
    hint=(
        "One sentence: below the headline, in lists, in feeds and for search engines. Needed to"
        " publish."
    ),
)
DATE = key(
    "When the story is published: `2026-11-20` or `2026-11-20T09:00`, in the outlet's time zone"
    " unless you add one (`2026-11-20T09:00+09:00`); readers see the hour by the outlet's clock. If"
    " an hour occurs twice, when the clocks go back in autumn, the first is meant; an hour that is"
    " skipped in spring counts as the next. A date in the future holds the story until then.",
    check.iso_date,
    when_published=True,
    elsewhere=("publishdate", "pubdate", "published_at", "post_date"),
    label="Date",
    hint="When it comes out, by the outlet’s clock; until then it is held. Needed to publish.",
)
FOCUS = key(
    "The point of the picture that must stay where it is cut, as on cards, in lists and on wide"
    " screens: how far it is from the left and from the top, such as `30% 60%`. Without it, what is"
    " in the middle stays.",
    check.focus,
    default=None,
)
ARCHIVES = ("wordpress", "ghost", "hugo", "jekyll", "eleventy", "pelican", "substack")
"""The kinds of archives that ./inv import takes stories from."""
FORMER = key(
    "Former addresses of this story, the original one first: `[/2019/03/old-slug/]`. Readers and"
    " links that still use them are led here. Feeds know the story by the first.",
    check.site_address,
    default=[],
    elsewhere=("aliases",),
    endless=True,
    label="Former addresses",
    hint="Addresses that readers may still have, such as /2019/03/old-slug/",
)

IMPORTED = key(
    "Only an import writes this, in stories that came from an archive; for them, some rules are"
    " looser ([the editors'"
    " reference](editors-reference.md#stories-that-came-from-elsewhere)). You cannot claim it:"
    " a list says what was imported.",
    check.one_of(*ARCHIVES),
)


class Correction(Struct, metaclass=Keyed, frozen=True):
    """A correction, clarification, update or editor's note; `date` is ISO 8601."""

    date: str = key(
        "the day of the correction",
        check.iso_date,
        required=True,
        example="2026-11-21",
        label="Date",
        is_day=True,
    )
    type: str = key(
        "what it is",
        check.one_of("correction", "clarification", "update", "editor's note"),
        required=True,
        example="correction",
        label="Kind",
    )
    text: str = key(
        "what was wrong, and what is right",
        required=True,
        example="An earlier version gave another number.",
        label="Text",
    )


class Link(Struct, metaclass=Keyed, frozen=True):
    """A labelled link on an author's page; an address alone gets the name of its site as label."""

    label: str = key("what the link says", required=True, example="Her own site", label="Words")
    url: str = key(
        "where the link leads",
        check.web_address,
        required=True,
        example="https://example.org/",
        label="Address",
    )

    @staticmethod
    def in_short(written: str) -> dict[str, str]:
        """The keys of one that is written in a line; the theme has its own word for Email."""
        return {
            "label": re.sub(r"^mailto:.*|^https?://(www\.)?|/.*", "", written) or "Email",
            "url": written,
        }


class Headlines(Struct, metaclass=Keyed, frozen=True):
    """The headlines of a story for certain places; where one is empty, its title stands."""

    front: str = key(
        "on the front page",
        check.printed_name,
        example="Waiting for ice",
        label="On the front page",
    )
    section: str = key(
        "in the lists of sections, story types, topics, authors and months",
        check.printed_name,
        label="In lists",
    )
    search: str = key("for search engines", check.printed_name, label="For search engines")
    social: str = key(
        "where a link to it is shared: previews, cards and announcements",
        check.printed_name,
        label="Where it is shared",
    )


NO_HEADLINES = Headlines()


class Data(
    Struct,
    metaclass=Keyed,
    omit_defaults=True,
    tag_field="kind",
    tag=lambda name: name.removesuffix("Data").lower(),
):
    """The data of every source.

    The slug of an author is the file's name.
    """

    slug: str = ""
    redirect_from: list[str] = []
    imported: str = ""

    @property
    def kind(self) -> str:
        """The kind of source: a key of KINDS."""
        return str(self.__struct_config__.tag)


class Written(Data):
    """The common data of stories, plain pages and the sources of plugins; dates are ISO 8601."""

    title: str = key(
        "The headline, in sentence case: only the first word and names are capitalised. Straight"
        " quotes are curled for you.",
        check.printed_name,
        required=True,
        elsewhere=("headline",),
        shown=IN_LISTS,
        label="Headline",
    )
    dek: str = DEK
    date: str = DATE
    updated: str = key(
        "When the story last changed in substance. Pelican's `modified` means the same.",
        check.iso_date,
        pelican="modified",
        elsewhere=("lastmod", "last_modified_at", "updated_at"),
        label="Updated",
        hint="When it was last changed in substance; readers see it.",
    )
    slug: str = key(
        "The last part of the address. If you give none, it is made from the headline; `./inv new`"
        " asks for one where the headline is in Chinese, Japanese, Arabic or Hebrew, or else takes"
        " the day and a number.",
        check.slug,
        shown=IN_LISTS,
        label="End of the address",
        hint=HINT_OF_SLUG,
    )
    lang: str = key(
        "The story's language, if it is not the outlet's: `fr`, `ar`, `pt-BR`.",
        check.language,
        shown=IN_LISTS,
        label="Language",
        hint="Only if it is not the outlet’s own, such as fr or pt-BR.",
    )
    redirect_from: list[str] = FORMER
    status: str = key(
        "`draft`, or `published` (the default).",
        check.one_of("draft", "published"),
        default="published",
        label="Status",
        hint=HINT_OF_STATUS,
    )
    dir: str = "ltr"


class StoryData(Written):
    """The front matter of a story; `authors` are names, each with a role or "". `own` are the keys
    of plugins.

    `dek_repeats` says that the text begins with the words of the dek.
    """

    status: str = key(
        "`draft` (only you see it), `published` (the default), `hidden` (readers who have the"
        " address see it, but no list shows it), or `withdrawn` (taken back: [for"
        " editors](editors-reference.md#moving-a-story-and-taking-one-back)).",
        check.one_of("draft", "published", "hidden", "withdrawn"),
        default="published",
        label="Status",
        hint=HINT_OF_STATUS,
    )
    authors: list[tuple[str, str]] = key(
        "Who wrote it, as in `content/authors/`: the name, or the file's name without `.md`."
        " Several: `authors: [Ana Pereira, Jo Smith]`. A role goes in parentheses, unless the"
        " author's own name has them: `authors: [Ana Pereira, Jo Smith (translated by)]`.",
        check.credited,
        default=[],
        when_published=True,
        single="author",
        elsewhere=("byline",),
        single_label="Author",
        single_hint=HINT_OF_SINGLE,
        label="Authors, if several",
        hint=(
            "All of them, one to a line, instead of the field above. A role goes in parentheses: Jo"
            " Smith (translated by)"
        ),
    )
    sections: list[str] = key(
        "Where the story belongs, spelled as in `sections.yml`. Several: `sections: [Europe,"
        " Economy]`; the first is the primary one. Pelican's `category` means the same.",
        check.printed_name,
        default=[],
        when_published=True,
        single="section",
        pelican="category",
        elsewhere=("categories",),
        single_label="Section",
        single_hint=HINT_OF_SINGLE,
        label="Sections, if several",
        hint="All of them, instead of the field above. The first is the main one.",
    )
    type: str = key(
        "What kind of story it is, spelled as in `story_types.yml`.",
        check.printed_name,
        when_published=True,
        comments=True,
        label="Story type",
        hint="Needed to publish.",
    )
    topics: list[str] = key(
        "Free keywords, such as `[nato, sea law]`. Each gets a page. Pelican's `tags` means the"
        " same.",
        check.topic,
        default=[],
        pelican="tags",
        elsewhere=("keywords",),
        label="Topics",
        hint="Free keywords, one to a line.",
    )
    photo: str = key(
        "The lead picture: a JPEG, PNG, WebP or AVIF in `content/photos/`, written"
        " `photos/harbour.jpg`. 2,000 pixels wide or more is best.",
        check.photo_path,
        elsewhere=PICTURE,
        label="Photo",
        hint=HINT_OF_PHOTO,
    )
    alt: str = ALT
    caption: str = CAPTION
    credit: str = CREDIT
    credit_label: Literal["photo", "image"] = CREDIT_LABEL
    focus: tuple[int, int] | None = FOCUS
    redistribute: str = key(
        "`yes`: an outlet that republishes the story may print this photo too. Without it, the"
        " photo is left out of the copy. Write it only if you know that your outlet may give the"
        " photo away.",
        YES_OR_NO,
        default="no",
        label="Others may print the photo",
    )
    file: str = FILE
    canonical: str = key(
        "The address of the original, when this is a copy of a story that appeared elsewhere"
        " first.",
        check.page_address,
        shown=IN_LISTS,
        label="Original",
        hint="The address of the original, if this is a copy.",
    )
    related: list[str] = key(
        "Slugs of stories to show below this one first: `[the-ice-road, sea-law]`. More are found"
        " by what the texts have in common.",
        check.slug,
        default=[],
        label="Related stories",
        picks=True,
        hint="These come first below the story; the rest is found by itself.",
    )
    answers: str = key(
        "The slug of the story that this one answers. Each then leads to the other, at its top and"
        " below it.",
        check.slug,
        label="Answer to",
        picks=True,
        hint="The story that this one answers.",
    )
    stream: str = key(
        '`full`: below other stories, show this one whole, without "Keep reading".',
        check.one_of("full"),
        label="Below other stories",
    )
    opening: str = key(
        "`wide`: on its page, the picture is as wide as the window, with the headline on a card"
        " over it, for a picture that is worth a screen. Without it, the picture is below the"
        " headline.",
        check.one_of("wide"),
        shown=ON_PAGE,
        label="Top of the page",
    )
    translation_of: str = key(
        "The slug of the story that this one translates; give `lang` too. Each then links to the"
        " other, for readers and for search engines.",
        check.slug,
        label="Translation of",
        picks=True,
    )
    series: str = key(
        "The series that it is a part of, as in"
        " `content/series/`: the name, or the file's name without `.md`. Readers then see \"Part 3"
        ' of 7", and find the parts before and after. [For'
        " editors](editors-reference.md#series-dossiers-and-issues) explains it.",
        check.printed_name,
        label="Series",
    )
    corrections: list[Correction] = key(
        "What was wrong and has been put right: a list of `date`, `type` and `text`. [The "
        "editors' reference](editors-reference.md#correcting-the-record) explains it.",
        default=[],
        shown=IN_LISTS,
        label="Corrections",
        hint="Readers see them below the story and in the ledger.",
    )
    headlines: Headlines = key(
        "Other headlines for places where this one says too little, or too much: `front` (the front"
        " page), `section` (lists of stories), `search` (search engines) and `social` (previews of"
        " links, cards and announcements). Where you write none, `title` stands. [The"
        " editors' reference](editors-reference.md#a-headline-for-each-place) explains it.",
        default=NO_HEADLINES,
        shown=IN_LISTS,
        label="Other headlines",
    )
    republish: str = key(
        "`no`: other outlets may not republish this story. Without it they may, if your outlet"
        " offers that at all. A story with `canonical` is never offered.",
        YES_OR_NO,
        default="yes",
        label="Others may republish",
    )
    support: str = key(
        "`no`: no [call for support](editors-reference.md#the-call-for-support) below this story,"
        " where"
        " it would be out of place.",
        YES_OR_NO,
        default="yes",
    )
    minor: str = key(
        "`true`: the last edit of this published story changed many words, but nothing of"
        " substance. [The editors' reference](editors-reference.md#no-silent-edits) explains it.",
        check.true_or_day,
        label="Minor edit",
        hint="true, or the day, if an edit after publication changed nothing of substance.",
    )
    imported: str = IMPORTED
    dek_repeats: bool = False
    own: dict[str, Any] = {}

    @property
    def paid_by(self) -> str:
        """Who paid for it, or "": it then stands apart from all others."""
        return next((self.own[name].name for name in PAYING if name in self.own), "")


class PageData(Written):
    """The front matter of a plain page."""

    dek: str = replace(DEK, hint="")
    date: str = replace(DATE, hint="")
    status: str = key(
        "draft, published or hidden",
        check.one_of("draft", "published", "hidden"),
        default="published",
        label="Status",
        hint=HINT_OF_STATUS,
    )
    file: str = FILE
    imported: str = IMPORTED


class AuthorData(Data):
    """The front matter of an author's file."""

    name: str = key(
        "the author's name, as printed", check.printed_name, required=True, label="Name"
    )
    role: str = key(
        "their title: what they do for the outlet, such as Europe editor",
        elsewhere=("title",),
        label="Role",
    )
    group: str = key(
        "staff, contributor (the default), columnist or emeritus",
        check.one_of(*AUTHOR_GROUPS),
        default="contributor",
        label="Group",
    )
    order: int = key(
        "a number from 1 to 12: their place in the group, 1 first; those without one follow, by"
        " name",
        check.small_number,
        default=0,
        label="Place in the group",
        hint="1 stands first.",
    )
    desk: str = key("the desk or the city that they work at", check.printed_name, label="Desk")
    expertise: list[str] = key(
        "what they know about, as a list", check.printed_name, default=[], label="Knows about"
    )
    links: list[Link] = key(
        "where else to find them: a list of label and url", default=[], label="Links"
    )
    fediverse: str = key(
        "the account that Mastodon names beside shared stories, such as @ana@mastodon.example",
        check.account,
        label="Mastodon",
        hint="The account that is named beside shared stories, such as @ana@mastodon.example",
    )
    signal: str = key(
        "the name by which sources reach them on Signal, such as ana.42",
        check.signal_name,
        label="Signal",
        hint="The user name, such as ana.42",
    )
    pgp: str = key(
        "the fingerprint of their PGP key, by which a source knows that it is theirs",
        check.fingerprint,
        label="PGP",
        hint="The fingerprint of the key: 40 digits and letters from A to F.",
    )
    portrait: str = key(
        "a picture of the author, such as photos/authors/jane-doe.jpg",
        check.photo_path,
        elsewhere=PICTURE,
        label="Portrait",
        hint="Say below what one sees in it.",
    )
    alt: str = ALT
    focus: tuple[int, int] | None = FOCUS
    redirect_from: list[str] = FORMER


class SeriesData(Data):
    """The front matter of a series: a list of stories in their order, with a text of its own."""

    name: str = key("its name, as printed", check.printed_name, required=True, label="Name")
    description: str = key(
        "a sentence about it, for lists and search engines",
        elsewhere=("dek", "summary"),
        label="Description",
    )
    photo: str = key(
        "its picture, such as photos/harbour.jpg",
        check.photo_path,
        elsewhere=PICTURE,
        label="Photo",
        hint=HINT_OF_PHOTO,
    )
    alt: str = ALT
    caption: str = CAPTION
    credit: str = CREDIT
    credit_label: Literal["photo", "image"] = CREDIT_LABEL
    focus: tuple[int, int] | None = FOCUS
    stories: list[str] = key(
        "slugs of its stories, in their order; without it, those that name it, by date",
        check.slug,
        default=[],
        endless=True,
        label="Stories",
        picks=True,
        hint="The last part of each address, one to a line: these come first, in this order.",
    )
    redirect_from: list[str] = FORMER
    own: dict[str, Any] = {}

    @property
    def listed(self) -> list[str]:
        """The slugs of the stories that it lists, in their order."""
        return [slug for slug, _ in picks_of(self)]


class TermData(Struct, metaclass=Keyed):
    """The common data of entries in sections.yml and story_types.yml."""

    name: str = key(
        "its name, as stories write it",
        check.printed_name,
        required=True,
        example="Europe",
        label="Name",
    )
    slug: str = key(
        "the last part of its address",
        check.slug,
        label="End of the address",
        hint=HINT_OF_SLUG,
    )
    description: str = key("a sentence or two on its page", label="Description")
    redirect_from: list[str] = FORMER


class SectionData(TermData):
    """An entry of sections.yml."""

    rail: str = key(
        "briefs, if this is the section of short-form stories", check.one_of("briefs"), label="Rail"
    )
    own: dict[str, Any] = {}


class StoryTypeData(TermData):
    """An entry of story_types.yml."""

    schema_type: str = key(
        "what kind of article search engines are told it is",
        check.one_of(*SCHEMA_TYPES),
        label="For search engines",
    )
    leads: str = key(
        "no, if its stories do not lead a page because they are new",
        YES_OR_NO,
        default="yes",
        label="May lead a page",
    )
    written_by: str = key(
        "readers, if such stories are letters: who writes one needs no file in authors/ and gets no"
        " page",
        check.one_of("readers"),
        label="Written by",
    )


class TopicData(TermData):
    """An entry of topics.yml; a topic has no description."""

    name: str = key(
        "the topic, as stories write it",
        check.topic,
        required=True,
        example="sea law",
        label="Name",
    )
    description: str = ""


class SlotData(Struct, metaclass=Keyed):
    """An entry of front_page.yml."""

    slot: str = key(
        "a place on the front page", check.printed_name, required=True, example="lead", label="Slot"
    )
    story: str = key(
        "the slug of the story in it",
        check.slug,
        required=True,
        example="the-ice-road",
        label="Story",
    )
    until: str = key(
        "when its time is over",
        check.iso_date,
        label="Until",
        hint="When its time in this place is over.",
    )


class BlockData(Struct, metaclass=Keyed):
    """A block of front_page.yml; vocabulary.BLOCKS lists the options of each."""

    block: str = key(
        "a part of the front page",
        check.one_of(*BLOCKS),
        required=True,
        example="trio",
        label="Block",
    )
    section: str = key("the section that its stories are from", check.printed_name, label="Section")
    type: str = key(
        "the story type that its stories are of",
        check.printed_name,
        comments=True,
        label="Story type",
    )
    topic: str = key("the topic that its stories have", check.topic, label="Topic")
    series: str = key(
        "the series that it shows, by its name or file", check.printed_name, label="Series"
    )
    title: str = key("its heading, if not the name", check.printed_name, label="Headline")
    stories: int = key(
        "how many stories it has", check.small_number, default=0, label="How many stories"
    )

    @property
    def options(self) -> list[str]:
        """The options that were written."""
        return [
            name
            for name in ("section", "type", "topic", "series", "title", "stories")
            if getattr(self, name)
        ]


SINCE = key(
    "when it begins", check.iso_date, elsewhere=("from", "start", "begin", "starts"), label="Since"
)
UNTIL = key("when it is over", check.iso_date, elsewhere=("to", "end", "ends"), label="Until")
"""Keys of entries that last for a time."""


class Sections(Struct, metaclass=Keyed):
    """sections.yml, in the order of the navigation."""

    items: list[SectionData] = key(
        "the sections", default=[], label="Sections", single_label="Section"
    )


class StoryTypes(Struct, metaclass=Keyed):
    """story_types.yml."""

    items: list[StoryTypeData] = key(
        "the story types", default=[], label="Story types", single_label="Story type"
    )


class Topics(Struct, metaclass=Keyed):
    """topics.yml."""

    items: list[TopicData] = key(
        "topics that have former addresses, or a slug of their own", default=[], endless=True
    )


class FrontPage(Struct, metaclass=Keyed):
    """front_page.yml."""

    slots: list[SlotData] = key("the slots", default=[], label="Slots")
    blocks: list[BlockData] = key("the blocks, from top to bottom", default=[], label="Blocks")


KINDS: dict[str, type[Data]] = {
    "author": AuthorData,
    "series": SeriesData,
    "page": PageData,
    "story": StoryData,
}
"""Kind of source, in the order of reading -> the struct for its front matter.

Plugins add theirs.
"""
LISTS_OF_DESK: dict[str, type[Struct]] = {
    "sections.yml": Sections,
    "story_types.yml": StoryTypes,
    "topics.yml": Topics,
    "front_page.yml": FrontPage,
}
"""File of a list that editors keep -> its struct; a file may also be the first list in it alone.

Plugins add theirs.
"""


NEEDS: dict[str, tuple[str, ...]] = {
    "photo": ("alt", "credit"),
    "portrait": ("alt",),
    **dict.fromkeys(("alt", "caption", "credit", "focus"), ("photo",)),
}
"""Keys that need others beside them, where their source has both; declarations add theirs."""


@cache
def shown_keys(kind: type[Data]) -> dict[str, Shown]:
    """The keys whose values pages show as they are, without those of plugins."""
    return {name: each.key.shown for name, each in keys_of(kind).items() if each.key.shown}


def _all(*kinds: type[Struct]) -> Iterator[tuple[str, Declared]]:
    for kind in kinds:
        for name, declared in keys_of(kind).items():
            yield name, declared
            if declared.entry:
                yield from _all(declared.entry)


EVERY_KEY: list[tuple[str, Declared]] = []
"""Each key of sources, lists and their entries."""
FORM: list[str] = []
"""All texts about keys that the editor in the browser shows, in English."""
SINGLE: dict[str, str] = {}
"""A key for several values -> the key for one."""
WORDS: set[str] = set()
"""Keys whose values are words, in which a # may be meant literally; what YAML would take for a
comment is refused there.
"""
LISTS: set[str] = set()
"""Keys with a list of values."""
LISTS_OF_KEYS: set[str] = set()
DAYS: set[str] = set()
"""Keys whose value is a day or a moment."""
PAYING: set[str] = set()
"""Keys with which a story was paid for."""


def declare(*kinds: type[Struct]) -> None:
    """Note the keys of sources, or of lists, and of their entries."""
    for name, declared in _all(*kinds):
        key, names = declared.key, (name, *declared.key.names)
        EVERY_KEY.append((name, declared))
        FORM.extend(
            said for said in (key.label, key.hint, key.single_label, key.single_hint) if said
        )
        if key.single:
            SINGLE[name] = key.single
        if declared.entry:
            LISTS_OF_KEYS.add(name)
        elif key.is_words:
            WORDS.update(names)
        if declared.several and not declared.entry:
            LISTS.update((name, "" if key.single else key.pelican))
        if isinstance(key.check, InContext):
            DAYS.update(names)
        if key.pays:
            PAYING.add(name)
        if key.needs:
            NEEDS[name] = key.needs


declare(*KINDS.values(), *LISTS_OF_DESK.values())
KEYED = {"story": StoryData, "series": SeriesData, "section": SectionData}
OWN_OF: dict[Any, dict[str, Declared]] = {StoryData: OWN, SeriesData: {}, SectionData: {}}
"""What plugins may add keys to -> those that they have added."""


class HasOwn(Protocol):
    """Something with the values of plugins' keys."""

    @property
    def own(self) -> Mapping[str, Any]:
        """The values by key."""


class Keys(Struct, Generic[Said], frozen=True):
    """Keys of a plugin's own in the headers of stories, or of series, or in the entries of
    sections.yml; the struct declares them as ours are.
    """

    struct: type[Said]
    where: Literal["story", "series", "section"] = "story"

    def of(self, data: HasOwn) -> Said:
        """What a header, an entry or a term says of them."""
        own = data.own
        return self.struct(
            **{name: own[name] for name in self.struct.__struct_fields__ if name in own}
        )


KEYS: Door[Keys[Any]] = Door()


def add_keys(keys: Keys[Any]) -> None:
    """Add a plugin's keys to what they belong to."""
    kind: Any = keys.struct
    to = KEYED[keys.where]
    own = OWN_OF[to]
    if keys_of(kind).items() <= own.items():
        return
    names = {name for each in keys_of(kind).items() for name in (each[0], *each[1].key.names)}
    ours = {name for each in keys_in(to).items() for name in (each[0], *each[1].key.names)}
    if taken := names & {*ours, *to.__struct_fields__}:
        raise KeyRefused(
            f"{quoted(min(taken))} is the name of another key, or of something else that a"
            f" {keys.where} has"
        )
    declare(kind)
    own.update(keys_of(kind))
    _keys_that.cache_clear()
    _file_keys.cache_clear()


def add_source(kind: type[Written]) -> None:
    """Add a plugin's kind of source."""
    name = str(kind.__struct_config__.tag)
    if KINDS.get(name) is kind:
        return
    if name in KINDS:
        raise KeyRefused(f"{quoted(name)} is the name of another kind of source")
    KINDS[name] = kind
    declare(kind)


def add_block(name: str, options: tuple[str, ...], after: str) -> None:
    """Add a plugin's block to those that the front page may have."""
    if BLOCKS.get(name) == options:
        return
    put(BLOCKS, name, options, after)
    keys = BlockData.declared_keys
    keys["block"] = replace(keys["block"], check=check.one_of(*BLOCKS))
    keys_of.cache_clear()


def keys_in(kind: Any) -> Mapping[str, Declared]:
    """The keys that can be written in a kind of source or entry, those that plugins have added
    included, each in its place.
    """
    keys, own = keys_of(kind), OWN_OF.get(kind, {})
    if not own:
        return keys
    every = {**keys, **own}
    added = tuple((name, each.key.after) for name, each in own.items())
    return {name: every[name] for name in _in_order(kind, added)}


@cache
def _in_order(kind: type[Struct], added: tuple[tuple[str, str], ...]) -> list[str]:
    names = [*keys_of(kind)]
    for name, after in added:
        names.insert(names.index(after) + 1 if after in names else len(names), name)
    return names


def made(kind: type[Said], values: dict[str, Any]) -> Said:
    """The struct with these values, those of plugins' keys apart from ours."""
    if kind in OWN_OF:
        values["own"] = {name: values.pop(name) for name in OWN_OF[kind] if name in values}
    return kind(**values)


def in_type(value: Any, declared: Declared, quotes: Quotes | None) -> Any:
    """A value with typographic quotation marks and dashes where its declaration asks for them."""
    if not value:
        return value
    if declared.entry:
        for entry in value if declared.several else [value]:
            set_words(entry, quotes)
        return value
    if declared.several:
        if declared.key.in_type:
            return [curl(each, quotes=quotes) for each in value]
        return value
    if declared.key.in_type:
        return curl(value, quotes=quotes)
    return value


def set_own(entry: Any, quotes: Quotes | None) -> None:
    """Do the same for the values of plugins' keys."""
    if own := getattr(entry, "own", None):
        keys = OWN_OF[type(entry)]
        entry.own = {name: in_type(value, keys[name], quotes) for name, value in own.items()}


def set_words(entry: Struct, quotes: Quotes | None) -> None:
    """Do the same for the values of an entry."""
    set_own(entry, quotes)
    for name, declared in keys_of(type(entry)).items():
        if declared.entry or declared.key.in_type:
            force_setattr(entry, name, in_type(getattr(entry, name), declared, quotes))


def pictures_of(said: Struct) -> Iterator[tuple[str, str]]:
    """The path of each picture that a header or an entry of a list names, with its key: within
    others, with dots between them.
    """
    return _found(said, _is_picture)


def picks_of(said: Struct) -> Iterator[tuple[str, str]]:
    """The slug of each story that a header picks, with its key in the same form."""
    return _found(said, _is_pick)


def with_picks(said: Said, slugs: Mapping[str, str]) -> Said:
    """A copy of a header or an entry in which these picks have other slugs."""

    def meant(value: Any) -> Any:
        if isinstance(value, list):
            return [meant(each) for each in value]
        if isinstance(value, Struct):
            return with_picks(value, slugs)
        return slugs.get(value, value)

    own = getattr(said, "own", {})
    names = [name for name, _ in _keys_that(_is_pick, type(said))]
    changes = {name: meant(getattr(said, name)) for name in names if hasattr(said, name)}
    if own:
        changes["own"] = own | {name: meant(own[name]) for name in names if name in own}
    return replace(said, **changes)


def _found(said: Struct, is_it: Callable[[Key], bool]) -> Iterator[tuple[str, str]]:
    own = getattr(said, "own", {})
    for name, declared in _keys_that(is_it, type(said)):
        value = own[name] if name in own else getattr(said, name, None)
        if not value:
            continue
        entries = [(name, value)]
        if declared.several:
            entries = [(f"{name}.{at}", entry) for at, entry in enumerate(value)]
        for place, entry in entries:
            if declared.entry:
                yield from ((each, f"{place}.{key}") for each, key in _found(entry, is_it))
            else:
                yield entry, place


def _is_picture(key: Key) -> bool:
    return key.check is check.photo_path


def _is_pick(key: Key) -> bool:
    return key.picks


@cache
def _keys_that(is_it: Callable[[Key], bool], kind: type[Struct]) -> list[tuple[str, Declared]]:
    """The keys of a struct of which this is true, or that have a key within of which it is."""
    return [
        (name, each)
        for name, each in keys_in(kind).items()
        if is_it(each.key) or (each.entry and _keys_that(is_it, each.entry))
    ]


def files_of(said: Data) -> Iterator[tuple[str, str]]:
    """The path of each file that a header names, with its key."""
    own = getattr(said, "own", {})
    for name in _file_keys(type(said)):
        if path := own.get(name) or getattr(said, name, ""):
            yield path, name


@cache
def _file_keys(kind: type[Struct]) -> list[str]:
    keys = keys_in(kind).items()
    return [name for name, each in keys if isinstance(each.key.check, check.InFiles)]


def keeps_address(said: Any) -> bool:
    """Whether a key says that others know it by its address."""
    return any(OWN_OF[type(said)][name].key.keeps_address for name in getattr(said, "own", ()))


def with_types(data: Data) -> None:
    """Give the values of plugins' keys their types, once a record was read from where it is
    kept.
    """
    own, keys = getattr(data, "own", {}), OWN_OF.get(type(data), {})
    for name in own:
        if name in keys and keys[name].type:
            own[name] = convert(own[name], keys[name].type)


CACHES = (keys_of, shown_keys, _in_order, _keys_that, _file_keys)
"""What is worked out once of keys."""
