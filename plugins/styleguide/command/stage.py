"""Makes the values of examples, such as stories, photos and authors, like those of a build, but
without a build.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any, ClassVar, cast

from markupsafe import Markup, escape
from msgspec import Struct

from broadside.content.terms import (
    Author,
    Byline,
    Section,
    StoryType,
    Term,
    Translation,
)
from broadside.front_matter.data import OWN, Correction, Link, StoryData, shown_keys
from broadside.markdown.body import FileNote, demoted, fill
from broadside.markdown.dialect import Typesetter
from broadside.media.charts import Chart, Column, Table
from broadside.media.films import Film, Player
from broadside.media.photos import GalleryPicture, Photo, PhotoSource, in_rows
from broadside.plugins.banner import Banner
from broadside.plugins.discussion.threads import Thread, thread
from broadside.plugins.front_page.arrange import Block
from broadside.plugins.how_made.content import Cited
from broadside.plugins.keep_reading.openings import split
from broadside.plugins.long_reads import ContentsEntry, Layout, laid_out_story
from broadside.plugins.recordings.audio import Audio
from broadside.plugins.reviews.content import Reviewed
from broadside.plugins.series.terms import FormedSeries, Part
from broadside.plugins.sponsors import Sponsor
from broadside.site.attributes import ATTRIBUTES
from broadside.site.linked_files import LinkedFile
from broadside.site.menus import MenuGroup, MenuLink
from broadside.site.story import Rail, Story
from broadside.site.texts import Texts
from broadside.slugs import slugify
from broadside.words import Catalogs

SHAPES = {
    "wide": (1600, 1000),
    "square": (1200, 1200),
    "small": (300, 200),
    "tall": (1000, 1400),
    "portrait": (600, 600),
}
"""The pictures and their sizes in pixels; each is a drawing of that name beside the guide."""
PORTS = (
    "Almvik",
    "Birkhaven",
    "Carrow Quay and its outer harbour",
    "Dunmara",
    "Easter Skerry",
    "Farsund",
)
PROSE = """The ferry sails at six, full or empty, and has done so since the treaty was signed.

Nobody on board remembers who asked for it. The timetable says *subject to review*, and the review is forty years old.

What is reviewed instead is the crossing’s budget, each spring, by people who have never made it.

That is how most borders are kept: not by anybody’s decision, but by a line in a budget that nobody strikes out."""

ARABIC = {
    "title": "العبّارة التي لم يُلغِها أحد",
    "dek": "خطٌّ بلا ركّاب يقول عن الحدود أكثر مما تقوله الحدود.",
    "lang": "ar",
    "dir": "rtl",
    "text": "تبحر العبّارة في السادسة صباحًا، ممتلئةً كانت أو فارغة، منذ يوم توقيع المعاهدة.",
}


class Stage(Struct):
    """Makes values for examples, from arguments like front matter; `mark` is added to each text
    that people may write.

    Each reading of the examples has its own stage. A mark that contains markup shows whether the
    theme escapes it.
    """

    mark: str = ""
    forty_words: ClassVar[str] = (
        "What the last forty years of ferries, treaties, tariffs, timetables and tide tables"
        " between two small ports that no longer speak to each other can teach the ministers who"
        " meet in January to decide which of them should close first"
    )
    unbroken: ClassVar[str] = (
        f"https://example.org/archive/{'minutes-of-the-joint-committee-' * 5}final.pdf"
    )
    six: ClassVar[tuple[str, ...]] = (
        "Ana Pereira",
        "Bo Lindqvist",
        "Chidi Eze",
        "Dorota Zielińska",
        "Emeka Obi",
        "Farah Haddad",
    )

    def words(self, text: str) -> str:
        """A text as if someone had written it, with the mark."""
        if text:
            return text + self.mark
        return ""

    def photo(self, shape: str = "wide", **given: str) -> Photo:
        """A photo of a shape; `given` are alt, caption, credit and credit_label."""
        width, height = SHAPES[shape]
        url = f"{shape}.svg"
        usual = {
            "alt": "A low sun over water",
            "caption": "The strait in November",
            "credit": "Photo by A. Person/Agency",
        }
        said: dict[str, Any] = {
            key: self.words(text) for key, text in (usual | given).items() if key != "credit_label"
        }
        sources = (PhotoSource("image/svg+xml", ((url, 480), (url, width))),)
        label: Any = given.get("credit_label", "photo")
        return Photo(
            **said, credit_label=label, width=width, height=height, src=url, sources=sources
        )

    def author(
        self, name: str = "Ana Pereira", role: str = "Correspondent", portrait: bool = True
    ) -> Author:
        """An author with a line about them and two links."""
        links = (
            Link(self.words("Elsewhere"), "https://example.com/"),
            Link(self.words("Email"), "mailto:a@example.com"),
        )
        face = None
        if portrait:
            face = self.photo("portrait", alt=f"{name}, drawn", caption="", credit="")
        bio = f"<p>{name} writes about ferries, tariffs and the people who wait for both.</p>"
        slug = slugify(name)
        told = self.words(name), slug, f"authors/{slug}/"
        return Author(*told, role=self.words(role), bio=bio, links=links, portrait=face)

    def section(self, name: str = "Europe", description: str = "") -> Section:
        """A section."""
        return Section(
            self.words(name), slugify(name), f"sections/{slugify(name)}/", self.words(description)
        )

    def topic(self, name: str, indexed: bool = True) -> Term:
        """A topic; one that is not indexed has no page."""
        return Term(
            self.words(name),
            slugify(name),
            f"topics/{slugify(name)}/" if indexed else "",
            kind="topic",
        )

    def series(
        self, name: str = "The keepers of the water", form: str = "series", **given: Any
    ) -> FormedSeries:
        """A series, a dossier, an issue, a column or a debate."""
        told = {"description": self.words("Who decides how much a river may carry.")} | given
        return FormedSeries(
            self.words(name), slugify(name), f"series/{slugify(name)}/", form=form, **told
        )

    def part(
        self,
        number: int = 3,
        total: int = 7,
        series: FormedSeries | None = None,
        lang: str = "en",
        side: str = "",
    ) -> Part:
        """A story's place in a series, with the parts before and after it, in this language."""
        other = self.translation(lang)
        before, after = (
            (other if number > 1 else None),
            (other if number and number != total else None),
        )
        return Part(series or self.series(), number, total, before, after, self.words(side))

    def reviewed(
        self, kind: str = "book", title: str = "The ferry’s ledger", **given: Any
    ) -> Reviewed:
        """Something that a story reviews."""
        said: dict[str, Any] = {
            key: self.words(text) if key in ("publisher", "price") else text
            for key, text in given.items()
        }
        made = Reviewed(kind, self.words(title), **said)
        made.makers = [self.words(name) for name in made.makers]
        return made

    def banner(self, text: str, url: str = "") -> Banner:
        """A notice above the head of every page."""
        return Banner(self.words(text), url)

    def correction(
        self, kind: str = "correction", text: str = "The ferry sails at six, not at seven."
    ) -> Correction:
        """A correction."""
        return Correction("2026-11-24T18:30:00+01:00", kind, self.words(text))

    def thread(self, address: str) -> Thread:
        """A thread in which a story is discussed, in one of two places where replies can be
        counted, or elsewhere.
        """
        return thread(address, ("social.example", "bsky.app"))

    def source(self, label: str, url: str = "") -> Cited:
        """Something that a story rests on."""
        return Cited(self.words(label), url)

    def file(self) -> LinkedFile:
        """A report that is the subject of a story's page."""
        return LinkedFile(
            "files/report.pdf",
            "application/pdf",
            1_200_000,
            FileNote("PDF", "1.2\u00a0MB", "PDF, 1.2\u00a0MB"),
        )

    def audio(self, chapters: bool = False, credit: str = "") -> Audio:
        """The recording of a story."""
        file = LinkedFile(
            "files/ferry.mp3",
            "audio/mpeg",
            900_000,
            FileNote("MP3, 4:05", "0.9\u00a0MB", "MP3, 4:05, 0.9\u00a0MB"),
        )
        named = (
            ((0, self.words("The timetable")), (65, self.words("The budget"))) if chapters else ()
        )
        return Audio(file, 245.0, self.words(credit), named)

    def entries(self, *headings: str) -> list[ContentsEntry]:
        """The contents of a story with these headings."""
        return [ContentsEntry(slugify(words), escape(self.words(words))) for words in headings]

    def byline(self, *names: str, **roles: str) -> list[Byline]:
        """The byline of a story; `roles` adds people who did something else, as in Di="translated
        by".
        """
        wrote = [Byline(self.author(name)) for name in names]
        return wrote + [Byline(self.author(name), self.words(role)) for name, role in roles.items()]

    def story(self, title: str = "The ferry that nobody cancelled", **given: Any) -> Story:
        """A story with the given attributes, and usual values for all others; `text` is
        Markdown.
        """
        text, slug = given.pop("text", PROSE), slugify(title)
        body, faults = Typesetter().set(text, f"{slug}.md")
        if faults:
            raise ValueError(f"the text of an example is at fault: {faults[0].message}")
        date, url = datetime.fromisoformat("2026-11-24T09:00:00+01:00"), f"2026/11/{slug}/"
        made = Story.__new__(Story)  # a build makes it from a record
        made.__dict__.update({name: getattr(StoryData(), name) for name in shown_keys(StoryData)})
        made.__dict__.update({name: each.empty for name, each in OWN.items() if each.key.shown})
        made.__dict__.update({each.name: None for each in ATTRIBUTES})
        made.__dict__.update(
            title=self.words(title),
            dek="A crossing without passengers says more about a border than the border does.",
            slug=slug,
            url=url,
            first_url=url,
            lang="en",
            dir="ltr",
            date=date,
            byline=self.byline("Ana Pereira"),
            sections=[self.section()],
            series=[],
            parts=(),
            story_type=StoryType(self.words("Analysis"), "analysis", "types/analysis/"),
            words=body.words,
            reading_time=6,
            desk_status="published",
            inline_photos=[self.photo(shape="wide") for _ in body.photos],
            record=SimpleNamespace(body=body, data={}, date=date),
        )
        made.__dict__.update(given)
        made.dek = self.words(made.dek)
        made.authors = [each.author for each in made.byline]
        return made

    def opinion(self, **given: Any) -> Story:
        """A story in its author's own voice."""
        kind = StoryType(
            self.words("Opinion"), "opinion", "types/opinion/", schema_type="OpinionNewsArticle"
        )
        usual: dict[str, Any] = {"title": "The ferry should sail empty", "story_type": kind}
        return self.story(**usual | given)

    def letter(self, title: str, reader: str) -> Story:
        """A letter to the outlet; who signed it has no page."""
        kind = StoryType(self.words("Letters"), "letters", "types/letters/")
        return self.story(
            title, story_type=kind, byline=[Byline(Author(self.words(reader), "", ""))]
        )

    def paid_story(self, **given: Any) -> Story:
        """A story that somebody paid for; `given` are name, url, say and logo."""
        logo = self.photo("small", alt="", caption="", credit="")
        usual = {
            "name": "Northwind Energy",
            "say": "Northwind chose the subject, and saw nothing of the text before you did.",
        }
        said: dict[str, Any] = {"url": "https://northwind.example/", "logo": logo} | usual | given
        words = {key: self.words(said[key]) for key in usual}
        return self.story(sponsor=Sponsor(**said | words), paid_by=words["name"])

    def arabic_story(self, **given: Any) -> Story:
        """A story in a language that is written from right to left."""
        return self.story(**(ARABIC | given))

    def translation(self, lang: str) -> Translation:
        """A story in English or in Arabic, for a list of a story's languages."""
        arabic = lang == "ar"
        title = "The ferry that nobody cancelled"
        if arabic:
            title = ARABIC["title"]
        return Translation(lang, "rtl" if arabic else "ltr", self.words(title), f"2026/11/{lang}/")

    def block(
        self,
        kind: str,
        stories: Sequence[Any],
        title: str = "",
        term: Any = None,
        faces: bool = False,
    ) -> Block:
        """A block of the front page; in a debate, its first story is on a side."""
        portraits = [story.byline[0].author.portrait if faces else None for story in stories]
        sides = {}
        if isinstance(term, FormedSeries) and term.form == "debate":
            sides = {len(stories): "For"}
        parts = [
            self.part(number, side=sides.get(number, "")) for number in range(len(stories), 0, -1)
        ]
        return Block(kind, term, self.words(title), list(stories), portraits, parts)

    def chart(self, kind: str, *names: str) -> Chart:
        """A chart of some columns over eleven years, or of six ports."""
        if kind in ("line", "multiples"):
            labels = tuple(str(year) for year in range(2015, 2026))
        else:
            labels = tuple(map(self.words, PORTS))
        columns = tuple(
            Column(
                self.words(name),
                tuple(
                    (at * 7919 + 37 * place * place) % 1900 - 200.0 * (kind == "bar")
                    for place in range(len(labels))
                ),
            )
            for at, name in enumerate(names, 1)
        )
        words = {
            "alt": "Freight.",
            "title": "Freight by ferry",
            "source": "The ports",
            "note": "Without lorries.",
            "unit": "tonnes",
        }
        said: dict[str, Any] = {name: self.words(text) for name, text in words.items()}
        table = Table("Year", labels, columns)
        return Chart(data="data/freight.csv", kind=kind, table=table, **said)

    def gallery(self, *shapes: str) -> list[list[GalleryPicture]]:
        """The rows of a gallery of photos of these shapes."""
        return in_rows([self.photo(shape) for shape in shapes])

    def film(self, plays: bool = True, **given: Any) -> Film:
        """A film with its still; one that plays has a player."""
        address = "https://tube.example/w/8vKqYb3nDw5RzT2mXcJ7Ls"
        player = Player(
            "https://tube.example/videos/embed/8vKqYb3nDw5RzT2mXcJ7Ls?p2p=0", "tube.example"
        )
        still = self.photo(**({"shape": "wide", "alt": "", "caption": ""} | given))
        title = self.words("The last ferry, filmed from the pier")
        return Film(title=title, address=address, still=still, player=player if plays else None)

    def menu_link(self, label: str, url: str, highlight: bool = False) -> MenuLink:
        """A link in a menu."""
        return MenuLink(self.words(label), url, highlight)

    def menu_group(self, title: str, *labels: str) -> MenuGroup:
        """Footer links under a title."""
        return MenuGroup(
            self.words(title), [self.menu_link(label, f"/{slugify(label)}/") for label in labels]
        )

    def rail(self, title: str, stories: Sequence[Any], has_page: bool = True) -> Rail:
        """A rail."""
        return Rail(
            slugify(title),
            self.words(title),
            f"{slugify(title)}/" if has_page else "",
            list(stories),
        )

    def index(
        self, title: str, kind: str, description: str = "", term: Author | None = None
    ) -> SimpleNamespace:
        """The subject of an index page."""
        said = {"title": self.words(title), "description": self.words(description)}
        return SimpleNamespace(kind=kind, url="i/", feed_url="i/feed.xml", term=term, **said)


def text_filters(draw: Any) -> dict[str, Any]:
    """The filters for texts, as in a build; `draw` makes the HTML of a photo in a text."""

    def filled(story: Any, html: str, prefix: str = "") -> Markup:
        return Markup(
            fill(
                html,
                prefix,
                lambda _: "#",
                lambda number: draw(story.inline_photos[number]),
                files=story.file_notes,
            )
        )

    def cut(story: Any, number: int) -> list[Markup]:
        whole = story.record.body.html
        return [filled(story, demoted(part, whole), f"s{number}--") for part in split(story.record)]

    def as_laid_out(story: Any) -> Layout:
        return laid_out_story(story, cast("Texts", SimpleNamespace(filled=filled)), Catalogs())

    return {
        "body": lambda story: filled(story, story.record.body.html),
        "cut": cut,
        "laid_out": as_laid_out,
    }


def drawing(shape: str) -> str:
    """The drawing of a shape as SVG: a low sun over water, or a face in outline."""
    width, height = SHAPES[shape]
    sun, sea = min(width, height) // 9, height * 3 // 5
    lines = "".join(
        f'<path d="M{width * step // 9} {sea + step * height // 18}h{width // 5}" stroke="#f4c98b"'
        ' stroke-width="6"/>'
        for step in range(1, 6)
    )
    scene = (
        f'<circle cx="{width * 2 // 3}" cy="{sea - sun // 2}" r="{sun}" fill="#f08a5d"/>'
        f'<path d="M0 {sea}h{width}v{height}H0z" fill="#14404f"/>{lines}'
    )
    face = (
        f'<circle cx="300" cy="250" r="120" fill="#e8b48f"/><path d="M90 {height}c0-330 420-330 420'
        ' 0z" fill="#14404f"/>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0'
        f' {width} {height}"><path d="M0 0h{width}v{height}H0z"'
        f' fill="#f6dcc0"/>{face if shape == "portrait" else scene}</svg>'
    )
