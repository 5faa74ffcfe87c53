"""Says why the stories below a story were chosen: ./inv related."""

from __future__ import annotations

from broadside.build.reading import read
from broadside.config.options import Options
from broadside.content.addresses import editorial
from broadside.content.content import Content, ReadOptions
from broadside.content.names import PAID, keys_of
from broadside.content.records import Record
from broadside.faults import count, did_you_mean, quoted
from broadside.front_matter.data import StoryData
from broadside.plugins.related.docs import docs_of
from broadside.plugins.related.explain import explain as reasons
from broadside.plugins.related.explain import sentence, verdict
from broadside.plugins.related.picking import firsts, ranked_for, replies_in, stream
from broadside.plugins.related.ranking import rank
from broadside.words import ENGLISH

STATES = {"draft": "a draft", "held": "held until its hour", "hidden": "hidden"}


class NoSuchStory(Exception):
    """No story has that slug; the message names a similar one."""


def explain(options: Options, slug: str, figures: bool = False) -> str:
    """Why each story is in a story's stream, in a sentence, and in `figures`; the slug may also be
    the story's address or file.
    """
    content, reading, settings = read(options)
    story = _story(content, slug)
    want = settings.STREAM_LENGTH
    return "\n".join(_lines(story, content, reading, want, options.content_prefix, figures))


def _story(content: Content, word: str) -> Record[StoryData]:
    """The story that is meant; the newest if the slug occurs in several years."""
    last = word.strip("/").rpartition("/")[2].removesuffix(".md")
    stories = content.stories
    meant = [
        story
        for story in stories
        if last in (story.slug, story.path.rpartition("/")[2].removesuffix(".md"))
    ]
    if meant:
        return max(meant, key=lambda story: (story.date is not None, story.date))
    hint = did_you_mean(last, (story.slug for story in stories))
    raise NoSuchStory(
        f"There is no story with the slug {quoted(last)}" + (f"; {hint}" if hint else ".")
    )


def _lines(  # noqa: PLR0913, PLR0917 -- what was read, and what was asked for
    own: Record[StoryData],
    content: Content,
    reading: ReadOptions,
    want: int,
    prefix: str,
    figures: bool,
) -> list[str]:
    title = f"{own.data.title} ({prefix}{own.path})"
    if content.states[own.path] == "withdrawn":
        return [title, "It is withdrawn; no stories are shown below it."]
    shown = {story.path: story for story in editorial(content)}
    docs = docs_of({**shown, own.path: own}.values(), content.lists.slugs_of_sections)
    keys = keys_of((story.date or reading.now, story.slug, path) for path, story in shown.items())
    out = sorted(shown.values(), key=lambda story: story.moment)
    replies, _ = replies_in(out, content.lists.letters, keys)
    picked = firsts(own.data.answers, replies.get(own.path, ()), own.data.related, keys)
    ranked = []
    if own.path in shown:
        ranked = rank(docs, ranked_for(want))[own.path]
    chosen = stream(own.path, picked, ranked, want, content.languages)
    lines = [title]
    if own.path not in shown:
        if own.data.paid_by:
            state = PAID
        else:
            state = STATES[content.states[own.path]]
        lines.append(f"It is {state}; only stories that were picked by hand are shown below it.")
    for number, why in enumerate(reasons(docs, own.path, chosen, picked), 1):
        other = shown[why.key]
        date = ""
        if other.date:
            date = f", {ENGLISH.long_date(other.date)}"
        lines += [f"{number}. {other.data.title}{date}", f"   {verdict(why)}"]
        if figures:
            lines += [f"   {sentence(why)}"]
    if left := [shown[key].slug for key in ranked if key not in chosen]:
        lines.append(f"Next in line: {', '.join(left)}")
    lines.append(
        f"Compared with {count(len(docs) - 1, 'published story')}; stories picked by hand come"
        " first."
    )
    return lines
