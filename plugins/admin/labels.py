"""The editor's labels for collections, values and texts; those of keys are in
front_matter/data.py.
"""

from __future__ import annotations

from broadside.words import marked

KINDS = {
    "stories": (marked("editor", "Stories"), marked("editor", "Story")),
    "pages": (marked("editor", "Pages"), marked("editor", "Page")),
    "authors": (marked("editor", "Authors"), marked("editor", "Author")),
    "series": (marked("editor", "Series, dossiers, issues"), marked("editor", "Series")),
    "lists": (marked("editor", "Lists of the desk"),),
    "front_page": (marked("editor", "Front page"),),
}
"""What can be edited: plural and singular."""
VALUES = {
    "draft": marked("editor", "Draft"),
    "published": marked("editor", "Published"),
    "hidden": marked("editor", "Hidden"),
    "withdrawn": marked("editor", "Withdrawn"),
    "yes": marked("editor", "Yes"),
    "no": marked("editor", "No"),
    "photo": marked("editor", "Photo"),
    "image": marked("editor", "Image"),
}
"""Labels of values; any other value is shown as written."""
BODY = marked("editor", "Text")
BODY_HINT = marked(
    "editor", "In Markdown. A blank line begins a paragraph, ## a heading, > a quotation."
)
