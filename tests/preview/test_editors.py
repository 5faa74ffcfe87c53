"""Where the preview has a writer edit a file."""

from __future__ import annotations

import pytest

from broadside.doors import load
from broadside.preview.editors import edit_in, edited_at
from broadside.settings import Settings

FILE, LIST = "/outlet/content/articles/2026/the ice road.md", "/outlet/content/sections.yml"


@pytest.mark.parametrize(
    ("environment", "settings", "story", "other"),
    [
        ({"EDITOR": "vi"}, {}, "", ""),
        ({"EDITOR": "'unclosed"}, {"ADMIN": None}, "", ""),
        (
            {"EDITOR": "/opt/bin/code --wait"},
            {},
            "vscode://file/outlet/content/articles/2026/the%20ice%20road.md:7",
            "",
        ),
        (
            {"VISUAL": "zed -w", "EDITOR": "code"},
            {},
            "zed://file",
            "zed://file/outlet/content/sections.yml:7",
        ),
        (
            {},
            {"ADMIN": {"forge": "github", "repo": "owner/name"}},
            "/desk/write/#/collections/stories/entries/2026/the%20ice%20road",
            "/desk/write/",
        ),
    ],
)
def test_a_file_is_edited_in_the_writers_editor_or_the_browsers(
    environment: dict[str, str], settings: dict[str, object], story: str, other: str
) -> None:
    load(["broadside.plugins.admin"])
    edit = edit_in(environment, Settings(settings))
    assert bool(edit) == bool(story)
    if edit:
        assert edited_at(edit, FILE, 7).startswith(story)
        assert edited_at(edit, LIST, 7).startswith(other)


def test_the_browsers_editor_finds_a_story_however_deep_its_folder_is() -> None:
    load(["broadside.plugins.admin"])
    edit = edit_in({}, Settings({"ADMIN": {"forge": "github", "repo": "owner/name"}}))
    for path, place in (("ice", "stories_0"), ("2026/11/ice", "stories_2")):
        address = edited_at(edit, f"/outlet/content/articles/{path}.md", 1)
        assert address.endswith(f"/collections/{place}/entries/{path}")
