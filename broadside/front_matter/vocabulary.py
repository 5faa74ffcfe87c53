"""The fixed words of Broadside: the values allowed in lists, and the names that templates see.

A test compares the names with the templates. The keys of front matter are declared in front_matter/data.py, the attributes of stories
in site/story.py.
"""

from __future__ import annotations

FRONT_SLOTS = ("lead", "second", "third")
"""Slots of the front page that get the newest stories if the editor names none."""

BLOCKS = {
    "lead": (),
    "latest": ("stories",),
    "feature": ("section", "type", "topic", "title", "stories"),
    "trio": ("section", "type", "topic", "title", "stories"),
    "wide": ("section", "type", "topic", "title", "stories"),
    "sections": ("stories",),
    "opinion": ("type", "title", "stories"),
    "series": ("series", "title", "stories"),
    "sponsored": ("title", "stories"),
    "briefs": (),
    "newsletter": (),
}
"""The blocks that an editor can put on the front page, each with its options."""

SCHEMA_TYPES = (
    *("NewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle", "ReportageNewsArticle"),
    "AdvertiserContentArticle",
)
"""The allowed values of a story type's `schema_type`: schema.org's kinds of article that require no more than an Article."""

AI = ("none", "assisted", "generated")
"""What part artificial intelligence may have had in a story."""
AI_USED = AI[1:]

AUTHOR_GROUPS = ("staff", "contributor", "columnist", "emeritus")
"""The groups of authors, in the order of the page that lists them all."""

SERIES_FORMS = ("series", "dossier", "issue", "column", "debate")
"""What stories can be parts of; `series` stands for all of them where it makes no difference."""

REVIEWED = {
    "book": "Book",
    "film": "Movie",
    "television": "TVSeries",
    "exhibition": "ExhibitionEvent",
    "play": "Play",
    "album": "MusicAlbum",
    "podcast": "PodcastSeries",
    "report": "Report",
}
"""The kinds of things that stories review, in the order of the page of reviews, and what schema.org calls them."""

PODCAST_CATEGORIES = {
    "Arts": ("Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"),
    "Business": ("Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit"),
    "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
    "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
    "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
    "Government": (),
    "Health & Fitness": ("Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition", "Sexuality"),
    "History": (),
    "Kids & Family": ("Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"),
    "Leisure": (
        *("Animation & Manga", "Automotive", "Aviation", "Crafts", "Games", "Hobbies", "Home & Garden"),
        "Video Games",
    ),
    "Music": ("Music Commentary", "Music History", "Music Interviews"),
    "News": (
        *("Business News", "Daily News", "Entertainment News", "News Commentary", "Politics", "Sports News"),
        "Tech News",
    ),
    "Religion & Spirituality": (
        *("Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion"),
        "Spirituality",
    ),
    "Science": (
        *("Astronomy", "Chemistry", "Earth Sciences", "Life Sciences", "Mathematics", "Natural Sciences", "Nature"),
        *("Physics", "Social Sciences"),
    ),
    "Society & Culture": ("Documentary", "Personal Journals", "Philosophy", "Places & Travel", "Relationships"),
    "Sports": (
        *("Baseball", "Basketball", "Cricket", "Fantasy Sports", "Football", "Golf", "Hockey", "Rugby", "Running"),
        *("Soccer", "Swimming", "Tennis", "Volleyball", "Wilderness", "Wrestling"),
    ),
    "Technology": (),
    "True Crime": (),
    "TV & Film": ("After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"),
}
"""Apple's categories of podcasts, which other directories use too (https://podcasters.apple.com/support/1691-apple-podcasts-categories)."""

SITE_CONTEXT = {
    "root": "path before every address, '' at a domain's top",
    "lists": "address of the page that lists all terms of a kind, by the kind, such as author or topic",
    "addresses": "address of a page that exists once, by the name of its setting: latest for LATEST_URL",
    "sections": "list of Section in navigation order",
    "menu": "list of MenuLink: the main menu",
    "utility_links": "list of MenuLink: the small menu beside the outlet's name",
    "footer": "list of MenuGroup: the outlet's own links at the foot",
    "story_types": "list of StoryType",
    "look": "colours, logo, and faces to load at once, from theme/look.toml",
    "css_url": "address of the style sheet of every page but stories' own, below root",
    "story_css_url": "address of that of stories' own pages",
    "charts_css_url": "address of that of such pages with a chart",
    "gallery_css_url": "address of what the style sheet of a page with a gallery lacks",
    "landing_css_url": "address of what pages that ask readers for something load besides",
    "gallery_js_url": "address of the script of such pages",
    "live_css_url": "address of what pages with running coverage load besides",
    "live_js_url": "address of the script that puts in new entries",
    "sponsor_css_url": "address of what pages with a story that somebody paid for load besides",
    "film_css_url": "address of what pages with a film load besides",
    "film_js_url": "address of the script that plays films in place",
    "story_js_url": "address of the script of stories' own pages",
    "audio_js_url": "address of the script by which chapters start a player",
    "rails_js_url": "address of the script that fills rails on old pages",
    "republish_js_url": "address of the script that copies what others may print",
    "search_js_url": "address of the search page's script",
    "spelling_js_url": "address of the script that forgives typing errors in a search",
    "audio_css_url": "address of the style sheet that pages with a player have besides",
    "matomo_js_url": "address of the script that tells Matomo what to count, where that counts",
    "banner": "Banner: the notice above the head of every page, where there is one now",
    "banner_css_url": "address of its style sheet",
    "reviews_url": "address of the page of reviews, where there are any",
    "discussion_css_url": "address of the style sheet that stories have besides whose replies can be counted",
    "discussion_js_url": "address of the script that counts replies",
    "debate_css_url": "address of the style sheet that a debate has besides",
    "reviewed_css_url": "address of the style sheet that reviews have besides",
    "icon_url": "address of the site's icon",
    "mark_url": "address of the outlet's mark, which is shown of a page without a picture",
    "counter": "what counts readers: service, name, host, script, data, picture; none in a preview",
    "privacy_url": "address of the page that says so",
    "publication_uri": "address of the outlet's record on the AT Protocol, where ANNOUNCE names the did of an account",
    "roundup_url": "address of the index of round-ups, where there are any",
    "static_urls": "addresses of the outlet's own static files by their names, below root",
    "year": "year of the stated clock",
}
"""Names that every template sees, besides the settings in capitals."""

PAGE_CONTEXT = {
    "answered_by": "stories that answer the story of a story page",
    "answers": "the story that it answers, or None",
    "article": "the story of a story page",
    "articles": "stories shown as teasers, newest first",
    "all_series": "list of (Series, number of its parts), that with the newest part first",
    "ask": "what a page asks readers for: title, dek and url",
    "authors": "list of Author",
    "beside": "stories that fill the lead of the front page up beside its slots",
    "blocks": "blocks of the front page: kind, term, title, articles, faces, parts",
    "blogroll": "groups of recommended sites: title, sites with title, url, feed, description",
    "choices": "what a search can be narrowed to: the names of sections, types, authors and years",
    "card": "Card of a series, or None where cards are off",
    "entries": "list of (Article, Correction), newest first",
    "first": "number of the first part of a series on its page",
    "index": "what an index page is about",
    "leads": "how many stories of an index are shown larger, at its top",
    "letters": "letters to the story of a story page, oldest first",
    "opml_url": "address of their list for feed readers",
    "page": "a plain page",
    "pagination": "where an index page stands among its pages",
    "parts": "places of a story in series, dossiers, issues and columns",
    "path": "path of the file of the page below root",
    "podcast": "a podcast on its own page: title, description, author, cover, links, term",
    "rails": "list of Rail; empty where a page links to /latest/ instead",
    "reviews": "list of (kind, [(Reviewed, Article)]): what was reviewed, by kind, newest first",
    "roundup": "a round-up: its note, its lead, its stories by section, and its briefs",
    "roundups": "list of Roundup, newest first",
    "series": "a series with its introduction: term, record, parts",
    "slots": "front page slots: name and article",
    "sides": "the page of a debate: pairs of a side, or of no name for replies, and the stories on it",
    "stories": "the stream of a story page: stories whose texts it shows",
    "support": "Call: the call for support that is made now",
    "topics": "list of (Topic, number of stories)",
    "total": "how many parts a series has, on its front",
    "years": "list of (year, [(month, number of stories)])",
}
"""Names that pages get values for; each template uses some of them."""
