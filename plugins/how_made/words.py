"""How a story was made, as its header says: for the box at its end, for copies of it, and for
feeds.
"""

from __future__ import annotations

from markupsafe import Markup

from broadside.plugins.how_made.content import Cited
from broadside.site.story import Story
from broadside.words import Language


def part_of_ai(story: Story, words: Language) -> Markup:
    """What part artificial intelligence had in a story, what it was used for, and who has checked
    that; "" if it does not say.
    """
    said = {
        "none": words.gettext("None was used."),
        "assisted": words.gettext("It helped to make this story."),
        "generated": words.gettext("It wrote this story."),
    }
    name = _own(story.checked_by, story, words)
    checked = ""
    if name:
        checked = words.gettext("Checked by %(name)s.", name=name)
    return Markup(" ").join(
        filter(None, (said.get(story.ai, ""), _own(story.ai_for, story, words), checked))
    )


def how_made(story: Story, words: Language) -> Markup:
    """How a story was made, as paragraphs and a list of sources, in these words; "" if it does not
    say.
    """
    if not (story.ai or story.method or story.conflicts or story.sources):  # the usual case
        return Markup()
    said = (
        (words.gettext("Artificial intelligence"), part_of_ai(story, words)),
        (words.gettext("Method"), _own(story.method, story, words)),
        (words.gettext("Conflicts of interest"), _own(story.conflicts, story, words)),
    )
    rows = [
        Markup("<p><strong>{}</strong> {}</p>").format(words.label(label), text)
        for label, text in said
        if text
    ]
    if story.sources:
        items = Markup().join(
            Markup("<li>{}</li>").format(_source(each, story, words)) for each in story.sources
        )
        label = words.label(words.gettext("Sources"))
        rows.append(Markup("<p><strong>{}</strong></p>\n<ul>{}</ul>").format(label, items))
    return Markup("\n").join(rows)


def _source(source: Cited, story: Story, words: Language) -> Markup:
    label = _own(source.label, story, words)
    if source.url:
        return Markup('<a href="{}">{}</a>').format(source.url, label)
    return label


def _own(text: str, story: Story, words: Language) -> Markup:
    """What the outlet says, in the story's own language even if the words around it are in
    another.
    """
    if not text or words.lang == story.lang:
        return Markup.escape(text)
    return Markup('<span lang="{}" dir="{}">{}</span>').format(story.lang, story.dir, text)
