"""A series as a book: EPUB 3.3, the same byte for byte whenever the same stories are in it."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any

from bs4 import BeautifulSoup
from markupsafe import Markup
from msgspec import Struct

from broadside.content.terms import Series, signed
from broadside.markdown.bare import clean
from broadside.markdown.body import fill
from broadside.media.chart_drawing import as_table
from broadside.media.photos import Photo, credit_line
from broadside.plugins.series.terms import SeriesFront
from broadside.site.story import Story, changed
from broadside.site.syndication import correction
from broadside.site.texts import Texts, WithText
from broadside.urls import Urls
from broadside.words import Catalogs, Language, in_english

FOLDER = "book"
CONTAINER = f"""\
<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles>
<rootfile full-path="{FOLDER}/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of each file in a book: a build has none."""


class Book(Struct, frozen=True):
    """A book as the catalog shows it."""

    series: Series
    url: str
    identifier: str
    changed: datetime
    names: tuple[str, ...]

    @classmethod
    def of(cls, series: Series, stories: Sequence[Story], url: str, urls: Urls) -> Book:
        """The book of some stories."""
        identifier = uuid.uuid5(uuid.NAMESPACE_URL, urls.absolute(url)).urn
        names = dict.fromkeys(credit.author.name for each in stories for credit in each.byline)
        return cls(series, url, identifier, max(map(changed, stories)), tuple(names))


class Making(Struct):
    """What all documents of a book need: the address of each story in it with its file, and the
    pictures that it has so far.
    """

    texts: Texts
    words: Catalogs
    urls: Urls
    chapters: Mapping[str, str]
    pictures: dict[str, Photo] = {}

    def document(self, name: str, **values: Any) -> str:
        """A document of XHTML, made by a template."""
        html = rendered(self.texts, name, **values)
        return f'<?xml version="1.0" encoding="utf-8"?>\n{BeautifulSoup(html, "html.parser")}\n'

    def chapter(self, story: Story) -> str:
        """The document of a story."""
        words = self.words.of(story.lang)
        return self.document(
            "chapter",
            article=story,
            lang=story.lang,
            byline=" · ".join(signed(story.byline, words, lambda author: author.name)),
            photo=Markup(self.figure(story.photo, words)) if story.photo else "",
            text=self.text(story, words),
            corrections=[Markup(correction(each, words)) for each in story.corrections],
        )

    def text(self, shown: WithText, words: Language) -> Markup:
        """A text whose links lead to where they do on the site, or to another chapter."""

        def link(number: int) -> str:
            address = shown.inner_links[number]
            chapter = self.chapters.get(address.partition("#")[0])
            return chapter or (address and self.urls.host + address)

        def film(number: int) -> str:
            found = shown.films[number]
            address = f'<p><a href="{escape(found.address)}">{escape(found.title)}</a></p>'
            return self.figure(found.still, words) + address

        html = fill(
            shown.record.body.html if shown.record else "",
            "",
            link,
            lambda number: self.figure(shown.inline_photos[number], words),
            lambda number: as_table(shown.inline_charts[number], words),
            film=film,
            files=shown.file_notes,
        )
        return Markup(clean(html).strip())

    def figure(self, photo: Photo, words: Language) -> str:
        """A photo with the line below it; an import may have found no picture."""
        if not photo.src:
            return ""
        self.pictures[photo.src] = photo
        line = escape(str(credit_line(photo, False, words)), quote=False)
        image = f'<img src="{photo.src}" alt="{escape(photo.alt)}">'
        return f"<figure>{image}<figcaption>{line}</figcaption></figure>"


def epub(  # noqa: PLR0913 -- what a book is made of
    *,
    book: Book,
    series: SeriesFront,
    stories: Sequence[Story],
    texts: Texts,
    words: Catalogs,
    urls: Urls,
    lang: str,
    picture: Callable[[str], bytes],
) -> bytes:
    """A book as a file; `picture` returns the bytes of one."""
    chapters = {f"{urls.root}/{each.url}": f"{at}.xhtml" for at, each in enumerate(stories, 1)}
    making = Making(texts, words, urls, chapters)
    cover = book.series.photo
    if cover:
        making.pictures[cover.src] = cover
    introduction = making.text(series, words.of(lang))
    made = {str(at): making.chapter(each) for at, each in enumerate(stories, 1)}
    documents = ["cover", "contents", *(["introduction"] if introduction else [])]
    documents += [*made, "credits"]
    pictures = list(making.pictures.values())
    values = {
        "lang": lang,
        "series": series,
        "stories": stories,
        "cover": cover,
        "introduction": introduction,
        "documents": documents,
        "pictures": pictures,
        "described": all(each.alt for each in pictures),
        "identifier": book.identifier,
        "names": book.names,
        "published": min(each.date for each in stories),
        "changed": book.changed,
        "modified": f"{book.changed.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }
    files = {
        f"{name}.xhtml": made.get(name) or making.document(name, **values) for name in documents
    }
    return packed({"package.opf": rendered(texts, "package", **values), **files}, pictures, picture)


def packed(
    texts: Mapping[str, str], pictures: Sequence[Photo], picture: Callable[[str], bytes]
) -> bytes:
    """The files of a book in one, uncompressed: each version of zlib would compress them in another
    way.
    """

    def files() -> Iterator[tuple[str, str | bytes]]:
        yield "mimetype", "application/epub+zip"
        yield "META-INF/container.xml", CONTAINER
        for name, text in texts.items():
            yield f"{FOLDER}/{name}", text
        for each in pictures:
            yield f"{FOLDER}/{each.src}", picture(each.src)

    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name, content in files():
            file.writestr(zipfile.ZipInfo(name, LONG_AGO), content)
    return data.getvalue()


def catalog(books: Sequence[Book], address: str, begun: datetime, texts: Texts) -> bytes:
    """The catalog of books, that with the newest story first."""
    return rendered(texts, "books", books=books, address=address, begun=begun).encode()


def rendered(texts: Texts, name: str, **values: Any) -> str:
    """What a template of books makes of values."""
    template = texts.environment.get_template(f"{FOLDER}/{name}.html")
    return in_english(template.render(values)).strip()
