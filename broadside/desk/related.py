"""Says why the stories below a story were picked: ./inv related."""

from __future__ import annotations

from broadside.desk.options import Options
from broadside.desk.reading import read
from broadside.plugins.dates import long_date
from broadside.plugins.faults import count, did_you_mean, quoted
from broadside.plugins.front_matter.data import StoryData
from broadside.plugins.newsroom.addresses import published
from broadside.plugins.newsroom.records import Record
from broadside.plugins.newsroom.room import Desk, Newsroom
from broadside.plugins.related.corpus import docs_of
from broadside.plugins.related.explain import explain as reasons
from broadside.plugins.related.explain import sentence
from broadside.plugins.related.nearby import best
from broadside.plugins.related.pick import LENGTH, keys_of, ranked_for, stream_of
from broadside.plugins.related.ranking import rank

STATES = {"draft": "a draft", "held": "held until its hour", "hidden": "hidden"}


class NoSuchStory(Exception):
    """No story has that slug; says which slug is similar."""


def explain(options: Options, slug: str) -> str:
    """Why each story is in a story's stream, in words and numbers; the slug may also be the story's address or file."""
    newsroom, desk, settings = read(options)
    story = _story(newsroom, slug)
    return "\n".join(_lines(story, newsroom, desk, settings.get("STREAM_LENGTH", LENGTH), options.content_prefix))


def _story(newsroom: Newsroom, word: str) -> Record[StoryData]:
    """The story that is meant; the newest if the slug occurs in several years."""
    last = word.strip("/").rpartition("/")[2].removesuffix(".md")
    stories = newsroom.stories
    found = [story for story in stories if last in (story.slug, story.path.rpartition("/")[2].removesuffix(".md"))]
    if found:
        return max(found, key=lambda story: (story.date is not None, story.date))
    hint = did_you_mean(last, (story.slug for story in stories))
    raise NoSuchStory(f"There is no story with the slug {quoted(last)}" + (f"; {hint}" if hint else "."))


def _lines(story: Record[StoryData], newsroom: Newsroom, desk: Desk, want: int, prefix: str) -> list[str]:
    data, title = story.data, f"{story.data.title} ({prefix}{story.path})"
    if newsroom.states[story.path] == "withdrawn":
        return [title, "It is withdrawn; nothing stands below it."]
    stories = {each.path: each for each in newsroom.stories}
    shown = {each.path: each for each in published(newsroom)}
    keys = keys_of((each.date or desk.now, each.slug, path) for path, each in shown.items())
    slugs = newsroom.lists.slugs_of_sections
    ranking = rank(docs_of({**shown, story.path: story}.values(), slugs), ranked_for(want))
    ranked = best(ranking)[story.path] if story.path in shown else ()
    found = stream_of(story.path, data.related, keys, ranked, want, newsroom.languages)
    lines = [title]
    if story.path not in shown:
        lines.append(f"It is {STATES[newsroom.states[story.path]]}; only what was picked by hand stands below it.")
    for number, why in enumerate(reasons(ranking, story.path, found.keys, found.picked), 1):
        other = stories[why.key]
        date = f", {long_date(other.date)}" if other.date else ""
        lines += [f"{number}. {other.data.title}{date}", f"   {sentence(why)}"]
    if found.left:
        lines.append(f"Next in line: {', '.join(stories[key].slug for key in found.left)}")
    lines.append(
        f"Compared with {count(len(ranking.docs) - 1, 'published story')}; what is picked by hand comes first."
    )
    return lines
