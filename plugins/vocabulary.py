"""The words of Broadside: front matter keys, article attributes and context names, each with one meaning.

A test compares this module with the schema, the articles of a real build and the names that templates use.
"""

from __future__ import annotations

ALIASES = {"summary": "dek", "modified": "updated", "category": "section", "tags": "topics"}
"""Pelican's name for a front matter key -> Broadside's."""

PLURALS = {"author": "authors", "section": "sections"}
"""A key for one value -> the key for several; a story has one of the two."""

ELSEWHERE = {
    **dict.fromkeys(("subtitle", "description", "excerpt", "custom_excerpt", "standfirst"), "dek"),
    **dict.fromkeys(("image", "images", "cover", "featured_image", "feature_image"), "photo"),
    **dict.fromkeys(("feature_image_alt", "image_alt"), "alt"),
    **dict.fromkeys(("publishdate", "pubdate", "published_at", "post_date"), "date"),
    **dict.fromkeys(("lastmod", "last_modified_at", "updated_at"), "updated"),
    "aliases": "redirect_from",
    "categories": "section",
    "headline": "title",
    "byline": "author",
    "keywords": "topics",
}
"""Other systems' name for a front matter key -> Broadside's, which is suggested."""

SITES_OWN = frozenset("date_format id layout permalink save_as settings template theme url weight".split())
"""Other systems' front matter keys for things that the site decides here, not a single source."""
ADDRESSES = frozenset({"permalink", "save_as", "url"})
"""Those of them that set a source's address."""

ROLES = {
    **dict.fromkeys(("translator", "translators", "translated_by"), "translated by"),
    **dict.fromkeys(("editor", "editors", "edited_by"), "edited by"),
}
"""Other systems' name for a front matter key -> the role of an author that it means."""

WORDS = frozenset(
    "title dek alt caption credit credit_label author authors section sections topics text role name label expertise"
    " description slot".split()
)
"""Keys whose values are words, in which a # may be meant literally; anything that YAML would take for a comment there is refused."""
WORDS |= {alias for alias, key in ALIASES.items() if key in WORDS}

FRONT_SLOTS = ("lead", "second", "third")
"""Slots of the front page that are filled with the newest stories if the editor names none."""

STORY_KEYS = {
    "title": "the headline",
    "dek": "one sentence under the headline; also teaser, meta description and feed summary",
    "date": "when the story comes out, such as 2026-11-20T09:00; in the site's time zone unless it names one",
    "updated": "when it was last changed in substance",
    "authors": "who wrote it: names from authors/, each with a role in parentheses where it has one",
    "sections": "where it belongs, as sections.yml spells it; the first is the primary one",
    "type": "what kind of story it is, as story_types.yml spells it",
    "topics": "free keywords",
    "photo": "lead picture, a path below the content folder",
    "alt": "what one sees in the picture",
    "caption": "what the picture shows, for the reader who sees it",
    "credit": "who made the picture",
    "credit_label": "photo or image",
    "redistribute": "yes: others may print the photo too, where they republish the story",
    "slug": "last part of the story's address",
    "status": "draft, published, hidden or withdrawn",
    "lang": "language, as a tag such as fr or pt-BR",
    "canonical": "address of the original, when this is a copy",
    "related": "hand-picked story slugs, first in the stream",
    "stream": "full: shown whole in other stories' streams",
    "translation_of": "slug of the story that this is a translation of",
    "corrections": "list of date, type and text",
    "republish": "no: others may not republish the story",
    "redirect_from": "former addresses, the first one first",
    "minor": "true, or the day, where an edit changed nothing of substance",
}
AUTHOR_KEYS = {
    "name": "the author's name, as printed",
    "role": "what they are to the outlet",
    "expertise": "what they know about; a list",
    "links": "list of label and url",
    "portrait": "picture of the author",
    "alt": "what one sees in the portrait",
    "redirect_from": STORY_KEYS["redirect_from"],
}

ROUNDUP_KEYS = {
    "title": "subject of the mail, and headline of its page",
    "dek": "one sentence; what mail programs show beside the subject",
    "date": "the hour of the day in the file's name from which it is out",
    "since": "since when its stories came out; else since the round-up before it, or for seven days",
    "lead": "slug of the story that stands first; else the newest",
    "status": "draft or published",
}

SCHEMA_TYPES = (
    *("NewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle", "ReportageNewsArticle"),
    "AdvertiserContentArticle",
)
"""The values that `schema_type` of a story type may have: schema.org's kinds of article that require no more than an article."""

ARTICLE_ATTRIBUTES = {
    "title": "headline, plain text",
    "dek": "plain text",
    "date": "aware datetime",
    "updated": "aware datetime or None",
    "byline": "list of Byline: author and role",
    "sections": "list of Section, the primary one first",
    "story_type": "StoryType, or None where settings allow it",
    "topics": "list of Topic",
    "photo": "Photo or None",
    "corrections": "list of Correction, newest first",
    "corrected": "whether one of them says that the story was wrong",
    "first_url": "the address at which it was first published, by which feeds know it",
    "words": "number of words in the body",
    "reading_time": "minutes, at least 1",
    "dir": "ltr or rtl",
    "stream": "list of related stories shown below, best first",
    "card": "Card, or None where cards are off",
    "republish_url": "address of the page for those who republish it, '' where it may not be",
    "languages": "list of Translation: the story in each of its languages, the original first; empty where it has one",
    "record": "what was read from the source file",
    "desk_status": "published, hidden, withdrawn, draft or held",
}
"""Attributes that plugins add to Pelican's Article; Pelican's own names (slug, url, authors, category, lang …) keep their meaning."""

SITE_CONTEXT = {
    "root": "path before every address, '' at a domain's top",
    "lists": "address of the list of all authors, topics or types, by the kind: author, topic or type",
    "sections": "list of Section in navigation order",
    "story_types": "list of StoryType",
    "css_url": "address of the stylesheet, below root",
    "rails_js_url": "address of the script that fills rails on old pages",
    "republish_js_url": "address of the script that copies what others may print",
    "search_js_url": "address of the search page's script",
    "icon_url": "address of the site's icon",
    "mark_url": "address of the outlet's mark, which is shown of a page without a picture",
    "roundup_url": "address of the index of round-ups, where there are any",
    "static_urls": "addresses of the outlet's own static files by their names, below root",
    "year": "year of the stated clock",
}
"""Context names that every template sees, besides the settings in capitals."""

PAGE_CONTEXT = {
    "article": "the story of a story page",
    "articles": "stories shown as teasers, newest first",
    "authors": "list of Author",
    "by_section": "list of (Section, stories)",
    "entries": "list of (Article, Correction), newest first",
    "index": "what an index page is about",
    "page": "a plain page",
    "pagination": "where an index page stands among its pages",
    "rails": "list of Rail; empty where a page links to /latest/ instead",
    "roundup": "a round-up: its note, its lead, its stories by section, and its briefs",
    "roundups": "list of Roundup, newest first",
    "slots": "front page slots: name and article",
    "stories": "the stream of a story page: stories whose texts it shows",
    "topics": "list of (Topic, number of stories)",
    "years": "list of (year, [(month, number of stories)])",
}
"""Context names that a page is handed; each template uses some of them."""
