"""Describes pages to machines in schema.org's JSON-LD: stories, authors, indexes and the front
page.

Adds the filters story_data, index_data, series_data and collection_data, and the function
front_data, whose values templates pass to the component structured_data; the filter json_ld, which
prints them; and the filter changed. They depend only on their page's values and on what all pages
see.

What search engines require:
https://developers.google.com/search/docs/appearance/structured-data/article and
https://developers.google.com/search/docs/appearance/structured-data/profile-page
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from markupsafe import Markup

from broadside.content.terms import ADVERTISING, NEWS, Author, Byline, Section, Series
from broadside.front_matter.data import Correction
from broadside.markdown.body import plain_text
from broadside.media.films import Film
from broadside.plugin import Plugin, Site, give
from broadside.plugins.coverage.entries import entries_of
from broadside.plugins.indexes.numbering import Pagination
from broadside.plugins.podcasts.content import FEED
from broadside.plugins.recordings.audio import Audio
from broadside.plugins.reviews.content import REVIEWED, Reviewed
from broadside.plugins.series.terms import FormedSeries, SeriesFront
from broadside.plugins.sponsors import Sponsor
from broadside.plugins.structured_data.outlet import (
    CONTEXT,
    Outlet,
    front_data,
    publisher,
    with_values,
)
from broadside.site.doors import STORY_DATA
from broadside.site.indexes import Index
from broadside.site.linked_files import LinkedFile
from broadside.site.story import Story, changed

TRANSLATED = ("translat", "tradu", "tradot", "übersetz", "ترجم")
"""Part of the words for a translator in English, the Romance languages, German and Arabic."""
NEWER = "update"
"""The type of note that corrects nothing."""
MAIL = "mailto:"
CALLED = {
    "Movie": ("director", "productionCompany", "datePublished"),
    "MusicAlbum": ("byArtist", "publisher", "datePublished"),
    "ExhibitionEvent": ("contributor", "organizer", "startDate"),
}
"""What schema.org calls makers, publisher and year of what is reviewed, where it is not author,
publisher and datePublished.
"""
GENERATED = "https://schema.org/TrainedAlgorithmicMediaDigitalSource"
"""IPTC's word for what artificial intelligence has made.

It has none for a text of a person whom it helped.
"""


def add_filters(site: Site) -> None:
    """Give the templates the filters and the function."""
    # The settings are the demo's until an outlet writes its own, which may be after it has added
    # its content.
    targets = (
        (name, *site.content.target(url, "")) for name, url in site.settings.POLICIES.items()
    )
    site.values["POLICIES"] = {name: url for name, url, problem in targets if not problem}

    @cache
    def outlet() -> Outlet:
        return _outlet(site)

    site.filters.update(
        json_ld=json_ld,
        story_data=lambda story: story_data(story, outlet()),
        index_data=lambda index, stories, pagination: index_data(
            index, stories, pagination, outlet()
        ),
        series_data=lambda front, stories, first: [series_data(front, stories, first, outlet())],
        collection_data=lambda listed, name, url, description: [
            collection(listed, name, url, description, outlet())
        ],
        changed=changed,
    )
    site.functions["front_data"] = lambda: front_data(outlet())


def _outlet(site: Site) -> Outlet:
    settings = site.settings
    return Outlet(
        settings.SITENAME,
        site.urls,
        settings.SITESUBTITLE,
        settings.DEFAULT_LANG,
        site.values.get("icon_url") or "",
        site.values["POLICIES"],
        tuple(url for _, url in settings.SOCIAL),
    )


def json_ld(data: Any) -> Markup:
    """The data as JSON in which no tag can end the script or begin another, because each "<" is
    escaped.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


def story_data(story: Story, outlet: Outlet) -> list[dict[str, Any]]:
    """The data of a story's page: the article, and its place on the site; a paid one is an
    advertisement and nothing else.
    """
    if story.paid_by:
        return [article(story, outlet)]
    return [
        article(story, outlet),
        *breadcrumbs(story, outlet),
        *episodes(story, outlet),
        *reviews(story, outlet),
    ]


def article(story: Story, outlet: Outlet) -> dict[str, Any]:
    """The story as a NewsArticle, with everyone who worked on it and all its corrections."""
    absolute, address = outlet.urls.absolute, outlet.urls.absolute(story.url)
    return {
        "@context": CONTEXT,
        "@type": _kind_of(story),
        "mainEntityOfPage": story.canonical or address,
        "url": address,
        "headline": story.title,
        **with_values(
            description=story.dek,
            image=[absolute(crop.url) for crop in story.photo.crops] if story.photo else [],
        ),
        "datePublished": story.date.isoformat(),
        "dateModified": changed(story).isoformat(),
        **_makers(story.byline, outlet),
        **with_values(sponsor=_sponsor(story.sponsor) if story.paid_by else None),
        **with_values(articleSection=[section.name for section in story.sections]),
        **_places(story, outlet),
        "inLanguage": story.lang,
        "isAccessibleForFree": True,
        "publisher": publisher(outlet),
        **with_values(
            correction=[_correction(note) for note in story.corrections if note.type != NEWER]
        ),
        **_translations(story, outlet),
        **_making(story),
        **{name: value for said in STORY_DATA for name, value in said(story).items()},
        **with_values(encoding=_media(story.file, outlet) if story.file else None),
        **with_values(audio=recording(story.audio, outlet) if story.audio else None),
        **(_coverage(story, address) if story.live else {}),
        **with_values(video=[_video(film, outlet) for film in story.films]),
    }


def breadcrumbs(story: Story, outlet: Outlet) -> list[dict[str, Any]]:
    """The place of a story as a BreadcrumbList: its primary section, then itself; empty for a story
    without a section.
    """
    steps = [
        {
            "@type": "ListItem",
            "position": 1,
            "name": section.name,
            "item": outlet.urls.absolute(section.url),
        }
        for section in story.sections[:1]
    ]
    here = {"@type": "ListItem", "position": 2, "name": story.title}
    if steps:
        return [{"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": [*steps, here]}]
    return []


def episodes(story: Story, outlet: Outlet) -> list[dict[str, Any]]:
    """The story as an episode of each of its podcasts."""
    absolute, audio = outlet.urls.absolute, story.audio
    terms: list[Section | Series] = [*story.sections, *story.series]
    return [
        {
            "@context": CONTEXT,
            "@type": "PodcastEpisode",
            "url": absolute(story.url),
            "name": story.title,
            "datePublished": story.date.isoformat(),
            "associatedMedia": recording(audio, outlet),
            "partOfSeries": {
                "@type": "PodcastSeries",
                "name": term.own["podcast"].title or term.name,
                "url": absolute(term.url),
                "webFeed": absolute(term.below(FEED)),
            },
        }
        for term in terms
        if audio and "podcast" in term.own
    ]


def reviews(story: Story, outlet: Outlet) -> list[dict[str, Any]]:
    """The story as a Review of each thing that it reviews."""
    told = {
        "@context": CONTEXT,
        "@type": "Review",
        "url": outlet.urls.absolute(story.url),
        "name": story.title,
        "author": _makers(story.byline, outlet)["author"],
        "datePublished": story.date.isoformat(),
        "publisher": publisher(outlet),
    }
    return [
        told | {"itemReviewed": _reviewed(each)} | with_values(reviewRating=_rating(each))
        for each in story.reviews
    ]


def _reviewed(each: Reviewed) -> dict[str, Any]:
    kind = REVIEWED[each.kind]
    makers, house, year = CALLED.get(kind, ("author", "publisher", "datePublished"))
    isbn = ""
    if kind == "Book":
        isbn = each.isbn.replace("-", "")
    told = {
        makers: [{"@type": "Person", "name": name} for name in each.makers],
        house: {"@type": "Organization", "name": each.publisher} if each.publisher else None,
        year: each.year,
        "isbn": isbn,
        "url": each.url,
    }
    return {"@type": kind, "name": each.title} | with_values(**told)


def _rating(each: Reviewed) -> dict[str, Any]:
    if each.rating is None:
        return {}
    points, best = each.rating
    return {"@type": "Rating", "ratingValue": points, "bestRating": best, "worstRating": 0}


def person(author: Author, outlet: Outlet) -> dict[str, Any]:
    """A person named in a byline."""
    named = {"@type": "Person", "name": author.name}
    url = ""
    if author.url:
        url = outlet.urls.absolute(author.url)
    return named | with_values(url=url, jobTitle=author.role)


def series(term: FormedSeries, outlet: Outlet) -> dict[str, Any]:
    """A series, a dossier, an issue or a column."""
    kind = "CreativeWorkSeries"
    if term.form == "issue":
        kind = "PublicationIssue"
    named = {"@type": kind, "name": term.name, "url": outlet.urls.absolute(term.url)}
    return named | with_values(issueNumber=term.number)


def _places(story: Story, outlet: Outlet) -> dict[str, Any]:
    """What the story is a part of, and its number in the first of these."""
    parts = [part for part in story.parts if part.number]
    numbers = [part.number for part in parts if part.series.form != "column"]
    return with_values(
        isPartOf=[series(part.series, outlet) for part in parts], position=next(iter(numbers), 0)
    )


def _makers(byline: Sequence[Byline], outlet: Outlet) -> dict[str, Any]:
    """The authors, translators and other contributors; if no author is named, the outlet is the
    author.
    """
    authors = [person(line.author, outlet) for line in byline if not line.role]
    translators = [person(line.author, outlet) for line in byline if is_translator(line.role)]
    others = [
        {"@type": "Role", "roleName": line.role, "contributor": person(line.author, outlet)}
        for line in byline
        if line.role and not is_translator(line.role)
    ]
    return {"author": authors or [publisher(outlet)]} | with_values(
        translator=translators, contributor=others
    )


def is_translator(role: str) -> bool:
    """Whether a role in a byline is that of a translator, in one of the languages of TRANSLATED."""
    return any(stem in role.casefold() for stem in TRANSLATED)


def _kind_of(story: Story) -> str:
    """What kind of article a story is."""
    if story.paid_by:
        return ADVERTISING
    if story.live:
        return "LiveBlogPosting"
    if story.story_type:
        return story.story_type.article_type
    return NEWS


def _sponsor(sponsor: Sponsor) -> dict[str, Any]:
    return {"@type": "Organization", "name": sponsor.name} | with_values(url=sponsor.url)


def _media(file: LinkedFile, outlet: Outlet) -> dict[str, str]:
    """The file that the story's page presents."""
    return {
        "@type": "MediaObject",
        "contentUrl": outlet.urls.absolute(file.url),
        "encodingFormat": file.type,
        "contentSize": f"{max(1, round(file.size / 1000))} kB",
    }


def recording(audio: Audio, outlet: Outlet) -> dict[str, Any]:
    """The recording of a story."""
    file = audio.file
    return {
        "@type": "AudioObject",
        "contentUrl": outlet.urls.absolute(file.url),
        "encodingFormat": file.type,
        "duration": audio.span,
    } | with_values(creditText=audio.credit)


def _video(film: Film, outlet: Outlet) -> dict[str, str]:
    """A film on another site, without its date of publication, which is not known."""
    named = {"@type": "VideoObject", "name": film.title, "url": film.address}
    still = ""
    if film.still.src:
        still = outlet.urls.absolute(film.still.src)
    embed_url = ""
    if film.player:
        embed_url = film.player.address
    return named | with_values(thumbnailUrl=still, embedUrl=embed_url)


def _coverage(story: Story, address: str) -> dict[str, Any]:
    """Running coverage: from when to when, and its entries."""
    entries = [
        {
            "@type": "BlogPosting",
            "headline": entry.headline,
            "url": f"{address}#{entry.id}",
            "datePublished": entry.moment,
            "articleBody": entry.text,
        }
        for entry in entries_of(story.record.body.blocks)
    ]
    end = ""
    if story.live == "over":
        end = changed(story).isoformat()
    return {"coverageStartTime": story.date.isoformat()} | with_values(
        coverageEndTime=end, liveBlogUpdate=entries
    )


def _correction(note: Correction) -> dict[str, str]:
    return {"@type": "CorrectionComment", "datePublished": note.date, "text": note.text}


def _making(story: Story) -> dict[str, Any]:
    """How it was made: by what, who answers for it, how it was reported, and what it rests on."""
    sources = [
        {"@type": "CreativeWork", "name": each.label} | with_values(url=each.url)
        for each in story.sources
    ]
    answers = None
    if story.checked_by:
        answers = {"@type": "Person", "name": story.checked_by}
    generated = ""
    if story.ai == "generated":
        generated = GENERATED
    return with_values(
        digitalSourceType=generated,
        accountablePerson=answers,
        backstory=story.method,
        citation=sources,
    )


def _translations(story: Story, outlet: Outlet) -> dict[str, Any]:
    """The story's original, or its translations; `story.languages` begins with the original."""
    works = [
        {
            "@type": ADVERTISING if version.paid_by else NEWS,
            "url": outlet.urls.absolute(version.url),
        }
        for version in story.languages
    ]
    if works and story.languages[0].url != story.url:
        return {"translationOfWork": works[0]}
    return with_values(workTranslation=works[1:])


def index_data(
    index: Index, stories: Sequence[Story], pagination: Pagination, outlet: Outlet
) -> list[dict[str, Any]]:
    """The data of an index page: the person on an author's first page, elsewhere the stories that
    it lists, but for paid ones.
    """
    if isinstance(index.term, Author) and pagination.url == index.url:
        return [profile(index.term, outlet)]
    own = [story for story in stories if not story.paid_by]
    return [collection(own, index.title, pagination.url, index.description, outlet)]


def collection(
    listed: Sequence[Any], name: str, url: str, description: str, outlet: Outlet
) -> dict[str, Any]:
    """A page that lists things with addresses, in order."""
    absolute = outlet.urls.absolute
    items = [
        {"@type": "ListItem", "position": i, "url": absolute(thing.url)}
        for i, thing in enumerate(listed, 1)
    ]
    return {
        "@context": CONTEXT,
        "@type": "CollectionPage",
        "name": name,
        "url": absolute(url),
        **with_values(description=description),
        "isPartOf": {"@type": "WebSite", "name": outlet.name, "url": absolute("")},
        "mainEntity": {"@type": "ItemList", "itemListElement": items},
    }


def series_data(
    front: SeriesFront, stories: Sequence[Story], first: int, outlet: Outlet
) -> dict[str, Any]:
    """A page of a series with these parts; `first` is the number of the first of them.

    Those of a column have none.
    """
    absolute, term = outlet.urls.absolute, front.term
    parts = [
        {
            "@type": ADVERTISING if story.paid_by else NEWS,
            "headline": story.title,
            "url": absolute(story.url),
        }
        | with_values(position=number if term.form != "column" else 0)
        for number, story in enumerate(stories, first)
    ]
    author = None
    if term.author:
        author = person(term.author, outlet)
    image = []
    if term.photo:
        image = [absolute(crop.url) for crop in term.photo.crops]
    return {
        "@context": CONTEXT,
        **series(term, outlet),
        **with_values(
            description=term.description,
            image=image,
        ),
        **with_values(author=author),
        "publisher": publisher(outlet),
        **with_values(hasPart=parts),
    }


def profile(author: Author, outlet: Outlet) -> dict[str, Any]:
    """The page of an author: the person, their subjects, and their other addresses."""
    links = [link.url for link in author.links]
    mail = [link.removeprefix(MAIL).partition("?")[0] for link in links if link.startswith(MAIL)]
    portrait = author.portrait
    email = ""
    if mail:
        email = mail[0]
    image = ""
    if portrait:
        image = outlet.urls.absolute(portrait.src)
    who = person(author, outlet) | with_values(
        description=" ".join(plain_text(author.bio).split()),
        image=image,
        knowsAbout=list(author.expertise),
        email=email,
        sameAs=[link for link in links if not link.startswith(MAIL)],
    )
    page = {"@context": CONTEXT, "@type": "ProfilePage", "url": outlet.urls.absolute(author.url)}
    tie = "worksFor"
    if author.group == "emeritus":
        tie = "affiliation"
    return page | {"mainEntity": who | {tie: publisher(outlet)}}


def register() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(arranged=[add_filters]))
