"""The streams of a Broadside site's stories, from the ranking of all of them, of which as much as
possible is kept.
"""

from __future__ import annotations

from broadside.content.names import keys_of
from broadside.content.records import Record
from broadside.digests import digest
from broadside.front_matter.data import StoryData
from broadside.markdown.body import plain_text
from broadside.plugin import Plugin, Site, StoryNote, give
from broadside.plugins.related.content import check
from broadside.plugins.related.docs import NOTED, Doc, KeptRanking, KeptTerms, Ranked, docs_of
from broadside.plugins.related.key_terms import lexicon_of, signature
from broadside.plugins.related.picking import firsts, ranked_for, replies_in, stream
from broadside.store import only

NOTE, TERMS = "ranking", "terms"
"""What is kept: all stories ranked, and the terms of each."""


def add_streams(site: Site) -> None:
    """Give every story its stream, with the story that it answers and those that answer it
    first.
    """
    want = site.settings.STREAM_LENGTH
    docs = docs_of([story.record for story in site.stories], site.content.lists.slugs_of_sections)
    ranked = ranked_in(site, docs, ranked_for(want))
    # Drafts and hidden stories have a stream, but are in no other story's.
    shown = {
        story.record.path: story for story in site.every_story if story.desk_status != "withdrawn"
    }
    keys = keys_of((story.date, story.slug, story.record.path) for story in site.stories)
    records = (story.record for story in site.stories)
    replies, letters = replies_in(records, site.content.lists.letters, keys)
    for key, story in shown.items():
        data = story.record.data
        if data.answers in keys:
            story.answers = shown[keys[data.answers]]
            story.in_reply_to = story.answers.first_url
        story.answered_by = [shown[other] for other in replies.get(key, ())]
        story.letters = [shown[other] for other in letters.get(key, ())]
        picked = firsts(data.answers, replies.get(key, ()), data.related, keys)
        story.stream = [
            shown[other]
            for other in stream(
                key, picked, ranked[key].keys if key in ranked else (), want, site.content.languages
            )
        ]


def ranked_in(site: Site, docs: list[Doc], want: int) -> dict[str, Ranked]:
    """The ranking of a site's stories, reusing as much as possible of the last build's."""
    mark, made_of = (
        digest(site.mark, str(want)),
        digest(*(str(part) for doc in docs for part in doc)),
    )
    kept = site.store.only(NOTE, KeptRanking, mark)
    if kept and kept.docs == made_of:
        return kept.ranked
    from broadside.plugins.related.ranking import rank_anew  # loads numpy

    terms = site.store.only(TERMS, dict[str, KeptTerms], mark) or {}
    before = {**terms}
    ranked = rank_anew(docs, want, kept.ranked if kept else {}, site.settings.JOBS, terms)
    site.store.keep(only(NOTE, KeptRanking(made_of, ranked), mark))
    if terms != before:
        site.store.keep(only(TERMS, terms, mark))
    return ranked


def signature_of(record: Record[StoryData]) -> str:
    """What a story is about."""
    data, text = record.data, plain_text(record.body.html)
    return signature(data.title, data.dek, text, lexicon_of(data.lang))


def connect() -> None:
    """Give the check of its keys, what it notes of stories, and what it adds to a build."""
    give(
        "broadside.plugins.related",
        Plugin(checks=[check], notes=[StoryNote(NOTED, signature_of)], arranged=[add_streams]),
    )
