"""What readers can narrow a search to: the sections, story types, authors and years that published stories have."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from broadside.site.story import Story
from broadside.site.terms_of import Terms


class Choices(Struct, frozen=True):
    """The names of each kind: sections and types in the outlet's order, authors by the alphabet, the newest year first."""

    sections: list[str]
    types: list[str]
    authors: list[str]
    years: list[str]


def choices_of(stories: Collection[Story], terms: Terms) -> Choices:
    """What published stories can be narrowed to."""
    sections = {section.name for story in stories for section in story.sections}
    types = {story.story_type.name for story in stories if story.story_type}
    return Choices(
        [name for name in (section.name for section in terms.sections.values()) if name in sections],
        [name for name in (kind.name for kind in terms.story_types.values()) if name in types],
        sorted({author.name for story in stories for author in story.authors}, key=str.casefold),
        sorted({str(story.date.year) for story in stories}, reverse=True),
    )
