"""Makes a book (EPUB 3) of each series whose form the setting BOOKS names, and a catalog of the
books for reading programs (OPDS).

A book is below the page of its series, which links to it; the catalog is below the list of all
series. The documents are its templates.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from broadside.plugin import Page, Plugin, Site, give
from broadside.plugins.book.settings import BookSettings
from broadside.urls import below

if TYPE_CHECKING:
    from broadside.plugins.book.book import Book

EPUB, OPDS = "book.epub", "books.xml"


def pages(site: Site) -> Iterator[Page]:
    """The books, and their catalog."""
    if not (BookSettings.of(site.settings).BOOKS and site.series):
        return
    from broadside.media.pictures import PhotoJob
    from broadside.plugins.book.book import Book, catalog, epub
    from broadside.plugins.pictures import finished

    root = Path(site.settings.PATH)
    jobs = {
        one.name: partial(PhotoJob, root / path, plan)
        for path, plan in site.photos.used.items()
        for one in plan
    }

    def picture(name: str) -> bytes:
        return finished(name, jobs[name], site.settings)

    books: list[Book] = []
    for front in site.series:
        stories = [story for story in front.parts if not story.paid_by]
        if front.term.form not in BookSettings.of(site.settings).BOOKS or not stories:
            continue
        url = below(front.term.url, EPUB)
        book = Book.of(front.term, stories, url, site.urls)
        books.append(book)
        values = {"book": book, "series": front, "stories": stories, "urls": site.urls}
        values |= {"texts": site.texts, "words": site.words, "lang": site.options.lang}
        yield Page(url, partial(epub, picture=picture), values)
    address = below(site.urls.lists["series"], OPDS)
    values = {"books": books, "address": address, "begun": site.begun, "texts": site.texts}
    yield Page(address, catalog, values)


def register() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(pages=[pages]))
